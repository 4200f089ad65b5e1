//! The answers of a class, a row for each question: bars where one of several was chosen, dots on an axis where something was measured.

use plotters::style::Color;
use plotters::style::text_anchor::{HPos, VPos};

use super::sheet::{Paper, Sheet, shortened, width_of};
use super::{PlotError, Theme};

/// How many chose something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// What they chose.
    pub name: String,
    /// How many they are.
    pub count: usize,
    /// For how many of them it was right: data differ.
    pub right: usize,
}

/// The answers to a question.
#[derive(Clone, Debug, PartialEq)]
pub enum Crowd {
    /// How many chose what.
    Shares(Vec<Share>),
    /// How far each answer was from its own run, where what counts as right ends at 1: with a sign where there are two sides.
    Offs(Vec<f64>),
}

/// A question and the answers to it.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassRow {
    /// The question.
    pub title: String,
    /// The answers.
    pub crowd: Crowd,
    /// How many were right.
    pub right: usize,
    /// How many said that they were not sure.
    pub unsure: usize,
    /// How many said nothing.
    pub missing: usize,
}

/// The answers of a class.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClassChart {
    /// From top to bottom.
    pub rows: Vec<ClassRow>,
}

/// Heights in times the size of text: of a question, of a bar, of a strip of dots with its axis, and between rows.
const TITLE: f64 = 1.9;
const BAR: f64 = 1.75;
const STRIP: f64 = 6.2;
const BETWEEN: f64 = 1.2;
/// Where the axis of a strip ends on both sides; what is beyond is drawn there.
const END: f64 = 4.0;

fn height_of(row: &ClassRow) -> f64 {
    TITLE + BETWEEN + if let Crowd::Shares(shares) = &row.crowd { BAR * shares.len() as f64 } else { STRIP }
}

/// How high the picture has to be, in CSS pixels.
#[must_use]
pub fn class_height(chart: &ClassChart, theme: &Theme) -> f64 {
    theme.text * chart.rows.iter().map(height_of).sum::<f64>()
}

/// Draws the answers of a class, from the top, in [`class_height`].
///
/// # Errors
/// The back end refuses a stroke.
pub fn class(paper: &dyn Paper, theme: &Theme, chart: &ClassChart) -> Result<(), PlotError> {
    let sheet = Sheet::new(paper, theme)?;
    let (width, _) = sheet.size();
    let mut top = 0.0;
    for row in &chart.rows {
        let size = theme.text;
        let title = shortened(&row.title, size, width);
        sheet.text(&title, (0.0, top + sheet.em(0.9)), size, &theme.ink, (HPos::Left, VPos::Center))?;
        let below = top + sheet.em(TITLE);
        match &row.crowd {
            Crowd::Shares(shares) => bars(&sheet, shares, (below, width))?,
            Crowd::Offs(offs) => strip(&sheet, row, offs, (below, width))?,
        }
        top += sheet.em(height_of(row));
    }
    Ok(())
}

fn bars(sheet: &Sheet<'_>, shares: &[Share], (top, width): (f64, f64)) -> Result<(), PlotError> {
    let theme = sheet.theme;
    let most = shares.iter().map(|share| share.count).max().unwrap_or(0).max(1) as f64;
    // the longest name decides how much the bars leave
    let names = shares.iter().map(|share| width_of(&share.name, theme.text) + sheet.em(0.8)).fold(0.0, f64::max);
    let (left, right) = (names.clamp(width * 0.4, width * 0.7), width - sheet.em(2.8));
    for (place, Share { name, count, right: holds }) in shares.iter().enumerate() {
        let middle = top + sheet.em(BAR) * (place as f64 + 0.5);
        let name = shortened(name, theme.text, left - sheet.em(0.8));
        let at = (left - sheet.em(0.6), middle);
        sheet.text(&name, at, theme.text, &theme.ink, (HPos::Right, VPos::Center))?;
        let half = sheet.em(BAR * 0.36);
        let end = |count: usize| left + (right - left) * count as f64 / most;
        sheet.block((left, middle - half), (end(*count), middle + half), &theme.module.mix(0.75))?;
        // those for whom it was right, with an outline, so that it is seen without colour, too
        if *holds > 0 {
            sheet.block((left, middle - half), (end(*holds), middle + half), &theme.vmap)?;
            let corners = [
                (left, middle - half),
                (end(*holds), middle - half),
                (end(*holds), middle + half),
                (left, middle + half),
            ];
            let outline: Vec<_> = corners.into_iter().chain([corners[0]]).collect();
            sheet.path(&outline, &theme.ink, 1.5)?;
        }
        let at = (end(*count) + sheet.em(0.4), middle);
        sheet.number(&count.to_string(), at, theme.text, &theme.ink, (HPos::Left, VPos::Center))?;
    }
    sheet.rule((left, top), (left, top + sheet.em(BAR) * shares.len() as f64), &theme.rule)
}

fn strip(sheet: &Sheet<'_>, row: &ClassRow, offs: &[f64], (top, width): (f64, f64)) -> Result<(), PlotError> {
    let theme = sheet.theme;
    let has_sides = offs.iter().any(|off| *off < 0.0);
    let first = if has_sides { -END } else { 0.0 };
    let (left, right) = (sheet.em(0.8), width - sheet.em(0.8));
    let x = |off: f64| left + (right - left) * ((off.clamp(-END, END) - first) / (END - first));
    let base = top + sheet.em(4.3);
    // what counts as right
    sheet.block((x(first.max(-1.0)), top), (x(1.0), base), &theme.vmap.mix(0.22))?;
    sheet.rule((left, base), (right, base), &theme.muted)?;
    sheet.rule((x(0.0), top), (x(0.0), base), &theme.vmap)?;
    let radius = sheet.em(0.3);
    let bins = (((right - left) / (2.2 * radius)) as usize).clamp(1, 400);
    let mut heaps = vec![0_usize; bins + 1];
    let bin = |off: f64| (((x(off) - left) / (right - left)) * bins as f64).round() as usize;
    for off in offs {
        heaps[bin(*off).min(bins)] += 1;
    }
    let highest = heaps.iter().copied().max().unwrap_or(0).max(1) as f64;
    let room = base - top - 2.0 * radius;
    let step = (2.1 * radius).min(room / highest);
    for (place, heap) in heaps.iter().enumerate() {
        let across = left + (right - left) * place as f64 / bins as f64;
        for dot in 0..*heap {
            let at = (across, base - radius - step * dot as f64);
            let off = first + (END - first) * place as f64 / bins as f64;
            // what is right is filled, what is not is hollow
            if off.abs() <= 1.0 {
                sheet.dot(at, radius, &theme.vmap)?;
            } else {
                sheet.circle(at, radius, &theme.module, 1.5)?;
            }
        }
    }
    let small = theme.text * 0.9;
    let name = |text: &str, at: f64, anchor| {
        sheet.text(text, (at, base + sheet.em(0.8)), small, &theme.muted, (anchor, VPos::Center))
    };
    let middle = if has_sides { HPos::Center } else { HPos::Left };
    name(if has_sides { "the run" } else { "as the run" }, x(0.0), middle)?;
    let words = if has_sides { "farther above" } else { "farther away" };
    name(words, right, HPos::Right)?;
    if has_sides {
        name("farther below", left, HPos::Left)?;
    }
    if width_of("counts as right", small) < x(1.0) - x(0.0) + sheet.em(8.0) {
        let at = (x(1.0) + sheet.em(0.3), top + sheet.em(0.6));
        sheet.text("right up to here", at, small, &theme.muted, (HPos::Left, VPos::Center))?;
    }
    if row.unsure + row.missing > 0 {
        let words = format!("not sure yet: {}, no answer: {}", row.unsure, row.missing);
        let at = (right, top + sheet.em(0.6));
        sheet.text(&words, at, small, &theme.muted, (HPos::Right, VPos::Center))?;
    }
    Ok(())
}

/// The picture in sentences.
#[must_use]
pub fn class_summary(chart: &ClassChart) -> String {
    let row = |row: &ClassRow| {
        let said = match &row.crowd {
            Crowd::Shares(shares) => {
                let share = |share: &Share| format!("{}: {}", share.name.trim_end_matches(['.', ':']), share.count);
                shares.iter().map(share).collect::<Vec<_>>().join("; ")
            }
            Crowd::Offs(offs) => {
                format!("{} answers; not sure yet: {}; no answer: {}", offs.len(), row.unsure, row.missing)
            }
        };
        format!("{} Right: {}. {said}.", row.title, row.right)
    };
    chart.rows.iter().map(row).collect::<Vec<_>>().join(" ")
}
