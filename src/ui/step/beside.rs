//! What stands beside the graph: the stage, its numbers, and the value whose box is open.

use leptos::html::Div;
use leptos::prelude::*;

use crate::lecture::python::listing;
use crate::page::microscope::picture::{Scope, picture};
use crate::page::microscope::{StepPart, html};
use crate::page::step::step_lines;
use crate::plot::graph::Known;

use crate::ui::lab::state::LabState;
use crate::ui::parts::effects::effect;

use super::state::{Found, StepState};

/// What a panel says of a stage of a step, as HTML.
type Write = Box<dyn Fn(&Found, usize) -> String>;

/// The stage, its numbers, and the value whose box is open.
#[component]
pub fn Beside() -> impl IntoView {
    let step: StepState = expect_context();
    let lab: LabState = expect_context();
    let [about, numbers, value] = [(); 3].map(|()| NodeRef::<Div>::new());
    let lines = Memo::new(move |_| step_lines(&listing(&lab.run(step.column(lab)))));
    let put = move |node: NodeRef<Div>, write: Write| {
        effect(move || {
            let place = step.place.get();
            let Some(element) = node.get() else { return };
            let said = step.found.with(|found| found.as_ref().map(|found| write(found, found.at(place))));
            element.set_inner_html(&said.unwrap_or_default());
        });
    };
    put(
        about,
        Box::new(move |found, at| {
            let moment = &found.moments[at];
            let stage = moment.place.part.stage();
            let code = lines.with(|lines| lines.iter().find(|line| line.stage == stage).map(|line| line.code.clone()));
            html::moment(moment, &code.unwrap_or_default())
        }),
    );
    put(numbers, Box::new(|found, at| html::rows(&found.moments[at].rows)));
    put(
        value,
        Box::new(move |found, at| {
            let moment = &found.moments[at];
            let open = step.open.get();
            if open.is_none() && moment.place.part == StepPart::Backward {
                return html::pulled(&found.step, moment);
            }
            let Some(open) = open.or(moment.values.last().copied()) else {
                return "<p class=\"waiting\">Nothing of the program has run yet: its first numbers come with the batch.</p>".to_owned();
            };
            let picture = picture(&found.step, &found.moments, at, Scope::Step, None);
            let node = picture.values.iter().position(|&value| value == open);
            let pulled = node.is_some_and(|node| matches!(picture.graph.nodes[node].cotangent, Known::Is(_)));
            html::value(&found.step, open, pulled)
        }),
    );
    view! {
        <div class="beside">
            <div class="about-moment" role="region" aria-label="Stage" node_ref=about></div>
            <div class="numbers-of" role="region" aria-label="Numbers" tabindex="0" node_ref=numbers></div>
            <div class="about-value" role="region" aria-label="Value" aria-live="polite" node_ref=value></div>
        </div>
    }
}
