//! Numbers and counts as a reader meets them in the page's sentences. What a program prints is Python's, and is not written here.

/// Digits with a comma before every group of three: "6,432".
#[must_use]
pub fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number with a comma before every group of three digits.
#[must_use]
pub fn thousands(number: usize) -> String {
    grouped(&number.to_string())
}

/// How many there are of something whose plural ends in "s": `0 steps`, `1 step`, `6,432 steps`.
#[must_use]
pub fn count(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {thing}{plural}", thousands(number))
}

/// A number with four significant digits, without the zeros at its end: `0.789`, `3.685e-7`, `1.2e11`. What is no finite number is
/// called as Python calls it, here and everywhere on the page: `nan`, `inf`, `−inf`.
#[must_use]
pub fn number(value: f64) -> String {
    rounded(value, 4)
}

/// What is no finite number, as Python calls it.
#[must_use]
pub fn not_finite(value: f64) -> Option<&'static str> {
    match value {
        value if value.is_nan() => Some("nan"),
        f64::INFINITY => Some("inf"),
        f64::NEG_INFINITY => Some("−inf"),
        _ => None,
    }
}

/// [`number`] with this many significant digits, at least one.
#[must_use]
pub fn rounded(value: f64, digits: usize) -> String {
    if let Some(name) = not_finite(value) {
        return name.to_owned();
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    // rounded once, so that 9.9999 is not taken for a number below ten and then written as one above
    let text = format!("{:.*e}", digits.saturating_sub(1), value.abs());
    let sign = if value < 0.0 { "−" } else { "" };
    let Some((mantissa, exponent)) = text.split_once('e') else { return text };
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let significant: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let significant = significant.trim_end_matches('0');
    let point = |before: usize| match significant.split_at_checked(before) {
        Some((whole, "")) => whole.to_owned(),
        Some((whole, rest)) => format!("{whole}.{rest}"),
        None => format!("{significant}{}", "0".repeat(before - significant.len())),
    };
    let plain = match exponent {
        -3..=-1 => format!("0.{}{significant}", "0".repeat((-1 - exponent) as usize)),
        0..=3 => point(exponent as usize + 1),
        _ => format!("{}e{exponent}", point(1)),
    };
    format!("{sign}{plain}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!([0, 999, 1000, 6432, 1_234_567].map(thousands), ["0", "999", "1,000", "6,432", "1,234,567"]);
    }

    #[test]
    fn one_is_no_plural() {
        let steps = [0, 1, 2, 6432].map(|number| count(number, "step"));
        assert_eq!(steps, ["0 steps", "1 step", "2 steps", "6,432 steps"]);
    }

    #[test]
    fn a_number_is_as_short_as_it_can_be_and_never_nothing() {
        let cases = [
            (3.685e-7, "3.685e-7"),
            (0.0, "0"),
            (-0.0, "0"),
            (1e-30, "1e-30"),
            (0.001, "0.001"),
            (0.009999, "0.009999"),
            (0.0099999, "0.01"),
            (9.9999, "10"),
            (0.789, "0.789"),
            (3.199008, "3.199"),
            (1.0, "1"),
            (10.0, "10"),
            (-2.317735, "−2.318"),
            (1234.4, "1234"),
            (9999.9, "1e4"),
            (1.234567e11, "1.235e11"),
            (f64::from(f32::MAX) * 10.0, "3.403e39"),
            (f64::NAN, "nan"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "−inf"),
        ];
        for (value, text) in cases {
            assert_eq!(number(value), text);
        }
        assert_eq!([0.9728, 1.0694, 0.484, 0.6].map(|rate| rounded(rate, 3)), ["0.973", "1.07", "0.484", "0.6"]);
    }
}
