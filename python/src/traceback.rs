//! Tracebacks as a reader wants them: the lines of the program, and none of the library's own frames.

/// How frames of the library's own modules are called.
const FROZEN: &str = "<frozen ";

/// A frame's file and line.
fn frame(text: &str) -> Option<(&str, usize)> {
    let (file, rest) = text.strip_prefix("  File \"")?.split_once("\", line ")?;
    let digits = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    Some((file, rest[..digits].parse().ok()?))
}

/// The line of the program that the last frame in it names, from 1.
#[must_use]
pub fn line(traceback: &str, name: &str) -> Option<usize> {
    let last = traceback.rfind("Traceback (most recent call last)").unwrap_or(0);
    traceback[last..].lines().filter_map(frame).rfind(|(file, _)| *file == name).map(|(_, line)| line)
}

/// How often the same frame is shown in a row, as in `CPython`.
const SHOWN: usize = 3;

/// The frame before, and how often it came in a row.
#[derive(Default)]
struct Repeated<'a> {
    frame: &'a str,
    times: usize,
}

impl<'a> Repeated<'a> {
    /// Whether one more frame is shown.
    fn shows(&mut self, frame: &'a str, text: &mut String) -> bool {
        if frame != self.frame {
            self.end(text);
            self.frame = frame;
        }
        self.times += 1;
        self.times <= SHOWN
    }

    /// Says how many were not shown.
    fn end(&mut self, text: &mut String) {
        let more = self.times.saturating_sub(SHOWN);
        if more > 0 {
            let times = if more == 1 { "time" } else { "times" };
            text.extend(["  [Previous line repeated ", &more.to_string(), " more ", times, "]\n"]);
        }
        *self = Self::default();
    }
}

/// A traceback without the frames of the library, with the program's lines beneath its frames.
#[must_use]
pub fn own(traceback: &str, name: &str, source: &str) -> String {
    let mut text = String::with_capacity(traceback.len());
    let mut repeated = Repeated::default();
    let mut lines = traceback.lines().peekable();
    while let Some(line) = lines.next() {
        let line = if line.starts_with("RecursionError: ") { line.trim_end() } else { line };
        let found = frame(line);
        let is_shown = if let Some((file, _)) = found {
            !file.starts_with(FROZEN) && repeated.shows(line, &mut text)
        } else {
            repeated.end(&mut text);
            true
        };
        if is_shown {
            text.extend([line, "\n"]);
        }
        let Some((file, number)) = found else { continue };
        let mut has_source = false;
        // what stands deeper belongs to the frame
        while let Some(beneath) = lines.next_if(|next| next.starts_with("    ")) {
            has_source = true;
            if is_shown {
                text.extend([beneath, "\n"]);
            }
        }
        let code = source.lines().nth(number.wrapping_sub(1)).map(str::trim).filter(|code| !code.is_empty());
        if let Some(code) = code.filter(|_| is_shown && file == name && !has_source) {
            text.extend(["    ", code, "\n"]);
        }
    }
    repeated.end(&mut text);
    text
}

#[cfg(test)]
mod tests {
    use super::{line, own};

    const SOURCE: &str = "import jax\n\ndef f(x):\n    return x @ x\njax.grad(f)(2.0)\n";
    const TRACEBACK: &str = "Traceback (most recent call last):\n  File \"a.py\", line 5, in <module>\n  File \"<frozen jax>\", line 9, in g\n    inner\n  \
                             File \"a.py\", line 4, in f\nTypeError: no\n  more\n";

    #[test]
    fn the_librarys_frames_are_left_out_and_the_programs_lines_shown() {
        let expected = "Traceback (most recent call last):\n  File \"a.py\", line 5, in <module>\n    jax.grad(f)(2.0)\n  File \"a.py\", line 4, in f\n    \
                        return x @ x\nTypeError: no\n  more\n";
        assert_eq!(own(TRACEBACK, "a.py", SOURCE), expected);
        assert_eq!(own(expected, "a.py", SOURCE), expected, "what is there is not written twice");
        assert_eq!(line(TRACEBACK, "a.py"), Some(4));
    }

    #[test]
    fn a_frame_that_repeats_is_shown_three_times() {
        let head = "Traceback (most recent call last):\n";
        let twice = |times: usize| "  File \"a.py\", line 4, in f\n    return x @ x\n".repeat(times);
        let told = |times: usize| own(&format!("{head}{}E: x\n", twice(times)), "a.py", SOURCE);
        assert_eq!(told(3), format!("{head}{}E: x\n", twice(3)));
        assert_eq!(told(4), format!("{head}{}  [Previous line repeated 1 more time]\nE: x\n", twice(3)));
        assert_eq!(told(999), format!("{head}{}  [Previous line repeated 996 more times]\nE: x\n", twice(3)));
    }

    #[test]
    fn a_line_that_there_is_not_is_not_shown() {
        let text = "  File \"a.py\", line 99, in f\n  File \"a.py\", line 0\n  File \"a.py\", line x\nE\n";
        assert_eq!(own(text, "a.py", SOURCE), text);
        assert_eq!(line("E: 1\n", "a.py"), None);
    }
}
