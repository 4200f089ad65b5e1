//! [`LabView`]: what the Lab shows, and what the tabs that look at its run share with it.

use serde::{Deserialize, Serialize};

use crate::lecture::run::seeds::Luck;
use crate::lecture::settings::config::{Approach, Config, ModuleKind, Program, Start};

use super::plane::PlaneView;
use super::settings::Settings;
use super::what_if::WhatIf;

/// The most pinned runs that are kept.
pub const PINS_LIMIT: usize = 4;

/// The columns that are shown: at least one, in the order of [`Approach::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown([bool; 3]);

impl Shown {
    /// All of them.
    pub const ALL: Self = Self([true; 3]);

    /// One column alone.
    #[must_use]
    pub fn only(approach: Approach) -> Self {
        Self(Approach::ALL.map(|other| other == approach))
    }

    /// These columns, in any order; nothing if there is none.
    #[must_use]
    pub fn of(approaches: &[Approach]) -> Option<Self> {
        (!approaches.is_empty()).then(|| Self(Approach::ALL.map(|approach| approaches.contains(&approach))))
    }

    /// Whether a column is shown.
    #[must_use]
    pub fn contains(self, approach: Approach) -> bool {
        self.iter().any(|shown| shown == approach)
    }

    /// The columns from left to right.
    pub fn iter(self) -> impl Iterator<Item = Approach> {
        Approach::ALL.into_iter().zip(self.0).filter_map(|(approach, shown)| shown.then_some(approach))
    }

    /// With a column shown or hidden; the last one stays.
    #[must_use]
    pub fn with(self, approach: Approach, shown: bool) -> Self {
        let next: Vec<Approach> = Approach::ALL
            .into_iter()
            .filter(|&other| if other == approach { shown } else { self.contains(other) })
            .collect();
        Self::of(&next).unwrap_or(self)
    }
}

/// How the charts are drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Charts {
    /// Whether the scale of values is linear instead of logarithmic.
    pub linear: bool,
    /// Whether steps are counted in epochs.
    pub by_epoch: bool,
    /// The steps that are zoomed in on, first before last.
    pub zoom: Option<(usize, usize)>,
    /// How the plane is drawn.
    pub plane: PlaneView,
    /// In what the runs differ whose band lies behind the curves, if there is one.
    pub luck: Option<Luck>,
}

/// What the Lab shows.
#[derive(Clone, Debug, PartialEq)]
pub struct LabView {
    /// The settings that all shown programs have in common.
    pub settings: Settings,
    /// The columns that are shown.
    pub shown: Shown,
    /// The program in the column with modules.
    pub module: ModuleKind,
    /// How many steps have been taken where the playhead stands; at the end if there is none.
    pub playhead: Option<usize>,
    /// Earlier runs that stay as ghosts, at most [`PINS_LIMIT`].
    pub pins: Vec<Config>,
    /// A run with one step made otherwise, beside the one of its column.
    pub what_if: Option<WhatIf>,
    /// How the charts are drawn.
    pub charts: Charts,
    /// Whether the code panel shows the Rust that runs in place of the Python that is taught.
    pub rust: bool,
}

impl Default for LabView {
    fn default() -> Self {
        Self {
            settings: Settings::new(Config { start: Start::Same, ..Config::default() }),
            shown: Shown([true, false, true]),
            module: ModuleKind::Linear,
            playhead: None,
            pins: Vec::new(),
            what_if: None,
            charts: Charts::default(),
            rust: false,
        }
    }
}

/// Pins runs behind those that are pinned already. Returns the oldest ones, which give way where there would be more than [`PINS_LIMIT`].
pub fn add_pins(pins: &mut Vec<Config>, runs: Vec<Config>) -> Vec<Config> {
    for run in runs {
        if !pins.contains(&run) {
            pins.push(run);
        }
    }
    let surplus = pins.len().saturating_sub(PINS_LIMIT);
    pins.drain(..surplus).collect()
}

/// The program in a column.
#[must_use]
pub fn program_in(approach: Approach, module: ModuleKind) -> Program {
    match approach {
        Approach::Raw => Program::Raw,
        Approach::Vmap => Program::Vmap,
        Approach::Module => Program::Module(module),
    }
}
