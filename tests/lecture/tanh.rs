//! The network of hyperbolic tangents, whose map has a fractal border: against trainings that were recorded from JAX, and its map against single trainings.

use serde::Deserialize;
use thetahat::jax::Array;
use thetahat::jax::jit;
use thetahat::lecture::programs::tanh::{Params, draw, make_step};
use thetahat::lecture::run::tanh::{End, LANES, LAST, MOST, STEPS, Trainings, spaced};

/// What `tests/golden/tanh.py` wrote.
#[derive(Deserialize)]
struct Recorded {
    start: [Vec<u32>; 2],
    x: Vec<u32>,
    y: Vec<u32>,
    runs: Vec<Run>,
}

#[derive(Deserialize)]
struct Run {
    rates: [f64; 2],
    losses: Vec<u32>,
}

fn recorded() -> Recorded {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/tanh.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The bits of losses; all that are no numbers are the same.
fn bits(losses: impl IntoIterator<Item = f32>) -> Vec<u32> {
    losses.into_iter().map(|loss| if loss.is_nan() { f32::NAN.to_bits() } else { loss.to_bits() }).collect()
}

#[test]
fn trainings_are_those_of_jax() {
    let recorded = recorded();
    let ((w, v), x, y) = draw(42);
    assert_eq!([w, v, x, y].map(|array| array.to_words().unwrap()), {
        let [w, v] = recorded.start;
        [w, v, recorded.x, recorded.y]
    });
    let mut alone = Trainings::side_by_side(1).unwrap();
    for Run { rates, losses } in recorded.runs {
        let ours = bits(alone.losses(42, &[rates], STEPS).unwrap());
        let theirs = bits(losses.into_iter().map(f32::from_bits));
        assert_eq!(ours, theirs[..ours.len()], "{rates:?}");
        // what is left out because nothing is left to compute
        assert!(theirs[ours.len()..].iter().all(|&loss| !f32::from_bits(loss).is_finite()), "{rates:?}");
    }
}

#[test]
fn trainings_side_by_side_have_the_bits_that_each_has_alone() {
    let (mut alone, mut together) = (Trainings::side_by_side(1).unwrap(), Trainings::side_by_side(LANES).unwrap());
    let rates: Vec<[f64; 2]> =
        spaced([0.1, 1e4], 6).into_iter().flat_map(|hidden| [[hidden, 0.3], [hidden, 9.0]]).collect();
    let mut diverging = 0;
    for (seed, some) in (0..).zip(rates.chunks(5).flat_map(|five| five.chunks(LANES))) {
        let losses = together.losses(seed, some, STEPS).unwrap();
        let outcomes = together.outcomes(seed, some).unwrap();
        for (lane, rates) in some.iter().enumerate() {
            let own = alone.losses(seed, &[*rates], STEPS).unwrap();
            let ours: Vec<f32> = losses.iter().skip(lane).step_by(LANES).copied().collect();
            let taken = own.len().min(ours.len());
            assert_eq!(bits(own[..taken].iter().copied()), bits(ours[..taken].iter().copied()), "{rates:?}");
            assert!(own[taken..].iter().chain(&ours[taken..]).all(|loss| !loss.is_finite()), "{rates:?}");
            let end = End::of(own);
            assert_eq!(outcomes.typical[lane].to_bits(), end.typical.to_bits());
            assert_eq!(outcomes.diverges[lane] > 0.0, end.diverges);
            diverging += usize::from(end.diverges);
        }
    }
    assert!(diverging > 0 && diverging < rates.len(), "{diverging} of {} diverge", rates.len());
}

#[test]
fn the_compiled_step_is_the_program_under_jit() {
    let (mut params, x, y) = draw(7);
    let step = jit(|params: &Params, x: &Array, y: &Array, rates: &(Array, Array)| make_step(params, x, y, rates));
    let rates = (Array::scalar(20.0), Array::scalar(2.0));
    let mut losses = Vec::new();
    for _ in 0..60 {
        let (next, loss) = step(&params, &x, &y, &rates);
        losses.push(loss.item().unwrap());
        params = next;
    }
    let compiled = Trainings::side_by_side(1).unwrap().losses(7, &[[20.0, 2.0]], 60).unwrap();
    assert_eq!(bits(losses), bits(compiled));
}

#[test]
fn a_training_is_judged_by_its_last_losses() {
    let held = End::of((0..STEPS).map(|step| if step + LAST < STEPS { 4.0 } else { 3.0 }));
    assert!(!held.diverges && held.loss == 3.0 && held.typical < 1.0 && held.typical > 0.9, "{held:?}");
    let came_back_too_late = End::of((0..STEPS).map(|step| if step + LAST == STEPS { 1e3 } else { 1.0 }));
    assert!(came_back_too_late.diverges, "{came_back_too_late:?}");
    let lost = End::of([2.0, 3.0, f32::INFINITY, f32::NAN]);
    assert!(lost.diverges && lost.loss.is_nan() && lost.typical < MOST as f32 && lost.typical > 8e5, "{lost:?}");
    let nothing = End::of([]);
    assert!(nothing.diverges && nothing.loss.is_nan() && nothing.typical == MOST as f32, "{nothing:?}");
}

#[test]
fn what_cannot_be_trained_is_refused() {
    let mut alone = Trainings::side_by_side(1).unwrap();
    for rates in [vec![], vec![[0.0, 1.0]], vec![[1.0, f64::NAN]], vec![[1.0, f64::INFINITY]], vec![[1.0, 1.0]; 2]] {
        assert!(alone.losses(42, &rates, 1).is_err(), "{rates:?}");
    }
}
