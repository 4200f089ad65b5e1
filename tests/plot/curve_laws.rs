//! Laws of curves: any values, any size, any window.

use proptest::prelude::*;
use thetahat::plot::{
    Approach, Curve, CurvesChart, Role, StepAxis, StepUnit, Theme, curves, curves_playhead, curves_summary,
    curves_table, sparkline,
};

use crate::curves::{chart, curve, one, picture};
use crate::picture::draw;

/// Whether a place lies within a shape: a ray to the right crosses its edges an odd number of times.
fn contains(corners: &[(f64, f64)], (x, y): (f64, f64)) -> bool {
    let edges = corners.iter().zip(corners.iter().cycle().skip(1));
    let crossed = edges.filter(|(a, b)| (a.1 > y) != (b.1 > y) && x < a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0));
    crossed.count() % 2 == 1
}

proptest! {
    #[test]
    fn labels_of_curves_stay_in_the_picture_and_apart(ends in prop::collection::vec(1e-6f32..1e3, 1..6), width in 280u32..1600, height in 160u32..900, log: bool, name in "[a-z ]{0,30}") {
        let series: Vec<[f32; 2]> = ends.iter().map(|&end| [1.0, end]).collect();
        let label = format!("run{name}");
        let lines: Vec<Curve<'_>> = series.iter().map(|values| curve(&label, Approach::Raw, values)).collect();
        let picture = picture(&CurvesChart { log, ..chart(&lines, 2) }, (width, height));
        let labels: Vec<_> = picture.texts().into_iter().filter(|text| text.words.starts_with("run")).collect();
        prop_assert_eq!(labels.len(), ends.len());
        let mut heights: Vec<f64> = labels.iter().map(|text| text.y).collect();
        heights.sort_by(f64::total_cmp);
        prop_assert!(heights.windows(2).all(|pair| pair[1] - pair[0] >= 13.0), "{:?}", heights);
        prop_assert!(heights[heights.len() - 1] <= picture.gave.bottom);
        for text in picture.texts() {
            let (left, right) = text.extent();
            prop_assert!(left >= -1.0 && right <= f64::from(picture.size.0) + 1.0, "{:?}", text);
            prop_assert!(text.y >= 0.0 && text.y <= f64::from(picture.size.1), "{:?}", text);
        }
    }

    #[test]
    fn labels_of_values_never_overlap(low in -12.0f64..30.0, decades in 0.0f64..40.0, height in 160u32..900, log: bool) {
        let values = [10f64.powf(low) as f32, 10f64.powf((low + decades).min(38.0)) as f32];
        let picture = one(&values, 2, (280, height), log);
        let frame = picture.gave;
        let labels = picture.texts().into_iter().filter(|text| text.anchor == "end" && text.x < frame.left);
        let mut heights: Vec<f64> = labels.map(|text| text.y).collect();
        heights.sort_by(f64::total_cmp);
        prop_assert!(!heights.is_empty(), "no label between {:?}", values);
        prop_assert!(heights.windows(2).all(|pair| pair[1] - pair[0] >= 14.0), "{:?} for {:?}", heights, values);
    }

    #[test]
    fn no_values_break_a_chart(
        bits in prop::collection::vec(any::<u32>(), 0..300),
        size in (1u32..900, 1u32..500),
        window in prop::option::of((0usize..400, 0usize..400)),
        range in prop::option::of((any::<f64>(), any::<f64>())),
        step in 0usize..400,
        log: bool,
        epochs: bool,
    ) {
        let values: Vec<f32> = bits.into_iter().map(f32::from_bits).collect();
        let printed: Vec<(usize, f32)> = values.iter().copied().enumerate().take(5).collect();
        let lines = [
            Curve { printed: &printed, ..curve("raw", Approach::Raw, &values) },
            curve("module", Approach::Module, &values[values.len() / 2..]),
            Curve { role: Role::Ghost, ..curve("vmap", Approach::Vmap, &values[values.len() / 3..]) },
        ];
        let unit = if epochs { StepUnit::Epochs } else { StepUnit::Steps };
        let axis = StepAxis { total: values.len(), per_epoch: step % 7, unit, window };
        let chart = CurvesChart { axis, log, range, ..chart(&lines, 0) };
        let theme = Theme::dark(2.0);
        let drawn = draw(size, |area| {
            let frame = curves(area, &chart, &theme).expect("a drawing");
            curves_playhead(area, &chart, &frame, step, &theme).expect("a drawing");
            sparkline(area, &values, theme.raw, &theme).expect("a drawing");
        });
        prop_assert!(!drawn.svg.contains("NaN"));
        prop_assert!(!curves_summary(&chart).is_empty());
        prop_assert!(curves_table(&chart, step).rows.windows(2).all(|pair| pair[0].at < pair[1].at));
    }

    /// The law of the envelope on the picture: every value that is shown lies on the drawn line.
    #[test]
    fn every_value_lies_on_the_line(values in prop::collection::vec(1e-6f32..1e6, 2..1200), window in prop::option::of((0usize..1200, 0usize..1200)), log: bool, which in 0usize..3) {
        // dashes have gaps, but none where a line is so busy that a gap would hide values
        let busy = values.len() > 700 && window.is_none() && !log;
        let approach = if busy { [Approach::Raw, Approach::Vmap, Approach::Module][which] } else { Approach::Raw };
        let lines = [curve("raw", approach, &values)];
        let axis = StepAxis { window, ..StepAxis::new(values.len(), 32) };
        let picture = picture(&CurvesChart { axis, log, ..chart(&lines, 0) }, (400, 300));
        let frame = picture.gave;
        let drawn = picture.lines();
        for (index, &value) in values.iter().enumerate().filter(|(index, _)| frame.shows(index + 1)) {
            let (x, y) = (frame.x_of_step(index + 1).round(), frame.y_of_value(f64::from(value)).expect("a place").round());
            let on_column = drawn.iter().flat_map(|(_, points)| points.windows(2)).any(|pair| {
                let (low, high) = (pair[0].1.min(pair[1].1), pair[0].1.max(pair[1].1));
                (pair[0].0 == x && pair[1].0 == x && (low..=high).contains(&y)) || pair.contains(&(x, y))
            });
            let in_band = picture.shapes().iter().any(|corners| contains(corners, (x + 0.5, y + 0.5)));
            prop_assert!(on_column || in_band, "step {} with {} at {:?} is not on the line", index + 1, value, (x, y));
        }
    }

    #[test]
    fn a_step_is_found_again_at_its_place(total in 1usize..300, window in prop::option::of((0usize..300, 0usize..300))) {
        let lines = [curve("raw", Approach::Raw, &[1.0])];
        let axis = StepAxis { window, ..StepAxis::new(total, 32) };
        let frame = picture(&CurvesChart { axis, ..chart(&lines, 0) }, (640, 300)).gave;
        let (from, to) = axis.range();
        for step in from..=to {
            prop_assert_eq!(frame.step_at(frame.x_of_step(step)), step);
        }
        prop_assert_eq!((frame.step_at(-1e9), frame.step_at(1e9)), (from, to));
    }

    #[test]
    fn a_value_is_found_again_at_its_place(values in prop::collection::vec(1e-6f32..1e6, 1..20), log: bool) {
        let frame = one(&values, values.len(), (640, 300), log).gave;
        for &value in &values {
            let y = frame.y_of_value(f64::from(value)).expect("a place");
            prop_assert!((frame.top..=frame.bottom).contains(&y));
            let again = frame.value_at(y);
            let tolerance = if log { f64::from(value) } else { frame.values().1 } * 1e-9;
            prop_assert!((again - f64::from(value)).abs() <= tolerance, "{} is read as {}", value, again);
        }
    }

    #[test]
    fn zooming_keeps_the_step_and_the_run(window in (0usize..1000, 0usize..1000), about in 0usize..1200, factor in 0.1f64..8.0) {
        let axis = StepAxis { window: Some(window), ..StepAxis::new(1000, 32) };
        let (from, to) = axis.range();
        let (near, far) = axis.zoomed(about, factor).range();
        prop_assert!(near < far && far <= 1000);
        let about = about.clamp(from, to);
        prop_assert!((near..=far).contains(&about), "{} is not in {}..{}", about, near, far);
        if factor < 0.9 && to - from > 1 {
            prop_assert!(far - near < to - from);
        }
        if factor > 1.1 && to - from < 1000 {
            prop_assert!(far - near > to - from);
        }
    }
}
