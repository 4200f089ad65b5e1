//! The limits of learning rates against values that were computed independently, in NumPy, for the lecture's data (seed 42).

use thetahat::lecture::data::simulation::Simulation;
use thetahat::lecture::settings::config::{Branch, Config, Optimizer, Schedule};
use thetahat::lecture::verdict::divergence::Finding;
use thetahat::lecture::verdict::stability::{Mark, Shading, Stability, Zone, explain};

fn limits(config: &Config) -> Stability {
    let simulation = Simulation::new(config).unwrap();
    Stability::of(config, &simulation).unwrap().remove(0)
}

fn with(optimizer: Optimizer, batch_size: usize) -> Stability {
    limits(&Config { optimizer, batch_size, ..Config::default() })
}

#[track_caller]
fn near(found: Option<f64>, expected: f64, tolerance: f64) {
    let found = found.expect("a limit");
    assert!((found / expected - 1.0).abs() <= tolerance, "{found} is not {expected}");
}

#[test]
fn typical_growth_of_gradient_descent_begins_where_it_should() {
    let table = [(1, 0.484), (2, 0.718), (4, 0.93), (16, 1.069), (64, 1.013), (500, 0.973)];
    for (batch_size, expected) in table {
        near(with(Optimizer::Sgd, batch_size).typical, expected, 0.02);
    }
}

#[test]
fn the_mean_square_of_gradient_descent_is_unbounded_where_it_should_be() {
    let table = [(1, 0.267), (2, 0.426), (4, 0.604), (16, 0.857), (64, 0.944)];
    for (batch_size, expected) in table {
        near(with(Optimizer::Sgd, batch_size).mean_square, expected, 0.02);
    }
}

#[test]
fn momentum_has_limits_of_its_own() {
    for (optimizer, full, batch) in [(Optimizer::Momentum, 1.848, 0.60), (Optimizer::Nesterov, 0.660, 0.68)] {
        near(with(optimizer, 500).typical, full, 0.001);
        near(with(optimizer, 16).full_batch, full, 0.001);
        near(with(optimizer, 16).typical, batch, 0.02);
    }
}

/// With one feature and single rows both limits are sums over the rows: a step multiplies the error by 1 − η·h, h = 2x².
#[test]
fn one_feature_can_be_summed_by_hand() {
    for seed in [1, 2, 42] {
        let config = Config { seed, features: 1, batch_size: 1, ..Config::default() };
        let simulation = Simulation::new(&config).unwrap();
        let curvatures: Vec<f64> =
            simulation.data.x.as_f32().unwrap().iter().map(|&x| 2.0 * f64::from(x).powi(2)).collect();
        let squares: f64 = curvatures.iter().map(|h| h * h).sum();
        let found = limits(&config);
        near(found.mean_square, 2.0 * curvatures.iter().sum::<f64>() / squares, 0.005);
        let growth = |rate: f64| curvatures.iter().map(|h| (1.0 - rate * h).abs().ln()).sum::<f64>();
        let typical = found.typical.unwrap();
        assert!(growth(0.97 * typical) < 0.0 && growth(1.03 * typical) > 0.0, "{typical}");
    }
}

#[test]
fn the_fastest_rate_is_marked_only_where_there_is_one() {
    near(with(Optimizer::Sgd, 500).fastest, 0.518, 0.001);
    near(with(Optimizer::Nesterov, 500).fastest, 0.511, 0.002);
    assert_eq!(with(Optimizer::Momentum, 500).fastest, None);
    assert_eq!(with(Optimizer::Adam, 500).fastest, None);
    let names = |limits: &Stability| limits.marks().into_iter().map(|mark| mark.name).collect::<Vec<_>>();
    assert_eq!(names(&with(Optimizer::Sgd, 500)), ["fastest on the full batch", "full-batch limit 2/λmax"]);
    assert_eq!(names(&with(Optimizer::Sgd, 16)), ["mean square limit", "full batch 2/λmax", "typical growth"]);
    assert_eq!(names(&with(Optimizer::Momentum, 500)), ["full-batch limit 2(1+β)/λmax"]);
}

/// What a click takes holds where the limit does.
#[test]
fn rates_of_marks_are_not_beyond_them() {
    let within = |rate: f64| Mark { rate, name: String::new(), about: String::new() }.within();
    let rates = [0.85025, 0.97278, 1.0659, 0.12345, 0.99999, 9.9999, 12.3456, 1.0, 0.5, 0.00123456];
    assert_eq!(rates.map(within), [0.8502, 0.9727, 1.065, 0.1234, 0.9999, 9.999, 12.34, 1.0, 0.5, 0.001234]);
}

#[test]
fn adam_has_no_limit_and_says_why() {
    let adam = with(Optimizer::Adam, 16);
    assert!(adam.marks().is_empty());
    assert_eq!((adam.shading(), adam.zone(5.0)), (Shading::default(), None));
    assert!(adam.about().starts_with("Adam has no such limit: it divides"), "{}", adam.about());
}

#[test]
fn what_the_limits_mean_is_said() {
    let sentence = with(Optimizer::Sgd, 4).about();
    assert!(
        sentence.starts_with("With batches of 4 the mean square error stays bounded below a rate of 0.60"),
        "{sentence}"
    );
    let decaying = limits(&Config { schedule: Schedule::Cosine, ..Config::default() });
    assert!(decaying.about().contains("constant rate"), "{}", decaying.about());
    let between = limits(&Config { batch_size: 4, learning_rate: 0.8, ..Config::default() });
    assert_eq!(between.zone(0.8), Some(Zone::Between));
    let sentence = between.sentence(&Finding::default()).unwrap();
    assert!(sentence.contains("is between 0.60") && sentence.contains("a typical run comes back"), "{sentence}");
    assert_eq!(limits(&Config::default()).sentence(&Finding::default()), None);
    assert_eq!(
        [0.5, 0.9, 1.2].map(|rate| with(Optimizer::Sgd, 16).zone(rate).unwrap()),
        [Zone::Holds, Zone::Between, Zone::Grows]
    );
}

#[test]
fn a_branch_has_limits_of_its_own() {
    let branch =
        Branch { step: 3000, learning_rate: 1.5, optimizer: Optimizer::Nesterov, schedule: Schedule::Constant };
    let config = Config { branch: Some(branch), ..Config::default() };
    let phases = Stability::of(&config, &Simulation::new(&config).unwrap()).unwrap();
    assert_eq!(phases.iter().map(|phase| phase.from).collect::<Vec<_>>(), [0, 3000]);
    assert_eq!(phases.iter().map(|phase| phase.rate).collect::<Vec<_>>(), [0.001, 1.5]);
    near(phases[1].typical, 0.68, 0.02);
    let sentence = explain(&phases, &Finding::default()).unwrap();
    assert!(sentence.starts_with("After step 3,000: Its rate, 1.5, is beyond 0.6"), "{sentence}");
    // at its end a run has no phase to come
    let config = Config { branch: config.branch.map(|branch| Branch { step: 6432, ..branch }), ..config };
    assert_eq!(Stability::of(&config, &Simulation::new(&config).unwrap()).unwrap().len(), 1);
}

/// Directions that the data do not determine are left out: nothing ever changes in them, and that is no growth.
#[test]
fn more_parameters_than_rows_have_limits_too() {
    let found = limits(&Config { samples: 6, features: 10, batch_size: 2, ..Config::default() });
    let (mean_square, typical) = (found.mean_square.unwrap(), found.typical.unwrap());
    assert!(0.0 < mean_square && mean_square <= typical && typical < 2.0 * found.full_batch.unwrap(), "{found:?}");
}

/// However large the data are, the limits cost no more than they may; what is left out is said.
#[test]
fn large_data_are_cut() {
    let found = limits(&Config { features: 128, batch_size: 16, ..Config::default() });
    assert_eq!(found.mean_square, None);
    assert!(found.typical.is_some(), "{found:?}");
    let found = limits(&Config { samples: 2_000, features: 64, batch_size: 1_000, ..Config::default() });
    assert_eq!((found.mean_square, found.typical), (None, None));
    assert!(found.about().contains("too large"), "{}", found.about());
}

#[test]
fn limits_survive_the_way_to_the_page() {
    let found = with(Optimizer::Sgd, 16);
    let bytes = postcard::to_allocvec(&found).unwrap();
    assert_eq!(postcard::from_bytes::<Stability>(&bytes).unwrap(), found);
}
