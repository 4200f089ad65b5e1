//! Other libraries that train, in pinned versions, for `cargo xtask bench --peers`: from npm in one script for the browser, from PyPI in an
//! environment of Python's. All of it lies in `target/bench/peers`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Result;
use crate::debian::{self, find_or_install};
use crate::process::{find, root, run};

/// What npm is given; the first one says whether what it installed is still right.
const SCRIPTS: [&str; 7] =
    ["package-lock.json", "package.json", "worker.js", "problem.js", "timing.js", "jax_js.js", "tensorflow.js"];

/// TensorFlow.js chooses among these when it starts.
const MODULES: [&str; 3] =
    ["tfjs-backend-wasm.wasm", "tfjs-backend-wasm-simd.wasm", "tfjs-backend-wasm-threaded-simd.wasm"];

/// Fetches the libraries and tells `command` in its variables where they are, and which of them cannot be fetched, and why.
pub fn prepare(command: &mut Command, has_browser: bool) -> Result {
    let folder = folder()?;
    command.env("THETAHAT_PEERS", &folder);
    let page = if has_browser { page() } else { Err("There is no Chromium here.".to_owned()) };
    let missing: Vec<String> = [
        ("THETAHAT_PEERS_PAGE", "The libraries from npm are left out", page),
        ("THETAHAT_PEERS_PYTHON", "JAX is left out", python(&folder)),
    ]
    .into_iter()
    .filter_map(|(variable, consequence, result)| match result {
        Ok(path) => {
            command.env(variable, path);
            None
        }
        Err(sentence) => Some(format!("{consequence}. {sentence}")),
    })
    .collect();
    for sentence in &missing {
        println!("{sentence}");
    }
    command.env("THETAHAT_PEERS_MISSING", missing.join("\n"));
    Ok(())
}

/// The folder with the page whose worker holds the libraries from npm.
///
/// # Errors
/// npm cannot fetch them.
pub fn page() -> Result<PathBuf> {
    const READ: &str = "Look at the messages above: npm needs the network once.";
    let folder = &folder()?;
    let page = folder.join("page");
    make(&page)?;
    let ours = root()?.join("bench").join("peers");
    for name in SCRIPTS {
        copy(&ours.join(name), &folder.join(name))?;
    }
    let npm = find_or_install(&["npm"], "npm", "npm", "it fetches the libraries that run in a browser")?;
    let packages = folder.join("node_modules");
    if_changed(&folder.join(SCRIPTS[0]), &packages.join("complete"), || {
        let mut install = Command::new(&npm);
        install.current_dir(folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        run(&mut install, READ)
    })?;
    run(Command::new(&npm).current_dir(folder).args(["run", "--silent", "bundle"]), READ)?;
    for name in MODULES {
        let module = packages.join("@tensorflow").join("tfjs-backend-wasm").join("dist").join(name);
        copy(&module, &page.join(name))?;
    }
    // the page, and what its script imports
    for name in ["index.html", "pool.js"] {
        copy(&root()?.join("bench").join("page").join(name), &page.join(name))?;
    }
    Ok(page)
}

fn folder() -> Result<PathBuf> {
    Ok(root()?.join("target").join("bench").join("peers"))
}

/// A Python with JAX.
fn python(folder: &Path) -> Result<PathBuf> {
    const READ: &str = "Look at the messages above: pip needs the network once.";
    debian::python();
    let python = find(&["python3"]).ok_or("There is no python3 on the PATH: install Python 3.11 or later.")?;
    let requirements = root()?.join("bench").join("peers").join("requirements.txt");
    let environment = folder.join("venv");
    let program = environment.join("bin").join("python");
    make(folder)?;
    if_changed(&requirements, &environment.join("complete"), || {
        run(Command::new(python).args(["-m", "venv", "--clear"]).arg(&environment), READ)?;
        let mut install = Command::new(&program);
        install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
        run(install.arg(&requirements), READ)
    })?;
    Ok(program)
}

/// Installs what `list` names, unless `complete`, a copy of it, says that it is there.
fn if_changed(list: &Path, complete: &Path, install: impl FnOnce() -> Result) -> Result {
    let wanted = fs::read(list).map_err(|error| format!("{} cannot be read ({error}).", list.display()))?;
    if fs::read(complete).is_ok_and(|there| there == wanted) {
        return Ok(());
    }
    install()?;
    fs::write(complete, wanted).map_err(|error| format!("{} cannot be written ({error}).", complete.display()))
}

fn make(folder: &Path) -> Result {
    fs::create_dir_all(folder).map_err(|error| format!("{} cannot be made ({error}).", folder.display()))
}

fn copy(from: &Path, to: &Path) -> Result {
    fs::copy(from, to).map(drop).map_err(|error| format!("{} cannot be copied ({error}).", from.display()))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn installs_once_and_again_when_the_list_changes() {
        let folder = std::env::temp_dir().join(format!("thetahat-peers-{}", std::process::id()));
        make(&folder).unwrap();
        let (list, complete) = (folder.join("list"), folder.join("complete"));
        let count = Cell::new(0);
        let install = || {
            count.set(count.get() + 1);
            Ok(())
        };
        fs::write(&list, "one").unwrap();
        if_changed(&list, &complete, install).unwrap();
        if_changed(&list, &complete, install).unwrap();
        assert_eq!(count.get(), 1);
        fs::write(&list, "two").unwrap();
        assert_eq!(if_changed(&list, &complete, || Err("offline".to_owned())), Err("offline".to_owned()));
        if_changed(&list, &complete, install).unwrap();
        assert_eq!(count.get(), 2);
        fs::remove_dir_all(folder).unwrap();
    }
}
