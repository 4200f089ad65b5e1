//! The table of other libraries, in Markdown, and remarks below it.

use std::fmt::Write;

use super::super::table::number;
use super::SLOW_REPETITIONS;

/// How long a training takes.
#[derive(Clone, Copy, Debug)]
pub struct Time {
    /// The median.
    pub milliseconds: f64,
    /// Whether it was repeated less often, because it takes long.
    pub is_slow: bool,
}

/// The table while it is made.
pub struct Sheet {
    text: String,
    /// What went wrong, sentence by sentence.
    remarks: String,
    has_slow: bool,
}

impl Sheet {
    /// Its head, and sentences on what is missing from the start.
    pub fn new(problems: &[&str], missing: &str) -> Self {
        let text = format!("| Milliseconds | {} |\n|---|{}\n", problems.join(" | "), "---|".repeat(problems.len()));
        let mut sheet = Self { text, remarks: String::new(), has_slow: false };
        for sentence in missing.lines() {
            sheet.remark(sentence);
        }
        sheet
    }

    /// A line with our own times.
    pub fn ours(&mut self, title: &str, times: &[Option<f64>]) {
        self.line(title, times.iter().map(|time| time.map_or_else(nothing, number)));
    }

    /// A line with those of another library; in brackets, in multiples of ours.
    pub fn theirs(&mut self, title: &str, times: &[Option<Time>], ours: &[Option<f64>]) {
        self.has_slow |= times.iter().flatten().any(|time| time.is_slow);
        self.line(
            title,
            times.iter().zip(ours).map(|(time, ours)| match (time, ours) {
                (Some(Time { milliseconds, is_slow }), Some(ours)) => {
                    let mark = if *is_slow { "†" } else { "" };
                    format!("{}{mark} ({} ×)", number(*milliseconds), number(milliseconds / ours))
                }
                _ => nothing(),
            }),
        );
    }

    /// A paragraph for below the table.
    pub fn remark(&mut self, sentence: &str) {
        eprintln!("  {sentence}");
        // writing to a string cannot fail
        let _ = writeln!(self.remarks, "\n{sentence}");
    }

    /// The table, and all remarks.
    pub fn finish(mut self) -> String {
        if self.has_slow {
            self.remark(&format!("† {SLOW_REPETITIONS} repetitions, because one takes longer than two seconds."));
        }
        self.text + &self.remarks
    }

    fn line(&mut self, title: &str, cells: impl Iterator<Item = String>) {
        // writing to a string cannot fail
        let _ = writeln!(self.text, "| {title} | {} |", cells.collect::<Vec<_>>().join(" | "));
    }
}

fn nothing() -> String {
    "–".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_shows_times_and_ratios() {
        let mut sheet = Sheet::new(&["lin2", "lin64", "mlp"], "JAX is left out.");
        let ours = [Some(0.25), Some(3.0), Some(200.0)];
        sheet.ours("thetahat", &ours);
        let [quick, slow] =
            [(180.0, false), (3000.0, true)].map(|(milliseconds, is_slow)| Time { milliseconds, is_slow });
        sheet.theirs("other", &[Some(quick), None, Some(slow)], &ours);
        assert_eq!(
            sheet.finish(),
            "| Milliseconds | lin2 | lin64 | mlp |\n|---|---|---|---|\n| thetahat | 0.250 | 3.00 | 200 |\n\
             | other | 180 (720 ×) | – | 3000† (15.0 ×) |\n\n\
             JAX is left out.\n\n† 5 repetitions, because one takes longer than two seconds.\n"
        );
    }
}
