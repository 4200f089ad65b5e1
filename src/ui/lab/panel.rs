//! One panel of the Lab alone, in a frame of somebody else's page, with a slim timeline below it.

use leptos::prelude::*;

use crate::page::figures::curves::Which;
use crate::page::view::Panel;

use crate::ui::parts::arriving::put_later;
use crate::ui::parts::place::{Build, put};
use crate::ui::timeline::SlimTimeline;
use crate::web::later::later;

use super::curves::CurvesFigure;
use super::data::DataFigure;
use super::output::Output;
use super::plane::PlaneFigure;
use super::programs::Programs;
use super::step_panel::StepPanel;

/// What mounts a panel, and nothing of the page around it.
pub fn build(panel: Panel) -> Build {
    match panel {
        Panel::Plane => {
            |element| put(element, || view! { <main class="alone plane"><PlaneFigure/></main> <SlimTimeline/> })
        }
        Panel::Loss => |element| {
            put(element, || view! { <main class="alone loss"><CurvesFigure which=Which::Loss/></main> <SlimTimeline/> })
        },
        Panel::Distance => |element| {
            put(
                element,
                || view! { <main class="alone distance"><CurvesFigure which=Which::Distance/></main> <SlimTimeline/> },
            )
        },
        Panel::Data => |element| put_later(element, "the data", data),
        Panel::Programs => |element| put_later(element, "the programs", programs),
        Panel::Output => |element| put_later(element, "the output", output),
        Panel::Modules => |element| put_later(element, "the modules", crate::ui::modules::alone),
        Panel::Step => |element| put_later(element, "the step", crate::ui::step::alone),
        Panel::Map => |element| put_later(element, "the map", crate::ui::map::alone),
    }
}

later! { below: fn data() -> Build =>
    |element| put(element, || view! { <main class="alone data"><DataFigure/></main> <SlimTimeline/> })
}

later! { below: fn programs() -> Build =>
    |element| put(element, || view! { <main class="alone programs"><StepPanel/> <Programs/></main> <SlimTimeline/> })
}

later! { below: fn output() -> Build =>
    |element| put(element, || view! { <main class="alone output"><Output/></main> <SlimTimeline/> })
}
