//! What the page and the worker of the tab Code say to each other. That worker is a program of its own, which runs Python and nothing else (`python/web`).
//!
//! The page sends one [`RunCode`] at a time; the worker answers with what the program prints, as it prints it, and last with how it [`Ending`]s. While a program runs,
//! the worker hears nothing: to stop it, the page ends the worker.

use serde::{Deserialize, Serialize};

/// The name by which tracebacks call the program.
pub const FILE: &str = "program.py";
/// How many bytes a program may print; then it is ended.
pub const MOST_PRINTED: usize = 400_000;
/// How many bytes its figures may take; those after them are not drawn.
pub const MOST_DRAWN: usize = 4_000_000;
/// So many of a program's first lines are sent as they come.
const PROMPT: usize = 50;
/// How much is printed before it is sent on, at most, in bytes, and for how long it waits, in milliseconds.
const PORTION: usize = 8_000;
const PAUSE: f64 = 40.0;

/// From the page: run this program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunCode {
    /// Its text.
    pub text: String,
}

/// Where a program prints to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stream {
    /// Its standard output.
    Out,
    /// Its standard error.
    Err,
    /// Its figures, each a text of its own.
    Figure,
}

/// Text for a stream.
pub type Piece = (Stream, String);

/// From the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromCode {
    /// It listens.
    Ready,
    /// What the program has printed since the last time.
    Printed(Vec<Piece>),
    /// What its innermost loop has done up to now.
    Recorded(Recorded),
    /// The program has ended.
    Ended(Ending),
    /// The interpreter has met a fault of its own, and the worker is about to die of it.
    Fault(String),
}

/// What the names of a program's outermost level have held after the turns of its innermost loop.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// Where the loop begins and ends in the text, in bytes.
    pub range: (usize, usize),
    /// How many turns it has taken.
    pub turns: usize,
    /// The turns that were noted, from 1: all of them, or as many as can be kept.
    pub noted: Vec<usize>,
    /// What each name has held.
    pub columns: Vec<Column>,
}

/// What a name has held.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The name.
    pub name: String,
    /// How many numbers it holds.
    pub width: usize,
    /// Those numbers, turn by turn; NaN before it was there.
    pub numbers: Vec<f32>,
}

/// How a program has ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ending {
    /// The exit status: 0 where all went well.
    pub status: u32,
    /// The line of the program at which an exception ended it, from 1.
    pub line: Option<usize>,
    /// Whether it was ended because it had printed [`MOST_PRINTED`] bytes.
    pub is_full: bool,
    /// How long it took, in milliseconds.
    pub took: f64,
}

/// Collects what a program prints into messages, and knows when it is too much.
#[derive(Debug, Default)]
pub struct Spool {
    pieces: Vec<Piece>,
    waiting: usize,
    printed: usize,
    drawn: usize,
    sent: f64,
    /// How often something was sent.
    messages: usize,
}

impl Spool {
    /// For a program that starts at this time, in milliseconds.
    #[must_use]
    pub fn new(now: f64) -> Self {
        Self { sent: now, ..Self::default() }
    }

    /// Takes what is printed. Returns whether the program may go on.
    pub fn print(&mut self, stream: Stream, text: &str) -> bool {
        if stream == Stream::Figure {
            self.drawn += text.len();
            if self.drawn <= MOST_DRAWN {
                self.waiting += text.len();
                self.pieces.push((stream, text.to_owned()));
            }
            return !self.is_full();
        }
        let room = MOST_PRINTED.saturating_sub(self.printed);
        // what is said of its end comes after everything
        let part = if stream == Stream::Err { text } else { &text[..floor(text, room)] };
        self.printed += text.len();
        self.waiting += part.len();
        match self.pieces.last_mut() {
            Some((last, written)) if *last == stream => written.push_str(part),
            _ if part.is_empty() => {}
            _ => self.pieces.push((stream, part.to_owned())),
        }
        !self.is_full()
    }

    /// Whether the program has printed too much.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.printed > MOST_PRINTED
    }

    /// What is to be sent now, if it is time.
    pub fn due(&mut self, now: f64) -> Option<Vec<Piece>> {
        // what a program says before it never ends, or dies, is not to wait with it
        let is_line = self.pieces.last().is_some_and(|(_, text)| text.ends_with('\n'));
        let is_early = is_line && self.messages < PROMPT;
        let is_due = self.waiting >= PORTION || (self.waiting > 0 && (is_early || now - self.sent >= PAUSE));
        is_due.then(|| {
            self.sent = now;
            self.messages += 1;
            self.rest()
        })
    }

    /// All that has not been sent.
    pub fn rest(&mut self) -> Vec<Piece> {
        self.waiting = 0;
        std::mem::take(&mut self.pieces)
    }
}

/// The last place up to `end` at which a text can be cut.
fn floor(text: &str, end: usize) -> usize {
    let mut end = end.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    end
}
