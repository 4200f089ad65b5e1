//! The teacher's desk: making an assignment, and checking what was handed in. A part of the module of its own.

mod check;
mod clerk;
mod make;
mod picture;

use std::any::Any;

use leptos::prelude::*;
use web_sys::HtmlElement;

use crate::page::view::Desk as Which;

use crate::ui::lessons::room::Room;
use crate::ui::parts::effects::text;
use crate::ui::parts::place::{Build, Place, put};
use crate::web::later::later;

later! { desk: pub fn desk() -> Build => |element| put(element, || view! { <Desk/> }) }

/// The desk, with what lies on it.
#[component]
fn Desk() -> impl IntoView {
    // it is mounted by itself, so what it shares comes from the page's own contexts
    let room: Room = expect_context();
    let is_make = Memo::new(move |_| room.view().with(|view| view.desk == Some(Which::Make) && view.handin.is_none()));
    let select = move || Some(if is_make.get() { put_make as Build } else { put_check as Build });
    view! {
        <section class="desk" aria-label=text(move || if is_make.get() { "Make a hand-in" } else { "Check hand-ins" })>
            <p><button class="link" on:click=move |_| room.sit_down(None)>"All lessons"</button></p>
            <Place class="place" select=Box::new(select)/>
        </section>
    }
}

fn put_make(element: HtmlElement) -> Box<dyn Any> {
    put(element, || view! { <make::Make/> })
}

fn put_check(element: HtmlElement) -> Box<dyn Any> {
    put(element, || view! { <check::Check/> })
}
