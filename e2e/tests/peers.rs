//! Each library that `cargo xtask bench --peers` measures in the browser trains a problem of three epochs, and computes what is computed here:
//! `cargo xtask test peers`.

use std::path::PathBuf;
use std::{env, fs};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thetahat_e2e::{Browser, Options, with_page_in};

const PEERS: [&str; 3] = ["jax-js", "tfjs-cpu", "tfjs-wasm"];

const RATE: f32 = 0.1;
const X: [[f32; 2]; 5] = [[1.0, 0.5], [-0.5, 2.0], [0.25, -1.0], [1.5, 1.0], [-1.0, -0.75]];
const Y: [f32; 5] = [2.0, -1.0, 1.5, 0.5, -2.5];
const ORDERS: [[usize; 5]; 3] = [[0, 1, 2, 3, 4], [4, 2, 0, 3, 1], [1, 3, 0, 4, 2]];
/// The last batch of each epoch has one sample only.
const BATCH: usize = 2;

/// The losses before each step and the parameters after the last one, in 64 bits.
fn trained() -> (Vec<f64>, [f64; 2]) {
    let (mut theta, mut losses) = ([0.5_f64, -0.25], Vec::new());
    for batch in ORDERS.iter().flat_map(|order| order.chunks(BATCH)) {
        let residuals: Vec<(usize, f64)> = batch
            .iter()
            .map(|&row| (row, (0..2).map(|k| f64::from(X[row][k]) * theta[k]).sum::<f64>() - f64::from(Y[row])))
            .collect();
        let rows = batch.len() as f64;
        losses.push(residuals.iter().map(|(_, r)| r * r).sum::<f64>() / rows);
        for (k, theta) in theta.iter_mut().enumerate() {
            let gradient = residuals.iter().map(|(row, r)| 2.0 * r * f64::from(X[*row][k])).sum::<f64>() / rows;
            *theta -= f64::from(RATE) * gradient;
        }
    }
    (losses, theta)
}

/// Writes the problem where the page finds it, as `bench/src/problem.rs` does.
fn write(page: &std::path::Path) -> Result<()> {
    let floats = X.into_iter().flatten().chain(Y).map(f32::to_bits);
    let orders = ORDERS.into_iter().flatten().map(|row| row as u32);
    let words: Vec<u32> = floats.chain(orders).chain([0.5_f32, -0.25].map(f32::to_bits)).collect();
    let problem = json!({
        "rate": RATE, "batch_size": BATCH, "steps": 9, "key": null,
        "x": { "shape": [5, 2], "first": 0 },
        "y": { "shape": [5], "first": 10 },
        "orders": { "shape": [3, 5], "first": 15 },
        "start": [{ "shape": [2], "first": 30 }],
    });
    let folder = page.join("problems");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("tiny.json"), problem.to_string())?;
    fs::write(folder.join("tiny.bin"), words.into_iter().flat_map(u32::to_le_bytes).collect::<Vec<_>>())?;
    Ok(())
}

#[test]
#[ignore = "drives a browser with libraries from npm: cargo xtask test peers"]
fn each_library_trains() -> Result<()> {
    let folder: PathBuf = env::var_os("THETAHAT_PEERS_PAGE").context("start this as `cargo xtask test peers`")?.into();
    write(&folder)?;
    let (losses, params) = trained();
    for peer in PEERS {
        let request = json!({ "peer": peer, "problem": "tiny", "repetitions": 1, "slow": 1 }).to_string();
        with_page_in(&folder, Options::new(Browser::Chromium), async |page| {
            page.script("ask(arguments[0])", vec![request.into()]).await?;
            let answer = page
                .wait_for("a report", async || {
                    let answer = page.script("return report", vec![]).await?;
                    ensure!(answer != Value::Null, "nothing is reported");
                    Ok(answer)
                })
                .await?;
            let report = answer["report"].as_str().with_context(|| format!("{}", answer["error"]))?;
            let report: Value = serde_json::from_str(report)?;
            for (what, expected) in [("losses", &losses[..]), ("params", &params[..])] {
                let theirs: Vec<f64> = serde_json::from_value(report[what].clone())?;
                ensure!(theirs.len() == expected.len(), "{} {what}, {} expected", theirs.len(), expected.len());
                let is_close = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-5 * b.abs().max(1.0);
                ensure!(theirs.iter().zip(expected).all(is_close), "{what} {theirs:?}, {expected:?} expected");
            }
            Ok(())
        })
        .with_context(|| format!("with {peer}"))?;
    }
    Ok(())
}
