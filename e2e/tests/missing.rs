//! The built page where something that it needs is missing: it explains, in words, instead of staying blank.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use thetahat_e2e::server::OFF;
use thetahat_e2e::{Browser, Copy, Options, Page, with_page, with_page_in};

/// Waits for a text on the page that holds all of these words.
async fn explained(page: &Page, words: &[&str]) -> Result<()> {
    page.wait_for("an explanation", async || {
        let text = page.all_text().await?;
        let missing: Vec<_> = words.iter().filter(|word| !text.contains(**word)).collect();
        ensure!(missing.is_empty(), "{missing:?} are missing from `{text}`");
        Ok(())
    })
    .await
}

/// Runs the test and gives its own result. What the browser writes to its console is beside the point here: it is right to complain.
fn judge(run: impl FnOnce(&mut Option<Result<()>>) -> Result<()>) -> Result<()> {
    let mut verdict = None;
    let overall = run(&mut verdict);
    verdict.unwrap_or_else(|| overall.context("the page was not looked at"))
}

fn without_webassembly(browser: Browser) -> Result<()> {
    let options = Options { webassembly: false, ..Options::new(browser) };
    judge(|verdict| {
        with_page(options, async |page| {
            *verdict = Some(explained(page, &["WebAssembly", "Please open the page in"]).await);
            Ok(())
        })
    })
}

/// Hosts whose policies forbid what the page computes with.
fn where_the_host_forbids_it(browser: Browser) -> Result<()> {
    let no_webassembly = "default-src 'self' data: blob:; style-src 'self' 'unsafe-inline'";
    let no_workers = "default-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'none'";
    for (policy, words) in [
        (no_webassembly, ["thetahat cannot start", "'wasm-unsafe-eval'"]),
        (
            no_workers,
            [
                "The policy of the host that serves this page (Content-Security-Policy, worker-src)",
                "worker-src 'self' blob:",
            ],
        ),
    ] {
        judge(|verdict| {
            with_page(Options { policy: Some(policy), ..Options::new(browser) }, async |page| {
                *verdict = Some(explained(page, &words).await);
                Ok(())
            })
        })?;
    }
    Ok(())
}

/// A host that lets no style stand in the page, not even by its hash: the page hands the browser its styles otherwise.
fn where_the_host_allows_no_styles(browser: Browser) -> Result<()> {
    let policy = "default-src 'self' data: blob:; script-src 'self' 'wasm-unsafe-eval'";
    judge(|verdict| {
        with_page(Options { policy: Some(policy), ..Options::new(browser) }, async |page| {
            *verdict = Some(is_dressed(page).await);
            Ok(())
        })
    })
}

async fn is_dressed(page: &Page) -> Result<()> {
    explained(page, &["6,432 steps in"]).await?;
    let paper = page
        .script("return getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()", vec![])
        .await?;
    ensure!(paper == "#fcfcfa", "the paper is {paper}");
    Ok(())
}

fn without_the_worker(browser: Browser) -> Result<()> {
    let folder = Copy::of_the_page(&format!("{browser:?}-worker"))?;
    fs::remove_file(folder.path.join("worker.js")).context("dist has no worker.js")?;
    judge(|verdict| {
        with_page_in(&folder.path, Options::new(browser), async |page| {
            *verdict = Some(
                explained(
                    page,
                    &["The worker that computes cannot be started, or has stopped twice. Your settings are kept"],
                )
                .await,
            );
            Ok(())
        })
    })
}

/// A part of the page that is damaged, and one that is not there.
fn with_a_broken_module(browser: Browser) -> Result<()> {
    for (end, damage) in [("_bg.wasm", &b"\0asm\x01\0\0\0\x01"[..]), (".js", &b"}"[..])] {
        let folder = Copy::of_the_page(&format!("{browser:?}-broken{end}"))?;
        let is_it = |file: &PathBuf| {
            let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            name.starts_with("app-") && name.ends_with(end)
        };
        let files = fs::read_dir(&folder.path)?.filter_map(|entry| entry.ok().map(|entry| entry.path()));
        let file = files.into_iter().find(is_it).context("dist has no module")?;
        fs::write(file, damage)?;
        judge(|verdict| {
            with_page_in(&folder.path, Options::new(browser), async |page| {
                *verdict = Some(explained(page, &["thetahat cannot start", "reload the page"]).await);
                Ok(())
            })
        })?;
    }
    Ok(())
}

/// The console is not looked at: without a network the browser complains of each file that it asks for.
fn without_a_network(browser: Browser) -> Result<()> {
    judge(|verdict| {
        with_page(Options::new(browser), async |page| {
            *verdict = Some(opens_again_without_a_network(page).await);
            Ok(())
        })
    })
}

async fn opens_again_without_a_network(page: &Page) -> Result<()> {
    explained(page, &["6,432 steps in"]).await?;
    let kept = "return caches.keys().then(names => Promise.all(names.map(async name => (await (await caches.open(name)).keys()).length)))
                      .then(counts => counts.reduce((a, b) => a + b, 0))";
    page.wait_for("a page that is kept", async || {
        let files = page.script(kept, vec![]).await?;
        ensure!(files.as_u64().is_some_and(|files| files >= 5), "{files} files are kept");
        Ok(())
    })
    .await?;
    page.script("return fetch(arguments[0]).then(answer => answer.status)", vec![OFF.into()]).await?;
    page.script("document.title = 'before'; location.reload()", vec![]).await?;
    page.wait_for("the page once more", async || {
        let title = page.script("return document.title", vec![]).await?;
        ensure!(title == "thetahat", "its title is {title}");
        Ok(())
    })
    .await?;
    explained(page, &["6,432 steps in"]).await
}

thetahat_e2e::for_both_browsers!(thetahat_e2e::directly; without_webassembly, where_the_host_forbids_it, where_the_host_allows_no_styles, without_the_worker, with_a_broken_module,
    without_a_network);
