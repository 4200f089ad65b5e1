//! Where ticks stand and how numbers are written on axes.

use crate::base::words;

/// The smallest and largest number that a logarithmic axis may reach.
const REACH: (f64, f64) = (1e-12, 1e38);

/// The powers of ten from `low` to `high`, thinned out so that at most `most` remain.
pub fn decades(low: f64, high: f64, most: usize) -> Vec<i32> {
    let (first, last) = ((low.log10() - 1e-9).ceil() as i32, (high.log10() + 1e-9).floor() as i32);
    let count = usize::try_from(last - first + 1).unwrap_or(0);
    let every = i32::try_from(count.div_ceil(most.max(1)).max(1)).unwrap_or(1);
    (first..=last).filter(|decade| decade.rem_euclid(every) == 0).collect()
}

/// 10 with a superscript: 10⁻⁴; 1 and 10 as they are.
pub fn power_of_ten(exponent: i32) -> String {
    match exponent {
        0 => "1".to_owned(),
        1 => "10".to_owned(),
        _ => raised(exponent),
    }
}

fn raised(exponent: i32) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digits = exponent.unsigned_abs().to_string();
    let digits: String = digits.bytes().map(|digit| DIGITS[usize::from(digit - b'0')]).collect();
    format!("10{}{digits}", if exponent < 0 { "⁻" } else { "" })
}

/// The range of a logarithmic axis that holds these values, with a little room; one decade around 1 where there are none.
pub fn log_range(values: impl Iterator<Item = f32>) -> (f64, f64) {
    let finite = values.map(f64::from).filter(|v| v.is_finite() && *v > 0.0);
    let (low, high) = finite.fold((f64::INFINITY, 0.0f64), |(low, high), v| (low.min(v), high.max(v)));
    if low > high {
        return (0.1, 10.0);
    }
    let (low, high) = (low.clamp(REACH.0, REACH.1), high.clamp(REACH.0, REACH.1));
    // at least half a decade, so that a constant has an axis, too
    let room = ((high / low).log10() * 0.06).max(0.1);
    (low / 10f64.powf(room), high * 10f64.powf(room))
}

/// Round numbers from `low` to `high`, about `count` of them, with the distance between them.
pub fn round_ticks(low: f64, high: f64, count: f64) -> (Vec<f64>, f64) {
    let rough = (high - low).max(f64::MIN_POSITIVE) / count.max(1.0);
    let power = 10f64.powf(rough.log10().floor());
    let step =
        [1.0, 2.0, 5.0, 10.0].into_iter().map(|m| m * power).find(|step| *step >= rough * 0.999).unwrap_or(power);
    let first = (low / step).ceil();
    let ticks = (0..=64).map(|i| (first + f64::from(i)) * step).take_while(|tick| *tick <= high + step * 1e-6);
    (ticks.collect(), step)
}

/// A number with as many decimals as ticks at this distance need: 0.25, and 2.5×10³⁶ where plain digits would be many.
pub fn plain(number: f64, step: f64) -> String {
    if number.abs() < step * 1e-6 {
        return "0".to_owned();
    }
    let last_digit = (step.log10() + 1e-9).floor();
    if step > 0.9e-4 && number.abs() < 1e6 {
        return format!("{:.*}", (-last_digit).max(0.0) as usize, number).replace('-', "−");
    }
    let exponent = (number.abs().log10() + 1e-9).floor();
    let decimals = (exponent - last_digit).clamp(0.0, 6.0) as usize;
    let power = raised(exponent as i32);
    let mantissa = format!("{:.decimals$}", number / 10f64.powf(exponent)).replace('-', "−");
    let mantissa = mantissa.strip_suffix(".0").unwrap_or(&mantissa);
    if mantissa == "1" { power } else { format!("{mantissa}×{power}") }
}

/// A number in about two digits.
pub fn short(number: f64) -> String {
    let digit = 10f64.powf(number.abs().max(f64::MIN_POSITIVE).log10().floor() - 1.0);
    plain((number / digit).round() * digit, if number.abs() < 0.01 { digit } else { digit.clamp(1e-3, 1.0) })
}

/// A count with a comma before every group of three digits.
pub fn grouped(number: f64) -> String {
    words::grouped(&(number.max(0.0).round() as u64).to_string())
}
