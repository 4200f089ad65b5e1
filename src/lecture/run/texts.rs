//! [`Texts`]: the programs of a step as JAX prints them, from the loss to what the compiler makes of the whole step, one pass at a time.

use serde::{Deserialize, Serialize};

use crate::base::error::Result;
use crate::jax::ad::{Seed, vjp_jaxpr};
use crate::jax::compile::lower::passes;
use crate::jax::core::Jaxpr;
use crate::lecture::programs::step_program::step_program;
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
    Ok(Texts {
        rows,
        vectorised: [of(Program::Raw)?, of(Program::Vmap)?],
        gradient: text(&vjp_jaxpr(&loss, &wrt, Seed::One)?),
        loss: text(&loss),
        step: text(&step),
        passes: passes.collect(),
    })
}
