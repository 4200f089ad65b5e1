//! The tools that Cargo does not bring along, each in its pinned version: found on the `PATH`, found in the cache of an
//! earlier installation, or installed there with `cargo install`. And what only npm has: axe, and Lighthouse.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Result;
use crate::debian::find_or_install;
use crate::process::{cargo, duration, find, output, root, run};

/// A program from crates.io.
pub struct Tool {
    package: &'static str,
    version: &'static str,
    /// What it installs; the first one is asked for its version.
    binaries: &'static [&'static str],
    why: &'static str,
    /// Whether it answers `--version`. One that does not is taken from the cache only, whose folders are named after versions.
    says_version: bool,
    /// Further arguments of `cargo install`.
    arguments: &'static [&'static str],
    /// How far it is optimised: 0 where it only copies and waits, 1 where it reads modules of many megabytes.
    opt_level: &'static str,
}

/// Builds and serves the page. It never goes to the network itself (see [`crate::site`]), so it needs no TLS.
pub const TRUNK: Tool = Tool {
    package: "trunk",
    version: "0.21.14",
    binaries: &["trunk"],
    why: "it builds and serves the page",
    says_version: true,
    arguments: &["--locked", "--no-default-features"],
    opt_level: "0",
};

/// Must be equal to the crate `wasm-bindgen` of `Cargo.lock`. Its own lock file does not resolve everywhere.
pub const WASM_BINDGEN: Tool = Tool {
    package: "wasm-bindgen-cli",
    version: "0.2.130",
    binaries: &["wasm-bindgen", "wasm-bindgen-test-runner"],
    why: "it joins WebAssembly to JavaScript and runs tests in browsers",
    says_version: true,
    arguments: &[],
    opt_level: "1",
};

/// Splits the page's module.
pub const WASM_SPLIT: Tool = Tool {
    package: "wasm_split_cli_support",
    version: "0.2.4",
    binaries: &["wasm-split-cli"],
    why: "it splits the page's module, so that what the first view does not need is fetched later",
    says_version: false,
    arguments: &["--locked", "--features", "build-binary"],
    opt_level: "1",
};

/// Drives Firefox.
pub const GECKODRIVER: Tool = Tool {
    package: "geckodriver",
    version: "0.37.1",
    binaries: &["geckodriver"],
    why: "it drives Firefox in the tests",
    says_version: true,
    arguments: &["--locked"],
    opt_level: "0",
};

/// Checks licences and sources.
pub const CARGO_DENY: Tool = Tool {
    package: "cargo-deny",
    version: "0.20.2",
    binaries: &["cargo-deny"],
    why: "it checks licences and sources of dependencies",
    says_version: true,
    arguments: &["--locked"],
    opt_level: "0",
};

/// Looks for inputs that cannot be taken.
pub const CARGO_FUZZ: Tool = Tool {
    package: "cargo-fuzz",
    version: "0.13.2",
    binaries: &["cargo-fuzz"],
    why: "it looks for inputs that cannot be taken",
    says_version: true,
    arguments: &["--locked"],
    opt_level: "0",
};

/// The version of axe in `e2e/package.json`.
const AXE: &str = "4.14.1";

/// The version of Lighthouse in `e2e/lighthouse/package.json`.
const LIGHTHOUSE: &str = "12.8.2";

/// The target of the page and its worker.
pub const WASM: &str = "wasm32-unknown-unknown";

/// How the tools are compiled: they are started a few times and wait for others, so the minutes that their own release
/// profiles spend (whole-program optimisation in one unit) would never come back.
const PROFILE: [(&str, &str); 3] = [
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "false"),
];

impl Tool {
    /// The pinned version.
    pub const fn version(&self) -> &'static str {
        self.version
    }

    /// The folder that holds the tool's programs, after installing it if need be.
    pub fn folder(&self) -> Result<PathBuf> {
        if let Some(folder) = self.on_path() {
            return Ok(folder);
        }
        let cached = cache()?.join(format!("{}-{}", self.package, self.version));
        let folder = cached.join("bin");
        if self.is_in(&folder) {
            return Ok(folder);
        }
        self.install(&cached)?;
        if self.is_in(&folder) {
            return Ok(folder);
        }
        Err(format!(
            "{} {} was installed but does not answer: remove {} and try again.",
            self.package,
            self.version,
            cached.display()
        ))
    }

    fn on_path(&self) -> Option<PathBuf> {
        if !self.says_version {
            return None;
        }
        let folder = find(&self.binaries[..1])?.parent()?.to_path_buf();
        self.is_in(&folder).then_some(folder)
    }

    fn is_in(&self, folder: &Path) -> bool {
        let file = |name: &str| folder.join(format!("{name}{}", env::consts::EXE_SUFFIX));
        self.binaries.iter().all(|name| file(name).is_file())
            && (!self.says_version
                || output(Command::new(file(self.binaries[0])).arg("--version"))
                    .is_some_and(|text| text.split_whitespace().any(|word| word == self.version)))
    }

    fn install(&self, to: &Path) -> Result {
        println!("Installing {} {} into {}: {}.", self.package, self.version, to.display(), self.why);
        let started = std::time::Instant::now();
        let mut command = cargo(&["install", self.package, "--version", self.version, "--force", "--root"])?;
        command.arg(to).args(self.arguments).envs(PROFILE).env("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.opt_level);
        let remedy = format!(
            "Look at the messages above: cargo needs the network to install {}, and a C compiler (`cc`) for some of what it is made of.",
            self.package
        );
        run(&mut command, &remedy)?;
        println!("Installed {} in {}.", self.package, duration(started.elapsed()));
        Ok(())
    }
}

/// Makes sure that the compiler can make WebAssembly.
pub fn wasm_target() -> Result {
    let libraries =
        output(Command::new("rustc").args(["--print", "target-libdir", "--target", WASM]).current_dir(root()?));
    if libraries.is_some_and(|folder| Path::new(folder.trim()).is_dir()) {
        return Ok(());
    }
    println!("Adding the Rust target {WASM}: the page and its worker are compiled for it.");
    run(
        Command::new("rustup").current_dir(root()?).args(["target", "add", WASM]),
        "Install Rust with rustup (https://rustup.rs), run `rustup toolchain install` here, and try again.",
    )
}

/// The script of axe, whose rules of accessibility the end-to-end tests apply to the page; nothing of it is run by npm.
pub fn axe() -> Result<PathBuf> {
    from_npm("axe-core", AXE, "e2e", "axe.min.js", "its rules of accessibility are applied to the page")
}

/// The script that starts Lighthouse.
pub fn lighthouse() -> Result<PathBuf> {
    from_npm("lighthouse", LIGHTHOUSE, "e2e/lighthouse", "cli/index.js", "it rates the page")
}

/// A file of a package, fetched by npm if need be, which compares checksums with those of the folder's `package-lock.json`.
fn from_npm(package: &str, version: &str, locked: &str, file: &str, why: &str) -> Result<PathBuf> {
    let folder = cache()?.join(format!("{package}-{version}"));
    let script = folder.join("node_modules").join(package).join(file);
    if script.is_file() {
        return Ok(script);
    }
    let npm = find_or_install(&["npm"], "npm", "npm", &format!("it fetches {package}"))?;
    println!("Fetching {package} {version} into {}: {why}.", folder.display());
    fs::create_dir_all(&folder).map_err(|error| format!("{} cannot be made ({error}).", folder.display()))?;
    for name in ["package.json", "package-lock.json"] {
        fs::copy(root()?.join(locked).join(name), folder.join(name))
            .map_err(|error| format!("{locked}/{name} cannot be copied to {} ({error}).", folder.display()))?;
    }
    let mut command = Command::new(npm);
    command.current_dir(&folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    run(&mut command, &format!("Look at the messages above: npm needs the network once to fetch {package}."))?;
    if script.is_file() {
        return Ok(script);
    }
    Err(format!("npm brought no {}: remove {} and try again.", script.display(), folder.display()))
}

fn cache() -> Result<PathBuf> {
    let given = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute());
    let folder = given.or_else(|| env::home_dir().map(|home| home.join(".cache")));
    folder
        .map(|folder| folder.join("thetahat").join("tools"))
        .ok_or_else(|| "There is no home folder to keep tools in: set XDG_CACHE_HOME to a folder.".to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{AXE, LIGHTHOUSE, WASM_BINDGEN};
    use crate::process::root;

    #[test]
    fn wasm_bindgen_has_one_version_everywhere() {
        let version = WASM_BINDGEN.version;
        let table = [
            ("Cargo.lock", format!("name = \"wasm-bindgen\"\nversion = \"{version}\"\n")),
            ("Trunk.toml", format!("wasm_bindgen = \"{version}\"")),
        ];
        for (file, line) in table {
            let text = fs::read_to_string(root().unwrap().join(file)).unwrap();
            assert!(text.contains(&line), "{file} does not have {line:?}");
        }
    }

    #[test]
    fn what_npm_fetches_has_one_version_and_a_checksum() {
        for (folder, package, version) in [("e2e", "axe-core", AXE), ("e2e/lighthouse", "lighthouse", LIGHTHOUSE)] {
            let text = |name: &str| fs::read_to_string(root().unwrap().join(folder).join(name)).unwrap();
            assert!(text("package.json").contains(&format!("\"{package}\": \"{version}\"")));
            let locked = format!("\"version\": \"{version}\",\n      \"integrity\": \"sha512-");
            assert!(text("package-lock.json").contains(&locked));
        }
    }
}
