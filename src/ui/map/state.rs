//! [`MapState`]: what the map shows, what has been computed of it, and the pool of workers that computes the rest while the tab is open.

use leptos::prelude::*;

use crate::lecture::settings::config::Approach;
use crate::page::map::cells::Cells;
use crate::page::map::course::{self, ENTRIES};
use crate::page::map::plan::{Plan, Wanted};
use crate::page::map::zoom;
use crate::page::tab::Tab;
use crate::page::view::{FINE, MapView};
use crate::web::frames::{Repaint, now};
use crate::web::pool::{Pool, PoolReport, cores};
use crate::worker::protocol::{AskId, Body, Curves, CurvesRequest, JobRequest, Luck, TanhRequest};

use crate::ui::lab::state::LabState;
use crate::ui::parts::effects::effect;
use crate::ui::state::page::put;
use crate::ui::state::{Compute, Page};

/// The map. Copies share their signals.
#[derive(Clone, Copy)]
pub struct MapState {
    /// What it shows.
    pub view: RwSignal<MapView>,
    /// What has been computed.
    pub cells: RwSignal<Cells>,
    /// Row and column of the cell that is pointed at.
    pub pointed: RwSignal<Option<(usize, usize)>>,
    /// The course of a cell's run, with its row and column.
    pub curves: RwSignal<Option<((usize, usize), Curves)>>,
    /// Why there is no course, if there is none.
    pub no_curve: RwSignal<Option<String>>,
    /// Whether it was cancelled.
    pub stopped: RwSignal<bool>,
    /// Why it was not zoomed as one wished, until it is.
    pub end: RwSignal<Option<&'static str>>,
    pool: StoredValue<Option<Pool>, LocalStorage>,
    /// The question about a curve that is under way.
    question: StoredValue<Option<(AskId, (usize, usize))>>,
    /// What was asked of the pool.
    asked: StoredValue<Vec<Wanted>>,
    /// When the workers were asked, and how long they had taken before, in milliseconds.
    began: StoredValue<(f64, f64)>,
}

impl MapState {
    /// The map of a view, of which nothing has been computed.
    pub fn new(view: MapView) -> Self {
        Self {
            view: RwSignal::new(view),
            cells: RwSignal::new(Cells::default()),
            pointed: RwSignal::new(None),
            curves: RwSignal::new(None),
            no_curve: RwSignal::new(None),
            stopped: RwSignal::new(false),
            end: RwSignal::new(None),
            pool: StoredValue::new_local(None),
            question: StoredValue::new(None),
            asked: StoredValue::new(Vec::new()),
            began: StoredValue::new((0.0, 0.0)),
        }
    }

    /// What is shown, as it stands in the link.
    pub fn view(self) -> MapView {
        self.view.get()
    }

    /// Shows something else.
    pub fn show(self, view: MapView) {
        put(self.view, view);
    }

    /// Changes what is shown, if that is a change.
    pub fn change(self, change: impl FnOnce(&mut MapView)) {
        let mut next = self.view.get_untracked();
        change(&mut next);
        put(self.view, next);
    }

    /// Computes the map of the Lab's settings as long as the part of the page lives that calls this: while the map cannot be seen, the Lab has all cores.
    pub fn run(self) {
        let lab: LabState = expect_context();
        let compute: Compute = expect_context();
        let paint = Repaint::new(move || self.cells.notify());
        let pool = Pool::start(cores(), move |report| {
            if self.receive(report) {
                paint.ask();
            }
        });
        self.pool.set_value(Some(pool));
        on_cleanup(move || self.pool.set_value(None));
        effect(move || {
            let approach = lab.shown.get().iter().next().unwrap_or(Approach::Raw);
            let (config, view) = (lab.run(approach), self.view.get());
            self.follow(Plan::new(&config, &view));
        });
        effect(move || {
            self.pointed.track();
            self.ask_curve(compute);
        });
    }

    /// Goes over to another map, or on with this one.
    fn follow(self, plan: Plan) {
        if self.cells.with_untracked(|cells| cells.plan != plan) {
            self.stopped.set(false);
            self.end.set(None);
            // where keys zoom in, the cell stays in its place
            let is_zoomed = plan.is_network() && self.cells.with_untracked(|cells| cells.plan.is_network());
            let before = self.pointed.get_untracked().filter(|_| is_zoomed);
            let middle = plan.is_network().then(|| plan.middle());
            self.pointed.set(plan.own.or(before).or(middle));
            self.curves.set(None);
            self.question.set_value(None);
            // where no worker is left, that stays the reason
            let is_lost = self.pool.with_value(|pool| pool.as_ref().is_some_and(Pool::is_gone));
            let trouble = self.cells.with_untracked(|cells| cells.trouble.clone()).filter(|_| is_lost);
            let mut cells = Cells::new(plan);
            cells.trouble = trouble;
            self.cells.set(cells);
        }
        self.go_on();
    }

    /// Asks for what is missing.
    pub fn go_on(self) {
        self.stopped.set(false);
        let (missing, requests, took) = self.cells.with_untracked(|cells| {
            let missing = cells.missing();
            let requests: Vec<JobRequest> = missing.iter().map(|wanted| cells.plan.request(wanted)).collect();
            (missing, requests, cells.took)
        });
        self.asked.set_value(missing);
        self.began.set_value((now(), took));
        self.pool.with_value(|pool| {
            if let Some(pool) = pool {
                pool.ask(requests);
            }
        });
    }

    /// Stops, and keeps what there is.
    pub fn stop(self) {
        self.stopped.set(true);
        self.asked.set_value(Vec::new());
        self.pool.with_value(|pool| {
            if let Some(pool) = pool {
                pool.ask(Vec::new());
            }
        });
    }

    /// Takes what a worker has to say. Returns whether something is to be drawn.
    fn receive(self, report: PoolReport) -> bool {
        let (number, body) = match report {
            PoolReport::Answer(number, body) => (number, body),
            PoolReport::Trouble(sentence) => {
                self.cells.update_untracked(|cells| cells.trouble = Some(sentence));
                return true;
            }
        };
        let wanted = self.asked.with_value(|asked| asked.get(number).cloned());
        let Some(wanted) = wanted else { return false };
        let (began, before) = self.began.get_value();
        self.cells
            .try_update_untracked(|cells| {
                match body {
                    Body::Row(outcomes) => {
                        cells.trouble = None;
                        cells.take(&wanted, &outcomes);
                        cells.took = before + now() - began;
                    }
                    Body::Limits(found) => cells.take_limits(found),
                    Body::Failed(sentence) => cells.trouble = Some(sentence),
                    _ => return false,
                }
                true
            })
            .unwrap_or_default()
    }

    /// Asks for the course of the run that is pointed at, unless another question is under way.
    fn ask_curve(self, compute: Compute) {
        let Some(cell) = self.pointed.get_untracked() else { return };
        let is_known = self.curves.with_untracked(|known| known.as_ref().is_some_and(|(known, _)| *known == cell));
        if is_known || self.question.with_value(Option::is_some) {
            return;
        }
        self.ask_of(cell, None, compute);
    }

    /// Asks for the course of a run, up to this step or to its end.
    fn ask_of(self, cell: (usize, usize), end: Option<usize>, compute: Compute) {
        let request = self.cells.with_untracked(|cells| {
            if let Some(rates) = cells.plan.pair(cell) {
                let request = TanhRequest { seed: cells.plan.config.seed, rates: vec![rates] };
                return Some(JobRequest::TanhCurve(request));
            }
            let config = cells.plan.run(cell)?;
            let window = (0, end.unwrap_or(config.steps()));
            let request = CurvesRequest { config, runs: 1, luck: Luck::Shuffles, window, entries: ENTRIES };
            Some(JobRequest::Curves(request))
        });
        let Some(request) = request else { return };
        let id = compute.with(|bridge| bridge.ask(request)).flatten();
        self.question.set_value(id.map(|id| (id, cell)));
    }

    /// The course of a run will not come, if it is this that was asked for. Returns whether it is.
    pub fn curves_failed(self, id: AskId, sentence: &str) -> bool {
        let is_asked = self.question.get_value().is_some_and(|(asked, _)| asked == id);
        if is_asked {
            self.question.set_value(None);
            self.curves.set(None);
            self.no_curve.set(Some(sentence.to_owned()));
        }
        is_asked
    }

    /// The course of a run has come. Where the run leaves float32 at once, it is looked at more closely.
    pub fn curves_came(self, id: AskId, curves: Curves, compute: Compute) {
        let Some((asked, cell)) = self.question.get_value() else { return };
        if asked != id {
            return;
        }
        self.question.set_value(None);
        if let Some(end) = course::closer(&curves) {
            return self.ask_of(cell, Some(end), compute);
        }
        self.no_curve.set(None);
        self.curves.set(Some((cell, curves)));
        // the pointer may have moved on meanwhile: whoever follows it asks again
        if self.pointed.get_untracked() != Some(cell) {
            self.pointed.notify();
        }
    }

    /// Points at a cell.
    pub fn point(self, cell: Option<(usize, usize)>) {
        if cell.is_some() && self.pointed.get_untracked() != cell {
            self.pointed.set(cell);
        }
    }

    /// Opens the run of the cell that is pointed at in the Lab.
    pub fn open(self, lab: LabState, page: Page) {
        let run = self.pointed.get_untracked().and_then(|cell| self.cells.with_untracked(|cells| cells.plan.run(cell)));
        let Some(run) = run.filter(|_| !page.is_embedded()) else { return };
        lab.edit(|config| {
            config.learning_rate = run.learning_rate;
            config.batch_size = run.batch_size;
            // the map's runs have none
            config.branch = None;
        });
        page.tab.set(Tab::Lab);
    }

    /// Shows the whole map.
    pub fn zoom_out(self) {
        self.change(|view| if view.network { view.rates = None } else { view.part = None });
    }

    /// Zooms to `factor` times as much, around the cell that is pointed at.
    pub fn zoom(self, factor: f64) {
        let (cell, view) = (self.pointed.get_untracked(), self.view.get_untracked());
        self.look(self.cells.with_untracked(|cells| zoom::around(cells, &view, cell, factor)));
    }

    /// Zooms in on the cells between two.
    pub fn zoom_to(self, from: (usize, usize), to: (usize, usize)) {
        let view = self.view.get_untracked();
        let next = self.cells.with_untracked(|cells| zoom::between(cells, &view, from, to));
        if view.network && next.is_ok() {
            self.pointed.set(Some((FINE / 2, FINE / 2)));
        }
        self.look(next);
    }

    /// Shows what zooming leads to, or says why it leads no further.
    fn look(self, next: Result<MapView, &'static str>) {
        self.end.set(next.err());
        if let Ok(view) = next {
            put(self.view, view);
        }
    }
}
