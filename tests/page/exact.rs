//! In a recording that is too long to keep every step, every panel shows the step at the playhead, not a neighbour of it.

use thetahat::lecture::run::recording::stride;
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::{Approach, Config};
use thetahat::page::asked::Asked;
use thetahat::page::figures::curves::Which;
use thetahat::page::figures::plane::{Cut, with_chart};
use thetahat::page::runs::{Board, Target};
use thetahat::page::view::{Charts, Shown};
use thetahat::plot::{Theme, curves_readings};
use thetahat::worker::protocol::RunRef;

/// A million steps, one in three recorded. The loss of step 10 was printed by the command line; 4.2656226 is that of step 9.
fn long() -> Config {
    Config { samples: 10_000, batch_size: 1, epochs: 100, learning_rate: 0.01, ..Config::default() }
}

fn board(config: &Config, trainer: &mut Trainer) -> Board {
    let mut board = Board::default();
    board.ask(1, vec![(Target::Shown(Approach::Raw), config.clone())], &[]);
    board.start(0, trainer.problem().clone());
    board.take(0, trainer.advance(30).expect("steps"));
    board
}

fn readings(board: &Board, asked: &Asked, step: usize) -> Vec<f32> {
    let read = |which: Which| {
        which.with_chart((board, asked, None), &Charts::default(), &Theme::light(1.0), false, |chart| {
            curves_readings(chart, step).iter().filter_map(|reading| reading.value).collect::<Vec<f32>>()
        })
    };
    [read(Which::Loss), read(Which::Distance)].concat()
}

#[test]
fn charts_show_the_exact_step_of_a_thinned_recording() {
    let config = long();
    assert_eq!(stride(&config), 3);
    let mut trainer = Trainer::new(&config).expect("a valid configuration");
    let board = board(&config, &mut trainer);
    let mut asked = Asked::default();
    assert_eq!(readings(&board, &asked, 10)[0], 4.265_622_6, "as long as step 10 is not known");

    let step = trainer.inspect(9).expect("a step that was taken");
    let (params, after) = (step.columns.params_after.clone(), step.after);
    asked.take(&board, Shown::only(Approach::Raw), RunRef { ask: 1, run: 0 }, step);
    let [loss, to_least, norm] = readings(&board, &asked, 10)[..] else { panic!("three curves") };
    assert_eq!(loss, 0.753_883_8);
    assert_eq!([to_least, norm], [after.least_squares_norm, after.norm]);

    // every one of a run that is short enough is recorded, and reads the same
    let mut short = Trainer::new(&Config { epochs: 1, ..config.clone() }).expect("a valid configuration");
    let all = short.advance(30).expect("steps");
    assert_eq!((loss, norm, to_least), (all.losses[9], all.norms[9], all.least_squares_norms[9]));
    assert_eq!(params, all.params[18..20]);
    // before its loss has come, the step before stands there
    assert_eq!(readings(&board, &asked, 9)[0], all.losses[8]);

    let cut = Cut::new(&board.first().expect("a run").problem, &Charts::default(), None);
    let known = with_chart((&board, &asked), &cut, &Theme::light(1.0), |chart| {
        chart.paths[0].exact == [(9, &all.params[16..18]), (10, &all.params[18..20])]
    });
    assert_eq!(known, Some(true));
}

#[test]
fn a_step_of_an_earlier_run_is_not_taken_for_one_of_this() {
    let config = long();
    let mut trainer = Trainer::new(&config).expect("a valid configuration");
    let mut asked = Asked::default();
    let mut board = board(&config, &mut trainer);
    let step = trainer.inspect(9).expect("a step that was taken");
    asked.take(&board, Shown::only(Approach::Raw), RunRef { ask: 1, run: 0 }, step);
    assert!(asked.of_run(&board.runs[0]).is_some());
    let other = Config { learning_rate: 0.02, ..config };
    let mut trainer = Trainer::new(&other).expect("a valid configuration");
    board.ask(2, vec![(Target::Shown(Approach::Raw), other)], &[]);
    asked.forget(&[]);
    board.start(0, trainer.problem().clone());
    board.take(0, trainer.advance(30).expect("steps"));
    assert!(asked.of_run(&board.runs[0]).is_none());
    assert!(asked.of(Approach::Raw).is_some(), "it stays where panels show it until the answer has come");
    asked.seen();
    asked.forget(&[Approach::Vmap]);
    assert!(asked.of(Approach::Raw).is_some() && asked.seen().is_none());
    // a program that takes no steps has no step, not that of the program before it
    asked.forget(&[Approach::Raw]);
    assert!(asked.of(Approach::Raw).is_none() && asked.seen() == Some(true));
}
