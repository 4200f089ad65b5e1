//! What the browser keeps for this page between visits, as texts. Where it keeps nothing, as in a sandboxed frame, nothing is found.

use web_sys::Storage;

/// How the names of all entries begin.
const OURS: &str = "thetahat.";

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// What is kept under a name.
#[must_use]
pub fn kept(name: &str) -> Option<String> {
    storage()?.get_item(&format!("{OURS}{name}")).ok()?
}

/// Keeps a text under a name; returns whether the browser did.
pub fn keep(name: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(&format!("{OURS}{name}"), text).is_ok())
}

/// Forgets everything that is kept.
pub fn forget_all() {
    let Some(storage) = storage() else { return };
    let count = storage.length().unwrap_or_default();
    let names: Vec<String> = (0..count).filter_map(|place| storage.key(place).ok()?).collect();
    for name in names.iter().filter(|name| name.starts_with(OURS)) {
        // what cannot be removed was never kept
        let _ = storage.remove_item(name);
    }
}

/// Forgets what is kept under a name.
pub fn forget(name: &str) {
    if let Some(storage) = storage() {
        // what cannot be removed was never kept
        let _ = storage.remove_item(&format!("{OURS}{name}"));
    }
}
