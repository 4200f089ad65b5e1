//! `split` and `merge`, act by act: where structure and numbers are, the program's line, and what Python prints.

use leptos::html::Div;
use leptos::prelude::*;

use crate::page::highlight::Language;
use crate::page::modules::acts::{NAMES, act, numbers, structure};
use crate::page::modules::{class, printed};
use crate::page::view::ACTS;
use crate::worker::protocol::Anatomy;

use crate::ui::lab::programs::code;
use crate::ui::parts::effects::{flag, text};

use super::state::ModulesState;
use super::texts::{Lit, written};

/// The room.
#[component]
pub fn Split() -> impl IntoView {
    let modules: ModulesState = expect_context();
    let at = Memo::new(move |_| modules.view.with(|view| view.act));
    let now = Memo::new(move |_| {
        let at = at.get();
        modules.found.with(|found| found.as_ref().map(|(_, anatomy)| act(anatomy, at)))
    });
    let go = move |next: usize| modules.change(|view| view.act = next.min(ACTS - 1));
    let press = move |event: leptos::ev::KeyboardEvent| {
        if event.shift_key() || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        match event.key().as_str() {
            "ArrowRight" => go(at.get_untracked() + 1),
            "ArrowLeft" => go(at.get_untracked().saturating_sub(1)),
            "Home" => go(0),
            "End" => go(ACTS - 1),
            _ => return,
        }
        event.prevent_default();
    };
    let button = move |(number, name): (usize, &'static str)| {
        view! {
            <button
                class="quiet"
                class:past=flag(move || at.get() > number)
                aria-pressed=text(move || if at.get() == number { "true" } else { "false" })
                on:click=move |_| go(number)
            >
                {name}
            </button>
        }
    };
    let whose = move |(of_run, name): (bool, &'static str)| {
        view! {
            <button
                class="quiet"
                aria-pressed=text(move || if modules.view.with(|view| view.of_run == of_run) { "true" } else { "false" })
                on:click=move |_| modules.change(|view| view.of_run = of_run)
            >
                {name}
            </button>
        }
    };
    let prints = NodeRef::<Div>::new();
    written(prints, move || {
        modules.found.with(|found| {
            let Some((_, anatomy)) = found else { return String::new() };
            let printed = now.with(|now| now.as_ref().map(|now| now.printed.clone()).unwrap_or_default());
            printed::sections(anatomy, &printed)
        })
    });
    let lines = move || now.with(|now| now.as_ref().map(|now| now.code.clone()).unwrap_or_default());
    view! {
        <Lit class="room-split">
            <div class="choose" role="group" aria-label="Whose model">
                {[(false, "the lecture’s MyLinear"), (true, "the run’s model at the playhead")].map(whose)}
            </div>
            <div class="acts" role="group" aria-label="Acts of splitting and merging" on:keydown=press>
                {NAMES.into_iter().enumerate().map(button).collect_view()}
                <span class="spring"></span>
                <button aria-label="Act back" title="Act back (←)" on:click=move |_| go(at.get_untracked().saturating_sub(1))>"←"</button>
                <button aria-label="Next act" title="Next act (→)" on:click=move |_| go(at.get_untracked() + 1)>"→"</button>
            </div>
            <Stage at/>
            <div class="act-room">
                <div class="act-says" role="region" aria-label="Act" aria-live="polite">
                    <div class="code">{move || lines().lines().map(|line| code(line, Language::Python)).collect_view()}</div>
                    <p>{text(move || now.with(|now| now.as_ref().map(|now| now.about).unwrap_or_default()))}</p>
                    <button hidden=flag(move || at.get() != 1) on:click=move |_| go(2)>"Add 0.01 to every number"</button>
                </div>
                <div class="act-prints" node_ref=prints></div>
            </div>
        </Lit>
    }
}

/// Where structure and numbers are: copies of them come to their places.
#[component]
fn Stage(at: Memo<usize>) -> impl IntoView {
    let modules: ModulesState = expect_context();
    let of = move |read: fn(&Anatomy) -> String| {
        text(move || modules.found.with(|found| found.as_ref().map(|(_, anatomy)| read(anatomy)).unwrap_or_default()))
    };
    let parts = move || {
        let lines =
            modules.found.with(|found| found.as_ref().map(|(_, anatomy)| structure(anatomy)).unwrap_or_default());
        lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()
    };
    let structure = move || {
        view! {
            <div class="block structure">
                <b>{of(|anatomy| class(anatomy).to_owned())}</b>
                <ul>{parts}</ul>
            </div>
        }
    };
    let before = move || view! { <div class="block values">{of(|anatomy| numbers(anatomy)[0].clone())}</div> };
    let after = move || view! { <div class="block values moved">{of(|anatomy| numbers(anatomy)[1].clone())}</div> };
    let from = move |act: usize| flag(move || at.get() < act);
    view! {
        <div class="split-stage" aria-hidden="true">
            <div class="place model"><h3>"model"</h3>{structure()}{before()}</div>
            <div class="place graphdef" class:empty=from(1)><h3>"graphdef"</h3>{structure()}</div>
            <div class="place state" class:empty=from(1)>
                <h3>{text(move || if at.get() < 2 { "state" } else { "state_2" })}</h3>
                <div class="swap" class:moves=flag(move || at.get() >= 2)>{before()}{after()}</div>
            </div>
            <div class="place model-2" class:empty=from(3)><h3>"model_2"</h3>{structure()}{after()}</div>
        </div>
    }
}
