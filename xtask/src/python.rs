//! The module of the tab Code: Python on the engine, built apart from the page and laid beside it.
//!
//! It takes minutes, so `serve` lets it be built while the page can be used already, and the page fetches it when its tab is opened. Its flags are those of the
//! page, so that what both are made of is compiled once.

use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::Duration;

use crate::Result;
use crate::process::{cargo, root, run, with_configured_flags};
use crate::split::{self, empty, read, write};
use crate::tools::{WASM, WASM_BINDGEN, wasm_target};

/// The package, and what the compiler calls its module.
const PACKAGE: &str = "thetahat-python-web";
const MODULE: &str = "thetahat_python_web.wasm";
/// Names the files and says how large the module is; the page reads it first.
const CURRENT: &str = "current.txt";
/// The variable that tells the stand-in for `wasm-bindgen` where the module is.
const VARIABLE: &str = "THETAHAT_PYTHON";
/// The folder in the page's folder of parts.
const FOLDER: &str = "python";

/// Where the built module lies until a page takes it along.
fn folder() -> Result<PathBuf> {
    Ok(root()?.join("target").join("code"))
}

/// Has the page's build take the module along, if there is one by then.
pub fn announce(command: &mut Command) -> Result {
    command.env(VARIABLE, folder()?);
    Ok(())
}

/// Builds the module.
pub fn build() -> Result {
    wasm_target()?;
    let mut compile = cargo(&["build", "--release", "--locked", "--package", PACKAGE, "--target", WASM])?;
    split::page_flags(with_configured_flags(&mut compile));
    run(&mut compile, "The compiler's messages above say where it failed.")?;
    let (target, to) = (root()?.join("target"), folder()?);
    let raw = target.join("code-raw");
    let program = WASM_BINDGEN.folder()?.join("wasm-bindgen");
    let mut join = Command::new(program);
    join.args(["--target", "web", "--no-typescript", "--out-name", FOLDER, "--out-dir"]).arg(&raw);
    run(join.arg(target.join(WASM).join("release").join(MODULE)), "Its messages above say what it cannot read.")?;
    let module = split::stripped(&read(&raw.join(format!("{FOLDER}_bg.wasm")))?)?;
    let script = read(&raw.join(format!("{FOLDER}.js")))?;
    let name = format!("{FOLDER}-{}", split::hash(&[&module[..], &script[..]].concat()));
    let script = String::from_utf8_lossy(&script).replace(&format!("{FOLDER}_bg.wasm"), &format!("{name}_bg.wasm"));
    empty(&to)?;
    write(&to.join(format!("{name}.js")), script.as_bytes())?;
    write(&to.join(format!("{name}_bg.wasm")), &module)?;
    write(&to.join(CURRENT), format!("{name} {}\n", module.len()).as_bytes())
}

/// Builds the module as soon as a page is served at this port, and lays it beside that page.
pub fn build_later(port: u16, page: &Path) -> Result {
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        sleep(Duration::from_secs(1));
    }
    build()?;
    copy(&folder()?, &page.join(split::FOLDER).join(FOLDER))?;
    println!("The tab Code is ready.");
    Ok(())
}

/// Starts [`build_later`] beside this program.
pub fn start_later(port: u16) -> Result<Child> {
    let own = std::env::current_exe().map_err(|error| format!("This program does not find itself ({error})."))?;
    let mut later = Command::new(own);
    later.args(["python", "--port", &port.to_string()]);
    later.spawn().map_err(|error| format!("The module of the tab Code cannot be built meanwhile ({error})."))
}

/// Lays the module into the folder of the page's parts, if there is one; for the stand-in.
pub fn take_along(parts: &Path) -> Result {
    let built = std::env::var_os(VARIABLE).map(PathBuf::from).filter(|built| built.join(CURRENT).is_file());
    built.map_or(Ok(()), |built| copy(&built, &parts.join(FOLDER)))
}

/// Copies a folder's files. The one that names the others comes last, so that whoever reads it finds them.
fn copy(from: &Path, to: &Path) -> Result {
    empty(to)?;
    let listed = fs::read_dir(from).map_err(|error| format!("{} cannot be read ({error}).", from.display()))?;
    let mut names: Vec<_> = listed.filter_map(|entry| entry.ok().map(|entry| entry.file_name())).collect();
    names.sort_by_key(|name| name == CURRENT);
    names.iter().try_for_each(|name| {
        let copied = fs::copy(from.join(name), to.join(name));
        copied.map(drop).map_err(|error| format!("{} cannot be copied ({error}).", from.join(name).display()))
    })
}
