//! The menu of what can be exported.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::page::export::frame_code;
use crate::page::figures::curves::Which;
use crate::page::view::Panel;
use crate::web::files::copy;

use super::Shown;
use super::files::{export, first_run};
use crate::ui::app::States;
use crate::ui::history::address;
use crate::ui::state::Page;

/// Size of exported pictures, in CSS pixels: the curves, and the square plane.
const PICTURE: (u32, u32) = (720, 450);
const SQUARE: (u32, u32) = (640, 640);

/// What can be exported.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Script,
    Notebook,
    Csv,
    Svg(Chart),
    Png(Chart),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Chart {
    Plane,
    Curves(Which),
}

impl Chart {
    pub(super) const ALL: [Self; 3] = [Self::Plane, Self::Curves(Which::Loss), Self::Curves(Which::Distance)];

    pub(super) fn file(self) -> &'static str {
        match self {
            Self::Plane => "plane",
            Self::Curves(which) => which.key(),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Plane => "Parameter plane",
            Self::Curves(Which::Loss) => "Loss",
            Self::Curves(Which::Distance) => "Distance",
        }
    }

    pub(super) fn size(self) -> (u32, u32) {
        if self == Self::Plane { SQUARE } else { PICTURE }
    }
}

/// Puts a text on the clipboard and shows it.
fn give(page: Page, what: &'static str, text: String) {
    let shown = text.clone();
    copy(&text, move |copied| {
        page.say(if copied {
            format!("{what} copied: {shown}")
        } else {
            format!("This browser does not allow the page to copy. {what}: {shown}")
        });
    });
}

/// What the menu holds. It is open as long as it is there.
#[component]
pub fn Menu() -> impl IntoView {
    let (states, shown): (States, Shown) = (expect_context(), expect_context());
    let close = move || shown.menu.set(None);
    let item = move |what: What, label: String| {
        let select = move |_| {
            close();
            export(states, what);
        };
        view! { <li><button class="quiet" on:click=select>{label}</button></li> }
    };
    let program = untrack(|| first_run(states)).program;
    let print = move |_| {
        close();
        // Where a sandbox forbids it, nothing is printed; the browser says so.
        let _ = window().print();
    };
    let embed = move |panel: Panel| {
        view! {
            <button
                class="quiet"
                aria-label=format!("Embed {}", panel.name())
                on:click=move |_| {
                    close();
                    let mut view = untrack(|| states.view());
                    view.page.embed = Some(panel);
                    view.tab = panel.tab();
                    give(states.page, "Code", frame_code(panel, &address(&view)));
                }
            >
                {panel.name()}
            </button>
        }
    };
    let charts = Chart::ALL.into_iter().flat_map(|chart| {
        [(What::Svg(chart), format!("{}, SVG", chart.name())), (What::Png(chart), format!("{}, PNG", chart.name()))]
    });
    // wherever the focus is, and whatever else is pressed
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "Escape" {
            event.prevent_default();
            close();
        }
    });
    let pointer = window_event_listener(leptos::ev::pointerdown, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if target.is_none_or(|target| target.closest(".menu").ok().flatten().is_none()) {
            close();
        }
    });
    on_cleanup(move || {
        keys.remove();
        pointer.remove();
    });
    view! {
        <ul>
            <li><button class="quiet" on:click=print>"Handout, to print"</button></li>
            {item(What::Script, format!("Python script, {program}.py"))}
            {item(What::Notebook, format!("Notebook, {program}.ipynb"))}
            {item(What::Csv, "Numbers of the runs, CSV".to_owned())}
            {charts.map(|(what, label)| item(what, label)).collect_view()}
        </ul>
        <div class="embed" role="group" aria-labelledby="embed-label">
            <span id="embed-label">"Embed one panel in slides:"</span>
            {Panel::ALL.into_iter().map(embed).collect_view()}
        </div>
    }
}
