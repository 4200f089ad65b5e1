//! The functional programs in Python: parameters are an array, every function is pure.

use super::writer::Writer;
use super::{Live, Part, Stage};
use crate::lecture::run::phase::keeps_state;
use crate::lecture::settings::config::Program;

/// Writes the whole program.
pub fn write(w: &mut Writer<'_>) {
    w.cell(Part::Imports, "What the program needs.");
    w.lines(&["import jax", "import jax.numpy as jnp", "import optax", "from jax import random"]);
    w.data_by_keys();
    w.loader();
    let loss = model(w);
    start(w);
    step(w, loss);
    w.loop_head(change);
    w.live(
        Stage::Apply,
        Live::Params,
        "        params, opt_state, loss = make_step(params, opt_state, X_batch, Y_batch)",
    );
    w.loop_tail("theta - params", "||theta - theta_hat||", None);
}

/// Model and loss; gives the loss's name.
fn model(w: &mut Writer<'_>) -> &'static str {
    w.cell(Part::Model, "The model, and the loss of a batch.");
    w.line("def predict(theta, X):");
    w.staged(Stage::Predict, "    return jnp.matmul(X, theta)");
    w.lines(&["", ""]);
    if w.config.program == Program::Raw {
        w.line("def vectorized_residuals(params, X, Y):");
        w.staged(Stage::Predict, "    Y_hat = predict(params, X)");
        w.live(Stage::Loss, Live::Loss, "    return jnp.mean((Y_hat - Y) ** 2)");
        return "vectorized_residuals";
    }
    w.line("def residual(theta, x, y):");
    w.staged(Stage::Predict, "    y_hat = predict(theta, x)");
    w.staged(Stage::Loss, "    return (y_hat - y) ** 2");
    w.lines(&["", ""]);
    w.line("def residuals(theta, X, Y):");
    w.line("    batched_residuals = jax.vmap(residual, in_axes=(None, 0, 0))");
    w.live(Stage::Loss, Live::Loss, "    return jnp.mean(batched_residuals(theta, X, Y))");
    "residuals"
}

fn start(w: &mut Writer<'_>) {
    w.cell(Part::Optimizer, "The optimizer, and where it starts.");
    w.theta_0_by_key();
    w.staged(Stage::Print, "print(f\"theta_0 = {theta_0}, theta = {theta}\")");
    w.loop_sizes();
    w.optimizer(w.config, "optimizer", "");
    w.staged(Stage::Start, "params = theta_0");
    w.staged(Stage::Start, "opt_state = optimizer.init(params)");
}

/// The compiled step. Where its optimizer will be another one later, a function makes it.
fn step(w: &mut Writer<'_>, loss: &str) {
    w.cell(Part::Step, "One step: loss and gradient, updates, new parameters.");
    let branch = w.config.branch.is_some();
    let indent = if branch { "    " } else { "" };
    if branch {
        w.line("def step_by(optimizer):");
    }
    w.line(format!("{indent}@jax.jit"));
    w.line(format!("{indent}def make_step(params, opt_state, X, Y):"));
    w.live(
        Stage::Gradient,
        Live::Gradient,
        format!("{indent}    loss_value, grads = jax.value_and_grad({loss})(params, X, Y)"),
    );
    if w.config.optimizer.searches() {
        w.lines(&["    def value_fn(params):"]);
        w.line(format!("        return {loss}(params, X, Y)"));
        w.line("");
        w.staged(Stage::Update, "    updates, opt_state = optimizer.update(");
        w.staged(Stage::Update, "        grads, opt_state, params, value=loss_value, grad=grads, value_fn=value_fn");
        w.staged(Stage::Update, "    )");
    } else {
        w.staged(Stage::Update, format!("{indent}    updates, opt_state = optimizer.update(grads, opt_state, params)"));
    }
    w.live(Stage::Apply, Live::Params, format!("{indent}    params = optax.apply_updates(params, updates)"));
    w.line(format!("{indent}    return params, opt_state, loss_value"));
    if branch {
        w.lines(&["", "    return make_step", "", "", "make_step = step_by(optimizer)"]);
    }
}

/// What happens where the branch begins.
fn change(w: &mut Writer<'_>) {
    let Some(after) = w.config.branched() else { return };
    w.optimizer(&after, "optimizer", "            ");
    if !keeps_state(w.config, &after) {
        w.line("            opt_state = optimizer.init(params)");
    }
    w.line("            make_step = step_by(optimizer)");
}
