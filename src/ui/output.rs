//! What the program prints, exactly as Python prints it.

use leptos::prelude::*;

use super::state::Lab;

#[component]
pub fn Output() -> impl IntoView {
    let lab: Lab = expect_context();
    let lines = move || lab.shown.with(|shown| shown.steps.lines.clone());
    view! {
        <section class="output">
            <h2>"Output"</h2>
            <div role="log" aria-label="Output" tabindex="0">
                {move || lines().into_iter().map(|line| view! { <div>{line}</div> }).collect_view()}
            </div>
        </section>
    }
}
