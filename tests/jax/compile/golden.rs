//! Every recorded run of JAX in `tests/golden/runs`: losses, distances and parameters of every step, bit for bit. The variable
//! `THETAHAT_RUNS` may name another folder of such runs.

use std::path::{Path, PathBuf};

use super::programs::{Run, train};

/// How many values of two lists are equal, of how many, and where they first differ. NaNs equal each other.
fn equal(ours: &[u32], jax: &[u32]) -> (usize, usize, Option<usize>) {
    assert_eq!(ours.len(), jax.len());
    let same = |(a, b): (&u32, &u32)| a == b || (f32::from_bits(*a).is_nan() && f32::from_bits(*b).is_nan());
    let count = ours.iter().zip(jax).filter(|&pair| same(pair)).count();
    (count, jax.len(), ours.iter().zip(jax).position(|pair| !same(pair)))
}

/// Trains every recorded run, changed by `change`, and compares all values.
fn compare(change: impl Fn(&mut Run)) {
    let folder = std::env::var_os("THETAHAT_RUNS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/runs"), PathBuf::from);
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let (mut equal_values, mut values, mut failures) = (0, 0, Vec::new());
    for path in paths {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let mut run: Run = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        change(&mut run);
        let (losses, norms, params) = train(&run.args);
        for (what, ours, jax) in
            [("losses", losses, run.losses_bits), ("norms", norms, run.norms_bits), ("params", params, run.params_bits)]
        {
            let (same, of, first) = equal(&ours, &jax);
            equal_values += same;
            values += of;
            if same < of {
                failures.push(format!("{name}: {same} of {of} {what} equal, first difference at {first:?}"));
            }
        }
    }
    println!("{equal_values} of {values} values equal");
    assert!(failures.is_empty(), "{equal_values} of {values} values equal\n{}", failures.join("\n"));
}

#[test]
fn recorded_runs_are_equal_bit_for_bit() {
    compare(|_| ());
}

#[test]
fn recorded_runs_are_equal_with_the_learning_rate_as_an_argument() {
    compare(|run| run.args.rate_is_argument = true);
}
