//! The tab Code: Python that can be edited, and runs with JAX's numbers. [`tab`] and [`state`] are all that the page knows of it.

mod desk;
mod dials;
mod editor;
mod output;
pub mod state;
mod turns;

use leptos::prelude::*;

use crate::lecture::python::notebook_of;
use crate::page::editor::examples::{EXAMPLES, Example};
use crate::page::editor::output::Output;
use crate::ui::parts::effects::{effect, flag, text};
use crate::ui::parts::place::{Build, put};
use crate::ui::state::Page;
use crate::web::files::save;
use crate::web::later::later;
use crate::worker::interpreter::Phase;

use desk::Desk;
use dials::DialStrip;
use editor::Editor;
use output::Printed;
use state::CodeState;
use turns::Turns;

later! { code: pub fn tab() -> Build => |element| put(element, || view! { <CodeTab/> }) }

/// The tab.
#[component]
fn CodeTab() -> impl IntoView {
    let state: CodeState = expect_context();
    let desk = Desk::of(state);
    desk.sit_down();
    let follower = desk.clone();
    effect(move || follower.follow_link());
    let taker = desk.clone();
    effect(move || {
        if let Some(text) = state.brought.get() {
            state.brought.set(None);
            taker.open(text);
        }
    });
    desk.run_first();
    on_cleanup(move || Desk::of(state).leave());
    view! {
        <div class="code-tab" id="code" role="tabpanel" aria-labelledby="tab-code">
            <Tools desk=desk.clone()/>
            <section class="code-left" aria-label="Editor">
                <DialStrip desk=desk.clone()/>
                <Editor desk=desk.clone()/>
                <p id="code-keys" class="code-keys">"Ctrl + Enter runs · Tab indents, Esc leaves the editor · Ctrl + / comments"</p>
            </section>
            <section class="code-right" aria-label="Run">
                <Status desk=desk.clone()/>
                <Turns desk=desk.clone()/>
                <Printed desk/>
            </section>
        </div>
    }
}

/// Run, stop, open, save.
#[component]
fn Tools(desk: Desk) -> impl IntoView {
    let page: Page = expect_context();
    let desk = StoredValue::new_local(desk);
    let (before, output) = desk.with_value(|desk| (RwSignal::from(desk.before()), RwSignal::from(desk.output())));
    let is_running = Memo::new(move |_| output.with(|_| desk.with_value(Desk::is_running)));
    let open = move |event: web_sys::Event| {
        let value = event_target_value(&event);
        let text = match value.parse::<usize>() {
            Ok(place) => EXAMPLES.get(place).map(Example::text),
            Err(_) => before.get_untracked(),
        };
        if let Some(text) = text {
            desk.with_value(|desk| desk.open(text));
        }
        // the list is a menu: it always says what it is for
        if let Some(list) =
            event.target().and_then(|target| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlSelectElement>(target).ok())
        {
            list.set_selected_index(0);
        }
    };
    let option = |is_lecture: bool| {
        EXAMPLES
            .iter()
            .enumerate()
            .filter(move |(_, example)| example.is_lecture() == is_lecture)
            .map(|(place, example)| {
                view! { <option value=place.to_string()>{example.name}</option> }
            })
            .collect_view()
    };
    let save_script = move |_| {
        let text = desk.with_value(|desk| desk.text().get_untracked());
        if !save("program.py", "text/x-python", &text) {
            page.say("This browser does not allow the page to save a file.");
        }
    };
    let save_notebook = move |_| {
        let (text, printed) =
            desk.with_value(|desk| (desk.text().get_untracked(), desk.output().with_untracked(Output::lines)));
        let is_saved =
            notebook_of(&text, &printed).is_ok_and(|text| save("program.ipynb", "application/x-ipynb+json", &text));
        if !is_saved {
            page.say("This browser does not allow the page to save a file.");
        }
    };
    view! {
        <div class="code-tools">
            <button id="code-run" class="code-run" title="Run the program (Ctrl + Enter)" on:click=move |_| desk.with_value(Desk::run)>"Run"</button>
            <button class="code-stop" disabled=flag(move || !is_running.get()) title="End the program" on:click=move |_| desk.with_value(Desk::stop)>"Stop"</button>
            <select aria-label="Open a program" on:change=open>
                <option value="" selected=true hidden=true>"Open …"</option>
                <option value="before" hidden=flag(move || before.with(Option::is_none))>"My program from before"</option>
                <optgroup label="The lecture’s programs">{option(true)}</optgroup>
                <optgroup label="To go on from">{option(false)}</optgroup>
            </select>
            <span class="spring"></span>
            <button class="quiet" title="Save the program as a script" on:click=save_script>"Save .py"</button>
            <button class="quiet" title="Save the program and what it printed as a notebook" on:click=save_notebook>"Save notebook"</button>
        </div>
    }
}

/// How the run stands.
#[component]
fn Status(desk: Desk) -> impl IntoView {
    let desk = StoredValue::new_local(desk);
    let phase = desk.with_value(|desk| RwSignal::from(desk.phase()));
    let output = desk.with_value(|desk| RwSignal::from(desk.output()));
    let said = Memo::new(move |_| desk.with_value(Desk::status));
    let is_bad = Memo::new(move |_| output.with(Output::is_bad));
    view! {
        <div class="code-status">
            <span role="status" aria-label="Program status" class:bad=flag(move || is_bad.get())>{text(move || said.get())}</span>
            <button hidden=flag(move || phase.get() != Phase::Missing) on:click=move |_| desk.with_value(Desk::run)>"Try again"</button>
        </div>
    }
}
