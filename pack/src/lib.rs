//! Finishes what Trunk has built: [`seal`] writes the page's content security policy into it, [`alone`] packs the whole page into one file.
//!
//! Both make text of what [`Site::read`] has read; `main.rs` writes it.

mod files;
pub mod lean;
mod policy;
mod single;

pub use files::Site;
pub use policy::seal;
pub use single::alone;

/// Why a page cannot be finished: it is not what Trunk makes of `index.html`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The page lacks something that has to be in it.
    #[error("the page has no `{0}`: build it with `cargo xtask build`")]
    Missing(&'static str),
    /// A text that ends a script would end it too early.
    #[error("{0} contains `{1}` and cannot stand within the page")]
    EndsScript(&'static str, &'static str),
    /// The address is none that a link can begin with.
    #[error(
        "`{0}` is no address of a page: name one that begins with https:// or http://, such as https://example.org/thetahat/"
    )]
    Address(String),
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
