//! The code of a column: which lines of the program are shown, and the values at their ends.

use crate::base::words::not_finite;
use crate::lecture::python::{Line, Listing, Live, Part, Stage};
use crate::lecture::settings::config::{ModuleKind, Program};
use crate::worker::protocol::Inspection;

/// What a program is about, beside the name of its column.
#[must_use]
pub fn title(program: Program) -> &'static str {
    match program {
        Program::Raw => "functions of arrays",
        Program::Vmap => "the loss of one example, mapped",
        Program::Module(ModuleKind::Linear) => "nnx.Linear",
        Program::Module(ModuleKind::MyLinear) => "a hand-written module",
        Program::Module(ModuleKind::Split) => "split once, merged once",
        Program::Module(ModuleKind::Pitfall) => "the used-up generator",
    }
}

/// The source of a program as it is compiled into this page.
#[must_use]
pub fn rust_source(program: Program) -> &'static str {
    match program {
        Program::Raw => include_str!("../lecture/programs/raw.rs"),
        Program::Vmap => include_str!("../lecture/programs/vmap.rs"),
        Program::Module(ModuleKind::Linear) => include_str!("../lecture/programs/linear.rs"),
        Program::Module(ModuleKind::MyLinear | ModuleKind::Pitfall) => {
            include_str!("../lecture/programs/my_linear.rs")
        }
        Program::Module(ModuleKind::Split) => include_str!("../lecture/programs/split.rs"),
    }
}

/// Model, optimizer, step and loop, with one empty line between them and never more.
#[must_use]
pub fn shown_lines(listing: &Listing) -> Vec<Line> {
    let empty = || Line { text: String::new(), stage: None, also: None, live: None };
    let mut lines: Vec<Line> = Vec::new();
    for cell in &listing.cells {
        if matches!(cell.part, Part::Imports | Part::Data | Part::Loader) {
            continue;
        }
        for line in cell.lines.iter().cloned().chain([empty()]) {
            if !line.text.is_empty() || lines.last().is_some_and(|last| !last.text.is_empty()) {
                lines.push(line);
            }
        }
    }
    lines.pop();
    lines
}

/// The part of the training that is lit in a program whose run takes this many steps, with the playhead after `step` of them: what stands before the loop where
/// no step is under way.
#[must_use]
pub fn lit(stage: Stage, step: usize, steps: usize) -> Stage {
    if step == 0 || steps == 0 { Stage::Start } else { stage }
}

/// The value at the end of a line, of the step that was taken apart; what has not come to be in the part of the step that is lit is not told.
#[must_use]
pub fn value(found: Option<&Inspection>, live: Live, lit: Stage) -> String {
    let Some(found) = found else { return String::new() };
    if lit < live.known_from() {
        return "not yet".to_owned();
    }
    let columns = &found.columns;
    let rows = || columns.order.iter().skip(found.first).take(found.rows);
    match live {
        Live::Rate => {
            found.learning_rate.map_or_else(|| "length searched".to_owned(), |rate| format!("rate {}", short(rate)))
        }
        Live::Subkey => format!("[{}, {}]", found.subkey[0], found.subkey[1]),
        Live::Rows => {
            let first: Vec<String> = rows().take(2).map(ToString::to_string).collect();
            let more = if found.rows > 2 { " …" } else { "" };
            format!("{}{more} ({})", first.join(", "), rows_word(found.rows))
        }
        Live::Predictions => {
            let of = |row: &u32| columns.predictions.get(*row as usize).copied();
            let first: Vec<String> = rows().take(2).filter_map(of).map(number).collect();
            format!("[{}{}]", first.join(", "), if found.rows > 2 { ", …" } else { "" })
        }
        Live::Loss => number(found.after.loss).trim().to_owned(),
        Live::Gradient => vector(&columns.gradient),
        Live::Params => vector(&columns.params_after),
    }
}

fn rows_word(rows: usize) -> String {
    if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") }
}

/// The shortest digits that tell this number from its neighbours.
fn short(value: f32) -> String {
    if value != 0.0 && value.abs() < 1e-4 { format!("{value:e}") } else { value.to_string() }
}

fn vector(values: &[f32]) -> String {
    let shown: Vec<String> = values.iter().take(2).map(|&value| number(value)).collect();
    format!("[{}{}]", shown.join(", "), if values.len() > 2 { ", …" } else { "" })
}

/// A number in a fixed width, so that it does not jiggle.
fn number(value: f32) -> String {
    if let Some(name) = not_finite(f64::from(value)) {
        format!("{name:>10}")
    } else if value != 0.0 && !(1e-3..1e3).contains(&value.abs()) {
        format!("{value:>10.3e}")
    } else {
        format!("{value:>10.6}")
    }
}
