//! Homework: an [`Assignment`](assignment::Assignment) that a teacher makes, the [`HandIn`](paper::HandIn) that a student hands in, and what the teacher reads
//! of many of them.
//!
//! Both are texts of a link ([`sealed`]). The data's seed is made of the student's number ([`seed`]), so nearly everybody has other data. A hand-in says what was
//! predicted and found, and nothing of what is right: whoever reads it runs the lessons again ([`judge`]) and judges by those runs ([`mark`]). What cannot be read, or does not
//! agree with itself, is named ([`trouble`]). [`table`] is what is said of a class, on the page and as CSV, and [`class`] its predictions as a picture. [`platform`] is the
//! same homework on a learning platform.
//!
//! Nothing in here is needed before the tab Lessons is opened, so all of it is in that tab's part of the module.

pub mod assignment;
pub mod class;
pub mod judge;
pub mod mark;
pub mod paper;
pub mod platform;
pub mod sealed;
pub mod seed;
pub mod student;
pub mod table;
pub mod trouble;
