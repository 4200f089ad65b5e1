//! [`ModulesView`]: what the tab of modules shows, with its [`Room`]s.

use crate::lecture::run::anatomy::Subject;

/// The rooms of the tab.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Room {
    /// Module, `GraphDef`, `State` and gradient as trees.
    #[default]
    Trees,
    /// `split` and `merge`, step by step.
    Split,
    /// Which variables a filter lets through.
    Filters,
    /// A network of modules inside modules, trained.
    Network,
    /// A linear layer, trained by L-BFGS.
    Lbfgs,
    /// The generator that is used up.
    Generator,
}

impl Room {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] = [Self::Trees, Self::Split, Self::Filters, Self::Generator, Self::Network, Self::Lbfgs];

    /// The word in links.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Trees => "trees",
            Self::Split => "split",
            Self::Filters => "filters",
            Self::Network => "network",
            Self::Lbfgs => "lbfgs",
            Self::Generator => "generator",
        }
    }

    /// Whether it shows the Lab's run at the playhead.
    #[must_use]
    pub fn has_time(self) -> bool {
        matches!(self, Self::Trees | Self::Split | Self::Filters)
    }

    /// What stands on its button.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Trees => "Trees",
            Self::Split => "Split and merge",
            Self::Filters => "Filters",
            Self::Network => "Network",
            Self::Lbfgs => "L-BFGS",
            Self::Generator => "Used-up generator",
        }
    }
}

/// The subjects whose trees are shown, each with its word in links.
pub const SUBJECTS: [(Subject, &str); 3] =
    [(Subject::Model, "model"), (Subject::Both, "both"), (Subject::Network, "network")];

/// The words of the filters in links, in the order of [`FILTERS`](crate::lecture::run::anatomy::FILTERS).
pub const FILTER_KEYS: [&str; 5] = ["param", "notparam", "optstate", "kernel", "rest"];

/// The acts of splitting and merging: the model, `split`, the update, `merge`.
pub const ACTS: usize = 4;

/// The most parts of a tree that a link says to be folded or unfolded.
pub const FOLDS_LIMIT: usize = 24;

/// What the tab shows. The run is the Lab's, at the Lab's playhead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModulesView {
    /// The room.
    pub room: Room,
    /// Whose trees are shown.
    pub subject: Subject,
    /// The parts of the trees, by their paths, that are folded or unfolded where they would not be by themselves.
    pub folds: Vec<String>,
    /// How far splitting and merging have come, below [`ACTS`].
    pub act: usize,
    /// Whether it is the run's model that is split, in place of the lecture's.
    pub of_run: bool,
    /// The filter, by its place in [`FILTER_KEYS`].
    pub filter: usize,
}

/// Whether a text can be the path of a part of a tree. None ends with a full stop, which would be taken for the end of the sentence that a link stands in.
#[must_use]
pub fn is_path(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    !text.is_empty() && text.len() <= 60 && !text.ends_with('.') && text.bytes().all(is_plain)
}
