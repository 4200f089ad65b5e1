//! What is told to those who do not see the page: the screen in four parts, true in every tab, and no more announcements than anybody can follow.

use anyhow::{Context, Result, ensure};
use thetahat_e2e::{Key, Page, for_both_browsers};

/// Counts the changes of everything that a screen reader announces by itself.
const LISTEN: &str = "window.announced = [];
    const live = '[aria-live=polite], [aria-live=assertive], [role=status]:not([aria-live=off]), [role=alert]';
    new MutationObserver(changes => {
        const regions = new Set(changes.map(({ target }) => (target.nodeType === 1 ? target : target.parentElement)?.closest(live)));
        for (const region of regions) if (region) window.announced.push(`${region.ariaLabel}: ${region.textContent}`);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });";

async fn told(page: &Page, part: &str) -> Result<String> {
    page.wait_for(&format!("`{part}` in the screen in words"), async || {
        let text = page
            .script("return document.querySelector('[aria-label=\"The screen in words\"]')?.textContent ?? ''", vec![]);
        let text = text.await?.as_str().unwrap_or_default().to_owned();
        ensure!(text.contains(part), "it says `{text}`");
        Ok(text)
    })
    .await
}

async fn the_screen_in_words_follows_the_run(page: &Page) -> Result<()> {
    let first = told(page, "step 6,432 of 6,432").await?;
    for heading in ["What is here", "What can be done", "What it shows now", "A hint"] {
        ensure!(first.contains(heading), "{heading} is missing in {first}");
    }
    page.go_to("lab&v=2&lr=5&show=raw").await?;
    told(page, "A run diverges: lower the learning rate").await?;
    page.go_to("lab&v=2&step=100").await?;
    let now = told(page, "step 100 of 6,432").await?;
    ensure!(!now.contains("diverges"), "{now}");
    page.go_to("step&v=2&step=1000").await?;
    told(page, "Step 1,000: epoch").await?;
    page.go_to("modules&v=2&step=1000").await?;
    told(page, "Linear in step").await?;
    page.go_to("map&v=2").await?;
    told(page, "4,096 of 4,096 runs computed").await.map(drop)
}

/// Forty steps by a key that is held down are one or two sentences, not forty.
async fn keys_are_not_announced_one_by_one(page: &Page) -> Result<()> {
    told(page, "step 6,432 of 6,432").await?;
    page.script(LISTEN, vec![]).await?;
    page.keys("slider", "Timeline", Key::Left, 40).await?;
    page.wait_for("a sentence on where time stands", async || {
        let said = page.script("return announced.join('; ')", vec![]).await?;
        ensure!(said.as_str().is_some_and(|said| said.contains("step 6,392 of 6,432")), "announced: {said}");
        Ok(())
    })
    .await?;
    let said = page.script("return announced", vec![]).await?;
    let said = said.as_array().context("no list")?;
    ensure!(said.len() <= 6, "{} announcements: {said:#?}", said.len());
    Ok(())
}

/// In a chart the arrow keys move through the run, and what the chart shows there is spoken.
async fn charts_are_walked_by_keys(page: &Page) -> Result<()> {
    told(page, "step 6,432 of 6,432").await?;
    let press = "const chart = document.querySelector('[role=img][aria-label=Loss]'); chart.focus();
        chart.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', code: 'ArrowLeft', bubbles: true, cancelable: true }))";
    page.wait_for("the loss in words", async || {
        // what is there when listening begins is not spoken
        page.script(press, vec![]).await?;
        page.script("return new Promise(done => setTimeout(done, 1500))", vec![]).await?;
        let said = page.text("status", "Values at the playhead").await?;
        ensure!(said.contains("raw ") && said.contains("linear "), "it says `{said}`");
        Ok(())
    })
    .await
}

for_both_browsers!(thetahat_e2e::on_the_page; the_screen_in_words_follows_the_run, keys_are_not_announced_one_by_one, charts_are_walked_by_keys);
