//! The parts of the page's module: each is fetched when it is first used, and one that cannot be fetched is named and asked for again.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use thetahat_e2e::{Browser, Copy, Options, Page, on_the_page, with_page_in};

/// Waits for a text on the page.
async fn says(page: &Page, words: &str) -> Result<()> {
    page.wait_for(words, async || {
        let text = page.all_text().await?;
        ensure!(text.contains(words), "it is not in `{text}`");
        Ok(())
    })
    .await
}

/// How many files with names that begin so the page has fetched itself.
async fn fetched(page: &Page, beginning: &str) -> Result<u64> {
    let count = "return performance.getEntriesByType('resource').filter(entry => entry.name.split('/').pop().startsWith(arguments[0])).length";
    page.script(count, vec![beginning.into()]).await?.as_u64().context("no count")
}

async fn select_the_numbers(page: &Page) -> Result<()> {
    page.press("Export").await?;
    page.press("Numbers of the runs, CSV").await
}

fn a_part_is_fetched_when_it_is_first_used(browser: Browser) -> Result<()> {
    on_the_page(browser, async |page| {
        says(page, "6,432 steps in").await?;
        says(page, "Values: Parameter plane").await?;
        ensure!(fetched(page, "below-").await? == 1, "what is below the first view was not fetched once");
        ensure!(fetched(page, "map-").await? == 0, "what nobody has used was fetched");
        for _ in 0..2 {
            select_the_numbers(page).await?;
            page.downloaded("raw.csv").await?;
            ensure!(fetched(page, "exports-").await? == 1, "what writes files was not fetched once");
        }
        Ok(())
    })
}

/// What the browser writes to its console is beside the point here: it is right to complain.
fn a_part_that_is_missing_is_named_and_asked_for_again(browser: Browser) -> Result<()> {
    let folder = Copy::of_the_page(&format!("{browser:?}-parts"))?;
    let (below, exports) = (folder.part("below")?, folder.part("exports")?);
    let away = |file: &Path| file.with_extension("away");
    for file in [&below, &exports] {
        fs::rename(file, away(file))?;
    }
    let mut verdict = None;
    let overall = with_page_in(&folder.path, Options::new(browser), async |page| {
        let look = async || {
            says(page, "6,432 steps in").await?;
            says(page, "could not load programs, data and tables").await?;
            page.press("Try again").await?;
            says(page, "could not load programs, data and tables").await?;
            fs::rename(away(&below), &below)?;
            page.press("Try again").await?;
            says(page, "Values: Parameter plane").await?;
            ensure!(!page.all_text().await?.contains("could not load"), "it still says that something is missing");
            page.press("Export").await?;
            says(page, "could not load what this needs").await?;
            fs::rename(away(&exports), &exports)?;
            select_the_numbers(page).await?;
            page.downloaded("raw.csv").await.map(drop)
        };
        verdict = Some(look().await);
        Ok(())
    });
    verdict.unwrap_or_else(|| overall.context("the page was not looked at"))
}

thetahat_e2e::for_both_browsers!(thetahat_e2e::directly;
    a_part_is_fetched_when_it_is_first_used, a_part_that_is_missing_is_named_and_asked_for_again);
