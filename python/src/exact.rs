//! [`exp`]: the float nearest to eˣ. C's library, which Python uses, returns it nearly always; the one that Rust has for a browser misses it by a unit in one of some
//! ten results, e itself among them.
//!
//! Numbers are sums of two floats (T. J. Dekker, "A floating-point technique for extending the available precision", 1971): eˣ = 2ᵏ · (e^(r/256))^256 with
//! x = k · ln 2 + r, and a Taylor series for the power of r/256, which is below 0.0014.

/// ln 2 as a sum of three floats.
const LN_2: [f64; 3] = [std::f64::consts::LN_2, 2.319_046_813_846_299_6e-17, 5.707_708_438_416_212e-34];
/// How often a power is squared.
const SQUARED: u32 = 8;
/// Terms of the series; the next one is below 10⁻³⁸.
const TERMS: u32 = 11;
/// Beyond this, results are infinite, 0, or have fewer digits.
const FAR: f64 = 708.0;

/// A sum of two floats, the second one much smaller.
#[derive(Clone, Copy)]
struct Sum(f64, f64);

impl Sum {
    /// a + b, exactly.
    fn of(a: f64, b: f64) -> Self {
        let sum = a + b;
        let part = sum - a;
        Self(sum, (a - (sum - part)) + (b - part))
    }

    fn plus(self, other: Self) -> Self {
        let Self(high, low) = Self::of(self.0, other.0);
        Self::of(high, low + self.1 + other.1)
    }

    fn times(self, other: Self) -> Self {
        let high = self.0 * other.0;
        let low = self.0.mul_add(other.0, -high) + self.0 * other.1 + self.1 * other.0;
        Self::of(high, low)
    }

    fn over(self, divisor: f64) -> Self {
        let high = self.0 / divisor;
        let rest = high.mul_add(-divisor, self.0) + self.1;
        Self::of(high, rest / divisor)
    }
}

/// eˣ, rounded to the nearest float.
pub(crate) fn exp(x: f64) -> f64 {
    // where nothing is small enough to matter, or the result is no ordinary number
    if x.is_nan() || x.abs() > FAR || x == 0.0 {
        return x.exp();
    }
    let k = (x / LN_2[0]).round();
    let product = k * LN_2[0];
    let r =
        Sum::of(x, -product).plus(Sum::of(-k.mul_add(LN_2[0], -product), -k * LN_2[1])).plus(Sum(-k * LN_2[2], 0.0));
    let small = Sum(r.0 / 256.0, r.1 / 256.0);
    // e^small − 1, from the last term to the first
    let mut power = small.over(f64::from(TERMS));
    for term in (1..TERMS).rev() {
        power = Sum(1.0, 0.0).plus(power).times(small).over(f64::from(term));
    }
    for _ in 0..SQUARED {
        // (1 + p)² − 1
        power = Sum(2.0 * power.0, 2.0 * power.1).plus(power.times(power));
    }
    let Sum(high, low) = Sum(1.0, 0.0).plus(power);
    (high + low) * 2f64.powi(k as i32)
}

#[cfg(test)]
mod tests {
    use super::exp;

    #[test]
    fn powers_of_e_are_the_nearest_floats() {
        // recorded from Python's decimal module, with 60 digits
        let known = [
            (1.0, std::f64::consts::E),
            (-1.0, 0.36787944117144233),
            (0.5, 1.6487212707001282),
            (10.0, 22026.465794806718),
            (-20.0, 2.061153622438558e-9),
            (700.0, 1.0142320547350045e304),
            (1e-9, 1.000000001),
        ];
        for (x, expected) in known {
            assert_eq!(exp(x), expected, "exp({x})");
        }
        assert_eq!((exp(0.0), exp(f64::NEG_INFINITY), exp(1e4)), (1.0, 0.0, f64::INFINITY));
        assert!(exp(f64::NAN).is_nan());
    }

    #[test]
    fn they_are_within_a_unit_of_what_c_returns() {
        let mut equal = 0;
        for step in 0..10_000 {
            let x = f64::from(step) * 0.1407 - 700.0;
            let (here, there) = (exp(x), x.exp());
            assert!(here.to_bits().abs_diff(there.to_bits()) <= 1, "exp({x}) is {here} here and {there} there");
            equal += usize::from(here == there);
        }
        assert!(equal > 9_500, "{equal} of 10,000");
    }
}
