//! [`Kept`]: what a learning platform keeps of a student until the next visit, as a text of at most [`LIMIT`] characters.
//!
//! It has a part for each lesson, sealed by itself ([`sealed`](crate::page::handin::sealed)), so that where something was cut off or changed the other lessons are read
//! still. Many answers belong to the same run of the Lab, so each run is written once. What does not fit is left out, least first, and named ([`LeftOut`]).

use serde::{Deserialize, Serialize};

use crate::lecture::settings::config::Config;
use crate::page::handin::mark::Verdict;
use crate::page::handin::paper::{answers, fits};
use crate::page::handin::sealed::{open, seal};
use crate::page::handin::student::Student;
use crate::page::lessons::form::Lesson;
use crate::page::lessons::of;
use crate::page::lessons::work::{ATTEMPTS_LIMIT, Attempt, Guess, LessonWork, SceneWork, Work};
use crate::page::view::Shown;

/// The most characters that a platform has to keep (`cmi.suspend_data` of SCORM 1.2, a `CMIString4096`).
pub const LIMIT: usize = 4096;

/// What separates the parts.
const BETWEEN: char = ',';

/// A lesson, and what this page found of its predictions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeptLesson {
    /// What was said.
    pub work: LessonWork,
    /// What became of the predictions, scene by scene; what is not there is missing.
    pub verdicts: Vec<Verdict>,
}

impl KeptLesson {
    /// What became of the prediction of a scene.
    #[must_use]
    pub fn verdict(&self, scene: usize) -> Verdict {
        self.verdicts.get(scene).copied().unwrap_or(Verdict::Missing)
    }

    /// How much was said.
    fn said(&self) -> usize {
        let said =
            |scene: &SceneWork| scene.attempts.len() + usize::from(scene.passed) + usize::from(scene.guess.is_some());
        self.work.scenes.iter().map(said).sum()
    }
}

/// What is kept of a student.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// The lessons, in the order in which they were begun.
    pub lessons: Vec<KeptLesson>,
    /// Name and number as they were typed, where the platform does not say them.
    pub typed: Option<(String, String)>,
}

/// What was left out, because it did not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// Nothing.
    Nothing,
    /// All answers to what was to be found out but the last one of each scene.
    EarlierAttempts,
    /// All of these answers; whether they were right is kept.
    Attempts,
    /// These, and all of the lessons that were begun first, this many.
    Lessons(usize),
}

impl LeftOut {
    /// What was left out, in a sentence; empty where nothing was.
    #[must_use]
    pub fn sentence(self) -> String {
        let what = match self {
            Self::Nothing => return String::new(),
            Self::EarlierAttempts => "earlier attempts at what is to be found out".to_owned(),
            Self::Attempts => "the numbers and runs that you found out (that they were right is kept)".to_owned(),
            Self::Lessons(1) => "the answers in the lesson that you began first".to_owned(),
            Self::Lessons(count) => format!("the answers in the {count} lessons that you began first"),
        };
        format!("The platform keeps {LIMIT} characters, so it does not keep {what}; this browser does.")
    }
}

/// A lesson as it is written.
#[derive(Serialize, Deserialize)]
struct Record {
    lesson: String,
    seed: i64,
    scene: usize,
    finished: bool,
    runs: Vec<Config>,
    scenes: Vec<SceneRecord>,
}

/// A scene as it is written.
#[derive(Serialize, Deserialize)]
struct SceneRecord {
    /// 1 where the answer was shown, 2 where something was found out, and four times the place of a verdict in [`VERDICTS`].
    marks: u8,
    guess: Option<Guess>,
    /// The number that was said, what was shown, and the place of the run.
    attempts: Vec<(Option<f64>, Shown, usize)>,
}

/// In the order in which their places are written.
const VERDICTS: [Verdict; 4] = [Verdict::Missing, Verdict::Right, Verdict::Wrong, Verdict::Unsure];

impl Kept {
    /// What was said in a lesson.
    #[must_use]
    pub fn of(&self, lesson: &str) -> Option<&KeptLesson> {
        self.lessons.iter().find(|known| known.work.lesson == lesson)
    }

    /// All that was said.
    #[must_use]
    pub fn work(&self) -> Work {
        Work { lessons: self.lessons.iter().map(|known| known.work.clone()).collect() }
    }

    /// Takes what was said by now; what was found of it stays.
    pub fn take(&mut self, work: &Work) {
        let lesson = |work: &LessonWork| {
            let verdicts = self.of(&work.lesson).map(|known| known.verdicts.clone()).unwrap_or_default();
            KeptLesson { work: work.clone(), verdicts }
        };
        self.lessons = work.lessons.iter().map(lesson).collect();
    }

    /// Takes what was found of the predictions of a lesson.
    pub fn judge(&mut self, lesson: &str, verdicts: impl FnOnce(&KeptLesson) -> Vec<Verdict>) {
        if let Some(known) = self.lessons.iter_mut().find(|known| known.work.lesson == lesson) {
            known.verdicts = verdicts(known);
        }
    }

    /// Both of what was kept in two places: of each lesson the one in which more was said, and this one where that is the same.
    #[must_use]
    pub fn merged(mut self, other: Self) -> Self {
        for theirs in other.lessons {
            match self.lessons.iter_mut().find(|ours| ours.work.lesson == theirs.work.lesson) {
                Some(ours) if ours.said() < theirs.said() => *ours = theirs,
                Some(_) => {}
                None => self.lessons.push(theirs),
            }
        }
        Self { typed: self.typed.or(other.typed), ..self }
    }

    /// All of it as a text, however long.
    #[must_use]
    pub fn whole(&self) -> String {
        self.joined(LeftOut::Nothing)
    }

    /// As a text of at most [`LIMIT`] characters, and what that lacks.
    #[must_use]
    pub fn written(&self) -> (String, LeftOut) {
        let cuts = [LeftOut::Nothing, LeftOut::EarlierAttempts, LeftOut::Attempts];
        let cuts = cuts.into_iter().chain((1..=self.lessons.len()).map(LeftOut::Lessons));
        let texts = cuts.map(|cut| (self.joined(cut), cut));
        texts.into_iter().find(|(text, _)| text.len() <= LIMIT).unwrap_or((String::new(), LeftOut::Lessons(0)))
    }

    fn joined(&self, cut: LeftOut) -> String {
        let typed = self.typed.iter().map(|typed| seal('N', typed));
        let first = if let LeftOut::Lessons(count) = cut { count } else { 0 };
        let lessons = self.lessons.iter().skip(first).map(|known| seal('L', &record(known, cut)));
        typed.chain(lessons).collect::<Vec<_>>().join(&BETWEEN.to_string())
    }

    /// What was written, and how many parts of it cannot be read.
    #[must_use]
    pub fn read(text: &str) -> (Self, usize) {
        let (mut kept, mut lost) = (Self::default(), 0);
        for part in text.split(BETWEEN).map(str::trim).filter(|part| !part.is_empty()) {
            if let Ok((name, number)) = open::<(String, String)>('N', part) {
                kept.typed = Student::new(&name, &number).is_ok().then_some((name, number));
                continue;
            }
            let lesson = open('L', part).ok().and_then(lesson);
            match lesson.filter(|lesson| kept.of(&lesson.work.lesson).is_none()) {
                Some(lesson) => kept.lessons.push(lesson),
                None => lost += 1,
            }
        }
        (kept, lost)
    }
}

/// What is said where some of what was kept cannot be read; empty where all of it can.
#[must_use]
pub fn lost(parts: usize) -> String {
    match parts {
        0 => String::new(),
        1 => "A part of what the platform kept is damaged or from another version of this page, and was left out."
            .to_owned(),
        _ => format!(
            "{parts} parts of what the platform kept are damaged or from another version of this page, and were left out."
        ),
    }
}

fn record(known: &KeptLesson, cut: LeftOut) -> Record {
    let LessonWork { lesson, seed, scene, finished, scenes } = &known.work;
    let mut runs: Vec<Config> = Vec::new();
    let scenes = scenes.iter().enumerate().map(|(place, said)| {
        let surplus = match cut {
            LeftOut::Nothing => 0,
            LeftOut::EarlierAttempts => said.attempts.len().saturating_sub(1),
            LeftOut::Attempts | LeftOut::Lessons(_) => said.attempts.len(),
        };
        let attempts = said.attempts.iter().skip(surplus).map(|Attempt { said, run, shown }| {
            let number = if let Some(Guess::Number(number)) = said { Some(*number) } else { None };
            let place = runs.iter().position(|known| known == run).unwrap_or_else(|| {
                runs.push(run.clone());
                runs.len() - 1
            });
            (number, *shown, place)
        });
        let attempts = attempts.collect();
        let verdict = VERDICTS.iter().position(|verdict| *verdict == known.verdict(place)).unwrap_or(0) as u8;
        let marks = u8::from(said.revealed) | u8::from(said.passed) << 1 | verdict << 2;
        SceneRecord { marks, guess: said.guess.clone(), attempts }
    });
    let mut scenes: Vec<SceneRecord> = scenes.collect();
    // a lesson fills up with scenes in which nothing was said yet
    while scenes.last().is_some_and(|last| last.marks == 0 && last.guess.is_none() && last.attempts.is_empty()) {
        scenes.pop();
    }
    Record { lesson: lesson.clone(), seed: *seed, scene: *scene, finished: *finished, runs, scenes }
}

/// A lesson of what was written, without what its scenes cannot have; nothing where the page has no such lesson.
fn lesson(record: Record) -> Option<KeptLesson> {
    let Record { lesson, seed, scene, finished, runs, scenes } = record;
    let (_, known) = of(&lesson)?;
    let (mut said, mut verdicts) = (Vec::new(), Vec::new());
    for (place, record) in scenes.into_iter().enumerate().take(known.scenes.len()) {
        verdicts.push(VERDICTS.get(usize::from(record.marks >> 2)).copied().unwrap_or(Verdict::Missing));
        said.push(scene_of(known, place, record, &runs));
    }
    said.resize_with(known.scenes.len(), SceneWork::default);
    while verdicts.last() == Some(&Verdict::Missing) {
        verdicts.pop();
    }
    let scene = scene.min(known.scenes.len() - 1);
    Some(KeptLesson { work: LessonWork { lesson, seed, scene, finished, scenes: said }, verdicts })
}

fn scene_of(lesson: &'static Lesson, place: usize, record: SceneRecord, runs: &[Config]) -> SceneWork {
    let scene = &lesson.scenes[place];
    let attempt = |(number, shown, run): (Option<f64>, Shown, usize)| {
        let attempt = Attempt { said: number.map(Guess::Number), run: runs.get(run)?.clone(), shown };
        answers(scene, &attempt).then_some(attempt)
    };
    SceneWork {
        guess: record.guess.filter(|guess| fits(scene, guess)),
        revealed: record.marks & 1 != 0,
        attempts: record.attempts.into_iter().filter_map(attempt).take(ATTEMPTS_LIMIT).collect(),
        passed: record.marks & 2 != 0,
    }
}
