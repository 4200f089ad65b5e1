//! The strip of an epoch: a cell for each batch, the last one shorter where N is no multiple of the batch size.

use plotters::style::Color;

use crate::plot::sheet::{Paper, Sheet};
use crate::plot::{Look, PlotError, Theme};

/// Cells that are narrower than this, in CSS pixels, are drawn as one bar.
const NARROW: f64 = 3.0;

/// The batches of an epoch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EpochStrip {
    /// The number of samples N.
    pub samples: usize,
    /// Samples in a batch.
    pub batch_size: usize,
    /// The batch of the step, counted from 0; none between epochs.
    pub current: Option<usize>,
    /// Hue of the approach whose step it is.
    pub look: Look,
}

impl EpochStrip {
    /// How many batches an epoch has: ⌈N/B⌉.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.samples.div_ceil(self.batch_size.max(1))
    }

    /// The samples of a batch, as positions in the order of the epoch.
    #[must_use]
    pub fn cell(&self, index: usize) -> std::ops::Range<usize> {
        let first = index.saturating_mul(self.batch_size.max(1)).min(self.samples);
        first..first.saturating_add(self.batch_size.max(1)).min(self.samples)
    }

    /// One sentence for a screen reader.
    #[must_use]
    pub fn summary(&self) -> String {
        let (cells, last) = (self.cells(), self.cell(self.cells().saturating_sub(1)).len());
        let batches = if cells == 1 { "1 batch".to_owned() } else { format!("{cells} batches") };
        let sizes = match (cells, last == self.batch_size) {
            (0, _) => "no samples".to_owned(),
            (1, _) => format!("{batches} of {last}"),
            (_, true) => format!("{batches} of {last} samples"),
            (_, false) => format!("{batches} of {} samples, the last of {last}", self.batch_size),
        };
        match self.current.filter(|current| *current < cells) {
            Some(current) => format!("The epoch has {sizes}; this is batch {}.", current + 1),
            None => format!("The epoch has {sizes}."),
        }
    }
}

/// Where the batches lie on the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StripFrame {
    strip: EpochStrip,
    width: f64,
}

impl StripFrame {
    /// The left and the right edge of a cell, in CSS pixels; cells are as wide as they have samples.
    #[must_use]
    pub fn edges(&self, cell: usize) -> (f64, f64) {
        let samples = self.strip.cell(cell);
        let x = |samples: usize| self.width * samples as f64 / self.strip.samples.max(1) as f64;
        (x(samples.start), x(samples.end))
    }

    /// The batch at a horizontal place, in CSS pixels; none where there are no batches.
    #[must_use]
    pub fn cell_at(&self, x: f64) -> Option<usize> {
        let last = self.strip.cells().checked_sub(1)?;
        let position = (x / self.width.max(1.0)).clamp(0.0, 1.0) * self.strip.samples as f64;
        Some((position as usize / self.strip.batch_size.max(1)).min(last))
    }
}

/// Draws the strip over the whole area: batches that were used, the current one filled, those to come in outline.
///
/// # Errors
/// The back end refuses a stroke.
pub fn epoch_strip(paper: &dyn Paper, strip: &EpochStrip, theme: &Theme) -> Result<StripFrame, PlotError> {
    let sheet = Sheet::new(paper, theme)?;
    let (width, height) = sheet.size();
    let frame = StripFrame { strip: *strip, width };
    let cells = strip.cells();
    let current = strip.current.filter(|current| *current < cells);
    let hue = &strip.look.color;
    if cells as f64 * NARROW > width {
        let (start, end) = current.map_or((0.0, 0.0), |current| frame.edges(current));
        sheet.block((0.0, 0.0), (width, height), &theme.ink.mix(0.12))?;
        sheet.block((0.0, 0.0), (start, height), &hue.mix(0.45))?;
        if current.is_some() {
            let half = ((end - start) / 2.0).max(1.0);
            let middle = f64::midpoint(start, end).clamp(half, (width - half).max(half));
            sheet.block((middle - half, 0.0), (middle + half, height), hue)?;
        }
        return Ok(frame);
    }
    for cell in 0..cells {
        let (left, right) = frame.edges(cell);
        let right = if cell + 1 < cells { right - 1.0 } else { right };
        let color = match current {
            Some(current) if cell == current => hue.to_rgba(),
            Some(current) if cell < current => hue.mix(0.45),
            _ => theme.ink.mix(0.12),
        };
        sheet.block((left, 0.0), (right.max(left + 1.0), height), &color)?;
    }
    Ok(frame)
}
