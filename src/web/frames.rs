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

/// Runs a task once for all that asks for it: before the next paint, or sooner.
#[derive(Clone)]
pub struct Repaint {
    asked: Rc<Cell<bool>>,
    task: Rc<dyn Fn()>,
    /// When it ran, in milliseconds.
    ran: Rc<Cell<f64>>,
}

thread_local! {
    /// The frame in which something was painted for the first time.
    static FIRST: Cell<f64> = const { Cell::new(f64::NEG_INFINITY) };
}

/// A task that ran less than this many milliseconds ago waits for the next frame: no display shows more.
const SHORTEST_PAUSE: f64 = 8.0;

impl Repaint {
    /// For this task.
    pub fn new(task: impl Fn() + 'static) -> Self {
        Self { asked: Rc::default(), task: Rc::new(task), ran: Rc::new(Cell::new(f64::NEG_INFINITY)) }
    }

    /// Runs it at once, also for whoever has asked for it: for what is drawn together with something else.
    pub fn now(&self) {
        self.asked.set(false);
        self.ran.set(now());
        (self.task)();
    }

    /// Asks for it before the next paint.
    pub fn ask(&self) {
        if !self.asked.replace(true) {
            self.run_in_next_frame();
        }
    }

    /// What is painted for the first time gets a frame of its own: it takes longer than ever after.
    fn run_in_next_frame(&self) {
        let this = self.clone();
        next_frame(move |frame| {
            let is_first = this.ran.get() == f64::NEG_INFINITY;
            if is_first && FIRST.replace(frame) == frame { this.run_in_next_frame() } else { this.run_if_asked() }
        });
    }

    /// Asks for it as soon as what goes on now is done: for results that came between two frames, so that the next frame only has to show them.
    pub fn soon(&self) {
        if now() - self.ran.get() < SHORTEST_PAUSE {
            return self.ask();
        }
        self.asked.set(true);
        let this = self.clone();
        let callback = Closure::once_into_js(move || this.run_if_asked());
        if let Some(window) = web_sys::window() {
            window.queue_microtask(callback.unchecked_ref());
        }
    }

    fn run_if_asked(&self) {
        if self.asked.get() {
            self.now();
        }
    }
}

/// The browser's clock, in milliseconds.
pub(crate) fn now() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}
