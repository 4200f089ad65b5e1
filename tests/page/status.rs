//! What is said of a figure, of two courses, and of settings beside the others.

use thetahat::lecture::settings::config::{Approach, Config, Optimizer};
use thetahat::page::figures::what_if::table;
use thetahat::page::hints::hint;
use thetahat::page::runs::{Board, Target};
use thetahat::page::status::caption;
use thetahat::page::view::WhatIf;
use thetahat::worker::protocol::{Change, Chunk, Edit, Problem};

/// Two runs with these losses.
fn board(losses: [f32; 2]) -> Board {
    let mut board = Board::default();
    let wanted = [Approach::Raw, Approach::Module].map(|approach| (Target::Shown(approach), Config::default()));
    board.ask(1, wanted.to_vec(), &[]);
    for (run, loss) in losses.into_iter().enumerate() {
        board.start(run, Problem::default());
        board.take(run, Chunk { losses: vec![loss], ..Chunk::default() });
    }
    board
}

#[test]
fn a_caption_names_the_run_that_it_speaks_of_where_another_one_differs() {
    let said = |losses| caption(&board(losses), |shown| format!("Ends at {}.", shown.steps.losses[0]));
    let both = |short: &str, long: &str| Some((short.to_owned(), long.to_owned()));
    assert_eq!(said([0.5, 0.5]), both("Ends at 0.5.", "Ends at 0.5."));
    assert_eq!(said([0.5, 0.25]), both("raw: Ends at 0.5.", "raw: Ends at 0.5.\nmodule: Ends at 0.25."));
    assert_eq!(caption(&Board::default(), |_| String::new()), None);
}

#[test]
fn settings_that_mean_something_else_beside_the_others_say_so() {
    let lectures = Config::default();
    for key in ["lr", "batch", "schedule", "theta0", "epochs", "none"] {
        assert_eq!(hint(key, &lectures), None, "{key}");
    }
    let small = Config { samples: 10, batch_size: 16, features: 4, ..Config::default() };
    assert_eq!(hint("batch", &small).as_deref(), Some("Larger than the data: each batch has all 10 rows."));
    assert_eq!(hint("theta0", &small).as_deref(), Some("The first 2 of 4 numbers; the others stay as they are."));
    let searched = Config { optimizer: Optimizer::Lbfgs, batch_size: 500, ..Config::default() };
    assert!(hint("lr", &searched).is_some() && hint("schedule", &searched).is_some());
    assert_eq!(hint("batch", &searched), None, "the whole data is no more than the data");
}

#[test]
fn both_courses_are_a_table_once_both_are_there() {
    let edit = Edit { step: 1, change: Change::Dropped };
    let what_if = WhatIf { approach: Approach::Raw, edit };
    let mut board = Board::default();
    let wanted = [Target::Shown(Approach::Raw), Target::Edited(edit)].map(|target| (target, Config::default()));
    board.ask(1, wanted.to_vec(), &[]);
    let courses = [[2.0, 1.0, 0.5], [2.0, 2.0, 1.0]];
    for (run, norms) in courses.into_iter().enumerate() {
        assert!(table(&board, what_if).rows.is_empty());
        board.start(run, Problem::default());
        // the true parameters are far away along the first axis
        let params = norms.iter().flat_map(|norm| [-norm, 0.0]).collect();
        board.take(run, Chunk { losses: vec![0.0; 3], norms: norms.to_vec(), params, ..Chunk::default() });
    }
    let table = table(&board, what_if);
    assert_eq!((table.key, table.columns), ("step", ["apart", "raw", "what if"].map(str::to_owned).to_vec()));
    let rows: Vec<_> = table.rows.into_iter().map(|row| (row.at, row.values)).collect();
    let row = |values: [f64; 3]| values.map(Some).to_vec();
    assert_eq!(rows, [(1, row([0.0, 2.0, 2.0])), (2, row([1.0, 1.0, 2.0])), (3, row([0.5, 0.5, 1.0]))]);
}
