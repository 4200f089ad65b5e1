//! [`Epochs`]: the loop around the steps, as every program of the lecture writes it: split the key, shuffle the samples.

use std::rc::Rc;

use crate::jax::random::{Key, split_n};

use crate::lecture::run::cache::Shared;

/// What an epoch draws.
#[derive(Clone, Debug, PartialEq)]
pub struct Epoch {
    /// The key that shuffled it.
    pub subkey: Key,
    /// The samples 0 … N − 1 in the order in which the epoch deals them out.
    pub order: Rc<[u32]>,
}

/// The epochs of a run, one after the other and without an end: `key, subkey = split(key)`, then `permutation(subkey, N)`.
#[derive(Clone, Debug)]
pub struct Epochs {
    key: Key,
    samples: usize,
    shared: Shared,
}

impl Epochs {
    /// Those that follow when `key` is split next.
    #[must_use]
    pub fn new(key: Key, samples: usize, shared: &Shared) -> Self {
        Self { key, samples, shared: shared.clone() }
    }

    /// The key that the next epoch splits: with it the loop can be begun again from here.
    #[must_use]
    pub fn key(&self) -> Key {
        self.key
    }

    /// The next epoch.
    pub fn draw(&mut self) -> Epoch {
        let [key, subkey] = split_n(self.key);
        self.key = key;
        Epoch { subkey, order: self.shared.order(subkey, self.samples) }
    }
}

impl Iterator for Epochs {
    type Item = Epoch;

    fn next(&mut self) -> Option<Epoch> {
        Some(self.draw())
    }
}
