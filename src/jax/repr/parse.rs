//! Decimals as numbers, rounded once, as the standard library reads them; but the table of powers of ten that it uses for speed is larger than all
//! the rest of reading and writing numbers.

use lexical_parse_float::FromLexical;

/// The floating-point number nearest to a decimal; also `inf` and `nan`. Nothing if the text is none of these.
///
/// ```
/// use thetahat::jax::repr::parse;
///
/// assert_eq!(parse("-2.5e-3"), Some(-0.0025_f64));
/// assert_eq!(parse::<f32>("0x10"), None);
/// ```
#[must_use]
pub fn parse<T: FromLexical>(text: &str) -> Option<T> {
    T::from_lexical(text.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn reads_as_ever(text: &str) -> Result<(), TestCaseError> {
        let double = parse::<f64>(text).map(f64::to_bits);
        prop_assert_eq!(double, text.parse::<f64>().ok().map(f64::to_bits), "{}", text);
        prop_assert_eq!(parse::<f32>(text).map(f32::to_bits), text.parse::<f32>().ok().map(f32::to_bits), "{}", text);
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn decimals_are_rounded_once(text in "[+-]?[0-9]{0,25}(\\.[0-9]{0,25})?(e[+-]?[0-9]{1,3})?") {
            reads_as_ever(&text)?;
        }

        #[test]
        fn what_is_no_number_is_refused(text in "[-+.0-9eEinfINFatyNx_ ]{0,9}") {
            reads_as_ever(&text)?;
        }

        #[test]
        fn numbers_and_the_middles_between_them(bits: u64, single: u32) {
            let (double, single) = (f64::from_bits(bits), f32::from_bits(single));
            let middle = f64::midpoint(f64::from(single), f64::from(f32::from_bits(single.to_bits() ^ 1)));
            for text in [double.to_string(), format!("{double:e}"), single.to_string(), middle.to_string()] {
                reads_as_ever(&text)?;
                reads_as_ever(&format!("{text}1"))?;
            }
        }
    }

    #[test]
    fn names_and_edges() {
        for text in [
            "inf",
            "-inf",
            "+Infinity",
            "NaN",
            "-nan",
            "",
            "+",
            ".",
            "1.",
            ".5",
            "e5",
            "1e",
            "1e400",
            "5e-324",
            "2e-324",
        ] {
            assert!(reads_as_ever(text).is_ok(), "{text}");
        }
    }
}
