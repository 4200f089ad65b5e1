//! Optimizers and schedules in Python.

use crate::jax::repr::python_float;

use crate::lecture::programs::scheduled::{DECAY_RATE, TRANSITION_STEPS};
use crate::lecture::programs::step_program::MOMENTUM;
use crate::lecture::settings::config::{Config, Optimizer, Schedule};

/// The lines that bind `name` to the optimizer of these settings.
pub fn optimizer(config: &Config, name: &str) -> Vec<String> {
    let mut lines = schedule(config);
    let rate = if lines.is_empty() { python_float(config.learning_rate) } else { "learning_rate".to_owned() };
    let momentum = python_float(MOMENTUM);
    lines.push(match config.optimizer {
        Optimizer::Sgd => format!("{name} = optax.sgd({rate})"),
        Optimizer::Momentum => format!("{name} = optax.sgd({rate}, momentum={momentum})"),
        Optimizer::Nesterov => format!("{name} = optax.sgd({rate}, momentum={momentum}, nesterov=True)"),
        Optimizer::Adam => format!("{name} = optax.adam({rate})"),
        Optimizer::Lbfgs => format!("{name} = optax.lbfgs()"),
    });
    lines
}

/// The lines that bind `learning_rate` to a schedule; none for a constant rate.
fn schedule(config: &Config) -> Vec<String> {
    let rate = python_float(config.learning_rate);
    let steps = config.planned_steps();
    match config.schedule {
        Schedule::Constant => Vec::new(),
        Schedule::Exponential => {
            let decay = python_float(DECAY_RATE);
            vec![
                "learning_rate = optax.exponential_decay(".to_owned(),
                format!("    {rate}, transition_steps={TRANSITION_STEPS}, decay_rate={decay}"),
                ")".to_owned(),
            ]
        }
        Schedule::Cosine => {
            let arguments = format!("{rate}, decay_steps={steps}");
            let call = "learning_rate = optax.cosine_decay_schedule(";
            // it must fit behind the indentation of a branch
            if call.len() + arguments.len() < 76 {
                vec![format!("{call}{arguments})")]
            } else {
                vec![call.to_owned(), format!("    {arguments}"), ")".to_owned()]
            }
        }
        Schedule::WarmupCosine => vec![
            "learning_rate = optax.warmup_cosine_decay_schedule(".to_owned(),
            format!("    0.0, {rate}, warmup_steps={}, decay_steps={steps}", steps / 10),
            ")".to_owned(),
        ],
    }
}
