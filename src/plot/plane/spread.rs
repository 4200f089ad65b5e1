//! Where a run has been lately: its last iterates as dots, and the ellipse of one standard deviation around their mean.

use plotters::style::Color;
use plotters::style::text_anchor::{HPos, VPos};

use crate::plot::axes::short;
use crate::plot::polyline::{length, on_circle};
use crate::plot::sheet::Sheet;
use crate::plot::{Pixel, PlotError};

use super::{Path, PlaneFrame};

/// The iterates that are looked at, at most: the last recorded ones.
const ITERATES: usize = 200;
/// The fewest that have a spread worth drawing.
const FEWEST: usize = 8;
/// Corners of the ellipse.
const CORNERS: u32 = 72;

/// The mean of places in the plane and how they spread around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Their mean.
    pub mean: (f64, f64),
    /// Their covariance: across, between the two, up.
    pub covariance: [f64; 3],
}

impl Spread {
    /// The spread of at least [`FEWEST`] places, all finite.
    pub fn of(places: &[(f64, f64)]) -> Option<Self> {
        if places.len() < FEWEST || places.iter().any(|(u, v)| !u.is_finite() || !v.is_finite()) {
            return None;
        }
        let count = places.len() as f64;
        let mean = places.iter().fold((0.0, 0.0), |(a, b), (u, v)| (a + u / count, b + v / count));
        let covariance = places.iter().fold([0.0; 3], |[across, between, up], (u, v)| {
            let (du, dv) = (u - mean.0, v - mean.1);
            [across + du * du / count, between + du * dv / count, up + dv * dv / count]
        });
        Some(Self { mean, covariance })
    }

    /// The standard deviations along the ellipse's axes, the larger one first: the roots of the covariance's eigenvalues.
    pub fn deviations(&self) -> (f64, f64) {
        let [across, between, up] = self.covariance;
        let (middle, half) = (f64::midpoint(across, up), length((across - up) / 2.0, between));
        ((middle + half).max(0.0).sqrt(), (middle - half).max(0.0).sqrt())
    }

    /// The ellipse of one standard deviation: a circle through the Cholesky factor of the covariance.
    pub fn ellipse(&self) -> impl Iterator<Item = (f64, f64)> + use<> {
        let [across, between, up] = self.covariance;
        let first = across.max(0.0).sqrt();
        let below = if first > 0.0 { between / first } else { 0.0 };
        let second = (up - below * below).max(0.0).sqrt();
        let mean = self.mean;
        (0..=CORNERS).map(move |corner| {
            let (cosine, sine) = on_circle(std::f64::consts::TAU * f64::from(corner) / f64::from(CORNERS));
            (mean.0 + first * cosine, mean.1 + below * cosine + second * sine)
        })
    }
}

/// The places of the last recorded steps up to one.
pub fn last_places(path: &Path<'_>, frame: &PlaneFrame, step: usize) -> Vec<(f64, f64)> {
    let features = frame.projection.features().max(1);
    let Some(last) = path.sampling.entry(step, path.params.len() / features) else { return Vec::new() };
    let first = (last + 1).saturating_sub(ITERATES);
    let rows = path.params.chunks_exact(features).skip(first).take(last + 1 - first);
    rows.map(|row| frame.project(row)).collect()
}

/// Draws the spread of a run's last iterates at a step; the `rank`th line above the plane says how wide it is.
pub fn draw_spread(
    sheet: &Sheet<'_>,
    path: &Path<'_>,
    frame: &PlaneFrame,
    step: usize,
    rank: usize,
) -> Result<(), PlotError> {
    let places = last_places(path, frame, step);
    for pixel in places.iter().map(|&place| frame.to_pixel(place)).filter(|&(x, y)| frame.contains(x, y)) {
        sheet.dot(pixel, sheet.em(0.14), &path.look.color.mix(0.75))?;
    }
    let Some(spread) = Spread::of(&places) else { return Ok(()) };
    let corners: Vec<Pixel> = spread.ellipse().map(|place| frame.to_pixel(place)).collect();
    for piece in frame.rect().pieces(&corners) {
        sheet.path(&piece, &sheet.theme.paper, 4.5)?;
        sheet.path(&piece, &path.look.color, 2.0)?;
    }
    let (wide, narrow) = spread.deviations();
    let text = format!("{}, last {}: 1 σ = {} × {}", path.label, places.len(), short(wide), short(narrow));
    let at = (frame.rect().right, sheet.em(0.35 + 1.25 * rank as f64));
    let color = sheet.theme.readable(path.look.color);
    sheet.number(&text, at, sheet.theme.text - 1.0, &color, (HPos::Right, VPos::Top))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spread_of_a_turned_ellipse_is_found_again() {
        // points on an ellipse of half axes 4 and 2, turned by 30°: each axis' variance is half its square
        let (sine, cosine) = 30.0_f64.to_radians().sin_cos();
        let places: Vec<(f64, f64)> = (0..360)
            .map(|degree| {
                let (b, a) = f64::from(degree).to_radians().sin_cos();
                let (a, b) = (4.0 * a, 2.0 * b);
                (1.0 + a * cosine - b * sine, -3.0 + a * sine + b * cosine)
            })
            .collect();
        let spread = Spread::of(&places).unwrap();
        assert!((spread.mean.0 - 1.0).abs() < 1e-12 && (spread.mean.1 + 3.0).abs() < 1e-12);
        let (wide, narrow) = spread.deviations();
        assert!((wide - 8.0_f64.sqrt()).abs() < 1e-9 && (narrow - 2.0_f64.sqrt()).abs() < 1e-9, "{wide} {narrow}");
        // every corner is one standard deviation away, as the covariance measures it
        let [across, between, up] = spread.covariance;
        let determinant = across * up - between * between;
        for (u, v) in spread.ellipse() {
            let (u, v) = (u - spread.mean.0, v - spread.mean.1);
            let distance = (up * u * u - 2.0 * between * u * v + across * v * v) / determinant;
            assert!((distance - 1.0).abs() < 1e-6, "{distance}");
        }
    }

    #[test]
    fn few_or_broken_places_have_no_spread() {
        assert_eq!(Spread::of(&[(0.0, 0.0); FEWEST - 1]), None);
        assert_eq!(Spread::of(&[(f64::NAN, 0.0); FEWEST]), None);
        assert_eq!(Spread::of(&[(1.0, 2.0); FEWEST]).unwrap().deviations(), (0.0, 0.0));
    }
}
