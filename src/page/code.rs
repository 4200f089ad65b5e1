//! The code of a column: which lines of the program are shown, and the values at their ends.

use crate::lecture::python::{Line, Listing, Live, Part};
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
    let empty = || Line { text: String::new(), stage: None, live: None };
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

/// The value at the end of a line, of the step that was taken apart.
#[must_use]
pub fn value(found: Option<&Inspection>, live: Live) -> String {
    let Some(found) = found else { return String::new() };
    let columns = &found.columns;
    match live {
        Live::Subkey => format!("[{}, {}]", found.subkey[0], found.subkey[1]),
        Live::Rows => {
            let rows = columns.order.iter().skip(found.first).take(found.rows.min(3));
            let first: Vec<String> = rows.map(ToString::to_string).collect();
            format!("{} … ({} rows)", first.join(", "), found.rows)
        }
        Live::Loss => number(found.loss),
        Live::Gradient => vector(&columns.gradient),
        Live::Params => vector(&columns.params_after),
    }
}

fn vector(values: &[f32]) -> String {
    let shown: Vec<String> = values.iter().take(2).map(|&value| number(value)).collect();
    format!("[{}{}]", shown.join(", "), if values.len() > 2 { ", …" } else { "" })
}

/// A number in a fixed width, so that it does not jiggle.
fn number(value: f32) -> String {
    if value != 0.0 && !(1e-3..1e3).contains(&value.abs()) {
        format!("{value:>10.3e}")
    } else {
        format!("{value:>10.6}")
    }
}
