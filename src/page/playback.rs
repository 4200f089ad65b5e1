//! How time plays: which step stands where after how many milliseconds, and in slow motion which part of it.

use crate::base::words::thousands;
use crate::lecture::python::Stage;

/// The parts of a step, in their order, with their names.
pub const PARTS: [(Stage, &str); 8] = [
    (Stage::SplitKey, "key"),
    (Stage::Shuffle, "shuffle"),
    (Stage::Batch, "batch"),
    (Stage::Predict, "predict"),
    (Stage::Loss, "loss"),
    (Stage::Gradient, "gradient"),
    (Stage::Update, "update"),
    (Stage::Apply, "apply"),
];

/// How fast time plays, in parts of a step per second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speed(usize);

/// A moment of the playing time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Steps taken, with the one whose parts are shown.
    pub step: usize,
    /// The part of it, in slow motion.
    pub part: Option<Stage>,
}

impl Speed {
    /// All of them, the slowest first: slow motion in two speeds, and whole steps.
    pub const ALL: [Self; 9] = [
        Self(2),
        Self(PARTS.len()),
        Self(5 * PARTS.len()),
        Self(20 * PARTS.len()),
        Self(50 * PARTS.len()),
        Self(200 * PARTS.len()),
        Self(1000 * PARTS.len()),
        Self(5000 * PARTS.len()),
        Self(20_000 * PARTS.len()),
    ];

    /// 200 steps a second: the lecture's run takes half a minute.
    pub const USUAL: Self = Self(200 * PARTS.len());

    /// Its name in the list.
    #[must_use]
    pub fn name(self) -> String {
        match self.0 / PARTS.len() {
            0 => format!("{} parts/s", self.0),
            1 => "1 step/s".to_owned(),
            steps => format!("{} steps/s", thousands(steps)),
        }
    }

    /// Whether each part of a step is shown for itself: faster, they would only flicker.
    fn is_slow(self) -> bool {
        self.0 <= PARTS.len()
    }

    /// Where time stands this many milliseconds after it stood behind `from` steps. In slow motion the next step begins at once.
    #[must_use]
    pub fn moment(self, from: usize, milliseconds: f64) -> Moment {
        let parts = (milliseconds.max(0.0) / 1000.0 * self.0 as f64) as usize;
        let (steps, part) = (parts / PARTS.len(), parts % PARTS.len());
        if self.is_slow() {
            return Moment { step: from.saturating_add(steps + 1), part: Some(PARTS[part].0) };
        }
        Moment { step: from.saturating_add(steps), part: None }
    }
}

impl Moment {
    /// Whole steps that are behind this moment: where time goes on at another speed.
    #[must_use]
    pub fn taken(self) -> usize {
        if self.part.is_some() { self.step.saturating_sub(1) } else { self.step }
    }

    /// Whether a run of this many steps is over.
    #[must_use]
    pub fn is_over(self, end: usize) -> bool {
        self.taken() >= end
    }
}

/// The clock of playing time: it goes on with the display's frames, and stands still while there are none.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    from: usize,
    milliseconds: f64,
    last: f64,
    speed: Speed,
}

/// The longest time between two frames that counts in full, in milliseconds: a page that was hidden or busy for longer does not leap.
const LONGEST_FRAME: f64 = 100.0;

impl Clock {
    /// Starts behind this many steps, at this time of the display.
    #[must_use]
    pub fn start(steps: usize, now: f64, speed: Speed) -> Self {
        Self { from: steps, milliseconds: 0.0, last: now, speed }
    }

    /// The moment of the next frame. A change of speed counts from here on, so that the playhead does not jump.
    pub fn tick(&mut self, now: f64, speed: Speed) -> Moment {
        self.milliseconds += (now - self.last).clamp(0.0, LONGEST_FRAME);
        self.last = now;
        let moment = self.speed.moment(self.from, self.milliseconds);
        if speed != self.speed {
            *self = Self::start(moment.taken(), now, speed);
        }
        moment
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slow_motion_goes_through_the_parts_of_each_step() {
        let at = |milliseconds| Speed(2).moment(10, milliseconds);
        assert_eq!(at(0.0), Moment { step: 11, part: Some(Stage::SplitKey) });
        assert_eq!(at(499.0), at(0.0));
        assert_eq!(at(1500.0), Moment { step: 11, part: Some(Stage::Predict) });
        assert_eq!(at(3999.0), Moment { step: 11, part: Some(Stage::Apply) });
        assert_eq!(at(4000.0), Moment { step: 12, part: Some(Stage::SplitKey) });
        assert_eq!(at(4000.0).taken(), 11);
        assert!(!at(3999.0).is_over(11) && at(4000.0).is_over(11));
    }

    #[test]
    fn faster_time_counts_whole_steps() {
        let moment = Speed::USUAL.moment(3, 1000.0);
        assert_eq!((moment, moment.taken()), (Moment { step: 203, part: None }, 203));
        assert!(moment.is_over(203) && !moment.is_over(204));
        assert_eq!(Speed::USUAL.moment(3, -5.0).step, 3);
    }

    #[test]
    fn speeds_rise_and_have_names_of_their_own() {
        assert!(Speed::ALL.is_sorted_by(|a, b| a.0 < b.0) && Speed::ALL.contains(&Speed::USUAL));
        let names = Speed::ALL.map(Speed::name);
        assert_eq!(
            [&names[0], &names[1], &names[5], &names[8]],
            ["2 parts/s", "1 step/s", "200 steps/s", "20,000 steps/s"]
        );
    }
}
