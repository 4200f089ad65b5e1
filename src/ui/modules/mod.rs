//! Modules taken apart: trees, splitting and merging, filters, a network, and the used-up generator. [`tab`] and [`alone`] are all that the page knows of it.
//!
//! What it shows is decided in [`crate::page::modules`], much of it as HTML, which is put into the page as it is.

mod filters;
mod generator;
mod lbfgs;
mod network;
mod split;
pub mod state;
mod texts;
mod trees;

use leptos::prelude::*;

use crate::lecture::settings::config::{Approach, ModuleKind};
use crate::page::modules::{is_of_run, subject};
use crate::page::runs::Board;
use crate::page::view::{Room, program_in};

use crate::ui::lab::state::LabState;
use crate::ui::parts::effects::{effect, flag, text};
use crate::ui::parts::place::{Build, Place, put};
use crate::ui::state::{Compute, Page, Runs, Time};
use crate::ui::timeline::SlimTimeline;
use crate::web::later::later;

use state::ModulesState;

later! { modules: pub fn tab() -> Build => |element| put(element, || view! { <ModulesTab/> }) }

later! { modules: pub fn alone() -> Build => |element| put(element, || view! { <Alone/> }) }

/// One room alone, in a frame of somebody else's page.
#[component]
fn Alone() -> impl IntoView {
    follow();
    view! {
        <main class="alone modules"><RoomPlace/></main>
        <SlimTimeline/>
    }
}

/// The tab.
#[component]
fn ModulesTab() -> impl IntoView {
    follow();
    let modules: ModulesState = expect_context();
    let runs: Runs = expect_context();
    let waits = Memo::new(move |_| {
        let is_unknown = modules.found.with(Option::is_none) && modules.view.with(subject).is_some();
        is_unknown && !runs.board.with(Board::is_cut_short)
    });
    view! {
        <div class="modules" class:waits=flag(move || waits.get()) id="modules" role="tabpanel" aria-labelledby="tab-modules">
            <Head/>
            <RoomPlace/>
        </div>
    }
}

/// Asks for what the room shows, whenever that changes.
fn follow() {
    let modules: ModulesState = expect_context();
    let (lab, runs, time): (LabState, Runs, Time) = (expect_context(), expect_context(), expect_context());
    let compute: Compute = expect_context();
    let page: Page = expect_context();
    // what is shown here is the run of the column with modules
    let shown = lab.shown.get_untracked();
    if !shown.contains(Approach::Module) {
        lab.shown.set(shown.with(Approach::Module, true));
        page.say("The Lab now shows the program with a module, too: this tab takes its modules apart.");
    }
    effect(move || modules.ask((lab, runs, time), compute));
}

/// Which numbers these are, the rooms, and the module of the run.
#[component]
fn Head() -> impl IntoView {
    let modules: ModulesState = expect_context();
    let lab: LabState = expect_context();
    let room = Memo::new(move |_| modules.view.with(|view| view.room));
    let said = move || modules.shown();
    let button = move |other: Room| {
        view! {
            <button
                class="quiet"
                aria-pressed=text(move || if room.get() == other { "true" } else { "false" })
                on:click=move |_| modules.change(|view| view.room = other)
            >
                {other.name()}
            </button>
        }
    };
    let kind = move |kind: ModuleKind| {
        view! {
            <button
                class="quiet module"
                title=program_in(Approach::Module, kind).named().about
                aria-pressed=text(move || if lab.module.get() == kind { "true" } else { "false" })
                on:click=move |_| lab.module.set(kind)
            >
                {kind.named().label}
            </button>
        }
    };
    let has_kinds = move || modules.view.with(|view| subject(view).is_some_and(is_of_run));
    view! {
        <div class="modules-head">
            <h2><span role="status" aria-label="Modules shown">{text(said)}</span></h2>
            <span class="kinds" role="group" aria-label="Module of the run" hidden=move || !has_kinds()>
                {ModuleKind::ALL.map(kind)}
            </span>
        </div>
        <div class="rooms" role="group" aria-label="Rooms">{Room::ALL.map(button)}</div>
    }
}

/// The room that is shown.
#[component]
fn RoomPlace() -> impl IntoView {
    let modules: ModulesState = expect_context();
    let room = Memo::new(move |_| modules.view.with(|view| view.room));
    let select = move || -> Option<Build> {
        Some(match room.get() {
            Room::Trees => |element| put(element, || view! { <trees::Trees/> }),
            Room::Split => |element| put(element, || view! { <split::Split/> }),
            Room::Filters => |element| put(element, || view! { <filters::Filters/> }),
            Room::Network => |element| put(element, || view! { <network::NetworkRoom/> }),
            Room::Lbfgs => |element| put(element, || view! { <lbfgs::LbfgsRoom/> }),
            Room::Generator => |element| put(element, || view! { <generator::Generator/> }),
        })
    };
    view! { <Place class="place" select=Box::new(select)/> }
}
