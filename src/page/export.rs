//! What can be taken along besides the program: the numbers of a run, and the code of a frame for slides.

use std::fmt::Write;

use crate::page::runs::Recording;
use crate::page::view::Panel;

/// All recorded steps of a run as comma-separated values, with a line of names.
#[must_use]
pub fn csv(run: &Recording) -> String {
    let features = run.config.features.max(1);
    let mut text = "step,loss,distance,distance_to_least_squares".to_owned();
    for index in 1..=features {
        // Writing to a string cannot fail, here and below.
        let _ = write!(text, ",theta_{index}");
    }
    text.push('\n');
    let rows = run.steps.params.chunks_exact(features).zip(&run.steps.losses);
    let distances = run.steps.norms.iter().zip(&run.steps.least_squares_norms);
    for (entry, ((params, loss), (norm, least))) in rows.zip(distances).enumerate() {
        let step = ((entry + 1) * run.stride()).min(run.config.steps());
        let _ = write!(text, "{step},{loss},{norm},{least}");
        for param in params {
            let _ = write!(text, ",{param}");
        }
        text.push('\n');
    }
    text
}

/// The code of a frame that shows one panel at this address, in a size that fits a slide.
#[must_use]
pub fn frame_code(panel: Panel, address: &str) -> String {
    let (width, height) = match panel {
        Panel::Plane => (560, 620),
        Panel::Loss | Panel::Distance | Panel::Data => (720, 440),
        Panel::Programs => (1000, 700),
        Panel::Output => (720, 320),
        Panel::Map => (760, 640),
    };
    let (link, name) = (address.replace('&', "&amp;"), panel.name());
    format!(
        "<iframe src=\"{link}\" title=\"thetahat: {name}\" width=\"{width}\" height=\"{height}\" style=\"border: 0\" allow=\"fullscreen\"></iframe>"
    )
}
