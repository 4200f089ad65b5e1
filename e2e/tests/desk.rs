//! The teacher's desk in its release build: hand-ins that are dropped and chosen as files, and the table that is saved.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use thetahat_e2e::{Page, for_both_browsers};

/// Where files are dropped.
const DESK: &str = "const data = new DataTransfer();
    for (const [name, text] of arguments[0]) data.items.add(new File([text], name, { type: 'text/plain' }));";

/// Drops files, each with its name and its text, as a person does with a pointer.
async fn drop_files(page: &Page, files: &[(&str, &str)]) -> Result<()> {
    let script = format!(
        "{DESK} const [over, drop] = ['dragover', 'drop'].map(name => new DragEvent(name, {{ dataTransfer: data, bubbles: true, cancelable: true }}));
        const desk = document.querySelector('.drop');
        desk.dispatchEvent(over);
        desk.dispatchEvent(drop);
        return over.defaultPrevented && drop.defaultPrevented;"
    );
    let taken = page.script(&script, vec![json!(files)]).await?;
    ensure!(taken == true, "the browser would open the files in the place of the page");
    Ok(())
}

/// Chooses files in the dialog that the browser shows for it.
async fn choose_files(page: &Page, files: &[(&str, &str)]) -> Result<()> {
    let script = format!(
        "{DESK} const input = document.querySelector('.drop input[type=file]');
        input.files = data.files;
        input.dispatchEvent(new Event('change', {{ bubbles: true }}));"
    );
    page.script(&script, vec![json!(files)]).await.map(drop)
}

/// A hand-in of a student who answered this in the lesson on batches.
async fn hand_in(page: &Page, task: &str, (name, number): (&str, &str), steps: &str) -> Result<String> {
    page.go_to(task).await?;
    page.enter("textbox", "Your name", name).await?;
    page.enter("textbox", "Your student number", number).await?;
    page.press("Begin").await?;
    page.go_to(&format!("{task}&lesson=batches")).await?;
    page.enter("spinbutton", "Steps", steps).await?;
    page.press("Commit").await?;
    page.press("All lessons").await?;
    page.press("Hand in").await?;
    page.press("Save as a file").await?;
    // its name has the assignment's mark and the number
    let text = page.downloaded_like(&format!("-{number}.txt")).await?;
    page.press("This is not me").await?;
    String::from_utf8(text).context("the hand-in is no text")
}

async fn files_are_dropped_and_chosen_and_the_table_saved(page: &Page) -> Result<()> {
    page.says("status", "Run status", "steps in").await?;
    page.go_to("lessons&v=2").await?;
    page.press("Make a hand-in").await?;
    page.enter("textbox", "Title", "Week 3").await?;
    page.tick("Batches How many steps an epoch has, and what becomes of the rows that are left.").await?;
    page.press("Make the link").await?;
    let task = page
        .wait_for("a link", async || {
            let link = page.value("textbox", "Link to the assignment").await?;
            link.split_once('#').map(|(_, fragment)| fragment.to_owned()).context("no link yet")
        })
        .await?;
    // a spreadsheet would compute this name
    let ann = hand_in(page, &task, ("=Ann, \"A\"", "1001"), "32").await?;
    let bob = hand_in(page, &task, ("Bob", "1002"), "31").await?;
    page.go_to("lessons&v=2").await?;
    page.press("Check hand-ins").await?;
    drop_files(page, &[("ann.txt", &ann), ("shopping.txt", "Milk, bread")]).await?;
    page.says("status", "Judged", "One hand-in judged").await?;
    page.says("list", "To be looked at", "shopping.txt There is no hand-in in it").await?;
    choose_files(page, &[("bob.txt", &bob)]).await?;
    page.says("status", "Judged", "2 hand-ins judged").await?;
    choose_files(page, &[("bob.txt", &bob)]).await?;
    page.says("list", "To be looked at", "bob.txt It was handed in twice").await?;
    page.says("status", "Judged", "2 hand-ins judged").await?;
    page.press("Save as CSV").await?;
    let table = page.downloaded_like(".csv").await?;
    let table = table.strip_prefix("\u{feff}".as_bytes()).context("spreadsheets take it for another alphabet")?;
    let mut reader = csv::ReaderBuilder::new().from_reader(table);
    let head = reader.headers()?.clone();
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>()?;
    ensure!(rows.len() == 4 && head.len() == 14, "{} rows of {} columns", rows.len(), head.len());
    let cell = |row: usize, name: &str| {
        let column = head.iter().position(|known| known == name);
        column.and_then(|column| rows[row].get(column)).unwrap_or_default()
    };
    let seen: Vec<_> = (0..4).map(|row| ["name", "right", "wrong"].map(|name| cell(row, name))).collect();
    ensure!(
        seen[..2] == [["'=Ann, \"A\"", "1", "0"], ["Bob", "0", "1"]]
            && seen[2][0] == "shopping.txt"
            && seen[3][0] == "bob.txt",
        "the table says {seen:?}"
    );
    ensure!(cell(3, "remark").contains("handed in twice"), "the table says {:?}", cell(3, "remark"));
    page.press("Clear the desk").await?;
    page.says("status", "Judged", "").await?;
    let text = page.all_text().await?;
    ensure!(!text.contains("shopping.txt"), "the desk is not clear");
    Ok(())
}

for_both_browsers!(thetahat_e2e::on_the_page; files_are_dropped_and_chosen_and_the_table_saved);
