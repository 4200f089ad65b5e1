//! Debian's packages, for what no registry of Rust has: browsers, and Python's environments.

use std::process::Command;

use crate::Result;
use crate::process::{find, output, run};

/// Whether packages can be installed: there is `apt-get`, and this is the user that may call it.
pub fn can_install() -> bool {
    let is_root = output(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    is_root && find(&["apt-get"]).is_some()
}

/// Installs a package. `remedy` is what to do where that fails.
pub fn install(package: &str, remedy: &str) -> Result {
    run(Command::new("apt-get").arg("update"), remedy)?;
    let mut install = Command::new("apt-get");
    install.args(["install", "--yes", "--no-install-recommends", package]).env("DEBIAN_FRONTEND", "noninteractive");
    run(&mut install, remedy)
}

/// Sees to it that Python can make environments, if that is possible here; the test that needs them says so if they are missing.
pub fn python() {
    let has_environments = output(Command::new("python3").args(["-c", "import ensurepip, venv; print(1)"])).is_some();
    if has_environments || !can_install() {
        return;
    }
    println!("Installing Debian's package python3-venv: the exported programs are run under JAX itself.");
    if let Err(sentence) = install("python3-venv", "The exported programs are then not run.") {
        println!("{sentence}");
    }
}
