//! The page's content security policy: nothing from elsewhere, no script and no style within the page but those whose hashes it names.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::{Error, between, lean, replaced};

/// What it stands behind: it holds for what comes after it.
const PLACE: &str = "<meta charset=\"utf-8\" />";

/// The page with its policy: its scripts, parts and workers come from its own folder, and its styles stand in it.
///
/// # Errors
/// It is no page of ours.
pub fn seal(page: &str) -> Result<String, Error> {
    let page = &lean::styles(page)?;
    let styles = styles(page)?;
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' {styles}; img-src 'self' data: blob:; \
         connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'none'"
    );
    with(page, &policy)
}

/// The policy of a page that is one file, with these scripts: it fetches nothing at all.
pub(crate) fn seal_alone(page: &str, scripts: &[&str]) -> Result<String, Error> {
    let page = &lean::styles(page)?;
    let styles = styles(page)?;
    let scripts: Vec<String> = scripts.iter().map(|script| hash(script)).collect();
    let policy = format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; style-src {styles}; img-src data: blob:; worker-src blob:; \
         base-uri 'none'; form-action 'none'",
        scripts.join(" ")
    );
    with(page, &policy)
}

/// How it begins and ends in the page.
const START: &str = "\n    <meta http-equiv=\"Content-Security-Policy\" content=\"";
const END: &str = "\" />";

/// The page with this policy, in the place of the one that it may have.
fn with(page: &str, policy: &str) -> Result<String, Error> {
    let mut page = page.to_owned();
    if page.contains(START) {
        let old = format!("{START}{}{END}", between(&page, START, END)?);
        page = page.replacen(&old, "", 1);
    }
    replaced(&page, PLACE, &format!("{PLACE}{START}{policy}{END}"), PLACE)
}

/// How a policy names the styles of a page: Trunk makes an element of each file.
fn styles(page: &str) -> Result<String, Error> {
    const START: &str = "<style>";
    let styles: Vec<String> =
        page.split(START).skip(1).filter_map(|after| Some(hash(after.split_once("</style>")?.0))).collect();
    if styles.is_empty() { Err(Error::Missing(START)) } else { Ok(styles.join(" ")) }
}

/// How a policy names a script or style within the page.
fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}
