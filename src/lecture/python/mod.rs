//! The Python program of a configuration: what the code panel shows, and what is exported as a script or a notebook.
//!
//! A [`Listing`] holds the program in cells; each line knows which [`Stage`] of a training it belongs to, so that the lines of several
//! programs can be lit up together, and which value of a step can stand at its end. Run under the packages of [`VERSIONS`], the script prints what
//! [`crate::lecture::run::trainer`] prints, to the last digit; `tests/lecture/python.rs` does so.

mod check;
mod functional;
mod modules;
mod notebook;
mod settings;
mod writer;

use crate::lecture::settings::config::Config;

pub use notebook::{notebook, notebook_of};
use writer::Writer;

/// The packages that the numbers are those of.
pub const VERSIONS: &str = "jax==0.10.2 flax==0.12.8 optax==0.2.8";

/// What a line of a program does in a training; the same list for all programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// Draws parameters, features and noise.
    Simulate,
    /// Sets the parameters and the optimizer's state to where they start.
    Start,
    /// Splits the key for the epoch.
    SplitKey,
    /// Shuffles.
    Shuffle,
    /// Takes the next batch.
    Batch,
    /// Predicts the targets.
    Predict,
    /// Computes the loss.
    Loss,
    /// Computes the gradient.
    Gradient,
    /// Lets the optimizer turn the gradient into updates, and where it does so in one go, apply them.
    Update,
    /// Applies the updates.
    Apply,
    /// Prints.
    Print,
}

/// A value of the step at hand that can stand at the end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Live {
    /// The key that shuffles this epoch.
    Subkey,
    /// The rows of the batch.
    Rows,
    /// The learning rate of the step.
    Rate,
    /// What is predicted for the batch.
    Predictions,
    /// The loss of the batch.
    Loss,
    /// Its gradient.
    Gradient,
    /// The parameters after the step.
    Params,
}

/// A line of a program.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Line {
    /// The text, indented, without the line's end.
    pub text: String,
    /// What it does in a training.
    pub stage: Option<Stage>,
    /// What it does besides: one call of an `nnx.Optimizer` updates and applies.
    pub also: Option<Stage>,
    /// What can stand at its end.
    pub live: Option<Live>,
}

impl Line {
    /// Whether it is at work in this part of a training.
    #[must_use]
    pub fn is_lit(&self, stage: Stage) -> bool {
        self.stage == Some(stage) || self.also == Some(stage)
    }
}

impl Live {
    /// The part of the step in which the value comes to be.
    #[must_use]
    pub fn known_from(self) -> Stage {
        match self {
            Self::Rate | Self::Subkey => Stage::SplitKey,
            Self::Rows => Stage::Batch,
            Self::Predictions => Stage::Predict,
            Self::Loss => Stage::Loss,
            Self::Gradient => Stage::Gradient,
            Self::Params => Stage::Apply,
        }
    }
}

/// What a cell is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Imports.
    Imports,
    /// A look at what it runs under; only in what is exported.
    Check,
    /// Data.
    Data,
    /// The loader of batches.
    Loader,
    /// Model and loss.
    Model,
    /// Optimizer and start.
    Optimizer,
    /// The step.
    Step,
    /// The loop.
    Loop,
}

/// Lines that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What it is about.
    pub part: Part,
    /// A sentence on it.
    pub heading: &'static str,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// A program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// What it is.
    pub title: &'static str,
    /// Its cells, in order.
    pub cells: Vec<Cell>,
}

/// The program of a configuration.
#[must_use]
pub fn listing(config: &Config) -> Listing {
    let mut writer = Writer::new(config);
    if config.program.is_module() {
        modules::write(&mut writer);
    } else {
        functional::write(&mut writer);
    }
    writer.listing()
}

impl Listing {
    /// The program as it is taken along: after its imports it looks at the packages and flags that it runs under, and says in a line what differs.
    #[must_use]
    pub fn exported(mut self) -> Self {
        check::insert(&mut self.cells);
        self
    }

    /// The whole program as a script.
    #[must_use]
    pub fn script(&self) -> String {
        let mut text = format!("\"\"\"{}\n\nNeeds: pip install {VERSIONS}\n\"\"\"\n", self.title);
        let mut defined = false;
        for cell in &self.cells {
            let code = cell.code();
            let defines = ["def ", "class ", "@"]
                .iter()
                .any(|word| code.starts_with(word) || code.contains(&format!("\n{word}")));
            text += if defined || defines { "\n\n" } else { "\n" };
            if cell.part != Part::Imports {
                text.extend(["# ", cell.heading, "\n"]);
            }
            text += &code;
            text += "\n";
            defined = defines;
        }
        text
    }

    /// The part of the program that differs from program to program: model, optimizer, step and loop.
    #[must_use]
    pub fn panel(&self) -> Vec<&Line> {
        let shown = |cell: &&Cell| !matches!(cell.part, Part::Imports | Part::Data | Part::Loader);
        self.cells.iter().filter(shown).flat_map(|cell| &cell.lines).collect()
    }
}

impl Cell {
    /// Its lines as one text.
    #[must_use]
    pub fn code(&self) -> String {
        let lines: Vec<&str> = self.lines.iter().map(|line| line.text.as_str()).collect();
        lines.join("\n")
    }
}
