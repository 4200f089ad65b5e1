//! One step under the microscope in its release build: stages, graph, programs; by the names that a screen reader says.

use anyhow::{Result, ensure};
use thetahat_e2e::{Key, Page, for_both_browsers};

async fn says(page: &Page, role: &str, name: &str, part: &str) -> Result<()> {
    page.wait_for(&format!("`{part}` in `{name}`"), async || {
        let text = page.text(role, name).await?;
        ensure!(text.contains(part), "`{name}` says `{text}`");
        Ok(())
    })
    .await
}

async fn fragment_has(page: &Page, part: &str) -> Result<()> {
    page.wait_for(&format!("`{part}` in the address"), async || {
        let fragment = page.fragment().await?;
        ensure!(fragment.contains(part), "the address ends with `{fragment}`");
        Ok(())
    })
    .await
}

async fn open(page: &Page, fragment: &str, step: &str) -> Result<()> {
    says(page, "status", "Run status", "6,432 steps in").await?;
    page.go_to(fragment).await?;
    says(page, "status", "Step", step).await
}

async fn arrow_keys_go_through_the_stages(page: &Page) -> Result<()> {
    open(page, "step&v=2&step=1000", "Step 1,000: epoch 31, batch 8 of 32").await?;
    says(page, "region", "Stage", "Split the key").await?;
    says(page, "img", "Program graph", "not computed yet").await?;
    page.keys("button", "Next stage", Key::Right, 3).await?;
    says(page, "region", "Stage", "Predict the targets").await?;
    says(page, "region", "Stage", "dot_general").await?;
    fragment_has(page, "stage=predict").await?;
    page.keys("button", "Next stage", Key::Right, 5).await?;
    says(page, "region", "Stage", "Back through integer_pow to residuals").await?;
    says(page, "region", "Value", "Measured, too").await?;
    fragment_has(page, "stage=backward.3").await?;
    page.keys("button", "Next stage", Key::Left, 1).await?;
    fragment_has(page, "stage=backward.2").await?;
    page.keys("button", "Next stage", Key::End, 1).await?;
    says(page, "region", "Stage", "Apply the update").await?;
    let graph = page.text("img", "Program graph").await?;
    ensure!(!graph.contains("not computed yet"), "at the end the graph says {graph}");
    // the step after it
    page.press("Next stage").await?;
    says(page, "status", "Step", "Step 1,001").await?;
    says(page, "region", "Stage", "Split the key").await?;
    page.press("Stage back").await?;
    says(page, "status", "Step", "Step 1,000:").await?;
    says(page, "region", "Stage", "Apply the update").await?;
    page.keys("button", "Next stage", Key::Home, 1).await?;
    says(page, "region", "Stage", "Split the key").await
}

async fn playing_goes_through_the_stages(page: &Page) -> Result<()> {
    open(page, "step&v=2&step=5", "Step 5: epoch 0, batch 5 of 32").await?;
    page.press("Play").await?;
    says(page, "region", "Stage", "Take batch 5 of 32").await?;
    says(page, "region", "Stage", "Predict the targets").await?;
    page.press("Pause").await
}

async fn boxes_are_walked_by_arrow_keys(page: &Page) -> Result<()> {
    open(page, "step&v=2&step=1000&stage=apply", "Step 1,000").await?;
    says(page, "img", "Program graph", "loss").await?;
    page.keys("img", "Program graph", Key::Right, 3).await?;
    says(page, "region", "Value", "residuals").await?;
    page.keys("img", "Program graph", Key::Right, 1).await?;
    says(page, "region", "Value", "squares").await?;
    says(page, "region", "Value", "_integer_pow_jvp").await?;
    page.keys("img", "Program graph", Key::Left, 2).await?;
    says(page, "region", "Value", "predictions").await?;
    says(page, "region", "Value", "Move predictions[").await
}

async fn another_program_and_its_texts(page: &Page) -> Result<()> {
    open(page, "step&v=2&step=1000&of=module", "Step 1,000").await?;
    page.press("Whole step").await?;
    says(page, "group", "Program: make_step", "lambda").await?;
    page.press("vmap").await?;
    says(page, "group", "Program: vmap of one row", "dot_general").await?;
    fragment_has(page, "of=module").await?;
    page.press("raw").await?;
    fragment_has(page, "of=raw").await?;
    page.press("3. contract").await?;
    says(page, "group", "Program: after", "fma").await
}

async fn a_step_made_otherwise_changes_the_rest(page: &Page) -> Result<()> {
    open(page, "step&v=2&step=1000", "Step 1,000").await?;
    says(page, "status", "What if", "Nothing is changed").await?;
    page.press("Drop it").await?;
    says(page, "status", "What if", "Step 1,000 is dropped").await?;
    says(page, "status", "What if", "the two courses are 9.528e-4 apart").await?;
    fragment_has(page, "whatif=raw,1000,dropped").await?;
    page.press("Another batch").await?;
    says(page, "status", "What if", "θ is the same again, to the last bit").await?;
    // the Lab has the changed run in its charts, and undoes it
    page.type_key('1').await?;
    page.press("Undo the changed step").await?;
    page.wait_for("an address without the change", async || {
        let fragment = page.fragment().await?;
        ensure!(!fragment.contains("whatif"), "the address ends with `{fragment}`");
        Ok(())
    })
    .await
}

async fn keys_are_a_tree(page: &Page) -> Result<()> {
    open(page, "step&v=2&step=1000", "Step 1,000").await?;
    says(page, "region", "Tree of keys", "PRNGKey(42)").await?;
    says(page, "region", "Tree of keys", "the order of epoch 31").await?;
    says(page, "region", "One key used twice", "consumed by normal and by normal").await?;
    // in the lecture's module program, two seeds are the same key
    page.go_to("step&v=2&show=module&start=lecture&step=40").await?;
    says(page, "region", "Tree of keys", "used more than once").await
}

async fn a_new_rate_traces_nothing(page: &Page) -> Result<()> {
    open(page, "step&v=2&step=1000", "Step 1,000").await?;
    says(page, "region", "Compiled steps", "f32[16,2]").await?;
    says(page, "region", "Compiled steps", "f32[4,2]").await?;
    says(page, "status", "Traced", "Change a setting").await?;
    page.press("Learning rate: more").await?;
    says(page, "status", "Traced", "nothing was traced: the rate is an input").await?;
    page.press("Batch size: more").await?;
    says(page, "status", "Traced", "traced and compiled").await
}

async fn generated_code_has_a_text(page: &Page) -> Result<()> {
    open(page, "step&v=2&step=1000", "Step 1,000").await?;
    page.press("Linearised, transposed").await?;
    says(page, "group", "Program: backward", "dot_general").await?;
    page.press("Planned").await?;
    says(page, "group", "Program: words of each result", "words of memory").await?;
    page.press("WebAssembly").await?;
    says(page, "group", "Program: module", "(export \"scan\" (func").await
}

async fn a_frame_shows_the_step_alone(page: &Page) -> Result<()> {
    page.go_to("embed=step&v=2&step=1000&stage=backward.3").await?;
    says(page, "status", "Step", "Step 1,000").await?;
    says(page, "region", "Stage", "Back through integer_pow to residuals").await
}

for_both_browsers!(
    thetahat_e2e::on_the_page;
    a_step_made_otherwise_changes_the_rest,
    keys_are_a_tree,
    a_new_rate_traces_nothing,
    generated_code_has_a_text,
    a_frame_shows_the_step_alone,
    arrow_keys_go_through_the_stages,
    playing_goes_through_the_stages,
    boxes_are_walked_by_arrow_keys,
    another_program_and_its_texts,
);
