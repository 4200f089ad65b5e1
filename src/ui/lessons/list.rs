//! The list of lessons, with how far each has come.

use leptos::prelude::*;

use crate::page::lessons::course::Course;
use crate::page::lessons::form::Given;
use crate::page::lessons::{LESSONS, Lesson};

use crate::ui::lessons::room::Room;
use crate::ui::parts::effects::{flag, text};

/// The list of lessons.
#[component]
pub fn List() -> impl IntoView {
    let room: Room = expect_context();
    let entry = move |lesson: &'static Lesson| {
        let progress = Memo::new(move |_| {
            room.work.with(|work| {
                let known = work.of(lesson.key)?;
                let course = Course::new(lesson, Some(known), &Given { seed: known.seed });
                Some((course.progress(), course.place(), known.finished))
            })
        });
        let said = move || match progress.get() {
            None => format!("{} scenes", lesson.scenes.len()),
            Some((_, _, true)) => "done".to_owned(),
            Some((_, place, false)) => format!("at scene {} of {}", place + 1, lesson.scenes.len()),
        };
        let answered = move || match progress.get() {
            Some(((said, all), ..)) if all > 0 => format!("{said} of {all} questions answered"),
            _ => String::new(),
        };
        view! {
            <li class:done=flag(move || progress.get().is_some_and(|(.., finished)| finished))>
                <button class="lesson-entry" on:click=move |_| room.open_lesson(Some(lesson))>
                    <b>{lesson.title}</b>
                    <span>{lesson.about}</span>
                    <small title=text(answered)>{text(said)}</small>
                </button>
            </li>
        }
    };
    let has_work = Memo::new(move |_| room.work.with(|work| !work.lessons.is_empty()));
    view! {
        <section class="lesson-list" aria-label="Lessons">
            <p class="lead">"Each lesson asks what will happen before it happens, then runs it. Two to four minutes each; begin anywhere."</p>
            <ol>{LESSONS.iter().map(|lesson| entry(lesson)).collect_view()}</ol>
            <p class="privacy">
                "What you say stays in this browser; nothing is sent anywhere. "
                <button class="link" hidden=flag(move || !has_work.get()) on:click=move |_| room.forget()>"Forget my answers on this machine"</button>
            </p>
        </section>
    }
}
