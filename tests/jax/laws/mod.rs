//! Laws that hold for every program, tried on random ones ([`program`]): what a transformation gives is what it means.

mod compiled;
mod derivatives;
mod examples;
mod machine;
mod mapped;
mod printed;
mod program;
mod scanned;
mod sweeps;
mod wasmi;

use proptest::test_runner::Config;

/// Each law is tried on this many programs, or on as many as the environment variable `PROPTEST_CASES` says.
fn programs(cases: u32) -> Config {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(cases);
    Config { cases, failure_persistence: None, ..Config::default() }
}
