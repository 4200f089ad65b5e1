//! Keys: what they do, the list of them, and the switch that turns single letters off.

use leptos::html::Dialog;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::ui::lab::controls::new_seed;
use crate::ui::lab::state::Lab;
use crate::ui::parts::effects::{effect, flag};

/// Keys and what they do.
const KEYS: [(&str, &str); 9] = [
    ("Space", "play or pause"),
    ("→ ←", "a step on, a step back"),
    ("Shift + → ←", "an epoch on, an epoch back"),
    ("R", "restart"),
    ("S", "a new seed"),
    ("P", "pin the runs"),
    ("F", "full screen, and back"),
    ("+ − 0", "with a chart in focus: zoom in, zoom out, show all"),
    ("?", "this list"),
];

/// Follows the slides around an embedded panel: reveal.js says when a slide is shown and when it is left.
pub fn follow_slides(lab: Lab) {
    window_event_listener(leptos::ev::message, move |event| {
        if lab.embed.with_untracked(Option::is_none) {
            return;
        }
        match event.data().as_string().as_deref() {
            Some("slide:start") => {
                lab.restart();
                lab.playing.set(true);
            }
            Some("slide:stop") => lab.playing.set(false),
            _ => {}
        }
    });
}

/// Follows the keyboard wherever no control has a use of its own for a key.
pub fn listen(lab: Lab) {
    window_event_listener(leptos::ev::keydown, move |event| {
        if event.default_prevented() || event.ctrl_key() || event.alt_key() || event.meta_key() || is_used(lab, &event)
        {
            return;
        }
        let key = event.key();
        let is_letter = key != " " && key.chars().count() == 1;
        if is_letter && !lab.letters.get_untracked() {
            return;
        }
        match key.as_str() {
            " " => lab.toggle(),
            "ArrowRight" if event.shift_key() => lab.step_epochs(1),
            "ArrowLeft" if event.shift_key() => lab.step_epochs(-1),
            "ArrowRight" => lab.step_by(1),
            "ArrowLeft" => lab.step_by(-1),
            "r" | "R" => lab.restart(),
            "s" | "S" => new_seed(lab),
            "p" | "P" => lab.pin(),
            "f" | "F" => full_screen(),
            "?" => lab.key_list.set(true),
            _ => return,
        }
        event.prevent_default();
    });
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

/// Whether somebody else has a use for a key: a control that has the focus, or the slides around a frame in which nothing has it.
fn is_used(lab: Lab, event: &leptos::ev::KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let embedded = lab.embed.with_untracked(Option::is_some);
    target.is_some_and(|element| {
        // a button only uses the keys that press it
        let presses = matches!(event.key().as_str(), " " | "Enter");
        match element.tag_name().as_str() {
            "INPUT" | "SELECT" | "TEXTAREA" | "DIALOG" => true,
            "BUTTON" | "SUMMARY" => presses || element.closest("dialog").is_ok_and(|dialog| dialog.is_some()),
            "BODY" | "HTML" => embedded,
            _ => false,
        }
    })
}

/// The list of keys.
#[component]
pub fn KeyList() -> impl IntoView {
    let lab: Lab = expect_context();
    let node = NodeRef::<Dialog>::new();
    effect(move || {
        let Some(dialog) = node.get() else { return };
        if lab.key_list.get() {
            // A dialog that is open already stays so.
            let _ = dialog.show_modal();
        } else {
            dialog.close();
        }
    });
    view! {
        <button class="quiet keys" aria-label="Keys" title="List of keys (?)" on:click=move |_| lab.key_list.set(true)>"?"</button>
        <dialog node_ref=node aria-label="Keys" on:close=move |_| lab.key_list.set(false)>
            <h2>"Keys"</h2>
            <dl>
                {KEYS.into_iter().map(|(key, what)| view! { <div><dt>{key}</dt><dd>{what}</dd></div> }).collect_view()}
            </dl>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=flag(move || lab.letters.get())
                    on:change=move |event| lab.letters.set(event_target_checked(&event))
                />
                <span>"Single-letter shortcuts"</span>
            </label>
            <button on:click=move |_| lab.key_list.set(false)>"Close"</button>
        </dialog>
    }
}
