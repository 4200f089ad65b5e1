//! Texts of lessons as HTML: `**to do**`, `*stressed*`, `` `code` ``, `$formula$`, and `{name}` for what is known only when it has been computed. A blank line
//! ends a paragraph.

use super::facts::Facts;
use crate::lecture::settings::setting::setting;
use crate::page::view::LabView;

/// What stands for a number that is not known yet.
const COMING: &str = "…";

/// A text for these facts, beside this Lab.
#[must_use]
pub fn html(text: &str, facts: &Facts, view: Option<&LabView>) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        out.push_str("<p>");
        inline(&mut out, paragraph.trim(), facts, view);
        out.push_str("</p>");
    }
    out
}

/// The same in one line, without paragraphs.
#[must_use]
pub fn line(text: &str, facts: &Facts, view: Option<&LabView>) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    inline(&mut out, text, facts, view);
    out
}

/// What a name between braces stands for; a setting of the Lab where it begins with `=`.
#[must_use]
pub fn word(name: &str, facts: &Facts, view: Option<&LabView>) -> Option<String> {
    match name.strip_prefix('=') {
        Some(key) => Some(setting(key)?.text(&view?.settings)),
        None => facts.written(name).map(str::to_owned),
    }
}

fn inline(out: &mut String, text: &str, facts: &Facts, view: Option<&LabView>) {
    let (mut is_task, mut is_stressed) = (false, false);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let after = &rest[first.len_utf8()..];
        let inside = |end: char| after.split_once(end);
        match first {
            '*' if after.starts_with('*') => {
                is_task = !is_task;
                out.push_str(if is_task { "<b>" } else { "</b>" });
                rest = &after[1..];
                continue;
            }
            '*' => {
                is_stressed = !is_stressed;
                out.push_str(if is_stressed { "<em>" } else { "</em>" });
            }
            '`' => {
                if let Some((code, behind)) = inside('`') {
                    out.push_str("<code>");
                    self::code(out, code, facts, view);
                    out.push_str("</code>");
                    rest = behind;
                    continue;
                }
            }
            '$' => {
                if let Some((formula, behind)) = inside('$') {
                    math(out, formula);
                    // no line ends between a formula and the mark behind it
                    out.push_str(if behind.starts_with([',', '.', ':', ';', '?', ')']) { "\u{2060}" } else { "" });
                    rest = behind;
                    continue;
                }
            }
            '{' => {
                if let Some((name, behind)) = inside('}') {
                    out.push_str("<span class=\"found\">");
                    escape(out, word(name, facts, view).as_deref().unwrap_or(COMING));
                    out.push_str("</span>");
                    rest = behind;
                    continue;
                }
            }
            _ => escape(out, &rest[..first.len_utf8()]),
        }
        rest = after;
    }
}

/// Adds code, in which a name between braces stands for what is known, too.
fn code(out: &mut String, text: &str, facts: &Facts, view: Option<&LabView>) {
    let is_name = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '='));
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}').filter(|(name, _)| is_name(name)) else { break };
        escape(out, before);
        escape(out, word(name, facts, view).as_deref().unwrap_or(COMING));
        rest = behind;
    }
    escape(out, rest);
}

/// Adds a text in which nothing is a tag.
pub fn escape(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}

/// Adds a formula as `MathML`: letters, numbers and signs, `_` before what is written below, `^` before what is written above.
fn math(out: &mut String, formula: &str) {
    out.push_str("<math><mrow>");
    let mut rest = formula;
    while let Some((base, mut behind)) = atom(rest) {
        let mut below = None;
        let mut above = None;
        while let Some(script) = behind.chars().next().filter(|sign| matches!(sign, '_' | '^')) {
            let Some((part, further)) = group(&behind[1..]) else { break };
            *(if script == '_' { &mut below } else { &mut above }) = Some(part);
            behind = further;
        }
        let tag = match (&below, &above) {
            (Some(_), Some(_)) => "msubsup",
            (Some(_), None) => "msub",
            (None, Some(_)) => "msup",
            (None, None) => "",
        };
        if tag.is_empty() {
            out.push_str(&base);
        } else {
            let parts = [Some(base), below, above].into_iter().flatten();
            out.extend(["<", tag, ">"]);
            out.extend(parts);
            out.extend(["</", tag, ">"]);
        }
        rest = behind;
    }
    out.push_str("</mrow></math>");
}

/// The first sign of a formula as an element, and what is behind it.
fn atom(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start();
    let first = text.chars().next()?;
    let is_number = |character: char| character.is_ascii_digit() || matches!(character, '.' | ',');
    let is_letter = |character: char| character.is_alphabetic() || character == '\u{302}';
    let (tag, length) = if first.is_ascii_digit() {
        ("mn", text.find(|character| !is_number(character)).unwrap_or(text.len()))
    } else if is_letter(first) {
        // a hat belongs to its letter
        let after = first.len_utf8();
        ("mi", after + if text[after..].starts_with('\u{302}') { '\u{302}'.len_utf8() } else { 0 })
    } else {
        ("mo", first.len_utf8())
    };
    let mut element = format!("<{tag}>");
    escape(&mut element, &text[..length]);
    element.extend(["</", tag, ">"]);
    Some((element, &text[length..]))
}

/// What is written above or below: a word, or one sign.
fn group(text: &str) -> Option<(String, &str)> {
    let length = text.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(text.len());
    if length < 2 {
        return atom(text);
    }
    Some((format!("<mtext>{}</mtext>", &text[..length]), &text[length..]))
}
