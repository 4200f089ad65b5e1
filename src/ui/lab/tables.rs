//! The values of the Lab's charts as tables.

use leptos::prelude::*;

use crate::page::figures::curves::Which;
use crate::plot::Table;

use crate::ui::lab::state::LabState;
use crate::ui::lab::{curves, data, plane};
use crate::ui::parts::values::Values;
use crate::ui::state::Runs;

fn band(which: Which, lab: LabState, runs: Runs) -> Table {
    curves::middle_table(which, lab, runs).unwrap_or_default()
}

/// A table for each chart.
#[component]
pub fn Tables() -> impl IntoView {
    let lab: LabState = expect_context();
    let runs: Runs = expect_context();
    let has_band = Memo::new(move |_| lab.charts.with(|charts| charts.luck.is_some()));
    let values = move |name: &'static str, read: fn(LabState, Runs) -> Table| {
        view! { <Values name read=Box::new(move || read(lab, runs))/> }
    };
    view! {
        <section class="tables" aria-label="Tables of values">
            {values("Parameter plane", plane::table)}
            {values("Loss", |lab, runs| curves::table(Which::Loss, lab, runs))}
            {values("Distance to the true parameters", |lab, runs| curves::table(Which::Distance, lab, runs))}
            {values("Data", data::table)}
            {move || has_band.get().then(|| (
                values("64 runs: Loss", |lab, runs| band(Which::Loss, lab, runs)),
                values("64 runs: Distance", |lab, runs| band(Which::Distance, lab, runs)),
            ))}
        </section>
    }
}
