//! The module of the tab Code: a worker that runs Python programs, one after the other, and says what they print (`thetahat::worker::code`).
//!
//! A program reaches nothing but this: it has no files and no network, and the page hears what is posted here. The worker hears nothing while a program runs;
//! the page ends it to stop one.

#![cfg(target_arch = "wasm32")]

use std::cell::RefCell;
use std::rc::Rc;

use thetahat::web::codec::{decode, encode};
use thetahat::web::loader;
use thetahat::worker::code::{Column, Ending, FILE, FromCode, Recorded, RunCode, Spool, Stream};
use thetahat_python::{Python, clock, output, recorder};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Date, js_name = now)]
    fn date_now() -> f64;

    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn now() -> f64;
}

/// Listens for programs. A failure is an error of the worker, which the page hears of.
///
/// # Errors
/// This is not a worker.
#[wasm_bindgen(start)]
pub fn start() -> Result<(), JsValue> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().dyn_into()?;
    let last = scope.clone();
    std::panic::set_hook(Box::new(move |fault| post(&last, &FromCode::Fault(fault.to_string()))));
    clock::set_clock(Some(seconds));
    loader::install();
    let to = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        // A message of another version of the page is none.
        if let Ok(RunCode { text }) = decode(&event.data()) {
            perform(&to, &text);
            prepare(&to);
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    post(&scope, &FromCode::Ready);
    prepare(&scope);
    Ok(())
}

thread_local! {
    /// The interpreter of the next program.
    static NEXT: RefCell<Option<Python>> = const { RefCell::new(None) };
}

/// Makes the interpreter of the next program as soon as the worker has nothing else to do.
fn prepare(scope: &DedicatedWorkerGlobalScope) {
    let make = Closure::once_into_js(|| {
        let is_missing = NEXT.with_borrow(Option::is_none);
        if is_missing {
            NEXT.set(Some(Python::prepared(FILE)));
        }
    });
    // without a timer, the program makes its interpreter itself
    let _ = scope.set_timeout_with_callback_and_timeout_and_arguments_0(make.unchecked_ref(), 0);
}

/// Runs a program and says what it prints and how it ends.
fn perform(scope: &DedicatedWorkerGlobalScope, text: &str) {
    let began = now();
    let spool = Rc::new(RefCell::new(Spool::new(began)));
    let (to, writer) = (scope.clone(), spool.clone());
    output::set_sink(Some(Box::new(move |stream, text| {
        let mut spool = writer.borrow_mut();
        let stream = match stream {
            1 => Stream::Out,
            output::FIGURE => Stream::Figure,
            _ => Stream::Err,
        };
        let goes_on = spool.print(stream, text);
        if let Some(pieces) = spool.due(now()) {
            post(&to, &FromCode::Printed(pieces));
        }
        goes_on
    })));
    record(scope);
    let python = NEXT.take().unwrap_or_else(|| Python::prepared(FILE));
    let ended = python.run(text, FILE);
    output::set_sink(None);
    recorder::set_sink(None);
    let rest = spool.borrow_mut().rest();
    if !rest.is_empty() {
        post(scope, &FromCode::Printed(rest));
    }
    let ending =
        Ending { status: ended.status, line: ended.line, is_full: spool.borrow().is_full(), took: now() - began };
    post(scope, &FromCode::Ended(ending));
}

/// How long a loop turns before the page hears of it, and then again each time that it has taken half as long again, in milliseconds.
const FIRST_WORD: f64 = 400.0;

/// Tells the page what the program's loop does.
fn record(scope: &DedicatedWorkerGlobalScope) {
    let (to, began) = (scope.clone(), now());
    let mut next = FIRST_WORD;
    recorder::set_sink(Some(Box::new(move |recording, is_last| {
        let passed = now() - began;
        if !is_last && passed < next {
            return;
        }
        next = 1.5 * passed;
        let column = |column: &recorder::Column| Column {
            name: column.name.clone(),
            width: column.width,
            numbers: column.numbers.clone(),
        };
        post(
            &to,
            &FromCode::Recorded(Recorded {
                range: recording.range,
                turns: recording.turns,
                noted: recording.noted.clone(),
                columns: recording.columns.iter().map(column).collect(),
            }),
        );
    })));
}

fn post(scope: &DedicatedWorkerGlobalScope, message: &FromCode) {
    if let Ok(message) = encode(message) {
        // A page that cannot be posted to is gone, and the worker goes with it.
        let _ = scope.post_message(&message);
    }
}

/// The time in seconds, as finely as the browser tells it.
fn seconds() -> f64 {
    thread_local! {
        static START: f64 = date_now() / 1000.0 - now() / 1000.0;
    }
    START.with(|start| start + now() / 1000.0)
}
