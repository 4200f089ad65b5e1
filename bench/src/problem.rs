//! What other libraries are given to train, so that all train the same: data, where to start, the order of the samples in every epoch; and what must
//! come out.
//!
//! A [`Problem`] describes itself; the numbers that it speaks of stand in one file of words of 32 bits beside it.

use serde::{Deserialize, Serialize};
use thetahat::Result;
use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::settings::config::Config;

use crate::{engine, mlp, mlp_hand};

/// Names of all problems.
pub const NAMES: [&str; 3] = ["lin2", "lin64", "mlp"];

/// Numbers among the words of a problem, row by row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its dimensions.
    pub shape: Vec<usize>,
    /// Which word is its first.
    pub first: usize,
}

/// A training, for whoever can do it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// The learning rate.
    pub rate: f32,
    /// Samples per step.
    pub batch_size: usize,
    /// How many steps there are in all.
    pub steps: usize,
    /// x f32\[N, M\].
    pub x: Part,
    /// y f32\[N\].
    pub y: Part,
    /// The permutations u32\[epochs, N\]; without them all samples are in every batch.
    pub orders: Option<Part>,
    /// The key from which JAX draws the same permutations.
    pub key: Option<[u32; 2]>,
    /// The parameters at the start: θ₀ f32\[M\], or kernel and bias of each layer.
    pub start: Vec<Part>,
    /// The loss before each step, f32\[steps\].
    pub losses: Part,
    /// All parameters after the last step, one after the other.
    pub params: Part,
}

/// The words of a problem while they are gathered.
#[derive(Default)]
struct Words(Vec<u32>);

impl Words {
    fn part(&mut self, shape: &[usize], words: impl IntoIterator<Item = u32>) -> Part {
        let first = self.0.len();
        self.0.extend(words);
        Part { shape: shape.to_vec(), first }
    }

    fn numbers(&mut self, shape: &[usize], numbers: &[f32]) -> Part {
        self.part(shape, numbers.iter().map(|x| x.to_bits()))
    }
}

impl Part {
    /// Its numbers, if all of them are there.
    #[must_use]
    pub fn numbers(&self, words: &[u32]) -> Option<Vec<f32>> {
        let words = words.get(self.first..)?.get(..self.shape.iter().product())?;
        Some(words.iter().map(|word| f32::from_bits(*word)).collect())
    }
}

/// The problem with this name, and its words; none if there is no such problem.
///
/// # Errors
/// None, unless a draw fails.
pub fn problem(name: &str) -> Result<Option<(Problem, Vec<u32>)>> {
    let config =
        |samples, features, batch_size, epochs| Config { samples, features, batch_size, epochs, ..Config::default() };
    match name {
        "lin2" => linear(&config(500, 2, 16, 201)).map(Some),
        "lin64" => linear(&config(10_000, 64, 256, 20)).map(Some),
        "mlp" => network().map(Some),
        _ => Ok(None),
    }
}

/// The lecture's raw program, trained by the engine.
fn linear(config: &Config) -> Result<(Problem, Vec<u32>)> {
    let shared = Shared::default();
    let mut run = engine::Run::new(config, &shared)?;
    run.train()?;
    let &Config { samples, features, batch_size, epochs, .. } = config;
    let simulation = shared.simulation(config)?;
    let mut words = Words::default();
    #[allow(clippy::cast_possible_truncation, reason = "numbers of a program are f32")]
    let rate = config.learning_rate as f32;
    let problem = Problem {
        rate,
        batch_size,
        steps: config.steps(),
        x: words.part(&[samples, features], simulation.data.x.to_words()?),
        y: words.part(&[samples], simulation.data.y.to_words()?),
        orders: Some(words.part(&[epochs, samples], run.orders().flatten().copied())),
        key: Some(simulation.key.words()),
        start: vec![words.part(&[features], simulation.theta_0(config).to_words()?)],
        losses: words.numbers(&[config.steps()], run.losses()),
        params: words.numbers(&[features], &run.params()),
    };
    Ok((problem, words.0))
}

/// The network, trained by hand: natively the engine only has its interpreter, which takes a minute.
fn network() -> Result<(Problem, Vec<u32>)> {
    let start = mlp::Start::new()?;
    let [losses, params] = mlp_hand::outcome()?;
    let mut words = Words::default();
    let sizes = mlp::SIZES;
    let mut parameters = Vec::new();
    for (i, (kernel, bias)) in start.layers.iter().enumerate() {
        parameters.push(words.numbers(&[sizes[i], sizes[i + 1]], kernel));
        parameters.push(words.numbers(&[sizes[i + 1]], bias));
    }
    let problem = Problem {
        rate: mlp::RATE,
        batch_size: mlp::SAMPLES,
        steps: mlp::STEPS,
        x: words.numbers(&[mlp::SAMPLES, sizes[0]], &start.x),
        y: words.numbers(&[mlp::SAMPLES], &start.y),
        orders: None,
        key: None,
        start: parameters,
        losses: words.numbers(&[mlp::STEPS], &losses),
        params: words.numbers(&[params.len()], &params),
    };
    Ok((problem, words.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lecture_as_a_problem() {
        let (problem, words) = problem("lin2").unwrap().unwrap();
        let numbers = |part: &Part| part.numbers(&words).unwrap();
        // what the lecture prints
        assert_eq!(numbers(&problem.start[0]), [-0.210_890_35, -1.362_794_8]);
        assert_eq!(problem.losses.shape, [6432]);
        let distance: f32 =
            numbers(&problem.params).iter().zip([0.605_764_03, 0.799_044_1]).map(|(p, t)| (p - t).powi(2)).sum();
        assert!(distance.sqrt() < 1e-4, "{distance}");
        let orders = problem.orders.unwrap();
        for order in words[orders.first..][..201 * 500].chunks(500) {
            let mut sorted = order.to_vec();
            sorted.sort_unstable();
            assert!(sorted.into_iter().eq(0..500));
        }
        assert_eq!(words.len(), problem.params.first + 2);
    }

    #[test]
    fn problems_are_complete_and_can_be_learned() {
        // the network would take ten seconds here
        for name in &NAMES[..2] {
            let (problem, words) = problem(name).unwrap().unwrap();
            let losses = problem.losses.numbers(&words).unwrap();
            assert_eq!(losses.len(), problem.steps, "{name}");
            assert!(
                losses[problem.steps - 1] < 0.5 * losses[0],
                "{name}: {} and {}",
                losses[0],
                losses[problem.steps - 1]
            );
            let params: usize = problem.start.iter().map(|part| part.shape.iter().product::<usize>()).sum();
            assert_eq!(problem.params.numbers(&words).unwrap().len(), params, "{name}");
        }
        assert!(problem("lin3").unwrap().is_none());
    }

    #[test]
    fn a_part_beyond_the_words_has_no_numbers() {
        let part = Part { shape: vec![2, 2], first: 1 };
        assert_eq!(part.numbers(&[0; 5]), Some(vec![0.0; 4]));
        assert_eq!(part.numbers(&[0; 4]), None);
    }
}
