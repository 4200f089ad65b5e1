//! What keys do to a text beyond typing: indent, take back, comment, begin a line. Places are counted as browsers count them, in units of UTF-16.

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Tab: up to the next stop, or all selected lines by one.
    Indent,
    /// Shift+Tab: all selected lines back by one stop.
    Dedent,
    /// Ctrl+/: all selected lines become comments, or code again.
    Comment,
    /// Enter: a line that begins where this one does, deeper after a colon.
    NewLine,
}

/// A change: `text` takes the place of `range`, and then `selection` is selected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub range: (usize, usize),
    /// By what.
    pub text: String,
    /// What is selected then.
    pub selection: (usize, usize),
}

/// One level of Python's.
const STOP: usize = 4;

/// The key's command, where it has one. `is_shifted` and `is_control` say what is held; Cmd counts as Ctrl.
#[must_use]
pub fn command(key: &str, is_shifted: bool, is_control: bool) -> Option<Command> {
    match (key, is_shifted, is_control) {
        ("Tab", false, false) => Some(Command::Indent),
        ("Tab", true, false) => Some(Command::Dedent),
        // where / is above 7, as on German keyboards, it comes with Shift
        ("/", _, true) => Some(Command::Comment),
        ("Enter", false, false) => Some(Command::NewLine),
        _ => None,
    }
}

/// What a command does to a text of which this is selected; nothing where it changes nothing.
#[must_use]
pub fn edit(text: &str, selection: (usize, usize), command: Command) -> Option<Edit> {
    let (from, to) = (byte(text, selection.0), byte(text, selection.1.max(selection.0)));
    let start = text[..from].rfind('\n').map_or(0, |at| at + 1);
    match command {
        Command::NewLine => {
            let line = &text[start..from];
            let mut indent = indent(line);
            if line.trim_end().ends_with(':') {
                indent += STOP;
            }
            Some(typed(text, from, to, format!("\n{}", " ".repeat(indent))))
        }
        Command::Indent if !text[from..to].contains('\n') => {
            let column = text[start..from].chars().count();
            Some(typed(text, from, to, " ".repeat(STOP - column % STOP)))
        }
        _ => lines(text, start, (from, to), command),
    }
}

/// Something typed in the place of what is selected.
fn typed(text: &str, from: usize, to: usize, new: String) -> Edit {
    let (from, to) = (units(&text[..from]), units(&text[..to]));
    let end = from + units(&new);
    Edit { range: (from, to), text: new, selection: (end, end) }
}

/// A change of all lines of which something is selected.
fn lines(text: &str, start: usize, (from, to): (usize, usize), command: Command) -> Option<Edit> {
    // a selection that ends where a line begins has nothing of that line
    let last = if to > from && text[..to].ends_with('\n') { to - 1 } else { to };
    let end = text[last..].find('\n').map_or(text.len(), |at| last + at);
    let old = &text[start..end];
    let filled = || old.split('\n').filter(|line| !line.trim().is_empty());
    let are_comments = filled().count() > 0 && filled().all(|line| line.trim_start().starts_with('#'));
    let least = filled().map(indent).min().unwrap_or(0);
    let change = |line: &str| match command {
        _ if line.trim().is_empty() => line.to_owned(),
        Command::Dedent => line[indent(line).min(STOP)..].to_owned(),
        Command::Comment if are_comments => {
            let (before, after) = line.split_at(indent(line));
            let after = after.trim_start_matches('#');
            format!("{before}{}", after.strip_prefix(' ').unwrap_or(after))
        }
        Command::Comment => format!("{}# {}", &line[..least], &line[least..]),
        Command::Indent | Command::NewLine => format!("{}{line}", " ".repeat(STOP)),
    };
    let changed: Vec<String> = old.split('\n').map(change).collect();
    let new = changed.join("\n");
    if new == old {
        return None;
    }
    let first = units(&text[..start]);
    let selection = if from == to {
        // the cursor stays at its letter
        let before = units(&text[start..from]) as isize;
        let by = units(&new) as isize - units(old) as isize;
        let at = first + (before + by).max(0) as usize;
        (at, at)
    } else {
        (first, first + units(&new))
    };
    Some(Edit { range: (first, first + units(old)), text: new, selection })
}

/// How many spaces a line begins with.
fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// The byte at which a place lies; the end for places beyond it.
fn byte(text: &str, place: usize) -> usize {
    let mut seen = 0;
    for (at, letter) in text.char_indices() {
        if seen >= place {
            return at;
        }
        seen += letter.len_utf16();
    }
    text.len()
}
