//! [`Student`]: who works on an assignment on this machine, as the browser keeps it.

use super::seed::normal;
use crate::page::lessons::form::Given;
use crate::page::lessons::work::Work;

use super::assignment::{Assignment, named};
use super::trouble::Trouble;

/// Who works on an assignment, and what was said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Student {
    /// The name, as it was typed.
    pub name: String,
    /// The number, as [`normal`] returns it.
    pub number: String,
    /// What was said.
    pub work: Work,
}

impl Student {
    /// Somebody who begins.
    ///
    /// # Errors
    /// There is no name or no number, or it is too long.
    pub fn new(name: &str, number: &str) -> Result<Self, Trouble> {
        let name = name.trim();
        if !named(name) {
            return Err(Trouble::Unnamed("name"));
        }
        let number = normal(number).ok_or(Trouble::Unnamed("number"))?;
        Ok(Self { name: name.to_owned(), number, work: Work::default() })
    }

    /// What this student is given.
    #[must_use]
    pub fn given(&self, assignment: &Assignment) -> Given {
        assignment.given(&self.number)
    }

    /// The entry under which the browser keeps who works on an assignment.
    #[must_use]
    pub fn entry(assignment: &Assignment) -> String {
        format!("task.{}", assignment.mark())
    }

    /// The entry under which it keeps what this student has said, while somebody else works on the same machine.
    #[must_use]
    pub fn aside(&self, assignment: &Assignment) -> String {
        format!("{}.{}", Self::entry(assignment), self.number)
    }

    /// As a text.
    #[must_use]
    pub fn written(&self) -> String {
        [self.number.as_str(), self.work.written().as_str(), self.name.as_str()].join(" ")
    }

    /// What was written; nothing where it is damaged.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (number, rest) = text.split_once(' ')?;
        let (work, name) = rest.split_once(' ')?;
        Some(Self { work: Work::read(work)?, ..Self::new(name, number).ok()? })
    }
}
