//! Splits the page's module: what `src` marks with `later!` is laid into files of its own, which the page fetches when they are first used.
//!
//! Trunk has no step for this, but takes `wasm-bindgen` from the `PATH`. A copy of this program under that name stands there before the real one
//! ([`stand_in`]); when Trunk starts it, it splits what the compiler wrote, has the real `wasm-bindgen` join the main module to JavaScript, and lays
//! the parts into the folder `snippets`, which Trunk takes along ([`bindgen`]). The names of the parts carry a hash of what they contain.

use std::collections::hash_map::DefaultHasher;
use std::env;
use std::fs;
use std::hash::Hasher;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Result;
use crate::process::root;
use crate::python;
use crate::tools::{WASM_BINDGEN, WASM_SPLIT};

/// The name under which Trunk starts this program.
pub const STAND_IN: &str = "wasm-bindgen";

/// Flags of the compiler that the splitter needs beside those of `.cargo/config.toml`; Cargo joins the two.
const FLAGS: (&str, &str) = ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-C link-arg=--emit-relocs");
/// Names and relocations are read before they are dropped.
const STRIP: (&str, &str) = ("CARGO_PROFILE_RELEASE_STRIP", "none");

/// Variables that tell the stand-in where the real tools are.
const REAL_BINDGEN: &str = "THETAHAT_WASM_BINDGEN";
const REAL_SPLIT: &str = "THETAHAT_WASM_SPLIT";

/// Where the parts lie, beside the page.
pub const FOLDER: &str = "snippets";
/// What several parts share is often less than a request for it costs: up to so many bytes lie with others of their size in one file ([`Small`]), or in the
/// script, where the first run needs them.
const SMALL: usize = 4_000;
/// What the worker needs as soon as it starts: this part, and what others share with it. The largest file of these comes from the page.
const AHEAD: &str = "engine";
/// The promise of it, in the page and in the worker.
const HANDED: &str = "thetahatEngine";
/// The script that the splitter writes and the main module imports from.
const LOADER: &str = "__wasm_split.js";

/// Makes the stand-in and returns its folder, which has to come first on Trunk's `PATH`.
pub fn stand_in(trunk: &mut Command) -> Result<PathBuf> {
    let program = |folder: PathBuf, name: &str| folder.join(format!("{name}{}", env::consts::EXE_SUFFIX));
    page_flags(trunk)
        .env(REAL_BINDGEN, program(WASM_BINDGEN.folder()?, STAND_IN))
        .env(REAL_SPLIT, program(WASM_SPLIT.folder()?, "wasm-split-cli"));
    let folder = root()?.join("target").join("split");
    let own = env::current_exe().map_err(|error| format!("This program does not find itself ({error})."))?;
    let made = fs::create_dir_all(&folder)
        // renamed into place, because a server that is running may use the old one
        .and_then(|()| fs::copy(own, folder.join("new")))
        .and_then(|_| fs::rename(folder.join("new"), program(folder.clone(), STAND_IN)));
    made.map_err(|error| format!("{} cannot be written ({error}).", folder.display()))?;
    Ok(folder)
}

/// Has cargo compile as for the page.
pub fn page_flags(command: &mut Command) -> &mut Command {
    command.env(FLAGS.0, FLAGS.1).env(STRIP.0, STRIP.1)
}

/// What Trunk starts in the place of `wasm-bindgen`, with its arguments; the one that is no option is the module.
pub fn bindgen(arguments: &[String]) -> Result {
    if let [only] = arguments
        && (only == "--version" || only == "-V")
    {
        println!("{STAND_IN} {}", WASM_BINDGEN.version());
        return Ok(());
    }
    let option = |name: &str| arguments.iter().find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
    let (options, modules): (Vec<_>, Vec<_>) = arguments.iter().partition(|word| word.starts_with("--"));
    let (&[module], Some(out), Some(name)) = (&modules[..], option("--out-dir"), option("--out-name")) else {
        return Err(format!("Trunk called wasm-bindgen in an unknown way: {}.", arguments.join(" ")));
    };
    let out = Path::new(out);
    let folder = out.join("split");
    empty(&folder)?;
    empty(&out.join(FOLDER))?;
    python::take_along(&out.join(FOLDER))?;
    let tool = |variable: &str| {
        env::var_os(variable).map(Command::new).ok_or_else(|| "Use `cargo xtask build` to build the page.".to_owned())
    };
    succeed(tool(REAL_SPLIT)?.args(["--target", "web", "--out-name", name, module]).arg(&folder))?;
    let main = folder.join(format!("{name}.wasm"));
    succeed(tool(REAL_BINDGEN)?.args(options).arg("--keep-lld-exports").arg(&main))?;
    let wasm = out.join(format!("{name}_bg.wasm"));
    write(&wasm, &growable(&stripped(&read(&wasm)?)?)?)?;

    let mut loader = String::from_utf8_lossy(&read(&folder.join(LOADER))?).into_owned();
    let (mut largest, mut small) = ((0, String::new()), Small::default());
    let files = fs::read_dir(&folder).map_err(|error| format!("{} cannot be read ({error}).", folder.display()))?;
    for path in files.filter_map(|entry| entry.ok().map(|entry| entry.path())) {
        let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) else { continue };
        if path == main || path.extension().is_none_or(|extension| extension != "wasm") {
            continue;
        }
        let bytes = stripped(&read(&path)?)?;
        let early = needs(&loader, stem, AHEAD);
        if bytes.len() <= SMALL {
            let address = format!("fetch(new URL(\"./{stem}.wasm\", import.meta.url))");
            let given = if early { format!("Promise.resolve(\"{}\")", hex(&bytes)) } else { small.take(&bytes) };
            loader = replaced(&loader, &address, &given)?;
            continue;
        }
        let file = part_name(stem, early, &bytes);
        if early && bytes.len() > largest.0 {
            largest = (bytes.len(), format!("./{FOLDER}/{file}"));
        }
        write(&out.join(FOLDER).join(&file), &bytes)?;
        loader = replaced(&loader, &format!("\"./{stem}.wasm\""), &format!("\"./{FOLDER}/{file}\""))?;
    }
    let script = out.join(format!("{name}.js"));
    let mut glue = String::from_utf8_lossy(&read(&script)?).into_owned();
    loader.insert_str(0, &small.laid_down(&out.join(FOLDER))?);
    if let (1.., address) = largest {
        (loader, glue) = ahead(&loader, &glue, &address)?;
    }
    write(&script, joined(&glue, &loader, name)?.as_bytes())
}

/// Whether `part` cannot start without this file: it is its own, or the splitter's script lists the part among those that share the file, in a comment
/// before it.
fn needs(loader: &str, stem: &str, part: &str) -> bool {
    let shared = || {
        let (before, _) = loader.split_once(&format!("const __{stem} ="))?;
        let list = before.trim_end().strip_suffix("*/")?.rsplit_once("/*")?.1;
        Some(list.split(',').any(|name| name.trim() == part))
    };
    stem == format!("split_{part}") || shared().unwrap_or(false)
}

/// The name of a part's file: its own, preceded by that of the part that is needed ahead if that one needs it too, and what its bytes hash to, so that a part
/// never meets a main module of another build.
fn part_name(stem: &str, early: bool, bytes: &[u8]) -> String {
    let name = stem.strip_prefix("split_").unwrap_or(stem);
    let ahead = if early && name != AHEAD { format!("{AHEAD}_") } else { String::new() };
    format!("{ahead}{name}-{}.wasm", hash(bytes))
}

/// What bytes hash to, as file names have it.
pub fn hash(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    format!("{:016x}", hasher.finish())
}

/// The splitter's script, so that it takes the part at this address from the page, or fetches it where that is nothing (`src/worker.js`); and the script of
/// `wasm-bindgen`, so that the page fetches and translates that part as soon as its main module has arrived: not earlier, because it needs that one first.
fn ahead(loader: &str, glue: &str, address: &str) -> Result<(String, String)> {
    let fetch = format!("fetch(new URL(\"{address}\", import.meta.url))");
    let given = format!("Promise.resolve(globalThis.{HANDED}).then((module) => module ?? {fetch})");
    let start = "function __wbg_finalize_init(instance, module) {";
    let fetched = format!(
        "{start}
    if (typeof document === \"object\") {{
        globalThis.{HANDED} = {fetch}
            .then((answer) => answer.ok ? answer.arrayBuffer() : Promise.reject())
            .then(WebAssembly.compile)
            .catch(() => undefined);
    }}"
    );
    Ok((replaced(loader, &fetch, &given)?, replaced(glue, start, &fetched)?))
}

/// Small modules, one behind the other in one file, which is fetched with the first of them that is needed.
#[derive(Default)]
struct Small(Vec<u8>);

impl Small {
    /// Takes a module; what the script says to have it.
    fn take(&mut self, module: &[u8]) -> String {
        let at = self.0.len();
        self.0.extend_from_slice(module);
        format!("small({at}, {})", module.len())
    }

    /// Writes the file into this folder; what the script needs to read it, in lines of its own. Nothing where there is no module.
    fn laid_down(&self, folder: &Path) -> Result<String> {
        if self.0.is_empty() {
            return Ok(String::new());
        }
        let file = part_name("small", false, &self.0);
        write(&folder.join(&file), &self.0)?;
        Ok(format!(
            "let smalls;
const small = async (at, length) => {{
    smalls ??= fetch(new URL(\"./{FOLDER}/{file}\", import.meta.url))
        .then((answer) => answer.ok ? answer.arrayBuffer() : Promise.reject(new Error(`${{answer.status}} for ${{answer.url}}`)));
    // what could not be fetched is fetched again when it is asked for again
    smalls.catch(() => {{ smalls = undefined; }});
    return new Uint8Array(await smalls, at, length);
}};
"
        ))
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // A string takes everything that is written to it.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The script of `wasm-bindgen` with the splitter's in the place where it imports that one. So there is one file less to fetch, and no file whose
/// name the other would have to know.
fn joined(glue: &str, loader: &str, name: &str) -> Result<String> {
    // one line for each part, and all of them import the same
    let is_import = |line: &&str| line.starts_with("import * as ") && line.contains(LOADER);
    let variable = |import: &str| import.split_whitespace().nth(3).unwrap_or_default().to_owned();
    let mut imports = glue.lines().filter(is_import);
    let import = imports.next().ok_or_else(|| format!("The script of wasm-bindgen imports no {LOADER}."))?;
    let first = variable(import);
    let loader = replaced(loader, &format!("import {{ initSync }} from \"./{name}.js\";"), "")?;
    let loader = replaced(&loader, "initSync(undefined, undefined)", "wasm")?;
    // The page says itself what could not be loaded.
    let loader = replaced(&loader, "console.error(e);", "")?;
    // Some servers know no type for modules, and parts are small: they need no translation while they arrive.
    let loader = replaced(&loader, "WebAssembly.instantiateStreaming(", "instantiate(")?;
    let names: Vec<_> =
        loader.lines().filter_map(|line| line.strip_prefix("export const ")?.split(' ').next()).collect();
    let exports = names.join(", ");
    let lines: Vec<_> = loader.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let loader = lines.join("\n").replace("export const ", "const ");
    let whole = format!(
        "const {first} = (() => {{
const instantiate = async (fetched, imports) => {{
    const answer = await fetched;
    if (typeof answer === \"string\") return WebAssembly.instantiate(Uint8Array.from(answer.match(/../g), (byte) => parseInt(byte, 16)), imports);
    if (answer instanceof WebAssembly.Module || answer instanceof Uint8Array) return WebAssembly.instantiate(answer, imports);
    if (!answer.ok) throw new Error(`${{answer.status}} for ${{answer.url}}`);
    return WebAssembly.instantiate(await answer.arrayBuffer(), imports);
}};
{loader}
return {{ {exports} }};
}})();"
    );
    let joined = glue.replace(import, &whole);
    Ok(imports.fold(joined, |glue, import| glue.replace(import, &format!("const {} = {first};", variable(import)))))
}

/// `text` with `old` replaced, which has to be in there.
fn replaced(text: &str, old: &str, new: &str) -> Result<String> {
    if text.contains(old) {
        return Ok(text.replace(old, new));
    }
    Err(format!("The splitter's script has no `{old}`: this version of it is not the one that is known here."))
}

/// A module without names, relocations and whatever else browsers do not read.
pub fn stripped(module: &[u8]) -> Result<Vec<u8>> {
    const CUSTOM: u8 = 0;
    with_sections(module, |kind, content| (kind != CUSTOM).then(|| content.to_vec()))
}

/// A module whose own table of functions may grow. The splitter gives it a maximum, although the linker was told not to (`--growable-table`); the
/// worker could not load generated code then.
fn growable(module: &[u8]) -> Result<Vec<u8>> {
    const TABLES: u8 = 4;
    with_sections(module, |kind, content| {
        let unlimited = || {
            let (count, at) = number(content, 0)?;
            let (&element, &limits) = (content.get(at)?, content.get(at + 1)?);
            let (_, least) = number(content, at + 2)?;
            let end = if limits == 1 { number(content, least)?.1 } else { least };
            let head = content.get(..at)?;
            (count > 0).then(|| [head, &[element, 0], &content[at + 2..least], &content[end..]].concat())
        };
        Some((kind == TABLES).then(unlimited).flatten().unwrap_or_else(|| content.to_vec()))
    })
}

/// A module with each section's content as `change` makes it of its kind and content; without those that it makes nothing of.
fn with_sections(module: &[u8], change: impl Fn(u8, &[u8]) -> Option<Vec<u8>>) -> Result<Vec<u8>> {
    const HEADER: usize = 8;
    let broken = || "The splitter wrote a module that cannot be read.".to_owned();
    let mut changed = module.get(..HEADER).ok_or_else(broken)?.to_vec();
    let mut at = HEADER;
    while let Some(&kind) = module.get(at) {
        let (length, start) = number(module, at + 1).ok_or_else(broken)?;
        let content = module.get(start..start + length).ok_or_else(broken)?;
        if let Some(content) = change(kind, content) {
            changed.push(kind);
            put_number(&mut changed, content.len());
            changed.extend_from_slice(&content);
        }
        at = start + length;
    }
    Ok(changed)
}

/// The number at this place, seven bits to a byte, and where it ends.
fn number(bytes: &[u8], mut at: usize) -> Option<(usize, usize)> {
    let mut number = 0_usize;
    for shift in (0..35).step_by(7) {
        let byte = *bytes.get(at)?;
        at += 1;
        number |= usize::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some((number, at));
        }
    }
    None
}

fn put_number(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push((number & 0x7F) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

pub fn empty(folder: &Path) -> Result {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| format!("{} cannot be emptied ({error}).", folder.display()))?;
    }
    fs::create_dir_all(folder).map_err(|error| format!("{} cannot be made ({error}).", folder.display()))
}

pub fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).map_err(|error| format!("{} cannot be read ({error}).", file.display()))
}

pub fn write(file: &Path, bytes: &[u8]) -> Result {
    fs::write(file, bytes).map_err(|error| format!("{} cannot be written ({error}).", file.display()))
}

fn succeed(command: &mut Command) -> Result {
    let name = Path::new(command.get_program()).display().to_string();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{name} failed ({status}).")),
        Err(error) => Err(format!("{name} could not be started ({error}).")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &[u8] = b"\0asm\x01\0\0\0";

    #[test]
    fn a_module_loses_its_custom_sections_only() {
        let (types, long) = ([1, 1, 0], [&[10, 0x80, 1][..], &[7; 128]].concat());
        let names = [0, 5, 4, b'n', b'a', b'm', b'e'];
        let module = [HEADER, &types, &names, &long, &names].concat();
        assert_eq!(stripped(&module).unwrap(), [HEADER, &types, &long].concat());
        for end in [3, HEADER.len() + 1, HEADER.len() + 2, module.len() - 1] {
            assert!(stripped(&module[..end]).is_err(), "{end} bytes");
        }
    }

    #[test]
    fn the_table_of_functions_may_grow() {
        let (types, functions) = ([1, 1, 0], [3, 2, 1, 0]);
        // one of functions with a maximum, one of references without
        let limited = [4, 11, 2, 0x70, 1, 0x9D, 0x18, 0x9D, 0x18, 0x6F, 0, 0x84, 8];
        let free = [4, 9, 2, 0x70, 0, 0x9D, 0x18, 0x6F, 0, 0x84, 8];
        let with = |tables: &[u8]| [HEADER, &types, tables, &functions].concat();
        assert_eq!(growable(&with(&limited)).unwrap(), with(&free));
        assert_eq!(growable(&with(&free)).unwrap(), with(&free));
        assert_eq!(growable(&with(&[])).unwrap(), with(&[]));
    }

    #[test]
    fn names_of_parts_follow_their_bytes() {
        let name = part_name("split_exports", false, b"one");
        assert!(
            name.starts_with("exports-") && Path::new(&name).extension().is_some_and(|kind| kind == "wasm"),
            "{name}"
        );
        assert_eq!(name.len(), "exports-0123456789abcdef.wasm".len());
        assert_eq!(name, part_name("split_exports", false, b"one"));
        assert_ne!(name, part_name("split_exports", false, b"two"));
    }

    #[test]
    fn small_modules_share_a_file() {
        let folder = std::env::temp_dir().join(format!("thetahat-small-{}", std::process::id()));
        empty(&folder).unwrap();
        let mut small = Small::default();
        assert_eq!(small.laid_down(&folder).unwrap(), "");
        assert_eq!([small.take(b"one"), small.take(b"three")], ["small(0, 3)", "small(3, 5)"]);
        let script = small.laid_down(&folder).unwrap();
        let files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!(read(&files[0]).unwrap(), b"onethree");
        assert!(script.contains(files[0].file_name().unwrap().to_str().unwrap()) && files.len() == 1, "{script}");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_is_needed_ahead_is_known_by_its_name() {
        let loader = "/* below, engine */\nconst __chunk_7 = makeLoad(() => {}, []);\n\
                      /* below, step */\nconst __chunk_17 = makeLoad(() => {}, []);\n";
        let needed = |stem| needs(loader, stem, "engine");
        assert_eq!(
            ["chunk_7", "chunk_17", "chunk_1", "split_engine", "split_step"].map(needed),
            [true, false, false, true, false]
        );
        assert!(part_name("chunk_7", true, b"one").starts_with("engine_chunk_7-"));
        assert!(part_name("split_engine", true, b"one").starts_with("engine-"));
    }

    #[test]
    fn the_splitters_script_stands_in_the_glue() {
        let import = |number: u32| format!("import * as import{number} from \"./__wasm_split.js\"\n");
        let glue = format!("{}{}let wasm;\n", import(1), import(12));
        let loader = "import { initSync } from \"./app.js\";\nconst all = initSync(undefined, undefined);\nconsole.error(e);\n\
                      export const __wasm_split_load_a = WebAssembly.instantiateStreaming(src, imports);\n";
        let script = joined(&glue, loader, "app").unwrap();
        assert!(
            script.starts_with("const import1 = (() => {")
                && script.ends_with("\nconst import12 = import1;\nlet wasm;\n"),
            "{script}"
        );
        assert!(script.contains("return { __wasm_split_load_a };"), "{script}");
        for gone in ["import ", "export ", "console", "Streaming"] {
            assert!(!script.contains(gone), "{gone} in {script}");
        }
        assert!(joined(&glue, "", "app").unwrap_err().contains("not the one that is known here"));
        assert!(joined("let wasm;", loader, "app").unwrap_err().contains("imports no"));
    }
}
