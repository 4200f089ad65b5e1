//! What stands at one step: the playhead's line, a dot on each curve, and the values in a fixed place.

use plotters::style::text_anchor::{HPos, VPos};

use crate::plot::sheet::{Paper, Sheet, width_of};
use crate::plot::{Look, PlotError, Role, Theme};

use super::{CurvesChart, Frame};

/// A monospaced digit is this wide, in times the size of its text.
const DIGIT: f64 = 0.62;

/// A curve's value at a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading<'a> {
    /// The curve's label.
    pub label: &'a str,
    /// Its look.
    pub look: Look,
    /// Its role.
    pub role: Role,
    /// The value after the step; none where the run has no such step. It may be infinite or no number.
    pub value: Option<f32>,
}

impl Reading<'_> {
    /// The value with this many digits, padded to as many characters as any value takes, so that it does not jiggle. What is outside float32 is
    /// named as Python names it.
    #[must_use]
    pub fn text(&self, digits: usize) -> String {
        let wide = digits + 5;
        let text = match self.value {
            None => "–".to_owned(),
            Some(value) if value.is_nan() => "nan".to_owned(),
            Some(value) if value.is_infinite() => if value > 0.0 { "inf" } else { "−inf" }.to_owned(),
            Some(value) => significant(value, digits.max(1)).replace('-', "−"),
        };
        format!("{text:>wide$}")
    }
}

/// A number in this many digits, as a decimal where it is neither large nor small.
fn significant(value: f32, digits: usize) -> String {
    let scientific = format!("{value:.*e}", digits - 1);
    let exponent = scientific.split_once('e').and_then(|(_, exponent)| exponent.parse::<i32>().ok()).unwrap_or(0);
    if value == 0.0 || (-3..digits as i32).contains(&exponent) {
        return format!("{value:.*}", (digits as i32 - 1 - exponent).max(0) as usize);
    }
    scientific
}

/// What each curve reads at a step. Where that step is neither recorded nor known exactly, it is what the last recorded one before it has.
#[must_use]
pub fn curves_readings<'a>(chart: &CurvesChart<'a>, step: usize) -> Vec<Reading<'a>> {
    let exact = |curve: &super::Curve<'a>| curve.exact.iter().find(|(at, _)| *at == step).map(|(_, value)| *value);
    let recorded =
        |curve: &super::Curve<'a>| curve.values.get(curve.sampling.entry(step, curve.values.len())?).copied();
    let value = |curve: &super::Curve<'a>| exact(curve).or_else(|| recorded(curve));
    let read = |curve: &super::Curve<'a>| Reading {
        label: curve.label,
        look: curve.look,
        role: curve.role,
        value: value(curve),
    };
    chart.curves.iter().map(read).collect()
}

/// Draws, over a chart of this frame, the playhead at a step, and at the top right what the runs read there.
///
/// # Errors
/// The back end refuses a stroke.
pub fn curves_playhead(
    paper: &dyn Paper,
    chart: &CurvesChart<'_>,
    frame: &Frame,
    step: usize,
    theme: &Theme,
) -> Result<(), PlotError> {
    let sheet = Sheet::over(paper, theme);
    let readings = curves_readings(chart, step);
    if frame.shows(step) {
        let x = frame.x_of_step(step);
        sheet.rule((x, frame.top), (x, frame.bottom), &theme.muted)?;
        for reading in readings.iter().filter(|reading| reading.role != Role::Ghost) {
            let y = reading.value.and_then(|value| frame.y_of_value(f64::from(value)));
            let Some(y) = y.filter(|y| (frame.top..=frame.bottom).contains(y)) else { continue };
            sheet.filled((x, y), reading.look.marker, sheet.em(0.44), &theme.paper)?;
            sheet.filled((x, y), reading.look.marker, sheet.em(0.32), &reading.look.color)?;
        }
    }
    draw_readings(&sheet, chart, &readings, step)
}

/// The values of the runs, at the right of the title.
fn draw_readings(
    sheet: &Sheet<'_>,
    chart: &CurvesChart<'_>,
    readings: &[Reading<'_>],
    step: usize,
) -> Result<(), PlotError> {
    let theme = sheet.theme;
    let runs: Vec<&Reading<'_>> = readings.iter().filter(|reading| reading.role == Role::Run).collect();
    if step == 0 || runs.is_empty() {
        return Ok(());
    }
    let room = sheet.size().0 - width_of(&super::title(chart), theme.text + 1.0) - sheet.em(0.8);
    let wide = |digits: usize| (digits + 5) as f64 * DIGIT * theme.text + sheet.em(1.2);
    let Some(digits) = [5, 4, 3, 2].into_iter().find(|&digits| wide(digits) * runs.len() as f64 <= room) else {
        return Ok(());
    };
    let mut right = sheet.size().0;
    let y = sheet.em(0.95);
    for reading in runs.iter().rev() {
        let color = theme.readable(reading.look.color);
        right -= wide(digits);
        sheet.filled((right + sheet.em(0.3), y), reading.look.marker, sheet.em(0.26), &reading.look.color)?;
        let at = (right + sheet.em(0.85), y);
        sheet.number(reading.text(digits).trim(), at, theme.text, &color, (HPos::Left, VPos::Center))?;
    }
    Ok(())
}
