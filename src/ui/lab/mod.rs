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
mod step_panel;
pub mod tables;

use leptos::prelude::*;

use crate::page::figures::curves::Which;
use crate::page::presets::Preset;
use crate::page::status::remark;

use crate::ui::parts::effects::text;
use crate::ui::state::{Runs, Time};

use controls::Controls;
use curves::{CurvesFigure, RateFigure};
use data::DataFigure;
use legend::{Legend, Pins};
use output::Output;
use plane::PlaneFigure;
use programs::Programs;
use state::LabState;
use step_panel::StepPanel;
use tables::Tables;

/// The Lab.
#[component]
pub fn LabTab() -> impl IntoView {
    let lab: LabState = expect_context();
    let runs: Runs = expect_context();
    let time: Time = expect_context();
    view! {
        <div class="lab" id="lab" role="tabpanel" aria-labelledby="tab-lab">
            <Controls/>
            <div class="stage">
                <p class="about-preset">{text(move || about(lab, time))}</p>
                <Legend/>
                <div class="figures">
                    <PlaneFigure/>
                    <CurvesFigure which=Which::Loss bare=true/>
                    <CurvesFigure which=Which::Distance/>
                    <RateFigure/>
                    <p class="verdict" role="status" aria-label="Verdict">{text(move || runs.board.with(|board| runs.limits.with(|limits| remark(board, limits))))}</p>
                </div>
                <StepPanel/>
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

/// What there is to see: the sentence of the preset, or what settings of one's own are.
fn about(lab: LabState, time: Time) -> &'static str {
    const OWN: &str =
        "Your own settings: every curve is a new run of the programs below, computed while you move a slider.";
    Preset::of(&lab.view(time)).map_or(OWN, Preset::about)
}
