//! Time that runs by itself: one clock at a time, driven by the display's frames, and none while nobody sees the page.

use leptos::prelude::*;

use crate::lecture::python::Stage;
use crate::page::playback::Clock;
use crate::web::frames::next_frame;

use super::parts::effects::effect;
use super::state::Time;
use super::state::page::put;

/// Lets time run whenever it is to.
pub fn follow(time: Time) {
    let newest = StoredValue::new(0_u32);
    let seen = RwSignal::new(!document().hidden());
    // the event is the document's, and rises to the window
    window_event_listener_untyped("visibilitychange", move |_| put(seen, !document().hidden()));
    effect(move || {
        // whoever starts or stops time ends the clock that was running
        newest.update_value(|count| *count = count.wrapping_add(1));
        if time.playing.get() && seen.get() && !time.paced.get() {
            let own = newest.get_value();
            let (steps, speed) = (untrack(|| time.taken()), time.speed.get_untracked());
            next_frame(move |now| frame(time, (newest, own), Clock::start(steps, now, speed), now));
        }
    });
}

/// Moves the playhead until time is stopped or the run ends; in slow motion, the lit part of the step, too.
fn frame(time: Time, (newest, own): (StoredValue<u32>, u32), mut clock: Clock, now: f64) {
    if newest.get_value() != own {
        return;
    }
    let end = untrack(|| time.end());
    let moment = clock.tick(now, time.speed.get_untracked());
    time.seek(moment.step.min(end));
    if moment.is_over(end) {
        time.playing.set(false);
        return;
    }
    let part = moment.part.unwrap_or(Stage::Apply);
    if time.stage.get_untracked() != part {
        time.stage.set(part);
    }
    next_frame(move |now| frame(time, (newest, own), clock, now));
}
