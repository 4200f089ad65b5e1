//! The test run: stages one after another, each with a heading and its duration, and a summary at the end.

use std::process::Command;
use std::time::Instant;

use crate::Result;
use crate::browsers;
use crate::debian;
use crate::meanwhile::Meanwhile;
use crate::peers;
use crate::process::{cargo, duration, path_with, run, with_configured_flags};
use crate::site;
use crate::tools::{CARGO_DENY, WASM, axe, wasm_target};

const READ: &str = "The messages above say what and where.";

struct Stage {
    name: &'static str,
    title: &'static str,
    run: fn() -> Result,
}

const STAGES: [Stage; 14] = [
    Stage { name: "format", title: "Formatting", run: format },
    Stage { name: "lints", title: "Lints of everything that runs on this machine", run: host_lints },
    Stage { name: "tests", title: "Tests on this machine, doctests included", run: host_tests },
    Stage {
        name: "python",
        title: "The exported Python, run under JAX, Optax and Flax themselves",
        run: exported_python,
    },
    Stage { name: "web-lints", title: "Lints of what runs in the browser", run: web_lints },
    Stage { name: "docs", title: "Documentation", run: docs },
    Stage { name: SITE, title: "The page, built for release", run: || site::build(&site::Extras::default()) },
    Stage { name: "weight", title: "The built page keeps to its budget of bytes", run: weight },
    Stage { name: "web-chromium", title: "Tests inside Chromium", run: web_chromium },
    Stage { name: "web-firefox", title: "Tests inside Firefox", run: web_firefox },
    Stage { name: "e2e-chromium", title: "The built page, used in Chromium", run: e2e_chromium },
    Stage { name: "e2e-firefox", title: "The built page, used in Firefox", run: e2e_firefox },
    Stage { name: "e2e-webkit", title: "The built page, its main uses in WebKit", run: e2e_webkit },
    Stage {
        name: "peers",
        title: "The libraries that `cargo xtask bench --peers` measures in the browser",
        run: peers,
    },
];

const SITE: &str = "site";

/// The stages that need none of [`tools`].
const UNAIDED: [&str; 7] = ["format", "lints", "tests", "web-lints", "docs", SITE, "weight"];

/// The Python of the Code tab. `RustPython` takes longer to compile than all the rest, so no stage does: `cargo test -p thetahat-python` checks it here,
/// and the end-to-end tests run all of its recorded programs in Chromium.
const PYTHON: [&str; 7] = [
    "thetahat-python",
    "thetahat-python-web",
    "rustpython-doc",
    "unicode_names2",
    "malachite-base",
    "malachite-bigint",
    "malachite-q",
];

/// The workspace without [`PYTHON`].
fn workspace(command: &str) -> Vec<&str> {
    let excluded = PYTHON.iter().flat_map(|package| ["--exclude", package]);
    [command, "--workspace", "--locked"].into_iter().chain(excluded).collect()
}

/// Runs the stages whose names begin with one of `wanted`, or all of them, and says which of them failed.
pub fn test(wanted: &[String]) -> Result {
    if let Some(unknown) = wanted.iter().find(|name| !STAGES.iter().any(|stage| stage.name.starts_with(*name))) {
        let names = STAGES.map(|stage| stage.name).join(", ");
        return Err(format!("There is no stage `{unknown}`; the stages are {names}."));
    }
    let chosen = |name: &str| wanted.is_empty() || wanted.iter().any(|prefix| name.starts_with(prefix.as_str()));
    let uses_site = |name: &str| name.starts_with("e2e") || name == "weight";
    let site_needed = STAGES.iter().any(|stage| uses_site(stage.name) && chosen(stage.name));
    let stages: Vec<&Stage> =
        STAGES.iter().filter(|stage| chosen(stage.name) || stage.name == SITE && site_needed).collect();

    let started = Instant::now();
    let mut site = match stages.iter().position(|stage| stage.name == SITE) {
        Some(before) if before > 0 => {
            // Both would add it otherwise.
            wasm_target()?;
            Some(Meanwhile::start(&["build"])?)
        }
        _ => None,
    };
    let is_aided = |stage: &&Stage| !UNAIDED.contains(&stage.name);
    let mut tools = match stages.iter().position(is_aided) {
        Some(before) if before > 0 => Some(Meanwhile::start(&["tools"])?),
        _ => None,
    };
    let (mut passed, mut failed) = (0, Vec::new());
    for stage in stages {
        if let Some(Err(sentence)) = tools.take_if(|_| is_aided(&stage)).map(Meanwhile::finish) {
            println!("{sentence} What is missing is installed where it is needed.");
        }
        println!("\n=== {} ({})", stage.title, stage.name);
        let stage_started = Instant::now();
        let result = if uses_site(stage.name) && failed.contains(&SITE) {
            Err("It was not tried, because the page could not be built.".to_owned())
        } else if let Some(site) = site.take_if(|_| stage.name == SITE) {
            site.finish()
        } else {
            (stage.run)()
        };
        let time = duration(stage_started.elapsed());
        match result {
            Ok(()) => {
                println!("=== {} passed in {time}", stage.name);
                passed += 1;
            }
            Err(sentence) => {
                println!("=== {} FAILED after {time}: {sentence}", stage.name);
                failed.push(stage.name);
            }
        }
    }
    println!("\nAll stages took {}.", duration(started.elapsed()));
    println!("stages: {passed} passed, {} failed", failed.len());
    if failed.is_empty() {
        return Ok(());
    }
    let names = failed.join(" ");
    Err(format!("Failed: {names}. To repeat only that: `cargo xtask test {names}`."))
}

/// Installs what the tests need and Rust's own tools do not bring.
pub fn tools() -> Result {
    browsers::chromium()?;
    browsers::firefox()?;
    axe()?;
    debian::python();
    browsers::webkit().map(drop)
}

/// Checks the licences and sources of all dependencies. It is no stage, because compiling the checker takes minutes.
pub fn deny() -> Result {
    let path = path_with(&[CARGO_DENY.folder()?])?;
    let mut command = cargo(&["deny", "--workspace", "check", "bans", "licenses", "sources"])?;
    run(command.env("PATH", path), "Its messages above name the dependency; deny.toml holds the rules.")
}

fn format() -> Result {
    run(&mut cargo(&["fmt", "--all", "--check"])?, "Run `cargo fmt --all`.")
}

fn host_lints() -> Result {
    run(cargo(&workspace("clippy"))?.args(["--all-targets", "--", "-D", "warnings"]), READ)
}

fn host_tests() -> Result {
    run(cargo(&workspace("test"))?.arg("--no-fail-fast"), READ)
}

fn exported_python() -> Result {
    debian::python();
    let exported = ["--test", "lecture", "python::", "--", "--ignored", "--nocapture"];
    run(cargo(&workspace("test"))?.args(exported), READ)
}

fn web_lints() -> Result {
    wasm_target()?;
    let clippy = ["clippy", "--locked", "--target", WASM];
    // Split as it is built; what differs without that is a macro of a few lines.
    let page = ["--features", "split", "--lib", "--bin", "app", "--test", "web", "--", "-D", "warnings"];
    let engine = ["--no-default-features", "--lib", "--", "-D", "warnings"];
    run(with_configured_flags(cargo(&clippy)?.args(page)), READ)?;
    run(with_configured_flags(cargo(&clippy)?.args(engine)), READ)
}

fn docs() -> Result {
    wasm_target()?;
    let mut host = cargo(&workspace("doc"))?;
    host.arg("--no-deps");
    run(host.env("RUSTDOCFLAGS", "-D warnings"), READ)?;
    // Once more as the browser sees it, with the modules that only exist there.
    let mut web = cargo(&["doc", "--lib", "--no-deps", "--locked", "--target", WASM])?;
    run(with_configured_flags(web.env("RUSTDOCFLAGS", "-D warnings")), READ)
}

fn weight() -> Result {
    let test = ["test", "--release", "--locked", "--package", "thetahat-weight", "--test", "budget", "--", "--ignored"];
    run(&mut cargo(&test)?, READ)
}

fn web_chromium() -> Result {
    let mut command = web_tests()?;
    run(command.env("CHROMEDRIVER", browsers::chromium()?.driver), READ)
}

fn web_firefox() -> Result {
    let mut command = web_tests()?;
    run(command.env("GECKODRIVER", browsers::firefox()?.driver), READ)
}

fn web_tests() -> Result<Command> {
    wasm_target()?;
    // Without the page's elements, which take longer to compile than all that is tested here.
    browsers::write_webdriver_json(&browsers::chromium()?, &browsers::firefox()?)?;
    let mut command = cargo(&["test", "--locked", "--no-default-features", "--target", WASM, "--test", "web"])?;
    command
        .env("PATH", site::tool_path()?)
        .env_remove("CHROMEDRIVER")
        .env_remove("GECKODRIVER")
        // Debug information costs the runner seconds per run, and no debugger is there to read it.
        .env("CARGO_PROFILE_DEV_DEBUG", "false")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    with_configured_flags(&mut command);
    Ok(command)
}

fn e2e_chromium() -> Result {
    e2e("chromium::")
}

fn e2e_firefox() -> Result {
    e2e("firefox::")
}

/// A few of these tests, on a display that nobody sees.
fn e2e_webkit() -> Result {
    let webkit = browsers::webkit()?;
    let test = cargo(&["test", "--package", "thetahat-e2e", "--locked", "--no-fail-fast", "--test", "used", "--"])?;
    let mut command = Command::new(webkit.display);
    command
        .args(["--auto-servernum", "--server-args=-screen 0 1600x1200x24"])
        .arg(test.get_program())
        .args(test.get_args())
        .args(["--ignored", "--test-threads", "2", "webkit::"])
        .envs(test.get_envs().filter_map(|(name, value)| Some((name, value?))))
        .env("THETAHAT_WEBKIT", webkit.browser)
        .env("THETAHAT_WEBKITDRIVER", webkit.driver)
        .env("RUST_LIB_BACKTRACE", "0");
    run(&mut command, READ)
}

fn peers() -> Result {
    let page = peers::page()?;
    let mut command =
        cargo(&["test", "--package", "thetahat-e2e", "--locked", "--test", "used", "--", "--ignored", "peers::"])?;
    run(command.envs(site::browser_variables()?).env("THETAHAT_PEERS_PAGE", page), READ)
}

/// The end-to-end tests are marked as ignored, so that a plain `cargo test` needs no browser.
fn e2e(browser: &str) -> Result {
    let mut command = cargo(&["test", "--package", "thetahat-e2e", "--locked", "--no-fail-fast", "--"])?;
    command
        .args(["--ignored", "--test-threads", "2", browser])
        .envs(site::browser_variables()?)
        .env("THETAHAT_AXE", axe()?);
    run(&mut command, READ)
}
