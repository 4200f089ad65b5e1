//! `cargo xtask fuzz`: libFuzzer looks for links, hand-ins, messages, programs and calls from Python that cannot be taken. What it finds is kept in `fuzz/artifacts`, what leads it
//! to new paths in `target/corpus`; it begins with the inputs in `fuzz/corpus`.

use std::fs;

use crate::Result;
use crate::process::{cargo, path_with, root, run};
use crate::tools::CARGO_FUZZ;

/// What is looked at, after its files in `fuzz/fuzz_targets`.
const TARGETS: [&str; 5] = ["links", "handins", "messages", "writer", PYTHON];

/// The one that needs an interpreter, which is compiled for it alone.
const PYTHON: &str = "python";

/// Looks at each of `targets`, or at all, for so many seconds.
pub fn fuzz(seconds: u32, targets: &[String]) -> Result {
    if let Some(unknown) = targets.iter().find(|name| !TARGETS.contains(&name.as_str())) {
        return Err(format!("There is nothing called `{unknown}` to look at: choose from {}.", TARGETS.join(", ")));
    }
    let path = path_with(&[CARGO_FUZZ.folder()?])?;
    let (found, limit) = (root()?.join("target").join("corpus"), format!("-max_total_time={seconds}"));
    for target in TARGETS.iter().filter(|name| targets.is_empty() || targets.iter().any(|wanted| wanted == *name)) {
        let new = found.join(target);
        fs::create_dir_all(&new).map_err(|error| format!("{} cannot be made ({error}).", new.display()))?;
        // Without a sanitizer, which would need a nightly compiler: what is looked for is a panic.
        let mut command = cargo(&["fuzz", "run", "--sanitizer", "none"])?;
        if *target == PYTHON {
            command.args(["--features", PYTHON]);
        }
        command.arg(target).arg(new).arg(root()?.join("fuzz").join("corpus").join(target)).args([
            "--",
            &limit,
            "-print_final_stats=1",
        ]);
        run(command.env("PATH", &path), "The input that could not be taken is in fuzz/artifacts.")?;
    }
    Ok(())
}
