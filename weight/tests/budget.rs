//! The built page keeps to its budget.

use std::path::Path;

use thetahat_weight::{BUDGET, Weight, weigh};

#[test]
#[ignore = "weighs the built page: cargo xtask test weight"]
fn everything_that_a_visitor_loads_keeps_to_the_budget() {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist");
    let files = weigh(&dist).unwrap();
    assert!(files.iter().any(|(file, _)| file.ends_with("index.html")), "no page in {}", dist.display());
    let total: Weight = files.iter().map(|(_, weight)| *weight).sum();
    assert!(total.brotli <= BUDGET, "{} bytes with brotli, {BUDGET} allowed: {files:#?}", total.brotli);
}
