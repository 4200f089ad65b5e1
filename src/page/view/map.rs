//! What the maps show: [`MapView`], with its [`Quantity`] and the [`Part`], or for the network the [`Rates`], that are zoomed in on.

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

/// A part of the map of the network, which has a learning rate for each layer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    /// The smallest and the largest learning rate of the hidden layer.
    pub hidden: [f64; 2],
    /// The same of the output.
    pub output: [f64; 2],
}

/// Rows and columns of the map of the network.
pub const FINE: usize = 128;

/// How far neighbouring rates are apart at least, as a part of each: float32 tells them apart.
const APART: f64 = 1.0 / (1 << 23) as f64;

impl Rates {
    /// The whole map.
    pub const WHOLE: Self = Self { hidden: [0.1, 1e4], output: [0.1, 1e3] };

    /// How wide the narrower of the two ranges is, in steps that float32 can tell apart for each distance of neighbours; below 1, it cannot.
    fn steps(self) -> f64 {
        let width = |[low, high]: [f64; 2]| (high / low).ln() / (FINE - 1) as f64 / APART;
        width(self.hidden).min(width(self.output))
    }

    /// Whether it lies within the whole map, and float32 tells neighbouring rates apart.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let within = |[low, high]: [f64; 2], whole: [f64; 2]| whole[0] <= low && low < high && high <= whole[1];
        within(self.hidden, Self::WHOLE.hidden) && within(self.output, Self::WHOLE.output) && self.steps() >= 1.0
    }

    /// Whether there is no part of half its size.
    #[must_use]
    pub fn is_deepest(&self) -> bool {
        self.steps() < 2.0
    }

    /// The part with `factor` times the width and height, on logarithmic scales, around a cell; none where that is the whole map. Where that would be too
    /// deep, it stays as it is.
    #[must_use]
    pub fn zoomed(self, [hidden, output]: [f64; 2], factor: f64) -> Option<Self> {
        let scaled = |[low, high]: [f64; 2], about: f64, [least, most]: [f64; 2]| {
            let [low, high] = [low, high].map(|end| (about * (end / about).powf(factor)).clamp(least, most));
            [short(low, high - low), short(high, high - low)]
        };
        let part = Self {
            hidden: scaled(self.hidden, hidden, Self::WHOLE.hidden),
            output: scaled(self.output, output, Self::WHOLE.output),
        };
        Some(if part.is_valid() { part } else { self }).filter(|part| *part != Self::WHOLE)
    }

    /// The part between two cells; none where that is too little to be told apart.
    #[must_use]
    pub fn between([a, b]: [f64; 2], [c, d]: [f64; 2]) -> Option<Self> {
        let range = |x: f64, y: f64| [x.min(y), x.max(y)].map(|end| short(end, (x - y).abs()));
        Some(Self { hidden: range(a, c), output: range(b, d) }).filter(Self::is_valid)
    }
}

/// The number with as many decimals as a range of this width needs, so that links are short.
fn short(value: f64, width: f64) -> f64 {
    let decimals = (4.0 - width.max(1e-12).log10().floor()).clamp(0.0, 15.0) as usize;
    format!("{value:.decimals$}").parse().unwrap_or(value)
}

/// What the map shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MapView {
    /// Whether it is the map of the network of hyperbolic tangents, in the place of that of the Lab's program.
    pub network: bool,
    /// The part of that map that is zoomed in on.
    pub rates: Option<Rates>,
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
        Self { network: false, rates: None, quantity: Quantity::default(), part: None, target: 0.001 }
    }
}
