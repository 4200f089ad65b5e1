//! The worker: it reads what the page sends, lets a [`Queue`] decide what to do, and posts what comes of it.
//!
//! Between two turns the browser delivers waiting messages. The next turn is asked for by a message to itself, which the browser delivers without the delay of
//! a timer.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::global;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent, MessagePort};

use crate::lecture::run::cache::Shared;
use crate::lecture::run::trainer::Trainer;
use crate::lecture::settings::config::{Config, ModuleKind, Program};
use crate::worker::job::{Make, job};
use crate::worker::protocol::{FromWorker, ToWorker};
use crate::worker::queue::Queue;

use super::codec::{decode, encode_answers};
use super::later::{Later, Missing, later};
use super::loader;

struct Loop {
    scope: DedicatedWorkerGlobalScope,
    /// A message on this port asks for the next turn.
    again: MessagePort,
    /// Whether one is on its way.
    asked: bool,
    queue: Queue,
    /// Whether the code for the requests that wait is on its way.
    fetching: bool,
}

/// What starts the loop.
type Start = fn(DedicatedWorkerGlobalScope) -> std::result::Result<(), JsValue>;

// The page needs nothing of what computes, so it does not wait for it.
later! { engine: fn engine() -> Start => start_loop }

// The first picture needs only runs.
later! { answers: fn answers() -> Make => job }

/// How often the page hears that the worker still waits for its code, in milliseconds; how often at most.
const STILL_FETCHING: i32 = 2_000;
const MOST_PULSES: u32 = 60;

/// Fetches what computes and starts the loop; the worker's entry point. A failure is an error of the worker, which the page hears of.
///
/// # Errors
/// This is not a worker.
pub fn start() -> std::result::Result<(), JsValue> {
    let scope: DedicatedWorkerGlobalScope = global().dyn_into()?;
    spawn_local(async move {
        let started = match pulsing(&scope, engine()).await {
            Ok(start) => start(scope),
            Err(Missing) => Err(JsValue::from_str("What computes could not be fetched.")),
        };
        if let Err(error) = started {
            report_error(&error);
        }
    });
    Ok(())
}

/// Waits for code, and tells the page now and then that it does.
async fn pulsing<T>(scope: &DedicatedWorkerGlobalScope, code: Later<T>) -> std::result::Result<T, Missing> {
    let (to, count) = (scope.clone(), Cell::new(0));
    let pulse = Closure::<dyn FnMut()>::new(move || {
        if count.replace(count.get() + 1) < MOST_PULSES {
            post(&to, vec![FromWorker::Pulse]);
        }
    });
    let timer =
        scope.set_interval_with_callback_and_timeout_and_arguments_0(pulse.as_ref().unchecked_ref(), STILL_FETCHING);
    let fetched = code.await;
    if let Ok(timer) = timer {
        scope.clear_interval_with_handle(timer);
    }
    fetched
}

#[wasm_bindgen]
extern "C" {
    /// Has the browser treat this as an error that nobody caught.
    #[wasm_bindgen(js_name = reportError)]
    fn report_error(error: &JsValue);
}

/// Starts the loop. The browser keeps it alive.
fn start_loop(scope: DedicatedWorkerGlobalScope) -> std::result::Result<(), JsValue> {
    let channel = MessageChannel::new()?;
    let (queue, again) = (Queue::default(), channel.port2());
    let clock = scope.clone();
    queue.shared().set_clock(move || now(&clock));
    let state = Rc::new(RefCell::new(Loop { scope: scope.clone(), again, asked: false, queue, fetching: false }));

    let next = state.clone();
    let on_again = Closure::<dyn FnMut()>::new(move || {
        let mut state = next.borrow_mut();
        state.asked = false;
        state.turn();
    });
    channel.port1().set_onmessage(Some(on_again.as_ref().unchecked_ref()));
    on_again.forget();

    let requests = state.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        requests.borrow_mut().receive(&event.data());
        fetch_more(&requests);
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();

    loader::install();
    warm_up(state.borrow().queue.shared());
    state.borrow().post(vec![FromWorker::Ready]);
    Ok(())
}

/// Fetches what the requests that wait need, if there are any and it is not on its way.
fn fetch_more(state: &Rc<RefCell<Loop>>) {
    let scope = {
        let mut state = state.borrow_mut();
        if !state.queue.wants_more() || state.fetching {
            return;
        }
        state.fetching = true;
        state.scope.clone()
    };
    let state = state.clone();
    spawn_local(async move {
        let fetched = pulsing(&scope, answers()).await;
        let mut state = state.borrow_mut();
        state.fetching = false;
        if let Ok(make) = fetched {
            state.queue.complete(make);
        } else {
            let refused = state.queue.refuse();
            state.post(refused);
        }
        state.go_on();
    });
}

/// Computes the lecture's run of each kind of program ahead of the first request. A browser translates WebAssembly in two tiers, and replaces the slow code of the
/// first while it runs; so the first request, too, is computed and sliced at full speed, and the time that the page states for it
/// is that of the computation, not of the translation.
fn warm_up(shared: &Shared) {
    for program in [Program::Raw, Program::Vmap, Program::Module(ModuleKind::Linear)] {
        let config = Config { program, ..Config::default() };
        if let Ok(mut trainer) = Trainer::with(&config, shared) {
            // Only the translation is wanted; a run that fails says so when it is asked for.
            let _ = trainer.advance(if program == Program::Raw { usize::MAX } else { 64 });
        }
    }
}

/// The browser's clock, in milliseconds.
fn now(scope: &DedicatedWorkerGlobalScope) -> f64 {
    scope.performance().map_or(0.0, |clock| clock.now())
}

impl Loop {
    fn receive(&mut self, message: &JsValue) {
        match decode::<ToWorker>(message) {
            Ok(message) => {
                let answers = self.queue.receive(message);
                self.post(answers);
            }
            Err(error) => self.post(vec![FromWorker::Broken(error.to_string())]),
        }
        self.go_on();
    }

    /// Takes a turn, unless the next one is asked for.
    fn go_on(&mut self) {
        if !self.asked {
            self.turn();
        }
    }

    fn turn(&mut self) {
        let scope = self.scope.clone();
        let answers = self.queue.turn(&|| now(&scope));
        self.post(answers);
        if !self.queue.is_idle() {
            self.asked = self.again.post_message(&JsValue::NULL).is_ok();
        }
    }

    fn post(&self, answers: Vec<FromWorker>) {
        if !answers.is_empty() {
            post(&self.scope, answers);
        }
    }
}

/// Posts answers in one message, so that the page is told of all of them at once.
fn post(scope: &DedicatedWorkerGlobalScope, answers: Vec<FromWorker>) {
    let encoded = encode_answers(answers).or_else(|error| encode_answers(vec![FromWorker::Broken(error.to_string())]));
    // Where nothing can be posted there is nobody to tell: the page notices that the worker is silent.
    if let Ok(encoded) = encoded {
        let _ = scope.post_message_with_transfer(&encoded.message, &encoded.transfer);
    }
}
