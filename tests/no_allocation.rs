//! A compiled epoch allocates nothing while it runs, whichever program, optimizer and schedule it comes from.

use thetahat::lecture::data::simulation::Simulation;
use thetahat::lecture::programs::step_program::{rate, step_program};
use thetahat::lecture::run::recorded_step::RecordedStep;
use thetahat::lecture::settings::config::{Config, Optimizer, Program, Schedule};

fn check(rows: usize, config: &Config) {
    let mut step = RecordedStep::new(rows, config).expect("the step compiles");
    let simulation = Simulation::new(config).expect("a valid configuration");
    let start = step_program(config.program).start(&simulation.theta_0(config), config).expect("a state");
    let mut state: Vec<Vec<u32>> = start.iter().map(|array| array.to_words().expect("words")).collect();
    let order: Vec<u32> = (0..100 * rows as u32).map(|i| i % config.samples as u32).collect();
    let mut records = vec![0.0; 100 * (config.features + 2)];
    let rates = [rate(config).item().expect("a number")];
    let allocations = allocation_counter::measure(|| {
        step.run(&rates, &simulation.data, &order, &mut state, &mut records).expect("it runs");
    });
    assert!(allocations.count_total < 10, "{} for {rows} rows of {config:?}", allocations.count_total);
    assert_ne!(records[0], records[config.features + 2], "the steps ran");
}

#[test]
fn a_compiled_step_allocates_nothing() {
    for (rows, features) in [(16, 2), (4, 2), (1, 2), (64, 1), (500, 9), (40, 3)] {
        check(rows, &Config { features, ..Config::default() });
    }
    for &program in Program::ALL {
        for &optimizer in Optimizer::BY_RATE {
            for &schedule in Schedule::ALL {
                check(16, &Config { program, optimizer, schedule, ..Config::default() });
            }
        }
    }
    assert!(
        allocation_counter::measure(|| drop(std::hint::black_box(vec![0_u8; 100]))).count_total > 0,
        "the counter counts"
    );
}
