//! [`name`]: what the values of a step are called: by their part in it, by the optimizer's rule, or else by the operation that makes them.

use crate::lecture::run::dissection::{Dissection, Kind, Operation, Part};
use crate::lecture::settings::config::Optimizer;

/// What a value of the step is called.
#[must_use]
pub fn name(step: &Dissection, at: usize) -> String {
    let roles = step.roles;
    let known = [
        (roles.loss, "loss"),
        (roles.params_after, "θ after"),
        (roles.params, "θ"),
        (roles.x, "X"),
        (roles.y, "Y"),
        (roles.rate, "rate"),
        (roles.gradient, "gradient"),
    ];
    if let Some((_, name)) = known.iter().find(|(known, _)| *known == at) {
        return (*name).to_owned();
    }
    if let Some(name) = of_state_after(step, at) {
        return name;
    }
    let operation = step.operations.iter().find(|operation| operation.output == at);
    if let Some(name) = operation.and_then(|operation| of_rule(step, operation)) {
        return name;
    }
    match operation.map(|operation| (operation.part, &*operation.primitive)) {
        Some((Part::Predict, "dot_general")) => "predictions".to_owned(),
        Some((Part::Residuals, "sub")) => "residuals".to_owned(),
        Some((Part::Residuals, "integer_pow")) => "squares".to_owned(),
        Some((Part::Mean, "reduce_sum")) => "sum".to_owned(),
        Some((_, primitive)) => primitive.to_owned(),
        None => of_state(step, at).or_else(|| step.values.get(at).map(|value| value.name.clone())).unwrap_or_default(),
    }
}

/// What an array of the optimizer's state is called after the step.
fn of_state_after(step: &Dissection, at: usize) -> Option<String> {
    let (before, _) = step.carried.iter().find(|(before, after)| *after == at && *before != at)?;
    Some(format!("{} after", of_state(step, *before)?))
}

/// What the rule of Adam calls a value on its way.
fn of_rule(step: &Dissection, operation: &Operation) -> Option<String> {
    let &first = operation.inputs.first()?;
    match (operation.part, &*operation.primitive) {
        (Part::Optimizer, "integer_pow") if first == step.roles.gradient && operation.equation.contains("y=2") => {
            Some("gradient²".to_owned())
        }
        (Part::Optimizer, "div") => {
            let (before, _) = step.carried.iter().find(|(_, after)| *after == first)?;
            Some(format!("{} corrected", of_state(step, *before)?))
        }
        _ => None,
    }
}

/// What the rule of the optimizer calls an array of its state, which goes into the step beside the parameters.
fn of_state(step: &Dissection, at: usize) -> Option<String> {
    let value = step.values.get(..step.roles.x)?.get(at)?;
    let names: &[&str] = match (value.kind, step.optimizer) {
        // only `nnx.Optimizer`'s own count is unsigned
        (Kind::Unsigned, _) => return value.shape.is_empty().then(|| "step".to_owned()),
        (_, Optimizer::Lbfgs) => return of_lbfgs(step, at).map(str::to_owned),
        (Kind::Signed, _) => return value.shape.is_empty().then(|| "count".to_owned()),
        (_, Optimizer::Momentum | Optimizer::Nesterov) => &["m"],
        (_, Optimizer::Adam) => &["μ", "ν"],
        (_, Optimizer::Sgd) => &[],
    };
    let shape = &step.values.get(step.roles.params)?.shape;
    let is_like = |other: &usize| {
        let value = &step.values[*other];
        *other != step.roles.params && value.kind == Kind::Float && value.shape == *shape
    };
    let place = (0..step.roles.x).filter(is_like).position(|other| other == at)?;
    names.get(place).map(|name| (*name).to_owned())
}

/// The arrays of `optax.lbfgs`' state in the order of their fields in Optax, and what they are called here.
const LBFGS: [(&str, &str); 12] = [
    ("count", "count"),
    ("params", "last θ"),
    ("updates", "last gradient"),
    ("diff_params_memory", "memory of θ"),
    ("diff_updates_memory", "memory of gradients"),
    ("weights_memory", "memory's weights"),
    ("learning_rate", "step size"),
    ("value", "loss there"),
    ("grad", "gradient there"),
    ("info.num_linesearch_steps", "tries"),
    ("info.decrease_error", "fall that misses"),
    ("info.curvature_error", "slope that is left"),
];

/// What an array of L-BFGS' state is called. `nnx.Optimizer` has them in the order of their fields' names, first those of the memory, then those of the line search.
fn of_lbfgs(step: &Dissection, at: usize) -> Option<&'static str> {
    let carried = |at: &usize| step.carried.iter().any(|(before, _)| before == at);
    let place = (0..step.roles.x)
        .filter(|other| *other != step.roles.params && carried(other))
        .position(|other| other == at)?;
    let mut fields = LBFGS;
    if step.is_module {
        let (memory, search) = fields.split_at_mut(6);
        memory.sort_unstable();
        search.sort_unstable();
    }
    fields.get(place).map(|(_, name)| *name)
}

/// What a value is called beside its numbers: with its name in the program.
pub(super) fn label(step: &Dissection, at: usize) -> String {
    let (name, variable) = (name(step, at), step.values.get(at).map(|value| &*value.name).unwrap_or_default());
    if name == variable || variable.is_empty() { name } else { format!("{name} ({variable})") }
}
