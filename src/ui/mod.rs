//! The page: one component per panel, and the signals that they share ([`state`]).

mod charts;
mod controls;
mod header;
mod output;
mod state;
mod timeline;

use leptos::prelude::*;

use charts::{CurvesFigure, PlaneFigure};
use controls::Controls;
use header::Header;
use output::Output;
use state::Lab;
use timeline::Timeline;

/// Puts the page into the document.
pub fn mount() {
    mount_to_body(App);
}

/// The Lab.
#[component]
fn App() -> impl IntoView {
    let lab = Lab::start();
    provide_context(lab);
    view! {
        <Header/>
        <main class="lab">
            <Controls/>
            <div class="figures">
                <PlaneFigure/>
                <CurvesFigure which=charts::Which::Loss/>
                <CurvesFigure which=charts::Which::Distance/>
                <p class="verdict" role="status" aria-label="Verdict">{move || lab.verdict()}</p>
            </div>
            <Output/>
        </main>
        <Timeline/>
    }
}
