//! An assignment as a student sees it: who works on it, its lessons, and handing in.

use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

use crate::page::handin::assignment::Assignment;
use crate::page::handin::paper::{HandIn, KEY};
use crate::page::handin::student::Student;
use crate::page::handin::trouble::Trouble;
use crate::page::lessons::LESSONS;
use crate::page::view::{LessonsView, SEALED_LIMIT, View};
use crate::web::files;

use crate::ui::history::address;
use crate::ui::lessons::Recognized;
use crate::ui::lessons::list::{Entry, Privacy};
use crate::ui::lessons::room::Room;
use crate::ui::parts::effects::{effect, flag, text};
use crate::ui::state::page::put;

/// The assignment, if its link could be read.
fn assignment(room: Room) -> Option<Assignment> {
    room.task.with(|task| task.as_ref()?.as_ref().ok().cloned())
}

/// The address of a hand-in, if it is short enough for one.
fn link(handin: &HandIn) -> Option<String> {
    let written = handin.written();
    let lessons = LessonsView { handin: Some(written.clone()), ..LessonsView::default() };
    let view = View { tab: crate::page::tab::Tab::Lessons, lessons, ..View::default() };
    (written.len() <= SEALED_LIMIT).then(|| address(&view))
}

/// The assignment.
#[component]
pub fn Task() -> impl IntoView {
    let room: Room = expect_context();
    let recognized: Recognized = expect_context();
    let title = move || {
        room.task.with(|task| match task {
            Some(Ok(task)) => task.title.clone(),
            _ => "An assignment".to_owned(),
        })
    };
    let trouble = move || {
        room.task.with(|task| match task {
            Some(Err(trouble)) => format!("This link to an assignment cannot be used. {}", trouble.sentence()),
            _ => String::new(),
        })
    };
    let is_known = Memo::new(move |_| room.student.with(Option::is_some));
    let is_whole = Memo::new(move |_| room.task.with(|task| matches!(task, Some(Ok(_)))));
    let entries = move || {
        let task = assignment(room);
        let keys = task.map(|task| task.lessons).unwrap_or_default();
        LESSONS.iter().copied().filter(|lesson| keys.iter().any(|key| key == lesson.key)).collect::<Vec<_>>()
    };
    let who = move || {
        room.student.with(|student| {
            student.as_ref().map(|Student { name, number, .. }| format!("{name}, {number}")).unwrap_or_default()
        })
    };
    view! {
        <section class="lesson-list task" aria-label="Assignment">
            <h2>{text(title)}</h2>
            <p class="error" role="alert">{text(trouble)}</p>
            <div hidden=flag(move || !is_whole.get() || is_known.get())><Who/></div>
            <div hidden=flag(move || !is_whole.get() || !is_known.get())>
                <p class="who">
                    {text(who)} " "
                    <button class="link" hidden=flag(move || recognized.0.get()) on:click=move |_| room.make_way()>"This is not me"</button>
                </p>
                <p class="lead">"The data in these lessons are drawn from your number, so hardly anybody else has the same. Each answer that you commit to is handed in."</p>
                <ol><For each=entries key=|lesson| lesson.key children=|lesson| view! { <Entry lesson/> }/></ol>
                <Deliver/>
            </div>
            <Privacy/>
            <p><button class="link" on:click=move |_| room.sit_down(None)>"Leave the assignment"</button></p>
        </section>
    }
}

/// Who works on it.
#[component]
fn Who() -> impl IntoView {
    let room: Room = expect_context();
    let (name, number) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let error = RwSignal::new(String::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = |node: NodeRef<Input>| node.get_untracked().map(|input| input.value()).unwrap_or_default();
        match room.begin(&typed(name), &typed(number)) {
            Ok(()) => error.set(String::new()),
            Err(Trouble::Unnamed(what)) => error.set(format!("Please type your {what}.")),
            Err(other) => error.set(other.sentence()),
        }
    };
    view! {
        <form class="who-form" on:submit=submit>
            <label>"Your name" <input type="text" autocomplete="name" maxlength="80" node_ref=name/></label>
            <label>"Your student number" <input type="text" autocomplete="off" maxlength="60" node_ref=number/></label>
            <button type="submit" class="main">"Begin"</button>
            <p class="error" role="alert">{text(move || error.get())}</p>
            <p class="told">
                "Name and number are kept in this browser and stand in what you hand in, readable for everybody who has it. Nothing is sent: you send the link or the file \
                 yourself. Your data are drawn from the number, so type it as your teacher knows it; spaces and hyphens do not matter."
            </p>
        </form>
    }
}

/// Handing in.
#[component]
fn Deliver() -> impl IntoView {
    let room: Room = expect_context();
    let written = RwSignal::new(None::<HandIn>);
    let said = RwSignal::new(String::new());
    // what was written is the hand-in of one student, as it was then
    let whose = Memo::new(move |_| {
        (room.student.with(|student| student.as_ref().map(|student| student.number.clone())), room.work.get())
    });
    effect(move || {
        // read, since a memo that nobody has read follows nothing
        whose.with(|_| ());
        put(written, None);
        put(said, String::new());
    });
    let make = move |_| {
        let Some(task) = untrack(|| assignment(room)) else { return };
        let student = room.student.get_untracked().unwrap_or_default();
        let work = room.work.get_untracked();
        match HandIn::new(&task, &student.name, &student.number, &work) {
            Ok(handin) if handin.lessons.is_empty() => {
                written.set(None);
                said.set("There is nothing to hand in yet: answer something first.".to_owned());
            }
            Ok(handin) => {
                written.set(Some(handin));
                let open = task.unanswered(&student.number, &work).unwrap_or_default();
                said.set(format!(
                    "This is your hand-in as it is now. Send the link or the file to your teacher. If you go on, hand in again. {open}"
                ));
            }
            Err(trouble) => said.set(trouble.sentence()),
        }
    };
    let address = Memo::new(move |_| written.with(|handin| handin.as_ref().and_then(link)));
    let copy = move |_| {
        files::copy(&address.get_untracked().unwrap_or_default(), move |copied| {
            let sentence =
                if copied { "Link copied." } else { "This browser does not allow the page to copy: select the link." };
            let _ = said.try_set(sentence.to_owned());
        });
    };
    let save = move |_| {
        let Some(handin) = written.get_untracked() else { return };
        let name = format!("handin-{}-{}.txt", handin.assignment.mark(), handin.number.to_lowercase());
        let text = format!(
            "A hand-in of thetahat. Open it with “Check hand-ins” in the tab Lessons.\n{KEY}={}\n",
            handin.written()
        );
        if !files::save(&name, "text/plain", &text) {
            said.set("This browser does not allow the page to save a file: copy the link.".to_owned());
        }
    };
    let has_none = move || written.with(Option::is_none);
    view! {
        <div class="deliver">
            <button class="main" on:click=make>"Hand in"</button>
            <p role="status" aria-label="Hand-in">{text(move || said.get())}</p>
            <div hidden=flag(has_none)>
                <label hidden=flag(move || address.get().is_none())>
                    "Your hand-in as a link"
                    <textarea readonly rows="3" spellcheck="false" prop:value=text(move || address.get().unwrap_or_default())></textarea>
                </label>
                <p hidden=flag(move || address.get().is_some())>"It is too long for a link: send the file."</p>
                <button hidden=flag(move || address.get().is_none()) on:click=copy>"Copy the link"</button>
                <button on:click=save>"Save as a file"</button>
            </div>
        </div>
    }
}
