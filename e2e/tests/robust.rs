//! What may break while a class looks on: the worker dies or falls silent, the browser keeps nothing, nobody sees the page. Each time the page shows a true
//! state afterwards, and goes on.

use std::fs;

use anyhow::{Result, ensure};
use thetahat_e2e::{Browser, Copy, Options, Page, for_both_browsers, with_page_in};

/// Keeps every worker that the page starts within reach of the test.
const WATCHED: &str = "globalThis.workers = []; {
    const Own = Worker;
    globalThis.Worker = class extends Own { constructor(...words) { super(...words); workers.push(this); } };
}\n";

/// A browser that keeps nothing: whoever asks is refused.
const FORGETFUL: &str = "for (const [owner, name] of [[window, 'localStorage'], [window, 'sessionStorage'], [window, 'caches'], [Navigator.prototype, 'serviceWorker']])
    Object.defineProperty(owner, name, { get() { throw new DOMException('refused', 'SecurityError'); } });\n";

/// A page that is hidden when a test says so.
const HIDDEN: &str =
    "Object.defineProperty(document, 'hidden', { get: () => 'hidden' in document.documentElement.dataset })";

/// Opens a copy of the page whose first script begins with this one.
fn with(browser: Browser, name: &str, script: &str, body: impl AsyncFnOnce(&Page) -> Result<()>) -> Result<()> {
    let folder = Copy::of_the_page(&format!("{browser:?}-{name}"))?;
    folder.begin_with(script)?;
    with_page_in(&folder.path, Options::new(browser), body)
}

async fn runs(page: &Page, steps: &str) -> Result<()> {
    page.wait_for(&format!("{steps} in the status"), async || {
        let status = page.text("status", "Run status").await?;
        ensure!(status.contains(steps), "the status is `{status}`");
        Ok(())
    })
    .await
}

/// The page computes what it is asked for, and nothing is wrong.
async fn goes_on(page: &Page) -> Result<()> {
    page.enter("spinbutton", "Batch size", "32").await?;
    runs(page, "3,216 steps in").await?;
    page.enter("spinbutton", "Batch size", "16").await?;
    runs(page, "6,432 steps in").await?;
    page.wait_for("no banner", async || {
        let banner = page.script("return document.querySelector('.banner')?.innerText ?? ''", vec![]).await?;
        ensure!(banner == "", "the page says {banner}");
        Ok(())
    })
    .await
}

fn a_worker_that_dies_is_replaced(browser: Browser) -> Result<()> {
    with(browser, "dies", WATCHED, async |page| {
        runs(page, "6,432 steps in").await?;
        let output = page.text("log", "Output").await?;
        // an error that nobody catches, as a panic is one, in the middle of other runs
        page.enter("spinbutton", "Seed", "7").await?;
        page.script("workers.at(-1).dispatchEvent(new ErrorEvent('error'))", vec![]).await?;
        runs(page, "6,432 steps in").await?;
        page.enter("spinbutton", "Seed", "42").await?;
        page.wait_for("the numbers from before", async || {
            ensure!(page.text("log", "Output").await? == output, "the output differs");
            Ok(())
        })
        .await?;
        ensure!(page.script("return workers.length > 1", vec![]).await? == true, "no worker was started anew");
        goes_on(page).await
    })
}

fn a_worker_that_is_silent_is_replaced(browser: Browser) -> Result<()> {
    with(browser, "silent", WATCHED, async |page| {
        runs(page, "6,432 steps in").await?;
        page.script("workers.at(-1).terminate()", vec![]).await?;
        page.enter("spinbutton", "Batch size", "64").await?;
        runs(page, "1,608 steps in").await?;
        goes_on(page).await
    })
}

fn a_browser_that_keeps_nothing_will_do(browser: Browser) -> Result<()> {
    with(browser, "forgetful", FORGETFUL, async |page| {
        runs(page, "6,432 steps in").await?;
        goes_on(page).await
    })
}

/// While nobody sees the page, time stands still.
async fn time_stands_still_in_a_hidden_page(page: &Page) -> Result<()> {
    runs(page, "6,432 steps in").await?;
    let hide = "document.documentElement.toggleAttribute('data-hidden', arguments[0]);
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))";
    // twenty frames of the display
    let frames = "return new Promise(done => { let left = 20; const next = () => left-- ? requestAnimationFrame(next) : done(null); next(); })";
    page.press("Restart").await?;
    page.press("Play").await?;
    page.wait_for("time that runs", async || {
        let now = page.position("Timeline").await?;
        ensure!(now > 0.0, "the timeline stands at {now}");
        Ok(())
    })
    .await?;
    page.script(hide, vec![true.into()]).await?;
    page.script(frames, vec![]).await?;
    let before = page.position("Timeline").await?;
    page.script(frames, vec![]).await?;
    let after = page.position("Timeline").await?;
    ensure!(before == after, "time went from {before} to {after} while nobody looked");
    page.script(hide, vec![false.into()]).await?;
    page.wait_for("time that runs again", async || {
        let now = page.position("Timeline").await?;
        ensure!(now > after, "the timeline stands at {now}");
        Ok(())
    })
    .await
}

fn a_hidden_page(browser: Browser) -> Result<()> {
    with(browser, "hidden", HIDDEN, time_stands_still_in_a_hidden_page)
}

async fn map_says(page: &Page, words: &str) -> Result<()> {
    page.wait_for(&format!("{words} in the map's status"), async || {
        let status = page.text("status", "Map status").await?;
        ensure!(status.contains(words), "the map says `{status}`");
        Ok(())
    })
    .await
}

fn a_map_goes_on_when_its_only_worker_dies(browser: Browser) -> Result<()> {
    let script = format!("Object.defineProperty(navigator, 'hardwareConcurrency', {{ get: () => 1 }});\n{WATCHED}");
    with(browser, "map-dies", &script, async |page| {
        runs(page, "6,432 steps in").await?;
        page.go_to("map&v=2&epochs=400").await?;
        map_says(page, "cells").await?;
        // one that dies while it is fetched leaves a word in Firefox's console
        page.wait_for("the first cells", async || {
            let said = page.text("status", "Map status").await?;
            ensure!(!said.starts_with("0 of"), "it says {said}");
            Ok(())
        })
        .await?;
        ensure!(page.script("return workers.length", vec![]).await? == 2, "one worker beside the page's own");
        page.script("workers.at(-1).dispatchEvent(new ErrorEvent('error'))", vec![]).await?;
        page.wait_for("another worker", async || {
            let workers = page.script("return workers.length", vec![]).await?;
            ensure!(workers == 3, "there were {workers} workers");
            Ok(())
        })
        .await?;
        page.go_to("map&v=2&epochs=5").await?;
        map_says(page, "4,096 runs in").await
    })
}

fn a_map_without_workers_says_so(browser: Browser) -> Result<()> {
    let script =
        "{ const Own = Worker; let first = true; globalThis.Worker = class extends Own { constructor(...words) {
        if (!first) throw new DOMException('refused', 'SecurityError');
        first = false;
        super(...words);
    } } }\n";
    with(browser, "map-refused", script, async |page| {
        runs(page, "6,432 steps in").await?;
        page.go_to("map&v=2").await?;
        map_says(page, "does not let this page start a worker").await?;
        page.go_to("lab&v=2").await?;
        goes_on(page).await
    })
}

/// A newer version is offered when the page comes to the front an hour after it was opened, and nothing changes unless it is taken.
fn a_newer_version_is_offered(browser: Browser) -> Result<()> {
    let folder = Copy::of_the_page(&format!("{browser:?}-newer"))?;
    folder.begin_with("{ const now = Date.now; globalThis.later = 0; Date.now = () => now() + globalThis.later; }")?;
    with_page_in(&folder.path, Options::new(browser), async |page| {
        runs(page, "6,432 steps in").await?;
        let look = "window.later += 3_700_000; document.dispatchEvent(new Event('visibilitychange'))";
        page.script(look, vec![]).await?;
        let index = folder.path.join("index.html");
        let own = fs::read_to_string(&index)?;
        fs::write(&index, own.replace("app-", "app-0"))?;
        page.script(look, vec![]).await?;
        page.wait_for("the offer", async || {
            let said = page.script("return document.querySelector('.newer')?.innerText ?? ''", vec![]).await?;
            ensure!(said.as_str().is_some_and(|said| said.contains("newer version")), "the page says {said}");
            Ok(())
        })
        .await?;
        page.press("Not now").await?;
        let left = page.script("return document.querySelectorAll('.newer').length", vec![]).await?;
        ensure!(left == 0, "the offer stays");
        // what it would load is not in this folder
        fs::write(&index, own)?;
        page.enter("spinbutton", "Batch size", "32").await?;
        runs(page, "3,216 steps in").await
    })
}

for_both_browsers!(
    thetahat_e2e::directly;
    a_newer_version_is_offered,
    a_worker_that_dies_is_replaced,
    a_worker_that_is_silent_is_replaced,
    a_map_goes_on_when_its_only_worker_dies,
    a_map_without_workers_says_so,
    a_browser_that_keeps_nothing_will_do,
    a_hidden_page,
);
