//! The programs of the step, as JAX prints them, and what the compiler makes of them.

use std::fmt::Write as _;

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::lecture::python::{Stage, listing};
use crate::lecture::run::dissection::Part;
use crate::page::microscope::html::escaped;
use crate::page::microscope::sheets::{Sheet, SheetKind, lines, sheets};
use crate::page::step::step_lines;
use crate::worker::protocol::JobRequest;

use crate::ui::lab::state::LabState;
use crate::ui::parts::effects::{effect, text};
use crate::ui::state::{Compute, Runs};

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
    let all = Memo::new(move |_| step.texts.with(|texts| texts.as_ref().map(sheets).unwrap_or_default()));
    let chosen = step.sheet;
    // a link may name a pass that this step's compilation does not have
    let sheet = move || {
        let of = |kind| move |sheet: &&Sheet| sheet.kind == kind;
        let (kind, otherwise) = (chosen.get(), SheetKind::default());
        all.with(|all| {
            all.iter().find(of(kind)).or_else(|| all.iter().find(of(otherwise))).cloned().unwrap_or_default()
        })
    };
    let names = move || all.with(|all| all.iter().map(|sheet| (sheet.kind, sheet.name.clone())).collect::<Vec<_>>());
    let shown = NodeRef::<Div>::new();
    effect(move || {
        if let Some(element) = shown.get() {
            element.set_inner_html(&written(&sheet()));
        }
    });
    // the equation whose value is open is marked, and so is the line of code that it comes of
    let pointed = Memo::new(move |_| {
        let open = step.open.get()?;
        step.found.with(|found| {
            let step = &found.as_ref()?.step;
            let number = step.operations.iter().position(|operation| operation.output == open)?;
            Some((number, stage(step.operations[number].part)))
        })
    });
    let listed = Memo::new(move |_| step_lines(&listing(&lab.run(step.column(lab)))));
    let code = move || {
        let Some((_, stage)) = pointed.get() else { return String::new() };
        let line = listed.with(|lines| lines.iter().find(|line| line.stage == stage).map(|line| line.code.clone()));
        line.unwrap_or_default()
    };
    effect(move || {
        let now = pointed.get().map(|(number, _)| number.to_string());
        let is_step = sheet().is_step();
        let Some(element) = shown.get() else { return };
        while let Ok(Some(line)) = element.query_selector(".here")
            && line.class_list().remove_1("here").is_ok()
        {}
        let Some(number) = now.filter(|_| is_step) else { return };
        let first = element.query_selector(&format!("[data-eqn=\"{number}\"]")).ok().flatten();
        let is_its = |line: &Element| line.get_attribute("data-eqn").as_ref() == Some(&number);
        for line in std::iter::successors(first, Element::next_element_sibling).take_while(is_its) {
            // a class that cannot be set leaves a line unmarked
            let _ = line.class_list().add_1("here");
        }
    });
    // an equation of the whole step opens its value
    let point = move |event: leptos::ev::PointerEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let line = target.and_then(|element| element.closest("[data-eqn]").ok().flatten());
        let number =
            line.and_then(|line| line.get_attribute("data-eqn")).and_then(|number| number.parse::<usize>().ok());
        if let Some(number) = number.filter(|_| untrack(sheet).is_step()) {
            let value = step.found.with_untracked(|found| {
                found.as_ref().and_then(|found| found.step.operations.get(number)).map(|operation| operation.output)
            });
            if step.open.get_untracked() != value {
                step.open.set(value);
            }
        }
    };
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
            <p class="text-about">{text(move || sheet().about)}</p>
            <pre class="line-of-code of-equation" hidden=move || !sheet().is_step() || code().is_empty()>{text(code)}</pre>
            <div node_ref=shown on:pointerover=point></div>
        </section>
    }
}

/// The stage of the listing that an equation comes of.
fn stage(part: Part) -> Stage {
    match part {
        Part::Predict => Stage::Predict,
        Part::Residuals | Part::Mean => Stage::Loss,
        Part::Backward(_) => Stage::Gradient,
        Part::Optimizer => Stage::Update,
        Part::Apply => Stage::Apply,
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
            let number = equation.map(|number| format!(" data-eqn=\"{number}\" title=\"{rules}\"")).unwrap_or_default();
            let _ = write!(out, "<span{class}{number}>{}</span>", escaped(line));
        }
        out.push_str("</pre></div>");
    }
    out.push_str("</div>");
    out
}

/// The rules that rewrote an equation.
fn rules_at(sheet: &Sheet, equation: usize) -> String {
    let here = sheet.fired.iter().filter(|(_, equations)| equations.contains(&equation));
    here.map(|(rule, _)| &**rule).collect::<Vec<_>>().join(", ")
}
