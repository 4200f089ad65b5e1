//! What a hand does with the figures, and figures alone in somebody's slides: by the names that a screen reader says.

use anyhow::{Context, Result, ensure};
use thetahat_e2e::server::SANDBOX;
use thetahat_e2e::{Browser, Key, Page, for_both_browsers};

async fn fragment_is(page: &Page, what: &str, test: impl Fn(&str) -> bool) -> Result<String> {
    page.wait_for(&format!("an address {what}"), async || {
        let fragment = page.fragment().await?;
        ensure!(test(&fragment), "the address ends with `{fragment}`");
        Ok(fragment)
    })
    .await
}

async fn run_is_shown(page: &Page) -> Result<()> {
    page.wait_for("the lecture's run", async || {
        let status = page.text("status", "Run status").await?;
        ensure!(status.contains("6,432 steps in"), "the status is `{status}`");
        ensure!(page.drawing("Parameter plane").await?.colours > 3, "the plane is empty");
        Ok(())
    })
    .await
}

/// Waits until a figure shows something else than it does now, after `act`.
async fn redrawn(page: &Page, figure: &str, act: impl AsyncFnOnce() -> Result<()>) -> Result<()> {
    let before = page.drawing(figure).await?;
    act().await?;
    page.wait_for(&format!("another `{figure}`"), async || {
        ensure!(page.drawing(figure).await? != before, "it is as it was");
        Ok(())
    })
    .await
}

async fn the_special_rates_can_be_taken(page: &Page) -> Result<()> {
    run_is_shown(page).await?;
    // none is beyond the limit
    for (button, rate) in [
        ("mean square limit = 0.8502: use this rate", "0.8502"),
        ("full batch 2/λmax = 0.9728: use this rate", "0.9728"),
    ] {
        page.press(button).await?;
        page.wait_for(rate, async || {
            let now = page.value("spinbutton", "Learning rate").await?;
            ensure!(now == rate, "the rate is {now}");
            Ok(())
        })
        .await?;
    }
    Ok(())
}

async fn the_plane_zooms_and_moves(page: &Page) -> Result<()> {
    run_is_shown(page).await?;
    let plane = "Parameter plane";
    redrawn(page, plane, async || page.keys("img", plane, Key::Add, 2).await).await?;
    let zoomed = fragment_is(page, "with a part of the plane", |fragment| fragment.contains("area=")).await?;
    let element = page.by_role("img", plane).await?;
    // away from the start, which could be taken hold of instead
    redrawn(page, plane, async || page.drag(&element, 0.8, 0.6).await).await?;
    let moved = fragment_is(page, "with another part", |fragment| fragment.contains("area=") && fragment != zoomed);
    ensure!(!moved.await?.contains("theta0"), "the start was moved");
    redrawn(page, plane, async || page.press("Show all").await).await?;
    fragment_is(page, "without a part", |fragment| !fragment.contains("area=")).await?;
    Ok(())
}

async fn the_plane_shows_the_full_batch_and_the_spread(page: &Page) -> Result<()> {
    run_is_shown(page).await?;
    page.enter("spinbutton", "Learning rate", "0.1").await?;
    for (option, part) in [("Full-batch path", "behind=fullbatch"), ("Spread", "spread=1")] {
        fragment_is(page, "before", |fragment| fragment.contains("lr=0.1") && !fragment.contains(part)).await?;
        redrawn(page, "Parameter plane", async || page.tick(option).await).await?;
        fragment_is(page, option, |fragment| fragment.contains(part)).await?;
    }
    Ok(())
}

/// Two fingers on the figure `arguments[0]`, from a tenth of its width apart to eight tenths.
const FINGERS: &str = "
    const figure = arguments[0], box = figure.getBoundingClientRect();
    const finger = (type, pointerId, part) => figure.dispatchEvent(new PointerEvent(type, {
        pointerId, pointerType: 'touch', bubbles: true, buttons: 1,
        clientX: box.left + part * box.width, clientY: box.top + box.height / 2,
    }));
    finger('pointerdown', 11, 0.45);
    finger('pointerdown', 12, 0.55);
    for (let i = 1; i <= 7; i++) {
        finger('pointermove', 11, 0.45 - 0.05 * i);
        finger('pointermove', 12, 0.55 + 0.05 * i);
    }
    finger('pointerup', 11, 0.1);
    finger('pointerup', 12, 0.9);";

async fn two_fingers_zoom(page: &Page) -> Result<()> {
    run_is_shown(page).await?;
    for (figure, part) in [("Loss", "zoom="), ("Parameter plane", "area=")] {
        let element = serde_json::to_value(page.by_role("img", figure).await?)?;
        redrawn(page, figure, async || page.script(FINGERS, vec![element]).await.map(drop)).await?;
        fragment_is(page, part, |fragment| fragment.contains(part)).await?;
    }
    Ok(())
}

async fn a_value_that_is_pointed_at_is_marked_in_all_programs(page: &Page) -> Result<()> {
    run_is_shown(page).await?;
    let point = "
        const line = [...document.querySelectorAll('.column.raw .line')].find(line => line.innerText.includes('apply_updates'));
        line.dispatchEvent(new PointerEvent(arguments[0]));";
    let marked = "
        const text = [...document.querySelectorAll('.column.module .same')].map(part => part.innerText).join('\\n');
        return [text.includes('optimizer.update'), text.includes('Array(')];";
    // the programs come a little later than the charts
    page.wait_for("the programs", async || page.script(point, vec!["pointerenter".into()]).await).await?;
    page.wait_for("the same value beside it", async || {
        let found = page.script(marked, vec![]).await?;
        ensure!(found == serde_json::json!([true, true]), "found are {found}");
        Ok(())
    })
    .await?;
    page.script(point, vec!["pointerleave".into()]).await?;
    page.wait_for("no mark", async || {
        ensure!(page.script("return document.querySelectorAll('.same').length", vec![]).await? == 0);
        Ok(())
    })
    .await
}

/// Which of the page's parts can be seen.
const SEEN: &str = "
    const parts = { header: '.top', controls: '.controls', plane: '.figure.plane', loss: '.figure.loss', distance: '.figure.distance',
                    data: '.figure.data', programs: '.programs', output: '.output', modules: '.alone.modules',
                    timeline: '.timeline' };
    return Object.keys(parts).filter(part => document.querySelector(parts[part])?.checkVisibility()).join(' ');";

async fn any_panel_can_stand_alone(page: &Page) -> Result<()> {
    run_is_shown(page).await?;
    for panel in ["plane", "loss", "distance", "data", "programs", "output", "modules"] {
        page.go_to(&format!("embed={panel}&v=1&lr=0.01")).await?;
        page.wait_for(panel, async || {
            let seen = page.script(SEEN, vec![]).await?;
            ensure!(seen == format!("{panel} timeline"), "seen are {seen}");
            Ok(())
        })
        .await?;
    }
    // the slides around keep their keys
    let end = page.position("Timeline").await?;
    page.type_key('r').await?;
    page.type_key(Key::Left.into()).await?;
    ensure!(page.position("Timeline").await? == end, "a key of the slides has moved the playhead");
    page.script("postMessage('slide:start')", vec![]).await?;
    page.wait_for("a run that plays", async || {
        page.by_role("button", "Pause").await?;
        ensure!(page.position("Timeline").await? < end, "it has not begun");
        Ok(())
    })
    .await?;
    page.script("postMessage('slide:stop')", vec![]).await?;
    page.by_role("button", "Play").await?;
    page.go_to("lab&v=1").await?;
    run_is_shown(page).await?;
    page.press("Export").await?;
    page.press("Embed loss").await?;
    page.wait_for("the code of a frame", async || {
        let said = page.text("status", "Notes").await?;
        ensure!(said.contains("<iframe src=") && said.contains("#embed=loss&amp;v=2"), "the page says `{said}`");
        Ok(())
    })
    .await
}

async fn a_frame_in_a_sandbox_computes(page: &Page) -> Result<()> {
    run_is_shown(page).await?;
    let origin = page.script("return location.origin", vec![]).await?;
    let origin = origin.as_str().context("the page has no origin")?;
    page.open(&format!("{origin}{SANDBOX}#embed=distance&v=1")).await?;
    ensure!(page.script("return origin", vec![]).await? == "null", "the sandbox leaves the page its origin");
    page.wait_for("a run in the sandbox", async || {
        let status = page.script("return document.querySelector('.status')?.textContent ?? ''", vec![]).await?;
        ensure!(status.as_str().is_some_and(|status| status.contains("6,432 steps in")), "its status is {status}");
        ensure!(page.drawing("Distance to the true parameters").await?.colours > 3, "the distance is not drawn");
        Ok(())
    })
    .await
}

/// Where a window is moved to another display, every canvas becomes as sharp as that: charts, and what moves over them.
async fn all_canvases_follow_the_display(page: &Page) -> Result<()> {
    run_is_shown(page).await?;
    if page.browser() != Browser::Chromium {
        return Ok(());
    }
    for (ratio, width) in [(2.0, 1281), (1.0, 1280), (1.5, 1282)] {
        page.set_pixel_ratio(ratio, width).await?;
        page.wait_for(&format!("canvases with {ratio} pixels for one"), async || {
            let blurred = "return [...document.querySelectorAll('canvas')].filter(c => c.clientWidth > 0
                && Math.abs(c.width - c.clientWidth * devicePixelRatio) > 2).map(c => `${c.width} for ${c.clientWidth}`)";
            let blurred = page.script(blurred, vec![]).await?;
            let all = page.script("return document.querySelectorAll('canvas').length", vec![]).await?;
            ensure!(all.as_u64() >= Some(7), "there are {all} canvases");
            ensure!(blurred.as_array().is_some_and(Vec::is_empty), "not sharp: {blurred}");
            Ok(())
        })
        .await?;
    }
    Ok(())
}

/// With the spacing of text that WCAG 1.4.12 asks for, nothing of the controls overlaps or is cut off.
async fn text_may_be_spaced(page: &Page) -> Result<()> {
    run_is_shown(page).await?;
    // the page's policy lets no other style in, but whoever is in may change one
    let space = "document.styleSheets[0].insertRule(
        '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }')";
    page.script(space, vec![]).await?;
    let faults = page
        .script(
            "const box = e => e.getBoundingClientRect();
            const named = e => e.textContent || e.ariaLabel || e.className;
            const seen = [...document.querySelectorAll('.controls :is(button, label, input, select, legend), .legend :is(label, button, select)')]
                .filter(e => box(e).width > 0 && getComputedStyle(e).visibility !== 'hidden');
            const cut = seen.filter(e => box(e).left < -1 || box(e).right > innerWidth + 1 || (!['SELECT', 'INPUT'].includes(e.tagName) && e.scrollWidth > e.clientWidth + 1));
            const over = seen.flatMap((a, i) => seen.slice(i + 1).filter(b => {
                const [p, q] = [box(a), box(b)];
                return !a.contains(b) && !b.contains(a) && Math.min(p.right, q.right) - Math.max(p.left, q.left) > 2
                    && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 2;
            }).map(b => `${named(a)} over ${named(b)}`));
            return [...cut.map(e => `${named(e)} is cut`), ...over];",
            vec![],
        )
        .await?;
    ensure!(faults.as_array().is_some_and(Vec::is_empty), "{faults:#}");
    Ok(())
}

for_both_browsers!(
    thetahat_e2e::on_the_page;
    all_canvases_follow_the_display,
    text_may_be_spaced,
    the_special_rates_can_be_taken,
    the_plane_zooms_and_moves,
    the_plane_shows_the_full_batch_and_the_spread,
    two_fingers_zoom,
    a_value_that_is_pointed_at_is_marked_in_all_programs,
    any_panel_can_stand_alone,
    a_frame_in_a_sandbox_computes,
);
