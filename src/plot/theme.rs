//! Colours, sizes, and how the approaches are told apart: by hue, dash pattern and marker, the same in every chart.

use plotters::style::RGBColor;

use crate::lecture::settings::program::Approach;

use super::Pixel;

/// The least contrast between text and its ground (WCAG 2.2, level AA).
const READABLE: f64 = 4.5;

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
    /// What the back end must be told as the size of a text of size 1.
    pub type_scale: f64,
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
            type_scale: 1.0,
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

    /// For plotters' SVG back end, which writes sizes of text divided by 1.24.
    #[must_use]
    pub fn for_svg(self) -> Self {
        Self { type_scale: 1.24, ..self }
    }

    /// For a lecture hall: larger type and thicker lines.
    #[must_use]
    pub fn presented(self) -> Self {
        Self { text: 18.0, line: 3.0, ..self }
    }

    /// How an approach looks.
    #[must_use]
    pub fn look(&self, approach: Approach) -> Look {
        match approach {
            Approach::Raw => Look { color: self.raw, dash: Dash::Solid, marker: Marker::Circle },
            Approach::Vmap => Look { color: self.vmap, dash: Dash::Long, marker: Marker::Square },
            Approach::Module => Look { color: self.module, dash: Dash::Dots, marker: Marker::Diamond },
        }
    }

    /// A hue as the colour of text: with as much ink in it as it takes to be read on the paper.
    #[must_use]
    pub fn readable(&self, hue: RGBColor) -> RGBColor {
        let mixed = |part: f64| {
            let channel = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * part).round() as u8;
            RGBColor(channel(hue.0, self.ink.0), channel(hue.1, self.ink.1), channel(hue.2, self.ink.2))
        };
        let shades = (0..20).map(|twentieths| mixed(f64::from(twentieths) / 20.0));
        shades.into_iter().find(|&shade| contrast(shade, self.paper) >= READABLE).unwrap_or(self.ink)
    }
}

/// The contrast of two colours, from 1 to 21: [WCAG 2.2](https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
#[must_use]
pub fn contrast(a: RGBColor, b: RGBColor) -> f64 {
    let linear = |channel: u8| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    let luminance = |c: RGBColor| 0.2126 * linear(c.0) + 0.7152 * linear(c.1) + 0.0722 * linear(c.2);
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// How a run is drawn, so that approaches can be told apart with and without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Hue.
    pub color: RGBColor,
    /// Dash pattern of lines.
    pub dash: Dash,
    /// Shape of points.
    pub marker: Marker,
}

/// A dash pattern.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dash {
    /// An unbroken line.
    Solid,
    /// Long dashes.
    Long,
    /// Dots.
    Dots,
}

/// The shape of a point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Marker {
    /// A circle.
    Circle,
    /// A square.
    Square,
    /// A square on its corner.
    Diamond,
}

impl Marker {
    /// The corners of a shape that looks as large as a circle of this radius; none for the circle.
    pub(super) fn corners(self, (x, y): Pixel, radius: f64) -> Vec<Pixel> {
        match self {
            Self::Circle => Vec::new(),
            Self::Square => {
                let r = 0.89 * radius;
                vec![(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)]
            }
            Self::Diamond => {
                let r = 1.25 * radius;
                vec![(x, y - r), (x + r, y), (x, y + r), (x - r, y)]
            }
        }
    }
}

/// How much a line steps forward.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Role {
    /// A run that is looked at.
    #[default]
    Run,
    /// Another quantity of such a run.
    Aside,
    /// A run from before, pinned.
    Ghost,
}
