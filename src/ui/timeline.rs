//! The bar at the bottom: play, step, scrub, and where in the run every panel stands.

use leptos::prelude::*;

use crate::lecture::divergence::thousands;
use crate::web::frames::next_frame;

use super::charts::Sparkline;
use super::state::{Lab, Shown};

/// Outlines of the buttons' pictures in a square of 16.
const RESTART: &str = "M3 3h2v10H3zM13 3v10L6 8z";
const STEP_BACK: &str = "M11 3v10L5 8zM12 3h1.5v10H12z";
const STEP: &str = "M5 3v10l6-5zM2.5 3H4v10H2.5z";
const PLAY: &str = "M4 2.5v11l9-5.5z";
const PAUSE: &str = "M4 3h3v10H4zM9 3h3v10H9z";

#[component]
fn Icon(#[prop(into)] path: Signal<&'static str>) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d=move || path.get()></path>
        </svg>
    }
}

#[component]
pub fn Timeline() -> impl IntoView {
    let lab: Lab = expect_context();
    let end = Memo::new(move |_| lab.shown.with(|shown| shown.config.steps()));
    let step_by = move |by: isize| {
        lab.playing.set(false);
        lab.seek(lab.playhead.get_untracked().saturating_add_signed(by));
    };
    let restart = move || {
        lab.playing.set(false);
        lab.seek(0);
    };
    let toggle = move || {
        if !lab.playing.get_untracked() && lab.playhead.get_untracked() >= end.get_untracked() {
            lab.seek(0);
        }
        lab.playing.update(|playing| *playing = !*playing);
    };
    Effect::new(move |_| {
        if lab.playing.get() {
            play(lab);
        }
    });
    window_event_listener(leptos::ev::keydown, move |event| {
        if event.default_prevented() || event.ctrl_key() || event.alt_key() || event.meta_key() || typing(&event) {
            return;
        }
        let per_epoch = lab.shown.with_untracked(|shown| shown.config.steps_per_epoch()).cast_signed();
        let stride = if event.shift_key() { per_epoch } else { 1 };
        match event.key().as_str() {
            " " => toggle(),
            "ArrowRight" => step_by(stride),
            "ArrowLeft" => step_by(-stride),
            "r" | "R" => restart(),
            _ => return,
        }
        event.prevent_default();
    });
    let name = move || if lab.playing.get() { "Pause" } else { "Play" };
    let play_icon = move || if lab.playing.get() { PAUSE } else { PLAY };
    view! {
        <footer class="timeline" aria-label="Time">
            <div class="buttons">
                <button aria-label="Restart" title="Restart (R)" on:click=move |_| restart()><Icon path=RESTART/></button>
                <button aria-label="Step back" title="Step back (←)" on:click=move |_| step_by(-1)><Icon path=STEP_BACK/></button>
                <button class="play" aria-label=name title="Play or pause (Space)" on:click=move |_| toggle()><Icon path=Signal::derive(play_icon)/></button>
                <button aria-label="Step" title="Step (→)" on:click=move |_| step_by(1)><Icon path=STEP/></button>
                <select
                    aria-label="Speed"
                    on:change=move |event| {
                        if let Ok(speed) = event_target_value(&event).parse() {
                            lab.speed.set(speed);
                        }
                    }
                >
                    {[5, 50, 200, 1000].into_iter().map(|speed| view! {
                        <option value=speed.to_string() selected=speed == 200>{format!("{} steps/s", thousands(speed))}</option>
                    }).collect_view()}
                </select>
            </div>
            <div class="scrub">
                <Sparkline/>
                <input
                    type="range"
                    min="0"
                    max=move || end.get().to_string()
                    step="1"
                    aria-label="Timeline"
                    aria-valuetext=move || position(lab)
                    prop:value=move || lab.playhead.get().min(end.get()).to_string()
                    on:input=move |event| {
                        if let Ok(step) = event_target_value(&event).parse() {
                            lab.playing.set(false);
                            lab.seek(step);
                        }
                    }
                />
            </div>
            <div class="readout">
                <p class="position">{move || position(lab)}</p>
                <p class="status" role="status" aria-label="Run status">{move || lab.status()}</p>
            </div>
        </footer>
    }
}

/// Where the playhead stands, in words.
fn position(lab: Lab) -> String {
    let step = lab.playhead.get();
    lab.shown.with(|shown: &Shown| {
        let per_epoch = shown.config.steps_per_epoch();
        let total = thousands(shown.config.steps());
        let Some(last) = step.checked_sub(1) else { return format!("before the first step of {total}") };
        let (epoch, batch) = (last / per_epoch, last % per_epoch);
        format!("epoch {epoch} · batch {} of {per_epoch} · step {} of {total}", batch + 1, thousands(step))
    })
}

/// From when, which step and at which speed time has been running.
#[derive(Clone, Copy)]
struct Since {
    milliseconds: f64,
    step: usize,
    speed: usize,
}

/// Moves the playhead with the display's frames until it is paused or the run ends.
fn play(lab: Lab) {
    fn frame(lab: Lab, since: Since, now: f64) {
        if !lab.playing.get_untracked() {
            return;
        }
        let end = lab.shown.with_untracked(|shown| shown.config.steps());
        let step = (since.step + passed(now - since.milliseconds, since.speed)).min(end);
        if step != lab.playhead.get_untracked() {
            lab.playhead.set(step);
        }
        if step == end {
            lab.playing.set(false);
            return;
        }
        let speed = lab.speed.get_untracked();
        // a change of speed counts from here on, so that the playhead does not jump
        let since = if speed == since.speed { since } else { Since { milliseconds: now, step, speed } };
        next_frame(move |now| frame(lab, since, now));
    }
    let (step, speed) = (lab.playhead.get_untracked(), lab.speed.get_untracked());
    next_frame(move |milliseconds| frame(lab, Since { milliseconds, step, speed }, milliseconds));
}

/// Whole steps in so many milliseconds.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)] // a few thousand at most
fn passed(milliseconds: f64, per_second: usize) -> usize {
    (milliseconds.max(0.0) / 1000.0 * per_second as f64) as usize
}

/// Whether a control has the focus that has its own use for keys.
fn typing(event: &leptos::ev::KeyboardEvent) -> bool {
    use wasm_bindgen::JsCast;
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA" | "BUTTON"))
}
