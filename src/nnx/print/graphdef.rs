//! A `GraphDef` as text: its list of nodes and its list of attributes.

use super::super::fixed::Fixed;
use super::super::key::Key;
use super::super::module::{Form, Node};
use super::{has_variable, identity, object, repr};
use crate::jax::tree::str_repr;

/// What `print(graphdef)` prints, for a graph with this many leaves.
pub(in super::super) fn graphdef(mut root: Node<'_>, num_leaves: usize) -> String {
    let mut lists = Lists::default();
    flags(&mut root);
    lists.node(&root.sorted());
    let attributes: Vec<String> = lists.attributes.iter().map(|(key, value)| format!("({key}, {value})")).collect();
    format!(
        "GraphDef(nodes=[{}], attributes=[{}], num_leaves={num_leaves})",
        lists.nodes.join(", "),
        attributes.join(", ")
    )
}

/// Adds to every module the two attributes that Flax's modules have for themselves: which attributes are data, in the order of
/// their declaration, and the state of its construction.
fn flags(node: &mut Node<'_>) {
    let Node::Object { form, children, .. } = node else { return };
    for (_, child) in children.iter_mut() {
        flags(child);
    }
    if !form.is_module() {
        return;
    }
    let mut entries = vec![(Key::from("_pytree__state"), true)];
    entries.extend(children.iter().map(|(key, child)| (key.clone(), !matches!(child, Node::Fixed(_)))));
    entries.push((Key::from("_pytree__nodes"), false));
    let construction = Node::Object { form: Form::NamedTuple, name: "PytreeState", children: Vec::new() };
    children.push((Key::from("_pytree__nodes"), Node::Fixed(Fixed::Flags(entries))));
    children.push((Key::from("_pytree__state"), construction));
}

#[derive(Default)]
struct Lists {
    nodes: Vec<String>,
    attributes: Vec<(Key, String)>,
    /// What variables and modules are, in the order of their numbers.
    numbers: Vec<String>,
}

impl Lists {
    fn node(&mut self, node: &Node<'_>) {
        match node {
            Node::Variable { kind, .. } => {
                if let Some(index) = self.number(node) {
                    let metadata = object(
                        "PrettyMapping",
                        "",
                        ("({", "})"),
                        ["'hijax': False", "'ref': False", "'eager_sharding': True"].map(str::to_owned),
                    );
                    self.nodes.push(definition(
                        "VariableDef",
                        [
                            ("type", str_repr(kind.name)),
                            ("index", index),
                            ("outer_index", "None".to_owned()),
                            ("metadata", metadata),
                        ],
                    ));
                }
            }
            Node::Object { form, name, children } => {
                let index = if form.is_module() && has_variable(node) {
                    let Some(index) = self.number(node) else { return };
                    index
                } else if form.is_module() {
                    // a module without variables is never taken for another one
                    self.next(format!("module {}", self.numbers.len()))
                } else {
                    "None".to_owned()
                };
                self.nodes.push(node_def(*form, name, &index, children));
                for (key, child) in children {
                    self.attribute(key, child);
                }
            }
            Node::None => self.nodes.push(definition(
                "NodeDef",
                [
                    ("type", "'NoneType'".to_owned()),
                    ("index", "None".to_owned()),
                    ("outer_index", "None".to_owned()),
                    ("num_attributes", "0".to_owned()),
                    ("metadata", "None".to_owned()),
                ],
            )),
            Node::Array(_) | Node::Fixed(_) => {}
        }
    }

    fn attribute(&mut self, key: &Key, child: &Node<'_>) {
        let value = match child {
            Node::Array(_) => "LeafAttr()".to_owned(),
            Node::Fixed(value) => format!("Static(value={})", repr(value)),
            Node::Variable { .. } | Node::Object { .. } | Node::None => "NodeAttr()".to_owned(),
        };
        self.attributes.push((key.clone(), value));
        self.node(child);
    }

    /// The number of something new; for what has one, writes a reference.
    fn number(&mut self, node: &Node<'_>) -> Option<String> {
        let identity = identity(node);
        if let Some(index) = self.numbers.iter().position(|known| *known == identity) {
            self.nodes.push(object("NodeRef", "", ("(", ")"), [format!("index={index}")]));
            return None;
        }
        Some(self.next(identity))
    }

    fn next(&mut self, identity: String) -> String {
        let index = self.numbers.len();
        self.numbers.push(identity);
        index.to_string()
    }
}

fn definition<const N: usize>(name: &str, fields: [(&str, String); N]) -> String {
    object(name, "", ("(", ")"), fields.map(|(field, value)| format!("{field}={value}")))
}

fn node_def(form: Form, name: &str, index: &str, children: &[(Key, Node<'_>)]) -> String {
    let (kind, metadata) = match form {
        Form::Module | Form::List => (name, name.to_owned()),
        Form::Tuple => (name, "None".to_owned()),
        // only the outermost State is one: inside it, Flax keeps dictionaries
        Form::State => (if name.is_empty() { "dict" } else { "State" }, "None".to_owned()),
        Form::NamedTuple => {
            let places: Vec<String> = children.iter().enumerate().map(|(i, (key, _))| format!("{key}: {i}")).collect();
            let tree = if name == "PytreeState" {
                "PytreeState[(False, False)], []".to_owned()
            } else {
                format!("namedtuple[{name}], [{}]", vec!["*"; children.len()].join(", "))
            };
            ("GenericPytree", format!("({{{}}}, PyTreeDef(CustomNode({tree})))", places.join(", ")))
        }
    };
    definition(
        "NodeDef",
        [
            ("type", str_repr(kind)),
            ("index", index.to_owned()),
            ("outer_index", "None".to_owned()),
            ("num_attributes", children.len().to_string()),
            ("metadata", metadata),
        ],
    )
}
