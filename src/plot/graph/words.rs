//! [`words`]: a graph as sentences, a line for each box.

use super::{Graph, Known, Node};

/// What the picture shows, box by box in the order of time.
#[must_use]
pub fn words(graph: &Graph) -> Vec<String> {
    (0..graph.nodes.len()).map(|at| sentence(graph, at)).collect()
}

fn sentence(graph: &Graph, at: usize) -> String {
    let node = &graph.nodes[at];
    let read: Vec<&str> =
        graph.edges.iter().filter(|edge| edge.to == at).map(|edge| &*graph.nodes[edge.from].title).collect();
    let from = if read.is_empty() {
        format!("{}, {}", node.title, node.aval)
    } else {
        format!("{}, {}, is {} of {}", node.title, node.aval, operation(node), read.join(" and "))
    };
    let value = match &node.value {
        Known::Is(text) => format!("; its value is {text}"),
        Known::NotYet => "; its value is not computed yet".to_owned(),
        Known::Never => String::new(),
    };
    let cotangent = match &node.cotangent {
        Known::Is(text) => format!("; the derivative of the loss for it is {text}"),
        Known::NotYet => "; the derivative of the loss for it is not computed yet".to_owned(),
        Known::Never => "; nothing asks for the derivative of the loss for it".to_owned(),
    };
    format!("{from}{value}{cotangent}.")
}

fn operation(node: &Node) -> String {
    if node.folded > 1 { format!("made by {} operations", node.folded) } else { node.operation.clone() }
}
