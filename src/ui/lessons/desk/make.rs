//! Making an assignment: its title, its lessons, and its link.

use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

use crate::page::handin::assignment::Assignment;
use crate::page::handin::trouble::Trouble;
use crate::page::lessons::LESSONS;
use crate::page::link::is_local;
use crate::page::qr::Qr;
use crate::page::tab::Tab;
use crate::page::view::{LessonsView, View};
use crate::web::files;

use crate::ui::history::address;
use crate::ui::parts::effects::{flag, text};

/// Making an assignment.
#[component]
pub fn Make() -> impl IntoView {
    let title = NodeRef::<Input>::new();
    let chosen = RwSignal::new(vec![false; LESSONS.len()]);
    let made = RwSignal::new(None::<Assignment>);
    let said = RwSignal::new(String::new());
    // what is missing of the title, and of the lessons
    let missing = RwSignal::new([""; 2]);
    // a link holds what was selected when it was made
    let changed = move || {
        made.set(None);
        said.set(String::new());
        missing.set([""; 2]);
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let keys: Vec<&str> = chosen.with_untracked(|chosen| {
            LESSONS.iter().zip(chosen).filter(|(_, is)| **is).map(|(lesson, _)| lesson.key).collect()
        });
        let typed = title.get_untracked().map(|input| input.value()).unwrap_or_default();
        // it tells assignments of the same title apart, and is no secret
        let salt = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
        match Assignment::new(&typed, &keys, salt) {
            Ok(assignment) => {
                made.set(Some(assignment));
                said.set("Give this link to your class. Each student opens it, types name and number, and works with data of their own.".to_owned());
            }
            Err(Trouble::Unnamed("lesson")) => missing.set(["", "Please select at least one lesson."]),
            Err(Trouble::Unnamed(_)) => {
                missing.set(["Please type a title of at most 80 characters.", ""]);
                // A field that cannot be focused leaves the focus where it is.
                let _ = title.get_untracked().map(|input| input.focus());
            }
            Err(trouble) => said.set(trouble.sentence()),
        }
    };
    let link = Memo::new(move |_| {
        made.with(|made| {
            let lessons = LessonsView { task: Some(made.as_ref()?.written()), ..LessonsView::default() };
            Some(address(&View { tab: Tab::Lessons, lessons, ..View::default() }))
        })
    });
    let copy = move |_| {
        files::copy(&link.get_untracked().unwrap_or_default(), move |copied| {
            let sentence =
                if copied { "Link copied." } else { "This browser does not allow the page to copy: select the link." };
            let _ = said.try_set(sentence.to_owned());
        });
    };
    let code = move || link.get().as_deref().and_then(Qr::of);
    let boxes = LESSONS.iter().enumerate().map(|(place, lesson)| {
        view! {
            <label class="check-line">
                <input type="checkbox" on:change=move |event| {
                    chosen.update(|chosen| chosen[place] = event_target_checked(&event));
                    changed();
                }/>
                <b>{lesson.title}</b> <span>{lesson.about}</span>
            </label>
        }
    });
    view! {
        <h2>"Make a hand-in"</h2>
        <p class="lead">"Select lessons, and get a link for your class. The data in them are drawn from each student’s own number, so hardly two have the same."</p>
        <form on:submit=submit>
            <label class="line">"Title" <input type="text" maxlength="80" placeholder="Week 3" node_ref=title on:input=move |_| changed()/></label>
            <p class="error" role="alert" aria-label="Missing title">{text(move || missing.get()[0])}</p>
            <fieldset><legend>"Lessons"</legend>{boxes.collect_view()}</fieldset>
            <p class="error" role="alert" aria-label="Missing lessons">{text(move || missing.get()[1])}</p>
            <button type="submit" class="main">"Make the link"</button>
        </form>
        <p role="status" aria-label="Assignment">{text(move || said.get())}</p>
        <div class="made-link" hidden=flag(move || link.get().is_none())>
            <label>"Link to the assignment" <textarea readonly rows="3" spellcheck="false" prop:value=text(move || link.get().unwrap_or_default())></textarea></label>
            <button on:click=copy>"Copy the link"</button>
            <p class="told">{text(move || made.with(|made| made.as_ref().map(|made| format!("Its mark is {}: names of files that are handed in have it, too.", made.mark())).unwrap_or_default()))}</p>
            <p class="told" hidden=flag(move || !link.get().is_some_and(|link| is_local(&link)))>"This copy of the page is on this machine only, and so is what the link opens."</p>
            <svg class="qr" role="img" aria-label="QR code of the link" hidden=flag(move || code().is_none()) viewBox=text(move || code().map_or_else(|| "0 0 1 1".to_owned(), |Qr { side, .. }| format!("0 0 {side} {side}")))>
                <path d=text(move || code().map(|code| code.path).unwrap_or_default())></path>
            </svg>
        </div>
    }
}
