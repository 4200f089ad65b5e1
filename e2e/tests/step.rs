//! One step under the microscope in its release build: stages, graph, programs; by the names that a screen reader says.

use anyhow::{Result, ensure};
use thetahat_e2e::{Key, Page, for_both_browsers, for_webkit};

async fn open(page: &Page, fragment: &str, step: &str) -> Result<()> {
    page.says("status", "Run status", "6,432 steps in").await?;
    page.go_to(fragment).await?;
    page.says("status", "Step", step).await
}

async fn arrow_keys_go_through_the_stages(page: &Page) -> Result<()> {
    open(page, "step&v=2&step=1000", "Step 1,000: epoch 31, batch 8 of 32").await?;
    page.says("region", "Stage", "Split the key").await?;
    page.says("img", "Program graph", "not computed yet").await?;
    page.keys("button", "Next stage", Key::Right, 3).await?;
    page.says("region", "Stage", "Predict the targets").await?;
    page.says("region", "Stage", "dot_general").await?;
    page.fragment_has("stage=predict").await?;
    page.keys("button", "Next stage", Key::Right, 5).await?;
    page.says("region", "Stage", "Back through integer_pow to residuals").await?;
    page.says("region", "Value", "Measured, too").await?;
    page.fragment_has("stage=backward.3").await?;
    page.keys("button", "Next stage", Key::Left, 1).await?;
    page.fragment_has("stage=backward.2").await?;
    page.keys("button", "Next stage", Key::End, 1).await?;
    page.says("region", "Stage", "Apply the update").await?;
    let graph = page.text("img", "Program graph").await?;
    ensure!(!graph.contains("not computed yet"), "at the end the graph says {graph}");
    // the step after it
    page.press("Next stage").await?;
    page.says("status", "Step", "Step 1,001").await?;
    page.says("region", "Stage", "Split the key").await?;
    page.press("Stage back").await?;
    page.says("status", "Step", "Step 1,000:").await?;
    page.says("region", "Stage", "Apply the update").await?;
    page.keys("button", "Next stage", Key::Home, 1).await?;
    page.says("region", "Stage", "Split the key").await
}

async fn playing_goes_through_the_stages(page: &Page) -> Result<()> {
    open(page, "step&v=2&step=5", "Step 5: epoch 0, batch 5 of 32").await?;
    page.press("Play").await?;
    page.says("region", "Stage", "Take batch 5 of 32").await?;
    page.says("region", "Stage", "Predict the targets").await?;
    page.press("Pause").await
}

async fn boxes_are_walked_by_arrow_keys(page: &Page) -> Result<()> {
    open(page, "step&v=2&step=1000&stage=apply", "Step 1,000").await?;
    page.says("img", "Program graph", "loss").await?;
    page.keys("img", "Program graph", Key::Right, 3).await?;
    page.says("region", "Value", "residuals").await?;
    page.keys("img", "Program graph", Key::Right, 1).await?;
    page.says("region", "Value", "squares").await?;
    page.says("region", "Value", "_integer_pow_jvp").await?;
    page.keys("img", "Program graph", Key::Left, 2).await?;
    page.says("region", "Value", "predictions").await?;
    page.says("region", "Value", "Move predictions[").await
}

async fn another_program_and_its_texts(page: &Page) -> Result<()> {
    open(page, "step&v=2&step=1000&of=module", "Step 1,000").await?;
    page.press("Whole step").await?;
    // of a module it is the other function
    page.says("group", "Program: train_step", "lambda").await?;
    page.press("vmap").await?;
    page.says("group", "Program: vmap of one row", "dot_general").await?;
    page.fragment_has("of=module").await?;
    page.press("raw").await?;
    page.fragment_has("of=raw").await?;
    page.press("3. contract").await?;
    page.says("group", "Program: after", "fma").await
}

/// In every program an equation that is walked to has its line of code and its value beside it, and what rewrote it.
async fn equations_are_walked_in_every_program(page: &Page) -> Result<()> {
    open(page, "step&v=2&show=raw&step=40&sheet=gradient", "Step 40").await?;
    page.keys("group", "Program: loss", Key::Down, 1).await?;
    page.says("status", "Equation pointed at", "predictions = [").await?;
    page.says("status", "Equation pointed at", "predict(params, X)").await?;
    page.says("region", "Value", "predictions").await?;
    page.keys("group", "Program: loss", Key::Down, 1).await?;
    page.says("status", "Equation pointed at", "residuals = [").await?;
    let marked = "return [...document.querySelectorAll('.text-pair pre')].map(text => text.querySelectorAll('.here').length)";
    let marked = page.script(marked, vec![]).await?;
    ensure!(marked == serde_json::json!([1, 1]), "the value is marked in both texts, but {marked} lines are");
    page.press("1. simplify").await?;
    page.keys("group", "Program: before", Key::Down, 4).await?;
    page.says("status", "Equation pointed at", "squares = [").await?;
    page.says("status", "Equation pointed at", "rewritten by").await
}

async fn a_step_made_otherwise_changes_the_rest(page: &Page) -> Result<()> {
    open(page, "step&v=2&step=1000", "Step 1,000").await?;
    page.says("status", "What if", "Nothing is changed").await?;
    page.press("Drop it").await?;
    page.says("status", "What if", "Step 1,000 is dropped").await?;
    page.says("status", "What if", "the two courses are 9.528e-4 apart").await?;
    page.fragment_has("whatif=raw,1000,dropped").await?;
    let open = "[...document.querySelectorAll('summary')].find(it => it.innerText === 'Values: Both courses').click()";
    page.script(open, vec![]).await?;
    page.says("group", "Table of Both courses", "apart").await?;
    page.press("Another batch").await?;
    page.says("status", "What if", "θ is the same again, to the last bit").await?;
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
    page.says("region", "Tree of keys", "PRNGKey(42)").await?;
    page.says("region", "Tree of keys", "the order of epoch 31").await?;
    page.says("region", "One key used twice", "consumed by normal and by normal").await?;
    // in the lecture's module program, two seeds are the same key
    page.go_to("step&v=2&show=module&start=lecture&step=40").await?;
    page.says("region", "Tree of keys", "used more than once").await
}

async fn a_new_rate_traces_nothing(page: &Page) -> Result<()> {
    open(page, "step&v=2&step=1000", "Step 1,000").await?;
    page.says("region", "Compiled steps", "f32[16,2]").await?;
    page.says("region", "Compiled steps", "f32[4,2]").await?;
    page.says("status", "Traced", "Change a setting").await?;
    page.press("Learning rate: more").await?;
    page.says("status", "Traced", "nothing was traced: the rate is an input").await?;
    page.press("Batch size: more").await?;
    page.says("status", "Traced", "traced and compiled").await
}

async fn generated_code_has_a_text(page: &Page) -> Result<()> {
    open(page, "step&v=2&step=1000", "Step 1,000").await?;
    page.press("Linearised, transposed").await?;
    page.says("group", "Program: backward", "dot_general").await?;
    page.press("Planned").await?;
    page.says("group", "Program: words of each result", "words of memory").await?;
    page.press("WebAssembly").await?;
    page.says("group", "Program: module", "(export \"scan\" (func").await
}

async fn a_frame_shows_the_step_alone(page: &Page) -> Result<()> {
    page.go_to("embed=step&v=2&step=1000&stage=backward.3").await?;
    page.says("status", "Step", "Step 1,000").await?;
    page.says("region", "Stage", "Back through integer_pow to residuals").await
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
    equations_are_walked_in_every_program,
);

for_webkit!(thetahat_e2e::on_the_page; arrow_keys_go_through_the_stages);
