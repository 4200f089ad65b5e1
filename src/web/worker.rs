//! The worker's loop: it takes requests, computes in slices, and posts what each slice recorded.
//!
//! Between two slices the browser delivers waiting messages, so a newer request is honoured within one slice: older runs are dropped where they
//! stand. The next slice is asked for by a message to itself, which the browser delivers without the delay of a timer. Questions about
//! single steps go before slices, and of several that wait only the newest is answered; measurements wait until all runs are finished.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::global;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent, MessagePort};

use crate::base::error::Error;
use crate::lecture::run::cache::Shared;
use crate::lecture::run::costs::Measurement;
use crate::lecture::run::trainer::Trainer;
use crate::lecture::settings::config::{Config, ModuleKind, Program};
use crate::worker::job::Jobs;
use crate::worker::protocol::{FromWorker, RunId, ToWorker};

use super::codec::{decode, encode_answers};
use super::loader;

/// Steps that are asked about.
struct Question {
    id: RunId,
    /// Runs and steps, the last one first.
    steps: Vec<(usize, usize)>,
}

struct Loop {
    scope: DedicatedWorkerGlobalScope,
    /// A message on this port asks for the next slice.
    again: MessagePort,
    shared: Shared,
    jobs: Jobs,
    question: Option<Question>,
    measurement: Option<(RunId, Measurement)>,
}

/// Starts the loop; the worker's entry point. The browser keeps it alive.
///
/// # Errors
/// This is not a worker, or it cannot make a message channel.
pub fn start() -> std::result::Result<(), JsValue> {
    let scope: DedicatedWorkerGlobalScope = global().dyn_into()?;
    let channel = MessageChannel::new()?;
    let state = Rc::new(RefCell::new(Loop {
        scope: scope.clone(),
        again: channel.port2(),
        shared: Shared::default(),
        jobs: Jobs::default(),
        question: None,
        measurement: None,
    }));

    let next = state.clone();
    let on_again = Closure::<dyn FnMut()>::new(move || next.borrow_mut().turn());
    channel.port1().set_onmessage(Some(on_again.as_ref().unchecked_ref()));
    on_again.forget();

    let requests = state.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        requests.borrow_mut().receive(&event.data());
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();

    loader::install();
    warm_up(&state.borrow().shared);
    state.borrow().post(FromWorker::Ready);
    Ok(())
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
        match decode(message) {
            Ok(ToWorker::Run { id, configs, inspect }) => {
                self.question = None;
                self.measurement = None;
                self.jobs = Jobs::new(id, configs, inspect);
                self.turn();
            }
            Ok(ToWorker::Inspect { id, mut steps }) => {
                let idle = self.is_idle();
                steps.reverse();
                self.question = Some(Question { id, steps });
                self.ask_for_turn(idle);
            }
            Ok(ToWorker::Measure { id, config }) => {
                let idle = self.is_idle();
                match Measurement::new(&config) {
                    Ok(measurement) => self.measurement = Some((id, measurement)),
                    Err(error) => self.post(failed(id, &error)),
                }
                self.ask_for_turn(idle && self.measurement.is_some());
            }
            Ok(ToWorker::Cancel) => {
                self.jobs = Jobs::default();
                self.question = None;
                self.measurement = None;
            }
            Err(error) => self.post(FromWorker::Failed { id: 0, message: error.to_string() }),
        }
    }

    fn is_idle(&self) -> bool {
        self.jobs.is_done() && self.question.is_none() && self.measurement.is_none()
    }

    /// Asks for the next turn, unless one has been asked for.
    fn ask_for_turn(&mut self, needed: bool) {
        if needed && self.again.post_message(&JsValue::NULL).is_err() {
            self.turn();
        }
    }

    /// Does the most urgent of what is to be done.
    fn turn(&mut self) {
        if let Some(question) = self.question.take() {
            self.answer(question);
        } else if !self.jobs.is_done() {
            let scope = self.scope.clone();
            let answers = self.jobs.slice(&self.shared, &|| now(&scope));
            self.post_all(answers);
        } else if let Some((id, mut measurement)) = self.measurement.take() {
            match measurement.slice(&|| now(&self.scope)) {
                None => self.measurement = Some((id, measurement)),
                Some(costs) => self.post(FromWorker::Measured { id, costs }),
            }
        }
        self.ask_for_turn(!self.is_idle());
    }

    /// Answers the first part of a question, and keeps the others.
    fn answer(&mut self, Question { id, mut steps }: Question) {
        let Some((run, step)) = steps.pop() else { return };
        // a question about a run that has been dropped needs no answer
        if let Some(inspection) = self.jobs.inspect(id, run, step) {
            self.post(match inspection {
                Ok(inspection) => FromWorker::Inspected { id, run, inspection },
                Err(error) => failed(id, &error),
            });
        }
        if !steps.is_empty() {
            self.question = Some(Question { id, steps });
        }
    }

    fn post(&self, answer: FromWorker) {
        self.post_all(vec![answer]);
    }

    /// Posts answers in one message, so that the page is told of all of them at once.
    fn post_all(&self, answers: Vec<FromWorker>) {
        // Where an answer cannot be posted there is nobody to tell: the page notices that the worker is silent.
        if let Ok(encoded) = encode_answers(answers) {
            let _ = self.scope.post_message_with_transfer(&encoded.message, &encoded.transfer);
        }
    }
}

fn failed(id: RunId, error: &Error) -> FromWorker {
    FromWorker::Failed { id, message: error.to_string() }
}
