//! Comments are for whoever reads the sources: visitors do not load them.

/// A script without the lines that are comments.
pub fn script(text: &str) -> String {
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    text.lines().filter(is_code).flat_map(|line| [line, "\n"]).collect()
}

/// A page whose styles have no comments.
pub(crate) fn styles(page: &str) -> String {
    const ENDS: [&str; 2] = ["<style>", "</style>"];
    let mut lean = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, after)) = rest.split_once(ENDS[0]) {
        let Some((style, behind)) = after.split_once(ENDS[1]) else { break };
        lean.extend([before, ENDS[0], &without_comments(style), ENDS[1]]);
        rest = behind;
    }
    lean + rest
}

/// A style sheet without comments; what looks like one within quotes stays.
fn without_comments(style: &str) -> String {
    let mut lean = String::with_capacity(style.len());
    let mut quote = None;
    let mut letters = style.chars().peekable();
    while let Some(letter) = letters.next() {
        match quote {
            None if letter == '/' && letters.peek() == Some(&'*') => {
                letters.next();
                let mut last = ' ';
                for letter in letters.by_ref() {
                    if last == '*' && letter == '/' {
                        break;
                    }
                    last = letter;
                }
                continue;
            }
            None if matches!(letter, '"' | '\'') => quote = Some(letter),
            Some(open) if letter == open => quote = None,
            _ => {}
        }
        lean.push(letter);
    }
    lean
}
