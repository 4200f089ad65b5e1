//! The slim line on top: the name and the theme's switch.

use leptos::prelude::*;

use super::state::Lab;

#[component]
pub fn Header() -> impl IntoView {
    let lab: Lab = expect_context();
    let label = move || if lab.dark.get() { "Light theme" } else { "Dark theme" };
    view! {
        <header class="top">
            <h1>"theta"<span class="hat">"hat"</span></h1>
            <p class="tagline">"Stochastic gradient descent, computed live with JAX’s own numbers"</p>
            <button class="quiet" on:click=move |_| lab.dark.update(|dark| *dark = !*dark)>{label}</button>
        </header>
    }
}
