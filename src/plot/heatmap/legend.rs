//! The legend of a map: a bar of colours for either side of the border, with the numbers at its quarters.

use plotters::style::RGBColor;
use plotters::style::text_anchor::{HPos, VPos};

use super::ranks::Ranks;
use super::{HeatMap, bar, flat};
use crate::base::words::rounded;
use crate::plot::PlotError;
use crate::plot::polyline::Rect;
use crate::plot::sheet::{Sheet, shortened, width_of};

/// How high it is, in units of the size of text.
pub(super) const HEIGHT: f64 = 4.2;
/// Blocks of a bar.
const BLOCKS: usize = 40;
/// How much of the width the bar before the border has: where there is room, and where there is little.
const SHARES: [f64; 2] = [0.58, 0.5];
/// What is little room, in units of the size of text.
const NARROW: f64 = 32.0;

/// Draws it below the map.
pub(super) fn draw(sheet: &Sheet<'_>, chart: &HeatMap<'_>, rect: &Rect, ranks: &[Ranks; 2]) -> Result<(), PlotError> {
    let gap = sheet.em(1.6);
    let width = rect.right - rect.left;
    let middle = rect.left + width * SHARES[usize::from(width < sheet.em(NARROW))];
    let sides = [(rect.left, middle - gap / 2.0), (middle + gap / 2.0, rect.right)];
    let is_flat = |beyond: bool| {
        let side = chart.cells.iter().flatten();
        side.filter(|heat| heat.beyond == beyond).any(|heat| !heat.value.is_finite())
    };
    for (beyond, (left, right)) in [false, true].into_iter().zip(sides) {
        let name = Some(chart.flat[usize::from(beyond)]).filter(|name| !name.is_empty() && is_flat(beyond));
        let room = name.map_or(0.0, |name| width_of(name, sheet.theme.text - 1.0).max(sheet.em(2.0)) + sheet.em(0.8));
        let side = &ranks[usize::from(beyond)];
        if let Some(name) = name {
            swatch(sheet, (right - room + sheet.em(0.8), rect.bottom), (right, name), flat(beyond))?;
        }
        let small = sheet.theme.text - 1.0;
        let name = shortened(chart.names[usize::from(beyond)], small * 0.93, right - left);
        let head = (left, heights(sheet, rect.bottom)[0]);
        sheet.text(&name, head, small, &sheet.theme.ink, (HPos::Left, VPos::Top))?;
        one(sheet, (left, right - room), rect.bottom, (beyond, side))?;
    }
    Ok(())
}

/// The heights of name, bar and numbers below the map.
fn heights(sheet: &Sheet<'_>, bottom: f64) -> [f64; 4] {
    [3.35, 4.85, 5.75, 6.0].map(|em| bottom + sheet.em(em))
}

fn one(
    sheet: &Sheet<'_>,
    (left, right): (f64, f64),
    bottom: f64,
    (beyond, ranks): (bool, &Ranks),
) -> Result<(), PlotError> {
    let theme = sheet.theme;
    let [_, top, low, numbers] = heights(sheet, bottom);
    let small = theme.text - 1.0;
    let Some(_) = ranks.at(0.0) else {
        return sheet.text("none", (left, top), small, &theme.muted, (HPos::Left, VPos::Top));
    };
    let block = (right - left) / BLOCKS as f64;
    for (index, color) in bar(beyond, BLOCKS).enumerate() {
        let x = left + index as f64 * block;
        sheet.block((x, top), (x + block, low), &color)?;
    }
    let room = (right - left) / width_of("1.2e−12 ", small);
    let marks: &[f64] = if room > 5.0 {
        &[0.0, 0.25, 0.5, 0.75, 1.0]
    } else if room > 3.0 {
        &[0.0, 0.5, 1.0]
    } else if room > 1.8 {
        &[0.0, 1.0]
    } else {
        &[1.0]
    };
    let mut before = None;
    for &mark in marks {
        // where many are equal, the number stands once
        let Some(value) = ranks.at(mark).filter(|value| before != Some(*value)) else { continue };
        before = Some(value);
        let anchor = if mark == 0.0 {
            HPos::Left
        } else if mark == 1.0 {
            HPos::Right
        } else {
            HPos::Center
        };
        let at = (left + mark * (right - left), numbers);
        sheet.text(&rounded(f64::from(value), 2), at, small, &theme.muted, (anchor, VPos::Top))?;
    }
    Ok(())
}

/// A block of one colour with its name below.
fn swatch(
    sheet: &Sheet<'_>,
    (left, bottom): (f64, f64),
    (right, name): (f64, &str),
    color: RGBColor,
) -> Result<(), PlotError> {
    let [_, top, low, numbers] = heights(sheet, bottom);
    sheet.block((left, top), (right, low), &color)?;
    let at = (right, numbers);
    sheet.text(name, at, sheet.theme.text - 1.0, &sheet.theme.muted, (HPos::Right, VPos::Top))
}
