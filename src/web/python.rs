//! The page's end of the worker that runs Python: fetches its program, starts it, sends it texts, and passes on what it says, as an [`Interpreter`] decides.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Object, Reflect, Uint8Array, WebAssembly};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Event, MessageEvent, Url, Worker};

use crate::page::editor::output::Cause;
use crate::page::editor::words::{Lack, Progress};
use crate::worker::code::FromCode;
use crate::worker::interpreter::{Action, Interpreter, Phase};

use super::bridge::{detach, start_worker};
use super::codec::{decode, encode};
use super::packing::{Stream, drain};

/// Where the worker's program lies, beside the page; `cargo xtask build` puts it there.
const FOLDER: &str = "snippets/python/";
/// Names the program's files, and says how large it is: `python-0123456789abcdef 7000000`.
const CURRENT: &str = "current.txt";
/// The largest program that is believed in.
const MOST_BYTES: usize = 64 << 20;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = fetch)]
    async fn fetch(address: &str, options: &Object) -> Result<JsValue, JsValue>;

    /// An answer of the server.
    type Answer;
    #[wasm_bindgen(method, getter)]
    fn ok(this: &Answer) -> bool;
    #[wasm_bindgen(method, getter)]
    fn body(this: &Answer) -> Option<Stream>;
    #[wasm_bindgen(method, catch)]
    async fn text(this: &Answer) -> Result<JsValue, JsValue>;
}

/// What the page is told.
#[derive(Debug)]
pub enum News {
    /// There is another phase.
    Phase(Phase),
    /// So much of the program has come.
    Progress(Progress),
    /// The program has not come.
    Lack(Lack),
    /// The worker says something.
    Heard(FromCode),
    /// The worker died while it ran a program.
    Died(Cause),
}

/// The connection to the worker. Copies are the same connection.
#[derive(Clone)]
pub struct Python(Rc<Inner>);

struct Inner {
    interpreter: RefCell<Interpreter>,
    program: RefCell<Option<Program>>,
    worker: RefCell<Option<Worker>>,
    /// Whether the worker has told of a fault of its own.
    fault: Cell<bool>,
    tell: Box<dyn Fn(News)>,
}

/// The worker's program: the address of its script, and its module, translated.
#[derive(Clone)]
struct Program {
    script: String,
    module: JsValue,
    /// What starts a worker of it, where the page has no origin of its own.
    detached: Option<Function>,
}

impl Program {
    /// A worker that has been told of the script and of the module, as the page's other worker is: `src/worker.js`.
    fn worker(&self) -> Option<Worker> {
        let worker = if let Some(detached) = &self.detached {
            detached.call0(&JsValue::UNDEFINED).ok()?.dyn_into::<Worker>().ok()?
        } else {
            let worker = start_worker()?;
            worker.post_message(&JsValue::from_str(&self.script)).ok()?;
            worker
        };
        worker.post_message(&self.module).ok()?;
        Some(worker)
    }
}

impl Python {
    /// Nothing yet; all that there is to say goes to `tell`.
    pub fn new(tell: impl Fn(News) + 'static) -> Self {
        Self(Rc::new(Inner {
            interpreter: RefCell::default(),
            program: RefCell::default(),
            worker: RefCell::default(),
            fault: Cell::default(),
            tell: Box::new(tell),
        }))
    }

    /// Makes a worker ready.
    pub fn prepare(&self) {
        self.decide(Interpreter::prepare);
    }

    /// Runs a program, in the place of the one that runs.
    pub fn run(&self, text: String) {
        self.decide(|interpreter| interpreter.run(text));
    }

    /// Ends the program that runs.
    pub fn stop(&self) {
        self.decide(Interpreter::stop);
    }

    /// Whether a program runs or is going to.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.0.interpreter.borrow().is_busy()
    }

    /// Lets the interpreter decide, and does what it says.
    fn decide(&self, event: impl FnOnce(&mut Interpreter)) {
        event(&mut self.0.interpreter.borrow_mut());
        loop {
            let action = self.0.interpreter.borrow_mut().next_action();
            match action {
                Some(Action::Fetch) => self.fetch(),
                Some(Action::Start) => self.start(),
                Some(Action::Post(message)) => {
                    if let (Some(worker), Ok(message)) = (&*self.0.worker.borrow(), encode(&message)) {
                        // A worker that cannot be posted to is dead, and the page has been told.
                        let _ = worker.post_message(&message);
                    }
                }
                None => break,
            }
        }
        let phase = self.0.interpreter.borrow().phase();
        (self.0.tell)(News::Phase(phase));
    }

    fn fetch(&self) {
        let this = self.clone();
        spawn_local(async move {
            let fetched = program(|progress| (this.0.tell)(News::Progress(progress))).await;
            let is_there = fetched.is_ok();
            match fetched {
                Ok(program) => *this.0.program.borrow_mut() = Some(program),
                Err(lack) => (this.0.tell)(News::Lack(lack)),
            }
            this.decide(|interpreter| interpreter.fetched(is_there));
        });
    }

    /// Starts a worker in the place of the one that there is.
    fn start(&self) {
        if let Some(worker) = self.0.worker.take() {
            // what it has posted already is not to be heard
            worker.set_onmessage(None);
            worker.set_onerror(None);
            worker.terminate();
        }
        self.0.fault.set(false);
        let worker = self.0.program.borrow().as_ref().and_then(Program::worker);
        let Some(worker) = worker else {
            return self.0.interpreter.borrow_mut().died();
        };
        let this = self.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| this.receive(&event));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        let this = self.clone();
        let on_error = Closure::<dyn FnMut(Event)>::new(move |event: Event| this.lose(&event));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        on_error.forget();
        *self.0.worker.borrow_mut() = Some(worker);
    }

    fn receive(&self, event: &MessageEvent) {
        let Ok(message) = decode::<FromCode>(&event.data()) else { return };
        if matches!(message, FromCode::Fault(_)) {
            self.0.fault.set(true);
        }
        let heard = message.clone();
        (self.0.tell)(News::Heard(message));
        self.decide(|interpreter| interpreter.hear(&heard));
    }

    fn lose(&self, event: &Event) {
        event.prevent_default();
        let message = Reflect::get(event, &"message".into()).ok().and_then(|message| message.as_string());
        if self.0.interpreter.borrow().phase() == Phase::Running {
            (self.0.tell)(News::Died(Cause::of(&message.unwrap_or_default(), self.0.fault.get())));
        }
        self.decide(Interpreter::died);
    }
}

/// Fetches the worker's program.
async fn program(tell: impl Fn(Progress)) -> Result<Program, Lack> {
    let get = async |address: String, fresh: bool| -> Result<Answer, Lack> {
        let options = Object::new();
        if fresh {
            // a browser that cannot be told this reads what it has kept
            let _ = Reflect::set(&options, &"cache".into(), &"no-cache".into());
        }
        let answer: Answer = fetch(&address, &options).await.map_err(|_| Lack::Unreachable)?.unchecked_into();
        if answer.ok() { Ok(answer) } else { Err(Lack::NotThere) }
    };
    let href = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    let address = |file: &str| {
        let found = Url::new_with_base(&format!("{FOLDER}{file}"), &href);
        found.map(|url| url.href()).map_err(|_| Lack::NotThere)
    };
    let listed = get(address(CURRENT)?, true).await;
    let listed = listed.map_err(|lack| if href.starts_with("file:") { Lack::LeftOut } else { lack })?;
    let current = listed.text().await.map_err(|_| Lack::Unreachable)?;
    let current = current.as_string().unwrap_or_default();
    let (name, all) = named(&current).ok_or(Lack::NotThere)?;
    tell(Progress { come: 0, all });
    let answer = get(address(&format!("{name}_bg.wasm"))?, false).await?;
    let body = answer.body().ok_or(Lack::Unreachable)?;
    let (bytes, come) = (Uint8Array::new_with_length(all as u32), Cell::new(0));
    let is_whole = drain(&body, |chunk| {
        let end = come.get() + chunk.length() as usize;
        if end > all {
            return false;
        }
        bytes.set(chunk, come.get() as u32);
        come.set(end);
        tell(Progress { come: end, all });
        true
    });
    if !is_whole.await || come.get() != all {
        return Err(Lack::Unreachable);
    }
    let module = JsFuture::from(WebAssembly::compile(&bytes)).await.map_err(|_| Lack::Unreachable)?;
    let script = address(&format!("{name}.js"))?;
    let detached = detach(&script).await.map_err(|_| Lack::Unreachable)?;
    Ok(Program { script, module, detached })
}

/// The name and the size of the program's module.
fn named(current: &str) -> Option<(&str, usize)> {
    let (name, size) = current.trim().split_once(' ')?;
    let is_name = name.bytes().all(|letter| letter.is_ascii_alphanumeric() || letter == b'-');
    let size = size.parse().ok().filter(|size| (1..=MOST_BYTES).contains(size))?;
    is_name.then_some((name, size))
}
