//! The map and the band of 64 runs in the release build, by the names that a screen reader says.

use anyhow::{Result, ensure};
use thetahat_e2e::{Key, Page, for_both_browsers, for_webkit};

async fn open(page: &Page, fragment: &str) -> Result<()> {
    page.says("status", "Run status", "6,432 steps in").await?;
    page.go_to(fragment).await
}

async fn a_cell_is_found_by_keys_and_opens_in_the_lab(page: &Page) -> Result<()> {
    open(page, "map&v=2&epochs=20").await?;
    page.says("status", "Map status", "4,096 runs in").await?;
    page.says("region", "Cell", "rate 0.001, batch size 16 – the Lab’s run").await?;
    page.keys("img", "Map", Key::Right, 3).await?;
    page.keys("img", "Map", Key::Up, 1).await?;
    page.says("region", "Cell", "batch size 17").await?;
    page.keys("img", "Map", Key::Enter, 1).await?;
    page.fragment_has("lab&").await?;
    page.fragment_has("batch=17").await?;
    let batch = page.value("spinbutton", "Batch size").await?;
    ensure!(batch == "17", "the batch size is {batch}");
    Ok(())
}

async fn the_pointer_shows_a_cell_zooms_in_and_opens_a_run(page: &Page) -> Result<()> {
    open(page, "map&v=2&epochs=20").await?;
    page.says("status", "Map status", "4,096 runs in").await?;
    let figure = page.by_role("img", "Map").await?;
    page.drag(&figure, 0.3, 0.8).await?;
    page.fragment_has("part=").await?;
    page.says("status", "Map status", "64 runs in").await?;
    // a click, which is a drag that does not move
    page.drag(&figure, 0.6, 0.6).await?;
    page.fragment_has("lab&").await?;
    let rate = page.value("spinbutton", "Learning rate").await?;
    ensure!(rate != "0.001", "the Lab has its own rate");
    page.says("status", "Run status", "steps in").await
}

async fn the_networks_map_is_zoomed_and_read(page: &Page) -> Result<()> {
    open(page, "map&v=2").await?;
    page.choose("Model", "tanh network").await?;
    page.fragment_has("map=tanh").await?;
    page.says("status", "Map status", "16,384 runs in").await?;
    page.keys("img", "Map", Key::Down, 9).await?;
    page.says("region", "Cell", "typical loss / first loss").await?;
    page.by_role("img", "Map").await?.send_keys("++").await?;
    page.fragment_has("rates=").await?;
    page.says("status", "Map status", "16,384 runs in").await?;
    let (before, figure) = (page.fragment().await?, page.by_role("img", "Map").await?);
    page.drag(&figure, 0.5, 0.7).await?;
    page.wait_for("a part of the part", async || {
        let fragment = page.fragment().await?;
        ensure!(fragment != before, "the address still ends with `{fragment}`");
        Ok(())
    })
    .await?;
    page.says("status", "Map status", "16,384 runs in").await?;
    page.choose("Quantity", "final loss").await?;
    page.fragment_has("quantity=loss").await?;
    page.press("CSV").await?;
    let csv = String::from_utf8(page.downloaded("map.csv").await?)?;
    ensure!(csv.starts_with("hidden_learning_rate,") && csv.lines().count() == 16_385, "{:?}", csv.lines().next());
    page.press("Whole map").await?;
    page.choose("Model", "linear regression").await?;
    page.says("status", "Map status", "4,096 runs in").await
}

async fn it_zooms_and_shows_another_quantity(page: &Page) -> Result<()> {
    open(page, "map&v=2&epochs=5&part=0.001,1,4,64").await?;
    page.says("status", "Map status", "runs in").await?;
    page.press("Whole map").await?;
    page.says("status", "Map status", "4,096 runs in").await?;
    page.choose("Quantity", "spread over 16 shuffles").await?;
    page.fragment_has("quantity=spread").await?;
    page.says("region", "Cell", "of 16 shuffles").await?;
    page.choose("Quantity", "steps to the target").await?;
    page.choose("Target", "< 0.1").await?;
    page.fragment_has("target=0.1").await?;
    page.says("status", "Map status", "4,096 runs in").await
}

async fn nothing_moves_when_it_is_computed_and_keys_move_no_time(page: &Page) -> Result<()> {
    let places = async || {
        let script = "return ['.map-figure .drawing', '.map-below', '.map-cell dl'].map(name => document.querySelector(name).getBoundingClientRect()).map(at => [at.top, at.height])";
        page.script(script, vec![]).await
    };
    open(page, "map&v=2&epochs=400").await?;
    page.says("status", "Map status", "cells").await?;
    let before = places().await?;
    page.says("status", "Map status", "4,096 runs in").await?;
    let after = places().await?;
    ensure!(after == before, "{before} while it is computed, {after} then");
    page.choose("Quantity", "steps to the target").await?;
    page.says("status", "Map status", "4,096 runs in").await?;
    let after = places().await?;
    ensure!(after == before, "{before} before the target is shown, {after} then");
    page.by_role("img", "Map").await?.send_keys(" r").await?;
    page.go_to("lab&v=2").await?;
    page.by_role("button", "Play").await.map(drop)
}

async fn it_says_where_zooming_ends(page: &Page) -> Result<()> {
    open(page, "map&v=2&epochs=5&part=0.1,0.1001,16,16").await?;
    page.says("status", "Map status", "64 runs in").await?;
    page.press("Zoom in").await?;
    page.says("status", "Zoom", "Zooming ends here").await?;
    page.press("Whole map").await?;
    page.says("status", "Map status", "4,096 runs in").await?;
    let said = page.text("status", "Zoom").await?;
    ensure!(said.is_empty(), "it still says `{said}`");
    Ok(())
}

async fn a_frame_tells_the_cell_in_a_line(page: &Page) -> Result<()> {
    open(page, "embed=map&v=2&epochs=5").await?;
    page.says("status", "Map status", "4,096 runs in").await?;
    page.says("region", "Cell", "rate 0.001, batch size 16 – the Lab’s run · final").await?;
    page.keys("img", "Map", Key::Right, 3).await?;
    page.says("region", "Cell", "· steps to").await
}

async fn it_is_cancelled_and_goes_on(page: &Page) -> Result<()> {
    // long enough to be stopped on any machine
    open(page, "map&v=2&epochs=2000&quantity=spread").await?;
    page.says("status", "Map status", "cells").await?;
    page.press("Cancel").await?;
    page.says("status", "Map status", "stopped").await?;
    page.press("Go on").await?;
    page.says("status", "Map status", "…").await?;
    // the Lab is as usable as ever
    page.go_to("lab&v=2").await?;
    page.says("status", "Run status", "6,432 steps in").await
}

async fn its_numbers_can_be_read_and_saved(page: &Page) -> Result<()> {
    open(page, "map&v=2&epochs=20").await?;
    page.says("status", "Map status", "4,096 runs in").await?;
    page.press("CSV").await?;
    let csv = String::from_utf8(page.downloaded("map.csv").await?)?;
    ensure!(csv.starts_with("learning_rate,batch_size,loss"), "it begins with {:?}", csv.lines().next());
    ensure!(csv.lines().count() == 4_097, "it has {} lines", csv.lines().count());
    page.press("SVG").await?;
    let svg = String::from_utf8(page.downloaded("map.svg").await?)?;
    ensure!(svg.contains("typical growth") && svg.contains("learning rate"), "names are missing");
    ensure!(svg.contains("seed 42") && svg.contains("N = 500"), "what was computed is missing");
    let unfold = "document.querySelectorAll('details').forEach(details => details.open = true)";
    page.script(unfold, vec![]).await?;
    page.says("group", "Table of Map", "rate").await
}

async fn a_band_of_64_runs_tells_an_effect_from_luck(page: &Page) -> Result<()> {
    open(page, "lab&v=2&sigma=1&lr=0.05&epochs=20&show=raw").await?;
    page.tick("64 runs").await?;
    page.says("status", "Effect or luck", "middle 90 % of 64 runs of raw on the same data").await?;
    page.fragment_has("band=shuffles").await?;
    page.press("Pin run").await?;
    page.says("status", "Effect or luck", "ends equally far from θ in all 64 pairs").await?;
    page.enter("spinbutton", "Learning rate", "1e-4").await?;
    page.says("status", "Effect or luck", "so the difference is larger than luck").await?;
    page.enter("spinbutton", "Learning rate", "0.051").await?;
    page.says("status", "Effect or luck", "in a single pair either may come out ahead").await?;
    page.tick("other data, too").await?;
    page.says("status", "Effect or luck", "with seeds 42 to 105").await?;
    page.fragment_has("band=data").await?;
    page.tick("64 runs").await?;
    page.wait_for("no band", async || {
        let fragment = page.fragment().await?;
        ensure!(!fragment.contains("band="), "the address ends with `{fragment}`");
        Ok(())
    })
    .await
}

for_both_browsers!(
    thetahat_e2e::on_the_page;
    a_cell_is_found_by_keys_and_opens_in_the_lab,
    the_pointer_shows_a_cell_zooms_in_and_opens_a_run,
    the_networks_map_is_zoomed_and_read,
    it_zooms_and_shows_another_quantity,
    nothing_moves_when_it_is_computed_and_keys_move_no_time,
    it_says_where_zooming_ends,
    a_frame_tells_the_cell_in_a_line,
    it_is_cancelled_and_goes_on,
    its_numbers_can_be_read_and_saved,
    a_band_of_64_runs_tells_an_effect_from_luck,
);

for_webkit!(thetahat_e2e::on_the_page; it_is_cancelled_and_goes_on);
