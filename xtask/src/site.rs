//! The page: built and served by Trunk, which gets its tools from us and is kept off the network.

use std::ffi::OsString;
use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Command;

use crate::Result;
use crate::browsers;
use crate::process::{become_child, cargo, path_with, root, run, with_configured_flags};
use crate::python;
use crate::split;
use crate::tools::{TRUNK, WASM, WASM_BINDGEN, wasm_target};

/// How to serve.
pub struct Serve {
    /// The port on the loopback address.
    pub port: u16,
    /// Whether to open the page in the default browser.
    pub open: bool,
}

/// The folder of the page that is served.
pub fn served() -> Result<PathBuf> {
    Ok(root()?.join(SERVED))
}

/// Where the page that is served lies.
const SERVED: &str = "target/serve";

/// Serves the page, in the profile that its users get, until it is interrupted.
pub fn serve(options: &Serve) -> Result {
    if let Err(error) = TcpListener::bind(("127.0.0.1", options.port)) {
        return Err(format!("Port {} cannot be used ({error}): select another one with --port N.", options.port));
    }
    let port = options.port.to_string();
    // Its files go elsewhere than those of `build`, which may be under test or on their way to a host meanwhile.
    let to = ["--dist", SERVED, "--address", "127.0.0.1", "--port", &port];
    let mut command = trunk(&["serve", "--release"])?;
    command.args(to);
    if options.open {
        command.arg("--open");
    }
    // It ends with this program, which the terminal's Ctrl+C ends together with it.
    python::start_later(options.port)?;
    println!("The page will be at http://127.0.0.1:{port}/ as soon as it is built; Ctrl+C ends the server.");
    become_child(&mut command, "Remove the tool's folder in the cache, so that it is installed again.")
}

/// The page that is one file, beside `dist/`.
const SINGLE: &str = "thetahat.html";

/// The page as a package for learning platforms, beside `dist/`.
const PACKAGE: &str = "thetahat-scorm.zip";

/// Whether something is made of the page, too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Wanted {
    /// It is not.
    #[default]
    No,
    /// It is, with this address, if there is one.
    Yes(Option<String>),
}

/// What is made of the page beside `dist/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extras {
    /// One file; its links begin with the address.
    pub single: Wanted,
    /// That file with what the tab Code needs.
    pub python: bool,
    /// A package for learning platforms; it opens with the assignment of the address.
    pub scorm: Wanted,
}

/// Builds the page into `dist/` and lists what is in there, with the sizes; and makes of it what else is wanted.
pub fn build(extras: &Extras) -> Result {
    let dist = root()?.join("dist");
    if dist.exists() {
        // A build that fails must not leave an older page behind to be tested or published.
        fs::remove_dir_all(&dist).map_err(|error| format!("{} cannot be emptied ({error}).", dist.display()))?;
    }
    python::build()?;
    run(&mut trunk(&["build", "--release"])?, "The compiler's or Trunk's messages above say where it failed.")?;
    finish(&["seal", "dist"])?;
    println!("The page is in dist/; copy the folder to any web server. What it weighs:");
    let mut weigh = cargo(&["run", "--quiet", "--release", "--locked", "--package", "thetahat-weight", "--"])?;
    run(weigh.arg(&dist), "The messages above say what cannot be read.")?;
    if let Wanted::Yes(address) = &extras.single {
        let alone = if extras.python { "alone-with-python" } else { "alone" };
        let words: Vec<&str> = [alone, "dist", SINGLE].into_iter().chain(address.as_deref()).collect();
        finish(&words)?;
        println!("The page as one file is {SINGLE}: it opens with a double click, without a server or a network.");
        if address.is_none() {
            println!(
                "Links that are copied from it open on this machine only; --address URL names the page that they shall open."
            );
        }
    }
    if let Wanted::Yes(task) = &extras.scorm {
        let words: Vec<&str> = ["scorm", "dist", PACKAGE].into_iter().chain(task.as_deref()).collect();
        finish(&words)?;
        println!("The package for learning platforms is {PACKAGE}: add it to a course as a SCORM 1.2 package.");
    }
    Ok(())
}

/// Has the page finished by a program of its own, which needs crates from elsewhere.
fn finish(words: &[&str]) -> Result {
    let mut pack = cargo(&["run", "--quiet", "--locked", "--package", "thetahat-pack", "--"])?;
    run(pack.args(words), "The message above says what the page lacks.")
}

/// Builds the page and takes pictures of it, into `out` or `target/screenshots`.
pub fn screenshots(out: Option<&str>) -> Result {
    build(&Extras::default())?;
    let folder = match out {
        Some(folder) => std::path::absolute(folder).map_err(|error| format!("`{folder}` is no folder ({error})."))?,
        None => root()?.join("target").join("screenshots"),
    };
    let mut command = cargo(&["run", "--locked", "--package", "thetahat-e2e", "--bin", "screenshots", "--"])?;
    command.arg(&folder).envs(browser_variables()?);
    run(&mut command, "The message above says which picture could not be taken.")?;
    println!("The pictures are in {}.", folder.display());
    Ok(())
}

/// What the end-to-end crate needs to know: where the browsers and their drivers are.
pub fn browser_variables() -> Result<[(&'static str, PathBuf); 5]> {
    let (chromium, firefox) = (browsers::chromium()?, browsers::firefox()?);
    Ok([
        ("THETAHAT_CHROMIUM", chromium.browser),
        ("THETAHAT_CHROMEDRIVER", chromium.driver),
        ("THETAHAT_FIREFOX", firefox.browser),
        ("THETAHAT_GECKODRIVER", firefox.driver),
        // A failed expectation says what it saw; the way to it through the test harness helps nobody.
        ("RUST_LIB_BACKTRACE", "0".into()),
    ])
}

/// The `PATH` on which cargo finds the pinned tools.
pub fn tool_path() -> Result<OsString> {
    path_with(&[TRUNK.folder()?, WASM_BINDGEN.folder()?])
}

/// Trunk, with everything in place that it needs to work without the network.
fn trunk(arguments: &[&str]) -> Result<Command> {
    wasm_target()?;
    run(
        &mut cargo(&["fetch", "--locked", "--target", WASM])?,
        "The crates of Cargo.lock must be fetched once: connect to the network and try again.",
    )?;
    let mut command = Command::new(TRUNK.folder()?.join("trunk"));
    command.current_dir(root()?).args(arguments).args(["--offline", "--features", "split"]);
    let stand_in = split::stand_in(&mut command)?;
    python::announce(&mut command)?;
    command.env("PATH", path_with(&[stand_in, TRUNK.folder()?, WASM_BINDGEN.folder()?])?);
    // Trunk reads NO_COLOR as a boolean and refuses the usual value 1.
    command.env_remove("NO_COLOR");
    with_configured_flags(&mut command);
    Ok(command)
}
