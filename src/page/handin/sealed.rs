//! Values as texts of a link that say whether they arrived whole: a word for what it is with the version of its format, how many letters follow, and then these,
//! the value as `postcard` writes it and four bytes that depend on all others.
//!
//! `H1.96.AAEC…` is a hand-in. Since its length is known, a text is found again in the middle of others, broken into lines or not. Nothing is secret, and nothing
//! is signed: whoever knows the format can write another one.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::seed::digest;
use super::trouble::Trouble;
use crate::page::editor::packed::{bytes, letters};

/// The version of the format that is written. Raise it whenever what is written changes, the settings of a run included; older texts are then named.
const VERSION: char = '1';

/// The longest text that is read, in letters.
pub const LETTERS_LIMIT: usize = 60_000;

/// A value as a text; the letter says what it is.
#[must_use]
pub fn seal<T: Serialize>(kind: char, value: &T) -> String {
    let mut written = postcard::to_allocvec(value).unwrap_or_default();
    written.extend(digest(&written).to_le_bytes());
    let text = letters(&written);
    format!("{kind}{VERSION}.{}.{text}", text.len())
}

/// The value that stands at the beginning of a text.
///
/// # Errors
/// It is not what is looked for, comes from another version of the page, or is damaged.
pub fn open<T: DeserializeOwned>(kind: char, text: &str) -> Result<T, Trouble> {
    // programs of mail and chat break lines, and mark where they did
    let mut left = text.chars().filter(|letter| !is_blank(*letter));
    if left.next() != Some(kind) {
        return Err(Trouble::Damaged);
    }
    match left.next() {
        Some(VERSION) => {}
        Some(other) if other.is_ascii_digit() => return Err(Trouble::OtherVersion),
        _ => return Err(Trouble::Damaged),
    }
    if left.next() != Some('.') {
        return Err(Trouble::Damaged);
    }
    let count: String = left.by_ref().take_while(|letter| *letter != '.').collect();
    let count = count.parse().ok().filter(|count| *count <= LETTERS_LIMIT).ok_or(Trouble::Damaged)?;
    let kept: String = left.take(count).collect();
    let mut found = bytes(&kept).filter(|_| kept.len() == count).ok_or(Trouble::Damaged)?;
    let end = found.len().checked_sub(4).ok_or(Trouble::Damaged)?;
    let said = found.split_off(end);
    if digest(&found).to_le_bytes() != said[..] {
        return Err(Trouble::Damaged);
    }
    match postcard::take_from_bytes(&found) {
        Ok((value, [])) => Ok(value),
        _ => Err(Trouble::Damaged),
    }
}

/// Whether programs put this into texts without being asked.
fn is_blank(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Where texts that follow a key stand, as in an address: `handin=H1.96.…`. What follows is what [`open`] reads.
pub fn places<'a>(key: &'a str, text: &'a str) -> impl Iterator<Item = &'a str> {
    text.match_indices(key).filter_map(move |(place, _)| text[place + key.len()..].strip_prefix('='))
}
