//! The engine's parts on this machine: `cargo bench --package thetahat-bench`.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use thetahat::jax::compile::{Rounding, compile};
use thetahat::jax::random::{PermutationScratch, normal_into, permutation_into, prng_key};
use thetahat::lecture::programs::step_program::step_program;
use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::Config;

fn draws(c: &mut Criterion) {
    let key = prng_key(42);
    let (mut order, mut scratch) = (Vec::new(), PermutationScratch::default());
    for n in [500, 10_000] {
        c.bench_function(&format!("permutation of {n}"), |b| {
            b.iter(|| permutation_into(black_box(key), n, &mut order, &mut scratch));
        });
    }
    let mut numbers = [0.0; 1000];
    c.bench_function("normal, 1000 draws", |b| b.iter(|| normal_into(black_box(key), &mut numbers)));
}

fn steps(c: &mut Criterion) {
    for (batch_size, features) in [(16, 2), (256, 64)] {
        let config = Config { samples: 512, features, batch_size, ..Config::default() };
        c.bench_function(&format!("trace and compile the step, {batch_size} × {features}"), |b| {
            b.iter(|| Shared::default().step(black_box(&config), batch_size, None).unwrap());
        });
        let program = step_program(config.program).trace(batch_size, &config).unwrap();
        let mut step = compile(&program.jaxpr, &program.consts, Rounding::Fused).unwrap();
        c.bench_function(&format!("one step interpreted, {batch_size} × {features}"), |b| {
            b.iter(|| step.run());
        });
    }
}

fn runs(c: &mut Criterion) {
    let shared = Shared::default();
    let mut config = Config::default();
    c.bench_function("the lecture's run, a new seed each time", |b| {
        b.iter(|| {
            config.seed += 1;
            Trainer::with(&config, &shared).unwrap().advance(usize::MAX).unwrap()
        });
    });
}

criterion_group!(parts, draws, steps, runs);
criterion_main!(parts);
