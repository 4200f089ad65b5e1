//! The page: `lab` has a component per panel and the signals that they share, `parts` what several panels are made of.

#![allow(clippy::large_types_passed_by_value)] // `Lab` is a handle of signals; only in debug builds do these carry where they were made

mod header;
mod history;
mod keys;
mod lab;
mod parts;
mod share;
mod timeline;

use leptos::prelude::*;

use header::{Header, Notes};
use lab::controls::Controls;
use lab::curves::{CurvesFigure, Which};
use lab::data::DataFigure;
use lab::legend::{Legend, Pins};
use lab::output::Output;
use lab::plane::PlaneFigure;
use lab::programs::Programs;
use lab::state::Lab;
use lab::tables::Tables;
use parts::effects::text;
use timeline::Timeline;

/// Puts the page into the document, in the place of the frame that was there while it was loaded.
pub fn mount() {
    let frame = document().get_element_by_id("first");
    mount_to_body(App);
    if let Some(frame) = frame {
        frame.remove();
    }
}

/// The Lab.
#[component]
fn App() -> impl IntoView {
    let lab = Lab::start();
    provide_context(lab);
    view! {
        <Header/>
        <Notes/>
        <main>
            <div class="lab" id="lab" role="tabpanel" aria-labelledby="tab-lab">
                <Controls/>
                <div class="stage">
                    <Legend/>
                    <div class="figures">
                        <PlaneFigure/>
                        <CurvesFigure which=Which::Loss/>
                        <CurvesFigure which=Which::Distance/>
                        <p class="verdict" role="status" aria-label="Verdict">{text(move || lab.remark())}</p>
                    </div>
                    <Pins/>
                </div>
                <div class="below">
                    <Programs/>
                    <div class="details">
                        <DataFigure/>
                        <Output/>
                    </div>
                    <Tables/>
                </div>
            </div>
        </main>
        <Timeline/>
    }
}
