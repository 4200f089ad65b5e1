//! The page in slices: a part whose views are built in a task of their own, so that a slow telephone can draw and listen in between.
//!
//! The page itself is shown when the last of its slices is there, so that nothing jumps.

use std::cell::RefCell;
use std::collections::VecDeque;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{MessageChannel, MessagePort};

use crate::ui::parts::place::{Build, Place};

/// What is to be done, each in a task of its own, and how the browser is asked for the next one: a message to oneself, which comes at once in hidden pages, too, where a timer does not.
struct Queue {
    waiting: VecDeque<Box<dyn FnOnce()>>,
    /// Until the page is shown.
    opens: bool,
    port: Option<MessagePort>,
}

thread_local! {
    static QUEUE: RefCell<Queue> = const { RefCell::new(Queue { waiting: VecDeque::new(), opens: true, port: None }) };
}

/// When a slice is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// In a task of its own while the page opens, and at once later: where a tab is opened again, nothing of it comes late.
    Opening,
    /// In a task of its own always: nobody sees it at first.
    Always,
}

/// A part of the page that is built in a task of its own.
#[component]
pub fn Slice(puts: Build, #[prop(default = When::Opening)] when: When) -> impl IntoView {
    let waits = when == When::Always || QUEUE.with_borrow(|queue| queue.opens);
    let is_due = RwSignal::new(!waits);
    if waits {
        push(Box::new(move || {
            // where the part is gone meanwhile there is nothing to build
            let _ = is_due.try_set(true);
        }));
    }
    view! { <Place class="place" select=Box::new(move || is_due.get().then_some(puts))/> }
}

/// Does something when all slices are there, those included that others bring along.
pub fn when_open(act: impl FnOnce() + 'static) {
    push(Box::new(move || {
        let is_last = QUEUE.with_borrow_mut(|queue| {
            queue.opens = !queue.waiting.is_empty();
            !queue.opens
        });
        if is_last { act() } else { when_open(act) }
    }));
}

/// Does something in a task of its own.
pub fn soon(task: impl FnOnce() + 'static) {
    push(Box::new(task));
}

fn push(task: Box<dyn FnOnce()>) {
    QUEUE.with_borrow_mut(|queue| {
        queue.waiting.push_back(task);
        if queue.port.is_none() {
            queue.port = port();
        }
        call(queue.port.as_ref());
    });
}

/// Asks for a task.
fn call(port: Option<&MessagePort>) {
    match port {
        Some(port) if port.post_message(&JsValue::NULL).is_ok() => {}
        _ => set_timeout(next, std::time::Duration::ZERO),
    }
}

fn next() {
    let task = QUEUE.with_borrow_mut(|queue| queue.waiting.pop_front());
    if let Some(task) = task {
        task();
    }
}

/// A port that answers itself with [`next`]; none where the browser has no channels.
fn port() -> Option<MessagePort> {
    let channel = MessageChannel::new().ok()?;
    let answer = Closure::<dyn FnMut()>::new(next).into_js_value();
    channel.port1().set_onmessage(Some(answer.unchecked_ref()));
    Some(channel.port2())
}
