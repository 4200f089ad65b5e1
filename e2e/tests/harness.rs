//! The harness itself: what it must notice, on pages made to be noticed.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use thetahat_e2e::{Asked, Browser, Options, Page, with_page_in};

/// A folder with a page of its own, gone when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn with(name: &str, body: &str) -> Result<Self> {
        let folder = Self(std::env::temp_dir().join(format!("thetahat-e2e-{}-{name}", std::process::id())));
        fs::create_dir_all(&folder.0)?;
        let head = "<!doctype html><html lang=en><meta charset=utf-8><title>A page</title><link rel=icon href=data:,>";
        fs::write(folder.0.join("index.html"), format!("{head}<body>{body}</body></html>"))?;
        Ok(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder that stays behind in the system's temporary folder does no harm.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Opens a page with this body, and gives what the harness complains of.
fn complaint(browser: Browser, name: &str, html: &str, body: impl AsyncFnOnce(&Page) -> Result<()>) -> Result<String> {
    let folder = Folder::with(&format!("{browser:?}-{name}"), html)?;
    let result = with_page_in(&folder.0, Options::new(browser), body);
    let error = result.err().with_context(|| format!("nothing was noticed of {html}"))?;
    Ok(format!("{error:#}"))
}

fn violations_of_accessibility_are_noticed(browser: Browser) -> Result<()> {
    let html = "<main><h1>A page</h1>
        <p style='color: #bbb; background: #fff'>Pale</p>
        <button aria-label='Take it'>Give it</button>
        <button style='all: unset; width: 9px; height: 9px' aria-label=Left></button
        ><button style='all: unset; width: 9px; height: 9px' aria-label=Right></button></main>";
    let folder = Folder::with(&format!("{browser:?}-axe"), html)?;
    with_page_in(&folder.0, Options::new(browser), async |page| {
        let covered = page.violations(Asked::All).await?;
        for (rule, part) in [("color-contrast", "Pale"), ("label-content-name-mismatch", "Take it")] {
            let named = |line: &&String| line.starts_with(rule) && line.contains(part);
            ensure!(covered.iter().filter(named).count() == 1, "{rule} does not name {part}: {covered:#?}");
        }
        ensure!(covered.len() == 2, "there are two violations, but it says {covered:#?}");
        let uncovered = page.violations(Asked::Uncovered).await?;
        let small = uncovered.iter().filter(|line| line.starts_with("target-size"));
        ensure!(small.count() == 2 && uncovered.len() == 4, "two buttons are small, but it says {uncovered:#?}");
        Ok(())
    })
}

fn a_warning_is_noticed(browser: Browser) -> Result<()> {
    let html = "<script>console.warn('planted'); document.title = 'done'</script>";
    let said = complaint(browser, "warning", html, until_done)?;
    ensure!(said.contains("warnings in the console") && said.contains("planted"), "{said}");
    Ok(())
}

/// A worker that runs this code and says when it is done.
fn worker(code: &str) -> String {
    format!(
        "<script>
        const code = `{code}; setTimeout(() => postMessage('done'))`;
        const worker = new Worker(URL.createObjectURL(new Blob([code])));
        worker.onmessage = () => document.title = 'done';
        </script>"
    )
}

fn an_error_that_a_worker_logs_is_noticed(browser: Browser) -> Result<()> {
    let said = complaint(browser, "worker-logs", &worker("console.error('planted')"), until_done)?;
    ensure!(said.contains("errors or warnings in the console") && said.contains("planted"), "{said}");
    Ok(())
}

fn an_uncaught_error_in_a_worker_is_noticed(browser: Browser) -> Result<()> {
    let html = worker("setTimeout(() => { throw new Error('planted') })");
    let said = complaint(browser, "worker-throws", &html, until_done)?;
    ensure!(said.contains("errors or warnings in the console") && said.contains("planted"), "{said}");
    Ok(())
}

async fn until_done(page: &Page) -> Result<()> {
    page.wait_for("the page to be done", async || {
        let done = page.script("return document.title === 'done'", vec![]).await?;
        ensure!(done == true, "the title is not `done`");
        Ok(())
    })
    .await
}

fn an_uncaught_error_is_noticed(browser: Browser) -> Result<()> {
    let html = "<script>setTimeout(() => { document.title = 'done'; throw new Error('planted') })</script>";
    let said = complaint(browser, "uncaught", html, until_done)?;
    ensure!(said.contains("errors or warnings in the console") && said.contains("planted"), "{said}");
    Ok(())
}

fn a_logged_error_is_noticed(browser: Browser) -> Result<()> {
    let html = "<script>console.error('planted'); document.title = 'done'</script>";
    let said = complaint(browser, "logged", html, until_done)?;
    ensure!(said.contains("errors or warnings in the console") && said.contains("planted"), "{said}");
    Ok(())
}

fn a_missing_file_is_noticed(browser: Browser) -> Result<()> {
    let html = "<script>fetch('planted.json').finally(() => document.title = 'done')</script>";
    let said = complaint(browser, "missing", html, until_done)?;
    ensure!(said.contains("planted.json"), "{said}");
    Ok(())
}

fn a_request_to_another_host_is_noticed_and_fails(browser: Browser) -> Result<()> {
    let html = "<script>fetch('http://planted.example/', { mode: 'no-cors' }).catch(() => {})
                .finally(() => document.title = 'done')</script>";
    let said = complaint(browser, "stranger", html, until_done)?;
    ensure!(said.contains("planted.example"), "{said}");
    Ok(())
}

fn a_request_of_a_worker_to_another_host_is_noticed(browser: Browser) -> Result<()> {
    let html = "<script>
        const code = `fetch('http://planted.example/').catch(() => {}).finally(() => postMessage('done'))`;
        const worker = new Worker(URL.createObjectURL(new Blob([code])));
        worker.onmessage = () => document.title = 'done';
        </script>";
    let said = complaint(browser, "worker", html, until_done)?;
    ensure!(said.contains("planted.example"), "{said}");
    Ok(())
}

fn a_name_that_is_not_there_is_reported_with_those_that_are(browser: Browser) -> Result<()> {
    let html = "<button aria-label='Here'>x</button>";
    let said = complaint(browser, "name", html, async |page| {
        page.wait_at_most(Duration::from_secs(2));
        page.press("There").await
    })?;
    ensure!(said.contains("There") && said.contains("Here"), "{said}");
    Ok(())
}

fn a_panic_is_reported(browser: Browser) -> Result<()> {
    let said = complaint(browser, "panic", "", async |_| panic!("planted"))?;
    ensure!(said.contains("panicked"), "{said}");
    Ok(())
}

fn what_is_there_is_found_and_used(browser: Browser) -> Result<()> {
    let html = "<h1 id=name>Rate</h1><input type=range aria-labelledby=name min=0 max=10 value=5>
        <label>Rate <input type=number min=0 max=10 value=5 aria-errormessage=why></label><p id=why></p>
        <figure role=img aria-label=Curve><canvas width=20 height=20></canvas></figure>
        <script>
            document.querySelector('input[type=number]').addEventListener('change', event => {
                const wrong = !event.target.validity.valid || event.target.value === '';
                event.target.setAttribute('aria-invalid', wrong);
                document.querySelector('#why').textContent = wrong ? 'From 0 to 10.' : '';
            });
        </script>";
    let folder = Folder::with(&format!("{browser:?}-use"), html)?;
    with_page_in(&folder.0, Options::new(browser), async |page| {
        page.keys("slider", "Rate", thetahat_e2e::Key::Right, 2).await?;
        ensure!(page.position("Rate").await? == 7.0, "keys move the slider");
        let slider = page.by_role("slider", "Rate").await?;
        page.drag(&slider, 0.7, 0.05).await?;
        ensure!(page.position("Rate").await? < 2.0, "the pointer moves the slider");
        ensure!(page.complaint("spinbutton", "Rate").await.is_err(), "a good value has no complaint");
        page.enter("spinbutton", "Rate", "50").await?;
        ensure!(page.complaint("spinbutton", "Rate").await? == "From 0 to 10.", "a bad one has");
        page.enter("spinbutton", "Rate", "8").await?;
        let typed = page.value("spinbutton", "Rate").await?;
        ensure!(typed == "8", "typing replaces what was there, but it gave {typed}");
        let blank = page.drawing("Curve").await?;
        ensure!(blank.colours == 1, "an empty canvas has one colour");
        let paint = "document.querySelector('canvas').getContext('2d').fillRect(0, 0, 5, 5)";
        page.script(paint, vec![]).await?;
        let drawn = page.drawing("Curve").await?;
        ensure!(drawn.colours == 2 && drawn.digest != blank.digest, "a drawing is seen");
        Ok(())
    })
}

thetahat_e2e::for_both_browsers!(
    thetahat_e2e::directly;
    an_uncaught_error_is_noticed,
    a_logged_error_is_noticed,
    a_missing_file_is_noticed,
    a_request_to_another_host_is_noticed_and_fails,
    a_request_of_a_worker_to_another_host_is_noticed,
    a_name_that_is_not_there_is_reported_with_those_that_are,
    a_panic_is_reported,
    what_is_there_is_found_and_used,
    violations_of_accessibility_are_noticed,
    a_warning_is_noticed,
    an_error_that_a_worker_logs_is_noticed,
    an_uncaught_error_in_a_worker_is_noticed,
);
