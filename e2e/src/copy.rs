//! A copy of the built page, of which a test can take something away.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::repository;

/// A copy of the files of the built page, gone when it is dropped.
pub struct Copy {
    /// Its folder.
    pub path: PathBuf,
}

impl Copy {
    /// A copy in a temporary folder; `name` tells those of one process apart.
    ///
    /// # Errors
    /// There is no page, or it cannot be copied.
    pub fn of_the_page(name: &str) -> Result<Self> {
        let path = std::env::temp_dir().join(format!("thetahat-e2e-{}-{name}", std::process::id()));
        let copy = Self { path };
        copy_folder(&repository().join("dist"), &copy.path).context("no page: run `cargo xtask build`")?;
        Ok(copy)
    }

    /// Has the page's first script begin with this one.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub fn begin_with(&self, script: &str) -> Result<()> {
        let first = self.path.join("first.js");
        let own = fs::read_to_string(&first).context("the page has no first script")?;
        fs::write(&first, format!("{script};\n{own}")).context("the first script cannot be written")
    }

    /// The file of a part of the module, which is named after the part and its own hash.
    ///
    /// # Errors
    /// There is none.
    pub fn part(&self, name: &str) -> Result<PathBuf> {
        let files = fs::read_dir(self.path.join("snippets")).context("the page has no parts")?;
        let is_it = |file: &PathBuf| {
            let file = file.file_name().and_then(|file| file.to_str()).unwrap_or_default();
            file.starts_with(&format!("{name}-"))
        };
        let mut files = files.filter_map(|entry| entry.ok().map(|entry| entry.path()));
        files.find(is_it).with_context(|| format!("the page has no part `{name}`"))
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // A folder that stays behind in the system's temporary folder does no harm.
        let _ = fs::remove_dir_all(&self.path);
    }
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}
