//! Work beside the first stages of the test run: the page's release build, which links for minutes on one core and leaves the others to them.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use crate::Result;
use crate::process::{duration, root, wait};

/// A command of this program that runs beside it, its messages kept in a file.
pub struct Meanwhile {
    child: Child,
    messages: PathBuf,
    line: String,
    started: Instant,
}

impl Meanwhile {
    /// Starts `cargo xtask` with these words.
    ///
    /// # Errors
    /// A sentence, if it cannot be started or its messages cannot be kept.
    pub fn start(words: &[&str]) -> Result<Self> {
        let line = format!("cargo xtask {}", words.join(" "));
        let folder = root()?.join("target");
        let messages = folder.join(format!("{}.log", words.join("-")));
        let kept = fs::create_dir_all(&folder)
            .and_then(|()| File::create(&messages))
            .and_then(|file| file.try_clone().map(|copy| (file, copy)))
            .map_err(|error| format!("{} cannot be written ({error}): make it writable.", messages.display()))?;
        let own = std::env::current_exe().map_err(|error| format!("This program does not find itself ({error})."))?;
        let mut command = Command::new(own);
        command.args(words).stdin(Stdio::null()).stdout(kept.0).stderr(kept.1);
        let child = command.spawn().map_err(|error| format!("`{line}` could not be started ({error})."))?;
        println!("`{line}` runs beside the stages that follow; {} has its messages.", messages.display());
        Ok(Self { child, messages, line, started: Instant::now() })
    }

    /// Waits for its end, and shows what it said.
    ///
    /// # Errors
    /// A sentence, if it did not succeed.
    pub fn finish(mut self) -> Result {
        let ended = wait(&mut self.child, &self.line, self.started, "Its messages are above.");
        // What cannot be read any more is not worth failing for: the sentence below says how it ended.
        println!("{}", fs::read_to_string(&self.messages).unwrap_or_default());
        println!("`{}` took {} beside other stages.", self.line, duration(self.started.elapsed()));
        ended
    }
}
