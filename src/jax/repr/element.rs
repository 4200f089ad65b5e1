//! How the elements of an array are printed, once all of those that show are known.

use super::digits::{self, fraction, with_python_exponent};
use super::{python_float, with_fraction};

/// Elements that an array can have: `f32`, `i32`, `u32` and `bool`.
pub trait Element: Copy {
    /// `NumPy`'s name of the type.
    const DTYPE: &'static str;

    /// The element printed alone.
    fn scalar_str(self) -> String;

    /// The elements that show, printed in the form and to the width that they have in common. `alone` is true for
    /// the element of an array without axes.
    fn common(visible: &[Self], alone: bool) -> Vec<String>;
}

impl Element for f32 {
    const DTYPE: &'static str = "float32";

    fn scalar_str(self) -> String {
        let size = f64::from(self.abs());
        if !self.is_finite() {
            python_float(f64::from(self))
        } else if size == 0.0 || (1e-4..1e6).contains(&size) {
            with_fraction(digits::fixed(self))
        } else {
            with_python_exponent(&digits::exponent(self))
        }
    }

    fn common(visible: &[Self], _alone: bool) -> Vec<String> {
        let finite: Vec<Self> = visible.iter().copied().filter(|x| x.is_finite()).collect();
        let numbers: Vec<String> = if needs_exponent(&finite) { exponents(&finite) } else { fixed(&finite) };
        // All numbers are equally wide by now; infinities and NaNs stand at the right of that width.
        let least =
            visible.iter().filter(|x| !x.is_finite()).map(|&x| python_float(f64::from(x)).len()).max().unwrap_or(0);
        let width = numbers.first().map_or(0, String::len).max(least);
        let mut numbers = numbers.into_iter();
        visible
            .iter()
            .map(|&x| {
                let text = if x.is_finite() { numbers.next().unwrap_or_default() } else { python_float(f64::from(x)) };
                format!("{text:>width$}")
            })
            .collect()
    }
}

/// Whether the numbers are so large, so small or so unequal that `NumPy` takes exponent form.
fn needs_exponent(finite: &[f32]) -> bool {
    let sizes = || finite.iter().map(|x| x.abs()).filter(|&size| size != 0.0);
    let Some(largest) = sizes().reduce(f32::max) else { return false };
    let smallest = sizes().fold(largest, f32::min);
    largest >= 1e6 || smallest < 1e-4 || largest / smallest > 1000.0
}

/// Exponent form: the shortest digits of the most exacting number decide how many all of them show.
fn exponents(finite: &[f32]) -> Vec<String> {
    let digits = finite.iter().map(|x| fraction(&format!("{x:e}")).len()).max().unwrap_or(0);
    let texts = finite.iter().map(|&x| {
        let text = with_python_exponent(&format!("{:.digits$e}", f64::from(x)));
        // One digit and no fraction still has its point.
        if digits == 0 { text.replacen('e', ".e", 1) } else { text }
    });
    align(texts.collect())
}

/// Fixed form: the shortest digits of each number, at most 8 of them after the point, aligned at the points.
fn fixed(finite: &[f32]) -> Vec<String> {
    const PRECISION: usize = 8;
    let texts = finite.iter().map(|&x| {
        let shortest = digits::fixed(x);
        let text = if fraction(&shortest).len() > PRECISION {
            format!("{:.PRECISION$}", f64::from(x)).trim_end_matches('0').to_owned()
        } else {
            shortest
        };
        if text.contains('.') { text } else { text + "." }
    });
    let texts: Vec<String> = texts.collect();
    let longest = texts.iter().map(|text| fraction(text).len()).max().unwrap_or(0);
    let padded = texts.into_iter().map(|text| {
        let missing = longest - fraction(&text).len();
        text + &" ".repeat(missing)
    });
    align(padded.collect())
}

/// Pads all texts on the left to the width of the widest.
fn align(texts: Vec<String>) -> Vec<String> {
    let width = texts.iter().map(String::len).max().unwrap_or(0);
    texts.into_iter().map(|text| format!("{text:>width$}")).collect()
}

macro_rules! integer {
    ($($T:ty: $name:literal;)*) => {$(
        impl Element for $T {
            const DTYPE: &'static str = $name;

            fn scalar_str(self) -> String {
                self.to_string()
            }

            fn common(visible: &[Self], _alone: bool) -> Vec<String> {
                align(visible.iter().map(ToString::to_string).collect())
            }
        }
    )*};
}

integer! {
    i32: "int32";
    u32: "uint32";
}

impl Element for bool {
    const DTYPE: &'static str = "bool";

    fn scalar_str(self) -> String {
        if self { "True".to_owned() } else { "False".to_owned() }
    }

    fn common(visible: &[Self], alone: bool) -> Vec<String> {
        // `True` is as wide as `False` among others, even where no `False` is.
        let width = if alone { 0 } else { "False".len() };
        visible.iter().map(|x| format!("{:>width$}", x.scalar_str())).collect()
    }
}
