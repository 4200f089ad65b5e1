//! What can be taken along from the built page arrives whole: the numbers, the pictures, the programs, the link.

use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use thetahat_e2e::{Browser, Copy, Options, Page, for_both_browsers, repository, with_page_in};

/// The charts that can be exported: as the menu calls them, their files, and their sizes in CSS pixels.
const CHARTS: [(&str, &str, (u32, u32)); 3] =
    [("Parameter plane", "plane", (640, 640)), ("Loss", "loss", (720, 450)), ("Distance", "distance", (720, 450))];

async fn the_run_is_shown(page: &Page) -> Result<()> {
    page.wait_for("the lecture's run", async || {
        let status = page.text("status", "Run status").await?;
        ensure!(status.contains("6,432 steps in"), "the status is `{status}`");
        Ok(())
    })
    .await
}

/// Saves an entry of the menu, and gives the file that arrives.
async fn export(page: &Page, entry: &str, file: &str) -> Result<Vec<u8>> {
    page.press("Export").await?;
    page.press(entry).await?;
    page.downloaded(file).await.with_context(|| format!("after `{entry}`"))
}

async fn export_text(page: &Page, entry: &str, file: &str) -> Result<String> {
    String::from_utf8(export(page, entry, file).await?).with_context(|| format!("{file} is no text"))
}

/// JAX's record of the lecture's run.
fn recorded() -> Result<Value> {
    Ok(serde_json::from_str(&fs::read_to_string(repository().join("tests/golden/runs/raw.json"))?)?)
}

/// Recorded numbers, which stand as their bits.
fn bits(record: &Value, of: &str) -> Result<Vec<u32>> {
    let bits = record[of].as_array().with_context(|| format!("the record has no {of}"))?;
    Ok(bits.iter().filter_map(|bits| bits.as_u64().and_then(|bits| u32::try_from(bits).ok())).collect())
}

/// What the last row of a chart's table says of the first program.
async fn last_in_table(page: &Page, chart: &str) -> Result<String> {
    let script = "const [chart] = arguments;
        const summary = [...document.querySelectorAll('summary')].find(summary => summary.innerText === `Values: ${chart}`);
        if (!summary.parentElement.open) summary.click();
        const rows = [...document.querySelectorAll(`[aria-label='Table of ${chart}'] tr`)];
        const cells = row => [...row.children].map(cell => cell.textContent);
        return rows.length < 2 ? '' : cells(rows.at(-1))[cells(rows[0]).indexOf('raw')];";
    page.wait_for(&format!("the table of {chart}"), async || {
        let text = page.script(script, vec![chart.into()]).await?;
        let text = text.as_str().unwrap_or_default().to_owned();
        ensure!(!text.is_empty(), "it has no value for raw");
        Ok(text)
    })
    .await
}

/// A row of the file: the program, the step, and its numbers.
type Row = (String, usize, f32, f32, f32, f32, f32);

async fn the_numbers_are_those_of_jax_and_of_the_page(page: &Page) -> Result<()> {
    the_run_is_shown(page).await?;
    let text = export_text(page, "Numbers of the runs, CSV", "raw.csv").await?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header: Vec<_> = reader.headers()?.iter().map(str::to_owned).collect();
    ensure!(
        header == ["program", "step", "loss", "distance", "distance_to_least_squares", "theta_1", "theta_2"],
        "{header:?}"
    );
    let (mut steps, mut numbers): (Vec<usize>, Vec<[f32; 5]>) = (Vec::new(), Vec::new());
    let mut others = 0;
    for row in reader.deserialize() {
        let (program, step, loss, distance, least, theta_1, theta_2): Row = row?;
        if program != "raw" {
            others += 1;
            continue;
        }
        steps.push(step);
        numbers.push([loss, distance, least, theta_1, theta_2]);
    }
    ensure!(steps.iter().copied().eq(1..=6432), "{} rows", steps.len());
    ensure!(others == 6432, "{others} rows of the program beside it");
    let record = recorded()?;
    let losses: Vec<u32> = numbers.iter().map(|row| row[0].to_bits()).collect();
    ensure!(losses == bits(&record, "losses_bits")?, "the losses are not those of JAX");
    let params: Vec<u32> = numbers.iter().flat_map(|row| [row[3].to_bits(), row[4].to_bits()]).collect();
    ensure!(params == bits(&record, "params_bits")?, "the parameters are not those of JAX");
    // A step's place among the epochs: JAX recorded the distance at the end of each.
    let norms: Vec<u32> = numbers.iter().skip(31).step_by(32).map(|row| row[1].to_bits()).collect();
    ensure!(norms == bits(&record, "norms_bits")?, "the distances are not those of JAX");

    let last = numbers.last().context("there are no rows")?;
    for (chart, value) in [("Loss", last[0]), ("Distance to the true parameters", last[1])] {
        let shown = last_in_table(page, chart).await?;
        ensure!(format!("{value:.6e}") == shown, "the last of {chart} is {value}, but the page shows {shown}");
    }
    let output = page.text("log", "Output").await?;
    let printed: f32 = output.split_whitespace().last().context("nothing is printed")?.parse()?;
    ensure!(printed == last[1], "the last distance is {}, but the page prints {printed}", last[1]);
    Ok(())
}

async fn pictures_are_drawings(page: &Page) -> Result<()> {
    the_run_is_shown(page).await?;
    for (chart, file, (width, height)) in CHARTS {
        let text = export_text(page, &format!("{chart}, SVG"), &format!("{file}.svg")).await?;
        let svg = roxmltree::Document::parse(&text).with_context(|| format!("{file}.svg is no XML"))?;
        let root = svg.root_element();
        ensure!(
            root.has_tag_name(("http://www.w3.org/2000/svg", "svg")),
            "{file}.svg begins with {:?}",
            root.tag_name()
        );
        let size = [root.attribute("width"), root.attribute("height")];
        ensure!(size == [Some(&*width.to_string()), Some(&*height.to_string())], "{file}.svg has the size {size:?}");
        let count = |names: &[&str]| svg.descendants().filter(|node| names.contains(&node.tag_name().name())).count();
        let (lines, texts) = (count(&["path", "polyline", "polygon"]), count(&["text"]));
        ensure!(lines >= 2 && texts >= 4, "{file}.svg has {lines} lines and {texts} texts");

        let bytes = export(page, &format!("{chart}, PNG"), &format!("{file}.png")).await?;
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info()?;
        let mut pixels = vec![0; reader.output_buffer_size().context("too large a picture")?];
        let info = reader.next_frame(&mut pixels).with_context(|| format!("{file}.png is damaged"))?;
        ensure!((info.width, info.height) == (width * 2, height * 2), "{file}.png: {} × {}", info.width, info.height);
        let mut colours: Vec<_> = pixels.chunks_exact(info.color_type.samples()).collect();
        colours.sort_unstable();
        colours.dedup();
        ensure!(colours.len() > 8, "{file}.png has {} colours", colours.len());
    }
    Ok(())
}

async fn programs_are_those_that_are_shown(page: &Page) -> Result<()> {
    the_run_is_shown(page).await?;
    let script = export_text(page, "Python script, raw.py", "raw.py").await?;
    ensure!(script == fs::read_to_string(repository().join("tests/golden/python/raw.py"))?, "the script is {script}");
    let lines =
        "return [...document.querySelectorAll(`[aria-label='Python of raw'] code`)].map(line => line.textContent)";
    let shown = page.script(lines, vec![]).await?;
    let shown: Vec<_> = shown.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    ensure!(shown.len() > 10, "the page shows only {shown:?}");
    for line in shown {
        ensure!(script.lines().any(|other| other.trim_end() == line.trim_end()), "the script lacks `{line}`");
    }

    let notebook: Value = serde_json::from_str(&export_text(page, "Notebook, raw.ipynb", "raw.ipynb").await?)?;
    ensure!(notebook["nbformat"] == 4, "the notebook's format is {}", notebook["nbformat"]);
    let mut cells = 0;
    for cell in notebook["cells"].as_array().into_iter().flatten().filter(|cell| cell["cell_type"] == "code") {
        let source: String = cell["source"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        ensure!(!source.is_empty() && script.contains(&source), "the script lacks the notebook's {source}");
        cells += 1;
    }
    ensure!(cells >= 5, "the notebook has {cells} cells of code");
    // Another program on screen is another program in the file.
    page.choose("Preset", "Lecture: vmap").await?;
    let script = export_text(page, "Python script, vmap.py", "vmap.py").await?;
    ensure!(script == fs::read_to_string(repository().join("tests/golden/python/vmap.py"))?, "the script is {script}");
    Ok(())
}

/// A browser that protects against being recognised puts noise into what is read from a canvas.
async fn noise_in_a_picture_is_said(page: &Page) -> Result<()> {
    the_run_is_shown(page).await?;
    let noisy = "const read = CanvasRenderingContext2D.prototype.getImageData;
        CanvasRenderingContext2D.prototype.getImageData = function (...area) {
            const image = read.apply(this, area);
            image.data[5] ^= 1;
            return image;
        };";
    export(page, "Loss, PNG", "loss.png").await?;
    ensure!(!page.text("status", "Notes").await?.contains("noise"), "there is none");
    page.script(noisy, vec![]).await?;
    page.press("Export").await?;
    page.press("Distance, PNG").await?;
    page.wait_for("a word on the noise", async || {
        let said = page.text("status", "Notes").await?;
        ensure!(said.contains("adds noise to pictures"), "the page says `{said}`");
        Ok(())
    })
    .await
}

/// The menu closes at a press elsewhere, and by Escape wherever the focus is.
async fn the_menu_closes(page: &Page) -> Result<()> {
    the_run_is_shown(page).await?;
    let is_open = async || -> Result<bool> {
        let script = "return !document.querySelector('#export-menu').hidden";
        Ok(page.script(script, vec![]).await? == Value::Bool(true))
    };
    let elsewhere = "document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))";
    let escape = "document.activeElement.blur();
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }))";
    for close in [elsewhere, escape] {
        page.press("Export").await?;
        page.wait_for("the menu to open", async || {
            ensure!(is_open().await?, "the menu does not open");
            Ok(())
        })
        .await?;
        page.script(close, vec![]).await?;
        page.wait_for("the menu to close", async || {
            ensure!(!is_open().await?, "it is open after `{close}`");
            Ok(())
        })
        .await?;
    }
    Ok(())
}

/// Shares the page and returns what the dialog says of the link, and the link.
async fn share(page: &Page) -> Result<(String, String)> {
    page.press("Share").await?;
    page.wait_for("the link", async || {
        let said = page.text("status", "Link").await?;
        ensure!(!said.is_empty(), "nothing is said of the link yet");
        let link = page.script("return document.querySelector('dialog .link').textContent", vec![]).await?;
        Ok((said, link.as_str().context("no link")?.to_owned()))
    })
    .await
}

async fn the_link_is_copied_and_opens_the_same(page: &Page) -> Result<()> {
    the_run_is_shown(page).await?;
    page.enter("spinbutton", "Learning rate", "0.02").await?;
    page.wait_for("the rate in the address", async || {
        ensure!(page.fragment().await?.contains("lr=0.02"));
        Ok(())
    })
    .await?;
    let (said, link) = share(page).await?;
    ensure!(said == "Link copied.", "the page says `{said}`");
    // as high as the view allows, so that a phone in the back row reads it
    let code = page.by_role("img", "QR code of the link").await?;
    let (_, _, width, height) = code.rectangle().await?;
    ensure!(width == height && height > 480.0, "the code is shown in {width} × {height}");
    page.press("Close").await?;
    let address = page.script("return location.href", vec![]).await?;
    let copied = page.clipboard().await?;
    ensure!(address == copied.as_str() && link == copied, "copied is `{copied}`, but the address is {address}");
    page.open("about:blank").await?;
    page.open(&copied).await?;
    the_run_is_shown(page).await?;
    ensure!(page.value("spinbutton", "Learning rate").await? == "0.02", "the link opens something else");
    Ok(())
}

/// As browsers do where a page is not served securely.
const NO_CLIPBOARD: &str = "Object.defineProperty(navigator, 'clipboard', { value: undefined })";

fn a_link_that_cannot_be_copied_can_be_selected(browser: Browser) -> Result<()> {
    let folder = Copy::of_the_page(&format!("{browser:?}-clipboard"))?;
    folder.begin_with(NO_CLIPBOARD)?;
    with_page_in(&folder.path, Options::new(browser), async |page| {
        the_run_is_shown(page).await?;
        let (said, link) = share(page).await?;
        ensure!(said.contains("does not allow the page to copy"), "the page says `{said}`");
        let selected = page.select_paragraph("dialog", "Share", ".link").await?;
        ensure!(link.contains("#lab") && selected == link, "selected is `{selected}` of {link}");
        Ok(())
    })
}

mod copied {
    thetahat_e2e::for_both_browsers!(thetahat_e2e::directly; a_link_that_cannot_be_copied_can_be_selected);
    use super::a_link_that_cannot_be_copied_can_be_selected;
}

for_both_browsers!(
    thetahat_e2e::on_the_page;
    the_numbers_are_those_of_jax_and_of_the_page,
    pictures_are_drawings,
    noise_in_a_picture_is_said,
    the_menu_closes,
    programs_are_those_that_are_shown,
    the_link_is_copied_and_opens_the_same,
);
