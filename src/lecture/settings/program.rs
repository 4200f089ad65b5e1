//! [`Program`]: which of the lecture's programs runs; [`Approach`], the three ways in which they are written; and [`ModuleKind`], the programs with modules.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::choices::{Named, find, unknown};
use crate::base::error::{Error, Result};

/// The lecture's three ways of writing one program: a column of the page, with its hue, dash pattern and marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Approach {
    /// Functions of arrays, the loss written for a batch.
    Raw,
    /// The loss written for one example, and `vmap`.
    Vmap,
    /// A module that owns its parameters.
    Module,
}

impl Approach {
    /// All of them, in the order in which they stand side by side.
    pub const ALL: [Self; 3] = [Self::Raw, Self::Vmap, Self::Module];

    /// The name in links and in the page.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Raw => "raw",
            Self::Vmap => "vmap",
            Self::Module => "module",
        }
    }
}

/// All programs in words, in the order of [`Program::ALL`].
const PROGRAMS: &[Named] = &[
    Named { name: "raw", label: "raw", about: "Parameters in an array, the loss written for a whole batch." },
    Named { name: "vmap", label: "vmap", about: "The same with the loss written for one example, and vmap." },
    Named { name: "linear", label: "nnx.Linear", about: "The model is an nnx.Linear, trained by nnx.jit." },
    Named { name: "mylinear", label: "MyLinear", about: "The model is a hand-written module." },
    Named {
        name: "split",
        label: "split once",
        about: "As linear, but the modules are split once, before the loop, and merged after it.",
    },
    Named {
        name: "pitfall",
        label: "used-up generator",
        about: "As mylinear, but the loop goes over a generator that is already used up: the run takes no steps.",
    },
];

/// The lecture's programs with modules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ModuleKind {
    /// The model is an `nnx.Linear`, trained by `nnx.jit`.
    #[default]
    Linear,
    /// The model is a hand-written module.
    MyLinear,
    /// As `Linear`, but the modules are split once, before the loop, and merged after it.
    Split,
    /// As `MyLinear`, but the loop goes over a generator that is already used up: the run takes no steps.
    Pitfall,
}

impl ModuleKind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Linear, Self::MyLinear, Self::Split, Self::Pitfall];

    /// All of them in words, in the same order.
    pub const NAMED: &'static [Named] = PROGRAMS.split_at(2).1;

    /// The program in words.
    pub fn named(self) -> &'static Named {
        &Self::NAMED[self as usize]
    }

    /// The name in links and on the command line.
    pub fn name(self) -> &'static str {
        self.named().name
    }
}

/// The lecture's programs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Program {
    /// Parameters in an array, the loss written for a whole batch.
    #[default]
    Raw,
    /// The same with the loss written for one example and `vmap`.
    Vmap,
    /// A model that owns its parameters.
    Module(ModuleKind),
}

impl Program {
    /// All of them, in the order in which they are offered.
    pub const ALL: &'static [Self] = &[
        Self::Raw,
        Self::Vmap,
        Self::Module(ModuleKind::Linear),
        Self::Module(ModuleKind::MyLinear),
        Self::Module(ModuleKind::Split),
        Self::Module(ModuleKind::Pitfall),
    ];

    /// The program in words.
    pub fn named(self) -> &'static Named {
        match self {
            Self::Raw => &PROGRAMS[0],
            Self::Vmap => &PROGRAMS[1],
            Self::Module(kind) => kind.named(),
        }
    }

    /// The name in links, in recordings and on the command line.
    pub fn name(self) -> &'static str {
        self.named().name
    }

    /// The way in which it is written.
    #[must_use]
    pub fn approach(self) -> Approach {
        match self {
            Self::Raw => Approach::Raw,
            Self::Vmap => Approach::Vmap,
            Self::Module(_) => Approach::Module,
        }
    }

    /// Whether the parameters live in a module.
    #[must_use]
    pub fn is_module(self) -> bool {
        matches!(self, Self::Module(_))
    }

    /// The function that takes a step, and what compiles it.
    #[must_use]
    pub fn step_function(self) -> (&'static str, &'static str) {
        if self.is_module() { ("train_step", "nnx.jit") } else { ("make_step", "jit") }
    }
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Program {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        find(PROGRAMS, text).map(|place| Self::ALL[place]).ok_or_else(|| unknown("Program", PROGRAMS, text))
    }
}

impl Serialize for Program {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Program {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}
