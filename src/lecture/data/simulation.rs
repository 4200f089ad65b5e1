//! [`Simulation`]: what a program draws before its first step, and what is known of the problem from then on.

use crate::base::error::Result;
use crate::jax::Array;
use crate::jax::random::{Key, normal, prng_key, split_n};
use crate::nnx::{Linear, MyLinear, Rngs};

use crate::lecture::data::geometry::Quadratic;
use crate::lecture::data::loader::{Data, simulate_stretched};
use crate::lecture::settings::config::{Config, ModuleKind, Program, Start};

/// Who draws, in which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Draws {
    /// A key that is split again and again.
    Functional,
    /// `nnx.Rngs`: a linear layer, then the data.
    Linear,
    /// `nnx.Rngs`: a linear layer, the data, then a hand-written layer.
    MyLinear,
}

impl Draws {
    fn of(config: &Config) -> Self {
        match config.program {
            _ if config.start == Start::Same => Self::Functional,
            Program::Raw | Program::Vmap => Self::Functional,
            Program::Module(ModuleKind::Linear | ModuleKind::Split) => Self::Linear,
            Program::Module(ModuleKind::MyLinear | ModuleKind::Pitfall) => Self::MyLinear,
        }
    }
}

/// All that the draws depend on; equal ones lead to equal simulations.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SimulationKey {
    draws: Draws,
    seed: i64,
    samples: usize,
    features: usize,
    /// Bits of σ and of the stretch.
    scales: [u64; 2],
}

impl SimulationKey {
    /// What the draws of a configuration depend on.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        Self {
            draws: Draws::of(config),
            seed: config.seed,
            samples: config.samples,
            features: config.features,
            scales: [config.sigma, config.stretch].map(f64::to_bits),
        }
    }
}

/// The data of a run, and where its program would start.
#[derive(Clone, Debug)]
pub struct Simulation {
    /// What it trains on.
    pub data: Data,
    /// The key that the epochs split.
    pub key: Key,
    /// The starts that were drawn, f32\[M\], in their order: the last one is the program's.
    pub starts: Vec<Array>,
    /// The full-batch loss.
    pub quadratic: Quadratic,
}

impl Simulation {
    /// Draws with the seed of a configuration, as its program does.
    ///
    /// # Errors
    /// The configuration is not valid.
    pub fn new(config: &Config) -> Result<Self> {
        config.validate()?;
        let &Config { seed, samples, features, sigma, stretch, .. } = config;
        let simulate = |keys| simulate_stretched(keys, samples, features, sigma, stretch);
        let (data, key, starts) = match Draws::of(config) {
            Draws::Functional => {
                let [key, key_theta, key_x, key_noise] = split_n(prng_key(seed));
                let data = simulate([key_theta, key_x, key_noise]);
                let [key, subkey] = split_n(key);
                (data, key, vec![normal(subkey, &[features])])
            }
            draws => {
                let mut rngs = Rngs::new(seed);
                let linear = Linear::without_bias(features, 1, &mut rngs);
                let data = simulate([rngs.next_key(), rngs.next_key(), rngs.next_key()]);
                let mut kernels = vec![linear.kernel.value()];
                if draws == Draws::MyLinear {
                    kernels.push(MyLinear::new(features, 1, &mut rngs).kernel.value());
                }
                (data, prng_key(seed), kernels.iter().map(|kernel| kernel.reshape(&[features])).collect())
            }
        };
        let quadratic = Quadratic::new(data.x.as_f32()?, data.y.as_f32()?, features);
        Ok(Self { data, key, starts, quadratic })
    }

    /// Where a run of this configuration starts, f32\[M\].
    #[must_use]
    pub fn theta_0(&self, config: &Config) -> Array {
        match (&config.theta_0, self.starts.last()) {
            (Some(theta_0), _) => Array::new(theta_0, &[theta_0.len()]),
            (None, Some(start)) => start.clone(),
            (None, None) => self.data.theta.clone(),
        }
    }
}
