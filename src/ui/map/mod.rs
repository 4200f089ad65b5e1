//! The Map: the learning rate × batch size plane, each cell a whole run. [`tab`] and [`alone`] are all that the page knows of it.

mod cell;
mod figure;
pub mod state;

use leptos::prelude::*;

use crate::page::map::figure::{csv, table, with_chart};
use crate::page::map::{network, words};
use crate::page::view::{Quantity, TARGETS};
use crate::plot::{Theme, heatmap, picture};
use crate::ui::parts::effects::{flag, text};
use crate::ui::parts::place::{Build, put};
use crate::ui::parts::values::Values;
use crate::ui::state::Page;
use crate::web::files::{png, save};
use crate::web::later::later;

use cell::{CellLine, CellPanel};
use figure::MapFigure;
use state::MapState;

/// What the first map is about.
const LEAD: &str = "Every cell is a whole run of the Lab: which learning rates arrive, with which batch size?";

/// Size of exported pictures, in CSS pixels.
const PICTURE: (u32, u32) = (800, 760);
/// Steps to a pixel in it.
const FINE: f64 = 8.0;

later! { map: pub fn tab() -> Build => |element| put(element, || view! { <MapTab/> }) }

later! { map: pub fn alone() -> Build => |element| put(element, || view! { <Alone/> }) }

/// The map alone, in a frame of somebody else's page.
#[component]
fn Alone() -> impl IntoView {
    let map: MapState = expect_context();
    map.run();
    view! {
        <main class="alone map">
            <MapFigure/>
            <CellLine/>
            <Below/>
            <div class="map-line"><ZoomButtons/></div>
        </main>
    }
}

/// The tab.
#[component]
fn MapTab() -> impl IntoView {
    let map: MapState = expect_context();
    map.run();
    let is_network = Memo::new(move |_| map.view.with(|view| view.network));
    let settings = text(move || {
        map.cells.with(|cells| {
            if cells.plan.is_network() { network::settings(cells) } else { words::settings(&cells.plan.config) }
        })
    });
    let rule = text(move || map.view.with(words::rule));
    let lead = text(move || if is_network.get() { network::LEAD } else { LEAD }.to_owned());
    let remark = text(move || map.cells.with(words::remark));
    view! {
        <div class="map" id="map" role="tabpanel" aria-labelledby="tab-map">
            <div class="map-stage">
                <p class="map-lead">{lead}</p>
                <div class="map-line">
                    <ModelChoice/>
                    <QuantityChoice/>
                    <ZoomButtons/>
                </div>
                <MapFigure/>
                <Below/>
            </div>
            <div class="map-side">
                <CellPanel/>
                <div hidden=flag(move || is_network.get())><Theory/></div>
                <section class="map-notes" hidden=flag(move || !is_network.get())>
                    <h2>"What one sees"</h2>
                    <p>{network::FINDING}</p>
                    <p>{network::CREDIT}<a href=network::PAPER>"arXiv:2402.06184"</a>"."</p>
                </section>
                <section class="map-notes">
                    <h2>"What is computed"</h2>
                    <p class="map-settings">{settings}</p>
                    <p>{rule}</p>
                    <p class="map-remark">{remark}</p>
                </section>
                <Exports/>
                <Numbers/>
            </div>
        </div>
    }
}

/// Which model is mapped.
#[component]
fn ModelChoice() -> impl IntoView {
    let map: MapState = expect_context();
    let choose = move |event: web_sys::Event| {
        let network = event_target_value(&event) == "tanh";
        map.change(|view| view.network = network);
    };
    let is_network = move || map.view.with(|view| view.network);
    view! {
        <label class="check">
            "Model"
            <select aria-label="Model" on:change=choose>
                <option value="linear" selected=flag(move || !is_network())>"linear regression"</option>
                <option value="tanh" selected=flag(is_network)>"tanh network"</option>
            </select>
        </label>
    }
}

/// What the colours say.
#[component]
fn QuantityChoice() -> impl IntoView {
    let map: MapState = expect_context();
    let choose = move |event: web_sys::Event| {
        let value = event_target_value(&event);
        if let Some(quantity) = Quantity::ALL.into_iter().find(|quantity| quantity.key() == value) {
            map.change(|view| view.quantity = quantity);
        }
    };
    let option = move |quantity: Quantity| {
        view! {
            <option
                value=quantity.key()
                selected=flag(move || map.view.with(|view| view.quantity == quantity))
                hidden=flag(move || map.view.with(|view| view.network && !network::offers(quantity)))
            >
                {text(move || if map.view.with(|view| view.network) { network::quantity(quantity) } else { quantity.name() }.to_owned())}
            </option>
        }
    };
    let target = move |event: web_sys::Event| {
        let value = event_target_value(&event);
        if let Some(target) = TARGETS.into_iter().find(|target| target.to_string() == value) {
            map.change(|view| view.target = target);
        }
    };
    let goal = move |target: f64| {
        view! {
            <option value=target.to_string() selected=flag(move || map.view.with(|view| view.target == target))>
                {format!("< {target}")}
            </option>
        }
    };
    view! {
        <label class="check">"Colour" <select aria-label="Quantity" on:change=choose>{Quantity::ALL.map(option)}</select></label>
        <label class=move || if map.view.with(words::has_target) { "check" } else { "check away" }>
            "Target" <select aria-label="Target" on:change=target>{TARGETS.map(goal)}</select>
        </label>
    }
}

/// Zoom in, and show the whole map again. Both are always there, so that nothing moves.
#[component]
fn ZoomButtons() -> impl IntoView {
    let map: MapState = expect_context();
    let is_whole = move || map.view.with(|view| if view.network { view.rates.is_none() } else { view.part.is_none() });
    view! {
        <span class="map-zoom">
            <button aria-label="Zoom in" title="Zoom in around the cell" on:click=move |_| map.zoom(0.5)>"+"</button>
            <button disabled=flag(is_whole) on:click=move |_| map.zoom_out()>"Whole map"</button>
        </span>
    }
}

/// What can be done with the map, or why it cannot, and how far it is: below the figure, which so stays where it is.
#[component]
fn Below() -> impl IntoView {
    let map: MapState = expect_context();
    let page: Page = expect_context();
    let how = move |by: usize| words::how_to(map.view.with(|view| view.network), page.embed.with(Option::is_some))[by];
    view! {
        <div class="map-below">
            <p id="map-how" class="map-how">
                <span class="by-pointer" hidden=flag(move || map.end.with(Option::is_some))>{text(move || how(0).to_owned())}</span>
                <span class="by-finger" hidden=flag(move || map.end.with(Option::is_some))>{text(move || how(1).to_owned())}</span>
                <span class="map-remark" role="status" aria-label="Zoom">{text(move || map.end.get().unwrap_or_default().to_owned())}</span>
            </p>
            <div class="map-state"><Progress/></div>
        </div>
    }
}

/// How far the map is, and a button that stops it.
#[component]
fn Progress() -> impl IntoView {
    let map: MapState = expect_context();
    let said = text(move || map.cells.with(|cells| words::status(cells, map.stopped.get())));
    let part = move || {
        map.cells.with(|cells| {
            let all = cells.plan.cells().max(1);
            (cells.known() * 100 / all).to_string()
        })
    };
    let is_done = Memo::new(move |_| map.cells.with(|cells| cells.is_complete() || cells.trouble.is_some()));
    let stopped = map.stopped;
    let away = move || if is_done.get() { "away" } else { "" };
    view! {
        <progress max="100" value=part aria-label="Progress of the map" class=away></progress>
        <button
            class=away
            on:click=move |_| if stopped.get_untracked() { map.go_on() } else { map.stop() }
        >
            {text(move || if stopped.get() { "Go on" } else { "Cancel" })}
        </button>
        <span class="map-status" role="status" aria-label="Map status">{said}</span>
    }
}

/// The lines over the map.
#[component]
fn Theory() -> impl IntoView {
    let map: MapState = expect_context();
    let known = Memo::new(move |_| map.cells.with(|cells| (words::theory(cells), words::no_theory(cells))));
    let line = |(name, formula, meaning): (&'static str, String, &'static str)| {
        let class = format!("map-sample {}", name.replace(' ', "-"));
        view! {
            <div>
                <dt><span class=class></span>{name}</dt>
                <dd><span class="map-formula" inner_html=formula></span>{format!(" {meaning}.")}</dd>
            </div>
        }
    };
    view! {
        <section class="map-theory">
            <h2>"What theory predicts"</h2>
            <dl>{move || known.get().0.into_iter().map(line).collect_view()}</dl>
            <p>{move || known.get().1}</p>
        </section>
    }
}

/// Picture and numbers as files.
#[component]
fn Exports() -> impl IntoView {
    let page: Page = expect_context();
    let map: MapState = expect_context();
    let say = move |done: bool| {
        if !done {
            page.say("This browser does not allow the page to save a file.");
        }
    };
    let noisy = move || {
        page.say("This browser adds noise to pictures, as a protection against being recognised, and the PNG file has it. The SVG file is clean.");
    };
    view! {
        <div class="map-exports" role="group" aria-label="Export the map">
            <button on:click=move |_| say(save("map.csv", "text/csv", &map.cells.with_untracked(csv)))>"CSV"</button>
            <button on:click=move |_| say(save("map.svg", "image/svg+xml", &svg(page, map)))>"SVG"</button>
            <button on:click=move |_| say(png("map.png", &svg(page, map), PICTURE, noisy))>"PNG"</button>
        </div>
    }
}

/// The map as SVG; below it what was computed, in words.
fn svg(page: Page, map: MapState) -> String {
    let theme = if page.dark.get_untracked() { Theme::dark(FINE) } else { Theme::light(FINE) }.for_svg();
    let theme = if page.present.get_untracked() { theme.presented() } else { theme };
    map.cells.with_untracked(|cells| {
        picture(PICTURE, FINE, &words::picture_words(cells), &theme, |area| {
            with_chart(cells, &map.view.get_untracked(), |chart| {
                // What the back end refuses is missing; there is nobody to tell.
                let _ = heatmap(area, chart, &theme);
            });
        })
    })
}

/// Some of the values as a table, made when it is opened.
#[component]
fn Numbers() -> impl IntoView {
    let map: MapState = expect_context();
    let read = move || {
        let quantity = map.view.with(|view| view.quantity);
        map.cells.with(|cells| table(cells, quantity))
    };
    view! { <div class="tables"><Values name="Map" read=Box::new(read)/></div> }
}
