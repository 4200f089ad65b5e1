//! [`Optimizer`]: an Optax transformation with its state, as a module.

use std::cell::Cell;
use std::rc::Rc;

use super::filter::Filter;
use super::fixed::Fixed;
use super::graph::{state_with, update};
use super::key::{Key, path_text};
use super::module::{Attribute, Form, Module, Node};
use super::state::State;
use super::variable::Variable;
use crate::base::error::Error;
use crate::jax::Array;
use crate::jax::tree::{NodeKind, PyTree, Visitor, mismatch, tree_failed, tree_leaves, tree_structure, tree_unflatten};
use crate::optax::{self, GradientTransformation, apply_updates};

crate::variable_kind! {
    /// The state of an optimizer (`nnx.training.optimizer.OptState`).
    pub OptState: Variable;
    /// A number of an optimizer's state that belongs to no variable, such as the count of updates.
    pub OptArray: OptState;
    /// A number of an optimizer's state that belongs to a variable, such as its momentum.
    pub OptVariable: OptState;
}

/// Trains the parameters of a module with a [`GradientTransformation`] (`nnx.Optimizer`).
///
/// ```
/// use thetahat::nnx::{self, Linear, Optimizer, Param, Rngs};
/// use thetahat::optax;
///
/// let mut model = Linear::without_bias(2, 1, &mut Rngs::new(42));
/// let mut optimizer = Optimizer::new(&model, optax::sgd(0.001), Param);
/// let grads = nnx::state(&model); // the gradient of half the sum of squares
/// optimizer.update(&mut model, &grads);
/// assert_eq!(optimizer.step.value().as_u32()?, [1]);
/// # Ok::<(), thetahat::Error>(())
/// ```
#[derive(Clone)]
pub struct Optimizer {
    /// How many updates there were, a u32 scalar.
    pub step: OptState,
    /// Which variables of the module are trained.
    pub wrt: Filter,
    tx: GradientTransformation<State>,
    /// Tells transformations apart, which are functions: programs that were compiled with one are not for another.
    tx_number: u64,
    /// The structure of the transformation's state.
    pattern: optax::OptState<State>,
    /// The leaves of that state, in order.
    leaves: Vec<Variable>,
}

/// A loss as a function of the trained variables.
type Loss = dyn Fn(&State) -> Array;

thread_local! {
    static TRANSFORMATIONS: Cell<u64> = const { Cell::new(0) };
}

impl Optimizer {
    /// An optimizer for those variables of the module that `wrt` lets through: `nnx.Optimizer(model, tx, wrt=nnx.Param)`.
    #[must_use]
    pub fn new<M: Module>(model: &M, tx: GradientTransformation<State>, wrt: Filter) -> Self {
        Self::of_params(&state_with(model, &wrt), tx, wrt)
    }

    fn of_params(params: &State, tx: GradientTransformation<State>, wrt: Filter) -> Self {
        let opt_state = tx.init(params);
        let mut kinds = Shape::default();
        opt_state.clone().visit(&mut kinds);
        let leaf = |(value, in_variable)| {
            Variable::of_kind(if in_variable { OptVariable::KIND } else { OptArray::KIND }, value)
        };
        Self {
            step: OptState::new(Array::from_u32(&[0], &[])),
            wrt,
            tx,
            tx_number: TRANSFORMATIONS.replace(TRANSFORMATIONS.get() + 1),
            leaves: tree_leaves(&opt_state).into_iter().zip(kinds.in_variable).map(leaf).collect(),
            pattern: opt_state,
        }
    }

    /// Goes on with another transformation whose state has the same structure, such as the same one at another learning rate:
    /// `optimizer.tx = tx`.
    pub fn set_tx(&mut self, tx: GradientTransformation<State>) {
        self.tx = tx;
        self.tx_number = TRANSFORMATIONS.replace(TRANSFORMATIONS.get() + 1);
    }

    /// The transformation's state now.
    #[must_use]
    pub fn opt_state(&self) -> optax::OptState<State> {
        let leaves = self.leaves.iter().map(Variable::value);
        tree_unflatten(&self.pattern, leaves).unwrap_or_else(|error| tree_failed(&self.pattern, &error))
    }

    /// Changes the parameters by one update, and its own state: `optimizer.update(model, grads)`.
    ///
    /// `grads` is what [`super::grad()`] returns. If it has not the structure and shapes of the parameters, or carries an error, the
    /// parameters carry the error from then on; [`super::jit()`] then leaves the module as it was.
    pub fn update<M: Module>(&mut self, model: &mut M, grads: &State) {
        let tx = self.tx.clone();
        self.update_with(&tx, model, grads);
    }

    /// [`Optimizer::update`] by another transformation whose state has the same structure, such as the same one at another learning
    /// rate. So the rate can be an argument of a jitted function.
    pub fn update_with<M: Module>(&mut self, tx: &GradientTransformation<State>, model: &mut M, grads: &State) {
        let params = state_with(model, &self.wrt);
        // this cannot fail: the paths are those of the module's own state
        let _ = update(model, &self.updated(tx, &params, grads, None));
    }

    /// [`Optimizer::update`] for a transformation that evaluates the loss, such as `optax.lbfgs()`:
    /// `optimizer.update(model, grads, value=value, grad=grads, value_fn=value_fn)`. `value_fn` is the loss as a function of the trained variables.
    pub fn update_by_value<M: Module>(
        &mut self,
        model: &mut M,
        grads: &State,
        value: &Array,
        value_fn: impl Fn(&State) -> Array + 'static,
    ) {
        let (tx, params) = (self.tx.clone(), state_with(model, &self.wrt));
        let value_fn: Rc<Loss> = Rc::new(value_fn);
        let _ = update(model, &self.updated(&tx, &params, grads, Some((value, value_fn))));
    }

    /// The parameters after an update. The optimizer's own state is updated, too.
    fn updated(
        &mut self,
        tx: &GradientTransformation<State>,
        params: &State,
        grads: &State,
        loss: Option<(&Array, Rc<Loss>)>,
    ) -> State {
        let grads = checked(params, &grads.filter(&self.wrt));
        let (updates, opt_state) = match loss {
            None => tx.update(&grads, &self.opt_state(), params),
            Some((value, value_fn)) => {
                let extra = optax::ExtraArgs { value, grad: &grads, value_fn };
                tx.update_with(&grads, &self.opt_state(), params, &extra)
            }
        };
        let opt_state = if tree_structure(&opt_state) == tree_structure(&self.pattern) {
            opt_state
        } else {
            tree_failed(&self.pattern, &mismatch("Optimizer.update", &self.pattern, &opt_state))
        };
        let new = apply_updates(params, &updates);
        self.leaves.iter().zip(tree_leaves(&opt_state)).for_each(|(leaf, new)| leaf.set_value(new));
        self.step.set_value(self.step.value() + Array::from_u32(&[1], &[]));
        new
    }
}

/// The gradients, or an error in their place if they do not fit the parameters.
fn checked(params: &State, grads: &State) -> State {
    if tree_structure(params) != tree_structure(grads) {
        return tree_failed(params, &mismatch("Optimizer.update", params, grads));
    }
    let wrong = params
        .flat()
        .into_iter()
        .zip(grads.flat())
        .find(|((_, p), (_, g))| matches!((p.value.aval(), g.value.aval()), (Ok(p), Ok(g)) if p != g));
    let Some(((path, param), (_, grad))) = wrong else { return grads.clone() };
    let text = |value: &Array| value.aval().map_or_else(|error| error.to_string(), ToString::to_string);
    let problem = format!(
        "the gradient at {} is {}, but the parameter is {}",
        path_text(&path),
        text(&grad.value),
        text(&param.value)
    );
    tree_failed(params, &Error::shape("Optimizer.update", problem, "Give the gradient of this module."))
}

/// Notes which leaves of an optimizer's state stand for variables.
#[derive(Default)]
struct Shape {
    in_variable: Vec<bool>,
    is_wrapped: bool,
}

impl Visitor for Shape {
    fn leaf(&mut self, _: &mut Array) {
        self.in_variable.push(self.is_wrapped);
    }

    fn begin(&mut self, kind: NodeKind) {
        self.is_wrapped = matches!(kind, NodeKind::Wrapper(_));
    }

    fn end(&mut self) {
        self.is_wrapped = false;
    }
}

/// Builds the nodes of an optimizer's state around its variables.
struct Build<'a> {
    leaves: std::slice::IterMut<'a, Variable>,
    open: Vec<Open<'a>>,
    root: Option<Node<'a>>,
}

/// A node to which children are still added.
struct Open<'a> {
    form: Form,
    name: &'static str,
    children: Vec<(Key, Node<'a>)>,
    /// The key of the next child.
    next: Option<Key>,
    /// Whether the wrapper around a variable's value is open inside: the variable takes its place.
    is_wrapping: bool,
}

impl<'a> Build<'a> {
    fn add(&mut self, node: Node<'a>) {
        match self.open.last_mut() {
            Some(parent) => {
                let key = parent.next.take().unwrap_or(Key::Index(parent.children.len()));
                parent.children.push((key, node));
            }
            None => self.root = Some(node),
        }
    }
}

impl Visitor for Build<'_> {
    fn leaf(&mut self, _: &mut Array) {
        if let Some(variable) = self.leaves.next() {
            let node = variable.node();
            self.add(node);
        }
    }

    fn begin(&mut self, kind: NodeKind) {
        let parent = self.open.last_mut();
        let (form, name) = match kind {
            NodeKind::None | NodeKind::Tuple | NodeKind::List => (Form::Tuple, "tuple"),
            // only the outermost State shows its type
            NodeKind::Mapping(_) if parent.as_ref().is_some_and(|parent| parent.form == Form::State) => {
                (Form::State, "")
            }
            NodeKind::Mapping(name) => (Form::State, name),
            NodeKind::Dict => (Form::State, ""),
            NodeKind::Named(name) => (Form::NamedTuple, name),
            NodeKind::Wrapper(_) => {
                if let Some(parent) = parent {
                    parent.is_wrapping = true;
                }
                return;
            }
        };
        self.open.push(Open { form, name, children: Vec::new(), next: None, is_wrapping: false });
    }

    fn key(&mut self, key: &Key) {
        if let Some(node) = self.open.last_mut().filter(|node| !node.is_wrapping) {
            node.next = Some(key.clone());
        }
    }

    fn end(&mut self) {
        match self.open.last_mut() {
            Some(node) if node.is_wrapping => node.is_wrapping = false,
            _ => {
                if let Some(Open { form, name, children, .. }) = self.open.pop() {
                    self.add(Node::Object { form, name, children });
                }
            }
        }
    }
}

impl Attribute for Optimizer {
    fn node(&mut self) -> Node<'_> {
        let Self { step, wrt, tx_number, pattern, leaves, .. } = self;
        let mut build = Build { leaves: leaves.iter_mut(), open: Vec::new(), root: None };
        pattern.visit(&mut build);
        let opt_state = build.root.unwrap_or(Node::None);
        let children = vec![
            ("graph".into(), Node::Fixed(Fixed::None)),
            ("step".into(), step.node()),
            ("tx".into(), Node::Fixed(Fixed::Transformation(*tx_number))),
            ("opt_state".into(), opt_state),
            ("wrt".into(), Node::Fixed(Fixed::Filter(wrt.clone()))),
        ];
        Node::Object { form: Form::Module, name: "Optimizer", children }
    }
}

crate::impl_module!(Optimizer);
