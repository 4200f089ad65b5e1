//! The step at a glance: each of its parts in every shown program, with the values of the step at the playhead, and the light on the part that time is at.

use leptos::prelude::*;

use crate::lecture::python::{Stage, listing};
use crate::lecture::settings::config::Approach;
use crate::lecture::verdict::compare::compare;
use crate::page::code::{lit, title, value};
use crate::page::highlight::Language;
use crate::page::playback::PARTS;
use crate::page::runs::{Board, Run};
use crate::page::step::{StepLine, step_lines, step_name};

use crate::ui::lab::programs::code;
use crate::ui::lab::state::LabState;
use crate::ui::parts::effects::{flag, text};
use crate::ui::state::{Runs, Time};

/// The parts of the step, a row each, and the shown programs, a column each.
#[component]
pub fn StepPanel() -> impl IntoView {
    let lab: LabState = expect_context();
    let columns = move || lab.shown.get().iter();
    // on a narrow screen one column is seen at a time
    let front = RwSignal::new(None::<Approach>);
    let is_front = move |approach: Approach| {
        let shown = lab.shown.get();
        let chosen = front.get().filter(|chosen| shown.contains(*chosen));
        chosen.or_else(|| shown.iter().next()) == Some(approach)
    };
    view! {
        <section class="step" aria-labelledby="step-title">
            <div class="step-head">
                <h2 id="step-title">"One step"</h2>
                <Comparisons/>
            </div>
            <div class="step-tabs" role="group" aria-label="Program in front">
                <For each=columns key=|approach| *approach let:approach>
                    <button
                        class=format!("quiet {}", approach.name())
                        aria-pressed=text(move || if is_front(approach) { "true" } else { "false" })
                        on:click=move |_| front.set(Some(approach))
                    >
                        {approach.name()}
                    </button>
                </For>
            </div>
            <div class=text(move || format!("step-grid of-{}", lab.shown.get().iter().count()))>
                <Parts/>
                <For each=columns key=|approach| *approach let:approach>
                    <Column approach front=Signal::derive(move || is_front(approach))/>
                </For>
            </div>
        </section>
    }
}

/// The parts of a step: a press lights one of them.
#[component]
fn Parts() -> impl IntoView {
    let time: Time = expect_context();
    let runs: Runs = expect_context();
    let newest = move || runs.steps.with(|steps| steps.first().map(|(_, inspection)| inspection.step + 1));
    let name = move || step_name(time.step(), time.playing.get(), newest());
    let button = move |(stage, name): (Stage, &'static str)| {
        let is_lit = move || time.step() > 0 && time.stage.get() == stage;
        view! {
            <button
                class="quiet"
                aria-pressed=text(move || if is_lit() { "true" } else { "false" })
                on:click=move |_| time.look_at(stage)
            >
                {name}
            </button>
        }
    };
    view! {
        <div class="step-parts" role="group" aria-label="Part of the step">
            <span class="step-number">{text(name)}</span>
            {PARTS.into_iter().map(button).collect_view()}
        </div>
    }
}

#[component]
fn Column(approach: Approach, front: Signal<bool>) -> impl IntoView {
    let lab: LabState = expect_context();
    let runs: Runs = expect_context();
    let time: Time = expect_context();
    let lines = Memo::new(move |_| step_lines(&listing(&lab.run(approach))));
    let now = Memo::new(move |_| lit(time.stage.get(), time.step(), lab.run(approach).steps()));
    let row = move |(_, line): (usize, StepLine)| {
        let StepLine { stage, code: source, note, live } = line;
        let said = move || live.map(|live| runs.with_step(approach, |found| value(found, live, now.get())));
        view! {
            <div
                class="line"
                class:lit=flag(move || now.get() == stage)
                class:same=flag(move || live.is_some() && lab.pointed.get() == live)
                on:pointerenter=move |_| lab.pointed.set(live)
                on:pointerleave=move |_| lab.pointed.set(None)
            >
                {code(&source, Language::Python)}
                <span class="note-text">{note}</span>
                <span class="live">{text(move || said().unwrap_or_default())}</span>
            </div>
        }
    };
    view! {
        <article
            class=format!("step-column {}", approach.name())
            class:front=flag(move || front.get())
            aria-label=format!("Step of {}", approach.name())
        >
            <h3>{approach.name()} " " <small>{text(move || title(lab.program(approach)))}</small></h3>
            <For each=move || lines.get().into_iter().enumerate() key=Clone::clone children=row/>
        </article>
    }
}

/// What the shown programs have in common, bit for bit.
#[component]
fn Comparisons() -> impl IntoView {
    let runs: Runs = expect_context();
    let verdict = Memo::new(move |before: Option<&Vec<String>>| {
        runs.board.with(|board: &Board| {
            if !board.is_complete() {
                return before.cloned().unwrap_or_default();
            }
            let Some((first, others)) = board.runs.split_first() else { return Vec::new() };
            let sentence = |other: &Run| {
                let (a, b) = (&first.recording, &other.recording);
                let found = compare((&a.problem, &a.steps), (&b.problem, &b.steps));
                found.sentence(first.approach.name(), other.approach.name())
            };
            if others.is_empty() {
                let only = first.approach.name();
                return vec![format!("Only {only} is shown; select another version above to compare.")];
            }
            others.iter().map(sentence).collect()
        })
    });
    view! {
        <div class="comparison" role="status" aria-label="Comparison">
            {move || verdict.get().into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view()}
        </div>
    }
}
