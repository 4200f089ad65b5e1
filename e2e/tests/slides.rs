//! A panel in a deck of slides: a page that says and hears what reveal.js says and hears, around a frame with one panel.

use std::fs;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use thetahat_e2e::{Browser, Copy, Options, Page, with_page_in};

/// The deck: it starts its slide as soon as the frame has loaded, and counts the keys that the frame hands on.
const DECK: &str = "<!doctype html><title>deck</title><link rel=icon href='data:,'><body style='margin: 0'>
    <div style='transform: scale(2); transform-origin: 0 0; width: 720px'>
    <iframe id=panel src='./#embed=loss&v=2' width=720 height=380 style='border: 0' allow=fullscreen></iframe></div>
    <script>
        heard = [];
        addEventListener('message', event => heard.push(event.data));
        panel.onload = () => panel.contentWindow.postMessage('slide:start', '*');
    </script>";

fn a_deck(browser: Browser, body: impl AsyncFnOnce(&Page) -> Result<()>) -> Result<()> {
    // every test has a folder of its own
    static DECKS: AtomicU32 = AtomicU32::new(0);
    let folder = Copy::of_the_page(&format!("{browser:?}-deck-{}", DECKS.fetch_add(1, Ordering::Relaxed)))?;
    fs::write(folder.path.join("deck.html"), DECK)?;
    with_page_in(&folder.path, Options::new(browser), async |page| {
        let address = page.script("return location.href.split('#')[0]", vec![]).await?;
        page.open(&format!("{}deck.html", address.as_str().context("no address")?)).await?;
        body(page).await
    })
}

/// Runs a script that sees the frame's document as `inner`.
async fn inside(page: &Page, script: &str) -> Result<Value> {
    page.script(&format!("const inner = panel.contentDocument; {script}"), vec![]).await
}

/// Where the frame's playhead stands.
async fn step(page: &Page) -> Result<f64> {
    let value = inside(page, "return inner.querySelector('input[type=range]')?.valueAsNumber ?? -1").await?;
    value.as_f64().context("no playhead")
}

async fn is_playing(page: &Page) -> Result<bool> {
    let seen = inside(page, "return inner.querySelector('[aria-label=Pause]') !== null").await?;
    Ok(seen.as_bool() == Some(true))
}

fn a_start_before_the_engine_plays(browser: Browser) -> Result<()> {
    a_deck(browser, async |page| {
        page.wait_for("time that plays", async || {
            ensure!(is_playing(page).await?, "the panel stands still");
            Ok(())
        })
        .await?;
        let before = step(page).await?;
        page.wait_for("steps that are taken", async || {
            let now = step(page).await?;
            ensure!(now > before, "{before}, then {now}");
            Ok(())
        })
        .await?;
        page.script("panel.contentWindow.postMessage('slide:stop', '*')", vec![]).await?;
        page.wait_for("time that stands", async || {
            ensure!(!is_playing(page).await?, "the panel plays");
            Ok(())
        })
        .await
    })
}

fn keys_that_the_panel_does_not_use_reach_the_deck(browser: Browser) -> Result<()> {
    a_deck(browser, async |page| {
        page.wait_for("a panel", async || {
            ensure!(is_playing(page).await?, "no panel yet");
            Ok(())
        })
        .await?;
        let press = "const press = (element, key, keyCode) => element.dispatchEvent(
                new panel.contentWindow.KeyboardEvent('keydown', { key, keyCode, bubbles: true, cancelable: true }));
            panel.contentWindow.postMessage('slide:stop', '*');
            press(inner.body, 'PageDown', 34);
            press(inner.querySelector('input[type=range]'), 'PageDown', 34);
            press(inner.querySelector('button'), 'n', 78);
            press(inner.querySelector('input[type=range]'), 'ArrowLeft', 37);";
        inside(page, press).await?;
        page.wait_for("the keys", async || {
            let heard = page.script("return heard", vec![]).await?;
            let wanted = [34, 34, 78].map(|code| Value::from(format!(r#"{{"method":"triggerKey","args":[{code}]}}"#)));
            ensure!(heard == Value::from(wanted.to_vec()), "the deck has heard {heard}");
            Ok(())
        })
        .await
    })
}

fn the_panel_is_sharp_in_an_enlarged_slide_and_leaves_the_history_alone(browser: Browser) -> Result<()> {
    a_deck(browser, async |page| {
        page.wait_for("a chart with two pixels for one", async || {
            let seen =
                inside(page, "const c = inner.querySelector('canvas'); return c ? [c.width, c.clientWidth] : [0, 1]");
            let seen = seen.await?;
            let (pixels, shown) = (seen[0].as_f64().context("no width")?, seen[1].as_f64().context("no width")?);
            ensure!(pixels >= 1.9 * shown && shown > 1.0, "{pixels} pixels for {shown}");
            Ok(())
        })
        .await?;
        let before = page.script("return history.length", vec![]).await?;
        // the address follows what is shown while time stands
        page.script("panel.contentWindow.postMessage('slide:stop', '*')", vec![]).await?;
        page.wait_for("time that stands", async || {
            ensure!(!is_playing(page).await?, "the panel plays");
            Ok(())
        })
        .await?;
        let go = "const frame = panel.contentWindow.location;
            frame.replace(`${frame.href.split('#')[0]}#embed=loss&v=2&lr=0.02`);";
        inside(page, go).await?;
        // the frame hears of its new address a moment later
        page.script("return new Promise(done => setTimeout(done, 500))", vec![]).await?;
        let keys = "const chart = inner.querySelector('[role=img]'); chart.focus();
            const Key = panel.contentWindow.KeyboardEvent;
            chart.dispatchEvent(new Key('keydown', { key: '+', bubbles: true, cancelable: true }));";
        inside(page, keys).await?;
        page.wait_for("a zoom in the frame's address", async || {
            let address = inside(page, "return panel.contentWindow.location.hash").await?;
            ensure!(address.as_str().is_some_and(|address| address.contains("zoom=")), "the address is {address}");
            Ok(())
        })
        .await?;
        let after = page.script("return history.length", vec![]).await?;
        ensure!(before == after, "{before} entries, then {after}");
        Ok(())
    })
}

thetahat_e2e::for_both_browsers!(
    thetahat_e2e::directly;
    a_start_before_the_engine_plays,
    keys_that_the_panel_does_not_use_reach_the_deck,
    the_panel_is_sharp_in_an_enlarged_slide_and_leaves_the_history_alone,
);
