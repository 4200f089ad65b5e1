//! [`Site`]: the built page as it lies in its folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What belongs to the tab Code alone: names that begin so.
const PYTHON: [&str; 2] = ["python", "current.txt"];

/// The built page, file by file.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// `index.html`.
    pub page: String,
    /// The script that starts the page.
    pub first: String,
    /// The one that hands out files.
    pub hand_out: String,
    /// The engine's script, a module.
    pub script: String,
    /// Every other file that is fetched: its name, and its bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

impl Site {
    /// Reads the page in this folder. Its main files, which have hashes in their names, are known by the names that they have in a page that is one file.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn read(dist: &Path) -> io::Result<Self> {
        let text = |name: &str| fs::read_to_string(dist.join(name));
        let hand_out = include_str!("../../src/alone.js").to_owned();
        let mut site = Self { page: text("index.html")?, first: text("first.js")?, hand_out, ..Self::default() };
        for path in files(dist)? {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            let is_main = name.starts_with("app-");
            match path.extension().and_then(|kind| kind.to_str()) {
                Some("js") if is_main => site.script = fs::read_to_string(&path)?,
                Some("wasm") if is_main => site.files.push(("app_bg.wasm".to_owned(), fs::read(&path)?)),
                Some("wasm") => site.files.push((name, fs::read(&path)?)),
                _ if name == "worker.js" || is_python(&name) => site.files.push((name, fs::read(&path)?)),
                _ => {}
            }
        }
        site.files.sort();
        Ok(site)
    }

    /// The same without what the tab Code alone needs, which is most of it.
    #[must_use]
    pub fn without_python(mut self) -> Self {
        self.files.retain(|(name, _)| !is_python(name));
        self
    }
}

fn is_python(name: &str) -> bool {
    PYTHON.iter().any(|start| name.starts_with(start))
}

/// Every file of the page in this folder: its path, with slashes between its parts, and its bytes.
///
/// # Errors
/// A file cannot be read.
pub fn whole(dist: &Path) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut read = Vec::new();
    for path in files(dist)? {
        let parts = path.strip_prefix(dist).unwrap_or(&path).components();
        let parts: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        read.push((parts.join("/"), fs::read(&path)?));
    }
    read.sort();
    Ok(read)
}

/// The files of a folder and of those within it.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}
