//! Zooming: what a map shows next, or why it goes no further.

use super::cells::Cells;
use crate::page::view::{MapView, Part, Rates};

/// Where the map of the Lab's program ends.
const NARROWEST: &str =
    "Zooming ends here: the learning rates of a part differ by a thousandth of themselves at least.";
/// Where the map of the network ends.
const DEEPEST: &str =
    "Zooming ends here: closer together, neighbouring learning rates would be the same float32 number.";
/// Where there is nothing more to be shown.
const WHOLE: &str = "This is the whole map.";
/// How much closer one looks where what is drawn is no part of its own, in turn.
const CLOSER: [f64; 2] = [0.25, 0.5];

/// The view with `factor` times the width and height, around the cell that is pointed at, or else the middle.
///
/// # Errors
/// A sentence that says why it stays as it is.
pub fn around(
    cells: &Cells,
    view: &MapView,
    cell: Option<(usize, usize)>,
    factor: f64,
) -> Result<MapView, &'static str> {
    let cell = cell.unwrap_or_else(|| cells.plan.middle());
    let next = if let Some(pair) = cells.plan.pair(cell) {
        Some(scaled_pair(view, pair, factor))
    } else {
        cells.plan.run(cell).map(|run| scaled(cells, view, (run.learning_rate, run.batch_size), factor))
    };
    next.filter(|next| next != view).ok_or(if factor > 1.0 { WHOLE } else { end(view) })
}

/// The view of the cells between two. What is no rectangle, or too small a one, zooms in around its place.
///
/// # Errors
/// A sentence that says why it stays as it is.
pub fn between(
    cells: &Cells,
    view: &MapView,
    from: (usize, usize),
    to: (usize, usize),
) -> Result<MapView, &'static str> {
    let plan = &cells.plan;
    let middle = |a: f64, b: f64| (a * b).sqrt();
    let closer =
        |scaled: &dyn Fn(f64) -> MapView| CLOSER.into_iter().map(scaled).find(|next| next != view).ok_or(end(view));
    if let Some((from, to)) = plan.pair(from).zip(plan.pair(to)) {
        if let Some(rates) = Rates::between(from, to) {
            return Ok(MapView { rates: Some(rates), ..*view });
        }
        let about = [middle(from[0], to[0]), middle(from[1], to[1])];
        return closer(&|factor| scaled_pair(view, about, factor));
    }
    if let Some(part) = plan.between(from, to) {
        return Ok(MapView { part: Some(part), ..*view });
    }
    let (Some(one), Some(other)) = (plan.run(from), plan.run(to)) else { return Ok(*view) };
    let batch = middle(one.batch_size as f64, other.batch_size as f64).round() as usize;
    let about = (middle(one.learning_rate, other.learning_rate), batch);
    closer(&|factor| scaled(cells, view, about, factor))
}

fn scaled_pair(view: &MapView, about: [f64; 2], factor: f64) -> MapView {
    MapView { rates: view.rates.unwrap_or(Rates::WHOLE).zoomed(about, factor), ..*view }
}

fn scaled(cells: &Cells, view: &MapView, about: (f64, usize), factor: f64) -> MapView {
    let config = &cells.plan.config;
    MapView { part: view.part.unwrap_or_else(|| Part::whole(config)).zoomed(about, factor, config), ..*view }
}

fn end(view: &MapView) -> &'static str {
    if view.network { DEEPEST } else { NARROWEST }
}
