//! Links: any text is read without a panic, and what is read of it is written as a link that opens the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use thetahat::page::link::{fragment, read};

fuzz_target!(|text: &str| {
    let (view, _) = read(text);
    let written = fragment(&view);
    let (again, notes) = read(&written);
    assert_eq!(fragment(&again), written);
    assert!(notes.is_empty(), "{written}: {notes:?}");
});
