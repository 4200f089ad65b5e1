//! Measures natively what the argument asks for in JSON, and prints the report in JSON; or writes a problem for other libraries into a folder.

use std::fs;
use std::path::Path;
use std::time::Instant;

use thetahat::{Error, Result};
use thetahat_bench::problem::problem;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [option, name, folder] = &arguments[..]
        && option == "--problem"
    {
        return write(name, Path::new(folder));
    }
    let request = arguments.into_iter().next().unwrap_or_default();
    let unreadable =
        |_| Error::value("Request", request.clone(), "it must be one of `thetahat_bench::Request`, in JSON");
    let started = Instant::now();
    let report = thetahat_bench::run(&serde_json::from_str(&request).map_err(unreadable)?, &|| {
        started.elapsed().as_secs_f64() * 1000.0
    })?;
    println!("{}", serde_json::to_string(&report).map_err(unreadable)?);
    Ok(())
}

/// Writes `NAME.json` and, little-endian, `NAME.bin`.
fn write(name: &str, folder: &Path) -> Result<()> {
    let unknown = || Error::value("Problem", name, "it must be one that is listed");
    let (problem, words) = problem(name)?.ok_or_else(unknown)?;
    let undescribed = |error| {
        Error::unsupported(
            name,
            format!("it cannot be written as JSON ({error})"),
            "Describe it with numbers and texts.",
        )
    };
    let description = serde_json::to_string(&problem).map_err(undescribed)?;
    let words: Vec<u8> = words.into_iter().flat_map(u32::to_le_bytes).collect();
    let unwritable = |error| {
        Error::value("Folder", folder.display(), format!("it must be one that files can be written to ({error})"))
    };
    fs::create_dir_all(folder).map_err(unwritable)?;
    fs::write(folder.join(format!("{name}.json")), description).map_err(unwritable)?;
    fs::write(folder.join(format!("{name}.bin")), words).map_err(unwritable)
}
