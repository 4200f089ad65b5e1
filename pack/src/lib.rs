//! Finishes what Trunk has built: [`seal`] writes the page's content security policy into it, [`alone`] packs the whole page into one file,
//! [`scorm`] into a package for learning platforms.
//!
//! They make it of what [`Site::read`] or [`whole`] has read; `main.rs` writes it.

mod files;
pub mod lean;
mod policy;
mod scorm;
mod single;

pub use files::{Site, whole};
pub use policy::seal;
pub use scorm::scorm;
pub use single::alone;

/// Why a page cannot be finished: it is not what Trunk makes of `index.html`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The page lacks something that has to be in it.
    #[error("the page has no `{0}`: build it with `cargo xtask build`")]
    Missing(&'static str),
    /// A style is none.
    #[error("a style cannot be read: {0}")]
    Style(&'static str),
    /// A text that ends a script would end it too early.
    #[error("{0} contains `{1}` and cannot stand within the page")]
    EndsScript(&'static str, &'static str),
    /// The address is none that a link can begin with.
    #[error(
        "`{0}` is no address of a page: name one that begins with https:// or http://, such as https://example.org/thetahat/"
    )]
    Address(String),
    /// The link is none to an assignment.
    #[error(
        "`{0}` is no link to an assignment: name one that “Make a hand-in” in the tab Lessons shows, in quotes, since it contains `&`"
    )]
    Task(String),
    /// The package does not fit into memory.
    #[error("the package is too large for the memory of this machine")]
    TooLarge,
}

/// What lies between two texts for the first time; the texts are part of the error's message only.
fn between<'a>(text: &'a str, start: &'static str, end: &'static str) -> Result<&'a str, Error> {
    let (_, after) = text.split_once(start).ok_or(Error::Missing(start))?;
    after.split_once(end).map(|(inside, _)| inside).ok_or(Error::Missing(end))
}

/// `page` with `old` replaced, which has to be in there.
fn replaced(page: &str, old: &str, new: &str, what: &'static str) -> Result<String, Error> {
    page.contains(old).then(|| page.replacen(old, new, 1)).ok_or(Error::Missing(what))
}
