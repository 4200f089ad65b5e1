//! The screen in four parts, for those who do not see it, as `PhET`'s simulations tell theirs: what is here, what can be done, what it shows now, and a hint.
//!
//! Everything in it is computed from what is on screen; it is told anew whenever that rests.

use crate::base::words::{number, thousands};
use crate::lecture::settings::config::Optimizer;
use crate::lecture::verdict::divergence::finding;
use crate::lecture::verdict::stability::{Stability, Zone};
use crate::page::names::settings_in_words;
use crate::page::runs::{Board, Recording};
use crate::page::status::{limits_of, position, remark};
use crate::page::tab::Tab;

/// The headings of the four parts.
pub const HEADINGS: [&str; 4] = ["What is here", "What can be done", "What it shows now", "A hint"];

/// What is on screen.
#[derive(Clone, Copy, Debug)]
pub struct Screen<'a> {
    /// The open tab.
    pub tab: Tab,
    /// The runs.
    pub board: &'a Board,
    /// The limits of learning rates, as far as they are known.
    pub limits: &'a [Stability],
    /// How many steps have been taken where the playhead stands.
    pub step: usize,
    /// Whether what is shown stands at the playhead.
    pub timed: bool,
    /// Whether time runs by itself.
    pub playing: bool,
    /// What the tab itself says of what it shows; the Lab says nothing.
    pub shown: &'a str,
}

/// The four parts, in the order of [`HEADINGS`].
#[must_use]
pub fn summary(screen: &Screen<'_>) -> [String; 4] {
    [here(screen), what_to_do(screen.tab), now(screen), hint(screen)]
}

fn here(screen: &Screen<'_>) -> String {
    let programs: Vec<String> = screen.board.runs.iter().map(|run| run.recording.config.program.to_string()).collect();
    let programs = if programs.is_empty() { "nothing yet".to_owned() } else { programs.join(" and ") };
    let settings = screen.board.first().map(|run| settings_in_words(&run.config).join(", ")).unwrap_or_default();
    match screen.tab {
        Tab::Lab => format!(
            "The Lab trains a linear model by gradient descent on batches. Charts show the plane of the parameters, the loss and the \
             distance to the true parameters; below them are the programs, the data, what the programs print, and tables of all values. \
             On screen: {programs}; {settings}."
        ),
        Tab::Step => format!(
            "One step of the Lab’s run, taken apart: its stages, the graph of its operations with their numbers, its keys, its programs \
             and what was compiled. The runs of the Lab: {programs}."
        ),
        Tab::Modules => "The modules of the Lab’s run as trees, and what becomes of them: split and merged, filtered, with a \
                         used-up generator, in a network, and under L-BFGS."
            .to_owned(),
        Tab::Map => "A map of whole trainings: learning rates across, batch sizes up (or, of a small network, learning rates of one layer across, of the other up), and a colour \
                     for what each training came to."
            .to_owned(),
        Tab::Lessons => format!(
            "Lessons that lead through the lecture, one scene after the other, with the Lab’s charts beside the text. The runs of the \
             Lab: {programs}."
        ),
        Tab::Code => "A Python program that can be edited, and what it prints and draws. It runs in this browser, with JAX’s own numbers.".to_owned(),
    }
}

fn what_to_do(tab: Tab) -> String {
    match tab {
        Tab::Lab => "Fields and sliders change the settings, and every change runs again at once. In the timeline the arrow keys move \
                     through the run, and all panels follow. In a chart plus and minus zoom."
            .to_owned(),
        Tab::Step => "The buttons Next stage and Stage back go through the step. In the graph the arrow keys walk along its edges. The \
                      timeline selects another step."
            .to_owned(),
        Tab::Modules => "The buttons of the group Rooms open the rooms. In a tree the arrow keys walk, fold and unfold.".to_owned(),
        Tab::Map => "In the map the arrow keys go from cell to cell and speak its numbers, Enter opens a run of the Lab’s program in the Lab. Lists \
                     select the model and \
                     what the colours stand for."
            .to_owned(),
        Tab::Lessons => "A lesson asks for a guess, shows the run with the guess beside it, and lets you try. The timeline moves \
                         through the run."
            .to_owned(),
        Tab::Code => "Control and Enter run the program. In the editor Tab indents; Escape leaves it. A list holds examples.".to_owned(),
    }
}

fn now(screen: &Screen<'_>) -> String {
    let Screen { tab, board, limits, step, timed, shown, .. } = *screen;
    let mut sentences = Vec::new();
    if !shown.is_empty() {
        sentences.push(format!("{}.", shown.trim_end_matches('.')));
    }
    if timed {
        if board.first().is_none() {
            return "Nothing has been computed yet.".to_owned();
        }
        sentences.push(format!("Time stands at {}.", position(board, step).replace(" · ", ", ")));
    }
    if tab == Tab::Lab {
        sentences.extend(board.runs.iter().filter_map(|run| values(&run.recording, step)));
        sentences.push(remark(board, limits));
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences.join(" ")
}

/// The numbers of a run at the recorded moment that is nearest to the playhead, or where it starts.
fn values(run: &Recording, step: usize) -> Option<String> {
    let program = run.config.program;
    let Some(entry) = run.entry(step) else {
        return (run.config.steps() > 0).then(|| format!("{program} has taken no step there."));
    };
    let (loss, distance) = (run.steps.losses.get(entry)?, run.steps.norms.get(entry)?);
    Some(format!(
        "{program} in step {}: loss of its batch {}, then distance to the true parameters {}.",
        thousands(run.sampling().step(entry)),
        number(f64::from(*loss)),
        number(f64::from(*distance))
    ))
}

/// What a chart shows where the playhead stands, for whoever walks through it by keys: a few words for each run; nothing for what is no chart of runs.
#[must_use]
pub fn reading(chart: &str, board: &Board, step: usize) -> String {
    let of_run = |run: &Recording| {
        let program = run.config.program;
        if chart == PLANE {
            let params = run.params(step)?;
            let shown: Vec<String> = params.iter().take(4).map(|value| number(f64::from(*value))).collect();
            let more = if params.len() > shown.len() { ", …" } else { "" };
            return Some(format!("{program} at {}{more}", shown.join(", ")));
        }
        let column = match chart {
            LOSS => &run.steps.losses,
            DISTANCE => &run.steps.norms,
            _ => return None,
        };
        let entry = run.entry(step)?;
        // a long run keeps one step in several
        let at = run.sampling().step(entry);
        let place = if at == step { String::new() } else { format!(" in step {}", thousands(at)) };
        Some(format!("{program} {}{place}", number(f64::from(*column.get(entry)?))))
    };
    board.runs.iter().filter_map(|run| of_run(&run.recording)).collect::<Vec<_>>().join("; ")
}

/// The names of the charts that can be walked through.
const PLANE: &str = "Parameter plane";
const LOSS: &str = "Loss";
const DISTANCE: &str = "Distance to the true parameters";

/// How what a map says of itself begins if it is that of the network.
const NETWORK: &str = "Learning rates of the hidden layer";

fn hint(screen: &Screen<'_>) -> String {
    let Screen { tab, board, step, playing, shown, .. } = *screen;
    let diverges =
        board.runs.iter().any(|run| finding(&run.recording.steps, &run.recording.problem).divergence.is_some());
    let optimizer = board.first().map(|run| run.config.optimizer);
    // below its limits it is not the rate that makes a run diverge
    let phases = board.first().map(|run| limits_of(screen.limits, &run.config)).unwrap_or_default();
    let is_safe = !phases.is_empty() && phases.iter().all(|phase| phase.zone(phase.rate) == Some(Zone::Holds));
    let is_network = shown.starts_with(NETWORK);
    let hint = match tab {
        _ if playing => "Time runs by itself: the button Pause stops it.",
        Tab::Lab if board.first().is_some() && board.end() == 0 => {
            "This program never takes a step: select another module."
        }
        Tab::Lab if diverges && is_safe => {
            "A run diverges, and not by its rate alone: let it begin nearer to the data, at the lecture’s θ₀."
        }
        Tab::Lab if diverges => "A run diverges: lower the learning rate until its loss falls.",
        Tab::Lab if step >= board.end() && optimizer == Some(Optimizer::Lbfgs) => {
            "L-BFGS needs few steps: how many does SGD need on the same data?"
        }
        Tab::Lab if step >= board.end() => "Raise the learning rate little by little: when does the loss stop falling?",
        Tab::Lab => "The tab One step takes the step at this place apart.",
        Tab::Step => "Go to a backward stage: the cotangents arrive in the reverse order of the values.",
        Tab::Modules => {
            "In the room Split and merge, add 0.01 to the state and merge again: what of the module has changed, and what never does?"
        }
        Tab::Code => "Change one number, and run the program again: what becomes of the last line that it prints?",
        Tab::Lessons => "A guess costs nothing: “not sure yet” is one of the answers.",
        Tab::Map if is_network => "Zoom in on the border between the colours, several times: does it become smooth?",
        Tab::Map if board.first().is_some() && board.end() == 0 => {
            "This program takes no steps: select another module in the Lab."
        }
        Tab::Map => {
            "Find the largest learning rate that still arrives with one sample in a batch, and with all of them."
        }
    };
    hint.to_owned()
}
