//! A drawing area in CSS pixels, with the strokes that charts are made of.

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::prelude::{Circle, DrawingBackend, PathElement, Polygon, Rectangle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBAColor, ShapeStyle, TextStyle};

use super::polyline::length;
use super::theme::{Marker, Theme};
use super::{Pixel, PlotError, Refusal};

/// The page's own type, so that charts and text agree.
const SANS: &str = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif";
/// For numbers that change.
const MONO: &str = "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace";

/// What charts are drawn on: a drawing area of plotters, its back end hidden, so that every chart is compiled once for all of them.
pub trait Paper {
    /// Width and height in device pixels.
    fn size(&self) -> (u32, u32);

    /// One color everywhere.
    ///
    /// # Errors
    /// The back end refuses it, here and below.
    fn fill(&self, color: RGBAColor) -> Result<(), PlotError>;

    /// An open polyline.
    ///
    /// # Errors
    /// See [`Self::fill`].
    fn path(&self, points: Vec<(i32, i32)>, style: ShapeStyle) -> Result<(), PlotError>;

    /// A filled polygon.
    ///
    /// # Errors
    /// See [`Self::fill`].
    fn polygon(&self, corners: Vec<(i32, i32)>, color: RGBAColor) -> Result<(), PlotError>;

    /// A filled rectangle between two corners.
    ///
    /// # Errors
    /// See [`Self::fill`].
    fn rectangle(&self, corners: [(i32, i32); 2], color: RGBAColor) -> Result<(), PlotError>;

    /// A circle, filled or not.
    ///
    /// # Errors
    /// See [`Self::fill`].
    fn circle(&self, middle: (i32, i32), radius: u32, style: ShapeStyle) -> Result<(), PlotError>;

    /// A line of text.
    ///
    /// # Errors
    /// See [`Self::fill`].
    fn text(&self, text: &str, style: &TextStyle<'_>, at: (i32, i32)) -> Result<(), PlotError>;
}

impl<DB: DrawingBackend> Paper for DrawingArea<DB, Shift> {
    fn size(&self) -> (u32, u32) {
        self.dim_in_pixel()
    }

    fn fill(&self, color: RGBAColor) -> Result<(), PlotError> {
        Self::fill(self, &color).map_err(refused)
    }

    fn path(&self, points: Vec<(i32, i32)>, style: ShapeStyle) -> Result<(), PlotError> {
        self.draw(&PathElement::new(points, style)).map_err(refused)
    }

    fn polygon(&self, corners: Vec<(i32, i32)>, color: RGBAColor) -> Result<(), PlotError> {
        self.draw(&Polygon::new(corners, color.filled())).map_err(refused)
    }

    fn rectangle(&self, corners: [(i32, i32); 2], color: RGBAColor) -> Result<(), PlotError> {
        self.draw(&Rectangle::new(corners, color.filled())).map_err(refused)
    }

    fn circle(&self, middle: (i32, i32), radius: u32, style: ShapeStyle) -> Result<(), PlotError> {
        self.draw(&Circle::new(middle, radius, style)).map_err(refused)
    }

    fn text(&self, text: &str, style: &TextStyle<'_>, at: (i32, i32)) -> Result<(), PlotError> {
        self.draw_text(text, style, at).map_err(refused)
    }
}

/// Paper and its theme.
pub struct Sheet<'a> {
    paper: &'a dyn Paper,
    pub theme: &'a Theme,
}

impl<'a> Sheet<'a> {
    /// A fresh sheet.
    pub fn new(paper: &'a dyn Paper, theme: &'a Theme) -> Result<Self, PlotError> {
        paper.fill(theme.paper.to_rgba())?;
        Ok(Self::over(paper, theme))
    }

    /// A sheet over what is there already.
    pub fn over(paper: &'a dyn Paper, theme: &'a Theme) -> Self {
        Self { paper, theme }
    }

    /// Width and height in CSS pixels.
    pub fn size(&self) -> Pixel {
        let (width, height) = self.paper.size();
        (f64::from(width) / self.theme.scale, f64::from(height) / self.theme.scale)
    }

    /// This many times the size of text, in CSS pixels: margins and marks grow with it.
    pub fn em(&self, times: f64) -> f64 {
        self.theme.text * times
    }

    /// The device pixel of a place; back ends draw between whole ones only.
    pub fn device(&self, (x, y): Pixel) -> (i32, i32) {
        ((x * self.theme.scale).round() as i32, (y * self.theme.scale).round() as i32)
    }

    fn devices(&self, points: &[Pixel]) -> Vec<(i32, i32)> {
        points.iter().map(|&point| self.device(point)).collect()
    }

    fn style(&self, color: RGBAColor, width: f64) -> ShapeStyle {
        let width = (width * self.theme.scale).round().max(1.0) as u32;
        color.stroke_width(width)
    }

    /// An open polyline.
    pub fn path(&self, points: &[Pixel], color: &dyn Color, width: f64) -> Result<(), PlotError> {
        if points.len() < 2 {
            return Ok(());
        }
        self.paper.path(self.devices(points), self.style(color.to_rgba(), width))
    }

    /// A horizontal or vertical line of one CSS pixel. It covers whole device pixels, so that it is sharp.
    pub fn rule(&self, from: Pixel, to: Pixel, color: &dyn Color) -> Result<(), PlotError> {
        let width = self.theme.scale.round().max(1.0) as i32;
        let ((left, top), (right, bottom)) = (self.device(from), self.device(to));
        let (across, down) = if top == bottom { (0, width) } else { (width, 0) };
        let corners = [(left, top), (right.saturating_add(across), bottom.saturating_add(down))];
        self.paper.rectangle(corners, color.to_rgba())
    }

    /// A filled rectangle between two corners.
    pub fn block(&self, from: Pixel, to: Pixel, color: &dyn Color) -> Result<(), PlotError> {
        let corners = [self.device(from), self.device(to)];
        self.paper.rectangle(corners, color.to_rgba())
    }

    /// Lines of one CSS pixel along the inside of a rectangle, from its left upper corner to its right lower one.
    pub fn outline(&self, (left, top): Pixel, (right, bottom): Pixel, color: &dyn Color) -> Result<(), PlotError> {
        let (inner, low) = (right - 1.0, bottom - 1.0);
        self.rule((left, top), (right, top), color)?;
        self.rule((left, low), (right, low), color)?;
        self.rule((left, top), (left, bottom), color)?;
        self.rule((inner, top), (inner, bottom), color)
    }

    /// A filled polygon.
    pub fn polygon(&self, points: &[Pixel], color: &dyn Color) -> Result<(), PlotError> {
        self.paper.polygon(self.devices(points), color.to_rgba())
    }

    /// Columns of device pixels, each one pixel wide, from a height to another, as one shape.
    pub fn stairs(&self, columns: &[(i32, i32, i32)], color: &dyn Color) -> Result<(), PlotError> {
        let upper = columns.iter().flat_map(|&(x, top, _)| [(x, top), (x.saturating_add(1), top)]);
        let lower = columns.iter().rev().flat_map(|&(x, _, bottom)| [(x.saturating_add(1), bottom), (x, bottom)]);
        let corners: Vec<(i32, i32)> = upper.chain(lower).collect();
        if corners.is_empty() {
            return Ok(());
        }
        self.paper.polygon(corners, color.to_rgba())
    }

    fn radius(&self, radius: f64) -> u32 {
        (radius * self.theme.scale).round().max(1.0) as u32
    }

    /// A circle's outline.
    pub fn circle(&self, at: Pixel, radius: f64, color: &dyn Color, width: f64) -> Result<(), PlotError> {
        self.paper.circle(self.device(at), self.radius(radius), self.style(color.to_rgba(), width))
    }

    /// A filled circle.
    pub fn dot(&self, at: Pixel, radius: f64, color: &dyn Color) -> Result<(), PlotError> {
        self.paper.circle(self.device(at), self.radius(radius), color.to_rgba().filled())
    }

    /// A marker with the paper inside.
    pub fn hollow(&self, at: Pixel, marker: Marker, radius: f64, color: &dyn Color) -> Result<(), PlotError> {
        if marker == Marker::Circle {
            self.dot(at, radius, &self.theme.paper)?;
            return self.circle(at, radius, color, 1.5);
        }
        let mut corners = marker.corners(at, radius);
        self.polygon(&corners, &self.theme.paper)?;
        corners.extend(corners.first().copied());
        corners.extend(corners.get(1).copied());
        self.path(&corners, color, 1.5)
    }

    /// A filled marker.
    pub fn filled(&self, at: Pixel, marker: Marker, radius: f64, color: &dyn Color) -> Result<(), PlotError> {
        if marker == Marker::Circle {
            return self.dot(at, radius, color);
        }
        self.polygon(&marker.corners(at, radius), color)
    }

    /// A line that ends in an arrow's head; nothing where it would be shorter than two pixels.
    pub fn arrow(&self, from: Pixel, to: Pixel, color: &dyn Color, width: f64) -> Result<(), PlotError> {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = length(dx, dy);
        if !length.is_finite() || length < 2.0 {
            return Ok(());
        }
        let (ux, uy) = (dx / length, dy / length);
        let head = (length * 0.6).min(self.em(0.75));
        let neck = (to.0 - 0.8 * head * ux, to.1 - 0.8 * head * uy);
        self.path(&[from, neck], color, width)?;
        let wing = |side: f64| (to.0 - head * ux - side * 0.42 * head * uy, to.1 - head * uy + side * 0.42 * head * ux);
        self.polygon(&[to, wing(1.0), neck, wing(-1.0)], color)
    }

    /// Paper laid over what is drawn, around a point, so that text can be read there.
    pub fn veil(&self, at: Pixel, half: Pixel) -> Result<(), PlotError> {
        let (from, to) = ((at.0 - half.0, at.1 - half.1), (at.0 + half.0, at.1 + half.1));
        self.block(from, to, &self.theme.paper.mix(0.85))
    }

    /// A veil under a text of the usual size.
    pub fn veil_name(&self, text: &str, at: Pixel, anchor: (HPos, VPos)) -> Result<(), PlotError> {
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

    /// Text, placed by one of its sides or its middle.
    pub fn text(
        &self,
        text: &str,
        at: Pixel,
        size: f64,
        color: &dyn Color,
        anchor: (HPos, VPos),
    ) -> Result<(), PlotError> {
        self.write(SANS, text, at, size, color, anchor)
    }

    /// A number in a type whose digits are of one width.
    pub fn number(
        &self,
        text: &str,
        at: Pixel,
        size: f64,
        color: &dyn Color,
        anchor: (HPos, VPos),
    ) -> Result<(), PlotError> {
        self.write(MONO, text, at, size, color, anchor)
    }

    fn write(
        &self,
        family: &str,
        text: &str,
        at: Pixel,
        size: f64,
        color: &dyn Color,
        anchor: (HPos, VPos),
    ) -> Result<(), PlotError> {
        let size = size * self.theme.scale * self.theme.type_scale;
        let font = FontDesc::new(FontFamily::Name(family), size, FontStyle::Normal);
        let color = color.to_rgba();
        let style = TextStyle::from(font).color(&color).pos(Pos::new(anchor.0, anchor.1));
        self.paper.text(text, &style, self.device(at))
    }
}

/// About how wide a text is, in CSS pixels: back ends without fonts cannot say.
pub fn width_of(text: &str, size: f64) -> f64 {
    let stacked = |c: &char| matches!(c, '\u{300}'..='\u{36f}');
    0.58 * size * text.chars().filter(|c| !stacked(c)).count() as f64
}

/// As much of a text as fits, with dots for the rest.
pub fn shortened(text: &str, size: f64, room: f64) -> String {
    if width_of(text, size) <= room {
        return text.to_owned();
    }
    let mut short: String = text.to_owned();
    while !short.is_empty() && width_of(&short, size) + width_of("…", size) > room {
        short.pop();
    }
    format!("{}…", short.trim_end())
}

fn refused<E: std::error::Error + Send + Sync>(error: DrawingAreaErrorKind<E>) -> PlotError {
    PlotError(Box::new(Refusal { reason: error.to_string() }))
}
