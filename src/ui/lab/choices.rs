//! Choices from lists: settings, programs, presets; and the starting point, number by number.

use leptos::prelude::*;

use crate::lecture::settings::choices::find;
use crate::lecture::settings::config::{Approach, ModuleKind};
use crate::lecture::settings::number::real;
use crate::lecture::settings::setting::{Choice, Setting};
use crate::lecture::settings::value::Value;
use crate::page::presets::Preset;

use crate::ui::lab::controls::Hint;
use crate::ui::lab::state::LabState;
use crate::ui::parts::effects::{effect, flag, text};
use crate::ui::state::{Runs, Time};

/// A setting that is chosen from a list, with its explanation.
#[component]
pub fn ChoiceControl(setting: &'static Setting, choice: Choice) -> impl IntoView {
    let lab: LabState = expect_context();
    let id = format!("choice-{}", setting.option);
    let value = Memo::new(move |_| (choice.get)(&lab.current()));
    let choose = move |place: usize| {
        if let Ok(next) = setting.with(&untrack(|| lab.current()), Value::Choice(place)) {
            lab.change(&next);
        }
    };
    view! {
        <div class=format!("control choice of-{}", setting.option)>
            <div class="control-line">
                <label for=id.clone()>{setting.name}</label>
                <select
                    id=id.clone()
                    aria-label=setting.name
                    aria-describedby=format!("{id}-about")
                    prop:value=text(move || choice.named.get(value.get()).map_or("", |named| named.name).to_owned())
                    on:change=move |event| {
                        if let Some(place) = find(choice.named, &event_target_value(&event)) {
                            choose(place);
                        }
                    }
                >
                    {choice.named.iter().enumerate().map(|(place, named)| view! {
                        <option value=named.name title=named.about selected=flag(move || value.get() == place)>
                            {named.label}
                        </option>
                    }).collect_view()}
                </select>
            </div>
            <Hint key=setting.key/>
            <p class="about" id=format!("{id}-about")>{setting.about}</p>
        </div>
    }
}

/// Which program stands for the modules.
#[component]
pub fn ModuleChoice() -> impl IntoView {
    let lab: LabState = expect_context();
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
                <option value=kind.name() selected=flag(move || lab.module.get() == kind)>{kind.named().label}</option>
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
    // what was wrong is over once settings have changed in another way
    effect(move || {
        lab.settings.track();
        error.set(None);
    });
    let enter = move |index: usize, text: &str| {
        let number = real(text).filter(|number: &f32| number.is_finite());
        let Some(number) = number else {
            error.set(Some(format!("θ₀ is “{text}”, but it must be a finite number, such as 0.5 or −1e-3.")));
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
            <Hint key="theta0"/>
        </div>
    }
}
