//! Whole runs against runs recorded from JAX: every printed line, and the bits of every loss, distance and parameter.
//!
//! `tests/golden/lecture.py` made the recordings. The test prints how many values are equal of how many, and none may differ.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::run::recording::Chunk;
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::{Config, Program};

#[derive(Deserialize)]
struct Args {
    variant: String,
    seed: i64,
    samples: usize,
    features: usize,
    sigma: f64,
    lr: f64,
    batch_size: Option<usize>,
    epochs: Option<usize>,
    optimizer: String,
    schedule: String,
    print_every: usize,
}

#[derive(Deserialize)]
struct Recorded {
    args: Args,
    lines: Vec<String>,
    losses_bits: Vec<u32>,
    norms_bits: Vec<u32>,
    params_bits: Vec<u32>,
}

impl Args {
    fn config(&self) -> Config {
        let program: Program = self.variant.parse().expect("a program");
        let lecture = Config::lecture(program);
        Config {
            seed: self.seed,
            samples: self.samples,
            features: self.features,
            sigma: self.sigma,
            learning_rate: self.lr,
            batch_size: self.batch_size.unwrap_or(lecture.batch_size),
            epochs: self.epochs.unwrap_or(lecture.epochs),
            optimizer: self.optimizer.parse().expect("an optimizer"),
            schedule: self.schedule.parse().expect("a schedule"),
            print_every: self.print_every,
            ..lecture
        }
    }
}

#[derive(Default, Clone, Copy)]
struct Count {
    equal: usize,
    all: usize,
}

impl Count {
    fn of(ours: impl IntoIterator<Item = f32>, theirs: &[u32]) -> Self {
        let ours: Vec<u32> = ours.into_iter().map(f32::to_bits).collect();
        assert_eq!(ours.len(), theirs.len(), "number of recorded values");
        let same = |(a, b): &(&u32, &u32)| a == b || (f32::from_bits(**a).is_nan() && f32::from_bits(**b).is_nan());
        Self { equal: ours.iter().zip(theirs).filter(same).count(), all: theirs.len() }
    }

    fn plus(self, other: Self) -> Self {
        Self { equal: self.equal + other.equal, all: self.all + other.all }
    }
}

fn run(config: &Config) -> Chunk {
    let mut trainer = Trainer::new(config).expect("a valid configuration");
    let mut all = Chunk::default();
    loop {
        // an odd slice, so that slices do not fall on epochs
        all.append(trainer.advance(97).expect("a step"));
        if trainer.is_done() {
            return all;
        }
    }
}

#[test]
fn every_recorded_run_is_reproduced_bit_for_bit() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/runs");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("recordings").map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    let mut total = Count::default();
    let mut wrong = Vec::new();
    let mut runs = 0;
    for file in &files {
        let recorded: Recorded = serde_json::from_str(&fs::read_to_string(file).expect("text")).expect("a recording");
        runs += 1;
        let ours = run(&recorded.args.config());
        let counts = [
            Count::of(ours.losses, &recorded.losses_bits),
            Count::of(ours.epoch_norms, &recorded.norms_bits),
            Count::of(ours.params, &recorded.params_bits),
        ];
        let count = counts.into_iter().fold(Count::default(), Count::plus);
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        let lines = if ours.lines == recorded.lines { "all lines equal" } else { "LINES DIFFER" };
        println!("{name:24} {:6} of {:6} values equal, {lines}", count.equal, count.all);
        if count.equal < count.all || ours.lines != recorded.lines {
            wrong.push(name.into_owned());
        }
        total = total.plus(count);
    }
    println!("{:24} {:6} of {:6} values equal in {} runs", "all", total.equal, total.all, runs);
    assert!(wrong.is_empty(), "these runs differ from the recorded ones: {wrong:?}");
    assert_eq!((runs, total.all), (31, 136_846), "no recording may be left out; count new ones here");
}

#[test]
fn a_new_rate_traces_nothing_and_a_new_batch_size_does() {
    let shared = Shared::default();
    let run = |config: &Config| drop(Trainer::with(config, &shared).expect("a configuration"));
    let total = || shared.traced().iter().map(|traced| traced.times).sum::<usize>();
    let config = Config::default();
    run(&config);
    let rows: Vec<usize> = shared.traced().iter().map(|traced| traced.rows).collect();
    assert_eq!(rows, [16, 4], "full batches and the ragged last one");
    run(&Config { learning_rate: 0.02, ..config.clone() });
    assert_eq!(total(), 2);
    assert_eq!(shared.traced()[0].found, 1);
    run(&Config { batch_size: 17, ..config.clone() });
    assert_eq!(total(), 4);
    run(&config);
    assert_eq!(total(), 4);
    assert_eq!(shared.traced()[0].milliseconds, None, "without a clock nothing is measured");
}
