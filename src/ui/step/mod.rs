//! One step under the microscope: its stages, the graph of its program, and what stands beside it.
//!
//! What it shows is decided in [`crate::page::microscope`] and drawn by [`crate::plot::graph`]; both return texts, which are put into the page as they are.

mod programs;
pub mod state;

use std::time::Duration;

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::base::words::thousands;
use crate::lecture::python::listing;
use crate::lecture::settings::config::Approach;
use crate::page::code::title;
use crate::page::keys::Focus;
use crate::page::microscope::picture::{Picture, Scope, picture};
use crate::page::microscope::{PARTS, Place, StepPart, html};
use crate::page::step::step_lines;
use crate::page::tab::Tab;
use crate::plot::graph::{Direction, Known, layout, svg, words};

use crate::ui::app::States;
use crate::ui::lab::state::LabState;
use crate::ui::parts::effects::{effect, flag, text};
use crate::ui::parts::place::{Build, put};
use crate::ui::state::{Compute, Page, Runs, Time};
use crate::web::later::later;

use programs::Programs;
use state::{Found, StepState};

/// What a panel says of a stage of a step, as HTML.
type Write = Box<dyn Fn(&Found, usize) -> String>;

/// How long a stage is shown while time plays.
const PACE: Duration = Duration::from_millis(1200);
/// A window of fewer CSS pixels has time run from top to bottom.
const NARROW: f64 = 720.0;

/// Whether the open tab has a use for a key; then it is done.
pub fn takes(states: States, focus: Focus, event: &leptos::ev::KeyboardEvent) -> bool {
    let is_open = states.page.tab.get_untracked() == Tab::Step && !states.page.is_embedded();
    if !is_open || event.shift_key() || !matches!(focus, Focus::Nothing | Focus::Page | Focus::Button) {
        return false;
    }
    let (step, time) = (states.step, states.time);
    match event.key().as_str() {
        "ArrowRight" => move_on(step, time, true),
        "ArrowLeft" => move_on(step, time, false),
        "Home" => step.go_to_end(false),
        "End" => step.go_to_end(true),
        _ => return false,
    }
    true
}

/// Goes on by hand, which ends what plays.
fn move_on(step: StepState, time: Time, forward: bool) {
    time.playing.set(false);
    step.go_on(forward, time);
}

later! { step: pub fn tab() -> Build => |element| put(element, || view! { <StepTab/> }) }

/// One step under the microscope.
#[component]
fn StepTab() -> impl IntoView {
    let step: StepState = expect_context();
    let (lab, runs, time): (LabState, Runs, Time) = (expect_context(), expect_context(), expect_context());
    let compute: Compute = expect_context();
    effect(move || step.ask((lab, runs, time), compute));
    play(step, time);
    view! {
        <div class="microscope" id="step" role="tabpanel" aria-labelledby="tab-step">
            <Head/>
            <Stages/>
            <Graph/>
            <Beside/>
            <Programs/>
        </div>
    }
}

/// While time plays, it goes through the stages.
fn play(step: StepState, time: Time) {
    time.paced.set(true);
    on_cleanup(move || {
        let _ = time.paced.try_set(false);
    });
    let newest = StoredValue::new(0_u32);
    effect(move || {
        step.place.track();
        step.found.track();
        newest.update_value(|count| *count = count.wrapping_add(1));
        if !time.playing.get() {
            return;
        }
        let own = newest.get_value();
        set_timeout(
            move || {
                let is_newest = newest.try_get_value() == Some(own);
                if is_newest && time.playing.get_untracked() && !step.go_on(true, time) {
                    time.playing.set(false);
                }
            },
            PACE,
        );
    });
}

/// Which step it is, of which program, and the way on.
#[component]
fn Head() -> impl IntoView {
    let step: StepState = expect_context();
    let (lab, time): (LabState, Time) = (expect_context(), expect_context());
    let columns = move || lab.shown.get().iter();
    let which = move || {
        let takes_none = lab.run(step.column(lab)).steps() == 0;
        step.found.with(|found| match found {
            _ if takes_none => "This program takes no steps: its generator was used up before the loop.".to_owned(),
            None => "Taking the step apart …".to_owned(),
            Some(Found { step, .. }) => format!(
                "Step {}: epoch {}, batch {} of {}",
                thousands(step.step + 1),
                thousands(step.epoch),
                step.batch + 1,
                step.batches
            ),
        })
    };
    let choice = move |approach: Approach| {
        view! {
            <button
                class=format!("quiet {}", approach.name())
                title=title(lab.program(approach))
                aria-pressed=text(move || if step.column(lab) == approach { "true" } else { "false" })
                on:click=move |_| step.approach.set(Some(approach))
            >
                {approach.name()}
            </button>
        }
    };
    view! {
        <div class="micro-head">
            <h2><span role="status" aria-label="Step">{text(which)}</span></h2>
            <span class="programs-of" role="group" aria-label="Program">
                <For each=columns key=|approach| *approach children=choice/>
            </span>
            <span class="spring"></span>
            <button aria-label="Stage back" title="Stage back (←)" on:click=move |_| move_on(step, time, false)>"←"</button>
            <button aria-label="Next stage" title="Next stage (→)" on:click=move |_| move_on(step, time, true)>"→"</button>
        </div>
    }
}

/// The stages, a button for each part.
#[component]
fn Stages() -> impl IntoView {
    let step: StepState = expect_context();
    let time: Time = expect_context();
    let now = Memo::new(move |_| {
        let place = step.place.get();
        step.found.with(|found| {
            let found = found.as_ref()?;
            let place = found.moments.get(found.at(place))?.place;
            let of = found.moments.iter().filter(|moment| moment.place.part == place.part).count();
            Some((place, of))
        })
    });
    let button = move |(part, _, name): (StepPart, &'static str, &'static str)| {
        let is_now = move || now.get().is_some_and(|(place, _)| place.part == part);
        let count = move || match now.get() {
            Some((place, of)) if place.part == part && of > 1 => format!(" {}/{of}", place.at + 1),
            _ => String::new(),
        };
        view! {
            <button
                class="quiet"
                class:past=flag(move || now.get().is_some_and(|(place, _)| place.part > part))
                aria-pressed=text(move || if is_now() { "true" } else { "false" })
                on:click=move |_| {
                    time.playing.set(false);
                    step.go(Place { part, at: 0 });
                }
            >
                {name}
                <small>{text(count)}</small>
            </button>
        }
    };
    view! {
        <div class="stages" role="group" aria-label="Stages of the step">{PARTS.into_iter().map(button).collect_view()}</div>
    }
}

/// What the graph shows now.
fn now(step: StepState) -> Option<(Picture, usize)> {
    let (place, open, unfolded) = (step.place.get(), step.open.get(), step.unfolded.get());
    step.found.with(|found| {
        let found = found.as_ref()?;
        let at = found.at(place);
        let scope = if unfolded { Scope::Optimizer } else { Scope::Step };
        Some((picture(&found.step, &found.moments, at, scope, open), at))
    })
}

fn direction() -> Direction {
    let width = window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(f64::INFINITY);
    if width < NARROW { Direction::Down } else { Direction::Right }
}

/// The drawn program.
#[component]
fn Graph() -> impl IntoView {
    let step: StepState = expect_context();
    let page: Page = expect_context();
    let (drawing, said) = (NodeRef::<Div>::new(), NodeRef::<leptos::html::Ul>::new());
    let shown = Memo::new(move |_| now(step).map(|(picture, _)| picture));
    effect(move || {
        page.resized.track();
        let (Some(element), Some(picture)) = (drawing.get(), shown.get()) else { return };
        element.set_inner_html(&svg(&picture.graph, &layout(&picture.graph), direction()));
    });
    effect(move || {
        let (Some(list), Some(picture)) = (said.get(), shown.get()) else { return };
        let lines = words(&picture.graph).into_iter().map(|line| format!("<li>{}</li>", html::escaped(&line)));
        list.set_inner_html(&lines.collect::<String>());
    });
    let select = move |node: usize| {
        let chosen = shown.with_untracked(|picture| {
            let picture = picture.as_ref()?;
            Some((*picture.values.get(node)?, picture.optimizer == Some(node)))
        });
        if let Some((value, is_folded)) = chosen {
            if is_folded && step.open.get_untracked() == Some(value) {
                step.unfolded.set(true);
            }
            step.open.set(Some(value));
        }
    };
    let click = move |event: leptos::ev::MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let group = target.and_then(|element| element.closest("[data-node]").ok().flatten());
        if let Some(node) = group.and_then(|group| group.get_attribute("data-node")).and_then(|node| node.parse().ok())
        {
            select(node);
        }
    };
    let press = move |event: leptos::ev::KeyboardEvent| {
        if event.shift_key() || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let key = event.key();
        let next = shown.with_untracked(|picture| {
            let picture = picture.as_ref()?;
            let open = step.open.get_untracked();
            let from = open.and_then(|open| picture.values.iter().position(|&value| value == open));
            if matches!(key.as_str(), "Enter" | "Escape") {
                return from;
            }
            let Some(from) = from else { return key.starts_with("Arrow").then_some(0) };
            let layout = layout(&picture.graph);
            picture.walk(&layout.layers, &layout.across, from, turned(&key))
        });
        match (key.as_str(), next) {
            ("Escape", Some(_)) => step.open.set(None),
            (_, Some(node)) => select(node),
            // an arrow that leads nowhere does not move time either
            (key, None) if key.starts_with("Arrow") => {}
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <div class="graph-frame">
            <div
                class="graph" node_ref=drawing tabindex="0" role="img" aria-label="Program graph" aria-describedby="graph-words"
                on:click=click on:keydown=press
            ></div>
            <p class="legend-of-graph">
                <span class="of-value">"= value"</span>
                <span class="of-cotangent">"∂ derivative of the loss for it"</span>
                <Show when=move || step.unfolded.get() fallback=move || view! { <Unfold/> }>
                    <button class="link" on:click=move |_| step.unfolded.set(false)>"Back to the whole step"</button>
                </Show>
                <span class="spring"></span>
                <span>"Select a box, or walk with the arrow keys while the graph has the focus."</span>
            </p>
            <details>
                <summary>"The graph in words"</summary>
                <ul id="graph-words" node_ref=said></ul>
            </details>
        </div>
    }
}

/// Shows the optimizer's own operations, if there are several.
#[component]
fn Unfold() -> impl IntoView {
    let step: StepState = expect_context();
    let count = Memo::new(move |_| {
        let (picture, _) = now(step)?;
        picture.optimizer.and_then(|at| picture.graph.nodes.get(at)).map(|node| node.folded)
    });
    view! {
        <button
            class="link"
            hidden=move || count.get().is_none()
            on:click=move |_| step.unfolded.set(true)
        >
            {text(move || format!("Unfold the optimizer’s {} operations", count.get().unwrap_or_default()))}
        </button>
    }
}

/// An arrow key as it would be if time ran to the right.
fn turned(key: &str) -> &str {
    match (direction(), key) {
        (Direction::Down, "ArrowDown") => "ArrowRight",
        (Direction::Down, "ArrowUp") => "ArrowLeft",
        (Direction::Down, "ArrowRight") => "ArrowDown",
        (Direction::Down, "ArrowLeft") => "ArrowUp",
        _ => key,
    }
}

/// The stage, its numbers, and the value whose box is open.
#[component]
fn Beside() -> impl IntoView {
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
