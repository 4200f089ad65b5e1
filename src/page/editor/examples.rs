//! The programs that can be opened in the tab Code: the lecture's, as the page exports them, and small ones to go on from.

use crate::lecture::python::listing;
use crate::lecture::settings::config::{Config, ModuleKind, Program};

/// A program that can be opened.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// What stands in the list.
    pub name: &'static str,
    text: Source,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    Lecture(Program),
    Own(&'static str),
}

impl Example {
    /// The program.
    #[must_use]
    pub fn text(&self) -> String {
        match self.text {
            Source::Lecture(program) => script(&Config::lecture(program)),
            Source::Own(text) => text.to_owned(),
        }
    }

    /// Whether it is one of the lecture's.
    #[must_use]
    pub fn is_lecture(&self) -> bool {
        matches!(self.text, Source::Lecture(_))
    }
}

/// The program of these settings as it is edited.
#[must_use]
pub fn script(config: &Config) -> String {
    listing(config).script()
}

const fn lecture(name: &'static str, program: Program) -> Example {
    Example { name, text: Source::Lecture(program) }
}

const fn own(name: &'static str, text: &'static str) -> Example {
    Example { name, text: Source::Own(text) }
}

/// All of them. The first is what the tab opens with.
pub const EXAMPLES: &[Example] = &[
    lecture("raw: functions of arrays", Program::Raw),
    lecture("vmap: one example, mapped", Program::Vmap),
    lecture("nnx.Linear", Program::Module(ModuleKind::Linear)),
    lecture("a hand-written module", Program::Module(ModuleKind::MyLinear)),
    lecture("split once, merged once", Program::Module(ModuleKind::Split)),
    own("Gradient descent by hand", include_str!("exercises/by_hand.py")),
    own("A line with an intercept", include_str!("exercises/intercept.py")),
    own("Momentum in three lines", include_str!("exercises/momentum.py")),
    own("What jit sees", include_str!("exercises/what_jit_sees.py")),
    own("Derivatives of derivatives", include_str!("exercises/derivatives.py")),
    own("Twelve learning rates at once", include_str!("exercises/rates.py")),
    own("A figure", include_str!("exercises/figure.py")),
    own("An error to mend", include_str!("exercises/error.py")),
];
