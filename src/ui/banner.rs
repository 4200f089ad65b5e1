//! What nobody may miss: why nothing is computed, above everything else.

use leptos::prelude::*;

use crate::ui::state::Page;

/// The trouble with the worker, as long as there is some.
#[component]
pub fn Banner() -> impl IntoView {
    let page: Page = expect_context();
    move || page.trouble.get().map(|sentence| view! { <p class="banner" role="alert">{sentence}</p> })
}
