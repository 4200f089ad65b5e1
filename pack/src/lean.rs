//! Comments and spaces are for whoever reads the sources: visitors do not load them.

use crate::Error;

/// A script without them.
pub fn script(text: &str) -> String {
    minifier::js::minify(text).to_string()
}

/// A page whose styles are without them.
pub(crate) fn styles(page: &str) -> Result<String, Error> {
    const ENDS: [&str; 2] = ["<style>", "</style>"];
    let mut lean = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, after)) = rest.split_once(ENDS[0]) {
        let Some((style, behind)) = after.split_once(ENDS[1]) else { break };
        let style = minifier::css::minify(style).map_err(Error::Style)?.to_string();
        lean.extend([before, ENDS[0], &style, ENDS[1]]);
        rest = behind;
    }
    Ok(lean + rest)
}
