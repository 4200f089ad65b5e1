//! The list of keys, the switch that turns single letters off, the one for sound, the way to the guide, and the page's version.

use leptos::html::Dialog;
use leptos::prelude::*;

use crate::page::keys;
use crate::ui::parts::effects::flag;
use crate::ui::state::Page;

use super::Shown;
use crate::ui::app::States;

/// The dialog. It is open as long as it is there.
#[component]
pub fn Keys() -> impl IntoView {
    let (states, shown): (States, Shown) = (expect_context(), expect_context());
    let page: Page = expect_context();
    let node = NodeRef::<Dialog>::new();
    node.on_load(|dialog| {
        // It is in the document, and was not open.
        let _ = dialog.show_modal();
    });
    let close = move || {
        if let Some(dialog) = node.get_untracked() {
            dialog.close();
        }
    };
    let gone = move |_| {
        page.key_list.set(false);
        shown.dialog.set(None);
    };
    let guide = move |_| {
        page.key_list.set(false);
        shown.show(states, shown.dialog, |aside| aside.guide);
    };
    view! {
        <dialog node_ref=node aria-label="Keys" on:close=gone>
            <h2>"Keys"</h2>
            <dl>
                {keys::list(page.tab.get_untracked()).into_iter().map(|(key, what)| view! { <div><dt>{key}</dt><dd>{what}</dd></div> }).collect_view()}
            </dl>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=flag(move || page.letters.get())
                    on:change=move |event| page.letters.set(event_target_checked(&event))
                />
                <span>"Single-letter shortcuts"</span>
            </label>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=flag(move || page.sound.get())
                    on:change=move |event| page.sound.set(event_target_checked(&event))
                />
                <span>"Sound: the loss as a pitch while time moves"</span>
            </label>
            <p class="version">{concat!("thetahat ", env!("CARGO_PKG_VERSION"))}</p>
            <div class="act">
                <button on:click=move |_| close()>"Close"</button>
                <button on:click=guide>"Guide and plan of a class"</button>
            </div>
        </dialog>
    }
}
