//! What a program has drawn with `matplotlib.pyplot`, as the charts of this page: read from the text that the worker sends (`python/lib/matplotlib`).

use serde::Deserialize;

use super::colours::escape;
use crate::plot::{Axis, FigureChart, Form, Series, Theme, figure, picture};

/// The most pairs of axes that one figure is drawn with.
const MOST: usize = 12;

#[derive(Deserialize)]
struct Drawn {
    axes: Vec<DrawnAxes>,
}

#[derive(Deserialize)]
struct DrawnAxes {
    title: String,
    xlabel: String,
    ylabel: String,
    xlog: bool,
    ylog: bool,
    xlim: Option<(f64, f64)>,
    ylim: Option<(f64, f64)>,
    legend: bool,
    marks: Vec<Mark>,
}

#[derive(Deserialize)]
struct Mark {
    kind: String,
    x: Vec<Option<f64>>,
    y: Vec<Option<f64>>,
    /// Colour, marker and line as `matplotlib` writes them: `r--`.
    form: String,
    color: String,
    label: String,
}

/// The charts of a figure; none where the text is none.
#[must_use]
pub fn charts(text: &str) -> Vec<FigureChart> {
    let drawn: Option<Drawn> = serde_json::from_str(text).ok();
    drawn.into_iter().flat_map(|drawn| drawn.axes).take(MOST).map(chart).collect()
}

fn chart(axes: DrawnAxes) -> FigureChart {
    let axis = |name: String, log: bool, range: Option<(f64, f64)>| Axis { name, log, range };
    let mut next = 0;
    let mut series = Vec::new();
    for mark in axes.marks {
        let is_rule = matches!(mark.kind.as_str(), "axhline" | "axvline");
        let hue = hue(&mark).unwrap_or(if is_rule { 4 } else { next });
        if !is_rule {
            next += 1;
        }
        series.push(Series { form: form(&mark), hue, points: points(&mark), label: mark.label });
    }
    FigureChart {
        title: axes.title,
        across: axis(axes.xlabel, axes.xlog, axes.xlim),
        up: axis(axes.ylabel, axes.ylog, axes.ylim),
        series,
        has_legend: axes.legend,
    }
}

fn points(mark: &Mark) -> Vec<(f64, f64)> {
    let value = |value: &Option<f64>| value.unwrap_or(f64::NAN);
    mark.x.iter().zip(&mark.y).map(|(x, y)| (value(x), value(y))).collect()
}

fn form(mark: &Mark) -> Form {
    let has_marker = mark.form.contains(['o', '.', 'x', '+', 's', '^', 'v', '*', 'D']);
    let is_dashed = mark.form.contains("--") || mark.form.contains("-.") || mark.form.contains(':');
    match mark.kind.as_str() {
        "scatter" => Form::Points,
        "bar" => Form::Bars,
        "axhline" => Form::Across,
        "axvline" => Form::Up,
        _ if has_marker && !mark.form.contains('-') => Form::Points,
        _ if has_marker => Form::Both,
        _ if is_dashed => Form::Dashes,
        _ => Form::Line,
    }
}

/// The hue that a mark names, as the nearest of this page's.
fn hue(mark: &Mark) -> Option<usize> {
    let named = if mark.color.is_empty() {
        mark.form.chars().find(|letter| "rgbkmcy".contains(*letter)).map(String::from)?
    } else {
        mark.color.to_ascii_lowercase()
    };
    let plain = named.strip_prefix("tab:").unwrap_or(&named);
    if let Some(number) = plain.strip_prefix('c').and_then(|number| number.parse().ok()) {
        return Some(number);
    }
    match plain {
        "b" | "blue" | "c" | "cyan" | "navy" => Some(0),
        "r" | "red" | "orange" | "y" | "yellow" | "brown" => Some(1),
        "g" | "green" | "olive" => Some(2),
        "m" | "magenta" | "purple" | "pink" => Some(3),
        "k" | "black" | "gray" | "grey" => Some(4),
        _ => None,
    }
}

/// Size of one pair of axes, in CSS pixels; of one of several beside each other; and steps for each pixel, so that curves have no corners.
const SIZE: (u32, u32) = (560, 340);
const SMALL: (u32, u32) = (270, 200);
const FINE: f64 = 8.0;

/// A figure as HTML: an SVG picture for each pair of axes.
#[must_use]
pub fn html(text: &str, is_dark: bool) -> String {
    pictures(&charts(text), SIZE, is_dark)
}

/// Charts that stand beside each other.
#[must_use]
pub fn row(charts: &[FigureChart], is_dark: bool) -> String {
    pictures(charts, SMALL, is_dark)
}

/// Charts as HTML, each an SVG picture.
fn pictures(charts: &[FigureChart], size: (u32, u32), is_dark: bool) -> String {
    let theme = if is_dark { Theme::dark(FINE) } else { Theme::light(FINE) }.for_svg();
    let mut html = "<span class=code-figure>".to_owned();
    for chart in charts {
        let title = if chart.title.is_empty() { chart.up.name.as_str() } else { chart.title.as_str() };
        html += "<span role=img aria-label=\"Figure: ";
        escape(title, &mut html);
        html += "\">";
        html += &picture(size, FINE, &[], &theme, |paper| {
            // A back end that writes a text refuses nothing.
            let _ = figure(paper, chart, &theme);
        });
        html += "</span>";
    }
    html + "</span>"
}
