//! `thetahat-pack seal DIST` writes the policy into the page of this folder, and drops comments and spaces; `thetahat-pack alone DIST FILE [ADDRESS]` packs the page into one file,
//! `thetahat-pack alone-with-python DIST FILE [ADDRESS]` with what the tab Code needs;
//! `thetahat-pack scorm DIST FILE [LINK]` makes a package for learning platforms, with the assignment of this link.

use std::error::Error;
use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};

use thetahat_pack::{Site, alone, lean, scorm, seal, whole};

const USAGE: &str = "Use `cargo xtask build`, which calls this.";

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["seal", dist] => {
            let page = Path::new(dist).join("index.html");
            fs::write(&page, seal(&fs::read_to_string(&page)?)?)?;
            for script in scripts(Path::new(dist))? {
                fs::write(&script, lean::script(&fs::read_to_string(&script)?))?;
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

/// The scripts beside the page.
fn scripts(dist: &Path) -> io::Result<Vec<PathBuf>> {
    let entries: Vec<_> = fs::read_dir(dist)?.collect::<Result<_, _>>()?;
    Ok(entries.iter().map(DirEntry::path).filter(|path| path.extension().is_some_and(|kind| kind == "js")).collect())
}
