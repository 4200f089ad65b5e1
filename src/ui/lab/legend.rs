//! Which ways are shown, and what stands behind them: toggles, pinned runs, and how charts are drawn.

use leptos::prelude::*;

use crate::lecture::settings::config::{Approach, Branch, Config};
use crate::page::microscope::what_if::short;
use crate::page::names::{listed_name, pin_name};
use crate::page::view::Shown;

use crate::ui::lab::choices::ModuleChoice;
use crate::ui::lab::state::LabState;
use crate::ui::parts::effects::{flag, text};
use crate::ui::state::{Page, Runs, Time};

/// The line above the charts.
#[component]
pub fn Legend() -> impl IntoView {
    let lab: LabState = expect_context();
    let runs: Runs = expect_context();
    let page: Page = expect_context();
    let column = move |approach: Approach| {
        let shown = Memo::new(move |_| lab.shown.get().contains(approach));
        let last = Memo::new(move |_| lab.shown.get() == Shown::only(approach));
        view! {
            <label class=format!("way {}", approach.name()) title=about(approach)>
                <input
                    type="checkbox"
                    aria-label=format!("Show {}", approach.name())
                    prop:checked=flag(move || shown.get())
                    disabled=flag(move || last.get())
                    on:change=move |event| {
                        let checked = event_target_checked(&event);
                        lab.shown.update(|shown| *shown = shown.with(approach, checked));
                    }
                />
                <svg class="sample" viewBox="0 0 34 12" aria-hidden="true">
                    <line x1="0" y1="6" x2="34" y2="6"></line>
                    <path d=marker(approach)></path>
                </svg>
                <span>{approach.name()}</span>
            </label>
        }
    };
    view! {
        <div class="legend" role="group" aria-label="Programs and charts">
            {Approach::ALL.into_iter().map(column).collect_view()}
            <ModuleChoice/>
            <span class="spring"></span>
            <Branching/>
            <button on:click=move |_| lab.pin(runs, page) title="Keep these runs as faint lines behind the next ones (P)">"Pin run"</button>
            <ScaleSwitch/>
            <AxisSwitch/>
        </div>
    }
}

fn about(approach: Approach) -> &'static str {
    match approach {
        Approach::Raw => "Parameters in an array, the loss written for a whole batch",
        Approach::Vmap => "The loss written for one example, and vmap",
        Approach::Module => "The parameters live in a module of Flax NNX",
    }
}

fn marker(approach: Approach) -> &'static str {
    match approach {
        Approach::Raw => "M17 2.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z",
        Approach::Vmap => "M13.5 2.5h7v7h-7z",
        Approach::Module => "M17 1l5 5-5 5-5-5z",
    }
}

#[component]
fn ScaleSwitch() -> impl IntoView {
    let lab: LabState = expect_context();
    let linear = Memo::new(move |_| lab.charts.with(|charts| charts.linear));
    view! {
        <button
            class="switch"
            aria-label=text(move || if linear.get() { "Scale: linear" } else { "Scale: log" })
            title="Logarithmic or linear scale of loss and distance"
            on:click=move |_| lab.charts.update(|charts| charts.linear = !charts.linear)
        >
            {text(move || if linear.get() { "linear" } else { "log" })}
        </button>
    }
}

#[component]
fn AxisSwitch() -> impl IntoView {
    let lab: LabState = expect_context();
    let by_epoch = Memo::new(move |_| lab.charts.with(|charts| charts.by_epoch));
    view! {
        <button
            class="switch"
            aria-label=text(move || if by_epoch.get() { "Axis: epochs" } else { "Axis: steps" })
            title="Count in steps or in epochs"
            on:click=move |_| lab.charts.update(|charts| charts.by_epoch = !charts.by_epoch)
        >
            {text(move || if by_epoch.get() { "epochs" } else { "steps" })}
        </button>
    }
}

/// Changes course at the playhead.
#[component]
fn Branching() -> impl IntoView {
    let lab: LabState = expect_context();
    let runs: Runs = expect_context();
    let time: Time = expect_context();
    let page: Page = expect_context();
    let branch = move |_: leptos::ev::MouseEvent| {
        let step = untrack(|| time.step());
        lab.pin(runs, page);
        lab.edit(|config| {
            let Config { learning_rate, optimizer, schedule, .. } = config.branched().unwrap_or_else(|| config.clone());
            config.branch = Some(Branch { step, learning_rate, optimizer, schedule });
        });
    };
    let branched = Memo::new(move |_| lab.settings.with(|config| config.branch.is_some()));
    let press = move |event| {
        if branched.get_untracked() {
            lab.edit(|config| config.branch = None);
        } else {
            branch(event);
        }
    };
    view! {
        <button
            class="branching"
            title="Change learning rate, optimizer or schedule from the playhead on; the course so far stays as a faint line. An optimizer of the same kind keeps its state, and a schedule its count of steps; another one starts anew, its schedule at 0"
            disabled=flag(move || time.playhead.get().is_none() && !branched.get())
            on:click=press
        >
            {text(move || if branched.get() { "Remove branch" } else { "Branch here" })}
        </button>
    }
}

/// The pinned runs by what is special about them.
#[component]
pub fn Pins() -> impl IntoView {
    let lab: LabState = expect_context();
    let pins = move || {
        lab.pins
            .get()
            .into_iter()
            .enumerate()
            .map(move |(place, pin)| {
                let name = pin_name(&pin);
                let listed = listed_name(place, &pin);
                let dropped = pin.clone();
                view! {
                    <li>
                        <span>{listed}</span>
                        <button
                            class="quiet"
                            aria-label=format!("Unpin {name}")
                            on:click=move |_| lab.pins.update(|pins| pins.retain(|pin| *pin != dropped))
                        >
                            "✕"
                        </button>
                    </li>
                }
            })
            .collect_view()
    };
    let what_if = move || {
        lab.what_if.get().map(|what_if| {
            view! {
                <li>
                    <span>{short(what_if)}</span>
                    <button class="quiet" aria-label="Undo the changed step" on:click=move |_| lab.what_if.set(None)>"✕"</button>
                </li>
            }
        })
    };
    move || {
        (!lab.pins.with(Vec::is_empty) || lab.what_if.get().is_some()).then(|| {
            view! {
                <ul class="pins" aria-label="Pinned runs">{pins()} {what_if()}</ul>
            }
        })
    }
}
