//! [`LessonsView`]: which lesson is open, and at which scene.

/// What the tab of lessons shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LessonsView {
    /// The lesson's word; the list of lessons if there is none. One that is not known shows the list, too.
    pub lesson: Option<String>,
    /// The scene, counted from 0.
    pub scene: usize,
}

/// The most scenes that a link counts.
pub const SCENES_LIMIT: usize = 99;

/// Whether a text can be the word of a lesson.
#[must_use]
pub fn is_lesson(text: &str) -> bool {
    !text.is_empty() && text.len() <= 24 && text.bytes().all(|byte| byte.is_ascii_lowercase())
}
