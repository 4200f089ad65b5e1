//! What is done for every row that a training draws, and for every step that it records.

/// The largest of these numbers; 0 of none.
#[must_use]
pub fn largest(numbers: &[u32]) -> u32 {
    numbers.iter().fold(0, |largest, &number| largest.max(number))
}

/// ‖point − centre‖, in f64 and then rounded.
#[must_use]
pub fn distance(point: &[f32], centre: &[f64]) -> f32 {
    let squares = point.iter().zip(centre).map(|(&p, q)| (f64::from(p) - q).powi(2));
    #[allow(clippy::cast_possible_truncation, reason = "it is meant to be rounded")]
    let distance = squares.sum::<f64>().sqrt() as f32;
    distance
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_cases() {
        assert_eq!((largest(&[]), largest(&[3, 7, 5, 7, 1])), (0, 7));
        assert_eq!(distance(&[4.0, 6.0], &[1.0, 2.0]), 5.0);
        assert_eq!(distance(&[], &[]), 0.0);
    }
}
