//! What zooms a chart, whatever it shows: two fingers that move apart, and the wheel.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::{PointerEvent, WheelEvent};

/// A finger's place in the window, in CSS pixels.
type Place = (f64, f64);

/// The fingers that touch a chart. Clones share them.
#[derive(Clone, Default)]
pub struct Pinch(Rc<RefCell<Vec<(i32, Place)>>>);

/// A move of one of two fingers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pinched {
    /// Half-way between the fingers.
    pub about: (i32, i32),
    /// How many times as far apart they were before.
    pub factor: f64,
}

impl Pinch {
    /// A pointer has been pressed.
    pub fn press(&self, event: &PointerEvent) {
        self.release(event);
        if event.pointer_type() == "touch" {
            self.0.borrow_mut().push((event.pointer_id(), place(event)));
        }
    }

    /// A pointer has moved: what that means if it is one of two fingers.
    pub fn follow(&self, event: &PointerEvent) -> Option<Pinched> {
        let mut fingers = self.0.borrow_mut();
        let [(_, a), (_, b)] = fingers[..] else { return None };
        let before = distance(a, b);
        let (_, moved) = fingers.iter_mut().find(|(id, _)| *id == event.pointer_id())?;
        *moved = place(event);
        let [(_, a), (_, b)] = fingers[..] else { return None };
        let middle = (f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1));
        Some(Pinched { about: (middle.0 as i32, middle.1 as i32), factor: before / distance(a, b) })
    }

    /// A pointer has been lifted, or the browser has taken it for itself.
    pub fn release(&self, event: &PointerEvent) {
        self.0.borrow_mut().retain(|(id, _)| *id != event.pointer_id());
    }

    /// Whether several fingers touch the chart.
    pub fn is_under_way(&self) -> bool {
        self.0.borrow().len() > 1
    }
}

/// How many times as much is to be shown after a turn of the wheel. A turn and the same turn back leave things as they were.
pub fn turned(event: &WheelEvent) -> f64 {
    let turn = if event.delta_y() == 0.0 { event.delta_x() } else { event.delta_y() };
    let part = 1.0 + turn.abs().min(100.0) / 200.0;
    if turn > 0.0 { part } else { 1.0 / part }
}

fn place(event: &PointerEvent) -> Place {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

/// Never so small that a division by it would leap.
fn distance(a: Place, b: Place) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1).max(8.0)
}
