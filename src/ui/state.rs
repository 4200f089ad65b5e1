//! [`Lab`]: the signals that the panels share, and what happens when the worker answers.

use leptos::prelude::*;

use crate::lecture::config::Config;
use crate::lecture::divergence::{divergence, sentence, thousands};
use crate::protocol::{Backend, Chunk, FromWorker, Problem, Stats};
use crate::web::bridge::{Bridge, Report};

/// The run on screen, as far as it has been computed.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// What it computes.
    pub config: Config,
    /// What it minimises.
    pub problem: Problem,
    /// Its steps so far.
    pub steps: Chunk,
    /// What it cost, once it is finished.
    pub stats: Option<Stats>,
}

impl Shown {
    /// Steps computed so far.
    pub fn len(&self) -> usize {
        self.steps.losses.len()
    }
}

/// The state of the page. Copies share their signals.
#[derive(Clone, Copy)]
pub struct Lab {
    /// The last configuration that was possible; every change of it asks for a run.
    pub config: RwSignal<Config>,
    /// The run on screen. The old one stays until the first steps of a new one have come.
    pub shown: RwSignal<Shown>,
    /// The step that every panel shows: how many steps have been taken.
    pub playhead: RwSignal<usize>,
    /// Whether time runs by itself.
    pub playing: RwSignal<bool>,
    /// Steps per second while it does.
    pub speed: RwSignal<usize>,
    /// What is wrong with the worker, in words.
    pub trouble: RwSignal<Option<String>>,
    /// Whether the dark theme is on.
    pub dark: RwSignal<bool>,
    /// Counts changes of the window's size.
    pub resized: RwSignal<u32>,
}

impl Lab {
    /// The lecture's own run, asked for at once.
    pub fn start() -> Self {
        let lab = Self {
            config: RwSignal::new(Config::default()),
            shown: RwSignal::new(Shown::default()),
            playhead: RwSignal::new(Config::default().steps()),
            playing: RwSignal::new(false),
            speed: RwSignal::new(200),
            trouble: RwSignal::new(None),
            dark: RwSignal::new(prefers_dark()),
            resized: RwSignal::new(0),
        };
        // the configuration and problem of a run whose first steps have not come yet
        let asked = StoredValue::new(Config::default());
        let announced = StoredValue::new(None::<Problem>);
        let bridge = Bridge::start(move |report| lab.receive(report, asked, announced));
        Effect::new(move |_| {
            let config = lab.config.get();
            asked.set_value(config.clone());
            bridge.run(&config);
        });
        Effect::new(move |_| set_theme(lab.dark.get()));
        window_event_listener(leptos::ev::resize, move |_| lab.resized.update(|count| *count += 1));
        lab
    }

    fn receive(self, report: Report, asked: StoredValue<Config>, announced: StoredValue<Option<Problem>>) {
        match report {
            Report::Trouble(sentence) => self.trouble.set(Some(sentence)),
            Report::Answer(FromWorker::Started { problem, .. }) => {
                self.trouble.set(None);
                announced.set_value(Some(problem));
            }
            Report::Answer(FromWorker::Chunk { chunk, .. }) => self.take(chunk, asked, announced),
            Report::Answer(FromWorker::Done { stats, .. }) => {
                self.shown.update(|shown| shown.stats = Some(stats));
                let steps = self.shown.with_untracked(Shown::len);
                if self.playhead.get_untracked() > steps {
                    self.playhead.set(steps);
                }
            }
            Report::Answer(FromWorker::Failed { message, .. }) => self.trouble.set(Some(message)),
            Report::Answer(FromWorker::Ready | FromWorker::Inspected { .. } | FromWorker::Measured { .. }) => {}
        }
    }

    fn take(self, chunk: Chunk, asked: StoredValue<Config>, announced: StoredValue<Option<Problem>>) {
        let at_end = self.shown.with_untracked(|shown| self.playhead.get_untracked() >= shown.config.steps());
        let fresh = announced.try_update_value(Option::take).flatten();
        self.shown.update(|shown| match fresh {
            Some(problem) => *shown = Shown { config: asked.get_value(), problem, steps: chunk, stats: None },
            None => shown.steps.append(chunk),
        });
        if at_end {
            let end = self.shown.with_untracked(|shown| shown.config.steps());
            if self.playhead.get_untracked() != end {
                self.playhead.set(end);
            }
        }
    }

    /// Sets the playhead, within the run.
    pub fn seek(self, step: usize) {
        let end = self.shown.with_untracked(|shown| shown.config.steps());
        self.playhead.set(step.min(end));
    }

    /// The step that can be shown: the playhead, as far as the run has been computed.
    pub fn step(self) -> usize {
        self.playhead.get().min(self.shown.with(Shown::len))
    }

    /// What the run cost.
    pub fn status(self) -> String {
        if let Some(trouble) = self.trouble.get() {
            return trouble;
        }
        self.shown.with(|shown| match &shown.stats {
            Some(stats) => {
                let how = match stats.backend {
                    Backend::WebAssembly => "",
                    Backend::Interpreter => ", interpreted: this browser loads no code at run time",
                };
                format!("{} steps in {:.1} ms{how}", thousands(stats.steps), stats.milliseconds)
            }
            None if shown.len() == 0 => "Starting …".to_owned(),
            None => format!("{} of {} steps …", thousands(shown.len()), thousands(shown.config.steps())),
        })
    }

    /// A sentence on a run that diverges; empty for others.
    pub fn verdict(self) -> String {
        self.shown.with(|shown| {
            let found = divergence(&shown.steps, &shown.problem);
            found.map(|found| sentence(found, &shown.problem)).unwrap_or_default()
        })
    }
}

fn prefers_dark() -> bool {
    let query = window().match_media("(prefers-color-scheme: dark)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

fn set_theme(dark: bool) {
    if let Some(root) = document().document_element() {
        // The attribute's name is fixed and valid, so setting it cannot fail.
        let _ = root.set_attribute("data-theme", if dark { "dark" } else { "light" });
    }
}
