//! [`Edit`]: one step of a run made otherwise, to see what the rest of the run makes of it.
//!
//! The rest is computed by the compiled steps that the run itself uses, on the batches that it draws, so every difference comes from this one step.

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};
use crate::jax::random::prng_key;
use crate::jax::{Array, jit};

use crate::lecture::data::loader::Data;
use crate::lecture::run::cache::Shared;
use crate::lecture::run::phase::Course;
use crate::lecture::run::steps::rows_of;
use crate::lecture::settings::config::Config;

/// A step that is made otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// Steps taken before it.
    pub step: usize,
    /// What happens in place of it.
    pub change: Change,
}

/// What happens in place of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// It takes another batch of as many samples: the first of `permutation(key(seed), N)`.
    Another(u32),
    /// Its batch is dropped: neither the parameters nor the optimizer's state change.
    Dropped,
    /// Its batch is repeated: `make_step` is called with it twice.
    Twice,
    /// One sample is left out of its batch, by place, from 0.
    Without(usize),
    /// Another sample stands in the place of one: the first of `permutation(key(seed), N)` that is not in the batch.
    Swapped {
        /// The place in the batch, from 0.
        place: usize,
        /// What the other sample is drawn with.
        seed: u32,
    },
}

impl Edit {
    /// Whether a run has such a step, with a batch that can be changed in this way: from a batch of one sample none can be left out, and in a batch of all
    /// samples there is no other.
    #[must_use]
    pub fn fits(&self, config: &Config) -> bool {
        if self.step >= config.steps() {
            return false;
        }
        let rows = rows_of(config, self.step..self.step + 1).len();
        match self.change {
            Change::Dropped | Change::Twice => true,
            Change::Another(_) => rows < config.samples,
            Change::Without(place) => rows > 1 && place < rows,
            Change::Swapped { place, .. } => rows < config.samples && place < rows,
        }
    }
}

impl Change {
    /// The samples that the step takes in place of those that were drawn for it.
    #[must_use]
    pub fn samples(self, drawn: &[u32], samples: usize, shared: &Shared) -> Vec<u32> {
        let others = |seed: u32| shared.order(prng_key(seed), samples);
        let mut taken = drawn.to_vec();
        match self {
            Self::Another(seed) => taken = others(seed).iter().take(drawn.len()).copied().collect(),
            Self::Without(place) if place < taken.len() => {
                taken.remove(place);
            }
            Self::Swapped { place, seed } => {
                let other = others(seed).iter().find(|sample| !drawn.contains(sample)).copied();
                if let (Some(at), Some(other)) = (taken.get_mut(place), other) {
                    *at = other;
                }
            }
            Self::Dropped | Self::Twice | Self::Without(_) => {}
        }
        taken
    }

    /// Takes the step on these samples; `state` becomes what it leaves. Writes the loss before it (of the second one, where there are two), then the
    /// parameters after it, then their distance to the true ones: M + 2 numbers.
    pub(super) fn take(
        self,
        course: &Course,
        samples: &[u32],
        (data, shared): (&Data, &Shared),
        state: &mut [Vec<u32>],
        record: &mut [f32],
    ) -> Result<()> {
        if self == Self::Dropped {
            // the loss is computed, and what the step makes of it is thrown away
            course.run_once(samples, data, &mut state.to_vec(), record, shared)?;
            let [_, params @ .., norm] = record else { return Err(Error::value("The record", 0, "it holds a step")) };
            params.copy_from_slice(bytemuck::cast_slice(&state[course.params_leaf()]));
            let params = Array::new(params, &[params.len()]);
            let distance = jit(|theta: &Array, params: &Array| (theta - params).norm());
            *norm = distance(&data.theta, &params).item()?;
            return Ok(());
        }
        let times = if self == Self::Twice { 2 } else { 1 };
        (0..times).try_for_each(|_| course.run_once(samples, data, state, record, shared))
    }
}
