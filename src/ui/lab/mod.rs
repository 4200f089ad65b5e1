//! The Lab: a component for each panel, and the [`state`] that they share.

pub mod choices;
pub mod controls;
pub mod curves;
mod data;
mod legend;
mod output;
pub mod panel;
pub mod plane;
mod plane_gestures;
mod programs;
pub mod state;
mod tables;

use leptos::prelude::*;

use crate::page::figures::curves::Which;
use crate::page::status::remark;

use crate::ui::parts::effects::text;
use crate::ui::state::Runs;

use controls::Controls;
use curves::CurvesFigure;
use data::DataFigure;
use legend::{Legend, Pins};
use output::Output;
use plane::PlaneFigure;
use programs::Programs;
use tables::Tables;

/// The Lab.
#[component]
pub fn LabTab() -> impl IntoView {
    let runs: Runs = expect_context();
    view! {
        <div class="lab">
            <Controls/>
            <div class="stage">
                <Legend/>
                <div class="figures">
                    <PlaneFigure/>
                    <CurvesFigure which=Which::Loss/>
                    <CurvesFigure which=Which::Distance/>
                    <p class="verdict" role="status" aria-label="Verdict">{text(move || runs.board.with(remark))}</p>
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
    }
}
