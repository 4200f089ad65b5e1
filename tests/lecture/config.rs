//! Every setting that makes no sense is refused in one sentence, the same for the command line, the page and links.

use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::{Branch, Config, Optimizer, Program, Schedule, Start};

fn refusal(config: &Config) -> String {
    let sentence = config.validate().expect_err("it makes no sense").to_string();
    assert_eq!(Trainer::new(config).expect_err("the trainer refuses it, too").to_string(), sentence);
    sentence
}

#[test]
fn what_makes_no_sense_is_refused_in_a_sentence() {
    let of = |change: fn(&mut Config)| {
        let mut config = Config::default();
        change(&mut config);
        refusal(&config)
    };
    let whole = |name: &str, value: &str, range: &str| format!("{name} is {value}, but it must be an integer {range}");
    let real = |name: &str, value: &str, range: &str| format!("{name} is {value}, but it must be a number {range}");
    assert_eq!(of(|c| c.batch_size = 0), whole("Batch size", "0", "from 1 to 100,000"));
    assert_eq!(of(|c| c.features = 0), whole("Features M", "0", "from 1 to 128"));
    assert_eq!(of(|c| c.samples = 100_001), whole("Samples N", "100001", "from 1 to 100,000"));
    assert_eq!(of(|c| c.epochs = 0), whole("Epochs", "0", "from 1 to 10,000"));
    assert_eq!(of(|c| c.print_every = 0), whole("Print every", "0", "of at least 1"));
    assert_eq!(of(|c| c.learning_rate = f64::NAN), real("Learning rate", "NaN", "from 0.00001 to 10"));
    assert_eq!(of(|c| c.learning_rate = f64::INFINITY), real("Learning rate", "infinite", "from 0.00001 to 10"));
    assert_eq!(of(|c| c.sigma = -1.0), real("Noise σ", "−1", "from 0 to 100"));
    assert_eq!(of(|c| c.stretch = 0.5), real("Stretch feature 2", "0.5", "from 1 to 10"));
    assert_eq!(
        of(|c| (c.samples, c.features) = (100_000, 128)),
        "Samples N is 100,000, but with 128 features at most 31,250 fit in memory; use fewer of one of them"
    );
    assert_eq!(
        of(|c| (c.batch_size, c.epochs) = (1, 10_000)),
        "Epochs is 10,000, but that makes 5,000,000 steps, and at most 2,000,000 can be recorded; use fewer epochs or larger batches"
    );
    assert_eq!(
        of(|c| c.theta_0 = Some(vec![1.0])),
        "Starting point is [1.0], but it needs one number for each of the 2 features"
    );
    assert_eq!(of(|c| c.theta_0 = Some(vec![1.0, f32::NAN])), "Starting point is NaN, but its numbers must be finite");
    let branch = |step, learning_rate| {
        Some(Branch { step, learning_rate, optimizer: Optimizer::Adam, schedule: Schedule::Constant })
    };
    let at = |step, learning_rate| refusal(&Config { branch: branch(step, learning_rate), ..Config::default() });
    assert_eq!(at(6433, 0.1), "Branch at step is 6,433, but the run has only 6,432 steps");
    assert_eq!(at(5, 0.0), real("Learning rate from the branch on", "0", "from 0.00001 to 10"));
}

#[test]
fn unknown_names_are_refused_with_those_that_are_known() {
    let sentence = "adam2".parse::<Optimizer>().expect_err("no such optimizer").to_string();
    assert_eq!(sentence, "Optimizer is “adam2”, but it must be one of sgd, momentum, nesterov, adam, lbfgs");
    for (name, found) in Program::ALL.iter().map(|p| (p.name(), p.name().parse() == Ok(*p))) {
        assert!(found, "{name}");
    }
    assert!(Schedule::ALL.iter().all(|choice| choice.to_string().parse() == Ok(*choice)));
    assert!(
        Start::ALL.iter().all(|choice| serde_json::to_string(choice).is_ok_and(|text| text == format!("\"{choice}\"")))
    );
}

#[test]
fn a_batch_above_n_is_one_full_batch() {
    let config = Config { batch_size: 512, ..Config::default() };
    assert_eq!((config.rows_per_batch(), config.steps_per_epoch(), config.steps()), (500, 1, 201));
    assert_eq!(config.validate(), Ok(()));
}
