//! Leaving values out does not change the picture.

use std::collections::BTreeSet;

use proptest::prelude::*;
use thetahat::plot::{Decimation, envelope};

type Point = (i32, i32);

/// Every pixel boundary that lines between these points run along: the vertical stretches of each column, and the steps from column to column.
fn covered(points: &[Point]) -> (BTreeSet<Point>, Vec<(Point, Point)>) {
    let (mut within, mut between) = (BTreeSet::new(), Vec::new());
    for pair in points.windows(2) {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        if x0 == x1 {
            within.extend((y0.min(y1)..=y0.max(y1)).map(|y| (x0, y)));
        } else {
            between.push((pair[0], pair[1]));
        }
    }
    within.extend(points);
    (within, between)
}

proptest! {
    /// The law of the envelope: lines through what is kept cover exactly the pixels that lines through all values cover.
    #[test]
    fn what_is_drawn_covers_the_same_pixels(
        values in prop::collection::vec(-50.0f32..50.0, 0..3000),
        columns in 1u32..200,
        from in 0usize..100,
        until in 0usize..4000,
    ) {
        let column = |index: usize| (index as f64 * f64::from(columns) / values.len().max(1) as f64).round() as i32;
        let range = from..until.max(from);
        let kept = envelope(&values, range.clone(), column);
        let point = |index: usize| (column(index), values[index].round() as i32);
        let all: Vec<Point> = (range.start.min(values.len())..range.end.min(values.len())).map(point).collect();
        let drawn: Vec<Point> = kept.iter().map(|&index| point(index)).collect();
        prop_assert_eq!(covered(&all), covered(&drawn));
        prop_assert!(kept.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert!(kept.len() <= 4 * (columns as usize + 1));
    }

    #[test]
    fn short_series_are_kept_whole(values in prop::collection::vec(any::<f32>(), 0..300)) {
        let kept = envelope(&values, 0..values.len(), |index| index as i32);
        prop_assert_eq!(kept, (0..values.len()).collect::<Vec<usize>>());
    }

    #[test]
    fn columns_of_any_widths_are_found(widths in prop::collection::vec(1usize..60, 1..40)) {
        let ends: Vec<usize> = widths.iter().scan(0, |end, width| { *end += width; Some(*end) }).collect();
        let total = ends[ends.len() - 1];
        let values: Vec<f32> = (0..total).map(|index| index as f32).collect();
        let kept = envelope(&values, 0..total, |index| ends.partition_point(|end| *end <= index) as i32);
        let mut expected = BTreeSet::new();
        for (end, width) in ends.iter().zip(&widths) {
            expected.extend([end - width, end - 1]);
        }
        prop_assert_eq!(kept, expected.into_iter().collect::<Vec<usize>>());
    }
}

#[test]
fn a_peak_in_a_million_steps_is_kept() {
    let mut values = vec![1.0f32; 1_000_000];
    values[654_321] = 7.0;
    values[654_322] = -3.0;
    let kept = envelope(&values, 0..values.len(), |index| (index / 1000) as i32);
    assert!(kept.contains(&654_321) && kept.contains(&654_322));
    assert!(kept.len() < 4000, "{} points", kept.len());
}

#[test]
fn the_ratio_says_how_many_steps_share_a_column() {
    let few = Decimation { steps: 100, columns: 500 };
    assert!(!few.is_needed() && few.ratio() == 1.0);
    let many = Decimation { steps: 1_000_000, columns: 500 };
    assert!(many.is_needed() && many.ratio() == 2000.0);
}
