//! One panel of the Lab alone, in a frame of somebody else's page.

use leptos::prelude::*;

use crate::page::figures::curves::Which;
use crate::page::view::Panel;

use super::curves::CurvesFigure;
use super::data::DataFigure;
use super::output::Output;
use super::plane::PlaneFigure;
use super::programs::Programs;
use super::step_panel::StepPanel;

/// The panel, and nothing of the page around it.
#[component]
pub fn PanelAlone(panel: Panel) -> impl IntoView {
    let content = match panel {
        Panel::Plane => view! { <PlaneFigure/> }.into_any(),
        Panel::Loss => view! { <CurvesFigure which=Which::Loss/> }.into_any(),
        Panel::Distance => view! { <CurvesFigure which=Which::Distance/> }.into_any(),
        Panel::Data => view! { <DataFigure/> }.into_any(),
        Panel::Programs => view! {
            <StepPanel/>
            <Programs/>
        }
        .into_any(),
        Panel::Output => view! { <Output/> }.into_any(),
    };
    view! { <main class=format!("alone {}", panel.name())>{content}</main> }
}
