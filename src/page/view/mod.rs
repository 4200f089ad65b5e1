//! [`View`]: everything that decides what is on screen, a part for the frame and one for each tab. Its link is made and read by [`crate::page::link`].

mod code;
mod frame;
mod lab;
mod lessons;
mod map;
mod modules;
mod plane;
mod settings;
mod step;
mod what_if;

pub use code::CodeView;
pub use frame::{PageView, Panel, Tone};
pub use lab::{Charts, LabView, PINS_LIMIT, Shown, add_pins, program_in};
pub use lessons::{Desk, LessonsView, SCENES_LIMIT, SEALED_LIMIT, is_lesson, is_sealed};
pub use map::{FINE, MapView, Part, Quantity, Rates, TARGETS, WHOLE_RATES, rounded};
pub use modules::{ACTS, FILTER_KEYS, FOLDS_LIMIT, ModulesView, Room, SUBJECTS, is_path};
pub use plane::{Area, Axes, PlaneView};
pub use settings::{FULL_BATCH_LIMIT, Settings, current, for_search, full_batch, nearest_valid, with_current};
pub use step::StepView;
pub use what_if::WhatIf;

use super::tab::Tab;

/// What is on screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// The tab that is open.
    pub tab: Tab,
    /// What is shown around it.
    pub page: PageView,
    /// The Lab, whose run, settings and playhead other tabs share.
    pub lab: LabView,
    /// One step of it.
    pub step: StepView,
    /// The modules of its run.
    pub modules: ModulesView,
    /// The map of the Lab's settings.
    pub map: MapView,
    /// The lessons.
    pub lessons: LessonsView,
    /// The program that is edited.
    pub code: CodeView,
}

impl View {
    /// Whether it stands at the playhead, so that time is shown and can be moved.
    #[must_use]
    pub fn has_time(&self) -> bool {
        match self.page.embed {
            Some(panel) => panel.has_time(),
            None => has_time(self.tab, self.modules.room, &self.lessons),
        }
    }
}

/// Whether what a tab shows, with this room of the modules and this page of the lessons, stands at the playhead.
#[must_use]
pub fn has_time(tab: Tab, room: Room, lessons: &LessonsView) -> bool {
    match tab {
        Tab::Modules => room.has_time(),
        Tab::Lessons => lessons.has_time(),
        other => other.has_time(),
    }
}
