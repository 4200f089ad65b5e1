//! What many runs did: the band that most of them stay within, and the median.

use plotters::style::{Color, RGBColor};

use crate::plot::polyline::Rect;
use crate::plot::sheet::Sheet;
use crate::plot::{Pixel, PlotError, Row, Table};

use super::{CurvesChart, Frame};

/// How strong the colour of a band is.
const BAND: f64 = 0.2;
/// How strong the ink of its edges is.
const EDGE: f64 = 0.6;

/// What many runs did at some steps.
#[derive(Clone, Copy, Debug)]
pub struct CurvesMiddle<'a> {
    /// What it is, in a few words.
    pub name: &'a str,
    /// The steps, ascending.
    pub steps: &'a [u32],
    /// At each, the lower end of the band, the median, and the upper end; infinite where the runs there have left float32.
    pub values: [&'a [f32]; 3],
    /// Its hue.
    pub color: RGBColor,
}

impl CurvesMiddle<'_> {
    /// The values of the steps that are shown.
    pub fn shown(&self, (from, to): (usize, usize)) -> impl Iterator<Item = f32> {
        let within = move |step: u32| (from..=to).contains(&(step as usize));
        self.values
            .into_iter()
            .flat_map(move |values| self.steps.iter().zip(values).filter(move |(step, _)| within(**step)))
            .map(|(_, &value)| value)
    }
}

impl CurvesMiddle<'_> {
    /// The lower edge of the band, the median, and the upper edge, as far as they lie on the chart.
    fn lines(&self, frame: &Frame) -> [Vec<Pixel>; 3] {
        let place = |(&step, &value): (&u32, &f32)| {
            let y = frame.scale.y(f64::from(value)).unwrap_or(frame.top).clamp(frame.top, frame.bottom);
            (frame.x_of_step(step as usize), y)
        };
        let rect = Rect { left: frame.left, top: frame.top, right: frame.right, bottom: frame.bottom };
        self.values.map(|values| {
            let points: Vec<Pixel> = self.steps.iter().zip(values).map(place).collect();
            rect.pieces(&points).concat()
        })
    }
}

/// Fills the band, below all curves.
pub fn fill_middle(sheet: &Sheet<'_>, middle: &CurvesMiddle<'_>, frame: &Frame) -> Result<(), PlotError> {
    let [low, _, high] = middle.lines(frame);
    let around: Vec<Pixel> = low.into_iter().chain(high.into_iter().rev()).collect();
    if around.len() < 3 { Ok(()) } else { sheet.polygon(&around, &middle.color.mix(BAND)) }
}

/// Draws the band's edges and the median in ink, over the curves: where a run is noisy it fills the whole band.
pub fn draw_middle(sheet: &Sheet<'_>, middle: &CurvesMiddle<'_>, frame: &Frame) -> Result<(), PlotError> {
    let [low, median, high] = middle.lines(frame);
    for edge in [&low, &high] {
        sheet.path(edge, &sheet.theme.ink.mix(EDGE), 1.0)?;
    }
    sheet.path(&median, &sheet.theme.ink, sheet.theme.line * 0.6)
}

/// The band's values at about `most` of the shown steps; none where there is no band.
#[must_use]
pub fn curves_middle_table(chart: &CurvesChart<'_>, most: usize) -> Option<Table> {
    let middle = chart.middle?;
    let (from, to) = chart.axis.range();
    let shown: Vec<usize> =
        (0..middle.steps.len()).filter(|&entry| (from..=to).contains(&(middle.steps[entry] as usize))).collect();
    let every = shown.len().div_ceil(most.max(1)).max(1);
    let row = |&entry: &usize| Row {
        at: middle.steps[entry] as usize,
        values: middle.values.map(|values| values.get(entry).copied().map(f64::from)).into(),
    };
    Some(Table {
        key: "step",
        columns: ["middle 90 % from", "median", "to"].map(str::to_owned).into(),
        rows: shown.iter().rev().step_by(every).collect::<Vec<_>>().into_iter().rev().map(row).collect(),
    })
}
