//! [`Field`]: each hyperparameter as a control shows it: its name, unit and explanation, its text, and its place on a slider.
//!
//! What is typed is read here, so that a wrong text gives the same sentence everywhere, and can be tested without a page.

use crate::base::error::{Error, Result};
use crate::jax::repr::parse;

use crate::lecture::settings::config::{BATCH_SIZE, Config, EPOCHS, FEATURES, LEARNING_RATE, SAMPLES, SIGMA, STRETCH};

/// A hyperparameter that is a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// [`Config::learning_rate`].
    LearningRate,
    /// [`Config::batch_size`].
    BatchSize,
    /// [`Config::epochs`].
    Epochs,
    /// [`Config::seed`].
    Seed,
    /// [`Config::samples`].
    Samples,
    /// [`Config::features`].
    Features,
    /// [`Config::sigma`].
    Sigma,
    /// [`Config::stretch`].
    Stretch,
}

/// Places on the learning rate's slider for each power of ten.
const PER_DECADE: usize = 100;
/// Epochs at which the slider stops; the lecture's are among them.
const EPOCH_STOPS: [usize; 13] = [1, 2, 5, 10, 20, 50, 100, 150, 201, 300, 500, 1000, 2000];
/// Numbers of samples at which the slider stops.
const SAMPLE_STOPS: [usize; 13] = [2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000];
/// Numbers of features at which the slider stops.
const FEATURE_STOPS: [usize; 13] = [1, 2, 3, 4, 5, 6, 8, 10, 16, 32, 64, 100, 128];
/// Noises at which the slider stops.
const SIGMA_STOPS: [f64; 12] = [0.0, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 100.0];
/// Places on the slider of the stretch, for each whole number.
const PER_STRETCH: usize = 10;

impl Field {
    /// The name that the control and its errors carry.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::LearningRate => "Learning rate",
            Self::BatchSize => "Batch size",
            Self::Epochs => "Epochs",
            Self::Seed => "Seed",
            Self::Samples => "Samples N",
            Self::Features => "Features M",
            Self::Sigma => "Noise σ",
            Self::Stretch => "Stretch feature 2",
        }
    }

    /// What the number counts or measures; empty where the name says it.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::BatchSize | Self::Samples => "rows",
            Self::Epochs => "passes",
            Self::Features => "columns",
            Self::Stretch => "times",
            _ => "",
        }
    }

    /// One line that says what it does.
    #[must_use]
    pub fn explanation(self) -> &'static str {
        match self {
            Self::LearningRate => "How far each step goes along the negative gradient.",
            Self::BatchSize => {
                "Rows that each step averages its gradient over. The last batch of an epoch may be smaller."
            }
            Self::Epochs => "How often the loop goes through all the data, in a fresh order each time.",
            Self::Seed => "Decides every random number: the data, the start, the order of the batches.",
            Self::Samples => "How many rows of data are simulated.",
            Self::Features => "How many parameters there are to find.",
            Self::Sigma => "Standard deviation of the noise that is added to Y.",
            Self::Stretch => {
                "What feature 2 is multiplied by: the valley becomes narrow, and one rate no longer suits both directions."
            }
        }
    }

    /// What the value may be, in words: `a number from 0.00001 to 10`.
    #[must_use]
    pub fn range(self) -> String {
        let whole = |(low, high): (usize, usize)| format!("a whole number from {low} to {high}");
        let real = |(low, high): (f64, f64)| format!("a number from {low} to {high}");
        match self {
            Self::LearningRate => real(LEARNING_RATE),
            Self::Sigma => real(SIGMA),
            Self::Stretch => real(STRETCH),
            Self::BatchSize => whole(BATCH_SIZE),
            Self::Epochs => whole(EPOCHS),
            Self::Samples => whole(SAMPLES),
            Self::Features => whole(FEATURES),
            Self::Seed => format!("a whole number from {} to {}", i64::MIN, i64::MAX),
        }
    }

    /// The value as text that [`Field::set`] reads back.
    #[must_use]
    pub fn text(self, config: &Config) -> String {
        match self {
            Self::LearningRate => config.learning_rate.to_string(),
            Self::BatchSize => config.batch_size.to_string(),
            Self::Epochs => config.epochs.to_string(),
            Self::Seed => config.seed.to_string(),
            Self::Samples => config.samples.to_string(),
            Self::Features => config.features.to_string(),
            Self::Sigma => config.sigma.to_string(),
            Self::Stretch => config.stretch.to_string(),
        }
    }

    /// The configuration with this text as the value.
    ///
    /// # Errors
    /// The text is not a number of the right kind, or the configuration would not be valid.
    pub fn set(self, config: &Config, text: &str) -> Result<Config> {
        let mut next = config.clone();
        let text = text.trim();
        let whole = |text: &str| text.parse().ok();
        match self {
            Self::LearningRate => next.learning_rate = self.number(text, parse)?,
            Self::Sigma => next.sigma = self.number(text, parse)?,
            Self::Stretch => next.stretch = self.number(text, parse)?,
            Self::BatchSize => next.batch_size = self.number(text, whole)?,
            Self::Epochs => next.epochs = self.number(text, whole)?,
            Self::Samples => next.samples = self.number(text, whole)?,
            Self::Features => {
                next.features = self.number(text, whole)?;
                // a starting point has as many numbers as there were features
                next.theta_0 = next.theta_0.filter(|start| start.len() == next.features);
            }
            Self::Seed => next.seed = self.number(text, |text| text.parse().ok())?,
        }
        next.validate()?;
        Ok(next)
    }

    /// The text as a number, or an error that says what it must be.
    fn number<T>(self, text: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<T> {
        read(text).ok_or_else(|| self.wrong(text))
    }

    fn wrong(self, text: &str) -> Error {
        let value = if text.is_empty() { "empty".to_owned() } else { format!("“{text}”") };
        Error::value(self.name(), value, format!("it must be {}", self.range()))
    }

    /// How many places the slider has, counted from 0; `None` for a field without a slider.
    #[must_use]
    pub fn places(self, config: &Config) -> Option<usize> {
        match self {
            Self::LearningRate => Some(6 * PER_DECADE),
            Self::BatchSize => Some(batch_stops(config.samples).len() - 1),
            Self::Epochs => Some(EPOCH_STOPS.len() - 1),
            Self::Samples => Some(SAMPLE_STOPS.len() - 1),
            Self::Features => Some(FEATURE_STOPS.len() - 1),
            Self::Sigma => Some(SIGMA_STOPS.len() - 1),
            Self::Stretch => Some(9 * PER_STRETCH),
            Self::Seed => None,
        }
    }

    /// The place on the slider that is nearest to the value.
    #[must_use]
    pub fn place(self, config: &Config) -> usize {
        match self {
            Self::LearningRate => rate_place(config.learning_rate),
            Self::BatchSize => nearest(&batch_stops(config.samples), config.batch_size),
            Self::Epochs => nearest(&EPOCH_STOPS, config.epochs),
            Self::Samples => nearest(&SAMPLE_STOPS, config.samples),
            Self::Features => nearest(&FEATURE_STOPS, config.features),
            Self::Sigma => {
                let distance = |i: &usize| (SIGMA_STOPS[*i] - config.sigma).abs();
                (0..SIGMA_STOPS.len()).min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(0)
            }
            Self::Stretch => ((config.stretch - 1.0) * PER_STRETCH as f64).round().max(0.0) as usize,
            Self::Seed => 0,
        }
    }

    /// The text of the value at a place on the slider.
    #[must_use]
    pub fn text_at(self, config: &Config, place: usize) -> String {
        match self {
            Self::LearningRate => rate_at(place).to_string(),
            Self::BatchSize => at(&batch_stops(config.samples), place).to_string(),
            Self::Epochs => at(&EPOCH_STOPS, place).to_string(),
            Self::Samples => at(&SAMPLE_STOPS, place).to_string(),
            Self::Features => at(&FEATURE_STOPS, place).to_string(),
            Self::Sigma => SIGMA_STOPS[place.min(SIGMA_STOPS.len() - 1)].to_string(),
            Self::Stretch => ((PER_STRETCH + place.min(9 * PER_STRETCH)) as f64 / PER_STRETCH as f64).to_string(),
            Self::Seed => self.text(config),
        }
    }
}

/// 1, 2, 4, … and all N.
fn batch_stops(samples: usize) -> Vec<usize> {
    let powers = std::iter::successors(Some(1), |&size: &usize| size.checked_mul(2));
    powers.take_while(|&size| size < samples).chain([samples.max(1)]).collect()
}

fn at(stops: &[usize], place: usize) -> usize {
    stops[place.min(stops.len() - 1)]
}

fn nearest(stops: &[usize], value: usize) -> usize {
    (0..stops.len()).min_by_key(|&i| stops[i].abs_diff(value)).unwrap_or(0)
}

/// The place of a rate on the logarithmic track, also of one that no place stands for exactly.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)] // 0 to 600
pub fn rate_place(rate: f64) -> usize {
    let place = (rate.max(LEARNING_RATE.0).log10() + 5.0) * PER_DECADE as f64;
    place.round().clamp(0.0, 6.0 * PER_DECADE as f64) as usize
}

/// The rate at a place, to three digits.
#[allow(clippy::cast_precision_loss)] // 0 to 600
fn rate_at(place: usize) -> f64 {
    let exact = 10f64.powf(place as f64 / PER_DECADE as f64 - 5.0);
    parse(&format!("{exact:.2e}")).unwrap_or(exact)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Field; 8] = [
        Field::LearningRate,
        Field::BatchSize,
        Field::Epochs,
        Field::Seed,
        Field::Samples,
        Field::Features,
        Field::Sigma,
        Field::Stretch,
    ];

    #[test]
    fn text_is_read_back() {
        let config = Config { seed: -7, sigma: 0.25, learning_rate: 1e-5, ..Config::default() };
        for field in ALL {
            assert_eq!(field.set(&config, &field.text(&config)).as_ref(), Ok(&config), "{}", field.name());
        }
    }

    #[test]
    fn wrong_texts_name_the_field_and_the_range() {
        let message = |field: Field, text| field.set(&Config::default(), text).map_err(|error| error.to_string());
        assert_eq!(
            message(Field::LearningRate, "abc"),
            Err("Learning rate is “abc”, but it must be a number from 0.00001 to 10".into())
        );
        assert_eq!(
            message(Field::BatchSize, ""),
            Err("Batch size is empty, but it must be a whole number from 1 to 100000".into())
        );
        assert_eq!(
            message(Field::LearningRate, "50"),
            Err("Learning rate is 50, but it must be a number from 0.00001 to 10".into())
        );
        for (field, text) in
            [(Field::Features, "0"), (Field::Sigma, "nan"), (Field::Seed, "1.5"), (Field::Epochs, "99999")]
        {
            assert!(message(field, text).is_err(), "{text}");
        }
    }

    #[test]
    fn every_place_of_a_slider_is_the_place_of_its_value() {
        let config = Config::default();
        for field in ALL {
            for place in 0..=field.places(&config).unwrap_or(0) {
                let moved = field.set(&config, &field.text_at(&config, place)).expect("a value in range");
                assert_eq!(field.place(&moved), place, "{}", field.name());
            }
        }
    }
}
