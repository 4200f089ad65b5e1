//! The limits of learning rates against values that were computed independently, in NumPy, for the lecture's data (seed 42).

use thetahat::lecture::data::simulation::Simulation;
use thetahat::lecture::settings::config::{Branch, Config, Optimizer, Schedule};
use thetahat::lecture::verdict::stability::Stability;

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
        println!("typical {batch_size}: {:?} {expected}", with(Optimizer::Sgd, batch_size).typical);
    }
    for (batch_size, expected) in table {
        near(with(Optimizer::Sgd, batch_size).typical, expected, 0.02);
    }
}

#[test]
fn the_mean_square_of_gradient_descent_is_unbounded_where_it_should_be() {
    let table = [(1, 0.267), (2, 0.426), (4, 0.604), (16, 0.857), (64, 0.944)];
    for (batch_size, expected) in table {
        println!("square {batch_size}: {:?} {expected}", with(Optimizer::Sgd, batch_size).mean_square);
    }
    for (batch_size, expected) in table {
        near(with(Optimizer::Sgd, batch_size).mean_square, expected, 0.02);
    }
}

#[test]
fn momentum_has_limits_of_its_own() {
    for (optimizer, full, batch) in [(Optimizer::Momentum, 1.848, 0.60), (Optimizer::Nesterov, 0.660, 0.68)] {
        println!("{optimizer}: {:?} {:?}", with(optimizer, 500), with(optimizer, 16));
        near(with(optimizer, 500).typical, full, 0.001);
        near(with(optimizer, 16).full_batch, full, 0.001);
        near(with(optimizer, 16).typical, batch, 0.02);
    }
}
