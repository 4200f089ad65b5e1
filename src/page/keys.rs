//! The keyboard: one table of what keys do, for the list that can be opened and for whoever listens, and who else has a use for a key.

use super::tab::Tab;

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Plays or pauses.
    Toggle,
    /// Moves by this many steps.
    Steps(isize),
    /// Moves by this many epochs.
    Epochs(isize),
    /// Goes back to the start.
    Restart,
    /// Draws a new seed.
    NewSeed,
    /// Keeps the shown runs as ghosts.
    Pin,
    /// Fills the screen, or gives it back.
    FullScreen,
    /// Opens the list of keys.
    List,
    /// Opens a tab.
    Open(Tab),
}

impl Action {
    /// Whether a key that is held down does it again and again.
    fn repeats(self) -> bool {
        matches!(self, Self::Steps(_) | Self::Epochs(_))
    }

    /// Whether it moves the playhead, which is nobody's wish where none is shown.
    fn moves_time(self) -> bool {
        matches!(self, Self::Toggle | Self::Steps(_) | Self::Epochs(_) | Self::Restart)
    }
}

/// The list of keys: what is pressed while a tab is open, and what that does.
#[must_use]
pub fn list(open: Tab) -> Vec<(String, &'static str)> {
    let (arrows, ends): (_, &[_]) = match open {
        Tab::Step => ("one stage forward / back", &[("Home End", "the first / the last stage")]),
        _ => ("one step forward / back", &[]),
    };
    let mut lines = vec![("Space".to_owned(), "where time is shown: play or pause"), ("→ ←".to_owned(), arrows)];
    lines.extend(ends.iter().map(|&(keys, what)| (keys.to_owned(), what)));
    lines.extend([
        ("Shift + → ←".to_owned(), "one epoch forward / back"),
        ("R".to_owned(), "restart"),
        ("S".to_owned(), "a new seed"),
        ("P".to_owned(), "pin the runs"),
        ("F".to_owned(), "full screen, and back"),
        ("+ − 0".to_owned(), "with a chart in focus: zoom in, zoom out, show all"),
        ("?".to_owned(), "this list"),
    ]);
    let tabs = Tab::ALL.len();
    if tabs > 1 {
        lines.insert(0, (format!("1 … {tabs}"), "open a tab"));
    }
    lines
}

/// What has the focus while a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// Nothing at all.
    Nothing,
    /// Something that has no use for keys, such as a chart.
    Page,
    /// A field for text: it uses every key.
    Text,
    /// A slider: it uses the keys that move it.
    Slider,
    /// A list to select from: it uses the keys that open it and move in it.
    List,
    /// A box to tick: it uses Space.
    Check,
    /// A button or something that unfolds: it uses Space and Enter.
    Button,
    /// Something in a dialog: keys stay there.
    Dialog,
}

impl Focus {
    /// Whether what has the focus uses this key itself.
    pub(super) fn uses(self, key: &str) -> bool {
        let moves = matches!(
            key,
            "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" | "Home" | "End" | "PageUp" | "PageDown"
        );
        match self {
            Self::Nothing | Self::Page => false,
            Self::Text | Self::Dialog => true,
            Self::Slider => moves,
            Self::List => moves || matches!(key, " " | "Enter"),
            Self::Check => key == " ",
            Self::Button => matches!(key, " " | "Enter"),
        }
    }
}

/// A key that was pressed, as the browser reports it, without Ctrl, Alt or Meta.
#[derive(Clone, Copy, Debug)]
pub struct Press<'a> {
    /// What it types, or its name.
    pub key: &'a str,
    /// Its place on the keyboard.
    pub code: &'a str,
    /// Whether Shift is held.
    pub shift: bool,
    /// Whether it has been held down since an earlier press.
    pub repeat: bool,
    /// What has the focus.
    pub focus: Focus,
}

/// Which keys are listened for.
#[derive(Clone, Copy, Debug)]
pub struct Heard {
    /// Whether single characters are shortcuts (WCAG 2.1.4 asks for a way to switch them off).
    pub letters: bool,
    /// Whether what is on screen stands at the playhead: [`View::has_time`](super::view::View::has_time).
    pub time: bool,
}

/// What a press does.
#[must_use]
pub fn action(press: Press<'_>, heard: Heard) -> Option<Action> {
    if press.focus.uses(press.key) {
        return None;
    }
    let action = match (press.key, press.shift) {
        ("ArrowRight", false) => Action::Steps(1),
        ("ArrowLeft", false) => Action::Steps(-1),
        ("ArrowRight", true) => Action::Epochs(1),
        ("ArrowLeft", true) => Action::Epochs(-1),
        (" ", _) => Action::Toggle,
        _ => of_letter(letter(press.key, press.code).filter(|_| heard.letters)?)?,
    };
    let is_meant = (heard.time || !action.moves_time()) && (!press.repeat || action.repeats());
    is_meant.then_some(action)
}

fn of_letter(letter: char) -> Option<Action> {
    Some(match letter {
        'r' => Action::Restart,
        's' => Action::NewSeed,
        'p' => Action::Pin,
        'f' => Action::FullScreen,
        '?' => Action::List,
        _ => {
            let place = letter.to_digit(10)?.checked_sub(1)? as usize;
            Action::Open(*Tab::ALL.get(place).filter(|_| Tab::ALL.len() > 1)?)
        }
    })
}

/// The character of a key in lower case. Where the layout has no Latin letters, the place of the key counts.
fn letter(key: &str, code: &str) -> Option<char> {
    const LAST_LATIN: char = '\u{24f}';
    let mut typed = key.chars();
    let (Some(typed), None) = (typed.next(), typed.next()) else { return None };
    if typed <= LAST_LATIN {
        return Some(typed.to_ascii_lowercase());
    }
    let place = code.strip_prefix("Key").or_else(|| code.strip_prefix("Digit"))?;
    place.chars().next().map(|place| place.to_ascii_lowercase())
}
