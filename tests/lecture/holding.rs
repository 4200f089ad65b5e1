//! The largest learning rate that holds, for several shuffles: against every rate with every shuffle.

use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::run::holding::{Holding, HoldingRequest, largest};
use thetahat::lecture::run::map::RowRequest;
use thetahat::lecture::settings::config::{Config, Optimizer};

fn found(request: &HoldingRequest, steps: usize) -> Vec<u32> {
    let (mut holding, shared) = (Holding::new(request.clone()), Shared::default());
    while !holding.is_done() {
        holding.advance(steps, &shared).expect("steps");
    }
    holding.held().to_vec()
}

#[test]
fn it_lies_where_runs_begin_to_diverge() {
    let plain = Config { epochs: 8, samples: 120, ..Config::default() };
    for (batch_size, optimizer) in [(1, Optimizer::Sgd), (4, Optimizer::Sgd), (16, Optimizer::Momentum)] {
        let config = Config { batch_size, optimizer, ..plain.clone() };
        let learning_rates: Vec<f64> = (1..=23).map(|i| 0.06 * f64::from(i)).collect();
        let request = HoldingRequest { config, learning_rates, shuffles: 9 };
        let held = found(&request, usize::MAX);
        assert_eq!(held.len(), 9);
        assert!(held.iter().any(|of| *of != held[0]), "luck plays no part in {held:?}");
        let HoldingRequest { config, learning_rates, shuffles } = request.clone();
        let row = RowRequest { config, learning_rates, target: 1e-3, shuffles };
        let all = row.outcomes(&Shared::default()).expect("a row").diverges;
        for part in [0.12, 0.5, 0.9] {
            // A run that diverges at a rate now and then holds at the next one, so the two may be a rate apart.
            let holding = all.iter().take_while(|diverging| f64::from(**diverging) <= part).count();
            let rate = largest(&row.learning_rates, &held, part).expect("a rate");
            let place = row.learning_rates.iter().position(|known| *known == rate).expect("one of them") + 1;
            assert!(place.abs_diff(holding) <= 1, "batches of {batch_size}, {part}: {held:?} {all:?}");
        }
        // And each shuffle by itself, run at the rate that holds and at the one that does not.
        for (number, &held) in (0..).zip(&held) {
            let tried: Vec<usize> = (held.saturating_sub(1) as usize..row.learning_rates.len()).take(2).collect();
            let rates = tried.iter().map(|&place| row.learning_rates[place]).collect();
            let pair = RowRequest { learning_rates: rates, ..row.clone() };
            let mut sweep = pair.sweep(number, &Shared::default()).expect("a sweep");
            sweep.finish().expect("steps");
            let expected: Vec<bool> = tried.iter().map(|&place| place >= held as usize).collect();
            assert_eq!(sweep.diverges(), expected, "shuffle {number} of batches of {batch_size}");
        }
    }
}

#[test]
fn slices_change_nothing_and_ends_are_found() {
    let config = Config { epochs: 4, samples: 60, batch_size: 4, ..Config::default() };
    let request =
        HoldingRequest { config, learning_rates: (1..30).map(|i| 0.05 * f64::from(i)).collect(), shuffles: 5 };
    assert_eq!(found(&request, 7), found(&request, usize::MAX));
    let of = |learning_rates: Vec<f64>| found(&HoldingRequest { learning_rates, ..request.clone() }, 100);
    assert_eq!(of(vec![1e-3, 1e-2]), [2; 5]);
    assert_eq!(of(vec![8.0, 9.0, 10.0]), [0; 5]);
    assert_eq!(of(Vec::new()), [0; 5]);
    assert_eq!(found(&HoldingRequest { shuffles: 0, ..request.clone() }, 100), [] as [u32; 0]);
    let bad = HoldingRequest { learning_rates: vec![f64::NAN], ..request };
    assert!(Holding::new(bad).advance(10, &Shared::default()).is_err());
}

#[test]
fn the_largest_rate_that_most_shuffles_bear() {
    let rates = [0.1, 0.2, 0.3, 0.4];
    let held = [4, 1, 2, 2];
    // one may diverge, two may, none may, all may
    assert_eq!(
        [0.25, 0.5, 0.2, 1.0].map(|part| largest(&rates, &held, part)),
        [Some(0.2), Some(0.2), Some(0.1), Some(0.4)]
    );
    assert_eq!(largest(&rates, &[0, 0, 3], 0.5), None);
    assert_eq!(largest(&[], &[0, 0], 0.5), None);
}
