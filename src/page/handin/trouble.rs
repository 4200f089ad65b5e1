//! [`Trouble`]: why a hand-in, or an assignment, is not taken as it is, each in a sentence for whoever reads many of them.

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing that looks like a hand-in was found in a text or a file.
    Nothing,
    /// A link to an assignment stands where a hand-in is expected.
    Assignment,
    /// Letters are missing or changed.
    Damaged,
    /// It was written by another version of the page.
    OtherVersion,
    /// It lacks a title, a name or a number, or has one that is too long.
    Unnamed(&'static str),
    /// It has a lesson that this page does not know.
    UnknownLesson(String),
    /// It has a lesson that was not assigned, or twice.
    Unasked(String),
    /// The data of a lesson are not those of the number.
    WrongSeed {
        /// The lesson's title.
        lesson: String,
        /// The student's number.
        number: String,
    },
    /// An answer is none that its scene can have.
    Misfit {
        /// The lesson's title.
        lesson: String,
        /// The scene's title.
        scene: String,
    },
    /// A run that was handed in takes too long to be run again.
    TooLong {
        /// The lesson's title.
        lesson: String,
        /// The scene's title.
        scene: String,
    },
    /// It belongs to another assignment.
    OtherAssignment(String),
    /// The very same text was read already.
    Again,
    /// Another hand-in has the same number.
    SameNumber(String),
}

impl Trouble {
    /// What is wrong, in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Nothing => "There is no hand-in in it: a hand-in is a link with “handin=” in it, or a file with such a link.".to_owned(),
            Self::Assignment => "This is the link to an assignment, not a hand-in.".to_owned(),
            Self::Damaged => "It is damaged: letters are missing or were changed. Ask for the file instead of the link, or for the link once more.".to_owned(),
            Self::OtherVersion => "It was written by another version of this page, which writes hand-ins differently.".to_owned(),
            Self::Unnamed(what) => format!("It has no {what}, or one that is too long."),
            Self::UnknownLesson(key) => format!("It has a lesson that this page does not know: “{key}”."),
            Self::Unasked(lesson) => format!("It does not agree with its assignment: the lesson “{lesson}” was not assigned, or it has it twice."),
            Self::WrongSeed { lesson, number } => {
                format!("Its data do not belong to its number: in “{lesson}” the seed is not the one that is made of {number}.")
            }
            Self::Misfit { lesson, scene } => {
                format!("It contradicts itself: in “{lesson}”, “{scene}”, there is an answer that this page does not offer.")
            }
            Self::TooLong { lesson, scene } => {
                format!("In “{lesson}”, “{scene}”, it has a run that would take too long to be run again.")
            }
            Self::OtherAssignment(title) => format!("It belongs to another assignment: “{title}”."),
            Self::Again => "It was handed in twice: the same hand-in was read already, and counts once.".to_owned(),
            Self::SameNumber(number) => format!("The number {number} was handed in twice, with different answers or names. Both are shown."),
        }
    }
}
