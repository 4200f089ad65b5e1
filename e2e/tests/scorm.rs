//! The page on a learning platform: a package is made and unpacked, and a page of our own that implements the platform's side of SCORM 1.2, strictly, opens it in a
//! frame within a frame, closes it, and opens it again.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use thetahat_e2e::{Browser, Options, Page, for_both_browsers, repository, with_page_in};
use thetahat_pack::{scorm, whole};
use zip::ZipArchive;

/// The platform: it keeps what it is told from visit to visit, and refuses whatever the standard does not allow. While `is_broken` it refuses everything.
const PLATFORM: &str = r#"<!doctype html><html lang=en><meta charset=utf-8><title>platform</title><link rel=icon href="data:,">
<body style="margin: 0"><iframe id=course title=course style="border: 0; width: 1280px; height: 780px"></iframe>
<script>
    kept = { "cmi.core.student_name": "Doe, Jane", "cmi.core.student_id": "k-531 2004", "cmi.core.lesson_status": "not attempted",
        "cmi.suspend_data": "", "cmi.core.lesson_location": "" };
    [state, error, commits, is_broken] = ["closed", "0", 0, false];
    const says = (code, answer) => (error = code, answer);
    const points = value => /^\d+(\.\d+)?$/.test(value) && Number(value) <= 100;
    const allowed = {
        "cmi.suspend_data": value => value.length <= 4096,
        "cmi.core.lesson_location": value => value.length <= 255,
        "cmi.core.lesson_status": value => ["passed", "completed", "failed", "incomplete", "browsed"].includes(value),
        "cmi.core.score.raw": points, "cmi.core.score.min": points, "cmi.core.score.max": points,
        "cmi.core.exit": value => ["time-out", "suspend", "logout", ""].includes(value),
        "cmi.core.session_time": value => /^\d{2,4}:\d\d:\d\d(\.\d{1,2})?$/.test(value),
    };
    API = {
        LMSInitialize: text => state === "open" || text !== "" ? says("101", "false") : (state = "open", says("0", "true")),
        LMSGetValue: name => state !== "open" ? says("301", "") : name in kept ? says("0", kept[name]) : says("401", ""),
        LMSSetValue: (name, value) => {
            if (state !== "open" || is_broken) return says(is_broken ? "101" : "301", "false");
            if (!(name in allowed)) return says("403", "false");
            if (typeof value !== "string" || !allowed[name](value)) return says("405", "false");
            kept[name] = value;
            return says("0", "true");
        },
        LMSCommit: text => state !== "open" || text !== "" || is_broken ? says("101", "false") : (commits += 1, says("0", "true")),
        LMSFinish: text => state !== "open" || text !== "" ? says("301", "false") : (state = "finished", says("0", "true")),
        LMSGetLastError: () => error,
        LMSGetErrorString: code => code === "101" ? "General exception" : "",
        LMSGetDiagnostic: () => "",
    };
</script>"#;

/// What the platform puts around what it opens.
const FRAME: &str = r#"<!doctype html><html lang=en><meta charset=utf-8><title>frame</title><link rel=icon href="data:,">
<body style="margin: 0"><iframe title=content style="border: 0; width: 1280px; height: 770px"></iframe>
<script>document.querySelector("iframe").src = `${location.hash.slice(1)}/index.html`</script>"#;

/// Makes a package, with the assignment of a link, and unpacks it into a folder.
fn unpack(to: &Path, task: Option<&str>) -> Result<()> {
    let package = scorm(&whole(&repository().join("dist")).context("no page: run `cargo xtask build`")?, task)?;
    let mut zip = ZipArchive::new(Cursor::new(package))?;
    for place in 0..zip.len() {
        let mut file = zip.by_index(place)?;
        let path = to.join(file.enclosed_name().context("a path that leaves the package")?);
        fs::create_dir_all(path.parent().context("no folder")?)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        fs::write(path, bytes)?;
    }
    ensure!(to.join("imsmanifest.xml").is_file(), "the package has no manifest");
    Ok(())
}

/// A platform with the unpacked page in a folder.
fn on_a_platform(browser: Browser, body: impl AsyncFnOnce(&Page, &Path) -> Result<()>) -> Result<()> {
    let folder = tempfile::Builder::new().prefix("thetahat-e2e-").tempdir()?;
    fs::write(folder.path().join("index.html"), PLATFORM)?;
    fs::write(folder.path().join("frame.html"), FRAME)?;
    unpack(&folder.path().join("lessons"), None)?;
    with_page_in(folder.path(), Options::new(browser), async |page| body(page, folder.path()).await)
}

/// Has the platform open a package, and goes into it.
async fn open(page: &Page, package: &str) -> Result<()> {
    page.script("course.src = `frame.html#${arguments[0]}`", vec![package.into()]).await?;
    page.wait_for("a package in its frame", async || {
        let inner = page.script(
            "return course.contentDocument?.querySelector('iframe')?.contentDocument?.body?.innerText?.length ?? 0",
            vec![],
        );
        ensure!(inner.await?.as_u64() > Some(0), "the frame is empty");
        Ok(())
    })
    .await?;
    page.enter_frame().await?;
    page.enter_frame().await
}

/// Goes out of the package and has the platform close it.
async fn close(page: &Page) -> Result<()> {
    page.leave_frames().await?;
    page.script("course.src = 'about:blank'", vec![]).await?;
    page.wait_for("the end of the visit", async || {
        let state = page.script("return state", vec![]).await?;
        ensure!(state == "finished", "the visit is {state}");
        Ok(())
    })
    .await
}

/// What the platform has for an element, asked from outside of the package.
async fn kept(page: &Page, element: &str) -> Result<String> {
    let value = page.script("return kept[arguments[0]] ?? null", vec![element.into()]).await?;
    value.as_str().map(str::to_owned).with_context(|| format!("the platform was not told {element}"))
}

async fn recorded(page: &Page, part: &str) -> Result<()> {
    page.says("status", "Recorded", part).await
}

/// Does something outside of the package.
async fn outside(page: &Page, script: &str) -> Result<Value> {
    page.leave_frames().await?;
    let said = page.script(script, vec![]).await?;
    page.enter_frame().await?;
    page.enter_frame().await?;
    Ok(said)
}

fn a_lesson_goes_on_where_it_was(browser: Browser) -> Result<()> {
    on_a_platform(browser, async |page, _| {
        open(page, "lessons").await?;
        recorded(page, "Recorded by your learning platform: 0 of").await?;
        page.says("region", "Learning platform", "What the platform is told").await?;
        page.go_to("lessons&v=2&lesson=batches").await?;
        page.enter("spinbutton", "Steps", "32").await?;
        page.press("Commit").await?;
        recorded(page, "questions answered, 1 of them right").await?;
        // a platform that refuses everything loses nothing
        outside(page, "window.is_broken = true").await?;
        page.press("Next").await?;
        page.press("Not sure yet").await?;
        recorded(page, " 2 of").await?;
        page.wait_for("a sentence on the platform", async || {
            let text = page.all_text().await?;
            ensure!(text.contains("did not accept") && text.contains("error 101: General exception"), "it says {text}");
            Ok(())
        })
        .await?;
        outside(page, "window.is_broken = false").await?;
        page.press("Next").await?;
        page.wait_for("no trouble any more", async || {
            ensure!(!page.all_text().await?.contains("did not accept"), "the trouble stays");
            Ok(())
        })
        .await?;
        close(page).await?;
        ensure!(kept(page, "cmi.core.lesson_status").await? == "incomplete", "three lessons' worth is not all");
        let score: f64 = kept(page, "cmi.core.score.raw").await?.parse()?;
        ensure!(score > 0.0 && score < 20.0, "one right answer is {score} points");
        ensure!(kept(page, "cmi.core.lesson_location").await? == "batches", "it is not known where one was");
        ensure!(kept(page, "cmi.core.exit").await? == "suspend", "it would begin anew");
        ensure!(kept(page, "cmi.core.session_time").await?.starts_with("0000:0"), "the visit took no time");
        let suspended = kept(page, "cmi.suspend_data").await?;
        ensure!((20..=4096).contains(&suspended.len()), "kept are {} characters", suspended.len());
        // at another machine: this browser has kept nothing
        let keys = "return Object.keys(localStorage).filter(name => /lessons|task|platform/.test(name)).join()";
        let keys = page.script(keys, vec![]).await?;
        ensure!(keys == "", "this browser keeps {keys}");
        open(page, "lessons").await?;
        page.says("article", "Lesson", "BATCHES").await?;
        recorded(page, " 2 of").await?;
        recorded(page, "1 of them right").await?;
        page.fragment_has("scene=3").await?;
        page.press("Back").await?;
        page.press("Back").await?;
        page.says("region", "What the run says", "Within what counts as right.").await?;
        close(page).await
    })
}

fn an_assignment_is_done_under_the_platforms_name(browser: Browser) -> Result<()> {
    on_a_platform(browser, async |page, folder| {
        open(page, "lessons").await?;
        recorded(page, "0 of").await?;
        page.press("Make a hand-in").await?;
        page.enter("textbox", "Title", "Week 3").await?;
        page.tick("Batches How many steps an epoch has, and what becomes of the rows that are left.").await?;
        page.press("Make the link").await?;
        let link = page
            .wait_for("a link", async || {
                let link = page.value("textbox", "Link to the assignment").await?;
                ensure!(link.contains("task="), "the link is `{link}`");
                Ok(link)
            })
            .await?;
        close(page).await?;
        unpack(&folder.join("assigned"), Some(&link))?;
        open(page, "assigned").await?;
        page.says("region", "Assignment", "Doe, Jane, K5312004").await?;
        recorded(page, "0 of 3 questions answered").await?;
        let text = page.all_text().await?;
        ensure!(!text.contains("This is not me") && !text.contains("nothing is sent"), "it says {text}");
        let task = page.fragment().await?;
        page.go_to(&format!("{task}&lesson=batches")).await?;
        page.enter("spinbutton", "Steps", "31").await?;
        page.press("Commit").await?;
        recorded(page, "1 of 3 questions answered, 0 of them right").await?;
        page.press("Next").await?;
        page.press("Not sure yet").await?;
        page.press("Next").await?;
        page.enter("spinbutton", "Batch size", "20").await?;
        recorded(page, "3 of 3 questions answered, 1 of them right: 33 of 100 points.").await?;
        // what belongs to something else is not recorded
        page.press("All lessons").await?;
        page.press("Leave the assignment").await?;
        recorded(page, "not what your learning platform has opened").await?;
        page.go_to(&task).await?;
        recorded(page, "3 of 3 questions answered").await?;
        close(page).await?;
        ensure!(kept(page, "cmi.core.lesson_status").await? == "completed", "all is answered");
        ensure!(kept(page, "cmi.core.score.raw").await? == "33", "one of three is right");
        // the same under no platform at all
        let address = page.script("return new URL('assigned/index.html', location.href).href", vec![]).await?;
        page.open(address.as_str().context("no address")?).await?;
        page.says("region", "Assignment", "Your student number").await?;
        page.says("region", "Learning platform", "No learning platform was found").await
    })
}

for_both_browsers!(
    thetahat_e2e::directly;
    a_lesson_goes_on_where_it_was,
    an_assignment_is_done_under_the_platforms_name,
);
