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

/// `½·(p−c)ᵀH(p−c)` for a point p and a centre c, each of length M, and H, M × M row-major, in f64.
#[must_use]
pub fn half_square(hessian: &[f64], centre: &[f64], point: &[f32]) -> f64 {
    let offset = |(&p, c): (&f32, &f64)| f64::from(p) - c;
    let offsets = || point.iter().zip(centre).map(offset);
    let along = |row: &[f64]| row.iter().zip(offsets()).map(|(h, o)| h * o).sum::<f64>();
    let rows = hessian.chunks_exact(centre.len().max(1));
    0.5 * rows.zip(offsets()).map(|(row, o)| o * along(row)).sum::<f64>()
}

/// A product of many numbers of any size, which may be far beyond the floats: a number and a power of two. It begins as that of none, `(1, 0)`.
pub type Product = (f64, f64);

/// Multiplies a product by one more number, which is positive and not below [`f64::MIN_POSITIVE`], or not finite.
#[must_use]
pub fn multiplied((number, power): Product, factor: f64) -> Product {
    /// A power of two that leaves room for one more factor.
    const FULL: f64 = f64::from_bits((1023 + 512) << 52);
    /// The bits of a number that tell its size.
    const SIZE: u64 = 0x7ff << 52;
    if !factor.is_finite() {
        return (number * factor, power);
    }
    #[allow(clippy::cast_precision_loss, reason = "it is below 2¹¹")]
    let size = (factor.to_bits() >> 52) as f64 - 1023.0;
    let (number, power) = (number * f64::from_bits(factor.to_bits() & !SIZE | 1023 << 52), power + size);
    if number >= FULL && number.is_finite() { (number / FULL, power + 512.0) } else { (number, power) }
}

/// The natural logarithm of a product.
#[must_use]
pub fn ln((number, power): Product) -> f64 {
    number.ln() + power * core::f64::consts::LN_2
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn small_cases() {
        assert_eq!((largest(&[]), largest(&[3, 7, 5, 7, 1])), (0, 7));
        assert_eq!(distance(&[4.0, 6.0], &[1.0, 2.0]), 5.0);
        assert_eq!(distance(&[], &[]), 0.0);
        assert_eq!(half_square(&[2.0, 1.0, 1.0, 4.0], &[1.0, 1.0], &[2.0, 3.0]), 11.0);
        assert_eq!(half_square(&[], &[], &[]), 0.0);
    }

    #[test]
    fn what_is_no_number_stays_so_in_a_product() {
        let of = |factors: &[f64]| ln(factors.iter().fold((1.0, 0.0), |product, &factor| multiplied(product, factor)));
        assert_eq!(of(&[f64::INFINITY, 1e-300]), f64::INFINITY);
        assert!(of(&[f64::NAN, 2.0]).is_nan() && of(&[2.0, f64::NAN]).is_nan());
        assert_eq!(of(&[]), 0.0);
    }

    proptest! {
        /// Their logarithms, added up, say the same.
        #[test]
        fn products_leave_the_floats(factors in proptest::collection::vec((1.0..10.0, -300..300), 0..2000)) {
            let factors: Vec<f64> = factors.iter().map(|(digits, power): &(f64, i32)| digits * 10_f64.powi(*power)).collect();
            let product = factors.iter().fold((1.0, 0.0), |product, &factor| multiplied(product, factor));
            let sum: f64 = factors.iter().map(|factor| factor.ln()).sum();
            prop_assert!((ln(product) - sum).abs() <= 1e-12 * sum.abs().max(1.0), "{} {sum}", ln(product));
        }
    }
}
