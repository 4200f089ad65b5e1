//! Choices from lists: optimizer, schedule, start, preset; and the starting point, number by number.

use leptos::prelude::*;

use crate::jax::repr::parse;
use crate::lecture::settings::config::{Approach, Config, ModuleKind, Optimizer, Schedule, Start};
use crate::page::presets::Preset;

use crate::ui::lab::state::LabState;
use crate::ui::parts::effects::{flag, text};
use crate::ui::state::{Runs, Time};

/// A list with its label and one line of explanation.
#[component]
fn Choice(
    name: &'static str,
    about: &'static str,
    options: Vec<(String, &'static str)>,
    #[prop(into)] value: Signal<String>,
    choose: impl Fn(String) + 'static,
) -> impl IntoView {
    let id = format!("choice-{}", name.to_ascii_lowercase().replace(' ', "-"));
    view! {
        <div class="control choice">
            <div class="control-line">
                <label for=id.clone()>{name}</label>
                <select
                    id=id.clone()
                    aria-label=name
                    aria-describedby=format!("{id}-about")
                    prop:value=text(move || value.get())
                    on:change=move |event| choose(event_target_value(&event))
                >
                    {options.into_iter().map(|(key, label)| {
                        let own = key.clone();
                        view! { <option value=key selected=flag(move || value.get() == own)>{label}</option> }
                    }).collect_view()}
                </select>
            </div>
            <p class="about" id=format!("{id}-about")>{about}</p>
        </div>
    }
}

/// What turns gradients into updates.
#[component]
pub fn OptimizerChoice() -> impl IntoView {
    let lab: LabState = expect_context();
    let label = |optimizer: Optimizer| match optimizer {
        Optimizer::Sgd => "SGD",
        Optimizer::Momentum => "Momentum 0.9",
        Optimizer::Nesterov => "Nesterov 0.9",
        Optimizer::Adam => "Adam",
    };
    let options = Optimizer::ALL.iter().map(|&optimizer| (optimizer.to_string(), label(optimizer))).collect();
    let value = Signal::derive(move || lab.current().optimizer.to_string());
    let choose = move |text: String| {
        if let Ok(optimizer) = text.parse() {
            lab.change(&Config { optimizer, ..untrack(|| lab.current()) });
        }
    };
    view! { <Choice name="Optimizer" about="What turns gradients into updates, as in Optax." options value choose/> }
}

/// How the learning rate changes.
#[component]
pub fn ScheduleChoice() -> impl IntoView {
    let lab: LabState = expect_context();
    let label = |schedule: Schedule| match schedule {
        Schedule::Constant => "Constant",
        Schedule::Exponential => "Exponential decay",
        Schedule::Cosine => "Cosine",
        Schedule::WarmupCosine => "Warm-up + cosine",
    };
    let options = Schedule::ALL.iter().map(|&schedule| (schedule.to_string(), label(schedule))).collect();
    let value = Signal::derive(move || lab.current().schedule.to_string());
    let choose = move |text: String| {
        if let Ok(schedule) = text.parse() {
            lab.change(&Config { schedule, ..untrack(|| lab.current()) });
        }
    };
    view! { <Choice name="Schedule" about="How the learning rate changes from step to step." options value choose/> }
}

/// Where the programs start.
#[component]
pub fn StartChoice() -> impl IntoView {
    let lab: LabState = expect_context();
    let label = |start: Start| match start {
        Start::Lecture => "As in the lecture",
        Start::Same => "The same θ₀",
    };
    let options = Start::ALL.iter().map(|&start| (start.to_string(), label(start))).collect();
    let value = Signal::derive(move || lab.settings.with(|config| config.start.to_string()));
    let choose = move |text: String| {
        if let Ok(start) = text.parse() {
            lab.edit(|config| config.start = start);
        }
    };
    let about =
        "In the lecture the module program draws its own data and start; with the same θ₀ all programs share them.";
    view! { <Choice name="Start" about options value choose/> }
}

/// Which program stands for the modules.
#[component]
pub fn ModuleChoice() -> impl IntoView {
    let lab: LabState = expect_context();
    let label = |kind: ModuleKind| match kind {
        ModuleKind::Linear => "nnx.Linear",
        ModuleKind::MyLinear => "MyLinear",
        ModuleKind::Split => "split once",
        ModuleKind::Pitfall => "used-up generator",
    };
    let shown = move || lab.shown.get().contains(Approach::Module);
    let choose = move |name: String| {
        if let Some(kind) = ModuleKind::ALL.into_iter().find(|kind| kind.name() == name) {
            lab.module.set(kind);
        }
    };
    view! {
        <select
            class="module-choice"
            aria-label="Module program"
            disabled=flag(move || !shown())
            on:change=move |event| choose(event_target_value(&event))
        >
            {ModuleKind::ALL.into_iter().map(|kind| view! {
                <option value=kind.name() selected=flag(move || lab.module.get() == kind)>{label(kind)}</option>
            }).collect_view()}
        </select>
    }
}

/// Situations to start from.
#[component]
pub fn PresetChoice() -> impl IntoView {
    let lab: LabState = expect_context();
    let time: Time = expect_context();
    let now = Memo::new(move |_| Preset::of(&lab.view(time)));
    let place = move || now.get().and_then(|preset| Preset::ALL.iter().position(|other| *other == preset));
    view! {
        <select
            class="preset"
            aria-label="Preset"
            title=move || now.get().map(Preset::about)
            prop:value=text(move || place().map_or_else(|| "own".to_owned(), |place| place.to_string()))
            on:change=move |event| {
                let place: Option<usize> = event_target_value(&event).parse().ok();
                if let Some(preset) = place.and_then(|place| Preset::ALL.get(place)) {
                    lab.show(preset.view(&untrack(|| lab.view(time))), time);
                }
            }
        >
            <option value="own" disabled=true selected=flag(move || now.get().is_none())>"Your own settings"</option>
            {Preset::ALL.into_iter().enumerate().map(|(index, preset)| view! {
                <option value=index.to_string() selected=flag(move || now.get() == Some(preset))>{preset.name()}</option>
            }).collect_view()}
        </select>
    }
}

/// The starting point, where it was moved away from the one that the program draws.
#[component]
pub fn StartPoint() -> impl IntoView {
    let lab: LabState = expect_context();
    let runs: Runs = expect_context();
    let moved = Memo::new(move |_| lab.settings.with(|config| config.theta_0.clone()));
    let features = Memo::new(move |_| lab.settings.with(|config| config.features));
    let start =
        move || runs.board.with(|board| board.first().map(|run| run.problem.theta_0.clone()).unwrap_or_default());
    let error = RwSignal::new(None::<String>);
    let enter = move |index: usize, text: &str| {
        let number = parse(text.trim()).filter(|number: &f32| number.is_finite());
        let Some(number) = number else {
            error.set(Some(format!("θ₀ is “{text}”, but each of its numbers must be finite.")));
            return;
        };
        error.set(None);
        let mut theta_0 = moved.get_untracked().unwrap_or_else(|| untrack(start));
        if let Some(entry) = theta_0.get_mut(index) {
            *entry = number;
            lab.edit(|config| config.theta_0 = Some(theta_0));
        }
    };
    let entry = move |index: usize| {
        view! {
            <input
                class="value"
                type="text"
                role="spinbutton"
                inputmode="decimal"
                autocomplete="off"
                aria-label=format!("Start θ{}", index + 1)
                aria-invalid=text(move || if error.get().is_some() { "true" } else { "false" })
                aria-errormessage="start-error"
                aria-valuenow=move || start().get(index).map(ToString::to_string)
                prop:value=move || start().get(index).map(ToString::to_string).unwrap_or_default()
                on:change=move |event| enter(index, &event_target_value(&event))
            />
        }
    };
    view! {
        <div class="control start-point">
            <div class="control-line">
                <span class="label" title="Drag the start in the parameter plane, or type its numbers.">"θ₀"</span>
                <button
                    class="reset quiet"
                    aria-label="Reset the start to the lecture’s"
                    title="Back to the start that the program draws"
                    disabled=flag(move || moved.get().is_none() && error.get().is_none())
                    on:click=move |_| {
                        error.set(None);
                        lab.edit(|config| config.theta_0 = None);
                    }
                >
                    "↺"
                </button>
                {move || (0..features.get().min(2)).map(entry).collect_view()}
            </div>
            <p class="error" id="start-error" role="alert">{move || error.get()}</p>
        </div>
    }
}
