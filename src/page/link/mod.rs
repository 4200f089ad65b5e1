//! The page's link: a [`View`](crate::page::view::View) as the fragment of an address, and back.
//!
//! A fragment reads `lab&v=2&lr=0.01&batch=32`: the tab (or `embed=` and a panel), the version of the format, and what differs from the view that the page opens
//! with. Writer and reader share their tables of keys: the settings' own, and `keys`. Reading never fails: what cannot be understood is left out, what is out of its range
//! is moved to the nearest bound, and a sentence says so. What other programs do to a link on its way (`tidy`) is undone without a word.
//!
//! Because a link says only what differs, each version keeps what it opened with: version 1 in `version_1`. When the view that the page opens with changes after
//! links of version 2 are about, freeze its values likewise and write version 3.

mod address;
mod keys;
mod read;
mod tidy;
mod version_1;
mod write;

use crate::lecture::settings::setting::SETTINGS;

pub use address::{is_local, page};
pub use read::{read, shortened};
pub use write::fragment;

/// Every word that may stand before a `=` in a link; a setting's may stand before a `:` in a pin, too.
pub fn words() -> impl Iterator<Item = &'static str> {
    let settings = SETTINGS.iter().map(|setting| setting.key);
    ["v", "pin"].into_iter().chain(keys::KEYS.iter().map(|key| key.name)).chain(settings)
}

/// The version of the format that is written.
pub const VERSION: usize = 2;
