//! The whole lecture, from its first line to its last, with one key that is carried from part to part: [`run`] returns what it prints.
//!
//! Keys that have been split before are not those of a fresh program, so the numbers of the later parts differ from those that the
//! programs print on their own. `tests/golden/session.py` is the same in Python.

use std::fmt::Write;

use crate::base::error::Result;
use crate::jax::random::{Key, normal, prng_key, split_n};
use crate::jax::tree::tree_map;
use crate::jax::{Array, jit};
use crate::nnx::{self, Linear, Module, MyLinear, Optimizer, Param, Rngs};
use crate::optax::{self, GradientTransformation, OptState};

use super::{linear, my_linear, raw, vmap};
use crate::lecture::data::loader::{Data, data_loader, simulate};
use crate::lecture::programs::step_program::MakeStep;
use crate::lecture::programs::transcript::{end_line, epoch_line, module_epoch_line, start_line};

const SEED: i64 = 42;
const SAMPLES: usize = 500;
const FEATURES: usize = 2;
const SIGMA: f64 = 0.001;
const LEARNING_RATE: f64 = 0.001;
const PRINT_EVERY: usize = 100;

/// What has been printed, and the key that is carried on.
struct Session {
    text: String,
    key: Key,
}

/// Runs the lecture and returns its output.
///
/// # Errors
/// A number cannot be read, which no recorded session does.
pub fn run() -> Result<String> {
    let [key, key_theta, key_x, key_noise] = split_n(prng_key(SEED));
    let data = simulate([key_theta, key_x, key_noise], SAMPLES, FEATURES, SIGMA);
    let mut session = Session { text: String::new(), key };
    session.functional(&data)?;
    session.modules()?;
    Ok(session.text)
}

impl Session {
    fn print(&mut self, text: impl std::fmt::Display) {
        // writing to a string cannot fail
        let _ = writeln!(self.text, "{text}");
    }

    /// `key, subkey = random.split(key)`
    fn subkey(&mut self) -> Key {
        let [key, subkey] = split_n(self.key);
        self.key = key;
        subkey
    }

    fn functional(&mut self, data: &Data) -> Result<()> {
        if let Some((x, y)) = data_loader(self.key, &data.x, &data.y, 4)?.next() {
            self.print(format_args!("({x:?}, {y:?})"));
        }
        let theta_0 = normal(self.subkey(), &[FEATURES]);
        self.print(start_line(&theta_0, &data.theta)?);
        let optimizer = optax::sgd(LEARNING_RATE);
        self.print(format_args!("Optimizer state:{}", optimizer.init(&theta_0)));
        self.train(data, &theta_0, &optimizer, raw::make_step)?;

        self.print(vmap::residual(&theta_0, &data.x.at(0), &data.y.at(0)));
        self.print(jit(vmap::residuals)(&theta_0, &data.x, &data.y));
        self.train(data, &theta_0, &optimizer, vmap::make_step)
    }

    fn train(
        &mut self,
        data: &Data,
        theta_0: &Array,
        optimizer: &GradientTransformation,
        make_step: MakeStep,
    ) -> Result<()> {
        let mut params = theta_0.clone();
        let mut opt_state = optimizer.init(&params);
        let optimizer = optimizer.clone();
        let make_step = jit(move |params: &Array, opt_state: &OptState, x: &Array, y: &Array| {
            make_step(&optimizer, params, opt_state, x, y)
        });
        for epoch in 0..201 {
            for (x, y) in data_loader(self.subkey(), &data.x, &data.y, 16)? {
                (params, opt_state, _) = make_step(&params, &opt_state, &x, &y);
            }
            if epoch % PRINT_EVERY == 0 {
                self.print(epoch_line(epoch, (&data.theta - &params).norm().item()?));
            }
        }
        self.print(end_line((&data.theta - &params).norm().item()?));
        Ok(())
    }

    fn modules(&mut self) -> Result<()> {
        let mut rngs = Rngs::new(SEED);
        let mut model = Linear::without_bias(FEATURES, 1, &mut rngs);
        self.print(&model.kernel);
        let data = simulate([rngs.next_key(), rngs.next_key(), rngs.next_key()], SAMPLES, FEATURES, SIGMA);
        self.print(nnx::grad(linear::residuals_loss)(&model, &data.x, &data.y));
        let kernel = model.kernel.clone();
        self.train_module(&data, &mut model, &kernel, linear::train_step, true)?;

        let mut model = MyLinear::new(FEATURES, 1, &mut rngs);
        let kernel = model.kernel.clone();
        self.train_module(&data, &mut model, &kernel, my_linear::train_step, false)?;

        let model = MyLinear::new(FEATURES, 1, &mut rngs);
        let (graphdef, state) = nnx::split(&model);
        self.print(&graphdef);
        self.print(&state);
        // a made-up gradient step
        self.print(nnx::merge(&graphdef, &tree_map(|p| p + 0.01, &state)));
        Ok(())
    }

    /// Trains a module; without fresh batches it goes over those of the part before, which are used up.
    fn train_module<M: Module>(
        &mut self,
        data: &Data,
        model: &mut M,
        kernel: &Param,
        train_step: fn(&mut M, &mut Optimizer, &Array, &Array) -> Array,
        fresh: bool,
    ) -> Result<()> {
        let mut optimizer = Optimizer::new(model, optax::sgd(LEARNING_RATE), Param);
        let train_step = nnx::jit(train_step);
        for epoch in 0..500 {
            if fresh {
                for (x, y) in data_loader(self.subkey(), &data.x, &data.y, 64)? {
                    train_step(model, &mut optimizer, &x, &y);
                }
            }
            if epoch % PRINT_EVERY == 0 {
                self.print(module_epoch_line(epoch, (&data.theta - kernel.value().squeeze()).norm().item()?));
            }
        }
        self.print(end_line((&data.theta - kernel.value().squeeze()).norm().item()?));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_whole_lecture_prints_what_python_prints() {
        let expected = include_str!("../../../tests/golden/lecture_output.txt");
        assert_eq!(super::run().expect("the lecture runs"), expected);
    }
}
