//! The tree of keys as HTML: which key was made of which, its numbers, and what is done with it.

use std::fmt::Write as _;

use crate::base::words::{count, thousands};
use crate::lecture::run::keys::{KeyNode, Keys, Made, Twice};
use crate::page::microscope::html::escaped;
use crate::page::microscope::numbers::key;

/// The tree, a row for each key.
#[must_use]
pub fn table(keys: &Keys) -> String {
    let mut out =
        "<table><thead><tr><th scope=\"col\">Key</th><th scope=\"col\">Made by</th><th scope=\"col\">Numbers</th>\
                   <th scope=\"col\">Used by</th></tr></thead><tbody>"
            .to_owned();
    for (at, node) in keys.nodes.iter().enumerate().filter(|(_, node)| node.parent.is_none()) {
        if matches!(node.made, Made::Split { .. }) {
            let left_out = count(keys.left_out, "epoch");
            let _ = write!(
                out,
                "<tr class=\"left-out\"><td colspan=\"4\">… {left_out} more, each the same way …</td></tr>"
            );
        }
        rows(&mut out, keys, at);
    }
    out.push_str("</tbody></table>");
    out
}

/// A key and those that are made of it. Below it stand those that are drawn with; the one that takes its name comes last, at its own place: what follows is made of
/// that one.
fn rows(out: &mut String, keys: &Keys, at: usize) {
    row(out, keys, &keys.nodes[at]);
    let made = || keys.nodes.iter().enumerate().filter(|(_, node)| node.parent == Some(at));
    let carried = |node: &KeyNode| node.name == "key";
    for (at, _) in made().filter(|(_, node)| !carried(node)).chain(made().filter(|(_, node)| carried(node))) {
        rows(out, keys, at);
    }
}

fn row(out: &mut String, keys: &Keys, node: &KeyNode) {
    let is_reused = keys.reused.iter().any(|(words, _)| *words == node.words);
    let is_here = node.epoch == Some(keys.epoch);
    let class = match (is_reused, is_here) {
        (true, true) => "reused here",
        (true, false) => "reused",
        (false, true) => "here",
        (false, false) => "",
    };
    let parent = node.parent.and_then(|at| keys.nodes.get(at));
    let of = parent.map_or("key", |parent| &*parent.name);
    let made = match node.made {
        Made::Seed(seed) if node.name == "rngs" => format!("nnx.Rngs({seed})"),
        Made::Seed(seed) => format!("PRNGKey({seed})"),
        Made::Split { at, of: 2 } => format!("split({of})[{at}]"),
        Made::Split { at, of: parts } => format!("split({of}, num={parts})[{at}]"),
        Made::Folded(number) => format!("fold_in({of}, {number})"),
    };
    let functions: Vec<String> =
        node.functions.iter().map(|function| format!("<code>{}</code>", escaped(function))).collect();
    let purpose = match (&*node.purpose, node.epoch) {
        ("the order", Some(epoch)) => format!("the order of epoch {}", thousands(epoch)),
        ("carried on", _) if node.functions.is_empty() => "carried on to the next epoch".to_owned(),
        ("carried on", _) => String::new(),
        (purpose, _) => purpose.to_owned(),
    };
    let uses = match (functions.is_empty(), purpose.is_empty()) {
        _ if node.name == "rngs" => "<code>fold_in</code>: the keys of its stream are made of it".to_owned(),
        (true, _) => escaped(&purpose),
        (false, true) => functions.join(", "),
        (false, false) => format!("{}: {}", functions.join(", "), escaped(&purpose)),
    };
    let warning = if is_reused { " <b>used more than once</b>" } else { "" };
    let indent = usize::from(node.parent.is_some() && node.name != "key");
    let _ = write!(
        out,
        "<tr class=\"{class}\"><th scope=\"row\" class=\"in-{indent}\"><code>{}</code></th><td><code>{}</code></td><td><code>{}</code></td><td>{uses}{warning}</td></tr>",
        escaped(&node.name),
        escaped(&made),
        key(node.words)
    );
}

/// What is to be said of keys that are used more than once.
#[must_use]
pub fn warning(keys: &Keys) -> String {
    if keys.reused.is_empty() {
        return "Up to here every key is used once: it is split, or drawn with, and then done with.".to_owned();
    }
    let times = keys.reused.iter().map(|(words, functions)| format!("{} by {}", key(*words), functions.join(" and ")));
    let times: Vec<String> = times.collect();
    let streams = keys.nodes.iter().any(|node| node.name == "rngs");
    let reason = if streams {
        " nnx.Rngs and PRNGKey begin with the same seed, and fold_in(key, i) is the same key as split(key)[i]: so the keys of the stream are those of the epochs."
    } else {
        ""
    };
    let what = if times.len() == 1 { "key is" } else { "keys are" };
    format!("{} {what} used more than once: {}.{reason}", thousands(times.len()), times.join("; "))
}

/// What would happen if the epoch's subkey were used twice.
#[must_use]
pub fn twice(Twice { words, same, warning, apart }: &Twice) -> String {
    let list = |numbers: &[f32]| {
        let texts: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        format!("[{}]", texts.join(", "))
    };
    let line = |code: &str, numbers: &[f32]| {
        format!("<tr><th scope=\"row\"><code>{code}</code></th><td><code>{}</code></td></tr>", list(numbers))
    };
    let mut out = format!(
        "<p>Draw twice with the subkey of this epoch, {}, and the numbers are the same:</p><table><tbody>",
        key(*words)
    );
    for numbers in same {
        out.push_str(&line("normal(subkey, (3,))", numbers));
    }
    let _ = write!(
        out,
        "</tbody></table><p class=\"said\">The engine’s log of keys says: {} was consumed by {}.</p>\
         <p>Split it first, and each part draws numbers of its own:</p><table><tbody>",
        key(*words),
        escaped(&warning.join(" and by "))
    );
    for (at, numbers) in apart.iter().enumerate() {
        out.push_str(&line(&format!("normal(split(subkey)[{at}], (3,))"), numbers));
    }
    out.push_str("</tbody></table>");
    out
}
