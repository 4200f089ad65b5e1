//! The lecture's run for 64 learning rates and 64 batch sizes, by one worker and by as many as there are cores.

use anyhow::{Context, Result, ensure};
use thetahat_bench::digest;
use thetahat_bench::map::{Map, MapReport, MapRequest, OUTCOME};
use thetahat_bench::timing::median;

use super::places::{Places, answer};
use super::table::number;

/// Each with workers of its own, which have trained nothing before.
const REPETITIONS: usize = 11;

/// Both times, their ratio, and what came out.
pub fn report(places: &Places) -> Result<String> {
    let map = Map::lecture();
    let request = |workers| MapRequest { map: map.clone(), workers };
    let requests = [request(None), request(Some(1))];
    let mut reports: Vec<MapReport> = Vec::new();
    places.with_page(async |page| {
        for _ in 0..REPETITIONS {
            for request in &requests {
                let report = answer(page, &serde_json::to_string(request)?).await?;
                reports.push(serde_json::from_str(&report).context("the report cannot be read")?);
            }
        }
        Ok(())
    })?;
    let outcomes = &reports[0].outcomes;
    ensure!(outcomes.len() == map.runs() * OUTCOME, "{} numbers for {} runs", outcomes.len(), map.runs());
    ensure!(reports.iter().all(|report| report.outcomes == *outcomes), "pools computed different numbers");
    let checked = check(&map, outcomes)?;
    let times =
        |skip: usize| -> Vec<f64> { reports.iter().skip(skip).step_by(2).map(|report| report.milliseconds).collect() };
    let (all, one) = (times(0), times(1));
    let ratios: Vec<f64> = all.iter().zip(&one).map(|(all, one)| one / all).collect();
    let numbers: Vec<f32> = outcomes.iter().map(|word| f32::from_bits(*word)).collect();
    Ok(format!(
        "Map of {} learning rates × {} batch sizes ({} to {}), {} runs, {} steps: {} ms by {} workers ({} ms the first time), {} ms by one, {:.2} times as \
         long. Digest {:08x} each time; {checked} runs have the bits of single trainings.\n",
        map.learning_rates.len(),
        map.batch_sizes.len(),
        map.batch_sizes.first().copied().unwrap_or_default(),
        map.batch_sizes.last().copied().unwrap_or_default(),
        map.runs(),
        map.steps(),
        number(median(&all)),
        reports[0].workers,
        number(all[0]),
        number(median(&one)),
        median(&ratios),
        digest(&numbers, &[]),
    ))
}

/// Trains every 9th of the runs of every 7th row natively by itself, in the interpreter, and compares. Gives how many.
fn check(map: &Map, outcomes: &[u32]) -> Result<usize> {
    let mut checked = 0;
    let columns = map.learning_rates.len();
    for (row, &batch_size) in map.batch_sizes.iter().enumerate().step_by(7) {
        for (column, &rate) in map.learning_rates.iter().enumerate().step_by(9) {
            let first = (row * columns + column) * OUTCOME;
            let alone = map.alone(batch_size, rate)?;
            // a NaN may have any payload
            let is_same = |(word, alone): (&u32, f32)| {
                *word == alone.to_bits() || (f32::from_bits(*word).is_nan() && alone.is_nan())
            };
            ensure!(
                outcomes[first..].iter().zip(alone).all(is_same),
                "learning rate {rate} with batches of {batch_size} gives other numbers than alone"
            );
            checked += 1;
        }
    }
    Ok(checked)
}
