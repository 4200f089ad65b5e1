//! Debian's packages, for what no registry of Rust has: browsers, npm, and Python's environments.

use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::Result;
use crate::process::{find, output, run};

/// Whether packages can be installed: there is `apt-get`, and this is the user that may call it.
pub fn can_install() -> bool {
    let is_root = output(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    is_root && find(&["apt-get"]).is_some()
}

/// Whether this program has asked already which packages there are.
static IS_UPDATED: AtomicBool = AtomicBool::new(false);

/// Installs a package. `remedy` is what to do where that fails.
pub fn install(package: &str, remedy: &str) -> Result {
    if !IS_UPDATED.swap(true, Ordering::Relaxed) {
        run(Command::new("apt-get").arg("update"), remedy)?;
    }
    let mut install = Command::new("apt-get");
    install.args(["install", "--yes", "--no-install-recommends", package]).env("DEBIAN_FRONTEND", "noninteractive");
    run(&mut install, remedy)
}

/// The first of these programs that is on the `PATH`, after installing `package` if there is none. `name` is what people call it, `why` what
/// it is needed for.
pub fn find_or_install(programs: &[&str], package: &str, name: &str, why: &str) -> Result<PathBuf> {
    if let Some(program) = find(programs) {
        return Ok(program);
    }
    if !can_install() {
        return Err(format!(
            "{name} was not found on the PATH: install it (Debian and Ubuntu: `sudo apt-get install {package}`), because {why}."
        ));
    }
    println!("Installing Debian's package {package}: {why}.");
    install(package, &format!("Look at the messages above, or install {name} by hand so that it is on the PATH."))?;
    find(programs).ok_or_else(|| format!("{package} was installed, but {name} is not on the PATH: add its folder."))
}

/// Makes sure that Python can make environments, if that is possible here; the test that needs them says so if they are missing.
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
