//! The stages of a step as one goes through them: [`moments`] makes them of a step that was taken apart.

use std::fmt;
use std::str::FromStr;

use crate::lecture::python::Stage;
use crate::lecture::run::dissection::{Dissection, Operation, Part, Value};
use crate::lecture::settings::config::Optimizer;
use crate::page::microscope::names::{label, name};
use crate::page::microscope::numbers::{in_a_row, key, samples};

/// A part of a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StepPart {
    /// The key of the epoch is split.
    #[default]
    Key,
    /// The samples are shuffled.
    Shuffle,
    /// The batch is taken.
    Batch,
    /// Targets are predicted.
    Predict,
    /// Predictions are compared with targets.
    Residuals,
    /// One number is made of all errors.
    Mean,
    /// Derivatives are pulled back, operation by operation.
    Backward,
    /// The optimizer turns the gradient into an update.
    Optimizer,
    /// The update is applied.
    Apply,
}

/// The parts in their order, with the word of each for links and its name.
pub const PARTS: [(StepPart, &str, &str); 9] = [
    (StepPart::Key, "key", "Key"),
    (StepPart::Shuffle, "shuffle", "Shuffle"),
    (StepPart::Batch, "batch", "Batch"),
    (StepPart::Predict, "predict", "Predict"),
    (StepPart::Residuals, "residuals", "Residuals"),
    (StepPart::Mean, "mean", "Mean"),
    (StepPart::Backward, "backward", "Backward"),
    (StepPart::Optimizer, "optimizer", "Optimizer"),
    (StepPart::Apply, "apply", "Apply"),
];

impl StepPart {
    /// The part of the listing in which it happens.
    #[must_use]
    pub fn stage(self) -> Stage {
        match self {
            Self::Key => Stage::SplitKey,
            Self::Shuffle => Stage::Shuffle,
            Self::Batch => Stage::Batch,
            Self::Predict => Stage::Predict,
            Self::Residuals | Self::Mean => Stage::Loss,
            Self::Backward => Stage::Gradient,
            Self::Optimizer => Stage::Update,
            Self::Apply => Stage::Apply,
        }
    }
}

/// Where one stands within a step: a part, and which of its stages, from 0. As a text `backward`, `backward.2`, …, counted from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The part.
    pub part: StepPart,
    /// Its stage.
    pub at: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = PARTS.iter().find(|(part, ..)| *part == self.part).map_or("", |(_, word, _)| word);
        f.write_str(word)?;
        if self.at > 0 { write!(f, ".{}", self.at + 1) } else { Ok(()) }
    }
}

impl FromStr for Place {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (word, number) = text.split_once('.').unwrap_or((text, "1"));
        let part = PARTS.iter().find(|(_, known, _)| *known == word).map(|(part, ..)| *part).ok_or(())?;
        let at = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).ok_or(())?;
        Ok(Self { part, at })
    }
}

/// A stage of a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// Where it stands.
    pub place: Place,
    /// What it is called.
    pub title: String,
    /// What happens, in a sentence or two.
    pub about: String,
    /// The equations, as the program prints them.
    pub equations: Vec<String>,
    /// The numbers that it reads and makes.
    pub rows: Vec<Row>,
    /// The values whose boxes it is about; the last one is what it makes.
    pub values: Vec<usize>,
    /// The values that it makes.
    pub makes: Vec<usize>,
}

/// A line of numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What they are.
    pub label: String,
    /// Their type.
    pub aval: String,
    /// The numbers, exactly.
    pub text: String,
    /// What is to be said of them.
    pub note: &'static str,
    /// Whether the stage makes them.
    pub is_made: bool,
}

/// What is said of a value that the compiled step does not have.
const FUSED: &str = "part of a fused operation: the compiled step has no such value of its own";

fn plain(label: &str, aval: &str, text: String) -> Row {
    Row { label: label.to_owned(), aval: aval.to_owned(), text, note: "", is_made: true }
}

fn row(label: String, value: &Value, is_made: bool) -> Row {
    let note = if value.is_stored { "" } else { FUSED };
    Row { label, aval: value.aval.clone(), text: in_a_row(value), note, is_made }
}

/// A step as a list of its stages.
#[must_use]
pub fn moments(step: &Dissection) -> Vec<Moment> {
    let mut moments = vec![split(step), shuffle(step), batch(step)];
    for part in [StepPart::Predict, StepPart::Residuals, StepPart::Mean] {
        let of = match part {
            StepPart::Predict => Part::Predict,
            StepPart::Residuals => Part::Residuals,
            _ => Part::Mean,
        };
        let operations: Vec<&Operation> = step.operations.iter().filter(|operation| operation.part == of).collect();
        let about = match part {
            StepPart::Predict => "Each row of the batch, times the parameters: one prediction for each sample.",
            StepPart::Residuals => {
                "What is left between prediction and target, and its square: large errors count more."
            }
            _ => "The squares are added up and divided by their number: one number for the whole batch, the loss.",
        };
        let title = match part {
            StepPart::Predict => "Predict the targets",
            StepPart::Residuals => "Residuals, squared",
            _ => "The mean is the loss",
        };
        moments.push(of_operations(step, Place { part, at: 0 }, (title, about), &operations));
    }
    moments.extend(backward(step));
    moments.push(optimizer(step));
    let last: Vec<&Operation> = step.operations.iter().filter(|operation| operation.part == Part::Apply).collect();
    let about = "The update is added to the parameters. The next step begins with these.";
    let place = Place { part: StepPart::Apply, at: 0 };
    moments.push(of_operations(step, place, ("Apply the update", about), &last));
    moments
}

fn split(step: &Dissection) -> Moment {
    let [before, next, shuffle] = step.keys.map(key);
    let when = if step.batch == 0 { "This step begins an epoch" } else { "Done once, when this epoch began" };
    Moment {
        place: Place { part: StepPart::Key, at: 0 },
        title: "Split the key".to_owned(),
        about: format!(
            "{when}: the key is split in two. One is carried on to the next epoch, the other shuffles this one. A key that was split is not used again."
        ),
        equations: Vec::new(),
        rows: vec![
            Row { is_made: false, ..plain("key", "u32[2]", before) },
            plain("key, carried on", "u32[2]", next),
            plain("subkey", "u32[2]", shuffle),
        ],
        values: Vec::new(),
        makes: Vec::new(),
    }
}

fn shuffle(step: &Dissection) -> Moment {
    let when = if step.batch == 0 { "" } else { "Done once, when this epoch began. " };
    Moment {
        place: Place { part: StepPart::Shuffle, at: 0 },
        title: "Shuffle the samples".to_owned(),
        about: format!(
            "{when}The subkey puts all {} samples in a new order. The same key makes the same order, always and everywhere.",
            step.samples
        ),
        equations: Vec::new(),
        rows: vec![
            Row { is_made: false, ..plain("subkey", "u32[2]", key(step.keys[2])) },
            plain("order", &format!("i32[{}]", step.samples), samples(&step.order, step.samples)),
        ],
        values: Vec::new(),
        makes: Vec::new(),
    }
}

fn batch(step: &Dissection) -> Moment {
    let end = step.first + step.rows;
    let (x, y) = (step.roles.x, step.roles.y);
    let mut rows = vec![plain(
        &format!("order[{}:{end}]", step.first),
        &format!("i32[{}]", step.rows),
        samples(&step.drawn, step.rows),
    )];
    rows.extend([x, y].into_iter().map(|at| row(name(step, at), &step.values[at], true)));
    let which = if end == step.first + 1 {
        format!("The sample at place {} of the order: its features X and its target Y.", step.first)
    } else {
        format!(
            "The samples at places {} to {} of the order: their features X and their targets Y.",
            step.first,
            end - 1
        )
    };
    Moment {
        place: Place { part: StepPart::Batch, at: 0 },
        title: format!("Take batch {} of {}", step.batch + 1, step.batches),
        about: format!("{which} This step sees nothing else of the data."),
        equations: Vec::new(),
        rows,
        values: vec![x, y],
        makes: vec![x, y],
    }
}

fn of_operations(step: &Dissection, place: Place, (title, about): (&str, &str), operations: &[&Operation]) -> Moment {
    let makes: Vec<usize> = operations.iter().map(|operation| operation.output).collect();
    let mut reads: Vec<usize> = Vec::new();
    for &input in operations.iter().flat_map(|operation| &operation.inputs) {
        if !makes.contains(&input) && !reads.contains(&input) {
            reads.push(input);
        }
    }
    let line = |&at: &usize, is_made: bool| Some(row(label(step, at), step.values.get(at)?, is_made));
    let rows = reads.iter().filter_map(|at| line(at, false)).chain(makes.iter().filter_map(|at| line(at, true)));
    Moment {
        place,
        title: title.to_owned(),
        about: about.to_owned(),
        equations: operations.iter().map(|operation| operation.equation.clone()).collect(),
        rows: rows.collect(),
        values: reads.iter().chain(&makes).copied().collect(),
        makes,
    }
}

/// The operations of the loss from the last one back to the first: each takes the cotangent of its result to those of its operands.
fn backward(step: &Dissection) -> Vec<Moment> {
    let forward = step.operations.iter().enumerate().rev();
    let forward = forward.filter(|(_, x)| matches!(x.part, Part::Predict | Part::Residuals | Part::Mean));
    let mut moments: Vec<Moment> = Vec::new();
    for (number, operation) in forward {
        let wanted: Vec<usize> = operation.inputs.iter().copied().filter(|&at| cotangent(step, at).is_some()).collect();
        let Some(incoming) = cotangent(step, operation.output).filter(|_| !wanted.is_empty()) else { continue };
        let pulled: Vec<&Operation> = step.operations.iter().filter(|x| x.part == Part::Backward(number)).collect();
        let result = name(step, operation.output);
        let names: Vec<String> = wanted.iter().map(|&at| name(step, at)).collect();
        let mut rows = vec![row(format!("∂loss/∂{result}"), &step.values[incoming], false)];
        for other in pulled.iter().filter(|x| wanted.iter().all(|&at| cotangent(step, at) != Some(x.output))) {
            rows.push(row(label(step, other.output), &step.values[other.output], true));
        }
        let mut about = String::new();
        if moments.is_empty() {
            about.push_str("The backward pass begins with 1: the derivative of the loss for itself. ");
        }
        let mut passes = true;
        for (&at, name) in wanted.iter().zip(&names) {
            let Some(value) = cotangent(step, at) else { continue };
            passes &= value == incoming;
            rows.push(row(format!("∂loss/∂{name}"), &step.values[value], true));
        }
        let rule = if passes {
            format!(
                "{} passes the derivative on as it is: moving {} by a little moves {result} by as much.",
                operation.primitive,
                names.join(" and ")
            )
        } else {
            format!(
                "How much the loss changes with {result} is known; the rule of {} makes of it how much it changes with {}.",
                operation.primitive,
                names.join(" and ")
            )
        };
        about.push_str(&rule);
        let at = moments.len();
        let title = format!("Back through {} to {}", operation.primitive, names.join(" and "));
        moments.push(Moment {
            place: Place { part: StepPart::Backward, at },
            title,
            about,
            equations: pulled.iter().map(|operation| operation.equation.clone()).collect(),
            rows,
            values: std::iter::once(operation.output).chain(wanted.iter().copied()).collect(),
            makes: wanted,
        });
    }
    moments
}

fn cotangent(step: &Dissection, at: usize) -> Option<usize> {
    step.values.get(at).and_then(|value| value.cotangent)
}

fn optimizer(step: &Dissection) -> Moment {
    let operations: Vec<&Operation> = step.operations.iter().filter(|x| x.part == Part::Optimizer).collect();
    let rule = match step.optimizer {
        Optimizer::Sgd => "SGD’s update is the gradient g times minus the learning rate: −rate · g.",
        Optimizer::Momentum => {
            "Momentum keeps a trace m of earlier gradients: m becomes g + 0.9 · m, and the update is −rate · m."
        }
        Optimizer::Nesterov => {
            "Nesterov’s momentum keeps a trace m of earlier gradients: m becomes g + 0.9 · m, and the update looks one step ahead: −rate · (g + 0.9 · m)."
        }
        Optimizer::Adam => {
            "Adam keeps a mean μ of gradients and a mean ν of their squares: μ becomes 0.9 · μ + 0.1 · g, ν becomes 0.999 · ν + 0.001 · g². Both are corrected for having begun at 0, and the update is −rate · μ̂ / (√ν̂ + 10⁻⁸)."
        }
        Optimizer::Lbfgs => {
            "L-BFGS remembers up to ten changes of the parameters and of the gradient, makes of them a direction that allows for the curvature, and its line search finds how far to go along it."
        }
    };
    let about = if step.is_scheduled {
        format!("{rule} The rate is the schedule’s for as many updates as there were.")
    } else {
        rule.to_owned()
    };
    let place = Place { part: StepPart::Optimizer, at: 0 };
    let mut moment = of_operations(step, place, ("From gradient to update", &about), &operations);
    if let (Some(gradient), Some(first)) = (step.values.get(step.roles.gradient), moment.rows.first_mut()) {
        // the gradient is what the way back ended with, under the name that it has there
        if first.text == in_a_row(gradient) {
            "∂loss/∂θ, the gradient".clone_into(&mut first.label);
        }
    }
    moment
}
