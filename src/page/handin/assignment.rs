//! [`Assignment`]: what a teacher asks for.

use serde::{Deserialize, Serialize};

use super::sealed::{open, seal};
use super::seed::{digest, seed};
use super::trouble::Trouble;
use crate::page::lessons::course::Course;
use crate::page::lessons::form::{Given, Lesson};
use crate::page::lessons::work::Work;
use crate::page::lessons::{LESSONS, of};

/// The key of an assignment in links.
pub const KEY: &str = "task";
/// The longest title and the longest name, in characters.
pub const TITLE_LIMIT: usize = 80;

/// What a teacher asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// A number drawn for it, so that two of the same title are not the same, and last year's data are not this year's.
    pub salt: u32,
    /// What it is called.
    pub title: String,
    /// The lessons' words in links, in their order.
    pub lessons: Vec<String>,
}

impl Assignment {
    /// These lessons under a title.
    ///
    /// # Errors
    /// There is no title, or no lesson.
    pub fn new(title: &str, keys: &[&str], salt: u32) -> Result<Self, Trouble> {
        let lessons = LESSONS.iter().map(|lesson| lesson.key).filter(|key| keys.contains(key)).map(str::to_owned);
        let assignment = Self { salt, title: title.trim().to_owned(), lessons: lessons.collect() };
        assignment.check()?;
        Ok(assignment)
    }

    /// As it stands in a link.
    #[must_use]
    pub fn written(&self) -> String {
        seal('A', self)
    }

    /// The assignment of a link.
    ///
    /// # Errors
    /// It is damaged, from another version, or has lessons that are not known.
    pub fn read(text: &str) -> Result<Self, Trouble> {
        let assignment: Self = open('A', text)?;
        assignment.check()?;
        Ok(assignment)
    }

    /// What is wrong with it, if anything is.
    pub(super) fn check(&self) -> Result<(), Trouble> {
        if !named(&self.title) {
            return Err(Trouble::Unnamed("title"));
        }
        if self.lessons.is_empty() {
            return Err(Trouble::Unnamed("lesson"));
        }
        for (place, key) in self.lessons.iter().enumerate() {
            let Some((_, lesson)) = of(key) else { return Err(Trouble::UnknownLesson(key.chars().take(24).collect())) };
            if self.lessons[..place].contains(key) {
                return Err(Trouble::Unasked(lesson.title.to_owned()));
            }
        }
        Ok(())
    }

    /// Which of its lessons this one is, from 1, and how many it has; none if it has no such lesson.
    #[must_use]
    pub fn number_of(&self, lesson: &str) -> Option<(usize, usize)> {
        let place = self.lessons.iter().position(|key| key == lesson)?;
        Some((place + 1, self.lessons.len()))
    }

    /// Its lessons.
    pub fn lessons(&self) -> impl Iterator<Item = &'static Lesson> {
        self.lessons.iter().filter_map(|key| of(key)).map(|(_, lesson)| lesson)
    }

    /// What a student with this number has not answered yet, in a sentence; nothing where all is.
    #[must_use]
    pub fn unanswered(&self, number: &str, work: &Work) -> Option<String> {
        let given = self.given(number);
        let open = self.lessons().filter_map(|lesson| {
            let (said, all) = Course::new(lesson, work.of(lesson.key), &given).progress();
            (said < all).then(|| format!("{} of {all} in “{}”", all - said, lesson.title))
        });
        let open: Vec<String> = open.collect();
        (!open.is_empty()).then(|| format!("Not answered yet: {}.", open.join(", ")))
    }

    /// What a student with this number is given; the number is one that [`super::seed::normal`] returns.
    #[must_use]
    pub fn given(&self, number: &str) -> Given {
        Given { seed: seed(self.salt, number) }
    }

    /// Eight digits by which a teacher tells assignments apart.
    #[must_use]
    pub fn mark(&self) -> String {
        format!("{:08x}", digest(&postcard::to_allocvec(self).unwrap_or_default()))
    }
}

/// Whether a text can be a title or a name.
pub(super) fn named(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= TITLE_LIMIT && !text.chars().any(char::is_control)
}
