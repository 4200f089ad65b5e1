//! Steps that are taken apart after the run are the steps that were taken.

use proptest::prelude::*;
use thetahat::jax::{Array, jit};
use thetahat::lecture::programs::raw::vectorized_residuals;
use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::run::rates::Rates;
use thetahat::lecture::run::recording::{Chunk, MEMORY_LIMIT, stride, thinning_sentence};
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::{Approach, Branch, Config, ModuleKind, Optimizer, Program, Schedule, Start};
use thetahat::page::view::PINS_LIMIT;

fn whole(config: &Config, shared: &Shared) -> (Trainer, Chunk) {
    let mut trainer = Trainer::with(config, shared).expect("a valid configuration");
    let chunk = trainer.advance(usize::MAX).expect("steps");
    (trainer, chunk)
}

fn bits(values: &[f32]) -> Vec<u32> {
    values.iter().map(|x| x.to_bits()).collect()
}

fn choice<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    (0..all.len()).prop_map(move |i| all[i])
}

fn configs() -> impl Strategy<Value = Config> {
    let shape = (1..60_usize, 1..5_usize, 1..25_usize, 1..5_usize);
    let choices = (choice(Program::ALL), choice(Optimizer::BY_RATE), choice(Schedule::ALL), choice(Start::ALL));
    let branch = proptest::option::of((0..30_usize, choice(Optimizer::BY_RATE), choice(Schedule::ALL)));
    (shape, choices, branch, -5..1000_i64).prop_map(|(shape, choices, branch, seed)| {
        let (samples, features, batch_size, epochs) = shape;
        let (program, optimizer, schedule, start) = choices;
        let mut config = Config {
            program,
            seed,
            samples,
            features,
            batch_size,
            epochs,
            optimizer,
            schedule,
            start,
            learning_rate: 0.05,
            print_every: 2,
            ..Config::default()
        };
        let last = config.planned_steps();
        config.branch = branch.map(|(step, optimizer, schedule)| Branch {
            step: step.min(last),
            learning_rate: 0.02,
            optimizer,
            schedule,
        });
        config
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Any step, in any order, also in the middle of the run.
    #[test]
    fn a_step_taken_apart_is_the_step_that_was_taken(config in configs(), picks in prop::collection::vec(0..1000_usize, 4)) {
        let shared = Shared::default();
        let (_, all) = whole(&config, &shared);
        let mut trainer = Trainer::with(&config, &shared).expect("a valid configuration");
        let half = config.steps() / 2;
        let mut recorded = trainer.advance(half).expect("steps");
        for pick in &picks {
            if half == 0 {
                prop_assert!(trainer.inspect(*pick).is_err());
                continue;
            }
            let step = pick % half;
            let inspection = trainer.inspect(step).expect("a step that was taken");
            prop_assert_eq!(inspection.step, step);
            prop_assert_eq!(inspection.after.loss.to_bits(), all.losses[step].to_bits());
            prop_assert_eq!(inspection.after.norm.to_bits(), all.norms[step].to_bits());
            prop_assert_eq!(inspection.after.least_squares_norm.to_bits(), all.least_squares_norms[step].to_bits());
            let before = inspection.before.map(|before| [before.loss, before.norm, before.least_squares_norm]);
            let recorded = step.checked_sub(1).map(|last| [all.losses[last], all.norms[last], all.least_squares_norms[last]]);
            prop_assert_eq!(before.map(|before| bits(&before)), recorded.map(|recorded| bits(&recorded)));
            let m = config.features;
            prop_assert_eq!(bits(&inspection.columns.params_after), bits(&all.params[step * m..][..m]));
            if step > 0 && config.branch.as_ref().is_none_or(|branch| branch.step != step) {
                prop_assert_eq!(bits(&inspection.columns.params), bits(&all.params[(step - 1) * m..][..m]));
            }
            let mut order = inspection.columns.order.clone();
            order.sort_unstable();
            prop_assert!(order.iter().enumerate().all(|(i, &row)| row == i as u32));
            prop_assert!(inspection.first + inspection.rows <= config.samples && inspection.rows > 0);
        }
        recorded.append(trainer.advance(usize::MAX).expect("steps"));
        prop_assert_eq!(recorded, all, "looking back changed the run");
    }
}

#[test]
fn from_the_same_start_all_programs_take_the_same_path() {
    let run = |program| {
        let config = Config { program, start: Start::Same, epochs: 3, ..Config::default() };
        whole(&config, &Shared::default()).1
    };
    let raw = run(Program::Raw);
    for program in [
        Program::Vmap,
        Program::Module(ModuleKind::Linear),
        Program::Module(ModuleKind::MyLinear),
        Program::Module(ModuleKind::Split),
    ] {
        let other = run(program);
        println!("{program}: {}", bits(&other.params) == bits(&raw.params));
        let close = raw.params.iter().zip(&other.params).all(|(a, b)| (a - b).abs() < 1e-5);
        assert!(close, "{program}");
    }
    assert_eq!(bits(&run(Program::Vmap).params), bits(&raw.params));
    assert_eq!(
        bits(&run(Program::Module(ModuleKind::Split)).params),
        bits(&run(Program::Module(ModuleKind::Linear)).params)
    );
}

#[test]
fn the_state_prints_as_each_program_sees_it() {
    let bindings = |program, optimizer| {
        let config = Config { program, optimizer, epochs: 1, start: Start::Same, ..Config::default() };
        let (mut trainer, _) = whole(&config, &Shared::default());
        let state = trainer.inspect(0).expect("the first step").state;
        state.into_iter().map(|binding| format!("{} = {}", binding.name, binding.value)).collect::<Vec<_>>()
    };
    assert_eq!(
        bindings(Program::Raw, Optimizer::Adam),
        [
            "params = Array([-0.21089035, -1.3627948 ], dtype=float32)",
            "opt_state = (ScaleByAdamState(count=Array(0, dtype=int32), mu=Array([0., 0.], dtype=float32), \
             nu=Array([0., 0.], dtype=float32)), EmptyState())",
        ]
    );
    let module = bindings(Program::Module(ModuleKind::MyLinear), Optimizer::Sgd);
    assert!(module[0].starts_with("model = MyLinear( # Param: 2 (8 B)\n"), "{}", module[0]);
    assert!(module[1].starts_with("nnx.graphdef(model) = GraphDef(nodes=[NodeDef("), "{}", module[1]);
    assert!(module[2].starts_with("nnx.state(model) = State({\n  'kernel': Param( # 2 (8 B)\n"), "{}", module[2]);
    assert!(module[3].starts_with("optimizer = Optimizer( # OptState: 1 (4 B)"), "{}", module[3]);
}

#[test]
fn gradients_are_those_of_the_loss() {
    let (mut trainer, _) = whole(&Config { epochs: 1, ..Config::default() }, &Shared::default());
    let inspection = trainer.inspect(5).expect("a step");
    let data = trainer.data().clone();
    let rows: Vec<i32> =
        inspection.columns.order[inspection.first..][..inspection.rows].iter().map(|&row| row.cast_signed()).collect();
    let rows = Array::from_i32(&rows, &[rows.len()]);
    let params = Array::new(&inspection.columns.params, &[2]);
    let loss = jit(vectorized_residuals)(&params, &data.x.take(&rows), &data.y.take(&rows));
    assert_eq!(loss.item().expect("a loss").to_bits(), inspection.after.loss.to_bits());
    assert_eq!(inspection.learning_rate, Some(0.001));
    let quadratic = |theta: &[f32]| -> f64 {
        let d: Vec<f64> = theta.iter().zip(&inspection.batch_minimiser).map(|(&t, m)| f64::from(t) - m).collect();
        let h = &inspection.batch_hessian;
        0.5 * (h[0] * d[0] * d[0] + 2.0 * h[1] * d[0] * d[1] + h[3] * d[1] * d[1])
    };
    let step = 1e-3;
    for i in 0..2 {
        let shifted = |by: f32| {
            let mut theta = inspection.columns.params.clone();
            theta[i] += by;
            quadratic(&theta)
        };
        let slope = (shifted(step) - shifted(-step)) / (2.0 * f64::from(step));
        assert!((slope - f64::from(inspection.columns.gradient[i])).abs() < 1e-2, "{slope}");
    }
}

#[test]
fn a_long_run_is_recorded_within_its_memory() {
    let config = Config { samples: 10, batch_size: 1, epochs: 100_000, ..Config::default() };
    assert_eq!(stride(&Config { epochs: 20_000, ..config.clone() }), 1);
    let config = Config { epochs: 10_000, features: 128, samples: 100, ..config };
    assert_eq!(stride(&config), 63);
    let mut long = Config { epochs: 200, samples: 10_000, features: 8, ..config };
    long.batch_size = 1;
    assert_eq!(stride(&long), 11);
    // the columns, the full batch, a run with a step made otherwise, and pins
    assert!((Approach::ALL.len() + 2 + PINS_LIMIT) * MEMORY_LIMIT <= 72 << 20);
    let (mut trainer, chunk) = whole(&Config { epochs: 38, ..long.clone() }, &Shared::default());
    assert_eq!((chunk.stride, chunk.losses.len(), chunk.params.len()), (2, 190_000, 1_520_000));
    assert!(thinning_sentence(trainer.config()).is_some_and(|sentence| sentence.contains("one step in 2 is recorded")));
    assert_eq!(thinning_sentence(&Config::default()), None);
    let inspection = trainer.inspect(379_999).expect("the last step");
    assert_eq!(bits(&inspection.columns.params_after), bits(&chunk.params[1_519_992..]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn the_rates_that_a_run_announces_are_those_of_its_steps(config in configs()) {
        let (mut trainer, _) = whole(&config, &Shared::default());
        let (rates, total) = (trainer.problem().rates.clone(), config.planned_steps());
        prop_assert_eq!(rates.of(0, total), None);
        for step in (1..=config.steps()).step_by(config.steps().div_ceil(7).max(1)) {
            let inspection = trainer.inspect(step - 1).expect("a step");
            // inside of a compiled step the schedule is rounded otherwise, up to an ulp of its largest factor
            let [announced, taken] = [rates.of(step, total), inspection.learning_rate].map(Option::unwrap_or_default);
            prop_assert!((announced - taken).abs() <= 4.0 * f32::EPSILON * rates.values.iter().copied().fold(taken, f32::max), "step {}: {} {}", step, announced, taken);
        }
    }
}

#[test]
fn the_rates_of_a_long_run_are_thinned_and_none_is_guessed() {
    let config = Config { schedule: Schedule::Cosine, batch_size: 1, epochs: 60, ..Config::default() };
    let (rates, total) = (Rates::new(&config).expect("rates"), config.planned_steps());
    assert!(rates.values.len() <= 8192 && rates.stride > 1);
    assert_eq!((rates.of(1, total), rates.of(total, total)), (None, rates.values.last().copied()));
    assert_eq!(rates.of(rates.stride, total), rates.values.first().copied());
}
