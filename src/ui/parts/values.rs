//! The values of a chart as a table, for those who cannot or would not read them off a picture.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use crate::base::words::not_finite;
use crate::plot::{Row, Table};

/// What a table holds now; it follows signals.
pub type Read = Box<dyn Fn() -> Table + Send>;

/// A table that is made when it is unfolded.
#[component]
pub fn Values(name: &'static str, read: Read) -> impl IntoView {
    let open = RwSignal::new(false);
    let table = move || open.get().then(|| grid(name, read()));
    view! {
        <details on:toggle=move |event| open.set(is_open(&event))>
            <summary>{format!("Values: {name}")}</summary>
            <div class="scroll" tabindex="0" role="group" aria-label=format!("Table of {name}")>{table}</div>
        </details>
    }
}

/// Whether what unfolds is open after an event of it.
fn is_open(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|details| details.has_attribute("open"))
}

fn cell(value: f64) -> String {
    not_finite(value).map_or_else(|| format!("{value:.6e}"), str::to_owned)
}

/// A table with its name.
fn grid(name: &'static str, table: Table) -> impl IntoView {
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
