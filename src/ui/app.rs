//! The page as a whole: its states, what happens when the worker answers, and the open tab, or the one panel of a frame, in its place.

use std::any::Any;
use std::time::Duration;

use leptos::prelude::*;
use web_sys::HtmlElement;

use crate::page::link;
use crate::page::tab::Tab;
use crate::page::view::{View, has_time};
use crate::web::bridge::Report;
use crate::web::theme::{Mark, mark};
use crate::worker::protocol::{Answer, Body};

use super::aside::{DialogPlace, Shown, SpokenPlace};
use super::banner::Banner;
use super::code;
use super::code::state::CodeState;
use super::header::{Header, Notices};
use super::history;
use super::keys;
use super::lab::LabTab;
use super::lab::luck;
use super::lab::panel;
use super::lab::state::LabState;
use super::lessons;
use super::lessons::state::LessonsState;
use super::map;
use super::map::state::MapState;
use super::modules;
use super::modules::state::ModulesState;
use super::parts::arriving::put_later;
use super::parts::effects::effect;
use super::parts::place::{Build, Place, put};
use super::parts::slices::{Slice, soon, when_open};
use super::playing;
use super::state::{Compute, Page, Runs, Time};
use super::step;
use super::step::state::StepState;
use super::timeline::Timeline;

/// When the costs are measured first: not while the page opens, since the worker does nothing else meanwhile.
const FIRST_MEASUREMENT: Duration = Duration::from_secs(3);

/// All states of the page. Copies share their signals.
#[derive(Clone, Copy)]
pub struct States {
    /// The frame around the tabs.
    pub page: Page,
    /// What has been computed.
    pub runs: Runs,
    /// Where in it every panel stands.
    pub time: Time,
    /// The way to the worker.
    pub compute: Compute,
    /// The Lab.
    pub lab: LabState,
    /// One step of its run.
    pub step: StepState,
    /// The modules of its run.
    pub modules: ModulesState,
    /// The map.
    pub map: MapState,
    /// The lessons.
    pub lessons: LessonsState,
    /// The program that is edited.
    pub code: CodeState,
}

impl States {
    /// What the page's link shows, with everything under way that this calls for.
    fn start() -> Self {
        let (view, notices) = link::read(&history::fragment());
        let (page, runs, compute) = (Page::new(&view, notices), Runs::new(), Compute::new());
        let (time, lab) = (Time::new(view.lab.playhead, runs), LabState::new(&view.lab));
        let step = StepState::new(view.step);
        let modules = ModulesState::new(view.modules);
        let map = MapState::new(view.map);
        let lessons = LessonsState::new(view.lessons);
        let code = CodeState::new(view.code);
        let states = Self { page, runs, time, compute, lab, step, modules, map, lessons, code };
        compute.start(move |report| states.receive(report));
        lab.follow(runs, time, compute);
        luck::follow(lab, page, runs);
        runs.follow(time, compute);
        effect(move || document().set_title(&page.tab.get().title()));
        history::connect(states);
        set_timeout(move || lab.measure(compute), FIRST_MEASUREMENT);
        states
    }

    /// What is on screen.
    pub fn view(self) -> View {
        View {
            tab: self.page.tab.get(),
            page: self.page.view(),
            lab: self.lab.view(self.time),
            step: self.step.view(),
            modules: self.modules.view(),
            map: self.map.view(),
            lessons: self.lessons.view(),
            code: self.code.view(),
        }
    }

    /// Shows something else.
    pub fn show(self, view: View) {
        // by name, so that no part of a view is forgotten here
        let View { tab, page, lab, step, modules, map, lessons, code } = view;
        self.page.show(tab, page);
        self.lab.show(lab, self.time);
        self.step.show(step);
        self.modules.show(modules);
        self.map.show(map);
        self.lessons.show(lessons);
        self.code.show(code);
    }

    fn receive(self, report: Report) {
        let Self { page, runs, time, compute, lab, step, modules, map, .. } = self;
        let Answer { id, body } = match report {
            Report::Trouble(sentence) => {
                // no picture of a run that never was stands beside it
                mark(Mark::Starting, false);
                page.unveil();
                return page.trouble.set(Some(sentence));
            }
            Report::Answer(answer) => answer,
        };
        match body {
            Body::Started { run, problem } => {
                if page.trouble.with_untracked(Option::is_some) {
                    page.trouble.set(None);
                }
                mark(Mark::Starting, false);
                runs.start(run, problem);
            }
            Body::Chunk { run, chunk } => runs.take(run, chunk),
            Body::Finished { run, stats } => {
                if runs.finish(run, stats) {
                    page.unveil();
                }
            }
            Body::Inspected { run, inspection } => {
                runs.inspected(lab.shown.get_untracked(), run, *inspection, (time, compute));
            }
            Body::Dissected { run, dissection } => step.receive(run, *dissection),
            Body::Programs(texts) => step.texts.set(Some(*texts)),
            Body::Keys(keys) => step.keys.set(Some(*keys)),
            Body::Traced(traced) => step.traced.set(Some(traced)),
            Body::Measured(costs) => runs.costs.set(Some(costs)),
            Body::Limits(found) => runs.limits.set(found),
            Body::Modules(anatomy) => modules.receive(id, *anatomy),
            body @ (Body::MlpStarted { .. }
            | Body::Mlp(_)
            | Body::MlpEnded { .. }
            | Body::Lbfgs(_)
            | Body::LbfgsEnded(_)) => modules.trained(id, body),
            // others ask for these, of workers of their own
            Body::Row(_) | Body::Held(_) => {}
            Body::Done => {
                runs.end(id);
                step.end(id);
                modules.end(id);
            }
            Body::Curves(curves) => map.curves_came(id, curves, compute),
            // the tab says it where the curve would be
            Body::Failed(sentence) if map.curves_failed(id, &sentence) => {}
            Body::Failed(sentence) => {
                page.trouble.set(Some(sentence));
                runs.end(id);
                step.end(id);
                modules.end(id);
            }
        }
    }
}

/// Puts the page into the document, slice by slice, and then in the place of the frame that was there while it was loaded.
pub fn mount() {
    let frame = document().get_element_by_id("first");
    mark(Mark::Opening, true);
    soon(|| mount_to_body(App));
    when_open(move || {
        if let Some(frame) = frame {
            frame.remove();
        }
        mark(Mark::Opening, false);
    });
}

/// The page.
#[component]
fn App() -> impl IntoView {
    let states = States::start();
    let States { page, runs, time, compute, lab, step, modules, map, lessons, code } = states;
    provide_context(page);
    provide_context(runs);
    provide_context(time);
    provide_context(compute);
    provide_context(lab);
    provide_context(step);
    provide_context(modules);
    provide_context(map);
    provide_context(lessons);
    provide_context(code);
    provide_context(states);
    playing::follow(time);
    keys::listen(states);
    Shown::follow(states);
    keys::follow_slides(page, runs, time);
    let alone = Memo::new(move |_| page.embed.get());
    // not in the task in which the states are made
    let is_due = RwSignal::new(false);
    soon(move || is_due.set(true));
    let select = move || is_due.get().then(|| alone.get().map_or(put_rooms as Build, panel::build));
    view! {
        <Banner/>
        <Place class="page" select=Box::new(select)/>
        <DialogPlace/>
    }
}

fn put_rooms(element: HtmlElement) -> Box<dyn Any> {
    put(element, || view! { <Rooms/> })
}

/// The header, the open tab, and the timeline where there is time to show.
#[component]
fn Rooms() -> impl IntoView {
    let page: Page = expect_context();
    let tab = Memo::new(move |_| page.tab.get());
    let modules: ModulesState = expect_context();
    let lessons: LessonsState = expect_context();
    let has_time = Memo::new(move |_| has_time(tab.get(), modules.view().room, &lessons.view()));
    let room = move || Some(room(tab.get()));
    // what nobody sees does not go on
    let time: Time = expect_context();
    effect(move || {
        if !has_time.get() {
            time.playing.set(false);
        }
    });
    let footer = move || has_time.get().then_some(put_timeline as Build);
    // another tab begins at its top, wherever in the one before it was called for
    Effect::new(move |before: Option<Tab>| {
        let now = tab.get();
        if before.is_some_and(|before| before != now) {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
        now
    });
    view! {
        <Slice puts=|element| put(element, || view! { <Header/> <Notices/> })/>
        <main>
            <SpokenPlace/>
            <Place class="place" select=Box::new(room)/>
        </main>
        <Place class="place" select=Box::new(footer)/>
    }
}

/// The content of a tab.
fn room(tab: Tab) -> Build {
    match tab {
        Tab::Lab => |element| put(element, || view! { <LabTab/> }),
        Tab::Step => |element| put_later(element, "the tab One step", step::tab),
        Tab::Modules => |element| put_later(element, "the tab Modules", modules::tab),
        Tab::Map => |element| put_later(element, "the tab Map", map::tab),
        Tab::Lessons => |element| put_later(element, "the lessons", lessons::tab),
        Tab::Code => |element| put_later(element, "the tab Code", code::tab),
    }
}

fn put_timeline(element: HtmlElement) -> Box<dyn Any> {
    put(element, || view! { <Slice puts=|element| put(element, || view! { <Timeline/> })/> })
}
