//! Keys: what they do, the list of them, and the switch that turns single letters off.

use leptos::html::Dialog;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::controls::new_seed;
use super::state::Lab;

/// Keys and what they do.
const KEYS: [(&str, &str); 8] = [
    ("Space", "play or pause"),
    ("→ ←", "a step on, a step back"),
    ("Shift + → ←", "an epoch on, an epoch back"),
    ("R", "restart"),
    ("S", "a new seed"),
    ("P", "pin the runs"),
    ("+ − 0", "with a chart in focus: zoom in, zoom out, show all"),
    ("?", "this list"),
];

/// Follows the keyboard wherever no control has a use of its own for a key.
pub fn listen(lab: Lab) {
    window_event_listener(leptos::ev::keydown, move |event| {
        if event.default_prevented() || event.ctrl_key() || event.alt_key() || event.meta_key() || is_used(&event) {
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
            "?" => lab.key_list.set(true),
            _ => return,
        }
        event.prevent_default();
    });
}

/// Whether a control has the focus that has its own use for keys.
fn is_used(event: &leptos::ev::KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|element| {
        // a button only uses the keys that press it
        let presses = matches!(event.key().as_str(), " " | "Enter");
        match element.tag_name().as_str() {
            "INPUT" | "SELECT" | "TEXTAREA" | "DIALOG" => true,
            "BUTTON" | "SUMMARY" => presses || element.closest("dialog").is_ok_and(|dialog| dialog.is_some()),
            _ => false,
        }
    })
}

/// The list of keys.
#[component]
pub fn KeyList() -> impl IntoView {
    let lab: Lab = expect_context();
    let node = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
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
                    prop:checked=move || lab.letters.get()
                    on:change=move |event| lab.letters.set(event_target_checked(&event))
                />
                <span>"Single-letter shortcuts"</span>
            </label>
            <button on:click=move |_| lab.key_list.set(false)>"Close"</button>
        </dialog>
    }
}
