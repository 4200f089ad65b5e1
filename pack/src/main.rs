//! `thetahat-pack seal DIST` writes the policy into the page of this folder; `thetahat-pack alone DIST FILE [ADDRESS]` packs the page into one file.

use std::error::Error;
use std::fs;
use std::path::Path;

use thetahat_pack::{Site, alone, seal};

const USAGE: &str = "Use `cargo xtask build`, which calls this.";

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["seal", dist] => {
            let page = Path::new(dist).join("index.html");
            fs::write(&page, seal(&fs::read_to_string(&page)?)?)?;
        }
        ["alone", dist, file] => fs::write(file, alone(&Site::read(Path::new(dist))?, None)?)?,
        ["alone", dist, file, address] => fs::write(file, alone(&Site::read(Path::new(dist))?, Some(address))?)?,
        _ => return Err(USAGE.into()),
    }
    Ok(())
}
