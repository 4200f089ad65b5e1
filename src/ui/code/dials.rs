//! The numbers of the program that can be turned, each with a slider: the program runs again while one is dragged.

use leptos::prelude::*;

use crate::page::editor::dials::{Dials, Turned};

use crate::ui::code::desk::Desk;
use crate::ui::parts::effects::{flag, text};

/// The sliders. What a program assigns decides which there are.
#[component]
pub fn DialStrip(desk: Desk) -> impl IntoView {
    let dials = RwSignal::from(desk.dials());
    let desk = StoredValue::new_local(desk);
    let names = Memo::new(move |_| {
        dials.with(|dials| dials.all().iter().map(|turned| (turned.dial.name.clone(), turned.dial.places())).collect())
    });
    let strip = move || {
        let names: Vec<(String, (i32, i32, i32))> = names.get();
        let slider = |(index, (name, (first, own, last))): (usize, (String, (i32, i32, i32)))| {
            let of = move |read: fn(&Turned) -> String| move || dials.with(|dials| dials.get(index).map(read));
            let now = of(|turned| turned.now.clone());
            let place = of(|turned| turned.place.to_string());
            let is_own = move || dials.with(|dials| dials.get(index).is_none_or(|turned| turned.place == own));
            let turn = move |place| desk.with_value(|desk| desk.turn(index, place));
            view! {
                <label class="dial" class:turned=flag(move || !is_own())>
                    <span>{name.clone()} " = " <b>{text(move || now().unwrap_or_default())}</b></span>
                    <input
                        type="range"
                        min=first.to_string()
                        max=last.to_string()
                        aria-label=name
                        aria-valuetext=text(move || now().unwrap_or_default())
                        prop:value=text(move || place().unwrap_or_default())
                        title="Drag: the program runs again with each number. A double click brings back what was written."
                        on:input=move |event| if let Ok(place) = event_target_value(&event).parse() { turn(place) }
                        on:dblclick=move |_| turn(own)
                    />
                </label>
            }
        };
        names.into_iter().enumerate().map(slider).collect_view()
    };
    view! {
        <div
            class="code-dials"
            role="group"
            aria-label="Numbers of the program"
            hidden=flag(move || dials.with(|dials: &Dials| dials.all().is_empty()))
        >
            {strip}
        </div>
    }
}
