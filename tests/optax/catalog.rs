//! The schedules and optimizers of `tests/golden/record_optax.py`, by the same names.

use thetahat::jax::tree::PyTree;
use thetahat::optax::*;

pub fn schedule(name: &str) -> Schedule {
    let exponential = || exponential_decay(0.1, 30, 0.5);
    match name {
        "constant" => constant_schedule(0.125),
        "exponential" => exponential_decay(0.001, 1000, 0.95),
        "exponential_short" => exponential(),
        "exponential_staircase" => {
            let options =
                ExponentialDecayOptions { transition_begin: 10, staircase: true, end_value: Some(0.01.into()) };
            exponential_decay_with(0.1, 30, 0.7, &options)
        }
        "exponential_growth" => {
            let options = ExponentialDecayOptions { end_value: Some(0.3.into()), ..Default::default() };
            exponential_decay_with(0.1, 50, 1.5, &options)
        }
        "cosine" => cosine_decay_schedule(0.1, 150),
        "cosine_alpha" => cosine_decay_schedule_with(0.1, 150, 0.1, 1.5),
        "warmup_cosine" => warmup_cosine_decay_schedule(0.01, 0.1, 20, 180, 0.001),
        "piecewise" => piecewise_constant_schedule(0.1, &[(120, 0.7), (50, 0.3)]),
        "linear" => linear_schedule(0.1, 0.02, 150, 10),
        "polynomial" => polynomial_schedule(0.1, 0.02, 2.0, 150, 10),
        "polynomial_root" => polynomial_schedule(0.1, 0.02, 0.5, 150, 0),
        "join" => {
            let parts = vec![constant_schedule(0.3), exponential(), linear_schedule(0.1, 0.0, 40, 0)];
            join_schedules(parts, &[40, 120])
        }
        _ => panic!("no schedule is called {name}"),
    }
}

pub fn optimizer<P: PyTree>(name: &str) -> GradientTransformation<P> {
    let momentum = |nesterov| SgdOptions { momentum: Some(0.9), nesterov };
    match name {
        "identity" => identity(),
        "scale" => scale(0.3),
        "trace" => trace(0.9, false),
        "scale_by_adam" => scale_by_adam(&AdamOptions::default()),
        "scale_by_rms" => scale_by_rms(&RmspropOptions { eps_in_sqrt: false, ..Default::default() }),
        "scale_by_rss" => scale_by_rss(&AdagradOptions::default()),
        "scale_by_schedule" => scale_by_schedule(schedule("linear")),
        "scale_by_learning_rate" => scale_by_learning_rate(0.3),
        "clip_by_global_norm" => clip_by_global_norm(0.75),
        "add_decayed_weights" => add_decayed_weights(0.01),
        "sgd" => sgd(0.01),
        "momentum" => sgd_with(0.01, &momentum(false)),
        "nesterov" => sgd_with(0.01, &momentum(true)),
        "sgd_exponential" => sgd(schedule("exponential_short")),
        "sgd_cosine" => sgd(schedule("cosine")),
        "sgd_constant_schedule" => sgd(schedule("constant")),
        "adam" => adam(0.01),
        "adam_options" => {
            adam_with(0.01, &AdamOptions { b1: 0.8, b2: 0.99, eps: 1e-6, eps_root: 1e-7, nesterov: false })
        }
        "nadam" => adam_with(0.01, &AdamOptions { nesterov: true, ..Default::default() }),
        "adam_warmup_cosine" => adam(schedule("warmup_cosine")),
        "adamw" => adamw_with(0.01, &AdamwOptions { weight_decay: 0.02, ..Default::default() }),
        "rmsprop" => rmsprop(0.01),
        "rmsprop_options" => rmsprop_with(
            0.01,
            &RmspropOptions {
                decay: 0.8,
                initial_scale: 0.5,
                eps_in_sqrt: false,
                momentum: Some(0.9),
                nesterov: true,
                bias_correction: true,
                ..Default::default()
            },
        ),
        "adagrad" => adagrad(0.1),
        "clipped_momentum" => chain(vec![clip_by_global_norm(0.5), trace(0.9, false), scale_by_learning_rate(0.1)]),
        _ => panic!("no optimizer is called {name}"),
    }
}
