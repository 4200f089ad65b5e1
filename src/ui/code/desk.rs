//! [`Desk`]: the program that is edited, the worker that runs it, and what it has shown. It stays while another tab is open.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::page::editor::dials::Dials;
use crate::page::editor::examples::EXAMPLES;
use crate::page::editor::output::{Course, Output};
use crate::page::editor::recorded::Loop;
use crate::page::editor::words::{self, Lack, Progress};
use crate::ui::code::state::CodeState;
use crate::web::python::{News, Python};
use crate::web::{packing, storage};
use crate::worker::code::FromCode;
use crate::worker::interpreter::Phase;

/// Under this name the browser keeps the text between visits.
const KEPT: &str = "code";
/// How long the text must stay as it is before it is run, kept and written into the link.
const REST: Duration = Duration::from_millis(450);
/// How long what the run before has shown may stand there while a program runs that prints nothing.
const OLD: Duration = Duration::from_millis(1200);

/// Everything that the tab works on. Copies are the same desk.
#[derive(Clone)]
pub struct Desk(Rc<Inner>);

struct Inner {
    state: CodeState,
    /// The program.
    text: ArcRwSignal<String>,
    /// Counts the times that something other than typing changed the program.
    replaced: ArcRwSignal<u32>,
    /// The numbers in it that can be turned.
    dials: ArcRwSignal<Dials>,
    output: ArcRwSignal<Output>,
    /// What the innermost loop has done, and the row of it that is looked at; one beyond the last is the last.
    recorded: ArcRwSignal<Option<Arc<Loop>>>,
    row: ArcRwSignal<usize>,
    /// Whether anything has been heard of the loop of the run that is under way.
    is_recorded: Cell<bool>,
    phase: ArcRwSignal<Phase>,
    progress: ArcRwSignal<Progress>,
    lack: ArcRwSignal<Lack>,
    /// What the link has of the program.
    packed: RefCell<Option<String>>,
    /// The program as it was when another one took its place.
    before: ArcRwSignal<Option<String>>,
    /// Counts changes of the text.
    changes: Cell<u32>,
    /// Whether a number has been turned since the run began that is under way.
    is_turned: Cell<bool>,
    /// What was run last.
    ran: RefCell<String>,
    /// Counts runs.
    runs: Rc<Cell<u32>>,
    is_open: Cell<bool>,
    python: Python,
}

impl Desk {
    /// The desk of this page.
    pub fn of(state: CodeState) -> Self {
        let known = state.kept.with_value(|kept| kept.clone().and_then(|kept| kept.downcast::<Self>().ok()));
        if let Some(desk) = known {
            return Self::clone(&desk);
        }
        let desk = Self(Rc::new_cyclic(|inner: &std::rc::Weak<Inner>| {
            let inner = inner.clone();
            let python = Python::new(move |news| {
                if let Some(inner) = inner.upgrade() {
                    inner.hear(news);
                }
            });
            Inner {
                state,
                text: ArcRwSignal::new(String::new()),
                replaced: ArcRwSignal::new(0),
                dials: ArcRwSignal::default(),
                output: ArcRwSignal::default(),
                recorded: ArcRwSignal::new(None),
                row: ArcRwSignal::new(usize::MAX),
                is_recorded: Cell::default(),
                phase: ArcRwSignal::default(),
                progress: ArcRwSignal::default(),
                lack: ArcRwSignal::default(),
                packed: RefCell::default(),
                before: ArcRwSignal::new(None),
                changes: Cell::default(),
                is_turned: Cell::default(),
                ran: RefCell::default(),
                runs: Rc::default(),
                is_open: Cell::default(),
                python,
            }
        }));
        let (is_linked, kept) = (state.packed.with_untracked(Option::is_some), storage::kept(KEPT));
        let first = EXAMPLES[0].text();
        if is_linked {
            // what was edited here last is at hand
            desk.0.before.set(kept.filter(|kept| *kept != first));
        } else {
            desk.0.put(kept.unwrap_or(first));
        }
        state.kept.set_value(Some(Rc::new(desk.clone())));
        desk
    }

    /// The program.
    pub fn text(&self) -> ArcRwSignal<String> {
        self.0.text.clone()
    }

    /// Counts the times that something other than typing changed the program.
    pub fn replaced(&self) -> ArcRwSignal<u32> {
        self.0.replaced.clone()
    }

    /// The numbers in it that can be turned.
    pub fn dials(&self) -> ArcRwSignal<Dials> {
        self.0.dials.clone()
    }

    /// What the newest run has shown.
    pub fn output(&self) -> ArcRwSignal<Output> {
        self.0.output.clone()
    }

    /// What the innermost loop of the newest run has done.
    pub fn recorded(&self) -> ArcRwSignal<Option<Arc<Loop>>> {
        self.0.recorded.clone()
    }

    /// The row of the recording that is looked at; one beyond the last is the last.
    pub fn row(&self) -> ArcRwSignal<usize> {
        self.0.row.clone()
    }

    /// What there is of the worker.
    pub fn phase(&self) -> ArcRwSignal<Phase> {
        self.0.phase.clone()
    }

    /// The program as it was when another one took its place.
    pub fn before(&self) -> ArcRwSignal<Option<String>> {
        self.0.before.clone()
    }

    /// The line of status.
    pub fn status(&self) -> String {
        self.0.output.with(|output| words::status(self.0.phase.get(), self.0.progress.get(), self.0.lack.get(), output))
    }

    /// Whether a program runs, or is about to.
    pub fn is_running(&self) -> bool {
        self.0.output.with(|output| output.course() == Course::Running)
    }

    /// Makes the worker ready; for the tab when it opens.
    pub fn sit_down(&self) {
        self.0.is_open.set(true);
        self.0.python.prepare();
    }

    /// Ends what runs; for the tab when it closes, since nobody waits for it in another one.
    pub fn leave(&self) {
        self.0.is_open.set(false);
        self.stop();
    }

    /// Runs the program.
    pub fn run(&self) {
        self.0.run();
    }

    /// Turns a number to this place of its slider. The program runs again, as soon as the run before has ended.
    pub fn turn(&self, index: usize, place: i32) {
        let text = self.0.text.get_untracked();
        let turned = self.0.dials.try_update(|dials| dials.turn(index, place, &text)).flatten();
        let Some(text) = turned else { return };
        self.0.text.set(text);
        self.0.replaced.update(|count| *count += 1);
        if self.0.python.is_busy() {
            self.0.is_turned.set(true);
        } else {
            self.run();
        }
        self.rest();
    }

    /// Runs the program if nothing has been run.
    pub fn run_first(&self) {
        let is_new = self.0.output.with_untracked(|output| output.course() == Course::Never);
        if is_new && !self.0.text.with_untracked(String::is_empty) {
            self.run();
        }
    }

    /// Ends the program that runs.
    pub fn stop(&self) {
        self.0.is_turned.set(false);
        if self.0.output.with_untracked(|output| output.course() == Course::Running) {
            self.0.end(Course::Stopped);
        }
        self.0.python.stop();
    }

    /// The program has been typed in.
    pub fn typed(&self, text: String) {
        if self.0.text.with_untracked(|now| *now != text) {
            self.0.put(text);
            self.rest();
        }
    }

    /// Another program takes the place of this one.
    pub fn open(&self, text: String) {
        let now = self.0.text.get_untracked();
        if now == text {
            return self.run();
        }
        let is_own = !now.is_empty() && EXAMPLES.iter().all(|example| example.text() != now);
        if is_own {
            self.0.before.set(Some(now));
        }
        self.0.put(text);
        self.0.replaced.update(|count| *count += 1);
        self.link();
        self.run();
    }

    /// Shows the program of the link, if it is not the one that is shown.
    pub fn follow_link(&self) {
        let packed = self.0.state.packed.get();
        if *self.0.packed.borrow() == packed {
            return;
        }
        self.0.packed.borrow_mut().clone_from(&packed);
        let Some(packed) = packed else { return self.open(EXAMPLES[0].text()) };
        let this = self.clone();
        spawn_local(async move {
            if let Some(text) = packing::unpack(&packed).await {
                this.open(text);
            } else {
                // nothing runs that the link does not say
                this.0.put("# The program in this link cannot be read.\n".to_owned());
                this.0.replaced.update(|count| *count += 1);
            }
        });
    }

    /// Keeps, links and runs the text once it rests.
    fn rest(&self) {
        let count = self.0.changes.get().wrapping_add(1);
        self.0.changes.set(count);
        let this = self.clone();
        set_timeout(
            move || {
                if this.0.changes.get() != count {
                    return;
                }
                storage::keep(KEPT, &this.0.text.get_untracked());
                this.link();
                let course = this.0.output.with_untracked(Output::course);
                if this.0.text.with_untracked(|text| *text == *this.0.ran.borrow()) {
                    return;
                }
                if this.0.is_open.get() && words::runs_by_itself(course) && !this.0.python.is_busy() {
                    this.run();
                }
            },
            REST,
        );
    }

    /// Writes the text into the link.
    fn link(&self) {
        let text = self.0.text.get_untracked();
        let this = self.clone();
        spawn_local(async move {
            let packed = if text == EXAMPLES[0].text() { None } else { packing::pack(&text).await };
            if this.0.text.with_untracked(|now| *now == text) {
                this.0.packed.borrow_mut().clone_from(&packed);
                this.0.state.packed.set(packed);
            }
        });
    }
}

impl Inner {
    /// Takes a program that somebody has written.
    fn put(&self, text: String) {
        self.dials.set(Dials::of(&text));
        self.text.set(text);
    }

    fn run(&self) {
        let text = self.text.get_untracked();
        self.is_turned.set(false);
        self.is_recorded.set(false);
        self.ran.replace(text.clone());
        self.output.update(Output::start);
        self.python.run(text);
        let (output, run) = (self.output.clone(), self.runs.get().wrapping_add(1));
        self.runs.set(run);
        let runs = self.runs.clone();
        set_timeout(
            move || {
                if runs.get() == run && output.with_untracked(Output::is_old) {
                    output.update(Output::go_on);
                }
            },
            OLD,
        );
    }

    /// The run is over. Of a loop that it did not have, nothing stays.
    fn end(&self, course: Course) {
        self.output.update(|output| output.end(course));
        if !self.is_recorded.get() {
            self.recorded.set(None);
        }
    }

    fn hear(&self, news: News) {
        match news {
            News::Phase(phase) => {
                if self.phase.with_untracked(|now| *now != phase) {
                    self.phase.set(phase);
                }
                if self.is_turned.get() && !self.python.is_busy() {
                    self.run();
                }
            }
            News::Progress(progress) => self.progress.set(progress),
            News::Lack(lack) => self.lack.set(lack),
            News::Heard(FromCode::Printed(pieces)) => self.output.update(|output| output.print(pieces)),
            News::Heard(FromCode::Recorded(recorded)) => {
                self.is_recorded.set(true);
                self.recorded.set(Some(Arc::new(Loop { text: self.ran.borrow().clone(), recorded })));
            }
            News::Heard(FromCode::Ended(ending)) => self.end(Course::Ended(ending)),
            News::Heard(FromCode::Ready | FromCode::Fault(_)) => {}
            News::Died(cause) => self.end(Course::Died(cause)),
        }
    }
}
