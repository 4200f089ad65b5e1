//! [`Number`], and the one reader of numbers: what people type into fields, write into links and pass on the command line.
//!
//! Besides what a program writes (`16`, `0.001`, `1e-3`) it reads what people and other programs make of it:
//!
//! * a decimal comma: `0,01`;
//! * thousands in groups of three, between commas, spaces of any width, apostrophes or underscores: `6,432`, `10 000`;
//! * any minus sign or dash in place of `-`, and full-width characters: `−7`, `１６`;
//! * a trailing point or comma: `16.`, and nothing before it: `.5`;
//! * integers that are written as real numbers: `500.0`, `1e3`.
//!
//! A point alone is always a decimal point. A comma alone is ambiguous, and the kind of setting decides: where an integer is asked for, `1,234` is 1234, because
//! one to three digits before the comma and exactly three after it are thousands; where a real number is asked for, a single comma is a decimal comma, so `1,234` is
//! 1.234. Several commas, or a comma before a point, are thousands in both. Of a comma and a point the last is the decimal one: `1.234,5` is 1234.5.
//!
//! Reading is pure: nothing is clamped or rounded here, and what cannot be read is `None`.

use std::fmt;

use lexical_parse_float::FromLexical;

use crate::jax::repr::parse;

/// The value of a setting that is a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// An integer.
    Integer(i64),
    /// A real number; also an integer that does not fit 64 bits.
    Real(f64),
}

impl Number {
    /// A count of something.
    pub fn count(count: usize) -> Self {
        Self::Integer(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// The number as a real one.
    pub fn real(self) -> f64 {
        match self {
            Self::Integer(number) => number as f64,
            Self::Real(number) => number,
        }
    }

    /// The number as an integer, the nearest one where it has none.
    pub fn integer(self) -> i64 {
        match self {
            Self::Integer(number) => number,
            Self::Real(number) => number as i64,
        }
    }

    /// The number as a count, the nearest one where it has none.
    pub fn as_count(self) -> usize {
        match self {
            Self::Integer(number) => usize::try_from(number.max(0)).unwrap_or(usize::MAX),
            Self::Real(number) => number as usize,
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(number) => number.fmt(f),
            Self::Real(number) => number.fmt(f),
        }
    }
}

/// A real number.
///
/// ```
/// use thetahat::lecture::settings::number::real;
///
/// assert_eq!(real("0,01"), Some(0.01_f64));
/// assert_eq!(real("1,234.5"), Some(1234.5_f64));
/// assert_eq!(real::<f32>("−７．５"), Some(-7.5));
/// assert_eq!(real::<f64>("fast"), None);
/// ```
pub fn real<T: FromLexical>(text: &str) -> Option<T> {
    parse(&Decimal::read(text, false)?.text())
}

/// An integer; as a [`Number::Real`] where it does not fit 64 bits.
///
/// ```
/// use thetahat::lecture::settings::number::{Number, integer};
///
/// assert_eq!(integer("6,432"), Some(Number::Integer(6432)));
/// assert_eq!(integer("1e3"), Some(Number::Integer(1000)));
/// assert_eq!(integer("1.5"), None);
/// ```
pub fn integer(text: &str) -> Option<Number> {
    let decimal = Decimal::read(text, true)?;
    let digits = format!("{}{}", decimal.whole, decimal.fraction);
    let zeros = digits.bytes().take_while(|&digit| digit == b'0').count();
    if zeros == digits.len() {
        return Some(Number::Integer(0));
    }
    // where the point stands after it was moved by the exponent
    let point = decimal.whole.len() as i64 + i64::from(decimal.exponent);
    let end = digits.trim_end_matches('0').len();
    if (end as i64) > point {
        return None;
    }
    let mut text = if decimal.is_negative { "-".to_owned() } else { String::new() };
    text.push_str(&digits[zeros..end]);
    let missing = (point - end as i64) as usize;
    if missing <= LONGEST {
        text.extend(std::iter::repeat_n('0', missing));
        if let Ok(number) = text.parse() {
            return Some(Number::Integer(number));
        }
    }
    parse(&decimal.text()).map(Number::Real)
}

/// A count, such as that of steps; the largest there is where it is larger. `None` for what is negative, too.
pub fn count(text: &str) -> Option<usize> {
    integer(text).filter(|number| number.real() >= 0.0).map(Number::as_count)
}

/// The digits of the largest integer of 64 bits.
const LONGEST: usize = 19;
/// Beyond this an exponent makes no difference.
const LARGEST_EXPONENT: i32 = 99_999;

/// A decimal number, taken apart.
struct Decimal {
    is_negative: bool,
    /// Digits before the point, at least one.
    whole: String,
    /// Digits after the point.
    fraction: String,
    exponent: i32,
}

impl Decimal {
    /// Reads what may have been typed; a single comma before three digits stands between thousands where an integer is asked for.
    fn read(text: &str, is_integer: bool) -> Option<Self> {
        let plain: String = text.chars().filter_map(plain).collect();
        let plain = plain.trim();
        let unsigned = plain.strip_prefix(['-', '+']).unwrap_or(plain).trim_start();
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa.trim_end(), read_exponent(exponent)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = split(mantissa, is_integer)?;
        let whole = ungrouped(whole)?;
        let has_digits = !whole.is_empty() || !fraction.is_empty();
        if !has_digits || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let whole = if whole.is_empty() { "0".to_owned() } else { whole };
        Some(Self { is_negative: plain.starts_with('-'), whole, fraction: fraction.to_owned(), exponent })
    }

    /// The number as a program writes it.
    fn text(&self) -> String {
        let sign = if self.is_negative { "-" } else { "" };
        let fraction = if self.fraction.is_empty() { "0" } else { &self.fraction };
        format!("{sign}{}.{fraction}e{}", self.whole, self.exponent)
    }
}

/// The character that a program would write; none for what cannot be seen, a space for any space, apostrophe or underscore.
fn plain(character: char) -> Option<char> {
    // full-width forms of ASCII
    let character = match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0)?,
        _ => character,
    };
    Some(match character {
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {
            return None;
        }
        // hyphens, dashes and minus signs
        '\u{2010}'..='\u{2015}' | '\u{207b}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
        '\'' | '’' | '_' => ' ',
        _ if character.is_whitespace() => ' ',
        _ => character,
    })
}

fn read_exponent(text: &str) -> Option<i32> {
    let text = text.trim_start();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let size = digits.parse().unwrap_or(LARGEST_EXPONENT).min(LARGEST_EXPONENT);
    Some(if text.starts_with('-') { -size } else { size })
}

/// What stands before and after the decimal point or comma.
fn split(mantissa: &str, is_integer: bool) -> Option<(&str, &str)> {
    let commas = mantissa.matches(',').count();
    let points = mantissa.matches('.').count();
    let decimal = match (commas, points) {
        (_, 1) if mantissa.rfind('.') > mantissa.rfind(',') => '.',
        (1, 0) if is_integer && is_grouped(mantissa, ',') => return Some((mantissa, "")),
        (1, _) if mantissa.rfind(',') > mantissa.rfind('.') => ',',
        (_, 0) | (0, _) => return Some((mantissa, "")),
        _ => return None,
    };
    mantissa.split_once(decimal)
}

/// Whether the digits stand in groups of three between these separators, the first group of one to three.
fn is_grouped(digits: &str, separator: char) -> bool {
    let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = digits.split(separator);
    groups.next().is_some_and(|first| (1..=3).contains(&first.len()) && is_digits(first))
        && groups.all(|group| group.len() == 3 && is_digits(group))
}

/// The digits without what stands between thousands.
fn ungrouped(digits: &str) -> Option<String> {
    match digits.chars().find(|character| !character.is_ascii_digit()) {
        None => Some(digits.to_owned()),
        Some(separator @ (',' | '.' | ' ')) if is_grouped(digits, separator) => Some(digits.split(separator).collect()),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_people_type_is_read() {
        let reals = [
            ("0,01", 0.01),
            ("0.01", 0.01),
            ("1,234", 1.234),
            ("1,234.5", 1234.5),
            ("1.234,5", 1234.5),
            ("1,234,567", 1_234_567.0),
            ("1.234.567", 1_234_567.0),
            ("1 234,5", 1234.5),
            ("1\u{202f}234.5", 1234.5),
            ("1e-3", 0.001),
            ("1 E −3", 0.001),
            ("+.5", 0.5),
            (",5", 0.5),
            ("16.", 16.0),
            ("0,", 0.0),
            ("−0,5", -0.5),
            ("- 2", -2.0),
            (" ０．２５ ", 0.25),
            ("0\u{ad}.1", 0.1),
            ("1e999", f64::INFINITY),
        ];
        for (text, number) in reals {
            assert_eq!(real(text), Some(number), "{text}");
        }
        let integers = [
            ("16", 16),
            ("16.", 16),
            ("500.0", 500),
            ("500,0", 500),
            ("6,432", 6432),
            ("6,432.0", 6432),
            ("1e3", 1000),
            ("1.5e1", 15),
            ("1200e-2", 12),
            ("10 000", 10_000),
            ("10\u{2009}000", 10_000),
            ("10'000", 10_000),
            ("10_000", 10_000),
            ("１６", 16),
            ("−7", -7),
            ("–7", -7),
            ("007", 7),
            ("0e99999999999", 0),
            ("9,223,372,036,854,775,807", i64::MAX),
            ("-9223372036854775808", i64::MIN),
        ];
        for (text, number) in integers {
            assert_eq!(integer(text), Some(Number::Integer(number)), "{text}");
        }
        assert_eq!(integer("9223372036854775808"), Some(Number::Real(9_223_372_036_854_775_808.0)));
        assert_eq!(integer("1e999999999999"), Some(Number::Real(f64::INFINITY)));
        assert_eq!((count("1e30"), count("-1")), (Some(usize::MAX), None));
    }

    #[test]
    fn what_is_no_number_is_not_read() {
        for text in
            ["", " ", ".", ",", "-", "e", "e3", "1e", "1e-", "abc", "0x10", "nan", "inf", "1..2", "1-2", "1 2 3"]
        {
            assert_eq!(real::<f64>(text), None, "{text}");
            assert_eq!(integer(text), None, "{text}");
        }
        for text in ["1.5", "1,5", "6,43", "1e-1", "1.234", "1,23,456", "1 234,567,890"] {
            assert_eq!(integer(text), None, "{text}");
        }
        for text in ["10 00", "1 234 5", "1,2,3", "1,234.5.6", "0.1 2"] {
            assert_eq!(real::<f64>(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_a_program_writes_is_read_as_it_is(number: f64, small: f32, whole: i64) {
            prop_assume!(number.is_finite() && small.is_finite());
            prop_assert_eq!(real(&number.to_string()), Some(number));
            prop_assert_eq!(real(&format!("{number:e}")), Some(number));
            prop_assert_eq!(real(&small.to_string()), Some(small));
            prop_assert_eq!(integer(&whole.to_string()), Some(Number::Integer(whole)));
        }

        #[test]
        fn separators_signs_and_widths_make_no_difference(
            whole in 0..i64::MAX,
            space in prop::sample::select(vec![" ", "\u{a0}", "\u{2009}", "\u{202f}", "'", "’", "_", ","]),
            minus in prop::sample::select(vec!["-", "−", "–", "－"]),
            tail in prop::sample::select(vec!["", ".", ".0", ".000", "e0", "E+0", " "]),
        ) {
            let digits = whole.to_string();
            let groups: Vec<&str> =
                digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
            let typed = format!("{minus}{}{tail}", groups.join(space));
            prop_assert_eq!(integer(&typed), Some(Number::Integer(-whole)), "{}", typed);
            let wide: String = typed
                .chars()
                .map(|c| if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c) } else { c })
                .collect();
            prop_assert_eq!(integer(&wide), Some(Number::Integer(-whole)), "{}", wide);
        }

        #[test]
        fn a_decimal_comma_is_a_decimal_point(number in -1e6..1e6_f64) {
            prop_assert_eq!(real(&number.to_string().replace('.', ",")), Some(number));
        }

        #[test]
        fn any_text_is_read_or_not(text in "\\PC{0,12}", numeric in "[-+0-9.,e ]{0,12}") {
            for text in [text, numeric] {
                let read = real::<f64>(&text);
                // an integer that is read is the same as a real number, but for a comma between thousands
                if let (Some(Number::Integer(whole)), Some(read), false) = (integer(&text), read, text.contains(',')) {
                    prop_assert_eq!(whole as f64, read, "{}", text);
                }
            }
        }
    }
}
