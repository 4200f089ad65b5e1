//! [`Pool`]: several workers, each at the end of a [`Bridge`] of its own, that share one translated module. Requests that do not depend on each other are dealt
//! out to them as a [`Dealer`] decides.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use crate::worker::dealer::Dealer;
use crate::worker::protocol::{Answer, Body, JobRequest};

use super::bridge::{Bridge, Report};

/// What the pool tells the page.
#[derive(Debug)]
pub enum PoolReport {
    /// An answer to the request with this number among those that were given last.
    Answer(usize, Body),
    /// A worker is in trouble: a sentence for the user.
    Trouble(String),
}

/// Several workers. They end when it is dropped.
pub struct Pool(Rc<Inner>);

struct Inner {
    bridges: RefCell<Vec<Bridge>>,
    dealer: RefCell<Dealer>,
    requests: RefCell<Vec<JobRequest>>,
    report: Box<dyn Fn(PoolReport)>,
}

/// The most workers of a pool: each holds the whole engine.
const MOST: usize = 16;

/// How many workers this machine can keep busy while the page's own has little to do: at least one.
#[must_use]
pub fn cores() -> usize {
    let cores = web_sys::window().map_or(1.0, |window| window.navigator().hardware_concurrency());
    (cores as usize).clamp(1, MOST)
}

impl Pool {
    /// Starts this many workers; everything that they have to say goes to `report`.
    #[must_use]
    pub fn start(workers: usize, report: impl Fn(PoolReport) + 'static) -> Self {
        let pool = Rc::new(Inner {
            bridges: RefCell::default(),
            dealer: RefCell::new(Dealer::new(workers)),
            requests: RefCell::default(),
            report: Box::new(report),
        });
        for worker in 0..workers {
            let inner = Rc::downgrade(&pool);
            let bridge = Bridge::start(move |report| receive(&inner, worker, report));
            pool.bridges.borrow_mut().push(bridge);
        }
        Self(pool)
    }

    /// Asks for these, in the place of all that was asked for before. An answer tells which of them it belongs to.
    pub fn ask(&self, requests: Vec<JobRequest>) {
        let forgotten = self.0.dealer.borrow_mut().start(requests.len());
        *self.0.requests.borrow_mut() = requests;
        for (worker, id) in forgotten {
            if let Some(bridge) = self.0.bridge(worker) {
                bridge.forget(id);
            }
        }
        let workers = self.0.bridges.borrow().len();
        (0..workers).for_each(|worker| self.0.deal(worker));
    }

    /// Whether there is no worker any more.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.0.bridges.borrow().iter().all(Bridge::is_gone)
    }

    /// Whether everything has been answered.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.0.dealer.borrow().is_done()
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.0.bridges.take().iter().for_each(Bridge::close);
    }
}

impl Inner {
    fn bridge(&self, worker: usize) -> Option<Bridge> {
        self.bridges.borrow().get(worker).cloned()
    }

    /// Gives a worker what it can take.
    fn deal(&self, worker: usize) {
        let Some(bridge) = self.bridge(worker) else { return };
        loop {
            let next = self.dealer.borrow_mut().next(worker);
            let Some(number) = next else { return };
            let request = self.requests.borrow().get(number).cloned();
            let id = request.and_then(|request| bridge.ask(request));
            self.dealer.borrow_mut().dealt(worker, number, id);
            if id.is_none() {
                // it is gone, and the page has been told
                return;
            }
        }
    }
}

/// The pool may have been dropped while the answer was under way.
fn receive(pool: &Weak<Inner>, worker: usize, report: Report) {
    let Some(pool) = pool.upgrade() else { return };
    match report {
        Report::Trouble(sentence) => (pool.report)(PoolReport::Trouble(sentence)),
        // it has failed because the worker has: another one computes it
        Report::Answer(Answer { body: Body::Failed(_), .. }) if pool.bridge(worker).is_some_and(|it| it.is_gone()) => {
            pool.dealer.borrow_mut().lost(worker);
            let workers = pool.bridges.borrow().len();
            (0..workers).for_each(|other| pool.deal(other));
        }
        Report::Answer(answer) => {
            let number = pool.dealer.borrow_mut().answered(worker, &answer);
            pool.deal(worker);
            if let Some(number) = number {
                (pool.report)(PoolReport::Answer(number, answer.body));
            }
        }
    }
}
