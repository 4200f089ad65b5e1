//! The legend of a map: a bar of colours for either side of the border, with numbers below it. The bars are side by side, or, where there is little room for
//! their names, one below the other.

use plotters::style::RGBColor;
use plotters::style::text_anchor::{HPos, VPos};

use super::palette::Palette;
use super::ranks::Ranks;
use super::{HeatMap, Shades};
use crate::base::words::rounded;
use crate::plot::PlotError;
use crate::plot::polyline::Rect;
use crate::plot::sheet::{Sheet, shortened, width_of};

/// How high one bar is with its name and its numbers, in units of the size of text.
const HEIGHT: f64 = 4.2;
/// How far below the first bar the second one is where they are not side by side.
const ROW: f64 = 3.9;
/// Blocks of a bar of ranks.
const BLOCKS: usize = 40;
/// How much of the width the bar before the border has where the two are side by side.
const SHARE: f64 = 0.58;
/// What is little room for two, in units of the size of text.
const NARROW: f64 = 32.0;
/// What is left of the names' usual size.
const NAMES: f64 = 0.93;
/// About how much of the picture's width lies beside the map.
const BESIDE: f64 = 4.4;

/// What the colours on one side of the border stand for.
pub(super) struct Bar {
    pub shades: Shades,
    pub ranks: Ranks,
}

impl Bar {
    /// Where on its bar a number lies, from 0 to 1; none where it is not finite.
    pub fn level(&self, value: f32) -> Option<f64> {
        match self.shades {
            Shades::Ranks => self.ranks.level(value),
            Shades::Parts(of) => {
                let count = f64::from(value) * f64::from(of);
                value.is_finite().then(|| (count - 1.0) / f64::from(of.max(2) - 1))
            }
        }
    }

    /// The levels of its blocks. A bar of ranks has the colours that cells have, each as long as there are many of them.
    fn blocks(&self) -> Vec<f64> {
        match self.shades {
            Shades::Ranks => {
                let ranks = (0..BLOCKS).map(|block| block as f64 / (BLOCKS - 1) as f64);
                ranks.filter_map(|rank| self.ranks.level(self.ranks.at(rank)?)).collect()
            }
            Shades::Parts(of) => (0..of).map(|count| f64::from(count) / f64::from(of.max(2) - 1)).collect(),
        }
    }

    /// The numbers below it where there is room for `room` of them, each with its place from 0 to 1.
    fn marks(&self, room: f64) -> Vec<(f64, String)> {
        let marks: &[f64] = if room > 5.0 {
            &[0.0, 0.25, 0.5, 0.75, 1.0]
        } else if room > 3.0 {
            &[0.0, 0.5, 1.0]
        } else if room > 1.8 {
            &[0.0, 1.0]
        } else {
            &[1.0]
        };
        let mark = |&mark: &f64| match self.shades {
            Shades::Ranks => Some((mark, rounded(f64::from(self.ranks.at(mark)?), 2))),
            Shades::Parts(of) => {
                let count = (mark * f64::from(of)).round().max(1.0);
                Some(((count - 0.5) / f64::from(of), count.to_string()))
            }
        };
        let mut marks: Vec<(f64, String)> = marks.iter().filter_map(mark).collect();
        // where many are equal, the number stands once
        marks.dedup_by(|next, before| next.1 == before.1);
        marks
    }
}

/// Whether the bars are one below the other.
fn is_stacked(sheet: &Sheet<'_>, chart: &HeatMap<'_>) -> bool {
    let width = sheet.size().0 - sheet.em(BESIDE);
    let shares = [SHARE, 1.0 - SHARE].map(|share| share * width - sheet.em(0.8));
    let is_long = |(name, room): (&&str, f64)| width_of(name, small(sheet) * NAMES) > room;
    width < sheet.em(NARROW) || chart.names.iter().zip(shares).any(is_long)
}

/// How high the legend is, in units of the size of text.
pub(super) fn height(sheet: &Sheet<'_>, chart: &HeatMap<'_>) -> f64 {
    HEIGHT + if is_stacked(sheet, chart) { ROW } else { 0.0 }
}

/// The size of its text.
fn small(sheet: &Sheet<'_>) -> f64 {
    sheet.theme.text - 1.0
}

/// Draws it below the map.
pub(super) fn draw(
    sheet: &Sheet<'_>,
    chart: &HeatMap<'_>,
    rect: &Rect,
    bars: &[Bar; 2],
    palette: &Palette,
) -> Result<(), PlotError> {
    let gap = sheet.em(1.6);
    let middle = rect.left + (rect.right - rect.left) * SHARE;
    let places = if is_stacked(sheet, chart) {
        [(rect.left, rect.right, rect.bottom), (rect.left, rect.right, rect.bottom + sheet.em(ROW))]
    } else {
        [(rect.left, middle - gap / 2.0, rect.bottom), (middle + gap / 2.0, rect.right, rect.bottom)]
    };
    let is_flat = |beyond: bool| {
        let side = chart.cells.iter().flatten();
        side.filter(|heat| heat.beyond == beyond).any(|heat| !heat.value.is_finite())
    };
    for (beyond, (left, right, bottom)) in [false, true].into_iter().zip(places) {
        let bar = &bars[usize::from(beyond)];
        let name = shortened(chart.names[usize::from(beyond)], small(sheet) * NAMES, right - left);
        let head = (left, heights(sheet, bottom)[0]);
        sheet.text(&name, head, small(sheet), &sheet.theme.ink, (HPos::Left, VPos::Top))?;
        let flat = Some(chart.flat[usize::from(beyond)]).filter(|name| !name.is_empty() && is_flat(beyond));
        let Some(flat) = flat else {
            one(sheet, (left, right), bottom, (beyond, bar), palette)?;
            continue;
        };
        let width = width_of(flat, small(sheet)).max(sheet.em(2.0));
        // alone, it stands where the bar would
        let from = if bar.ranks.at(0.0).is_some() { right - width } else { left };
        swatch(sheet, (from, bottom), (from + width, flat), palette.flat(beyond))?;
        if from > left {
            one(sheet, (left, from - sheet.em(0.8)), bottom, (beyond, bar), palette)?;
        }
    }
    Ok(())
}

/// The heights of name, bar and numbers below the map.
fn heights(sheet: &Sheet<'_>, bottom: f64) -> [f64; 4] {
    [3.35, 4.85, 5.75, 6.0].map(|em| bottom + sheet.em(em))
}

fn one(
    sheet: &Sheet<'_>,
    (left, right): (f64, f64),
    bottom: f64,
    (beyond, bar): (bool, &Bar),
    palette: &Palette,
) -> Result<(), PlotError> {
    let theme = sheet.theme;
    let [_, top, low, numbers] = heights(sheet, bottom);
    if bar.ranks.at(0.0).is_none() {
        return sheet.text("none", (left, top), small(sheet), &theme.muted, (HPos::Left, VPos::Top));
    }
    let blocks = bar.blocks();
    let block = (right - left) / blocks.len().max(1) as f64;
    for (index, level) in blocks.into_iter().enumerate() {
        let x = left + index as f64 * block;
        sheet.block((x, top), (x + block, low), &palette.shade(beyond, level))?;
    }
    for (place, text) in bar.marks((right - left) / width_of("1.2e−12 ", small(sheet))) {
        let anchor = if place == 0.0 {
            HPos::Left
        } else if place == 1.0 {
            HPos::Right
        } else {
            HPos::Center
        };
        let at = (left + place * (right - left), numbers);
        sheet.text(&text, at, small(sheet), &theme.muted, (anchor, VPos::Top))?;
    }
    Ok(())
}

/// A block of one colour with its name below.
fn swatch(
    sheet: &Sheet<'_>,
    (left, bottom): (f64, f64),
    (right, name): (f64, &str),
    color: RGBColor,
) -> Result<(), PlotError> {
    let [_, top, low, numbers] = heights(sheet, bottom);
    sheet.block((left, top), (right, low), &color)?;
    sheet.outline((left, top), (right, low), &sheet.theme.muted)?;
    let at = (f64::midpoint(left, right), numbers);
    sheet.text(name, at, small(sheet), &sheet.theme.muted, (HPos::Center, VPos::Top))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(shades: Shades, values: &[f32]) -> Bar {
        Bar { shades, ranks: Ranks::new(values.iter().copied()) }
    }

    #[test]
    fn a_bar_of_ranks_has_the_colours_of_the_cells_and_no_other() {
        let mut values = vec![1.0; 300];
        values.extend((0..100).map(|value| 2.0 + value as f32));
        let bar = bar(Shades::Ranks, &values);
        let levels: Vec<f64> = values.iter().filter_map(|value| bar.level(*value)).collect();
        let blocks = bar.blocks();
        assert_eq!(blocks.len(), BLOCKS);
        assert!(blocks.iter().all(|block| levels.contains(block)), "{blocks:?}");
        // as long as there are many of them
        let equal = blocks.iter().filter(|block| Some(**block) == bar.level(1.0)).count();
        assert_eq!(equal, BLOCKS * 3 / 4);
        let marks = bar.marks(6.0);
        assert_eq!(marks.iter().map(|(place, _)| *place).collect::<Vec<_>>(), [0.0, 1.0], "{marks:?}");
    }

    #[test]
    fn one_shuffle_that_diverges_looks_other_than_all_of_them() {
        let bar = bar(Shades::Parts(16), &[0.0625, 1.0, 1.0, 1.0]);
        assert_eq!([0.0625, 1.0].map(|part| bar.level(part)), [Some(0.0), Some(1.0)]);
        assert_eq!(bar.blocks().len(), 16);
        let marks: Vec<String> = bar.marks(6.0).into_iter().map(|(_, text)| text).collect();
        assert_eq!(marks, ["1", "4", "8", "12", "16"]);
    }
}
