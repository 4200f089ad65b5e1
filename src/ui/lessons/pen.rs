//! What the learner draws: a curve, or a point in a plane; by the pointer, or by arrow keys.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html::Div;
use leptos::prelude::*;

use crate::page::lessons::course::{Course, Stage};
use crate::page::lessons::drawing::{
    first_sketch, knot_at, knot_words, moved, nudged, point, point_at, point_words, sketch,
};
use crate::page::lessons::form::{Kind, PointAsk, SketchAsk};
use crate::page::lessons::judge;
use crate::page::lessons::work::{Guess, KNOTS};

use crate::ui::lessons::answer::kind;
use crate::ui::lessons::room::Room;
use crate::ui::parts::effects::{effect, flag, text as words};
use crate::ui::state::Page;
use crate::ui::state::page::put;

/// What is drawn in.
#[derive(Clone, Copy)]
enum Sheet {
    Point(&'static PointAsk),
    Sketch(&'static SketchAsk),
}

/// How far a key moves, as a part of a sketch's axis.
const NUDGE: f64 = 0.02;

/// The learner's pen. Copies share its signals.
#[derive(Clone, Copy)]
struct Pen {
    room: Room,
    node: NodeRef<Div>,
    /// Which of a sketch's values the keys move.
    knot: RwSignal<usize>,
    /// Where the pointer was, as parts of the drawing's width and height.
    last: StoredValue<Option<[f64; 2]>>,
    is_open: Memo<bool>,
}

impl Pen {
    fn new(room: Room) -> Self {
        let open = |course: &Course| course.stage() == Stage::Predict;
        Self {
            room,
            node: NodeRef::new(),
            knot: RwSignal::new(1),
            last: StoredValue::new(None),
            is_open: Memo::new(move |_| room.course.with(|course| course.as_ref().is_some_and(open))),
        }
    }

    fn sheet(self) -> Option<Sheet> {
        self.room.course.with(|course| match kind(course.as_ref())? {
            Kind::Point(ask) => Some(Sheet::Point(ask)),
            Kind::Sketch(ask) => Some(Sheet::Sketch(ask)),
            Kind::Choice(_) | Kind::Number(_) => None,
        })
    }

    /// Begins a draft, as soon as it is known where the run begins.
    fn begin(self) {
        let is_wanted = self.is_open.get() && self.room.draft.with(Option::is_none);
        let Some(sheet) = self.sheet().filter(|_| is_wanted) else { return };
        let draft = self.room.facts.with(|facts| match sheet {
            Sheet::Sketch(ask) => first_sketch(ask, facts).map(Guess::Sketch),
            Sheet::Point(ask) => (ask.plane)(facts).map(|plane| Guess::Point(plane.start)),
        });
        if draft.is_some() {
            put(self.room.draft, draft);
        }
    }

    /// What was committed to, or else the draft.
    fn said(self) -> Option<Guess> {
        let committed = self.room.course.with(|course| course.as_ref().and_then(|course| course.said().guess.clone()));
        committed.or_else(|| self.room.draft.get().filter(|_| self.is_open.get()))
    }

    fn picture(self) -> String {
        let (Some(sheet), said) = (self.sheet(), self.said()) else { return String::new() };
        self.room.course.with(|course| {
            let Some(course) = course else { return String::new() };
            let (given, revealed) = (course.given(), course.said().revealed);
            self.room.facts.with(|facts| match (sheet, said) {
                (Sheet::Sketch(ask), Some(Guess::Sketch(values))) => {
                    let at = Some(self.knot.get()).filter(|_| self.is_open.get());
                    sketch(ask, &given, facts, (Some(&values), at), revealed)
                }
                (Sheet::Sketch(ask), _) => sketch(ask, &given, facts, (None, None), revealed),
                (Sheet::Point(ask), Some(Guess::Point(place))) => point(ask, facts, Some(place), revealed),
                (Sheet::Point(ask), _) => point(ask, facts, None, revealed),
            })
        })
    }

    fn in_words(self) -> String {
        let given = self.room.course.with(|course| course.as_ref().map(Course::given)).unwrap_or_default();
        match (self.sheet(), self.said()) {
            (Some(Sheet::Sketch(ask)), Some(Guess::Sketch(values))) => {
                knot_words(ask, &given, &values, self.knot.get())
            }
            (Some(Sheet::Point(_)), Some(Guess::Point(place))) => point_words(place),
            _ => "nothing is drawn yet".to_owned(),
        }
    }

    /// How high the value is that keys move, in hundredths of the axis.
    fn height(self) -> String {
        let at = match (self.sheet(), self.said()) {
            (Some(Sheet::Sketch(ask)), Some(Guess::Sketch(values))) => {
                values.get(self.knot.get()).map_or(0.0, |value| judge::height(ask, *value))
            }
            _ => 0.5,
        };
        ((at * 100.0).round() as u32).to_string()
    }

    fn is_sketch(self) -> bool {
        matches!(self.sheet(), Some(Sheet::Sketch(_)))
    }

    /// Where the pointer is, as parts of the drawing's width and height.
    fn place_of(self, event: &PointerEvent) -> Option<[f64; 2]> {
        let rect = self.node.get_untracked()?.get_bounding_client_rect();
        let across = (f64::from(event.client_x()) - rect.left()) / rect.width();
        Some([across, (f64::from(event.client_y()) - rect.top()) / rect.height()])
    }

    fn hand(self, event: &PointerEvent) {
        let is_down = event.buttons() & 1 == 1;
        let (Some(sheet), Some(place)) = (untrack(|| self.sheet()), self.place_of(event)) else { return };
        if !is_down || !self.is_open.get_untracked() {
            return self.last.set_value(None);
        }
        event.prevent_default();
        let from = self.last.get_value().unwrap_or(place);
        self.last.set_value(Some(place));
        match (sheet, self.room.draft.get_untracked()) {
            (Sheet::Point(ask), _) => {
                if let Some(plane) = self.room.facts.with_untracked(|facts| (ask.plane)(facts)) {
                    self.room.draw(Guess::Point(point_at(&plane, place)));
                }
            }
            (Sheet::Sketch(ask), Some(Guess::Sketch(mut values))) => {
                // a quick hand passes several moments between two events
                for step in 0..=KNOTS {
                    let part = step as f64 / KNOTS as f64;
                    let between = [0, 1].map(|at| from[at] + (place[at] - from[at]) * part);
                    let (at, value) = knot_at(ask, between);
                    if let Some(drawn) = values.get_mut(at) {
                        *drawn = value;
                    }
                    put(self.knot, at);
                }
                self.room.draw(Guess::Sketch(values));
            }
            _ => {}
        }
    }

    fn key(self, event: &KeyboardEvent) {
        let Some(sheet) = untrack(|| self.sheet()).filter(|_| self.is_open.get_untracked()) else { return };
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
                return self.room.commit_drawing();
            }
            _ => return,
        };
        event.prevent_default();
        match (sheet, self.room.draft.get_untracked()) {
            (Sheet::Sketch(ask), Some(Guess::Sketch(values))) => {
                let at = self.knot.get_untracked().saturating_add_signed(right as isize).clamp(1, KNOTS - 1);
                put(self.knot, at);
                if up != 0.0 {
                    self.room.draw(Guess::Sketch(nudged(ask, &values, at, up * fast * NUDGE)));
                }
            }
            (Sheet::Point(ask), Some(Guess::Point(place))) => {
                if let Some(plane) = self.room.facts.with_untracked(|facts| (ask.plane)(facts)) {
                    self.room.draw(Guess::Point(moved(&plane, place, [right * fast, up * fast])));
                }
            }
            _ => {}
        }
    }
}

/// A drawing to sketch a curve in, or to put a point in.
#[component]
pub fn Drawing() -> impl IntoView {
    let page: Page = expect_context();
    let pen = Pen::new(expect_context());
    effect(move || pen.begin());
    let name = move || if pen.is_sketch() { "Your sketch" } else { "Your point" };
    let how = move || {
        if pen.is_sketch() {
            "Draw with the pointer; or ← → select a place and ↑ ↓ move it, Enter commits."
        } else {
            "Click a place; or arrow keys move your point, Enter commits."
        }
    };
    // a drawing that cannot be changed any more is a picture
    let role = move || if pen.is_open.get() { "slider" } else { "img" };
    let only_open = move |text: String| pen.is_open.get().then_some(text);
    view! {
        <div
            class="sheet-of-paper"
            class:open=flag(move || pen.is_open.get())
            role=words(role)
            tabindex="0"
            aria-label=words(name)
            aria-valuemin=move || only_open("0".to_owned())
            aria-valuemax=move || only_open("100".to_owned())
            aria-valuenow=move || only_open(pen.height())
            aria-valuetext=move || only_open(pen.in_words())
            node_ref=pen.node
            on:pointerdown=move |event| pen.hand(&event)
            on:pointermove=move |event| pen.hand(&event)
            on:keydown=move |event| pen.key(&event)
            inner_html=words(move || pen.picture())
        ></div>
        <p class="how" hidden=flag(move || !pen.is_open.get() || page.present.get())>{words(how)}</p>
    }
}
