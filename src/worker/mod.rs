//! What the page and its worker say to each other, and how both ends decide; no browser.
//!
//! [`protocol`] is what is said. In the worker, a [`queue`] chooses among the [`job`]s that requests have become, whose slices keep a [`pace`]. At the page's
//! end, a [`supervisor`] knows what has been asked, notices a worker that is silent or dead, and says what to do about it. Where there are
//! several workers, a [`dealer`] deals requests out to them. `web` only carries messages.
//!
//! The tab Code has a worker with a program of its own: [`code`] is what is said to it, and [`interpreter`] the page's end.

pub mod code;
pub mod dealer;
pub mod interpreter;
pub mod job;
pub mod pace;
pub mod protocol;
pub mod queue;
pub mod supervisor;
