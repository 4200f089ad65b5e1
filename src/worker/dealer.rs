//! [`Dealer`]: deals requests that do not depend on each other out to several workers, such as the rows of a map.

use crate::worker::protocol::{Answer, AskId};

/// How many requests a worker holds: the one that it is at, and the one that it goes on with at once.
const HAND: usize = 2;

/// Which requests wait, and who has which; they are numbered from 0.
#[derive(Debug)]
pub struct Dealer {
    /// Those that nobody has, the next one last.
    waiting: Vec<usize>,
    /// For each worker, the ids and numbers of those that it has.
    hands: Vec<Vec<(AskId, usize)>>,
}

impl Dealer {
    /// Nothing to deal, to this many workers.
    #[must_use]
    pub fn new(workers: usize) -> Self {
        Self { waiting: Vec::new(), hands: vec![Vec::new(); workers] }
    }

    /// Takes this many requests, to be dealt in their order, in the place of all others. Returns those that workers still have, to be forgotten: which worker, and
    /// its id.
    pub fn start(&mut self, requests: usize) -> Vec<(usize, AskId)> {
        self.waiting = (0..requests).rev().collect();
        let hands = self.hands.iter_mut().enumerate();
        hands.flat_map(|(worker, hand)| hand.drain(..).map(move |(id, _)| (worker, id))).collect()
    }

    /// Whether all requests have been answered.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.waiting.is_empty() && self.hands.iter().all(Vec::is_empty)
    }

    /// The next request for a worker; none if its hand is full, or nothing waits. [`Self::dealt`] follows.
    pub fn next(&mut self, worker: usize) -> Option<usize> {
        if self.hands.get(worker)?.len() >= HAND { None } else { self.waiting.pop() }
    }

    /// The worker has it, under this id; or it is not there any more, and the request waits for another one.
    pub fn dealt(&mut self, worker: usize, request: usize, id: Option<AskId>) {
        match (id, self.hands.get_mut(worker)) {
            (Some(id), Some(hand)) => hand.push((id, request)),
            _ => self.waiting.push(request),
        }
    }

    /// A worker is there no more: what it had waits for another one, and is dealt next.
    pub fn lost(&mut self, worker: usize) {
        if let Some(hand) = self.hands.get_mut(worker) {
            self.waiting.extend(hand.drain(..).rev().map(|(_, request)| request));
        }
    }

    /// A worker has answered. Returns the request, if it is one of those; after its last answer the worker does not have it any more.
    pub fn answered(&mut self, worker: usize, answer: &Answer) -> Option<usize> {
        let hand = self.hands.get_mut(worker)?;
        let place = hand.iter().position(|(id, _)| *id == answer.id)?;
        let (_, request) = hand[place];
        if answer.body.is_last() {
            hand.remove(place);
        }
        Some(request)
    }
}
