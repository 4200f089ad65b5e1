//! [`LabState`]: the Lab's settings and how it shows them; tabs that look at its run read them, too.

use leptos::prelude::*;

use crate::lecture::python::Live;
use crate::lecture::settings::config::{Approach, Config, ModuleKind, Program};
use crate::page::asked::inspected;
use crate::page::kept::Kept;
use crate::page::names::given_way;
use crate::page::runs::{Board, Target};
use crate::page::status::limits_question;
use crate::page::view::{
    Charts, LabView, Settings, Shown, WhatIf, add_pins, current, full_batch, program_in, with_current,
};
use crate::worker::protocol::{JobRequest, RunRequest};

use crate::ui::parts::effects::effect;
use crate::ui::state::page::put;
use crate::ui::state::{Compute, Page, Runs, Time};

/// The Lab's settings and how it shows them. Copies share their signals.
#[derive(Clone, Copy)]
pub struct LabState {
    /// The last settings that were possible; every change of them asks for runs. Changed by [`LabState::edit`] and [`LabState::change`] only.
    pub settings: RwSignal<Settings>,
    /// The columns that are shown.
    pub shown: RwSignal<Shown>,
    /// The program in the column with modules.
    pub module: RwSignal<ModuleKind>,
    /// The settings of pinned runs.
    pub pins: RwSignal<Vec<Config>>,
    /// A run with one step made otherwise, if it is wanted.
    pub what_if: RwSignal<Option<WhatIf>>,
    /// How charts are drawn.
    pub charts: RwSignal<Charts>,
    /// Whether the code is Rust.
    pub rust: RwSignal<bool>,
    /// The value that the pointer is at in a program: it is marked in all of them.
    pub pointed: RwSignal<Option<Live>>,
    /// What does not fit the settings of this moment.
    kept: StoredValue<Kept>,
}

impl LabState {
    /// The Lab of a view.
    pub fn new(view: &LabView) -> Self {
        Self {
            settings: RwSignal::new(view.settings.clone()),
            shown: RwSignal::new(view.shown),
            module: RwSignal::new(view.module),
            pins: RwSignal::new(view.pins.clone()),
            what_if: RwSignal::new(view.what_if),
            charts: RwSignal::new(view.charts.clone()),
            rust: RwSignal::new(view.rust),
            pointed: RwSignal::new(None),
            kept: StoredValue::new(Kept::default()),
        }
    }

    /// What is shown, as it stands in the link.
    pub fn view(self, time: Time) -> LabView {
        LabView {
            settings: self.settings.get(),
            shown: self.shown.get(),
            module: self.module.get(),
            playhead: time.playhead.get(),
            pins: self.pins.get(),
            what_if: self.what_if.get(),
            charts: self.charts.get(),
            rust: self.rust.get(),
        }
    }

    /// Shows something else.
    pub fn show(self, view: LabView, time: Time) {
        time.playing.set(false);
        self.kept.set_value(Kept::default());
        put(self.settings, view.settings);
        put(self.shown, view.shown);
        put(self.module, view.module);
        put(time.playhead, view.playhead);
        put(self.pins, view.pins);
        put(self.what_if, view.what_if);
        put(self.charts, view.charts);
        put(self.rust, view.rust);
    }

    /// The program in a column.
    pub fn program(self, approach: Approach) -> Program {
        program_in(approach, self.module.get())
    }

    /// The run of a column.
    pub fn run(self, approach: Approach) -> Config {
        self.settings.with(|settings| settings.run(self.program(approach)))
    }

    /// The settings that the controls show: those from the branch on, if there is one.
    pub fn current(self) -> Config {
        self.settings.with(|settings| current(settings))
    }

    /// Changes the settings that the controls show.
    pub fn change(self, changed: &Config) {
        let next = self.settings.with_untracked(|settings| with_current(settings, changed));
        self.set(next);
    }

    /// Changes the settings from the first step on.
    pub fn edit(self, edit: impl FnOnce(&mut Config)) {
        let mut next = self.settings.with_untracked(|settings| Config::clone(settings));
        edit(&mut next);
        self.set(next);
    }

    /// Takes settings that are possible; what does not fit them, or would be no part of the new runs, is kept aside.
    fn set(self, next: Config) {
        let mut kept = self.kept.get_value();
        let now = self.charts.with_untracked(|charts| charts.zoom);
        let (next, zoom) = kept.fit(next, now);
        let next = Settings::new(next);
        if next.validate().is_err() || self.settings.with_untracked(|settings| *settings == next) {
            return;
        }
        self.kept.set_value(kept);
        if zoom != now {
            self.charts.update(|charts| charts.zoom = zoom);
        }
        let projected = self.settings.with_untracked(|settings| settings.features) == next.features;
        if !projected && self.charts.with_untracked(|charts| charts.plane.area.is_some()) {
            self.charts.update(|charts| charts.plane.area = None);
        }
        self.settings.set(next);
    }

    /// Asks the worker for what the settings call for, now and whenever they change.
    pub fn follow(self, runs: Runs, time: Time, compute: Compute) {
        let behind = Memo::new(move |_| self.charts.with(|charts| charts.plane.full_batch));
        let asked = Memo::new(move |_| self.settings.with(|settings| limits_question(&self.first(settings))));
        effect(move || {
            // a memo that is only tracked is never computed, and what is never computed follows nothing
            asked.with(|_| ());
            runs.limits.set(Vec::new());
        });
        effect(move || self.request(behind.get(), runs, time, compute));
    }

    fn request(self, behind: bool, runs: Runs, time: Time, compute: Compute) {
        let (settings, module, pins) = (self.settings.get(), self.module.get(), self.pins.get());
        let shown: Vec<(Approach, Config)> =
            self.shown.get().iter().map(|approach| (approach, settings.run(program_in(approach, module)))).collect();
        let whole = shown.first().filter(|_| behind).and_then(|(_, config)| full_batch(config));
        let edited = self.what_if.get().and_then(|WhatIf { approach, edit }| {
            let (_, config) = shown.iter().find(|(shown, config)| *shown == approach && edit.fits(config))?;
            Some((config.clone(), edit))
        });
        let wanted = runs.board.with_untracked(|board| board.wanted(&shown, edited, whole, &pins));
        let end = shown.iter().map(|(_, config)| config.steps()).max().unwrap_or(0);
        let step = time.playhead.get_untracked().map_or(end, |step| step.min(end));
        let idle: Vec<Approach> =
            shown.iter().filter(|(_, config)| config.steps() == 0).map(|(approach, _)| *approach).collect();
        let requests = wanted.iter().map(|(target, config)| RunRequest {
            config: config.clone(),
            inspect: matches!(target, Target::Shown(_)).then(|| inspected(step, config)),
            edit: match target {
                Target::Edited(edit) => Some(*edit),
                _ => None,
            },
        });
        let requests = requests.collect();
        let question = limits_question(&self.settings.with_untracked(|settings| self.first(settings)));
        let Some(id) = compute.with(|bridge| bridge.run(requests)) else { return };
        // a request for runs forgets what was asked before, so what is not known yet is asked again
        if runs.limits.with_untracked(Vec::is_empty) {
            compute.with(|bridge| bridge.ask(JobRequest::Limits(question)));
        }
        // the old runs stay as they are until the first steps of new ones have come
        if runs.board.try_update_untracked(|board| board.ask(id, wanted, &pins)) == Some(true) {
            runs.board.notify();
        }
        runs.steps.update_untracked(|steps| steps.forget(&idle));
        runs.asked.set(id);
    }

    /// The run of the first column.
    fn first(self, settings: &Settings) -> Config {
        let first = self.shown.get().iter().next().unwrap_or(Approach::Raw);
        settings.run(program_in(first, self.module.get()))
    }

    /// Measures what the ways of calling a step cost.
    pub fn measure(self, compute: Compute) {
        let config = self.settings.with_untracked(|settings| settings.run(Program::Raw));
        // without a worker there is nothing to measure, and the page says so
        let _ = compute.with(|bridge| bridge.measure(&config));
    }

    /// Keeps the shown runs as ghosts. The oldest pins give way where there would be too many, and the page says which.
    pub fn pin(self, runs: Runs, page: Page) {
        let configs: Vec<Config> = runs
            .board
            .with_untracked(|board: &Board| board.runs.iter().map(|run| run.recording.config.clone()).collect());
        runs.board.update(|board| configs.iter().for_each(|config| board.keep(config)));
        let gone = self.pins.try_update(|pins| add_pins(pins, configs)).unwrap_or_default();
        if let Some(sentence) = given_way(&gone) {
            page.say(sentence);
        }
    }
}
