//! Polylines made fit for drawing: clipped, thinned, cut into dashes.

use crate::jax::libm32;

use super::Pixel;

/// Farther away than this, a point is as good as infinitely far: differences of nearer ones keep their pixels.
const FAR: f64 = 1e9;

/// The point of the unit circle at an angle, in f32: that is more than a drawing shows, and the engine has these functions anyway.
pub fn on_circle(angle: f64) -> Pixel {
    let angle = angle as f32;
    (f64::from(libm32::cos(angle)), f64::from(libm32::sin(angle)))
}

/// The length of a way across and down. Its squares are taken as they are, unlike by `hypot`, which is many times slower: what is so far away that they leave the
/// floats is infinitely far.
pub fn length(dx: f64, dy: f64) -> f64 {
    (dx * dx + dy * dy).sqrt()
}

/// The distance of two points.
pub fn distance(a: Pixel, b: Pixel) -> f64 {
    length(a.0 - b.0, a.1 - b.1)
}

/// A rectangle, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
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
        // an end that is not cut stays as it is, so that pieces join
        let ends = (if enter > 0.0 { at(enter) } else { from }, if leave < 1.0 { at(leave) } else { to });
        (enter <= leave).then_some(ends)
    }

    /// The pieces of a polyline that lie within.
    pub fn pieces(&self, points: &[Pixel]) -> Vec<Vec<Pixel>> {
        let mut pieces: Vec<Vec<Pixel>> = Vec::new();
        for pair in points.windows(2) {
            let finite = [pair[0].0, pair[0].1, pair[1].0, pair[1].1].iter().all(|x| x.is_finite());
            let near = |(x, y): Pixel| (x.clamp(-FAR, FAR), y.clamp(-FAR, FAR));
            let Some((from, to)) = finite.then(|| self.clip(near(pair[0]), near(pair[1]))).flatten() else { continue };
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
        if kept.last().is_none_or(|before| distance(point, *before) >= gap) {
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
            let length = length(dx, dy);
            // a line that leads nowhere, or nearly for ever, is taken whole
            if length <= left || length.is_nan() || length > FAR {
                left = (left - length).max(0.0);
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Values near the end of the floats once made a chart allocate until the memory was full.
    #[test]
    fn lines_from_far_away_are_cut_into_finitely_many_dashes() {
        let rect = Rect { left: 0.0, top: 0.0, right: 300.0, bottom: 200.0 };
        let far = [f64::MAX, f64::MIN, 1e300, -1e20, 1e9, f64::NAN, f64::INFINITY, 0.0, 150.0];
        for (from, to) in far.iter().flat_map(|&y| far.map(|z| ((10.0, y), (z, 100.0)))) {
            for piece in rect.pieces(&[from, to]) {
                let cut = dashes(&piece, 3.0, 4.0);
                assert!(cut.len() < 100, "{from:?} {to:?}: {} dashes", cut.len());
            }
            assert!(dashes(&[from, to], 3e7, 4e7).len() < 100);
        }
    }
}
