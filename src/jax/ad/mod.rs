//! Differentiation, program to program: [`jvp_jaxpr`] (forward) and [`vjp_jaxpr`] (linearize, then transpose).
//!
//! There is one set of rules for derivatives, those of [`jvp`]. Forward mode writes their equations into the program. Reverse mode runs
//! the same rules, but sets aside each equation that depends on a tangent: what remains computes the value and all that the derivative
//! needs, and what was set aside is a linear program, which the rules of [`transpose`] run backward. Follows `jax._src.interpreters.ad`, also in
//! the order of equations, so that programs print as JAX prints them.

#[cfg(feature = "full")]
mod call;
mod control;
mod jvp;
mod linear_writer;
mod transpose;

use crate::base::error::{Error, Result};

use super::core::{Atom, DType, Jaxpr, Literal, ShapedArray, Var};

use control::{Bundles, Cotangents};
use linear_writer::LinearWriter;

/// What the outputs' cotangents are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seed {
    /// The first output is a scalar and its cotangent is 1; the others have none. What `grad` needs.
    One,
    /// The program takes one more argument for every floating-point output. What `vjp` needs.
    Arguments,
}

/// The program that computes, from arguments followed by a tangent for each argument in `wrt`, the outputs followed by the tangent
/// of each output (`jax.jvp`). Integer arguments and outputs have no tangents.
///
/// # Errors
/// A primitive of the program has no derivative rule.
pub fn jvp_jaxpr(jaxpr: &Jaxpr, wrt: &[bool]) -> Result<Jaxpr> {
    let mut writer = LinearWriter::new(false);
    let mut env = bind_inputs(&mut writer, jaxpr);
    let tangents = writer.tangent_inputs(jaxpr, wrt);
    push_forward(&mut writer, jaxpr, &mut env, tangents).and_then(|tangent_of| {
        let tangent_outs = tangents_of_outs(jaxpr, &tangent_of);
        let mut outs = read_outs(jaxpr, &env)?;
        for (&out, tangent) in jaxpr.outs.iter().zip(tangent_outs) {
            let aval = jaxpr.aval(out);
            if aval.dtype == DType::F32 {
                outs.push(writer.instantiate(tangent, &aval)?);
            }
        }
        Ok(writer.finish(outs))
    })
}

/// The program that computes the outputs followed by the gradient for each argument in `wrt`.
///
/// # Errors
/// With [`Seed::One`], the first output is not an f32 scalar. A primitive of the program has no derivative rule.
pub fn vjp_jaxpr(jaxpr: &Jaxpr, wrt: &[bool], seed: Seed) -> Result<Jaxpr> {
    Ok(forward_and_backward(jaxpr, wrt, seed)?.0.jaxpr)
}

/// [`vjp_jaxpr`], with where it keeps what belongs to each variable of the program that was differentiated.
#[derive(Clone, Debug)]
pub struct Pullback {
    /// Computes the outputs, followed by the gradients.
    pub jaxpr: Jaxpr,
    /// For each variable of the original program, its value.
    pub values: Vec<Option<Atom>>,
    /// For each variable of the original program, its cotangent: the derivative of the seeded outputs for it. `None` where no gradient that is wanted
    /// depends on it.
    pub cotangents: Vec<Option<Atom>>,
}

/// The program of [`vjp_jaxpr`] with its correspondence to the original program.
///
/// # Errors
/// As [`vjp_jaxpr`].
pub fn pullback(jaxpr: &Jaxpr, wrt: &[bool], seed: Seed) -> Result<Pullback> {
    Ok(forward_and_backward(jaxpr, wrt, seed)?.0)
}

/// The two programs of `jax.vjp`: forward, from the arguments to the outputs and then everything that the way back needs; and
/// backward, from that and a cotangent for every floating-point output to the gradient for each argument in `wrt`.
///
/// # Errors
/// A primitive of the program has no derivative rule.
pub fn vjp_programs(jaxpr: &Jaxpr, wrt: &[bool]) -> Result<(Jaxpr, Jaxpr)> {
    let (whole, boundary) = forward_and_backward(jaxpr, wrt, Seed::Arguments)?;
    Ok(divide(&whole.jaxpr, boundary, jaxpr.invars.len(), jaxpr.outs.len()))
}

/// The program of [`vjp_jaxpr`], and the number of equations before its way back begins.
fn forward_and_backward(jaxpr: &Jaxpr, wrt: &[bool], seed: Seed) -> Result<(Pullback, usize)> {
    let mut writer = LinearWriter::new(true);
    let mut env = bind_inputs(&mut writer, jaxpr);
    let tangents = writer.linear_inputs(jaxpr, wrt);
    let tangent_of = push_forward(&mut writer, jaxpr, &mut env, tangents.clone())?;
    let linear_outs = tangents_of_outs(jaxpr, &tangent_of);
    let mut outs = read_outs(jaxpr, &env)?;
    let seeds = seeds(&mut writer, jaxpr, seed)?;
    let boundary = writer.equations();
    let cotangents = pull_back(&mut writer, &linear_outs, &seeds)?;
    let cotangent = |tangent: &Option<Atom>| match tangent {
        Some(Atom::Var(var)) => cotangents.get(var.index()).copied().flatten(),
        _ => None,
    };
    for tangent in &tangents {
        if let Some(known) = tangent {
            let aval = writer.aval(*known);
            outs.push(writer.instantiate(cotangent(tangent), &aval)?);
        }
    }
    let cotangents = tangent_of.iter().map(cotangent).collect();
    Ok((Pullback { jaxpr: writer.finish(outs), values: env.0, cotangents }, boundary))
}

/// Divides a program with `inputs` arguments and `outputs` outputs, after which those of the way back stand, at an equation.
fn divide(whole: &Jaxpr, boundary: usize, inputs: usize, outputs: usize) -> (Jaxpr, Jaxpr) {
    let (first, second) = whole.eqns.split_at(boundary);
    let seeds = &whole.invars[inputs..];
    let mut known: Vec<bool> = vec![false; whole.avals.len()];
    for var in seeds.iter().copied().chain(second.iter().map(|eqn| eqn.output)) {
        known[var.index()] = true;
    }
    let mut residuals = Vec::new();
    for atom in second.iter().flat_map(|eqn| &eqn.inputs).chain(&whole.outs[outputs..]) {
        if let Atom::Var(var) = *atom
            && !std::mem::replace(&mut known[var.index()], true)
        {
            residuals.push(var);
        }
    }
    let kept = residuals.iter().map(|&var| Atom::Var(var));
    let forward = Jaxpr {
        avals: whole.avals.clone(),
        constvars: whole.constvars.clone(),
        invars: whole.invars[..inputs].to_vec(),
        eqns: first.to_vec(),
        outs: whole.outs[..outputs].iter().copied().chain(kept).collect(),
    };
    let backward = Jaxpr {
        avals: whole.avals.clone(),
        constvars: Vec::new(),
        invars: residuals.iter().chain(seeds).copied().collect(),
        eqns: second.to_vec(),
        outs: whole.outs[outputs..].to_vec(),
    };
    (forward, backward)
}

/// The values of a program's variables in the program that is being written.
struct Env(Vec<Option<Atom>>);

impl Env {
    fn read(&self, atom: Atom) -> Result<Atom> {
        match atom {
            Atom::Lit(_) => Ok(atom),
            Atom::Var(var) => self.0[var.index()].ok_or_else(|| Jaxpr::unbound("grad", var)),
        }
    }

    fn write(&mut self, var: Var, atom: Atom) {
        self.0[var.index()] = Some(atom);
    }
}

fn bind_inputs(writer: &mut LinearWriter, jaxpr: &Jaxpr) -> Env {
    let mut env = Env(vec![None; jaxpr.avals.len()]);
    for &var in &jaxpr.constvars {
        env.write(var, writer.constant(jaxpr.aval(Atom::Var(var))));
    }
    for &var in &jaxpr.invars {
        env.write(var, writer.input(jaxpr.aval(Atom::Var(var))));
    }
    env
}

fn read_outs(jaxpr: &Jaxpr, env: &Env) -> Result<Vec<Atom>> {
    jaxpr.outs.iter().map(|&out| env.read(out)).collect()
}

/// Copies the program and pushes the tangents of its inputs through it; gives the tangent of each variable, `None` for zero.
fn push_forward(
    writer: &mut LinearWriter,
    jaxpr: &Jaxpr,
    env: &mut Env,
    tangents: Vec<Option<Atom>>,
) -> Result<Vec<Option<Atom>>> {
    let mut tangent_of: Vec<Option<Atom>> = vec![None; jaxpr.avals.len()];
    for (var, tangent) in jaxpr.invars.iter().zip(tangents) {
        tangent_of[var.index()] = tangent;
    }
    let tangent = |list: &[Option<Atom>], atom: Atom| match atom {
        Atom::Var(var) => list[var.index()],
        Atom::Lit(_) => None,
    };
    let mut bundles = Bundles::default();
    for eqn in &jaxpr.eqns {
        let primals = eqn.inputs.iter().map(|&atom| env.read(atom)).collect::<Result<Vec<_>>>()?;
        let tangents: Vec<_> = eqn.inputs.iter().map(|&atom| tangent(&tangent_of, atom)).collect();
        if let Some((value, tangent)) = bundles.push(writer, eqn, &primals, &tangents)? {
            env.write(eqn.output, value);
            tangent_of[eqn.output.index()] = tangent;
            continue;
        }
        let out = writer.emit(eqn.primitive.clone(), &primals)?;
        env.write(eqn.output, out);
        let floating = jaxpr.aval(Atom::Var(eqn.output)).dtype == DType::F32;
        if floating && tangents.iter().any(Option::is_some) {
            tangent_of[eqn.output.index()] = jvp::rule(writer, &eqn.primitive, &primals, &tangents, out)?;
        }
    }
    Ok(tangent_of)
}

fn tangents_of_outs(jaxpr: &Jaxpr, tangent_of: &[Option<Atom>]) -> Vec<Option<Atom>> {
    let of = |atom: &Atom| match atom {
        Atom::Var(var) => tangent_of[var.index()],
        Atom::Lit(_) => None,
    };
    jaxpr.outs.iter().map(of).collect()
}

fn seeds(writer: &mut LinearWriter, jaxpr: &Jaxpr, seed: Seed) -> Result<Vec<Option<Atom>>> {
    match seed {
        Seed::One => {
            let first = jaxpr.outs.first().map(|&out| jaxpr.aval(out));
            if first != Some(ShapedArray::new(&[], DType::F32)) {
                let gave = first.map_or("nothing".to_owned(), |aval| format!("an array of type {aval}"));
                return Err(Error::not_scalar(
                    "grad",
                    format!("the function to differentiate must give one real number, but it gave {gave}"),
                    "Reduce its result with `mean` or `sum`, or use `jacrev` for a Jacobian.",
                ));
            }
            let mut seeds = vec![None; jaxpr.outs.len()];
            seeds[0] = Some(Atom::Lit(Literal::F32(1.0)));
            Ok(seeds)
        }
        Seed::Arguments => Ok(jaxpr
            .outs
            .iter()
            .map(|&out| {
                let aval = jaxpr.aval(out);
                (aval.dtype == DType::F32).then(|| writer.input(aval))
            })
            .collect()),
    }
}

/// Runs the linear equations backward, from cotangents of the outputs; gives the cotangent of each variable, `None` for zero.
fn pull_back(
    writer: &mut LinearWriter,
    linear_outs: &[Option<Atom>],
    seeds: &[Option<Atom>],
) -> Result<Vec<Option<Atom>>> {
    let linear = writer.take_linear();
    let mut cotangents: Vec<Option<Atom>> = vec![None; writer.variables()];
    for (out, seed) in linear_outs.iter().zip(seeds) {
        if let (Some(Atom::Var(var)), Some(seed)) = (out, seed) {
            accumulate(writer, &mut cotangents, *var, *seed)?;
        }
    }
    let mut of_parts = Cotangents::default();
    for eqn in linear.iter().rev() {
        if let Some(parts) = of_parts.pull(writer, eqn, cotangents[eqn.output.index()])? {
            hand_on(writer, &mut cotangents, &eqn.inputs, parts)?;
            continue;
        }
        let Some(cotangent) = cotangents[eqn.output.index()] else { continue };
        let parts = transpose::rule(writer, &eqn.primitive, &eqn.inputs, cotangent)?;
        hand_on(writer, &mut cotangents, &eqn.inputs, parts)?;
    }
    Ok(cotangents)
}

/// Adds the cotangents of an equation's operands to those that they have.
fn hand_on(
    writer: &mut LinearWriter,
    cotangents: &mut [Option<Atom>],
    inputs: &[Atom],
    parts: Vec<Option<Atom>>,
) -> Result<()> {
    for (&input, part) in inputs.iter().zip(parts) {
        if let (Atom::Var(var), Some(part)) = (input, part) {
            accumulate(writer, cotangents, var, part)?;
        }
    }
    Ok(())
}

/// Which outputs of a program have a tangent that is not zero, if the arguments in `wrt` have one.
fn tangent_mask(jaxpr: &Jaxpr, wrt: &[bool]) -> Result<Vec<bool>> {
    let mut writer = LinearWriter::new(false);
    let mut env = bind_inputs(&mut writer, jaxpr);
    let tangents = writer.tangent_inputs(jaxpr, wrt);
    let tangent_of = push_forward(&mut writer, jaxpr, &mut env, tangents)?;
    Ok(tangents_of_outs(jaxpr, &tangent_of).iter().map(Option::is_some).collect())
}

fn accumulate(writer: &mut LinearWriter, cotangents: &mut [Option<Atom>], var: Var, part: Atom) -> Result<()> {
    let slot = &mut cotangents[var.index()];
    *slot = Some(match *slot {
        Some(sum) => writer.emit(super::core::Primitive::AddAny, &[sum, part])?,
        None => part,
    });
    Ok(())
}
