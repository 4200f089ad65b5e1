//! Memory: a page and a worker that have computed for long need no more of it than such as have computed for a while.
//!
//! A lesson's hour of runs is `THETAHAT_MEMORY=20000`; without it the test looks at 600 moves of the slider.

use std::{env, fs};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thetahat_e2e::{Browser, Copy, Options, Page, for_both_browsers, with_page_in};

/// Keeps the memory of the program that a page or a worker starts, and has the worker say how large it is when it is asked.
const WATCHED: &str = "for (const name of ['instantiate', 'instantiateStreaming']) {
    const own = WebAssembly[name];
    WebAssembly[name] = async (...words) => {
        const made = await own.apply(WebAssembly, words);
        globalThis.ownMemory = (made.instance ?? made).exports.memory ?? globalThis.ownMemory;
        return made;
    };
}
if (typeof document === 'undefined') {
    const channel = new BroadcastChannel('memory');
    channel.onmessage = ({ data }) => { if (data === 'ask' && globalThis.ownMemory) channel.postMessage(ownMemory.buffer.byteLength); };
}
";

/// Moves the learning rate on every frame, and draws a new seed on every tenth.
const BUSY: &str = "return (async ([slider, count]) => {
    const [low, high] = [Number(slider.min), Number(slider.max)];
    for (let i = 0; i < count; i++) {
        slider.value = low + (high - low) * (0.2 + 0.4 * ((i * 7) % 60) / 60);
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        if (i % 10 === 0) document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 's', code: 'KeyS', bubbles: true }));
        await new Promise(requestAnimationFrame);
    }
})(arguments);";

/// Bytes of the page and of its worker, and elements of the page.
const SIZES: &str = "return new Promise(done => {
    const channel = new BroadcastChannel('memory');
    channel.onmessage = ({ data }) => { if (typeof data === 'number') {
        channel.close();
        done([ownMemory.buffer.byteLength, data, document.querySelectorAll('*').length]);
    } };
    channel.postMessage('ask');
})";

/// Moves that one command makes: it must end before the driver loses patience.
const AT_A_TIME: usize = 100;

async fn after(page: &Page, moves: usize) -> Result<[f64; 3]> {
    let slider = page.by_role("slider", "Learning rate").await?;
    for _ in 0..moves.div_ceil(AT_A_TIME) {
        page.script(BUSY, vec![serde_json::to_value(&slider)?, json!(AT_A_TIME)]).await?;
    }
    page.says("status", "Run status", "6,432 steps in").await?;
    let sizes: Value = page.script(SIZES, vec![]).await?;
    serde_json::from_value(sizes).context("the sizes are no numbers")
}

fn memory_stays_flat(browser: Browser) -> Result<()> {
    let moves = env::var("THETAHAT_MEMORY").map_or(Ok(600), |moves| moves.parse()).context("THETAHAT_MEMORY is a number")?;
    let folder = Copy::of_the_page(&format!("{browser:?}-memory"))?;
    folder.begin_with(WATCHED)?;
    let worker = folder.path.join("worker.js");
    fs::write(&worker, format!("{WATCHED}\n{}", fs::read_to_string(&worker)?))?;
    with_page_in(&folder.path, Options::new(browser), async |page| {
        page.says("status", "Run status", "6,432 steps in").await?;
        // caches of data and orders are full by then
        let before = after(page, 600).await?;
        let later = after(page, moves).await?;
        println!("{browser:?}: page, worker and elements {before:?} after 600 moves, {later:?} after {moves} more");
        let grows = |before: [f64; 3], later: [f64; 3]| later[0] > 1.05 * before[0] || later[1] > 1.05 * before[1];
        if grows(before, later) {
            // on a busy machine more waits at once, for which room is made once: what leaks goes on growing
            let last = after(page, moves).await?;
            println!("and {last:?} after {moves} more");
            ensure!(!grows(later, last), "page and worker grew from {before:?} to {later:?} and {last:?}");
        }
        ensure!(later[2] <= before[2], "the page has {} elements, and had {}", later[2], before[2]);
        Ok(())
    })
}

for_both_browsers!(thetahat_e2e::directly; memory_stays_flat);
