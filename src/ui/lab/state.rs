//! [`Lab`]: the signals that the panels share, and what happens when the worker answers.

use std::time::Duration;

use leptos::prelude::*;

use crate::base::words::thousands;
use crate::lecture::python::{Live, Stage};
use crate::lecture::run::recording::thinning_sentence;
use crate::lecture::settings::config::{Config, Program};
use crate::lecture::verdict::divergence::{divergence, sentence};
use crate::page::link;
use crate::page::playback::Speed;
use crate::page::view::{Charts, PINS_LIMIT, Panel, Tone, View, Way, config_of, current, full_batch, with_current};
use crate::web::bridge::{Bridge, Report};
use crate::web::frames::Repaint;
use crate::worker::protocol::{Backend, Costs, FromWorker, Stats};

use crate::page::runs::Board;
use crate::ui::history;
use crate::ui::lab::inspector::{Inspector, inspected};
use crate::ui::parts::effects::effect;

/// When the costs are measured first: not while the page opens, since the worker does nothing else meanwhile.
const FIRST_MEASUREMENT: Duration = Duration::from_secs(3);

/// The state of the page. Copies share their signals.
#[derive(Clone, Copy)]
pub struct Lab {
    /// The last settings that were possible; every change of them asks for runs.
    pub config: RwSignal<Config>,
    /// The ways that are shown.
    pub ways: RwSignal<Vec<Way>>,
    /// The program that stands for the way with modules.
    pub module: RwSignal<Program>,
    /// The settings of pinned runs.
    pub pins: RwSignal<Vec<Config>>,
    /// How charts are drawn.
    pub charts: RwSignal<Charts>,
    /// The theme that was chosen, if one was.
    pub tone: RwSignal<Option<Tone>>,
    /// Whether everything is large.
    pub present: RwSignal<bool>,
    /// Whether the code is Rust.
    pub rust: RwSignal<bool>,
    /// The only panel that is shown, if the page is a frame in another one.
    pub embed: RwSignal<Option<Panel>>,
    /// The runs on screen.
    pub board: RwSignal<Board>,
    /// How many steps have been taken where every panel stands; the end if there is none.
    pub playhead: RwSignal<Option<usize>>,
    /// The step that the pointer is at in a chart, if it is.
    pub hover: RwSignal<Option<usize>>,
    /// Whether time runs by itself.
    pub playing: RwSignal<bool>,
    /// How fast it does.
    pub speed: RwSignal<Speed>,
    /// Whether single letters are shortcuts.
    pub letters: RwSignal<bool>,
    /// Whether the list of keys is open.
    pub key_list: RwSignal<bool>,
    /// The part of a step that is lit in the programs.
    pub stage: RwSignal<Stage>,
    /// The value that the pointer is at in a program: it is marked in all of them.
    pub pointed: RwSignal<Option<Live>>,
    /// What is wrong with the worker, in words.
    pub trouble: RwSignal<Option<String>>,
    /// What the page has to say once: of a link that was changed, or of a text that was copied.
    pub notes: RwSignal<Vec<String>>,
    /// What the ways of calling a step cost.
    pub costs: RwSignal<Option<Costs>>,
    /// The step at the playhead, taken apart.
    pub inspector: Inspector,
    /// Counts changes of the window's size.
    pub resized: RwSignal<u32>,
    /// Whether the dark theme is on.
    pub dark: Memo<bool>,
    bridge: StoredValue<Option<Bridge>, LocalStorage>,
    /// Tells all panels of results that are not the last ones, once per frame.
    progress: StoredValue<Repaint, LocalStorage>,
}

impl Lab {
    /// The runs of the page's link, asked for at once.
    pub fn start() -> Self {
        let (view, notes) = link::read(&history::fragment());
        let tone = RwSignal::new(view.tone);
        let system = system_is_dark();
        let (board, inspector) = (RwSignal::new(Board::default()), Inspector::new());
        let lab = Self {
            config: RwSignal::new(view.config),
            ways: RwSignal::new(view.ways),
            module: RwSignal::new(view.module),
            pins: RwSignal::new(view.pins),
            charts: RwSignal::new(view.charts),
            tone,
            present: RwSignal::new(view.present),
            rust: RwSignal::new(view.rust),
            embed: RwSignal::new(view.embed),
            board,
            playhead: RwSignal::new(view.playhead),
            hover: RwSignal::new(None),
            playing: RwSignal::new(false),
            speed: RwSignal::new(Speed::USUAL),
            letters: RwSignal::new(true),
            key_list: RwSignal::new(false),
            stage: RwSignal::new(Stage::Apply),
            pointed: RwSignal::new(None),
            trouble: RwSignal::new(None),
            notes: RwSignal::new(notes),
            costs: RwSignal::new(None),
            inspector,
            resized: RwSignal::new(0),
            dark: Memo::new(move |_| tone.get().map_or_else(|| system.get(), |tone| tone == Tone::Dark)),
            bridge: StoredValue::new_local(None),
            progress: StoredValue::new_local(Repaint::new(move || {
                board.notify();
                inspector.show();
            })),
        };
        lab.bridge.set_value(Some(Bridge::start(move |report| lab.receive(report))));
        let behind = Memo::new(move |_| lab.charts.with(|charts| charts.plane.full_batch));
        effect(move || lab.request(behind.get()));
        effect(move || set_theme(lab.dark.get(), lab.present.get(), lab.embed.get()));
        window_event_listener(leptos::ev::resize, move |_| lab.resized.update(|count| *count += 1));
        history::connect(lab);
        set_timeout(move || lab.measure(), FIRST_MEASUREMENT);
        lab.inspector.follow(lab);
        lab
    }

    /// What is shown, as it stands in the link.
    pub fn view(self) -> View {
        View {
            config: self.config.get(),
            ways: self.ways.get(),
            module: self.module.get(),
            playhead: self.playhead.get(),
            pins: self.pins.get(),
            charts: self.charts.get(),
            tone: self.tone.get(),
            present: self.present.get(),
            rust: self.rust.get(),
            embed: self.embed.get(),
        }
    }

    /// Shows something else.
    pub fn show(self, view: View) {
        fn put<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
            if signal.with_untracked(|now| *now != value) {
                signal.set(value);
            }
        }
        self.playing.set(false);
        put(self.config, view.config);
        put(self.ways, view.ways);
        put(self.module, view.module);
        put(self.playhead, view.playhead);
        put(self.pins, view.pins);
        put(self.charts, view.charts);
        put(self.tone, view.tone);
        put(self.present, view.present);
        put(self.rust, view.rust);
        put(self.embed, view.embed);
    }

    /// The settings that the controls show: those from the branch on, if there is one.
    pub fn current(self) -> Config {
        self.config.with(current)
    }

    /// Changes the settings that the controls show.
    pub fn change(self, changed: &Config) {
        let next = self.config.with_untracked(|config| with_current(config, changed));
        if next.validate().is_ok() && self.config.with_untracked(|config| *config != next) {
            let steps = next.planned_steps();
            if self.charts.with_untracked(|charts| charts.zoom.is_some_and(|(_, to)| to > steps)) {
                self.charts.update(|charts| charts.zoom = None);
            }
            let projected = self.config.with_untracked(|config| config.features) == next.features;
            if !projected && self.charts.with_untracked(|charts| charts.plane.area.is_some()) {
                self.charts.update(|charts| charts.plane.area = None);
            }
            self.config.set(next);
        }
    }

    /// Asks for what the settings call for.
    fn request(self, behind: bool) {
        let (config, module, pins) = (self.config.get(), self.module.get(), self.pins.get());
        let shown: Vec<(Way, Config)> =
            self.ways.get().into_iter().map(|way| (way, config_of(&config, way, module))).collect();
        let whole = shown.first().filter(|_| behind).and_then(|(_, config)| full_batch(config));
        let wanted = self.board.with_untracked(|board| board.wanted(&shown, whole, &pins));
        let configs = wanted.iter().map(|(_, config)| config.clone()).collect();
        let end = shown.iter().map(|(_, config)| config.steps()).max().unwrap_or(0);
        let step = self.playhead.get_untracked().map_or(end, |step| step.min(end));
        let inspect = shown.iter().map(|(_, config)| inspected(step, config)).collect();
        let id = self.bridge.with_value(|bridge| bridge.as_ref().map(|bridge| bridge.run(configs, inspect)));
        if let Some(id) = id {
            // the old runs stay as they are until the first steps of new ones have come
            if self.board.try_update_untracked(|board| board.ask(id, wanted, &pins)) == Some(true) {
                self.board.notify();
            }
            self.inspector.forget();
        }
    }

    /// Calls the bridge to the worker.
    pub fn with_bridge(self, call: impl FnOnce(&Bridge)) {
        self.bridge.with_value(|bridge| {
            if let Some(bridge) = bridge {
                call(bridge);
            }
        });
    }

    /// Measures what the ways of calling a step cost.
    pub fn measure(self) {
        let config = self.config.get_untracked();
        self.with_bridge(|bridge| bridge.measure(&config));
    }

    fn receive(self, report: Report) {
        match report {
            Report::Trouble(sentence) => self.trouble.set(Some(sentence)),
            Report::Answer(FromWorker::Started { run, problem, .. }) => {
                if self.trouble.with_untracked(Option::is_some) {
                    self.trouble.set(None);
                }
                self.board.update_untracked(|board| board.start(run, problem));
            }
            Report::Answer(FromWorker::Chunk { run, chunk, .. }) => {
                self.board.update_untracked(|board| board.take(run, chunk));
                self.progress.with_value(Repaint::ask);
            }
            Report::Answer(FromWorker::Done { run, stats, .. }) => {
                self.board.update_untracked(|board| board.finish(run, stats));
                let complete = self.board.with_untracked(Board::is_complete);
                self.progress.with_value(|progress| if complete { progress.now() } else { progress.ask() });
                if complete {
                    show_live_charts();
                }
            }
            Report::Answer(FromWorker::Inspected { run, inspection, .. }) => self.inspector.take(self, run, inspection),
            Report::Answer(FromWorker::Measured { costs, .. }) => self.costs.set(Some(costs)),
            Report::Answer(FromWorker::Failed { message, .. }) => self.trouble.set(Some(message)),
            Report::Answer(FromWorker::Ready) => {}
        }
    }

    /// The steps of the run.
    pub fn end(self) -> usize {
        self.board.with(Board::end)
    }

    /// Moves the playhead, within the run.
    pub fn seek(self, step: usize) {
        let end = untrack(|| self.end());
        let next = (step < end).then_some(step);
        if self.playhead.get_untracked() != next {
            self.playhead.set(next);
        }
    }

    /// How many steps have been taken where the playhead stands.
    pub fn step(self) -> usize {
        let end = self.end();
        self.playhead.get().map_or(end, |step| step.min(end))
    }

    /// Starts or stops time; at the end it starts over.
    pub fn toggle(self) {
        if !self.playing.get_untracked() && self.playhead.get_untracked().is_none() {
            self.seek(0);
        }
        self.playing.update(|playing| *playing = !*playing);
    }

    /// Back to the start.
    pub fn restart(self) {
        self.playing.set(false);
        self.seek(0);
    }

    /// So many steps on, or back.
    pub fn step_by(self, by: isize) {
        self.playing.set(false);
        self.seek(untrack(|| self.step()).saturating_add_signed(by));
    }

    /// So many epochs on, or back.
    pub fn step_epochs(self, by: isize) {
        let per_epoch = self.config.with_untracked(Config::steps_per_epoch);
        self.step_by(per_epoch.cast_signed().saturating_mul(by));
    }

    /// Keeps the shown runs as ghosts. The oldest pins give way where there would be too many.
    pub fn pin(self) {
        let configs: Vec<Config> =
            self.board.with_untracked(|board| board.runs.iter().map(|run| run.recording.config.clone()).collect());
        self.board.update(|board| configs.iter().for_each(|config| board.keep(config)));
        self.pins.update(|pins| {
            for config in configs {
                if !pins.contains(&config) {
                    pins.push(config);
                }
            }
            let surplus = pins.len().saturating_sub(PINS_LIMIT);
            pins.drain(..surplus);
        });
    }

    /// What the runs cost.
    pub fn status(self) -> String {
        if let Some(trouble) = self.trouble.get() {
            return trouble;
        }
        self.board.with(|board| {
            let Some(first) = board.first() else { return "Starting …".to_owned() };
            if !board.is_complete() {
                return format!("{} of {} steps …", thousands(first.len()), thousands(first.config.steps()));
            }
            let part = |way: Way| {
                let stats = board.of(way).and_then(|recording| recording.stats.as_ref());
                stats.map(Stats::time).unwrap_or_default()
            };
            let Some(stats) = &first.stats else { return String::new() };
            let mut said = format!("{} steps in {} ms", thousands(stats.steps), stats.time());
            if stats.backend == Backend::Interpreter {
                said.push_str(", interpreted: this browser loads no code at run time");
            }
            let others: Vec<String> =
                board.runs.iter().skip(1).map(|run| format!("{} {}", run.way.name(), part(run.way))).collect();
            if !others.is_empty() {
                let all = board.runs.iter().filter_map(|run| run.recording.stats.as_ref());
                let together: f64 = all.map(|stats| stats.milliseconds).sum();
                said = format!("{said} ({}; all {together:.1})", others.join(", "));
            }
            said
        })
    }

    /// What is to be said below the figures: of a run that diverges, else of recordings that are thinned; else nothing.
    pub fn remark(self) -> String {
        let divergence = self.divergence();
        if !divergence.is_empty() {
            return divergence;
        }
        self.board.with(|board| {
            let sentence = board.runs.iter().find_map(|run| thinning_sentence(&run.recording.config));
            sentence.unwrap_or_default()
        })
    }

    /// A sentence on the first run that diverges; empty if none does.
    fn divergence(self) -> String {
        self.board.with(|board| {
            let found = board.runs.iter().find_map(|run| {
                let (problem, steps) = (&run.recording.problem, &run.recording.steps);
                divergence(steps, problem).map(|found| sentence(found, problem))
            });
            found.unwrap_or_default()
        })
    }
}

/// The live charts take the place of the pictures that `index.html` shows at first.
fn show_live_charts() {
    if let Some(root) = document().document_element() {
        // Where there is no such attribute, there is nothing to be removed.
        let _ = root.remove_attribute("data-first");
    }
}

/// Whether the system prefers the dark theme, also when it changes its mind.
fn system_is_dark() -> RwSignal<bool> {
    let query = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
    let dark = RwSignal::new(query.as_ref().is_some_and(web_sys::MediaQueryList::matches));
    if let Some(query) = query {
        use wasm_bindgen::JsCast;
        let asked = query.clone();
        let changed = wasm_bindgen::closure::Closure::<dyn FnMut()>::new(move || dark.set(asked.matches()));
        query.set_onchange(Some(changed.as_ref().unchecked_ref()));
        changed.forget();
    }
    dark
}

fn set_theme(dark: bool, present: bool, embed: Option<Panel>) {
    if let Some(root) = document().document_element() {
        // The attributes' names are fixed and valid, so setting them cannot fail.
        let _ = root.set_attribute("data-theme", if dark { "dark" } else { "light" });
        let _ = root.set_attribute("data-size", if present { "hall" } else { "desk" });
        let _ = match embed {
            Some(panel) => root.set_attribute("data-embed", panel.name()),
            None => root.remove_attribute("data-embed"),
        };
    }
}
