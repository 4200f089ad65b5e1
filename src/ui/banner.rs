//! What nobody may miss: why nothing is computed, above everything else.

use leptos::prelude::*;

use crate::page::status::forbidden;
use crate::ui::state::Page;
use crate::web::theme::refused;

/// The trouble with the worker, as long as there is some.
#[component]
pub fn Banner() -> impl IntoView {
    let page: Page = expect_context();
    move || {
        let trouble = page.trouble.get()?;
        // where the host's policy is to blame, it is named
        let sentence = refused().map_or(trouble.clone(), |rule| forbidden(&trouble, &rule));
        Some(view! { <p class="banner" role="alert">{sentence}</p> })
    }
}
