//! What an exported program looks at before it computes: whether packages, flags and processor are those that its numbers come from.

use super::{Cell, Line, Part, VERSIONS};

/// The flags that change numbers, as they are in JAX by default.
const FLAGS: [(&str, &str); 5] = [
    ("jax_enable_x64", "False"),
    ("jax_disable_jit", "False"),
    ("jax_threefry_partitionable", "True"),
    ("jax_default_prng_impl", "\"threefry2x32\""),
    ("jax_default_matmul_precision", "None"),
];

/// The whole check, without the values to compare with.
const LOOK: [&str; 14] = [
    "found = {name: version(name) for name in versions}",
    "found |= {name: getattr(jax.config, name, None) for name in flags}",
    "found[\"platform\"] = jax.default_backend()",
    "found[\"XLA_FLAGS\"] = os.environ.get(\"XLA_FLAGS\", \"\")",
    "found[\"processor\"] = platform.machine().lower().replace(\"amd64\", \"x86_64\")",
    "wanted = versions | flags | {\"platform\": \"cpu\", \"XLA_FLAGS\": \"\", \"processor\": \"x86_64\"}",
    "differences = [",
    "    f\"{name} is {found[name]!r}, not {wanted[name]!r}\"",
    "    for name in wanted",
    "    if found[name] != wanted[name]",
    "]",
    "if differences:",
    "    text = \"; \".join(differences)",
    "    print(f\"Digits may differ from the page\u{2019}s: {text}\", file=sys.stderr)",
];

/// L-BFGS scales its first step by a reciprocal root, which XLA begins with the processor's own approximation: one that Intel's processors and others take differently.
const ROOT: [&str; 2] = [
    "found[\"1 / sqrt(1.5)\"] = float(jax.jit(lambda x: 1 / jnp.sqrt(x))(1.5))",
    "wanted[\"1 / sqrt(1.5)\"] = 0.8164966106414795",
];

/// Puts the check after the imports, and what it needs before them.
pub fn insert(cells: &mut Vec<Cell>) {
    let line = |text: String| Line { text, stage: None, also: None, live: None };
    let takes_root = cells.iter().flat_map(|cell| &cell.lines).any(|line| line.text.contains("optax.lbfgs"));
    let root = if takes_root { &ROOT[..] } else { &[] };
    let Some(imports) = cells.iter_mut().find(|cell| cell.part == Part::Imports) else { return };
    let uses = |package: &str| imports.lines.iter().any(|line| line.text.contains(package));
    let versions: Vec<String> = VERSIONS
        .split(' ')
        .filter_map(|wanted| wanted.split_once("=="))
        .filter(|(name, _)| uses(name))
        .map(|(name, version)| format!("\"{name}\": \"{version}\""))
        .collect();
    let standard = ["import os", "import platform", "import sys", "from importlib.metadata import version", ""];
    imports.lines.splice(0..0, standard.map(|text| line(text.to_owned())));
    let mut lines = vec![format!("versions = {{{}}}", versions.join(", ")), "flags = {".to_owned()];
    lines.extend(FLAGS.map(|(name, value)| format!("    \"{name}\": {value},")));
    lines.push("}".to_owned());
    let (finds, compares) = LOOK.split_at(6);
    lines.extend(finds.iter().chain(root).chain(compares).copied().map(str::to_owned));
    let heading = "Say in a line if something is not as it was where the numbers come from.";
    let check = Cell { part: Part::Check, heading, lines: lines.into_iter().map(line).collect() };
    let after = cells.iter().position(|cell| cell.part == Part::Imports).map_or(0, |at| at + 1);
    cells.insert(after, check);
}
