//! The scale of values: which of them an axis holds, where they lie on it, and where its ticks stand.

use super::axes::{decades, log_range, plain, power_of_ten, round_ticks};

/// The least distance between labels, as a fraction of what is wished.
const CLOSEST: f64 = 0.58;

/// A stretch of values, drawn between two heights in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    low: f64,
    high: f64,
    log: bool,
    /// How far apart the ends are: in decades on a logarithmic scale.
    across: f64,
    top: f64,
    bottom: f64,
}

/// Labelled ticks and the light ones between them, both as values.
pub struct Ticks {
    pub labelled: Vec<(f64, String)>,
    pub light: Vec<f64>,
}

impl Scale {
    /// A scale that holds these values as far as they are finite.
    pub fn new(values: impl Iterator<Item = f32>, log: bool, (top, bottom): (f64, f64)) -> Self {
        let (low, high) = if log {
            log_range(values)
        } else {
            let finite = values.filter(|value| value.is_finite()).map(f64::from);
            let (low, high) = finite.fold((0.0f64, 0.0f64), |(l, h), v| (l.min(v), h.max(v)));
            if low == high { (0.0, 1.0) } else { (low * 1.05, high * 1.05) }
        };
        Self::between((low, high), log, (top, bottom))
    }

    fn between((low, high): (f64, f64), log: bool, (top, bottom): (f64, f64)) -> Self {
        // once, since it takes as long as the rest of a value's height
        let across = if log { (high / low).log10() } else { high - low };
        Self { low, high, log, across, top, bottom }
    }

    /// A scale from `low` to `high`; none where these are no range.
    pub fn fixed((low, high): (f64, f64), log: bool, (top, bottom): (f64, f64)) -> Option<Self> {
        let is_range = low < high && (high - low).is_finite() && (!log || low > 0.0);
        is_range.then(|| Self::between((low, high), log, (top, bottom)))
    }

    /// The smallest and the largest value on it.
    pub fn range(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    /// The height of a value, beyond the scale's ends too; none where it is not finite. What no logarithm can show lies at the bottom.
    pub fn y(&self, value: f64) -> Option<f64> {
        let fraction = if self.log {
            if value <= 0.0 { 0.0 } else { (value / self.low).log10() / self.across }
        } else {
            (value - self.low) / self.across
        };
        value.is_finite().then_some(self.bottom - fraction * (self.bottom - self.top))
    }

    /// The value at a height.
    pub fn value(&self, y: f64) -> f64 {
        let fraction = (self.bottom - y) / (self.bottom - self.top);
        if self.log {
            self.low * (self.high / self.low).powf(fraction)
        } else {
            self.low + fraction * (self.high - self.low)
        }
    }

    /// Ticks for labels that are about `apart` pixels from one another, and never much less.
    pub fn ticks(&self, apart: f64) -> Ticks {
        let mut ticks = self.wished(apart);
        let mut below = f64::INFINITY;
        ticks.labelled.retain(|(value, _)| {
            let y = self.y(*value).filter(|y| below - y >= CLOSEST * apart);
            below = y.unwrap_or(below);
            y.is_some()
        });
        ticks
    }

    fn wished(&self, apart: f64) -> Ticks {
        let most = ((self.bottom - self.top) / apart).max(2.0);
        if !self.log {
            // numbers with powers of ten are wide, and their digits should be few
            return self.round(if self.high < 1e6 { most } else { most.min(5.0) });
        }
        let exponents = decades(self.low, self.high, most as usize);
        if exponents.len() < 2 {
            return self.narrow(most);
        }
        let (first, last, every) = (exponents[0], exponents[exponents.len() - 1], exponents[1] - exponents[0]);
        let decade = (self.bottom - self.top) / (self.high / self.low).log10();
        let light = if every > 1 {
            let room = decade >= 5.0;
            (first - every + 1..last + every).filter(|_| room).map(|ten| 10f64.powi(ten)).collect()
        } else {
            let digits = if decade >= 36.0 { &[2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0][..] } else { &[2.0, 5.0] };
            (first - 1..=last).flat_map(|ten| digits.iter().map(move |digit| digit * 10f64.powi(ten))).collect()
        };
        let labelled = exponents.iter().map(|&ten| (10f64.powi(ten), power_of_ten(ten))).collect();
        Ticks { labelled, light: self.within(light) }
    }

    /// Round numbers, as on a linear scale.
    fn round(&self, most: f64) -> Ticks {
        let (ticks, step) = round_ticks(self.low, self.high, most);
        Ticks { labelled: ticks.into_iter().map(|tick| (tick, plain(tick, step))).collect(), light: Vec::new() }
    }

    /// A logarithmic scale with fewer than two powers of ten on it: their double and fivefold too, and round numbers where that is not enough.
    fn narrow(&self, most: f64) -> Ticks {
        let first = self.low.log10().floor();
        let multiples = (0..3).flat_map(|i| [1.0, 2.0, 5.0].map(|digit| (digit, 10f64.powf(first + f64::from(i)))));
        let labelled: Vec<(f64, String)> = multiples
            .map(|(digit, power)| (digit * power, plain(digit * power, power)))
            .filter(|(value, _)| (self.low..=self.high).contains(value))
            .collect();
        if labelled.len() < 3 {
            // numbers stand closer together at the top
            return self.round((most / 2.0).max(2.0));
        }
        let light = (0..3).flat_map(|i| (1..10).map(move |digit| f64::from(digit) * 10f64.powf(first + f64::from(i))));
        Ticks { labelled, light: self.within(light.collect()) }
    }

    fn within(&self, mut values: Vec<f64>) -> Vec<f64> {
        values.retain(|value| (self.low..=self.high).contains(value));
        values
    }
}
