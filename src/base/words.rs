//! Numbers in words and groups, as sentences and tables of this crate write them.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!([0, 999, 1000, 6432, 1_234_567].map(thousands), ["0", "999", "1,000", "6,432", "1,234,567"]);
    }
}
