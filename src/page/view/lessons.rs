//! [`LessonsView`]: which lesson is open, and at which scene.

/// What the tab of lessons shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LessonsView {
    /// The lesson's word; the list of lessons if there is none. One that is not known shows the list, too.
    pub lesson: Option<String>,
    /// The scene, counted from 0.
    pub scene: usize,
    /// The assignment that is worked on, as its link has it.
    pub task: Option<String>,
    /// Whether the teacher's desk is open, and with what on it.
    pub desk: Option<Desk>,
    /// A hand-in that came with a link; it lies on the desk where hand-ins are checked.
    pub handin: Option<String>,
}

impl LessonsView {
    /// Whether a lesson is open, which shows the Lab's run at the playhead; a list or a desk has nothing to do with time.
    #[must_use]
    pub fn has_time(&self) -> bool {
        self.lesson.is_some() && self.desk.is_none() && self.handin.is_none()
    }
}

/// What a teacher does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Desk {
    /// Makes an assignment.
    Make,
    /// Checks hand-ins.
    Check,
}

impl Desk {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Make, Self::Check];

    /// Its word in links.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Make => "make",
            Self::Check => "check",
        }
    }
}

/// The longest text of an assignment or a hand-in that a link carries: longer addresses are cut on their way.
pub const SEALED_LIMIT: usize = 12_000;

/// Whether a text can be an assignment or a hand-in in a link.
#[must_use]
pub fn is_sealed(text: &str) -> bool {
    (1..=SEALED_LIMIT).contains(&text.len())
        // which could not be told from the end of a sentence
        && !text.ends_with('.')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
}

/// The most scenes that a link counts.
pub const SCENES_LIMIT: usize = 99;

/// Whether a text can be the word of a lesson.
#[must_use]
pub fn is_lesson(text: &str) -> bool {
    !text.is_empty() && text.len() <= 24 && text.bytes().all(|byte| byte.is_ascii_lowercase())
}
