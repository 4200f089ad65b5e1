//! Loops and decisions inside programs: [`while_loop`], [`cond`] and [`fori_loop`], equations that hold programs of their own (`jax.lax.while_loop`, `jax.lax.cond`).
//!
//! Every equation of this crate has one result. One that holds programs has several; they lie one after the other in one array of words, the *bundle*, and a
//! [`Part`] for each takes it out again. [`super::pprint`] prints an equation with its parts as one, as JAX does.
//!
//! The operations are [`While`] and [`Cond`], on the mechanism of [`super::extension`]; their programs are compiled each by itself, as JAX's compiler does, with
//! its rounding rules. How they are differentiated is in [`super::ad`], how they are mapped in [`super::batching`].

mod branches;
#[cfg(feature = "full")]
mod call;
mod loops;
mod pack;
mod program;

use crate::base::error::{Error, Result};

use super::array::{Array, Repr};
use super::core::{DType, Primitive, ShapedArray};
use super::extension::Extension;
use super::numpy::select;
use super::trace::{ClosedJaxpr, bind, trace};
use super::tree::{PyTree, tree_failed, tree_leaves, tree_unflatten};

pub use branches::{Cond, Pulled};
#[cfg(feature = "full")]
pub use call::{Call, CallTangents, Turns, without_calls};
pub use loops::While;
pub use pack::{Layout, Part, layout, parts};
#[cfg(feature = "full")]
pub use program::Made;
pub use program::Program;

/// What an operation is that the transformations have rules of their own for.
#[derive(Clone, Copy, Debug)]
pub enum Control<'a> {
    /// A loop.
    While(&'a While),
    /// A decision.
    Cond(&'a Cond),
    /// The tangents of a decision, of which only the transpose is wanted.
    Pulled(&'a Pulled),
    /// A jitted function.
    #[cfg(feature = "full")]
    Call(&'a Call),
    /// The tangents of a jitted function, of which only the transpose is wanted.
    #[cfg(feature = "full")]
    CallTangents(&'a CallTangents),
    /// One of several results.
    Part(&'a Part),
}

impl Control<'_> {
    /// The types of its results; `None` for a part.
    #[must_use]
    pub fn results(self) -> Option<Layout> {
        match self {
            Self::While(operation) => Some(operation.carry.clone()),
            Self::Cond(operation) => Some(operation.results.clone()),
            Self::Pulled(operation) => Some(operation.results.clone()),
            #[cfg(feature = "full")]
            Self::Call(operation) => Some(operation.results.clone()),
            #[cfg(feature = "full")]
            Self::CallTangents(operation) => Some(operation.results.clone()),
            Self::Part(_) => None,
        }
    }
}

/// A function of leaves, traced.
type Leaves<'f> = &'f dyn Fn(Vec<Array>) -> Vec<Array>;

/// Applies `body` again and again, as long as `condition` of what it has made holds (`jax.lax.while_loop`): an equation with two programs inside.
///
/// `condition` returns a bool scalar; `body` returns a tree of the structure and types of `init`. Both may use arrays from outside.
///
/// ```
/// use thetahat::jax::{Array, DType};
/// use thetahat::jax::control::while_loop;
///
/// let body = |(i, x): &(Array, Array)| (i + Array::from_i32(&[1], &[]), x * 2.0);
/// let start = (Array::from_i32(&[0], &[]), Array::scalar(3.0));
/// let (turns, x) = while_loop(|(_, x)| x.less(100.0), body, &start);
/// assert_eq!((turns.as_i32()?[0], x.item()?), (6, 192.0));
/// # Ok::<(), thetahat::Error>(())
/// ```
///
/// Forward mode and `vmap` go through it; reverse mode does not, as in JAX. What fails returns `init` with the error in every leaf.
pub fn while_loop<C: PyTree>(condition: impl Fn(&C) -> Array, body: impl Fn(&C) -> C, init: &C) -> C {
    let with = |leaves: Vec<Array>| tree_unflatten(init, leaves);
    let condition = |leaves: Vec<Array>| vec![with(leaves).map_or_else(Array::failed, |carry| condition(&carry))];
    let body = |leaves: Vec<Array>| match with(leaves) {
        Ok(carry) => tree_leaves(&body(&carry)),
        Err(error) => vec![Array::failed(error)],
    };
    settled(init, while_leaves(tree_leaves(init), &condition, &body))
}

/// `on_true` of the operands if `which`, a bool scalar, holds, else `on_false` of them (`jax.lax.cond`): an equation with two programs inside, of which one runs.
///
/// ```
/// use thetahat::jax::{Array, grad};
/// use thetahat::jax::control::cond;
///
/// let hinge = |x: &Array| cond(&x.greater(1.0), |x: &Array| x * 3.0, |x: &Array| x * x, x);
/// assert_eq!((hinge(&Array::scalar(2.0)).item()?, hinge(&Array::scalar(0.5)).item()?), (6.0, 0.25));
/// assert_eq!((grad(hinge)(&Array::scalar(2.0)).item()?, grad(hinge)(&Array::scalar(0.5)).item()?), (3.0, 1.0));
/// # Ok::<(), thetahat::Error>(())
/// ```
///
/// Both functions return trees of one structure and of the same types. What fails returns what `on_true` would, with the error in every leaf.
pub fn cond<O: PyTree, R: PyTree>(
    which: &Array,
    on_true: impl Fn(&O) -> R,
    on_false: impl Fn(&O) -> R,
    operands: &O,
) -> R {
    let pattern = std::cell::RefCell::new(None);
    let branch = |f: &dyn Fn(&O) -> R, leaves: Vec<Array>| match tree_unflatten(operands, leaves) {
        Ok(operands) => {
            let result = f(&operands);
            let leaves = tree_leaves(&result);
            pattern.replace(Some(result));
            leaves
        }
        Err(error) => vec![Array::failed(error)],
    };
    let result = cond_leaves(
        which,
        &|leaves| branch(&on_true, leaves),
        &|leaves| branch(&on_false, leaves),
        tree_leaves(operands),
    );
    let pattern = pattern.into_inner().unwrap_or_else(|| on_true(operands));
    settled(&pattern, result)
}

/// `body(i, …)` for i from `lower` to `upper`, exclusive, i32 scalars (`jax.lax.fori_loop` with bounds that are not known before): a [`while_loop`].
pub fn fori_loop<C: PyTree>(lower: &Array, upper: &Array, body: impl Fn(&Array, &C) -> C, init: &C) -> C {
    let start = (lower.clone(), upper.clone(), init.clone());
    let step = |(i, upper, carry): &(Array, Array, C)| (i + Array::from_i32(&[1], &[]), upper.clone(), body(i, carry));
    while_loop(|(i, upper, _)| i.less(upper), step, &start).2
}

/// The tree with these leaves, or with the error in all of them.
fn settled<T: PyTree>(pattern: &T, leaves: Result<Vec<Array>>) -> T {
    leaves.and_then(|leaves| tree_unflatten(pattern, leaves)).unwrap_or_else(|error| tree_failed(pattern, &error))
}

/// A traced function whose constants are arguments, the first ones.
fn closed(program: &ClosedJaxpr) -> super::core::Jaxpr {
    let mut jaxpr = program.jaxpr.clone();
    let constants = std::mem::take(&mut jaxpr.constvars);
    jaxpr.invars.splice(0..0, constants);
    jaxpr
}

fn types(leaves: &[Array]) -> Result<Vec<ShapedArray>> {
    leaves.iter().map(|leaf| leaf.aval().cloned()).collect()
}

fn out_types(program: &ClosedJaxpr) -> Vec<ShapedArray> {
    program.jaxpr.outs.iter().map(|&out| program.jaxpr.aval(out)).collect()
}

fn listed(types: &[ShapedArray]) -> String {
    types.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// [`while_loop`] on leaves.
fn while_leaves(init: Vec<Array>, condition: Leaves<'_>, body: Leaves<'_>) -> Result<Vec<Array>> {
    let carry = types(&init)?;
    let (condition, body) = (trace(&carry, condition)?, trace(&carry, body)?);
    let [decides, made] = [&condition, &body].map(out_types);
    if decides != [ShapedArray::new(&[], DType::Bool)] {
        let problem = format!("the condition returns {}", listed(&decides));
        return Err(Error::shape("while_loop", problem, "Return one truth value, of type bool[]."));
    }
    if made != carry {
        let problem = format!("the body takes {}, but returns {}", listed(&carry), listed(&made));
        return Err(Error::shape("while_loop", problem, "Return what the next turn takes, of the same types."));
    }
    let operands: Vec<&Array> = condition.consts.iter().chain(&body.consts).chain(&init).collect();
    let operation = While {
        constants: [condition.consts.len(), body.consts.len()],
        condition: Program::new(closed(&condition)),
        body: Program::new(closed(&body)),
        carry: carry.into(),
    };
    Ok(parts(&operation.carry.clone(), &Extension::apply(operation, &operands)))
}

/// [`cond`] on leaves.
fn cond_leaves(which: &Array, on_true: Leaves<'_>, on_false: Leaves<'_>, operands: Vec<Array>) -> Result<Vec<Array>> {
    if *which.aval()? != ShapedArray::new(&[], DType::Bool) {
        let problem = format!("it decides by an array of type {}", which.aval()?);
        return Err(Error::shape("cond", problem, "Decide by one truth value, of type bool[]."));
    }
    let given = types(&operands)?;
    let branches = [trace(&given, on_true)?, trace(&given, on_false)?];
    let [one, other] = [&branches[0], &branches[1]].map(out_types);
    if one != other {
        let problem = format!("one branch returns {}, the other {}", listed(&one), listed(&other));
        return Err(Error::shape("cond", problem, "Return the same types from both."));
    }
    // what both use from outside is one operand
    let mut shared: Vec<Array> = Vec::new();
    for constant in branches.iter().flat_map(|branch| &branch.consts) {
        if !shared.iter().any(|known| is_same(known, constant)) {
            shared.push(constant.clone());
        }
    }
    let outside = types(&shared)?;
    let program = |branch: &ClosedJaxpr| {
        let mut jaxpr = branch.jaxpr.clone();
        let constants = std::mem::take(&mut jaxpr.constvars);
        let places = shared.iter().zip(&outside).map(|(array, aval)| {
            let own = branch.consts.iter().position(|constant| is_same(constant, array));
            own.map_or_else(|| jaxpr.fresh(aval.clone()), |place| constants[place])
        });
        let places: Vec<_> = places.collect();
        jaxpr.invars.splice(0..0, places);
        Program::new(jaxpr)
    };
    let branches = vec![program(&branches[1]), program(&branches[0])];
    let index = bind(Primitive::ConvertElementType { new_dtype: DType::I32 }, &[which]);
    let operands: Vec<&Array> = [&index].into_iter().chain(&shared).chain(&operands).collect();
    let results: Layout = one.into();
    let operation = Cond { branches, results: results.clone() };
    Ok(parts(&results, &Extension::apply(operation, &operands)))
}

/// Whether two arrays are one: the same numbers in memory, or the same variable of a program.
fn is_same(x: &Array, y: &Array) -> bool {
    match (&x.0, &y.0) {
        (Repr::Concrete(x), Repr::Concrete(y)) => std::rc::Rc::ptr_eq(x, y),
        (Repr::Tracer(x), Repr::Tracer(y)) => x.trace == y.trace && x.var == y.var,
        _ => false,
    }
}

/// `x` where the bool vector `which` holds, else `y`; both have one entry for each of its elements along their first axis.
pub(super) fn select_examples(which: &Array, x: &Array, y: &Array) -> Array {
    let mut shape = vec![1; x.ndim()];
    shape[0] = which.size();
    select(&which.reshape(&shape).broadcast_to(x.shape()), x, y)
}
