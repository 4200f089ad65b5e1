//! What is printed: the settings in words, the charts as drawings at full width, the programs, what they print, and the link, with its QR code.

use std::any::Any;

use leptos::mount::mount_to;
use leptos::prelude::*;
use web_sys::HtmlElement;

use crate::lecture::python;
use crate::page::export::picture_words;
use crate::page::qr::Qr;
use crate::page::tab::Tab;
use crate::ui::app::States;
use crate::ui::history::address;

use super::files::{printed, svg};
use super::menu::Chart;

/// Mounts the handout of what is on screen. In the Lab it is all that is printed; the other tabs are printed themselves, below its head.
pub fn mount(states: States, element: HtmlElement) -> Box<dyn Any> {
    Box::new(mount_to(element, move || view! { <Handout states/> }))
}

#[component]
fn Handout(states: States) -> impl IntoView {
    let link = address(&untrack(|| states.view()));
    let words = untrack(|| states.runs.board.with(|board| picture_words(board, states.time.step()))).join(" · ");
    let tab = states.page.tab.get_untracked();
    let code = Qr::of(&link).map(|Qr { side, path }| {
        view! { <svg class="qr" viewBox=format!("0 0 {side} {side}")><path d=path></path></svg> }
    });
    view! {
        <header>
            <div>
                <h1>{format!("thetahat: {}", tab.name())}</h1>
                <p>{words}</p>
                <p class="link">{link}</p>
            </div>
            {code}
        </header>
        {(tab == Tab::Lab).then(|| lab(states))}
    }
}

/// The Lab's charts, programs and output.
fn lab(states: States) -> impl IntoView {
    let chart = move |chart: Chart| view! { <div class="chart" inner_html=svg(states, chart)></div> };
    let program = move |approach| {
        let config = untrack(|| states.lab.run(approach));
        let lines = printed(states, approach).join("\n");
        view! {
            <section>
                <h2>{config.program.to_string()}</h2>
                <pre>{python::listing(&config).exported().script()}</pre>
                <h3>"It prints"</h3>
                <pre>{lines}</pre>
            </section>
        }
    };
    let shown = states.lab.shown.get_untracked();
    view! {
        {Chart::ALL.map(chart).to_vec()}
        {shown.iter().map(program).collect_view()}
    }
}
