//! Filters: which variables each of them lets through, in the trees and as Python prints it.

use leptos::html::Div;
use leptos::prelude::*;

use crate::lecture::run::anatomy::FILTERS;
use crate::page::highlight::Language;
use crate::page::modules::filters::{about, code as line, tally};
use crate::page::modules::printed;
use crate::page::modules::printed::Text;
use crate::page::modules::tree::Column;

use crate::ui::lab::programs::code;
use crate::ui::parts::effects::text;

use super::state::ModulesState;
use super::texts::{Lit, written};
use super::trees::TreeGrid;

/// The room.
#[component]
pub fn Filters() -> impl IntoView {
    let modules: ModulesState = expect_context();
    let filter = Memo::new(move |_| modules.view.with(|view| view.filter));
    let button = move |(at, name): (usize, &'static str)| {
        view! {
            <button
                class="quiet"
                aria-pressed=text(move || if filter.get() == at { "true" } else { "false" })
                on:click=move |_| modules.change(|view| view.filter = at)
            >
                <code>{name}</code>
            </button>
        }
    };
    let prints = NodeRef::<Div>::new();
    written(prints, move || {
        modules.found.with(|found| {
            let Some((_, anatomy)) = found else { return String::new() };
            let Some(passed) = anatomy.filters.get(filter.get()) else { return String::new() };
            let [through, rest] = passed.printed.clone();
            let names = if filter.get() + 1 == FILTERS.len() {
                ["print(everything)", ""]
            } else {
                ["print(passed)", "print(rest)"]
            };
            let texts = [(names[0], through, Text::State), (names[1], rest, Text::State)];
            let count = texts.iter().filter(|(call, ..)| !call.is_empty()).count();
            printed::sections(anatomy, &texts[..count])
        })
    });
    let said = move || {
        let tally = modules
            .found
            .with(|found| found.as_ref().map(|(_, anatomy)| tally(anatomy, filter.get())).unwrap_or_default());
        format!("{} {tally}", about(filter.get()))
    };
    view! {
        <Lit class="room-filters">
            <div class="choose" role="group" aria-label="Filter">{FILTERS.into_iter().enumerate().map(button).collect_view()}</div>
            <div class="code">{move || code(&line(filter.get()), Language::Python)}</div>
            <p class="lead" role="status" aria-label="What the filter does">{text(said)}</p>
            <div class="filter-sides">
                <TreeGrid columns=&[Column::Object, Column::State] filtered=true/>
                <div class="prints" node_ref=prints></div>
            </div>
        </Lit>
    }
}
