//! Graphs, states and structures of trees as data: they can be walked, and line up leaf by leaf.

use thetahat::jax::tree::{NodeKind, TreeDef, tree_structure};
use thetahat::nnx::{self, GraphNode, Key, Rngs};

use crate::modules::{Shared, Twice};

/// Where the leaves of a graph are, by their number.
fn leaves(node: &GraphNode, path: &mut Vec<Key>, found: &mut Vec<(usize, Vec<Key>)>) {
    match node {
        GraphNode::Leaf { leaf, .. } => found.push((*leaf, path.clone())),
        GraphNode::Object { children, .. } => {
            for (key, child) in children {
                path.push(key.clone());
                leaves(child, path, found);
                path.pop();
            }
        }
        GraphNode::Repeated { .. } | GraphNode::Fixed(_) | GraphNode::None => {}
    }
}

#[test]
fn the_leaves_of_a_graph_are_the_values_of_its_state() {
    let rngs = &mut Rngs::new(0);
    let (twice, shared) = (Twice::new(rngs), Shared::new(rngs));
    for (root, known, state) in [
        {
            let (graph, state) = nnx::split(&twice);
            (graph.root().clone(), graph.leaves().to_vec(), state)
        },
        {
            let (graph, state) = nnx::split(&shared);
            (graph.root().clone(), graph.leaves().to_vec(), state)
        },
    ] {
        let mut found = Vec::new();
        leaves(&root, &mut Vec::new(), &mut found);
        let flat = state.flat();
        assert_eq!(found.len(), flat.len());
        for ((number, path), (i, (expected, value))) in found.iter().zip(flat.iter().enumerate()) {
            assert_eq!((*number, path), (i, expected));
            assert_eq!((&known[i].path, known[i].kind), (expected, value.kind));
        }
    }
}

#[test]
fn a_variable_at_two_places_is_one_leaf() {
    let (graph, _) = nnx::split(&Shared::new(&mut Rngs::new(0)));
    let GraphNode::Object { children, .. } = graph.root() else { panic!("a module is an object") };
    // by name: a, first, second, w
    assert!(matches!(children[0].1, GraphNode::Leaf { leaf: 0, .. }));
    assert!(matches!(children[3].1, GraphNode::Repeated { leaf: 0 }));
}

#[test]
fn a_structure_is_a_tree() {
    let state = nnx::state(&Shared::new(&mut Rngs::new(0)));
    let structure = tree_structure(&state);
    let TreeDef::Node { kind: NodeKind::Mapping("State"), children } = &structure else { panic!("{structure}") };
    assert_eq!(children[0].0, Key::from("a"));
    assert_eq!(structure.paths(), ["['a'].value", "['first']['kernel'].value"]);
}
