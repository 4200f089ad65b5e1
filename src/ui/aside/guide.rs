//! The guide: how to read the page, with the charts that are on screen as its pictures, and a plan of a class.

use leptos::html::Dialog;
use leptos::prelude::*;

use crate::page::figures::curves::Which;
use crate::page::guide::{CLASS, PARTS, Part, Stop};
use crate::ui::app::States;

use super::Shown;
use super::files::svg;
use super::menu::Chart;

/// The dialog. It is open as long as it is there.
#[component]
pub fn Guide() -> impl IntoView {
    let states: States = expect_context();
    let shown: Shown = expect_context();
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
    // a bare fragment would be taken for a link that skips to a place on this page
    let page = window().location().href().unwrap_or_default();
    let page = page.split('#').next().unwrap_or_default().to_owned();
    let part = |Part { title, text }: Part| view! { <dt>{title}</dt><dd>{text}</dd> };
    let stop = move |Stop { minutes: (from, to), title, text, link }: Stop| {
        view! {
            <li>
                <span class="minutes">{format!("{from}–{to} min")}</span>
                " "
                <a href=format!("{page}#{link}") on:click=move |_| close()>{title}</a>
                <p>{text}</p>
            </li>
        }
    };
    let [plane, loss] = [Chart::Plane, Chart::Curves(Which::Loss)].map(|chart| svg(states, chart));
    view! {
        <dialog class="guide" node_ref=node aria-label="Guide" on:close=move |_| shown.dialog.set(None)>
            <h2 tabindex="-1" autofocus>"How to read the page"</h2>
            <div class="pictures" aria-hidden="true"><div inner_html=plane></div><div inner_html=loss></div></div>
            <dl>{Vec::from(PARTS.map(part))}</dl>
            <h2>"A class of 50 minutes"</h2>
            <ol>{Vec::from(CLASS.map(stop))}</ol>
            <button on:click=move |_| close()>"Close"</button>
        </dialog>
    }
}
