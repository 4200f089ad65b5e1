//! Keys: who listens to them. What each does stands in [`crate::page::keys`].

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::page::keys::{self, Action, Focus, Heard, Press};
use crate::page::slides::{Move, Owner, Slides, Wish, owner, trigger_key};
use crate::web::deck;
use crate::web::theme::{start_of_slide, wants_stillness};

use crate::ui::app::States;
use crate::ui::lab::controls::new_seed;
use crate::ui::parts::effects::effect;
use crate::ui::state::{Page, Runs, Time};
use crate::ui::step;

/// Follows the slides around an embedded panel: reveal.js says when a slide is shown and when it is left, maybe before there is anything to play. After a
/// pointer's use the keyboard goes back to the deck.
pub fn follow_slides(page: Page, runs: Runs, time: Time) {
    let slides = StoredValue::new(Slides::default());
    let hear = move |message: &str| {
        if let Some(wish) = Wish::of(message).filter(|_| page.is_embedded()) {
            slides.update_value(|slides| slides.wish(wish));
            grant(slides, runs, time);
        }
    };
    effect(move || {
        runs.board.track();
        grant(slides, runs, time);
    });
    if let Some(message) = start_of_slide() {
        hear(&message);
    }
    window_event_listener(leptos::ev::message, move |event| {
        if let Some(message) = event.data().as_string() {
            hear(&message);
            // the deck may have scaled its slides meanwhile
            page.resized.update(|count| *count += 1);
        }
    });
    window_event_listener(leptos::ev::pointerup, move |_| {
        if page.is_embedded() {
            // after what the pointer does by itself, which may be to move the focus
            set_timeout(give_focus_back, std::time::Duration::ZERO);
        }
    });
}

/// Does what the deck has wished for, if it can be done now.
fn grant(slides: StoredValue<Slides>, runs: Runs, time: Time) {
    let has_runs = runs.board.with_untracked(|board| board.first().is_some());
    match slides.try_update_value(|slides| slides.due(has_runs, wants_stillness())).flatten() {
        Some(Move::Play) => {
            time.restart();
            time.playing.set(true);
        }
        Some(Move::ShowEnd) => time.stop_at(untrack(|| time.end())),
        Some(Move::Stop) => time.playing.set(false),
        None => {}
    }
}

/// Takes the focus from whatever has it, so that keys mean what they mean to the page.
pub fn leave_focus() {
    if let Some(element) =
        document().active_element().and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    {
        // What cannot lose the focus does not have it.
        let _ = element.blur();
    }
}

/// Takes the focus from whatever the pointer has used and lets the deck have it, unless it is used further: in a list that has opened, or in a text.
fn give_focus_back() {
    let Some(element) = document().active_element().and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    else {
        return deck::focus();
    };
    if !matches!(kind(&element), Focus::List | Focus::Text) {
        // What cannot lose the focus does not have it.
        let _ = element.blur();
        deck::focus();
    }
}

/// Follows the keyboard wherever no control has a use of its own for a key.
pub fn listen(states: States) {
    window_event_listener(leptos::ev::keydown, move |event| {
        if event.default_prevented() || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let focus = focus(&event);
        let (key, code) = (event.key(), event.code());
        if step::takes(states, focus, &event) {
            return event.prevent_default();
        }
        let press = Press { key: &key, code: &code, shift: event.shift_key(), repeat: event.repeat(), focus };
        let time = untrack(|| states.view().has_time());
        let heard = Heard { letters: states.page.letters.get_untracked(), time };
        let action = if states.page.is_embedded() {
            match owner(press, heard) {
                Owner::Panel(action) => Some(action),
                Owner::Focus => None,
                Owner::Deck => {
                    deck::tell(&trigger_key(event.key_code()));
                    if focus != Focus::Nothing {
                        event.prevent_default();
                    }
                    None
                }
            }
        } else {
            keys::action(press, heard)
        };
        if let Some(action) = action {
            act(states, action);
            event.prevent_default();
        }
    });
}

fn act(states: States, action: Action) {
    let States { page, runs, time, lab, .. } = states;
    match action {
        Action::Toggle => time.toggle(),
        Action::Steps(by) => time.step_by(by),
        Action::Epochs(by) => time.step_epochs(by),
        Action::Restart => time.restart(),
        Action::NewSeed => new_seed(page, lab),
        Action::Pin => lab.pin(runs, page),
        Action::FullScreen => full_screen(),
        Action::List => page.key_list.set(true),
        Action::Open(tab) => page.tab.set(tab),
    }
}

/// Fills the screen with the page, or gives it back.
fn full_screen() {
    let document = document();
    if document.fullscreen_element().is_some() {
        document.exit_fullscreen();
    } else if let Some(root) = document.document_element() {
        // A browser that refuses leaves the page as it is, and the key has no other use.
        deck::fill_screen(&root);
    }
}

/// What has the focus while a key is pressed.
fn focus(event: &leptos::ev::KeyboardEvent) -> Focus {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.map_or(Focus::Nothing, |element| kind(&element))
}

/// What an element uses keys for.
fn kind(element: &web_sys::Element) -> Focus {
    if element.closest("dialog").is_ok_and(|dialog| dialog.is_some()) {
        return Focus::Dialog;
    }
    match element.tag_name().as_str() {
        "BODY" | "HTML" => Focus::Nothing,
        "INPUT" => match element.get_attribute("type").as_deref() {
            Some("range") => Focus::Slider,
            Some("checkbox" | "radio") => Focus::Check,
            _ => Focus::Text,
        },
        "TEXTAREA" => Focus::Text,
        "SELECT" => Focus::List,
        "BUTTON" | "SUMMARY" => Focus::Button,
        _ => Focus::Page,
    }
}

/// Opens the list of keys.
#[component]
pub fn KeysButton() -> impl IntoView {
    let page: Page = expect_context();
    view! {
        <button class="quiet keys" aria-label="Keys" title="List of keys (?)" on:click=move |_| page.key_list.set(true)>"?"</button>
    }
}
