//! From slider to picture: the built page in a browser, its learning-rate slider driven through 200 positions.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::json;
use thetahat_bench::timing::{median, quantile};
use thetahat_e2e::{Browser, Options, with_page_in};

/// See there what is measured, and how.
const SCRIPT: &str = include_str!("../../../../page/drag.js");

/// A frame of a display of 60 Hz, in milliseconds.
const FRAME: f64 = 1000.0 / 60.0;

/// How long the script may take, which is about half a minute.
const SECONDS: u32 = 120;

/// What the script returns.
#[derive(Debug, Deserialize)]
struct Seen {
    latencies: Vec<f64>,
    first: usize,
    gaps: Vec<f64>,
    painted: usize,
    longest: f64,
}

/// Drags the slider in the page in the folder `dist`, and tells what was seen.
pub fn report(dist: &Path) -> Result<String> {
    let mut seen = None;
    with_page_in(dist, Options::new(Browser::Chromium), async |page| {
        page.wait_for("the first runs", async || {
            let status = page.text("status", "Run status").await?;
            anyhow::ensure!(status.contains("steps in"), "{status}");
            Ok(())
        })
        .await?;
        eprintln!("  200 positions of the learning rate, at rest and on every frame");
        page.script(SCRIPT, vec![json!("Learning rate")]).await?;
        for _ in 0..SECONDS {
            // seldom, so that asking does not disturb what is measured
            std::thread::sleep(Duration::from_secs(1));
            let answer = page.script("return dragged", vec![]).await?;
            if !answer.is_null() {
                seen = Some(serde_json::from_value(answer)?);
                return Ok(());
            }
        }
        bail!("no answer after {SECONDS} seconds")
    })?;
    let seen: Seen = seen.context("nothing was seen")?;
    let kept = seen.gaps.iter().filter(|&&gap| gap < 1.5 * FRAME).count();
    let longest = if seen.longest == 0.0 { "none of 50 ms".to_owned() } else { format!("{:.0} ms", seen.longest) };
    Ok(format!(
        "Dragging the learning rate, two programs at 1280 × 800: input to repaint {:.1} ms (median), {:.1} ms (95th percentile), \
         {} of {} in the first frame after the input; on every frame: {:.0} % of the frames kept, gaps of {:.1} ms (median) and {:.1} ms \
         (95th percentile), charts repainted in {} of {} frames; longest task of the page's thread: {longest}.",
        median(&seen.latencies),
        quantile(&seen.latencies, 0.95),
        seen.first,
        seen.latencies.len(),
        100.0 * kept as f64 / seen.gaps.len() as f64,
        median(&seen.gaps),
        quantile(&seen.gaps, 0.95),
        seen.painted,
        seen.gaps.len(),
    ))
}
