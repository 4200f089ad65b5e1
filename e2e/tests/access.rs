//! Accessibility of the built page, in every state that a class gets to see: axe must have nothing to complain of.

use anyhow::{Result, ensure};
use thetahat_e2e::{Browser, Options, Page, with_page};

async fn status_says(page: &Page, name: &str, part: &str) -> Result<()> {
    page.wait_for(&format!("`{part}` in `{name}`"), async || {
        let status = page.text("status", name).await?;
        ensure!(status.contains(part), "`{name}` is `{status}`");
        Ok(())
    })
    .await
}

/// Goes through the states of the page and asks axe in each.
#[allow(clippy::too_many_lines, reason = "one state of the page after the other")]
async fn all_states(page: &Page) -> Result<()> {
    status_says(page, "Run status", "6,432 steps in").await?;
    let mut complaints = Vec::new();
    let mut look = async |state: &str, uncovered: bool| -> Result<()> {
        // The look of something that is fading in or out is nobody's reading.
        let settled =
            "return Promise.all(document.getAnimations().map(animation => animation.finished.catch(() => {})))
                           .then(() => null)";
        page.script(settled, vec![]).await?;
        // The timeline floats over the bottom of the view, and axe cannot judge the contrast of what it covers: that is judged from the
        // page's end.
        for (place, uncovered) in [("top", uncovered), ("end", false)] {
            let scroll =
                "scrollTo({ top: arguments[0] === 'top' ? 0 : document.body.scrollHeight, behavior: 'instant' })";
            page.script(scroll, vec![place.into()]).await?;
            let violations = page.violations(uncovered).await?;
            complaints.extend(violations.into_iter().map(|violation| format!("{state}, at its {place}: {violation}")));
        }
        Ok(())
    };
    look("as it opens", true).await?;
    page.press("Export").await?;
    page.by_role("button", "Python script").await?;
    look("with the menu of exports", false).await?;
    page.press("Export").await?;
    page.press("Share").await?;
    status_says(page, "Link", ".").await?;
    look("with the link to share", false).await?;
    page.press("Close").await?;
    page.press("Keys").await?;
    page.by_role("button", "Close").await?;
    look("with the list of keys", false).await?;
    page.press("Guide and plan of a class").await?;
    page.by_role("dialog", "Guide").await?;
    look("with the guide", false).await?;
    page.press("Close").await?;
    page.press("Present").await?;
    look("in presentation", true).await?;
    page.press("Present").await?;
    // Two programs are shown, so two runs are pinned.
    page.press("Pin run").await?;
    page.by_role("button", "Unpin linear, rate 0.001, batch 16").await?;
    look("with two pins", true).await?;
    page.go_to("lab&v=1&lr=5").await?;
    status_says(page, "Verdict", "iverge").await?;
    look("with a run that diverges", true).await?;
    page.go_to("lab&v=1&lr=fast&show=raw,vmap,module&code=rust&step=100").await?;
    status_says(page, "Notes", "“lr” cannot be “fast”").await?;
    let unfold = "document.querySelectorAll('details').forEach(details => details.open = true)";
    page.script(unfold, vec![]).await?;
    page.enter("spinbutton", "Batch size", "none").await?;
    page.wait_for("a complaint", async || page.complaint("spinbutton", "Batch size").await).await?;
    look("with everything unfolded and an impossible value", true).await?;
    page.go_to("step&v=2&step=1000&stage=backward.3").await?;
    status_says(page, "Step", "Step 1,000").await?;
    look("with one step under the microscope", true).await?;
    page.press("Drop it").await?;
    status_says(page, "What if", "apart").await?;
    page.press("WebAssembly").await?;
    look("with a step made otherwise and generated code", true).await?;
    for (fragment, state) in [
        ("modules&v=2&step=1000", "with modules as trees"),
        ("modules&v=2&step=1000&room=split&act=3", "with modules split"),
        ("modules&v=2&step=1000&room=filters&opt=adam", "with a filter"),
        ("modules&v=2&room=network", "with the network"),
        ("modules&v=2&room=generator&module=pitfall", "with the used-up generator"),
    ] {
        page.go_to(fragment).await?;
        let said = match fragment {
            fragment if fragment.contains("network") => "Mlp",
            fragment if fragment.contains("generator") => "A generator that is used up",
            _ => "Linear in step",
        };
        let said = if fragment.contains("split") { "MyLinear" } else { said };
        status_says(page, "Modules shown", said).await?;
        look(state, true).await?;
    }
    page.go_to("lab&v=2&sigma=1&lr=0.05&show=raw&band=shuffles&pin=lr:0.09;sigma:1").await?;
    status_says(page, "Effect or luck", "They end at").await?;
    look("with the band of 64 runs and a pin beside it", true).await?;
    page.go_to("map&v=2").await?;
    status_says(page, "Map status", "4,096 runs in").await?;
    page.script(unfold, vec![]).await?;
    look("with the map and its table", true).await?;
    page.go_to("map&v=2&present=1").await?;
    status_says(page, "Map status", "4,096 runs in").await?;
    look("with the map in presentation", true).await?;
    page.go_to("lessons&v=2").await?;
    page.says("region", "Lessons", "Keys are values").await?;
    look("with the list of lessons", true).await?;
    page.go_to("lessons&v=2&lesson=divergence&scene=2").await?;
    page.says("article", "Lesson", "what happens at rate 1?").await?;
    look("with a question", true).await?;
    page.press("It circles at the same distance for ever.").await?;
    page.says("region", "What the run says", "It moves away").await?;
    look("with an answer", true).await?;
    page.go_to("lessons&v=2&lesson=loop").await?;
    page.by_role("slider", "Your sketch").await?;
    look("with a curve to sketch", true).await?;
    page.go_to("lessons&v=2&lesson=divergence&scene=4&present=1").await?;
    page.says("article", "Lesson", "Find the border").await?;
    look("with a lesson in presentation", true).await?;
    ensure!(complaints.is_empty(), "axe complains of the page\n{}", complaints.join("\n"));
    Ok(())
}

fn laptop(browser: Browser) -> Result<()> {
    with_page(Options::new(browser), all_states)
}

fn laptop_dark(browser: Browser) -> Result<()> {
    with_page(Options { dark: true, ..Options::new(browser) }, all_states)
}

/// Firefox's window stays as wide as it can be made narrow, which is narrow enough for the phone's layout.
fn phone(browser: Browser) -> Result<()> {
    with_page(Options { width: 390, height: 844, ..Options::new(browser) }, all_states)
}

fn phone_dark(browser: Browser) -> Result<()> {
    with_page(Options { width: 390, height: 844, dark: true, ..Options::new(browser) }, all_states)
}

thetahat_e2e::for_both_browsers!(thetahat_e2e::directly; laptop, laptop_dark, phone, phone_dark);
