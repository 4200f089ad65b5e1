//! Keys: who listens to them, the list of them, and the switch that turns single letters off. What each does stands in [`crate::page::keys`].

use leptos::html::Dialog;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::page::keys::{self, Action, Focus, Press};

use crate::ui::app::States;
use crate::ui::lab::controls::new_seed;
use crate::ui::parts::effects::{effect, flag};
use crate::ui::state::{Page, Time};

/// Follows the slides around an embedded panel: reveal.js says when a slide is shown and when it is left.
pub fn follow_slides(page: Page, time: Time) {
    window_event_listener(leptos::ev::message, move |event| {
        if !page.is_embedded() {
            return;
        }
        match event.data().as_string().as_deref() {
            Some("slide:start") => {
                time.restart();
                time.playing.set(true);
            }
            Some("slide:stop") => time.playing.set(false),
            _ => {}
        }
    });
}

/// Follows the keyboard wherever no control has a use of its own for a key.
pub fn listen(states: States) {
    window_event_listener(leptos::ev::keydown, move |event| {
        if event.default_prevented() || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let Some(focus) = focus(states.page, &event) else { return };
        let (key, code) = (event.key(), event.code());
        let press = Press { key: &key, code: &code, shift: event.shift_key(), repeat: event.repeat(), focus };
        if let Some(action) = keys::action(press, states.page.letters.get_untracked()) {
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
        Action::Pin => lab.pin(runs),
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
        let _ = root.request_fullscreen();
    }
}

/// What has the focus; nothing where the slides around a frame have more use for the key.
fn focus(page: Page, event: &leptos::ev::KeyboardEvent) -> Option<Focus> {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let Some(element) = target else { return Some(Focus::Page) };
    if element.closest("dialog").is_ok_and(|dialog| dialog.is_some()) {
        return Some(Focus::Dialog);
    }
    Some(match element.tag_name().as_str() {
        "BODY" | "HTML" if page.is_embedded() => return None,
        "INPUT" => match element.get_attribute("type").as_deref() {
            Some("range") => Focus::Slider,
            Some("checkbox" | "radio") => Focus::Check,
            _ => Focus::Text,
        },
        "TEXTAREA" => Focus::Text,
        "SELECT" => Focus::List,
        "BUTTON" | "SUMMARY" => Focus::Button,
        _ => Focus::Page,
    })
}

/// The list of keys.
#[component]
pub fn KeyList() -> impl IntoView {
    let page: Page = expect_context();
    let node = NodeRef::<Dialog>::new();
    effect(move || {
        let Some(dialog) = node.get() else { return };
        if page.key_list.get() {
            // A dialog that is open already stays so.
            let _ = dialog.show_modal();
        } else {
            dialog.close();
        }
    });
    view! {
        <button class="quiet keys" aria-label="Keys" title="List of keys (?)" on:click=move |_| page.key_list.set(true)>"?"</button>
        <dialog node_ref=node aria-label="Keys" on:close=move |_| page.key_list.set(false)>
            <h2>"Keys"</h2>
            <dl>
                {keys::list().into_iter().map(|(key, what)| view! { <div><dt>{key}</dt><dd>{what}</dd></div> }).collect_view()}
            </dl>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=flag(move || page.letters.get())
                    on:change=move |event| page.letters.set(event_target_checked(&event))
                />
                <span>"Single-letter shortcuts"</span>
            </label>
            <button on:click=move |_| page.key_list.set(false)>"Close"</button>
        </dialog>
    }
}
