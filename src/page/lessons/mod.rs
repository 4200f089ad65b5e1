//! Lessons: short guided steps through the lecture, each of which has the learner say what will happen before it happens.
//!
//! A lesson is data, one file each, listed in [`LESSONS`]; what it is made of is in [`form`]. [`asked`] has the runs computed that a lesson speaks of, and [`facts`]
//! are the numbers found in them. [`text`] puts numbers into sentences, [`judge`] holds what the learner said against the runs, [`drawing`] draws sketches and
//! points, [`course`] is where one is in a lesson, and [`work`] all that the learner has said, as it is kept.
//!
//! Nothing in here is needed before the tab is opened, so all of it is in that tab's part of the module.

pub mod asked;
pub mod course;
pub mod drawing;
pub mod facts;
pub mod form;
pub mod judge;
pub mod text;
pub mod work;

pub use form::{Given, Lesson};

/// Lists the lessons: each name is a file of this folder, with the lesson as `LESSON` in it.
macro_rules! lessons {
    ($($name:ident),* $(,)?) => {
        $(mod $name;)*

        /// The lessons, in the order in which they are offered.
        pub static LESSONS: &[&Lesson] = &[$(&$name::LESSON),*];
    };
}

lessons! {
    keys, simulate, batches, gradient, pure_step, the_loop, divergence, noise_ball, race, tracing, mapping, modules, generator, start,
}

/// The lesson with this word in links, with its number, counted from 1.
#[must_use]
pub fn of(key: &str) -> Option<(usize, &'static Lesson)> {
    let place = LESSONS.iter().position(|lesson| lesson.key == key)?;
    Some((place + 1, LESSONS[place]))
}
