//! What a program's loop has done, as charts and as values at the lines of the program.

use super::tokens::{Line, Token, lines};
use crate::base::words::{rounded, thousands};
use crate::plot::{Axis, FigureChart, Form, Series};
use crate::worker::code::{Column, Recorded};

/// Names that hold what is made small, best first.
const LOSSES: [&str; 5] = ["loss", "loss_value", "train_loss", "loss_val", "mse"];
/// Names that hold what is learned, best first.
const PARAMETERS: [&str; 6] = ["params", "model", "theta_hat", "state", "w", "weights"];
/// The name of what is to be found.
const TRUTH: &str = "theta";
/// The hue of what is found in a chart, of the true parameters, and of the playhead.
const HUES: (usize, usize, usize) = (0, 2, 4);
/// The most names that one chart shows beside each other.
const MOST_SERIES: usize = 4;
/// How many numbers of a name are written at its line.
const MOST_WRITTEN: usize = 3;

/// The program that ran, and what its loop has done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loop {
    /// The program.
    pub text: String,
    /// What its loop has done.
    pub recorded: Recorded,
}

impl Column {
    /// What the name held in this row of the recording.
    fn row(&self, row: usize) -> &[f32] {
        self.numbers.get(row * self.width..(row + 1) * self.width).unwrap_or_default()
    }

    fn is_steady(&self) -> bool {
        self.numbers.chunks(self.width.max(1)).all(|row| row == &self.numbers[..row.len()])
    }
}

impl Loop {
    /// The last row of the recording.
    #[must_use]
    pub fn last(&self) -> usize {
        self.recorded.noted.len().saturating_sub(1)
    }

    /// How far the loop is in this row.
    #[must_use]
    pub fn turn(&self, row: usize) -> String {
        let turn = self.recorded.noted.get(row).copied().unwrap_or_default();
        format!("turn {} of {}", thousands(turn), thousands(self.recorded.turns))
    }

    fn column(&self, names: &[&str]) -> Option<&Column> {
        names.iter().find_map(|name| self.recorded.columns.iter().find(|column| column.name == *name))
    }

    /// The charts, with the playhead at this row.
    #[must_use]
    pub fn charts(&self, row: usize) -> Vec<FigureChart> {
        let loss = self.column(&LOSSES).filter(|column| column.width == 1);
        let learned = self.column(&PARAMETERS);
        let truth = self.column(&[TRUTH]).filter(|truth| learned.is_some_and(|learned| learned.width == truth.width));
        let distances = learned.zip(truth).map(|(learned, truth)| self.distances(learned, truth));
        let others: Vec<&Column> = self
            .recorded
            .columns
            .iter()
            .filter(|column| {
                column.width == 1 && Some(*column) != loss && Some(*column) != truth && !column.is_steady()
            })
            .take(MOST_SERIES)
            .collect();
        let mut charts = Vec::new();
        charts.extend(loss.map(|loss| self.curves("", vec![(loss.name.clone(), self.scalars(loss))], row)));
        charts.extend(distances.map(|points| {
            let name = learned.map(|learned| learned.name.as_str()).unwrap_or_default();
            self.curves(&format!("‖{name} − {TRUTH}‖"), vec![(String::new(), points)], row)
        }));
        charts.extend(learned.filter(|learned| learned.width > 1).map(|learned| path(learned, truth, row)));
        if !others.is_empty() && charts.len() < 3 {
            let series = others.into_iter().map(|column| (column.name.clone(), self.scalars(column))).collect();
            charts.push(self.curves("", series, row));
        }
        charts
    }

    /// One number for each turn that was noted.
    fn against_turns(&self, number: impl Fn(usize) -> f64) -> Vec<(f64, f64)> {
        self.recorded.noted.iter().enumerate().map(|(row, turn)| (*turn as f64, number(row))).collect()
    }

    fn scalars(&self, column: &Column) -> Vec<(f64, f64)> {
        self.against_turns(|row| column.row(row).first().copied().map_or(f64::NAN, f64::from))
    }

    fn distances(&self, learned: &Column, truth: &Column) -> Vec<(f64, f64)> {
        self.against_turns(|row| {
            let pairs = learned.row(row).iter().zip(truth.row(row));
            pairs.map(|(a, b)| (f64::from(*a) - f64::from(*b)).powi(2)).sum::<f64>().sqrt()
        })
    }

    fn curves(&self, name: &str, curves: Vec<(String, Vec<(f64, f64)>)>, row: usize) -> FigureChart {
        let all = curves.iter().flat_map(|(_, points)| points).map(|(_, y)| *y).filter(|y| y.is_finite());
        let (low, high) = all.fold((f64::INFINITY, 0.0), |(low, high), y: f64| (y.min(low), y.max(high)));
        let is_one = curves.len() == 1;
        let up = if is_one && name.is_empty() { curves[0].0.clone() } else { name.to_owned() };
        let mut series: Vec<Series> = curves
            .into_iter()
            .enumerate()
            .map(|(hue, (label, points))| {
                let label = if is_one { String::new() } else { label };
                Series { points, form: Form::Line, hue, label }
            })
            .collect();
        let turn = self.recorded.noted.get(row).copied().unwrap_or_default() as f64;
        series.push(Series { points: vec![(turn, 0.0)], form: Form::Up, hue: HUES.2, label: String::new() });
        FigureChart {
            title: String::new(),
            across: Axis { name: "turn".to_owned(), log: false, range: None },
            up: Axis { name: up, log: low > 0.0 && high / low > 30.0, range: None },
            series,
            has_legend: !is_one,
        }
    }

    /// What each name holds in this row, at the line of the loop that assigns it, or else the last one that uses it.
    #[must_use]
    pub fn values(&self, row: usize) -> Vec<(usize, String)> {
        let (from, to) = self.recorded.range;
        let all = lines(&self.text);
        let within = all.iter().enumerate().filter(|(index, line)| {
            let end = all.get(index + 1).map_or(self.text.len(), |next| next.start);
            end > from && line.start < to
        });
        let within: Vec<(usize, &Line<'_>)> = within.collect();
        let mut found: Vec<(usize, String)> = Vec::new();
        for column in &self.recorded.columns {
            let last = |test: &dyn Fn(&Line<'_>) -> bool| {
                within.iter().rev().find(|(_, line)| test(line)).map(|(index, _)| index + 1)
            };
            let is_column = |token: &Token<'_>| token.is_name() && token.is(&column.name);
            let assigned = last(&|line| targets(&line.tokens).iter().any(is_column));
            let used = || last(&|line| line.tokens.iter().any(is_column)).filter(|_| !column.is_steady());
            if let Some(line) = assigned.or_else(used) {
                found.push((line, format!("{} {}", column.name, written(column.row(row)))));
            }
        }
        found.sort_by_key(|(line, _)| *line);
        found
    }
}

/// The names that a line assigns to.
fn targets<'a, 'b>(tokens: &'a [Token<'b>]) -> &'a [Token<'b>] {
    if tokens.first().is_some_and(|token| token.is("for")) {
        let end = tokens.iter().position(|token| token.is("in")).unwrap_or(0);
        return &tokens[end.min(1)..end];
    }
    let mut depth = 0_i32;
    for (place, token) in tokens.iter().enumerate() {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            "=" if depth == 0 => {
                let is_comparison = tokens.get(place + 1).is_some_and(|next| next.is("="))
                    || place > 0 && matches!(tokens[place - 1].text, "=" | "<" | ">" | "!");
                return if is_comparison { &[] } else { &tokens[..place] };
            }
            _ => {}
        }
    }
    &[]
}

/// The first two parameters, turn by turn.
fn path(learned: &Column, truth: Option<&Column>, row: usize) -> FigureChart {
    let point = |column: &Column, row: usize| match column.row(row) {
        [x, y, ..] => (f64::from(*x), f64::from(*y)),
        _ => (f64::NAN, f64::NAN),
    };
    let rows = learned.numbers.len() / learned.width;
    let one = |points, form, hue, label: &str| Series { points, form, hue, label: label.to_owned() };
    let (hue, star, _) = HUES;
    let mut series = vec![one((0..rows).map(|row| point(learned, row)).collect(), Form::Line, hue, &learned.name)];
    series.extend(truth.map(|truth| one(vec![point(truth, row)], Form::Points, star, TRUTH)));
    series.push(one(vec![point(learned, row)], Form::Points, hue, ""));
    let axis = |index: usize| Axis { name: format!("{}, number {}", learned.name, index + 1), log: false, range: None };
    let title = if truth.is_some() { format!("{} on the way to {TRUTH}", learned.name) } else { String::new() };
    FigureChart { title, across: axis(0), up: axis(1), series, has_legend: false }
}

fn written(numbers: &[f32]) -> String {
    let number = |number: &f32| if number.is_nan() { "nan".to_owned() } else { rounded(f64::from(*number), 4) };
    match numbers {
        [one] => format!("= {}", number(one)),
        several => {
            let first: Vec<String> = several.iter().take(MOST_WRITTEN).map(number).collect();
            let rest = if several.len() > MOST_WRITTEN { ", …" } else { "" };
            format!("= [{}{rest}]", first.join(", "))
        }
    }
}
