//! What can be taken along: the link, the program, the numbers, the pictures.

use leptos::prelude::*;
use plotters::backend::SVGBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};

use crate::lecture::python;
use crate::page::view::{Panel, View, Way, config_of};
use crate::plot::{self, Theme};
use crate::web::files::{copy, png, save};

use crate::page::runs::Recording;
use crate::ui::history::address;
use crate::ui::lab::curves::Which;
use crate::ui::lab::plane;
use crate::ui::lab::state::Lab;
use crate::ui::parts::effects::{flag, text};

/// Size of exported pictures, in CSS pixels: the curves, and the square plane.
const PICTURE: (u32, u32) = (720, 450);
const SQUARE: (u32, u32) = (640, 640);

/// Copies the link.
#[component]
pub fn ShareButton() -> impl IntoView {
    let lab: Lab = expect_context();
    let share = move |_| give(lab, "The link", address(&untrack(|| lab.view())));
    view! { <button title="Copy a link that opens exactly this" on:click=share>"Share"</button> }
}

/// Puts a text on the clipboard and shows it.
fn give(lab: Lab, what: &'static str, text: String) {
    let shown = text.clone();
    copy(&text, move |copied| {
        lab.notes.set(vec![if copied {
            format!("{what} is copied: {shown}")
        } else {
            format!("The browser does not let this page copy. {what} is {shown}")
        }]);
    });
}

/// The code of a frame that shows one panel, of a size that fits a slide.
fn frame(panel: Panel, view: View) -> String {
    let (width, height) = match panel {
        Panel::Plane => (560, 620),
        Panel::Loss | Panel::Distance | Panel::Data => (720, 440),
        Panel::Programs => (1000, 700),
        Panel::Output => (720, 320),
    };
    let link = address(&View { embed: Some(panel), ..view }).replace('&', "&amp;");
    let name = panel.name();
    format!(
        "<iframe src=\"{link}\" title=\"thetahat: {name}\" width=\"{width}\" height=\"{height}\" style=\"border: 0\"></iframe>"
    )
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
            Self::Curves(Which::Loss) => "loss",
            Self::Curves(Which::Distance) => "distance",
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
    let lab: Lab = expect_context();
    let open = RwSignal::new(false);
    let item = move |what: What, label: String| {
        view! {
            <li>
                <button
                    class="quiet"
                    on:click=move |_| {
                        open.set(false);
                        export(lab, what);
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
                    give(lab, "The code", frame(panel, untrack(|| lab.view())));
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
    let close = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.prevent_default();
            open.set(false);
        }
    };
    view! {
        <div class="menu" on:keydown=close>
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
                    {item(What::Csv, "Numbers of the run, CSV".to_owned())}
                    {charts().map(|(what, label)| item(what, label)).collect_view()}
                </ul>
                <div class="embed" role="group" aria-labelledby="embed-label">
                    <span id="embed-label">"Code for slides, one panel:"</span>
                    {Panel::ALL.into_iter().map(embed).collect_view()}
                </div>
            </div>
        </div>
    }
}

fn export(lab: Lab, what: What) {
    let ways = lab.ways.get_untracked();
    let way = ways.first().copied().unwrap_or(Way::Raw);
    let config = config_of(&lab.config.get_untracked(), way, lab.module.get_untracked());
    let done = match what {
        What::Script => save(&format!("{}.py", config.program), "text/x-python", &python::listing(&config).script()),
        What::Notebook => match python::notebook(&config) {
            Ok(text) => save(&format!("{}.ipynb", config.program), "application/x-ipynb+json", &text),
            Err(_) => false,
        },
        What::Csv => lab.board.with_untracked(|board| {
            board.first().is_some_and(|run| save(&format!("{}.csv", config.program), "text/csv", &csv(run)))
        }),
        What::Svg(chart) => save(&format!("{}.svg", chart.file()), "image/svg+xml", &svg(lab, chart)),
        What::Png(chart) => png(&format!("{}.png", chart.file()), &svg(lab, chart), chart.size()),
    };
    if !done {
        lab.notes.set(vec!["The browser does not let this page save a file.".to_owned()]);
    }
}

/// All recorded steps of a run.
fn csv(run: &Recording) -> String {
    use std::fmt::Write;
    let features = run.config.features.max(1);
    let mut text = "step,loss,distance,distance_to_least_squares".to_owned();
    for index in 1..=features {
        // Writing to a string cannot fail, here and below.
        let _ = write!(text, ",theta_{index}");
    }
    text.push('\n');
    let rows = run.steps.params.chunks_exact(features).zip(&run.steps.losses);
    let distances = run.steps.norms.iter().zip(&run.steps.least_squares_norms);
    for (entry, ((params, loss), (norm, least))) in rows.zip(distances).enumerate() {
        let step = ((entry + 1) * run.stride()).min(run.config.steps());
        let _ = write!(text, "{step},{loss},{norm},{least}");
        for param in params {
            let _ = write!(text, ",{param}");
        }
        text.push('\n');
    }
    text
}

/// A chart as it is on screen, playhead included, as SVG.
fn svg(lab: Lab, chart: Chart) -> String {
    let dark = lab.dark.get_untracked();
    let theme = if dark { Theme::dark(1.0) } else { Theme::light(1.0) }.for_svg();
    let mut text = String::new();
    {
        let area = SVGBackend::with_string(&mut text, chart.size()).into_drawing_area();
        untrack(|| draw(lab, chart, &area, &theme));
    }
    text
}

fn draw(lab: Lab, chart: Chart, area: &DrawingArea<SVGBackend<'_>, Shift>, theme: &Theme) {
    let step = lab.step();
    match chart {
        Chart::Plane => plane::draw(lab, area, theme),
        Chart::Curves(which) => lab.board.with(|board| {
            lab.charts.with(|charts| {
                which.with_chart(board, charts, theme, |chart| {
                    if let Ok(frame) = plot::curves(area, chart, theme) {
                        // Text in memory refuses no stroke.
                        let _ = plot::curves_playhead(area, chart, &frame, step, theme);
                    }
                });
            });
        }),
    }
}
