//! A panel in a slide: what the deck's messages ask for, and when; which keys are the deck's; and what makes an entry in the browser's history.
//!
//! reveal.js says when a slide is shown and when it is left, and takes keys that a frame hands on. It does not wait: its message may come before there is
//! anything to play, and is remembered then.

use super::keys::{self, Action, Focus, Heard, Press};
use super::view::View;

/// What a deck wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// The slide is shown.
    Start,
    /// The slide is left.
    Stop,
}

impl Wish {
    /// The wish in a message, if it is one.
    #[must_use]
    pub fn of(message: &str) -> Option<Self> {
        match message {
            "slide:start" => Some(Self::Start),
            "slide:stop" => Some(Self::Stop),
            _ => None,
        }
    }
}

/// What time does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// It plays from the start.
    Play,
    /// It stands at the end, for whoever wants nothing to move.
    ShowEnd,
    /// It stops where it is.
    Stop,
}

/// The deck's last wish, as long as it cannot be granted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slides {
    open: Option<Wish>,
}

impl Slides {
    /// The deck wants something. Later wishes replace earlier ones.
    pub fn wish(&mut self, wish: Wish) {
        self.open = Some(wish);
    }

    /// What is to be done now: nothing until there are runs, and each wish once. `still` is whether whoever watches wants nothing to move.
    pub fn due(&mut self, has_runs: bool, still: bool) -> Option<Move> {
        let wish = self.open.take_if(|_| has_runs)?;
        Some(match wish {
            Wish::Start if still => Move::ShowEnd,
            Wish::Start => Move::Play,
            Wish::Stop => Move::Stop,
        })
    }
}

/// Who a key belongs to that is pressed in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The panel does this.
    Panel(Action),
    /// What has the focus, or the browser.
    Focus,
    /// The deck.
    Deck,
}

/// Who a key in a frame belongs to. A presenter's remote control sends page keys, arrows, Space and Escape: with nothing in focus all keys are the deck's, and
/// page keys and Escape are even where a slider has the focus.
#[must_use]
pub fn owner(press: Press<'_>, heard: Heard) -> Owner {
    let is_quiet = matches!(press.key, "Tab" | "Shift" | "Control" | "Alt" | "AltGraph" | "Meta" | "CapsLock" | "Dead");
    if is_quiet || matches!(press.focus, Focus::Text | Focus::Dialog) {
        return Owner::Focus;
    }
    if press.focus == Focus::Nothing || matches!(press.key, "PageUp" | "PageDown" | "Escape") {
        return Owner::Deck;
    }
    if press.focus.uses(press.key) {
        return Owner::Focus;
    }
    match keys::action(press, heard) {
        Some(action) => Owner::Panel(action),
        None if press.repeat => Owner::Focus,
        None => Owner::Deck,
    }
}

/// The message with which a frame hands on a key to reveal.js.
#[must_use]
pub fn trigger_key(code: u32) -> String {
    format!("{{\"method\":\"triggerKey\",\"args\":[{code}]}}")
}

/// Whether a change of what is shown makes an entry in the browser's history. Moving the playhead makes none, and a frame none at all: the Back button belongs to
/// the page around it.
#[must_use]
pub fn makes_entry(before: &View, after: &View) -> bool {
    if after.page.embed.is_some() {
        return false;
    }
    let mut moved = before.clone();
    moved.lab.playhead = after.lab.playhead;
    // what is typed is undone in its field
    moved.code.clone_from(&after.code);
    moved != *after
}
