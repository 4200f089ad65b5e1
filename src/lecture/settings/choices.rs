//! Settings that are chosen from a list: each choice has a name for links and the command line, a label for the page, and a sentence.

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};

/// One choice of a list, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// The name in links and on the command line.
    pub name: &'static str,
    /// What a list on the page calls it.
    pub label: &'static str,
    /// What it means, in a sentence.
    pub about: &'static str,
}

/// A closed list of choices. The first line of each choice's documentation is the sentence that the page and the command line show.
macro_rules! choice {
    ($(#[$doc:meta])* $Name:ident, $what:literal {
        $($(#[$attribute:ident])? $Variant:ident = $text:literal, $label:literal, $about:literal;)+
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $Name {
            $($(#[$attribute])? #[doc = $about] #[serde(rename = $text)] $Variant,)+
        }

        impl $Name {
            /// All of them, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),+];

            /// All of them in words, in the same order.
            pub const NAMED: &'static [Named] = &[$(Named { name: $text, label: $label, about: $about }),+];

            /// The choice in words.
            pub fn named(self) -> &'static Named {
                &Self::NAMED[self as usize]
            }

            /// The name in links and on the command line.
            pub fn name(self) -> &'static str {
                self.named().name
            }
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }

        impl std::str::FromStr for $Name {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self> {
                find(Self::NAMED, text).map(|place| Self::ALL[place]).ok_or_else(|| unknown($what, Self::NAMED, text))
            }
        }
    };
}

choice! {
    /// What turns gradients into updates.
    Optimizer, "Optimizer" {
        #[default]
        Sgd = "sgd", "SGD", "`optax.sgd(lr)`.";
        Momentum = "momentum", "Momentum 0.9", "`optax.sgd(lr, momentum=0.9)`.";
        Nesterov = "nesterov", "Nesterov 0.9", "`optax.sgd(lr, momentum=0.9, nesterov=True)`.";
        Adam = "adam", "Adam", "`optax.adam(lr)`.";
        Lbfgs = "lbfgs", "L-BFGS", "`optax.lbfgs()`, full batches only: its line search chooses the step in place of a learning rate, and evaluates loss and gradient up to 20 times for it.";
    }
}

impl Optimizer {
    /// Those whose step takes one gradient and a learning rate.
    pub const BY_RATE: &'static [Self] = &[Self::Sgd, Self::Momentum, Self::Nesterov, Self::Adam];

    /// Whether it evaluates the loss to choose its step, in place of a learning rate.
    pub fn searches(self) -> bool {
        self == Self::Lbfgs
    }
}

choice! {
    /// How the learning rate changes from step to step.
    Schedule, "Schedule" {
        #[default]
        Constant = "constant", "Constant", "The rate stays as it is.";
        Exponential = "exponential", "Exponential decay",
            "`optax.exponential_decay(lr, transition_steps=1000, decay_rate=0.95)`.";
        Cosine = "cosine", "Cosine", "`optax.cosine_decay_schedule(lr, decay_steps)` over all steps of the run.";
        WarmupCosine = "warmup_cosine", "Warm-up + cosine",
            "`optax.warmup_cosine_decay_schedule(0, lr, warmup_steps, decay_steps)` over all steps of the run, a tenth of them to warm up.";
    }
}

choice! {
    /// Where module programs start, and on which data.
    Start, "Start" {
        #[default]
        Lecture = "lecture", "As in the lecture",
            "Module programs draw their own parameters and shuffles, by `nnx.Rngs`.";
        Same = "same", "The same θ₀", "All programs share the data, parameters and shuffles of the raw one.";
    }
}

impl Schedule {
    /// Whether the optimizer's state counts updates for it.
    pub fn counts(self) -> bool {
        self != Self::Constant
    }
}

/// The place of the choice with this name, whatever its case and the spaces around it.
pub fn find(named: &[Named], text: &str) -> Option<usize> {
    named.iter().position(|choice| choice.name.eq_ignore_ascii_case(text.trim()))
}

/// The names of a list, with commas between them.
pub fn names(named: &[Named]) -> String {
    named.iter().map(|choice| choice.name).collect::<Vec<_>>().join(", ")
}

pub(super) fn unknown(what: &str, named: &[Named], text: &str) -> Error {
    Error::value(what, format!("“{text}”"), format!("it must be one of {}", names(named)))
}
