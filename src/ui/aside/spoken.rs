//! For those who hear the page: the screen in four parts, the values of the chart that has the focus, and the loss as a pitch.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::page::map::words as map_words;
use crate::page::sound::pitch;
use crate::page::speech::REST;
use crate::page::summary::{HEADINGS, Screen, reading, summary};
use crate::page::tab::Tab;
use crate::page::view::has_time;
use crate::web::sound::Voice;

use crate::ui::app::States;
use crate::ui::parts::effects::{effect, text};
use crate::ui::state::page::put as put_signal;
use crate::ui::state::{Page, Runs, Time};
use crate::ui::timeline::spoken;

/// What is only heard.
#[component]
pub fn Spoken() -> impl IntoView {
    let page: Page = expect_context();
    view! {
        <Summary/>
        {move || page.sound.get().then(|| view! { <Sounding/> })}
    }
}

/// The four parts, told anew once things rest.
#[component]
fn Summary() -> impl IntoView {
    let states: States = expect_context();
    let parts = RwSignal::new(untrack(|| parts_of(states)));
    let newest = StoredValue::new(0_u32);
    effect(move || {
        track(states);
        newest.update_value(|count| *count = count.wrapping_add(1));
        let own = newest.get_value();
        set_timeout(
            move || {
                if newest.try_get_value() == Some(own) {
                    let now = untrack(|| parts_of(states));
                    if parts.with_untracked(|before| *before != now) {
                        parts.set(now);
                    }
                }
            },
            Duration::from_millis(REST as u64),
        );
    });
    let part = move |(index, heading): (usize, &'static str)| {
        view! {
            <h3>{heading}</h3>
            <p>{text(move || parts.with(|parts| parts.get(index).cloned().unwrap_or_default()))}</p>
        }
    };
    let values = values(states.runs, states.time);
    view! {
        <p class="unseen in-words" role="status" aria-label="Values at the playhead">{text(move || values.get())}</p>
        <section class="unseen in-words" aria-label="The screen in words">
            <h2>"The screen in words"</h2>
            {HEADINGS.into_iter().enumerate().map(part).collect_view()}
        </section>
    }
}

/// What the chart that has the focus shows at the playhead, once that rests.
fn values(runs: Runs, time: Time) -> RwSignal<String> {
    let chart = RwSignal::new(String::new());
    window_event_listener_untyped("focusin", move |event| {
        let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let name =
            element.filter(|element| element.class_name() == "drawing" || element.class_name().starts_with("drawing "));
        let name = name.and_then(|element| element.get_attribute("aria-label"));
        put_signal(chart, name.unwrap_or_default());
    });
    spoken(move || {
        let step = time.step();
        vec![chart.with(|chart| runs.board.with(|board| reading(chart, board, step)))]
    })
}

/// Reads whatever the summary depends on.
fn track(states: States) {
    let States { page, runs, time, step, modules, map, lessons, .. } = states;
    page.tab.track();
    runs.board.track();
    runs.limits.track();
    time.playhead.track();
    time.playing.track();
    step.found.track();
    modules.found.track();
    modules.view.track();
    lessons.view.track();
    map.cells.track();
    map.view.track();
}

fn parts_of(states: States) -> [String; 4] {
    let States { page, runs, time, lab, step, modules, map, lessons, .. } = states;
    let tab = page.tab.get();
    let shown = match tab {
        Tab::Lab | Tab::Lessons => String::new(),
        Tab::Code => {
            "How the program goes is said beside its buttons, and what it prints is in the log of its output".to_owned()
        }
        Tab::Step => step.shown(lab),
        Tab::Modules => modules.shown(),
        Tab::Map => map.cells.with(|cells| map.view.with(|view| map_words::summary(cells, view))),
    };
    runs.board.with(|board| {
        runs.limits.with(|limits| {
            let (timed, playing) = (has_time(tab, modules.view().room, &lessons.view()), time.playing.get());
            summary(&Screen { tab, board, limits, step: time.step(), timed, playing, shown: &shown })
        })
    })
}

/// A voice as long as it is there: it sounds whenever the playhead has moved.
#[component]
fn Sounding() -> impl IntoView {
    let (runs, time): (Runs, Time) = (expect_context(), expect_context());
    let voice = StoredValue::new_local(Voice::new());
    let last = StoredValue::new(untrack(|| time.step()));
    effect(move || {
        let step = time.step();
        if last.get_value() == step {
            return;
        }
        last.set_value(step);
        let pitch = runs.board.with_untracked(|board| pitch(board.first()?, step));
        voice.with_value(|voice| {
            if let (Some(voice), Some(pitch)) = (voice, pitch) {
                voice.sing(pitch);
            }
        });
    });
}
