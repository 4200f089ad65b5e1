//! The graph of a step's program at one of its moments, as [`crate::plot::graph`] draws it.
//!
//! A box stands for a value of the loss and keeps its place; what the optimizer does is one box, or, unfolded, a picture of its own.

use crate::lecture::run::dissection::{Dissection, Operation, Part};
use crate::page::microscope::moments::{Moment, Place, StepPart};
use crate::page::microscope::names::name;
use crate::page::microscope::numbers::in_a_box;
use crate::plot::graph::{Edge, Flow, Graph, Known, Node};

/// A graph, and which value each of its boxes stands for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// The graph.
    pub graph: Graph,
    /// For each box, its value.
    pub values: Vec<usize>,
    /// The box of the optimizer, which unfolds.
    pub optimizer: Option<usize>,
}

/// What is on the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// The whole step, the optimizer as one box.
    #[default]
    Step,
    /// What the optimizer does.
    Optimizer,
}

/// The picture at one of the step's moments.
#[must_use]
pub fn picture(step: &Dissection, moments: &[Moment], at: usize, scope: Scope, open: Option<usize>) -> Picture {
    let mut made = Builder { step, moments, at, picture: Picture::default(), open };
    match scope {
        Scope::Step => made.step(),
        Scope::Optimizer => made.optimizer(),
    }
    made.picture
}

struct Builder<'a> {
    step: &'a Dissection,
    moments: &'a [Moment],
    at: usize,
    picture: Picture,
    open: Option<usize>,
}

impl Builder<'_> {
    fn step(&mut self) {
        let step = self.step;
        for at in [step.roles.x, step.roles.params, step.roles.y] {
            self.value(at, "");
        }
        for operation in &step.operations {
            if matches!(operation.part, Part::Predict | Part::Residuals | Part::Mean) {
                self.value(operation.output, &operation.primitive);
                self.edges(&operation.inputs, operation.output);
            }
        }
        let optimizer: Vec<_> = step.operations.iter().filter(|x| x.part == Part::Optimizer).collect();
        // the update is what is applied; what counts updates may come after it
        let applied = step.operations.iter().find(|x| x.part == Part::Apply);
        let is_applied = |x: &&&Operation| applied.is_some_and(|applied| applied.inputs.contains(&x.output));
        let Some(last) = optimizer.iter().rfind(is_applied).or(optimizer.last()) else { return };
        // L-BFGS reads no rate, but the loss and the data, with which it searches along its line
        let read: Vec<usize> = optimizer.iter().flat_map(|operation| &operation.inputs).copied().collect();
        if read.contains(&step.roles.rate) {
            self.value(step.roles.rate, "");
        }
        let drawn = self.picture.values.clone();
        let update = self.add(last.output, if optimizer.len() > 1 { "optimizer" } else { &last.primitive });
        let node = &mut self.picture.graph.nodes[update];
        "update".clone_into(&mut node.title);
        node.folded = optimizer.len();
        self.picture.optimizer = Some(update).filter(|_| optimizer.len() > 1);
        self.edge(step.roles.params, last.output);
        for value in drawn.into_iter().filter(|value| read.contains(value)) {
            self.edge(value, last.output);
        }
        // the gradient comes at the end of the way back, which begins with the loss
        let loss = self.picture.values.iter().position(|&at| at == step.roles.loss);
        self.picture.graph.later.extend(loss.map(|loss| (loss, update)));
        self.value(step.roles.params_after, "add");
        self.edge(last.output, step.roles.params_after);
        self.edge(step.roles.params, step.roles.params_after);
    }

    fn optimizer(&mut self) {
        let step = self.step;
        for operation in step.operations.iter().filter(|x| matches!(x.part, Part::Optimizer | Part::Apply)) {
            for &input in &operation.inputs {
                self.value(input, "");
            }
            self.value(operation.output, &operation.primitive);
            self.edges(&operation.inputs, operation.output);
        }
    }

    /// A box for a value, unless it has one.
    fn value(&mut self, at: usize, operation: &str) {
        if at < self.step.values.len() && !self.picture.values.contains(&at) {
            self.add(at, operation);
        }
    }

    fn add(&mut self, at: usize, operation: &str) -> usize {
        let value = &self.step.values[at];
        let now = self.moments.get(self.at);
        let is_lit = now.is_some_and(|moment| moment.values.contains(&at));
        let cotangent = match value.cotangent {
            Some(cotangent) if self.is_pulled(at) => Known::Is(in_a_box(&self.step.values[cotangent])),
            Some(_) => Known::NotYet,
            None => Known::Never,
        };
        self.picture.values.push(at);
        self.picture.graph.nodes.push(Node {
            title: name(self.step, at),
            operation: operation.to_owned(),
            aval: value.aval.clone(),
            value: if self.is_made(at) { Known::Is(in_a_box(value)) } else { Known::NotYet },
            cotangent,
            is_lit,
            is_open: self.open == Some(at),
            folded: 0,
        });
        self.picture.values.len() - 1
    }

    /// Whether a value has been computed at this moment.
    fn is_made(&self, at: usize) -> bool {
        let maker = |moment: &Moment| moment.place.part != StepPart::Backward && moment.makes.contains(&at);
        let from = self.moments.iter().position(maker);
        // what a backward stage writes is known from there on
        let part = self.step.operations.iter().find(|x| x.output == at).map(|x| x.part);
        match (from, part) {
            (Some(from), _) => from <= self.at,
            (None, Some(Part::Backward(_))) => self.place() >= Place { part: StepPart::Optimizer, at: 0 },
            (None, _) => true,
        }
    }

    /// Whether the derivative of the loss for a value has been computed at this moment.
    fn is_pulled(&self, at: usize) -> bool {
        let pulls = |moment: &Moment| {
            let is_start = at == self.step.roles.loss && moment.place.at == 0;
            moment.place.part == StepPart::Backward && (is_start || moment.makes.contains(&at))
        };
        self.moments.iter().position(pulls).is_some_and(|from| from <= self.at)
    }

    fn place(&self) -> Place {
        self.moments.get(self.at).map(|moment| moment.place).unwrap_or_default()
    }

    fn edges(&mut self, inputs: &[usize], output: usize) {
        for &input in inputs {
            self.edge(input, output);
        }
    }

    fn edge(&mut self, from: usize, to: usize) {
        let place = |at: usize| self.picture.values.iter().position(|&value| value == at);
        let (Some(source), Some(target)) = (place(from), place(to)) else { return };
        let now = self.moments.get(self.at);
        let is_about = |at: usize| now.is_some_and(|moment| moment.values.contains(&at));
        let is_made = |at: usize| now.is_some_and(|moment| moment.makes.contains(&at));
        let flow = match self.place().part {
            StepPart::Backward if is_made(from) && is_about(to) => Flow::Backward,
            StepPart::Backward => Flow::Still,
            _ if is_made(to) => Flow::Forward,
            _ => Flow::Still,
        };
        let edge = Edge { from: source, to: target, flow };
        if !self.picture.graph.edges.iter().any(|known| (known.from, known.to) == (source, target)) {
            self.picture.graph.edges.push(edge);
        }
    }
}

impl Picture {
    /// The box that an arrow key leads to: along edges, and beside among what stands in the same layer.
    #[must_use]
    pub fn walk(&self, layers: &[usize], across: &[f64], from: usize, key: &str) -> Option<usize> {
        let edges = &self.graph.edges;
        match key {
            "ArrowRight" => edges.iter().find(|edge| edge.from == from).map(|edge| edge.to),
            "ArrowLeft" => edges.iter().find(|edge| edge.to == from).map(|edge| edge.from),
            "ArrowUp" | "ArrowDown" => {
                let forward = key == "ArrowDown";
                let is_there = |&at: &usize| {
                    let beside = if forward { across[at] > across[from] } else { across[at] < across[from] };
                    layers[at] == layers[from] && beside
                };
                let distance = |at: usize| (across[at] - across[from]).abs();
                (0..self.values.len()).filter(is_there).fold(None, |best: Option<usize>, at| match best {
                    Some(best) if distance(best) <= distance(at) => Some(best),
                    _ => Some(at),
                })
            }
            "Home" => Some(0),
            "End" => self.values.len().checked_sub(1),
            _ => None,
        }
    }
}
