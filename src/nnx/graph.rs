//! [`split`] takes a module apart into a [`GraphDef`], which is fixed, and a [`State`], which holds the numbers; [`merge`] is the way back.
//!
//! What is between the two is pure: a function of a state, as `jax::jit`, `grad` and `vmap` want it. A variable that a module
//! has at several paths is in the state once, at the first of them in order, and is one variable again after [`merge`].

use std::fmt;
use std::rc::Rc;

use super::filter::Filter;
use super::fixed::Fixed;
use super::key::{Key, path_text};
use super::module::{Form, Module, Node, Walker, walk};
use super::print;
use super::state::{State, VariableState};
use super::variable::{Slot, VariableKind};
use crate::base::error::{Error, Result};
use crate::jax::Array;
use crate::jax::core::ShapedArray;
use crate::jax::tree::{NodeKind, PyTree, Visitor};

/// The part of a module that no training changes: types, names, fixed values, and which variables are one (`nnx.GraphDef`).
///
/// Two are equal exactly if they print the same but for the module's numbering. It is a pytree without leaves, so a jitted function that takes one
/// is compiled anew for another one.
#[derive(Clone)]
pub struct GraphDef<M> {
    /// The module with variables that have no value.
    skeleton: M,
    root: Rc<GraphNode>,
    leaves: Rc<[Leaf]>,
}

/// A part of a [`GraphDef`], as data.
#[derive(Clone, Debug, PartialEq)]
pub enum GraphNode {
    /// A variable, or an array that is no variable: leaf number `leaf` of the graph and, in order of path, of the state.
    Leaf {
        /// The variable's kind; `None` for an array.
        kind: Option<&'static VariableKind>,
        /// The number of the leaf.
        leaf: usize,
    },
    /// The variable that is leaf number `leaf`, once more.
    Repeated {
        /// The number of the leaf.
        leaf: usize,
    },
    /// A module, or a pytree inside one.
    Object {
        /// How it is treated.
        form: Form,
        /// The name of its type.
        name: &'static str,
        /// Its attributes or elements, ordered by key.
        children: Vec<(Key, GraphNode)>,
    },
    /// A fixed value.
    Fixed(Fixed),
    /// No variable where there could be one.
    None,
}

/// A leaf of a [`GraphDef`]: where it is, and what its value must be like.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// The first path that leads to it, in order.
    pub path: Vec<Key>,
    /// The variable's kind; `None` for an array that is no variable.
    pub kind: Option<&'static VariableKind>,
    /// The type of its value; unknown for an array that carries an error.
    pub aval: Option<ShapedArray>,
}

impl<M: Module> GraphDef<M> {
    /// How many values the state has.
    #[must_use]
    pub fn num_leaves(&self) -> usize {
        self.leaves.len()
    }

    /// The graph as data, to be walked.
    #[must_use]
    pub fn root(&self) -> &GraphNode {
        &self.root
    }

    /// The leaves, ordered by path: leaf number i is the value number i of the state.
    #[must_use]
    pub fn leaves(&self) -> &[Leaf] {
        &self.leaves
    }

    /// Whether [`merge`] can make a module of this state.
    ///
    /// # Errors
    /// Some paths of the graph have no value, some values have no place in the graph, or one has another shape or element type
    /// than the variable had. The message names each of them.
    pub fn check(&self, state: &State) -> Result<()> {
        fit(&self.leaves, state)
    }
}

/// [`GraphDef::check`], whatever the module.
fn fit(leaves: &[Leaf], state: &State) -> Result<()> {
    let text = |leaf: &Leaf| format!("{} at {}", leaf.kind.map_or("an array", |kind| kind.name), path_text(&leaf.path));
    let missing: Vec<String> = leaves.iter().filter(|leaf| state.get(&leaf.path).is_none()).map(text).collect();
    let extra = |(path, _): &(Vec<Key>, &VariableState)| !leaves.iter().any(|leaf| leaf.path == *path);
    let extra: Vec<String> = state.flat().into_iter().filter(extra).map(|(path, _)| path_text(&path)).collect();
    let mut problems = Vec::new();
    if !missing.is_empty() {
        problems.push(format!("the State has no value for {}", missing.join(", ")));
    }
    if !extra.is_empty() {
        problems.push(format!("the module has no variable at {}", extra.join(", ")));
    }
    if !problems.is_empty() {
        let problem = format!("{}; the State has {}", problems.join(", and "), state.describe());
        return Err(Error::tree(
            "merge",
            problem,
            "Give the State that `split` gave with this GraphDef, or all parts of it.",
        ));
    }
    leaves.iter().try_for_each(|leaf| leaf.check(state))
}

impl Leaf {
    fn check(&self, state: &State) -> Result<()> {
        let given = state.get(&self.path).and_then(|leaf| leaf.value.aval().ok());
        match (&self.aval, given) {
            (Some(expected), Some(given)) if expected != given => Err(Error::shape(
                "merge",
                format!("the value at {} is {given}, but the variable is {expected}", path_text(&self.path)),
                "A value that takes a variable's place has its shape and element type.",
            )),
            _ => Ok(()),
        }
    }
}

impl<M> PartialEq for GraphDef<M> {
    fn eq(&self, other: &Self) -> bool {
        self.root == other.root
    }
}

impl<M> Eq for GraphDef<M> {}

impl<M: Module> PyTree for GraphDef<M> {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.begin(NodeKind::Wrapper("GraphDef"));
        self.root.show(visitor);
        visitor.end();
    }
}

impl GraphNode {
    /// Shows it as a part of a structure, without leaves.
    fn show(&self, visitor: &mut dyn Visitor) {
        match self {
            Self::Leaf { kind, leaf } => {
                visitor.fixed(&format_args!("{} {leaf}", kind.map_or("array", |kind| kind.name)));
            }
            Self::Repeated { leaf } => visitor.fixed(&format_args!("leaf {leaf}")),
            Self::Object { name, children, .. } => {
                visitor.begin(NodeKind::Named(name));
                for (key, child) in children {
                    visitor.key(key);
                    child.show(visitor);
                }
                visitor.end();
            }
            Self::Fixed(value) => visitor.fixed(&format_args!("{}", print::repr(value))),
            Self::None => visitor.fixed(&format_args!("None")),
        }
    }
}

/// Prints what `print(graphdef)` prints.
impl<M: Module> fmt::Display for GraphDef<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&print::graphdef(self.skeleton.clone().node(), self.num_leaves()))
    }
}

impl<M: Module> fmt::Debug for GraphDef<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// An object to which children are still added.
struct Open {
    form: Form,
    name: &'static str,
    children: Vec<(Key, GraphNode)>,
}

/// Takes the values out of a module and writes down the rest of it.
#[derive(Default)]
struct Split {
    /// The objects that are still open, and what is in them so far.
    open: Vec<Open>,
    /// The keys of the open objects but the outermost, and of the next child.
    keys: Vec<Key>,
    root: Option<GraphNode>,
    leaves: Vec<Leaf>,
    state: State,
}

impl Split {
    fn add(&mut self, node: GraphNode) {
        match (self.open.last_mut(), self.keys.pop()) {
            (Some(parent), Some(key)) => parent.children.push((key, node)),
            _ => self.root = Some(node),
        }
    }
}

impl Walker for Split {
    fn open(&mut self, form: Form, name: &'static str) {
        self.open.push(Open { form, name, children: Vec::new() });
    }

    fn key(&mut self, key: &Key) {
        self.keys.push(key.clone());
    }

    fn close(&mut self) {
        if let Some(Open { form, name, children }) = self.open.pop() {
            self.add(GraphNode::Object { form, name, children });
        }
    }

    fn fixed(&mut self, value: &Fixed) {
        self.add(GraphNode::Fixed(value.clone()));
    }

    fn none(&mut self) {
        self.add(GraphNode::None);
    }

    fn leaf(&mut self, path: &[Key], kind: Option<&'static VariableKind>, value: &mut Array) {
        self.add(GraphNode::Leaf { kind, leaf: self.leaves.len() });
        let nothing = Array::failed(Error::tree(
            "GraphDef",
            format!("the variable at {} has no value", path_text(path)),
            "A GraphDef has no values: `merge` it with a State.",
        ));
        let value = std::mem::replace(value, nothing);
        self.leaves.push(Leaf { path: path.to_vec(), kind, aval: value.aval().ok().cloned() });
        self.state.insert(path, VariableState { kind, value });
    }

    fn repeated(&mut self, leaf: usize) {
        self.add(GraphNode::Repeated { leaf });
    }
}

/// Takes a module apart (`nnx.split`): what is fixed, and the values of its variables. The module stays as it is.
///
/// ```
/// use thetahat::jax::tree::tree_map;
/// use thetahat::nnx::{self, Linear, Rngs};
///
/// let model = Linear::new(2, 1, &mut Rngs::new(42));
/// let (graphdef, state) = nnx::split(&model);
/// let model_2 = nnx::merge(&graphdef, &tree_map(|p| p + 0.01, &state));
/// assert_eq!(model_2.kernel.value().to_vec()?, (model.kernel.value() + 0.01).to_vec()?);
/// # Ok::<(), thetahat::Error>(())
/// ```
#[must_use]
pub fn split<M: Module>(module: &M) -> (GraphDef<M>, State) {
    let mut skeleton = module.clone();
    let mut parts = Split::default();
    walk(skeleton.node(), None, &mut parts);
    let root = Rc::new(parts.root.unwrap_or(GraphNode::None));
    (GraphDef { skeleton, root, leaves: parts.leaves.into() }, parts.state)
}

/// [`split`] with one state for each filter (`nnx.split(module, *filters)`): each has the values that its filter lets through and no
/// filter before it did.
///
/// ```
/// use thetahat::nnx::{self, Filter, Linear, Param, Rngs};
///
/// let model = Linear::new(2, 1, &mut Rngs::new(42));
/// let (graphdef, [params, rest]) = nnx::split_with(&model, &[Param, Filter::Rest])?;
/// assert_eq!((params.len(), rest.len()), (2, 0));
/// let same = nnx::merge_all(&graphdef, [&params, &rest]);
/// # Ok::<(), thetahat::Error>(())
/// ```
///
/// # Errors
/// No filter lets some value through, or [`Filter::Rest`] is not the last one.
pub fn split_with<M: Module, const N: usize>(module: &M, filters: &[Filter; N]) -> Result<(GraphDef<M>, [State; N])> {
    let (graphdef, state) = split(module);
    Ok((graphdef, state.split(filters)?))
}

/// The fixed part of a module (`nnx.graphdef`).
#[must_use]
pub fn graphdef<M: Module>(module: &M) -> GraphDef<M> {
    split(module).0
}

/// The values of a module's variables (`nnx.state`).
#[must_use]
pub fn state<M: Module>(module: &M) -> State {
    split(module).1
}

/// The values of those of a module's variables that the filter lets through (`nnx.state(module, filter)`).
#[must_use]
pub fn state_with<M: Module>(module: &M, filter: &Filter) -> State {
    state(module).filter(filter)
}

/// A new module from the two parts of another one (`nnx.merge`); it has its own variables. If the state does not fit, each variable
/// carries an error that says where ([`GraphDef::check`] returns it).
#[must_use]
pub fn merge<M: Module>(graphdef: &GraphDef<M>, state: &State) -> M {
    let mut module = graphdef.skeleton.clone();
    fill(module.node(), &graphdef.leaves, state);
    module
}

/// Sets the variables of a skeleton, which becomes a module, to their values.
fn fill(skeleton: Node<'_>, leaves: &[Leaf], state: &State) {
    struct Fill<'s>(&'s State, Option<Error>);
    impl Walker for Fill<'_> {
        fn leaf(&mut self, path: &[Key], _: Option<&'static VariableKind>, value: &mut Array) {
            match (&self.1, self.0.get(path)) {
                (Some(error), _) => *value = Array::failed(error.clone()),
                (None, Some(leaf)) => *value = leaf.value.clone(),
                (None, None) => {}
            }
        }
    }
    walk(skeleton, Some(true), &mut Fill(state, fit(leaves, state).err()));
}

/// [`merge`] with a state in parts, as [`split_with`] returns them (`nnx.merge(graphdef, *states)`).
#[must_use]
pub fn merge_all<'s, M: Module>(graphdef: &GraphDef<M>, states: impl IntoIterator<Item = &'s State>) -> M {
    merge(graphdef, &State::merge(states))
}

/// A copy that has its own variables (`nnx.clone`), which a Rust `clone` has not.
#[must_use]
pub fn clone<M: Module>(module: &M) -> M {
    let (graphdef, state) = split(module);
    merge(&graphdef, &state)
}

/// Sets a module's variables to the values of a state, which may be a part of it (`nnx.update`). Whoever has the same variables sees them change.
///
/// # Errors
/// The state has a value where the module has no variable; then nothing is changed.
pub fn update<M: Module>(module: &mut M, state: &State) -> Result<()> {
    update_node(module.node(), state)
}

fn update_node(module: Node<'_>, state: &State) -> Result<()> {
    let mut places = Vec::new();
    leaves(module.sorted(), &mut Vec::new(), &mut places);
    let stray = |(path, _): &(Vec<Key>, &VariableState)| !places.iter().any(|(place, _)| place == path);
    let stray: Vec<String> = state.flat().into_iter().filter(stray).map(|(path, _)| path_text(&path)).collect();
    if !stray.is_empty() {
        let known: Vec<String> = places.iter().map(|(path, _)| path_text(path)).collect();
        let problem = format!("the module has no variable at {}; it has {}", stray.join(", "), known.join(", "));
        return Err(Error::tree("update", problem, "Give a State of this module."));
    }
    for (path, place) in places {
        if let Some(leaf) = state.get(&path) {
            match place {
                Place::Variable(slot) => slot.set(leaf.value.clone()),
                Place::Array(array) => *array = leaf.value.clone(),
            }
        }
    }
    Ok(())
}

/// Makes `module` what [`merge`] returns. Variables that it had stay the same ones, with new values, so whoever else has them sees
/// them change.
pub(super) fn replace<M: Module>(module: &mut M, graphdef: &GraphDef<M>, state: &State) {
    let mut new = merge(graphdef, state);
    keep_variables(module.node(), new.node());
    *module = new;
}

/// Puts variables of an old module in the place of those that a new one has at the same paths, with the new values.
fn keep_variables(old_module: Node<'_>, new_module: Node<'_>) {
    let mut old = Vec::new();
    leaves(old_module, &mut Vec::new(), &mut old);
    let mut places = Vec::new();
    leaves(new_module.sorted(), &mut Vec::new(), &mut places);
    // by a new variable's number, what takes its place; no old one takes two
    let mut chosen: Vec<(usize, Slot)> = Vec::new();
    for (path, place) in places {
        let Place::Variable(slot) = place else { continue };
        let reusable = old.iter().find_map(|(known, place)| match place {
            Place::Variable(old) if *known == path => Some(&**old),
            _ => None,
        });
        let reusable = reusable.filter(|old| chosen.iter().all(|(_, taken)| taken.id() != old.id()));
        let target = if let Some((_, target)) = chosen.iter().find(|(id, _)| *id == slot.id()) {
            target.clone()
        } else {
            let target = reusable.map_or_else(
                || slot.clone(),
                |old| {
                    old.set(slot.get());
                    old.clone()
                },
            );
            chosen.push((slot.id(), target.clone()));
            target
        };
        *slot = target;
    }
}

enum Place<'a> {
    Variable(&'a mut Slot),
    Array(&'a mut Array),
}

/// Where the values of a module are, at all paths that lead there.
fn leaves<'a>(node: Node<'a>, path: &mut Vec<Key>, places: &mut Vec<(Vec<Key>, Place<'a>)>) {
    match node {
        Node::Variable { slot, .. } => places.push((path.clone(), Place::Variable(slot))),
        Node::Array(array) => places.push((path.clone(), Place::Array(array))),
        Node::Object { children, .. } => {
            for (key, child) in children {
                path.push(key);
                leaves(child, path, places);
                path.pop();
            }
        }
        Node::Fixed(_) | Node::None => {}
    }
}
