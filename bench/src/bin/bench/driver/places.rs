//! Where measurements run: a browser's worker or Node, and this machine itself.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use thetahat_bench::{Report, Request};
use thetahat_e2e::{Browser, Options, Page, with_page_in};

/// Where a request is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a worker of headless Chromium, or in Node.
    Browser,
    /// On this machine without anything between.
    Native,
}

/// What there is on this machine, as `cargo xtask bench` says in variables.
pub struct Places {
    /// The folder with the page, its worker and the WebAssembly.
    page: PathBuf,
    /// The program that measures natively.
    native: PathBuf,
    /// Node, where there is no browser.
    node: Option<PathBuf>,
    /// The folder with the product's own page.
    site: Option<PathBuf>,
}

impl Places {
    /// Reads the variables.
    pub fn find() -> Result<Self> {
        let variable = |name: &str| std::env::var_os(name).map(PathBuf::from);
        let needed = |name: &str| {
            variable(name).with_context(|| format!("{name} is not set: start this as `cargo xtask bench`"))
        };
        Ok(Self {
            page: needed("THETAHAT_BENCH_PAGE")?,
            native: needed("THETAHAT_BENCH_NATIVE")?,
            node: variable("THETAHAT_NODE"),
            site: variable("THETAHAT_SITE"),
        })
    }

    /// The folder with the product's own page, if there is a browser to show it.
    pub fn site(&self) -> Option<&Path> {
        self.site.as_deref()
    }

    /// The program that measures natively.
    pub fn native(&self) -> Command {
        Command::new(&self.native)
    }

    /// Measures requests, one after the other, in one session.
    pub fn ask(&self, place: Place, requests: &[Request]) -> Result<Vec<Report>> {
        match (place, &self.node) {
            (Place::Native, _) => requests.iter().map(|request| run(self.native(), request, "natively")).collect(),
            (Place::Browser, Some(node)) => {
                requests.iter().map(|request| run(self.node(node), request, "in Node")).collect()
            }
            (Place::Browser, None) => {
                let mut reports = Vec::new();
                self.with_page(async |page| {
                    for request in requests {
                        reports.push(in_page(page, request).await?);
                    }
                    Ok(())
                })?;
                Ok(reports)
            }
        }
    }

    /// Does something in the page that measures, in a browser of its own.
    pub fn with_page(&self, act: impl AsyncFnOnce(&Page) -> Result<()>) -> Result<()> {
        with_page_in(&self.page, Options::new(Browser::Chromium), act)
    }

    /// Whether there is a browser.
    pub fn has_browser(&self) -> bool {
        self.node.is_none()
    }

    /// Node with the script that measures. Versions before 22 have relaxed SIMD only if asked for, and later ones know no such option.
    fn node(&self, node: &PathBuf) -> Command {
        const OPTION: &str = "--experimental-wasm-relaxed-simd";
        let knows = Command::new(node).args([OPTION, "--version"]).output().is_ok_and(|output| output.status.success());
        let mut command = Command::new(node);
        command.args(knows.then_some(OPTION)).arg(self.page.join("node.mjs"));
        command
    }

    /// Name and version of the browser, or of Node.
    pub fn browser(&self) -> Result<String> {
        let program = self.node.clone().unwrap_or_else(|| Browser::Chromium.program());
        let output = Command::new(&program)
            .arg("--version")
            .output()
            .with_context(|| format!("{} does not start", program.display()))?;
        let version = String::from_utf8_lossy(&output.stdout);
        let version = version.split(" built on").next().unwrap_or_default().trim();
        Ok(if self.node.is_some() { format!("Node {version}") } else { version.to_owned() })
    }
}

fn run(mut command: Command, request: &Request, place: &str) -> Result<Report> {
    progress(request, place);
    let output = command.arg(serde_json::to_string(request)?).output();
    let output = output.with_context(|| format!("{} does not start", command.get_program().display()))?;
    ensure!(output.status.success(), "{request:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).context("the report cannot be read")
}

async fn in_page(page: &Page, request: &Request) -> Result<Report> {
    progress(request, "in the browser");
    let report = answer(page, &serde_json::to_string(request)?).await.with_context(|| format!("{request:?}"))?;
    serde_json::from_str(&report).context("the report cannot be read")
}

/// What the worker of a page like `bench/page/index.html` reports on a request.
pub async fn answer(page: &Page, request: &str) -> Result<String> {
    page.script("ask(arguments[0])", vec![json!(request)]).await?;
    let started = Instant::now();
    loop {
        match page.script("return report", vec![]).await? {
            Value::Null if started.elapsed() > Duration::from_mins(2) => bail!("no report after two minutes"),
            // Seldom, so that asking does not disturb what is measured.
            Value::Null => std::thread::sleep(Duration::from_millis(200)),
            answer => {
                let report = answer["report"].as_str().map(str::to_owned);
                return report.with_context(|| answer["error"].as_str().unwrap_or("no reason is given").to_owned());
            }
        }
    }
}

fn progress(request: &Request, place: &str) {
    let Request { samples, features, batch_size, epochs, contestant, scope, .. } = request;
    eprintln!(
        "  {contestant:?} {place}: {scope:?} of {samples} × {features}, batches of {batch_size}, {epochs} epochs"
    );
}
