//! What the browser keeps of lessons between visits. In a package for learning platforms that is nothing: several students may use the same machine, and the platform
//! keeps what each of them has said.

use crate::web::scorm::is_wanted;
use crate::web::storage;

/// What is kept under a name.
pub fn kept(name: &str) -> Option<String> {
    if is_wanted() { None } else { storage::kept(name) }
}

/// Keeps a text under a name; returns whether the browser did.
pub fn keep(name: &str, text: &str) -> bool {
    !is_wanted() && storage::keep(name, text)
}
