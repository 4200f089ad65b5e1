//! What the rooms have in common: HTML that follows signals, printed texts, code, and the light on a leaf wherever it is told of.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::lecture::run::anatomy::Subject;
use crate::page::modules::printed::{Text, html, lines};
use crate::worker::protocol::Anatomy;

use crate::ui::parts::effects::{effect, text};

use super::state::ModulesState;

/// Keeps the content of an element what `read` returns, as HTML.
pub fn written(node: NodeRef<Div>, read: impl Fn() -> String + Send + Sync + 'static) {
    let content = Memo::new(move |_| read());
    effect(move || {
        if let Some(element) = node.get() {
            content.with(|html| element.set_inner_html(html));
        }
    });
}

/// The element, or one around it, that tells of a leaf.
fn leaf_of(target: Option<web_sys::EventTarget>) -> Option<String> {
    let element = target?.dyn_into::<Element>().ok()?;
    element.closest("[data-leaf]").ok().flatten()?.get_attribute("data-leaf")
}

/// Lights what tells of this leaf inside an element, and nothing else there.
fn light(room: &Element, leaf: Option<&str>) {
    let Ok(all) = room.query_selector_all("[data-leaf]") else { return };
    for at in 0..all.length() {
        let Some(element) = all.get(at).and_then(|node| node.dyn_into::<Element>().ok()) else { continue };
        let is_lit = leaf.is_some() && element.get_attribute("data-leaf").as_deref() == leaf;
        // An element that keeps its look shows less, and all the same numbers.
        let _ = element.class_list().toggle_with_force("lit", is_lit);
    }
}

/// A room in which a leaf that the pointer or the focus is at is lit wherever it is told of.
#[component]
pub fn Lit(class: &'static str, children: Children) -> impl IntoView {
    let node = NodeRef::<Div>::new();
    let show = move |target| {
        if let Some(room) = node.get_untracked() {
            light(&room, leaf_of(target).as_deref());
        }
    };
    view! {
        <div
            class=class
            node_ref=node
            on:pointerover=move |event| show(event.target())
            on:pointerleave=move |_| show(None)
            on:focusin=move |event| show(event.target())
        >
            {children()}
        </div>
    }
}

/// A text that Python prints of the modules, with the call that prints it.
#[component]
pub fn PrintedText(call: &'static str, what: Text, read: fn(&Anatomy) -> &str) -> impl IntoView {
    let modules: ModulesState = expect_context();
    let node = NodeRef::<Div>::new();
    written(node, move || {
        modules.found.with(|found| {
            found.as_ref().map(|(_, anatomy)| html(&lines(anatomy, what, read(anatomy)))).unwrap_or_default()
        })
    });
    let is_pair =
        move || modules.found.with(|found| found.as_ref().is_some_and(|(_, anatomy)| anatomy.subject == Subject::Both));
    let calls = move || if what == Text::Modules && is_pair() { "print(model); print(optimizer)" } else { call };
    view! {
        <div class="printed">
            <h3><code>{text(calls)}</code></h3>
            <div class="print" tabindex="0" role="group" aria-label=call node_ref=node></div>
        </div>
    }
}
