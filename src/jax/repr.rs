//! Numbers and arrays as text, character for character as Python, `NumPy` 2 and JAX print them with their default options.
//!
//! Four forms are met in the lecture: `f"{x}"` of one number ([`python_float`]), `print(x)` of one number
//! ([`scalar_str`]), `print(array)` ([`array_str`]), and the array inside another value's text ([`array_repr`]).
//! The rules for arrays are those of `numpy/_core/arrayprint.py`: precision 8, as many digits as the most exacting
//! element needs, one choice of fixed or exponent form for all, lines of 75 characters, and `...` beyond 1000 elements.

mod array;
mod digits;
mod element;
mod layout;
mod parse;

pub use element::Element;
pub use parse::parse;

use layout::Layout;

/// A floating-point number as Python's `repr(float)` and `f"{x}"` print it: the shortest decimal that reads back as the
/// same number, in fixed form from 10⁻⁴ up to 10¹⁶. `f"{x}"` of a JAX scalar widens it to f64 first.
///
/// ```
/// use thetahat::jax::repr::python_float;
///
/// assert_eq!(python_float(f64::from(6.539_195e-5_f32)), "6.539194873766974e-05");
/// assert_eq!(python_float(1.0), "1.0");
/// ```
#[must_use]
pub fn python_float(x: f64) -> String {
    let size = x.abs();
    if x.is_nan() {
        "nan".to_owned()
    } else if x.is_infinite() {
        if x < 0.0 { "-inf".to_owned() } else { "inf".to_owned() }
    } else if size == 0.0 || (1e-4..1e16).contains(&size) {
        with_fraction(digits::fixed(x))
    } else {
        digits::with_python_exponent(&digits::exponent(x))
    }
}

/// One number as `print(x)` prints a JAX or `NumPy` scalar: `2.6319637`; an f32 is in fixed form from 10⁻⁴ up to 10⁶.
#[must_use]
pub fn scalar_str<T: Element>(x: T) -> String {
    x.scalar_str()
}

/// An array as `print(array)` prints it: `[-0.21089035 -1.3627948 ]`.
///
/// `data` holds the elements in row-major order, as many as `shape` asks for; a shape of `[]` prints like
/// [`scalar_str`].
#[must_use]
pub fn array_str<T: Element>(data: &[T], shape: &[usize]) -> String {
    match (data, shape) {
        ([x], []) => x.scalar_str(),
        _ => Layout::STR.array(data, shape),
    }
}

/// An array as JAX's `repr(array)` gives it: `Array([-1.1311196 ,  0.0050716 ], dtype=float32)`.
///
/// `data` holds the elements in row-major order, as many as `shape` asks for.
#[must_use]
pub fn array_repr<T: Element>(data: &[T], shape: &[usize]) -> String {
    const PREFIX: &str = "Array(";
    let dtype = format!("dtype={}", T::DTYPE);
    let text = if data.is_empty() { format!("[], shape={}", tuple(shape)) } else { Layout::REPR.array(data, shape) };
    let last_line = text.rsplit('\n').next().map_or(0, str::len);
    let gap =
        if last_line + 2 + dtype.len() + 2 > layout::LINE_WIDTH { " ".repeat(PREFIX.len()) } else { " ".to_owned() };
    format!("{PREFIX}{text},{gap}{dtype})")
}

/// A Python tuple of whole numbers: `(2, 3)`, `(5,)`, `()`.
#[must_use]
pub fn tuple(numbers: &[usize]) -> String {
    match numbers {
        [one] => format!("({one},)"),
        _ => format!("({})", numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
    }
}

/// A whole number in fixed form gets the `.0` that shows it is no integer.
fn with_fraction(fixed: String) -> String {
    if fixed.contains('.') { fixed } else { fixed + ".0" }
}
