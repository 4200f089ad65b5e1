//! What stands in the plane at one step: where each run is, the step that led there, where its gradient points, and what the batch sees.

use plotters::style::RGBColor;
use plotters::style::text_anchor::{HPos, VPos};

use crate::base::words::thousands;
use crate::plot::polyline::{distance, length};
use crate::plot::sheet::{Paper, Sheet, width_of};
use crate::plot::{Look, Pixel, PlotError, Role, Theme};

use super::marks::{Marks, nested};
use super::{Path, PlaneChart, PlaneFrame, PlaneQuadratic, TITLE, contours, spread};

/// The shortest and the longest arrow of a gradient, in times the size of text.
const ARROW: (f64, f64) = (1.8, 5.0);
/// Runs that are closer than this, in times the size of text, are drawn as one nested mark.
const TOGETHER: f64 = 0.5;

/// A step of the runs in a plane.
#[derive(Clone, Debug, Default)]
pub struct PlaneMoment<'a> {
    /// The step; 0 is the start.
    pub step: usize,
    /// Gradients at the step. Each is drawn downhill; its arrow has the gradient's length in the plane's units, but is never so short that it cannot
    /// be seen nor so long that it leads out of the picture.
    pub gradients: &'a [PlaneGradient<'a>],
    /// The loss of the current batch, cut by the plane.
    pub batch: Option<PlaneQuadratic>,
    /// Whether the runs' last iterates are dots, with the ellipse of their spread.
    pub spread: bool,
}

/// A gradient of a loss, as an arrow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaneGradient<'a> {
    /// The parameters at which it was computed, length M.
    pub at: &'a [f32],
    /// The gradient, length M.
    pub gradient: &'a [f32],
    /// Samples that its loss is the mean over, and how many there are in all.
    pub rows: (usize, usize),
}

impl PlaneGradient<'_> {
    fn is_whole(&self) -> bool {
        self.rows.0 >= self.rows.1
    }

    /// What stands at the arrow's end.
    fn name(&self) -> &'static str {
        if self.is_whole() { "all data" } else { "batch" }
    }

    /// What the arrow is: in full, or in fewer words where there is little room.
    fn about(&self, words: Words) -> String {
        match (self.is_whole(), words) {
            (true, Words::All) => format!("−∇ of all {}", thousands(self.rows.1)),
            (true, Words::Few) => "−∇ of all".to_owned(),
            (true, Words::Fewest) => "−∇ all".to_owned(),
            (false, Words::All) if self.rows.0 == 1 => "−∇ of the batch, 1 row".to_owned(),
            (false, Words::All) => format!("−∇ of the batch, {} rows", thousands(self.rows.0)),
            (false, Words::Few) => "−∇ of the batch".to_owned(),
            (false, Words::Fewest) => "−∇ batch".to_owned(),
        }
    }
}

/// How many words there is room for.
#[derive(Clone, Copy)]
enum Words {
    All,
    Few,
    Fewest,
}

/// The parameters of a run after a step, or after the last recorded one before it; none where the run has no such step.
pub fn at<'a>(path: &Path<'a>, features: usize, step: usize) -> Option<&'a [f32]> {
    if step == 0 {
        return Some(path.start);
    }
    if let Some((_, params)) = path.exact.iter().find(|(at, _)| *at == step) {
        return Some(params);
    }
    let entry = path.sampling.entry(step, path.params.len() / features)?;
    path.params.get(entry * features..(entry + 1) * features)
}

fn place(path: &Path<'_>, frame: &PlaneFrame, step: usize) -> Option<Pixel> {
    pixel(frame, at(path, frame.projection.features().max(1), step)?)
}

fn pixel(frame: &PlaneFrame, params: &[f32]) -> Option<Pixel> {
    let (x, y) = frame.to_pixel(frame.project(params));
    (x.is_finite() && y.is_finite()).then_some((x, y))
}

/// Whether the parameters after a step are those of this very step.
fn is_exact(path: &Path<'_>, step: usize) -> bool {
    path.sampling.stride <= 1 || step == 0 || path.exact.iter().any(|(at, _)| *at == step)
}

/// Draws, over a plane of this frame, what stands at a step.
///
/// # Errors
/// The back end refuses a stroke.
pub fn plane_playhead(
    paper: &dyn Paper,
    chart: &PlaneChart<'_>,
    frame: &PlaneFrame,
    moment: &PlaneMoment<'_>,
    theme: &Theme,
) -> Result<(), PlotError> {
    let sheet = Sheet::over(paper, theme);
    if let Some(batch) = &moment.batch {
        contours::draw_batch(&sheet, batch, frame)?;
    }
    for (rank, path) in chart.runs().enumerate().filter(|_| moment.spread && !frame.projection.is_loss()) {
        spread::draw_spread(&sheet, path, frame, moment.step, rank)?;
    }
    let mut here: Vec<(Pixel, Vec<Look>)> = Vec::new();
    for path in chart.runs() {
        let Some(now) = place(path, frame, moment.step) else { continue };
        if !frame.contains(now.0, now.1) {
            draw_beyond(&sheet, frame, now, path)?;
            continue;
        }
        let before = moment.step.checked_sub(1).filter(|&step| is_exact(path, step) && is_exact(path, moment.step));
        let before = before.and_then(|step| place(path, frame, step));
        if let Some((from, to)) = before.and_then(|before| frame.rect().clip(before, now)) {
            sheet.arrow(from, to, &path.look.color, theme.line)?;
        }
        let together = |point: &Pixel| distance(*point, now) < sheet.em(TOGETHER);
        match here.iter_mut().find(|(point, _)| together(point)) {
            Some((_, looks)) => looks.push(path.look),
            None => here.push((now, vec![path.look])),
        }
    }
    draw_gradients(&sheet, chart, frame, moment)?;
    draw_points(&sheet, chart, frame, &here)
}

/// The points where runs are; around the star or the plus as rings, so that these stay in sight.
fn draw_points(
    sheet: &Sheet<'_>,
    chart: &PlaneChart<'_>,
    frame: &PlaneFrame,
    here: &[(Pixel, Vec<Look>)],
) -> Result<(), PlotError> {
    let marks = Marks::new(sheet, chart, frame);
    let (around, free): (Vec<_>, Vec<_>) = here.iter().partition(|(at, _)| marks.hidden_by(sheet, *at));
    for (at, looks) in free {
        match looks[..] {
            [look] => {
                sheet.filled(*at, look.marker, sheet.em(0.52), &sheet.theme.paper)?;
                sheet.filled(*at, look.marker, sheet.em(0.38), &look.color)?;
            }
            _ => nested(sheet, *at, looks)?,
        }
    }
    for (at, looks) in &around {
        for (rank, look) in looks.iter().enumerate() {
            sheet.circle(*at, sheet.em(1.05 + 0.28 * rank as f64), &sheet.theme.paper, 5.0)?;
            sheet.circle(*at, sheet.em(1.05 + 0.28 * rank as f64), &look.color, 2.0)?;
        }
    }
    if around.is_empty() { Ok(()) } else { marks.draw_goal(sheet) }
}

/// A run that has left the picture: an arrow at its edge, towards where it is.
fn draw_beyond(sheet: &Sheet<'_>, frame: &PlaneFrame, now: Pixel, path: &Path<'_>) -> Result<(), PlotError> {
    let rect = frame.rect();
    let middle = (f64::midpoint(rect.left, rect.right), f64::midpoint(rect.top, rect.bottom));
    let Some((_, edge)) = rect.clip(middle, now) else { return Ok(()) };
    let (dx, dy) = (edge.0 - middle.0, edge.1 - middle.1);
    let part = sheet.em(1.6) / length(dx, dy).max(1.0);
    sheet.arrow((edge.0 - part * dx, edge.1 - part * dy), edge, &path.look.color, sheet.theme.line)
}

fn draw_gradients(
    sheet: &Sheet<'_>,
    chart: &PlaneChart<'_>,
    frame: &PlaneFrame,
    moment: &PlaneMoment<'_>,
) -> Result<(), PlotError> {
    let mut drawn: Vec<(&PlaneGradient<'_>, RGBColor)> = Vec::new();
    let mut named: Option<f64> = None;
    for gradient in moment.gradients {
        let Some(from) = pixel(frame, gradient.at).filter(|from| frame.contains(from.0, from.1)) else { continue };
        let (u, v) = frame.projection.direction(gradient.gradient);
        let (dx, dy) = (-u / frame.grid.unit.0, v / frame.grid.unit.1);
        let length = length(dx, dy);
        if !length.is_finite() || length < f64::EPSILON {
            continue;
        }
        let part = length.clamp(sheet.em(ARROW.0), sheet.em(ARROW.1)) / length;
        let to = (from.0 + part * dx, from.1 + part * dy);
        let theme = sheet.theme;
        let color = if gradient.is_whole() { theme.ink } else { theme.batch };
        sheet.arrow(from, to, &theme.paper, theme.line + 2.5)?;
        sheet.arrow(from, to, &color, theme.line)?;
        drawn.push((gradient, color));
        // near the solution arrows are no longer than it takes to see them, and names would hide what is there
        if frame.contains(to.0, to.1) && part <= 1.0 {
            let across = if dx >= 0.0 { HPos::Left } else { HPos::Right };
            let (x, mut y) = (to.0 + sheet.em(0.4) * dx.signum(), to.1);
            // where both point the same way, the names stand one above the other
            let room = sheet.em(1.25);
            if let Some(other) = named.filter(|other| (y - other).abs() < room) {
                y = if y < other { other - room } else { other + room };
            }
            sheet.veil_name(gradient.name(), (x, y), (across, VPos::Center))?;
            sheet.text(gradient.name(), (x, y), theme.text, &theme.readable(color), (across, VPos::Center))?;
            named = Some(y);
        }
    }
    let lines = if moment.spread && !frame.projection.is_loss() { chart.runs().count() } else { 0 };
    draw_key(sheet, &drawn, frame.rect().right, lines)
}

/// What the arrows are, in words, at the right of the title; below `lines` others that may stand there.
fn draw_key(
    sheet: &Sheet<'_>,
    arrows: &[(&PlaneGradient<'_>, RGBColor)],
    right: f64,
    lines: usize,
) -> Result<(), PlotError> {
    let (theme, size) = (sheet.theme, sheet.theme.text - 1.0);
    let [arrow, gap] = [1.4, 0.9].map(|times| sheet.em(times));
    let words = |words: Words| arrows.iter().map(move |(gradient, _)| gradient.about(words));
    let wide = |many: Words| words(many).map(|text| arrow + gap + width_of(&text, size)).sum::<f64>();
    let title = if lines == 0 { width_of(TITLE, theme.text + 1.0) + gap } else { 0.0 };
    let fits = |many: &Words| title + wide(*many) <= right;
    let many = [Words::All, Words::Few].into_iter().find(fits).unwrap_or(Words::Fewest);
    let (mut x, y) = ((right - wide(many)).max(title), sheet.em(0.95 + 1.25 * lines as f64));
    if lines > 0 && !arrows.is_empty() {
        sheet.veil((f64::midpoint(x, right), y), ((right - x) / 2.0, sheet.em(0.6)))?;
    }
    for ((_, color), text) in arrows.iter().zip(words(many)) {
        sheet.arrow((x, y), (x + arrow, y), color, theme.line)?;
        x += arrow + gap / 3.0;
        sheet.text(&text, (x, y), size, &theme.readable(*color), (HPos::Left, VPos::Center))?;
        x += width_of(&text, size) + 2.0 * gap / 3.0;
    }
    Ok(())
}

/// The run and the step whose place in the plane is nearest to a place on the picture, within `reach`; of equally near ones the latest. In CSS pixels.
#[must_use]
pub fn plane_nearest(chart: &PlaneChart<'_>, frame: &PlaneFrame, (x, y): Pixel, reach: f64) -> Option<(usize, usize)> {
    let mut nearest: Option<(f64, usize, usize)> = None;
    for (index, path) in chart.paths.iter().enumerate().filter(|(_, path)| path.role != Role::Ghost) {
        let entries = path.params.len() / chart.features();
        for step in std::iter::once(0).chain((0..entries).map(|entry| path.sampling.step(entry))) {
            let Some(at) = place(path, frame, step) else { continue };
            let distance = distance(at, (x, y));
            if distance <= nearest.map_or(reach, |(distance, ..)| distance) {
                nearest = Some((distance, index, step));
            }
        }
    }
    nearest.map(|(_, index, step)| (index, step))
}

/// Where the runs start on the picture, one place for those that start together: there they can be taken hold of. In CSS pixels.
#[must_use]
pub fn plane_starts(chart: &PlaneChart<'_>, frame: &PlaneFrame) -> Vec<Pixel> {
    let mut starts: Vec<Pixel> = Vec::new();
    for at in chart.runs().filter_map(|path| place(path, frame, 0)).filter(|at| frame.contains(at.0, at.1)) {
        if !starts.contains(&at) {
            starts.push(at);
        }
    }
    starts
}
