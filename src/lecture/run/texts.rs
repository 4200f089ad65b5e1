//! [`Texts`]: the programs of a step as JAX prints them, from the loss to what the compiler makes of the whole step, one pass at a time.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::base::error::Result;
use crate::jax::ad::{Seed, vjp_jaxpr, vjp_programs};
use crate::jax::compile::lower::{lower, passes};
use crate::jax::compile::plan::{Plan, Slot};
use crate::jax::compile::wasm::{Fma, Generated};
use crate::jax::compile::{Loader, NativeCode, install_loader};
use crate::jax::core::{Atom, Jaxpr, Primitive};
use crate::jax::pprint;
use crate::lecture::programs::step_program::step_program;
use crate::lecture::run::recorded_step::RecordedStep;
use crate::lecture::settings::config::{Config, Program};

/// The programs of a step.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Texts {
    /// Rows of the batch that they are for.
    pub rows: usize,
    /// The loss of a batch.
    pub loss: String,
    /// The loss as it is written for all rows at once, and the one for one row that `vmap` makes one for all.
    pub vectorised: [String; 2],
    /// The loss followed by its gradient.
    pub gradient: String,
    /// The whole step.
    pub step: String,
    /// What linearising the loss and transposing what is linear in it makes: the way forward, which keeps what the way back needs, and the way back.
    pub ways: [String; 2],
    /// The step as it is laid out in memory.
    pub plan: String,
    /// The WebAssembly that runs the step, with the loop around it; empty where the interpreter runs it.
    pub module: Vec<u8>,
    /// What each pass of the compiler made of the step.
    pub passes: Vec<PassText>,
}

/// A pass of the compiler.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PassText {
    /// Its name.
    pub name: String,
    /// The program that it was given.
    pub before: String,
    /// The program that it made.
    pub after: String,
    /// The rules that did something, each with the equation that it rewrote, by number in the program before.
    pub fired: Vec<(String, usize)>,
}

/// The programs of a configuration's step for batches of `rows` rows.
///
/// # Errors
/// One cannot be traced.
pub fn texts(config: &Config, rows: usize) -> Result<Texts> {
    let text = |jaxpr: &Jaxpr| jaxpr.to_string();
    let program = step_program(config.program);
    let loss = program.trace_loss(rows, config)?.jaxpr;
    let of = |other: Program| Ok(text(&step_program(other).trace_loss(rows, config)?.jaxpr));
    let wrt: Vec<bool> = (0..loss.invars.len()).map(|at| at == 0).collect();
    let step = program.trace(rows, config)?.jaxpr;
    let passes = passes(&step)?.into_iter().map(|pass| PassText {
        name: pass.name.to_owned(),
        before: text(&pass.before),
        after: text(&pass.after),
        fired: pass.fired.into_iter().map(|fired| (fired.rule.to_owned(), fired.equation)).collect(),
    });
    let (forward, backward) = vjp_programs(&loss, &wrt)?;
    Ok(Texts {
        rows,
        ways: [text(&forward), text(&backward)],
        plan: planned(&lower(&step)?)?,
        module: module(rows, config)?,
        vectorised: [of(Program::Raw)?, of(Program::Vmap)?],
        gradient: text(&vjp_jaxpr(&loss, &wrt, Seed::One)?),
        loss: text(&loss),
        step: text(&step),
        passes: passes.collect(),
    })
}

/// A program as it is laid out in memory: each equation with the words that its result takes.
fn planned(jaxpr: &Jaxpr) -> Result<String> {
    let plan = Plan::new(jaxpr)?;
    let pprint::Texts { names, equations } = pprint::texts(jaxpr);
    let place = |slot: &Slot| format!("{:>5} … {:<5}", slot.start, slot.range().end.saturating_sub(1));
    let mut out = format!("{} words of memory\n", plan.words);
    for (var, slot) in jaxpr.invars.iter().zip(&plan.inputs) {
        let _ = writeln!(out, "{}  {}:{} is read", place(slot), names[var.index()], jaxpr.avals[var.index()]);
    }
    let mut steps = plan.steps.iter();
    for (eqn, text) in jaxpr.eqns.iter().zip(equations) {
        let is_moved = matches!((&eqn.primitive, eqn.inputs.first()), (Primitive::Reshape { .. }, Some(Atom::Var(_))));
        let step = if is_moved { None } else { steps.next() };
        let place = step.map_or_else(|| format!("{:>13}", "as it lies"), |step| place(&step.output));
        let _ = writeln!(out, "{place}  {text}");
    }
    Ok(out)
}

/// A loader that keeps what it is given, and refuses it.
struct Keeper(Fma, RefCell<Vec<u8>>);

impl Loader for Keeper {
    fn fma(&self) -> Fma {
        self.0
    }

    fn load(&self, generated: &Generated) -> Option<Rc<dyn NativeCode>> {
        if generated.scan().is_some() {
            self.1.replace(generated.module().to_vec());
        }
        None
    }
}

/// The module of the step as the trainer runs it, with the loop around it; empty if there is none.
fn module(rows: usize, config: &Config) -> Result<Vec<u8>> {
    let before = install_loader(None);
    let keeper = Rc::new(Keeper(before.as_ref().map_or(Fma::Exact, |loader| loader.fma()), RefCell::default()));
    install_loader(Some(keeper.clone()));
    let compiled = RecordedStep::new(rows, config);
    install_loader(before);
    compiled?;
    Ok(keeper.1.take())
}
