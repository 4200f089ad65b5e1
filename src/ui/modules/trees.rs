//! Module, `GraphDef`, `State` and gradient as trees, side by side, and what Python prints of each.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::lecture::run::anatomy::Subject;
use crate::page::modules::printed::Text;
use crate::page::modules::tree::{Column, Line, Walk, filled, html, lines, toggled, walk};
use crate::page::view::{FOLDS_LIMIT, SUBJECTS};
use crate::worker::protocol::Anatomy;

use crate::ui::parts::effects::{effect, text};

use super::state::ModulesState;
use super::texts::{Lit, PrintedText};

/// The room.
#[component]
pub fn Trees() -> impl IntoView {
    let modules: ModulesState = expect_context();
    let subject = move |(subject, _): (Subject, &'static str)| {
        let name = match subject {
            Subject::Both => "model and optimizer",
            Subject::Network => "Mlp",
            Subject::Model | Subject::Lecture => "model",
        };
        view! {
            <button
                class="quiet"
                aria-pressed=text(move || if modules.view.with(|view| view.subject == subject) { "true" } else { "false" })
                on:click=move |_| modules.change(|view| {
                    view.subject = subject;
                    view.folds.clear();
                })
            >
                {name}
            </button>
        }
    };
    view! {
        <Lit class="room-trees">
            <p class="lead">
                "A module keeps structure and numbers in one object. "<code>"nnx.split"</code>
                " makes two trees of it; the gradient is a third, with the paths of the model’s parameters, so each number meets its own derivative."
            </p>
            <div class="choose" role="group" aria-label="What is taken apart">{SUBJECTS.map(subject)}</div>
            <TreeGrid columns=&Column::ALL filtered=false/>
            <div class="prints">
                <PrintedText call="print(model)" what=Text::Modules read=|anatomy| &anatomy.texts.modules/>
                <PrintedText call="print(graphdef)" what=Text::GraphDef read=|anatomy| &anatomy.texts.graphdef/>
                <PrintedText call="print(state)" what=Text::State read=|anatomy| &anatomy.texts.state/>
                <PrintedText call="print(grads)" what=Text::Gradient read=gradient/>
            </div>
            <p class="remark">"As Flax prints them, but for functions: Python prints their addresses, which differ from run to run, so the two of an optimizer stand here as "<code>"GradientTransformation(init, update)"</code>"."</p>
        </Lit>
    }
}

fn gradient(anatomy: &Anatomy) -> &str {
    let gradient = &*anatomy.texts.gradient;
    if gradient.is_empty() { "No step was taken, so no gradient was computed." } else { gradient }
}

/// The trees, a row for each part; `filtered` dims what the chosen filter leaves behind.
#[component]
pub fn TreeGrid(columns: &'static [Column], filtered: bool) -> impl IntoView {
    let modules: ModulesState = expect_context();
    let node = NodeRef::<Div>::new();
    let known = Memo::new(move |_| {
        let folds = modules.view.with(|view| view.folds.clone());
        modules.found.with(|found| found.as_ref().map(|(_, anatomy)| lines(anatomy, &folds)).unwrap_or_default())
    });
    let shown = Memo::new(move |_| known.with(|lines| filled(lines, columns)));
    let content = Memo::new(move |_| {
        let filter = modules.view.with(|view| view.filter);
        modules.found.with(|found| {
            let anatomy = found.as_ref().map(|(_, anatomy)| anatomy);
            let is_pair = anatomy.is_some_and(|anatomy| anatomy.subject == Subject::Both);
            let passed = anatomy.filter(|_| filtered).and_then(|anatomy| anatomy.filters.get(filter));
            known.with(|lines| html(lines, &shown.get(), is_pair, passed.map(|passed| &*passed.leaves)))
        })
    });
    effect(move || {
        let Some(element) = node.get() else { return };
        // a row that has the focus has it afterwards, too
        let focused = focused_row(&element);
        content.with(|html| element.set_inner_html(html));
        if let Some(path) = focused {
            focus(&element, known.with_untracked(|lines| lines.iter().position(|line| line.path == path)));
        }
    });
    let fold = move |line: &Line| {
        if line.open.is_some() {
            modules.change(|view| {
                let folds = toggled(&view.folds, &line.path);
                if folds.len() <= FOLDS_LIMIT {
                    view.folds = folds;
                }
            });
        }
    };
    let click = move |event: leptos::ev::MouseEvent| {
        let at = row_of(event.target());
        if let Some(line) = at.and_then(|at| known.with_untracked(|lines| lines.get(at).cloned())) {
            fold(&line);
        }
    };
    let press = move |event: leptos::ev::KeyboardEvent| {
        if event.shift_key() || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let Some(at) = row_of(event.target()) else { return };
        let Some(done) = known.with_untracked(|lines| walk(lines, at, &event.key())) else { return };
        event.prevent_default();
        match done {
            Walk::To(next) => {
                if let Some(element) = node.get_untracked() {
                    focus(&element, Some(next));
                }
            }
            Walk::Toggle => {
                if let Some(line) = known.with_untracked(|lines| lines.get(at).cloned()) {
                    fold(&line);
                }
            }
            Walk::Stay => {}
        }
    };
    view! {
        <div
            class=text(move || format!("treegrid of-{}", shown.with(Vec::len))) role="treegrid" aria-label="Modules as trees" node_ref=node
            on:click=click on:keydown=press
        ></div>
    }
}

/// The number of the row that an event is about.
fn row_of(target: Option<web_sys::EventTarget>) -> Option<usize> {
    let element = target?.dyn_into::<Element>().ok()?;
    element.closest("[data-row]").ok().flatten()?.get_attribute("data-row")?.parse().ok()
}

/// The path of the row that has the focus, if one inside has.
fn focused_row(grid: &HtmlElement) -> Option<String> {
    let active = document().active_element()?;
    if !grid.contains(Some(&active)) {
        return None;
    }
    active.closest("[data-row]").ok().flatten()?.get_attribute("data-path")
}

/// Gives a row the focus, and the place in the order of the Tab key.
fn focus(grid: &HtmlElement, at: Option<usize>) {
    let Some(at) = at else { return };
    let find = |selector: &str| grid.query_selector(selector).ok().flatten();
    let Some(row) = find(&format!("[data-row=\"{at}\"]")).and_then(|row| row.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    if let Some(before) = find("[tabindex=\"0\"]").and_then(|before| before.dyn_into::<HtmlElement>().ok()) {
        before.set_tab_index(-1);
    }
    row.set_tab_index(0);
    // A row that cannot have the focus leaves it where it is.
    let _ = row.focus();
}
