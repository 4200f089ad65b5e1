//! [`make_jaxpr`] and [`jit`], and how every transformation traces a function of pytrees.

use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;

use crate::base::error::Result;

use super::array::Array;
use super::compile::{Executable, Rounding, compile};
use super::core::ShapedArray;
use super::function::{Call, Function, Typed};
use super::trace::{ClosedJaxpr, is_tracing, trace};
use super::tree::{AnyTree, PyTree, TreeDef, flatten, leaves, settle};

/// The program that a function writes for arguments of these types.
///
/// # Errors
/// The output carries an error.
pub(super) fn trace_call(call: &mut dyn Call, avals: &[ShapedArray]) -> Result<ClosedJaxpr> {
    trace(avals, |tracers| call.call(tracers))
}

/// The types of the leaves.
///
/// # Errors
/// The first error that a leaf carries.
pub(super) fn avals(leaves: &[Array]) -> Result<Vec<ShapedArray>> {
    leaves.iter().map(|leaf| leaf.aval().cloned()).collect()
}

/// What computes output leaves from a program and the leaves of its arguments.
pub(super) type Run<'r> = &'r mut dyn FnMut(&ClosedJaxpr, &[Array]) -> Result<Vec<Array>>;

/// Traces `f` on the arguments, lets `run` compute output leaves, and puts them into the structure that `shape` makes of the function's
/// output. On an error all leaves of that structure carry it.
pub(super) fn transform<S, F: Function<S>, R: PyTree>(
    f: &F,
    args: F::Args,
    run: Run<'_>,
    shape: impl FnOnce(F::Output) -> R,
) -> R {
    let mut call = Typed::new(f, args);
    let result = transform_call(&mut call, run);
    let mut shape = shape(call.output());
    settle(&mut shape, result);
    shape
}

fn transform_call(call: &mut dyn Call, run: Run<'_>) -> Result<Vec<Array>> {
    let leaves = leaves(call.args());
    let program = trace_call(call, &avals(&leaves)?)?;
    run(&program, &leaves)
}

/// The program that a function writes for arguments of the types of its own.
fn program(call: &mut dyn Call) -> Result<ClosedJaxpr> {
    let avals = avals(&leaves(call.args()))?;
    trace_call(call, &avals)
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
    F::boxed(move |args| program(&mut Typed::new(&f, args)))
}

/// Compiles a function for arguments of these types without calling it (`jax.jit(f).lower(*args).compile()`).
///
/// # Errors
/// The function cannot be traced on them.
pub fn lower<S, F: Function<S>>(f: &F, args: &F::Args) -> Result<Executable> {
    compiled(&program(&mut Typed::new(f, args.clone()))?)
}

fn compiled(program: &ClosedJaxpr) -> Result<Executable> {
    compile(&program.jaxpr, &program.consts, Rounding::Fused)
}

/// A jitted function: call it like the function itself.
pub struct Jitted<D: ?Sized> {
    call: Box<D>,
    cache_size: Rc<dyn Fn() -> usize>,
}

impl<D: ?Sized> Jitted<D> {
    /// A function that compiles what it calls, and what tells how often it did.
    pub(crate) fn new(call: Box<D>, cache_size: Rc<dyn Fn() -> usize>) -> Self {
        Self { call, cache_size }
    }

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
struct Known {
    structure: TreeDef,
    avals: Vec<ShapedArray>,
    executable: Executable,
}

impl Known {
    /// The leaves of arguments that are like these; none if they are not.
    fn leaves_of(&self, args: &mut dyn AnyTree) -> Option<Vec<Array>> {
        let leaves = self.structure.leaves_of(args)?;
        let is_alike = |(leaf, aval): (&Array, &ShapedArray)| leaf.aval().is_ok_and(|given| given == aval);
        leaves.iter().zip(&self.avals).all(is_alike).then_some(leaves)
    }
}

/// What was compiled so far, in that order: few, so that looking at each takes less time than a table that has to make a key.
type Cache = RefCell<Vec<Known>>;

/// Runs what is known for arguments like these, or compiles it first. Gives its place, and the leaves of the output.
fn run_cached(cache: &Cache, call: &mut dyn Call) -> Result<(usize, Result<Vec<Array>>)> {
    let args = call.args();
    // the last first: what was compiled for modules that are gone is not asked for any more
    let found = cache.borrow().iter().enumerate().rev().find_map(|(at, known)| Some((at, known.leaves_of(args)?)));
    let (at, leaves) = if let Some(found) = found {
        found
    } else {
        let (leaves, structure) = flatten(args);
        let avals = avals(&leaves)?;
        // outside of the borrow, because the function itself may call jitted ones
        let executable = compiled(&trace_call(call, &avals)?)?;
        cache.borrow_mut().push(Known { structure, avals, executable });
        (cache.borrow().len() - 1, leaves)
    };
    Ok((at, cache.borrow_mut()[at].executable.call(&leaves)))
}

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
    let cache: Rc<Cache> = Rc::default();
    let counted = cache.clone();
    // what the function gave when it was compiled, for each entry of the cache
    let patterns = RefCell::new(Vec::new());
    let call = F::boxed(move |args| {
        if is_tracing() {
            return f.apply(&args);
        }
        let mut call = Typed::new(&f, args);
        let (mut output, result) = match run_cached(&cache, &mut call) {
            Ok((at, result)) => {
                let mut patterns = patterns.borrow_mut();
                patterns.extend(call.given());
                (F::Output::clone(&patterns[at]), result)
            }
            Err(error) => (call.output(), Err(error)),
        };
        settle(&mut output, result);
        output
    });
    Jitted::new(call, Rc::new(move || counted.borrow().len()))
}
