//! Maps: how learning rates and batch sizes are spread, and that rows have the bits of single runs.

use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::run::map::Map;
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::Config;

#[test]
fn batch_sizes_differ_and_are_spread_by_their_logarithms() {
    let sizes = Map::lecture().batch_sizes;
    assert_eq!((sizes.len(), sizes[0], sizes[63]), (64, 1, 500));
    assert!(sizes.is_sorted_by(|a, b| a < b), "{sizes:?}");
    let factors = sizes.windows(2).filter(|pair| pair[0] >= 40).map(|pair| pair[1] as f64 / pair[0] as f64);
    assert!(factors.clone().count() > 30 && factors.clone().all(|factor| (1.04..1.1).contains(&factor)), "{sizes:?}");
    let few = Map::new(&Config { samples: 5, ..Config::default() }, [0.01, 1.0], 9);
    assert_eq!((few.batch_sizes, few.learning_rates.len()), (vec![1, 2, 3, 4, 5], 9));
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
