//! The colours of a map: blue to pale before the border, dark brown beyond it. Everything beyond is darker than everything before, so that a print in grey shows
//! the border; blue and brown are told apart by colour-blind people.

use plotters::style::RGBColor;

use crate::plot::contrast;

/// Before the border, from the least value to the largest.
const INSIDE: [[u8; 3]; 6] = [
    [0x2a, 0x6f, 0xb3],
    [0x3a, 0x97, 0xc4],
    [0x5f, 0xbc, 0xc9],
    [0x97, 0xd6, 0xc4],
    [0xcd, 0xeb, 0xc3],
    [0xf3, 0xf7, 0xdc],
];
/// Beyond it, and what has left float32, on light paper.
const BEYOND: [[u8; 3]; 5] =
    [[0x8f, 0x35, 0x08], [0x72, 0x28, 0x06], [0x55, 0x1e, 0x06], [0x3d, 0x16, 0x06], [0x26, 0x10, 0x09]];
/// The same on dark paper: nothing is as dark as that, so what has left float32 is told from the brown by its hue.
const BEYOND_ON_DARK: [[u8; 3]; 5] =
    [[0x8f, 0x35, 0x08], [0x7b, 0x2d, 0x07], [0x68, 0x25, 0x06], [0x55, 0x1e, 0x06], [0x4f, 0x2a, 0x55]];
/// What is drawn over the cells, and what lies around that: the same in every theme.
pub(super) const MARK: RGBColor = RGBColor(0x12, 0x14, 0x18);
pub(super) const HALO: RGBColor = RGBColor(0xff, 0xff, 0xff);
/// Shades of each; more are not told apart.
const LEVELS: f64 = 40.0;

/// The colours of cells on some paper.
pub(super) struct Palette {
    beyond: [[u8; 3]; 5],
}

impl Palette {
    /// Those for paper of this colour.
    pub fn on(paper: RGBColor) -> Self {
        let is_dark = contrast(paper, HALO) > contrast(paper, MARK);
        Self { beyond: if is_dark { BEYOND_ON_DARK } else { BEYOND } }
    }

    /// The colour of a rank from 0 to 1.
    pub fn shade(&self, beyond: bool, rank: f64) -> RGBColor {
        let [ramp @ .., _] = &self.beyond;
        let stops: &[[u8; 3]] = if beyond { ramp } else { &INSIDE };
        let rank = (rank.clamp(0.0, 1.0) * LEVELS).round() / LEVELS;
        let place = rank * (stops.len() - 1) as f64;
        let before = (place.floor() as usize).min(stops.len() - 2);
        let part = place - before as f64;
        let [r, g, b] = [0, 1, 2].map(|channel| {
            let (from, to) = (f64::from(stops[before][channel]), f64::from(stops[before + 1][channel]));
            (from + (to - from) * part).round() as u8
        });
        RGBColor(r, g, b)
    }

    /// The colour of a value that has no rank.
    pub fn flat(&self, beyond: bool) -> RGBColor {
        let [.., [r, g, b]] = self.beyond;
        if beyond { RGBColor(r, g, b) } else { RGBColor(0xe4, 0xe2, 0xda) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::Theme;

    /// Luminance from 0 to 1, by way of the contrast with black.
    fn light(color: RGBColor) -> f64 {
        (contrast(color, RGBColor(0, 0, 0)) - 1.0) * 0.05
    }

    #[test]
    fn grey_tells_both_sides_and_the_order_on_each() {
        for theme in [Theme::light(1.0), Theme::dark(1.0)] {
            let palette = Palette::on(theme.paper);
            let ranks = || (0..=40).map(|rank| f64::from(rank) / 40.0);
            let inside: Vec<f64> = ranks().map(|rank| light(palette.shade(false, rank))).collect();
            let beyond: Vec<f64> = ranks().map(|rank| light(palette.shade(true, rank))).collect();
            assert!(inside.is_sorted_by(|a, b| a < b), "{inside:?}");
            assert!(beyond.is_sorted_by(|a, b| a > b), "{beyond:?}");
            assert!(contrast(palette.shade(true, 0.0), palette.shade(true, 1.0)) > 1.6, "{beyond:?}");
            let border = [palette.shade(true, 0.0), palette.flat(true)];
            assert!(border.iter().all(|color| contrast(palette.shade(false, 0.0), *color) > 1.5));
        }
        let palette = Palette::on(Theme::light(1.0).paper);
        assert!(light(palette.flat(true)) < light(palette.shade(true, 1.0)));
    }

    #[test]
    fn what_diverges_and_what_left_float32_are_told_from_the_paper() {
        for theme in [Theme::light(1.0), Theme::dark(1.0)] {
            let palette = Palette::on(theme.paper);
            assert!(contrast(palette.flat(true), theme.paper) > 1.5, "{:?}", theme.paper);
            assert!(contrast(palette.shade(true, 1.0), theme.paper) > 1.3, "{:?}", theme.paper);
            // and where that is little, the line around it
            assert!(contrast(theme.muted, theme.paper) > 3.0);
        }
    }
}
