//! One step under the microscope: its stages, the graph of its program, and what stands beside it.
//!
//! What it shows is decided in [`crate::page::microscope`] and drawn by [`crate::plot::graph`]; both return texts, which are put into the page as they are.

mod beside;
mod compilation;
mod graph;
mod keys;
mod pointing;
mod programs;
pub mod state;
mod what_if;

use std::time::Duration;

use leptos::prelude::*;

use crate::lecture::settings::config::Approach;
use crate::page::code::title;
use crate::page::keys::Focus;
use crate::page::microscope::{PARTS, Place, StepPart};
use crate::page::runs::Board;
use crate::page::tab::Tab;
use crate::page::view::Room;
use crate::page::view::WhatIf;

use crate::ui::app::States;
use crate::ui::lab::state::LabState;
use crate::ui::modules::state::ModulesState;
use crate::ui::parts::effects::{Flag, effect, flag, text};
use crate::ui::parts::place::{self, Build};
use crate::ui::state::page::put;
use crate::ui::state::{Compute, Page, Runs, Time};
use crate::ui::timeline::SlimTimeline;
use crate::web::later::later;

use beside::Beside;
use compilation::Compilation;
use graph::Graph;
use keys::KeyTree;
use programs::Programs;
use state::StepState;
use what_if::Otherwise;

/// How long a stage is shown while time plays.
const PACE: Duration = Duration::from_millis(1200);

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

later! { step: pub fn tab() -> Build => |element| place::put(element, || view! { <StepTab/> }) }

later! { step: pub fn alone() -> Build => |element| place::put(element, || view! { <StepAlone/> }) }

/// The stages, the graph and the numbers, in a frame of somebody else's page.
#[component]
fn StepAlone() -> impl IntoView {
    follow();
    view! {
        <main class="alone step microscope" class:waits=waits() aria-label="One step">
            <Head/>
            <Stages/>
            <Graph/>
            <Beside/>
        </main>
        <SlimTimeline/>
    }
}

/// Asks for the step at the playhead whenever that changes, and goes through the stages while time plays.
fn follow() {
    let step: StepState = expect_context();
    let (lab, runs, time): (LabState, Runs, Time) = (expect_context(), expect_context(), expect_context());
    let compute: Compute = expect_context();
    effect(move || step.ask((lab, runs, time), compute));
    play(step, time);
}

/// Whether a first step is still to come.
fn waits() -> Flag {
    let step: StepState = expect_context();
    let (lab, runs): (LabState, Runs) = (expect_context(), expect_context());
    let waits = Memo::new(move |_| {
        let is_unknown = step.found.with(Option::is_none);
        is_unknown && lab.run(step.column(lab)).steps() > 0 && !runs.board.with(Board::is_cut_short)
    });
    flag(move || waits.get())
}

/// One step under the microscope.
#[component]
fn StepTab() -> impl IntoView {
    follow();
    view! {
        <div class="microscope" class:waits=waits() id="step" role="tabpanel" aria-labelledby="tab-step">
            <Head/>
            <Stages/>
            <Graph/>
            <Beside/>
            <Otherwise/>
            <KeyTree/>
            <Programs/>
            <Compilation/>
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
    let which = move || step.shown(lab);
    let (page, modules): (Page, ModulesState) = (expect_context(), expect_context());
    let takes_none = Memo::new(move |_| lab.run(step.column(lab)).steps() == 0);
    let explain = move |_| {
        modules.view.update(|view| view.room = Room::Generator);
        page.tab.set(Tab::Modules);
    };
    let choice = move |approach: Approach| {
        view! {
            <button
                class=format!("quiet {}", approach.name())
                title=title(lab.program(approach))
                aria-pressed=text(move || if step.column(lab) == approach { "true" } else { "false" })
                on:click=move |_| {
                    step.approach.set(Some(approach));
                    // the change goes along to the program that is looked at
                    if let Some(what_if) = lab.what_if.get_untracked() {
                        put(lab.what_if, Some(WhatIf { approach, ..what_if }));
                    }
                }
            >
                {approach.name()}
            </button>
        }
    };
    view! {
        <div class="micro-head">
            <h2><span role="status" aria-label="Step">{text(which)}</span></h2>
            <button class="link why-none" hidden=flag(move || !takes_none.get()) on:click=explain>"Why, and the repair"</button>
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
