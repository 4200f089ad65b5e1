//! What mail, chat and text programs do to a link, undone: percent encoding, `&amp;`, line breaks, characters that cannot be seen, and the punctuation of the
//! sentence that the link ends.

/// Punctuation that may stand behind a link and in none of ours.
const BEHIND: &[char] =
    &['.', ',', ';', ':', '!', '?', ')', ']', '}', '>', '"', '\'', '`', '”', '“', '’', '‘', '»', '«', '。', '，', '、'];

/// The text of a fragment as it was written, without a `#` before it.
pub(super) fn tidied(fragment: &str) -> String {
    let mut text = String::new();
    let mut is_new_line = false;
    for character in decoded(fragment).chars() {
        match character {
            '\r' | '\n' | '\u{2028}' | '\u{2029}' => is_new_line = true,
            // what a program indents the rest of a broken line with
            ' ' | '\t' | '\u{a0}' if is_new_line => {}
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => {}
            _ => {
                is_new_line = false;
                text.push(character);
            }
        }
    }
    let text = text.trim_start().trim_start_matches('#');
    text.trim_end_matches(|character: char| character.is_whitespace() || BEHIND.contains(&character)).to_owned()
}

/// The parts between `&`s, some of which may read `&amp;`.
pub(super) fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split('&').map(|part| part.trim_start_matches("amp;").trim())
}

/// `%2C` and the like as the characters that they stand for, as some programs write them into links.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|_| byte == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        if let Some(decoded) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            bytes.push(decoded);
            rest = &after[2..];
        } else {
            bytes.push(byte);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
