//! The lines over a map, and their names: above the map for the first, and for the others where nothing but their own line is near.

use plotters::style::text_anchor::{HPos, VPos};

use super::palette::{HALO, MARK};
use super::{HeatLine, HeatMap, Layout};
use crate::plot::polyline::{Rect, distance};
use crate::plot::sheet::{Sheet, width_of};
use crate::plot::{Dash, Pixel, PlotError};

/// From a line to its name, in units of the size of text.
const GAP: f64 = 0.5;
/// By how much a line must be nearer to its name than any other is, in CSS pixels: where the eye can tell which of them is meant.
const NEARER: f64 = 3.0;
/// More than this many units of the size of text do not make it clearer.
const FAR: f64 = 1.5;
/// How long the sample of a line is before a name that stands above the map, in units of the size of text.
const SAMPLE: f64 = 2.2;

/// Draws dark lines with light around them, and their names.
pub(super) fn draw(sheet: &Sheet<'_>, chart: &HeatMap<'_>, layout: &Layout) -> Result<(), PlotError> {
    let (theme, rect) = (sheet.theme, &layout.frame.rect);
    let lines: Vec<Vec<Pixel>> =
        chart.lines.iter().map(|line| line.points.iter().filter_map(|&point| layout.pixel(point)).collect()).collect();
    for (line, points) in chart.lines.iter().zip(&lines) {
        stroke(sheet, rect, points, line.dash)?;
    }
    let own = chart.own.and_then(|own| layout.pixel(own));
    let em = sheet.em(1.0);
    let mut taken: Vec<Rect> =
        own.map(|(x, y)| Rect { left: x - em, top: y - em, right: x + em, bottom: y + em }).into_iter().collect();
    // how far names above the map reach to the left
    let mut above = rect.right;
    for (index, line) in chart.lines.iter().enumerate() {
        let width = width_of(line.name, theme.text);
        let size = (width + sheet.em(0.3), sheet.em(1.3));
        if index > 0
            && let Some(place) = beside(&lines, index, size, (rect, em), &taken)
        {
            let middle = (f64::midpoint(place.left, place.right), f64::midpoint(place.top, place.bottom));
            sheet.block((place.left, place.top), (place.right, place.bottom), &theme.paper)?;
            sheet.text(line.name, middle, theme.text, &theme.ink, (HPos::Center, VPos::Center))?;
            taken.push(place);
            continue;
        }
        let Some((_, end)) = span(&lines[index], rect.top, rect.bottom, rect) else { continue };
        let base = rect.top - sheet.em(0.35);
        if index == 0 {
            let x = end.clamp(rect.left + width / 2.0, rect.right - width / 2.0);
            sheet.text(line.name, (x, base), theme.text, &theme.ink, (HPos::Center, VPos::Bottom))?;
            above = x - width / 2.0;
            continue;
        }
        if let Some(from) = by_pattern(sheet, line, (above - sheet.em(1.2), base))? {
            above = from;
        }
    }
    Ok(())
}

/// Writes a name above the map, with the line's pattern before it, where no place beside the line is its own. Returns where that begins; nothing where there
/// is no room.
fn by_pattern(sheet: &Sheet<'_>, line: &HeatLine, (right, base): Pixel) -> Result<Option<f64>, PlotError> {
    let theme = sheet.theme;
    let name = right - width_of(line.name, theme.text);
    let end = name - sheet.em(0.5);
    let from = end - sheet.em(SAMPLE);
    if from < 0.0 {
        return Ok(None);
    }
    let y = base - sheet.em(0.5);
    let mut dashes = Vec::new();
    cut((from, y), (end, y), line.dash, sheet.em(1.0), &mut dashes);
    dashes.iter().try_for_each(|dash| sheet.path(dash, &theme.ink, theme.line))?;
    sheet.text(line.name, (name, base), theme.text, &theme.ink, (HPos::Left, VPos::Bottom))?;
    Ok(Some(from))
}

fn stroke(sheet: &Sheet<'_>, rect: &Rect, points: &[Pixel], dash: Dash) -> Result<(), PlotError> {
    let mut dashes: Vec<Vec<Pixel>> = Vec::new();
    for pair in points.windows(2) {
        if let Some((from, to)) = rect.clip(pair[0], pair[1]) {
            sheet.path(&[from, to], &HALO, sheet.theme.line + 2.0)?;
            cut(from, to, dash, sheet.em(1.0), &mut dashes);
        }
    }
    dashes.iter().try_for_each(|dash| sheet.path(dash, &MARK, sheet.theme.line))
}

/// How far to the left and to the right a line is between two heights, inside the map.
fn span(points: &[Pixel], top: f64, bottom: f64, rect: &Rect) -> Option<(f64, f64)> {
    let band = Rect { top, bottom, ..*rect };
    let parts = points.windows(2).filter_map(|pair| band.clip(pair[0], pair[1]));
    let ends = parts.flat_map(|(from, to)| [from.0, to.0]);
    ends.fold(None, |span, x| {
        let (low, high) = span.unwrap_or((x, x));
        Some((x.min(low), x.max(high)))
    })
}

/// The place beside a line at which a name of this size is nearer to it than to any other, as clearly as can be, and crosses nothing; the lowest of several.
fn beside(
    lines: &[Vec<Pixel>],
    own: usize,
    (width, height): Pixel,
    (rect, em): (&Rect, f64),
    taken: &[Rect],
) -> Option<Rect> {
    let gap = GAP * em;
    let mut best: Option<(f64, Rect)> = None;
    let mut bottom = rect.bottom - gap;
    while bottom - height > rect.top + gap {
        let top = bottom - height;
        let spans: Vec<Option<(f64, f64)>> = lines.iter().map(|line| span(line, top, bottom, rect)).collect();
        let (low, high) = spans[own].unwrap_or((f64::NAN, f64::NAN));
        for left in [high + gap, low - gap - width] {
            let place = Rect { left, top, right: left + width, bottom };
            let is_inside = place.left >= rect.left + gap && place.right <= rect.right - gap;
            if !is_inside || taken.iter().any(|other| overlap(other, &place)) {
                continue;
            }
            // from the name to any other line, over how far its own is
            let others = spans.iter().enumerate().filter(|(index, _)| *index != own).filter_map(|(_, span)| *span);
            let nearer = others.fold(FAR * em, |nearer, (low, high)| {
                let far = (place.left - high).max(low - place.right);
                nearer.min(far - gap)
            });
            if nearer >= NEARER && best.as_ref().is_none_or(|(known, _)| nearer > *known) {
                best = Some((nearer, place));
            }
        }
        bottom -= height / 2.0;
    }
    best.map(|(_, place)| place)
}

fn overlap(a: &Rect, b: &Rect) -> bool {
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

/// Cuts a straight line into dashes.
fn cut(from: Pixel, to: Pixel, dash: Dash, em: f64, dashes: &mut Vec<Vec<Pixel>>) {
    let (on, off) = match dash {
        Dash::Solid => return dashes.push(vec![from, to]),
        Dash::Long => (0.9 * em, 0.55 * em),
        Dash::Dots => (0.3 * em, 0.38 * em),
    };
    let length = distance(from, to);
    let place = |at: f64| {
        let part = (at / length.max(1e-9)).min(1.0);
        (from.0 + part * (to.0 - from.0), from.1 + part * (to.1 - from.1))
    };
    let mut at = 0.0;
    while at < length && dashes.len() < 2000 {
        dashes.push(vec![place(at), place(at + on)]);
        at += on + off;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RECT: Rect = Rect { left: 60.0, top: 40.0, right: 760.0, bottom: 540.0 };

    /// A vertical line, one that comes from its left to its right as they rise, and one far to the left at the bottom.
    fn lines() -> Vec<Vec<Pixel>> {
        vec![
            vec![(600.0, 600.0), (600.0, 0.0)],
            vec![(510.0, 520.0), (560.0, 400.0), (595.0, 250.0), (598.0, 40.0)],
            vec![(555.0, 520.0), (600.0, 400.0), (612.0, 250.0), (601.0, 40.0)],
        ]
    }

    fn place(lines: &[Vec<Pixel>], own: usize) -> Option<Rect> {
        beside(lines, own, (100.0, 17.0), (&RECT, 13.0), &[])
    }

    #[test]
    fn names_stand_where_their_line_is_the_outermost() {
        let (left, right) = (place(&lines(), 1).expect("a place"), place(&lines(), 2).expect("a place"));
        assert!(left.right < 560.0 && left.bottom > 450.0, "{left:?}");
        assert!(right.left > 600.0 && right.top > 200.0 && right.bottom < 350.0, "{right:?}");
    }

    #[test]
    fn a_line_that_cannot_be_told_from_another_has_no_name_beside_it() {
        let same: Vec<Vec<Pixel>> = lines()
            .into_iter()
            .map(|line| line.into_iter().map(|(x, y)| (600.0 + (x - 600.0) / 6.0, y)).collect())
            .collect();
        assert!(place(&same, 2).is_none());
    }

    proptest! {
        #[test]
        fn no_name_crosses_a_line_and_its_own_is_the_nearest(xs in prop::collection::vec(60.0..760.0_f64, 9), own in 1_usize..3) {
            let line = |xs: &[f64]| vec![(xs[0], 540.0), (xs[1], 290.0), (xs[2], 40.0)];
            let lines: Vec<Vec<Pixel>> = xs.chunks(3).map(line).collect();
            if let Some(place) = place(&lines, own) {
                let far = |line: &Vec<Pixel>| {
                    let (low, high) = span(line, place.top, place.bottom, &RECT).unwrap();
                    (place.left - high).max(low - place.right)
                };
                let all: Vec<f64> = lines.iter().map(far).collect();
                prop_assert!(all.iter().all(|far| *far > 0.0), "{all:?}");
                prop_assert!((0..3).all(|other| other == own || all[other] >= all[own] + NEARER - 1e-6), "{all:?}");
            }
        }
    }
}
