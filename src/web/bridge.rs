//! The page's end of the worker: starts it, sends it requests, and passes its answers on, as a [`Supervisor`] decides.
//!
//! Nothing is sent before the worker has said that it listens: earlier messages would be lost.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::lecture::settings::config::Config;
use crate::worker::protocol::{AskId, JobRequest, RunRequest, StepRef, ToWorker};
pub use crate::worker::supervisor::Report;
use crate::worker::supervisor::{Action, Supervisor, TICK};

use super::codec::{decode_answers, encode};
use super::files::object;
use super::frames::now;

/// The script that starts the worker; `index.html` has Trunk copy it.
const SCRIPT: &str = "./worker.js";

#[wasm_bindgen]
extern "C" {
    /// The address of the script that loaded this program.
    #[wasm_bindgen(thread_local_v2, js_namespace = ["import", "meta"], js_name = url)]
    static OWN_SCRIPT: JsValue;

    /// The translated part that computes, on its way, where the module is split; nothing if it could not be fetched.
    #[wasm_bindgen(thread_local_v2, js_name = thetahatEngine)]
    static ENGINE: Option<Promise>;

    /// `first.js`: starts a worker, where the page has no origin of its own and so no scripts for workers but those that it makes itself.
    #[wasm_bindgen(thread_local_v2, js_name = thetahatDetached)]
    static DETACHED: Option<Function>;

    /// `first.js`: promises a function that starts workers of another script, in such a page.
    #[wasm_bindgen(thread_local_v2, js_name = thetahatDetach)]
    static DETACH: Option<Function>;
}

/// The connection to the worker. Copies are the same connection.
#[derive(Clone)]
pub struct Bridge(Rc<Inner>);

struct Inner {
    worker: RefCell<Option<Worker>>,
    supervisor: RefCell<Supervisor>,
    /// Whether a timer is set.
    ticks: Cell<bool>,
    report: Box<dyn Fn(Report)>,
}

impl Bridge {
    /// Starts the worker; everything that it has to say goes to `report`.
    pub fn start(report: impl Fn(Report) + 'static) -> Self {
        let bridge = Self(Rc::new(Inner {
            worker: RefCell::default(),
            supervisor: RefCell::default(),
            ticks: Cell::default(),
            report: Box::new(report),
        }));
        bridge.act();
        bridge
    }

    /// Asks for runs; what was asked for before and is still under way is forgotten. Returns the id that their answers carry.
    pub fn run(&self, requests: Vec<RunRequest>) -> AskId {
        let id = self.0.supervisor.borrow_mut().run(requests);
        self.act();
        id
    }

    /// Ends the runs that are under way where they stand. What was computed of them stays, and [`crate::worker::protocol::Body::Done`] says that no more comes.
    pub fn stop(&self) {
        self.0.supervisor.borrow_mut().stop();
        self.act();
    }

    /// Asks for steps of the newest runs. As with everything that is asked about them, no id where there is no worker any more.
    pub fn inspect(&self, steps: Vec<StepRef>) -> Option<AskId> {
        self.ask(JobRequest::Inspect(steps))
    }

    /// Asks what the ways of calling a step cost; a newer request for runs forgets it.
    pub fn measure(&self, config: &Config) -> Option<AskId> {
        self.ask(JobRequest::Measure(config.clone()))
    }

    /// Asks for anything. Returns the id that answers carry, or none where there is no worker any more.
    pub fn ask(&self, job: JobRequest) -> Option<AskId> {
        let id = self.0.supervisor.borrow_mut().ask(job);
        self.act();
        id
    }

    /// Whether there is no worker any more.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.0.supervisor.borrow().is_gone()
    }

    /// Nobody wants to know any more what this request asks for.
    pub fn forget(&self, id: AskId) {
        self.0.supervisor.borrow_mut().forget(id);
        self.act();
    }

    /// Ends the worker for good.
    pub fn close(&self) {
        self.0.supervisor.borrow_mut().close();
        self.act();
    }

    /// Does what the supervisor wants done. The page may ask for more while it is told of something; that is done at once.
    fn act(&self) {
        loop {
            let action = self.0.supervisor.borrow_mut().next_action();
            match action {
                Some(Action::Start) => {
                    self.end();
                    if !self.spawn() {
                        self.0.supervisor.borrow_mut().forbidden();
                    }
                }
                Some(Action::End) => self.end(),
                Some(Action::Post(message)) => self.post(&message),
                Some(Action::Report(report)) => (self.0.report)(report),
                None => break,
            }
        }
        self.tick_later();
    }

    fn end(&self) {
        if let Some(worker) = self.0.worker.take() {
            // what it has posted already is not to be heard
            worker.set_onmessage(None);
            worker.set_onerror(None);
            worker.terminate();
        }
    }

    /// Starts a worker; false if the browser forbids it.
    fn spawn(&self) -> bool {
        let worker = match DETACHED.with(Option::clone) {
            Some(start) => start.call0(&JsValue::UNDEFINED).ok().map(JsValue::unchecked_into::<Worker>),
            None => attached(),
        };
        let Some(worker) = worker else { return false };
        let this = self.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| this.receive(&event));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        let this = self.clone();
        let on_error = Closure::<dyn FnMut(Event)>::new(move |_: Event| {
            this.0.supervisor.borrow_mut().died();
            this.act();
        });
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        on_error.forget();
        // The worker's script hears this although it is sent before the script runs: it listens at once. One that never runs is found silent.
        let _ = worker.post_message(&wasm_bindgen::module());
        if let Some(engine) = ENGINE.with(Option::clone) {
            let to = worker.clone();
            spawn_local(async move {
                if let Ok(module) = JsFuture::from(engine).await {
                    let _ = to.post_message(&module);
                }
            });
        }
        *self.0.worker.borrow_mut() = Some(worker);
        true
    }

    fn receive(&self, event: &MessageEvent) {
        match decode_answers(&event.data()) {
            Ok(answers) => {
                for answer in answers {
                    self.0.supervisor.borrow_mut().hear(answer);
                }
            }
            Err(error) => self.0.supervisor.borrow_mut().broken(&error.to_string()),
        }
        self.act();
    }

    fn post(&self, message: &ToWorker) {
        match encode(message) {
            Ok(message) => {
                if let Some(worker) = &*self.0.worker.borrow() {
                    // A worker that cannot be posted to is dead, and found silent.
                    let _ = worker.post_message(&message);
                }
            }
            Err(error) => self.0.supervisor.borrow_mut().broken(&error.to_string()),
        }
    }

    /// Tells the supervisor the time after a while, if it waits for the worker.
    fn tick_later(&self) {
        if !self.0.supervisor.borrow().waits() || self.0.ticks.replace(true) {
            return;
        }
        let this = self.clone();
        let tick = Closure::once_into_js(move || {
            this.0.ticks.replace(false);
            let document = web_sys::window().and_then(|window| window.document());
            let is_visible = document.is_none_or(|document| !document.hidden());
            this.0.supervisor.borrow_mut().tick(now(), is_visible);
            this.act();
        });
        if let Some(window) = web_sys::window() {
            // Without the timer a silent worker goes unnoticed, as it would without this.
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(tick.unchecked_ref(), TICK as i32);
        }
    }
}

/// A worker that loads its scripts itself, and is told which one is the page's.
fn attached() -> Option<Worker> {
    let worker = start_worker()?;
    // The worker's script hears this although it is sent before the script runs: it listens at once.
    worker.post_message(&OWN_SCRIPT.with(JsValue::clone)).ok()?;
    Some(worker)
}

/// A worker that waits for the address of a script and for its module; none if the browser forbids it.
pub fn start_worker() -> Option<Worker> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let has_origin = web_sys::window().is_none_or(|window| window.origin() != "null");
    if has_origin { Worker::new_with_options(SCRIPT, &options).ok() } else { detached() }
}

/// What starts workers of the script at this address, where the page has no origin of its own; none where [`start_worker`] does.
///
/// # Errors
/// The script cannot be fetched.
pub async fn detach(script: &str) -> Result<Option<Function>, JsValue> {
    let Some(detach) = DETACH.with(Option::clone) else { return Ok(None) };
    let promise = detach.call1(&JsValue::UNDEFINED, &script.into())?;
    Ok(JsFuture::from(Promise::resolve(&promise)).await?.dyn_into().ok())
}

/// A worker for a frame whose sandbox gives it no origin of its own, and so no scripts but those that it makes itself. It is no module: Chromium starts none there.
fn detached() -> Option<Worker> {
    let script = object(include_str!("../worker.js"), "text/javascript")?;
    Worker::new(&script).ok()
}
