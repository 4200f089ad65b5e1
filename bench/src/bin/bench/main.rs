//! Runs the workloads that the arguments name, or all, and prints a table of medians: `cargo xtask bench`.
//!
//! Every workload is measured in one session of headless Chromium, in a worker, then natively; without a browser in Node. Contestants
//! that should compute the same must give the same digest, or there is no table.

#[cfg(not(target_arch = "wasm32"))]
mod driver;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> anyhow::Result<()> {
    driver::main()
}

#[cfg(target_arch = "wasm32")]
fn main() {}
