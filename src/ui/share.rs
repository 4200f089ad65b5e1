//! What can be taken along: the link, the program, the numbers, the pictures.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use crate::lecture::python;
use crate::lecture::settings::config::Approach;
use crate::page::export::{csv, frame_code, picture_words};
use crate::page::figures::curves::Which;
use crate::page::view::Panel;
use crate::plot::{Theme, picture};
use crate::web::files::{copy, png, save};
use crate::web::later::later;

use crate::ui::app::States;
use crate::ui::history::address;
use crate::ui::lab::plane::PlaneStates;
use crate::ui::lab::{curves, plane};
use crate::ui::parts::effects::{flag, text};
use crate::ui::state::Page;

/// Points for a CSS pixel of exported pictures, so that curves have no corners.
const FINE: f64 = 8.0;
/// Size of exported pictures, in CSS pixels: the curves, and the square plane.
const PICTURE: (u32, u32) = (720, 450);
const SQUARE: (u32, u32) = (640, 640);

/// Copies the link.
#[component]
pub fn ShareButton() -> impl IntoView {
    let states: States = expect_context();
    let share = move |_| give(states.page, "Link", address(&untrack(|| states.view())));
    view! { <button title="Copy a link that opens exactly this" on:click=share>"Share"</button> }
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

/// What can be exported.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Script,
    Notebook,
    Csv,
    Svg(Chart),
    Png(Chart),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Chart {
    Plane,
    Curves(Which),
}

impl Chart {
    const ALL: [Self; 3] = [Self::Plane, Self::Curves(Which::Loss), Self::Curves(Which::Distance)];

    fn file(self) -> &'static str {
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

    fn size(self) -> (u32, u32) {
        if self == Self::Plane { SQUARE } else { PICTURE }
    }
}

/// The menu of what can be exported.
#[component]
pub fn ExportMenu() -> impl IntoView {
    let states: States = expect_context();
    let open = RwSignal::new(false);
    let item = move |what: What, label: String| {
        view! {
            <li>
                <button
                    class="quiet"
                    on:click=move |_| {
                        open.set(false);
                        spawn_local(async move {
                            match exporter().await {
                                Ok(export) => export(states, what),
                                Err(_) => states.page.say(UNLOADED),
                            }
                        });
                    }
                >
                    {label}
                </button>
            </li>
        }
    };
    let embed = move |panel: Panel| {
        view! {
            <button
                class="quiet"
                aria-label=format!("Embed {}", panel.name())
                on:click=move |_| {
                    open.set(false);
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
    let charts = move || {
        Chart::ALL.into_iter().flat_map(|chart| {
            [(What::Svg(chart), format!("{}, SVG", chart.name())), (What::Png(chart), format!("{}, PNG", chart.name()))]
        })
    };
    let menu = NodeRef::<leptos::html::Div>::new();
    // wherever the focus is, and whatever else is pressed
    window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "Escape" && open.try_get_untracked() == Some(true) {
            event.prevent_default();
            open.set(false);
        }
    });
    window_event_listener(leptos::ev::pointerdown, move |event| {
        let inside = menu.try_get_untracked().flatten().is_some_and(|menu| contains(&menu, event.target()));
        if !inside && open.try_get_untracked() == Some(true) {
            open.set(false);
        }
    });
    view! {
        <div class="menu" node_ref=menu>
            <button
                aria-expanded=text(move || if open.get() { "true" } else { "false" })
                aria-controls="export-menu"
                title="Program, numbers, pictures"
                on:click=move |_| open.update(|open| *open = !*open)
            >
                "Export"
            </button>
            <div id="export-menu" hidden=flag(move || !open.get())>
                <ul>
                    {item(What::Script, "Python script".to_owned())}
                    {item(What::Notebook, "Notebook".to_owned())}
                    {item(What::Csv, "Numbers of the runs, CSV".to_owned())}
                    {charts().map(|(what, label)| item(what, label)).collect_view()}
                </ul>
                <div class="embed" role="group" aria-labelledby="embed-label">
                    <span id="embed-label">"Embed one panel in slides:"</span>
                    {Panel::ALL.into_iter().map(embed).collect_view()}
                </div>
            </div>
        </div>
    }
}

/// Whether an element holds what an event has met.
fn contains(element: &web_sys::HtmlDivElement, target: Option<web_sys::EventTarget>) -> bool {
    let target = target.and_then(|target| target.dyn_into::<web_sys::Node>().ok());
    element.contains(target.as_ref())
}

const UNLOADED: &str =
    "This page could not load what writes files: there may be no connection. Select the file again to try again.";

type Export = fn(States, What);

later! { exports: fn exporter() -> Export => export }

fn export(states: States, what: What) {
    let States { page, runs, lab, .. } = states;
    let first = lab.shown.get_untracked().iter().next().unwrap_or(Approach::Raw);
    let config = untrack(|| lab.run(first));
    let done = match what {
        What::Script => {
            save(&format!("{}.py", config.program), "text/x-python", &python::listing(&config).exported().script())
        }
        What::Notebook => match python::notebook(&config, &printed(states, first)) {
            Ok(text) => save(&format!("{}.ipynb", config.program), "application/x-ipynb+json", &text),
            Err(_) => false,
        },
        What::Csv => runs.board.with_untracked(|board| {
            board.first().is_some() && save(&format!("{}.csv", config.program), "text/csv", &csv(board))
        }),
        What::Svg(chart) => save(&format!("{}.svg", chart.file()), "image/svg+xml", &svg(states, chart)),
        What::Png(chart) => png(&format!("{}.png", chart.file()), &svg(states, chart), chart.size(), move || {
            page.say("This browser adds noise to pictures, as a protection against being recognised, and the PNG file has it. The SVG file is clean.");
        }),
    };
    if !done {
        page.say("This browser does not allow the page to save a file.");
    }
}

/// What the run of a column has printed, once it is complete.
fn printed(states: States, approach: Approach) -> Vec<String> {
    states.runs.board.with_untracked(|board| {
        let complete = board.of(approach).filter(|_| board.is_complete());
        complete.map(|run| run.steps.lines.clone()).unwrap_or_default()
    })
}

/// A chart as it is on screen, playhead included, as SVG; below it the settings, in words.
fn svg(states: States, chart: Chart) -> String {
    let States { page, runs, time, lab, .. } = states;
    let dark = page.dark.get_untracked();
    let theme = if dark { Theme::dark(FINE) } else { Theme::light(FINE) }.for_svg();
    let words = untrack(|| runs.board.with(|board| picture_words(board, time.step())));
    picture(chart.size(), FINE, &words, &theme, |area| {
        untrack(|| match chart {
            Chart::Plane => plane::draw(PlaneStates { lab, runs, time }, area, &theme),
            Chart::Curves(which) => curves::draw(which, (lab, runs, time), area, &theme),
        });
    })
}
