//! What is said of the second map, that of the network of hyperbolic tangents: [`crate::lecture::programs::tanh`].

use std::fmt::Write;

use super::cells::{Cell, Cells};
use super::words::{RANKS, VERDICT};
use crate::base::words::{number, rounded, thousands};
use crate::lecture::programs::tanh::{SAMPLES, WIDTH};
use crate::lecture::run::tanh::{LAST, MOST, STEPS};
use crate::page::view::{Quantity, Rates};
use crate::plot::{Row, Table};

/// The lead of the tab.
pub const LEAD: &str =
    "Every cell is a training of a small tanh network: which learning rates of its two layers arrive?";

/// What one sees, and why, and who found it.
pub const FINDING: &str = "The border between trainings that converge and trainings that diverge is fractal here: zoom in on it, and it shows ever new \
    detail, as far as float32 goes. For linear regression it is smooth: there a step is a linear map of the error, so whether the error shrinks or grows does not \
    depend on where it is. A step of this network bends what it maps, and where such steps are repeated, the smallest difference between two rates can grow until it \
    decides.";
/// Whose finding it is.
pub const CREDIT: &str = "After J. Sohl-Dickstein, The boundary of neural network trainability is fractal (2024), ";
/// Where it can be read.
pub const PAPER: &str = "https://arxiv.org/abs/2402.06184";

/// Why a cell does not open in the Lab.
pub const NOT_IN_THE_LAB: &str = "The Lab’s programs have one learning rate, so this training cannot be opened there.";

/// What the axes measure.
pub const AXES: [&str; 2] = ["learning rate of the hidden layer", "learning rate of the output"];

/// The network and its data.
#[must_use]
pub fn settings(cells: &Cells) -> String {
    format!(
        "ŷ = v · tanh(√(2/n) · W x) / n with n = {WIDTH} inputs and {WIDTH} hidden units, no biases; {SAMPLES} samples, as many as the network has numbers; \
         W, v, inputs and targets standard normal from the Lab’s seed, {}; mean squared error, {STEPS} steps of gradient descent on all samples, in float32",
        cells.plan.config.seed
    )
}

/// What stands below a picture that is taken along.
#[must_use]
pub fn picture_words(cells: &Cells) -> Vec<String> {
    vec![
        format!("tanh network with {WIDTH} inputs and {WIDTH} hidden units"),
        format!("{SAMPLES} samples"),
        format!("{STEPS} steps of gradient descent on all samples"),
        format!("seed {}", cells.plan.config.seed),
        "after J. Sohl-Dickstein (2024), arXiv:2402.06184".to_owned(),
    ]
}

/// What counts as converged.
#[must_use]
pub fn rule() -> String {
    format!(
        "A training converges if the mean of its last {LAST} losses is below the first one, where a loss counts as at most {} times the first; every other training \
         diverges. The typical loss is the geometric mean of all {STEPS} losses as a multiple of the first one; \
         it can be small where a training falls before it climbs. Colours go by rank: on either side of the border, {RANKS}",
        thousands(MOST as usize)
    )
}

/// Whether a quantity stands in the list.
#[must_use]
pub fn offers(quantity: Quantity) -> bool {
    matches!(quantity, Quantity::Distance | Quantity::Loss)
}

/// What stands in the list of quantities.
#[must_use]
pub fn quantity(quantity: Quantity) -> &'static str {
    if quantity == Quantity::Loss { "final loss" } else { "typical loss" }
}

/// What the colours on either side of the border say.
#[must_use]
pub fn names(of: Quantity) -> (String, String) {
    let of = if of == Quantity::Loss { "final loss" } else { "typical loss / first loss" };
    (format!("converges: {of}"), format!("diverges: {of}"))
}

/// Where zooming ends, if it does here.
#[must_use]
pub fn remark(cells: &Cells) -> &'static str {
    let ends = [&cells.plan.rates, &cells.plan.outputs].map(|rates| (rates.first(), rates.last()));
    let [(Some(&a), Some(&b)), (Some(&c), Some(&d))] = ends else { return "" };
    if (Rates { hidden: [a, b], output: [c, d] }).is_deepest() {
        "This is as deep as it goes: closer together, neighbouring learning rates would be the same float32 number."
    } else {
        ""
    }
}

/// The picture in words.
#[must_use]
pub fn summary(cells: &Cells) -> String {
    let plan = &cells.plan;
    let ends = |rates: &[f64]| {
        let rate = |rate: Option<&f64>| rate.map(|rate| rounded(*rate, 8)).unwrap_or_default();
        format!("from {} to {}", rate(rates.first()), rate(rates.last()))
    };
    format!(
        "Learning rates of the hidden layer {} across, of the output {} up: {} of {} trainings computed, {} diverge.",
        ends(&plan.rates),
        ends(&plan.outputs),
        thousands(cells.known()),
        thousands(plan.cells()),
        thousands(cells.diverging())
    )
}

/// The name of a cell.
#[must_use]
pub fn place(cells: &Cells, cell: (usize, usize)) -> String {
    let Some([hidden, output]) = cells.plan.pair(cell) else { return String::new() };
    format!("hidden {}, output {}", rounded(hidden, 5), rounded(output, 5))
}

/// What a cell's training did, as names and numbers.
#[must_use]
pub fn facts(cells: &Cells, place: (usize, usize), cell: &Cell) -> Vec<(String, String)> {
    let [hidden, output] = cells.plan.pair(place).unwrap_or_default();
    let loss = if cell.loss.is_nan() { "left float32".to_owned() } else { number(f64::from(cell.loss)) };
    let facts = [
        ("hidden layer’s rate", format!("{}", hidden as f32)),
        ("output’s rate", format!("{}", output as f32)),
        ("final loss", loss),
        ("typical loss / first loss", number(f64::from(cell.typical))),
        (VERDICT, if cell.diverges > 0.0 { "diverges" } else { "converges" }.to_owned()),
    ];
    facts.map(|(name, value)| (name.to_owned(), value)).into()
}

/// Every sixteenth row and column as a table.
#[must_use]
pub fn table(cells: &Cells, quantity: Quantity) -> Table {
    let plan = &cells.plan;
    let every = |count: usize| (0..count).filter(move |place| place % 16 == 0 || place + 1 == count);
    let rate = |rate: f64| format!("rate {}", rounded(rate, 6));
    let value = |row: usize, column: usize| cells.at((row, column)).map(|cell| f64::from(cell.heat(quantity).value));
    Table {
        key: "row",
        columns: [AXES[1].to_owned()]
            .into_iter()
            .chain(every(plan.rates.len()).map(|column| rate(plan.rates[column])))
            .collect(),
        rows: every(plan.outputs.len())
            .map(|row| Row {
                at: row + 1,
                values: [Some(plan.outputs[row])]
                    .into_iter()
                    .chain(every(plan.rates.len()).map(|column| value(row, column)))
                    .collect(),
            })
            .collect(),
    }
}

/// All cells that are known as comma-separated values, with a line of names.
#[must_use]
pub fn csv(cells: &Cells) -> String {
    let mut text = "hidden_learning_rate,output_learning_rate,final_loss,typical_loss,diverges\n".to_owned();
    for (row, output) in cells.plan.outputs.iter().enumerate() {
        for (column, hidden) in cells.plan.rates.iter().enumerate() {
            let Some(cell) = cells.at((row, column)) else { continue };
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{hidden},{output},{},{},{}", cell.loss, cell.typical, cell.diverges);
        }
    }
    text
}
