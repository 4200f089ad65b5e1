//! What the program's innermost loop has done: its charts, the turn that is looked at, and what the names held then.

use leptos::prelude::*;

use crate::page::editor::figures;
use crate::page::editor::recorded::Loop;

use crate::ui::code::desk::Desk;
use crate::ui::parts::effects::{flag, text};
use crate::ui::state::Page;

/// The charts over a slider for the turn.
#[component]
pub fn Turns(desk: Desk) -> impl IntoView {
    let page: Page = expect_context();
    let (recorded, row) = (RwSignal::from(desk.recorded()), RwSignal::from(desk.row()));
    let of = move |read: fn(&Loop, usize) -> String| {
        recorded.with(|recorded| recorded.as_ref().map(|recorded| read(recorded, row.get().min(recorded.last()))))
    };
    let last = Memo::new(move |_| recorded.with(|recorded| recorded.as_ref().map_or(0, |recorded| recorded.last())));
    let turn = Memo::new(move |_| of(Loop::turn).unwrap_or_default());
    let pictures = Memo::new(move |_| {
        let is_dark = page.dark.get();
        recorded.with(|recorded| {
            let recorded = recorded.as_ref()?;
            Some(figures::row(&recorded.charts(row.get().min(recorded.last())), is_dark))
        })
    });
    let values = Memo::new(move |_| {
        let said = |recorded: &Loop, row: usize| {
            let values: Vec<String> = recorded.values(row).into_iter().map(|(_, value)| value).collect();
            values.join("; ")
        };
        of(said).unwrap_or_default()
    });
    let scrub = move |event| {
        if let Ok(place) = event_target_value(&event).parse::<usize>() {
            // at its end it follows a loop that goes on
            row.set(if place == last.get_untracked() { usize::MAX } else { place });
        }
    };
    view! {
        <section class="code-turns" aria-label="The innermost loop" hidden=flag(move || last.get() == 0)>
            <div class="code-charts" inner_html=text(move || pictures.get().unwrap_or_default())></div>
            <label class="code-turn">
                <span>{text(move || turn.get())}</span>
                <input
                    type="range"
                    min="0"
                    max=text(move || last.get().to_string())
                    aria-label="Turn of the loop"
                    aria-valuetext=text(move || turn.get())
                    prop:value=text(move || row.get().min(last.get()).to_string())
                    on:input=scrub
                />
            </label>
            <p class="unseen" role="status" aria-label="Values at this turn">{text(move || values.get())}</p>
        </section>
    }
}
