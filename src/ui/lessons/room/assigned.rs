//! Whose work it is: the learner's own on this machine, or that of a student on an assignment; taken up, kept, forgotten.

use leptos::prelude::*;

use crate::page::handin::assignment::Assignment;
use crate::page::handin::student::Student;
use crate::page::handin::trouble::Trouble;
use crate::page::lessons::form::Given;
use crate::page::lessons::work::Work;
use crate::page::lessons::{LESSONS, of};
use crate::ui::lessons::keeping::{keep, kept};
use crate::ui::state::page::put;
use crate::web::storage::{forget, forget_all};

use super::Room;

/// The entry that keeps what the learner has said.
const WORK: &str = "lessons";

impl Room {
    /// Takes up an assignment, or the lessons without one: what was said in them on this machine.
    pub(super) fn take_up(self, task: Option<&str>) {
        let read = task.map(Assignment::read);
        if self.task.with_untracked(|now| *now == read) && task.is_some() {
            return;
        }
        let student = match &read {
            Some(Ok(assignment)) => kept(&Student::entry(assignment)).and_then(|text| Student::read(&text)),
            _ => None,
        };
        let work = match &student {
            Some(student) => Some(student.work.clone()),
            None if read.is_none() => {
                kept(WORK).or_else(|| self.lessons.work.get_value()).and_then(|text| Work::read(&text))
            }
            None => None,
        };
        self.close();
        self.course.set(None);
        self.work.set(work.unwrap_or_default());
        self.student.set(student);
        self.task.set(read);
    }

    /// Somebody begins to work on the assignment.
    ///
    /// # Errors
    /// There is no name or no number.
    pub fn begin(self, name: &str, number: &str) -> Result<(), Trouble> {
        let mut student = Student::new(name, number)?;
        let aside =
            self.assignment().and_then(|task| kept(&student.aside(&task))).and_then(|text| Student::read(&text));
        student.work = aside.map(|known| known.work).unwrap_or_default();
        self.work.set(student.work.clone());
        self.student.set(Some(student));
        self.save();
        // the lesson that the link names waited for that
        self.follow(&self.lessons.view.get_untracked());
        Ok(())
    }

    /// Makes way for somebody else to work on the assignment: what was said so far is put aside, for when the same number is typed again.
    pub fn make_way(self) {
        let (Some(task), Some(student)) = (self.assignment(), self.student.get_untracked()) else { return };
        let student = Student { work: self.newest(), ..student };
        // a browser that keeps nothing has lost it by now
        let _ = keep(&student.aside(&task), &student.written());
        forget(&Student::entry(&task));
        self.work.set(Work::default());
        self.student.set(None);
    }

    /// The assignment that is open, if its link can be read.
    fn assignment(self) -> Option<Assignment> {
        self.task.with_untracked(|task| task.as_ref()?.as_ref().ok().cloned())
    }

    /// `Lesson 3 of 14`: among those of the assignment, if one is worked on.
    pub fn number_of(self, lesson: &str) -> String {
        let among_all = || Some((of(lesson)?.0, LESSONS.len()));
        let place = self.assignment().map_or_else(among_all, |task| task.number_of(lesson));
        place.map(|(number, all)| format!("Lesson {number} of {all}")).unwrap_or_default()
    }

    /// What lessons are given: the data of whoever works on the assignment, or else the lecture's.
    pub(super) fn given(self) -> Given {
        let given = |task: &Assignment| self.student.with_untracked(|student| Some(student.as_ref()?.given(task)));
        self.task.with_untracked(|task| task.as_ref()?.as_ref().ok().and_then(given)).unwrap_or_default()
    }

    /// Whether lessons can be opened: with an assignment only those that it has, and not before it is known who works on it.
    pub fn opens(self, lesson: &str) -> bool {
        self.task.with_untracked(|task| match task {
            None => true,
            Some(Err(_)) => false,
            Some(Ok(task)) => {
                self.student.with_untracked(Option::is_some) && task.lessons.iter().any(|key| key == lesson)
            }
        })
    }

    /// All that was said: as the browser has it, since another tab may have added to it, or else as it is known here.
    pub(super) fn newest(self) -> Work {
        let student = self.student.get_untracked();
        let known = self.task.with_untracked(|task| match task {
            None => kept(WORK).and_then(|text| Work::read(&text)),
            Some(Ok(task)) => {
                let known = kept(&Student::entry(task)).and_then(|text| Student::read(&text));
                let is_same = |known: &Student| student.as_ref().is_some_and(|student| student.number == known.number);
                known.filter(is_same).map(|known| known.work)
            }
            Some(Err(_)) => None,
        });
        known.filter(|_| self.keeps.get_value()).unwrap_or_else(|| self.work.get_untracked())
    }

    /// Keeps what was said.
    pub(super) fn save(self) {
        let mut work = self.newest();
        if let Some(own) = self.course.with_untracked(|course| course.as_ref().map(|course| course.work().clone())) {
            work.keep(own);
        }
        put(self.work, work.clone());
        let (entry, text) = match (self.task.get_untracked(), self.student.get_untracked()) {
            (None, _) => (WORK.to_owned(), work.written()),
            (Some(Ok(task)), Some(student)) => (Student::entry(&task), Student { work, ..student }.written()),
            _ => return,
        };
        let is_kept = keep(&entry, &text);
        self.keeps.set_value(is_kept);
        if !is_kept && entry == WORK {
            self.lessons.work.set_value(Some(text));
        }
    }

    /// Forgets all that this page keeps in the browser.
    pub fn forget(self) {
        self.work.set(Work::default());
        self.lessons.work.set_value(None);
        self.student.set(None);
        forget_all();
    }
}
