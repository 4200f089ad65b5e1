//! The page on a learning platform, as a package by the rules of SCORM 1.2: [`session`] is what is said to the platform and heard from it, [`score`] what it is told
//! of a student, [`suspended`] what it keeps until the next visit.
//!
//! None of this knows the browser: [`session::Api`] is whatever answers like the platform's own. The platform believes what this page says, and this page runs in
//! the student's browser: its score proves nothing that a hand-in does not prove better.

pub mod score;
pub mod session;
pub mod suspended;
