//! The colours of a map: blue to pale before the border, dark brown beyond it. Everything beyond is darker than everything before, so that a print in grey shows
//! the border; blue and brown are told apart by colour-blind people.

use plotters::style::RGBColor;

/// Before the border, from the least value to the largest.
pub(super) const INSIDE: [[u8; 3]; 6] = [
    [0x2a, 0x6f, 0xb3],
    [0x3a, 0x97, 0xc4],
    [0x5f, 0xbc, 0xc9],
    [0x97, 0xd6, 0xc4],
    [0xcd, 0xeb, 0xc3],
    [0xf3, 0xf7, 0xdc],
];
/// Beyond it.
const BEYOND: [[u8; 3]; 4] = [[0x8f, 0x35, 0x08], [0x72, 0x28, 0x06], [0x55, 0x1e, 0x06], [0x3d, 0x16, 0x06]];
/// Shades of each; more are not told apart.
const LEVELS: f64 = 40.0;

/// The colour of a rank from 0 to 1.
pub(super) fn shade(beyond: bool, rank: f64) -> RGBColor {
    let stops: &[[u8; 3]] = if beyond { &BEYOND } else { &INSIDE };
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
pub(super) fn flat(beyond: bool) -> RGBColor {
    if beyond { RGBColor(0x26, 0x10, 0x09) } else { RGBColor(0xe4, 0xe2, 0xda) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::contrast;

    /// Luminance from 0 to 1, by way of the contrast with black.
    fn light(color: RGBColor) -> f64 {
        (contrast(color, RGBColor(0, 0, 0)) - 1.0) * 0.05
    }

    #[test]
    fn grey_tells_both_sides_and_the_order_on_each() {
        let ranks = || (0..=40).map(|rank| f64::from(rank) / 40.0);
        let inside: Vec<f64> = ranks().map(|rank| light(shade(false, rank))).collect();
        let beyond: Vec<f64> = ranks().map(|rank| light(shade(true, rank))).collect();
        assert!(inside.is_sorted_by(|a, b| a < b), "{inside:?}");
        assert!(beyond.is_sorted_by(|a, b| a > b), "{beyond:?}");
        assert!(contrast(shade(false, 0.0), shade(true, 0.0)) > 1.5);
        assert!(light(flat(true)) < *beyond.last().unwrap());
    }
}
