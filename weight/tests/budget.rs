//! The built page keeps to its budget.

use std::path::Path;

use thetahat_weight::{Stage, until, weigh};

#[test]
#[ignore = "weighs the built page: cargo xtask test weight"]
fn everything_that_a_visitor_loads_keeps_to_the_budget() {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist");
    let files = weigh(&dist).unwrap();
    assert!(files.iter().any(|(file, _)| file.ends_with("index.html")), "no page in {}", dist.display());
    for stage in Stage::ALL {
        let (weight, budget) = (until(stage, &files).brotli, stage.budget());
        assert!(weight <= budget, "{weight} bytes with brotli {}, {budget} allowed: {files:#?}", stage.name());
    }
}
