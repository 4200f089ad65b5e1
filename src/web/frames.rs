//! Work once per frame of the display.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Calls `f` with the time in milliseconds before the browser next paints.
pub fn next_frame(f: impl FnOnce(f64) + 'static) {
    let callback = Closure::once_into_js(f);
    if let Some(window) = web_sys::window() {
        // Without a frame nothing is shown, so nothing is missed.
        let _ = window.request_animation_frame(callback.unchecked_ref());
    }
}

/// Runs a task before the next paint, however often it is asked for until then.
#[derive(Clone)]
pub struct Repaint {
    asked: Rc<Cell<bool>>,
    task: Rc<dyn Fn()>,
}

impl Repaint {
    /// For this task.
    pub fn new(task: impl Fn() + 'static) -> Self {
        Self { asked: Rc::default(), task: Rc::new(task) }
    }

    /// Runs it at once: for what is drawn together with something that was asked for.
    pub fn now(&self) {
        (self.task)();
    }

    /// Asks for it.
    pub fn ask(&self) {
        if self.asked.replace(true) {
            return;
        }
        let this = self.clone();
        next_frame(move |_| {
            this.asked.set(false);
            (this.task)();
        });
    }
}
