//! [`Course`]: where one is in a lesson, and how one gets on: a machine of plain states that follows what the learner does.

use super::form::{Given, Lesson, Prediction, Scene};
use super::work::{ATTEMPTS_LIMIT, Attempt, Guess, LessonWork, SceneWork};

/// Where one is in a lesson.
#[derive(Clone)]
pub struct Course {
    /// The lesson.
    pub lesson: &'static Lesson,
    work: LessonWork,
}

/// What a scene waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// For a prediction.
    Predict,
    /// For the answer to be shown.
    Reveal,
    /// For something to be found out.
    Check,
    /// For nothing: there is only the way on.
    Over,
}

impl Course {
    /// A lesson as far as it was worked through, or from its beginning.
    #[must_use]
    pub fn new(lesson: &'static Lesson, known: Option<&LessonWork>, given: &Given) -> Self {
        let same = known.filter(|work| work.seed == given.seed).cloned();
        let mut work = same.unwrap_or_default();
        lesson.key.clone_into(&mut work.lesson);
        work.seed = given.seed;
        work.scenes.resize_with(lesson.scenes.len(), SceneWork::default);
        work.scene = work.scene.min(lesson.scenes.len() - 1);
        Self { lesson, work }
    }

    /// What the lesson was given.
    #[must_use]
    pub fn given(&self) -> Given {
        Given { seed: self.work.seed }
    }

    /// What was said so far.
    #[must_use]
    pub fn work(&self) -> &LessonWork {
        &self.work
    }

    /// The scene where one is, counted from 0.
    #[must_use]
    pub fn place(&self) -> usize {
        self.work.scene
    }

    /// The scene where one is.
    #[must_use]
    pub fn scene(&self) -> &'static Scene {
        &self.lesson.scenes[self.work.scene]
    }

    /// What was said in it.
    #[must_use]
    pub fn said(&self) -> &SceneWork {
        &self.work.scenes[self.work.scene]
    }

    /// What is to be predicted in it.
    #[must_use]
    pub fn prediction(&self) -> Option<&'static Prediction> {
        self.scene().predicts.as_ref()
    }

    /// What it waits for.
    #[must_use]
    pub fn stage(&self) -> Stage {
        let (scene, said) = (self.scene(), self.said());
        match (&scene.predicts, &scene.check) {
            (Some(_), _) if !said.revealed && said.guess.is_none() => Stage::Predict,
            (Some(_), _) if !said.revealed => Stage::Reveal,
            (_, Some(_)) if !said.passed => Stage::Check,
            _ => Stage::Over,
        }
    }

    /// Goes to a scene; returns whether that is another one.
    pub fn go(&mut self, place: usize) -> bool {
        let last = self.lesson.scenes.len() - 1;
        let place = place.min(last);
        let moves = place != self.work.scene;
        self.work.scene = place;
        self.work.finished |= place == last;
        moves
    }

    /// Goes on, whether or not anything was said.
    pub fn forward(&mut self) -> bool {
        self.go(self.work.scene + 1)
    }

    /// Goes back.
    pub fn back(&mut self) -> bool {
        self.go(self.work.scene.saturating_sub(1))
    }

    /// Whether it is the last scene.
    #[must_use]
    pub fn is_last(&self) -> bool {
        self.work.scene + 1 == self.lesson.scenes.len()
    }

    /// Begins again, with nothing said.
    pub fn restart(&mut self) {
        let finished = self.work.finished;
        *self = Self::new(self.lesson, None, &self.given());
        self.work.finished = finished;
    }

    /// Commits to a prediction, once; in front of a class the answer is still not shown. Returns whether it was taken.
    pub fn commit(&mut self, guess: Guess, shows: bool) -> bool {
        if self.stage() != Stage::Predict || !guess.is_valid() {
            return false;
        }
        let said = &mut self.work.scenes[self.work.scene];
        said.guess = Some(guess);
        said.revealed = shows;
        true
    }

    /// Shows the answer, also to a class of which nobody has committed. Returns whether it was hidden.
    pub fn reveal(&mut self) -> bool {
        let is_hidden = matches!(self.stage(), Stage::Predict | Stage::Reveal);
        self.work.scenes[self.work.scene].revealed |= is_hidden;
        is_hidden
    }

    /// Notes an answer to what is to be found out, and whether it is right.
    pub fn attempt(&mut self, attempt: Attempt, right: bool) {
        let said = &mut self.work.scenes[self.work.scene];
        said.attempts.push(attempt);
        let surplus = said.attempts.len().saturating_sub(ATTEMPTS_LIMIT);
        said.attempts.drain(..surplus);
        said.passed |= right;
    }

    /// How many of the things to say were said, and how many there are.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        let scenes = self.lesson.scenes.iter().zip(&self.work.scenes);
        scenes.fold((0, 0), |(said, all), (scene, work)| {
            let predicted = scene.predicts.is_some() && work.guess.is_some();
            let checked = scene.check.is_some() && work.passed;
            let wanted = usize::from(scene.predicts.is_some()) + usize::from(scene.check.is_some());
            (said + usize::from(predicted) + usize::from(checked), all + wanted)
        })
    }

    /// How far one has come, for a list of lessons, and whether that is all: every question answered, and the last scene seen.
    #[must_use]
    pub fn standing(&self) -> (String, bool) {
        match self.progress() {
            (said, all) if said == all && self.work.finished => ("done".to_owned(), true),
            (said, all) if self.work.finished => (format!("{said} of {all} answered"), false),
            _ => (format!("at scene {} of {}", self.place() + 1, self.lesson.scenes.len()), false),
        }
    }
}
