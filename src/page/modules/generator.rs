//! The used-up generator: the loop of the program, the one line that repairs it, and what its epochs did.

use crate::base::words::count;
use crate::jax::repr::python_float;
use crate::lecture::python::{Part, listing};
use crate::lecture::settings::config::{Config, ModuleKind, Program};
use crate::page::runs::Recording;

/// The line that makes a new generator in every epoch.
pub const REPAIR: &str = "    train_loader = data_loader(subkey, X, Y, batch_size)";
/// What the program says of the loop that has nothing to go over.
const NEVER: &str = "  # never entered";

/// A line of the loop.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CodeLine {
    /// Its text.
    pub text: String,
    /// Whether it is [`REPAIR`].
    pub is_repair: bool,
    /// Whether it is the loop that has nothing to go over without it.
    pub is_empty_loop: bool,
}

/// The program's lines from where the generator is made, with the repair in its place whether it is applied or not.
#[must_use]
pub fn code(config: &Config, is_repaired: bool) -> Vec<CodeLine> {
    let pitfall = Config { program: Program::Module(ModuleKind::Pitfall), branch: None, ..config.clone() };
    let listing = listing(&pitfall);
    let lines = listing.cells.iter().filter(|cell| cell.part == Part::Loop).flat_map(|cell| &cell.lines);
    let mut code: Vec<CodeLine> = Vec::new();
    for line in lines {
        let is_empty_loop = line.text.ends_with(NEVER);
        if is_empty_loop {
            code.push(CodeLine { text: REPAIR.to_owned(), is_repair: true, is_empty_loop: false });
        }
        let text = if is_repaired { line.text.replace(NEVER, "") } else { line.text.clone() };
        code.push(CodeLine { text, is_repair: false, is_empty_loop });
    }
    code
}

/// What an epoch did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EpochRow {
    /// Which one.
    pub epoch: String,
    /// How many batches the loop was dealt.
    pub batches: String,
    /// ‖θ−θ̂‖ after it, as Python prints it.
    pub distance: String,
}

/// The first epochs of a run, and the last one.
#[must_use]
pub fn epochs(recording: &Recording) -> Vec<EpochRow> {
    const FIRST: usize = 4;
    let config = &recording.config;
    let norms = &recording.steps.epoch_norms;
    let batches = if config.steps() == 0 { 0 } else { config.steps_per_epoch() };
    let row = |(epoch, norm): (usize, &f32)| EpochRow {
        epoch: epoch.to_string(),
        batches: batches.to_string(),
        distance: python_float(f64::from(*norm)),
    };
    let mut rows: Vec<EpochRow> = norms.iter().enumerate().take(FIRST).map(row).collect();
    if norms.len() > FIRST {
        if norms.len() > FIRST + 1 {
            let dots = || "⋮".to_owned();
            rows.push(EpochRow { epoch: dots(), batches: dots(), distance: dots() });
        }
        rows.extend(norms.iter().enumerate().next_back().map(row));
    }
    rows
}

/// What came of it, in a sentence.
#[must_use]
pub fn verdict(recording: &Recording) -> String {
    let (Some(first), Some(last)) = (recording.steps.epoch_norms.first(), recording.steps.epoch_norms.last()) else {
        return String::new();
    };
    let epochs = count(recording.steps.epoch_norms.len(), "epoch");
    let [first, last] = [first, last].map(|norm| python_float(f64::from(*norm)));
    if recording.config.steps() == 0 {
        return format!("{epochs}, no step: the distance is {last} from the first epoch to the last.");
    }
    let steps = count(recording.config.steps(), "step");
    format!("{epochs}, {steps}: the distance goes from {first} after the first epoch to {last}.")
}
