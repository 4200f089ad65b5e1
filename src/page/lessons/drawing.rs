//! Sketches and points as small drawings, SVG whose colours are those of the page's styles: what the learner said, and over it, once it is revealed, the run.

use std::fmt::Write as _;

use super::facts::{Facts, Line};
use super::form::{Arrow, Given, Plane, PointAsk, SketchAsk};
use super::judge::{height, knots, parts, value};
use super::text::escape;
use super::work::KNOTS;
use crate::base::words::{number, rounded};

/// Width and height of a drawing, in its own units.
pub const SIZE: [f64; 2] = [400.0, 260.0];
/// The part of it where data lie: left, top, right, bottom.
const AREA: [f64; 4] = [52.0, 14.0, 390.0, 222.0];
/// Cosine and sine of a sixtieth of a turn.
const TURN: [f64; 2] = [0.9945218953682733, 0.10452846326765347];

/// Where a sketch begins: with what is known, the run's first value.
#[must_use]
pub fn first_sketch(ask: &SketchAsk, facts: &Facts) -> Option<Vec<f64>> {
    let first = facts.curve(ask.line)?.at(0.0)?;
    Some(vec![first; KNOTS])
}

/// The knot of a sketch, and its value, at a place of the drawing that is given as parts of its width and height.
#[must_use]
pub fn knot_at(ask: &SketchAsk, [across, down]: [f64; 2]) -> (usize, f64) {
    let [left, top, right, bottom] = AREA;
    let part = (across * SIZE[0] - left) / (right - left);
    let knot = (part * (KNOTS - 1) as f64).round().clamp(1.0, (KNOTS - 1) as f64) as usize;
    (knot, value(ask, (bottom - down * SIZE[1]) / (bottom - top)))
}

/// A knot moved by a part of the axis.
#[must_use]
pub fn nudged(ask: &SketchAsk, sketch: &[f64], knot: usize, by: f64) -> Vec<f64> {
    let mut next = sketch.to_vec();
    if let Some(at) = next.get_mut(knot) {
        *at = value(ask, height(ask, *at) + by);
    }
    next
}

/// A knot in words, for whoever moves it by keys.
#[must_use]
pub fn knot_words(ask: &SketchAsk, given: &Given, sketch: &[f64], knot: usize) -> String {
    let end = (ask.end)(given);
    let across = end * knot as f64 / (KNOTS - 1) as f64;
    let at = sketch.get(knot).copied().unwrap_or(f64::NAN);
    format!("{} {}: {} {}", ask.across, rounded(across, 3), ask.up, rounded(at, 2))
}

/// A sketch, with the run's curve over it once it is revealed.
#[must_use]
pub fn sketch(
    ask: &SketchAsk,
    given: &Given,
    facts: &Facts,
    (said, at): (Option<&[f64]>, Option<usize>),
    revealed: bool,
) -> String {
    let mut out = begin();
    let [left, top, right, bottom] = AREA;
    let x = |part: f64| left + part * (right - left);
    let y = |value: f64| bottom - height(ask, value) * (bottom - top);
    for (level, name) in levels(ask) {
        let at = y(level);
        let _ = write!(out, "<path class=\"grid\" d=\"M{left} {at:.1}H{right}\"/>");
        let _ = write!(out, "<text x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\">{name}</text>", left - 5.0, at + 4.0);
    }
    let end = (ask.end)(given);
    for quarter in 0..=4 {
        let part = f64::from(quarter) / 4.0;
        let anchor = if quarter == 4 { "end" } else { "middle" };
        let (at, name) = (x(part), number((end * part).round()));
        let _ = write!(out, "<path class=\"grid\" d=\"M{at:.1} {top}V{bottom}\"/>");
        let _ = write!(out, "<text x=\"{at:.1}\" y=\"{:.0}\" text-anchor=\"{anchor}\">{name}</text>", bottom + 16.0);
    }
    label(&mut out, left, ask.up, "start", top - 3.0);
    label(&mut out, right, ask.across, "end", bottom + 32.0);
    let points = |values: &[f64]| -> Vec<[f64; 2]> {
        let last = values.len().saturating_sub(1).max(1) as f64;
        values.iter().enumerate().map(|(place, &value)| [x(place as f64 / last), y(value)]).collect()
    };
    if let Some(said) = said {
        path(&mut out, "said", &points(said));
        for (knot, part) in parts().enumerate().skip(1) {
            let class = if at == Some(knot) { "knot now" } else { "knot" };
            let at = y(said.get(knot).copied().unwrap_or(f64::NAN));
            let _ = write!(out, "<circle class=\"{class}\" cx=\"{:.1}\" cy=\"{at:.1}\" r=\"5\"/>", x(part));
        }
        let is_above = end_of(facts, ask).is_none_or(|run| !revealed || y(said[said.len() - 1]) <= y(run));
        let by = if is_above { -9.0 } else { 16.0 };
        label(&mut out, right - 4.0, "your sketch", "end said-name", y(said[said.len() - 1]) + by);
    }
    if let Some(Line(values)) = facts.curve(ask.line).filter(|_| revealed) {
        if let Some(said) = said {
            for ((part, &said), run) in parts().zip(said).zip(knots(&Line(values.clone()))).skip(1) {
                let _ = write!(out, "<path class=\"off\" d=\"M{:.1} {:.1}V{:.1}\"/>", x(part), y(said), y(run));
            }
        }
        path(&mut out, "run", &points(values));
        let last = y(values.last().copied().unwrap_or_default());
        let is_below = said.is_none_or(|said| y(said[said.len() - 1]) <= last);
        let by = if is_below { 14.0 } else { -7.0 };
        label(&mut out, right - 4.0, "the run", "end run-name", (last + by).min(bottom - 4.0));
    }
    out.push_str("</svg>");
    out
}

/// Where the run's curve ends.
fn end_of(facts: &Facts, ask: &SketchAsk) -> Option<f64> {
    facts.curve(ask.line)?.0.last().copied()
}

fn levels(ask: &SketchAsk) -> Vec<(f64, String)> {
    let [low, high] = ask.range;
    if !ask.log {
        return (0..=4).map(|step| low + (high - low) * f64::from(step) / 4.0).map(|at| (at, rounded(at, 2))).collect();
    }
    let (first, last) = (low.log10().ceil() as i32, high.log10().floor() as i32);
    (first..=last).map(|power| (10f64.powi(power), power_of_ten(power))).collect()
}

/// A power of ten as charts write it.
fn power_of_ten(power: i32) -> String {
    const ABOVE: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    if power == 0 {
        return "1".to_owned();
    }
    if power == 1 {
        return "10".to_owned();
    }
    let sign = if power < 0 { "⁻" } else { "" };
    let digits = power.abs().to_string().bytes().map(|digit| ABOVE[usize::from(digit - b'0')]).collect::<String>();
    format!("10{sign}{digits}")
}

fn begin() -> String {
    let [width, height] = SIZE;
    format!("<svg viewBox=\"0 0 {width} {height}\" aria-hidden=\"true\">")
}

fn label(out: &mut String, x: f64, text: &str, anchor: &str, y: f64) {
    let (anchor, class) = anchor.split_once(' ').unwrap_or((anchor, "label"));
    let _ = write!(out, "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">");
    escape(out, text);
    out.push_str("</text>");
}

fn path(out: &mut String, class: &str, points: &[[f64; 2]]) {
    let _ = write!(out, "<path class=\"{class}\" d=\"");
    for (place, [x, y]) in points.iter().enumerate() {
        let _ = write!(out, "{}{x:.1} {y:.1}", if place == 0 { 'M' } else { 'L' });
    }
    out.push_str("\"/>");
}

/// The place in the plane at a place of the drawing that is given as parts of its width and height.
#[must_use]
pub fn point_at(plane: &Plane, [across, down]: [f64; 2]) -> [f64; 2] {
    let scale = plane.reach / (SIZE[1] / 2.0);
    let (x, y) = (across * SIZE[0] - SIZE[0] / 2.0, SIZE[1] / 2.0 - down * SIZE[1]);
    [plane.middle[0] + x * scale, plane.middle[1] + y * scale]
}

/// A point that a key moves, within the drawing.
#[must_use]
pub fn moved(plane: &Plane, [x, y]: [f64; 2], [right, up]: [f64; 2]) -> [f64; 2] {
    let step = plane.reach / 20.0;
    let aspect = SIZE[0] / SIZE[1];
    let within = |value: f64, middle: f64, reach: f64| value.clamp(middle - reach, middle + reach);
    [
        within(x + right * step, plane.middle[0], plane.reach * aspect),
        within(y + up * step, plane.middle[1], plane.reach),
    ]
}

/// A point in words, for whoever moves it by keys.
#[must_use]
pub fn point_words([x, y]: [f64; 2]) -> String {
    format!("θ₁ {}, θ₂ {}", rounded(x, 3), rounded(y, 3))
}

/// A point in the plane, with what the run did over it once it is revealed.
#[must_use]
pub fn point(ask: &PointAsk, facts: &Facts, said: Option<[f64; 2]>, revealed: bool) -> String {
    let mut out = begin();
    let Some(plane) = (ask.plane)(facts) else { return out + "</svg>" };
    let scale = SIZE[1] / 2.0 / plane.reach;
    let at = |[x, y]: [f64; 2]| {
        [SIZE[0] / 2.0 + (x - plane.middle[0]) * scale, SIZE[1] / 2.0 - (y - plane.middle[1]) * scale]
    };
    contours(&mut out, &plane, at);
    let arrows = (ask.revealed)(facts).filter(|_| revealed).unwrap_or_default();
    for (given, arrow) in
        plane.arrows.iter().map(|arrow| (true, arrow)).chain(arrows.iter().map(|arrow| (false, arrow)))
    {
        draw_arrow(&mut out, if given { "given" } else { "run" }, arrow, at);
    }
    let [x, y] = at(plane.least);
    let _ = write!(out, "<path class=\"least\" d=\"M{:.1} {y:.1}h12M{x:.1} {:.1}v12\"/>", x - 6.0, y - 6.0);
    let [x, y] = at(plane.start);
    let _ = write!(out, "<circle class=\"start\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"/>");
    if let (true, Some(right), Some(radius)) = (revealed, (ask.right)(facts), (ask.radius)(facts)) {
        let [x, y] = at(right);
        let _ = write!(out, "<circle class=\"band\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{:.1}\"/>", radius * scale);
        if let Some(said) = said {
            let [a, b] = at(said);
            let _ = write!(out, "<path class=\"off\" d=\"M{a:.1} {b:.1}L{x:.1} {y:.1}\"/>");
        }
    }
    if let Some(said) = said {
        let [x, y] = at(said);
        let _ = write!(out, "<path class=\"said\" d=\"M{:.1} {:.1}l12 12m-12 0l12 -12\"/>", x - 6.0, y - 6.0);
        label(&mut out, x + 9.0, "you", "start said-name", y - 7.0);
    }
    out.push_str("</svg>");
    out
}

fn draw_arrow(out: &mut String, class: &str, arrow: &Arrow, at: impl Fn([f64; 2]) -> [f64; 2]) {
    let ([x, y], [a, b]) = (at(arrow.from), at(arrow.to));
    let length = (a - x).hypot(b - y).max(1e-9);
    let (right, down) = ((a - x) / length * 6.0, (b - y) / length * 6.0);
    let _ = write!(
        out,
        "<path class=\"{class}{}\" d=\"M{x:.1} {y:.1}L{a:.1} {b:.1}M{:.1} {:.1}L{a:.1} {b:.1}L{:.1} {:.1}\"/>",
        if arrow.name.is_empty() { " faint" } else { "" },
        a - right - down / 2.0,
        b - down + right / 2.0,
        a - right + down / 2.0,
        b - down - right / 2.0,
    );
    if !arrow.name.is_empty() {
        label(out, a + 6.0, &arrow.name, &format!("start {class}-name"), b + 14.0);
    }
}

/// Ellipses around the least loss, each with four times the loss above it of the one within.
fn contours(out: &mut String, plane: &Plane, at: impl Fn([f64; 2]) -> [f64; 2]) {
    let [a, b, _, d] = plane.hessian;
    // with H = LLᵀ, points at L⁻ᵀ(cos, sin) have the same loss
    let first = a.max(1e-12).sqrt();
    let below = b / first;
    let second = (d - below * below).max(1e-12).sqrt();
    for level in -2..4 {
        let radius = plane.reach * first * 2f64.powi(level);
        let mut direction = [1.0, 0.0];
        let points: Vec<[f64; 2]> = (0..=60)
            .map(|_| {
                let [cos, sin] = direction;
                direction = [cos * TURN[0] - sin * TURN[1], cos * TURN[1] + sin * TURN[0]];
                let up = radius * sin / second;
                let right = (radius * cos - below * up) / first;
                at([plane.least[0] + right, plane.least[1] + up])
            })
            .collect();
        path(out, "grid", &points);
    }
}
