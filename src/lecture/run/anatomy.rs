//! [`Anatomy`]: modules taken apart by `nnx.split`, with the numbers of a step of a run: the tree, the state, the gradient, what filters let through, and what
//! Python prints of all of it. [`crate::lecture::run::around`] takes them from a run; a [`Subject`] that no run trains is drawn here.

use serde::{Deserialize, Serialize};

use crate::base::error::Result;
use crate::jax::Array;
use crate::jax::tree::tree_map;
use crate::nnx::key::Key;
use crate::nnx::{self, Filter, GraphNode, Linear, Mlp, MyLinear, Param, Rngs, State, VariableState};

use crate::lecture::data::loader::simulate;
use crate::lecture::programs::apart::Apart;
use crate::lecture::programs::mlp;
use crate::lecture::run::dissection::{SHOWN, Value};
use crate::lecture::run::mlp::{SAMPLES, SIGMA, SIZES};
use crate::lecture::settings::config::Config;

/// What the lecture adds to every number of a state, in the place of an update.
pub const FAKE: f32 = 0.01;

/// Which modules are taken apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// The model of a run.
    #[default]
    Model,
    /// Model and optimizer of a run, as a pair.
    Both,
    /// The network of the course's script, as it is drawn.
    Network,
    /// The `MyLinear` that the lecture takes apart: the second one that its program draws.
    Lecture,
}

/// The filters whose work is shown, as Python writes them.
pub const FILTERS: [&str; 5] = ["nnx.Param", "nnx.Not(nnx.Param)", "nnx.OptState", "nnx.PathContains('kernel')", "..."];

fn filter(at: usize) -> Filter {
    match at {
        0 => Param,
        1 => !Param,
        2 => nnx::optimizer::OptState,
        3 => Filter::PathContains(Key::from("kernel")),
        _ => Filter::Rest,
    }
}

/// Modules taken apart.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Anatomy {
    /// Which modules.
    pub subject: Subject,
    /// The step of the run whose numbers these are; none for modules as they are drawn.
    pub at: Option<At>,
    /// The parts of the tree, each before what is in it.
    pub rows: Vec<Row>,
    /// The numbers of the leaves.
    pub leaves: Vec<Numbers>,
    /// What each of [`FILTERS`] lets through.
    pub filters: Vec<Passed>,
    /// What Python prints.
    pub texts: Printed,
}

/// A step of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct At {
    /// Steps taken before it.
    pub step: usize,
    /// The epoch that it belongs to, from 0.
    pub epoch: usize,
    /// Its batch within the epoch, from 0.
    pub batch: usize,
    /// Batches in an epoch.
    pub batches: usize,
}

/// A part of the tree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// How many parts it is inside of.
    pub depth: usize,
    /// Its attribute's name or its number; empty for the whole.
    pub key: String,
    /// What it is.
    pub what: What,
}

/// What a part of the tree is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum What {
    /// A module, or a pytree inside one, by the name of its type; what is in it follows.
    Object(String),
    /// A variable, or an array.
    Leaf {
        /// The variable's kind; empty for an array.
        kind: String,
        /// Its number among the leaves.
        leaf: usize,
    },
    /// The variable with this number, once more.
    Repeated(usize),
    /// A fixed value.
    Fixed {
        /// Its text in the printed module; none where that leaves it out.
        shown: Option<String>,
        /// Its text in the printed `GraphDef`.
        repr: String,
    },
    /// No variable where there could be one.
    Nothing,
}

/// The numbers of a leaf, the first [`SHOWN`] of each kind.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Numbers {
    /// Those of the state; before the step, if there is one.
    pub state: Value,
    /// The gradient of the loss for it, where there is one.
    pub gradient: Option<Value>,
    /// Those after the step.
    pub after: Option<Value>,
    /// Those of the state with [`FAKE`] added.
    pub moved: Value,
}

/// What a filter lets through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    /// For each leaf, whether it passes.
    pub leaves: Vec<bool>,
    /// What Python prints of the state of those that pass, and of the state of the rest.
    pub printed: [String; 2],
}

/// What Python prints.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    /// The modules.
    pub modules: String,
    /// Their `GraphDef`, without the addresses of functions.
    pub graphdef: String,
    /// Their `State`.
    pub state: String,
    /// The gradient; empty where there is none.
    pub gradient: String,
    /// The state with [`FAKE`] added.
    pub moved: String,
    /// The modules that `merge` makes of that.
    pub merged: String,
}

/// Describes modules taken apart, with the gradient of the loss for the parameters of the model, and with the state after the step.
///
/// # Errors
/// A number cannot be read.
pub fn describe(subject: Subject, apart: &Apart, gradient: Option<&State>, after: Option<&State>) -> Result<Anatomy> {
    let mut rows = Vec::new();
    walk(&apart.root, 0, String::new(), &mut rows);
    let moved = tree_map(|p| p + FAKE, &apart.state);
    let flat = apart.state.flat();
    let leaves = flat.iter().map(|(path, leaf)| {
        // the gradient is that of the model alone
        let inside = if subject == Subject::Both { path.get(1..).unwrap_or_default() } else { path };
        let of = |state: Option<&State>, path: &[Key]| state.and_then(|state| state.get(path)).map(numbers).transpose();
        Ok(Numbers {
            state: numbers(leaf)?,
            gradient: of(gradient.filter(|_| leaf.kind.is_some_and(|kind| kind.is(nnx::Param::KIND))), inside)?,
            after: of(after, path)?,
            moved: of(Some(&moved), path)?.unwrap_or_default(),
        })
    });
    let leaves = leaves.collect::<Result<_>>()?;
    let passed = |filter: &Filter| Passed {
        leaves: flat.iter().map(|(path, leaf)| filter.matches(path, leaf.kind)).collect(),
        printed: [apart.state.filter(filter), apart.state.filter(&!filter.clone())].map(|state| state.to_string()),
    };
    Ok(Anatomy {
        subject,
        at: None,
        rows,
        leaves,
        filters: (0..FILTERS.len()).map(|at| passed(&filter(at))).collect(),
        texts: Printed {
            modules: apart.modules.clone(),
            graphdef: without_addresses(&apart.graphdef),
            state: apart.state.to_string(),
            gradient: gradient.map(ToString::to_string).unwrap_or_default(),
            moved: moved.to_string(),
            merged: (apart.merged)(&moved),
        },
    })
}

/// Where Python prints a function, the address differs from run to run.
fn without_addresses(text: &str) -> String {
    let mut parts = text.split(" at 0x");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.trim_start_matches(|c: char| c.is_ascii_hexdigit()))
}

fn walk(node: &GraphNode, depth: usize, key: String, rows: &mut Vec<Row>) {
    let what = match node {
        GraphNode::Leaf { kind, leaf } => {
            What::Leaf { kind: kind.map(|kind| kind.name.to_owned()).unwrap_or_default(), leaf: *leaf }
        }
        GraphNode::Repeated { leaf } => What::Repeated(*leaf),
        GraphNode::Object { name, .. } => What::Object((*name).to_owned()),
        GraphNode::Fixed(value) => {
            let shown = (!key.starts_with('_')).then(|| value.shown());
            What::Fixed { shown, repr: without_addresses(&value.repr()) }
        }
        GraphNode::None => What::Nothing,
    };
    rows.push(Row { depth, key, what });
    let GraphNode::Object { children, .. } = node else { return };
    for (key, child) in children {
        let key = match key {
            Key::Name(name) => name.to_string(),
            Key::Index(at) => at.to_string(),
        };
        walk(child, depth + 1, key, rows);
    }
}

fn numbers(leaf: &VariableState) -> Result<Value> {
    let aval = leaf.value.aval()?;
    Ok(Value {
        aval: aval.to_string(),
        shape: aval.shape.clone(),
        words: leaf.value.to_words()?.into_iter().take(SHOWN).collect(),
        kind: aval.dtype.into(),
        is_stored: true,
        ..Value::default()
    })
}

/// A state with the same paths whose one value is this one: the gradient of a model with one parameter.
#[must_use]
pub fn gradient_state(model: &State, gradient: &Array) -> State {
    let mut state = State::new();
    for (path, leaf) in model.filter(&Param).flat() {
        let value = gradient.reshape(leaf.value.shape());
        state.insert(&path, VariableState { kind: leaf.kind, value });
    }
    state
}

/// Draws and takes apart modules that no run of the page trains, with the seed and the number of features of a configuration; the network has its own sizes.
///
/// # Errors
/// A number cannot be read.
pub fn drawn(subject: Subject, config: &Config) -> Result<Anatomy> {
    let mut rngs = Rngs::new(config.seed);
    if subject == Subject::Network {
        let data = simulate([rngs.next_key(), rngs.next_key(), rngs.next_key()], SAMPLES, SIZES[0], SIGMA);
        let model = Mlp::new(&SIZES, &mut rngs);
        let gradient = nnx::grad(mlp::residuals_loss)(&model, &data.x, &data.y);
        return describe(subject, &Apart::of(&model, Mlp::to_string), Some(&gradient), None);
    }
    // in this order the lecture's program uses up its keys
    let _linear = Linear::without_bias(config.features, 1, &mut rngs);
    let _of_the_data = [rngs.next_key(), rngs.next_key(), rngs.next_key()];
    let _trained = MyLinear::new(config.features, 1, &mut rngs);
    let model = MyLinear::new(config.features, 1, &mut rngs);
    describe(subject, &Apart::of(&model, MyLinear::to_string), None, None)
}
