//! Mapping over a batch, program to program: [`batch_jaxpr`] and [`vmap_jaxpr`], which `vmap` is made of.
//!
//! Every variable of a program either has one more axis in the mapped program, the *mapped axis*, or is the same for
//! all examples. The rules ([`rules`]) say for each primitive how it runs on such operands, and along which axis its result is mapped. Follows
//! `jax._src.interpreters.batching`, also in what each rule writes, so that programs print as JAX prints them.

mod batcher;
mod control;
mod rules;

use crate::base::error::Result;

use super::core::{Atom, Jaxpr, check_count};
use super::shapes::check_axis;

use batcher::{Batcher, Mapped};

/// The program that runs `jaxpr` on `axis_size` examples at once. `in_axes` gives for each argument the axis along which examples are stacked, or
/// `None` for an argument that all examples share; constants are shared. Beside the program stands for each output its mapped axis, or
/// `None` if all examples have the same.
///
/// # Errors
/// `in_axes` has another length than the arguments, or names an axis that the stacked argument does not have; the program is ill-formed;
/// or an array would have too many axes.
pub fn batch_jaxpr(jaxpr: &Jaxpr, in_axes: &[Option<usize>], axis_size: usize) -> Result<(Jaxpr, Vec<Option<usize>>)> {
    let (mut batcher, outs) = run(jaxpr, in_axes, axis_size)?;
    batcher.jaxpr.outs = outs.iter().map(|out| out.atom).collect();
    Ok((batcher.jaxpr, outs.iter().map(|out| out.axis).collect()))
}

/// [`batch_jaxpr`] with every output stacked along the axis that `out_axes` gives for it; `None` is for an output that all examples have in
/// common, which is then not stacked (`jax.vmap(f, in_axes, out_axes)` on flat lists).
///
/// # Errors
/// As [`batch_jaxpr`]; `out_axes` has another length than the outputs or names an axis that the stacked output does not have; or it
/// gives `None` for an output that differs between examples.
pub fn vmap_jaxpr(
    jaxpr: &Jaxpr,
    in_axes: &[Option<usize>],
    out_axes: &[Option<usize>],
    axis_size: usize,
) -> Result<Jaxpr> {
    check_count("vmap", "out_axes", out_axes.len(), jaxpr.outs.len(), "outputs")?;
    let (mut batcher, outs) = run(jaxpr, in_axes, axis_size)?;
    let places = outs.into_iter().zip(out_axes).enumerate();
    let outs = places.map(|(i, (out, &axis))| batcher.place_output(i, out, axis)).collect::<Result<Vec<_>>>()?;
    batcher.jaxpr.outs = outs;
    Ok(batcher.jaxpr)
}

fn run(jaxpr: &Jaxpr, in_axes: &[Option<usize>], axis_size: usize) -> Result<(Batcher, Vec<Mapped>)> {
    check_count("vmap", "in_axes", in_axes.len(), jaxpr.invars.len(), "arguments")?;
    let mut batcher = Batcher::new(axis_size);
    let mut env: Vec<Option<Mapped>> = vec![None; jaxpr.avals.len()];
    for &var in &jaxpr.constvars {
        let new = batcher.jaxpr.fresh(jaxpr.aval(Atom::Var(var)));
        batcher.jaxpr.constvars.push(new);
        env[var.index()] = Some(Mapped { atom: Atom::Var(new), axis: None });
    }
    for (&var, &axis) in jaxpr.invars.iter().zip(in_axes) {
        let mut aval = jaxpr.aval(Atom::Var(var));
        if let Some(axis) = axis {
            check_axis("vmap", axis, &[&aval.shape[..], &[axis_size]].concat())?;
            aval.shape.insert(axis, axis_size);
        }
        let new = batcher.jaxpr.fresh(aval);
        batcher.jaxpr.invars.push(new);
        env[var.index()] = Some(Mapped { atom: Atom::Var(new), axis });
    }
    for eqn in &jaxpr.eqns {
        let inputs = eqn.inputs.iter().map(|&atom| read(&env, atom)).collect::<Result<Vec<_>>>()?;
        env[eqn.output.index()] = Some(rules::rule(&mut batcher, &eqn.primitive, &inputs)?);
    }
    let outs = jaxpr.outs.iter().map(|&atom| read(&env, atom)).collect::<Result<Vec<_>>>()?;
    Ok((batcher, outs))
}

fn read(env: &[Option<Mapped>], atom: Atom) -> Result<Mapped> {
    match atom {
        Atom::Lit(_) => Ok(Mapped { atom, axis: None }),
        Atom::Var(var) => env[var.index()].ok_or_else(|| Jaxpr::unbound("vmap", var)),
    }
}
