//! Takes pictures of the built page, with the lecture's run on it, into the folder named by the argument: `cargo xtask screenshots`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use thetahat_e2e::{Browser, Options, Page, with_page};

const SIZES: [(u32, u32); 3] = [(1280, 800), (1920, 1080), (390, 844)];

fn main() -> Result<()> {
    let folder: PathBuf = env::args_os().nth(1).context("name the folder for the pictures")?.into();
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for dark in [false, true] {
        for (width, height) in SIZES {
            take(&folder, Options { width, height, dark, ..Options::new(Browser::Chromium) })?;
        }
        let (width, height) = SIZES[0];
        take(&folder, Options { width, height, dark, ..Options::new(Browser::Firefox) })?;
    }
    Ok(())
}

fn take(folder: &Path, options: Options) -> Result<()> {
    let Options { browser, width, height, dark, .. } = options;
    let theme = if dark { "dark" } else { "light" };
    let name = format!("{browser:?}-{width}x{height}-{theme}").to_lowercase();
    with_page(options, async |page| {
        run_is_shown(page).await?;
        let file = folder.join(format!("{name}.png"));
        fs::write(&file, page.picture().await?).with_context(|| format!("cannot write {}", file.display()))?;
        println!("{}", file.display());
        if browser == Browser::Chromium {
            let file = folder.join(format!("{name}-whole.png"));
            fs::write(&file, page.whole_picture().await?)
                .with_context(|| format!("cannot write {}", file.display()))?;
            println!("{}", file.display());
        }
        Ok(())
    })
    .with_context(|| format!("no picture {name}"))
}

async fn run_is_shown(page: &Page) -> Result<()> {
    page.wait_for("the first run", async || {
        let status = page.text("status", "Run status").await?;
        ensure!(status.contains("steps in"), "the status is `{status}`");
        ensure!(page.drawing("Loss").await?.colours > 3, "the loss is not drawn");
        Ok(())
    })
    .await
}
