//! [`make_jaxpr`] and [`jit`], and how every transformation traces a function of pytrees.

use std::cell::{RefCell, RefMut};
use std::ops::Deref;
use std::rc::Rc;

use crate::error::{Error, Result};

use super::array::Array;
use super::compile::{Executable, Rounding, compile};
use super::core::ShapedArray;
use super::function::Function;
use super::trace::{ClosedJaxpr, is_tracing, trace};
use super::tree::{PyTree, TreeDef, flatten, tree_failed, tree_leaves, tree_unflatten};

/// The program that a function writes, and its output, whose leaves are tracers: a pattern for the structure of the outputs.
///
/// # Errors
/// An argument or the output carries an error; the pattern comes with it.
pub(super) fn trace_function<S, F: Function<S>>(
    f: &F,
    args: &F::Args,
    avals: &[ShapedArray],
) -> (Result<ClosedJaxpr>, F::Output) {
    let mut output = None;
    let program = trace(avals, |tracers| {
        let result = tree_unflatten(args, tracers).map(|args| f.apply(&args));
        let leaves = result.as_ref().map(tree_leaves).unwrap_or_default();
        output = result.ok();
        leaves
    });
    // without an output nothing was traced: calling the function on what it got gives the structure
    (program, output.unwrap_or_else(|| f.apply(args)))
}

/// The types of the leaves.
///
/// # Errors
/// The first error that a leaf carries.
pub(super) fn avals(leaves: &[Array]) -> Result<Vec<ShapedArray>> {
    leaves.iter().map(|leaf| leaf.aval().cloned()).collect()
}

/// Traces `f` on the arguments, lets `run` compute output leaves from the program and the argument leaves, and puts them into the structure
/// that `shape` makes of the function's output. On an error all leaves of that structure carry it.
pub(super) fn transform<S, F: Function<S>, R: PyTree>(
    f: &F,
    args: &F::Args,
    run: impl FnOnce(&ClosedJaxpr, &[Array]) -> Result<Vec<Array>>,
    pattern: impl FnOnce(F::Output) -> R,
) -> R {
    let leaves = tree_leaves(args);
    let avals = match avals(&leaves) {
        Ok(avals) => avals,
        Err(error) => return tree_failed(&pattern(f.apply(args)), &error),
    };
    let (program, output) = trace_function(f, args, &avals);
    let pattern = pattern(output);
    let result = program.and_then(|program| run(&program, &leaves)).and_then(|outs| tree_unflatten(&pattern, outs));
    result.unwrap_or_else(|error| tree_failed(&pattern, &error))
}

/// A function that gives the program that `f` writes for arguments of these types (`jax.make_jaxpr`).
///
/// ```
/// use thetahat::jax::{Array, make_jaxpr};
/// let square = |x: &Array| x * x;
/// let program = make_jaxpr(square)(&Array::scalar(3.0)).unwrap();
/// assert_eq!(program.to_string(), "{ lambda ; a:f32[]. let b:f32[] = mul a a in (b,) }");
/// ```
pub fn make_jaxpr<S: 'static, F: Function<S>>(f: F) -> Box<F::Callable<Result<ClosedJaxpr>>> {
    F::boxed(move |args| trace_function(&f, &args, &avals(&tree_leaves(&args))?).0)
}

/// A compiled function for arguments of one structure and one set of types.
#[derive(Debug)]
pub struct Compiled<R> {
    /// What runs.
    pub executable: Executable,
    pattern: R,
}

impl<R: PyTree> Compiled<R> {
    fn call(&mut self, leaves: &[Array]) -> R {
        let outs = self.executable.call(leaves).and_then(|outs| tree_unflatten(&self.pattern, outs));
        outs.unwrap_or_else(|error| tree_failed(&self.pattern, &error))
    }
}

/// Compiles a function for arguments of these types without calling it (`jax.jit(f).lower(*args).compile()`).
///
/// # Errors
/// The function cannot be traced on them.
pub fn lower<S, F: Function<S>>(f: &F, args: &F::Args) -> Result<Compiled<F::Output>> {
    let (program, pattern) = trace_function(f, args, &avals(&tree_leaves(args))?);
    let program = program?;
    Ok(Compiled { executable: compile(&program.jaxpr, &program.consts, Rounding::Fused)?, pattern })
}

/// A jitted function: call it like the function itself.
pub struct Jitted<D: ?Sized> {
    call: Box<D>,
    cache_size: Rc<dyn Fn() -> usize>,
}

impl<D: ?Sized> Jitted<D> {
    /// How many times the function was traced and compiled so far: once for every structure and set of types of its arguments.
    #[must_use]
    pub fn cache_size(&self) -> usize {
        (self.cache_size)()
    }
}

impl<D: ?Sized> Deref for Jitted<D> {
    type Target = D;

    fn deref(&self) -> &D {
        &self.call
    }
}

impl<D: ?Sized> std::fmt::Debug for Jitted<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Jitted").field("cache_size", &self.cache_size()).finish_non_exhaustive()
    }
}

/// A compiled function, and what its arguments must be like.
struct Known<R> {
    structure: TreeDef,
    avals: Vec<ShapedArray>,
    compiled: Compiled<R>,
}

impl<R> Known<R> {
    fn fits(&self, structure: &TreeDef, leaves: &[Array]) -> bool {
        let is_alike = |(leaf, aval): (&Array, &ShapedArray)| leaf.aval().is_ok_and(|given| given == aval);
        self.structure == *structure && leaves.len() == self.avals.len() && leaves.iter().zip(&self.avals).all(is_alike)
    }
}

/// What was compiled so far, in that order: few, so that looking at each takes less time than a table that has to make a key.
type Cache<R> = RefCell<Vec<Known<R>>>;

/// Compiles `f` (`jax.jit`): the first call with arguments of some structure and types traces and compiles, later ones only run. Inside a function that is
/// being traced, `f` is written into that function's program.
///
/// ```
/// use thetahat::jax::{Array, jit};
/// let double = jit(|x: &Array| x + x);
/// assert_eq!(double(&Array::scalar(2.0)).item().unwrap(), 4.0);
/// assert_eq!(double(&Array::scalar(3.0)).item().unwrap(), 6.0);
/// assert_eq!(double.cache_size(), 1);
/// ```
pub fn jit<S: 'static, F: Function<S>>(f: F) -> Jitted<F::Callable<F::Output>> {
    let cache: Rc<Cache<F::Output>> = Rc::default();
    let counted = cache.clone();
    let call = F::boxed(move |mut args| {
        if is_tracing() {
            return f.apply(&args);
        }
        let (leaves, structure) = flatten(&mut args);
        match cached(&cache, &f, &args, structure, &leaves) {
            Ok(mut known) => known.compiled.call(&leaves),
            Err(error) => transform(&f, &args, |_, _| Err::<Vec<Array>, Error>(error), |output| output),
        }
    });
    Jitted { call, cache_size: Rc::new(move || counted.borrow().len()) }
}

fn cached<'c, S, F: Function<S>>(
    cache: &'c Cache<F::Output>,
    f: &F,
    args: &F::Args,
    structure: TreeDef,
    leaves: &[Array],
) -> Result<RefMut<'c, Known<F::Output>>> {
    let found = cache.borrow().iter().position(|known| known.fits(&structure, leaves));
    let at = if let Some(at) = found {
        at
    } else {
        // outside of the borrow, because the function itself may call jitted ones
        let known = Known { structure, avals: avals(leaves)?, compiled: lower(f, args)? };
        cache.borrow_mut().push(known);
        cache.borrow().len() - 1
    };
    Ok(RefMut::map(cache.borrow_mut(), |cache| &mut cache[at]))
}
