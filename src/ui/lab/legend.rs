//! Which ways are shown, and what stands behind them: toggles, pinned runs, and how charts are drawn.

use leptos::prelude::*;

use crate::base::order::order_by;
use crate::base::words::thousands;
use crate::lecture::settings::config::{Branch, Config};
use crate::page::view::Way;

use crate::page::runs::Board;
use crate::ui::lab::choices::ModuleChoice;
use crate::ui::lab::state::Lab;
use crate::ui::parts::effects::{flag, text};

/// The line above the charts.
#[component]
pub fn Legend() -> impl IntoView {
    let lab: Lab = expect_context();
    let way = move |way: Way| {
        let shown = Memo::new(move |_| lab.ways.with(|ways| ways.contains(&way)));
        let last = Memo::new(move |_| lab.ways.with(|ways| ways.as_slice() == [way]));
        view! {
            <label class=format!("way {}", way.name()) title=about(way)>
                <input
                    type="checkbox"
                    aria-label=format!("Show {}", way.name())
                    prop:checked=flag(move || shown.get())
                    disabled=flag(move || last.get())
                    on:change=move |event| show(lab, way, event_target_checked(&event))
                />
                <svg class="sample" viewBox="0 0 34 12" aria-hidden="true">
                    <line x1="0" y1="6" x2="34" y2="6"></line>
                    <path d=marker(way)></path>
                </svg>
                <span>{way.name()}</span>
            </label>
        }
    };
    view! {
        <div class="legend" role="group" aria-label="Programs and charts">
            {Way::ALL.into_iter().map(way).collect_view()}
            <ModuleChoice/>
            <span class="spring"></span>
            <Branching/>
            <button on:click=move |_| lab.pin() title="Keep these runs as faint lines behind the next ones (P)">"Pin run"</button>
            <ScaleSwitch/>
            <AxisSwitch/>
        </div>
    }
}

fn about(way: Way) -> &'static str {
    match way {
        Way::Raw => "Parameters in an array, the loss written for a whole batch",
        Way::Vmap => "The loss written for one example, and vmap",
        Way::Module => "The parameters live in a module of Flax NNX",
    }
}

fn marker(way: Way) -> &'static str {
    match way {
        Way::Raw => "M17 2.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z",
        Way::Vmap => "M13.5 2.5h7v7h-7z",
        Way::Module => "M17 1l5 5-5 5-5-5z",
    }
}

fn show(lab: Lab, way: Way, shown: bool) {
    lab.ways.update(|ways| {
        ways.retain(|other| *other != way);
        if shown || ways.is_empty() {
            ways.push(way);
            order_by(ways, |a, b| a > b);
        }
    });
}

#[component]
fn ScaleSwitch() -> impl IntoView {
    let lab: Lab = expect_context();
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
    let lab: Lab = expect_context();
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
    let lab: Lab = expect_context();
    let branch = move |_: leptos::ev::MouseEvent| {
        let step = untrack(|| lab.step());
        lab.pin();
        lab.config.update(|config| {
            let Config { learning_rate, optimizer, schedule, .. } = config.branched().unwrap_or_else(|| config.clone());
            config.branch = Some(Branch { step, learning_rate, optimizer, schedule });
        });
    };
    let branched = Memo::new(move |_| lab.config.with(|config| config.branch.is_some()));
    let press = move |event| {
        if branched.get_untracked() {
            lab.config.update(|config| config.branch = None);
        } else {
            branch(event);
        }
    };
    view! {
        <button
            class="branching"
            title="Change learning rate, optimizer or schedule from the playhead on; the course so far stays as a faint line"
            disabled=flag(move || lab.playhead.get().is_none() && !branched.get())
            on:click=press
        >
            {text(move || if branched.get() { "Remove branch" } else { "Branch here" })}
        </button>
    }
}

/// The pinned runs by what is special about them.
#[component]
pub fn Pins() -> impl IntoView {
    let lab: Lab = expect_context();
    let pins = move || {
        lab.pins
            .get()
            .into_iter()
            .map(move |pin| {
                let name = pin_name(&pin);
                let dropped = pin.clone();
                view! {
                    <li>
                        <span>{name.clone()}</span>
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
    move || {
        (!lab.pins.with(Vec::is_empty)).then(|| {
            view! {
                <ul class="pins" aria-label="Pinned runs">{pins()}</ul>
            }
        })
    }
}

/// A pinned run in a few words.
fn pin_name(pin: &Config) -> String {
    let mut parts =
        vec![pin.program.to_string(), format!("rate {}", pin.learning_rate), format!("batch {}", pin.batch_size)];
    let plain = Config::default();
    if pin.optimizer != plain.optimizer {
        parts.push(pin.optimizer.to_string());
    }
    if pin.schedule != plain.schedule {
        parts.push(pin.schedule.to_string());
    }
    if pin.seed != plain.seed {
        parts.push(format!("seed {}", pin.seed));
    }
    if let Some(branch) = &pin.branch {
        parts.push(format!("branch at {}", thousands(branch.step)));
    }
    parts.join(", ")
}

/// The names of the pinned runs in charts.
pub fn ghost_names(board: &Board) -> Vec<String> {
    let Some(first) = board.first() else { return vec![String::new(); board.ghosts.len()] };
    board.ghosts.iter().map(|ghost| ghost_name(&ghost.config, &first.config)).collect()
}

/// A pinned run by what is different about it beside the settings on screen.
fn ghost_name(pin: &Config, shown: &Config) -> String {
    let mut parts = Vec::new();
    if pin.program != shown.program {
        parts.push(pin.program.to_string());
    }
    if pin.optimizer != shown.optimizer {
        parts.push(pin.optimizer.to_string());
    }
    if pin.schedule != shown.schedule {
        parts.push(pin.schedule.to_string());
    }
    if pin.batch_size != shown.batch_size {
        parts.push(format!("B = {}", pin.batch_size));
    }
    if pin.learning_rate != shown.learning_rate {
        parts.push(pin.learning_rate.to_string());
    }
    if pin.seed != shown.seed {
        parts.push("seed".to_owned());
    }
    // there is little room at the end of a line, and the list of pinned runs says the rest
    parts.into_iter().next().unwrap_or_else(|| "pinned".to_owned())
}
