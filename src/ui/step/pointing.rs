//! [`Pointing`]: which equation of the programs is pointed at, by pointer or by keys, what is marked of it, and [`Equation`], what stands beside it: its line of
//! code, its value, and the rules that rewrote it.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, NodeList, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::lecture::python::{Stage, listing};
use crate::lecture::run::dissection::Part;
use crate::page::microscope::names::name;
use crate::page::microscope::numbers::in_a_row;
use crate::page::microscope::sheets::Sheet;
use crate::page::step::step_lines;

use crate::ui::lab::state::LabState;
use crate::ui::parts::effects::{effect, text};
use crate::ui::state::page::put;

use super::programs::rules_at;
use super::state::StepState;

/// What is said of an equation whose value JAX's own program of the step does not have.
const NOT_IN_THE_STEP: &str = "The compiler’s own: the step as JAX prints it has no such value.";

/// What is pointed at. Copies share their signals.
#[derive(Clone, Copy)]
pub struct Pointing {
    step: StepState,
    sheet: Memo<Sheet>,
    /// The text and the equation in it.
    here: RwSignal<Option<(usize, usize)>>,
    /// Of the value that is open, the number of its equation in the whole step and the line of code that it comes of.
    open: Memo<Option<(usize, Stage)>>,
}

impl Pointing {
    /// Nothing is pointed at; what is, is marked among the texts of a sheet in an element.
    pub fn new(sheet: Memo<Sheet>, shown: NodeRef<Div>) -> Self {
        let step: StepState = expect_context();
        let open = Memo::new(move |_| {
            let open = step.open.get()?;
            step.found.with(|found| {
                let step = &found.as_ref()?.step;
                let number = step.operations.iter().position(|operation| operation.output == open)?;
                Some((number, stage(step.operations[number].part)))
            })
        });
        let pointing = Self { step, sheet, here: RwSignal::new(None), open };
        effect(move || {
            step.sheet.track();
            pointing.here.set(None);
        });
        effect(move || {
            let of_step = open.get().map(|(number, _)| format!("[data-step=\"{number}\"]"));
            let here = pointing.here.get();
            let itself = here.map(|(text, equation)| format!("[data-text=\"{text}\"][data-eqn=\"{equation}\"]"));
            sheet.track();
            let Some(element) = shown.get() else { return };
            mark(&element, "here", of_step.as_deref());
            mark(&element, "itself", itself.as_deref());
        });
        pointing
    }

    /// The equation under the pointer, where that was moved or pressed: what scrolls under a pointer that rests is not pointed at.
    pub fn point(self, event: &PointerEvent) {
        if event.type_() == "pointermove" && event.movement_x() == 0 && event.movement_y() == 0 {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(line) = target.and_then(|element| element.closest("[data-eqn]").ok().flatten()) {
            self.look_at(&line);
        }
    }

    /// The next equation of the text that has the focus, or the one before.
    pub fn walk(self, event: &KeyboardEvent) {
        let by: fn(&Element) -> Option<Element> = match event.key().as_str() {
            "ArrowDown" => Element::next_element_sibling,
            "ArrowUp" => Element::previous_element_sibling,
            _ => return,
        };
        let Some(text) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        let number = |line: &Element| line.get_attribute("data-eqn");
        // what is marked follows a moment later
        let here = self.here.get_untracked();
        let here = here.map(|(text, equation)| format!("[data-text=\"{text}\"][data-eqn=\"{equation}\"]"));
        let now = here.and_then(|line| text.query_selector(&line).ok().flatten());
        let next = match &now {
            Some(line) => {
                let is_other = |other: &Element| number(other).is_some() && number(other) != number(line);
                std::iter::successors(by(line), by).find(is_other)
            }
            None => std::iter::successors(text.first_element_child(), Element::next_element_sibling)
                .find(|line| number(line).is_some()),
        };
        if let Some(line) = next {
            event.prevent_default();
            self.look_at(&line);
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            line.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }

    /// Opens the value of an equation, if the whole step has it.
    fn look_at(self, line: &Element) {
        let number = |name: &str| line.get_attribute(name)?.parse::<usize>().ok();
        let Some(equation) = number("data-eqn") else { return };
        put(self.here, number("data-text").map(|text| (text, equation)));
        let value = self
            .step
            .found
            .with_untracked(|found| Some(found.as_ref()?.step.operations.get(number("data-step")?)?.output));
        if self.step.open.get_untracked() != value {
            self.step.open.set(value);
        }
    }

    /// The value that is open, with its name.
    fn value(self) -> String {
        let Some((number, _)) = self.open.get() else {
            return self.here.get().map_or_else(String::new, |_| NOT_IN_THE_STEP.to_owned());
        };
        self.step.found.with(|found| {
            let told = found.as_ref().and_then(|found| {
                let output = found.step.operations.get(number)?.output;
                Some(format!("{} = {}", name(&found.step, output), in_a_row(found.step.values.get(output)?)))
            });
            told.unwrap_or_default()
        })
    }

    /// The rules that rewrote the equation.
    fn rules(self) -> String {
        let Some((0, equation)) = self.here.get() else { return String::new() };
        let rules = self.sheet.with(|sheet| rules_at(sheet, equation));
        if rules.is_empty() { rules } else { format!("rewritten by {rules}") }
    }
}

/// Gives the lines that a selector finds a class, and takes it from all others.
fn mark(element: &Element, class: &str, wanted: Option<&str>) {
    while let Ok(Some(line)) = element.query_selector(&format!(".{class}"))
        && line.class_list().remove_1(class).is_ok()
    {}
    let lines = wanted.and_then(|lines| element.query_selector_all(lines).ok());
    for at in 0..lines.as_ref().map_or(0, NodeList::length) {
        let line = lines.as_ref().and_then(|lines| lines.item(at)?.dyn_into::<Element>().ok());
        // a class that cannot be set leaves a line unmarked
        let _ = line.map(|line| line.class_list().add_1(class));
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

/// What stands beside the equation that is pointed at.
#[component]
pub fn Equation(pointing: Pointing) -> impl IntoView {
    let lab: LabState = expect_context();
    let Pointing { step, sheet, here, open } = pointing;
    let listed = Memo::new(move |_| step_lines(&listing(&lab.run(step.column(lab)))));
    let code = move || {
        let Some((_, stage)) = open.get() else { return String::new() };
        let line = listed.with(|lines| lines.iter().find(|line| line.stage == stage).map(|line| line.code.clone()));
        line.unwrap_or_default()
    };
    view! {
        <div class="of-equation" role="status" aria-label="Equation pointed at" hidden=move || sheet.with(|sheet| sheet.is_plain)>
            <p class="hint" hidden=move || here.get().is_some()>"Point at an equation, or walk with ↑ and ↓: its line of code and its value stand here."</p>
            <pre class="line-of-code" hidden=move || code().is_empty()>{text(code)}</pre>
            <p class="value-of">{text(move || pointing.value())}</p>
            <p class="rules-of">{text(move || pointing.rules())}</p>
        </div>
    }
}
