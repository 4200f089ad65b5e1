//! The screen in words: true of what is shown, other words for other screens, and the loss as a pitch.

use thetahat::lecture::settings::config::{Approach, Config, Program};
use thetahat::page::runs::{Board, Recording, Target};
use thetahat::page::sound::{BEYOND, RANGE, pitch};
use thetahat::page::summary::{Screen, reading, summary};
use thetahat::page::tab::Tab;
use thetahat::worker::protocol::{Chunk, Problem};

fn board(config: &Config, losses: &[f32]) -> Board {
    let mut board = Board::default();
    board.ask(1, vec![(Target::Shown(Approach::Raw), config.clone())], &[]);
    board.start(0, Problem::default());
    let steps =
        Chunk { losses: losses.to_vec(), norms: losses.iter().map(|loss| loss * 2.0).collect(), ..Chunk::default() };
    board.take(0, steps);
    board
}

fn small() -> Config {
    Config { samples: 8, batch_size: 4, epochs: 2, ..Config::default() }
}

fn screen(board: &Board, tab: Tab, step: usize) -> Screen<'_> {
    Screen { tab, board, limits: &[], step, timed: tab.has_time(), playing: false, shown: "" }
}

#[test]
fn the_values_are_those_at_the_playhead() {
    let board = board(&small(), &[4.0, 2.0, 1.0, 0.5]);
    let now = |step| summary(&screen(&board, Tab::Lab, step))[2].clone();
    assert_eq!(
        now(3),
        "Time stands at epoch 1, batch 1 of 2, step 3 of 4. raw in step 3: loss of its batch 1, then distance to the true parameters 2."
    );
    assert!(now(0).ends_with("raw has taken no step there."), "{}", now(0));
    assert!(now(4).contains("raw in step 4: loss of its batch 0.5"), "{}", now(4));
}

#[test]
fn what_is_not_there_is_not_told() {
    let none = Board::default();
    let told = summary(&screen(&none, Tab::Lab, 0));
    assert_eq!(told[2], "Nothing has been computed yet.");
    assert!(!told[3].contains("diverges"));
    let never = board(&Config { program: Program::Raw, epochs: 0, ..small() }, &[]);
    if never.end() == 0 && never.first().is_some() {
        assert!(summary(&screen(&never, Tab::Lab, 0))[3].contains("never takes a step"));
    }
}

#[test]
fn charts_are_read_where_the_playhead_stands() {
    let board = board(&small(), &[4.0, 2.0, 1.0, 0.5]);
    assert_eq!(reading("Loss", &board, 3), "raw 1");
    assert_eq!(reading("Distance to the true parameters", &board, 3), "raw 2");
    assert_eq!(reading("Loss", &board, 0), "");
    assert_eq!(reading("Map", &board, 3), "");
    assert_eq!(reading("Loss", &Board::default(), 3), "");
}

#[test]
fn hints_follow_the_run() {
    let board = board(&small(), &[4.0, 2.0, 1.0, 0.5]);
    let hint = |step, playing| summary(&Screen { playing, ..screen(&board, Tab::Lab, step) })[3].clone();
    assert_ne!(hint(4, false), hint(2, false));
    assert!(hint(2, true).contains("Pause"));
}

#[test]
fn every_tab_has_four_parts_of_its_own() {
    let board = board(&small(), &[4.0, 2.0, 1.0, 0.5]);
    let told: Vec<_> =
        Tab::ALL.iter().map(|tab| summary(&Screen { shown: "Shown now.", ..screen(&board, *tab, 1) })).collect();
    for (place, parts) in told.iter().enumerate() {
        for part in parts {
            assert!(part.ends_with('.') || part.ends_with('?'), "{part}");
            assert!(!part.contains("..") && !part.contains("  "), "{part}");
        }
        assert!(parts[2].contains("Shown now."), "{}", parts[2]);
        assert!(told[..place].iter().all(|other| other[0] != parts[0] && other[1] != parts[1] && other[3] != parts[3]));
    }
}

#[test]
fn a_smaller_loss_has_a_lower_pitch() {
    let losses = vec![8.0, 4.0, 2.0, 1.0];
    let run = Recording { config: small(), steps: Chunk { losses, ..Chunk::default() }, ..Recording::default() };
    let pitches: Vec<f64> = (1..=4).filter_map(|step| pitch(&run, step)).collect();
    assert_eq!(pitches.len(), 4);
    assert!((pitches[0] - RANGE.1).abs() < 1e-9 && (pitches[3] - RANGE.0).abs() < 1e-9, "{pitches:?}");
    // equal factors are equal intervals
    assert!((pitches[0] / pitches[1] - pitches[1] / pitches[2]).abs() < 1e-9, "{pitches:?}");
    assert_eq!(pitch(&run, 0), None);
}

#[test]
fn losses_that_are_no_numbers_sound_as_such() {
    let sound = |losses: Vec<f32>, step| {
        pitch(&Recording { config: small(), steps: Chunk { losses, ..Chunk::default() }, ..Recording::default() }, step)
    };
    assert_eq!(sound(vec![1.0, f32::INFINITY], 2), Some(BEYOND));
    assert_eq!(sound(vec![f32::NAN, f32::NAN], 1), Some(BEYOND));
    // a loss of zero, and one that never changes, are the lowest
    assert_eq!(sound(vec![1.0, 0.0], 2), Some(RANGE.0));
    assert_eq!(sound(vec![0.5, 0.5], 1), Some(RANGE.0));
    assert_eq!(sound(vec![], 1), None);
}
