//! The picture of a map, its table, and its numbers as a file.

use std::fmt::Write;

use super::cells::Cells;
use super::plan::{SHUFFLES, SIZE};
use crate::lecture::settings::config::Optimizer;
use crate::lecture::verdict::stability::Stability;
use crate::page::view::{MapView, Quantity};
use crate::plot::{Dash, Heat, HeatAxis, HeatLine, HeatMap, Row, Shades, Table};

/// Builds the chart of what is known, and reads it.
pub fn with_chart<R>(cells: &Cells, view: &MapView, read: impl FnOnce(&HeatMap<'_>) -> R) -> R {
    let plan = &cells.plan;
    let network = plan.is_network();
    let ups: Vec<f64> =
        if network { plan.outputs.clone() } else { plan.batches.iter().map(|&batch| batch as f64).collect() };
    let places = (0..ups.len()).flat_map(|row| (0..plan.rates.len()).map(move |column| (row, column)));
    let heats: Vec<Option<Heat>> = places.map(|place| cells.near(place).map(|cell| cell.heat(view.quantity))).collect();
    let lines = lines(cells);
    let (inside, beyond) = if network { super::network::names(view.quantity) } else { names(view) };
    let axes = if network { super::network::AXES } else { ["learning rate", "batch size"] };
    let unreached = view.quantity == Quantity::Steps && !network;
    read(&HeatMap {
        across: HeatAxis { name: axes[0], places: &plan.rates, are_counts: false },
        up: HeatAxis { name: axes[1], places: &ups, are_counts: !network },
        cells: &heats,
        names: [&inside, &beyond],
        shades: [Shades::Ranks, if counts_shuffles(view) { Shades::Parts(plan.shuffles) } else { Shades::Ranks }],
        flat: [if unreached { "not reached" } else { "" }, "left float32"],
        lines: &lines,
        own: plan.own.map(|(row, column)| (plan.rates[column], ups[row])),
    })
}

/// What the colours on either side of the border say.
fn names(view: &MapView) -> (String, String) {
    let inside = match view.quantity {
        Quantity::Distance => "holds: final ‖θ − θ̂‖".to_owned(),
        Quantity::Loss => "holds: final loss".to_owned(),
        Quantity::Steps => format!("holds: steps until ‖θ − θ̂‖ < {}", view.target),
        Quantity::Spread => "holds: largest / smallest ‖θ − θ̂‖".to_owned(),
    };
    let beyond = match view.quantity {
        Quantity::Distance | Quantity::Steps => "diverges: final ‖θ − θ̂‖".to_owned(),
        Quantity::Loss => "diverges: final loss".to_owned(),
        Quantity::Spread => format!("diverges: with so many of {SHUFFLES} shuffles"),
    };
    (inside, beyond)
}

/// Whether a colour beyond the border says with how many shuffles a run diverges.
pub(super) fn counts_shuffles(view: &MapView) -> bool {
    view.quantity == Quantity::Spread && !view.network
}

/// The borders that theory predicts.
fn lines(cells: &Cells) -> Vec<HeatLine> {
    let plan = &cells.plan;
    let (Some(&low), Some(&high)) = (plan.batches.first(), plan.batches.last()) else { return Vec::new() };
    let mut lines = Vec::new();
    let full = cells.limits.iter().find_map(|limits| limits.full_batch);
    if let Some(rate) = full {
        let name = match plan.config.optimizer {
            Optimizer::Sgd => "2/λmax",
            Optimizer::Momentum => "2(1+β)/λmax",
            Optimizer::Nesterov | Optimizer::Adam | Optimizer::Lbfgs => "full batch",
        };
        // a little beyond the last cells, whose edges the chart knows
        let points = vec![(rate, low as f64 / 2.0), (rate, high as f64 * 2.0)];
        lines.push(HeatLine { name, points, dash: Dash::Long });
    }
    let mut curve = |name: &'static str, dash: Dash, limit: fn(&Stability) -> Option<f64>| {
        let points: Vec<(f64, f64)> =
            cells.limits.iter().filter_map(|found| Some((limit(found)?, found.rows as f64))).collect();
        if points.len() > 1 {
            lines.push(HeatLine { name, points, dash });
        }
    };
    curve("mean square", Dash::Dots, |limits| limits.mean_square);
    curve("typical growth", Dash::Solid, |limits| limits.typical);
    lines
}

/// Every eighth row and column as a table, the Lab's own among them: batch sizes down, learning rates across.
#[must_use]
pub fn table(cells: &Cells, quantity: Quantity) -> Table {
    let plan = &cells.plan;
    if plan.is_network() {
        return super::network::table(cells, quantity);
    }
    let every = |count: usize, own: Option<usize>| -> Vec<usize> {
        let step = count.div_ceil(SIZE / 8).max(1);
        (0..count).filter(|&place| place % step == 0 || Some(place) == own || place + 1 == count).collect()
    };
    let columns = every(plan.rates.len(), plan.own.map(|(_, column)| column));
    let rows = every(plan.batches.len(), plan.own.map(|(row, _)| row));
    let value = |row: usize, column: usize| cells.at((row, column)).map(|cell| f64::from(cell.heat(quantity).value));
    Table {
        key: "batch size",
        columns: columns.iter().map(|&column| format!("rate {}", super::words::rate(plan.rates[column]))).collect(),
        rows: rows
            .into_iter()
            .map(|row| Row {
                at: plan.batches[row],
                values: columns.iter().map(|&column| value(row, column)).collect(),
            })
            .collect(),
    }
}

/// All cells that are known as comma-separated values, with a line of names.
#[must_use]
pub fn csv(cells: &Cells) -> String {
    if cells.plan.is_network() {
        return super::network::csv(cells);
    }
    let mut text = "learning_rate,batch_size,loss,distance,steps_to_target,diverges,spread\n".to_owned();
    let plan = &cells.plan;
    for (row, batch) in plan.batches.iter().enumerate() {
        for (column, rate) in plan.rates.iter().enumerate() {
            let Some(cell) = cells.at((row, column)) else { continue };
            let known = |value: f32| if value > 0.0 { value.to_string() } else { String::new() };
            let (reached, spread) = (known(cell.reached), known(cell.spread));
            // Writing to a string cannot fail.
            let _ =
                writeln!(text, "{rate},{batch},{},{},{reached},{},{spread}", cell.loss, cell.distance, cell.diverges);
        }
    }
    text
}
