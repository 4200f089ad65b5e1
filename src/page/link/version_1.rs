//! What a link of version 1 shows where it says nothing. A link says only what differs, so these values never change, whatever becomes of the page's own defaults.

use crate::lecture::settings::config::{Approach, Config, ModuleKind, Optimizer, Program, Schedule, Start};
use crate::page::tab::Tab;
use crate::page::view::{
    Charts, CodeView, LabView, LessonsView, MapView, ModulesView, PageView, Settings, Shown, StepView, View,
};

/// The settings of runs, pinned ones, too.
pub(super) fn config() -> Config {
    Config {
        program: Program::Raw,
        seed: 42,
        samples: 500,
        features: 2,
        sigma: 0.001,
        stretch: 1.0,
        learning_rate: 0.001,
        batch_size: 16,
        epochs: 201,
        optimizer: Optimizer::Sgd,
        schedule: Schedule::Constant,
        start: Start::Lecture,
        theta_0: None,
        branch: None,
        print_every: 100,
    }
}

/// What is on screen.
pub(super) fn view() -> View {
    let plain = LabView::default();
    View {
        tab: Tab::Lab,
        page: PageView { tone: None, present: false, embed: None },
        lab: LabView {
            settings: Settings::new(config()),
            shown: Shown::of(&[Approach::Raw, Approach::Vmap]).unwrap_or(plain.shown),
            module: ModuleKind::Linear,
            playhead: None,
            pins: Vec::new(),
            what_if: None,
            charts: Charts::default(),
            rust: false,
        },
        step: StepView::default(),
        modules: ModulesView::default(),
        map: MapView::default(),
        lessons: LessonsView::default(),
        code: CodeView::default(),
    }
}
