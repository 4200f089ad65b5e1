//! Charts as plain functions from data to a drawing, on any back end of plotters: canvases in the page, SVG in tests.
//!
//! Sizes are in CSS pixels; the drawing area has [`Theme::scale`] times as many. [`curves`] and [`plane`] give a frame that says where data lie
//! on the picture, so that what moves can be drawn over it.

mod axes;
mod curves;
mod plane;
mod scale;
mod series;

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::prelude::{DrawingBackend, PathElement, Rectangle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, IntoFont, RGBAColor, RGBColor, ShapeStyle, TextStyle};

pub use curves::{Curve, CurvesChart, Dash, Frame, curves, curves_summary, sparkline};
pub use plane::{PlaneChart, PlaneFrame, plane, plane_summary};
pub use series::decimate;

/// A point in CSS pixels, from the top left.
pub type Pixel = (f64, f64);

/// A drawing that the back end refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the chart could not be drawn: {0}")]
pub struct PlotError(String);

/// Colours, sizes, and device pixels per CSS pixel.
#[derive(Clone, Debug)]
pub struct Theme {
    /// The ground.
    pub paper: RGBColor,
    /// Text and marks.
    pub ink: RGBColor,
    /// Text that steps back.
    pub muted: RGBColor,
    /// Axes and ticks.
    pub rule: RGBColor,
    /// The raw-functional approach.
    pub raw: RGBColor,
    /// The approach with `vmap`.
    pub vmap: RGBColor,
    /// The approach with modules.
    pub module: RGBColor,
    /// The current batch.
    pub batch: RGBColor,
    /// Size of text.
    pub text: f64,
    /// Width of curves.
    pub line: f64,
    /// Device pixels per CSS pixel.
    pub scale: f64,
}

impl Theme {
    /// Ink on paper.
    #[must_use]
    pub fn light(scale: f64) -> Self {
        Self {
            paper: RGBColor(0xfc, 0xfc, 0xfa),
            ink: RGBColor(0x1b, 0x1f, 0x24),
            muted: RGBColor(0x5b, 0x63, 0x6d),
            rule: RGBColor(0xd6, 0xd8, 0xd9),
            raw: RGBColor(0x00, 0x72, 0xb2),
            vmap: RGBColor(0x00, 0x9e, 0x73),
            module: RGBColor(0xd5, 0x5e, 0x00),
            batch: RGBColor(0xcc, 0x79, 0xa7),
            text: 13.0,
            line: 1.8,
            scale,
        }
    }

    /// Light on dark.
    #[must_use]
    pub fn dark(scale: f64) -> Self {
        Self {
            paper: RGBColor(0x14, 0x16, 0x1a),
            ink: RGBColor(0xe8, 0xea, 0xed),
            muted: RGBColor(0x9a, 0xa2, 0xad),
            rule: RGBColor(0x33, 0x37, 0x3d),
            raw: RGBColor(0x56, 0xb4, 0xe9),
            vmap: RGBColor(0x2f, 0xd3, 0xa0),
            module: RGBColor(0xff, 0x8a, 0x3d),
            ..Self::light(scale)
        }
    }
}

/// A drawing area in CSS pixels, with the strokes that charts are made of.
struct Sheet<'a, DB: DrawingBackend> {
    area: &'a DrawingArea<DB, Shift>,
    theme: &'a Theme,
}

impl<'a, DB: DrawingBackend> Sheet<'a, DB> {
    fn new(area: &'a DrawingArea<DB, Shift>, theme: &'a Theme) -> Result<Self, PlotError> {
        let sheet = Self { area, theme };
        area.fill(&theme.paper).map_err(refused)?;
        Ok(sheet)
    }

    /// Width and height in CSS pixels.
    fn size(&self) -> Pixel {
        let (width, height) = self.area.dim_in_pixel();
        (f64::from(width) / self.theme.scale, f64::from(height) / self.theme.scale)
    }

    /// So many times the size of text, in CSS pixels: margins and marks grow with it.
    fn em(&self, times: f64) -> f64 {
        self.theme.text * times
    }

    fn device(&self, (x, y): Pixel) -> (i32, i32) {
        ((x * self.theme.scale).round() as i32, (y * self.theme.scale).round() as i32)
    }

    fn style(&self, color: RGBAColor, width: f64) -> ShapeStyle {
        let width = (width * self.theme.scale).round().max(1.0) as u32;
        color.stroke_width(width)
    }

    fn path(&self, points: &[Pixel], color: &impl Color, width: f64) -> Result<(), PlotError> {
        if points.len() < 2 {
            return Ok(());
        }
        let points: Vec<(i32, i32)> = points.iter().map(|&point| self.device(point)).collect();
        self.area.draw(&PathElement::new(points, self.style(color.to_rgba(), width))).map_err(refused)
    }

    /// A horizontal or vertical line of one CSS pixel. It covers whole device pixels, so that it is sharp.
    fn rule(&self, from: Pixel, to: Pixel, color: &impl Color) -> Result<(), PlotError> {
        let width = self.theme.scale.round().max(1.0) as i32;
        let ((left, top), (right, bottom)) = (self.device(from), self.device(to));
        let (across, down) = if top == bottom { (0, width) } else { (width, 0) };
        let corners = [(left, top), (right.saturating_add(across), bottom.saturating_add(down))];
        self.area.draw(&Rectangle::new(corners, color.to_rgba().filled())).map_err(refused)
    }

    fn polygon(&self, points: &[Pixel], color: &impl Color) -> Result<(), PlotError> {
        let points: Vec<(i32, i32)> = points.iter().map(|&point| self.device(point)).collect();
        self.area.draw(&plotters::prelude::Polygon::new(points, color.to_rgba().filled())).map_err(refused)
    }

    /// A ring with the paper inside.
    fn ring(&self, at: Pixel, radius: f64, color: &impl Color) -> Result<(), PlotError> {
        let radius = (radius * self.theme.scale).round() as u32;
        let circle = |style: ShapeStyle| plotters::prelude::Circle::new(self.device(at), radius, style);
        self.area.draw(&circle(self.theme.paper.filled())).map_err(refused)?;
        self.area.draw(&circle(self.style(color.to_rgba(), 1.5))).map_err(refused)
    }

    fn dot(&self, at: Pixel, radius: f64, color: &impl Color) -> Result<(), PlotError> {
        let radius = (radius * self.theme.scale).round().max(1.0) as u32;
        let circle = plotters::prelude::Circle::new(self.device(at), radius, color.to_rgba().filled());
        self.area.draw(&circle).map_err(refused)
    }

    /// Paper laid over what is drawn, around a point, so that text can be read there.
    fn veil(&self, at: Pixel, half: Pixel) -> Result<(), PlotError> {
        let corners = [self.device((at.0 - half.0, at.1 - half.1)), self.device((at.0 + half.0, at.1 + half.1))];
        self.area.draw(&Rectangle::new(corners, self.theme.paper.mix(0.85).filled())).map_err(refused)
    }

    /// A veil under a text of the usual size.
    fn veil_name(&self, text: &str, at: Pixel, anchor: (HPos, VPos)) -> Result<(), PlotError> {
        let size = self.theme.text;
        let half = (width_of(text, size) / 2.0, size / 2.0);
        let x = match anchor.0 {
            HPos::Left => half.0,
            HPos::Right => -half.0,
            HPos::Center => 0.0,
        };
        let y = match anchor.1 {
            VPos::Top => half.1,
            VPos::Bottom => -half.1,
            VPos::Center => 0.0,
        };
        self.veil((at.0 + x, at.1 + y), half)
    }

    fn text(
        &self,
        text: &str,
        at: Pixel,
        size: f64,
        color: &impl Color,
        anchor: (HPos, VPos),
    ) -> Result<(), PlotError> {
        let font = ("sans-serif", size * self.theme.scale).into_font();
        let color = color.to_rgba();
        let style = TextStyle::from(font).color(&color).pos(Pos::new(anchor.0, anchor.1));
        self.area.draw_text(text, &style, self.device(at)).map_err(refused)
    }
}

/// About how wide a text is, in CSS pixels: back ends without fonts cannot say.
fn width_of(text: &str, size: f64) -> f64 {
    let stacked = |c: &char| matches!(c, '\u{300}'..='\u{36f}');
    0.58 * size * text.chars().filter(|c| !stacked(c)).count() as f64
}

fn refused<E: std::error::Error + Send + Sync>(error: plotters::drawing::DrawingAreaErrorKind<E>) -> PlotError {
    PlotError(error.to_string())
}
