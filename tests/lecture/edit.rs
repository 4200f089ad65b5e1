//! A run with one step made otherwise is the run that one would write by hand.

use proptest::prelude::*;
use thetahat::jax::random::{normal, permutation, prng_key, split_n};
use thetahat::jax::{Array, jit};
use thetahat::lecture::data::loader::simulate;
use thetahat::lecture::programs::raw::make_step;
use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::run::edit::{Change, Edit};
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::{Config, ModuleKind, Optimizer, Program};
use thetahat::optax::{self, OptState};

fn small(optimizer: Optimizer) -> Config {
    Config { samples: 50, epochs: 4, learning_rate: 0.02, optimizer, ..Config::default() }
}

fn order(key: thetahat::jax::random::Key, samples: usize) -> Vec<i32> {
    permutation(key, samples).to_words().expect("numbers").into_iter().map(u32::cast_signed).collect()
}

/// The batches that are taken in place of one.
fn batches(drawn: &[i32], change: Change, samples: usize) -> Vec<Vec<i32>> {
    let others = |seed: u32| order(prng_key(seed), samples);
    match change {
        Change::Dropped => Vec::new(),
        Change::Twice => vec![drawn.to_vec(); 2],
        Change::Another(seed) => vec![others(seed)[..drawn.len()].to_vec()],
        Change::Without(place) => vec![[&drawn[..place], &drawn[place + 1..]].concat()],
        Change::Swapped { place, seed } => {
            let other = others(seed).into_iter().find(|x| !drawn.contains(x)).expect("another one");
            vec![[&drawn[..place], &[other], &drawn[place + 1..]].concat()]
        }
    }
}

/// The bits of the parameters after each step.
fn by_hand(config: &Config, edit: Edit) -> Vec<u32> {
    let [key, key_theta, key_x, key_noise] = split_n(prng_key(config.seed));
    let data = simulate([key_theta, key_x, key_noise], config.samples, config.features, config.sigma);
    let [mut key, subkey] = split_n(key);
    let optimizer = config.optimizer;
    let made = move |rate: &Array| match optimizer {
        Optimizer::Adam => optax::adam(rate),
        _ => optax::sgd(rate),
    };
    let mut params = normal(subkey, &[config.features]);
    let rate = Array::scalar(config.learning_rate as f32);
    let mut state = made(&rate).init(&params);
    let step = jit(move |params: &Array, state: &OptState, x: &Array, y: &Array, rate: &Array| {
        make_step(&made(rate), params, state, x, y)
    });
    let (mut out, mut number) = (Vec::new(), 0);
    for _ in 0..config.epochs {
        let [next, subkey] = split_n(key);
        key = next;
        for drawn in order(subkey, config.samples).chunks(config.batch_size) {
            let one = vec![drawn.to_vec()];
            let taken = if number == edit.step { batches(drawn, edit.change, config.samples) } else { one };
            for batch in taken {
                let rows = Array::from_i32(&batch, &[batch.len()]);
                (params, state, _) = step(&params, &state, &data.x.take(&rows), &data.y.take(&rows), &rate);
            }
            out.extend(params.to_words().expect("numbers"));
            number += 1;
        }
    }
    out
}

fn changes() -> impl Strategy<Value = Change> {
    (0..5_usize, 0..20_usize, 0..50_u32).prop_map(|(kind, place, seed)| match kind {
        0 => Change::Another(seed),
        1 => Change::Dropped,
        2 => Change::Twice,
        3 => Change::Without(place),
        _ => Change::Swapped { place, seed },
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn it_is_the_run_by_hand(step in 0..16_usize, change in changes(), adam: bool, portion in 1..20_usize) {
        let (config, edit) = (small(if adam { Optimizer::Adam } else { Optimizer::Sgd }), Edit { step, change });
        prop_assume!(edit.fits(&config));
        let plain = Trainer::new(&config).and_then(|mut run| run.advance(usize::MAX)).expect("steps");
        let mut trainer = Trainer::new(&config).and_then(|run| run.edited(Some(edit))).expect("a step that it has");
        let mut chunk = trainer.advance(portion).expect("steps");
        while !trainer.is_done() {
            chunk.append(trainer.advance(portion).expect("steps"));
        }
        let bits: Vec<u32> = chunk.params.iter().map(|x| x.to_bits()).collect();
        prop_assert_eq!(&bits, &by_hand(&config, edit));
        // nothing before the step is changed, and the loss of a dropped batch is still the batch's
        let known = step * config.features;
        prop_assert_eq!(&chunk.params[..known], &plain.params[..known]);
        if change == Change::Dropped {
            prop_assert_eq!(chunk.losses[step].to_bits(), plain.losses[step].to_bits());
            prop_assert_eq!(chunk.norms[step].to_bits(), if step > 0 { plain.norms[step - 1].to_bits() } else { chunk.norms[0].to_bits() });
        }
        // a step that is looked at again is that of the changed run
        let after = trainer.inspect(config.steps() - 1).expect("a step").columns.params_after;
        prop_assert_eq!(&after, &chunk.params[chunk.params.len() - config.features..]);
    }
}

#[test]
fn every_program_and_optimizer_can_be_changed() {
    let shared = Shared::default();
    for &program in Program::ALL {
        for &optimizer in Optimizer::BY_RATE {
            let config = Config { program, ..small(optimizer) };
            for change in [Change::Dropped, Change::Another(3), Change::Without(1)] {
                let edit = Edit { step: 5, change };
                let run = Trainer::with(&config, &shared).expect("a configuration").edited(Some(edit));
                let takes_steps = program != Program::Module(ModuleKind::Pitfall);
                assert_eq!(run.is_ok(), takes_steps, "{program}");
                let Ok(mut run) = run else { continue };
                let mut plain = Trainer::with(&config, &shared).expect("a configuration");
                let (old, new) = (plain.advance(99).expect("steps"), run.advance(99).expect("steps"));
                assert_eq!(old.norms[..5], new.norms[..5], "{program} {optimizer:?}");
                assert_ne!(old.norms[5], new.norms[5], "{program} {optimizer:?}");
            }
        }
    }
}

#[test]
fn what_a_run_does_not_have_is_refused() {
    let config = small(Optimizer::Sgd);
    let fits = |step, change| Edit { step, change }.fits(&config);
    // the last of an epoch's four batches has two samples
    assert!(fits(3, Change::Without(1)) && !fits(3, Change::Without(2)) && fits(2, Change::Without(15)));
    assert!(fits(15, Change::Dropped) && !fits(16, Change::Dropped));
    let whole = Config { batch_size: 50, ..config.clone() };
    assert!(!Edit { step: 0, change: Change::Another(1) }.fits(&whole));
    let single = Config { batch_size: 1, ..config.clone() };
    assert!(!Edit { step: 0, change: Change::Without(0) }.fits(&single));
    let mut run = Trainer::new(&config).expect("a configuration");
    run.advance(6).expect("steps");
    assert!(run.edited(Some(Edit { step: 5, change: Change::Dropped })).is_err());
}
