//! A text as a link carries it: compressed by the browser, and written in the 64 letters that addresses leave alone (RFC 4648, base64url without padding).

/// The longest text in a link, in letters: longer addresses are cut on their way.
pub const LONGEST: usize = 12_000;
/// The longest program that is read from a link, in bytes.
pub const LONGEST_TEXT: usize = 200_000;

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Bytes as letters.
#[must_use]
pub fn letters(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            text.push(char::from(LETTERS[(word >> (18 - 6 * place)) as usize % 64]));
        }
    }
    text
}

/// Letters as bytes; nothing where they are none that [`letters`] writes.
#[must_use]
pub fn bytes(text: &str) -> Option<Vec<u8>> {
    let value = |letter: &u8| LETTERS.iter().position(|known| known == letter).map(|value| value as u32);
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    for chunk in text.as_bytes().chunks(4) {
        let mut word = 0;
        for letter in chunk {
            word = word << 6 | value(letter)?;
        }
        word <<= 6 * (4 - chunk.len());
        let count = chunk.len().checked_sub(1).filter(|count| *count > 0)?;
        bytes.extend(word.to_be_bytes().iter().skip(1).take(count));
    }
    Some(bytes)
}

/// Whether a text can be one that a link carries.
#[must_use]
pub fn fits(text: &str) -> bool {
    (1..=LONGEST).contains(&text.len()) && text.bytes().all(|letter| LETTERS.contains(&letter))
}
