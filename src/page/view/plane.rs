//! How the plane of parameters is drawn: [`PlaneView`], with its [`Axes`] and the [`Area`] that is zoomed in on.

/// Which two numbers of the parameters the plane shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Axes {
    /// What suits their number: both of two, the leading eigenvectors of more.
    #[default]
    Natural,
    /// Two of the parameters, counted from 0.
    Pair(usize, usize),
}

/// A part of the plane that is zoomed in on, in its coordinates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Left and bottom.
    pub low: (f64, f64),
    /// Right and top, greater than those.
    pub high: (f64, f64),
}

impl Area {
    /// Whether there is something to see: finite, and neither so small that no float lies in it nor so large that none can be told apart.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let spans = [self.high.0 - self.low.0, self.high.1 - self.low.1];
        let farthest =
            [self.low.0, self.low.1, self.high.0, self.high.1].iter().fold(0.0_f64, |far, end| far.max(end.abs()));
        spans.iter().all(|span| span.is_finite() && *span >= AREA_SPANS.0.max(farthest * 1e-6) && *span <= AREA_SPANS.1)
    }

    /// The part that is seen after zooming so that `factor` times as much is shown, with the place `about` kept where it is. Stays as it is where there would
    /// be nothing to see.
    #[must_use]
    pub fn zoomed(self, about: (f64, f64), factor: f64) -> Self {
        let grown = |end: f64, about: f64| about + (end - about) * factor;
        self.or_kept(Self {
            low: (grown(self.low.0, about.0), grown(self.low.1, about.1)),
            high: (grown(self.high.0, about.0), grown(self.high.1, about.1)),
        })
    }

    /// The part beside it, moved by so much.
    #[must_use]
    pub fn moved(self, (right, up): (f64, f64)) -> Self {
        self.or_kept(Self { low: (self.low.0 + right, self.low.1 + up), high: (self.high.0 + right, self.high.1 + up) })
    }

    fn or_kept(self, next: Self) -> Self {
        if next.is_valid() { next } else { self }
    }
}

/// The smallest and the largest span of an [`Area`].
const AREA_SPANS: (f64, f64) = (1e-6, 1e9);

/// How the plane of parameters is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlaneView {
    /// What the plane shows.
    pub axes: Axes,
    /// The part of the plane that is zoomed in on.
    pub area: Option<Area>,
    /// Whether the plane shows the contours of the current batch's loss.
    pub batch_contours: bool,
    /// Whether the path of gradient descent on the full batch lies behind the others in the plane.
    pub full_batch: bool,
    /// Whether the last iterates are dots with the ellipse of their spread.
    pub spread: bool,
}
