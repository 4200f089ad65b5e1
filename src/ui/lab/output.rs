//! What the program prints, exactly as Python prints it, as far as it has come at the playhead.

use leptos::prelude::*;

use crate::page::runs::Board;
use crate::ui::parts::effects::text;
use crate::ui::state::{Runs, Time};

/// The first shown program's output.
#[component]
pub fn Output() -> impl IntoView {
    let runs: Runs = expect_context();
    let time: Time = expect_context();
    let lines = Memo::new(move |_| {
        let step = time.step();
        runs.board.with(|board: &Board| board.first().map(|run| run.lines(step).to_vec()).unwrap_or_default())
    });
    // the place for all lines is kept, so that nothing moves while time does
    let all = Memo::new(move |_| runs.board.with(|board| board.first().map_or(5, |run| run.steps.lines.len())));
    let name =
        move || runs.board.with(|board| board.runs.first().map(|run| format!("Output of {}", run.approach.name())));
    view! {
        <section class="output">
            <h2>{text(move || name().unwrap_or_else(|| "Output".to_owned()))}</h2>
            <div role="log" aria-live="off" aria-label="Output" tabindex="0" style:--lines=text(move || all.get().clamp(5, 14).to_string())>
                {move || lines.get().into_iter().map(|line| view! { <div>{line}</div> }).collect_view()}
            </div>
        </section>
    }
}
