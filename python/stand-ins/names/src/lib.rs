//! What `RustPython` names of the names of characters, for `"\N{GREEK SMALL LETTER THETA}"`: those of Greek letters, as formulas use them. The whole table is larger
//! than the interpreter of Python.

const GREEK: [&str; 25] = [
    "ALPHA",
    "BETA",
    "GAMMA",
    "DELTA",
    "EPSILON",
    "ZETA",
    "ETA",
    "THETA",
    "IOTA",
    "KAPPA",
    "LAMDA",
    "MU",
    "NU",
    "XI",
    "OMICRON",
    "PI",
    "RHO",
    "FINAL SIGMA",
    "SIGMA",
    "TAU",
    "UPSILON",
    "PHI",
    "CHI",
    "PSI",
    "OMEGA",
];
const SMALL: (&str, u32) = ("GREEK SMALL LETTER ", 'α' as u32);
const CAPITAL: (&str, u32) = ("GREEK CAPITAL LETTER ", 'Α' as u32);

/// The character of this name.
#[must_use]
pub fn character(name: &str) -> Option<char> {
    let of = |(prefix, first): (&str, u32)| {
        let letter = name.strip_prefix(prefix)?;
        let place = GREEK.iter().position(|known| *known == letter)?;
        char::from_u32(first + place as u32).filter(|found| found.is_alphabetic())
    };
    of(SMALL).or_else(|| of(CAPITAL))
}

/// The name of a character, which is only asked for where a text cannot be encoded: its number is written there.
#[must_use]
pub fn name(_character: char) -> Option<&'static str> {
    None
}

#[cfg(test)]
mod tests {
    use super::character;

    #[test]
    fn greek_letters_have_names() {
        let known = [("SMALL LETTER THETA", 'θ'), ("SMALL LETTER OMEGA", 'ω'), ("SMALL LETTER FINAL SIGMA", 'ς')];
        for (name, letter) in known.into_iter().chain([("CAPITAL LETTER SIGMA", 'Σ'), ("CAPITAL LETTER ALPHA", 'Α')])
        {
            assert_eq!(character(&format!("GREEK {name}")), Some(letter));
        }
        for unknown in ["GREEK CAPITAL LETTER FINAL SIGMA", "GREEK SMALL LETTER", "SNOWMAN", ""] {
            assert_eq!(character(unknown), None, "{unknown}");
        }
    }
}
