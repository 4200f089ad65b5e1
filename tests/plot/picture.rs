//! A drawing as its SVG tells it.

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::prelude::{IntoDrawingArea, SVGBackend};
use thetahat::lecture::run::recording::{Chunk, Problem};
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::Config;

/// An SVG and what its drawing gave.
pub struct Picture<T> {
    pub svg: String,
    pub size: (u32, u32),
    pub gave: T,
}

/// One text of a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    pub words: String,
    pub x: f64,
    pub y: f64,
    pub anchor: String,
    pub size: f64,
}

impl Text {
    /// Its left and right end, by the width that the charts reckon with.
    pub fn extent(&self) -> (f64, f64) {
        let wide =
            0.58 * self.size * self.words.chars().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).count() as f64;
        match self.anchor.as_str() {
            "end" => (self.x - wide, self.x),
            "middle" => (self.x - wide / 2.0, self.x + wide / 2.0),
            _ => (self.x, self.x + wide),
        }
    }
}

pub fn draw<T>(size: (u32, u32), f: impl FnOnce(&DrawingArea<SVGBackend<'_>, Shift>) -> T) -> Picture<T> {
    let mut svg = String::new();
    let gave = f(&SVGBackend::with_string(&mut svg, size).into_drawing_area());
    Picture { svg, size, gave }
}

pub fn attribute(tag: &str, name: &str) -> Option<String> {
    tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next().map(str::to_owned)
}

pub fn number(tag: &str, name: &str) -> f64 {
    attribute(tag, name).and_then(|text| text.parse().ok()).unwrap_or(f64::NAN)
}

impl<T> Picture<T> {
    /// The tags of a kind, with their attributes, in the order in which they are drawn.
    pub fn tags<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a str> {
        let open = format!("<{kind} ");
        self.svg.lines().filter(move |line| line.starts_with(&open))
    }

    pub fn texts(&self) -> Vec<Text> {
        let parts = self.svg.split("<text").skip(1);
        let text = |part: &str| {
            let (tag, rest) = part.split_once('>')?;
            let text = rest.split_once("</text>")?.0.trim().to_owned();
            let anchor = attribute(tag, "text-anchor")?;
            Some(Text {
                words: text,
                x: number(tag, "x"),
                y: number(tag, "y"),
                anchor,
                size: 1.24 * number(tag, "font-size"),
            })
        };
        parts.filter_map(text).collect()
    }

    pub fn words(&self) -> Vec<String> {
        self.texts().into_iter().map(|text| text.words).collect()
    }

    pub fn has(&self, text: &str) -> bool {
        self.words().iter().any(|word| word == text)
    }

    /// The polylines with their colours.
    pub fn lines(&self) -> Vec<(String, Vec<(f64, f64)>)> {
        self.tags("polyline").map(|tag| (attribute(tag, "stroke").expect("a colour"), points(tag))).collect()
    }

    /// The corners of filled shapes.
    pub fn shapes(&self) -> Vec<Vec<(f64, f64)>> {
        self.tags("polygon").map(points).collect()
    }

    /// How many marks of a kind have this colour, filled or not.
    pub fn count(&self, kind: &str, color: plotters::style::RGBColor) -> usize {
        let color = hex(color);
        self.tags(kind).filter(|tag| tag.contains(&color)).count()
    }
}

fn points(tag: &str) -> Vec<(f64, f64)> {
    let coordinate = |text: &str| text.parse::<f64>().expect("a number");
    let points = attribute(tag, "points").expect("points");
    let pairs = points.split_whitespace().filter_map(|pair| pair.split_once(','));
    pairs.map(|(x, y)| (coordinate(x), coordinate(y))).collect()
}

pub fn hex(color: plotters::style::RGBColor) -> String {
    format!("#{:02X}{:02X}{:02X}", color.0, color.1, color.2)
}

/// A whole run.
pub fn run(config: &Config) -> (Problem, Chunk) {
    let mut trainer = Trainer::new(config).expect("a valid configuration");
    let steps = trainer.advance(usize::MAX).expect("steps");
    (trainer.problem().clone(), steps)
}
