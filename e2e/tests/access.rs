//! Accessibility of the built page, in every state that a class gets to see: axe must have nothing to complain of.

use anyhow::{Result, ensure};
use thetahat_e2e::{Asked, Browser, Options, Page, with_page};

async fn status_says(page: &Page, name: &str, part: &str) -> Result<()> {
    page.wait_for(&format!("`{part}` in `{name}`"), async || {
        let status = page.text("status", name).await?;
        ensure!(status.contains(part), "`{name}` is `{status}`");
        Ok(())
    })
    .await
}

/// What axe complains of, state by state.
#[derive(Default)]
struct Complaints(Vec<String>);

impl Complaints {
    /// Asks axe about the page as it stands; `asked` goes for its top.
    async fn look(&mut self, page: &Page, state: &str, asked: Asked) -> Result<()> {
        // The look of something that is fading in or out is nobody's reading.
        let settled =
            "return Promise.all(document.getAnimations().map(animation => animation.finished.catch(() => {})))
                           .then(() => null)";
        page.script(settled, vec![]).await?;
        // The timeline floats over the bottom of the view, and axe cannot judge the contrast of what it covers: that is judged from the
        // page's end.
        for (place, asked) in [("top", asked), ("end", Asked::Contrast)] {
            let scroll =
                "scrollTo({ top: arguments[0] === 'top' ? 0 : document.body.scrollHeight, behavior: 'instant' })";
            page.script(scroll, vec![place.into()]).await?;
            let violations = page.violations(asked).await?;
            self.0.extend(violations.into_iter().map(|violation| format!("{state}, at its {place}: {violation}")));
        }
        Ok(())
    }

    fn none(&self) -> Result<()> {
        ensure!(self.0.is_empty(), "axe complains of the page\n{}", self.0.join("\n"));
        Ok(())
    }
}

/// Unfolds everything that can be folded.
const UNFOLD: &str = "document.querySelectorAll('details').forEach(details => details.open = true)";

/// The Lab, and what lies over it.
async fn lab(page: &Page) -> Result<()> {
    status_says(page, "Run status", "6,432 steps in").await?;
    let mut seen = Complaints::default();
    seen.look(page, "as it opens", Asked::Uncovered).await?;
    page.press("Export").await?;
    page.by_role("button", "Python script, raw.py").await?;
    seen.look(page, "with the menu of exports", Asked::All).await?;
    page.press("Export").await?;
    page.press("Share").await?;
    status_says(page, "Link", ".").await?;
    seen.look(page, "with the link to share", Asked::All).await?;
    page.press("Close").await?;
    page.press("Keys").await?;
    page.by_role("button", "Close").await?;
    seen.look(page, "with the list of keys", Asked::All).await?;
    page.press("Guide and plan of a class").await?;
    page.by_role("dialog", "Guide").await?;
    seen.look(page, "with the guide", Asked::All).await?;
    page.press("Close").await?;
    page.press("Present").await?;
    seen.look(page, "in presentation", Asked::Uncovered).await?;
    page.press("Present").await?;
    // Two programs are shown, so two runs are pinned.
    page.press("Pin run").await?;
    page.by_role("button", "Unpin linear, rate 0.001, batch 16").await?;
    seen.look(page, "with two pins", Asked::Uncovered).await?;
    page.go_to("lab&v=1&lr=5").await?;
    status_says(page, "Verdict", "iverge").await?;
    seen.look(page, "with a run that diverges", Asked::Uncovered).await?;
    page.go_to("lab&v=1&lr=fast&show=raw,vmap,module&code=rust&step=100").await?;
    status_says(page, "Notes", "“lr” cannot be “fast”").await?;
    page.script(UNFOLD, vec![]).await?;
    page.enter("spinbutton", "Batch size", "none").await?;
    page.wait_for("a complaint", async || page.complaint("spinbutton", "Batch size").await).await?;
    seen.look(page, "with everything unfolded and an impossible value", Asked::Uncovered).await?;
    page.go_to("lab&v=2&sigma=1&lr=0.05&show=raw&band=shuffles&pin=lr:0.09;sigma:1").await?;
    status_says(page, "Effect or luck", "They end at").await?;
    seen.look(page, "with the band of 64 runs and a pin beside it", Asked::All).await?;
    seen.none()
}

/// One step, and the modules.
async fn taken_apart(page: &Page) -> Result<()> {
    status_says(page, "Run status", "6,432 steps in").await?;
    let mut seen = Complaints::default();
    page.go_to("step&v=2&step=1000&stage=backward.3").await?;
    status_says(page, "Step", "Step 1,000").await?;
    seen.look(page, "with one step under the microscope", Asked::Uncovered).await?;
    page.press("Drop it").await?;
    status_says(page, "What if", "apart").await?;
    page.press("WebAssembly").await?;
    seen.look(page, "with a step made otherwise and generated code", Asked::Uncovered).await?;
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
        seen.look(page, state, Asked::Uncovered).await?;
    }
    seen.none()
}

/// The map, the lessons and the tab Code.
async fn further_tabs(page: &Page) -> Result<()> {
    status_says(page, "Run status", "6,432 steps in").await?;
    let mut seen = Complaints::default();
    page.go_to("map&v=2").await?;
    status_says(page, "Map status", "4,096 runs in").await?;
    page.script(UNFOLD, vec![]).await?;
    seen.look(page, "with the map and its table", Asked::Uncovered).await?;
    page.go_to("map&v=2&present=1").await?;
    status_says(page, "Map status", "4,096 runs in").await?;
    seen.look(page, "with the map in presentation", Asked::Uncovered).await?;
    page.go_to("lessons&v=2").await?;
    page.says("region", "Lessons", "Keys are values").await?;
    seen.look(page, "with the list of lessons", Asked::Uncovered).await?;
    page.go_to("lessons&v=2&lesson=divergence&scene=2").await?;
    page.says("article", "Lesson", "what happens at rate").await?;
    seen.look(page, "with a question", Asked::Uncovered).await?;
    page.press("It circles at the same distance for ever.").await?;
    page.says("region", "What the run says", "It moves away").await?;
    seen.look(page, "with an answer", Asked::Uncovered).await?;
    page.go_to("lessons&v=2&lesson=loop").await?;
    page.by_role("slider", "Your sketch").await?;
    seen.look(page, "with a curve to sketch", Asked::Uncovered).await?;
    page.go_to("lessons&v=2&lesson=divergence&scene=4&present=1").await?;
    page.says("article", "Lesson", "Find the border").await?;
    seen.look(page, "with a lesson in presentation", Asked::Uncovered).await?;
    page.go_to("lessons&v=2&desk=make").await?;
    page.by_role("textbox", "Title").await?;
    seen.look(page, "with an assignment to make", Asked::Uncovered).await?;
    page.go_to("lessons&v=2&desk=check").await?;
    page.by_role("button", "Read").await?;
    seen.look(page, "with hand-ins to check", Asked::Uncovered).await?;
    page.go_to("code&v=2").await?;
    status_says(page, "Program status", "Ran in").await?;
    seen.look(page, "with a program that has run", Asked::All).await?;
    seen.none()
}

/// In the light theme on a laptop and in the dark one on a phone, and in the other browser the other way round.
///
/// Firefox's window stays as wide as it can be made narrow, which is narrow enough for the phone's layout.
fn in_light_and_dark(browser: Browser, states: impl AsyncFn(&Page) -> Result<()>) -> Result<()> {
    let (laptop, is_first) = (Options::new(browser), browser == Browser::Chromium);
    let phone = Options { width: 390, height: 844, ..laptop };
    with_page(Options { dark: !is_first, ..laptop }, &states)?;
    with_page(Options { dark: is_first, ..phone }, &states)
}

fn the_lab(browser: Browser) -> Result<()> {
    in_light_and_dark(browser, lab)
}

fn one_step_and_modules(browser: Browser) -> Result<()> {
    in_light_and_dark(browser, taken_apart)
}

fn map_lessons_and_code(browser: Browser) -> Result<()> {
    in_light_and_dark(browser, further_tabs)
}

thetahat_e2e::for_both_browsers!(thetahat_e2e::directly; the_lab, one_step_and_modules, map_lessons_and_code);
