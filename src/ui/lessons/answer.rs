//! How the learner says something in words: by a button or a number. What is drawn is in [`super::pen`].

use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

use crate::lecture::settings::number::real;
use crate::page::lessons::course::{Course, Stage};
use crate::page::lessons::form::{Choice, Kind};
use crate::page::lessons::text;
use crate::page::lessons::work::Guess;

use crate::ui::lessons::room::Room;
use crate::ui::parts::effects::{Text, effect, flag, text as words};

/// What can be answered in the scene that is open.
pub fn kind(course: Option<&Course>) -> Option<&'static Kind> {
    course.and_then(Course::prediction).map(|prediction| &prediction.kind)
}

/// Sentences to choose from: a click commits.
#[component]
pub fn Choices() -> impl IntoView {
    let room: Room = expect_context();
    let list = move || {
        room.course.with(|course| match kind(course.as_ref()) {
            Some(Kind::Choice(choices)) => {
                let key = course.as_ref().map_or(0, Course::place);
                choices.iter().enumerate().map(|(place, choice)| (key, place, choice)).collect::<Vec<_>>()
            }
            _ => Vec::new(),
        })
    };
    let stage = Memo::new(move |_| room.course.with(|course| course.as_ref().map(Course::stage)));
    let guess =
        Memo::new(move |_| room.course.with(|course| course.as_ref().and_then(|course| course.said().guess.clone())));
    let revealed =
        Memo::new(move |_| room.course.with(|course| course.as_ref().is_some_and(|course| course.said().revealed)));
    let button = move |(_, place, choice): (usize, usize, &'static Choice)| {
        let says = words(move || room.facts.with(|facts| text::line(choice.says, facts, None)));
        let is_said = move || guess.get() == Some(Guess::Choice(place));
        let holds = move || revealed.get() && room.facts.with(|facts| (choice.holds)(facts)) == Some(true);
        let note = move || match (is_said(), holds()) {
            (true, true) => "your guess, and what the run says",
            (true, false) => "your guess",
            (false, true) => "what the run says",
            (false, false) => "",
        };
        view! {
            <button
                class="choice-button"
                class:said=flag(is_said)
                class:holds=flag(holds)
                disabled=flag(move || stage.get() != Some(Stage::Predict))
                on:click=move |_| room.commit(Guess::Choice(place))
            >
                <span inner_html=says></span>
                <small>{words(note)}</small>
            </button>
        }
    };
    view! {
        <div class="choices" role="group" aria-label="Answers">
            <For each=list key=|(key, place, choice)| (*key, *place, choice.says) children=button/>
        </div>
    }
}

/// A field for a number; Enter says it.
#[component]
pub fn NumberField(label: Text, button: &'static str, say: Callback<f64>) -> impl IntoView {
    let node = NodeRef::<Input>::new();
    let room: Room = expect_context();
    let error = RwSignal::new(String::new());
    let place = Memo::new(move |_| room.course.with(|course| course.as_ref().map(Course::place)));
    effect(move || {
        place.track();
        error.set(String::new());
        if let Some(input) = node.get_untracked() {
            input.set_value("");
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = node.get_untracked().map(|input| input.value()).unwrap_or_default();
        match real(typed.trim()) {
            Some(number) => {
                error.set(String::new());
                say.run(number);
            }
            None => error.set("Please type a number.".to_owned()),
        }
    };
    view! {
        <form class="number-field" on:submit=submit>
            <label>{label} " " <input class="value" type="text" role="spinbutton" inputmode="decimal" autocomplete="off" node_ref=node/></label>
            <button type="submit">{button}</button>
            <p class="error" role="alert">{words(move || error.get())}</p>
        </form>
    }
}
