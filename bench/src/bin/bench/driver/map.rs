//! The lecture's run for 64 learning rates and 64 batch sizes: by as many workers as there are cores, by one worker, and in a browser that has one core only.

use std::process::Command;

use anyhow::{Context, Result, ensure};
use thetahat_bench::digest;
use thetahat_bench::map::{Map, MapReport, MapRequest, OUTCOME, alone};
use thetahat_bench::timing::median;

use super::places::{Places, answer};
use super::table::number;

/// Each with workers of its own, which have trained nothing before.
const REPETITIONS: usize = 11;

/// The times, their ratios, and what came out.
pub fn report(places: &Places) -> Result<String> {
    let map = Map::lecture();
    let (together, alone): (Vec<_>, Vec<_>) =
        ask(places, &map, &[None, Some(1)])?.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone())).unzip();
    let core = on_one_core(|| ask(places, &map, &[Some(1)]))?;
    let outcomes = &together[0].outcomes;
    ensure!(outcomes.len() == map.runs() * OUTCOME, "{} numbers for {} runs", outcomes.len(), map.runs());
    let all = || together.iter().chain(&alone).chain(core.iter().flatten());
    ensure!(all().all(|report| report.outcomes == *outcomes), "pools computed different numbers");
    let checked = check(&map, outcomes)?;
    let times = |reports: &[MapReport]| median(&reports.iter().map(|report| report.milliseconds).collect::<Vec<_>>());
    let time = times(&together);
    let multiple = |reports: &[MapReport]| format!("{} ms ({:.2} ×)", number(times(reports)), times(reports) / time);
    let core =
        core.map_or_else(String::new, |reports| format!(", by one in a browser with one core {}", multiple(&reports)));
    let numbers: Vec<f32> = outcomes.iter().map(|word| f32::from_bits(*word)).collect();
    Ok(format!(
        "Map of {} learning rates × {} batch sizes ({} to {}), {} runs, {} steps: {} ms by {} workers ({} ms the first time), by one worker {}{core}. \
         Digest {:08x} each time; {checked} runs have the bits of single trainings.\n",
        map.learning_rates.len(),
        map.batch_sizes.len(),
        map.batch_sizes.iter().min().copied().unwrap_or_default(),
        map.batch_sizes.iter().max().copied().unwrap_or_default(),
        map.runs(),
        map.steps(),
        number(time),
        together[0].workers,
        number(together[0].milliseconds),
        multiple(&alone),
        digest(&numbers, &[]),
    ))
}

/// Computes the map with each of these numbers of workers in turn, [`REPETITIONS`] times, in one session.
fn ask(places: &Places, map: &Map, workers: &[Option<usize>]) -> Result<Vec<MapReport>> {
    let requests: Vec<MapRequest> = workers.iter().map(|&workers| MapRequest { map: map.clone(), workers }).collect();
    let mut reports = Vec::new();
    places.with_page(async |page| {
        for request in requests.iter().cycle().take(REPETITIONS * requests.len()) {
            let report = answer(page, &serde_json::to_string(request)?).await?;
            reports.push(serde_json::from_str(&report).context("the report cannot be read")?);
        }
        Ok(())
    })?;
    Ok(reports)
}

/// Does something with this program, and all that it starts, on the first core alone; nothing where the system cannot be told so.
fn on_one_core<T>(act: impl FnOnce() -> Result<T>) -> Result<Option<T>> {
    let taskset = |arguments: &[&str]| {
        let output =
            Command::new("taskset").arg("-cp").args(arguments).arg(std::process::id().to_string()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    // as in "pid 123's current affinity list: 0-3"
    let answer = taskset(&[]);
    let Some(cores) = answer.as_deref().and_then(|text| text.rsplit(": ").next()).map(str::trim) else {
        return Ok(None);
    };
    let first = cores.split([',', '-']).next().unwrap_or(cores);
    if taskset(&[first]).is_none() {
        return Ok(None);
    }
    let result = act();
    taskset(&[cores]).context("the other cores are not given back")?;
    result.map(Some)
}

/// Trains every 9th of the runs of every 7th row natively by itself, in the interpreter, and compares. Returns how many.
fn check(map: &Map, outcomes: &[u32]) -> Result<usize> {
    let mut checked = 0;
    let columns = map.learning_rates.len();
    for (row, &batch_size) in map.batch_sizes.iter().enumerate().step_by(7) {
        for (column, &rate) in map.learning_rates.iter().enumerate().step_by(9) {
            let first = (row * columns + column) * OUTCOME;
            let alone = alone(map, batch_size, rate)?;
            // a NaN may have any payload
            let is_same = |(word, alone): (&u32, f32)| {
                *word == alone.to_bits() || (f32::from_bits(*word).is_nan() && alone.is_nan())
            };
            ensure!(
                outcomes[first..].iter().zip(alone).all(is_same),
                "learning rate {rate} with batches of {batch_size} computes other numbers than alone"
            );
            checked += 1;
        }
    }
    Ok(checked)
}
