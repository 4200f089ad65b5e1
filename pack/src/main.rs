//! `thetahat-pack seal DIST` writes the policy into the page of this folder, and drops comments; `thetahat-pack alone DIST FILE [ADDRESS]` packs the page into one file,
//! `thetahat-pack alone-with-python DIST FILE [ADDRESS]` with what the tab Code needs;
//! `thetahat-pack scorm DIST FILE [LINK]` makes a package for learning platforms, with the assignment of this link.

use std::error::Error;
use std::fs;
use std::path::Path;

use thetahat_pack::{Site, alone, lean, scorm, seal, whole};

const USAGE: &str = "Use `cargo xtask build`, which calls this.";

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["seal", dist] => {
            let file = |name: &str| Path::new(dist).join(name);
            let page = file("index.html");
            fs::write(&page, seal(&fs::read_to_string(&page)?)?)?;
            for name in ["first.js", "worker.js", "sw.js"] {
                fs::write(file(name), lean::script(&fs::read_to_string(file(name))?))?;
            }
        }
        ["alone", dist, file, ref rest @ ..] if rest.len() < 2 => {
            fs::write(file, alone(&Site::read(Path::new(dist))?.without_python(), rest.first().copied())?)?;
        }
        ["alone-with-python", dist, file, ref rest @ ..] if rest.len() < 2 => {
            fs::write(file, alone(&Site::read(Path::new(dist))?, rest.first().copied())?)?;
        }
        ["scorm", dist, file] => fs::write(file, scorm(&whole(Path::new(dist))?, None)?)?,
        ["scorm", dist, file, task] => fs::write(file, scorm(&whole(Path::new(dist))?, Some(task))?)?,
        _ => return Err(USAGE.into()),
    }
    Ok(())
}
