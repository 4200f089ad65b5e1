//! The slim line on top: the name, the tabs, where to start from, and what concerns the page as a whole.

use std::any::Any;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::page::tab::Tab;
use crate::page::view::Tone;

use crate::ui::aside::{ExportMenu, ShareButton};
use crate::ui::keys::leave_focus;
use crate::ui::lab::choices::PresetChoice;
use crate::ui::parts::effects::text;
use crate::ui::parts::place::{Build, Place, put};
use crate::ui::state::Page;

/// The line on top.
#[component]
pub fn Header() -> impl IntoView {
    let page: Page = expect_context();
    let theme = move || if page.dark.get() { "Light theme" } else { "Dark theme" };
    // In the Lab the presets stand beside the sentence of the one that is shown, as long as there is room for sentences.
    let is_lab = Memo::new(move |_| page.tab.get() == Tab::Lab && !page.present.get());
    let middle = move || Some(if is_lab.get() { put_tagline as Build } else { put_presets as Build });
    let switch = move |_| page.tone.set(Some(if page.dark.get_untracked() { Tone::Light } else { Tone::Dark }));
    let present = move |_| {
        page.present.update(|present| *present = !*present);
        // in front of a class the space bar plays; it would press this button once more
        leave_focus();
    };
    view! {
        <header class="top">
            <h1>"theta"<span class="hat">"hat"</span></h1>
            <Tabs/>
            <Place class="middle" select=Box::new(middle)/>
            <div class="tools">
                <ShareButton/>
                <ExportMenu/>
                <button
                    class="quiet"
                    aria-pressed=text(move || if page.present.get() { "true" } else { "false" })
                    title="Larger type and thicker lines, for a lecture hall"
                    on:click=present
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

fn put_tagline(element: HtmlElement) -> Box<dyn Any> {
    put(element, || {
        view! {
            <p class="tagline">"Stochastic gradient descent, line by line, with JAX’s own numbers. Move the learning rate and watch."</p>
        }
    })
}

fn put_presets(element: HtmlElement) -> Box<dyn Any> {
    put(element, || view! { <PresetChoice/> })
}

/// The tabs; arrow keys, Home and End go from one to the next, and only the open one is a stop of the Tab key.
#[component]
fn Tabs() -> impl IntoView {
    let page: Page = expect_context();
    let tab = move |tab: Tab| {
        let is_open = move || page.tab.get() == tab;
        view! {
            <button
                class="tab"
                role="tab"
                id=format!("tab-{}", tab.key())
                aria-selected=text(move || if is_open() { "true" } else { "false" })
                aria-controls=tab.key()
                tabindex=text(move || if is_open() { "0" } else { "-1" })
                on:click=move |_| page.tab.set(tab)
            >
                {tab.name()}
            </button>
        }
    };
    let walk = move |event: leptos::ev::KeyboardEvent| {
        let Some(next) = page.tab.get_untracked().walk(&event.key()) else { return };
        event.prevent_default();
        page.tab.set(next);
        let button = document().get_element_by_id(&format!("tab-{}", next.key()));
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            // A button that cannot be focused leaves the focus where it is.
            let _ = button.focus();
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label="Pages" on:keydown=walk>
            {Tab::ALL.iter().copied().map(tab).collect_view()}
        </div>
    }
}

/// What the page has to say, until it is dismissed.
#[component]
pub fn Notices() -> impl IntoView {
    let page: Page = expect_context();
    let notices = move || page.notices.get();
    view! {
        <div class="notes" role="status" aria-label="Notes">
            {move || (!notices().is_empty()).then(|| view! {
                <div class="note">
                    <ul>{notices().into_iter().map(|notice| view! { <li>{notice}</li> }).collect_view()}</ul>
                    <button class="quiet" aria-label="Dismiss the notes" on:click=move |_| page.notices.set(Vec::new())>"✕"</button>
                </div>
            })}
        </div>
    }
}
