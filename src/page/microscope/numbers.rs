//! Numbers of a step as texts: short ones for the boxes of the graph, exact ones beside it.

use crate::base::words::not_finite;
use crate::lecture::run::dissection::{Kind, Value};

/// How many numbers of a list stand in a row of the page.
const IN_A_ROW: usize = 16;

/// What stands for the numbers of an equation with several results, each of which is a value of its own.
const SEVERAL: &str = "several results";

/// A number in a few characters.
#[must_use]
pub fn short(word: u32, kind: Kind) -> String {
    let Kind::Float = kind else { return exact(word, kind) };
    let x = f32::from_bits(word);
    if let Some(name) = not_finite(f64::from(x)) {
        return name.to_owned();
    }
    let text = if x != 0.0 && !(1e-3..1e4).contains(&x.abs()) {
        format!("{x:.2e}")
    } else if x.abs() >= 100.0 {
        format!("{x:.1}")
    } else {
        format!("{x:.3}")
    };
    text.replace('-', "−")
}

/// A number in the fewest digits that tell it from its neighbours.
#[must_use]
pub fn exact(word: u32, kind: Kind) -> String {
    match kind {
        Kind::Float => {
            let x = f32::from_bits(word);
            if x.is_nan() {
                "nan".to_owned()
            } else if x != 0.0 && x.is_finite() && !(1e-4..1e9).contains(&x.abs()) {
                format!("{x:e}")
            } else {
                x.to_string()
            }
        }
        Kind::Signed => word.cast_signed().to_string(),
        Kind::Unsigned => word.to_string(),
        Kind::Bool => if word == 0 { "False" } else { "True" }.to_owned(),
        // it has no words
        Kind::Several => String::new(),
    }
}

/// A value in a box: its first number, or its first two, and that there are more.
#[must_use]
pub fn in_a_box(value: &Value) -> String {
    if value.kind == Kind::Several {
        return SEVERAL.to_owned();
    }
    let size: usize = value.shape.iter().product();
    let texts: Vec<String> = value.words.iter().take(2).map(|&word| short(word, value.kind)).collect();
    match (size, &texts[..]) {
        (1, [only]) => only.clone(),
        (2, [first, second]) if first.chars().count() + second.chars().count() < 13 => format!("{first}, {second}"),
        (_, [first, ..]) => format!("{first}, …"),
        _ => "empty".to_owned(),
    }
}

/// A value in a row: as many numbers as have room, exactly; the rows of a matrix in brackets.
#[must_use]
pub fn in_a_row(value: &Value) -> String {
    if value.kind == Kind::Several {
        return SEVERAL.to_owned();
    }
    let size: usize = value.shape.iter().product();
    let texts = || value.words.iter().take(IN_A_ROW).map(|&word| exact(word, value.kind));
    let more = if size > value.words.len().min(IN_A_ROW) { ", …" } else { "" };
    match value.shape[..] {
        [] => texts().collect(),
        [_, columns] if columns > 1 => {
            let texts: Vec<String> = texts().collect();
            let rows: Vec<String> = texts.chunks(columns).map(|row| format!("[{}]", row.join(", "))).collect();
            format!("[{}{more}]", rows.join(", "))
        }
        _ => format!("[{}{more}]", texts().collect::<Vec<_>>().join(", ")),
    }
}

/// Samples by number, the first few.
#[must_use]
pub fn samples(rows: &[u32], all: usize) -> String {
    let texts: Vec<String> = rows.iter().take(IN_A_ROW).map(ToString::to_string).collect();
    format!("[{}{}]", texts.join(", "), if all > texts.len() { ", …" } else { "" })
}

/// A key, as Python prints it.
#[must_use]
pub fn key(words: [u32; 2]) -> String {
    format!("[{} {}]", words[0], words[1])
}
