//! Taking one step of a run apart, operation by operation: [`Trainer::dissect`].
//!
//! The run computes a compiled program, in which operations are fused and rounded as JAX's compiler does it. What is shown is the program that the taught
//! function writes; `lower_with_places` says where each of its values lies in the compiled one. So a number on the page is the run's own, to the last
//! bit, wherever the compiled step has such a number at all.

use crate::base::error::{Error, Result};
use crate::jax::Array;
use crate::jax::ad::{Pullback, Seed, pullback};
use crate::jax::compile::lower::lower_with_places;
use crate::jax::control::Layout;
use crate::jax::core::{Atom, Class, DType, Eqn, Jaxpr, Primitive, Var};
use crate::jax::eval::eval_primitive;
use crate::jax::pprint::{Texts, texts};
use crate::jax::random::{Key, split_n};
use crate::jax::trace::ClosedJaxpr;

use crate::lecture::run::dissection::{Check, Dissection, Kind, Operation, Part, Roles, SHOWN, Value};
use crate::lecture::run::trainer::Trainer;
use crate::lecture::settings::config::{ModuleKind, Program, Schedule};

/// How far an element is moved to either side for a [`Check`], as a part of the element or of 1, whichever is larger. The taught losses are of second
/// degree, so the difference of two losses has no error but that of rounding, which is the smaller, the farther apart they are.
const NUDGE: f32 = 0.125;

impl Trainer {
    /// The step after `step` others, operation by operation. It must be one that has been taken.
    ///
    /// # Errors
    /// The run has no such step, or has not come so far.
    pub fn dissect(&mut self, step: usize) -> Result<Dissection> {
        if step >= self.steps_taken() || self.config().program == Program::Module(ModuleKind::Pitfall) {
            let expected = format!("only the {} steps that were taken can be looked at", self.steps_taken());
            return Err(Error::value("Step", step, expected));
        }
        let now = self.rewind(step)?;
        let dissection = self.begin_step().and_then(|()| self.take_apart());
        self.restore(now);
        dissection
    }

    /// Describes the next step.
    fn take_apart(&self) -> Result<Dissection> {
        let position = self.position();
        let step = position.next_step;
        let batch = self.batch();
        let (rows, batches) = (batch.len(), self.config().steps_per_epoch());
        let epoch = step / batches;
        let order = &position.epoch.order;
        let course = self.course();
        let (program, config) = (course.program(), course.config());
        let data = self.data();
        let indices: Vec<i32> = order[batch.clone()].iter().map(|&row| row.cast_signed()).collect();
        let indices = Array::from_i32(&indices, &[rows]);
        let mut arguments = course.arrays(&position.state)?;
        let leaves = arguments.len();
        arguments.extend([data.x.take(&indices), data.y.take(&indices), course.rate()]);

        let whole = program.trace(rows, config)?;
        let loss = program.trace_loss(rows, config)?;
        let place = Places { params: program.params_leaf(), x: leaves };
        let Described { values, operations, roles, carried } = described(&whole, &loss, &arguments, place)?;
        Ok(Dissection {
            step,
            epoch,
            batch: step % batches,
            batches,
            first: batch.start,
            keys: keys(self.first_key(), epoch),
            order: order.iter().take(SHOWN).copied().collect(),
            drawn: order[batch].iter().take(SHOWN).copied().collect(),
            optimizer: config.optimizer,
            is_scheduled: config.schedule != Schedule::Constant,
            is_module: config.program.is_module(),
            rows,
            samples: config.samples,
            values,
            operations,
            roles,
            carried,
        })
    }
}

/// The key that this epoch splits, and the two that come of it.
fn keys(mut key: Key, epoch: usize) -> [[u32; 2]; 3] {
    for _ in 0..epoch {
        [key, _] = split_n(key);
    }
    let [next, shuffle] = split_n(key);
    [key, next, shuffle].map(Key::words)
}

/// Where among the arguments of a step the parameters and the batch stand; the targets and the rate follow the batch.
#[derive(Clone, Copy)]
pub(super) struct Places {
    pub params: usize,
    pub x: usize,
}

/// What a step's program computes, as a [`Dissection`] holds it.
struct Described {
    values: Vec<Value>,
    operations: Vec<Operation>,
    roles: Roles,
    carried: Vec<(usize, usize)>,
}

fn described(whole: &ClosedJaxpr, loss: &ClosedJaxpr, arguments: &[Array], place: Places) -> Result<Described> {
    let jaxpr = &whole.jaxpr;
    let (numbers, is_stored) = computed(whole, arguments)?;
    let course = Course::find(jaxpr, &loss.jaxpr, place)?;
    let parts = course.parts(jaxpr, &loss.jaxpr, place);
    let Texts { names, equations } = texts(jaxpr);

    // values are numbered as the arguments and then the equations stand
    let mut number = vec![usize::MAX; jaxpr.avals.len()];
    let vars: Vec<Var> = jaxpr.constvars.iter().chain(&jaxpr.invars).copied().chain(outputs(jaxpr)).collect();
    for (at, var) in vars.iter().enumerate() {
        number[var.index()] = at;
    }
    let of = |atom: Atom| match atom {
        Atom::Var(var) => number[var.index()],
        Atom::Lit(_) => usize::MAX,
    };
    let mut values = Vec::with_capacity(vars.len());
    for var in &vars {
        let aval = &jaxpr.avals[var.index()];
        let words = read(&numbers, *var)?.to_words()?;
        values.push(Value {
            name: names[var.index()].clone(),
            aval: aval.to_string(),
            shape: aval.shape.clone(),
            words: words.into_iter().take(SHOWN).collect(),
            kind: aval.dtype.into(),
            is_stored: is_stored[var.index()],
            ..Value::default()
        });
    }
    for var in 0..loss.jaxpr.avals.len() {
        let (Some(value), Some(cotangent)) = (course.values[var], course.cotangents[var]) else { continue };
        let (value, var) = (of(value), Var(u32::try_from(var).unwrap_or(u32::MAX)));
        let (slopes, at) = match cotangent {
            Atom::Var(var) => (read(&numbers, var)?.clone(), number[var.index()]),
            Atom::Lit(literal) => {
                let written = Array::from_literal(literal);
                let value = Value {
                    name: literal.to_string(),
                    aval: written.aval()?.to_string(),
                    words: written.to_words()?,
                    is_stored: true,
                    ..Value::default()
                };
                values.push(value);
                (written, values.len() - 1)
            }
        };
        let inputs = [arguments[place.params].clone(), arguments[place.x].clone(), arguments[place.x + 1].clone()];
        let (Some(known), check) = (values.get_mut(value), check(loss, &inputs, var, &slopes)?) else { continue };
        known.cotangent = Some(at).filter(|&at| at != usize::MAX);
        known.check = check;
    }
    for eqn in &jaxpr.eqns {
        let Some(results) = results(eqn) else { continue };
        let types: Vec<String> = results.iter().map(ToString::to_string).collect();
        let bundle = &mut values[number[eqn.output.index()]];
        *bundle =
            Value { aval: format!("({})", types.join(", ")), words: Vec::new(), kind: Kind::Several, ..bundle.clone() };
    }
    let operations = jaxpr.eqns.iter().zip(equations).zip(parts).map(|((eqn, equation), part)| Operation {
        primitive: eqn.primitive.name().to_owned(),
        equation,
        inputs: eqn.inputs.iter().map(|&atom| of(atom)).filter(|&at| at != usize::MAX).collect(),
        output: of(Atom::Var(eqn.output)),
        part,
    });
    let operations = operations.collect();
    let out = |at: usize| jaxpr.outs.get(at).map_or(usize::MAX, |&atom| of(atom));
    let argument = |at: usize| of(Atom::Var(jaxpr.invars[at]));
    let roles = Roles {
        params: argument(place.params),
        x: argument(place.x),
        y: argument(place.x + 1),
        rate: argument(place.x + 2),
        loss: out(place.x),
        gradient: values[argument(place.params)].cotangent.unwrap_or(usize::MAX),
        params_after: out(place.params),
    };
    // the arrays of the state come first among arguments and results
    let carried = (0..place.x).map(|leaf| (argument(leaf), out(leaf))).collect();
    Ok(Described { values, operations, roles, carried })
}

/// The types of an equation's results, where it has several: its output bundles their words.
fn results(eqn: &Eqn) -> Option<Layout> {
    let Primitive::Extension(operation) = &eqn.primitive else { return None };
    operation.operation.control()?.results()
}

fn outputs(jaxpr: &Jaxpr) -> impl Iterator<Item = Var> + '_ {
    jaxpr.eqns.iter().map(|eqn| eqn.output)
}

/// The value of each variable of a program, by number.
pub(super) type Known = Vec<Option<Array>>;

pub(super) fn read(known: &Known, var: Var) -> Result<&Array> {
    known[var.index()].as_ref().ok_or_else(|| Jaxpr::unbound("dissect", var))
}

/// Computes what is not known yet of a program whose arguments are.
fn run(jaxpr: &Jaxpr, known: &mut Known) -> Result<()> {
    for eqn in &jaxpr.eqns {
        if known[eqn.output.index()].is_none() {
            known[eqn.output.index()] = Some(result(eqn, known)?);
        }
    }
    Ok(())
}

fn result(eqn: &Eqn, known: &Known) -> Result<Array> {
    let operand = |atom: &Atom| match *atom {
        Atom::Lit(literal) => Ok(Array::from_literal(literal)),
        Atom::Var(var) => read(known, var).cloned(),
    };
    let operands = eqn.inputs.iter().map(operand).collect::<Result<Vec<_>>>()?;
    eval_primitive(&eqn.primitive, &operands.iter().collect::<Vec<_>>())
}

/// A list for the variables of a program, with those of its arguments.
fn bound(program: &ClosedJaxpr, jaxpr: &Jaxpr, arguments: &[Array]) -> Known {
    let mut known = vec![None; jaxpr.avals.len()];
    let arguments = program.consts.iter().chain(arguments);
    for (var, value) in jaxpr.constvars.iter().chain(&jaxpr.invars).zip(arguments) {
        known[var.index()] = Some(value.clone());
    }
    known
}

/// The value of each variable of a step's program as its compiled step computes it, and whether it does so: what the compiled step has no such value of
/// is computed from its operands alone.
pub(super) fn computed(program: &ClosedJaxpr, arguments: &[Array]) -> Result<(Known, Vec<bool>)> {
    let (lowered, places) = lower_with_places(&program.jaxpr)?;
    let mut compiled = bound(program, &lowered, arguments);
    run(&lowered, &mut compiled)?;
    let mut known = bound(program, &program.jaxpr, arguments);
    let mut is_stored = vec![true; known.len()];
    for eqn in &program.jaxpr.eqns {
        let at = eqn.output.index();
        let stored = match places[at] {
            Some(Atom::Var(var)) => compiled[var.index()].clone(),
            Some(Atom::Lit(literal)) => Some(Array::from_literal(literal)),
            None => None,
        };
        is_stored[at] = stored.is_some();
        known[at] = Some(stored.map_or_else(|| result(eqn, &known), Ok)?);
    }
    Ok((known, is_stored))
}

/// The part of a step's program that computes loss and gradient, and where in the program the values and cotangents of the loss are.
pub(super) struct Course {
    /// Its equations.
    equations: std::ops::Range<usize>,
    /// For each variable of the loss, its value.
    values: Vec<Option<Atom>>,
    /// For each variable of the loss, its cotangent.
    pub cotangents: Vec<Option<Atom>>,
}

impl Course {
    /// Finds the gradient of the loss in the program of a step, which holds it equation by equation.
    pub fn find(whole: &Jaxpr, loss: &Jaxpr, place: Places) -> Result<Self> {
        let wrt: Vec<bool> = (0..loss.invars.len()).map(|at| at == 0).collect();
        let Pullback { jaxpr: part, values, cotangents } = pullback(loss, &wrt, Seed::One)?;
        let count = part.eqns.len();
        let is_alike = |window: &[Eqn]| window.iter().zip(&part.eqns).all(|(x, y)| x.primitive == y.primitive);
        let Some(from) = whole.eqns.windows(count.max(1)).position(is_alike) else {
            let problem = "the step's program does not hold the gradient of its loss as one piece".to_owned();
            return Err(Error::malformed("dissect", problem, "Write the step with `value_and_grad`."));
        };
        let mut names = vec![None; part.avals.len()];
        let arguments = [place.params, place.x, place.x + 1].map(|at| whole.invars[at]);
        for (var, argument) in part.invars.iter().zip(arguments) {
            names[var.index()] = Some(Atom::Var(argument));
        }
        for (inner, outer) in part.eqns.iter().zip(&whole.eqns[from..]) {
            names[inner.output.index()] = Some(Atom::Var(outer.output));
        }
        let renamed = |atoms: Vec<Option<Atom>>| -> Vec<Option<Atom>> {
            let renamed = atoms.into_iter().map(|atom| match atom? {
                Atom::Var(var) => names[var.index()],
                literal @ Atom::Lit(_) => Some(literal),
            });
            renamed.collect()
        };
        Ok(Self { equations: from..from + count, values: renamed(values), cotangents: renamed(cotangents) })
    }

    /// Where each equation of the step belongs.
    fn parts(&self, whole: &Jaxpr, loss: &Jaxpr, place: Places) -> Vec<Part> {
        let defines = definitions(whole);
        let mut parts: Vec<Option<Part>> = vec![None; whole.eqns.len()];
        let number = |var: Var| match self.values[var.index()] {
            Some(Atom::Var(var)) => defines[var.index()],
            _ => None,
        };
        // forward: before the targets come in, before the rows become one number, and from there on
        let mut with_targets = vec![false; loss.avals.len()];
        let mut reduced = vec![false; loss.avals.len()];
        if let Some(y) = loss.invars.get(2) {
            with_targets[y.index()] = true;
        }
        for eqn in &loss.eqns {
            let any = |flags: &[bool]| eqn.inputs.iter().any(|x| matches!(x, Atom::Var(var) if flags[var.index()]));
            let targets = any(&with_targets);
            let sums = targets && (any(&reduced) || eqn.primitive.class() == Class::Reduction);
            (with_targets[eqn.output.index()], reduced[eqn.output.index()]) = (targets, sums);
            let part = match (targets, sums) {
                (_, true) => Part::Mean,
                (true, false) => Part::Residuals,
                (false, false) => Part::Predict,
            };
            if let Some(at) = number(eqn.output) {
                parts[at] = Some(part);
            }
        }
        // backward: what the cotangents of an equation's operands need that those after it did not
        for eqn in loss.eqns.iter().rev() {
            let Some(at) = number(eqn.output) else { continue };
            for input in &eqn.inputs {
                let Atom::Var(var) = input else { continue };
                self.claim(whole, &defines, &mut parts, (self.cotangents[var.index()], Part::Backward(at)));
            }
        }
        // the last equation, and what only moves elements after it
        let mut last = whole.outs.get(place.params).copied();
        while let Some(Atom::Var(var)) = last
            && let Some(at) = defines[var.index()]
            && parts[at].is_none()
        {
            parts[at] = Some(Part::Apply);
            let eqn = &whole.eqns[at];
            last = eqn.inputs.first().copied().filter(|_| eqn.primitive.class() == Class::Movement);
        }
        parts.into_iter().map(|part| part.unwrap_or(Part::Optimizer)).collect()
    }

    /// Gives equations that belong nowhere yet, and that this value needs, to a part.
    fn claim(
        &self,
        whole: &Jaxpr,
        defines: &[Option<usize>],
        parts: &mut [Option<Part>],
        (value, part): (Option<Atom>, Part),
    ) {
        let mut open: Vec<Atom> = value.into_iter().collect();
        while let Some(atom) = open.pop() {
            let Atom::Var(var) = atom else { continue };
            let Some(at) = defines[var.index()].filter(|at| self.equations.contains(at)) else { continue };
            if parts[at].is_none() {
                parts[at] = Some(part);
                open.extend(&whole.eqns[at].inputs);
            }
        }
    }
}

/// For each variable, the number of the equation that defines it.
fn definitions(jaxpr: &Jaxpr) -> Vec<Option<usize>> {
    let mut defines = vec![None; jaxpr.avals.len()];
    for (at, eqn) in jaxpr.eqns.iter().enumerate() {
        defines[eqn.output.index()] = Some(at);
    }
    defines
}

/// Moves the element of a variable with the largest derivative, and computes the rest of the loss again.
fn check(loss: &ClosedJaxpr, inputs: &[Array], var: Var, slopes: &Array) -> Result<Option<Check>> {
    let jaxpr = &loss.jaxpr;
    if jaxpr.avals[var.index()].dtype != DType::F32 {
        return Ok(None);
    }
    let derivatives = slopes.to_vec()?;
    let largest = |best: usize, at: usize| if derivatives[at].abs() > derivatives[best].abs() { at } else { best };
    let element = (0..derivatives.len()).fold(0, largest);
    let Some(&derivative) = derivatives.get(element) else { return Ok(None) };
    let mut known = bound(loss, jaxpr, inputs);
    run(jaxpr, &mut known)?;
    let here = read(&known, var)?.clone();
    let numbers = here.to_vec()?;
    let Some(&middle) = numbers.get(element) else { return Ok(None) };
    let h = NUDGE * middle.abs().max(1.0);
    let mut losses = [0.0; 2];
    for (side, loss_there) in [-h, h].into_iter().zip(&mut losses) {
        let mut moved = numbers.clone();
        moved[element] = middle + side;
        let mut there = bound(loss, jaxpr, inputs);
        there[var.index()] = Some(Array::new(&moved, here.shape()));
        run(jaxpr, &mut there)?;
        *loss_there = match jaxpr.outs.first() {
            Some(Atom::Var(out)) => read(&there, *out)?.item()?,
            _ => return Ok(None),
        };
    }
    let slope = (losses[1] - losses[0]) / (2.0 * h);
    Ok(Some(Check { element, h, losses, slope, derivative }))
}
