//! The programs of the step, as JAX prints them, and what the compiler makes of them.

use std::fmt::Write as _;

use leptos::html::Div;
use leptos::prelude::*;

use crate::page::microscope::html::escaped;
use crate::page::microscope::sheets::{Sheet, SheetKind, lines, sheets};
use crate::worker::protocol::JobRequest;

use crate::ui::lab::state::LabState;
use crate::ui::parts::effects::{effect, text};
use crate::ui::state::{Compute, Runs};

use super::pointing::{Equation, Pointing};
use super::state::StepState;

/// The programs, one at a time.
#[component]
pub fn Programs() -> impl IntoView {
    let step: StepState = expect_context();
    let (lab, runs): (LabState, Runs) = (expect_context(), expect_context());
    let compute: Compute = expect_context();
    let wanted = Memo::new(move |_| {
        let at = step.found.with(|found| found.as_ref().map(|found| (found.step.step, found.step.rows)));
        let (config, (number, rows)) = (lab.run(step.column(lab)), at?);
        let is_branched = config.branch.as_ref().is_some_and(|branch| branch.step <= number);
        let branched = config.branched().filter(|_| is_branched);
        Some((branched.unwrap_or(config), rows))
    });
    // a newer request for runs forgets the questions before it
    let asked = Memo::new(move |_| runs.asked.get());
    effect(move || {
        asked.track();
        let Some((config, rows)) = wanted.get() else { return };
        let question = JobRequest::Programs { config, rows };
        let _ = compute.with(|bridge| bridge.ask(question));
    });
    let all = Memo::new(move |_| {
        let program = lab.run(step.column(lab)).program;
        step.texts.with(|texts| texts.as_ref().map(|texts| sheets(texts, program)).unwrap_or_default())
    });
    let chosen = step.sheet;
    // a link may name a pass that this step's compilation does not have
    let sheet = Memo::new(move |_| {
        let of = |kind| move |sheet: &&Sheet| sheet.kind == kind;
        let (kind, otherwise) = (chosen.get(), SheetKind::default());
        all.with(|all| {
            all.iter().find(of(kind)).or_else(|| all.iter().find(of(otherwise))).cloned().unwrap_or_default()
        })
    });
    let names = move || all.with(|all| all.iter().map(|sheet| (sheet.kind, sheet.name.clone())).collect::<Vec<_>>());
    let shown = NodeRef::<Div>::new();
    effect(move || {
        if let Some(element) = shown.get() {
            sheet.with(|sheet| element.set_inner_html(&written(sheet)));
        }
    });
    let pointing = Pointing::new(sheet, shown);
    view! {
        <section class="texts" aria-labelledby="texts-title">
            <h2 id="texts-title">"Programs and passes"</h2>
            <div class="texts-of" role="group" aria-label="Text">
                <For each=names key=Clone::clone let:entry>
                    <button
                        class="quiet"
                        aria-pressed=text(move || if chosen.get() == entry.0 { "true" } else { "false" })
                        on:click=move |_| chosen.set(entry.0)
                    >
                        {entry.1.clone()}
                    </button>
                </For>
            </div>
            <p class="text-about">{text(move || sheet.with(|sheet| sheet.about.clone()))}</p>
            <Equation pointing/>
            <div
                node_ref=shown
                on:pointermove=move |event| pointing.point(&event)
                on:pointerdown=move |event| pointing.point(&event)
                on:keydown=move |event| pointing.walk(&event)
            ></div>
        </section>
    }
}

fn written(sheet: &Sheet) -> String {
    let mut out = String::new();
    if !sheet.fired.is_empty() {
        out.push_str("<p class=\"fired-rules\"><span>Rules that fired:</span>");
        for (rule, equations) in &sheet.fired {
            let times = if equations.len() > 1 { format!(" × {}", equations.len()) } else { String::new() };
            let _ = write!(out, "<span><code>{}</code>{times}</span>", escaped(rule));
        }
        out.push_str("</p>");
    }
    out.push_str("<div class=\"text-pair\">");
    for (at, (title, text)) in sheet.texts.iter().enumerate() {
        let _ = write!(out, "<div><h3>{title}</h3><pre tabindex=\"0\" role=\"group\" aria-label=\"Program: {title}\">");
        for (line, equation) in lines(text) {
            let equation = equation.filter(|_| !sheet.is_plain);
            let rules = equation.filter(|_| at == 0).map(|equation| rules_at(sheet, equation)).unwrap_or_default();
            let class = if rules.is_empty() { "" } else { " class=\"fired\"" };
            let in_step = equation.and_then(|equation| sheet.of_step.get(at)?.get(equation).copied().flatten());
            let in_step = in_step.map(|number| format!(" data-step=\"{number}\"")).unwrap_or_default();
            let number =
                equation.map(|number| format!(" data-text=\"{at}\" data-eqn=\"{number}\" title=\"{rules}\"{in_step}"));
            let number = number.unwrap_or_default();
            let _ = write!(out, "<span{class}{number}>{}</span>", escaped(line));
        }
        out.push_str("</pre></div>");
    }
    out.push_str("</div>");
    out
}

/// The rules that rewrote an equation.
pub fn rules_at(sheet: &Sheet, equation: usize) -> String {
    let here = sheet.fired.iter().filter(|(_, equations)| equations.contains(&equation));
    here.map(|(rule, _)| &**rule).collect::<Vec<_>>().join(", ")
}
