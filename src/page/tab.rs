//! [`Tab`]: the rooms of the page. [`Tab::ALL`] is the only list of them: header, links, keys, titles and tests read it.

/// A room of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// The lecture's run, live.
    #[default]
    Lab,
    /// One step of it, under the microscope.
    Step,
    /// Its modules, taken apart.
    Modules,
    /// Learning rates and batch sizes, each cell a whole run.
    Map,
    /// Guided steps, with the Lab beside them.
    Lessons,
    /// Python that can be edited, and runs.
    Code,
}

impl Tab {
    /// Those that are built, in the order of the header.
    pub const ALL: &'static [Self] = &[Self::Lab, Self::Step, Self::Modules, Self::Map, Self::Lessons, Self::Code];

    /// The word with which its links begin.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Lab => "lab",
            Self::Step => "step",
            Self::Modules => "modules",
            Self::Map => "map",
            Self::Lessons => "lessons",
            Self::Code => "code",
        }
    }

    /// What stands on it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Lab => "Lab",
            Self::Step => "One step",
            Self::Modules => "Modules",
            Self::Map => "Map",
            Self::Lessons => "Lessons",
            Self::Code => "Code",
        }
    }

    /// The title of the browser's window while it is open.
    #[must_use]
    pub fn title(self) -> String {
        if self == Self::default() { "thetahat".to_owned() } else { format!("{} – thetahat", self.name()) }
    }

    /// Whether it shows the Lab's run at the playhead, so that the timeline belongs to it.
    #[must_use]
    pub fn has_time(self) -> bool {
        match self {
            Self::Lab | Self::Step | Self::Modules | Self::Lessons => true,
            Self::Map | Self::Code => false,
        }
    }

    /// Whether the Lab's charts are in it.
    #[must_use]
    pub fn has_charts(self) -> bool {
        matches!(self, Self::Lab | Self::Lessons)
    }

    /// The tab that a key leads to from this one in the line of tabs.
    #[must_use]
    pub fn walk(self, key: &str) -> Option<Self> {
        let (count, here) = (Self::ALL.len(), Self::ALL.iter().position(|tab| *tab == self)?);
        let place = match key {
            "ArrowRight" => (here + 1) % count,
            "ArrowLeft" => (here + count - 1) % count,
            "Home" => 0,
            "End" => count - 1,
            _ => return None,
        };
        Self::ALL.get(place).copied()
    }

    /// The tab whose links begin with this word.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|tab| tab.key() == key)
    }
}
