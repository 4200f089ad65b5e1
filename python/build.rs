//! Compiles the Python part of the library, and what it needs of Python's own, into one frozen file.

use std::path::{Path, PathBuf};

use rustpython_compiler::{CompileOpts, Mode, compile};
use rustpython_compiler_core::frozen::{FrozenCodeObject, FrozenLib, FrozenModule};

/// The modules of Python's library that programs or other modules use. What reaches files, processes or the network is not among them.
const STANDARD: &[&str] = &[
    "__future__",
    "_collections_abc",
    "_colorize",
    "_opcode_metadata",
    "_py_abc",
    "_py_warnings",
    "_weakrefset",
    "abc",
    "annotationlib",
    "argparse",
    "ast",
    "bisect",
    "collections",
    "collections._defaultdict",
    "collections.abc",
    "contextlib",
    "copy",
    "copyreg",
    "dataclasses",
    "dis",
    "enum",
    "fractions",
    "functools",
    "gettext",
    "heapq",
    "importlib",
    "importlib._abc",
    "importlib.machinery",
    "importlib.util",
    "inspect",
    "keyword",
    "linecache",
    "numbers",
    "opcode",
    "operator",
    "pprint",
    "random",
    "re",
    "re._casefix",
    "re._compiler",
    "re._constants",
    "re._parser",
    "reprlib",
    "statistics",
    "string",
    "textwrap",
    "token",
    "tokenize",
    "traceback",
    "types",
    "typing",
    "warnings",
    "weakref",
    "codecs",
    "_pycodecs",
    "encodings",
    "encodings.aliases",
    "encodings.utf_8",
    "io",
    "decimal",
    "_pydecimal",
    "contextvars",
    "timeit",
    "json",
    "json.decoder",
    "json.encoder",
    "json.scanner",
    "datetime",
    "_pydatetime",
    "calendar",
];

struct Module {
    name: String,
    file: PathBuf,
    package: bool,
}

fn module(root: &Path, name: &str) -> Option<Module> {
    let path = root.join(name.replace('.', "/"));
    let package = path.join("__init__.py");
    let is_package = package.exists();
    let file = if is_package { package } else { path.with_extension("py") };
    file.exists().then(|| Module { name: name.to_owned(), file, package: is_package })
}

fn own(root: &Path, prefix: &str, found: &mut Vec<Module>) -> std::io::Result<()> {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(root)?.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    entries.sort();
    for path in entries {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        if path.is_dir() {
            let name = format!("{prefix}{stem}");
            found.push(Module { name: name.clone(), file: path.join("__init__.py"), package: true });
            own(&path, &format!("{name}."), found)?;
        } else if stem != "__init__" && path.extension().is_some_and(|extension| extension == "py") {
            found.push(Module { name: format!("{prefix}{stem}"), file: path, package: false });
        }
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=lib");
    println!("cargo::rerun-if-changed=build.rs");
    let mut modules = Vec::new();
    own(&Path::new(&std::env::var("CARGO_MANIFEST_DIR")?).join("lib"), "", &mut modules)?;
    let standard = Path::new(rustpython_pylib::LIB_PATH);
    for name in STANDARD {
        if modules.iter().all(|known| known.name != *name)
            && let Some(module) = module(standard, name)
        {
            modules.push(module);
        }
    }
    let mut frozen = Vec::new();
    for module in &modules {
        let source = std::fs::read_to_string(&module.file)?;
        // without texts of documentation and assertions
        let options = CompileOpts { optimize: 2, ..CompileOpts::default() };
        let code = compile(&source, Mode::Exec, &format!("<frozen {}>", module.name), options)
            .map_err(|error| format!("{}: {error}", module.file.display()))?;
        let entry = FrozenModule { code: FrozenCodeObject::encode(&code), package: module.package };
        frozen.push((module.name.as_str(), entry));
    }
    let library = FrozenLib::encode(frozen);
    std::fs::write(Path::new(&std::env::var("OUT_DIR")?).join("library.bin"), library.bytes)?;
    Ok(())
}
