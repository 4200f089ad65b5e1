//! What `RustPython` names of `malachite-q`: a ratio of integers that becomes the nearest float, which is its `int / int`, and the ratio of a float.

use std::cmp::Ordering;

use malachite_base::{num::conversion::traits::RoundingInto, rounding_modes::RoundingMode};
use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{One, ToPrimitive, Zero};

/// A ratio in lowest terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rational {
    negative: bool,
    numerator: BigUint,
    denominator: BigUint,
}

impl Rational {
    /// The ratio of two integers; the denominator is not 0 (`RustPython` has raised `ZeroDivisionError` before).
    #[must_use]
    pub fn from_integers_ref(numerator: &BigInt, denominator: &BigInt) -> Self {
        let negative = (numerator.sign() == Sign::Minus) != (denominator.sign() == Sign::Minus);
        let (numerator, denominator) = (numerator.magnitude(), denominator.magnitude());
        let divisor = numerator.gcd(denominator).max(BigUint::one());
        Self { negative, numerator: numerator / &divisor, denominator: denominator / &divisor }
    }

    /// The absolute values of numerator and denominator.
    #[must_use]
    pub fn into_numerator_and_denominator(self) -> (BigUint, BigUint) {
        (self.numerator, self.denominator)
    }

    /// The absolute value, rounded to the nearest float, on a tie to the even one; infinite from halfway between the largest float and 2¹⁰²⁴.
    fn magnitude(&self) -> f64 {
        if self.numerator.is_zero() {
            return 0.0;
        }
        // The quotient lies between 2^(exponent − 1) and 2^(exponent + 1).
        let exponent = self.numerator.bits() as i64 - self.denominator.bits() as i64;
        if exponent > 1025 {
            return f64::INFINITY;
        }
        if exponent < -1076 {
            return 0.0;
        }
        // The unit of the last place that is kept: two more bits than a float has, or than a subnormal one of this size has.
        let unit = (exponent - 55).max(-1076);
        let (quotient, rest) = if unit < 0 {
            (&self.numerator << unit.unsigned_abs()).div_rem(&self.denominator)
        } else {
            self.numerator.div_rem(&(&self.denominator << unit.unsigned_abs()))
        };
        // At most 56 bits and one that says whether anything follows, so what is rounded fits into 64 bits.
        let bits = (quotient.to_u64().unwrap_or(u64::MAX) << 1) | u64::from(!rest.is_zero());
        let unit = unit - 1;
        let length = 64 - i64::from(bits.leading_zeros());
        let drop = (length - 53).max(-1074 - unit);
        let (kept, below, half) = (bits >> drop, bits & ((1 << drop) - 1), 1 << (drop - 1));
        let rounded = if below > half || (below == half && kept & 1 == 1) { kept + 1 } else { kept };
        // Two exact factors: the power of two alone may lie below the smallest float.
        let power = unit + drop;
        if power > 971 {
            return f64::INFINITY;
        }
        let (first, second) = (power / 2, power - power / 2);
        rounded as f64 * 2f64.powi(first as i32) * 2f64.powi(second as i32)
    }
}

impl TryFrom<f64> for Rational {
    type Error = ();

    /// The exact value of a finite float.
    fn try_from(x: f64) -> Result<Self, ()> {
        if !x.is_finite() {
            return Err(());
        }
        let bits = x.to_bits();
        let (field, fraction) = ((bits >> 52) & 0x7ff, bits & ((1 << 52) - 1));
        let (mut mantissa, mut exponent) =
            if field == 0 { (fraction, -1074) } else { (fraction | (1 << 52), field as i64 - 1075) };
        if mantissa == 0 {
            return Ok(Self { negative: false, numerator: BigUint::zero(), denominator: BigUint::one() });
        }
        let even = i64::from(mantissa.trailing_zeros()).min((-exponent).max(0));
        mantissa >>= even;
        exponent += even;
        let (up, down) = (exponent.max(0).unsigned_abs(), exponent.min(0).unsigned_abs());
        let (numerator, denominator) = (BigUint::from(mantissa) << up, BigUint::one() << down);
        Ok(Self { negative: x < 0.0, numerator, denominator })
    }
}

impl RoundingInto<f64> for Rational {
    /// The nearest float. `RustPython` takes the largest float for an overflow if it is said to be less than the exact value; where an exact value
    /// overflows, infinity is returned here, so no order is ever said.
    fn rounding_into(self, RoundingMode::Nearest: RoundingMode) -> (f64, Ordering) {
        let magnitude = self.magnitude();
        (if self.negative { -magnitude } else { magnitude }, Ordering::Equal)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn quotient(numerator: &BigInt, denominator: &BigInt) -> f64 {
        Rational::from_integers_ref(numerator, denominator).rounding_into(RoundingMode::Nearest).0
    }

    fn power(base: i32, exponent: u32) -> BigInt {
        BigInt::from(base).pow(exponent)
    }

    /// `int / int` as CPython 3.11 gives it.
    #[test]
    fn quotients_at_the_limits_of_floats() {
        let one = BigInt::one();
        let largest = BigInt::from((1u64 << 53) - 1) << 971;
        assert_eq!(quotient(&largest, &one), f64::MAX);
        // below half a unit more it is still the largest float, from there on Python raises OverflowError
        let half: BigInt = &one << 970;
        assert_eq!(quotient(&(&largest + &half - 1), &one), f64::MAX);
        assert_eq!(quotient(&(&largest + &half), &one), f64::INFINITY);
        assert_eq!(quotient(&-(&largest + &half), &one), f64::NEG_INFINITY);
        assert_eq!(quotient(&power(10, 400), &one), f64::INFINITY);
        assert_eq!(quotient(&power(10, 400), &power(10, 399)), 10.0);
        // the smallest float, half of it (to even: 0), and a little more than half
        assert_eq!(quotient(&one, &(&one << 1074)), 5e-324);
        assert_eq!(quotient(&one, &(&one << 1075)), 0.0);
        assert_eq!(quotient(&BigInt::from(3), &(&one << 1076)), 5e-324);
        assert_eq!(quotient(&BigInt::from(3), &(&one << 1075)), 1e-323);
        assert_eq!(quotient(&one, &power(10, 400)), 0.0);
        assert_eq!(quotient(&BigInt::from(-1), &power(10, 310)), -1e-310);
        // where subnormal numbers begin
        assert_eq!(quotient(&BigInt::from((1u64 << 53) - 1), &(&one << 1075)), f64::MIN_POSITIVE);
        assert_eq!(quotient(&BigInt::zero(), &BigInt::from(-7)), 0.0);
        assert_eq!(quotient(&one, &BigInt::from(3)), 0.3333333333333333);
        assert_eq!(quotient(&BigInt::from(2), &BigInt::from(-3)), -0.6666666666666666);
    }

    #[test]
    fn ties_go_to_even() {
        let at = |n: u64| quotient(&BigInt::from(n), &BigInt::from(2));
        assert_eq!(at((1 << 54) + 2), 9007199254740992.0);
        assert_eq!(at((1 << 54) + 6), 9007199254740996.0);
        assert_eq!(quotient(&(BigInt::from((1u64 << 54) + 2) * 3 + 1), &BigInt::from(6)), 9007199254740994.0);
    }

    proptest! {
        #[test]
        fn quotients_of_exact_numbers_are_those_of_floats(a in -(1i64 << 53)..(1i64 << 53), b in 1i64..(1i64 << 53)) {
            prop_assert_eq!(quotient(&BigInt::from(a), &BigInt::from(b)), a as f64 / b as f64);
        }

        #[test]
        fn a_float_is_its_ratio(bits in any::<u64>()) {
            let x = f64::from_bits(bits);
            prop_assume!(x.is_finite());
            let ratio = Rational::try_from(x).map_err(|()| TestCaseError::fail("finite"))?;
            let (numerator, denominator) = ratio.clone().into_numerator_and_denominator();
            prop_assert_eq!(numerator.gcd(&denominator), BigUint::one());
            prop_assert_eq!(ratio.rounding_into(RoundingMode::Nearest).0, x);
        }
    }
}
