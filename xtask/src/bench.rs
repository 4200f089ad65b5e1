//! The benchmarks: the crate `bench` built for the browser and for this machine, and started where it finds both.

use std::fs;
use std::path::PathBuf;

use crate::Result;
use crate::browsers;
use crate::peers;
use crate::process::{cargo, find, root, run, with_configured_flags};
use crate::site;
use crate::tools::{WASM, WASM_BINDGEN, lighthouse, wasm_target};

/// What the page gets from `.cargo/config.toml`, and relaxed SIMD, so that what is written by hand may use fused multiply-add as well as what the
/// engine writes.
const WASM_FLAGS: &str = "-Ctarget-feature=+simd128,+relaxed-simd -Clink-arg=--growable-table";

/// Has other libraries train the same, too.
const PEERS: &str = "--peers";

/// Has Lighthouse rate the built page, and measures nothing else.
const LIGHTHOUSE: &str = "--lighthouse";

/// Builds everything in release and measures the workloads named, or all; with [`PEERS`], other libraries, too.
pub fn bench(words: &[String]) -> Result {
    if words.iter().any(|word| word == LIGHTHOUSE) {
        return rate();
    }
    let workloads: Vec<&String> = words.iter().filter(|word| *word != PEERS).collect();
    let folder = page()?;
    let native = native()?;
    let mut command = cargo(&["run", "--locked", "--package", "thetahat-bench", "--bin", "bench", "--"])?;
    command.args(&workloads).env("THETAHAT_BENCH_PAGE", folder).env("THETAHAT_BENCH_NATIVE", native);
    // An error says what failed; the way to it helps nobody.
    command.env("RUST_LIB_BACKTRACE", "0");
    let chromium = browsers::chromium();
    let has_peers = words.iter().any(|word| word == PEERS);
    if has_peers {
        peers::prepare(&mut command, chromium.is_ok())?;
        command.env("THETAHAT_PYTHON_PROGRAM", python()?);
    }
    match (chromium, find(&["node"])) {
        (Ok(chromium), _) => {
            command.env("THETAHAT_CHROMIUM", chromium.browser).env("THETAHAT_CHROMEDRIVER", chromium.driver);
            if has_peers || workloads.is_empty() || workloads.iter().any(|word| "drag".starts_with(word.as_str())) {
                site::build(&site::Extras::default())?;
                command.env("THETAHAT_SITE", root()?.join("dist"));
            }
        }
        (Err(_), Some(node)) => {
            println!("There is no Chromium here: the measurements run in Node.");
            command.env("THETAHAT_NODE", node);
        }
        (Err(sentence), None) => return Err(format!("{sentence} Node would do, too.")),
    }
    run(&mut command, "The messages above say what could not be measured.")
}

/// The program that runs Python on our engine.
fn python() -> Result<PathBuf> {
    const NAME: &str = "thetahat-python";
    let mut build = cargo(&["build", "--release", "--locked", "--package", NAME, "--bin", NAME])?;
    run(&mut build, "The compiler's messages above say where it failed.")?;
    Ok(root()?.join("target").join("release").join(format!("{NAME}{}", std::env::consts::EXE_SUFFIX)))
}

/// Lighthouse's marks for the page.
fn rate() -> Result {
    let chromium = browsers::chromium()?;
    let lighthouse = lighthouse()?;
    site::build(&site::Extras::default())?;
    let mut command = cargo(&["run", "--locked", "--package", "thetahat-e2e", "--bin", "lighthouse"])?;
    command
        .env("THETAHAT_CHROMIUM", chromium.browser)
        .env("THETAHAT_LIGHTHOUSE", lighthouse)
        .env("RUST_LIB_BACKTRACE", "0");
    run(&mut command, "The messages above say what could not be measured.")
}

/// The folder with the page that measures, built anew.
fn page() -> Result<PathBuf> {
    wasm_target()?;
    let mut build =
        cargo(&["build", "--release", "--locked", "--package", "thetahat-bench", "--lib", "--target", WASM])?;
    let own_target = root()?.join("target").join("bench");
    with_configured_flags(&mut build).env("RUSTFLAGS", WASM_FLAGS).arg("--target-dir").arg(&own_target);
    run(&mut build, "The compiler's messages above say where it failed.")?;
    let folder = own_target.join("page");
    let module = own_target.join(WASM).join("release").join("thetahat_bench.wasm");
    let mut bindgen = std::process::Command::new(WASM_BINDGEN.folder()?.join("wasm-bindgen"));
    bindgen.args(["--target", "web", "--no-typescript", "--out-dir"]).arg(&folder).arg(module);
    run(&mut bindgen, "Remove the tool's folder in the cache, so that it is installed again.")?;
    for file in ["index.html", "worker.js", "pool.js", "map-worker.js", "node.mjs"] {
        let from = root()?.join("bench").join("page").join(file);
        fs::copy(&from, folder.join(file))
            .map_err(|error| format!("{} cannot be copied ({error}).", from.display()))?;
    }
    Ok(folder)
}

/// The program that measures on this machine, with fused multiply-add where the processor has it.
fn native() -> Result<PathBuf> {
    let mut build = cargo(&["build", "--release", "--locked", "--package", "thetahat-bench", "--bin", "native"])?;
    build.arg("--no-default-features");
    let own_target = root()?.join("target").join("bench");
    with_configured_flags(&mut build).arg("--target-dir").arg(&own_target);
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("fma") && std::arch::is_x86_feature_detected!("avx2") {
        build.env("RUSTFLAGS", "-Ctarget-feature=+avx2,+fma");
    }
    run(&mut build, "The compiler's messages above say where it failed.")?;
    Ok(own_target.join("release").join(format!("native{}", std::env::consts::EXE_SUFFIX)))
}
