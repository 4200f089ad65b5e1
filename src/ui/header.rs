//! The slim line on top: the name, the tabs, where to start from, and what concerns the page as a whole.

use leptos::prelude::*;

use crate::page::view::Tone;

use crate::ui::lab::choices::PresetChoice;
use crate::ui::lab::state::Lab;
use crate::ui::parts::effects::text;
use crate::ui::share::{ExportMenu, ShareButton};

/// The line on top.
#[component]
pub fn Header() -> impl IntoView {
    let lab: Lab = expect_context();
    let theme = move || if lab.dark.get() { "Light theme" } else { "Dark theme" };
    let switch = move |_| lab.tone.set(Some(if lab.dark.get_untracked() { Tone::Light } else { Tone::Dark }));
    view! {
        <header class="top">
            <h1>"theta"<span class="hat">"hat"</span></h1>
            <div class="tabs" role="tablist" aria-label="Pages">
                <button class="tab" role="tab" id="tab-lab" aria-selected="true" aria-controls="lab">"Lab"</button>
            </div>
            <PresetChoice/>
            <div class="tools">
                <ShareButton/>
                <ExportMenu/>
                <button
                    class="quiet"
                    aria-pressed=text(move || if lab.present.get() { "true" } else { "false" })
                    title="Larger type and thicker lines, for a lecture hall"
                    on:click=move |_| lab.present.update(|present| *present = !*present)
                >
                    "Present"
                </button>
                <button class="quiet theme" aria-label=theme title=theme on:click=switch>
                    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
                        <path d="M8 1.5a6.5 6.5 0 1 0 0 13zM8 3v10A5 5 0 0 0 8 3z"></path>
                        <path fill-rule="evenodd" d="M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zm0 1.3a5.7 5.7 0 1 0 0 11.4A5.7 5.7 0 0 0 8 2.3z"></path>
                    </svg>
                </button>
            </div>
        </header>
    }
}

/// What the page has to say once, until it is dismissed.
#[component]
pub fn Notes() -> impl IntoView {
    let lab: Lab = expect_context();
    let notes = move || lab.notes.get();
    view! {
        <div class="notes" role="status" aria-label="Notes">
            {move || (!notes().is_empty()).then(|| view! {
                <div class="note">
                    <ul>{notes().into_iter().map(|note| view! { <li>{note}</li> }).collect_view()}</ul>
                    <button class="quiet" aria-label="Dismiss the notes" on:click=move |_| lab.notes.set(Vec::new())>"✕"</button>
                </div>
            })}
        </div>
    }
}
