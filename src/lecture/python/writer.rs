//! [`Writer`]: collects the lines of a program, cell by cell, and writes what all programs have in common.

use crate::jax::repr::{parse, python_float};

use super::settings::optimizer;
use super::{Cell, Line, Listing, Live, Part, Stage};
use crate::lecture::settings::config::{Config, ModuleKind, Program};

/// A program that is being written.
pub struct Writer<'c> {
    /// What it is the program of.
    pub config: &'c Config,
    cells: Vec<Cell>,
}

impl<'c> Writer<'c> {
    pub fn new(config: &'c Config) -> Self {
        Self { config, cells: Vec::new() }
    }

    /// Begins a cell.
    pub fn cell(&mut self, part: Part, heading: &'static str) {
        self.cells.push(Cell { part, heading, lines: Vec::new() });
    }

    /// A line that belongs to no stage.
    pub fn line(&mut self, text: impl Into<String>) {
        self.push(Line { text: text.into(), stage: None, also: None, live: None });
    }

    /// A line of a stage.
    pub fn staged(&mut self, stage: Stage, text: impl Into<String>) {
        self.push(Line { text: text.into(), stage: Some(stage), also: None, live: None });
    }

    /// A line of a stage with a value.
    pub fn live(&mut self, stage: Stage, live: Live, text: impl Into<String>) {
        self.push(Line { text: text.into(), stage: Some(stage), also: None, live: Some(live) });
    }

    /// The optimizer under a name; the learning rate of the step stands at the end of its last line.
    pub fn optimizer(&mut self, config: &Config, name: &str, indent: &str) {
        let lines = optimizer(config, name);
        let last = lines.len().saturating_sub(1);
        for (place, line) in lines.into_iter().enumerate() {
            let live = (place == last).then_some(Live::Rate);
            self.push(Line { text: format!("{indent}{line}"), stage: None, also: None, live });
        }
    }

    /// The call that updates and applies in one go.
    pub fn update_in_place(&mut self, text: &str) {
        let (stage, also) = (Some(Stage::Update), Some(Stage::Apply));
        self.push(Line { text: text.to_owned(), stage, also, live: Some(Live::Params) });
    }

    /// Two empty lines, unless the cell begins here.
    pub fn gap(&mut self) {
        if self.cells.last().is_some_and(|cell| !cell.lines.is_empty()) {
            self.lines(&["", ""]);
        }
    }

    /// Lines, the empty text for an empty one.
    pub fn lines(&mut self, texts: &[&str]) {
        for text in texts {
            self.line(*text);
        }
    }

    fn push(&mut self, line: Line) {
        if let Some(cell) = self.cells.last_mut() {
            cell.lines.push(line);
        }
    }

    /// The program, finished.
    pub fn listing(self) -> Listing {
        let title = match self.config.program {
            Program::Raw => "Linear regression by SGD: pure functions of an array of parameters.",
            Program::Vmap => "Linear regression by SGD: the loss of one example, and vmap.",
            Program::Module(ModuleKind::Linear) => "Linear regression by SGD: a linear layer of Flax NNX.",
            Program::Module(ModuleKind::MyLinear) => "Linear regression by SGD: a Flax NNX module of one's own.",
            Program::Module(ModuleKind::Split) => "Linear regression by SGD: Flax NNX, split once outside the loop.",
            Program::Module(ModuleKind::Pitfall) => {
                "Linear regression that learns nothing: a generator that is used up."
            }
        };
        Listing { title, cells: self.cells }
    }

    /// The sizes of the problem, `N, M, sigma = …`.
    pub fn sizes(&mut self) {
        let Config { samples, features, sigma, .. } = self.config;
        self.line(format!("N, M, sigma = {samples}, {features}, {}", python_float(*sigma)));
    }

    /// The features stretched, if they are.
    pub fn stretch(&mut self) {
        let &Config { stretch, features, .. } = self.config;
        if stretch > 1.0 && features > 1 {
            self.staged(Stage::Simulate, format!("X = X.at[:, 1].multiply({})", python_float(stretch)));
        }
    }

    /// The data of the functional programs, drawn with a key that is split, and `theta_0` or what stands in its place.
    pub fn data_by_keys(&mut self) {
        self.cell(Part::Data, "Simulate data. Every draw gets a key of its own.");
        self.sizes();
        self.line(format!("key = random.PRNGKey({})", self.config.seed));
        self.staged(Stage::Simulate, "key, *subkeys = random.split(key, num=4)");
        self.staged(Stage::Simulate, "theta = random.normal(subkeys[0], (M,))");
        self.staged(Stage::Simulate, "X = random.normal(subkeys[1], (N, M))");
        self.stretch();
        self.staged(Stage::Simulate, "Y = X @ theta + sigma * random.normal(subkeys[2], (N,))");
    }

    /// `theta_0` drawn with a further key, and replaced if it was moved.
    pub fn theta_0_by_key(&mut self) {
        self.staged(Stage::Start, "key, subkey = random.split(key)");
        self.staged(Stage::Start, "theta_0 = random.normal(subkey, (M,))");
        self.moved_theta_0();
    }

    /// The start that was chosen in place of the drawn one.
    pub fn moved_theta_0(&mut self) {
        let Some(theta_0) = &self.config.theta_0 else { return };
        let numbers: Vec<String> = theta_0.iter().map(|&x| number(x)).collect();
        let whole = format!("theta_0 = jnp.array([{}])", numbers.join(", "));
        if whole.len() <= 88 {
            return self.staged(Stage::Start, whole);
        }
        self.staged(Stage::Start, "theta_0 = jnp.array([");
        for row in numbers.chunks(3) {
            self.staged(Stage::Start, format!("    {},", row.join(", ")));
        }
        self.staged(Stage::Start, "])");
    }

    /// The loader of batches.
    pub fn loader(&mut self) {
        self.cell(Part::Loader, "Deal the data out in shuffled batches.");
        self.line("def data_loader(key, X, Y, batch_size):");
        self.staged(Stage::Shuffle, "    order = random.permutation(key, jnp.arange(X.shape[0]))");
        self.line("    for i in range(0, X.shape[0], batch_size):");
        self.staged(Stage::Batch, "        rows = order[i : i + batch_size]");
        self.live(Stage::Batch, Live::Rows, "        yield X[rows], Y[rows]");
    }

    /// `batch_size, num_epochs = …`
    pub fn loop_sizes(&mut self) {
        let Config { batch_size, epochs, .. } = self.config;
        self.line(format!("batch_size, num_epochs = {batch_size}, {epochs}"));
    }

    /// The head of the loop over epochs and batches, and what comes before a step where there is a branch.
    pub fn loop_head(&mut self, change: impl FnOnce(&mut Self)) {
        self.cell(Part::Loop, "Go over the data again and again, in another order each time.");
        let branch = self.config.branch.is_some();
        if branch {
            self.line("step = 0");
        }
        self.line("for epoch in range(num_epochs):");
        self.live(Stage::SplitKey, Live::Subkey, "    key, subkey = random.split(key)");
        self.staged(Stage::Shuffle, "    train_loader = data_loader(subkey, X, Y, batch_size)");
        self.staged(Stage::Batch, "    for X_batch, Y_batch in train_loader:");
        if let Some(at) = self.config.branch.as_ref().map(|branch| branch.step) {
            self.line(format!("        if step == {at}:  # from here on by other settings"));
            change(self);
        }
    }

    /// The end of the loop: counting, where there is a branch, and printing.
    pub fn loop_tail(&mut self, distance: &str, epoch_text: &str, before_print: Option<&str>) {
        if self.config.branch.is_some() {
            self.line("        step += 1");
        }
        self.prints(distance, epoch_text, before_print);
    }

    /// What is printed in the loop and after it.
    pub fn prints(&mut self, distance: &str, epoch_text: &str, before_print: Option<&str>) {
        self.line(format!("    if epoch % {} == 0:", self.config.print_every));
        if let Some(text) = before_print {
            self.line(format!("        {text}"));
        }
        self.line(format!("        distance = jnp.linalg.norm({distance})"));
        self.staged(Stage::Print, format!("        print(f\"Epoch {{epoch}}, {epoch_text} = {{distance}}\")"));
        self.line("");
        if let Some(text) = before_print {
            self.line(text);
        }
        self.line(format!("distance = jnp.linalg.norm({distance})"));
        self.staged(Stage::Print, "print(f\"||theta - theta_hat|| = {distance}\")");
    }
}

/// An f32 number as Python reads it back: with as few digits as will do.
fn number(x: f32) -> String {
    let short = format!("{x:?}");
    #[allow(clippy::cast_possible_truncation)] // this is the question: what becomes of it on the way through f64
    let comes_back = parse(&short).is_some_and(|wide: f64| (wide as f32).to_bits() == x.to_bits());
    if comes_back { short } else { python_float(f64::from(x)) }
}
