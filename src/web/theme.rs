//! The theme: what the system prefers, and what the document's root is told, which the styles follow.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Document, MediaQueryList};

use crate::page::view::Panel;

/// Tells whether the system prefers the dark theme, at once and whenever it changes its mind.
pub fn system_is_dark(tell: impl Fn(bool) + 'static) {
    let query = media("(prefers-color-scheme: dark)");
    tell(query.as_ref().is_some_and(MediaQueryList::matches));
    if let Some(query) = query {
        let asked = query.clone();
        let changed = Closure::<dyn FnMut()>::new(move || tell(asked.matches()));
        query.set_onchange(Some(changed.as_ref().unchecked_ref()));
        // The page follows the system for as long as it is open.
        changed.forget();
    }
}

/// Writes what the styles follow to the document's root.
pub fn dress(dark: bool, present: bool, embed: Option<Panel>) {
    let Some(root) = document().and_then(|document| document.document_element()) else { return };
    // The attributes' names are fixed and valid, so setting them cannot fail.
    let _ = root.set_attribute("data-theme", if dark { "dark" } else { "light" });
    let _ = root.set_attribute("data-size", if present { "hall" } else { "desk" });
    let _ = match embed {
        Some(panel) => root.set_attribute("data-embed", panel.name()),
        None => root.remove_attribute("data-embed"),
    };
}

/// What else the styles follow, at the document's root, where `first.js` has set the first two: a rule about all that has such a descendant would have the browser look at the whole document
/// whenever anything is put into it.
#[derive(Clone, Copy, Debug)]
pub enum Mark {
    /// Nothing has been heard of the engine yet.
    Starting,
    /// The pictures of the lecture's run stand in the place of the charts.
    FirstPictures,
    /// The page is built in the document, slice by slice, and not shown yet.
    Opening,
    /// The charts of a lesson are covered.
    Covered,
}

/// Whether `first.js` has put the pictures of the lecture's run in the place of the charts.
pub fn has_first_pictures() -> bool {
    document().and_then(|document| document.document_element()).is_some_and(|root| root.has_attribute(FIRST_PICTURES))
}

const FIRST_PICTURES: &str = "data-first";

/// Writes a mark to the document's root, or takes it away.
pub fn mark(mark: Mark, holds: bool) {
    let Some(root) = document().and_then(|document| document.document_element()) else { return };
    let name = match mark {
        Mark::Starting => "data-starting",
        Mark::FirstPictures => FIRST_PICTURES,
        Mark::Opening => "data-opening",
        Mark::Covered => "data-covered",
    };
    // The names are valid.
    let _ = if holds { root.set_attribute(name, "") } else { root.remove_attribute(name) };
}

/// The rule of the host's policy that has refused something which the page needs, as `first.js` has noted it.
pub fn refused() -> Option<String> {
    document()?.document_element()?.get_attribute("data-refused")
}

/// What a deck of slides said while the page was loading, as `first.js` has kept it.
pub fn start_of_slide() -> Option<String> {
    document()?.document_element()?.get_attribute("data-slide")
}

/// Whether whoever watches has asked for nothing to move.
pub fn wants_stillness() -> bool {
    media("(prefers-reduced-motion: reduce)").is_some_and(|query| query.matches())
}

fn media(query: &str) -> Option<MediaQueryList> {
    web_sys::window().and_then(|window| window.match_media(query).ok().flatten())
}

fn document() -> Option<Document> {
    web_sys::window().and_then(|window| window.document())
}
