//! Arrays and numbers as text, compared with what real Python, `NumPy` and JAX print (`golden/reprs.py`).

use serde::Deserialize;
use thetahat::jax::repr::{Element, array_repr, array_str, python_float, scalar_str};

#[derive(Deserialize)]
struct Recorded {
    cases: Vec<Case>,
    /// Bits of an f64 in hexadecimal, and Python's text.
    floats: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Case(String, Vec<usize>, String, String, String);

fn recorded() -> Recorded {
    serde_json::from_str(include_str!("../golden/reprs.json")).unwrap()
}

/// The elements as 32-bit words: written out, or their index divided by a number.
fn words(case: &Case) -> Vec<u32> {
    let Case(dtype, shape, elements, ..) = case;
    let Some(divisor) = elements.strip_prefix('/') else {
        return elements.split_whitespace().map(|word| u32::from_str_radix(word, 16).unwrap()).collect();
    };
    let divisor: u16 = divisor.parse().unwrap();
    let count = u16::try_from(shape.iter().product::<usize>()).unwrap();
    let quotient =
        |i: u16| if dtype == "float32" { (f32::from(i) / f32::from(divisor)).to_bits() } else { u32::from(i) };
    (0..count).map(quotient).collect()
}

fn texts<T: Element>(words: &[u32], shape: &[usize], element: impl Fn(u32) -> T) -> [String; 2] {
    let data: Vec<T> = words.iter().map(|&word| element(word)).collect();
    [array_str(&data, shape), array_repr(&data, shape)]
}

#[test]
fn arrays_print_as_in_python() {
    let cases = recorded().cases;
    let mut parted = Vec::new();
    for case in &cases {
        let Case(dtype, shape, _, str, repr) = case;
        let words = words(case);
        let ours = match dtype.as_str() {
            "float32" => texts(&words, shape, f32::from_bits),
            "int32" => texts(&words, shape, u32::cast_signed),
            "uint32" => texts(&words, shape, |word| word),
            _ => texts(&words, shape, |word| word != 0),
        };
        for (ours, python) in ours.iter().zip([str, repr]) {
            if ours != python {
                parted.push(format!("{dtype} {shape:?}\nours:\n{ours}\nPython:\n{python}\n"));
            }
        }
    }
    assert!(parted.is_empty(), "{} of {} texts differ\n{}", parted.len(), 2 * cases.len(), parted.join("\n"));
}

#[test]
fn floats_print_as_in_python() {
    for (bits, python) in recorded().floats {
        let x = f64::from_bits(u64::from_str_radix(&bits, 16).unwrap());
        assert_eq!(python_float(x), python, "{x:e}");
    }
}

#[test]
fn the_lectures_own_numbers() {
    let theta_0 = [-0.210_890_35, -1.362_794_8];
    assert_eq!(array_str(&theta_0, &[2]), "[-0.21089035 -1.3627948 ]");
    let batch = [-0.920_342_45, -0.718_707_6, -0.615_172_6, 0.473_14];
    let expected = "Array([[-0.92034245, -0.7187076 ],\n       [-0.6151726 ,  0.47314   ]], dtype=float32)";
    assert_eq!(array_repr(&batch, &[2, 2]), expected);
    assert_eq!(scalar_str(2.631_963_7_f32), "2.6319637");
    assert_eq!(python_float(f64::from(2.165_965_6_f32)), "2.1659655570983887");
}
