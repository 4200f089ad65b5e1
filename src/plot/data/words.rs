//! The data in words and as a table.

use crate::base::order::order_by;
use crate::base::words::number;
use crate::plot::axes::grouped;
use crate::plot::table::spread;
use crate::plot::{Row, Table};

use super::{DataChart, Turn};

/// What a screen reader is told of the data: the batch, how far its predictions are off, and how many samples are drawn.
#[must_use]
pub fn data_summary(chart: &DataChart<'_>) -> String {
    let (samples, batch) = (chart.samples(), chart.dealt(Turn::Now).count());
    if samples == 0 {
        return "Data: nothing has been computed yet.".to_owned();
    }
    let used = chart.dealt(Turn::Used).count();
    let (samples, rows) = (grouped(samples as f64), grouped(batch as f64));
    let used = grouped(used as f64);
    let mut sentences = vec![if batch == 0 {
        format!(
            "Data: of {samples} samples, {used} were used before in this epoch; the batch of this step is not drawn yet."
        )
    } else {
        format!("Data: of {samples} samples, {rows} are in this step’s batch; {used} were used before in this epoch.")
    }];
    if let Some(loss) = mean_square(chart) {
        sentences.push(format!("The batch’s mean squared residual is {}.", number(loss)));
    }
    if let (true, Some(slope)) = (chart.is_line(), chart.slope) {
        sentences.push(format!("The fitted line is ŷ = {} x.", number(f64::from(slope))));
    }
    let every = [Turn::Later, Turn::Used, Turn::Now].map(|turn| chart.thinned(turn));
    if let Some(most) = every.into_iter().max().filter(|most| *most > 1) {
        sentences.push(format!("Not all samples are drawn: of the most numerous kind, one in {most}."));
    }
    sentences.join(" ")
}

/// The batch's loss, as far as its predictions are finite.
fn mean_square(chart: &DataChart<'_>) -> Option<f64> {
    let residual =
        |sample: usize| Some(f64::from(*chart.predictions.get(sample)?) - f64::from(*chart.targets.get(sample)?));
    let squares: Vec<f64> = chart.dealt(Turn::Now).filter_map(residual).map(|residual| residual * residual).collect();
    let mean = squares.iter().sum::<f64>() / squares.len() as f64;
    mean.is_finite().then_some(mean)
}

/// The samples of the batch, about `most` of them: feature (where there is just one), target, prediction, and residual ŷ − y.
#[must_use]
pub fn data_table(chart: &DataChart<'_>, most: usize) -> Table {
    let batch: Vec<usize> = chart.dealt(Turn::Now).collect();
    let picked = batch.len().checked_sub(1).map_or(Vec::new(), |last| spread(0, last, most));
    let mut samples: Vec<usize> = picked.into_iter().filter_map(|at| batch.get(at).copied()).collect();
    order_by(&mut samples, |a, b| a > b);
    samples.dedup();
    let value = |values: &[f32], sample: usize| values.get(sample).map(|&value| f64::from(value));
    let row = |sample: usize| {
        let (target, prediction) = (value(chart.targets, sample), value(chart.predictions, sample));
        let residual = target.zip(prediction).map(|(target, prediction)| prediction - target);
        let feature = chart.is_line().then(|| value(chart.x, sample));
        Row { at: sample, values: feature.into_iter().chain([target, prediction, residual]).collect() }
    };
    let columns: &[&str] = if chart.is_line() { &["x", "y", "ŷ", "ŷ − y"] } else { &["y", "ŷ", "ŷ − y"] };
    Table {
        key: "sample",
        columns: columns.iter().map(|&name| name.to_owned()).collect(),
        rows: samples.into_iter().map(row).collect(),
    }
}
