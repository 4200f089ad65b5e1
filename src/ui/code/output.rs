//! What the program prints, as it prints it.

use std::cell::Cell;

use leptos::html::Pre;
use leptos::prelude::*;

use crate::page::editor::output::{Output, html};

use crate::ui::code::desk::Desk;
use crate::ui::parts::effects::{effect, flag};
use crate::ui::state::Page;

/// What the newest run has printed. New text is added; nothing that is shown is written again.
#[component]
pub fn Printed(desk: Desk) -> impl IntoView {
    let node = NodeRef::<Pre>::new();
    let output = RwSignal::from(desk.output());
    let page: Page = expect_context();
    // what stands there: the edition, in which theme, and how many of its pieces
    let shown = Cell::new((u32::MAX, false, 0));
    effect(move || {
        let Some(node) = node.get() else { return };
        output.with(|output| {
            let (edition, was_dark, mut count) = shown.get();
            let is_dark = page.dark.get();
            if edition != output.edition() || was_dark != is_dark || count > output.pieces().len() {
                node.set_inner_html("");
                count = 0;
            }
            // who reads the end goes on reading it
            let is_at_end = node.scroll_height() - node.scroll_top() - node.client_height() < 24;
            let new: String = output.pieces()[count..].iter().map(|piece| html(piece, is_dark)).collect();
            if !new.is_empty() && node.insert_adjacent_html("beforeend", &new).is_ok() && is_at_end && count > 0 {
                node.set_scroll_top(node.scroll_height());
            }
            shown.set((output.edition(), is_dark, output.pieces().len()));
        });
    });
    view! {
        <pre
            class="code-output"
            class:old=flag(move || output.with(Output::is_old))
            role="log"
            aria-live="off"
            aria-label="Output"
            tabindex="0"
            node_ref=node
        ></pre>
    }
}
