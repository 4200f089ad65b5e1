//! Runs that are stopped: what is shown of them, and what is said.

use thetahat::lecture::settings::config::{Approach, Config};
use thetahat::page::runs::{Board, Target};
use thetahat::page::status::status;
use thetahat::worker::protocol::{Chunk, Problem, Stats};

fn board() -> Board {
    let mut board = Board::default();
    let wanted = [Approach::Raw, Approach::Vmap].map(|approach| (Target::Shown(approach), Config::default()));
    board.ask(1, wanted.to_vec(), &[]);
    board
}

fn some_steps() -> Chunk {
    Chunk { losses: vec![0.5; 100], ..Chunk::default() }
}

#[test]
fn a_run_that_was_stopped_says_how_far_it_came() {
    let mut board = board();
    assert!(
        !Board::default().is_under_way() && board.is_under_way(),
        "what takes long before its first step can be stopped, too"
    );
    board.start(0, Problem::default());
    board.take(0, some_steps());
    assert!(board.is_under_way());
    assert_eq!(status(&board), "100 of 6,432 steps …");
    board.end_of(7);
    assert!(board.is_under_way(), "another request has ended");
    board.end_of(1);
    assert!(!board.is_under_way() && board.is_cut_short());
    assert_eq!(status(&board), "stopped after 100 of 6,432 steps");
}

#[test]
fn runs_of_earlier_settings_do_not_stay_under_new_ones() {
    let mut board = board();
    for run in 0..2 {
        board.start(run, Problem::default());
        board.take(run, some_steps());
    }
    let changed = Config { learning_rate: 0.02, ..Config::default() };
    let wanted = [Approach::Raw, Approach::Vmap].map(|approach| (Target::Shown(approach), changed.clone()));
    board.ask(2, wanted.to_vec(), &[]);
    board.start(0, Problem::default());
    board.take(0, some_steps());
    board.end_of(2);
    let shown: Vec<_> = board.runs.iter().map(|run| (run.approach, run.recording.config.learning_rate)).collect();
    assert_eq!(shown, [(Approach::Raw, 0.02)]);
    let mut none = Board::default();
    none.ask(3, Vec::new(), &[]);
    none.end_of(3);
    assert_eq!(status(&none), "stopped");
}

#[test]
fn what_has_not_begun_is_not_complete() {
    let mut board = board();
    for run in 0..2 {
        board.start(run, Problem::default());
        board.take(run, some_steps());
        board.finish(run, Stats::default());
        // nobody is told that only one is shown while the other is on its way
        assert_eq!(board.is_complete(), run == 1);
    }
}
