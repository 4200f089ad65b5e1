//! The left rail: a slider and a field for each hyperparameter, with what is wrong with a typed value beside it.

use leptos::prelude::*;
use rand::TryRng;
use rand::rngs::SysRng;

use crate::lecture::config::Config;
use crate::lecture::field::{Field, rate_place};

use super::state::Lab;

#[component]
pub fn Controls() -> impl IntoView {
    view! {
        <aside class="controls" aria-label="Controls">
            <fieldset>
                <legend>"Optimizer"</legend>
                <Control field=Field::LearningRate/>
                <Control field=Field::BatchSize/>
            </fieldset>
            <fieldset>
                <legend>"Run"</legend>
                <Control field=Field::Epochs/>
                <Control field=Field::Seed/>
            </fieldset>
            <fieldset>
                <legend>"Data"</legend>
                <Control field=Field::Samples/>
                <Control field=Field::Features/>
                <Control field=Field::Sigma/>
            </fieldset>
        </aside>
    }
}

#[component]
fn Control(field: Field) -> impl IntoView {
    let lab: Lab = expect_context();
    let text = RwSignal::new(field.text(&lab.config.get_untracked()));
    let error = RwSignal::new(None::<String>);
    // a value that was changed elsewhere, or by the slider, replaces what stands in the field
    Effect::new(move |_| {
        let current = field.text(&lab.config.get());
        let typed = field.set(&lab.config.get_untracked(), &text.get_untracked()).map(|config| field.text(&config));
        if typed != Ok(current.clone()) && (error.get_untracked().is_none() || typed.is_ok()) {
            text.set(current);
            error.set(None);
        }
    });
    let enter = move |typed: String| {
        match field.set(&lab.config.get_untracked(), &typed) {
            Ok(config) => {
                error.set(None);
                change(lab, config);
            }
            Err(problem) => error.set(Some(format!("{problem}."))),
        }
        text.set(typed);
    };
    let move_to = move |place: usize| {
        error.set(None);
        enter(field.text_at(&lab.config.get_untracked(), place));
    };
    let reset = move |_| enter(field.text(&Config::default()));
    let changed = move || lab.config.with(|config| field.text(config) != field.text(&Config::default()));
    let id = field_id(field);
    let nudge = move |event: leptos::ev::KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowUp" => 1,
            "ArrowDown" => -1,
            _ => return,
        };
        event.prevent_default();
        enter(nudged(field, &lab.config.get_untracked(), by));
    };
    view! {
        <div class="control">
            <div class="control-line">
                <label for=id title=field.explanation()>{field.name()}</label>
                {(field == Field::Seed).then(|| view! { <Dice enter/> })}
                <button
                    class="reset quiet"
                    aria-label=format!("Reset {} to the lecture’s value", field.name())
                    title="Back to the lecture’s value"
                    disabled=move || !changed() && error.get().is_none()
                    on:click=reset
                >
                    "↺"
                </button>
                <input
                    id=id
                    class="value"
                    type="text"
                    role="spinbutton"
                    inputmode="decimal"
                    autocomplete="off"
                    spellcheck="false"
                    aria-label=field.name()
                    aria-valuenow=move || lab.config.with(|config| field.text(config))
                    aria-invalid=move || if error.get().is_some() { "true" } else { "false" }
                    aria-errormessage=format!("{id}-error")
                    aria-describedby=format!("{id}-about")
                    prop:value=move || text.get()
                    on:input=move |event| enter(event_target_value(&event))
                    on:keydown=nudge
                />
                <span class="unit">{field.unit()}</span>
            </div>
            <Slider field move_to=Callback::new(move_to)/>
            <p class="error" id=format!("{id}-error") role="alert">{move || error.get()}</p>
            <p class="about" id=format!("{id}-about")>{field.explanation()}</p>
        </div>
    }
}

#[component]
fn Slider(field: Field, move_to: Callback<usize>) -> impl IntoView {
    let lab: Lab = expect_context();
    let places = move || lab.config.with(|config| field.places(config));
    let slider = move || {
        let last = places()?;
        Some(view! {
            <div class="track">
                <input
                    type="range"
                    min="0"
                    max=last.to_string()
                    step="1"
                    aria-label=field.name()
                    aria-valuetext=move || lab.config.with(|config| field.text(config))
                    prop:value=move || lab.config.with(|config| field.place(config).to_string())
                    on:input=move |event| {
                        if let Ok(place) = event_target_value(&event).parse() {
                            move_to.run(place);
                        }
                    }
                />
                {(field == Field::LearningRate).then(|| view! { <StabilityMark last/> })}
            </div>
        })
    };
    let known = Memo::new(move |_| places());
    move || {
        known.track();
        untrack(slider)
    }
}

/// Where on the learning rate's track gradient descent on the full batch becomes unstable.
#[component]
fn StabilityMark(last: usize) -> impl IntoView {
    let lab: Lab = expect_context();
    let limit = move || {
        let largest = lab.shown.with(|shown| shown.problem.eigenvalues.first().copied())?;
        (largest > 0.0).then(|| 2.0 / largest)
    };
    #[allow(clippy::cast_precision_loss)] // at most 600 places
    let mark = move |rate: f64| {
        let place = rate_place(rate) as f64 / last as f64;
        view! {
            <span class="mark" style=format!("--at: {place}") title="Above this rate, gradient descent on the full batch diverges.">
                {format!("2/λmax = {rate:.3}")}
            </span>
        }
    };
    move || limit().map(mark)
}

/// Draws a fresh seed from the system's randomness.
#[component]
fn Dice(enter: impl Fn(String) + Copy + 'static) -> impl IntoView {
    let lab: Lab = expect_context();
    let roll = move |_| match SysRng.try_next_u32() {
        Ok(word) => enter((word >> 1).to_string()),
        Err(_) => lab.trouble.set(Some("The browser gives no random numbers; please type a seed.".to_owned())),
    };
    view! {
        <button class="quiet dice" aria-label="New seed" title="New seed" on:click=roll>
            "⚄"
        </button>
    }
}

fn change(lab: Lab, config: Config) {
    if lab.config.with_untracked(|current| *current != config) {
        lab.config.set(config);
    }
}

/// The text one notch up or down: the next place of the slider, or the next whole number.
fn nudged(field: Field, config: &Config, by: i64) -> String {
    if field.places(config).is_some() {
        let place = i64::try_from(field.place(config)).unwrap_or(0).saturating_add(by).max(0);
        return field.text_at(config, usize::try_from(place).unwrap_or(0));
    }
    match field.text(config).parse::<i64>() {
        Ok(number) => number.saturating_add(by).to_string(),
        Err(_) => field.text(config),
    }
}

fn field_id(field: Field) -> &'static str {
    match field {
        Field::LearningRate => "learning-rate",
        Field::BatchSize => "batch-size",
        Field::Epochs => "epochs",
        Field::Seed => "seed",
        Field::Samples => "samples",
        Field::Features => "features",
        Field::Sigma => "sigma",
    }
}
