//! The list of lessons, with how far each has come, and the way to homework.

use leptos::prelude::*;

use crate::page::lessons::course::Course;
use crate::page::lessons::form::Given;
use crate::page::lessons::{LESSONS, Lesson};
use crate::page::view::Desk;
use crate::web::scorm::is_wanted;

use crate::ui::lessons::room::Room;
use crate::ui::parts::effects::{flag, text};

/// A lesson in a list.
#[component]
pub fn Entry(lesson: &'static Lesson) -> impl IntoView {
    let room: Room = expect_context();
    let standing = Memo::new(move |_| {
        room.work.with(|work| {
            let known = work.of(lesson.key)?;
            Some(Course::new(lesson, Some(known), &Given { seed: known.seed }).standing())
        })
    });
    let said = move || standing.get().map_or_else(|| format!("{} scenes", lesson.scenes.len()), |(said, _)| said);
    view! {
        <li class:done=flag(move || standing.get().is_some_and(|(_, is_done)| is_done))>
            <button class="lesson-entry" on:click=move |_| room.open_lesson(Some(lesson))>
                <b>{lesson.title}</b>
                <span>{lesson.about}</span>
                <small>{text(said)}</small>
            </button>
        </li>
    }
}

/// The list of lessons.
#[component]
pub fn List() -> impl IntoView {
    let room: Room = expect_context();
    view! {
        <section class="lesson-list" aria-label="Lessons">
            <p class="lead">"Each lesson asks what will happen before it happens, then runs it. Two to four minutes each; begin anywhere."</p>
            <ol>{LESSONS.iter().map(|lesson| view! { <Entry lesson=*lesson/> }).collect_view()}</ol>
            <p class="homework">
                <b>"For teachers"</b>
                <button on:click=move |_| room.sit_down(Some(Desk::Make))>"Make a hand-in"</button>
                <button on:click=move |_| room.sit_down(Some(Desk::Check))>"Check hand-ins"</button>
            </p>
            <Privacy/>
        </section>
    }
}

/// What is kept where, and how it is forgotten.
#[component]
pub fn Privacy() -> impl IntoView {
    let room: Room = expect_context();
    let forgotten = RwSignal::new(false);
    view! {
        <p class="privacy">
            {if is_wanted() { "What you say is told to your learning platform, and to nobody else." } else { "What you say stays in this browser; nothing is sent anywhere. " }}
            <button class="link" hidden=is_wanted() on:click=move |_| {
                room.forget();
                forgotten.set(true);
            }>"Forget me on this machine"</button>
            <span role="status" aria-label="Forgotten">{text(move || if forgotten.get() { " Forgotten: answers, names and numbers, and all else that this page kept." } else { "" })}</span>
        </p>
    }
}
