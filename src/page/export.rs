//! What can be taken along besides the program: the numbers of a run, and the code of a frame for slides.

use crate::base::words::thousands;
use crate::jax::repr::scalar_str;
use crate::page::names::settings_in_words;
use crate::page::runs::Board;
use crate::page::view::Panel;

/// All recorded steps of the shown runs as comma-separated values, with a line of names. Numbers are as short as they can be and still be read back to the same
/// float32, and what is none is called as Python, NumPy and pandas read it: `nan`, `inf`, `-inf`.
#[must_use]
pub fn csv(board: &Board) -> String {
    let runs = || board.runs.iter().map(|run| &run.recording);
    let most = runs().map(|run| run.config.features).max().unwrap_or(0);
    let mut text = "program,step,loss,distance,distance_to_least_squares".to_owned();
    for index in 1..=most {
        text.push_str(",theta_");
        text.push_str(&index.to_string());
    }
    text.push('\n');
    for run in runs() {
        let program = run.config.program.to_string();
        let rows = run.steps.params.chunks_exact(run.config.features.max(1)).zip(&run.steps.losses);
        let distances = run.steps.norms.iter().zip(&run.steps.least_squares_norms);
        for (entry, ((params, loss), (norm, least))) in rows.zip(distances).enumerate() {
            let step = ((entry + 1) * run.stride()).min(run.config.steps());
            text.push_str(&program);
            text.push(',');
            text.push_str(&step.to_string());
            for number in [loss, norm, least].into_iter().chain(params) {
                text.push(',');
                text.push_str(&scalar_str(*number));
            }
            text.push('\n');
        }
    }
    text
}

/// What stands below a picture that is taken along: the settings of the shown runs, and where the playhead stands in it.
#[must_use]
pub fn picture_words(board: &Board, step: usize) -> Vec<String> {
    let Some(first) = board.first() else { return Vec::new() };
    let programs: Vec<String> = board.runs.iter().map(|run| run.recording.config.program.to_string()).collect();
    let mut words = vec![programs.join(" and ")];
    // where one with a module starts may be another place
    let shown = board.runs.iter().map(|run| &run.recording).find(|run| run.config.program.is_module());
    words.extend(settings_in_words(&shown.unwrap_or(first).config));
    if board.end() > 0 && step < board.end() {
        words.push(format!("marked: step {} of {}", thousands(step), thousands(board.end())));
    }
    words
}

/// The code of a frame that shows one panel at this address, in a size that fits a slide.
#[must_use]
pub fn frame_code(panel: Panel, address: &str) -> String {
    let (width, height) = match panel {
        Panel::Plane => (560, 620),
        Panel::Loss | Panel::Distance | Panel::Data => (720, 440),
        Panel::Programs | Panel::Step => (1000, 700),
        Panel::Output => (720, 320),
        Panel::Modules => (1000, 640),
        Panel::Map => (760, 640),
    };
    let (link, name) = (address.replace('&', "&amp;"), panel.name());
    format!(
        "<iframe src=\"{link}\" title=\"thetahat: {name}\" width=\"{width}\" height=\"{height}\" style=\"border: 0\" allow=\"fullscreen\"></iframe>"
    )
}
