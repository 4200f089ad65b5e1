//! A map of cells on two logarithmic axes, coloured by rank on either side of a border, with lines over it and a legend with numbers below.

mod legend;
mod lines;
mod palette;
mod ranks;

use plotters::style::Color;
use plotters::style::text_anchor::{HPos, VPos};

use super::polyline::Rect;
use super::scale::Scale;
use super::sheet::{Paper, Sheet, width_of};
use super::{Dash, Pixel, PlotError, Theme};

use legend::Bar;
use palette::{HALO, MARK, Palette};
use ranks::Ranks;

/// What a cell's colour stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heat {
    /// On which side of the border it lies.
    pub beyond: bool,
    /// The number that is ranked; one that is not finite has a colour of its own.
    pub value: f32,
}

/// What the shades on one side of the border stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shades {
    /// Ranks among all numbers of that side, equal numbers having one shade.
    Ranks,
    /// Which part a number is of this many, at least one of them, in equal steps.
    Parts(u32),
}

/// A logarithmic axis.
#[derive(Clone, Copy, Debug)]
pub struct HeatAxis<'a> {
    /// What it measures.
    pub name: &'a str,
    /// The values of columns or rows, positive and ascending. A cell reaches half-way to its neighbours.
    pub places: &'a [f64],
    /// Whether they are integers, of which powers of two are named.
    pub are_counts: bool,
}

/// A line over the cells.
#[derive(Clone, Debug)]
pub struct HeatLine {
    /// What it is.
    pub name: &'static str,
    /// Its points, across and up.
    pub points: Vec<(f64, f64)>,
    /// Its pattern.
    pub dash: Dash,
}

/// A map of cells.
#[derive(Clone, Debug)]
pub struct HeatMap<'a> {
    /// Columns.
    pub across: HeatAxis<'a>,
    /// Rows, from the bottom.
    pub up: HeatAxis<'a>,
    /// Rows × columns row-major; none where nothing is known yet.
    pub cells: &'a [Option<Heat>],
    /// What the colours before the border and beyond it say.
    pub names: [&'a str; 2],
    /// What the shades on either side stand for.
    pub shades: [Shades; 2],
    /// What a value that is not finite means on either side; empty where there is none.
    pub flat: [&'a str; 2],
    /// Lines over the cells.
    pub lines: &'a [HeatLine],
    /// The place that is marked.
    pub own: Option<(f64, f64)>,
}

/// Where the cells of a map lie on the picture.
#[derive(Clone, Debug)]
pub struct HeatFrame {
    rect: Rect,
    /// The edges of columns from left to right, in CSS pixels.
    across: Vec<f64>,
    /// The edges of rows from the bottom up.
    up: Vec<f64>,
}

impl HeatFrame {
    /// Row and column of the cell at a place.
    #[must_use]
    pub fn cell(&self, (x, y): Pixel) -> Option<(usize, usize)> {
        if !self.rect.contains((x, y)) {
            return None;
        }
        let column = self.across.iter().take_while(|edge| **edge <= x).count().checked_sub(1)?;
        let row = self.up.iter().take_while(|edge| **edge >= y).count().checked_sub(1)?;
        Some((row.min(self.up.len().checked_sub(2)?), column.min(self.across.len().checked_sub(2)?)))
    }

    /// Row and column of the cell that is nearest to a place.
    #[must_use]
    pub fn nearest(&self, (x, y): Pixel) -> Option<(usize, usize)> {
        let Rect { left, top, right, bottom } = self.rect;
        self.cell((x.clamp(left, right), y.clamp(top, bottom)))
    }

    /// The corners of a cell: left, top, right, bottom.
    fn corners(&self, (row, column): (usize, usize)) -> Option<[f64; 4]> {
        Some([*self.across.get(column)?, *self.up.get(row + 1)?, *self.across.get(column + 1)?, *self.up.get(row)?])
    }
}

/// The edges between values, half-way on a logarithmic scale.
fn edges(places: &[f64]) -> Vec<f64> {
    let (Some(&first), Some(&last)) = (places.first(), places.last()) else { return Vec::new() };
    let between: Vec<f64> = places.windows(2).map(|pair| (pair[0] * pair[1]).sqrt()).collect();
    let low = between.first().map_or(first / 1.5, |edge| first * first / edge);
    let high = between.last().map_or(last * 1.5, |edge| last * last / edge);
    [low].into_iter().chain(between).chain([high]).collect()
}

/// Two scales and where the cells' edges lie on them.
struct Layout {
    frame: HeatFrame,
    across: Scale,
    up: Scale,
    /// The values that are named on either axis, with their names.
    names: [Vec<(f64, String)>; 2],
}

impl Layout {
    /// None where there are no cells.
    fn new(sheet: &Sheet<'_>, chart: &HeatMap<'_>) -> Option<Self> {
        let (width, height) = sheet.size();
        let (columns, rows) = (edges(chart.across.places), edges(chart.up.places));
        let ends = |edges: &[f64]| Some((*edges.first()?, *edges.last()?));
        let top = sheet.em(2.9);
        let bottom = (height - sheet.em(legend::height(sheet, chart) + 3.0)).max(top + 10.0);
        let up = Scale::fixed(ends(&rows)?, true, (top, bottom))?;
        let wide = |names: &[(f64, String)]| {
            names.iter().fold(0.0, |w: f64, (_, name)| w.max(width_of(name, sheet.theme.text)))
        };
        let beside = if chart.up.are_counts { counted(sheet, chart, &up) } else { named(&up, sheet.em(3.0)) };
        let left = sheet.em(3.6).max(wide(&beside) + sheet.em(0.8));
        let rect = Rect { left, top, right: (width - sheet.em(0.8)).max(left + 10.0), bottom };
        // the scale of a vertical axis, on its side
        let across = Scale::fixed(ends(&columns)?, true, (-rect.right, -rect.left))?;
        let below = named(&across, sheet.em(4.5));
        // long names need more room
        let apart = wide(&below) + sheet.em(1.0);
        let below = if apart > sheet.em(4.5) { named(&across, apart / 0.58) } else { below };
        let frame = HeatFrame {
            rect,
            across: columns.iter().filter_map(|&edge| Some(-across.y(edge)?)).collect(),
            up: rows.iter().filter_map(|&edge| up.y(edge)).collect(),
        };
        Some(Self { frame, across, up, names: [below, beside] })
    }

    fn pixel(&self, (across, up): (f64, f64)) -> Option<Pixel> {
        Some((-self.across.y(across)?, self.up.y(up)?))
    }
}

/// Draws the map, and returns where its cells lie; none where it has none.
///
/// # Errors
/// The back end refuses a stroke.
pub fn heatmap(paper: &dyn Paper, chart: &HeatMap<'_>, theme: &Theme) -> Result<Option<HeatFrame>, PlotError> {
    let sheet = Sheet::new(paper, theme)?;
    let Some(layout) = Layout::new(&sheet, chart) else { return Ok(None) };
    let bars = [false, true].map(|beyond| {
        let side = chart.cells.iter().flatten().filter(move |heat| heat.beyond == beyond);
        Bar { shades: chart.shades[usize::from(beyond)], ranks: Ranks::new(side.map(|heat| heat.value)) }
    });
    let palette = Palette::on(theme.paper);
    draw_cells(&sheet, chart, &layout, &bars, &palette)?;
    draw_axes(&sheet, chart, &layout)?;
    lines::draw(&sheet, chart, &layout)?;
    if let Some((x, y)) = chart.own.and_then(|own| layout.pixel(own)) {
        sheet.circle((x, y), sheet.em(0.62), &HALO, 4.4)?;
        sheet.circle((x, y), sheet.em(0.62), &MARK, 2.0)?;
    }
    legend::draw(&sheet, chart, &layout.frame.rect, &bars, &palette)?;
    Ok(Some(layout.frame))
}

/// Cells side by side that have one colour are one rectangle.
fn draw_cells(
    sheet: &Sheet<'_>,
    chart: &HeatMap<'_>,
    layout: &Layout,
    bars: &[Bar; 2],
    palette: &Palette,
) -> Result<(), PlotError> {
    let columns = chart.across.places.len().max(1);
    let color = |heat: &Heat| match bars[usize::from(heat.beyond)].level(heat.value) {
        Some(level) => palette.shade(heat.beyond, level),
        None => palette.flat(heat.beyond),
    };
    for (row, cells) in chart.cells.chunks(columns).enumerate() {
        let mut column = 0;
        while column < cells.len() {
            let own = cells[column].as_ref().map(color);
            let same = cells[column..].iter().take_while(|cell| cell.as_ref().map(color) == own).count();
            let corners = (layout.frame.corners((row, column)), layout.frame.corners((row, column + same - 1)));
            if let (Some(own), (Some([left, top, _, bottom]), Some([_, _, right, _]))) = (own, corners) {
                sheet.block((left, top), (right, bottom), &own)?;
            }
            column += same;
        }
    }
    // cells whose colour is near the paper's have an end, too
    let Rect { left, top, right, bottom } = layout.frame.rect;
    sheet.outline((left, top), (right, bottom), &sheet.theme.muted)
}

fn draw_axes(sheet: &Sheet<'_>, chart: &HeatMap<'_>, layout: &Layout) -> Result<(), PlotError> {
    let (theme, rect) = (sheet.theme, &layout.frame.rect);
    let (tick, gap) = (sheet.em(0.3), sheet.em(0.5));
    let [below, beside] = &layout.names;
    for (value, label) in below {
        let Some(x) = layout.across.y(*value).map(|y| -y) else { continue };
        sheet.rule((x, rect.bottom), (x, rect.bottom + tick), &theme.muted)?;
        // within the picture, where the last one stands at its end
        let x = x.min(sheet.size().0 - width_of(label, theme.text) / 2.0);
        sheet.text(label, (x, rect.bottom + gap), theme.text, &theme.muted, (HPos::Center, VPos::Top))?;
    }
    for (value, label) in beside {
        let Some(y) = layout.up.y(*value) else { continue };
        sheet.rule((rect.left - tick, y), (rect.left, y), &theme.muted)?;
        let at = (rect.left - gap, y);
        sheet.text(label, at, theme.text, &theme.muted, (HPos::Right, VPos::Center))?;
    }
    let at = (f64::midpoint(rect.left, rect.right), rect.bottom + sheet.em(1.75));
    sheet.text(chart.across.name, at, theme.text, &theme.ink, (HPos::Center, VPos::Top))?;
    sheet.text(chart.up.name, (0.0, sheet.em(0.4)), theme.text, &theme.ink, (HPos::Left, VPos::Top))
}

/// Values of a scale to be named, with their names: where they are close together, with all the decimals that tell them apart.
fn named(scale: &Scale, apart: f64) -> Vec<(f64, String)> {
    let mut names = scale.ticks(apart).labelled;
    let step = names.windows(2).map(|pair| pair[1].0 - pair[0].0).fold(f64::INFINITY, f64::min);
    if names.first().is_some_and(|(first, _)| step < first * 0.1) {
        let decimals = (0.001 - step.log10().floor()).clamp(0.0, 12.0) as usize;
        for (value, name) in &mut names {
            *name = format!("{value:.decimals$}");
        }
    }
    names
}

/// Integers of a vertical scale to be named, where there is room.
fn counted(sheet: &Sheet<'_>, chart: &HeatMap<'_>, up: &Scale) -> Vec<(f64, String)> {
    let mut ticks = batch_ticks(chart.up.places);
    let mut below = f64::INFINITY;
    ticks.retain(|value| {
        let y = up.y(*value).filter(|y| below - y >= sheet.em(1.5));
        below = y.unwrap_or(below);
        y.is_some()
    });
    ticks.into_iter().map(|value| (value, value.to_string())).collect()
}

/// Powers of two, as batch sizes go, and the largest.
fn batch_ticks(places: &[f64]) -> Vec<f64> {
    let (Some(&low), Some(&high)) = (places.first(), places.last()) else { return Vec::new() };
    let powers = (0..40).map(|power| 2f64.powi(power)).filter(|power| *power >= low && *power <= high * 0.8);
    let mut ticks: Vec<f64> = powers.collect();
    if ticks.len() < 2 {
        ticks = vec![low];
    }
    ticks.push(high);
    ticks
}

/// Draws what lies over a map: the cell that is pointed at, and the rectangle that is drawn.
///
/// # Errors
/// The back end refuses a stroke.
pub fn heatmap_cursor(
    paper: &dyn Paper,
    frame: &HeatFrame,
    cell: Option<(usize, usize)>,
    drawn: Option<[Pixel; 2]>,
    theme: &Theme,
) -> Result<(), PlotError> {
    let sheet = Sheet::over(paper, theme);
    let outline = |[left, top, right, bottom]: [f64; 4]| {
        let around = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top), (right, top)];
        sheet.path(&around, &HALO, 4.4)?;
        sheet.path(&around, &MARK, 2.0)
    };
    if let Some([from, to]) = drawn {
        let corners = [from.0.min(to.0), from.1.min(to.1), from.0.max(to.0), from.1.max(to.1)];
        sheet.block((corners[0], corners[1]), (corners[2], corners[3]), &HALO.mix(0.3))?;
        return outline(corners);
    }
    let Some(corners) = cell.and_then(|cell| frame.corners(cell)) else { return Ok(()) };
    // never so small that it is not seen
    let (x, y) = (f64::midpoint(corners[0], corners[2]), f64::midpoint(corners[1], corners[3]));
    let half = (((corners[2] - corners[0]) / 2.0).max(5.0), ((corners[3] - corners[1]) / 2.0).max(5.0));
    let rect = &frame.rect;
    for (from, to) in
        [((x, rect.bottom), (x, (y + half.1).min(rect.bottom))), ((rect.left, y), ((x - half.0).max(rect.left), y))]
    {
        sheet.path(&[from, to], &HALO.mix(0.6), 3.0)?;
        sheet.path(&[from, to], &MARK, 1.0)?;
    }
    outline([x - half.0, y - half.1, x + half.0, y + half.1])
}
