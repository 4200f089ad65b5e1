//! Closures that the page follows, behind pointers: what Leptos compiles for each type of closure is compiled once for all of them.

use leptos::prelude::*;

/// A text that follows signals.
pub type Text = Box<dyn Fn() -> String + Send>;
/// A yes or no that follows signals.
pub type Flag = Box<dyn Fn() -> bool + Send>;

/// Does something at once and whenever a signal that it has read changes.
pub fn effect(run: impl Fn() + 'static) {
    fn boxed(run: Box<dyn Fn()>) {
        Effect::new(move |_| run());
    }
    boxed(Box::new(run));
}

/// A text for a view.
pub fn text<S: Into<String>>(read: impl Fn() -> S + Send + 'static) -> Text {
    Box::new(move || read().into())
}

/// A yes or no for a view.
pub fn flag(read: impl Fn() -> bool + Send + 'static) -> Flag {
    Box::new(read)
}
