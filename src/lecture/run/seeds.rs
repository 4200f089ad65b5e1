//! [`CurvesRequest`]: runs with the same settings that differ by luck alone, and [`Curves`], how they went: at a few hundred of their steps the median of all and
//! the middle 90 % of them, and where each ended.

use serde::{Deserialize, Serialize};

use crate::base::error::Result;
use crate::base::order::order_by;

use crate::lecture::run::cache::Shared;
use crate::lecture::run::columns::{Column, Columns};
use crate::lecture::run::sweep::Sweep;
use crate::lecture::settings::config::Config;

/// How many bytes of shuffles are kept for several runs of the same settings: those of 64 runs of the lecture are 26 MB.
const SHUFFLES: usize = 64 << 20;

/// In what runs of the same settings differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Luck {
    /// In their shuffles: data and θ₀ are the same.
    Shuffles,
    /// In all that is drawn, data, θ₀ and shuffles: their seeds follow one another.
    Data,
}

/// Runs of the same settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CurvesRequest {
    /// Their settings.
    pub config: Config,
    /// How many there are: the program's own run, and others.
    pub runs: u32,
    /// In what the others differ.
    pub luck: Luck,
    /// The steps that are looked at, first and last.
    pub window: (usize, usize),
    /// At how many of these they are looked at, about.
    pub entries: usize,
}

/// How runs of the same settings went. Numbers that are none count as infinite.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Curves {
    /// The steps, counted from 1, that are looked at.
    pub steps: Vec<u32>,
    /// The losses of these steps, before the update: the lower end of the middle 90 % of all runs, the median, and the upper end.
    pub losses: [Vec<f32>; 3],
    /// ‖θ−θ̂‖ after these steps, likewise.
    pub norms: [Vec<f32>; 3],
    /// ‖θ−θ̂‖ after the last step of each run.
    pub finals: Vec<f32>,
}

impl Columns for Curves {
    fn columns(&mut self) -> Vec<Column<'_>> {
        let Self { steps, losses, norms, finals } = self;
        let floats = losses.iter_mut().chain(norms).chain([finals]).map(Column::Floats);
        [Column::Words(steps)].into_iter().chain(floats).collect()
    }
}

/// One of these runs, in progress.
#[derive(Debug)]
pub struct Course {
    sweep: Sweep,
    /// The steps that are looked at come after the first and up to the last.
    window: (usize, usize),
    past: Past,
}

/// One of these runs, as far as it was looked at.
#[derive(Clone, Debug, Default)]
pub struct Past {
    losses: Vec<f32>,
    norms: Vec<f32>,
    /// ‖θ−θ̂‖ after the last step, once there is one.
    last: Option<f32>,
}

impl CurvesRequest {
    /// The settings of the run with a number.
    #[must_use]
    pub fn run(&self, number: u32) -> Config {
        let seed = match self.luck {
            Luck::Shuffles => self.config.seed,
            Luck::Data => self.config.seed.wrapping_add(i64::from(number)),
        };
        Config { seed, ..self.config.clone() }
    }

    /// Every how many steps the runs are looked at.
    fn stride(&self) -> usize {
        self.window.1.saturating_sub(self.window.0).div_ceil(self.entries.max(1)).max(1)
    }

    /// The steps that are looked at: one more at either end, so that a line leaves the picture there.
    fn seen(&self) -> (usize, usize) {
        let (stride, steps) = (self.stride(), self.config.steps());
        (self.window.0.saturating_sub(stride).min(steps), self.window.1.saturating_add(stride).min(steps))
    }

    /// The run with a number, before its first step.
    ///
    /// # Errors
    /// A setting is out of its range, or the run changes its course in the middle.
    pub fn course(&self, number: u32, shared: &Shared) -> Result<Course> {
        if self.runs > 1 {
            shared.remember_shuffles(SHUFFLES);
        }
        let sweep = Sweep::new(&[self.run(number)], shared)?;
        let sweep = match self.luck {
            Luck::Shuffles => sweep.shuffled(number, shared),
            Luck::Data => sweep,
        };
        Ok(Course { sweep: sweep.thinned(self.stride()), window: self.seen(), past: Past::default() })
    }

    /// How these runs went.
    #[must_use]
    pub fn curves(&self, runs: &[Past]) -> Curves {
        let (from, to) = self.seen();
        let (stride, total) = (self.stride(), self.config.steps());
        let multiples = (from / stride + 1..=to / stride).map(|entry| (entry * stride) as u32);
        let last = (to == total && !total.is_multiple_of(stride)).then_some(total as u32);
        let steps: Vec<u32> = multiples.chain(last).collect();
        let mut values = Vec::with_capacity(runs.len());
        let mut of = |read: fn(&Past) -> &[f32]| {
            let mut columns = [const { Vec::new() }; 3];
            for entry in 0..steps.len() {
                values.clear();
                values.extend(runs.iter().filter_map(|run| read(run).get(entry)));
                columns.iter_mut().zip(middle(&mut values)).for_each(|(column, value)| column.push(value));
            }
            columns
        };
        let (losses, norms) = (of(|run| &run.losses), of(|run| &run.norms));
        Curves { steps, losses, norms, finals: runs.iter().filter_map(|run| run.last).collect() }
    }
}

impl Course {
    /// How many steps it has taken.
    #[must_use]
    pub fn steps_taken(&self) -> usize {
        self.sweep.steps_taken()
    }

    /// Whether it has taken all.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.sweep.is_done()
    }

    /// Takes up to `steps` more steps.
    ///
    /// # Errors
    /// As [`Sweep::advance`].
    pub fn advance(&mut self, steps: usize) -> Result<()> {
        let (from, to) = self.window;
        let taken = self.sweep.steps_taken();
        if taken < from || taken >= to {
            let end = if taken < from { from - taken } else { usize::MAX };
            return self.sweep.skip(steps.min(end));
        }
        let chunk = self.sweep.advance(steps.min(to - taken))?;
        self.past.losses.extend(chunk.losses);
        self.past.norms.extend(chunk.norms);
        Ok(())
    }

    /// What was seen of it, once all steps are taken.
    ///
    /// # Errors
    /// As [`Sweep::finish`].
    pub fn finish(mut self) -> Result<Past> {
        let last = self.sweep.finish()?.norms.first().copied();
        Ok(Past { last, ..self.past })
    }
}

/// The middle 90 % of some numbers and their median: the least that is left when a twentieth, rounded down, is left out at either end, the median, and the largest
/// that is left. Numbers that are none count as infinite; without numbers, all three are infinite.
pub fn middle(values: &mut [f32]) -> [f32; 3] {
    for value in &mut *values {
        if value.is_nan() {
            *value = f32::INFINITY;
        }
    }
    order_by(values, |a, b| a > b);
    let (count, out) = (values.len(), values.len() / 20);
    if count == 0 {
        return [f32::INFINITY; 3];
    }
    let median = f32::midpoint(values[(count - 1) / 2], values[count / 2]);
    [values[out], median, values[count - 1 - out]]
}
