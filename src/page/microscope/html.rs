//! What stands beside the graph, as HTML: a stage with its numbers, and what is known of a value.

use std::fmt::Write as _;

use crate::lecture::run::dissection::{Check, Dissection, Part};
use crate::page::microscope::moments::{Moment, Row, StepPart};
use crate::page::microscope::names::name;
use crate::page::microscope::numbers::{exact, in_a_row};
use crate::page::microscope::rules::rule;

/// A text as HTML.
#[must_use]
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// What happens in a stage: its title, a sentence, its line of code, its equations.
#[must_use]
pub fn moment(moment: &Moment, code: &str) -> String {
    let mut out = format!("<h3>{}</h3><p>{}</p>", escaped(&moment.title), escaped(&moment.about));
    if !code.is_empty() {
        let _ =
            write!(out, "<p class=\"said\">The program’s line</p><pre class=\"line-of-code\">{}</pre>", escaped(code));
    }
    if !moment.equations.is_empty() {
        let what = if moment.equations.len() == 1 { "Equation" } else { "Equations" };
        let _ =
            write!(out, "<p class=\"said\">{what} of the traced program</p><ol class=\"equations\" tabindex=\"0\">");
        for equation in &moment.equations {
            let _ = write!(out, "<li><code>{}</code></li>", escaped(equation));
        }
        out.push_str("</ol>");
    } else if moment.place.part == StepPart::Backward {
        out.push_str("<p class=\"said\">No equation: the derivative is passed on as it is.</p>");
    }
    out
}

/// The numbers of a stage.
#[must_use]
pub fn rows(rows: &[Row]) -> String {
    let mut out = "<table><tbody>".to_owned();
    for Row { label, aval, text, note, is_made } in rows {
        let class = if *is_made { "made" } else { "read" };
        let _ = write!(
            out,
            "<tr class=\"{class}\"><th scope=\"row\">{}<small>{}</small></th><td>{}",
            escaped(label),
            escaped(aval),
            escaped(text)
        );
        if !note.is_empty() {
            let _ = write!(out, "<small>{note}</small>");
        }
        out.push_str("</td></tr>");
    }
    out.push_str("</tbody></table>");
    out
}

/// What is known of a value: the rule of the operation that made it, and its derivative, computed and measured. `pulled` says whether the backward pass has
/// come to it.
#[must_use]
pub fn value(step: &Dissection, at: usize, pulled: bool) -> String {
    let Some(value) = step.values.get(at) else { return String::new() };
    let mut out = format!("<h3>{} <small>{}</small></h3>", escaped(&name(step, at)), escaped(&value.aval));
    out.push_str(&rule_of(step, at));
    match (value.cotangent, pulled) {
        (Some(_), true) => out.push_str(&derivative(step, at)),
        (Some(_), false) => {
            out.push_str("<p class=\"waiting\">The derivative of the loss for it is not computed yet.</p>");
        }
        (None, _) => out.push_str("<p class=\"waiting\">Nothing asks for the derivative of the loss for it.</p>"),
    }
    out
}

/// The rule of a stage of the backward pass, and what it leads to.
#[must_use]
pub fn pulled(step: &Dissection, moment: &Moment) -> String {
    let Some(&result) = moment.values.first() else { return String::new() };
    let operation = step.operations.iter().find(|operation| operation.output == result);
    let primitive = operation.map(|operation| &*operation.primitive).unwrap_or_default();
    let mut out = format!("<h3>The rule of {}</h3>", escaped(primitive));
    out.push_str(&rule_of(step, result));
    for &at in &moment.makes {
        out.push_str(&derivative(step, at));
    }
    out
}

/// The rule of the operation that makes a value.
fn rule_of(step: &Dissection, at: usize) -> String {
    let Some(operation) = step.operations.iter().find(|operation| operation.output == at) else {
        return "<p>An argument of the step: nothing computes it here.</p>".to_owned();
    };
    let Some(rule) = rule(&operation.primitive) else { return String::new() };
    let math = |what: &str, inside: &str| {
        format!("<div class=\"rule\"><span>{what}</span><math display=\"block\"><mrow>{inside}</mrow></math></div>")
    };
    let mut out = math("value", rule.value);
    if matches!(operation.part, Part::Predict | Part::Residuals | Part::Mean) {
        out.push_str(&math("backward", rule.pull));
    }
    let _ = write!(
        out,
        "<p class=\"unseen\">{}.</p><p class=\"source\">JAX: <code>{}</code>, jax/_src/lax/lax.py</p>",
        rule.words,
        escaped(rule.source)
    );
    out
}

/// The derivative of the loss for a value, computed and measured.
fn derivative(step: &Dissection, at: usize) -> String {
    let Some(value) = step.values.get(at) else { return String::new() };
    let Some(cotangent) = value.cotangent.and_then(|at| step.values.get(at)) else { return String::new() };
    let title = name(step, at);
    let numbers = escaped(&in_a_row(cotangent));
    let mut out = format!("<p class=\"said\">∂loss/∂{}</p><p class=\"numbers\">{numbers}</p>", escaped(&title));
    if let Some(check) = value.check {
        out.push_str(&measured(&title, value.shape.is_empty(), check));
    }
    out
}

/// The derivative as it was measured: the loss computed again with one element moved to either side.
fn measured(title: &str, is_scalar: bool, check: Check) -> String {
    let number = |x: f32| exact(x.to_bits(), crate::lecture::run::dissection::Kind::Float);
    let element = if is_scalar { escaped(title) } else { format!("{}[{}]", escaped(title), check.element) };
    format!(
        "<p class=\"said\">Measured, too</p><p>Move {element} by ±{} and compute the rest of the loss again: it is {} and {}. \
         The slope between them is <b>{}</b>; the backward pass has <b>{}</b>.</p>",
        number(check.h),
        number(check.losses[1]),
        number(check.losses[0]),
        number(check.slope),
        number(check.derivative)
    )
}
