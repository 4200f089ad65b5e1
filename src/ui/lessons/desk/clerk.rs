//! [`Clerk`]: has hand-ins judged by workers, so that the page stays as quick as ever.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use crate::page::handin::judge::Judge;
use crate::web::bridge::{Bridge, Report};
use crate::web::frames::now;
use crate::web::pool::cores;
use crate::worker::protocol::{Answer, AskId};

/// The most workers.
const MOST: usize = 4;

/// What the clerk tells.
pub enum Told {
    /// So many of the units are judged, of so many.
    Progress(usize, usize),
    /// All are judged; this many milliseconds after the beginning.
    Done(f64),
    /// A worker is in trouble: a sentence for the user.
    Trouble(String),
}

/// Has hand-ins judged. Its workers end when it is dropped.
pub struct Clerk(Rc<Inner>);

struct Inner {
    judge: RefCell<Judge>,
    bridges: RefCell<Vec<Bridge>>,
    /// What each worker is asked, one thing at a time, since a request for runs has it forget all others: the request's id, and the unit that wants it.
    hands: RefCell<Vec<Option<(AskId, usize)>>>,
    began: f64,
    tell: Box<dyn Fn(Told)>,
}

impl Clerk {
    /// Begins to judge.
    pub fn new(judge: Judge, tell: impl Fn(Told) + 'static) -> Self {
        let units = judge.progress().1;
        let workers = cores().min(MOST).min(units.max(1));
        let inner = Rc::new(Inner {
            judge: RefCell::new(judge),
            bridges: RefCell::default(),
            hands: RefCell::new(vec![None; workers]),
            began: now(),
            tell: Box::new(tell),
        });
        for worker in 0..workers {
            let clerk = Rc::downgrade(&inner);
            let bridge = Bridge::start(move |report| receive(&clerk, worker, report));
            inner.bridges.borrow_mut().push(bridge);
        }
        (0..workers).for_each(|worker| inner.deal(worker));
        inner.end();
        Self(inner)
    }

    /// Reads what was judged.
    pub fn read<R>(&self, read: impl FnOnce(&Judge) -> R) -> R {
        read(&self.0.judge.borrow())
    }
}

impl Drop for Clerk {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Inner {
    fn close(&self) {
        self.bridges.take().iter().for_each(Bridge::close);
    }

    /// Gives a worker something to do, if it has nothing.
    fn deal(&self, worker: usize) {
        let Some(bridge) = self.bridges.borrow().get(worker).cloned() else { return };
        if self.hands.borrow()[worker].is_some() {
            return;
        }
        let next = self.judge.borrow_mut().next_request();
        let Some((unit, request)) = next else { return };
        let id = bridge.ask(request);
        self.hands.borrow_mut()[worker] = id.map(|id| (id, unit));
        if id.is_none() {
            (self.tell)(Told::Trouble(
                "The worker for hand-ins has stopped. Clear the desk, and try again.".to_owned(),
            ));
        }
    }

    /// Says so and lets the workers go, once all is judged.
    fn end(&self) {
        let (done, all) = self.judge.borrow().progress();
        if done == all {
            self.close();
            (self.tell)(Told::Done(now() - self.began));
        } else {
            (self.tell)(Told::Progress(done, all));
        }
    }
}

/// The clerk may be gone while the answer was under way.
fn receive(clerk: &Weak<Inner>, worker: usize, report: Report) {
    let Some(clerk) = clerk.upgrade() else { return };
    let Answer { id, body } = match report {
        Report::Trouble(sentence) => return (clerk.tell)(Told::Trouble(sentence)),
        Report::Answer(answer) => answer,
    };
    let asked = clerk.hands.borrow()[worker];
    let Some((_, unit)) = asked.filter(|(known, _)| *known == id) else { return };
    let is_last = clerk.judge.borrow_mut().take(unit, body);
    if is_last {
        clerk.hands.borrow_mut()[worker] = None;
        if let Some(bridge) = clerk.bridges.borrow().get(worker) {
            bridge.forget(id);
        }
        let workers = clerk.hands.borrow().len();
        (0..workers).for_each(|worker| clerk.deal(worker));
        clerk.end();
    }
}
