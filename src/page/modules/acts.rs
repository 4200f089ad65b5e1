//! Splitting and merging, act by act: the program's line, what it does in a sentence, and what Python prints then.

use crate::lecture::run::anatomy::{Anatomy, Subject};
use crate::page::modules::printed::Text;
use crate::page::modules::tree::preview;
use crate::page::view::ACTS;

/// An act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// What stands on its button.
    pub name: &'static str,
    /// The program's lines.
    pub code: String,
    /// What they do.
    pub about: &'static str,
    /// What is printed: the call, the text, and what it is of.
    pub printed: Vec<(&'static str, String, Text)>,
}

/// The names of the acts.
pub const NAMES: [&str; ACTS] = ["The module", "split", "+ 0.01", "merge"];

/// An act of splitting and merging these modules; the last one where there is no such act.
#[must_use]
pub fn act(anatomy: &Anatomy, at: usize) -> Act {
    let texts = &anatomy.texts;
    let at = at.min(ACTS - 1);
    let (code, about, printed) = match at {
        0 => (
            if anatomy.subject == Subject::Lecture {
                "model = MyLinear(M, 1, rngs=rngs)"
            } else {
                "# the model of the run, before the step at the playhead"
            },
            "One object holds both: what is fixed, such as its sizes, and the numbers that a training changes.",
            vec![("print(model)", texts.modules.clone(), Text::Modules)],
        ),
        1 => (
            "graphdef, state = nnx.split(model)",
            "split copies the object into two plain values. The graphdef is the structure without numbers; the state is the numbers, each under its path. \
             The model itself stays as it is.",
            vec![
                ("print(graphdef)", texts.graphdef.clone(), Text::GraphDef),
                ("print(state)", texts.state.clone(), Text::State),
            ],
        ),
        2 => (
            "def apply_fake_gradient(param):\n    return param + 0.01\nstate_2 = jax.tree_util.tree_map(apply_fake_gradient, state)",
            "A made-up update adds 0.01 to every number of the state. A state is a tree of arrays, so any function of trees can do that: an optimizer does no more.",
            vec![("print(state_2)", texts.moved.clone(), Text::State)],
        ),
        _ => (
            "model_2 = nnx.merge(graphdef, state_2)",
            "merge builds a new object from the structure and the new numbers. The model still has its old ones.",
            vec![("print(model_2)", texts.merged.clone(), Text::Modules)],
        ),
    };
    Act { name: NAMES[at], code: code.to_owned(), about, printed }
}

/// The numbers of the first parameter before and after 0.01 is added, in a row.
#[must_use]
pub fn numbers(anatomy: &Anatomy) -> [String; 2] {
    let Some(leaf) = anatomy.leaves.first() else { return Default::default() };
    [preview(&leaf.state), preview(&leaf.moved)]
}

/// What the structure holds, line by line, each variable with an empty place where its numbers go.
#[must_use]
pub fn structure(anatomy: &Anatomy) -> Vec<String> {
    use crate::lecture::run::anatomy::What;
    let lines = anatomy.rows.iter().filter_map(|row| match &row.what {
        What::Leaf { kind, .. } => Some(format!("{}: {kind} ▢", row.key)),
        What::Nothing => Some(format!("{} = None", row.key)),
        What::Fixed { shown: Some(shown), .. } => Some(format!("{} = {shown}", row.key)),
        _ => None,
    });
    // what is variable comes first, and of what is fixed the sizes
    let all: Vec<String> = lines.collect();
    let (variables, fixed): (Vec<String>, Vec<String>) = all.into_iter().partition(|line| line.ends_with('▢'));
    let sizes: Vec<String> =
        fixed.iter().filter(|line| line.starts_with("in_") || line.starts_with("out_")).cloned().collect();
    let rest = fixed.len() - sizes.len();
    let more = (rest > 0).then(|| format!("and {rest} more fixed values"));
    variables.into_iter().chain(sizes).chain(more).collect()
}
