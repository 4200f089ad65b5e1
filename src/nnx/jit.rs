//! [`jit`] of functions that change modules in place.

use std::rc::Rc;

use super::graph::{GraphDef, merge, replace, split, update};
use super::module::Module;
use super::state::State;
use crate::jax::Jitted;
use crate::jax::tree::{PyTree, tree_check, tree_leaves};

/// A function that may change its first arguments, one to three modules, and takes zero to four further pytrees.
///
/// As for [`crate::jax::function::Function`], the compiler infers the signature `Sig`.
pub trait ModuleFunction<Sig>: 'static {
    /// The function's type once it is compiled.
    type Callable: ?Sized;

    /// Compiles it.
    fn jit(self) -> Jitted<Self::Callable>;
}

/// Compiles a function that changes modules in place (`nnx.jit`): every call takes the modules apart ([`split`]), runs the compiled pure function of their
/// state, and puts the new state into the modules. It traces as [`crate::jax::jit`] does. If the function fails, what it returns carries
/// the error and the modules stay as they were.
///
/// ```
/// use thetahat::jax::{Array, vmap};
/// use thetahat::nnx::{self, MyLinear, Optimizer, Param, Rngs};
/// use thetahat::optax;
///
/// fn residual(model: &MyLinear, x: &Array, y: &Array) -> Array { (model.call(x) - y).powi(2) }
/// fn residuals_loss(model: &MyLinear, x: &Array, y: &Array) -> Array { vmap(residual, (None, 0, 0))(model, x, y).mean() }
///
/// let train_step = nnx::jit(|model: &mut MyLinear, optimizer: &mut Optimizer, x: &Array, y: &Array| {
///     let (loss, grads) = nnx::value_and_grad(residuals_loss)(model, x, y);
///     optimizer.update(model, &grads);
///     loss
/// });
///
/// let mut model = MyLinear::new(2, 1, &mut Rngs::new(42));
/// let mut optimizer = Optimizer::new(&model, optax::sgd(0.5), Param);
/// let (x, y) = (Array::new(&[1.0, 0.0, 0.0, 1.0], &[2, 2]), Array::new(&[1.0, 2.0], &[2]));
/// let losses: Vec<f32> = (0..40).map(|_| train_step(&mut model, &mut optimizer, &x, &y).item()).collect::<Result<_, _>>()?;
/// assert!(losses[39] < 1e-9 * losses[0]);
/// assert_eq!(train_step.cache_size(), 1);
/// # Ok::<(), thetahat::Error>(())
/// ```
pub fn jit<Sig, F: ModuleFunction<Sig>>(f: F) -> Jitted<F::Callable> {
    f.jit()
}

/// What the pure function returns: the modules' parts after the call, and what the function itself returns.
type Outcome<Modules, R> = (GraphDef<Modules>, State, R);

/// Puts what the pure function returns into the modules.
fn settle<Modules: Module, R: PyTree>(
    modules: &mut Modules,
    before: &GraphDef<Modules>,
    (after, state, result): Outcome<Modules, R>,
) -> R {
    let failed = tree_check(&state).is_err();
    if failed && !tree_leaves(&result).is_empty() {
        return result;
    }
    // a result without leaves cannot carry the error, so the variables do
    if after != *before || update(modules, &state).is_err() {
        replace(modules, &after, &state);
    }
    result
}

macro_rules! arity {
    ($($M:ident $m:ident $i:tt),+; $($X:ident $x:ident),*) => {
        impl<Func, R, $($M: Module,)+ $($X: PyTree),*> ModuleFunction<fn(($($M,)+), ($($X,)*)) -> R> for Func
        where
            Func: Fn($(&mut $M,)+ $(&$X),*) -> R + 'static,
            R: PyTree,
        {
            type Callable = dyn Fn($(&mut $M,)+ $(&$X),*) -> R;

            fn jit(self) -> Jitted<Self::Callable> {
                let pure = move |graphdef: &GraphDef<($($M,)+)>, state: &State, args: &($($X,)*)| -> Outcome<($($M,)+), R> {
                    let mut modules = merge(graphdef, state);
                    let ($($x,)*) = args;
                    let result = self($(&mut modules.$i,)+ $($x),*);
                    let (graphdef, state) = split(&modules);
                    (graphdef, state, result)
                };
                let pure = Rc::new(crate::jax::jit(pure));
                let counted = pure.clone();
                let call = move |$($m: &mut $M,)+ $($x: &$X),*| {
                    let mut modules = ($($m.clone(),)+);
                    let (graphdef, state) = split(&modules);
                    let outcome = pure(&graphdef, &state, &($($x.clone(),)*));
                    let result = settle(&mut modules, &graphdef, outcome);
                    ($(*$m,)+) = modules;
                    result
                };
                Jitted::new(Box::new(call), Rc::new(move || counted.cache_size()))
            }
        }
    };
}
macro_rules! arities {
    ($($x:ident $X:ident),*) => {
        arity!(A a 0; $($X $x),*);
        arity!(A a 0, B b 1; $($X $x),*);
        arity!(A a 0, B b 1, C c 2; $($X $x),*);
    };
}
arities!();
arities!(w W);
arities!(w W, x X);
arities!(w W, x X, y Y);
arities!(w W, x X, y Y, z Z);
