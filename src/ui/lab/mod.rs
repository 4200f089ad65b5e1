//! The Lab: a component for each panel, and the [`state`] that they share.

pub mod choices;
pub mod controls;
pub mod curves;
mod data;
pub mod legend;
pub mod luck;
mod output;
pub mod panel;
pub mod plane;
mod plane_gestures;
pub mod programs;
pub mod state;
mod step_panel;
pub mod tables;

use std::any::Any;

use leptos::prelude::*;
use web_sys::HtmlElement;

use crate::page::figures::curves::Which;
use crate::page::presets::Preset;
use crate::page::status::remark;

use crate::ui::lessons::state::Offer;
use crate::ui::parts::arriving::put_later;
use crate::ui::parts::effects::text;
use crate::ui::parts::place::{Build, Place, put};
use crate::ui::parts::slices::{Slice, When};
use crate::ui::state::{Page, Runs, Time};
use crate::web::later::later;

use choices::PresetChoice;
use controls::Controls;
use curves::{CurvesFigure, RateFigure};
use data::DataFigure;
use legend::{Legend, Pins};
use luck::{LuckNote, LuckSwitch};
use output::Output;
use plane::PlaneFigure;
use programs::Programs;
use state::LabState;
use step_panel::StepPanel;
use tables::Tables;

/// The Lab.
#[component]
pub fn LabTab() -> impl IntoView {
    let page: Page = expect_context();
    let lab: LabState = expect_context();
    let runs: Runs = expect_context();
    let time: Time = expect_context();
    // What is below the first view is fetched when the worker has begun to answer, or never will.
    let is_due = Memo::new(move |before: Option<&bool>| {
        before == Some(&true) || runs.board.with(|board| board.first().is_some()) || page.trouble.with(Option::is_some)
    });
    let below = move || is_due.get().then_some(put_rest as Build);
    view! {
        <div class="lab" id="lab" role="tabpanel" aria-labelledby="tab-lab">
            <Slice puts=|element| put(element, || view! { <Controls/> })/>
            <div class="stage">
                <div class="scene">
                    <PresetChoice/>
                    <p class="about-preset">{text(move || about(lab, time))}</p>
                    <Offer/>
                </div>
                <Legend/>
                <Figures/>
                <Slice puts=|element| put(element, || view! { <StepPanel/> })/>
                <Pins/>
            </div>
            <div class="below">
                <Place class="place" select=Box::new(below)/>
            </div>
        </div>
    }
}

/// The charts, and what is remarkable about them.
#[component]
pub fn Figures() -> impl IntoView {
    let runs: Runs = expect_context();
    let verdict = move || runs.board.with(|board| runs.limits.with(|limits| remark(board, limits)));
    view! {
        <div class="figures">
            <Slice puts=|element| put(element, || view! { <PlaneFigure/> })/>
            <Slice puts=|element| put(element, || view! { <CurvesFigure which=Which::Loss bare=true/> })/>
            <Slice puts=|element| put(element, || view! { <CurvesFigure which=Which::Distance/> <RateFigure/> })/>
            <div class="said">
                <p class="verdict" role="status" aria-label="Verdict">{text(verdict)}</p>
                <LuckSwitch/>
            </div>
        </div>
        <LuckNote/>
    }
}

fn put_rest(element: HtmlElement) -> Box<dyn Any> {
    put(element, || view! { <Slice when=When::Always puts=fetch_rest/> })
}

fn fetch_rest(element: HtmlElement) -> Box<dyn Any> {
    put_later(element, "programs, data and tables", rest)
}

later! { below: fn rest() -> Build =>
    |element| put(element, || view! {
        <Slice when=When::Always puts=|element| put(element, || view! { <Programs/> })/>
        <div class="details">
            <Slice when=When::Always puts=|element| put(element, || view! { <DataFigure/> })/>
            <Slice when=When::Always puts=|element| put(element, || view! { <Output/> })/>
        </div>
        <Slice when=When::Always puts=|element| put(element, || view! { <Tables/> })/>
    })
}

/// What there is to see: the sentence of the preset, or what settings of one's own are.
fn about(lab: LabState, time: Time) -> &'static str {
    const OWN: &str = "Your own settings: every curve is a new run, computed while you move a slider.";
    Preset::of(&lab.view(time)).map_or(OWN, Preset::about)
}
