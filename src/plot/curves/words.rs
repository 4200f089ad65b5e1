//! A chart of curves in words and as a table.

use crate::plot::axes::grouped;
use crate::plot::table::spread;
use crate::plot::{Role, Row, StepAxis, StepUnit, Table};

use super::{Curve, CurvesChart, CurvesMiddle, curves_readings, finite};

/// What a screen reader is told of the chart: of each run where it begins and ends, and where it leaves float32; which part of it is shown.
#[must_use]
pub fn curves_summary(chart: &CurvesChart<'_>) -> String {
    let shown = chart.curves.iter().filter(|curve| curve.role == Role::Run && !curve.values.is_empty());
    let told: Vec<String> = shown.map(|curve| course(curve, unit(chart.axis))).collect();
    if told.is_empty() {
        return format!("{}: {}.", chart.title, nothing(chart));
    }
    let mut sentences = vec![format!("{}: {}.", chart.title, told.join("; "))];
    let (from, to) = chart.axis.range();
    if (from, to) != (0, chart.axis.total.max(1)) {
        let total = grouped(chart.axis.total as f64);
        let (from, to) = (grouped(from as f64), grouped(to as f64));
        sentences.push(format!("Shown are steps {from} to {to} of {total}."));
    }
    let ghosts: Vec<&str> =
        chart.curves.iter().filter(|curve| curve.role == Role::Ghost).map(|curve| curve.label).collect();
    if !ghosts.is_empty() {
        sentences.push(format!("Pinned: {}.", ghosts.join(", ")));
    }
    sentences.extend(chart.middle.and_then(many));
    sentences.join(" ")
}

/// What many runs did at the last step that is shown.
fn many(middle: CurvesMiddle<'_>) -> Option<String> {
    let [low, median, high] = middle.values.map(|values| values.last().copied());
    let words = |value: f32| if value.is_finite() { spoken(value) } else { "beyond float32".to_owned() };
    let (step, name) = (grouped(f64::from(*middle.steps.last()?)), middle.name);
    let (low, median, high) = (words(low?), words(median?), words(high?));
    Some(format!("{name}: at step {step} the middle 90 % lie between {low} and {high}, their median is {median}."))
}

/// What stands where there are no values.
pub(super) fn nothing(chart: &CurvesChart<'_>) -> &'static str {
    match (chart.waits, unit(chart.axis)) {
        (true, "epoch") => "no epochs yet",
        (true, _) => "no steps yet",
        (false, _) => "the run takes no steps",
    }
}

/// What the entries of a chart are: epochs, where each is one step.
fn unit(axis: StepAxis) -> &'static str {
    if axis.unit == StepUnit::Epochs && axis.per_epoch <= 1 { "epoch" } else { "step" }
}

/// Where one curve begins and ends.
fn course(curve: &Curve<'_>, unit: &str) -> String {
    let values = finite(curve.values);
    let label = curve.label;
    let (Some(first), Some(last)) = (values.first(), values.last()) else {
        return format!("{label} leaves float32 at {unit} {}", grouped(curve.sampling.step(0) as f64));
    };
    let step = |entry: usize| grouped(curve.sampling.step(entry) as f64);
    let (begin, end) = (step(0), step(values.len() - 1));
    let text = format!("{label} goes from {} at {unit} {begin} to {} at {unit} {end}", spoken(*first), spoken(*last));
    if values.len() == curve.values.len() {
        return text;
    }
    format!("{text} and leaves float32 at {unit} {}", step(values.len()))
}

/// The values of every curve at about `most` of the shown steps.
#[must_use]
pub fn curves_table(chart: &CurvesChart<'_>, most: usize) -> Table {
    let (from, to) = chart.axis.range();
    let last = |curve: &Curve<'_>| curve.values.len().checked_sub(1).map_or(0, |last| curve.sampling.step(last));
    let recorded = chart.curves.iter().map(last).max().unwrap_or(0).min(to);
    let row = |step: usize| Row {
        at: step,
        values: curves_readings(chart, step).iter().map(|reading| reading.value.map(f64::from)).collect(),
    };
    let steps = if recorded < from.max(1) { Vec::new() } else { spread(from.max(1), recorded, most) };
    Table {
        key: unit(chart.axis),
        columns: chart.curves.iter().map(|curve| curve.label.to_owned()).collect(),
        rows: steps.into_iter().map(row).collect(),
    }
}

/// Four digits, with an exponent only where they would stand far from the point.
fn spoken(value: f32) -> String {
    let digits = f64::from(value.abs().max(f32::MIN_POSITIVE)).log10().floor();
    match value {
        0.0 => "0".to_owned(),
        _ if (-3.0..5.0).contains(&digits) => format!("{value:.*}", (3.0 - digits).max(0.0) as usize),
        _ => format!("{value:.3e}"),
    }
}
