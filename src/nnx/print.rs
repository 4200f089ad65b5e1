//! Modules, variables and graphs as text, character for character as Flax 0.12.8 prints them without colours.

use super::filter::Filter;
use super::fixed::Fixed;
use super::key::Key;
use super::module::{Form, Module, Node};
use super::variable::{Slot, VariableKind};
use crate::base::order::order_by;
use crate::base::words::{grouped, thousands};
use crate::jax::repr::{python_float, tuple};
use crate::jax::tree::str_repr;
use crate::jax::{Array, DType};

mod graphdef;

pub(super) use graphdef::graphdef;

/// Indented lines between brackets: what `flax.nnx.reprlib` makes of an object. `comment` only shows if there are items.
pub(super) fn object(
    name: &str,
    comment: &str,
    (open, close): (&str, &str),
    items: impl IntoIterator<Item = String>,
) -> String {
    let items: Vec<String> = items.into_iter().map(|item| format!("  {}", item.replace('\n', "\n  "))).collect();
    if items.is_empty() {
        return format!("{name}{open}{close}");
    }
    format!("{name}{open}{comment}\n{}\n{close}", items.join(",\n"))
}

/// How the value of a variable is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    /// All numbers.
    Full,
    /// Shape and element type, if there is more than one number.
    Short,
}

/// A variable.
pub(super) fn variable(kind: &VariableKind, value: &Array, show: Value) -> String {
    let size = Size::of(value);
    let comment = if size.count > 0 { format!(" # {size}") } else { String::new() };
    object(kind.name, &comment, ("(", ")"), [format!("value={}", array(value, show))])
}

fn array(value: &Array, show: Value) -> String {
    match show {
        Value::Short if value.size() > 1 => {
            format!("Array(shape={}, dtype=dtype('{}'))", tuple(value.shape()), value.dtype().name())
        }
        _ => format!("{value:?}"),
    }
}

/// How many numbers, and how many bytes they take in JAX.
#[derive(Clone, Copy, Default)]
struct Size {
    count: usize,
    bytes: usize,
}

impl Size {
    fn of(value: &Array) -> Self {
        let count = if value.error().is_some() { 0 } else { value.size() };
        Self { count, bytes: count * if value.dtype() == DType::Bool { 1 } else { 4 } }
    }

    fn add(&mut self, other: Self) {
        self.count += other.count;
        self.bytes += other.bytes;
    }
}

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let bytes = self.bytes as f64;
        let units = [(1e9, "GB"), (1e6, "MB"), (1e3, "KB")];
        let bytes = match units.into_iter().find(|&(unit, _)| bytes > unit) {
            Some((unit, name)) => {
                let text = format!("{:.1}", bytes / unit);
                let (whole, tenth) = text.split_once('.').unwrap_or((&text, "0"));
                format!("{}.{tenth} {name}", grouped(whole))
            }
            None => format!("{} B", thousands(self.bytes)),
        };
        write!(f, "{} ({bytes})", thousands(self.count))
    }
}

/// A fixed value as `print(module)` shows it.
pub(super) fn shown(value: &Fixed) -> String {
    match value {
        Fixed::DType(dtype) => dtype.name().to_owned(),
        Fixed::Filter(filter) => filter.to_string(),
        Fixed::Transformation(_) => "GradientTransformation(init, update)".to_owned(),
        other => repr(other),
    }
}

/// A fixed value as Python's `repr` writes it.
pub(super) fn repr(value: &Fixed) -> String {
    let python = |flag: bool| if flag { "True" } else { "False" };
    match value {
        Fixed::None => "None".to_owned(),
        Fixed::Bool(x) => python(*x).to_owned(),
        Fixed::Signed(x) => x.to_string(),
        Fixed::Unsigned(x) => x.to_string(),
        Fixed::Float(x) => python_float(*x),
        Fixed::Text(text) => str_repr(text),
        Fixed::DType(dtype) => format!("<class 'jax.numpy.{}'>", dtype.name()),
        Fixed::Function(name) => format!("<function {name}>"),
        // a kind is a class
        Fixed::Filter(Filter::Kind(kind)) => format!("<class 'flax.nnx.variablelib.{}'>", kind.name),
        Fixed::Filter(other) => other.to_string(),
        Fixed::Transformation(number) => format!("{} at 0x{number:x}", shown(value)),
        Fixed::Flags(flags) => {
            let name = |key: &Key| match key {
                Key::Index(index) => str_repr(&index.to_string()),
                name @ Key::Name(_) => name.to_string(),
            };
            let entries: Vec<String> =
                flags.iter().map(|(key, flag)| format!("{}: {}", name(key), python(*flag))).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// What `print(module)` prints. Modules that [`crate::module`] declares print themselves by this.
pub fn module<M: Module>(module: &M) -> String {
    let mut alias = module.clone();
    let mut sizes = Vec::new();
    collect_sizes(&alias.node().sorted(), &mut Vec::new(), &mut sizes);
    Printer { sizes, shown: Vec::new() }.node(&alias.node(), Value::Full)
}

/// The sizes of a module's variables by kind, in the order in which kinds are met.
type Sizes = Vec<(&'static str, Size)>;

struct Printer {
    /// By [`identity`].
    sizes: Vec<(String, Sizes)>,
    shown: Vec<String>,
}

impl Printer {
    fn node(&mut self, node: &Node<'_>, show: Value) -> String {
        match node {
            Node::Variable { kind, slot } => variable(kind, &slot.get(), show),
            Node::Array(value) => array(value, show),
            Node::Fixed(value) => shown(value),
            Node::None => "None".to_owned(),
            Node::Object { form, name, children } => match form {
                Form::Module => self.module(node, name, children),
                Form::List => {
                    let elements = children.iter().filter(|(key, _)| matches!(key, Key::Index(_)));
                    let elements: Vec<String> = elements.map(|(_, child)| self.node(child, Value::Full)).collect();
                    object(name, "", ("([", "])"), elements)
                }
                Form::Tuple | Form::NamedTuple => {
                    let parts: Vec<String> = children.iter().map(|(_, child)| self.node(child, show)).collect();
                    format!("({}{})", parts.join(", "), if parts.len() == 1 { "," } else { "" })
                }
                Form::State => {
                    let entries = children.iter().map(|(key, child)| format!("{key}: {}", self.node(child, show)));
                    object(name, "", if name.is_empty() { ("{", "}") } else { ("({", "})") }, entries)
                }
            },
        }
    }

    fn module(&mut self, node: &Node<'_>, name: &str, children: &[(Key, Node<'_>)]) -> String {
        let identity = identity(node);
        if has_variable(node) {
            if self.shown.contains(&identity) {
                return format!("{name}(...)");
            }
            self.shown.push(identity.clone());
        }
        let sizes = self.sizes.iter().find(|(known, _)| *known == identity);
        let sizes = sizes.map(|(_, sizes)| sizes.clone()).unwrap_or_default();
        let mut children: Vec<&(Key, Node<'_>)> = children.iter().collect();
        if is_merged(node) {
            order_by(&mut children, |a, b| a.0 > b.0);
        }
        let attributes = children.into_iter().filter(|(key, child)| is_shown(key, child)).map(|(key, child)| {
            let name = if let Key::Name(name) = key { name.to_string() } else { key.to_string() };
            format!("{name}={}", self.node(child, Value::Short))
        });
        object(name, &comment(&sizes), ("(", ")"), attributes)
    }
}

/// Fixed values whose name begins with an underscore are a module's own business.
fn is_shown(key: &Key, child: &Node<'_>) -> bool {
    let private = matches!(key, Key::Name(name) if name.starts_with('_'));
    !(private && matches!(child, Node::Fixed(_)))
}

fn comment(sizes: &Sizes) -> String {
    let mut parts: Vec<String> = sizes.iter().map(|(kind, size)| format!("{kind}: {size}")).collect();
    if parts.len() > 1 {
        let mut total = Size::default();
        for (_, size) in sizes {
            total.add(*size);
        }
        parts.push(format!("Total: {total}"));
    }
    if parts.is_empty() { String::new() } else { format!(" # {}", parts.join(", ")) }
}

/// Sizes by kind of every module inside `node`; a variable that is met again does not count again.
fn collect_sizes(node: &Node<'_>, seen: &mut Vec<usize>, all: &mut Vec<(String, Sizes)>) -> Sizes {
    let mut sizes = Sizes::new();
    match node {
        Node::Variable { kind, slot } => {
            let size = Size::of(&slot.get());
            if !seen.contains(&slot.id()) {
                seen.push(slot.id());
                if size.count > 0 {
                    sizes.push((kind.name, size));
                }
            }
        }
        Node::Object { form, children, .. } => {
            for (_, child) in children {
                for (kind, size) in collect_sizes(child, seen, all) {
                    match sizes.iter_mut().find(|(known, _)| *known == kind) {
                        Some((_, known)) => known.add(size),
                        None => sizes.push((kind, size)),
                    }
                }
            }
            if form.is_module() {
                let identity = identity(node);
                if all.iter().all(|(known, _)| *known != identity) {
                    all.push((identity, sizes.clone()));
                }
            }
        }
        Node::Array(_) | Node::Fixed(_) | Node::None => {}
    }
    sizes
}

/// The variables inside, at all their places.
fn slots<'n>(node: &'n Node<'_>) -> Vec<&'n Slot> {
    match node {
        Node::Variable { slot, .. } => vec![slot],
        Node::Object { children, .. } => children.iter().flat_map(|(_, child)| slots(child)).collect(),
        Node::Array(_) | Node::Fixed(_) | Node::None => Vec::new(),
    }
}

fn has_variable(node: &Node<'_>) -> bool {
    !slots(node).is_empty()
}

/// `merge` sets a module's attributes in the order of their names, and that is how the module lists them from then on.
fn is_merged(node: &Node<'_>) -> bool {
    slots(node).first().is_some_and(|slot| slot.merged())
}

/// A module in Python is an object; here it is the same as another one if it has the same type, fixed values and variables.
fn identity(node: &Node<'_>) -> String {
    match node {
        Node::Variable { slot, .. } => format!("#{}", slot.id()),
        Node::Array(_) => "array".to_owned(),
        Node::Fixed(value) => repr(value),
        Node::None => "None".to_owned(),
        Node::Object { name, children, .. } => {
            let mut parts: Vec<String> =
                children.iter().map(|(key, child)| format!("{key}:{}", identity(child))).collect();
            order_by(&mut parts, |a, b| a > b);
            format!("{name}({})", parts.join(","))
        }
    }
}
