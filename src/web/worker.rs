//! The worker's loop: it takes requests, computes in slices, and posts what each slice recorded.
//!
//! Between two slices the browser delivers waiting messages, so a newer request is honoured within one slice: the older run is dropped where it
//! stands. The next slice is asked for by a message to itself, which the browser delivers without the delay of a timer.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::global;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent, MessagePort};

use crate::error::Result;
use crate::lecture::config::Config;
use crate::lecture::trainer::Trainer;
use crate::protocol::{Chunk, FromWorker, RunId, Stats, ToWorker};

use super::codec::{decode, encode_answer};

/// How long a slice should take, in milliseconds; with the swings of a shared machine it stays below 8.
const SLICE: f64 = 6.0;
/// Steps in the first slice of a run, before any was timed.
const FIRST_SLICE: usize = 512;

/// A run that is being computed.
struct Job {
    id: RunId,
    trainer: Trainer,
    milliseconds: f64,
    steps: usize,
    slice: usize,
}

struct Loop {
    scope: DedicatedWorkerGlobalScope,
    /// A message on this port asks for the next slice.
    again: MessagePort,
    job: Option<Job>,
}

/// Starts the loop; the worker's entry point. The browser keeps it alive.
///
/// # Errors
/// This is not a worker, or it cannot make a message channel.
pub fn start() -> std::result::Result<(), JsValue> {
    let scope: DedicatedWorkerGlobalScope = global().dyn_into()?;
    let channel = MessageChannel::new()?;
    let state = Rc::new(RefCell::new(Loop { scope: scope.clone(), again: channel.port2(), job: None }));

    let next = state.clone();
    let on_again = Closure::<dyn FnMut()>::new(move || next.borrow_mut().slice());
    channel.port1().set_onmessage(Some(on_again.as_ref().unchecked_ref()));
    on_again.forget();

    let requests = state.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        requests.borrow_mut().receive(&event.data());
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();

    warm_up();
    state.borrow().post(FromWorker::Ready);
    Ok(())
}

/// Computes the lecture's run ahead of the first request. A browser translates WebAssembly in two tiers, and replaces the slow code of the
/// first while it runs; so the first request, too, is computed and sliced at full speed, and the time that the page states for it
/// is that of the computation, not of the translation.
fn warm_up() {
    if let Ok(mut trainer) = Trainer::new(&Config::default()) {
        // Only the translation is wanted; a run that fails says so when it is asked for.
        let _ = trainer.advance(usize::MAX);
    }
}

/// The browser's clock, in milliseconds.
fn now(scope: &DedicatedWorkerGlobalScope) -> f64 {
    scope.performance().map_or(0.0, |clock| clock.now())
}

impl Loop {
    fn receive(&mut self, message: &JsValue) {
        match decode(message) {
            Ok(ToWorker::Run { id, config }) => self.begin(id, &config),
            Ok(ToWorker::Cancel) => self.job = None,
            Err(error) => self.post(FromWorker::Failed { id: 0, message: error.to_string() }),
        }
    }

    fn begin(&mut self, id: RunId, config: &Config) {
        let started = now(&self.scope);
        self.job = None;
        match Trainer::new(config) {
            Ok(trainer) => {
                let milliseconds = now(&self.scope) - started;
                self.post(FromWorker::Started { id, problem: trainer.problem().clone() });
                self.job = Some(Job { id, trainer, milliseconds, steps: 0, slice: FIRST_SLICE });
                self.slice();
            }
            Err(error) => self.post(FromWorker::Failed { id, message: error.to_string() }),
        }
    }

    /// Computes the next slice of the run, if there still is one.
    fn slice(&mut self) {
        let Some(mut job) = self.job.take() else { return };
        match job.compute(|| now(&self.scope)) {
            Ok(chunk) => self.post(FromWorker::Chunk { id: job.id, chunk }),
            Err(error) => return self.post(FromWorker::Failed { id: job.id, message: error.to_string() }),
        }
        if job.trainer.is_done() {
            let (steps, milliseconds) = (job.steps, job.milliseconds);
            let stats = Stats { steps, milliseconds, compilations: job.trainer.compilations() };
            return self.post(FromWorker::Done { id: job.id, stats });
        }
        self.job = Some(job);
        if self.again.post_message(&JsValue::NULL).is_err() {
            self.slice();
        }
    }

    fn post(&self, answer: FromWorker) {
        // Where an answer cannot be posted there is nobody to tell: the page notices that the worker is silent.
        if let Ok(encoded) = encode_answer(answer) {
            let _ = self.scope.post_message_with_transfer(&encoded.message, &encoded.transfer);
        }
    }
}

impl Job {
    fn compute(&mut self, clock: impl Fn() -> f64) -> Result<Chunk> {
        let started = clock();
        let chunk = self.trainer.advance(self.slice)?;
        let took = clock() - started;
        self.milliseconds += took;
        self.steps += chunk.losses.len();
        self.slice = next_slice(self.slice, took);
        Ok(chunk)
    }
}

/// How many steps the next slice takes, so that it lasts about [`SLICE`]: at most four times as many as before, at least one.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)] // a step count far below 2⁵²
fn next_slice(steps: usize, took: f64) -> usize {
    let wanted = steps as f64 * SLICE / took.max(0.01);
    (wanted.min(steps as f64 * 4.0) as usize).max(1)
}
