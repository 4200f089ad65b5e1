//! A curve that fills an area: column by column from its lowest to its highest value, as one shape. Back ends fill shapes much faster than they
//! stroke lines that go up and down in every column, and the pixels are the same.

use plotters::style::{Color, RGBAColor};

use crate::plot::sheet::Sheet;
use crate::plot::{Dash, Pixel, PlotError};

/// How strong the colour of a line that goes up and down is between its dashes, so that no value is left out.
pub const UNDER: f64 = 0.35;

/// A column of device pixels and what is covered of it: its place, the first pixel and the one after the last.
pub type Column = (i32, i32, i32);

/// Pixels farther away than this lie outside of any picture; nearer ones can be added without leaving the integers.
const FAR: i32 = 1 << 20;

/// Whether there are enough points for most columns to have several.
pub fn is_dense(line: &[Pixel], scale: f64) -> bool {
    let across = line.last().zip(line.first()).map_or(0.0, |(last, first)| (last.0 - first.0) * scale);
    line.len() as f64 > 1.5 * across
}

/// The columns that a line covers, each up to the middle of the way to its neighbours, at least `thick` pixels high.
fn columns(sheet: &Sheet<'_>, line: &[Pixel], thick: i32) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let mut before = None;
    for (x, y) in line.iter().map(|&point| sheet.device(point)) {
        let y = y.clamp(-FAR, FAR);
        match columns.last_mut() {
            Some(column) if column.0 == x => *column = (x, column.1.min(y), column.2.max(y)),
            _ => {
                let joint = before.map_or(y, |before: i32| before.midpoint(y));
                if let Some(column) = columns.last_mut() {
                    *column = (column.0, column.1.min(joint), column.2.max(joint));
                }
                columns.push((x, joint.min(y), joint.max(y)));
            }
        }
        before = Some(y);
    }
    let above = thick / 2;
    columns.into_iter().map(|(x, top, bottom)| (x, top - above, bottom - above + thick)).collect()
}

/// Draws a dense line. Its dashes are groups of columns, and between them it is pale.
pub fn draw_band(sheet: &Sheet<'_>, line: &[Pixel], dash: Dash, color: &RGBAColor) -> Result<(), PlotError> {
    let pixels = |em: f64| (sheet.em(em) * sheet.theme.scale).round().max(1.0) as i32;
    let columns = columns(sheet, line, pixels(1.0 / 13.0));
    let whole = if dash == Dash::Solid { *color } else { color.mix(UNDER) };
    sheet.stairs(&columns, &whole)?;
    let (on, off) = match dash {
        Dash::Solid => return Ok(()),
        Dash::Long => (pixels(1.2), pixels(0.7)),
        Dash::Dots => (pixels(0.25), pixels(0.35)),
    };
    let dashes = columns.chunk_by(|a, b| a.0.div_euclid(on + off) == b.0.div_euclid(on + off));
    dashes.map(|dash| &dash[..dash.len().min(on as usize)]).try_for_each(|dash| sheet.stairs(dash, color))
}
