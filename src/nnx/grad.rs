//! [`grad`] and [`value_and_grad`] of functions whose first argument is a module.

use std::rc::Rc;

use super::filter::Filter;
use super::graph::{state, state_with, update};
use super::module::Module;
use super::state::State;
use super::variable::Param;
use crate::base::error::{Error, Result};
use crate::jax::Array;
use crate::jax::function::{Argument, Function};
use crate::jax::grad::{ArgumentOf, value_and_grad_aux};
use crate::jax::tree::{PyTree, tree_check, tree_leaves, tree_unflatten};

/// The gradient of a scalar function of a module, and possibly other arguments, for the module's parameters (`nnx.grad`).
///
/// ```
/// use thetahat::jax::random::normal;
/// use thetahat::jax::{Array, vmap};
/// use thetahat::nnx::{self, Linear, Rngs};
///
/// fn residual(model: &Linear, x: &Array, y: &Array) -> Array { (model.call(x) - y).powi(2) }
/// fn residuals_loss(model: &Linear, x: &Array, y: &Array) -> Array { vmap(residual, (None, 0, 0))(model, x, y).mean() }
///
/// let mut rngs = Rngs::new(42);
/// let model = Linear::without_bias(2, 1, &mut rngs);
/// let theta = normal(rngs.next_key(), &[2]);
/// let x = normal(rngs.next_key(), &[500, 2]);
/// let y = x.matmul(&theta) + 0.001 * normal(rngs.next_key(), &[500]);
/// let grads = nnx::grad(residuals_loss)(&model, &x, &y);
/// let expected = "State({
///   'kernel': Param( # 2 (8 B)
///     value=Array([[-1.1906744],
///            [-2.351897 ]], dtype=float32)
///   )
/// })";
/// assert_eq!(grads.to_string(), expected);
/// ```
pub fn grad<S: 'static, F>(f: F) -> Box<F::Callable<State>>
where
    F: Function<S, Output = Array>,
    F::Args: Argument<0>,
    ArgumentOf<0, S, F>: Module,
{
    grad_wrt(f, Param)
}

/// [`grad`] for the variables that a filter lets through (`nnx.grad(f, argnums=nnx.DiffState(0, wrt))`).
pub fn grad_wrt<S: 'static, F>(f: F, wrt: Filter) -> Box<F::Callable<State>>
where
    F: Function<S, Output = Array>,
    F::Args: Argument<0>,
    ArgumentOf<0, S, F>: Module,
{
    let f = Rc::new(f);
    F::boxed(move |args| differentiate(&f, &wrt, &args).1)
}

/// Value and gradient in one pass (`nnx.value_and_grad`): see [`grad`].
pub fn value_and_grad<S: 'static, F>(f: F) -> Box<F::Callable<(Array, State)>>
where
    F: Function<S, Output = Array>,
    F::Args: Argument<0>,
    ArgumentOf<0, S, F>: Module,
{
    value_and_grad_wrt(f, Param)
}

/// [`value_and_grad`] for the variables that a filter lets through.
pub fn value_and_grad_wrt<S: 'static, F>(f: F, wrt: Filter) -> Box<F::Callable<(Array, State)>>
where
    F: Function<S, Output = Array>,
    F::Args: Argument<0>,
    ArgumentOf<0, S, F>: Module,
{
    let f = Rc::new(f);
    F::boxed(move |args| differentiate(&f, &wrt, &args))
}

/// Value and gradient. What the function did to the module's other variables is done to the module, if all went well.
fn differentiate<S: 'static, F>(f: &Rc<F>, wrt: &Filter, args: &F::Args) -> (Array, State)
where
    F: Function<S, Output = Array>,
    F::Args: Argument<0>,
    ArgumentOf<0, S, F>: Module,
{
    let params = state_with(args.argument(), wrt);
    let rest = !wrt.clone();
    let f = f.clone();
    let (inner_wrt, inner_rest) = (wrt.clone(), rest.clone());
    let loss = move |params: &State, args: &F::Args| -> (Array, State) {
        match with_params(args, params, &inner_wrt) {
            Ok(args) => {
                let value = f.apply(&args);
                (value, state_with(args.argument(), &inner_rest))
            }
            Err(error) => (Array::failed(error), state_with(args.argument(), &inner_rest)),
        }
    };
    let ((value, rest), grads) = value_and_grad_aux(loss)(&params, args);
    if value.error().is_none() && tree_check(&rest).is_ok() {
        // the function may have changed which variables there are; then those that there were stay as they are
        let _ = update(&mut args.argument().clone(), &rest);
    }
    (value, grads)
}

/// The arguments with other values for the variables of the module among them that `wrt` lets through.
fn with_params<Args>(args: &Args, params: &State, wrt: &Filter) -> Result<Args>
where
    Args: PyTree + Argument<0>,
    Args::Tree: Module,
{
    // a module's leaves as a pytree are those of its state, in the same order
    let mut leaves = with_values(&state(args.argument()), params, wrt)?;
    leaves.extend(tree_leaves(args).into_iter().skip(leaves.len()));
    tree_unflatten(args, leaves)
}

/// The values of a module, those that `wrt` lets through replaced by these.
fn with_values(module: &State, params: &State, wrt: &Filter) -> Result<Vec<Array>> {
    let places = module.flat();
    let leaves = places.into_iter().map(|(path, leaf)| {
        let new = if wrt.matches(&path, leaf.kind) { params.get(&path) } else { Some(leaf) };
        new.map(|leaf| leaf.value.clone())
    });
    leaves.collect::<Option<Vec<Array>>>().ok_or_else(|| {
        let problem = format!("parameters {} for a module with {}", params.describe(), module.describe());
        Error::tree("nnx.grad", problem, "Differentiate with respect to what the module has.")
    })
}
