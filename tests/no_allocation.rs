//! A compiled step allocates nothing while it runs, whichever program, optimizer and schedule it comes from.

use thetahat::lecture::config::{Config, Optimizer, Program, Schedule};
use thetahat::lecture::programs::step_program;

fn check(rows: usize, config: &Config) {
    let mut step = step_program(config.program).lower(rows, config).expect("the step compiles");
    let (inputs, outputs) = (step.in_avals().len(), step.out_avals().len());
    // the state, all leaves of which are both input and output
    let state = outputs - 1;
    (0..state).for_each(|i| step.donate(i, i).expect("the state goes in and comes out"));
    step.input_f32_mut(state).fill(0.5);
    step.input_f32_mut(state + 1).fill(1.0);
    step.input_f32_mut(inputs - 1).fill(0.01);
    let before = step.output(state)[0];
    let allocations = allocation_counter::measure(|| (0..100).for_each(|_| step.run()));
    assert_eq!(allocations.count_total, 0, "{rows} rows for {config:?}");
    assert_ne!(before, step.output(state)[0], "the step ran");
}

#[test]
fn a_compiled_step_allocates_nothing() {
    for (rows, features) in [(16, 2), (4, 2), (1, 2), (64, 1), (500, 9), (40, 3)] {
        check(rows, &Config { features, ..Config::default() });
    }
    for &program in Program::ALL {
        for &optimizer in Optimizer::ALL {
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
