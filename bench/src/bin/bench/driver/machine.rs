//! Says what machine a table was measured on.

use std::fs;
use std::thread::available_parallelism;

use anyhow::Result;

use super::places::Places;

/// Processor, number of cores, and the browser with its version.
pub fn description(places: &Places) -> Result<String> {
    let information = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model =
        information.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ")).map(|(_, name)| name);
    let cores = available_parallelism()?;
    let system = std::env::consts::OS;
    Ok(format!("{} with {cores} cores, {system}, {}", model.unwrap_or(std::env::consts::ARCH), places.browser()?))
}
