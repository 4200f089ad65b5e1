//! The window around a frame: messages and the focus for the deck of slides that it belongs to, and the whole screen.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Window};

/// The window of the page around this one; none if there is none.
pub fn around() -> Option<Window> {
    let window = web_sys::window()?;
    let parent = window.parent().ok().flatten()?;
    // what belongs to another origin is the same object, too
    (!js_sys::Object::is(&parent, &window)).then_some(parent)
}

/// Says something to the page around this one. Only keys are told, so whoever it is may hear it.
pub fn tell(message: &str) {
    if let Some(parent) = around() {
        // A page that cannot be told has no use for it.
        let _ = parent.post_message(&JsValue::from_str(message), "*");
    }
}

/// Lets the page around this one have the focus.
pub fn focus() {
    if let Some(parent) = around() {
        // A browser that does not allow it leaves the focus here, where keys are handed on.
        let _ = parent.focus();
    }
}

/// Fills the screen with an element, where the browser allows it. What it answers is a promise that may be refused, and must not be so unheard.
pub fn fill_screen(element: &Element) {
    let request = Reflect::get(element, &JsValue::from_str("requestFullscreen"));
    let Some(request) = request.ok().and_then(|request| request.dyn_into::<Function>().ok()) else { return };
    let answer = request.call0(element).ok().and_then(|answer| answer.dyn_into::<Promise>().ok());
    if let Some(answer) = answer {
        let refused = Closure::once(|_: JsValue| {});
        let _ = answer.catch(&refused);
        refused.forget();
    }
}
