//! How the learner says something: by a button, a number, or a hand in a drawing. Everything has a way by keys.

use leptos::ev::{KeyboardEvent, PointerEvent, SubmitEvent};
use leptos::html::{Div, Input};
use leptos::prelude::*;

use crate::lecture::settings::number::real;
use crate::page::lessons::course::{Course, Stage};
use crate::page::lessons::drawing::{
    first_sketch, knot_at, knot_words, moved, nudged, point, point_at, point_words, sketch,
};
use crate::page::lessons::form::{Choice, Kind, PointAsk, SketchAsk};
use crate::page::lessons::text;
use crate::page::lessons::work::{Guess, KNOTS};

use crate::ui::lessons::room::Room;
use crate::ui::parts::effects::{Text, effect, flag, text as words};
use crate::ui::state::Page;
use crate::ui::state::page::put;

fn kind(course: Option<&Course>) -> Option<&'static Kind> {
    course.and_then(Course::prediction).map(|prediction| &prediction.kind)
}

/// Sentences to choose from: a click commits.
#[component]
pub fn Choices() -> impl IntoView {
    let room: Room = expect_context();
    let list = move || {
        room.course.with(|course| match kind(course.as_ref()) {
            Some(Kind::Choice(choices)) => {
                let key = course.as_ref().map_or(0, Course::place);
                choices.iter().enumerate().map(|(place, choice)| (key, place, choice)).collect::<Vec<_>>()
            }
            _ => Vec::new(),
        })
    };
    let stage = Memo::new(move |_| room.course.with(|course| course.as_ref().map(Course::stage)));
    let guess =
        Memo::new(move |_| room.course.with(|course| course.as_ref().and_then(|course| course.said().guess.clone())));
    let revealed =
        Memo::new(move |_| room.course.with(|course| course.as_ref().is_some_and(|course| course.said().revealed)));
    let button = move |(_, place, choice): (usize, usize, &'static Choice)| {
        let says = words(move || room.facts.with(|facts| text::line(choice.says, facts, None)));
        let is_said = move || guess.get() == Some(Guess::Choice(place));
        let holds = move || revealed.get() && room.facts.with(|facts| (choice.holds)(facts)) == Some(true);
        let note = move || match (is_said(), holds()) {
            (true, true) => "your guess, and what the run says",
            (true, false) => "your guess",
            (false, true) => "what the run says",
            (false, false) => "",
        };
        view! {
            <button
                class="choice-button"
                class:said=flag(is_said)
                class:holds=flag(holds)
                disabled=flag(move || stage.get() != Some(Stage::Predict))
                on:click=move |_| room.commit(Guess::Choice(place))
            >
                <span inner_html=says></span>
                <small>{words(note)}</small>
            </button>
        }
    };
    view! {
        <div class="choices" role="group" aria-label="Answers">
            <For each=list key=|(key, place, choice)| (*key, *place, choice.says) children=button/>
        </div>
    }
}

/// A field for a number; Enter says it.
#[component]
pub fn NumberField(label: Text, button: &'static str, say: Callback<f64>) -> impl IntoView {
    let node = NodeRef::<Input>::new();
    let room: Room = expect_context();
    let error = RwSignal::new(String::new());
    let place = Memo::new(move |_| room.course.with(|course| course.as_ref().map(Course::place)));
    effect(move || {
        place.track();
        error.set(String::new());
        if let Some(input) = node.get_untracked() {
            input.set_value("");
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = node.get_untracked().map(|input| input.value()).unwrap_or_default();
        match real(typed.trim()) {
            Some(number) => {
                error.set(String::new());
                say.run(number);
            }
            None => error.set("Please type a number, such as 0.5.".to_owned()),
        }
    };
    view! {
        <form class="number-field" on:submit=submit>
            <label>{label} " " <input class="value" type="text" role="spinbutton" inputmode="decimal" autocomplete="off" node_ref=node/></label>
            <button type="submit">{button}</button>
            <p class="error" role="alert">{words(move || error.get())}</p>
        </form>
    }
}

/// What is drawn in.
#[derive(Clone, Copy)]
enum Sheet {
    Point(&'static PointAsk),
    Sketch(&'static SketchAsk),
}

/// A drawing to sketch a curve in, or to put a point in: by the pointer, or by arrow keys.
#[component]
pub fn Drawing() -> impl IntoView {
    let room: Room = expect_context();
    let page: Page = expect_context();
    let node = NodeRef::<Div>::new();
    let knot = RwSignal::new(1_usize);
    let sheet = move || {
        room.course.with(|course| match kind(course.as_ref())? {
            Kind::Point(ask) => Some(Sheet::Point(ask)),
            Kind::Sketch(ask) => Some(Sheet::Sketch(ask)),
            Kind::Choice(_) | Kind::Number(_) => None,
        })
    };
    let stage = Memo::new(move |_| room.course.with(|course| course.as_ref().map(Course::stage)));
    let is_open = move || stage.get() == Some(Stage::Predict);
    // a draft to begin with, as soon as it is known where the run begins
    effect(move || {
        let Some(sheet) = sheet().filter(|_| is_open() && room.draft.with(Option::is_none)) else { return };
        let draft = room.facts.with(|facts| match sheet {
            Sheet::Sketch(ask) => first_sketch(ask, facts).map(Guess::Sketch),
            Sheet::Point(ask) => (ask.plane)(facts).map(|plane| Guess::Point(plane.start)),
        });
        if draft.is_some() {
            put(room.draft, draft);
        }
    });
    let said = move || {
        let committed = room.course.with(|course| course.as_ref().and_then(|course| course.said().guess.clone()));
        committed.or_else(|| room.draft.get().filter(|_| is_open()))
    };
    let picture = words(move || {
        let (Some(sheet), said) = (sheet(), said()) else { return String::new() };
        room.course.with(|course| {
            let Some(course) = course else { return String::new() };
            let (given, revealed) = (course.given(), course.said().revealed);
            room.facts.with(|facts| match (sheet, said) {
                (Sheet::Sketch(ask), Some(Guess::Sketch(values))) => {
                    let at = Some(knot.get()).filter(|_| is_open());
                    sketch(ask, &given, facts, (Some(&values), at), revealed)
                }
                (Sheet::Sketch(ask), _) => sketch(ask, &given, facts, (None, None), revealed),
                (Sheet::Point(ask), Some(Guess::Point(place))) => point(ask, facts, Some(place), revealed),
                (Sheet::Point(ask), _) => point(ask, facts, None, revealed),
            })
        })
    });
    let in_words = words(move || {
        let given = room.course.with(|course| course.as_ref().map(Course::given)).unwrap_or_default();
        match (sheet(), said()) {
            (Some(Sheet::Sketch(ask)), Some(Guess::Sketch(values))) => knot_words(ask, &given, &values, knot.get()),
            (Some(Sheet::Point(_)), Some(Guess::Point(place))) => point_words(place),
            _ => "nothing is drawn yet".to_owned(),
        }
    });
    let place_of = move |event: &PointerEvent| {
        let rect = node.get_untracked()?.get_bounding_client_rect();
        let across = (f64::from(event.client_x()) - rect.left()) / rect.width();
        Some([across, (f64::from(event.client_y()) - rect.top()) / rect.height()])
    };
    let last = StoredValue::new(None::<[f64; 2]>);
    let hand = move |event: PointerEvent| {
        let is_down = event.buttons() & 1 == 1;
        let (Some(sheet), Some(place)) = (untrack(sheet), place_of(&event)) else { return };
        if !is_down || !untrack(is_open) {
            return last.set_value(None);
        }
        event.prevent_default();
        let from = last.get_value().unwrap_or(place);
        last.set_value(Some(place));
        match sheet {
            Sheet::Point(ask) => {
                if let Some(plane) = room.facts.with_untracked(|facts| (ask.plane)(facts)) {
                    room.draw(Guess::Point(point_at(&plane, place)));
                }
            }
            Sheet::Sketch(ask) => {
                // a quick hand passes several moments between two events
                let mut known = room.draft.get_untracked();
                if let Some(Guess::Sketch(values)) = &mut known {
                    for step in 0..=KNOTS {
                        let part = step as f64 / KNOTS as f64;
                        let between = [from[0] + (place[0] - from[0]) * part, from[1] + (place[1] - from[1]) * part];
                        let (at, value) = knot_at(ask, between);
                        if let Some(drawn) = values.get_mut(at) {
                            *drawn = value;
                        }
                        put(knot, at);
                    }
                }
                if let Some(known) = known {
                    room.draw(known);
                }
            }
        }
    };
    let keys = move |event: KeyboardEvent| {
        let Some(sheet) = untrack(sheet).filter(|_| untrack(is_open)) else { return };
        let fast = if event.shift_key() { 5.0 } else { 1.0 };
        let [right, up] = match event.key().as_str() {
            "ArrowRight" => [1.0, 0.0],
            "ArrowLeft" => [-1.0, 0.0],
            "ArrowUp" => [0.0, 1.0],
            "ArrowDown" => [0.0, -1.0],
            "PageUp" => [0.0, 5.0],
            "PageDown" => [0.0, -5.0],
            "Enter" => {
                event.prevent_default();
                room.commit_drawing();
                return;
            }
            _ => return,
        };
        event.prevent_default();
        match (sheet, room.draft.get_untracked()) {
            (Sheet::Sketch(ask), Some(Guess::Sketch(values))) => {
                let at = knot.get_untracked().saturating_add_signed(right as isize).clamp(1, KNOTS - 1);
                put(knot, at);
                if up != 0.0 {
                    room.draw(Guess::Sketch(nudged(ask, &values, at, up * fast * 0.02)));
                }
            }
            (Sheet::Point(ask), Some(Guess::Point(place))) => {
                if let Some(plane) = room.facts.with_untracked(|facts| (ask.plane)(facts)) {
                    room.draw(Guess::Point(moved(&plane, place, [right * fast, up * fast])));
                }
            }
            _ => {}
        }
    };
    let is_sketch = move || matches!(sheet(), Some(Sheet::Sketch(_)));
    let name = move || if is_sketch() { "Your sketch" } else { "Your point" };
    let how = move || {
        if is_sketch() {
            "Draw with the pointer; or ← → select a place and ↑ ↓ move it, Enter commits."
        } else {
            "Click a place; or arrow keys move your point, Enter commits."
        }
    };
    let height = move || {
        let at = match (sheet(), said()) {
            (Some(Sheet::Sketch(ask)), Some(Guess::Sketch(values))) => {
                values.get(knot.get()).map_or(0.0, |value| crate::page::lessons::judge::height(ask, *value))
            }
            _ => 0.5,
        };
        ((at * 100.0).round() as u32).to_string()
    };
    // a drawing that cannot be changed any more is a picture
    let role = move || if is_open() { "slider" } else { "img" };
    view! {
        <div
            class="sheet-of-paper"
            class:open=flag(is_open)
            role=words(role)
            tabindex="0"
            aria-label=words(name)
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=words(height)
            aria-valuetext=in_words
            node_ref=node
            on:pointerdown=hand
            on:pointermove=hand
            on:keydown=keys
            inner_html=picture
        ></div>
        <p class="how" hidden=flag(move || !is_open() || page.present.get())>{words(how)}</p>
    }
}
