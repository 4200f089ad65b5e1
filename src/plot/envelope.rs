//! Long series made short without changing the picture: of each column of pixels only the first, the lowest, the highest and the last value are
//! drawn, after [M4](https://doi.org/10.14778/2732951.2732953).
//!
//! Back ends draw between whole pixels. All points of a column stand one above the other there, so lines between them cover the same
//! pixels whichever are left out between the lowest and the highest.

use std::ops::Range;

/// How many steps share a column of pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decimation {
    /// Steps that are shown.
    pub steps: usize,
    /// Columns of device pixels that show them.
    pub columns: usize,
}

impl Decimation {
    /// Steps for each column of pixels; 1 where every step has a column of its own.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        (self.steps as f64 / self.columns.max(1) as f64).max(1.0)
    }

    /// Whether some steps share a column, so that not every one is drawn.
    #[must_use]
    pub fn is_needed(&self) -> bool {
        self.steps > self.columns
    }
}

/// The indices of `range` that are drawn: of each column the first, the lowest, the highest and the last value, in ascending order.
///
/// `column` returns the column of an index and never falls.
#[must_use]
pub fn envelope(values: &[f32], range: Range<usize>, column: impl Fn(usize) -> i32) -> Vec<usize> {
    let range = range.start.min(values.len())..range.end.min(values.len());
    let mut kept = Vec::new();
    let mut start = range.start;
    let mut guess = 1;
    while start < range.end {
        let end = column_end(start, range.end, guess, &column);
        guess = end - start;
        let (mut low, mut high) = (start, start);
        for index in start + 1..end {
            if values[index] < values[low] {
                low = index;
            } else if values[index] > values[high] {
                high = index;
            }
        }
        for index in [start, low.min(high), low.max(high), end - 1] {
            if kept.last() != Some(&index) {
                kept.push(index);
            }
        }
        start = end;
    }
    kept
}

/// Where the column that begins at `start` ends, looked for near `guess` indices on: columns are about equally wide.
fn column_end(start: usize, limit: usize, guess: usize, column: &impl Fn(usize) -> i32) -> usize {
    let own = column(start);
    let is_over = |index: usize| index >= limit || column(index) > own;
    let (mut within, mut reach) = (start, guess.max(1));
    let mut over = (start + reach).min(limit);
    while !is_over(over) {
        within = over;
        over = (over + reach).min(limit);
        reach *= 2;
    }
    // the end of the last column is near the end of this one
    if within == start && over > start + 2 && !is_over(over - 2) {
        within = over - 2;
    }
    while over - within > 1 {
        let middle = usize::midpoint(within, over);
        if is_over(middle) {
            over = middle;
        } else {
            within = middle;
        }
    }
    over
}
