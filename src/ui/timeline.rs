//! The bar at the bottom: play, step, scrub, and where in the run every panel stands.

use leptos::prelude::*;

use crate::base::words::thousands;
use crate::page::playback::Speed;
use crate::web::frames::next_frame;

use crate::page::runs::Board;
use crate::ui::keys::{self, KeyList};
use crate::ui::lab::curves::Sparkline;
use crate::ui::lab::state::Lab;
use crate::ui::parts::effects::{effect, text};

/// Outlines of the buttons' pictures in a square of 16.
const RESTART: &str = "M3 3h2v10H3zM13 3v10L6 8z";
const STEP_BACK: &str = "M11 3v10L5 8zM12 3h1.5v10H12z";
const STEP: &str = "M5 3v10l6-5zM2.5 3H4v10H2.5z";
const EPOCH_BACK: &str = "M8 3v10L3 8zM13 3v10L8 8zM1.5 3H3v10H1.5z";
const EPOCH: &str = "M8 3v10l5-5zM3 3v10l5-5zM13 3h1.5v10H13z";
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

/// The bar at the bottom.
#[component]
pub fn Timeline() -> impl IntoView {
    let lab: Lab = expect_context();
    let end = Memo::new(move |_| lab.end());
    effect(move || {
        if lab.playing.get() {
            play(lab);
        }
    });
    keys::listen(lab);
    keys::follow_slides(lab);
    let name = move || if lab.playing.get() { "Pause" } else { "Play" };
    let play_icon = move || if lab.playing.get() { PAUSE } else { PLAY };
    let speeds = Speed::ALL.into_iter().enumerate().map(|(index, speed)| {
        view! { <option value=index.to_string() selected=speed == Speed::USUAL>{speed.name()}</option> }
    });
    view! {
        <footer class="timeline" aria-label="Time">
            <div class="buttons">
                <button aria-label="Restart" title="Restart (R)" on:click=move |_| lab.restart()><Icon path=RESTART/></button>
                <button aria-label="Epoch back" title="Epoch back (Shift+←)" on:click=move |_| lab.step_epochs(-1)><Icon path=EPOCH_BACK/></button>
                <button aria-label="Step back" title="Step back (←)" on:click=move |_| lab.step_by(-1)><Icon path=STEP_BACK/></button>
                <button class="play" aria-label=name title="Play or pause (Space)" on:click=move |_| lab.toggle()><Icon path=Signal::derive(play_icon)/></button>
                <button aria-label="Step" title="Step (→)" on:click=move |_| lab.step_by(1)><Icon path=STEP/></button>
                <button aria-label="Epoch forward" title="Epoch forward (Shift+→)" on:click=move |_| lab.step_epochs(1)><Icon path=EPOCH/></button>
                <select
                    aria-label="Speed"
                    on:change=move |event| {
                        let chosen = event_target_value(&event).parse().ok();
                        if let Some(&speed) = chosen.and_then(|index: usize| Speed::ALL.get(index)) {
                            lab.speed.set(speed);
                        }
                    }
                >
                    {speeds.collect_view()}
                </select>
            </div>
            <div class="scrub">
                <Sparkline/>
                <input
                    type="range"
                    min="0"
                    max=text(move || end.get().to_string())
                    step="1"
                    aria-label="Timeline"
                    aria-valuetext=text(move || position(lab))
                    prop:value=text(move || lab.step().to_string())
                    on:input=move |event| {
                        if let Ok(step) = event_target_value(&event).parse() {
                            lab.playing.set(false);
                            lab.seek(step);
                        }
                    }
                />
            </div>
            <div class="readout">
                <p class="position">{text(move || position(lab))}</p>
                <p class="status" role="status" aria-label="Run status">{text(move || lab.status())}</p>
            </div>
            <KeyList/>
        </footer>
    }
}

/// Where the playhead stands, in words.
fn position(lab: Lab) -> String {
    let step = lab.step();
    lab.board.with(|board: &Board| {
        let Some(first) = board.first() else { return String::new() };
        let per_epoch = first.config.steps_per_epoch();
        let total = thousands(board.end());
        if board.end() == 0 {
            return "no step is taken".to_owned();
        }
        let Some(last) = step.checked_sub(1) else { return format!("before the first step of {total}") };
        let (epoch, batch) = (last / per_epoch, last % per_epoch);
        format!("epoch {epoch} · batch {} of {per_epoch} · step {} of {total}", batch + 1, thousands(step))
    })
}

/// From when, behind how many steps and at which speed time has been running.
#[derive(Clone, Copy)]
struct Since {
    milliseconds: f64,
    steps: usize,
    speed: Speed,
}

/// Moves the playhead with the display's frames until it is paused or the run ends; in slow motion, the lit part of the step, too.
fn play(lab: Lab) {
    fn frame(lab: Lab, since: Since, now: f64) {
        if !lab.playing.get_untracked() {
            return;
        }
        let end = lab.board.with_untracked(Board::end);
        let moment = since.speed.moment(since.steps, now - since.milliseconds);
        lab.seek(moment.step.min(end));
        if moment.is_over(end) {
            lab.playing.set(false);
            return;
        }
        if let Some(part) = moment.part.filter(|part| lab.stage.get_untracked() != *part) {
            lab.stage.set(part);
        }
        let speed = lab.speed.get_untracked();
        // a change of speed counts from here on, so that the playhead does not jump
        let changed = Since { milliseconds: now, steps: moment.taken(), speed };
        let since = if speed == since.speed { since } else { changed };
        next_frame(move |now| frame(lab, since, now));
    }
    let (steps, speed) = (untrack(|| lab.step()), lab.speed.get_untracked());
    next_frame(move |milliseconds| frame(lab, Since { milliseconds, steps, speed }, milliseconds));
}
