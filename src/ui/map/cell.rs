//! The cell that is pointed at: its numbers and the course of its run.

use leptos::html::Canvas;
use leptos::prelude::*;

use crate::lecture::settings::config::Approach;
use crate::page::map::{course, network, words};
use crate::plot::sparkline;
use crate::web::frames::Repaint;

use crate::ui::lab::state::LabState;
use crate::ui::map::state::MapState;
use crate::ui::parts::effects::{effect, flag, text};
use crate::ui::parts::figure::{shown_area, size, theme};
use crate::ui::state::Page;

/// The cell that is pointed at.
#[component]
pub fn CellPanel() -> impl IntoView {
    let map: MapState = expect_context();
    let lab: LabState = expect_context();
    let page: Page = expect_context();
    let place = text(move || {
        let Some(cell) = map.pointed.get() else { return "Point at a cell".to_owned() };
        map.cells.with(|cells| words::place(cells, cell))
    });
    let facts = Memo::new(move |_| {
        map.cells.with(|cells| {
            let place = map.pointed.get()?;
            cells.at(place).map(|cell| words::facts(cells, place, cell))
        })
    });
    let left = move || map.curves.with(|known| known.as_ref().and_then(|(_, curves)| course::remark(curves)));
    let is_network = move || map.view.with(|view| view.network);
    let fact = |(name, value): (String, String)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    view! {
        <section class="map-cell" aria-label="Cell">
            <h2>{place}</h2>
            <dl>{move || facts.get().map(|facts| facts.into_iter().map(fact).collect_view())}</dl>
            <p class="map-remark">{move || map.no_curve.get().or_else(left)}</p>
            <div hidden=flag(is_network)><Course name="‖θ − θ̂‖" is_loss=false/></div>
            <Course name="loss" is_loss=true/>
            <p class="map-note" hidden=flag(move || !is_network())>{network::NOT_IN_THE_LAB}</p>
            <button hidden=flag(move || is_network() || map.pointed.with(Option::is_none)) on:click=move |_| map.open(lab, page)>
                "Open this run in the Lab"
            </button>
        </section>
    }
}

/// The cell that is pointed at in a line, and what the lines over the map are: what a frame has room for.
#[component]
pub fn CellLine() -> impl IntoView {
    let map: MapState = expect_context();
    let said = text(move || {
        let Some(cell) = map.pointed.get() else { return String::new() };
        map.cells.with(|cells| words::line(cells, cell))
    });
    let key = Memo::new(move |_| map.cells.with(words::key));
    let line = |(name, meaning): (&'static str, &'static str)| {
        let class = format!("map-sample {}", name.replace(' ', "-"));
        view! { <span><span class=class></span>{format!(" {name}: {meaning}. ")}</span> }
    };
    view! {
        <section class="map-cell-line" aria-label="Cell">{said}</section>
        <p class="map-key" hidden=flag(move || map.view.with(|view| view.network))>
            {move || key.get().into_iter().map(line).collect_view()}
        </p>
    }
}

/// A small curve over the steps of the run, on a logarithmic scale.
#[component]
fn Course(name: &'static str, is_loss: bool) -> impl IntoView {
    let map: MapState = expect_context();
    let page: Page = expect_context();
    let lab: LabState = expect_context();
    let node = NodeRef::<Canvas>::new();
    let size = size(node);
    let paint = Repaint::new(move || {
        let Some(area) = shown_area(node, size) else { return };
        untrack(|| {
            let theme = theme(page);
            let approach = lab.shown.get().iter().next().unwrap_or(Approach::Raw);
            map.curves.with(|known| {
                let values = known.as_ref().map(|(_, curves)| if is_loss { &curves.losses } else { &curves.norms });
                let values = values.map(|[_, run, _]| run.as_slice()).unwrap_or_default();
                // What the back end refuses is missing; there is nobody to tell.
                let _ = sparkline(&area, values, theme.look(approach).color, &theme);
            });
        });
    });
    effect(move || {
        map.curves.track();
        page.dark.track();
        page.present.track();
        size.track();
        paint.ask();
    });
    view! {
        <div class="map-course">
            <span>{name}</span>
            <canvas node_ref=node aria-hidden="true"></canvas>
        </div>
    }
}
