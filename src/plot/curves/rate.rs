//! The learning rate of each step: a thin chart below those of the same steps.

use plotters::style::RGBColor;
use plotters::style::text_anchor::{HPos, VPos};

use crate::plot::scale::Scale;
use crate::plot::sheet::{Paper, Sheet};
use crate::plot::{Dash, Look, Marker, PlotError, Role, Sampling, Theme};

use super::axis::{Frame, StepAxis};
use super::{Curve, draw_branch, line};

/// The learning rate of each step of a run.
#[derive(Clone, Debug)]
pub struct RateStrip<'a> {
    /// The rate of each of these steps.
    pub values: &'a [f32],
    /// The steps for which there are values.
    pub sampling: Sampling,
    /// The axis, as that of the charts above.
    pub axis: StepAxis,
    /// The hue of the run.
    pub color: RGBColor,
    /// The step from which other settings hold, if the run has a branch.
    pub branch: Option<usize>,
    /// The steps taken where the playhead stands.
    pub step: usize,
    /// The rate of the step that led there, as text.
    pub now: String,
}

/// Draws the strip, from 0 to the largest rate.
///
/// # Errors
/// The back end refuses a stroke.
pub fn rate_strip(paper: &dyn Paper, strip: &RateStrip<'_>, theme: &Theme) -> Result<Frame, PlotError> {
    let sheet = Sheet::new(paper, theme)?;
    let (width, height) = sheet.size();
    let (top, bottom) = (sheet.em(0.5), (height - sheet.em(0.4)).max(sheet.em(0.7)));
    let largest = strip.values.iter().fold(0.0_f32, |most, &rate| most.max(rate));
    let scale = Scale::new([0.0, if largest > 0.0 { largest } else { 1.0 }].into_iter(), false, (top, bottom));
    let (from, to) = strip.axis.range();
    let right = (width - sheet.em(5.7)).max(sheet.em(4.9));
    let frame = Frame { left: sheet.em(4.3), top, right, bottom, from, to, scale };
    sheet.rule((frame.left, bottom), (frame.right, bottom), &theme.rule)?;
    let middle = f64::midpoint(top, bottom);
    let at = (frame.left - sheet.em(0.6), middle);
    sheet.text("rate", at, theme.text, &theme.ink, (HPos::Right, VPos::Center))?;
    let look = Look { color: strip.color, dash: Dash::Solid, marker: Marker::Circle };
    let (sampling, values) = (strip.sampling, strip.values);
    let curve = Curve { label: "", look, role: Role::Run, sampling, values, printed: &[], exact: &[] };
    line::draw_curve(&sheet, &curve, &frame)?;
    draw_branch(&sheet, strip.branch, &frame, false)?;
    if frame.shows(strip.step) {
        let x = frame.x_of_step(strip.step);
        sheet.rule((x, top), (x, bottom), &theme.muted)?;
    }
    let at = (frame.right + sheet.em(0.6), middle);
    sheet.text(&strip.now, at, theme.text, &theme.readable(strip.color), (HPos::Left, VPos::Center))?;
    Ok(frame)
}
