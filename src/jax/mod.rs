//! A small JAX: traced programs that are differentiated, mapped, compiled and printed as JAX does it, with the same numbers.
//!
//! A user function is an ordinary Rust function of [`Array`]s. Called with numbers it computes; called with tracers it writes a program, a
//! [`core::Jaxpr`]. Every transformation traces its function, rewrites the program, and replays the result:
//!
//! ```
//! use thetahat::jax::{Array, grad, jit, value_and_grad, vmap};
//!
//! fn predict(theta: &Array, x: &Array) -> Array {
//!     x.matmul(theta)
//! }
//! fn residual(theta: &Array, x: &Array, y: &Array) -> Array {
//!     (predict(theta, x) - y).powi(2)
//! }
//! fn residuals(theta: &Array, x: &Array, y: &Array) -> Array {
//!     vmap(residual, (None, 0, 0))(theta, x, y).mean()
//! }
//!
//! let theta = Array::new(&[1.0, -1.0], &[2]);
//! let x = Array::new(&[1.0, 2.0, 3.0, 4.0], &[2, 2]);
//! let y = Array::new(&[0.0, 1.0], &[2]);
//! let (loss, gradient) = jit(value_and_grad(residuals))(&theta, &x, &y);
//! assert_eq!(loss.item()?, 2.5);
//! assert_eq!(gradient.to_vec()?, [-7.0, -10.0]);
//! assert_eq!(gradient.to_vec()?, grad(residuals)(&theta, &x, &y).to_vec()?);
//! # Ok::<(), thetahat::Error>(())
//! ```
//!
//! # Reading order
//!
//! - The language: [`core`] (programs), [`primitive`] (what they are made of), [`shapes`] (which operands a primitive takes), `kernel` (what it computes; on [`fma`], [`special`],
//!   [`libm32`]), [`mod@array`] (numbers, tracers, errors), [`pprint`] and [`repr`] (how programs and numbers print).
//! - Writing programs: [`trace`] (the one place where an operation is computed or written down), [`eval`], [`numpy`] (the operations as methods).
//! - Programs inside equations: [`control`] (`while_loop`, `cond`).
//! - Functions of trees: [`tree`], [`function`].
//! - Rewriting programs: [`ad`] (derivatives), [`batching`] (maps), [`compile`] (simplify, round as JAX's compiler does, plan, run).
//! - What users call: [`api`] ([`jit`], [`make_jaxpr`]), [`mod@grad`], [`mod@vmap`].
//! - Keys and draws: [`random`].

pub mod ad;
pub mod api;
pub mod array;
pub mod batching;
pub mod compile;
pub mod control;
pub mod core;
pub mod eval;
pub mod extension;
pub mod function;
pub mod grad;
mod kernel;
#[cfg(feature = "full")]
pub mod lax;
pub mod numpy;
pub mod pprint;
pub mod primitive;
pub mod random;
pub mod repr;
pub mod shapes;
pub mod trace;
pub mod tree;
pub mod vmap;

pub use api::{Jitted, jit, make_jaxpr};
pub use array::Array;
pub use core::DType;
pub use grad::{grad, hessian, jacfwd, jacrev, jvp, value_and_grad, vjp};
pub use thetahat_kernels::{fma, libm32, special};
pub use vmap::vmap;
