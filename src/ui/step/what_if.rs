//! "What if this batch had been another?": this step made otherwise, and what the rest of the run makes of it.

use std::fmt::Write as _;

use leptos::html::Select;
use leptos::prelude::*;

use crate::base::words::thousands;
use crate::page::figures::what_if::{table, with_chart};
use crate::page::microscope::what_if::sentence;
use crate::page::view::WhatIf;
use crate::plot::{self, Table};
use crate::worker::protocol::{Change, Edit};

use crate::ui::lab::state::LabState;
use crate::ui::parts::effects::{effect, flag, text};
use crate::ui::parts::figure::{Figure, Painter};
use crate::ui::parts::values::Values;
use crate::ui::state::page::put;
use crate::ui::state::{Runs, Time};

use super::state::StepState;

/// A way to change a step: its button, and whether a change is of this kind.
type Way = (&'static str, &'static str, fn(usize, u32) -> Change, fn(Change) -> bool);

/// Changes of the whole batch.
const OF_BATCH: [Way; 3] = [
    (
        "Another batch",
        "Draw another batch of the same size; press again for the next one",
        |_, seed| Change::Another(seed),
        |change| matches!(change, Change::Another(_)),
    ),
    ("Drop it", "Leave this step out", |_, _| Change::Dropped, |change| change == Change::Dropped),
    (
        "Take it twice",
        "Call make_step with this batch two times",
        |_, _| Change::Twice,
        |change| change == Change::Twice,
    ),
];

/// Changes of one sample.
const OF_SAMPLE: [Way; 2] = [
    (
        "Leave it out",
        "Leave this sample out of the batch",
        |place, _| Change::Without(place),
        |change| matches!(change, Change::Without(_)),
    ),
    (
        "Replace it",
        "Draw another sample in its place; press again for the next one",
        |place, seed| Change::Swapped { place, seed },
        |change| matches!(change, Change::Swapped { .. }),
    ),
];

/// What a change draws with: the next one draws with the next number.
fn seed(change: Change) -> u32 {
    match change {
        Change::Another(seed) | Change::Swapped { seed, .. } => seed,
        Change::Dropped | Change::Twice | Change::Without(_) => 0,
    }
}

/// The step made otherwise.
#[component]
pub fn Otherwise() -> impl IntoView {
    let step: StepState = expect_context();
    let (lab, runs, time): (LabState, Runs, Time) = (expect_context(), expect_context(), expect_context());
    let place = RwSignal::new(match lab.what_if.get_untracked().map(|what_if| what_if.edit.change) {
        Some(Change::Without(place) | Change::Swapped { place, .. }) => place,
        _ => 0,
    });
    let number = Memo::new(move |_| step.found.with(|found| found.as_ref().map(|found| found.step.step)));
    let drawn = Memo::new(move |_| step.found.with(|found| found.as_ref().map(|found| found.step.drawn.clone())));
    // the change of the step that is looked at
    let here = Memo::new(move |_| {
        let what_if = lab.what_if.get()?;
        (Some(what_if.edit.step) == number.get() && what_if.approach == step.column(lab)).then_some(what_if.edit.change)
    });
    let made = move |make: fn(usize, u32) -> Change| {
        let drawn = lab.what_if.get().map_or(0, |what_if| seed(what_if.edit.change));
        Some(Edit { step: number.get()?, change: make(place.get(), drawn.wrapping_add(1)) })
    };
    let button = move |(name, about, make, is_it): Way| {
        let fits = move || made(make).is_some_and(|edit| edit.fits(&lab.run(step.column(lab))));
        view! {
            <button
                class="quiet"
                title=about
                aria-pressed=text(move || if here.get().is_some_and(is_it) { "true" } else { "false" })
                disabled=flag(move || !fits())
                on:click=move |_| {
                    if let Some(edit) = untrack(|| made(make)) {
                        put(lab.what_if, Some(WhatIf { approach: untrack(|| step.column(lab)), edit }));
                    }
                }
            >
                {name}
            </button>
        }
    };
    let said = Memo::new(move |_| {
        let what_if = lab.what_if.get();
        let config = lab.run(what_if.map_or_else(|| step.column(lab), |what_if| what_if.approach));
        let sample = here.get().and_then(|_| drawn.get()?.get(place.get()).copied());
        runs.board.with(|board| sentence(board, what_if, &config, sample))
    });
    let elsewhere =
        Memo::new(move |_| lab.what_if.get().filter(|_| here.get().is_none()).map(|what_if| what_if.edit.step));
    let back = move |_| {
        if let Some(WhatIf { approach, edit }) = lab.what_if.get_untracked() {
            step.approach.set(Some(approach));
            time.stop_at(edit.step + 1);
        }
    };
    view! {
        <section class="otherwise" aria-labelledby="otherwise-title">
            <h2 id="otherwise-title">"What if this batch had been another?"</h2>
            <div class="choices-of" role="group" aria-label="In place of this step">
                <button
                    class="quiet"
                    aria-pressed=text(move || if lab.what_if.get().is_none() { "true" } else { "false" })
                    on:click=move |_| put(lab.what_if, None)
                >
                    "As it was"
                </button>
                {OF_BATCH.map(button).into_iter().collect_view()}
                <OneSample place drawn here/>
                {OF_SAMPLE.map(button).into_iter().collect_view()}
            </div>
            <p class="text-about">
                <span role="status" aria-label="What if">{text(move || said.get())}</span>
                " "
                <button class="link" hidden=move || elsewhere.get().is_none() on:click=back>
                    {text(move || format!("Go to step {}", thousands(elsewhere.get().map_or(0, |step| step + 1))))}
                </button>
            </p>
            <Courses/>
        </section>
    }
}

/// Which sample of the batch is meant.
#[component]
fn OneSample(place: RwSignal<usize>, drawn: Memo<Option<Vec<u32>>>, here: Memo<Option<Change>>) -> impl IntoView {
    let lab: LabState = expect_context();
    let select = NodeRef::<Select>::new();
    effect(move || {
        let Some(element) = select.get() else { return };
        let drawn = drawn.get().unwrap_or_default();
        let mut options = String::new();
        for (at, sample) in drawn.iter().enumerate() {
            let _ = write!(options, "<option value=\"{at}\">{sample}</option>");
        }
        element.set_inner_html(&options);
        let last = drawn.len().saturating_sub(1);
        element.set_value(&place.get().min(last).to_string());
        if place.get() > last && !drawn.is_empty() {
            place.set(last);
        }
    });
    let choose = move |event: leptos::ev::Event| {
        let Ok(chosen) = event_target_value(&event).parse() else { return };
        place.set(chosen);
        // another sample is left out, or replaced, at once
        let change = match here.get_untracked() {
            Some(Change::Without(_)) => Change::Without(chosen),
            Some(Change::Swapped { seed, .. }) => Change::Swapped { place: chosen, seed },
            _ => return,
        };
        let now = lab.what_if.get_untracked();
        put(lab.what_if, now.map(|what_if| WhatIf { edit: Edit { change, ..what_if.edit }, ..what_if }));
    };
    view! {
        <label class="one-sample">
            "Sample "
            <select aria-label="Sample of the batch" node_ref=select on:change=choose></select>
        </label>
    }
}

/// Both courses, and how far they are apart.
#[component]
fn Courses() -> impl IntoView {
    let (lab, runs): (LabState, Runs) = (expect_context(), expect_context());
    let time: Time = expect_context();
    let painter = Painter {
        draw: Box::new(move |area, theme| {
            let what_if = lab.what_if.get()?;
            runs.board.with(|board| with_chart(board, what_if, theme, |chart| plot::curves(area, chart, theme).ok()))?
        }),
        overlay: Box::new(move |frame, area, theme| {
            let Some(what_if) = lab.what_if.get() else { return };
            let step = time.step();
            runs.board.with(|board| {
                with_chart(board, what_if, theme, |chart| {
                    // What the back end refuses is missing for one frame; there is nobody to tell.
                    let _ = plot::curves_playhead(area, chart, frame, step, theme);
                })
            });
        }),
    };
    let changes = move || {
        runs.board.track();
        lab.what_if.track();
    };
    let figure = Figure::new(painter, changes, move || time.playhead.track());
    let place = figure.clone();
    let press = move |event: leptos::ev::PointerEvent| {
        if event.buttons() & 1 == 1
            && let Some(step) = place.at((event.client_x(), event.client_y()), |frame, (x, _)| frame.step_at(x))
        {
            time.stop_at(step);
        }
    };
    let read =
        move || lab.what_if.get().map_or_else(Table::default, |what_if| runs.board.with(|board| table(board, what_if)));
    view! {
        <figure class="figure courses" hidden=flag(move || lab.what_if.get().is_none())>
            <div class="drawing" role="img" aria-label="Both courses" node_ref=figure.node on:pointerdown=press>
                {figure.canvases()}
            </div>
        </figure>
        <div class="tables" hidden=flag(move || lab.what_if.get().is_none())>
            <Values name="Both courses" read=Box::new(read)/>
        </div>
    }
}
