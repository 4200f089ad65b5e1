//! The left rail: a slider and a field for each hyperparameter, with what is wrong with a typed value beside it.

use leptos::prelude::*;
use rand::TryRng;
use rand::rngs::SysRng;

use crate::base::words::thousands;
use crate::lecture::data::geometry::FullBatchRates;
use crate::lecture::settings::config::Config;
use crate::lecture::settings::field::{Field, rate_place};

use crate::ui::lab::choices::{OptimizerChoice, ScheduleChoice, StartChoice, StartPoint};
use crate::ui::lab::state::LabState;
use crate::ui::parts::effects::{effect, flag, text};
use crate::ui::state::{Page, Runs};

/// What the marks on the learning rate's track stand for.
const FASTEST: &str = "At this rate gradient descent on the full batch converges fastest.";
const LIMIT: &str = "Above this rate gradient descent on the full batch diverges.";

/// The controls in their groups.
#[component]
pub fn Controls() -> impl IntoView {
    let lab: LabState = expect_context();
    let branch = move || lab.settings.with(|config| config.branch.as_ref().map(|branch| branch.step));
    view! {
        <aside class="controls" aria-label="Controls">
            <details class="sheet" open=is_wide()>
                <summary>"Controls"</summary>
                <div class="groups">
                    <fieldset>
                        <legend>
                            "Optimizer"
                            {move || branch().map(|step| format!(", from step {} on", thousands(step)))}
                        </legend>
                        <Control field=Field::LearningRate/>
                        <Control field=Field::BatchSize/>
                        <OptimizerChoice/>
                        <ScheduleChoice/>
                    </fieldset>
                    <fieldset>
                        <legend>"Run"</legend>
                        <Control field=Field::Epochs/>
                        <Control field=Field::Seed/>
                        <StartChoice/>
                        <StartPoint/>
                    </fieldset>
                    <fieldset>
                        <legend>"Data"</legend>
                        <Control field=Field::Samples/>
                        <Control field=Field::Features/>
                        <Control field=Field::Sigma/>
                        <Control field=Field::Stretch/>
                    </fieldset>
                </div>
            </details>
        </aside>
    }
}

/// Whether there is room for the controls beside the charts: on a phone they are folded away at first.
fn is_wide() -> bool {
    let width = window().inner_width().ok().and_then(|width| width.as_f64());
    width.is_none_or(|width| width >= 700.0)
}

#[component]
fn Control(field: Field) -> impl IntoView {
    let lab: LabState = expect_context();
    let now = Memo::new(move |_| field.text(&lab.current()));
    let shown = RwSignal::new(now.get_untracked());
    let error = RwSignal::new(None::<String>);
    // a value that was changed elsewhere, or by the slider, replaces what stands in the field
    effect(move || {
        let current = now.get();
        let typed = field.set(&untrack(|| lab.current()), &shown.get_untracked()).map(|config| field.text(&config));
        if typed != Ok(current.clone()) && (error.get_untracked().is_none() || typed.is_ok()) {
            shown.set(current);
            error.set(None);
        }
    });
    let enter = move |typed: String| {
        match field.set(&untrack(|| lab.current()), &typed) {
            Ok(config) => {
                error.set(None);
                lab.change(&config);
            }
            Err(problem) => error.set(Some(format!("{problem}."))),
        }
        shown.set(typed);
    };
    let move_to = move |place: usize| {
        error.set(None);
        enter(field.text_at(&untrack(|| lab.current()), place));
    };
    let lectures = field.text(&Config::default());
    let reset_to = lectures.clone();
    let reset = move |_| enter(reset_to.clone());
    let changed = move || now.get() != lectures;
    let id = field_id(field);
    let nudge = move |event: leptos::ev::KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowUp" => 1,
            "ArrowDown" => -1,
            _ => return,
        };
        event.prevent_default();
        enter(nudged(field, &untrack(|| lab.current()), by));
    };
    view! {
        <div class="control">
            <div class="control-line">
                <label for=id>{field.name()}</label>
                {(field == Field::Seed).then(|| view! { <Dice enter/> })}
                <button
                    class="reset quiet"
                    aria-label=format!("Reset {} to the lecture’s value", field.name())
                    title="Back to the lecture’s value"
                    disabled=flag(move || !changed() && error.get().is_none())
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
                    aria-valuenow=text(move || now.get())
                    aria-invalid=text(move || if error.get().is_some() { "true" } else { "false" })
                    aria-errormessage=format!("{id}-error")
                    aria-describedby=format!("{id}-about")
                    prop:value=text(move || shown.get())
                    on:input=move |event| enter(event_target_value(&event))
                    on:keydown=nudge
                />
                <span class="unit">{field.unit()}</span>
            </div>
            <Slider field move_to=Callback::new(move_to)/>
            <p class="error" id=format!("{id}-error") role="alert">{move || error.get()}</p>
            <p class="about" id=format!("{id}-about")>{field.explanation()} " " {limits(field)}</p>
        </div>
    }
}

/// What may be typed, as a sentence.
fn limits(field: Field) -> String {
    format!("It is {}.", field.range())
}

#[component]
fn Slider(field: Field, move_to: Callback<usize>) -> impl IntoView {
    let lab: LabState = expect_context();
    let last = Memo::new(move |_| lab.settings.with(|config| field.places(config)));
    move || {
        let last = last.get()?;
        let place = Memo::new(move |_| field.place(&lab.current()));
        Some(view! {
            <div class="track" class:rate=field == Field::LearningRate>
                <input
                    type="range"
                    min="0"
                    max=last.to_string()
                    step="1"
                    aria-label=field.name()
                    aria-valuetext=text(move || field.text(&lab.current()))
                    prop:value=text(move || place.get().to_string())
                    on:input=move |event| {
                        if let Ok(place) = event_target_value(&event).parse() {
                            move_to.run(place);
                        }
                    }
                />
                {(field == Field::LearningRate).then(|| view! { <SpecialRates last/> })}
            </div>
        })
    }
}

/// Where on the learning rate's track gradient descent on the full batch is fastest, and where it becomes unstable. A click takes that rate.
#[component]
fn SpecialRates(last: usize) -> impl IntoView {
    let lab: LabState = expect_context();
    let runs: Runs = expect_context();
    let rates = Memo::new(move |_| runs.board.with(|board| FullBatchRates::new(&board.first()?.problem.eigenvalues)));
    let take = move |rate: f64| {
        let text = format!("{rate:.3e}");
        if let Ok(config) = Field::LearningRate.set(&untrack(|| lab.current()), &text) {
            lab.change(&config);
        }
    };
    let at = move |rate: f64| format!("--at: {}", rate_place(rate) as f64 / last as f64);
    let button = move |rate: f64, name: &'static str, what: &'static str| {
        view! {
            <button
                title=format!("{what} Click to take this rate.")
                aria-label=format!("{name} = {rate:.3}: take this rate")
                on:click=move |_| take(rate)
            >
                {name} " " <b>{format!("{rate:.3}")}</b>
            </button>
        }
    };
    let marks = move |FullBatchRates { fastest, limit }: FullBatchRates| {
        view! {
            <span class="beyond" style=at(limit) aria-hidden="true"></span>
            {fastest.map(|rate| view! { <span class="tick" style=at(rate) aria-hidden="true"></span> })}
            <span class="tick limit" style=at(limit) aria-hidden="true"></span>
            <div class="marks">
                <span>"full batch:"</span>
                {fastest.map(|rate| button(rate, "2/(λmin+λmax)", FASTEST))}
                {button(limit, "2/λmax", LIMIT)}
            </div>
        }
    };
    move || rates.get().map(marks)
}

/// A fresh seed from the system's randomness.
pub fn new_seed(page: Page, lab: LabState) {
    match SysRng.try_next_u32() {
        Ok(word) => lab.change(&Config { seed: i64::from(word >> 1), ..untrack(|| lab.current()) }),
        Err(_) => page.say("This browser provides no random numbers; please type a seed."),
    }
}

/// Draws a fresh seed.
#[component]
fn Dice(enter: impl Fn(String) + Copy + 'static) -> impl IntoView {
    let lab: LabState = expect_context();
    let page: Page = expect_context();
    let roll = move |_| {
        new_seed(page, lab);
        // what was typed before, perhaps wrong, gives way
        enter(lab.settings.with_untracked(|settings| Field::Seed.text(settings)));
    };
    view! {
        <button class="quiet dice" aria-label="New seed" title="New seed (S)" on:click=roll>
            <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
                <path fill-rule="evenodd" d="M3.5 1.5h9a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-9a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2zm0 1.4a.6.6 0 0 0-.6.6v9c0 .33.27.6.6.6h9a.6.6 0 0 0 .6-.6v-9a.6.6 0 0 0-.6-.6z"></path>
                <circle cx="5.4" cy="5.4" r="1.2"></circle>
                <circle cx="10.6" cy="5.4" r="1.2"></circle>
                <circle cx="8" cy="8" r="1.2"></circle>
                <circle cx="5.4" cy="10.6" r="1.2"></circle>
                <circle cx="10.6" cy="10.6" r="1.2"></circle>
            </svg>
        </button>
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
        Field::Stretch => "stretch",
    }
}
