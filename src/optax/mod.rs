//! A small Optax: optimizers as pairs of pure functions on pytrees.
//!
//! Read [`base`] first: what a [`GradientTransformation`] is. [`transform`] and [`moments`] have the building blocks, [`combine`] puts
//! them one after the other, [`alias`] has the optimizers that are chained from them, [`schedule`] the rates that change with time.
//! [`mod@lbfgs`] is the one that evaluates the loss itself, by its [`linesearch`].
//! Names, defaults and the order of every operation are those of Optax 0.2.8.

pub mod alias;
pub mod base;
pub mod combine;
pub mod lbfgs;
pub mod linesearch;
pub mod moments;
pub mod numerics;
mod print;
pub mod scalar;
pub mod schedule;
pub mod state;
pub mod transform;
pub mod update;

pub use alias::{
    AdamwOptions, SgdOptions, adagrad, adagrad_with, adam, adam_with, adamw, adamw_with, rmsprop, rmsprop_with, sgd,
    sgd_with,
};
pub use base::{ExtraArgs, GradientTransformation, LearningRate};
pub use combine::chain;
pub use lbfgs::{ScaleByLBFGSState, lbfgs, scale_by_lbfgs};
pub use linesearch::{ScaleByZoomLinesearchState, ZoomLinesearchInfo, ZoomOptions, scale_by_zoom_linesearch};
pub use moments::{AdagradOptions, AdamOptions, RmspropOptions, scale_by_adam, scale_by_rms, scale_by_rss, trace};
pub use numerics::{global_norm, safe_increment};
pub use scalar::Scalar;
pub use schedule::{
    ExponentialDecayOptions, Schedule, constant_schedule, cosine_decay_schedule, cosine_decay_schedule_with,
    exponential_decay, exponential_decay_with, join_schedules, linear_schedule, piecewise_constant_schedule,
    polynomial_schedule, warmup_cosine_decay_schedule,
};
pub use state::{
    EmptyState, OptState, ScaleByAdamState, ScaleByRmsState, ScaleByRmsWithCountState, ScaleByRssState,
    ScaleByScheduleState, TraceState,
};
pub use transform::{
    add_decayed_weights, clip_by_global_norm, identity, scale, scale_by_learning_rate, scale_by_schedule,
};
pub use update::apply_updates;
