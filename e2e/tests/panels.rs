//! The Lab's panels in its release build: presets, programs side by side, pins, links, keys; by the names that a screen reader says.

use anyhow::{Context, Result, ensure};
use thetahat_e2e::{Key, Page, for_both_browsers};

const FIGURES: [&str; 3] = ["Loss", "Distance to the true parameters", "Parameter plane"];

async fn status_says(page: &Page, part: &str) -> Result<()> {
    page.wait_for(&format!("`{part}` in the status"), async || {
        let status = page.text("status", "Run status").await?;
        ensure!(status.contains(part), "the status is `{status}`");
        Ok(())
    })
    .await
}

async fn field_is(page: &Page, name: &str, value: &str) -> Result<()> {
    page.wait_for(&format!("{value} as {name}"), async || {
        let now = page.value("spinbutton", name).await?;
        ensure!(now == value, "`{name}` is {now}");
        Ok(())
    })
    .await
}

async fn every_preset_runs(page: &Page) -> Result<()> {
    status_says(page, "6,432 steps in").await?;
    let table = [
        ("Lecture: vmap", "6,432 steps in"),
        ("Lecture: decaying rate", "6,432 steps in"),
        ("Lecture: nnx.Linear", "4,000 steps in"),
        ("Lecture: MyLinear", "4,000 steps in"),
        ("Pitfall: used-up generator", "0 steps in"),
        ("Three ways, same θ₀", "6,432 steps in"),
        ("Divergence", "640 steps in"),
        ("Noise ball", "2,500 steps in"),
        ("Over-parameterised, M > N", "603 steps in"),
        ("Adam at the same rate", "6,432 steps in"),
        ("Lecture: raw JAX", "6,432 steps in"),
    ];
    for (preset, status) in table {
        page.choose("Preset", preset).await?;
        status_says(page, status).await.with_context(|| format!("after `{preset}`"))?;
        for figure in FIGURES {
            ensure!(page.drawing(figure).await?.colours > 3, "`{figure}` is empty after `{preset}`");
        }
    }
    Ok(())
}

async fn every_choice_makes_another_run(page: &Page) -> Result<()> {
    status_says(page, "6,432 steps in").await?;
    for (list, choice, back) in
        [("Optimizer", "Adam", "SGD"), ("Schedule", "Cosine", "Constant"), ("Optimizer", "Momentum 0.9", "SGD")]
    {
        let before = page.text("log", "Output").await?;
        page.choose(list, choice).await?;
        page.wait_for("another output", async || {
            ensure!(page.text("log", "Output").await? != before, "the output is as before `{choice}`");
            Ok(())
        })
        .await?;
        page.choose(list, back).await?;
        page.says("log", "Output", &before).await?;
    }
    for (field, value) in
        [("Samples N", "100"), ("Features M", "3"), ("Noise σ", "0.5"), ("Stretch feature 2", "4"), ("Epochs", "101")]
    {
        let before = page.text("log", "Output").await?;
        page.enter("spinbutton", field, value).await?;
        page.wait_for("another output", async || {
            ensure!(page.text("log", "Output").await? != before, "the output is as before `{field}` was {value}");
            Ok(())
        })
        .await?;
    }
    page.press("Reset Samples N to the lecture’s value").await?;
    field_is(page, "Samples N", "500").await
}

async fn programs_are_compared_bit_for_bit(page: &Page) -> Result<()> {
    page.says("status", "Comparison", "raw and module: same θ₀, same batches").await?;
    page.choose("Start", "As in the lecture").await?;
    page.says("status", "Comparison", "raw and module: same data, but different θ₀ and batches").await?;
    page.choose("Start", "The same θ₀").await?;
    page.tick("Show vmap").await?;
    page.says("status", "Comparison", "raw and vmap: same θ₀, same batches").await?;
    status_says(page, "6,432 steps in").await?;
    page.tick("Show raw").await?;
    page.says("status", "Comparison", "vmap and module").await?;
    page.fragment_has("show=vmap,module").await
}

async fn the_code_follows_the_playhead(page: &Page) -> Result<()> {
    status_says(page, "6,432 steps in").await?;
    let lit = async || -> Result<String> {
        let script = "return [...document.querySelectorAll('.code .line.lit')].map(line => line.innerText).join('\\n')";
        Ok(page.script(script, vec![]).await?.as_str().unwrap_or_default().to_owned())
    };
    let wait = async |part: &str| {
        page.wait_for(&format!("`{part}` lit up"), async || {
            let lit = lit().await?;
            ensure!(lit.contains(part), "lit up is `{lit}`");
            Ok(())
        })
        .await
    };
    wait("optax.apply_updates").await?;
    page.press("gradient").await?;
    wait("jax.value_and_grad").await?;
    page.press("Restart").await?;
    wait("params = theta_0").await?;
    // in slow motion the light goes through the parts of the step
    page.choose("Speed", "2 parts/s").await?;
    page.press("Play").await?;
    for part in ["random.split(key)", "for X_batch, Y_batch in train_loader", "jax.value_and_grad"] {
        wait(part).await?;
    }
    page.press("Pause").await?;
    page.press("Restart").await?;
    page.press("Language: Python").await?;
    page.says("group", "Rust of raw", "fn make_step").await?;
    page.fragment_has("code=rust").await?;
    page.press("Measure").await?;
    page.says("group", "Costs", "µs").await
}

async fn pins_stay_and_branches_begin_at_the_playhead(page: &Page) -> Result<()> {
    status_says(page, "6,432 steps in").await?;
    page.press("Pin run").await?;
    page.says("list", "Pinned runs", "raw, rate 0.001").await?;
    page.fragment_has("pin=").await?;
    page.press("Unpin raw, rate 0.001, batch 16").await?;
    page.press("Unpin linear, rate 0.001, batch 16").await?;
    page.keys("slider", "Timeline", Key::Home, 1).await?;
    page.press("Epoch forward").await?;
    page.press("Branch here").await?;
    let before = page.drawing("Distance to the true parameters").await?;
    page.enter("spinbutton", "Learning rate", "0.01").await?;
    page.fragment_has("branch=32,0.01,sgd,constant").await?;
    page.wait_for("another course", async || {
        ensure!(page.drawing("Distance to the true parameters").await? != before, "the course is the same");
        Ok(())
    })
    .await?;
    page.press("Remove branch").await?;
    field_is(page, "Learning rate", "0.001").await
}

async fn a_link_opens_what_it_says(page: &Page) -> Result<()> {
    status_says(page, "6,432 steps in").await?;
    page.go_to("lab&v=1&lr=0.01&batch=32&step=100&scale=linear").await?;
    field_is(page, "Learning rate", "0.01").await?;
    field_is(page, "Batch size", "32").await?;
    status_says(page, "3,216 steps in").await?;
    page.wait_for("step 100", async || {
        ensure!(page.position("Timeline").await? == 100.0);
        Ok(())
    })
    .await?;
    page.enter("spinbutton", "Learning rate", "0.02").await?;
    page.fragment_has("lr=0.02").await?;
    page.script("history.back()", vec![]).await?;
    field_is(page, "Learning rate", "0.01").await?;
    page.script("history.forward()", vec![]).await?;
    field_is(page, "Learning rate", "0.02").await?;
    page.go_to("lab&v=1&lr=fast&batch=99999999999&colour=red&%00%ff=<script>").await?;
    page.says("status", "Notes", "“lr” cannot be “fast”").await?;
    page.says("status", "Notes", "“batch” must be an integer from 1 to 100,000").await?;
    page.says("status", "Notes", "colour=red").await?;
    field_is(page, "Learning rate", "0.001").await?;
    page.press("Dismiss the notes").await?;
    page.press("Share").await?;
    page.says("dialog", "Share", "#lab&v=2").await?;
    page.press("Close").await?;
    page.press("Export").await?;
    for entry in [
        "Python script, raw.py",
        "Notebook, raw.ipynb",
        "Numbers of the runs, CSV",
        "Parameter plane, SVG",
        "Loss, PNG",
    ] {
        page.by_role("button", entry).await?;
    }
    page.press("Export").await
}

async fn keys_do_what_their_list_says(page: &Page) -> Result<()> {
    status_says(page, "6,432 steps in").await?;
    let at = async |step: f64| {
        page.wait_for(&format!("step {step}"), async || {
            let now = page.position("Timeline").await?;
            ensure!(now == step, "the timeline stands at {now}");
            Ok(())
        })
        .await
    };
    page.type_key('r').await?;
    at(0.0).await?;
    page.type_key(Key::Right.into()).await?;
    at(1.0).await?;
    page.type_key(Key::Left.into()).await?;
    at(0.0).await?;
    page.type_key('s').await?;
    page.wait_for("another seed", async || {
        ensure!(page.value("spinbutton", "Seed").await? != "42", "the seed is as it was");
        Ok(())
    })
    .await?;
    page.type_key('?').await?;
    page.tick("Single-letter shortcuts").await?;
    page.press("Close").await?;
    let seed = page.value("spinbutton", "Seed").await?;
    page.type_key('s').await?;
    page.type_key(Key::Right.into()).await?;
    at(1.0).await?;
    ensure!(page.value("spinbutton", "Seed").await? == seed, "the letter still works");
    Ok(())
}

async fn the_start_can_be_moved(page: &Page) -> Result<()> {
    status_says(page, "6,432 steps in").await?;
    let before = page.drawing("Parameter plane").await?;
    page.enter("spinbutton", "Start θ1", "1.5").await?;
    page.fragment_has("theta0=1.5,").await?;
    page.wait_for("another path", async || {
        ensure!(page.drawing("Parameter plane").await? != before, "the plane is as it was");
        Ok(())
    })
    .await?;
    page.enter("spinbutton", "Start θ2", "far").await?;
    page.wait_for("a complaint", async || page.complaint("spinbutton", "Start θ2").await).await?;
    page.press("Reset the start to the lecture’s").await?;
    page.wait_for("the lecture's start", async || {
        ensure!(!page.fragment().await?.contains("theta0"), "the start is still in the address");
        Ok(())
    })
    .await
}

async fn charts_have_their_options_and_tables(page: &Page) -> Result<()> {
    const DISTANCE: &str = "Distance to the true parameters";
    status_says(page, "6,432 steps in").await?;
    for (switch, part) in [("Scale: log", "scale=linear"), ("Axis: steps", "axis=epochs")] {
        let before = page.drawing(DISTANCE).await?;
        page.press(switch).await?;
        page.fragment_has(part).await?;
        page.wait_for("another drawing", async || {
            ensure!(page.drawing(DISTANCE).await? != before, "`{switch}` changes nothing");
            Ok(())
        })
        .await?;
    }
    page.tick("Batch contours").await?;
    page.fragment_has("contours=batch").await?;
    page.keys("img", "Loss", Key::Add, 1).await?;
    page.fragment_has("zoom=").await?;
    let open =
        "[...document.querySelectorAll('summary')].find(summary => summary.innerText === 'Values: Loss').click()";
    page.script(open, vec![]).await?;
    page.says("group", "Table of Loss", "raw").await?;
    page.press("Dark theme").await?;
    page.fragment_has("theme=dark").await?;
    page.press("Present").await?;
    page.fragment_has("present=1").await
}

async fn a_run_of_a_million_steps_is_thinned_and_says_so(page: &Page) -> Result<()> {
    status_says(page, "6,432 steps in").await?;
    page.go_to("lab&v=1&n=10000&batch=1&epochs=100&show=raw").await?;
    status_says(page, "1,000,000 steps in").await?;
    page.says("status", "Verdict", "one step in 3 is recorded").await?;
    page.press("Step back").await?;
    page.wait_for("the step before the last", async || {
        ensure!(page.position("Timeline").await? == 999_999.0);
        Ok(())
    })
    .await?;
    page.go_to("lab&v=1").await?;
    status_says(page, "6,432 steps in").await
}

/// Whether a point of the plane is in sight, and the open sheet ends above the timeline.
const SHEET: &str = "\
    const of = (selector) => document.querySelector(selector).getBoundingClientRect();
    const [plane, sheet, time] = [of('[aria-label=\"Parameter plane\"]'), of('.controls'), of('.timeline')];
    const seen = document.elementFromPoint(plane.left + plane.width / 2, plane.top + 30);
    return seen !== null && seen.closest('[aria-label=\"Parameter plane\"]') !== null && sheet.height > 200 && Math.abs(sheet.bottom - time.top) < 2;";

async fn on_a_phone_the_controls_are_a_sheet_below_the_charts(page: &Page) -> Result<()> {
    status_says(page, "6,432 steps in").await?;
    page.set_view(390, 844).await?;
    // what was open beside the charts stays open; whoever opens it sees the charts above it
    let open = "\
        const sheet = document.querySelector('.sheet'); \
        if (sheet.open) sheet.querySelector('summary').click(); \
        sheet.querySelector('summary').click();";
    page.script(open, vec![]).await?;
    page.wait_for("a sheet with the plane above it", async || {
        ensure!(page.script(SHEET, vec![]).await? == true);
        Ok(())
    })
    .await?;
    page.keys("slider", "Learning rate", Key::Right, 3).await?;
    page.fragment_has("lr=").await?;
    ensure!(page.script(SHEET, vec![]).await? == true, "the plane went out of sight");
    page.set_view(1280, 800).await
}

for_both_browsers!(
    thetahat_e2e::on_the_page;
    on_a_phone_the_controls_are_a_sheet_below_the_charts,
    a_run_of_a_million_steps_is_thinned_and_says_so,
    every_preset_runs,
    every_choice_makes_another_run,
    programs_are_compared_bit_for_bit,
    the_code_follows_the_playhead,
    pins_stay_and_branches_begin_at_the_playhead,
    a_link_opens_what_it_says,
    keys_do_what_their_list_says,
    the_start_can_be_moved,
    charts_have_their_options_and_tables,
);
