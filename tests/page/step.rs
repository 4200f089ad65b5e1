//! The lines of a step that stand beside the plane: each is a whole statement, whatever the program and the optimizer.

use thetahat::lecture::python::listing;
use thetahat::lecture::settings::config::{Config, Optimizer, Program};
use thetahat::page::step::{step_lines, step_name};

#[test]
fn a_step_is_named_by_the_values_that_are_shown() {
    assert_eq!(step_name(0, true, Some(7)), "start");
    assert_eq!(step_name(1049, false, Some(1043)), "step 1,049");
    assert_eq!(step_name(1049, true, Some(1043)), "step 1,043");
    assert_eq!(step_name(1049, true, None), "step 1,049");
}

#[test]
fn each_line_of_a_step_is_a_whole_statement() {
    for &program in Program::ALL {
        for &optimizer in Optimizer::ALL {
            let config = Config { optimizer, batch_size: 500, ..Config::lecture(program) };
            for line in step_lines(&listing(&config)) {
                let count = |bracket: char| line.code.matches(bracket).count();
                assert_eq!(count('('), count(')'), "{program:?}, {optimizer:?}: {}", line.code);
                assert!(!line.code.starts_with(')'), "{program:?}, {optimizer:?}: {}", line.code);
            }
        }
    }
}

#[test]
fn the_update_of_l_bfgs_is_shown_with_all_that_it_takes() {
    let config = Config { optimizer: Optimizer::Lbfgs, batch_size: 500, ..Config::lecture(Program::Raw) };
    let codes: Vec<String> = step_lines(&listing(&config)).into_iter().map(|line| line.code).collect();
    let update = "updates, opt_state = optimizer.update(grads, opt_state, params, value=loss_value, grad=grads, value_fn=value_fn)";
    assert!(codes.iter().any(|code| code == update), "{codes:#?}");
}
