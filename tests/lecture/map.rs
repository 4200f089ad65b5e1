//! Maps: how learning rates and batch sizes are spread, and that rows have the bits of single runs.

use thetahat::lecture::data::simulation::Simulation;
use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::run::map::{Map, RowRequest};
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::{Config, Optimizer};
use thetahat::lecture::verdict::divergence::finding;
use thetahat::lecture::verdict::stability::Stability;

#[test]
fn batch_sizes_differ_and_are_spread_by_their_logarithms() {
    let sizes = Map::lecture().batch_sizes;
    assert_eq!((sizes.len(), sizes[0], sizes[63]), (64, 1, 500));
    assert!(sizes.is_sorted_by(|a, b| a < b), "{sizes:?}");
    let factors = sizes.windows(2).filter(|pair| pair[0] >= 40).map(|pair| pair[1] as f64 / pair[0] as f64);
    assert!(factors.clone().count() > 30 && factors.clone().all(|factor| (1.04..1.1).contains(&factor)), "{sizes:?}");
    let few = Map::new(&Config { samples: 5, ..Config::default() }, [0.01, 1.0], 9);
    assert_eq!((few.batch_sizes, few.learning_rates.len()), (vec![1, 2, 3, 4, 5], 9));
    assert_eq!(Map::between(&few.config, [0.01, 1.0], [2, 4], 9).batch_sizes, [2, 3, 4]);
    assert_eq!((few.learning_rates[0], few.learning_rates[4], few.learning_rates[8]), (0.01, 0.1, 1.0));
}

#[test]
fn a_row_has_the_bits_of_single_runs() {
    let config = Config { epochs: 3, ..Config::default() };
    let map = Map { config, learning_rates: vec![1e-3, 0.3, 1e-2, 1.0, 0.05], ..Map::lecture() };
    for batch_size in [1, 7, 500] {
        let row = map.row(batch_size);
        let outcomes = row.outcomes(&Shared::default()).expect("a row");
        for (i, &learning_rate) in map.learning_rates.iter().enumerate() {
            let config = Config { learning_rate, ..row.config.clone() };
            let run = Trainer::new(&config).expect("a run").advance(usize::MAX).expect("steps");
            let alone = [run.losses.last(), run.norms.last()].map(|x| x.map(|x| x.to_bits()));
            assert_eq!([outcomes.losses[i], outcomes.norms[i]].map(|x| Some(x.to_bits())), alone);
        }
    }
    assert_eq!(map.steps(), map.batch_sizes.iter().map(|size| 3 * 500_usize.div_ceil(*size) * 5).sum::<usize>());
}

#[test]
fn what_is_noted_of_a_row_is_what_single_runs_say() {
    let config = Config { epochs: 12, ..Config::default() };
    let rates = vec![1e-3, 0.05, 0.3, 0.9, 1.05, 1.3, 4.0];
    for (batch_size, optimizer) in [(4, Optimizer::Sgd), (16, Optimizer::Momentum), (500, Optimizer::Sgd)] {
        let config = Config { batch_size, optimizer, ..config.clone() };
        let row = RowRequest { config, learning_rates: rates.clone(), target: 0.05, shuffles: 1 };
        let outcomes = row.outcomes(&Shared::default()).expect("a row");
        for (i, &learning_rate) in rates.iter().enumerate() {
            let mut trainer = Trainer::new(&Config { learning_rate, ..row.config.clone() }).expect("a run");
            let run = trainer.advance(usize::MAX).expect("steps");
            let reached = run.norms.iter().position(|&norm| norm < row.target).map_or(0, |step| step + 1);
            assert_eq!(outcomes.reached[i], reached as f32, "rate {learning_rate}");
            let diverges = finding(&run, trainer.problem()).diverges();
            assert_eq!(outcomes.diverges[i] > 0.0, diverges, "rate {learning_rate}, batches of {batch_size}");
        }
    }
}

#[test]
fn other_shuffles_have_the_same_data_and_start_and_the_first_is_the_programs_own() {
    let config = Config { epochs: 4, sigma: 1.0, ..Config::default() };
    let row = RowRequest { config, learning_rates: vec![0.05, 0.9], target: 0.05, shuffles: 16 };
    let shared = Shared::default();
    let all = row.outcomes(&shared).expect("a row");
    let own = RowRequest { shuffles: 1, ..row.clone() }.outcomes(&shared).expect("a row");
    assert_eq!((&all.norms, &all.losses), (&own.norms, &own.losses));
    assert!(all.spread[0] > 1.01 && all.spread[1] > all.spread[0], "{:?}", all.spread);
    let full = RowRequest { config: Config { batch_size: 500, ..row.config.clone() }, ..row.clone() };
    let spread = full.outcomes(&shared).expect("a row").spread[0];
    assert!((spread - 1.0).abs() < 1e-4, "a full batch is the same in any order, but for rounding, not {spread}");
}

#[test]
fn the_border_of_the_map_lies_where_theory_has_it() {
    let shared = Shared::default();
    for optimizer in [Optimizer::Sgd, Optimizer::Momentum] {
        for (batch_size, epochs) in [(1, 12), (4, 30), (64, 150), (500, 800)] {
            let config = Config { batch_size, epochs, optimizer, ..Config::default() };
            let simulation = Simulation::new(&config).expect("data");
            let limits = Stability::of(&config, &simulation).expect("limits").remove(0);
            let (safe, wild) = (limits.mean_square.expect("a limit"), limits.typical.expect("a limit"));
            let rates = vec![0.85 * safe, 1.15 * wild];
            let row = RowRequest { config, learning_rates: rates, target: 1e-3, shuffles: 5 };
            let diverges = row.outcomes(&shared).expect("a row").diverges;
            assert!(diverges[0] == 0.0 && diverges[1] == 1.0, "{optimizer}, batches of {batch_size}: {diverges:?}");
        }
    }
}
