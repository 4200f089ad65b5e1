//! [`Stops`]: the places at which a slider stops, counted from 0.

use super::config::Config;
use super::number::Number;
use super::setting::Range;
use crate::jax::repr::parse;

/// The places of a slider, over the range of its setting.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stops {
    /// No slider.
    None,
    /// These values, in ascending order.
    List(&'static [f64]),
    /// This many places for each power of ten, each value rounded to three digits. The range's ends are powers of ten.
    Decades(usize),
    /// This many places for each unit.
    Even(usize),
    /// 1, 2, 4, … and all N.
    PowersToSamples,
}

impl Stops {
    /// The last place; `None` without a slider.
    pub fn last(self, range: Range, config: &Config) -> Option<usize> {
        let (low, high) = range.ends();
        match self {
            Self::None => None,
            Self::List(values) => values.len().checked_sub(1),
            Self::Decades(places) => Some(((high.log10() - low.log10()) * places as f64).round() as usize),
            Self::Even(places) => Some(((high - low) * places as f64).round() as usize),
            Self::PowersToSamples => Some(config.samples.max(1).next_power_of_two().trailing_zeros() as usize),
        }
    }

    /// The value at a place, the last one's beyond it.
    pub fn at(self, range: Range, config: &Config, place: usize) -> Number {
        let (low, _) = range.ends();
        let place = place.min(self.last(range, config).unwrap_or(0));
        range.number(match self {
            Self::None => low,
            Self::List(values) => values.get(place).copied().unwrap_or(low),
            Self::Decades(places) => {
                let exact = 10f64.powf(low.log10() + place as f64 / places as f64);
                parse(&format!("{exact:.2e}")).unwrap_or(exact)
            }
            Self::Even(places) => (low * places as f64 + place as f64) / places as f64,
            Self::PowersToSamples => (1_u64 << place.min(63)).min(config.samples.max(1) as u64) as f64,
        })
    }

    /// The place that is nearest to a value, also to one that no place stands for exactly.
    pub fn nearest(self, range: Range, config: &Config, value: Number) -> usize {
        let (low, _) = range.ends();
        let last = self.last(range, config).unwrap_or(0);
        if let Self::Decades(places) = self {
            let place = (value.real().max(low).log10() - low.log10()) * places as f64;
            return place.round().clamp(0.0, last as f64) as usize;
        }
        let distance = |&place: &usize| (self.at(range, config, place).real() - value.real()).abs();
        (0..=last).min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(0)
    }
}
