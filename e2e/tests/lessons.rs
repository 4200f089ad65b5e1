//! Lessons in their release build: predicted right and wrong, by pointer and by keys, left and taken up again; by the names that a screen reader says.

use anyhow::{Result, ensure};
use thetahat_e2e::{Key, Page, for_both_browsers, for_webkit};

async fn open(page: &Page, fragment: &str, title: &str) -> Result<()> {
    page.says("status", "Run status", "steps in").await?;
    page.go_to(fragment).await?;
    page.says("article", "Lesson", title).await
}

async fn the_first_visit_offers_a_lesson_once(page: &Page) -> Result<()> {
    page.says("status", "Run status", "6,432 steps in").await?;
    page.press("New here? Take lesson 1.").await?;
    page.says("region", "Lessons", "Keys are values").await?;
    page.type_key('1').await?;
    page.says("status", "Run status", "6,432 steps in").await?;
    let text = page.all_text().await?;
    ensure!(!text.contains("New here?"), "the lesson is offered once more");
    Ok(())
}

async fn a_wrong_choice_has_its_experiment(page: &Page) -> Result<()> {
    open(page, "lessons&v=2&lesson=divergence", "TOO FAST").await?;
    page.press("Next").await?;
    page.says("article", "Lesson", "what happens at rate").await?;
    page.press("It circles at the same distance for ever.").await?;
    page.says("region", "What the run says", "The run says something else.").await?;
    page.says("region", "What the run says", "Nudge it up and down").await?;
    page.press("Set the Lab for this").await?;
    page.fragment_has("lr=0.9728").await?;
    page.says("region", "What the run says", "It moves away").await?;
    // the right one, where the learner is sure
    page.press("Next").await?;
    page.press("No: a single row can be far steeper than the average of all.").await?;
    page.says("region", "What the run says", "The run says the same.").await?;
    page.fragment_has("batch=1").await
}

async fn a_number_is_judged_by_what_shuffles_say(page: &Page) -> Result<()> {
    open(page, "lessons&v=2&lesson=divergence&scene=4", "Find the border").await?;
    page.enter("spinbutton", "Largest learning rate", "0.973").await?;
    page.press("Answer").await?;
    page.says("status", "Found out", "Outside of what counts as right.").await?;
    page.says("region", "Find out", "the border of the full batch").await?;
    page.enter("spinbutton", "Largest learning rate", "0.9").await?;
    page.keys("spinbutton", "Largest learning rate", Key::Enter, 1).await?;
    page.says("status", "Found out", "Within what counts as right.").await
}

async fn a_curve_is_sketched_by_keys(page: &Page) -> Result<()> {
    open(page, "lessons&v=2&lesson=loop", "THE LOOP").await?;
    page.says("article", "Lesson", "covered").await?;
    page.wait_for("a sketch to begin with", async || {
        let said = page.attribute("slider", "Your sketch", "aria-valuetext").await?;
        ensure!(said.contains("distance 2.3"), "the sketch says `{said}`");
        Ok(())
    })
    .await?;
    // what is covered is not told either
    let is_told = "return document.querySelector('.lesson-lab .figures').closest('[inert]') === null
                   && [...document.querySelectorAll('.in-words')].every(words => getComputedStyle(words).display !== 'none')";
    ensure!(page.script(is_told, vec![]).await? == false, "a screen reader tells what the charts show");
    page.keys("slider", "Your sketch", Key::Right, 1).await?;
    page.keys("slider", "Your sketch", Key::Down, 5).await?;
    page.keys("slider", "Your sketch", Key::Enter, 1).await?;
    page.says("region", "What the run says", "On average your curve is a factor of").await?;
    page.says("region", "What the run says", "straight line").await?;
    ensure!(page.script(is_told, vec![]).await? == true, "the charts stay covered for a screen reader");
    // what was said is there when one comes back
    page.press("All lessons").await?;
    page.says("region", "Lessons", "1 of").await
}

/// What an answer has the Lab show is not the learner's own find in the scene behind it.
async fn a_task_does_not_solve_itself(page: &Page) -> Result<()> {
    open(page, "lessons&v=2&lesson=simulate&scene=2", "SIMULATE").await?;
    page.press("The same: the noise σ has not changed.").await?;
    page.says("region", "What the run says", "The run says something else.").await?;
    page.fragment_has("n=1600").await?;
    page.press("Next").await?;
    page.says("status", "Found out", "Not near enough yet.").await
}

async fn the_lab_answers_a_task(page: &Page) -> Result<()> {
    open(page, "lessons&v=2&lesson=batches", "BATCHES").await?;
    page.enter("spinbutton", "Steps", "31").await?;
    page.press("Commit").await?;
    page.says("region", "What the run says", "this loader drops nothing").await?;
    page.press("Next").await?;
    page.press("Not sure yet").await?;
    page.says("region", "What the run says", "Not sure yet: here is what the run says.").await?;
    page.press("Next").await?;
    page.enter("spinbutton", "Batch size", "21").await?;
    page.says("status", "Found out", "another number of steps").await?;
    page.enter("spinbutton", "Batch size", "20").await?;
    page.says("status", "Found out", "Found.").await
}

async fn in_front_of_a_class_the_answer_waits_for_a_key(page: &Page) -> Result<()> {
    open(page, "lessons&v=2&lesson=nothing&scene=2&present=1", "Why is it flat?").await?;
    page.press("No step is taken.").await?;
    let text = page.all_text().await?;
    ensure!(!text.contains("The run says the same."), "the answer is shown at once");
    page.type_key('a').await?;
    page.says("region", "What the run says", "The run says the same.").await
}

for_both_browsers!(
    thetahat_e2e::on_the_page;
    the_first_visit_offers_a_lesson_once,
    a_wrong_choice_has_its_experiment,
    a_number_is_judged_by_what_shuffles_say,
    a_curve_is_sketched_by_keys,
    the_lab_answers_a_task,
    a_task_does_not_solve_itself,
    in_front_of_a_class_the_answer_waits_for_a_key,
);

for_webkit!(thetahat_e2e::on_the_page; a_curve_is_sketched_by_keys);
