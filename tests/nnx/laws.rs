//! Laws of modules, over random ones.

use proptest::prelude::*;
use thetahat::jax::Array;
use thetahat::jax::tree::{tree_leaves, tree_map, tree_structure};
use thetahat::nnx::variable::VariableKind;
use thetahat::nnx::{self, BatchStat, Cache, Filter, Key, List, Param, State, Variable};

nnx::module! {
    /// A module of any shape.
    pub struct Tree {
        label: String,
        weights: List<Variable>,
        size: usize,
        bias: Option<Param>,
        children: List<Tree>,
        scale: Array,
    }
}

const KINDS: [&VariableKind; 4] = [Variable::KIND, Param::KIND, BatchStat::KIND, Cache::KIND];

/// What a [`Tree`] is made from; `weights` are numbers of variables in a pool, so some are the same.
#[derive(Clone, Debug)]
struct Plan {
    label: String,
    weights: Vec<usize>,
    bias: Option<f32>,
    children: Vec<Plan>,
}

fn plan() -> impl Strategy<Value = Plan> {
    let leaf = ("[a-c]{1,2}", prop::collection::vec(0..6_usize, 0..4), prop::option::of(-9.0..9.0_f32));
    let leaf = leaf.prop_map(|(label, weights, bias)| Plan { label, weights, bias, children: Vec::new() });
    leaf.prop_recursive(3, 12, 3, |inner| {
        (inner.clone(), prop::collection::vec(inner, 0..3)).prop_map(|(plan, children)| Plan { children, ..plan })
    })
}

fn pool() -> Vec<Variable> {
    let variable = |i: usize| {
        let values: Vec<f32> = (0..=i).map(|j| (10 * i + j) as f32).collect();
        Variable::of_kind(KINDS[i % KINDS.len()], Array::from_vec(values, &[i + 1]))
    };
    (0..6).map(variable).collect()
}

fn build(plan: &Plan, pool: &[Variable]) -> Tree {
    Tree {
        label: plan.label.clone(),
        weights: plan.weights.iter().map(|&i| pool[i].clone()).collect(),
        size: plan.weights.len(),
        bias: plan.bias.map(|bias| Param::new(Array::scalar(bias))),
        children: plan.children.iter().map(|child| build(child, pool)).collect(),
        scale: Array::scalar(plan.children.len() as f32),
    }
}

/// Every weight of a tree, in the order of its plan.
fn weights(tree: &Tree) -> Vec<Variable> {
    tree.weights.iter().cloned().chain(tree.children.iter().flat_map(weights)).collect()
}

/// Which weights are one variable.
fn sharing(tree: &Tree) -> Vec<Vec<bool>> {
    let all = weights(tree);
    all.iter().map(|a| all.iter().map(|b| a.is_same(b)).collect()).collect()
}

fn words(leaves: &[Array]) -> Vec<Vec<u32>> {
    leaves.iter().map(|leaf| leaf.to_words().unwrap()).collect()
}

fn same(a: &State, b: &State) {
    assert_eq!(tree_structure(a), tree_structure(b));
    assert_eq!(words(&tree_leaves(a)), words(&tree_leaves(b)));
}

proptest! {
    #[test]
    fn merge_undoes_split(plan in plan()) {
        let tree = build(&plan, &pool());
        let (graphdef, state) = nnx::split(&tree);
        let merged = nnx::merge(&graphdef, &state);
        let (graphdef_2, state_2) = nnx::split(&merged);
        prop_assert_eq!(&graphdef, &graphdef_2);
        prop_assert_eq!(graphdef.to_string(), graphdef_2.to_string());
        same(&state, &state_2);
        prop_assert_eq!(sharing(&tree), sharing(&merged));
        prop_assert_eq!(state.len(), graphdef.num_leaves());
        prop_assert_eq!(graphdef.check(&state), Ok(()));
    }

    #[test]
    fn merged_modules_and_pytrees_have_their_own_variables(plan in plan()) {
        let tree = build(&plan, &pool());
        let before = nnx::state(&tree);
        for copy in [nnx::clone(&tree), tree_map(Array::clone, &tree)] {
            for weight in weights(&copy) {
                weight.set_value(-1.0);
            }
            same(&before, &nnx::state(&tree));
        }
        for weight in weights(&tree.clone()) {
            weight.set_value(-1.0);
        }
        prop_assert!(weights(&tree).iter().all(|weight| weight.value().item() == Ok(-1.0)));
    }

    #[test]
    fn a_module_is_a_pytree_with_the_leaves_of_its_state(plan in plan()) {
        let tree = build(&plan, &pool());
        prop_assert_eq!(words(&tree_leaves(&tree)), words(&tree_leaves(&nnx::state(&tree))));
        let doubled = tree_map(|x| x + x, &tree);
        prop_assert_eq!(sharing(&tree), sharing(&doubled));
        same(&tree_map(|x| x + x, &nnx::state(&tree)), &nnx::state(&doubled));
    }

    #[test]
    fn filters_share_out_the_state(plan in plan(), order in Just([0, 1, 2, 3]).prop_shuffle()) {
        let tree = build(&plan, &pool());
        let filters = [Param, BatchStat, Filter::PathContains(Key::from(0)), Filter::Any(vec![Cache, Variable])];
        let [a, b, c, d] = order.map(|i| filters[i].clone());
        let filters = [a, b, c, d, Filter::Rest];
        let (graphdef, parts) = nnx::split_with(&tree, &filters).unwrap();
        let whole = nnx::state(&tree);
        prop_assert_eq!(parts.iter().map(State::len).sum::<usize>(), whole.len());
        for (i, part) in parts.iter().enumerate() {
            for (path, leaf) in part.flat() {
                prop_assert_eq!(filters.iter().position(|filter| filter.matches(&path, leaf.kind)), Some(i));
            }
        }
        same(&State::merge(&parts), &whole);
        same(&nnx::state(&nnx::merge_all(&graphdef, parts.iter().rev())), &whole);
    }

    #[test]
    fn update_writes_what_state_reads(plan in plan()) {
        let mut tree = build(&plan, &pool());
        let alias = weights(&tree);
        let new = tree_map(|x| x * 3.0 + 1.0, &nnx::state(&tree));
        nnx::update(&mut tree, &new).unwrap();
        same(&nnx::state(&tree), &new);
        prop_assert!(weights(&tree).iter().zip(&alias).all(|(a, b)| a.is_same(b)));
        let params = new.filter(&Param);
        nnx::update(&mut tree, &tree_map(|_| Array::scalar(0.5), &params)).unwrap();
        same(&nnx::state_with(&tree, &!Param), &new.filter(&!Param));
        prop_assert!(tree_leaves(&nnx::state_with(&tree, &Param)).iter().all(|leaf| leaf.item() == Ok(0.5)));
    }

    #[test]
    fn graphs_differ_where_modules_do(plan in plan(), other in super::laws::plan()) {
        let (a, b) = (build(&plan, &pool()), build(&other, &pool()));
        let (a, b) = (nnx::graphdef(&a), nnx::graphdef(&b));
        prop_assert_eq!(a == b, a.to_string() == b.to_string());
        prop_assert_eq!(a == b, tree_structure(&a) == tree_structure(&b));
    }
}

#[test]
fn kinds_are_special_cases_of_their_parents() {
    thetahat::variable_kind! {
        Mean: BatchStat;
        MovingMean: Mean;
    }
    let moving = MovingMean::new(Array::scalar(1.0));
    for (filter, expected) in [
        (MovingMean, true),
        (Mean, true),
        (BatchStat, true),
        (Variable, true),
        (Param, false),
        (Filter::Nothing, false),
    ] {
        assert_eq!(filter.matches(&[], Some(moving.kind())), expected, "{filter}");
    }
    assert!(!Variable.matches(&[], None), "an array is no variable");
    assert!(!MovingMean.matches(&[], Some(Mean::KIND)));
}
