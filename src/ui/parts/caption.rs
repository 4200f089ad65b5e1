//! The line below a figure's name that says what it shows now.

use leptos::prelude::*;

use crate::lecture::verdict::course::Shown;
use crate::page::runs::Board;
use crate::page::status::caption;

use crate::ui::state::Runs;

/// What the first run's course is, and in the tooltip that of each run that takes another one, told when the runs are complete: nobody reads a sentence that changes
/// on every frame.
#[component]
pub fn Caption(read: fn(&Shown<'_>) -> String) -> impl IntoView {
    let runs: Runs = expect_context();
    let said = Memo::new(move |before: Option<&(String, String)>| {
        runs.board.with(|board: &Board| {
            let now = board.is_complete().then(|| caption(board, read)).flatten();
            now.or_else(|| before.cloned()).unwrap_or_default()
        })
    });
    view! { <p class="caption" title=move || said.get().1>{move || said.get().0}</p> }
}
