//! Long series and polylines made short: what is drawn of them has no more points than the picture has pixels to show.

use super::Pixel;

/// At most two values for each of `columns` equal stretches of a series, with their indices in ascending order: the smallest and the largest finite
/// one, so that no peak is lost, and the first and last value of all. Where a stretch has values that are not finite, the first of them is kept, too.
#[must_use]
pub fn decimate(values: &[f32], columns: usize) -> Vec<(usize, f32)> {
    let columns = columns.max(1);
    if values.len() <= 2 * columns {
        return values.iter().copied().enumerate().collect();
    }
    let mut kept = Vec::with_capacity(2 * columns + 2);
    let mut keep = |index: usize| {
        if kept.last().is_none_or(|&(last, _)| last < index) {
            kept.push((index, values[index]));
        }
    };
    keep(0);
    for column in 0..columns {
        let (from, to) = (column * values.len() / columns, (column + 1) * values.len() / columns);
        let (mut low, mut high, mut gap) = (None::<usize>, None::<usize>, None::<usize>);
        for index in from..to {
            let value = values[index];
            if !value.is_finite() {
                gap = gap.or(Some(index));
                continue;
            }
            low = low.filter(|&at| values[at] <= value).or(Some(index));
            high = high.filter(|&at| values[at] >= value).or(Some(index));
        }
        let mut picks = [low, high, gap];
        picks.sort_unstable();
        picks.into_iter().flatten().for_each(&mut keep);
    }
    keep(values.len() - 1);
    kept
}

/// A rectangle, in CSS pixels.
#[derive(Clone, Copy, Debug)]
pub struct Rect {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Rect {
    pub fn contains(&self, (x, y): Pixel) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    /// The part of a straight line that lies within, by Liang and Barsky's method.
    pub fn clip(&self, from: Pixel, to: Pixel) -> Option<(Pixel, Pixel)> {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let (mut enter, mut leave) = (0.0f64, 1.0f64);
        let sides = [
            (-dx, from.0 - self.left),
            (dx, self.right - from.0),
            (-dy, from.1 - self.top),
            (dy, self.bottom - from.1),
        ];
        for (run, room) in sides {
            if run == 0.0 {
                if room < 0.0 {
                    return None;
                }
            } else if run < 0.0 {
                enter = enter.max(room / run);
            } else {
                leave = leave.min(room / run);
            }
        }
        let at = |part: f64| (from.0 + part * dx, from.1 + part * dy);
        if enter <= leave { Some((at(enter), at(leave))) } else { None }
    }

    /// The pieces of a polyline that lie within.
    pub fn pieces(&self, points: &[Pixel]) -> Vec<Vec<Pixel>> {
        let mut pieces: Vec<Vec<Pixel>> = Vec::new();
        for pair in points.windows(2) {
            let finite = [pair[0].0, pair[0].1, pair[1].0, pair[1].1].iter().all(|x| x.is_finite());
            let Some((from, to)) = finite.then(|| self.clip(pair[0], pair[1])).flatten() else { continue };
            match pieces.last_mut() {
                Some(piece) if piece.last() == Some(&from) => piece.push(to),
                _ => pieces.push(vec![from, to]),
            }
        }
        pieces
    }
}

/// The points that are at least `gap` away from the one before, and the last.
pub fn thin(points: impl Iterator<Item = Pixel>, gap: f64) -> Vec<Pixel> {
    let mut kept: Vec<Pixel> = Vec::new();
    let mut last = None;
    for point in points {
        last = Some(point);
        if kept.last().is_none_or(|before| (point.0 - before.0).hypot(point.1 - before.1) >= gap) {
            kept.push(point);
        }
    }
    match last {
        Some(last) if kept.last() != Some(&last) => kept.push(last),
        _ => {}
    }
    kept
}

/// A polyline cut into dashes of length `on` with gaps of length `off`.
pub fn dashes(points: &[Pixel], on: f64, off: f64) -> Vec<Vec<Pixel>> {
    let mut pieces = Vec::new();
    let mut piece: Vec<Pixel> = points.first().copied().into_iter().collect();
    let (mut drawing, mut left) = (true, on);
    for pair in points.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        loop {
            let (dx, dy) = (to.0 - from.0, to.1 - from.1);
            let length = dx.hypot(dy);
            if length <= left {
                left -= length;
                if drawing {
                    piece.push(to);
                }
                break;
            }
            from = (from.0 + dx / length * left, from.1 + dy / length * left);
            if drawing {
                piece.push(from);
                pieces.push(std::mem::take(&mut piece));
            } else {
                piece = vec![from];
            }
            drawing = !drawing;
            left = if drawing { on } else { off };
        }
    }
    if drawing {
        pieces.push(piece);
    }
    pieces
}
