//! The programs with modules in Python: the model owns its parameters, and training changes it in place.

use super::writer::Writer;
use super::{Live, Part, Stage};
use crate::lecture::run::phase::keeps_state;
use crate::lecture::settings::config::{ModuleKind, Program, Start};

const PRINT_KERNEL: &str = "print(f\"kernel = {model.kernel[...].ravel()}\")";
const LINEAR: &str = "model = nnx.Linear(M, 1, use_bias=False, rngs=rngs)";
const MY_LINEAR: &str = "model = MyLinear(M, 1, rngs=rngs)";

/// Writes the whole program.
pub fn write(w: &mut Writer<'_>) {
    w.cell(Part::Imports, "What the program needs.");
    w.lines(&[
        "import jax",
        "import jax.numpy as jnp",
        "import optax",
        "from flax import nnx",
        "from jax import random",
    ]);
    if w.config.start == Start::Same {
        w.data_by_keys();
        w.theta_0_by_key();
        w.loader();
        w.cell(Part::Model, "The model: a module that owns its kernel.");
        own_module(w);
        w.line(format!("rngs = nnx.Rngs({})", w.config.seed));
        w.staged(Stage::Start, if is_own(w) { MY_LINEAR } else { LINEAR });
        move_kernel(w);
    } else {
        data_by_streams(w);
        w.loader();
        model_by_streams(w);
    }
    loss(w);
    start(w);
    step(w);
    match w.config.program {
        Program::Module(ModuleKind::Pitfall) => loop_over_nothing(w),
        Program::Module(ModuleKind::Split) => loop_of_states(w),
        _ => loop_of_modules(w),
    }
}

/// Whether the module is defined by the program.
fn is_own(w: &Writer<'_>) -> bool {
    matches!(w.config.program, Program::Module(ModuleKind::MyLinear | ModuleKind::Pitfall))
}

/// Whether the program prints the kernel that it draws, for it starts there.
fn starts_as_drawn(w: &Writer<'_>) -> bool {
    w.config.theta_0.is_none()
}

fn data_by_streams(w: &mut Writer<'_>) {
    w.cell(Part::Data, "A linear layer, then the data: the streams of keys are used in this order.");
    w.sizes();
    w.line(format!("rngs = nnx.Rngs({})", w.config.seed));
    w.staged(Stage::Start, LINEAR);
    if starts_as_drawn(w) {
        w.staged(Stage::Print, PRINT_KERNEL);
    }
    w.staged(Stage::Simulate, "theta = random.normal(rngs(), (M,))");
    w.staged(Stage::Simulate, "X = random.normal(rngs(), (N, M))");
    w.stretch();
    w.staged(Stage::Simulate, "Y = X @ theta + sigma * random.normal(rngs(), (N,))");
    w.line(format!("key = random.PRNGKey({})", w.config.seed));
}

/// The program's own module, if it has one, and the kernel moved to where it was put.
fn model_by_streams(w: &mut Writer<'_>) {
    w.cell(Part::Model, "The model: a module that owns its kernel.");
    own_module(w);
    if is_own(w) {
        w.staged(Stage::Start, MY_LINEAR);
        if starts_as_drawn(w) {
            w.staged(Stage::Print, PRINT_KERNEL);
        }
    }
    if !starts_as_drawn(w) {
        w.moved_theta_0();
        move_kernel(w);
    }
}

/// Puts the kernel at `theta_0` and prints it.
fn move_kernel(w: &mut Writer<'_>) {
    w.staged(Stage::Start, "model.kernel[...] = theta_0.reshape(model.kernel[...].shape)");
    w.staged(Stage::Print, PRINT_KERNEL);
}

fn own_module(w: &mut Writer<'_>) {
    if !is_own(w) {
        return;
    }
    w.lines(&[
        "class MyLinear(nnx.Module):",
        "    def __init__(self, in_size, out_size, rngs):",
        "        self.out_size = out_size",
        "        self.in_size = in_size",
        "        kernel = random.normal(rngs(), (out_size, in_size))",
        "        self.kernel = nnx.Param(kernel)",
        "",
        "    def __call__(self, x):",
    ]);
    w.staged(Stage::Predict, "        return self.kernel @ x");
    w.lines(&["", ""]);
}

fn loss(w: &mut Writer<'_>) {
    w.gap();
    w.line("def residual(model, x, y):");
    w.staged(Stage::Predict, "    y_hat = model(x)");
    w.staged(Stage::Loss, "    return (y_hat - y) ** 2");
    w.lines(&["", ""]);
    w.line("def residuals_loss(model, X, Y):");
    w.line("    batched_residuals = jax.vmap(residual, in_axes=(None, 0, 0))");
    w.live(Stage::Loss, Live::Loss, "    return jnp.mean(batched_residuals(model, X, Y))");
}

fn start(w: &mut Writer<'_>) {
    w.cell(Part::Optimizer, "The optimizer, which keeps its state itself.");
    w.loop_sizes();
    w.optimizer(w.config, "tx", "");
    w.staged(Stage::Start, "optimizer = nnx.Optimizer(model, tx, wrt=nnx.Param)");
}

fn step(w: &mut Writer<'_>) {
    w.cell(Part::Step, "One step: loss and gradient, then the optimizer changes the model.");
    let split = w.config.program == Program::Module(ModuleKind::Split);
    w.lines(if split {
        &["@jax.jit", "def train_step(graphdef, state, X, Y):", "    model, optimizer = nnx.merge(graphdef, state)"]
    } else {
        &["@nnx.jit", "def train_step(model, optimizer, X, Y):"]
    });
    w.live(Stage::Gradient, Live::Gradient, "    loss, grads = nnx.value_and_grad(residuals_loss)(model, X, Y)");
    if w.config.optimizer.searches() {
        w.lines(&["    model_graphdef = nnx.graphdef(model)", "", "    def value_fn(params):"]);
        w.lines(&["        return residuals_loss(nnx.merge(model_graphdef, params), X, Y)", ""]);
        w.update_in_place("    optimizer.update(model, grads, value=loss, grad=grads, value_fn=value_fn)");
    } else {
        w.update_in_place("    optimizer.update(model, grads)");
    }
    w.line(if split { "    return nnx.state((model, optimizer)), loss" } else { "    return loss" });
}

const DISTANCE: &str = "theta - jnp.squeeze(model.kernel[...])";
const EPOCH_TEXT: &str = "||theta-theta_hat||";

fn loop_of_modules(w: &mut Writer<'_>) {
    w.loop_head(|w| change(w, "            "));
    w.staged(Stage::Update, "        loss = train_step(model, optimizer, X_batch, Y_batch)");
    w.loop_tail(DISTANCE, EPOCH_TEXT, None);
}

fn loop_of_states(w: &mut Writer<'_>) {
    const PUT_BACK: &str = "nnx.update((model, optimizer), state)";
    const SPLIT: &str = "graphdef, state = nnx.split((model, optimizer))";
    w.gap();
    w.staged(Stage::Start, SPLIT);
    w.loop_head(|w| {
        w.line(format!("            {PUT_BACK}"));
        change(w, "            ");
        w.line(format!("            {SPLIT}"));
    });
    w.staged(Stage::Update, "        state, loss = train_step(graphdef, state, X_batch, Y_batch)");
    w.loop_tail(DISTANCE, EPOCH_TEXT, Some(PUT_BACK));
}

/// What happens where the branch begins.
fn change(w: &mut Writer<'_>, indent: &str) {
    let Some(after) = w.config.branched() else { return };
    w.optimizer(&after, "tx", indent);
    w.line(if keeps_state(w.config, &after) {
        format!("{indent}optimizer.tx = tx")
    } else {
        format!("{indent}optimizer = nnx.Optimizer(model, tx, wrt=nnx.Param)")
    });
}

fn loop_over_nothing(w: &mut Writer<'_>) {
    w.cell(Part::Loop, "The loader is a generator, and it can be gone through only once.");
    w.staged(Stage::Shuffle, "train_loader = data_loader(key, X, Y, batch_size)");
    w.line("for X_batch, Y_batch in train_loader:");
    w.line("    pass  # now it is used up");
    w.line("");
    w.line("for epoch in range(num_epochs):");
    w.staged(Stage::SplitKey, "    key, subkey = random.split(key)");
    w.staged(Stage::Batch, "    for X_batch, Y_batch in train_loader:  # never entered");
    w.staged(Stage::Update, "        loss = train_step(model, optimizer, X_batch, Y_batch)");
    w.prints(DISTANCE, EPOCH_TEXT, None);
}
