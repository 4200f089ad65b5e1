//! The page: one component per panel, and the signals that they share ([`state`]).

#![allow(clippy::large_types_passed_by_value)] // `Lab` is a handle of signals; only in debug builds do these carry where they were made

mod choices;
mod controls;
mod curves;
mod data;
mod effects;
mod figure;
mod header;
mod history;
mod inspector;
mod keys;
mod legend;
mod output;
mod pinch;
mod plane;
mod plane_hand;
mod programs;
mod runs;
mod share;
mod state;
mod tables;
mod timeline;

use leptos::prelude::*;

use effects::text;

use controls::Controls;
use curves::{CurvesFigure, Which};
use data::DataFigure;
use header::{Header, Notes};
use legend::{Legend, Pins};
use output::Output;
use plane::PlaneFigure;
use programs::Programs;
use state::Lab;
use tables::Tables;
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
