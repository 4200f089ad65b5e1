//! The files that the page writes.

use leptos::prelude::*;

use crate::lecture::python;
use crate::lecture::settings::config::{Approach, Config};
use crate::page::export::{csv, picture_words};
use crate::plot::{Theme, picture};
use crate::ui::app::States;
use crate::ui::lab::plane::PlaneStates;
use crate::ui::lab::{curves, plane};
use crate::web::files::{png, save};

use super::menu::{Chart, What};

/// Points for a CSS pixel of exported pictures, so that curves have no corners.
const FINE: f64 = 8.0;

/// The settings of the first program that is shown, which is the one that is written down.
pub(super) fn first_run(states: States) -> Config {
    let lab = states.lab;
    lab.run(lab.shown.get().iter().next().unwrap_or(Approach::Raw))
}

/// Writes a file, or says that the browser does not let the page do so.
pub(super) fn export(states: States, what: What) {
    let States { page, runs, .. } = states;
    let config = untrack(|| first_run(states));
    let done = match what {
        What::Script => {
            save(&format!("{}.py", config.program), "text/x-python", &python::listing(&config).exported().script())
        }
        What::Notebook => match python::notebook(&config, &printed(states, config.program.approach())) {
            Ok(text) => save(&format!("{}.ipynb", config.program), "application/x-ipynb+json", &text),
            Err(_) => false,
        },
        What::Csv => runs.board.with_untracked(|board| {
            board.first().is_some() && save(&format!("{}.csv", config.program), "text/csv", &csv(board))
        }),
        What::Svg(chart) => save(&format!("{}.svg", chart.file()), "image/svg+xml", &svg(states, chart)),
        What::Png(chart) => png(&format!("{}.png", chart.file()), &svg(states, chart), chart.size(), move || {
            page.say("This browser adds noise to pictures, as a protection against being recognised, and the PNG file has it. The SVG file is clean.");
        }),
    };
    if !done {
        page.say("This browser does not allow the page to save a file.");
    }
}

/// What the run of a column has printed, once it is complete.
pub(super) fn printed(states: States, approach: Approach) -> Vec<String> {
    states.runs.board.with_untracked(|board| {
        let complete = board.of(approach).filter(|_| board.is_complete());
        complete.map(|run| run.steps.lines.clone()).unwrap_or_default()
    })
}

/// A chart as it is on screen, playhead included, as SVG; below it the settings, in words.
pub(super) fn svg(states: States, chart: Chart) -> String {
    let States { page, runs, time, lab, .. } = states;
    let dark = page.dark.get_untracked();
    let theme = if dark { Theme::dark(FINE) } else { Theme::light(FINE) }.for_svg();
    let words = untrack(|| runs.board.with(|board| picture_words(board, time.step())));
    picture(chart.size(), FINE, &words, &theme, |area| {
        untrack(|| match chart {
            Chart::Plane => plane::draw(PlaneStates { lab, runs, time }, area, &theme),
            Chart::Curves(which) => curves::draw(which, (lab, runs, time), area, &theme),
        });
    })
}
