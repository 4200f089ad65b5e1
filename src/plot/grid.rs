//! Two linear scales: places on the picture and the values that they stand for, and the axes that say so.

use plotters::style::text_anchor::{HPos, VPos};

use super::axes::{plain, round_ticks};
use super::polyline::Rect;
use super::sheet::Sheet;
use super::{Pixel, PlotError};

/// A rectangle of values drawn on a rectangle of pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// Where it is drawn, in CSS pixels.
    pub rect: Rect,
    /// The values at the left and at the bottom.
    pub low: (f64, f64),
    /// Values per CSS pixel, across and up.
    pub unit: (f64, f64),
}

impl Grid {
    /// The rectangle of values between two corners, or with one scale for both axes at least that, drawn as large as the margins let it.
    pub fn new(sheet: &Sheet<'_>, low: (f64, f64), high: (f64, f64), one_scale: bool) -> Self {
        let (width, height) = sheet.size();
        let rect = Rect {
            left: sheet.em(4.0),
            top: sheet.em(3.4),
            right: (width - sheet.em(1.3)).max(sheet.em(4.6)),
            bottom: (height - sheet.em(3.1)).max(sheet.em(4.0)),
        };
        let fit = ((high.0 - low.0) / (rect.right - rect.left), (high.1 - low.1) / (rect.bottom - rect.top));
        let unit = if one_scale { (fit.0.max(fit.1), fit.0.max(fit.1)) } else { fit };
        let middle = (f64::midpoint(low.0, high.0), f64::midpoint(low.1, high.1));
        let half = ((rect.right - rect.left) / 2.0 * unit.0, (rect.bottom - rect.top) / 2.0 * unit.1);
        Self { rect, low: (middle.0 - half.0, middle.1 - half.1), unit }
    }

    /// Where values lie, in CSS pixels.
    pub fn pixel(&self, (u, v): (f64, f64)) -> Pixel {
        (self.rect.left + (u - self.low.0) / self.unit.0, self.rect.bottom - (v - self.low.1) / self.unit.1)
    }

    /// The values at a place, in CSS pixels.
    pub fn value(&self, (x, y): Pixel) -> (f64, f64) {
        (self.low.0 + (x - self.rect.left) * self.unit.0, self.low.1 + (self.rect.bottom - y) * self.unit.1)
    }

    /// The values at the right and at the top.
    pub fn high(&self) -> (f64, f64) {
        self.value((self.rect.right, self.rect.top))
    }

    /// Draws the axes with their ticks and titles.
    pub fn draw(&self, sheet: &Sheet<'_>, [across, up]: [&str; 2]) -> Result<(), PlotError> {
        let (theme, rect, high) = (sheet.theme, &self.rect, self.high());
        sheet.rule((rect.left, rect.top), (rect.left, rect.bottom), &theme.muted)?;
        sheet.rule((rect.left, rect.bottom), (rect.right, rect.bottom), &theme.muted)?;
        let (tick_length, gap) = (sheet.em(0.3), sheet.em(0.55));
        let (ticks, step) = round_ticks(self.low.0, high.0, (rect.right - rect.left) / sheet.em(4.6));
        for tick in ticks {
            let x = self.pixel((tick, self.low.1)).0;
            sheet.rule((x, rect.bottom), (x, rect.bottom + tick_length), &theme.muted)?;
            let at = (x, rect.bottom + gap);
            sheet.text(&plain(tick, step), at, theme.text, &theme.muted, (HPos::Center, VPos::Top))?;
        }
        let (ticks, step) = round_ticks(self.low.1, high.1, (rect.bottom - rect.top) / sheet.em(2.8));
        for tick in ticks {
            let y = self.pixel((self.low.0, tick)).1;
            sheet.rule((rect.left - tick_length, y), (rect.left, y), &theme.muted)?;
            let at = (rect.left - gap, y);
            sheet.text(&plain(tick, step), at, theme.text, &theme.muted, (HPos::Right, VPos::Center))?;
        }
        let at = (rect.right, rect.bottom + sheet.em(1.75));
        sheet.text(across, at, theme.text, &theme.ink, (HPos::Right, VPos::Top))?;
        let at = (rect.left - tick_length, rect.top - sheet.em(0.4));
        sheet.text(up, at, theme.text, &theme.ink, (HPos::Left, VPos::Bottom))
    }
}
