//! Measures natively what the argument asks for in JSON, and prints the report in JSON.

use std::time::Instant;

use thetahat::{Error, Result};

fn main() -> Result<()> {
    let request = std::env::args().nth(1).unwrap_or_default();
    let unreadable =
        |_| Error::value("Request", request.clone(), "it must be one of `thetahat_bench::Request`, in JSON");
    let started = Instant::now();
    let report = thetahat_bench::run(&serde_json::from_str(&request).map_err(unreadable)?, &|| {
        started.elapsed().as_secs_f64() * 1000.0
    })?;
    println!("{}", serde_json::to_string(&report).map_err(unreadable)?);
    Ok(())
}
