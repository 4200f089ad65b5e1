//! What stands beside the graph, as HTML: a stage with its numbers, and what is known of a value.

use crate::lecture::run::dissection::{Check, Dissection, Part};
use crate::page::microscope::moments::{Moment, Row, StepPart, name};
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
        out.push_str(&format!(
            "<p class=\"said\">The program’s line</p><pre class=\"line-of-code\">{}</pre>",
            escaped(code)
        ));
    }
    if !moment.equations.is_empty() {
        let what = if moment.equations.len() == 1 { "Equation" } else { "Equations" };
        out.push_str(&format!("<p class=\"said\">{what} of the traced program</p><ol class=\"equations\">"));
        for equation in &moment.equations {
            out.push_str(&format!("<li><code>{}</code></li>", escaped(equation)));
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
        out.push_str(&format!(
            "<tr class=\"{class}\"><th scope=\"row\">{}<small>{}</small></th><td>{}",
            escaped(label),
            escaped(aval),
            escaped(text)
        ));
        if !note.is_empty() {
            out.push_str(&format!("<small>{note}</small>"));
        }
        out.push_str("</td></tr>");
    }
    out.push_str("</tbody></table>");
    out
}

/// What is known of a value: its numbers, the rule of the operation that made it, and its derivative, measured. `pulled` says whether the backward pass has come to it.
#[must_use]
pub fn value(step: &Dissection, at: usize, pulled: bool) -> String {
    let Some(value) = step.values.get(at) else { return String::new() };
    let title = name(step, at);
    let mut out = format!("<h3>{} <small>{}</small></h3>", escaped(&title), escaped(&value.aval));
    let operation = step.operations.iter().find(|operation| operation.output == at);
    if let Some(rule) = operation.and_then(|operation| rule(&operation.primitive)) {
        let math = |what: &str, inside: &str| {
            format!("<div class=\"rule\"><span>{what}</span><math display=\"block\"><mrow>{inside}</mrow></math></div>")
        };
        out.push_str(&math("value", rule.value));
        if operation.is_some_and(|x| matches!(x.part, Part::Predict | Part::Residuals | Part::Mean)) {
            out.push_str(&math("backward", rule.pull));
        }
        out.push_str(&format!("<p class=\"unseen\">{}.</p>", rule.words));
        out.push_str(&format!(
            "<p class=\"source\">JAX: <code>{}</code>, jax/_src/lax/lax.py</p>",
            escaped(rule.source)
        ));
    } else if operation.is_none() {
        out.push_str("<p>An argument of the step: nothing computes it here.</p>");
    }
    match (value.cotangent, pulled) {
        (Some(cotangent), true) => {
            let numbers = step.values.get(cotangent).map(in_a_row).unwrap_or_default();
            out.push_str(&format!(
                "<p class=\"said\">∂loss/∂{}</p><p class=\"numbers\">{}</p>",
                escaped(&title),
                escaped(&numbers)
            ));
            if let Some(check) = value.check {
                out.push_str(&measured(&title, value.shape.is_empty(), check));
            }
        }
        (Some(_), false) => {
            out.push_str("<p class=\"waiting\">The derivative of the loss for it is not computed yet.</p>")
        }
        (None, _) => out.push_str("<p class=\"waiting\">Nothing asks for the derivative of the loss for it.</p>"),
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
