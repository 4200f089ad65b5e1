//! The page on a learning platform: it takes up what the platform kept, tells it what changes, and says so. A part of the module of its own, which only a package
//! (`cargo xtask build --scorm`) fetches; what is told is decided in [`crate::page::handin::platform`].

use std::cell::RefCell;

use leptos::prelude::*;

use crate::page::handin::assignment::Assignment;
use crate::page::handin::platform::score::{Standing, verdicts};
use crate::page::handin::platform::session::{Opened, Refusal, Report, Session};
use crate::page::handin::platform::suspended::{Kept, lost};
use crate::page::handin::student::Student;
use crate::page::handin::trouble::Trouble;
use crate::page::lessons::form::Given;
use crate::page::lessons::{LESSONS, of};
use crate::web::frames::now;
use crate::web::later::later;
use crate::web::scorm::find;
use crate::web::storage;

use crate::ui::lessons::Recognized;
use crate::ui::lessons::room::Room;
use crate::ui::parts::effects::{effect, text};
use crate::ui::parts::place::{Build, put};

later! { scorm: pub fn panel() -> Build => |element| put(element, || view! { <Panel/> }) }

const NOBODY: &str = "No learning platform was found around this page, so nothing is recorded. What you answer is here until you close the page.";
const NOT_BEGUN: &str = "Nothing is recorded: close this page, and open it from your learning platform again.";
const ELSEWHERE: &str = "This is not what your learning platform has opened: nothing of it is recorded.";

/// A visit from a learning platform. It lasts as long as the page, whichever tabs are opened.
struct Visit {
    /// None where there is no platform, or it did not let the visit begin.
    session: Option<Session>,
    opened: Opened,
    kept: Kept,
    /// What the platform has opened: an assignment, or the lessons.
    task: Option<Result<Assignment, Trouble>>,
    /// Under which name this browser keeps what the platform could not; nothing where it is not known whose that would be.
    entry: Option<String>,
    /// What went wrong in the beginning.
    trouble: String,
}

thread_local! {
    static VISIT: RefCell<Option<Visit>> = const { RefCell::new(None) };
}

/// Does something with the visit; nothing while something else is done with it.
fn with_visit<R>(act: impl FnOnce(&mut Visit) -> R) -> Option<R> {
    VISIT.with(|visit| visit.try_borrow_mut().ok()?.as_mut().map(act))
}

/// Begins the visit, once.
fn begin(room: Room) {
    if VISIT.with_borrow(Option::is_some) {
        return;
    }
    let (session, opened, trouble) = match find().map(|api| Session::begin(Box::new(api))) {
        None => (None, Opened::default(), NOBODY.to_owned()),
        Some(Err(refusal)) => (None, Opened::default(), format!("{} {NOT_BEGUN}", refusal.sentence())),
        Some(Ok((session, opened))) => (Some(session), opened, String::new()),
    };
    let task = room.task.get_untracked();
    let mark = task.as_ref().and_then(|task| task.as_ref().ok()).map(Assignment::mark).unwrap_or_default();
    let entry = (!opened.id.is_empty()).then(|| opened.entry(&mark));
    let here = entry.as_deref().and_then(storage::kept).map(|text| Kept::read(&text).0).unwrap_or_default();
    let (kept, parts) = Kept::read(&opened.suspended);
    let trouble = if parts > 0 { lost(parts) } else { trouble };
    let visit = Visit { session, opened, kept: kept.merged(here), task, entry, trouble };
    VISIT.set(Some(visit));
    let began = now();
    window_event_listener(leptos::ev::pagehide, move |_| {
        // who has left cannot be told what the platform refuses then
        let _ = with_visit(|visit| visit.session.as_mut().map(|session| session.end(now() - began)));
    });
}

/// Puts into the room what was said before.
fn resume(room: Room, recognized: Recognized) {
    let said = room.work.get_untracked();
    let taken = with_visit(|visit| {
        let mut here = Kept::default();
        here.take(&said);
        visit.kept = std::mem::take(&mut visit.kept).merged(here);
        let known = visit.opened.student();
        let is_known = known.is_some();
        let typed = || visit.kept.typed.as_ref().and_then(|(name, number)| Student::new(name, number).ok());
        let student = known.or_else(typed).filter(|_| visit.task.is_some());
        let place = of(&std::mem::take(&mut visit.opened.location)).map(|(_, lesson)| lesson);
        (visit.kept.work(), student, is_known, place)
    });
    let Some((work, student, is_known, place)) = taken else { return };
    recognized.0.set(is_known);
    room.course.set(None);
    room.student.set(student.map(|student| Student { work: work.clone(), ..student }));
    room.work.set(work);
    let is_list =
        room.view().with_untracked(|view| view.lesson.is_none() && view.desk.is_none() && view.handin.is_none());
    match place.filter(|_| is_list) {
        Some(lesson) => room.open_lesson(Some(lesson)),
        // what is open is opened with it
        None => room.view().update(|_| ()),
    }
}

/// Tells the platform what is said by now; returns how the student stands, and what went wrong.
fn report(room: Room) -> Option<(String, String)> {
    let (work, student) = (room.work.get(), room.student.get());
    let open = room.course.with(|course| course.as_ref().map(|course| course.lesson));
    let facts = room.facts.get();
    with_visit(|visit| {
        visit.kept.take(&work);
        if let Some(lesson) = open {
            visit.kept.judge(lesson.key, |known| verdicts(lesson, &known.work, &facts, &known.verdicts));
        }
        if visit.opened.student().is_none() {
            visit.kept.typed = student.as_ref().map(|student| (student.name.clone(), student.number.clone()));
        }
        let task = visit.task.as_ref().and_then(|task| task.as_ref().ok());
        let standing = match (task, &student) {
            (Some(task), Some(student)) => Standing::of(task.lessons(), &visit.kept, &student.given(task)),
            (Some(task), None) => Standing::of(task.lessons(), &Kept::default(), &Given::default()),
            (None, _) => Standing::of(LESSONS.iter().copied(), &visit.kept, &Given::default()),
        };
        let (suspended, left_out) = visit.kept.written();
        let report = Report {
            score: standing.score(),
            status: standing.status(&visit.opened.status),
            suspended,
            location: open.map(|lesson| lesson.key.to_owned()).unwrap_or_default(),
        };
        let refused = visit.session.as_mut().and_then(|session| session.tell(&report).err());
        let missing = left_out.sentence();
        if let Some(entry) = &visit.entry {
            if refused.is_some() || !missing.is_empty() {
                // where the browser keeps nothing either, it is here until the page is closed
                let _ = storage::keep(entry, &visit.kept.whole());
            } else {
                storage::forget(entry);
            }
        }
        let refused = refused.as_ref().map(Refusal::sentence).map(|said| {
            format!("{said} This browser keeps what you answer, and the platform is told again with your next answer.")
        });
        let trouble = [visit.trouble.clone(), refused.unwrap_or_default(), missing];
        let recorded = if visit.session.is_some() { "Recorded by your learning platform" } else { "Not recorded" };
        (format!("{recorded}: {}", standing.sentence()), trouble.join(" ").trim().to_owned())
    })
}

/// What is recorded.
#[component]
fn Panel() -> impl IntoView {
    let room: Room = expect_context();
    let recognized: Recognized = expect_context();
    begin(room);
    let (said, trouble) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let is_away = StoredValue::new(true);
    effect(move || {
        let is_ours = room.task.with(|task| with_visit(|visit| visit.task == *task));
        if is_ours != Some(true) {
            is_away.set_value(true);
            said.set(ELSEWHERE.to_owned());
            return;
        }
        if is_away.try_update_value(std::mem::take) == Some(true) {
            untrack(|| resume(room, recognized));
        }
        if let Some((recorded, wrong)) = report(room) {
            said.set(recorded);
            trouble.set(wrong);
        }
    });
    view! {
        <section class="platform" aria-label="Learning platform">
            <p role="status" aria-label="Recorded">{text(move || said.get())}</p>
            <p class="error" role="alert">{text(move || trouble.get())}</p>
            <details class="told">
                <summary>"What the platform is told"</summary>
                <p>
                    "Your platform is told how many questions you have answered and how many rightly, and it keeps your answers, so that you can go on later, at another \
                     machine, too. The score is the part of right answers. It comes from the student’s browser: the platform cannot check it. Where it has to be certain, \
                     students hand in, and whoever checks hand-ins runs them again."
                </p>
            </details>
        </section>
    }
}
