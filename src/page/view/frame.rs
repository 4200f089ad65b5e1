//! What is shown around the tabs: [`PageView`], with its theme and, in a frame of somebody else's page, its one [`Panel`].

use crate::page::tab::Tab;

/// A theme that was chosen, whatever the system prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Ink on paper.
    Light,
    /// Light on dark.
    Dark,
}

/// A panel that can stand alone in a slide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// The parameter plane.
    Plane,
    /// The loss.
    Loss,
    /// The distances.
    Distance,
    /// The data and the batch.
    Data,
    /// The programs side by side.
    Programs,
    /// What the program prints.
    Output,
    /// A room of the tab of modules.
    Modules,
    /// The map of learning rates and batch sizes.
    Map,
    /// One step: its stages, the graph, and its numbers.
    Step,
}

impl Panel {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Plane,
        Self::Loss,
        Self::Distance,
        Self::Data,
        Self::Programs,
        Self::Output,
        Self::Step,
        Self::Modules,
        Self::Map,
    ];

    /// Whether it stands at the playhead, and has a timeline below it.
    #[must_use]
    pub fn has_time(self) -> bool {
        self != Self::Map
    }

    /// The tab that it belongs to.
    #[must_use]
    pub fn tab(self) -> Tab {
        match self {
            Self::Map => Tab::Map,
            Self::Modules => Tab::Modules,
            Self::Step => Tab::Step,
            _ => Tab::Lab,
        }
    }

    /// The name in links.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Plane => "plane",
            Self::Loss => "loss",
            Self::Distance => "distance",
            Self::Data => "data",
            Self::Programs => "programs",
            Self::Output => "output",
            Self::Modules => "modules",
            Self::Map => "map",
            Self::Step => "step",
        }
    }
}

/// What is shown around the tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageView {
    /// The theme, if one was chosen.
    pub tone: Option<Tone>,
    /// Whether everything is large enough for a lecture hall.
    pub present: bool,
    /// The only panel that is shown, in a frame of somebody else's page.
    pub embed: Option<Panel>,
}
