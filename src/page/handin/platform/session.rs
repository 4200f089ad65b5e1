//! [`Session`]: what is said to a learning platform and heard from it, by the functions of the SCORM 1.2 run-time environment (`LMSInitialize`, `LMSSetValue`, …).
//!
//! Platforms differ in what they do where something goes wrong, so nothing of what they say is relied on: whatever is refused becomes a [`Refusal`] to be shown, and
//! is told again with the next report.

use crate::page::handin::assignment::TITLE_LIMIT;
use crate::page::handin::seed::{NUMBER_LIMIT, digest, normal};
use crate::page::handin::student::Student;

/// The platform's functions.
pub trait Api {
    /// Calls one of them, and returns what it returns as a text.
    ///
    /// # Errors
    /// It is not there or fails: what it says.
    fn call(&self, function: &str, arguments: &[&str]) -> Result<String, String>;
}

/// The platform did not do what it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    what: String,
    why: String,
}

impl Refusal {
    /// What went wrong, in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let Self { what, why } = self;
        let why = if why.is_empty() { "it does not say why" } else { why };
        format!("The learning platform did not accept {what} ({why}).")
    }
}

/// What a platform says in the beginning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opened {
    /// The student's name.
    pub name: String,
    /// By what the platform knows the student.
    pub id: String,
    /// What it kept from the last visit.
    pub suspended: String,
    /// How far it takes the student to be.
    pub status: String,
    /// Where the student was: the word of a lesson.
    pub location: String,
}

impl Opened {
    /// The student, if name and number can be those of one.
    #[must_use]
    pub fn student(&self) -> Option<Student> {
        let plain = |text: &str| -> String { text.chars().filter(|letter| !letter.is_control()).collect() };
        let name: String = plain(&self.name).trim().chars().take(TITLE_LIMIT).collect();
        let number = normal(&self.id).filter(|number| number.len() <= NUMBER_LIMIT)?;
        Student::new(if name.trim().is_empty() { &number } else { &name }, &number).ok()
    }

    /// The entry under which this browser keeps what the platform does not: another one for each student and each assignment.
    #[must_use]
    pub fn entry(&self, assignment: &str) -> String {
        format!("platform.{:08x}", digest(format!("{} {assignment}", self.id).as_bytes()))
    }
}

/// What a platform is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// From 0 to 100.
    pub score: usize,
    /// The platform's word for how far the student is.
    pub status: &'static str,
    /// What it shall keep.
    pub suspended: String,
    /// The word of the lesson that is open, or nothing.
    pub location: String,
}

/// A visit.
pub struct Session {
    api: Box<dyn Api>,
    /// What the platform was told and has accepted.
    told: Vec<(&'static str, String)>,
    /// Whether something was told that it may not have written down.
    is_due: bool,
    is_over: bool,
}

impl Session {
    /// Begins a visit.
    ///
    /// # Errors
    /// The platform does not let it begin, or does not say what it kept: then it must not be told anything, since that would replace what it has.
    pub fn begin(api: Box<dyn Api>) -> Result<(Self, Opened), Refusal> {
        let session = Self { api, told: Vec::new(), is_due: false, is_over: false };
        session.done("LMSInitialize", &[""], "the beginning of this visit")?;
        let suspended = session.read("cmi.suspend_data")?;
        // a platform without one of these says an error, and nothing is missed
        let get = |element| session.read(element).unwrap_or_default();
        let opened = Opened {
            name: get("cmi.core.student_name"),
            id: get("cmi.core.student_id"),
            suspended,
            status: get("cmi.core.lesson_status"),
            location: get("cmi.core.lesson_location"),
        };
        Ok((session, opened))
    }

    /// Tells the platform what has changed, and has it write that down.
    ///
    /// # Errors
    /// It refuses something; the rest it was told.
    pub fn tell(&mut self, report: &Report) -> Result<(), Refusal> {
        let values = [
            ("cmi.suspend_data", report.suspended.clone()),
            ("cmi.core.score.min", "0".to_owned()),
            ("cmi.core.score.max", "100".to_owned()),
            ("cmi.core.score.raw", report.score.to_string()),
            ("cmi.core.lesson_status", report.status.to_owned()),
            ("cmi.core.lesson_location", report.location.clone()),
            ("cmi.core.exit", "suspend".to_owned()),
        ];
        let mut refused = None;
        for (element, value) in values {
            if let Err(refusal) = self.set(element, value) {
                refused.get_or_insert(refusal);
            }
        }
        let written = self.write_down();
        refused.map_or(written, Err)
    }

    /// Ends the visit, which took this many milliseconds.
    ///
    /// # Errors
    /// The platform refuses something; the visit is over all the same.
    pub fn end(&mut self, milliseconds: f64) -> Result<(), Refusal> {
        if self.is_over {
            return Ok(());
        }
        let timed = self.set("cmi.core.session_time", span(milliseconds));
        let written = self.write_down();
        self.is_over = true;
        let finished = self.done("LMSFinish", &[""], "the end of this visit");
        timed.and(written).and(finished)
    }

    fn set(&mut self, element: &'static str, value: String) -> Result<(), Refusal> {
        let known = self.told.iter().position(|(known, _)| *known == element);
        if self.is_over || known.is_some_and(|known| self.told[known].1 == value) {
            return Ok(());
        }
        if let Some(known) = known {
            self.told.swap_remove(known);
        }
        self.done("LMSSetValue", &[element, &value], element)?;
        self.is_due = true;
        self.told.push((element, value));
        Ok(())
    }

    fn write_down(&mut self) -> Result<(), Refusal> {
        if self.is_due && !self.is_over {
            self.done("LMSCommit", &[""], "the request to store what it was told")?;
            self.is_due = false;
        }
        Ok(())
    }

    /// What the platform has for an element; one that it does not know, or has nothing for, has nothing.
    fn read(&self, element: &str) -> Result<String, Refusal> {
        let refusal = |why| Refusal { what: format!("a question for {element}"), why };
        let value = self.api.call("LMSGetValue", &[element]).map_err(refusal)?;
        let error = if value.is_empty() { self.error() } else { None };
        // those from 400 on are about the element; all others are about the visit
        error.filter(|(code, _)| !code.starts_with('4')).map_or(Ok(value), |(_, why)| Err(refusal(why)))
    }

    /// Calls a function that says whether it did what it was asked for.
    fn done(&self, function: &str, arguments: &[&str], what: &str) -> Result<(), Refusal> {
        let refusal = |why| Refusal { what: what.to_owned(), why };
        match self.api.call(function, arguments).map_err(refusal)?.as_str() {
            "true" | "1" => Ok(()),
            _ => Err(refusal(self.error().map(|(_, why)| why).unwrap_or_default())),
        }
    }

    /// The code of the platform's last error and what it says of it; nothing where there was none.
    fn error(&self) -> Option<(String, String)> {
        let code = self.api.call("LMSGetLastError", &[]).unwrap_or_default();
        if matches!(code.trim(), "" | "0") {
            return None;
        }
        let words = self.api.call("LMSGetErrorString", &[code.as_str()]).unwrap_or_default();
        let words: String = words.chars().take(200).collect();
        let sentence = if words.is_empty() { format!("error {code}") } else { format!("error {code}: {words}") };
        Some((code, sentence))
    }
}

/// A length of time as SCORM 1.2 writes it (`CMITimespan`): hours, minutes, seconds and their hundredths.
#[must_use]
pub fn span(milliseconds: f64) -> String {
    // the longest that it can say
    let hundredths = (milliseconds / 10.0).clamp(0.0, 9999.0 * 360_000.0) as u64;
    let (seconds, rest) = (hundredths / 100, hundredths % 100);
    format!("{:04}:{:02}:{:02}.{rest:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}
