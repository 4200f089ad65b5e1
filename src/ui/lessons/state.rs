//! [`LessonsState`]: which lesson is open, and whether the first one is offered. All else that lessons need is fetched with their tab.

use leptos::prelude::*;

use crate::page::tab::Tab;
use crate::page::view::LessonsView;
use crate::web::storage::{keep, kept};

use crate::ui::parts::effects::flag;
use crate::ui::state::Page;
use crate::ui::state::page::put;

/// The entry that says that the first lesson is offered no more.
const SEEN: &str = "offer";

/// Which lesson is open. Copies share their signals.
#[derive(Clone, Copy)]
pub struct LessonsState {
    /// The lesson and the scene.
    pub view: RwSignal<LessonsView>,
    /// Whether the first lesson is offered in the Lab.
    offered: RwSignal<bool>,
    /// What the learner has said, where the browser keeps nothing.
    pub work: StoredValue<Option<String>>,
    /// Whether the scene that is open is to be shown by the Lab, too.
    pub sets_lab: StoredValue<bool>,
}

impl LessonsState {
    /// The lessons of a view.
    pub fn new(view: LessonsView) -> Self {
        Self {
            view: RwSignal::new(view),
            offered: RwSignal::new(kept(SEEN).is_none()),
            work: StoredValue::new(None),
            sets_lab: StoredValue::new(false),
        }
    }

    /// What is shown, as it stands in the link.
    pub fn view(self) -> LessonsView {
        self.view.get()
    }

    /// Shows something else.
    pub fn show(self, view: LessonsView) {
        put(self.view, view);
    }

    /// The first lesson is offered no more, at this visit or any later one.
    pub fn dismiss(self) {
        put(self.offered, false);
        // a browser that keeps nothing offers it again
        let _ = keep(SEEN, "no");
    }
}

/// The line that offers the first lesson.
#[component]
pub fn Offer() -> impl IntoView {
    let lessons: LessonsState = expect_context();
    let page: Page = expect_context();
    view! {
        <p class="offer" hidden=flag(move || !lessons.offered.get())>
            <button class="link" on:click=move |_| {
                lessons.dismiss();
                page.tab.set(Tab::Lessons);
            }>"New here? Take lesson 1."</button>
            <button class="quiet" aria-label="Dismiss the offer of a lesson" on:click=move |_| lessons.dismiss()>"✕"</button>
        </p>
    }
}
