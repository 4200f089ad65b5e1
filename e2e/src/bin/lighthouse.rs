//! Has Lighthouse rate the built page, as a phone and as a laptop meet it: `cargo xtask bench --lighthouse`. The page is served compressed with gzip, as GitHub
//! Pages does.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use axum::Router;
use serde_json::Value;
use thetahat_e2e::{Browser, repository};
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;

/// How often the page is rated; the middle one of its results counts.
const RUNS: usize = 3;
/// The categories, with their names in the report.
const CATEGORIES: [(&str, &str); 4] = [
    ("performance", "Performance"),
    ("accessibility", "Accessibility"),
    ("best-practices", "Best practices"),
    ("seo", "SEO"),
];
/// What the performance is made of, with the audits' names in the report.
const TIMES: [(&str, &str); 4] = [
    ("first-contentful-paint", "first paint"),
    ("largest-contentful-paint", "largest paint"),
    ("total-blocking-time", "blocked"),
    ("cumulative-layout-shift", "shift"),
];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let lighthouse: PathBuf =
        env::var_os("THETAHAT_LIGHTHOUSE").context("cargo xtask bench --lighthouse names it")?.into();
    let dist = repository().join("dist");
    ensure!(dist.join("index.html").is_file(), "no page in {}: run `cargo xtask build`", dist.display());
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.context("no port for the page")?;
    let url = format!("http://{}/", listener.local_addr()?);
    let router = Router::new().fallback_service(ServeDir::new(dist)).layer(CompressionLayer::new().gzip(true));
    let server = tokio::spawn(async move { axum::serve(listener, router).await });
    for (name, options) in [("phone", &[][..]), ("laptop", &["--preset=desktop"])] {
        let mut reports = Vec::new();
        for _ in 0..RUNS {
            let (lighthouse, url) = (lighthouse.clone(), url.clone());
            let options: Vec<String> = options.iter().map(|option: &&str| (*option).to_owned()).collect();
            reports.push(tokio::task::spawn_blocking(move || rate(&lighthouse, &url, &options)).await??);
        }
        println!("{}", told(name, reports)?);
    }
    server.abort();
    Ok(())
}

/// One report.
fn rate(lighthouse: &Path, url: &str, options: &[String]) -> Result<Value> {
    let mut command = Command::new("node");
    command
        .arg(lighthouse)
        .args([url, "--quiet", "--output=json", "--chrome-flags=--headless=new --no-sandbox --disable-gpu"])
        .args(options)
        .env("CHROME_PATH", Browser::Chromium.program());
    let output = command.output().with_context(|| format!("{command:?} cannot be started"))?;
    ensure!(output.status.success(), "Lighthouse failed: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).context("Lighthouse wrote no report")
}

/// The report whose performance is in the middle, in a line.
fn told(name: &str, mut reports: Vec<Value>) -> Result<String> {
    let score = |report: &Value, category: &str| report["categories"][category]["score"].as_f64().unwrap_or_default();
    reports.sort_by(|a, b| score(a, "performance").total_cmp(&score(b, "performance")));
    let report = reports.get(reports.len() / 2).context("no report")?;
    let scores = CATEGORIES.map(|(category, name)| format!("{name} {:.0}", 100.0 * score(report, category))).join(", ");
    let times = TIMES.map(|(audit, name)| {
        format!(
            "{name} {}",
            report["audits"][audit]["displayValue"].as_str().unwrap_or("unknown").replace('\u{a0}', " ")
        )
    });
    Ok(format!("{name}: {scores} ({})", times.join(", ")))
}
