//! The layers of `ARCHITECTURE.md`, checked: no module imports from a layer that stands below it, only the browser's layers know the
//! browser, and nothing is `unsafe` but the modules that may be.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};

/// The modules of the crate, from the foundation up; each may use itself and those before it.
const LAYERS: [&str; 11] = ["base", "jax", "optax", "nnx", "lecture", "plot", "worker", "page", "web", "ui", "main"];

/// The rooms inside `lecture`; each may use itself and those before it.
const LECTURE_ROOMS: [&str; 6] = ["settings", "data", "programs", "run", "verdict", "python"];

/// Crates that only exist in the browser, or only make sense there.
const BROWSER_CRATES: [&str; 7] =
    ["js_sys", "leptos", "plotters_canvas", "wasm_bindgen", "wasm_bindgen_futures", "wasm_split_helpers", "web_sys"];

/// Where the browser is known.
const BROWSER_LAYERS: [&str; 3] = ["web", "ui", "main"];

/// Files that may be `unsafe`.
const UNSAFE_FILES: [&str; 1] = ["web/loader.rs"];

#[test]
fn no_module_reaches_above_its_layer() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    assert!(files.len() > 5, "only {} files were found in {}", files.len(), source.display());
    let mut violations = Vec::new();
    for file in files {
        let name = file.strip_prefix(&source).unwrap().to_str().unwrap().replace('\\', "/");
        violations.extend(check(&name, &fs::read_to_string(&file).unwrap()));
    }
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}

/// What a tab's style file says of a bare class changes every element of that class, in other tabs, too.
#[test]
fn a_bare_class_has_its_style_from_one_file() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("style");
    let mut homes: BTreeMap<String, BTreeSet<PathBuf>> = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        // these two are about all of the page: before it is there, and on paper
        if !["first.css", "print.css"].iter().any(|name| file.ends_with(name)) {
            for class in bare_classes(&fs::read_to_string(&file).unwrap()) {
                homes.entry(class).or_default().insert(file.clone());
            }
        }
    }
    assert!(homes.len() > 100, "only {} classes were found", homes.len());
    homes.retain(|_, files| files.len() > 1);
    assert!(homes.is_empty(), "{homes:#?}");
}

/// Folders of the repository; a name in the documents that begins with another word is none of a file here.
const FOLDERS: [&str; 13] = [
    "bench", "docs", "e2e", "examples", "fuzz", "kernels", "pack", "python", "src", "style", "tests", "weight", "xtask",
];

/// Names that stand for what is written in their place, in recipes.
const PLACEHOLDERS: [&str; 2] = ["NAME", "KEY"];

#[test]
fn what_the_documents_name_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut found, mut missing) = (0, Vec::new());
    for document in ["ARCHITECTURE.md", "docs/recipes.md"] {
        for name in named_files(&fs::read_to_string(root.join(document)).unwrap()) {
            found += 1;
            if !root.join(&name).exists() && !root.join(format!("{name}.rs")).exists() {
                missing.push(format!("{document}: `{name}`"));
            }
        }
    }
    assert!(found > 100, "only {found} names were found");
    assert!(missing.is_empty(), "these files have another name now:\n{}", missing.join("\n"));
}

/// The files and folders that a text names between backticks, from the root; those in `src` are also named from there.
fn named_files(text: &str) -> Vec<String> {
    let is_path = |name: &&str| name.chars().all(|c| c.is_ascii_alphanumeric() || "._-/".contains(c));
    let names = text.split('`').skip(1).step_by(2).filter(is_path);
    let names = names.filter(|name| !PLACEHOLDERS.iter().any(|placeholder| name.contains(placeholder)));
    let place = |name: &str| {
        let (folder, _) = name.split_once('/')?;
        let is_layer = LAYERS.contains(&folder);
        (is_layer || FOLDERS.contains(&folder)).then(|| if is_layer { format!("src/{name}") } else { name.to_owned() })
    };
    names.filter_map(place).collect()
}

#[test]
fn names_of_files_are_found() {
    let text = "`src/a.rs` and `jax/b`, not `a / b`, `c.rs`, `src/NAME.rs`, or `optax/_src`.";
    assert_eq!(named_files(text), ["src/a.rs", "src/jax/b", "src/optax/_src"]);
}

/// The classes that are a whole selector.
fn bare_classes(style: &str) -> Vec<String> {
    let plain: String = style.split("/*").map(|part| part.split_once("*/").map_or(part, |(_, rest)| rest)).collect();
    let mut depth = 0_usize;
    let outside = |c: &char| {
        depth = if *c == '(' { depth + 1 } else { depth.saturating_sub(usize::from(*c == ')')) };
        depth == 0
    };
    // what `:is(…)` holds is no selector of its own
    let plain: String = plain.chars().filter(outside).collect();
    let heads = plain.split('{').filter_map(|part| part.rsplit(['}', ';', '{']).next());
    let selectors = heads.flat_map(|head| head.split(','));
    let is_name = |name: &&str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    selectors.filter_map(|selector| selector.trim().strip_prefix('.')).filter(is_name).map(str::to_owned).collect()
}

#[test]
fn bare_classes_are_found() {
    let style = ".a { color: red } /* .b {} */ .c .d, .e, .f:hover, .j :is(.k, .l, .m) { x: y; } @media print { .g { z: 1 } .h > .i { } }";
    assert_eq!(bare_classes(style), ["a", "e", "g"]);
}

#[test]
fn violations_are_caught() {
    let table = [
        ("jax/core.rs", "use crate::optax::sgd;", "optax"),
        ("jax/core.rs", "use crate::{base::error::Error, lecture::settings::config::Config};", "lecture"),
        ("jax/core.rs", "fn f() { println!(\"{}\", crate::plot::NAME) }", "plot"),
        ("jax/compile/plan.rs", "use super::super::super::worker::protocol::Answer;", "worker"),
        ("worker/protocol.rs", "use super::super::ui;", "ui"),
        ("worker/job/runs.rs", "use crate::page::view::View;", "page"),
        ("optax/mod.rs", "mod tests { use crate::nnx::Param; }", "nnx"),
        ("base/error.rs", "pub use crate::{jax};", "jax"),
        ("plot/loss.rs", "use web_sys::HtmlCanvasElement;", "web_sys"),
        ("lecture/run/trainer.rs", "fn now() -> f64 { js_sys::Date::now() }", "js_sys"),
        ("lecture/data/loader.rs", "use crate::lecture::run::trainer::Trainer;", "run"),
        ("lecture/settings/config.rs", "use super::super::python;", "python"),
        ("page/runs.rs", "use web_sys::window;", "web_sys"),
        ("web/canvas.rs", "fn f() { unsafe { g() } }", "unsafe"),
        ("web/canvas.rs", "#![allow(unsafe_code)]", "unsafe"),
        ("weather.rs", "", "weather"),
    ];
    for (file, text, culprit) in table {
        let violations = check(file, text);
        assert!(violations.len() == 1 && violations[0].contains(culprit), "{file}: {text}\ngave {violations:?}");
    }
}

#[test]
fn what_is_allowed_is_let_through() {
    let table = [
        ("lib.rs", "pub mod ui; pub use crate::ui::App;"),
        ("main.rs", "use thetahat::ui; use leptos::prelude::*;"),
        ("main.rs", "use wasm_bindgen::JsCast;"),
        ("optax/mod.rs", "use crate::{base::error::{Error, Result}, jax::{self, Array}, optax::chain};"),
        ("worker/protocol.rs", "use crate::lecture::settings::config::Config;"),
        ("ui/plots.rs", "use crate::plot; use super::state; use web_sys::window;"),
        (
            "jax/numpy.rs",
            "//! Unlike crate::optax, never unsafe.\nconst WHY: &str = \"crate::ui, web_sys and unsafe in a text\";",
        ),
        ("jax/compile/plan.rs", "mod tests { use super::super::lecture; }"),
    ];
    for (file, text) in table {
        assert_eq!(check(file, text), Vec::<String>::new(), "{file}: {text}");
    }
}

/// What is wrong with the imports of `file`, a path inside `src`, whose text is `text`.
fn check(file: &str, text: &str) -> Vec<String> {
    let layer = file.split(['/', '.']).next().unwrap_or(file);
    let rank = |name: &str| LAYERS.iter().position(|layer| *layer == name);
    let is_root = layer == "lib";
    let Some(own) = rank(layer).or(is_root.then_some(LAYERS.len())) else {
        return vec![format!("src/{file}: `{layer}` has no layer; give it one in tests/layers.rs and ARCHITECTURE.md")];
    };
    let tokens = tokens(text.parse().unwrap_or_else(|error| panic!("src/{file} cannot be read: {error}")));
    let mut violations = Vec::new();
    for name in roots(&tokens, depth(file)) {
        if rank(&name).is_some_and(|rank| rank > own) {
            violations.push(format!("src/{file}: `{layer}` must not use `crate::{name}`, which stands on it"));
        }
    }
    violations.extend(check_rooms(file, &tokens));
    for word in tokens.iter().filter_map(Token::word) {
        if BROWSER_CRATES.contains(&word) && !is_root && !BROWSER_LAYERS.contains(&layer) {
            violations.push(format!("src/{file}: `{layer}` must not use `{word}`; only the browser's layers may"));
        }
        if ["unsafe", "unsafe_code"].contains(&word) && !UNSAFE_FILES.contains(&file) {
            violations.push(format!("src/{file}: `{word}` outside the modules that may be unsafe"));
        }
    }
    violations
}

/// What a file of `lecture` imports from rooms that stand on its own.
fn check_rooms(file: &str, tokens: &[Token]) -> Vec<String> {
    let rank = |name: &str| LECTURE_ROOMS.iter().position(|room| *room == name);
    let mut parts = file.split('/');
    let (Some("lecture"), Some(room)) = (parts.next(), parts.next()) else { return Vec::new() };
    if room == "mod.rs" {
        return Vec::new();
    }
    let Some(own) = rank(room) else {
        return vec![format!(
            "src/{file}: `lecture/{room}` has no place; give it one in tests/layers.rs and ARCHITECTURE.md"
        )];
    };
    let higher = |name: &String| rank(name).is_some_and(|rank| rank > own);
    let reached = rooms(tokens, depth(file) - 1).into_iter().filter(higher);
    reached
        .map(|name| format!("src/{file}: `lecture/{room}` must not use `lecture/{name}`, which stands on it"))
        .collect()
}

/// The first names after `crate::lecture::`, and after as many `super::` as lead to `lecture`.
fn rooms(tokens: &[Token], depth: usize) -> Vec<String> {
    let mut names = roots_of(tokens, depth, false);
    for at in 0..tokens.len() {
        let lecture = tokens[at].word() == Some("crate") && is_path(tokens, at + 1);
        if lecture && tokens.get(at + 3).and_then(Token::word) == Some("lecture") && is_path(tokens, at + 4) {
            names.extend(first_names(&tokens[at + 6..]));
        }
    }
    names
}

/// How many modules lie between the crate's root and the items of a file.
fn depth(file: &str) -> usize {
    let modules = file.trim_end_matches(".rs").split('/').filter(|part| *part != "mod");
    modules.count()
}

/// A source text without comments and texts: its words and punctuation, with brackets as punctuation.
enum Token {
    Word(String),
    Sign(char),
}

impl Token {
    fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            Self::Sign(_) => None,
        }
    }

    fn is(&self, sign: char) -> bool {
        matches!(self, Self::Sign(own) if *own == sign)
    }
}

fn tokens(stream: TokenStream) -> Vec<Token> {
    let mut flat = Vec::new();
    for tree in stream {
        match tree {
            TokenTree::Ident(ident) => flat.push(Token::Word(ident.to_string())),
            TokenTree::Punct(punct) => flat.push(Token::Sign(punct.as_char())),
            TokenTree::Literal(_) => flat.push(Token::Sign('"')),
            TokenTree::Group(group) => {
                flat.push(Token::Sign('{'));
                flat.extend(tokens(group.stream()));
                flat.push(Token::Sign('}'));
            }
        }
    }
    flat
}

/// The first name after `crate::`, or after as many `super::` as lead to the crate's root; all of them for `crate::{…}`.
fn roots(tokens: &[Token], depth: usize) -> Vec<String> {
    roots_of(tokens, depth, true)
}

fn roots_of(tokens: &[Token], depth: usize, and_crate: bool) -> Vec<String> {
    let mut names = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let start = at;
        let mut supers = 0;
        while tokens.get(at).and_then(Token::word) == Some("super") && is_path(tokens, at + 1) {
            supers += 1;
            at += 3;
        }
        let from_crate = and_crate && supers == 0 && tokens[at].word() == Some("crate") && is_path(tokens, at + 1);
        if from_crate {
            at += 3;
        }
        if from_crate || supers >= depth && supers > 0 {
            names.extend(first_names(&tokens[at..]));
        }
        at = at.max(start + 1);
    }
    names
}

fn is_path(tokens: &[Token], at: usize) -> bool {
    tokens.len() > at + 2 && tokens[at].is(':') && tokens[at + 1].is(':')
}

/// The name at the beginning, or, where a group begins, the first name of each of its members.
fn first_names(tokens: &[Token]) -> Vec<String> {
    match tokens.first() {
        Some(Token::Word(name)) => vec![name.clone()],
        Some(Token::Sign('{')) => {
            let mut names = Vec::new();
            let (mut nesting, mut starts) = (0, false);
            for token in tokens {
                match token {
                    Token::Sign('{') => {
                        nesting += 1;
                        starts = nesting == 1;
                    }
                    Token::Sign('}') => {
                        nesting -= 1;
                        if nesting == 0 {
                            break;
                        }
                    }
                    Token::Sign(',') if nesting == 1 => starts = true,
                    Token::Word(name) if starts => {
                        names.push(name.clone());
                        starts = false;
                    }
                    Token::Word(_) | Token::Sign(_) => {}
                }
            }
            names
        }
        _ => Vec::new(),
    }
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}
