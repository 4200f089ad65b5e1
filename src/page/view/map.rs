//! What the map of learning rates and batch sizes shows: [`MapView`], with its [`Quantity`] and the [`Part`] that is zoomed in on.

use crate::lecture::settings::config::Config;

/// What the colour of a cell says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quantity {
    /// ‖θ−θ̂‖ after the last step.
    #[default]
    Distance,
    /// The loss of the last batch.
    Loss,
    /// After how many steps ‖θ−θ̂‖ is below a target.
    Steps,
    /// By what factor ‖θ−θ̂‖ differs between shuffles of the same data.
    Spread,
}

impl Quantity {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Distance, Self::Loss, Self::Steps, Self::Spread];

    /// The word in links.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Distance => "distance",
            Self::Loss => "loss",
            Self::Steps => "steps",
            Self::Spread => "spread",
        }
    }

    /// What stands in the list.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Distance => "final distance ‖θ − θ̂‖",
            Self::Loss => "final loss",
            Self::Steps => "steps to the target",
            Self::Spread => "spread over 16 shuffles",
        }
    }
}

/// A part of the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// The smallest and the largest learning rate.
    pub rates: [f64; 2],
    /// The smallest and the largest batch size.
    pub batches: [usize; 2],
}

/// The learning rates of the whole map.
pub const WHOLE_RATES: [f64; 2] = [1e-4, 10.0];

/// The narrowest part, as a factor between learning rates.
const NARROWEST: f64 = 1.001;

impl Part {
    /// The whole map for these settings.
    #[must_use]
    pub fn whole(config: &Config) -> Self {
        Self { rates: WHOLE_RATES, batches: [1, config.samples] }
    }

    /// Whether there is something to see.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let ([slow, fast], [small, large]) = (self.rates, self.batches);
        slow >= WHOLE_RATES[0] && fast <= WHOLE_RATES[1] && fast >= slow * NARROWEST && 1 <= small && small <= large
    }

    /// The part with `factor` times the width and height, on logarithmic scales, around a cell; none where that is the whole map.
    #[must_use]
    pub fn zoomed(self, (rate, batch): (f64, usize), factor: f64, config: &Config) -> Option<Self> {
        let whole = Self::whole(config);
        let scaled =
            |low: f64, high: f64, about: f64| (about * (low / about).powf(factor), about * (high / about).powf(factor));
        let (slow, fast) = scaled(self.rates[0], self.rates[1], rate);
        let (small, large) = scaled(self.batches[0] as f64, self.batches[1] as f64, batch as f64);
        // a single batch size widens, too
        let large = if factor > 1.0 { large.max(self.batches[1] as f64 + 1.0) } else { large };
        let part = Self {
            rates: [rounded(slow.max(whole.rates[0])), rounded(fast.min(whole.rates[1]))],
            batches: [(small.round() as usize).max(1), (large.round() as usize).min(config.samples)],
        };
        if part.is_valid() {
            Some(part).filter(|part| *part != whole)
        } else {
            Some(self).filter(|part| *part != whole)
        }
    }
}

/// A learning rate with five digits, as links write it.
#[must_use]
pub fn rounded(rate: f64) -> f64 {
    let digit = 10f64.powf(rate.log10().floor() - 4.0);
    let rounded = (rate / digit).round() * digit;
    // the same number that its text is read as
    format!("{rounded:.9}").parse().unwrap_or(rounded)
}

/// What the map shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MapView {
    /// What its colours say.
    pub quantity: Quantity,
    /// The part that is zoomed in on.
    pub part: Option<Part>,
    /// The distance that counts as reached.
    pub target: f64,
}

/// The distances that can be chosen as a target.
pub const TARGETS: [f64; 6] = [1.0, 0.1, 0.01, 0.001, 0.0005, 0.0001];

impl Default for MapView {
    fn default() -> Self {
        Self { quantity: Quantity::default(), part: None, target: 0.001 }
    }
}
