//! [`Output`]: what the newest run has shown. What the run before it has shown stays until something new comes, so that nothing flickers while a text is edited.

use crate::worker::code::{Ending, FILE, Piece, Stream};

use super::colours::escape;
use super::figures;

/// Why the worker died while it ran a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Functions that call each other more deeply than the browser allows.
    Depth,
    /// Memory.
    Memory,
    /// A fault of the interpreter.
    Fault,
}

impl Cause {
    /// What a browser's error message means; `is_fault` says whether the interpreter has told of a fault of its own before.
    #[must_use]
    pub fn of(message: &str, is_fault: bool) -> Self {
        let message = message.to_ascii_lowercase();
        if message.contains("call stack") || message.contains("recursion") || message.contains("stack overflow") {
            Self::Depth
        } else if is_fault {
            Self::Fault
        } else {
            // the allocator ends a program that it has no memory for without a word
            Self::Memory
        }
    }
}

/// How the newest run stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Course {
    /// Nothing has been run.
    #[default]
    Never,
    /// It is under way, or about to be.
    Running,
    /// It has ended by itself.
    Ended(Ending),
    /// It was stopped.
    Stopped,
    /// Its worker died.
    Died(Cause),
}

/// What the newest run has shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Output {
    pieces: Vec<Piece>,
    course: Course,
    is_old: bool,
    /// Counts the times that everything was taken away.
    edition: u32,
}

impl Output {
    /// What was printed.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// How the run stands.
    #[must_use]
    pub fn course(&self) -> Course {
        self.course
    }

    /// Whether what is shown is the run's before.
    #[must_use]
    pub fn is_old(&self) -> bool {
        self.is_old
    }

    /// Another number for each time that everything was taken away.
    #[must_use]
    pub fn edition(&self) -> u32 {
        self.edition
    }

    /// A run begins.
    pub fn start(&mut self) {
        self.is_old = true;
        self.course = Course::Running;
    }

    /// The run goes on and on: what the run before it has shown is not taken for its own.
    pub fn go_on(&mut self) {
        if self.course == Course::Running {
            self.renew();
        }
    }

    /// The run has printed.
    pub fn print(&mut self, pieces: Vec<Piece>) {
        self.renew();
        self.pieces.extend(pieces);
    }

    /// The run is over.
    pub fn end(&mut self, course: Course) {
        self.renew();
        self.course = course;
    }

    fn renew(&mut self) {
        if self.is_old {
            self.is_old = false;
            self.pieces.clear();
            self.edition = self.edition.wrapping_add(1);
        }
    }

    /// The line of the program that an error marks.
    #[must_use]
    pub fn marked(&self) -> Option<usize> {
        match self.course {
            Course::Ended(ending) => ending.line,
            _ => None,
        }
    }

    /// Whether the run went wrong.
    #[must_use]
    pub fn is_bad(&self) -> bool {
        match self.course {
            Course::Ended(ending) => ending.status != 0,
            Course::Died(_) => true,
            Course::Never | Course::Running | Course::Stopped => false,
        }
    }

    /// The exception that has ended the run, in one line.
    #[must_use]
    pub fn exception(&self) -> Option<String> {
        let failed = matches!(self.course, Course::Ended(ending) if ending.status != 0);
        let errors = self.pieces.iter().filter(|(stream, _)| *stream == Stream::Err).map(|(_, text)| text.as_str());
        let errors: String = errors.filter(|_| failed).collect();
        let start = errors.rfind("Traceback (most recent call last)").or_else(|| errors.rfind(FILE))?;
        errors[start..].lines().skip(1).find(|line| !line.starts_with(' ') && !line.is_empty()).map(str::to_owned)
    }

    /// All that was printed to the standard output, line by line.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let text: String =
            self.pieces.iter().filter(|(stream, _)| *stream == Stream::Out).map(|(_, text)| text.as_str()).collect();
        text.lines().map(str::to_owned).collect()
    }
}

/// A piece of what a program has shown as HTML.
#[must_use]
pub fn html((stream, text): &Piece, is_dark: bool) -> String {
    if *stream == Stream::Figure {
        return figures::html(text, is_dark);
    }
    let mut html = String::with_capacity(text.len() + 32);
    html += if *stream == Stream::Err { "<span class=err>" } else { "<span>" };
    escape(text, &mut html);
    html + "</span>"
}
