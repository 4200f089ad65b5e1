//! The left rail: a slider and a field for each hyperparameter, with what is wrong with a typed value beside it.

use leptos::prelude::*;
use rand::TryRng;
use rand::rngs::SysRng;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::base::words::rounded as rounded_text;
use crate::base::words::thousands;
use crate::lecture::settings::config::Config;
use crate::lecture::settings::number::Number;
use crate::lecture::settings::setting::{Group, Kind, Numeric, Range, Setting};
use crate::lecture::settings::value::Value;
use crate::lecture::verdict::stability::{Mark, Shading, Stability};
use crate::page::hints::hint;
use crate::page::status::branch_words;

use crate::ui::lab::choices::{ChoiceControl, StartPoint};
use crate::ui::lab::state::LabState;
use crate::ui::parts::effects::{effect, flag, text};
use crate::ui::state::{Page, Runs};

/// The controls in their groups: one for each setting that has a group.
#[component]
pub fn Controls() -> impl IntoView {
    let page: Page = expect_context();
    let lab: LabState = expect_context();
    let branch = move || lab.settings.with(|config| config.branch.as_ref().map(|branch| branch.step));
    let from = move |group| branch().filter(|_| group == Group::Optimizer);
    view! {
        <aside class="controls" aria-label="Controls">
            <details class="sheet" prop:open=flag(move || page.present.get() || is_wide()) on:toggle=show_what_is_controlled(page)>
                <summary>"Controls"</summary>
                <div class="groups">
                    {Group::ALL.into_iter().map(|group| view! {
                        <fieldset>
                            <legend>
                                {group.name()}
                                {move || from(group).map(|step| format!(", after step {}", thousands(step)))}
                            </legend>
                            {move || from(group).and_then(|_| lab.settings.with(|config| branch_words(config))).map(|words| view! {
                                <p class="branch-about">{words}</p>
                            })}
                            {group.settings().map(control).collect_view()}
                        </fieldset>
                    }).collect_view()}
                </div>
            </details>
        </aside>
    }
}

/// On a phone the controls are a sheet over the lower part of the page: the figures come above it, wherever the page has been scrolled to, and the page goes back
/// there when the sheet is closed. In presentation there is no sheet, but a bar that is always open.
fn show_what_is_controlled(page: Page) -> impl Fn(leptos::ev::Event) {
    let before = StoredValue::new(None::<f64>);
    move |event| {
        let sheet = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let is_open = sheet.is_some_and(|sheet| sheet.has_attribute("open"));
        if is_wide() || page.present.get_untracked() {
            return;
        }
        if !is_open {
            if let Some(y) = before.try_update_value(Option::take).flatten() {
                window().scroll_to_with_x_and_y(0.0, y);
            }
            return;
        }
        before.set_value(window().scroll_y().ok());
        // the page has figures wherever it has controls
        if let Ok(Some(figures)) = document().query_selector(".figures") {
            figures.scroll_into_view();
        }
    }
}

fn control(setting: &'static Setting) -> AnyView {
    match setting.kind {
        Kind::Number(numeric) => view! { <Control setting numeric/> }.into_any(),
        Kind::Choice(choice) => view! { <ChoiceControl setting choice/> }.into_any(),
        Kind::Point => view! { <StartPoint/> }.into_any(),
        // a run branches at the playhead, not in the list of controls
        Kind::Branch => ().into_any(),
    }
}

/// Whether there is room for the controls beside the charts: on a phone they are folded away at first, but not where only the slim bar is left of them.
fn is_wide() -> bool {
    let width = window().inner_width().ok().and_then(|width| width.as_f64());
    width.is_none_or(|width| width >= 700.0)
}

#[component]
fn Control(setting: &'static Setting, numeric: Numeric) -> impl IntoView {
    let lab: LabState = expect_context();
    let now = Memo::new(move |_| setting.text(&lab.current()));
    let shown = RwSignal::new(now.get_untracked());
    let error = RwSignal::new(None::<String>);
    // The value that was typed last, until the effect below has heard of it: more may have been typed by then, `50` after `5`.
    let typed_value = StoredValue::new(None::<String>);
    // What stands in the field may say the value in another way, `0,01` for 0.01. If it does not say it at all, settings were changed elsewhere, or by the
    // slider, and the value replaces it, with what was wrong with it.
    effect(move || {
        lab.settings.track();
        let own = typed_value.try_update_value(Option::take).flatten();
        if own.as_ref() == Some(&now.get_untracked()) {
            return;
        }
        let typed = setting.enter(&untrack(|| lab.current()), &shown.get_untracked());
        let current = now.get_untracked();
        if typed.map(|config| setting.text(&config)).as_ref() != Ok(&current) {
            shown.set(current);
        }
        error.set(None);
    });
    let enter = move |typed: String| {
        match setting.enter(&untrack(|| lab.current()), &typed) {
            Ok(config) => {
                error.set(None);
                let value = setting.text(&config);
                typed_value.set_value((value != now.get_untracked()).then_some(value));
                lab.change(&config);
            }
            Err(problem) => error.set(Some(format!("{problem}."))),
        }
        shown.set(typed);
    };
    let put = move |number: Number| match setting.with(&untrack(|| lab.current()), Value::Number(number)) {
        Ok(config) => {
            error.set(None);
            shown.set(setting.text(&config));
            lab.change(&config);
        }
        // a place of the slider at which the run would be too long, for example
        Err(problem) => {
            shown.set(number.to_string());
            error.set(Some(format!("{problem}.")));
        }
    };
    let lectures = (numeric.get)(&Config::default());
    let changed = move || (numeric.get)(&lab.current()) != lectures;
    let id = setting.option;
    let nudge = move |event: leptos::ev::KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowUp" => 1,
            "ArrowDown" => -1,
            _ => return,
        };
        event.prevent_default();
        put(numeric.nudged(&untrack(|| lab.current()), by));
    };
    view! {
        <div class=format!("control of-{id}")>
            <div class="control-line">
                <label for=id>{setting.name}</label>
                {(setting.key == "seed").then(|| view! { <Dice put/> })}
                <button
                    class="reset quiet"
                    aria-label=format!("Reset {} to the lecture’s value", setting.name)
                    title="Back to the lecture’s value"
                    disabled=flag(move || !changed() && error.get().is_none())
                    on:click=move |_| put(lectures)
                >
                    "↺"
                </button>
                <input
                    id=id
                    class="value"
                    type="text"
                    role="spinbutton"
                    inputmode=keyboard(numeric.range)
                    autocomplete="off"
                    spellcheck="false"
                    aria-label=setting.name
                    aria-valuenow=text(move || now.get())
                    aria-invalid=text(move || if error.get().is_some() { "true" } else { "false" })
                    aria-errormessage=format!("{id}-error")
                    aria-describedby=format!("{id}-about")
                    prop:value=text(move || shown.get())
                    on:input=move |event| enter(event_target_value(&event))
                    on:keydown=nudge
                />
                <span class="unit">{setting.unit}</span>
            </div>
            <Slider setting numeric put=Callback::new(put)/>
            <p class="error" id=format!("{id}-error") role="alert">{move || error.get()}</p>
            <Hint key=setting.key/>
            <p class="about" id=format!("{id}-about")>{setting.about} " " {format!("It is {}.", setting.expected())}</p>
        </div>
    }
}

/// What is to be known of the setting beside the others.
#[component]
pub fn Hint(key: &'static str) -> impl IntoView {
    let lab: LabState = expect_context();
    let said = Memo::new(move |_| hint(key, &lab.current()).unwrap_or_default());
    view! { <p class="hint">{text(move || said.get())}</p> }
}

/// The keys that a phone shows for a number.
fn keyboard(range: Range) -> &'static str {
    match range {
        // the keyboards for numbers have no minus sign
        _ if range.ends().0 < 0.0 => "text",
        Range::Integer(..) => "numeric",
        Range::Real(..) => "decimal",
    }
}

#[component]
fn Slider(setting: &'static Setting, numeric: Numeric, put: Callback<Number>) -> impl IntoView {
    let lab: LabState = expect_context();
    let is_rate = setting.key == "lr";
    let last = Memo::new(move |_| lab.settings.with(|config| numeric.last(config)));
    move || {
        let last = last.get()?;
        let place = Memo::new(move |_| {
            let config = lab.current();
            numeric.place(&config, (numeric.get)(&config))
        });
        Some(view! {
            <div class="track" class:rate=is_rate>
                <input
                    type="range"
                    min="0"
                    max=last.to_string()
                    step="1"
                    aria-label=setting.name
                    aria-valuetext=text(move || setting.text(&lab.current()))
                    prop:value=text(move || place.get().to_string())
                    on:input=move |event| {
                        if let Ok(place) = event_target_value(&event).parse() {
                            put.run(numeric.at(&untrack(|| lab.current()), place));
                        }
                    }
                />
                {is_rate.then(|| view! { <SpecialRates numeric last put/> })}
            </div>
        })
    }
}

/// The limits of the learning rate on its track, for the optimizer and the batch size that are set, and what they are. A click takes that rate.
#[component]
fn SpecialRates(numeric: Numeric, last: usize, put: Callback<Number>) -> impl IntoView {
    let lab: LabState = expect_context();
    let runs: Runs = expect_context();
    // the controls change the settings from the branch on, if there is one
    let limits = Memo::new(move |_| runs.limits.with(|limits| limits.last().cloned()));
    let at = move |rate: f64| {
        let place = lab.settings.with(|config| numeric.place(config, Number::Real(rate)));
        (place as f64 / last as f64).to_string()
    };
    let button = move |mark: Mark| {
        let rate = mark.within();
        let shown = rounded_text(rate, 4);
        let Mark { name, about, .. } = mark;
        view! {
            <button
                title=format!("{about} Click to use this rate.")
                aria-label=format!("{name} = {shown}: use this rate")
                on:click=move |_| put.run(Number::Real(rate))
            >
                {name.clone()} " " <b>{shown.clone()}</b>
            </button>
        }
    };
    let marks = move |limits: Stability| {
        let Shading { from, darker } = limits.shading();
        let marks = limits.marks();
        let is_limit = move |rate: f64| Some(rate) == darker || Some(rate) == from;
        view! {
            {from.map(|rate| view! { <span class="beyond" style:--at=at(rate) aria-hidden="true"></span> })}
            {darker.map(|rate| view! { <span class="beyond darker" style:--at=at(rate) aria-hidden="true"></span> })}
            {marks.iter().map(|mark| view! {
                <span class="tick" class:limit=is_limit(mark.rate) style:--at=at(mark.rate) aria-hidden="true"></span>
            }).collect_view()}
            <div class="marks" role="group" aria-label="Limits of the learning rate">
                {marks.into_iter().map(button).collect_view()}
                <p class="limits-about">{limits.about()}</p>
            </div>
        }
    };
    move || limits.get().map(marks)
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
fn Dice(put: impl Fn(Number) + Copy + 'static) -> impl IntoView {
    let lab: LabState = expect_context();
    let page: Page = expect_context();
    let roll = move |_| {
        new_seed(page, lab);
        // what was typed before, perhaps wrong, gives way
        put(Number::Integer(lab.settings.with_untracked(|config| config.seed)));
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
