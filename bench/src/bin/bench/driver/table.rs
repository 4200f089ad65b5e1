//! The table, in Markdown.

use std::fmt::Write;

/// The medians of a workload, in milliseconds.
pub struct Row {
    /// What was run.
    pub name: &'static str,
    /// The engine's interpreter, in the browser.
    pub interpreter: Option<f64>,
    /// The engine's generated WebAssembly, in the browser.
    pub machine_code: Option<f64>,
    /// By hand, in the browser.
    pub hand: Option<f64>,
    /// By hand, natively.
    pub native: Option<f64>,
}

/// One line for each row; in brackets how many times as long as by hand in the browser.
pub fn markdown(rows: &[Row]) -> String {
    let mut text = String::from(
        "| Milliseconds | thetahat, interpreted | thetahat, WebAssembly | by hand, in the browser | by hand, native |\n|---|---|---|---|---|\n",
    );
    for row in rows {
        let ours = [row.interpreter, row.machine_code].map(|time| cell(time, row.hand));
        let theirs = [row.hand, row.native].map(|time| cell(time, None));
        // writing to a string cannot fail
        let _ = writeln!(text, "| {} | {} | {} |", row.name, ours.join(" | "), theirs.join(" | "));
    }
    text
}

fn cell(time: Option<f64>, hand: Option<f64>) -> String {
    match (time, hand) {
        (None, _) => "–".to_owned(),
        (Some(time), None) => number(time),
        (Some(time), Some(hand)) => format!("{} ({:.2} ×)", number(time), time / hand),
    }
}

/// Three significant digits.
pub fn number(x: f64) -> String {
    let decimals = if x >= 100.0 {
        0
    } else if x >= 10.0 {
        1
    } else if x >= 1.0 {
        2
    } else {
        3
    };
    format!("{x:.decimals$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_shows_times_and_ratios() {
        let row =
            Row { name: "lin2", interpreter: Some(4.0), machine_code: None, hand: Some(0.25), native: Some(123.4) };
        let text = markdown(&[row]);
        assert_eq!(text.lines().last(), Some("| lin2 | 4.00 (16.00 ×) | – | 0.250 | 123 |"));
    }
}
