//! Lessons: a text beside the Lab's own charts and controls. What they say and judge is in [`crate::page::lessons`].

mod answer;
mod desk;
mod keeping;
mod list;
mod pen;
mod platform;
mod room;
mod scene;
pub mod state;
mod task;

use std::any::Any;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::page::lessons::course::{Course, Stage};

use crate::ui::lab::Figures;
use crate::ui::lab::controls::Controls;
use crate::ui::lab::legend::{Legend, Pins};
use crate::ui::parts::arriving::{Arriving, put_later};
use crate::ui::parts::effects::{effect, flag, text};
use crate::ui::parts::place::{Build, Place, put};
use crate::ui::state::Page;
use crate::web::later::later;
use crate::web::scorm::is_wanted;
use crate::web::theme::{Mark, mark};

use list::List;
use room::Room;
use scene::SceneText;

later! { lessons: pub fn tab() -> Build => |element| put(element, || view! { <LessonsTab/> }) }

/// Whether a learning platform has said who works here.
#[derive(Clone, Copy)]
struct Recognized(RwSignal<bool>);

/// The tab: the list of lessons, or one of them.
#[component]
fn LessonsTab() -> impl IntoView {
    let room = Room::new();
    provide_context(room);
    provide_context(Recognized(RwSignal::new(false)));
    let page: Page = expect_context();
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        let is_plain = !event.ctrl_key() && !event.alt_key() && !event.meta_key() && !event.default_prevented();
        let is_typed = event.target().is_some_and(|target| target.is_instance_of::<web_sys::HtmlInputElement>());
        let is_wanted = page.present.get_untracked() && page.letters.get_untracked();
        if is_plain && !is_typed && is_wanted && event.key().eq_ignore_ascii_case("a") {
            room.reveal();
        }
    });
    on_cleanup(move || keys.remove());
    let is_open = Memo::new(move |_| room.course.with(Option::is_some));
    let is_task = Memo::new(move |_| room.task.with(Option::is_some));
    let is_desk = Memo::new(move |_| room.view().with(|view| view.desk.is_some() || view.handin.is_some()));
    let select = move || {
        Some(match (is_desk.get(), is_open.get(), is_task.get()) {
            (true, ..) => put_desk as Build,
            (_, true, _) => put_lesson as Build,
            (_, _, true) => put_task as Build,
            _ => put_list as Build,
        })
    };
    view! {
        <div class="lessons" id="lessons" role="tabpanel" aria-labelledby="tab-lessons">
            {is_wanted().then(|| view! { <Arriving name="what your learning platform is told" fetch=platform::panel/> })}
            <Place class="place" select=Box::new(select)/>
        </div>
    }
}

fn put_list(element: HtmlElement) -> Box<dyn Any> {
    put(element, || view! { <List/> })
}

fn put_task(element: HtmlElement) -> Box<dyn Any> {
    put(element, || view! { <task::Task/> })
}

fn put_desk(element: HtmlElement) -> Box<dyn Any> {
    put_later(element, "the homework", desk::desk)
}

fn put_lesson(element: HtmlElement) -> Box<dyn Any> {
    put(element, || view! { <Lesson/> })
}

/// A lesson: its text, and the Lab beside it.
#[component]
fn Lesson() -> impl IntoView {
    let room: Room = expect_context();
    let class = Memo::new(move |_| {
        room.course.with(|course| {
            let mut class = "lab lesson-lab".to_owned();
            if let Some(course) = course {
                for light in course.scene().light {
                    class.push(' ');
                    class.push_str(light.class());
                }
                if covers(course) {
                    class.push_str(" covered");
                }
            }
            class
        })
    });
    let is_covered = Memo::new(move |_| room.course.with(|course| course.as_ref().is_some_and(covers)));
    effect(move || mark(Mark::Covered, is_covered.get()));
    on_cleanup(|| mark(Mark::Covered, false));
    view! {
        <div class="lesson">
            <SceneText/>
            <div class=text(move || class.get())>
                <div class="stage">
                    <Legend/>
                    <p class="cover" hidden=flag(move || !is_covered.get())>"The charts are covered until you commit."</p>
                    <div class="place" inert=flag(move || is_covered.get())><Figures/></div>
                    <Pins/>
                </div>
                <Controls/>
            </div>
        </div>
    }
}

/// Whether the charts are covered.
fn covers(course: &Course) -> bool {
    course.scene().covers && matches!(course.stage(), Stage::Predict | Stage::Reveal)
}
