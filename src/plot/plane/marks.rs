//! What stands in the plane: the starts of the runs, the true parameters, the least-squares solution, and their names.

use plotters::style::RGBColor;
use plotters::style::text_anchor::{HPos, VPos};

use crate::plot::polyline::{Rect, distance, on_circle};
use crate::plot::sheet::{Sheet, width_of};
use crate::plot::{Look, Pixel, PlotError, Role};

use super::{PlaneChart, PlaneFrame};

/// Marks that are closer than this, in times the size of text, share a name.
const TOGETHER: f64 = 1.1;

/// A place where one or more runs start.
struct Start {
    at: Pixel,
    labels: Vec<String>,
    looks: Vec<Look>,
    role: Role,
}

/// A name beside a mark.
struct Name {
    text: String,
    at: Pixel,
    color: RGBColor,
    anchor: (HPos, VPos),
}

/// The marks of a plane.
pub struct Marks {
    starts: Vec<Start>,
    goal: Pixel,
    least: Pixel,
    names: Vec<Name>,
    together: bool,
    /// Whether the star and the plus lie in the part that is shown.
    inside: [bool; 2],
}

impl Marks {
    pub fn new(sheet: &Sheet<'_>, chart: &PlaneChart<'_>, frame: &PlaneFrame) -> Self {
        let goal = frame.to_pixel(frame.project(&chart.problem.theta));
        let least = frame.to_pixel(frame.projection.of_f64(&chart.problem.least_squares));
        let mut marks = Self {
            starts: starts(sheet, chart, frame),
            goal,
            least,
            names: Vec::new(),
            together: near(goal, least, sheet.em(TOGETHER)),
            inside: [goal, least].map(|place| frame.rect().contains(place)),
        };
        marks.names = marks.named(sheet, frame.rect());
        marks
    }

    /// Where they are, for what must keep clear.
    pub fn places(&self) -> Vec<Pixel> {
        let names = self.names.iter().map(|name| name.at);
        self.starts.iter().map(|start| start.at).chain([self.goal, self.least]).chain(names).collect()
    }

    fn named(&self, sheet: &Sheet<'_>, rect: &Rect) -> Vec<Name> {
        let (theme, size) = (sheet.theme, sheet.theme.text);
        let rightwards = self.starts.first().is_none_or(|start| self.goal.0 >= start.at.0);
        let downwards = self.starts.first().is_some_and(|start| start.at.1 < self.goal.1);
        let beside = |at: Pixel, text: String, wish_right: bool, up: f64, color: RGBColor| {
            // at the goal, clear of the rings of those who have reached it
            let gap = if up == 0.0 { 0.85 } else { 1.3 };
            let wide = width_of(&text, size) + sheet.em(gap);
            let (left, right) = (at.0 - rect.left > wide, rect.right - at.0 > wide);
            let is_right = if wish_right { right || !left } else { right && !left };
            let (x, across) = if is_right { (sheet.em(gap), HPos::Left) } else { (-sheet.em(gap), HPos::Right) };
            // where only the path's side has room, above or below it
            let aside = if downwards { -0.5 } else { 0.5 };
            let up = if is_right == wish_right || up == 0.0 { up } else { aside };
            let down = match up {
                0.0 => VPos::Center,
                _ if up > 0.0 => VPos::Bottom,
                _ => VPos::Top,
            };
            Name { text, at: (at.0 + x, at.1 - sheet.em(up)), color, anchor: (across, down) }
        };
        let alone = self.starts.len() == 1;
        let mut names: Vec<Name> = Vec::new();
        for start in &self.starts {
            let ghost = start.role == Role::Ghost;
            let text = if alone { "θ₀".to_owned() } else { format!("θ₀ {}", start.labels.join(", ")) };
            let color = match start.looks[..] {
                _ if ghost => theme.muted,
                [look] => theme.readable(look.color),
                _ => theme.ink,
            };
            names.push(beside(start.at, text, start.at.0 > self.goal.0, 0.0, color));
        }
        if self.together {
            names.push(beside(self.goal, "θ, θₗₛ".to_owned(), rightwards, 0.25, theme.ink));
        } else {
            let up = if self.goal.1 <= self.least.1 { 0.25 } else { -0.25 };
            for (text, place, up) in [("θ", self.goal, up), ("θₗₛ", self.least, -up)] {
                names.push(beside(place, text.to_owned(), rightwards, up, theme.ink));
            }
        }
        names.retain(|name| rect.contains(name.at));
        names
    }

    /// Keeps the grounds of the names free of what has been drawn.
    pub fn clear(&self, sheet: &Sheet<'_>) -> Result<(), PlotError> {
        self.names.iter().try_for_each(|name| sheet.veil_name(&name.text, name.at, name.anchor))
    }

    /// Draws the marks with their names.
    pub fn draw(&self, sheet: &Sheet<'_>) -> Result<(), PlotError> {
        for start in self.starts.iter().filter(|start| start.role != Role::Ghost) {
            nested(sheet, start.at, &start.looks)?;
        }
        self.draw_goal(sheet)?;
        let size = sheet.theme.text;
        self.names.iter().try_for_each(|name| sheet.text(&name.text, name.at, size, &name.color, name.anchor))
    }

    /// The star and the plus, which nothing hides.
    pub fn draw_goal(&self, sheet: &Sheet<'_>) -> Result<(), PlotError> {
        let [star, plus] = self.inside;
        if star {
            draw_star(sheet, self.goal)?;
        }
        if plus { draw_plus(sheet, self.least, self.together && star) } else { Ok(()) }
    }

    /// Whether a point would hide the star or the plus.
    pub fn hidden_by(&self, sheet: &Sheet<'_>, at: Pixel) -> bool {
        [self.goal, self.least].iter().any(|&mark| near(mark, at, sheet.em(TOGETHER)))
    }
}

fn near(a: Pixel, b: Pixel, reach: f64) -> bool {
    distance(a, b) < reach
}

/// The starts that are shown, those of several runs at one place together, those of ghosts only where no run starts.
fn starts(sheet: &Sheet<'_>, chart: &PlaneChart<'_>, frame: &PlaneFrame) -> Vec<Start> {
    let mut starts: Vec<Start> = Vec::new();
    let ghosts = chart.paths.iter().filter(|path| path.role == Role::Ghost);
    for path in chart.runs().chain(ghosts) {
        let at = frame.to_pixel(frame.project(path.start));
        if !frame.rect().contains(at) {
            continue;
        }
        match starts.iter_mut().find(|start| near(start.at, at, sheet.em(0.4))) {
            Some(start) if path.role == Role::Ghost && start.role != Role::Ghost => {}
            Some(start) => {
                start.labels.push(path.label.to_owned());
                start.looks.push(path.look);
            }
            None => {
                let (labels, looks) = (vec![path.label.to_owned()], vec![path.look]);
                starts.push(Start { at, labels, looks, role: path.role });
            }
        }
    }
    starts
}

/// Hollow markers at one place, each large enough to be seen around the one before.
pub fn nested(sheet: &Sheet<'_>, at: Pixel, looks: &[Look]) -> Result<(), PlotError> {
    for (rank, look) in looks.iter().enumerate().rev() {
        sheet.hollow(at, look.marker, sheet.em(0.3 + 0.24 * rank as f64), &look.color)?;
    }
    Ok(())
}

/// The true parameters.
fn draw_star(sheet: &Sheet<'_>, at: Pixel) -> Result<(), PlotError> {
    let star = |grown: f64| -> Vec<Pixel> {
        let point = |i: u32| {
            let radius = sheet.em(if i.is_multiple_of(2) { 0.7 } else { 0.29 }) * grown;
            let (x, y) = on_circle(std::f64::consts::PI * (f64::from(i) / 5.0 - 0.5));
            (at.0 + radius * x, at.1 + radius * y)
        };
        (0..10).map(point).collect()
    };
    sheet.polygon(&star(1.35), &sheet.theme.paper)?;
    sheet.polygon(&star(1.0), &sheet.theme.ink)
}

/// The least-squares solution: in ink on paper, or cut out of the star where the two meet.
fn draw_plus(sheet: &Sheet<'_>, at: Pixel, on_star: bool) -> Result<(), PlotError> {
    let plus = |arm: f64, color: RGBColor, width: f64| {
        let arm = sheet.em(arm);
        sheet.path(&[(at.0 - arm, at.1), (at.0 + arm, at.1)], &color, width)?;
        sheet.path(&[(at.0, at.1 - arm), (at.0, at.1 + arm)], &color, width)
    };
    let (paper, ink) = (sheet.theme.paper, sheet.theme.ink);
    if on_star {
        return plus(0.4, paper, 1.4);
    }
    plus(0.65, paper, 5.0)?;
    plus(0.55, ink, 2.0)
}
