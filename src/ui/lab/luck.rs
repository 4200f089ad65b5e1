//! Effect or luck: 64 runs of the same settings behind the curves, computed by a worker of their own, so that the Lab's own curves come as soon as ever.

use std::time::Duration;

use leptos::prelude::*;

use crate::lecture::run::seeds::Luck;
use crate::lecture::settings::config::Approach;
use crate::page::luck::{Bands, Next, Wanted};
use crate::web::bridge::{Bridge, Report};
use crate::web::frames::now;
use crate::worker::protocol::{Answer, AskId, Body, JobRequest};

use crate::ui::lab::state::LabState;
use crate::ui::parts::effects::{effect, flag};
use crate::ui::state::{Page, Runs};

/// The worker that computes bands, and what was asked of it last.
#[derive(Clone, Copy)]
struct Way {
    bridge: StoredValue<Option<Bridge>, LocalStorage>,
    asked: StoredValue<Option<AskId>>,
    /// Whether a timer is set.
    waits: StoredValue<bool>,
    runs: Runs,
}

/// Computes bands whenever they are wanted: while the Lab can be seen.
pub fn follow(lab: LabState, page: Page, runs: Runs) {
    let (bridge, asked, waits) = (StoredValue::new_local(None), StoredValue::new(None), StoredValue::new(false));
    let way = Way { bridge, asked, waits, runs };
    effect(move || {
        let charts = lab.charts.with(|charts| (charts.luck, charts.zoom));
        let (Some(luck), zoom) = charts else { return way.close() };
        if !page.tab.get().has_charts() {
            return way.close();
        }
        let first = lab.shown.get().iter().next().unwrap_or(Approach::Raw);
        let wanted = Wanted::new(&lab.run(first), &lab.pins.get(), luck, zoom);
        way.open();
        runs.bands.update(|bands| bands.want(wanted));
        way.go_on();
    });
}

impl Way {
    fn open(self) {
        if self.bridge.with_value(Option::is_none) {
            self.bridge.set_value(Some(Bridge::start(move |report| self.receive(report))));
        }
    }

    fn close(self) {
        let bridge = self.bridge.try_update_value(Option::take).flatten();
        if let Some(bridge) = bridge {
            bridge.close();
            self.asked.set_value(None);
            self.runs.bands.set(Bands::default());
        }
    }

    /// Asks for what is missing, as soon as that makes sense.
    fn go_on(self) {
        let next = self.runs.bands.try_update_untracked(|bands| bands.next(now())).flatten();
        let Some(bridge) = self.bridge.get_value() else { return };
        let request = match next {
            Some(Next::Ask(request)) => request,
            Some(Next::Replace(request)) => {
                if let Some(id) = self.asked.get_value() {
                    bridge.forget(id);
                }
                request
            }
            None => return self.go_on_later(),
        };
        let id = bridge.ask(JobRequest::Curves(request));
        self.asked.set_value(id);
        if id.is_none() {
            self.runs.bands.update(|bands| bands.fail("The worker for the 64 runs has stopped."));
        }
    }

    /// What was asked for may have become useless meanwhile, and take long.
    fn go_on_later(self) {
        let wait = self.runs.bands.with_untracked(|bands| bands.wait(now()));
        let Some(wait) = wait.filter(|_| !self.waits.get_value()) else { return };
        self.waits.set_value(true);
        let later = move || {
            self.waits.set_value(false);
            self.go_on();
        };
        set_timeout(later, Duration::from_millis(wait as u64));
    }

    fn receive(self, report: Report) {
        let Answer { id, body } = match report {
            Report::Trouble(sentence) => return self.runs.bands.update(|bands| bands.fail(&sentence)),
            Report::Answer(answer) => answer,
        };
        if self.asked.get_value() != Some(id) {
            return;
        }
        match body {
            Body::Curves(curves) => self.runs.bands.update(|bands| bands.take(curves)),
            Body::Failed(sentence) => self.runs.bands.update(|bands| bands.fail(&sentence)),
            _ => return,
        }
        self.go_on();
    }
}

/// Whether 64 runs stand behind the curves, and in what they differ.
#[component]
pub fn LuckSwitch() -> impl IntoView {
    let lab: LabState = expect_context();
    let luck = Memo::new(move |_| lab.charts.with(|charts| charts.luck));
    let put = move |next: Option<Luck>| lab.charts.update(|charts| charts.luck = next);
    view! {
        <span class="luck-switch">
        <label class="check" title="The middle 90 % and the median of 64 runs of the first program with the same settings and other shuffles, behind the curves">
            <input
                type="checkbox"
                prop:checked=flag(move || luck.get().is_some())
                on:change=move |event| put(event_target_checked(&event).then_some(Luck::Shuffles))
            />
            "64 runs"
        </label>
        <label class="check" hidden=flag(move || luck.get().is_none()) title="Each of the 64 runs has a seed of its own: other data, another start, other shuffles">
            <input
                type="checkbox"
                prop:checked=flag(move || luck.get() == Some(Luck::Data))
                on:change=move |event| put(Some(if event_target_checked(&event) { Luck::Data } else { Luck::Shuffles }))
            />
            "other data, too"
        </label>
        </span>
    }
}

/// What the band is, and whether pinned settings differ from those shown by more than luck. While a slider moves, what was said last stands.
#[component]
pub fn LuckNote() -> impl IntoView {
    let lab: LabState = expect_context();
    let runs: Runs = expect_context();
    let page: Page = expect_context();
    let said = RwSignal::new(Vec::<String>::new());
    effect(move || {
        let is_wanted = lab.charts.with(|charts| charts.luck.is_some()) && page.tab.get().has_charts();
        let (is_settled, sentences) = runs.bands.with(|bands| (bands.is_settled(), bands.sentences()));
        if !is_wanted {
            said.set(Vec::new());
        } else if is_settled || said.with_untracked(Vec::is_empty) {
            said.set(sentences);
        }
    });
    let line = |sentence: String| view! { <p>{sentence}</p> };
    view! {
        <div class="luck" role="status" aria-label="Effect or luck">
            {move || said.get().into_iter().map(line).collect_view()}
        </div>
    }
}
