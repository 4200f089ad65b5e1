//! The page's end of the worker: starts it, sends it requests, and passes its answers on.
//!
//! Nothing is sent before the worker has said that it listens: earlier messages would be lost. A worker that cannot be loaded, that stays silent
//! or that dies is reported in words; one that dies is replaced once and gets its request again.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::lecture::settings::config::Config;
use crate::worker::protocol::{FromWorker, RunId, ToWorker};

use super::codec::{decode_answers, encode};
use super::files::object;

/// The script that starts the worker; `index.html` has Trunk copy it.
const SCRIPT: &str = "./worker.js";
/// How long the worker may take to say that it listens, in milliseconds.
const PATIENCE: i32 = 15_000;

const FORBIDDEN: &str = "The browser does not let this page start a worker, so nothing can be computed. \
                         Please allow workers for it, or open it in another browser.";
const SILENT: &str = "The worker that computes has not started. Please reload the page; if that does not help, a part of \
                      it could not be loaded.";
const STOPPED: &str = "The worker that computes has stopped; it is being started again.";
const LOST: &str = "The worker that computes cannot be started, or has stopped twice. Your settings are kept; please \
                    reload the page.";

#[wasm_bindgen]
extern "C" {
    /// The address of the script that loaded this program.
    #[wasm_bindgen(thread_local_v2, js_namespace = ["import", "meta"], js_name = url)]
    static OWN_SCRIPT: JsValue;
}

/// What the bridge tells the page.
#[derive(Debug)]
pub enum Report {
    /// An answer to the newest run.
    Answer(FromWorker),
    /// The worker is in trouble: a sentence for the user.
    Trouble(String),
}

/// The connection to the worker.
#[derive(Clone)]
pub struct Bridge(Rc<RefCell<Inner>>);

struct Inner {
    worker: Option<Worker>,
    listening: bool,
    replaced: bool,
    newest: Option<ToWorker>,
    last_id: RunId,
    report: Rc<dyn Fn(Report)>,
}

impl Bridge {
    /// Starts the worker; everything that it has to say goes to `report`.
    pub fn start(report: impl Fn(Report) + 'static) -> Self {
        let report: Rc<dyn Fn(Report)> = Rc::new(report);
        let inner = Inner { worker: None, listening: false, replaced: false, newest: None, last_id: 0, report };
        let bridge = Self(Rc::new(RefCell::new(inner)));
        bridge.spawn();
        bridge
    }

    /// Asks for runs, and for one step of each of the first, taken apart (see [`ToWorker::Run`]); older ones that still compute are cancelled. Gives the id
    /// that their answers carry.
    pub fn run(&self, configs: Vec<Config>, inspect: Vec<usize>) -> RunId {
        let mut inner = self.0.borrow_mut();
        inner.last_id += 1;
        let id = inner.last_id;
        inner.newest = Some(ToWorker::Run { id, configs, inspect });
        inner.send_newest();
        id
    }

    /// Asks for steps of the newest runs: which run, and how many steps were taken before.
    pub fn inspect(&self, steps: Vec<(usize, usize)>) {
        let inner = self.0.borrow();
        inner.send(&ToWorker::Inspect { id: inner.last_id, steps });
    }

    /// Asks what the ways of calling a step cost; a newer request for runs cancels it.
    pub fn measure(&self, config: &Config) {
        let inner = self.0.borrow();
        inner.send(&ToWorker::Measure { id: inner.last_id, config: config.clone() });
    }

    fn spawn(&self) {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let has_origin = web_sys::window().is_none_or(|window| window.origin() != "null");
        let worker = if has_origin { Worker::new_with_options(SCRIPT, &options).ok() } else { detached() };
        let Some(worker) = worker else { return self.trouble(FORBIDDEN) };
        let this = self.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| this.receive(&event));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        let this = self.clone();
        let on_error = Closure::<dyn FnMut(Event)>::new(move |_: Event| this.died());
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        on_error.forget();
        // The worker's script hears this although it is sent before the script runs: it listens at once. One that never runs is found silent.
        let _ = worker.post_message(&OWN_SCRIPT.with(JsValue::clone));
        let _ = worker.post_message(&wasm_bindgen::module());
        {
            let mut inner = self.0.borrow_mut();
            inner.worker = Some(worker);
            inner.listening = false;
        }
        self.watch();
    }

    /// Reports a worker that has not said that it listens when patience is at its end.
    fn watch(&self) {
        let this = self.clone();
        let check = Closure::once_into_js(move || {
            if !this.0.borrow().listening {
                this.trouble(SILENT);
            }
        });
        if let Some(window) = web_sys::window() {
            // Without the timer the page stays as it is: loading.
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(check.unchecked_ref(), PATIENCE);
        }
    }

    fn receive(&self, event: &MessageEvent) {
        match decode_answers(&event.data()) {
            Ok(answers) => answers.into_iter().for_each(|answer| self.pass_on(answer)),
            Err(error) => self.trouble(&error.to_string()),
        }
    }

    /// Passes an answer to the newest request on.
    fn pass_on(&self, answer: FromWorker) {
        if matches!(answer, FromWorker::Ready) {
            let mut inner = self.0.borrow_mut();
            inner.listening = true;
            return inner.send_newest();
        }
        let report = {
            let inner = self.0.borrow();
            (id_of(&answer) == Some(inner.last_id)).then(|| inner.report.clone())
        };
        if let Some(report) = report {
            report(Report::Answer(answer));
        }
    }

    /// The worker's script failed to load, or the worker crashed.
    fn died(&self) {
        let first = {
            let mut inner = self.0.borrow_mut();
            if let Some(worker) = inner.worker.take() {
                worker.terminate();
            }
            !std::mem::replace(&mut inner.replaced, true)
        };
        if first {
            self.trouble(STOPPED);
            self.spawn();
        } else {
            self.trouble(LOST);
        }
    }

    fn trouble(&self, sentence: &str) {
        let report = self.0.borrow().report.clone();
        report(Report::Trouble(sentence.to_owned()));
    }
}

/// A worker for a frame whose sandbox gives it no origin of its own, and so no scripts but those that it makes itself. It is no module: Chromium starts none there.
fn detached() -> Option<Worker> {
    let script = object(include_str!("../worker.js"), "text/javascript")?;
    Worker::new(&script).ok()
}

impl Inner {
    fn send_newest(&self) {
        if let Some(request) = &self.newest {
            self.send(request);
        }
    }

    /// Sends a message, if the worker listens.
    fn send(&self, message: &ToWorker) {
        let (Some(worker), true) = (&self.worker, self.listening) else { return };
        if let Ok(message) = encode(message) {
            // A worker that cannot be posted to is dead, and its error event says so.
            let _ = worker.post_message(&message);
        }
    }
}

fn id_of(answer: &FromWorker) -> Option<RunId> {
    match answer {
        FromWorker::Ready => None,
        FromWorker::Started { id, .. }
        | FromWorker::Chunk { id, .. }
        | FromWorker::Done { id, .. }
        | FromWorker::Inspected { id, .. }
        | FromWorker::Measured { id, .. }
        | FromWorker::Failed { id, .. } => Some(*id),
    }
}
