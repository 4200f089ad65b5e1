//! [`grad`], [`value_and_grad`], [`jvp`], [`vjp`] and what is built from them: [`jacfwd`], [`jacrev`], [`hessian`].
//!
//! Each traces its function to a program, rewrites that ([`super::ad`]), and replays the result, so they compose in any order with each
//! other and with `vmap` and `jit`.

use std::ops::Range;

use crate::base::error::{Error, Result};

use super::ad::{Seed, jvp_jaxpr, vjp_jaxpr, vjp_programs};
use super::api::transform;
use super::array::Array;
use super::batching::vmap_jaxpr;
use super::core::{DType, Jaxpr};
use super::function::{Argument, Function};
use super::numpy::eye;
use super::trace::{ClosedJaxpr, eval_jaxpr};
use super::tree::{PyTree, mismatch, tree_check, tree_leaves, tree_settled, tree_structure};

/// The type of argument number `I` of a function of signature `S`.
pub type ArgumentOf<const I: usize, S, F> = <<F as Function<S>>::Args as Argument<I>>::Tree;

/// A boxed function of the arguments of `F` that gives `R`.
pub type Boxed<S, F, R> = Box<<F as Function<S>>::Callable<R>>;

/// A scalar and what a function gives beside it.
pub type WithAux<Aux> = (Array, Aux);

/// The gradient of a scalar function for its first argument (`jax.grad`); it has that argument's structure.
///
/// ```
/// use thetahat::jax::{Array, grad};
/// let cube = |x: &Array| x * x * x;
/// assert_eq!(grad(cube)(&Array::scalar(2.0)).item().unwrap(), 12.0);
/// assert_eq!(grad(grad(cube))(&Array::scalar(2.0)).item().unwrap(), 12.0);
/// ```
pub fn grad<S: 'static, F>(f: F) -> Box<F::Callable<ArgumentOf<0, S, F>>>
where
    F: Function<S, Output = Array>,
    F::Args: Argument<0>,
{
    grad_argnum::<0, S, F>(f)
}

/// The gradient of a scalar function for its argument number `I`, from 0 (`jax.grad(f, argnums=I)`).
pub fn grad_argnum<const I: usize, S: 'static, F>(f: F) -> Box<F::Callable<ArgumentOf<I, S, F>>>
where
    F: Function<S, Output = Array>,
    F::Args: Argument<I>,
{
    F::boxed(move |args| differentiate::<I, S, F, _>(&f, args, false, |_| ()).1)
}

/// Value and gradient for the first argument in one pass (`jax.value_and_grad`).
pub fn value_and_grad<S: 'static, F>(f: F) -> Boxed<S, F, (Array, ArgumentOf<0, S, F>)>
where
    F: Function<S, Output = Array>,
    F::Args: Argument<0>,
{
    value_and_grad_argnum::<0, S, F>(f)
}

/// Value and gradient for argument number `I` (`jax.value_and_grad(f, argnums=I)`).
pub fn value_and_grad_argnum<const I: usize, S: 'static, F>(f: F) -> Boxed<S, F, (Array, ArgumentOf<I, S, F>)>
where
    F: Function<S, Output = Array>,
    F::Args: Argument<I>,
{
    F::boxed(move |args| differentiate::<I, S, F, _>(&f, args, true, |output| output))
}

/// Value and gradient of a function that gives a scalar and something else, which is passed through
/// (`jax.value_and_grad(f, has_aux=True)`).
pub fn value_and_grad_aux<S: 'static, F, Aux: PyTree>(f: F) -> Boxed<S, F, (WithAux<Aux>, ArgumentOf<0, S, F>)>
where
    F: Function<S, Output = WithAux<Aux>>,
    F::Args: Argument<0>,
{
    F::boxed(move |args| differentiate::<0, S, F, _>(&f, args, true, |output| output))
}

fn differentiate<const I: usize, S, F: Function<S>, R: PyTree>(
    f: &F,
    args: F::Args,
    with_value: bool,
    value: impl FnOnce(F::Output) -> R,
) -> (R, ArgumentOf<I, S, F>)
where
    F::Args: Argument<I>,
{
    let argument = args.argument().clone();
    let wrt = wrt(&args);
    transform(f, args, &mut |program, leaves| gradients(program, leaves, &wrt, with_value), |output| {
        (value(output), argument)
    })
}

/// The gradients for the leaves in a range, behind the values of the outputs if those are wanted.
fn gradients(program: &ClosedJaxpr, leaves: &[Array], wrt: &Range<usize>, with_values: bool) -> Result<Vec<Array>> {
    check_floating("grad", &leaves[wrt.clone()])?;
    let mut outs = eval_jaxpr(&vjp_jaxpr(&program.jaxpr, &flags(wrt, leaves), Seed::One)?, &program.consts, leaves)?;
    if !with_values {
        outs.drain(..program.jaxpr.outs.len());
    }
    Ok(outs)
}

/// Which of the leaves belong to argument `I`.
fn wrt<const I: usize, Args: Argument<I>>(args: &Args) -> Range<usize> {
    let first = args.leaves_before();
    first..first + tree_leaves(args.argument()).len()
}

/// The same for each leaf.
fn flags(wrt: &Range<usize>, leaves: &[Array]) -> Vec<bool> {
    (0..leaves.len()).map(|i| wrt.contains(&i)).collect()
}

fn check_floating(function: &str, leaves: &[Array]) -> Result<()> {
    match leaves.iter().find(|leaf| leaf.dtype() != DType::F32) {
        None => Ok(()),
        Some(leaf) => Err(Error::dtype(
            function,
            format!("differentiation needs f32 inputs, but got one of element type {}", leaf.dtype().name()),
            "Convert it with `astype(DType::F32)`, or differentiate another argument.",
        )),
    }
}

/// The value of `f` at `primals` and its derivative along `tangents` (`jax.jvp`). Both are tuples of arguments; tangents of integers are ignored.
pub fn jvp<S, F: Function<S>>(f: F, primals: &F::Args, tangents: &F::Args) -> (F::Output, F::Output) {
    let directions = if tree_structure(primals) == tree_structure(tangents) {
        Ok(tree_leaves(tangents))
    } else {
        Err(mismatch("jvp", primals, tangents))
    };
    let run = &mut |program: &ClosedJaxpr, leaves: &[Array]| forward(program, leaves, directions.clone()?);
    transform(&f, primals.clone(), run, |output| (output.clone(), output))
}

/// The outputs, and the tangent of each, for a direction of each argument.
fn forward(program: &ClosedJaxpr, leaves: &[Array], directions: Vec<Array>) -> Result<Vec<Array>> {
    let floating: Vec<bool> = leaves.iter().map(|leaf| leaf.dtype() == DType::F32).collect();
    let directions = directions.into_iter().zip(&floating).filter(|(_, f)| **f).map(|(leaf, _)| leaf);
    let args: Vec<Array> = leaves.iter().cloned().chain(directions).collect();
    let outs = eval_jaxpr(&jvp_jaxpr(&program.jaxpr, &floating)?, &program.consts, &args)?;
    Ok(with_zeros_for_integers(&program.jaxpr, outs))
}

/// Outputs followed by a tangent for each output: zeros of its own type where an integer output has none.
fn with_zeros_for_integers(jaxpr: &Jaxpr, outs: Vec<Array>) -> Vec<Array> {
    let count = jaxpr.outs.len();
    let mut tangents = outs[count..].iter().cloned();
    let filled = jaxpr.outs.iter().map(|&out| {
        let aval = jaxpr.aval(out);
        let tangent = if aval.dtype == DType::F32 { tangents.next() } else { None };
        tangent.unwrap_or_else(|| Array::zeros(&aval.shape, aval.dtype))
    });
    let filled: Vec<Array> = filled.collect();
    [&outs[..count], &filled].concat()
}

/// What [`vjp`] gives: the value, and the function that takes a cotangent of the value back to cotangents of the arguments.
pub type Vjp<Output, Args> = (Output, Box<dyn Fn(&Output) -> Args>);

/// The value of `f` at `primals`, and the function that pulls a cotangent of the output back to the arguments (`jax.vjp`). The value is
/// computed once; the function starts from what was kept of that computation. Cotangents of integers are ignored, and zero.
pub fn vjp<S: 'static, F: Function<S>>(f: F, primals: &F::Args) -> Vjp<F::Output, F::Args> {
    let mut saved = None;
    let run = &mut |program: &ClosedJaxpr, leaves: &[Array]| {
        let floating: Vec<bool> = leaves.iter().map(|leaf| leaf.dtype() == DType::F32).collect();
        let (forward, backward) = vjp_programs(&program.jaxpr, &floating)?;
        let mut outs = eval_jaxpr(&forward, &program.consts, leaves)?;
        let residuals = outs.split_off(program.jaxpr.outs.len());
        saved = Some((backward, residuals));
        Ok(outs)
    };
    let value = transform(&f, primals.clone(), run, |out| out);
    let (primals, output) = (primals.clone(), value.clone());
    let pull_back = move |cotangent: &F::Output| {
        let grads = tree_check(&output).and_then(|()| {
            let seeds = seeds_like(&output, cotangent)?;
            let (backward, residuals) = saved.clone().unwrap_or_default();
            let grads = eval_jaxpr(&backward, &[], &[residuals, seeds].concat())?;
            let mut grads = grads.into_iter();
            let each = tree_leaves(&primals).into_iter().map(|leaf| match leaf.dtype() {
                DType::F32 => grads.next().unwrap_or(leaf),
                dtype => Array::zeros(leaf.shape(), dtype),
            });
            Ok(each.collect())
        });
        tree_settled(&primals, grads)
    };
    (value, Box::new(pull_back))
}

/// The floating-point leaves of a cotangent, which must be of the output's structure and types.
fn seeds_like<T: PyTree>(output: &T, cotangent: &T) -> Result<Vec<Array>> {
    if tree_structure(output) != tree_structure(cotangent) {
        return Err(mismatch("vjp", output, cotangent));
    }
    let mut seeds = Vec::new();
    for (output, seed) in tree_leaves(output).iter().zip(tree_leaves(cotangent)) {
        if output.dtype() != DType::F32 {
            continue;
        }
        let (expected, given) = (output.aval()?, seed.aval()?);
        if expected != given {
            return Err(Error::shape(
                "vjp",
                format!("a cotangent of type {given} was given for an output of type {expected}"),
                "The cotangent must have the output's shape and element type.",
            ));
        }
        seeds.push(seed);
    }
    Ok(seeds)
}

/// The Jacobian of an array function for its first argument, an array, column by column in forward mode (`jax.jacfwd`): its shape is
/// that of the output followed by that of the argument.
pub fn jacfwd<S: 'static, F>(f: F) -> Box<F::Callable<Array>>
where
    F: Function<S, Output = Array>,
    F::Args: Argument<0, Tree = Array>,
{
    F::boxed(move |args| {
        let wrt = wrt::<0, _>(&args);
        transform(&f, args, &mut |program, leaves| columns_of(program, leaves, &wrt), |output| output)
    })
}

/// The Jacobian for the leaf in a range, column by column.
fn columns_of(program: &ClosedJaxpr, leaves: &[Array], wrt: &Range<usize>) -> Result<Vec<Array>> {
    check_floating("jacfwd", &leaves[wrt.clone()])?;
    let forward = jvp_jaxpr(&program.jaxpr, &flags(wrt, leaves))?;
    let n = leaves[0].size();
    let shape = program.jaxpr.aval(program.jaxpr.outs[0]).shape;
    // one direction per row of the identity; tangents come out along the last axis
    let in_axes: Vec<Option<usize>> = leaves.iter().map(|_| None).chain([Some(0)]).collect();
    let mapped = vmap_jaxpr(&forward, &in_axes, &[None, Some(shape.len())], n)?;
    let directions = eye(n).reshape(&[&[n], leaves[0].shape()].concat());
    let inputs: Vec<Array> = leaves.iter().cloned().chain([directions]).collect();
    let outs = eval_jaxpr(&mapped, &program.consts, &inputs)?;
    Ok(vec![outs[1].reshape(&[&shape, leaves[0].shape()].concat())])
}

/// The Jacobian of an array function for its first argument, an array, row by row in reverse mode (`jax.jacrev`): its shape is that of
/// the output followed by that of the argument.
pub fn jacrev<S: 'static, F>(f: F) -> Box<F::Callable<Array>>
where
    F: Function<S, Output = Array>,
    F::Args: Argument<0, Tree = Array>,
{
    F::boxed(move |args| {
        let wrt = wrt::<0, _>(&args);
        transform(&f, args, &mut |program, leaves| rows_of(program, leaves, &wrt), |output| output)
    })
}

/// The Jacobian for the leaf in a range, row by row.
fn rows_of(program: &ClosedJaxpr, leaves: &[Array], wrt: &Range<usize>) -> Result<Vec<Array>> {
    check_floating("jacrev", &leaves[wrt.clone()])?;
    let reverse = vjp_jaxpr(&program.jaxpr, &flags(wrt, leaves), Seed::Arguments)?;
    let shape = program.jaxpr.aval(program.jaxpr.outs[0]).shape;
    let n: usize = shape.iter().product();
    let in_axes: Vec<Option<usize>> = leaves.iter().map(|_| None).chain([Some(0)]).collect();
    let mapped = vmap_jaxpr(&reverse, &in_axes, &[None, Some(0)], n)?;
    let cotangents = eye(n).reshape(&[&[n], &shape[..]].concat());
    let inputs: Vec<Array> = leaves.iter().cloned().chain([cotangents]).collect();
    let outs = eval_jaxpr(&mapped, &program.consts, &inputs)?;
    Ok(vec![outs[1].reshape(&[&shape, leaves[0].shape()].concat())])
}

/// The matrix of second derivatives of a scalar function for its first argument, an array of shape s (`jax.hessian`): shape s followed by s.
/// Forward over reverse, as in JAX.
pub fn hessian<S: 'static, F>(f: F) -> Box<F::Callable<Array>>
where
    F: Function<S, Output = Array>,
    F::Args: Argument<0, Tree = Array>,
    Box<F::Callable<Array>>: Function<S, Output = Array, Args = F::Args, Callable<Array> = F::Callable<Array>>,
{
    jacfwd::<S, Box<F::Callable<Array>>>(jacrev(f))
}
