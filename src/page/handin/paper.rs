//! [`HandIn`]: what a student hands in: name, number, and what was said in each scene. There is no word in it on what is right.

use serde::{Deserialize, Serialize};

use super::assignment::{self, Assignment, named};
use super::sealed::{open, places, seal};
use super::seed::{normal, seed};
use super::trouble::Trouble;
use crate::lecture::settings::config::Config;
use crate::page::lessons::form::{CheckKind, Kind, Lesson, Scene};
use crate::page::lessons::of;
use crate::page::lessons::work::{ATTEMPTS_LIMIT, Attempt, Guess, SceneWork, Work};

/// The key of a hand-in in links.
pub const KEY: &str = "handin";
/// The most multiplications, about, of a run that is run again.
const COST_LIMIT: usize = 2_000_000_000;
/// The most that is read of one text, in bytes.
const TEXT_LIMIT: usize = 40_000_000;

/// What was said in a scene.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// The prediction.
    pub guess: Option<Guess>,
    /// What was answered to what was to be found out, in its order.
    pub attempts: Vec<Attempt>,
}

/// What was said in a lesson.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The lesson's word in links.
    pub lesson: String,
    /// The seed of its data.
    pub seed: i64,
    /// Scene by scene, as far as something was said.
    pub scenes: Vec<Said>,
}

/// What a student hands in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HandIn {
    /// What was asked for.
    pub assignment: Assignment,
    /// The student's name.
    pub name: String,
    /// The student's number, as [`normal`] returns it.
    pub number: String,
    /// The lessons in which something was said.
    pub lessons: Vec<Part>,
}

impl HandIn {
    /// What was said in the lessons of an assignment, with the data of this number.
    ///
    /// # Errors
    /// There is no name or no number.
    pub fn new(assignment: &Assignment, name: &str, number: &str, work: &Work) -> Result<Self, Trouble> {
        let number = normal(number).ok_or(Trouble::Unnamed("number"))?;
        let given = assignment.given(&number);
        let said = |scene: &SceneWork| Said { guess: scene.guess.clone(), attempts: scene.attempts.clone() };
        let part = |lesson: &'static Lesson| {
            let known = work.of(lesson.key).filter(|known| known.seed == given.seed)?;
            let mut scenes: Vec<Said> = known.scenes.iter().map(said).collect();
            while scenes.last().is_some_and(|last| *last == Said::default()) {
                scenes.pop();
            }
            (!scenes.is_empty()).then(|| Part { lesson: lesson.key.to_owned(), seed: given.seed, scenes })
        };
        let lessons = assignment.lessons().filter_map(part).collect();
        let paper = Self { assignment: assignment.clone(), name: name.trim().to_owned(), number, lessons };
        paper.check()?;
        Ok(paper)
    }

    /// As it stands in a link.
    #[must_use]
    pub fn written(&self) -> String {
        seal('H', self)
    }

    /// The hand-in of a link.
    ///
    /// # Errors
    /// It is damaged, or does not agree with itself.
    pub fn read(text: &str) -> Result<Self, Trouble> {
        let paper: Self = open('H', text)?;
        paper.check()?;
        Ok(paper)
    }

    /// What is wrong with it, if anything is.
    fn check(&self) -> Result<(), Trouble> {
        self.assignment.check()?;
        if !named(&self.name) {
            return Err(Trouble::Unnamed("name"));
        }
        if normal(&self.number).as_deref() != Some(&self.number) {
            return Err(Trouble::Unnamed("number"));
        }
        let seed = seed(self.assignment.salt, &self.number);
        for (place, part) in self.lessons.iter().enumerate() {
            let Some((_, lesson)) = of(&part.lesson) else {
                return Err(Trouble::UnknownLesson(part.lesson.chars().take(24).collect()));
            };
            let is_twice = self.lessons[..place].iter().any(|other| other.lesson == part.lesson);
            if is_twice || !self.assignment.lessons.contains(&part.lesson) {
                return Err(Trouble::Unasked(lesson.title.to_owned()));
            }
            if part.seed != seed {
                let (lesson, number) = (lesson.title.to_owned(), self.number.clone());
                return Err(Trouble::WrongSeed { lesson, number });
            }
            check_part(lesson, part)?;
        }
        Ok(())
    }

    /// What was said in a scene of a lesson.
    #[must_use]
    pub fn said(&self, lesson: &str, scene: usize) -> Option<&Said> {
        self.lessons.iter().find(|part| part.lesson == lesson)?.scenes.get(scene)
    }
}

fn check_part(lesson: &'static Lesson, part: &Part) -> Result<(), Trouble> {
    let titles = |scene: &Scene| (lesson.title.to_owned(), scene.title.to_owned());
    if part.scenes.len() > lesson.scenes.len() {
        return Err(Trouble::Unasked(lesson.title.to_owned()));
    }
    for (said, scene) in part.scenes.iter().zip(lesson.scenes) {
        let guessed = said.guess.as_ref().is_none_or(|guess| fits(scene, guess));
        let tried =
            said.attempts.len() <= ATTEMPTS_LIMIT && said.attempts.iter().all(|attempt| answers(scene, attempt));
        if !guessed || !tried {
            let (lesson, scene) = titles(scene);
            return Err(Trouble::Misfit { lesson, scene });
        }
        if said.attempts.iter().any(|attempt| cost(&attempt.run) > COST_LIMIT) {
            let (lesson, scene) = titles(scene);
            return Err(Trouble::TooLong { lesson, scene });
        }
    }
    Ok(())
}

/// Whether a scene can have this prediction.
pub(super) fn fits(scene: &Scene, guess: &Guess) -> bool {
    let Some(prediction) = &scene.predicts else { return false };
    guess.is_valid()
        && match (&prediction.kind, guess) {
            (_, Guess::Unsure)
            | (Kind::Number(_), Guess::Number(_))
            | (Kind::Point(_), Guess::Point(_))
            | (Kind::Sketch(_), Guess::Sketch(_)) => true,
            (Kind::Choice(choices), Guess::Choice(place)) => *place < choices.len(),
            _ => false,
        }
}

/// Whether a scene can have this answer.
pub(super) fn answers(scene: &Scene, attempt: &Attempt) -> bool {
    let Some(check) = &scene.check else { return false };
    let fits = match check.kind {
        CheckKind::Number(_) => matches!(attempt.said, Some(Guess::Number(_))),
        CheckKind::Lab { .. } => attempt.said.is_none(),
    };
    fits && attempt.is_valid()
}

/// About how many multiplications a run takes.
fn cost(run: &Config) -> usize {
    run.steps().saturating_mul(run.rows_per_batch()).saturating_mul(run.features)
}

/// The hand-ins in a text, such as a mail, a file, or many links: each as it was read, or what is wrong with it. There is at least one entry.
#[must_use]
pub fn found(text: &str) -> Vec<Result<HandIn, Trouble>> {
    let mut end = text.len().min(TEXT_LIMIT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = &text[..end];
    let papers: Vec<_> = places(KEY, text).map(HandIn::read).collect();
    if !papers.is_empty() {
        return papers;
    }
    let is_assignment = places(assignment::KEY, text).any(|text| Assignment::read(text).is_ok());
    vec![Err(if is_assignment { Trouble::Assignment } else { Trouble::Nothing })]
}
