//! The fewest digits that tell a number from its neighbours, and Python's way of writing exponents.

use std::fmt::{Display, LowerExp};

use lexical_parse_float::FromLexical;

use super::parse;

/// `f32` and `f64`, as far as writing digits goes.
pub(super) trait Float: Copy + PartialEq + Display + LowerExp + FromLexical {}

impl Float for f32 {}
impl Float for f64 {}

/// The shortest decimal in fixed form that reads back as `x`: `0.001`, `-25`, `1.5`.
pub(super) fn fixed<T: Float>(x: T) -> String {
    let shortest = format!("{x}");
    let digits = fraction(&shortest).len();
    settle(x, shortest, format!("{x:.digits$}"))
}

/// The shortest decimal in Rust's exponent form that reads back as `x`: `1e-3`, `-2.5e1`.
pub(super) fn exponent<T: Float>(x: T) -> String {
    let shortest = format!("{x:e}");
    let digits = fraction(&shortest).len();
    settle(x, shortest, format!("{x:.digits$e}"))
}

/// Of two decimals of the same length, the one that Python takes. They differ where the number lies in the middle
/// between them: Rust's shortest form then takes the greater, Python and exact rounding the one that ends evenly.
fn settle<T: Float>(x: T, shortest: String, rounded: String) -> String {
    if parse(&rounded) == Some(x) { rounded } else { shortest }
}

/// The digits between the point and the exponent, or the end.
pub(super) fn fraction(text: &str) -> &str {
    let mantissa = text.split('e').next().unwrap_or(text);
    mantissa.split_once('.').map_or("", |(_, fraction)| fraction)
}

/// Rust's exponent form (`1.5e-7`) with Python's exponent: a sign and at least two digits (`1.5e-07`).
pub(super) fn with_python_exponent(rust: &str) -> String {
    let (mantissa, exponent) = rust.split_once('e').unwrap_or((rust, "0"));
    match exponent.strip_prefix('-') {
        Some(digits) => format!("{mantissa}e-{digits:0>2}"),
        None => format!("{mantissa}e+{exponent:0>2}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_in_the_middle_ends_evenly() {
        assert_eq!(fixed(314_179.13_f32), "314179.12");
        assert_eq!(fixed(-159.155_548_095_703_13_f64), "-159.15554809570312");
        assert_eq!(with_python_exponent(&exponent(314_179.125e-20_f64)), "3.14179125e-15");
    }

    proptest! {
        #[test]
        fn both_forms_read_back_as_the_same_number(bits: u32) {
            let x = f32::from_bits(bits);
            prop_assume!(x.is_finite());
            prop_assert_eq!(fixed(x).parse::<f32>().map(f32::to_bits), Ok(bits));
            prop_assert_eq!(exponent(x).parse::<f32>().map(f32::to_bits), Ok(bits));
            prop_assert_eq!(exponent(x).len(), format!("{x:e}").len());
        }
    }
}
