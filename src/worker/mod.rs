//! What the page and its worker say to each other ([`protocol`]), and what the worker does with a request ([`job`]); no browser.

pub mod job;
pub mod protocol;
