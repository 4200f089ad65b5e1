//! The drawn graph of the step's program.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::page::microscope::html;
use crate::page::microscope::picture::{Picture, Scope, picture};
use crate::plot::graph::{Direction, layout, svg, words};

use crate::ui::parts::effects::{effect, text};
use crate::ui::state::Page;

use super::state::StepState;

/// A window of fewer CSS pixels has time run from top to bottom.
const NARROW: f64 = 720.0;

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
pub fn Graph() -> impl IntoView {
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
