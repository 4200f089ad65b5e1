//! The lecture's first training as a Python text: the same file in thetahat's Python, natively and in the tab Code, and in `CPython` with JAX itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use thetahat_bench::timing::median;
use thetahat_e2e::{Browser, Options, Page, with_page_in};

/// How often each of them runs it, in a new interpreter each time.
const RUNS: usize = 5;

/// What a run prints: how the training ends, and the milliseconds that it took.
struct Printed {
    end: String,
    milliseconds: f64,
}

impl Printed {
    fn read(text: &str) -> Result<Self> {
        let (end, milliseconds) = text.trim().split_once('\n').with_context(|| format!("it prints `{text}`"))?;
        Ok(Self { end: end.to_owned(), milliseconds: milliseconds.trim().parse()? })
    }
}

/// A sentence on the medians; `pythons` are thetahat's and `CPython`'s, `site` is the built page.
pub fn report(pythons: [&Path; 2], site: &Path) -> Result<String> {
    let script = thetahat_e2e::repository().join("bench").join("peers").join("typed.py");
    let [ours, theirs] = pythons.map(|python| {
        (0..RUNS).map(|_| in_process(python, &script)).collect::<Result<Vec<_>>>().context(python.display().to_string())
    });
    let (ours, theirs) = (ours?, theirs?);
    let page = in_page(site, &fs::read_to_string(&script)?)?;
    let end = &theirs.first().context("there is no run")?.end;
    let all = || ours.iter().chain(&page).chain(&theirs);
    ensure!(
        all().all(|run| run.end == *end),
        "they end differently: {:?}",
        all().map(|run| &run.end).collect::<Vec<_>>()
    );
    let time = |runs: &[Printed]| median(&runs.iter().map(|run| run.milliseconds).collect::<Vec<_>>());
    let (ours, page, theirs) = (time(&ours), time(&page), time(&theirs));
    Ok(format!(
        "The lecture's first training as a Python text, 6,432 calls of a jitted step: {ours:.0} ms in thetahat's Python natively, {page:.0} ms in the tab Code, \
         {theirs:.0} ms in CPython with JAX ({:.0} and {:.0} times as long). All print the same. Medians of {RUNS} runs, each in a new interpreter.\n",
        theirs / ours,
        theirs / page
    ))
}

fn in_process(python: &Path, script: &PathBuf) -> Result<Printed> {
    let output = Command::new(python).arg(script).env("JAX_PLATFORMS", "cpu").output().context("it does not start")?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{}", errors.lines().last().unwrap_or("it does not say what went wrong"));
    Printed::read(&String::from_utf8_lossy(&output.stdout))
}

fn in_page(site: &Path, program: &str) -> Result<Vec<Printed>> {
    let mut runs = Vec::new();
    with_page_in(site, Options::new(Browser::Chromium), async |page| {
        page.go_to("code&v=2").await?;
        page.says("status", "Program status", "Ran in").await?;
        let field = serde_json::to_value(page.by_role("textbox", "Program").await?)?;
        let paste = "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input'))";
        for run in 0..RUNS {
            // another text each time, so that what is read is this run's
            let text = format!("{program}# {run}\n");
            page.script(paste, vec![field.clone(), text.into()]).await?;
            page.press("Run").await?;
            page.says("status", "Program status", "Ran in").await?;
            runs.push(Printed::read(&printed(page).await?)?);
        }
        Ok(())
    })?;
    Ok(runs)
}

async fn printed(page: &Page) -> Result<String> {
    let log = serde_json::to_value(page.by_role("log", "Output").await?)?;
    let text = page.script("return arguments[0].textContent", vec![log]).await?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}
