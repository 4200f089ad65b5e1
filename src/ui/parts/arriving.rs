//! A place for what is not in the page's first module: a sentence while its code is fetched, and one with a button where it cannot be.

use std::any::Any;

use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlElement;

use crate::ui::parts::effects::{flag, text};
use crate::ui::parts::place::{Build, Place};
use crate::web::later::Later;

/// Fetches what mounts a content; [`later!`](crate::web::later::later) makes such functions.
pub type Fetch = fn() -> Later<Build>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Fetching,
    Missing,
    Ready,
}

/// Mounts a content whose code is fetched now, and said to be `name` ("the Map") meanwhile; like [`put`](super::place::put).
pub fn put_later(element: HtmlElement, name: &'static str, fetch: Fetch) -> Box<dyn Any> {
    Box::new(mount_to(element, move || view! { <Arriving name fetch/> }))
}

/// A content whose code is fetched when this is mounted.
#[component]
pub fn Arriving(name: &'static str, fetch: Fetch) -> impl IntoView {
    let content = StoredValue::new(None::<Build>);
    let state = RwSignal::new(State::Fetching);
    let start = move || {
        state.set(State::Fetching);
        spawn_local(async move {
            let fetched = fetch().await;
            // Where the place is gone meanwhile there is nobody to tell.
            let _ = content.try_set_value(fetched.ok());
            let _ = state.try_set(if fetched.is_ok() { State::Ready } else { State::Missing });
        });
    };
    start();
    let select = move || (state.get() == State::Ready).then(|| content.get_value()).flatten();
    let sentence = move || match state.get() {
        State::Fetching => format!("Loading {name} …"),
        State::Missing => format!(
            "This page could not load {name}: there may be no connection, or the host's copy may be incomplete."
        ),
        State::Ready => String::new(),
    };
    view! {
        <div class="arriving" role="status" hidden=flag(move || state.get() == State::Ready)>
            <span>{text(sentence)}</span>
            <button hidden=flag(move || state.get() != State::Missing) on:click=move |_| start()>"Try again"</button>
        </div>
        <Place class="place" select=Box::new(select)/>
    }
}
