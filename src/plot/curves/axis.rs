//! The axis of steps: what part of a run is shown, in which unit, and where a step lies.

use plotters::style::text_anchor::{HPos, VPos};

use crate::plot::PlotError;
use crate::plot::axes::{grouped, plain, round_ticks};
use crate::plot::scale::Scale;
use crate::plot::sheet::{Sheet, width_of};

/// In what steps are counted on the axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum StepUnit {
    /// Steps: batches.
    #[default]
    Steps,
    /// Epochs: passes over the data.
    Epochs,
}

impl StepUnit {
    /// What one of them is called.
    const fn name(self) -> &'static str {
        match self {
            Self::Steps => "step",
            Self::Epochs => "epoch",
        }
    }
}

/// The axis of steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepAxis {
    /// Steps in the whole run.
    pub total: usize,
    /// Steps in an epoch.
    pub per_epoch: usize,
    /// In what they are counted.
    pub unit: StepUnit,
    /// The first and the last step that are shown; all of them where there is none.
    pub window: Option<(usize, usize)>,
}

impl StepAxis {
    /// A whole run.
    #[must_use]
    pub fn new(total: usize, per_epoch: usize) -> Self {
        Self { total, per_epoch, unit: StepUnit::Steps, window: None }
    }

    /// The first and the last step shown: within the run, and at least one step apart.
    #[must_use]
    pub fn range(&self) -> (usize, usize) {
        let total = self.total.max(1);
        let (a, b) = self.window.unwrap_or((0, total));
        let (from, to) = (a.min(b).min(total - 1), a.max(b).min(total));
        (from, to.max(from + 1))
    }

    /// The axis after zooming so that `factor` times as many steps are shown, with the step `about` kept where it is; all of them
    /// where it would be more.
    #[must_use]
    pub fn zoomed(&self, about: usize, factor: f64) -> Self {
        let (from, to) = self.range();
        let total = self.total.max(1);
        let span = (to - from) as f64;
        let wished = if factor.is_finite() { span * factor.max(0.0) } else { span };
        // a factor near 1 still changes a short window, so that small turns of a wheel add up
        let wished = if factor > 1.0 { wished.ceil() } else { wished.floor() };
        let wished = (wished as usize).clamp(1, total);
        let part = (about.clamp(from, to) - from) as f64 / span;
        let first = about.clamp(from, to) as f64 - part * wished as f64;
        let first = (first.round().max(0.0) as usize).min(total - wished);
        Self { window: (wished < total).then_some((first, first + wished)), ..*self }
    }

    /// The axis with its window moved by this many steps, as far as the run reaches.
    #[must_use]
    pub fn moved(&self, by: i64) -> Self {
        let (from, to) = self.range();
        let room = self.total.max(1) - (to - from);
        let by = isize::try_from(by).unwrap_or(if by < 0 { isize::MIN } else { isize::MAX });
        let first = from.saturating_add_signed(by).min(room);
        Self { window: self.window.map(|_| (first, first + (to - from))), ..*self }
    }

    fn epochs(&self, step: usize) -> f64 {
        step as f64 / self.per_epoch.max(1) as f64
    }

    /// What the axis counts, and which part of the run it shows.
    #[must_use]
    pub fn title(&self) -> String {
        let count =
            |count: usize, noun: &str| format!("{} {noun}{}", grouped(count as f64), if count == 1 { "" } else { "s" });
        let (from, to) = self.range();
        let part = self.window.is_some() && (from, to) != (0, self.total.max(1));
        match (self.unit, part) {
            (StepUnit::Steps, false) => {
                let epochs = self.total / self.per_epoch.max(1);
                format!("step ({} of {})", count(epochs, "epoch"), count(self.per_epoch.max(1), "step"))
            }
            (StepUnit::Steps, true) => {
                format!("step, {} to {} of {}", grouped(from as f64), grouped(to as f64), grouped(self.total as f64))
            }
            (StepUnit::Epochs, false) => format!("epoch (of {})", count(self.per_epoch.max(1), "step")),
            (StepUnit::Epochs, true) => {
                let short = |step: usize| {
                    plain(
                        (self.epochs(step) * 100.0).round() / 100.0,
                        if step.is_multiple_of(self.per_epoch.max(1)) { 1.0 } else { 0.01 },
                    )
                };
                let whole = self.total.div_ceil(self.per_epoch.max(1));
                format!("epoch, {} to {} of {}", short(from), short(to), grouped(whole as f64))
            }
        }
    }
}

/// Where the data of a chart of curves lie on the picture, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// The first step shown.
    pub left: f64,
    /// The largest value.
    pub top: f64,
    /// The last step shown.
    pub right: f64,
    /// The smallest value.
    pub bottom: f64,
    /// The first step shown.
    pub from: usize,
    /// The last step shown.
    pub to: usize,
    pub(super) scale: Scale,
}

impl Frame {
    /// The horizontal place of a step.
    #[must_use]
    pub fn x_of_step(&self, step: usize) -> f64 {
        self.left + (self.right - self.left) * (step as f64 - self.from as f64) / (self.to - self.from).max(1) as f64
    }

    /// The shown step that is nearest to a horizontal place.
    #[must_use]
    pub fn step_at(&self, x: f64) -> usize {
        let fraction = ((x - self.left) / (self.right - self.left).max(1.0)).clamp(0.0, 1.0);
        self.from + (fraction * (self.to - self.from) as f64).round() as usize
    }

    /// Whether a step is shown.
    #[must_use]
    pub fn shows(&self, step: usize) -> bool {
        (self.from..=self.to).contains(&step)
    }

    /// The vertical place of a value; none where it is not finite. It may lie above or below the chart.
    #[must_use]
    pub fn y_of_value(&self, value: f64) -> Option<f64> {
        self.scale.y(value)
    }

    /// The value at a vertical place.
    #[must_use]
    pub fn value_at(&self, y: f64) -> f64 {
        self.scale.value(y)
    }

    /// The smallest and the largest value that the chart has room for: as [`range`](super::CurvesChart::range), they keep the picture still.
    #[must_use]
    pub fn values(&self) -> (f64, f64) {
        self.scale.range()
    }
}

/// Draws the axis below the curves; without its numbers if it is bare.
pub fn draw_step_axis(sheet: &Sheet<'_>, axis: &StepAxis, frame: &Frame, bare: bool) -> Result<(), PlotError> {
    let (theme, bottom) = (sheet.theme, frame.bottom);
    let per_epoch = axis.per_epoch.max(1);
    let epochs = frame.from.div_ceil(per_epoch)..=frame.to / per_epoch;
    let wide = (frame.right - frame.left) * per_epoch as f64 / (frame.to - frame.from) as f64;
    if per_epoch > 1 && wide >= sheet.em(0.6) {
        for epoch in epochs.filter(|epoch| *epoch > 0) {
            let x = frame.x_of_step(epoch * per_epoch);
            sheet.rule((x, bottom - sheet.em(0.25)), (x, bottom), &theme.rule)?;
        }
    }
    sheet.rule((frame.left, bottom), (frame.right, bottom), &theme.muted)?;
    if bare {
        return Ok(());
    }
    let unit = if axis.unit == StepUnit::Epochs { per_epoch as f64 } else { 1.0 };
    let (low, high) = (frame.from as f64 / unit, frame.to as f64 / unit);
    let most = ((frame.right - frame.left) / sheet.em(5.6)).max(1.0);
    let (ticks, every) = round_ticks(low, high, if axis.unit == StepUnit::Steps { most.min(high - low) } else { most });
    for tick in ticks.into_iter().filter(|tick| *tick <= high) {
        let x = frame.left + (frame.right - frame.left) * (tick - low) / (high - low);
        sheet.rule((x, bottom), (x, bottom + sheet.em(0.3)), &theme.muted)?;
        let at = (x, bottom + sheet.em(0.5));
        let text = if every >= 1.0 { grouped(tick) } else { plain(tick, every) };
        sheet.text(&text, at, theme.text, &theme.muted, (HPos::Center, VPos::Top))?;
    }
    let (at, size) = ((frame.right, bottom + sheet.em(1.8)), theme.text - 1.0);
    let title = axis.title();
    // a title that would be cut says the unit alone
    let title = if width_of(&title, size) > frame.right { axis.unit.name() } else { title.as_str() };
    sheet.text(title, at, size, &theme.muted, (HPos::Right, VPos::Top))
}
