//! The values of the charts as tables, for those who cannot or would not read them off a picture.

use leptos::prelude::*;

use crate::base::words::not_finite;
use crate::page::figures::curves::Which;
use crate::plot::{Row, Table};

use crate::ui::lab::state::LabState;
use crate::ui::lab::{curves, data, plane};
use crate::ui::state::Runs;

fn band(which: Which, lab: LabState, runs: Runs) -> Table {
    curves::middle_table(which, lab, runs).unwrap_or_default()
}

/// A table for each chart, made when it is opened.
#[component]
pub fn Tables() -> impl IntoView {
    let lab: LabState = expect_context();
    let has_band = Memo::new(move |_| lab.charts.with(|charts| charts.luck.is_some()));
    view! {
        <section class="tables" aria-label="Tables of values">
            <Values name="Parameter plane" read=plane::table/>
            <Values name="Loss" read=|lab, runs| curves::table(Which::Loss, lab, runs)/>
            <Values name="Distance to the true parameters" read=|lab, runs| curves::table(Which::Distance, lab, runs)/>
            <Values name="Data" read=data::table/>
            {move || has_band.get().then_some(view! {
                <Values name="64 runs: Loss" read=|lab, runs| band(Which::Loss, lab, runs)/>
                <Values name="64 runs: Distance" read=|lab, runs| band(Which::Distance, lab, runs)/>
            })}
        </section>
    }
}

#[component]
fn Values(name: &'static str, read: fn(LabState, Runs) -> Table) -> impl IntoView {
    let lab: LabState = expect_context();
    let runs: Runs = expect_context();
    let open = RwSignal::new(false);
    let table = move || open.get().then(|| grid(name, read(lab, runs)));
    view! {
        <details on:toggle=move |event| open.set(is_open(&event))>
            <summary>{format!("Values: {name}")}</summary>
            <div class="scroll" tabindex="0" role="group" aria-label=format!("Table of {name}")>{table}</div>
        </details>
    }
}

/// Whether what unfolds is open after an event of it.
pub fn is_open(event: &web_sys::Event) -> bool {
    use wasm_bindgen::JsCast;
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|details| details.has_attribute("open"))
}

fn cell(value: f64) -> String {
    not_finite(value).map_or_else(|| format!("{value:.6e}"), str::to_owned)
}

/// A table with its name.
pub fn grid(name: &'static str, table: Table) -> impl IntoView {
    let row = |row: Row| {
        let cells = row.values.into_iter().map(|value| {
            view! {
                <td>{value.map_or_else(|| "–".to_owned(), cell)}</td>
            }
        });
        view! { <tr><th scope="row">{row.at}</th>{cells.collect_view()}</tr> }
    };
    view! {
        <table>
            <caption class="unseen">{name}</caption>
            <thead>
                <tr>
                    <th scope="col">{table.key}</th>
                    {table.columns.into_iter().map(|column| view! { <th scope="col">{column}</th> }).collect_view()}
                </tr>
            </thead>
            <tbody>{table.rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}
