//! The labels at the lines' ends.

use plotters::style::text_anchor::{HPos, VPos};

use crate::base::order::order_by;
use crate::plot::axes::grouped;
use crate::plot::sheet::{Sheet, shortened, width_of};
use crate::plot::{Pixel, PlotError, Role};

use super::Frame;
use super::line::End;

/// Draws the labels, moved apart where they would overlap, and kept within the chart's height. Where a run leaves float32 its label says when.
pub fn draw_labels(sheet: &Sheet<'_>, ends: Vec<End<'_>>, frame: &Frame) -> Result<(), PlotError> {
    let apart = sheet.em(1.2);
    let (at_edge, within): (Vec<_>, Vec<_>) = ends.into_iter().partition(|end| end.at.0 > frame.right - sheet.em(4.0));
    for ends in [at_edge, within] {
        for (end, y) in
            stacked(that_fit(ends, (frame.bottom - frame.top) / apart + 0.6), (frame.top, frame.bottom), apart)
        {
            draw_label(sheet, &end, y)?;
        }
    }
    Ok(())
}

/// No more labels than there is room for; those of pinned runs give way first.
fn that_fit(mut ends: Vec<End<'_>>, room: f64) -> Vec<End<'_>> {
    let rank = |end: &End<'_>| match end.curve.role {
        Role::Run => 0,
        Role::Aside => 1,
        Role::Ghost => 2,
    };
    order_by(&mut ends, |a, b| rank(a) > rank(b));
    ends.truncate(room.max(1.0) as usize);
    ends
}

/// The heights of labels beside these ends: at least `apart` from one another, and above the bottom.
fn stacked<'a>(mut ends: Vec<End<'a>>, (top, bottom): (f64, f64), apart: f64) -> Vec<(End<'a>, f64)> {
    order_by(&mut ends, |a, b| a.at.1.total_cmp(&b.at.1).is_gt());
    let mut placed: Vec<(End<'a>, f64)> = Vec::new();
    for end in ends {
        let lowest = placed.last().map_or(top, |(_, above)| above + apart);
        let y = end.at.1.max(lowest);
        placed.push((end, y));
    }
    let mut limit = bottom - apart / 2.0;
    for (_, y) in placed.iter_mut().rev() {
        *y = y.min(limit);
        limit = *y - apart;
    }
    placed
}

fn draw_label(sheet: &Sheet<'_>, end: &End<'_>, y: f64) -> Result<(), PlotError> {
    let (theme, size, curve) = (sheet.theme, sheet.theme.text, end.curve);
    let marked = curve.role == Role::Run && end.left.is_none();
    let color = if curve.role == Role::Run { theme.readable(curve.look.color) } else { theme.muted };
    let mut x = end.at.0 + sheet.em(0.7);
    if marked {
        sheet.filled((x + sheet.em(0.15), y), curve.look.marker, sheet.em(0.28), &curve.look.color)?;
        x += sheet.em(0.75);
    }
    let told = end.left.filter(|_| curve.role == Role::Run);
    let told = told.map(|step| format!("{} leaves float32 at step {}", curve.label, grouped(step as f64)));
    let fits = |text: &String| x + width_of(text, size) < sheet.size().0;
    match told {
        Some(text) if !fits(&text) && end.at.0 > width_of(&text, size) + sheet.em(5.5) => {
            let at: Pixel = (end.at.0 - sheet.em(0.7), y);
            let anchor = (HPos::Right, VPos::Center);
            sheet.veil_name(&text, at, anchor)?;
            sheet.text(&text, at, size, &color, anchor)
        }
        Some(text) if fits(&text) => sheet.text(&text, (x, y), size, &color, (HPos::Left, VPos::Center)),
        _ => {
            let label = shortened(curve.label, size, sheet.size().0 - x);
            sheet.text(&label, (x, y), size, &color, (HPos::Left, VPos::Center))
        }
    }
}
