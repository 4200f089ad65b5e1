//! Optimizers and schedules against values recorded from Optax (`tests/golden/record_optax.py`), their texts, their programs, and their errors.
#![cfg(not(target_arch = "wasm32"))]

mod catalog;
mod errors;
mod lbfgs;
mod programs;
mod record;
mod recorded;
mod texts;
