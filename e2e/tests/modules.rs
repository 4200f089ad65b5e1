//! Modules taken apart in the release build: trees, acts, filters, the network, the used-up generator; by the names that a screen reader says.

use anyhow::{Result, ensure};
use thetahat_e2e::{Key, Page, for_both_browsers, for_webkit};

/// What the script with L-BFGS prints first under JAX.
const LBFGS_FIRST: &str = "Epoch 0,||theta - theta_hat|| = 0.4009150564670563";
/// What it prints last.
const LBFGS_LAST: &str = "||theta - theta_hat|| = 4.666053064283915e-05";

async fn open(page: &Page, fragment: &str, shown: &str) -> Result<()> {
    page.says("status", "Run status", "6,432 steps in").await?;
    page.go_to(fragment).await?;
    page.says("status", "Modules shown", shown).await
}

async fn trees_show_the_run_at_the_playhead(page: &Page) -> Result<()> {
    open(page, "modules&v=2&step=1000", "Linear in step 1,000 of the run: epoch 31, batch 8 of 32").await?;
    page.says("treegrid", "Modules as trees", "Param f32[2,1]").await?;
    page.says("group", "print(state)", "State({").await?;
    page.says("group", "print(grads)", "value=Array(").await?;
    let before = page.text("group", "print(state)").await?;
    page.press("Step").await?;
    page.says("status", "Modules shown", "step 1,001").await?;
    ensure!(page.text("group", "print(state)").await? != before, "a step changes the state");
    page.press("MyLinear").await?;
    page.says("status", "Modules shown", "MyLinear in step").await?;
    page.says("treegrid", "Modules as trees", "Param f32[1,2]").await?;
    page.fragment_has("module=mylinear").await?;
    page.press("Mlp").await?;
    page.says("status", "Modules shown", "Mlp 2-128-128-1").await?;
    page.says("treegrid", "Modules as trees", "Param f32[128,128]").await?;
    page.fragment_has("tree=network").await
}

async fn rows_fold_by_keys(page: &Page) -> Result<()> {
    open(page, "modules&v=2&tree=network", "Mlp 2-128-128-1").await?;
    page.says("treegrid", "Modules as trees", "16,384 numbers").await?;
    page.script("document.querySelector('[data-path=layers]').focus()", vec![]).await?;
    page.press_key(Key::Left).await?;
    page.fragment_has("fold=layers").await?;
    page.wait_for("folded layers", async || {
        let text = page.text("treegrid", "Modules as trees").await?;
        ensure!(!text.contains("16,384 numbers"), "the trees say `{text}`");
        Ok(())
    })
    .await?;
    page.press_key(Key::Right).await?;
    page.says("treegrid", "Modules as trees", "16,384 numbers").await
}

async fn split_and_merge_print_what_the_lecture_prints(page: &Page) -> Result<()> {
    open(page, "modules&v=2&room=split", "MyLinear, as the lecture draws it").await?;
    page.says("group", "print(model)", "MyLinear( # Param: 2 (8 B)").await?;
    page.press("Next act").await?;
    page.says("group", "print(graphdef)", "GraphDef(nodes=[NodeDef(").await?;
    page.says("group", "print(state)", "[[-0.2166012, -1.9878021]]").await?;
    page.press("Add 0.01 to every number").await?;
    page.says("group", "print(state_2)", "value=Array(").await?;
    page.keys("button", "Next act", Key::Right, 1).await?;
    page.says("group", "print(model_2)", "MyLinear( # Param: 2 (8 B)").await?;
    page.fragment_has("act=4").await?;
    page.press("the run’s model at the playhead").await?;
    page.says("status", "Modules shown", "Linear in step").await?;
    page.fragment_has("model=run").await
}

async fn filters_let_some_through(page: &Page) -> Result<()> {
    open(page, "modules&v=2&room=filters&opt=adam", "Linear in step").await?;
    page.says("status", "What the filter does", "1 of 5 variables passes.").await?;
    page.press("nnx.Not(nnx.Param)").await?;
    page.says("status", "What the filter does", "4 of 5 variables pass.").await?;
    page.says("group", "print(rest)", "'kernel'").await?;
    page.fragment_has("filter=notparam").await
}

async fn the_generator_is_repaired_and_used_up_again(page: &Page) -> Result<()> {
    open(page, "modules&v=2&room=generator", "A generator that is used up").await?;
    page.press("Open the lecture’s used-up generator").await?;
    page.says("status", "What was learned", "500 epochs, no step: the distance is 0.6275200247764587").await?;
    page.says("log", "Output of the module program", "Epoch 400, ||theta-theta_hat|| = 0.6275200247764587").await?;
    page.press("Repair it: a new generator in every epoch").await?;
    page.says("status", "What was learned", "500 epochs, 4,000 steps: the distance goes from").await?;
    page.says("group", "The program’s loop", "train_loader = data_loader(subkey, X, Y, batch_size)").await?;
    page.press("Undo the repair").await?;
    page.says("status", "What was learned", "500 epochs, no step").await
}

async fn the_network_trains(page: &Page) -> Result<()> {
    open(page, "modules&v=2&room=network", "Mlp 2-128-128-1").await?;
    page.says("status", "Network status", "not trained yet").await?;
    page.press("Train").await?;
    page.says("log", "Output of the network", "Number of parameters: 17025").await?;
    page.says("status", "Network status", "2,000 epochs in").await?;
    page.says("status", "Losses at the end", "200 rows that no step has seen").await?;
    page.says("log", "Output of the network", "Epoch 1900, loss").await?;
    page.keys("slider", "Epoch of the network", Key::Home, 1).await?;
    page.wait_for("the first lines only", async || {
        let text = page.text("log", "Output of the network").await?;
        ensure!(!text.contains("Epoch 0"), "it says `{text}`");
        Ok(())
    })
    .await
}

async fn l_bfgs_prints_what_was_recorded(page: &Page) -> Result<()> {
    open(page, "modules&v=2&room=lbfgs", "L-BFGS").await?;
    page.says("status", "L-BFGS status", "not run yet").await?;
    page.press("Run 20 epochs").await?;
    page.says("status", "L-BFGS status", "20 epochs in").await?;
    // as in tests/golden/lbfgs.json
    page.says("log", "Output of L-BFGS", LBFGS_FIRST).await?;
    page.says("log", "Output of L-BFGS", LBFGS_LAST).await?;
    page.says("group", "Epochs of L-BFGS", "19").await
}

for_both_browsers!(
    thetahat_e2e::on_the_page;
    trees_show_the_run_at_the_playhead,
    rows_fold_by_keys,
    split_and_merge_print_what_the_lecture_prints,
    filters_let_some_through,
    the_generator_is_repaired_and_used_up_again,
    the_network_trains,
    l_bfgs_prints_what_was_recorded,
);

for_webkit!(thetahat_e2e::on_the_page; trees_show_the_run_at_the_playhead, l_bfgs_prints_what_was_recorded);
