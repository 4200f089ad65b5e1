//! The tab Code without a browser: what keys do to the text ([`edits`]), the text in colours ([`colours`]), the numbers in it
//! that can be turned ([`dials`]), what a run has shown ([`output`]) and drawn ([`figures`]), what is said of it
//! ([`words`]), what its loop has done ([`recorded`]), the programs that can be opened ([`examples`]), and the text as a link carries it ([`packed`]).

pub mod colours;
pub mod dials;
pub mod edits;
pub mod examples;
pub mod figures;
pub mod output;
pub mod packed;
pub mod recorded;
pub mod tokens;
pub mod words;
