//! The dialog of the link: the link itself, whether it is on the clipboard, and its QR code.

use leptos::html::Dialog;
use leptos::prelude::*;

use crate::page::link::is_local;
use crate::page::qr::Qr;

use super::Shown;
use crate::ui::parts::effects::text;

/// The dialog. It is open as long as it is there.
#[component]
pub fn Share() -> impl IntoView {
    let shown: Shown = expect_context();
    let node = NodeRef::<Dialog>::new();
    node.on_load(|dialog| {
        // It is in the document, and was not open.
        let _ = dialog.show_modal();
    });
    let close = move |_| {
        if let Some(dialog) = node.get_untracked() {
            dialog.close();
        }
    };
    let link = shown.link.get_untracked();
    let local = is_local(&link).then(|| {
        view! { <p>"This copy of the page is on this machine only, and so is what the link opens."</p> }
    });
    let code = Qr::of(&link).map(|Qr { side, path }| {
        view! {
            <svg class="qr" role="img" aria-label="QR code of the link" viewBox=format!("0 0 {side} {side}")>
                <path d=path></path>
            </svg>
        }
    });
    let without = code.is_none().then(|| view! { <p>"The link is too long for a QR code."</p> });
    let said = move || match shown.copied.get() {
        None => "",
        Some(true) => "Link copied.",
        Some(false) => "This browser does not allow the page to copy: select the link.",
    };
    view! {
        <dialog class="share" node_ref=node aria-label="Share" on:close=move |_| shown.dialog.set(None)>
            <p class="link">{link.clone()}</p>
            {code}
            {without}
            {local}
            <p class="said" role="status" aria-label="Link">{text(said)}</p>
            <div class="act">
                <button on:click=move |_| shown.copy()>"Copy"</button>
                <button on:click=close>"Close"</button>
            </div>
        </dialog>
    }
}
