//! The bar at the bottom: play, step, scrub, and where in the run every panel stands.

use std::time::Duration;

use leptos::prelude::*;

use crate::page::playback::Speed;
use crate::page::speech::Speech;
use crate::page::status::{position, status};
use crate::page::tab::Tab;
use crate::web::bridge::Bridge;
use crate::web::frames::now;

use crate::ui::keys::KeysButton;
use crate::ui::lab::curves::Sparkline;
use crate::ui::parts::effects::{effect, flag, text};
use crate::ui::state::page::put;
use crate::ui::state::{Compute, Page, Runs, Time};

/// Runs that take longer than this can be stopped.
const A_MOMENT: Duration = Duration::from_secs(1);

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
    let time: Time = expect_context();
    let page: Page = expect_context();
    let speeds = Speed::ALL.into_iter().enumerate().map(|(index, speed)| {
        view! { <option value=index.to_string() selected=speed == Speed::USUAL>{speed.name()}</option> }
    });
    view! {
        <footer class="timeline" aria-label="Time">
            <div class="buttons">
                <button aria-label="Restart" title="Restart (R)" on:click=move |_| time.restart()><Icon path=RESTART/></button>
                <button aria-label="Epoch back" title="Epoch back (Shift+←)" on:click=move |_| time.step_epochs(-1)><Icon path=EPOCH_BACK/></button>
                <button aria-label="Step back" title="Step back (←)" on:click=move |_| time.step_by(-1)><Icon path=STEP_BACK/></button>
                <PlayButton/>
                <button aria-label="Step" title="Step (→)" on:click=move |_| time.step_by(1)><Icon path=STEP/></button>
                <button aria-label="Epoch forward" title="Epoch forward (Shift+→)" on:click=move |_| time.step_epochs(1)><Icon path=EPOCH/></button>
                <select
                    aria-label="Speed"
                    // there time plays through the stages of one step, at their own pace
                    hidden=flag(move || page.tab.get() == Tab::Step)
                    on:change=move |event| {
                        let chosen = event_target_value(&event).parse().ok();
                        if let Some(&speed) = chosen.and_then(|index: usize| Speed::ALL.get(index)) {
                            time.speed.set(speed);
                        }
                    }
                >
                    {speeds.collect_view()}
                </select>
            </div>
            <Scrub/>
            <Readout/>
            <KeysButton/>
        </footer>
    }
}

/// In a frame: only what is needed to play and to scrub.
#[component]
pub fn SlimTimeline() -> impl IntoView {
    view! {
        <footer class="timeline slim" aria-label="Time">
            <div class="buttons"><PlayButton/></div>
            <Scrub/>
            <Readout/>
        </footer>
    }
}

#[component]
fn PlayButton() -> impl IntoView {
    let time: Time = expect_context();
    let name = move || if time.playing.get() { "Pause" } else { "Play" };
    let icon = move || if time.playing.get() { PAUSE } else { PLAY };
    view! {
        <button class="play" aria-label=name title="Play or pause (Space)" on:click=move |_| time.toggle()><Icon path=Signal::derive(icon)/></button>
    }
}

/// The whole run's loss, and a slider over it.
#[component]
fn Scrub() -> impl IntoView {
    let time: Time = expect_context();
    let runs: Runs = expect_context();
    let end = Memo::new(move |_| time.end());
    view! {
        <div class="scrub">
            <Sparkline/>
            <input
                type="range"
                min="0"
                max=text(move || end.get().to_string())
                step="1"
                aria-label="Timeline"
                aria-valuetext=text(move || runs.board.with(|board| position(board, time.step())))
                prop:value=text(move || time.step().to_string())
                on:input=move |event| {
                    if let Ok(step) = event_target_value(&event).parse() {
                        time.stop_at(step);
                    }
                }
            />
        </div>
    }
}

/// Where the playhead stands, and what the runs cost. What is seen changes with every place of a slider; what is spoken changes when that rests.
#[component]
fn Readout() -> impl IntoView {
    let page: Page = expect_context();
    let time: Time = expect_context();
    let runs: Runs = expect_context();
    let compute: Compute = expect_context();
    let place = move || runs.board.with(|board| position(board, time.step()));
    let said = move || {
        if page.trouble.with(Option::is_some) { "nothing is computed now".to_owned() } else { runs.board.with(status) }
    };
    let spoken = spoken(move || vec![place(), said()]);
    let slow = slow(runs);
    view! {
        <div class="readout">
            <p class="position"><span>{text(move || halves(&place()).0)}</span><span>{text(move || halves(&place()).1)}</span></p>
            <p class="status">
                <span role="status" aria-label="Run status" aria-live="off">{text(said)}</span>
                {move || slow.get().then(|| view! {
                    <button class="stop" title="End the runs where they are" on:click=move |_| stop(compute)>"Stop"</button>
                })}
            </p>
            <p class="unseen" role="status" aria-label="Spoken status">{text(move || spoken.get())}</p>
        </div>
    }
}

/// The position in two parts, which stand in two lines where there is little room: within the epoch, and within the run.
fn halves(position: &str) -> (String, String) {
    const BETWEEN: &str = " · ";
    position.rfind(BETWEEN).map_or_else(
        || (position.to_owned(), String::new()),
        |at| {
            let (epoch, step) = position.split_at(at + BETWEEN.len());
            (epoch.to_owned(), step.to_owned())
        },
    )
}

fn stop(compute: Compute) {
    // Without a worker nothing is under way.
    let _ = compute.with(Bridge::stop);
}

/// Whether the runs have been under way for longer than a moment.
fn slow(runs: Runs) -> RwSignal<bool> {
    let slow = RwSignal::new(false);
    let asked = Memo::new(move |_| {
        runs.asked.track();
        runs.board.with(|board| board.is_under_way().then(|| board.id()))
    });
    effect(move || {
        let wanted = asked.get();
        put(slow, false);
        if wanted.is_some() {
            set_timeout(move || put(slow, asked.try_get_untracked() == Some(wanted)), A_MOMENT);
        }
    });
    slow
}

/// What is new in sentences, as soon as they rest.
pub fn spoken(sentences: impl Fn() -> Vec<String> + Send + Sync + Copy + 'static) -> RwSignal<String> {
    let text = RwSignal::new(String::new());
    let (speech, waits) = (StoredValue::new(Speech::default()), StoredValue::new(false));
    effect(move || {
        sentences();
        speech.update_value(|speech| speech.change(now()));
        if !waits.get_value() {
            waits.set_value(true);
            speak_later(sentences, (speech, waits), text);
        }
    });
    text
}

fn speak_later(
    sentences: impl Fn() -> Vec<String> + Send + Sync + Copy + 'static,
    (speech, waits): (StoredValue<Speech>, StoredValue<bool>),
    text: RwSignal<String>,
) {
    // nobody is there to be told once the timeline is gone
    let Some(wait) = speech.try_with_value(|speech| speech.wait(now())) else { return };
    if wait > 0.0 {
        // at least a moment, or a clock that is coarse would be asked again and again
        let wait = Duration::from_millis(wait as u64 + 20);
        return set_timeout(move || speak_later(sentences, (speech, waits), text), wait);
    }
    waits.set_value(false);
    let new = speech.try_update_value(|speech| speech.say(now(), untrack(sentences))).flatten();
    if let Some(new) = new {
        text.set(new);
    }
}
