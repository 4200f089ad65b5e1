//! What `jit` did: what was traced and compiled, for which shapes, and what a change of the settings costs.

use leptos::html::Div;
use leptos::prelude::*;

use crate::lecture::settings::config::Config;
use crate::lecture::settings::setting::{Kind, setting};
use crate::lecture::settings::value::Value;
use crate::page::microscope::traced::{sentence, table, total};
use crate::page::runs::Board;
use crate::worker::protocol::JobRequest;

use crate::ui::lab::state::LabState;
use crate::ui::parts::effects::{effect, text};
use crate::ui::state::{Compute, Runs};

use super::state::StepState;

/// Settings that can be changed here: their keys in links.
const CHANGED: [&str; 2] = ["lr", "batch"];

/// The settings of an answer, and how many traces there were.
type Seen = (Config, usize);

/// What was traced and compiled.
#[component]
pub fn Compilation() -> impl IntoView {
    let step: StepState = expect_context();
    let (lab, runs): (LabState, Runs) = (expect_context(), expect_context());
    let compute: Compute = expect_context();
    let complete = Memo::new(move |_| {
        let id = runs.asked.get();
        runs.board.with(|board| board.is_complete() && board.id() == id).then_some(id)
    });
    effect(move || {
        if complete.get().is_some() {
            let _ = compute.with(|bridge| bridge.ask(JobRequest::Traced));
        }
    });
    // the last change of the settings: what was known before it, and after it
    let seen = RwSignal::new(None::<(Seen, Seen)>);
    effect(move || {
        let Some(now) = step.traced.with(|traced| traced.as_deref().map(total)) else { return };
        let complete = runs.board.with_untracked(Board::is_complete);
        let config = untrack(|| lab.run(step.column(lab)));
        if !complete {
            return;
        }
        let before = seen.get_untracked();
        let last = before.as_ref().map_or_else(|| (config.clone(), now), |(_, last)| last.clone());
        if before.is_none() || last.0 != config {
            seen.set(Some((last, (config, now))));
        }
    });
    let rows = NodeRef::<Div>::new();
    effect(move || {
        let Some(element) = rows.get() else { return };
        let config = lab.run(step.column(lab));
        element.set_inner_html(
            &step.traced.with(|traced| traced.as_ref().map(|traced| table(traced, &config)).unwrap_or_default()),
        );
    });
    let said = move || {
        seen.with(|seen| {
            let Some(((before, traces), (after, now))) = seen else { return String::new() };
            sentence((before, *traces), (after, *now))
        })
    };
    let nudge = move |key: &'static str, by: i64| {
        let Some(setting) = setting(key) else { return };
        let Kind::Number(numeric) = setting.kind else { return };
        let now = untrack(|| lab.current());
        // beyond the ends of a setting there is nothing
        if let Ok(config) = setting.with(&now, Value::Number(numeric.nudged(&now, by))) {
            lab.change(&config);
        }
    };
    let control = move |key: &'static str| {
        let setting = setting(key)?;
        let name = setting.name;
        Some(view! {
            <span class="nudged">
                {name} " "
                <button aria-label=format!("{name}: less") on:click=move |_| nudge(key, -1)>"−"</button>
                <output>{text(move || setting.text(&lab.current()))}</output>
                <button aria-label=format!("{name}: more") on:click=move |_| nudge(key, 1)>"+"</button>
            </span>
        })
    };
    let about = move || {
        let (function, jit) = lab.run(step.column(lab)).program.step_function();
        format!(
            "{jit} traces {function} once for each shape of its arguments, and keeps what it compiled. An epoch whose last batch is smaller needs a second one."
        )
    };
    view! {
        <section class="compilation" aria-labelledby="compilation-title">
            <h2 id="compilation-title">"Compilation"</h2>
            <p class="text-about">{text(about)}</p>
            <div class="choices-of">{CHANGED.map(control).into_iter().collect_view()}</div>
            <p class="text-about" role="status" aria-label="Traced">{text(said)}</p>
            <div class="table-of" role="region" aria-label="Compiled steps" tabindex="0" node_ref=rows></div>
        </section>
    }
}
