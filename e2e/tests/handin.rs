//! Homework in its release build: an assignment is made, worked on by a student, handed in, and checked; what was tampered with is named.

use anyhow::{Context, Result, ensure};
use thetahat_e2e::{Page, for_both_browsers};

/// The fragment of a link in a field.
async fn link(page: &Page, name: &str) -> Result<String> {
    let link = page
        .wait_for("a link", async || {
            let link = page.value("textbox", name).await?;
            ensure!(link.contains('#'), "`{name}` holds `{link}`");
            Ok(link)
        })
        .await?;
    let (_, fragment) = link.split_once('#').context("no fragment")?;
    Ok(fragment.to_owned())
}

async fn choose(page: &Page, name: &str) -> Result<()> {
    Ok(page.by_role("checkbox", name).await?.click().await?)
}

/// A student who begins to work on the assignment that is open.
async fn begin(page: &Page, name: &str, number: &str) -> Result<()> {
    page.enter("textbox", "Your name", name).await?;
    page.enter("textbox", "Your student number", number).await?;
    page.press("Begin").await
}

/// A right answer in the lesson on batches.
async fn count_steps(page: &Page, task: &str) -> Result<()> {
    page.go_to(&format!("{task}&lesson=batches")).await?;
    page.enter("spinbutton", "Steps", "32").await?;
    page.press("Commit").await?;
    page.says("region", "What the run says", "Within what counts as right.").await
}

/// Leaves the lesson and hands in; returns the link's fragment.
async fn hand_in(page: &Page) -> Result<String> {
    page.press("All lessons").await?;
    page.press("Hand in").await?;
    link(page, "Your hand-in as a link").await
}

async fn homework_is_made_done_and_checked(page: &Page) -> Result<()> {
    page.says("status", "Run status", "steps in").await?;
    // the teacher
    page.go_to("lessons&v=2").await?;
    page.press("Make a hand-in").await?;
    page.enter("textbox", "Title", "Week 3").await?;
    page.press("Make the link").await?;
    page.says("alert", "Missing lessons", "at least one lesson").await?;
    choose(page, "Batches How many steps an epoch has, and what becomes of the rows that are left.").await?;
    choose(page, "Training on nothing A loop that runs, prints, and learns nothing.").await?;
    page.press("Make the link").await?;
    let task = link(page, "Link to the assignment").await?;
    // the student
    page.go_to(&task).await?;
    page.says("region", "Assignment", "Your student number").await?;
    let mut others = Vec::new();
    for (name, number) in [("Bob", "7"), ("Cem", "8"), ("Dora", "9"), ("Eve", "10")] {
        begin(page, name, number).await?;
        // nothing of whoever worked here before
        let shown = page.script("return document.querySelector('.deliver textarea').value", vec![]).await?;
        ensure!(shown == "", "{name} begins with the hand-in {shown}");
        count_steps(page, &task).await?;
        others.push(hand_in(page).await?);
        page.press("This is not me").await?;
    }
    // whoever comes next on this machine is asked, after a reload, too; and who comes back goes on
    page.wait_for("the assignment's own address", async || {
        let address = page.fragment().await?;
        ensure!(!address.contains("lesson="), "the address is {address}");
        Ok(())
    })
    .await?;
    page.script("location.reload()", vec![]).await?;
    page.says("region", "Assignment", "Your student number").await?;
    begin(page, "Bob", "7").await?;
    page.says("region", "Assignment", "at scene 1 of").await?;
    page.press("This is not me").await?;
    begin(page, "Ann", "531-2004").await?;
    page.says("region", "Assignment", "Ann, 5312004").await?;
    count_steps(page, &task).await?;
    page.go_to(&format!("{task}&lesson=nothing&scene=2")).await?;
    page.press("It has converged.").await?;
    page.says("region", "What the run says", "The run says something else.").await?;
    let handed = hand_in(page).await?;
    // the teacher again
    page.go_to(&handed).await?;
    page.says("status", "Judged", "One hand-in judged").await?;
    page.says("region", "Marks", "Ann").await?;
    page.says("region", "Marks", "1 of 6").await?;
    let middle = handed.len() - 40;
    let other = if handed.as_bytes()[middle] == b'A' { "B" } else { "A" };
    let changed = format!("{}{other}{}", &handed[..middle], &handed[middle + 1..]);
    page.enter("textbox", "Links, or a whole mail with links in it", &format!("{changed} and {handed}")).await?;
    page.press("Read").await?;
    page.says("list", "To be looked at", "It is damaged").await?;
    page.says("list", "To be looked at", "handed in twice").await?;
    page.says("status", "Judged", "One hand-in judged").await?;
    // more of them than there are workers
    page.enter("textbox", "Links, or a whole mail with links in it", &others.join(" ")).await?;
    page.press("Read").await?;
    page.says("status", "Judged", "5 hand-ins judged").await?;
    page.says("region", "Marks", "Eve").await?;
    // whoever is forgotten is asked again
    page.go_to(&task).await?;
    page.press("Forget me on this machine").await?;
    page.by_role("textbox", "Your name").await?;
    // a link to one of its lessons opens it as soon as it is known who works
    page.go_to(&format!("{task}&lesson=batches")).await?;
    begin(page, "Zoe", "11").await?;
    page.by_role("spinbutton", "Steps").await.map(drop)
}

async fn what_two_tabs_say_is_kept(page: &Page) -> Result<()> {
    page.go_to("lessons&v=2").await?;
    page.says("region", "Lessons", "Batches").await?;
    let here = page.script("return location.href", vec![]).await?;
    page.open_tab(here.as_str().context("no address")?).await?;
    count_steps(page, "lessons&v=2").await?;
    page.close_tab().await?;
    // this tab was there before
    page.go_to("lessons&v=2&lesson=nothing&scene=2").await?;
    page.press("It has converged.").await?;
    page.says("region", "What the run says", "The run says something else.").await?;
    page.go_to("lessons&v=2&lesson=batches").await?;
    page.says("region", "What the run says", "Within what counts as right.").await
}

for_both_browsers!(thetahat_e2e::on_the_page; homework_is_made_done_and_checked, what_two_tabs_say_is_kept);
