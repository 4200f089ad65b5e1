//! The page as one file, opened without a server: everything computes, parts arrive, and links begin with the public address. With Python in it, it runs programs.

use std::fs;

use anyhow::{Context, Result, anyhow, ensure};
use tempfile::TempDir;
use thetahat_e2e::{Browser, Options, Page, for_both_browsers, repository, with_page};
use thetahat_pack::{Site, alone};
use url::Url;

const ADDRESS: &str = "https://example.org/thetahat/";

async fn says(page: &Page, name: &str, part: &str) -> Result<()> {
    page.wait_for(&format!("`{part}` in `{name}`"), async || {
        let status = page.text("status", name).await?;
        ensure!(status.contains(part), "`{name}` is `{status}`");
        Ok(())
    })
    .await
}

/// Writes the page as one file into a folder of its own, which is there as long as what is returned; and the file's address.
fn written(site: &Site) -> Result<(TempDir, Url)> {
    let folder = tempfile::Builder::new().prefix("thetahat-e2e-").tempdir()?;
    let file = folder.path().join("thetahat.html");
    fs::write(&file, alone(site, Some(ADDRESS))?)?;
    let address = Url::from_file_path(&file).map_err(|()| anyhow!("{} has no address", file.display()))?;
    Ok((folder, address))
}

fn a_double_click_opens_all_of_it(browser: Browser) -> Result<()> {
    let (_folder, address) = written(&Site::read(&repository().join("dist"))?.without_python())?;
    with_page(Options::new(browser), async |page| {
        page.open(address.as_str()).await?;
        says(page, "Run status", "6,432 steps in").await?;
        let status = page.text("status", "Run status").await?;
        ensure!(!status.contains("interpreted"), "no code is generated: {status}");
        ensure!(page.drawing("Loss").await?.colours > 3, "the loss is not drawn");
        page.enter("spinbutton", "Learning rate", "0.02").await?;
        page.wait_for("the rate in the address", async || {
            ensure!(page.fragment().await?.contains("lr=0.02"));
            Ok(())
        })
        .await?;
        page.press("Share").await?;
        says(page, "Link", ".").await?;
        let link = page.script("return document.querySelector('dialog .link').textContent", vec![]).await?;
        let link = link.as_str().context("no link")?;
        ensure!(link.starts_with(&format!("{ADDRESS}#lab&v=2&")) && link.contains("lr=0.02"), "the link is {link}");
        page.press("Close").await?;
        // parts that are fetched later
        page.go_to("step&v=2&step=1000&stage=backward.3").await?;
        says(page, "Step", "Step 1,000").await?;
        page.go_to("modules&v=2&step=1000").await?;
        says(page, "Modules shown", "Linear in step").await?;
        page.go_to("map&v=2").await?;
        says(page, "Map status", "4,096 runs in").await?;
        // what was left out is said to be
        page.go_to("code&v=2").await?;
        says(page, "Program status", "one file without Python").await
    })
}

fn python_runs_in_it_where_it_was_packed(browser: Browser) -> Result<()> {
    let (_folder, address) = written(&Site::read(&repository().join("dist"))?)?;
    with_page(Options::new(browser), async |page| {
        page.open(address.as_str()).await?;
        page.go_to("code&v=2").await?;
        says(page, "Program status", "Ran in").await?;
        let log = page.by_role("log", "Output").await?;
        let text = page.script("return arguments[0].textContent", vec![serde_json::to_value(&log)?]).await?;
        let text = text.as_str().unwrap_or_default();
        ensure!(text.contains("loss") || text.contains("||"), "it prints `{text}`");
        Ok(())
    })
}

for_both_browsers!(thetahat_e2e::directly; a_double_click_opens_all_of_it, python_runs_in_it_where_it_was_packed);
