//! What Python prints of modules, line by line, each line with the leaf that it tells of.

use std::fmt::Write as _;
use std::ops::Range;

use crate::lecture::run::anatomy::{Anatomy, Subject, What};
use crate::page::microscope::html::escaped;

/// A printed text and what printed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// The modules.
    Modules,
    /// The `GraphDef`.
    GraphDef,
    /// A state of all their leaves.
    State,
    /// A state of the model's leaves.
    Gradient,
}

/// The lines of a printed text, each with the number of the leaf that it belongs to.
#[must_use]
pub fn lines<'t>(anatomy: &Anatomy, what: Text, text: &'t str) -> Vec<(&'t str, Option<usize>)> {
    let all: Vec<&str> = text.lines().collect();
    let mut leaf_of = vec![None; all.len()];
    for (path, leaf) in paths(anatomy) {
        let inside = path.get(1..).unwrap_or_default();
        let found = match what {
            Text::GraphDef => definition(&all, leaf),
            Text::Gradient if anatomy.subject == Subject::Both => find(&all, 0..all.len(), 0, inside),
            // the two are printed one after the other
            Text::Modules if anatomy.subject == Subject::Both => {
                let second = all.iter().enumerate().skip(1).find(|(_, line)| is_start(line, 0)).map_or(0, |(at, _)| at);
                let range = if path.first().is_some_and(|key| key == "0") { 0..second } else { second..all.len() };
                find(&all, range, 0, inside)
            }
            Text::Modules | Text::State | Text::Gradient => find(&all, 0..all.len(), 0, &path),
        };
        for at in found.unwrap_or_default() {
            leaf_of[at] = Some(leaf);
        }
    }
    all.into_iter().zip(leaf_of).collect()
}

/// The paths of the leaves, with their numbers.
fn paths(anatomy: &Anatomy) -> Vec<(Vec<String>, usize)> {
    let mut path: Vec<String> = Vec::new();
    let mut paths = Vec::new();
    for row in &anatomy.rows {
        path.truncate(row.depth.saturating_sub(1));
        if row.depth > 0 {
            path.push(row.key.clone());
        }
        if let What::Leaf { leaf, .. } = row.what {
            paths.push((path.clone(), leaf));
        }
    }
    paths
}

/// Whether a line begins something at an indentation, and does not end it.
fn is_start(line: &str, indent: usize) -> bool {
    let spaces = line.len() - line.trim_start().len();
    spaces == indent && !line.trim_start().starts_with([')', ']', '}'])
}

/// The lines of the part that a path leads to, inside something whose lines these are, printed at an indentation.
fn find(all: &[&str], range: Range<usize>, indent: usize, path: &[String]) -> Option<Range<usize>> {
    let Some((key, rest)) = path.split_first() else { return Some(range) };
    let starts: Vec<usize> = (range.start + 1..range.end).filter(|&at| is_start(all[at], indent + 2)).collect();
    let is_named = |&at: &usize| {
        let line = all[at].trim_start();
        let named = |open: &str, close: &str| {
            line.strip_prefix(open)
                .and_then(|line| line.strip_prefix(&**key))
                .is_some_and(|line| line.starts_with(close))
        };
        named("'", "':") || named("", "=") || named("", ":")
    };
    let number = || key.parse().ok().and_then(|number: usize| starts.get(number).copied());
    let start = starts.iter().copied().find(|at| is_named(at)).or_else(number)?;
    // until the next one begins, or the whole ends
    let ends = |at: &usize| all[*at].len() - all[*at].trim_start().len() <= indent + 2 && is_other(all[*at], indent);
    let end = (start + 1..range.end).find(ends).unwrap_or(range.end);
    find(all, start..end, indent + 2, rest)
}

/// Whether a line does not continue what began at this indentation: another part begins, or the whole ends.
fn is_other(line: &str, indent: usize) -> bool {
    is_start(line, indent + 2) || line.len() - line.trim_start().len() <= indent
}

/// The lines of the definition of a variable, by its number, in a printed `GraphDef`.
fn definition(all: &[&str], leaf: usize) -> Option<Range<usize>> {
    let start = (0..all.len()).filter(|&at| all[at].contains("VariableDef(")).nth(leaf)?;
    let end = (start + 1..all.len()).find(|&at| all[at].starts_with(')')).unwrap_or(all.len());
    Some(start..end)
}

/// A printed text as HTML: its lines know their leaf.
#[must_use]
pub fn html(lines: &[(&str, Option<usize>)]) -> String {
    let mut out = String::new();
    for (line, leaf) in lines {
        let leaf = leaf.map(|leaf| format!(" data-leaf=\"{leaf}\"")).unwrap_or_default();
        let line = if line.is_empty() { " " } else { line };
        let _ = write!(out, "<span{leaf}>{}</span>", escaped(line));
    }
    out
}

/// Several printed texts as HTML, each below the call that prints it.
#[must_use]
pub fn sections(anatomy: &Anatomy, texts: &[(&str, String, Text)]) -> String {
    let mut out = String::new();
    for (call, text, what) in texts {
        let call = escaped(call);
        let _ = write!(
            out,
            "<div class=\"printed\"><h3><code>{call}</code></h3><div class=\"print\" tabindex=\"0\" role=\"group\" aria-label=\"{call}\">{}</div></div>",
            html(&lines(anatomy, *what, text))
        );
    }
    out
}
