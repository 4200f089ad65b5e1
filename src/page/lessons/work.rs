//! [`Work`]: all that the learner has said in lessons, as it is kept in the browser. A hand-in is made of the same: it has no word on what is right, since whoever
//! reads it runs the lessons again.

use serde::{Deserialize, Serialize};

use crate::lecture::settings::config::Config;
use crate::page::view::Shown;

/// What a learner said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Guess {
    /// "Not sure yet."
    Unsure,
    /// One of the sentences, by its place.
    Choice(usize),
    /// A number.
    Number(f64),
    /// A place in the plane of parameters.
    Point([f64; 2]),
    /// A curve: its values at [`KNOTS`] evenly spaced moments, the start and the end included.
    Sketch(Vec<f64>),
}

/// Of how many values a sketch is made.
pub const KNOTS: usize = 9;

impl Guess {
    /// Whether all of it are numbers, and as many as belong to it.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        match self {
            Self::Unsure | Self::Choice(_) => true,
            Self::Number(number) => number.is_finite(),
            Self::Point(place) => place.iter().all(|number| number.is_finite()),
            Self::Sketch(values) => values.len() == KNOTS && values.iter().all(|value| value.is_finite()),
        }
    }
}

/// An answer to what a scene has the learner find out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// What was said, if a number was asked for.
    pub said: Option<Guess>,
    /// The Lab's first run at that time.
    pub run: Config,
    /// The columns that the Lab showed then.
    pub shown: Shown,
}

impl Attempt {
    /// Whether it is one that the page can have written.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.shown.iter().next().is_some()
            && self.run.validate().is_ok()
            && self.said.as_ref().is_none_or(Guess::is_valid)
    }
}

/// What was said in a scene.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SceneWork {
    /// The prediction that the learner committed to.
    pub guess: Option<Guess>,
    /// Whether the answer was shown.
    pub revealed: bool,
    /// The answers to what was to be found out, in their order.
    pub attempts: Vec<Attempt>,
    /// Whether the page took the last one for right.
    pub passed: bool,
}

/// What was said in a lesson.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LessonWork {
    /// The lesson's word in links.
    pub lesson: String,
    /// The seed of its data.
    pub seed: i64,
    /// The scene where one is, counted from 0.
    pub scene: usize,
    /// Whether the last scene was reached.
    pub finished: bool,
    /// What was said, scene by scene, as far as there is something.
    pub scenes: Vec<SceneWork>,
}

/// What was said in all lessons.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Work {
    /// In the order in which they were begun.
    pub lessons: Vec<LessonWork>,
}

/// How its text begins; another version begins otherwise.
const VERSION: &str = "2";
/// The most attempts that are kept of a scene, the latest ones.
pub const ATTEMPTS_LIMIT: usize = 20;

impl Work {
    /// The work as a text of letters and digits.
    #[must_use]
    pub fn written(&self) -> String {
        let mut text = VERSION.to_owned();
        for byte in postcard::to_allocvec(self).unwrap_or_default() {
            let digit = |four: u8| char::from_digit(u32::from(four), 16).unwrap_or('0');
            text.extend([digit(byte >> 4), digit(byte & 15)]);
        }
        text
    }

    /// What was written; nothing where it is damaged.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let digits: Option<Vec<u8>> =
            text.strip_prefix(VERSION)?.chars().map(|digit| digit.to_digit(16).map(|four| four as u8)).collect();
        let bytes: Vec<u8> = digits?.chunks(2).map(|pair| pair.iter().fold(0, |byte, four| byte << 4 | four)).collect();
        let work: Self = postcard::from_bytes(&bytes).ok()?;
        work.is_valid().then_some(work)
    }

    fn is_valid(&self) -> bool {
        let scene = |scene: &SceneWork| {
            scene.guess.as_ref().is_none_or(Guess::is_valid) && scene.attempts.iter().all(Attempt::is_valid)
        };
        self.lessons.iter().all(|lesson| lesson.scenes.iter().all(scene))
    }

    /// What was said in a lesson.
    #[must_use]
    pub fn of(&self, lesson: &str) -> Option<&LessonWork> {
        self.lessons.iter().find(|work| work.lesson == lesson)
    }

    /// Keeps what was said in a lesson.
    pub fn keep(&mut self, work: LessonWork) {
        match self.lessons.iter_mut().find(|known| known.lesson == work.lesson) {
            Some(known) => *known = work,
            None => self.lessons.push(work),
        }
    }
}
