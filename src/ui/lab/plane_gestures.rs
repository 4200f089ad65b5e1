//! What the pointer, two fingers, the wheel and keys do in the plane: move the start, zoom, and move what is shown.

use std::cell::Cell;
use std::rc::Rc;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use web_sys::{PointerEvent, WheelEvent};

use crate::page::view::Area;
use crate::plot::PlaneWindow;

use crate::ui::lab::plane::{Drawn, PlaneStates};
use crate::ui::lab::state::LabState;
use crate::ui::parts::figure::Figure;
use crate::ui::parts::pinch::{Pinch, Pinched, turned};

/// How near to the start it can be taken hold of, in CSS pixels.
const REACH: f64 = 18.0;
/// How much a press of a key zooms.
const KEY_ZOOM: f64 = 0.7;

/// A place in the window, in CSS pixels.
type Client = (i32, i32);

/// What a pressed pointer has taken hold of.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Held {
    #[default]
    Nothing,
    Start,
    /// The plane itself, last at this place.
    Ground(Client),
}

/// The learner's hand in the plane.
#[derive(Clone)]
pub struct Hand {
    states: PlaneStates,
    figure: Figure<Drawn>,
    held: Rc<Cell<Held>>,
    pinch: Pinch,
    /// Keeps the picture still while the start is held.
    still: RwSignal<Option<PlaneWindow>>,
}

impl Hand {
    /// The hand in this figure, whose picture stays as it is while `still` is set.
    pub fn new(states: PlaneStates, figure: Figure<Drawn>, still: RwSignal<Option<PlaneWindow>>) -> Self {
        Self { states, figure, held: Rc::default(), pinch: Pinch::default(), still }
    }

    fn is_on_start(&self, event: &PointerEvent) -> bool {
        let near = |drawn: &Drawn, (x, y): (f64, f64)| {
            drawn.starts.iter().any(|start| (start.0 - x).hypot(start.1 - y) <= REACH)
        };
        self.figure.at(client(event), near).unwrap_or(false)
    }

    /// A pointer is pressed: on a start it takes hold of it, elsewhere of the plane, if that is zoomed.
    pub fn press(&self, event: &PointerEvent) {
        self.pinch.press(event);
        if event.button() != 0 || self.pinch.is_under_way() {
            return self.held.set(Held::Nothing);
        }
        let zoomed = self.states.lab.charts.with_untracked(|charts| charts.plane.area.is_some());
        if self.is_on_start(event) {
            self.held.set(Held::Start);
            self.still.set(self.figure.at((0, 0), |drawn, _| drawn.frame.window()));
        } else if zoomed {
            self.held.set(Held::Ground(client(event)));
        } else {
            return;
        }
        if let Some(node) = self.figure.node.get_untracked() {
            // Without the capture the drag ends where the pointer leaves the figure.
            let _ = node.set_pointer_capture(event.pointer_id());
        }
    }

    /// A pointer moves.
    pub fn follow(&self, event: &PointerEvent) {
        if let Some(Pinched { about, factor }) = self.pinch.follow(event) {
            return self.zoom(about, factor);
        }
        match self.held.get() {
            Held::Start => self.put(client(event)),
            Held::Ground(from) => {
                self.held.set(Held::Ground(client(event)));
                self.shift(from, client(event));
            }
            Held::Nothing => self.show_what_can_be_held(event),
        }
    }

    fn show_what_can_be_held(&self, event: &PointerEvent) {
        let zoomed = self.states.lab.charts.with_untracked(|charts| charts.plane.area.is_some());
        let cursor = if self.is_on_start(event) {
            "grab"
        } else if zoomed {
            "move"
        } else {
            "default"
        };
        if let Some(node) = self.figure.node.get_untracked() {
            // The property's name and value are fixed and valid.
            let _ = web_sys::HtmlElement::style(&node).set_property("cursor", cursor);
        }
    }

    /// A pointer is lifted.
    pub fn release(&self, event: &PointerEvent) {
        self.pinch.release(event);
        self.held.set(Held::Nothing);
        self.still.set(None);
    }

    /// Starts from a place on the picture.
    pub fn put(&self, at: Client) {
        let PlaneStates { lab, runs, .. } = self.states;
        let moved = self.figure.at(at, |drawn, (x, y)| {
            let base = runs.board.with_untracked(|board| board.first().map(|run| run.problem.theta_0.clone()));
            base.filter(|_| drawn.frame.contains(x, y)).map(|base| drawn.frame.params_at(x, y, &base))
        });
        let Some(theta_0) = moved.flatten() else { return };
        lab.edit(|config| config.theta_0 = Some(theta_0));
    }

    /// The wheel turns; the page scrolls as usual unless the wheel is meant for the figure.
    pub fn turn(&self, event: &WheelEvent) {
        let zoomed = self.states.lab.charts.with_untracked(|charts| charts.plane.area.is_some());
        if event.ctrl_key() || event.shift_key() || zoomed {
            event.prevent_default();
            self.zoom((event.client_x(), event.client_y()), turned(event));
        }
    }

    /// A key is pressed while the figure has the focus.
    pub fn key(&self, event: &KeyboardEvent) {
        match event.key().as_str() {
            "+" | "=" => self.zoom_middle(KEY_ZOOM),
            "-" => self.zoom_middle(1.0 / KEY_ZOOM),
            "0" => show_all(self.states.lab),
            _ => return,
        }
        event.prevent_default();
    }

    /// Zooms so that `factor` times as much is shown, around a place on the picture.
    fn zoom(&self, about: Client, factor: f64) {
        self.change(|drawn, area| {
            let (x, y) = self.place(about)?;
            Some(area.zoomed(drawn.frame.to_theta(x, y), factor))
        });
    }

    fn zoom_middle(&self, factor: f64) {
        self.change(|_, area| {
            let middle = |low: f64, high: f64| f64::midpoint(low, high);
            Some(area.zoomed((middle(area.low.0, area.high.0), middle(area.low.1, area.high.1)), factor))
        });
    }

    /// Moves what is shown by the way of the pointer.
    fn shift(&self, from: Client, to: Client) {
        self.change(|drawn, area| {
            let (from, to) = (self.place(from)?, self.place(to)?);
            let (a, b) = (drawn.frame.to_theta(from.0, from.1), drawn.frame.to_theta(to.0, to.1));
            Some(area.moved((a.0 - b.0, a.1 - b.1)))
        });
    }

    /// Where on the picture a place in the window lies.
    fn place(&self, at: Client) -> Option<(f64, f64)> {
        self.figure.at(at, |_, place| place)
    }

    fn change(&self, next: impl FnOnce(&Drawn, Area) -> Option<Area>) {
        let lab = self.states.lab;
        let chosen = lab.charts.with_untracked(|charts| charts.plane.area);
        let changed = self.figure.at((0, 0), |drawn, _| {
            let PlaneWindow { low, high, .. } = drawn.frame.window();
            let area = chosen.unwrap_or(Area { low, high });
            next(drawn, area).filter(|next| *next != area && next.is_valid())
        });
        if let Some(area) = changed.flatten() {
            lab.charts.update(|charts| charts.plane.area = Some(area));
        }
    }
}

/// Shows the whole course again.
pub fn show_all(lab: LabState) {
    if lab.charts.with_untracked(|charts| charts.plane.area.is_some()) {
        lab.charts.update(|charts| charts.plane.area = None);
    }
}

fn client(event: &PointerEvent) -> Client {
    (event.client_x(), event.client_y())
}
