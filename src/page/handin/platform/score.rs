//! [`Standing`]: what a learning platform is told of a student. The score is the part of the questions that were answered rightly, in percent: the column "Right" of
//! the teacher's table. Everything has been answered is what makes a visit complete, right or wrong.

use super::suspended::Kept;
use crate::page::handin::mark::Verdict;
use crate::page::lessons::facts::Facts;
use crate::page::lessons::form::{Given, Lesson};
use crate::page::lessons::judge::judge;
use crate::page::lessons::work::LessonWork;

/// How many questions there are, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Predictions to make and things to find out.
    pub questions: usize,
    /// Those that were answered; "not sure yet" is an answer.
    pub answered: usize,
    /// Those that were answered rightly.
    pub right: usize,
}

impl Standing {
    /// How somebody stands in these lessons who was given this.
    pub fn of(lessons: impl Iterator<Item = &'static Lesson>, kept: &Kept, given: &Given) -> Self {
        lessons.fold(Self::default(), |standing, lesson| {
            let known = kept.of(lesson.key).filter(|known| known.work.seed == given.seed);
            let scenes = lesson.scenes.iter().enumerate();
            scenes.fold(standing, |mut standing, (place, scene)| {
                let said = known.and_then(|known| known.work.scenes.get(place));
                if scene.predicts.is_some() {
                    standing.questions += 1;
                    standing.answered += usize::from(said.is_some_and(|said| said.guess.is_some()));
                    let verdict = known.map_or(Verdict::Missing, |known| known.verdict(place));
                    standing.right += usize::from(verdict == Verdict::Right);
                }
                if scene.check.is_some() {
                    let passed = usize::from(said.is_some_and(|said| said.passed));
                    standing.questions += 1;
                    standing.answered += passed;
                    standing.right += passed;
                }
                standing
            })
        })
    }

    /// The score, from 0 to 100.
    #[must_use]
    pub fn score(&self) -> usize {
        (200 * self.right + self.questions).checked_div(2 * self.questions).unwrap_or(0)
    }

    /// The platform's word for how far somebody is who was this far before: what was reached is not taken back.
    #[must_use]
    pub fn status(&self, before: &str) -> &'static str {
        match before {
            "passed" => "passed",
            "completed" => "completed",
            _ if self.questions > 0 && self.answered == self.questions => "completed",
            _ => "incomplete",
        }
    }

    /// The same for the student.
    #[must_use]
    pub fn sentence(&self) -> String {
        let Self { questions, answered, right } = self;
        format!("{answered} of {questions} questions answered, {right} of them right: {} of 100 points.", self.score())
    }
}

/// What became of the predictions of a lesson, scene by scene, as far as these facts say; the rest stays as `known`.
#[must_use]
pub fn verdicts(lesson: &'static Lesson, work: &LessonWork, facts: &Facts, known: &[Verdict]) -> Vec<Verdict> {
    let scenes = lesson.scenes.iter().zip(&work.scenes).enumerate();
    let verdict = scenes.map(|(place, (scene, said))| {
        let (Some(prediction), Some(guess), true) = (&scene.predicts, &said.guess, said.revealed) else {
            return Verdict::Missing;
        };
        match judge(&prediction.kind, guess, facts).map(|judgement| judgement.right) {
            Some(Some(true)) => Verdict::Right,
            Some(Some(false)) => Verdict::Wrong,
            Some(None) => Verdict::Unsure,
            None => known.get(place).copied().unwrap_or(Verdict::Missing),
        }
    });
    verdict.collect()
}
