//! A place in the page whose content is exchanged as a whole: the open tab, the one panel of a frame.
//!
//! Each content is built once and mounted, and taken away when another comes. A reactive `match` would say the same, but then the code that changes one content
//! into another is compiled for each of them, which weighs as much as the views themselves.

use std::any::Any;

use leptos::html::Div;
use leptos::mount::mount_to;
use leptos::prelude::*;
use web_sys::HtmlElement;

use crate::ui::parts::effects::effect;

/// Mounts a content in an element; it stays until what this returns is dropped.
pub type Build = fn(HtmlElement) -> Box<dyn Any>;

/// Mounts a view.
pub fn put<V: IntoView + 'static>(element: HtmlElement, view: fn() -> V) -> Box<dyn Any> {
    Box::new(mount_to(element, view))
}

/// An element with the content that `select` returns, which follows signals.
#[component]
pub fn Place(class: &'static str, select: Box<dyn Fn() -> Option<Build>>) -> impl IntoView {
    let node = NodeRef::<Div>::new();
    let content = StoredValue::new_local(None::<Box<dyn Any>>);
    effect(move || {
        let Some(element) = node.get() else { return };
        let build = select();
        // the old content goes before the new one comes
        content.set_value(None);
        if let Some(build) = build {
            content.set_value(Some(untrack(|| build(element.into()))));
        }
    });
    view! { <div class=class node_ref=node></div> }
}
