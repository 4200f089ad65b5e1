//! Filters: what each of them is for, and what it does with the leaves at hand.

use crate::base::words::count;
use crate::lecture::run::anatomy::{Anatomy, FILTERS};

/// What a filter means, in a sentence.
#[must_use]
pub fn about(filter: usize) -> &'static str {
    match filter {
        0 => {
            "Variables of kind Param: what nnx.grad differentiates by default, and what an optimizer with wrt=nnx.Param updates."
        }
        1 => "Everything that is no Param: here, what the optimizer remembers.",
        2 => {
            "Variables of kind OptState, with the special cases OptArray and OptVariable: a filter by kind takes special cases along."
        }
        3 => {
            "Whatever has kernel on its path, of any kind: with Adam or momentum, also what the optimizer keeps for the kernel."
        }
        _ => "Whatever no filter before it has taken. Alone, it takes everything.",
    }
}

/// The program's line that splits by a filter.
#[must_use]
pub fn code(filter: usize) -> String {
    let name = FILTERS.get(filter).copied().unwrap_or("...");
    if name == "..." {
        return "graphdef, everything = nnx.split((model, optimizer), ...)".to_owned();
    }
    format!("graphdef, passed, rest = nnx.split((model, optimizer), {name}, ...)")
}

/// How many variables pass.
#[must_use]
pub fn tally(anatomy: &Anatomy, filter: usize) -> String {
    let Some(passed) = anatomy.filters.get(filter) else { return String::new() };
    let through = passed.leaves.iter().filter(|&&passes| passes).count();
    let all = passed.leaves.len();
    let verb = if through == 1 { "passes" } else { "pass" };
    format!("{through} of {} {verb}.", count(all, "variable"))
}
