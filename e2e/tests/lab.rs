//! The Lab, in its release build, as someone uses it: by the names that a screen reader says.

use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use thetahat_e2e::{Browser, Drawing, Key, Page, for_both_browsers, for_webkit, repository};

const FIGURES: [&str; 3] = ["Loss", "Distance to the true parameters", "Parameter plane"];

/// What the lecture's program prints, as JAX itself printed it.
fn recorded_lines() -> Result<Vec<String>> {
    let text = fs::read_to_string(repository().join("tests/golden/runs/raw.json"))?;
    let run: Value = serde_json::from_str(&text)?;
    let lines = run["lines"].as_array().context("raw.json has no lines")?;
    Ok(lines.iter().filter_map(|line| line.as_str().map(str::to_owned)).collect())
}

async fn output(page: &Page) -> Result<Vec<String>> {
    let text = page.text("log", "Output").await?;
    Ok(text.lines().map(|line| line.trim_end().to_owned()).filter(|line| !line.is_empty()).collect())
}

/// Waits until a finished run's output is none of `others`, and gives it.
async fn other_output(page: &Page, others: &[&[String]]) -> Result<Vec<String>> {
    page.wait_for("a new run's output", async || {
        ensure!(page.text("status", "Run status").await?.contains("steps in"), "no run is finished");
        let lines = output(page).await?;
        ensure!(lines.len() >= 5 && !others.contains(&lines.as_slice()), "the output still is {lines:#?}");
        Ok(lines)
    })
    .await
}

async fn lectures_run(page: &Page) -> Result<()> {
    let recorded = recorded_lines()?;
    page.wait_for("the lecture's run", async || {
        let status = page.text("status", "Run status").await?;
        ensure!(status.contains("6,432 steps in"), "the status is `{status}`");
        ensure!(!status.contains("interpreted"), "no generated WebAssembly was loaded: the status is `{status}`");
        let lines = output(page).await?;
        ensure!(lines == recorded, "the output is {lines:#?}, but JAX prints {recorded:#?}");
        Ok(())
    })
    .await
}

async fn drawings(page: &Page) -> Result<Vec<Drawing>> {
    let mut drawings = Vec::new();
    for figure in FIGURES {
        drawings.push(page.drawing(figure).await?);
    }
    Ok(drawings)
}

/// Waits until every figure differs from what it was.
async fn all_redrawn(page: &Page, before: &[Drawing]) -> Result<()> {
    page.wait_for("all figures to be redrawn", async || {
        let now = drawings(page).await?;
        for ((figure, now), before) in FIGURES.iter().zip(&now).zip(before) {
            ensure!(now.colours > 1 && now != before, "`{figure}` is as it was");
        }
        Ok(())
    })
    .await
}

/// The lines of the page that speak of divergence.
async fn on_divergence(page: &Page) -> Result<Vec<String>> {
    let text = page.all_text().await?;
    Ok(text.lines().filter(|line| line.to_lowercase().contains("diverge")).map(str::to_owned).collect())
}

async fn opens_on_the_lectures_run(page: &Page) -> Result<()> {
    lectures_run(page).await?;
    ensure!(page.value("spinbutton", "Learning rate").await? == "0.001");
    ensure!(page.value("spinbutton", "Batch size").await? == "16");
    ensure!(page.value("spinbutton", "Seed").await? == "42");
    for figure in FIGURES {
        page.wait_for("the figure to be drawn", async || {
            let drawing = page.drawing(figure).await?;
            ensure!(drawing.colours > 3, "`{figure}` has {} colours", drawing.colours);
            Ok(())
        })
        .await?;
    }
    Ok(())
}

async fn the_learning_rate_follows_the_keyboard(page: &Page) -> Result<()> {
    lectures_run(page).await?;
    let before = drawings(page).await?;
    page.keys("slider", "Learning rate", Key::Right, 5).await?;
    let first = other_output(page, &[&recorded_lines()?]).await?;
    let rate: f64 = page.value("spinbutton", "Learning rate").await?.parse()?;
    ensure!(rate > 0.001, "right means faster, but the rate is {rate}");
    all_redrawn(page, &before).await?;
    page.enter("spinbutton", "Learning rate", "0.001").await?;
    lectures_run(page).await?;
    page.enter("spinbutton", "Learning rate", &rate.to_string()).await?;
    let again = other_output(page, &[&recorded_lines()?]).await?;
    ensure!(again == first, "the same rate gives the same run");
    Ok(())
}

/// Collects in the page what `Output` (`arguments[0]`) and the canvases of the page show while the pointer's button is down.
const COLLECT: &str = "
    const output = arguments[0], seen = window.seenWhileHeld = { outputs: [], drawings: [] };
    const add = (list, entry) => { if (list.at(-1) !== entry) list.push(entry) };
    const shown = () => [...document.querySelectorAll('canvas')].map(canvas => canvas.toDataURL()).join();
    let held = false;
    const look = () => {
        if (!held) return;
        add(seen.outputs, output.innerText);
        add(seen.drawings, shown());
        requestAnimationFrame(look);
    };
    addEventListener('pointerdown', () => { held = true; look() }, true);
    addEventListener('pointerup', () => { held = false }, true);";

async fn the_curves_follow_the_thumb(page: &Page) -> Result<()> {
    lectures_run(page).await?;
    let log = page.by_role("log", "Output").await?;
    page.script(COLLECT, vec![serde_json::to_value(&log)?]).await?;
    let slider = page.by_role("slider", "Learning rate").await?;
    // From 0.001, a third of the way from 1e-5 to 10 on a logarithmic track, to about 0.04.
    page.drag(&slider, 0.34, 0.6).await?;
    let count = page.script("return [seenWhileHeld.outputs.length, seenWhileHeld.drawings.length]", vec![]).await?;
    for (what, count) in ["outputs", "drawings"].iter().zip([&count[0], &count[1]]) {
        ensure!(
            count.as_u64().is_some_and(|count| count > 3),
            "only {count} {what} were seen while the thumb was held"
        );
    }
    let rate: f64 = page.value("spinbutton", "Learning rate").await?.parse()?;
    ensure!((0.01..0.2).contains(&rate), "the thumb was left at {rate}");
    Ok(())
}

async fn the_batch_size_is_followed(page: &Page) -> Result<()> {
    lectures_run(page).await?;
    page.enter("spinbutton", "Batch size", "64").await?;
    page.wait_for("a run with 8 steps an epoch", async || {
        let status = page.text("status", "Run status").await?;
        ensure!(status.contains("1,608 steps in"), "the status is `{status}`");
        Ok(())
    })
    .await?;
    page.keys("slider", "Batch size", Key::Left, 1).await?;
    let smaller: usize = page.value("spinbutton", "Batch size").await?.parse()?;
    ensure!(smaller < 64, "left means smaller, but the batch size is {smaller}");
    page.enter("spinbutton", "Batch size", "16").await?;
    lectures_run(page).await
}

async fn impossible_values_are_explained_and_change_nothing(page: &Page) -> Result<()> {
    lectures_run(page).await?;
    // Typed letter by letter, none of these passes through a possible value.
    let table = [
        ("Learning rate", ["0", "-1", "0.0000001", "", "abc"], "0.001"),
        ("Batch size", ["0", "-3", "0.5", "", "abc"], "16"),
        ("Seed", ["-", "-x", "", "abc", "."], "42"),
    ];
    for (field, impossible, possible) in table {
        for text in impossible {
            page.enter("spinbutton", field, text).await?;
            let complaint = page.wait_for("a complaint", async || page.complaint("spinbutton", field).await).await;
            let complaint = complaint.with_context(|| format!("after `{text}` for `{field}`"))?;
            ensure!(complaint.split_whitespace().count() >= 4, "`{complaint}` is no sentence");
            lectures_run(page).await.with_context(|| format!("after `{text}` for `{field}`"))?;
        }
        page.enter("spinbutton", field, possible).await?;
        page.wait_for("the complaint to go", async || {
            ensure!(page.complaint("spinbutton", field).await.is_err(), "`{field}` is still marked as invalid");
            Ok(())
        })
        .await?;
        lectures_run(page).await?;
    }
    Ok(())
}

async fn values_above_the_range_are_explained(page: &Page) -> Result<()> {
    lectures_run(page).await?;
    for (field, impossible, bound, possible) in [
        ("Learning rate", "50", "10", "0.001"),
        ("Batch size", "100001", "", "16"),
        ("Seed", "99999999999999999999", "", "42"),
    ] {
        page.enter("spinbutton", field, impossible).await?;
        page.wait_for("a complaint", async || {
            let complaint = page.complaint("spinbutton", field).await?;
            ensure!(complaint.contains(bound), "`{complaint}` does not name the bound {bound}");
            Ok(())
        })
        .await
        .with_context(|| format!("after `{impossible}` for `{field}`"))?;
        page.enter("spinbutton", field, possible).await?;
        lectures_run(page).await?;
    }
    Ok(())
}

async fn divergence_is_said_and_survived(page: &Page) -> Result<()> {
    lectures_run(page).await?;
    let before = on_divergence(page).await?;
    page.enter("spinbutton", "Learning rate", "10").await?;
    page.wait_for("a sentence on divergence", async || {
        let now = on_divergence(page).await?;
        ensure!(now.iter().any(|line| !before.contains(line)), "nothing new is said: {now:?}");
        Ok(())
    })
    .await?;
    other_output(page, &[&recorded_lines()?]).await?;
    page.enter("spinbutton", "Learning rate", "0.001").await?;
    lectures_run(page).await?;
    // the screen in words follows when all rests
    page.wait_for("the words from before", async || {
        let now = on_divergence(page).await?;
        ensure!(now == before, "it stays although the run converges: {now:?}, before {before:?}");
        Ok(())
    })
    .await
}

async fn a_fresh_seed_makes_a_fresh_run(page: &Page) -> Result<()> {
    lectures_run(page).await?;
    page.press("New seed").await?;
    let first = other_output(page, &[&recorded_lines()?]).await?;
    let seed = page.value("spinbutton", "Seed").await?;
    ensure!(seed != "42" && seed.parse::<i64>().is_ok(), "the seed is `{seed}`");
    page.press("New seed").await?;
    other_output(page, &[&recorded_lines()?, &first]).await?;
    ensure!(page.value("spinbutton", "Seed").await? != seed, "the second fresh seed is the first one");
    page.enter("spinbutton", "Seed", &seed).await?;
    page.wait_for("the first fresh seed's run", async || {
        ensure!(output(page).await? == first, "the same seed gives the same run");
        Ok(())
    })
    .await?;
    page.enter("spinbutton", "Seed", "42").await?;
    lectures_run(page).await
}

/// Waits for the timeline to stand at `step`; then what it says in words, and the plane.
async fn at_step(page: &Page, step: f64) -> Result<(String, Drawing)> {
    page.wait_for(&format!("step {step}"), async || {
        let position = page.position("Timeline").await?;
        ensure!(position == step, "the timeline stands at {position}");
        let words = page.attribute("slider", "Timeline", "aria-valuetext").await?;
        ensure!(!words.is_empty(), "the timeline says nothing of where it stands");
        Ok((words, page.drawing("Parameter plane").await?))
    })
    .await
}

async fn the_timeline_scrubs_and_steps(page: &Page) -> Result<()> {
    lectures_run(page).await?;
    let (end_words, end) = at_step(page, 6432.0).await?;
    page.keys("slider", "Timeline", Key::Home, 1).await?;
    let (start_words, _) = at_step(page, 0.0).await?;
    ensure!(start_words != end_words, "the readout is `{start_words}` at both ends");
    page.wait_for("the plane to follow", async || {
        ensure!(page.drawing("Parameter plane").await? != end, "the plane is as at the end");
        Ok(())
    })
    .await?;
    for step in [1.0, 2.0] {
        page.press("Step").await?;
        at_step(page, step).await?;
    }
    page.press("Step back").await?;
    at_step(page, 1.0).await?;
    page.press("Restart").await?;
    at_step(page, 0.0).await?;
    page.press("Step back").await?;
    at_step(page, 0.0).await?;

    let timeline = page.by_role("slider", "Timeline").await?;
    page.drag(&timeline, 0.01, 0.5).await?;
    page.wait_for("the middle of the run", async || {
        let position = page.position("Timeline").await?;
        ensure!((2500.0..3900.0).contains(&position), "the timeline stands at {position}");
        Ok(())
    })
    .await?;
    page.keys("slider", "Timeline", Key::End, 1).await?;
    let (words, _) = at_step(page, 6432.0).await?;
    ensure!(words == end_words, "the end is called `{words}`, and was `{end_words}`");
    page.press("Step").await?;
    at_step(page, 6432.0).await?;
    // All the while the same run was looked at.
    lectures_run(page).await
}

async fn it_plays_and_pauses(page: &Page) -> Result<()> {
    lectures_run(page).await?;
    page.press("Restart").await?;
    at_step(page, 0.0).await?;
    // slow enough that the run is not over before a busy machine has found the button
    page.choose("Speed", "20 steps/s").await?;
    page.press("Play").await?;
    page.wait_for("the timeline to move", async || {
        ensure!(page.position("Timeline").await? > 0.0, "the timeline stands still");
        Ok(())
    })
    .await?;
    page.press("Pause").await?;
    page.by_role("button", "Play").await?;
    let paused = page.position("Timeline").await?;
    ensure!(paused < 6432.0, "it ran to the end before it could be paused");
    // Whatever was still under way when it was paused has had time for several frames by then.
    page.script("return new Promise(done => setTimeout(done, 200))", vec![]).await?;
    ensure!(page.position("Timeline").await? == paused, "it goes on although it is paused");
    // what plays keeps nothing else from standing in the address
    page.press("Play").await?;
    page.enter("spinbutton", "Batch size", "20").await?;
    page.fragment_has("batch=20").await?;
    page.by_role("tab", "One step").await?.click().await?;
    page.fragment_has("step&v=2").await
}

async fn every_control_is_reached_by_tab(page: &Page) -> Result<()> {
    lectures_run(page).await?;
    let mut missing =
        vec!["Learning rate", "Batch size", "Seed", "New seed", "Timeline", "Play", "Step", "Step back", "Restart"];
    for _ in 0..100 {
        page.tab().await?;
        let focused = page.focused_name().await?;
        missing.retain(|name| *name != focused);
    }
    ensure!(missing.is_empty(), "not reached by Tab: {missing:?}");
    Ok(())
}

async fn nothing_is_wider_than_the_view(page: &Page) -> Result<()> {
    lectures_run(page).await?;
    let mut views = vec![(1920, 1080), (1024, 768), (768, 1024)];
    if page.browser() == Browser::Chromium {
        // Firefox's window cannot be made as narrow as a phone.
        views.extend([(390, 844), (360, 640)]);
    }
    for (width, height) in views {
        page.set_view(width, height).await?;
        page.wait_for("the layout to settle", async || {
            let wide = page.script("return document.documentElement.scrollWidth - innerWidth", vec![]).await?;
            ensure!(wide.as_i64().is_some_and(|wide| wide <= 0), "at {width} px the page is {wide} px too wide");
            Ok(())
        })
        .await?;
    }
    lectures_run(page).await
}

for_both_browsers!(
    thetahat_e2e::on_the_page;
    opens_on_the_lectures_run,
    the_learning_rate_follows_the_keyboard,
    the_curves_follow_the_thumb,
    the_batch_size_is_followed,
    impossible_values_are_explained_and_change_nothing,
    values_above_the_range_are_explained,
    divergence_is_said_and_survived,
    a_fresh_seed_makes_a_fresh_run,
    the_timeline_scrubs_and_steps,
    it_plays_and_pauses,
    every_control_is_reached_by_tab,
    nothing_is_wider_than_the_view,
);

for_webkit!(thetahat_e2e::on_the_page; opens_on_the_lectures_run, the_learning_rate_follows_the_keyboard, the_timeline_scrubs_and_steps, it_plays_and_pauses);
