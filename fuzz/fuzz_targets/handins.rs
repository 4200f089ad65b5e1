//! Hand-ins, assignments and what a browser keeps of a student: any text is read or refused, and what is read is written as it was.

#![no_main]

use libfuzzer_sys::fuzz_target;
use thetahat::page::handin::assignment::Assignment;
use thetahat::page::handin::paper::{HandIn, found};
use thetahat::page::handin::student::Student;
use thetahat::page::handin::trouble::Trouble;
use thetahat::page::lessons::work::Work;

fuzz_target!(|text: &str| {
    let _ = found(text);
    if let Ok(read) = Assignment::read(text) {
        assert_eq!(Assignment::read(&read.written()), Ok(read));
    }
    if let Ok(read) = HandIn::read(text) {
        // as texts, because a number may be none
        assert_eq!(format!("{:?}", HandIn::read(&read.written())), format!("{:?}", Ok::<_, Trouble>(read)));
    }
    if let Some(read) = Student::read(text) {
        assert_eq!(Student::read(&read.written()).map(|again| again.written()), Some(read.written()));
    }
    if let Some(read) = Work::read(text) {
        assert_eq!(Work::read(&read.written()).map(|again| again.written()), Some(read.written()));
    }
});
