//! Children: every command is shown, streams its output, shows a sign of life when it is silent for long, and must succeed.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use crate::Result;

const HEARTBEAT: Duration = Duration::from_mins(1);

/// The repository's root, where every child runs.
pub fn root() -> Result<PathBuf> {
    env::var_os("CARGO_MANIFEST_DIR")
        .and_then(|xtask| Path::new(&xtask).parent().map(Path::to_path_buf))
        .ok_or_else(|| "The repository was not found: start this as `cargo xtask`.".to_owned())
}

/// `cargo` with the given arguments, at the repository's root, under the toolchain that runs this.
pub fn cargo(arguments: &[&str]) -> Result<Command> {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root()?).args(arguments);
    Ok(command)
}

/// Takes away the variables that would replace the flags of `.cargo/config.toml`: without its `--growable-table` the
/// worker cannot load code at run time.
pub fn with_configured_flags(command: &mut Command) -> &mut Command {
    command.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS")
}

/// Runs `command` to its end, its output streaming through.
///
/// # Errors
/// A sentence with the command, how it ended, and `remedy`, if it cannot be started or does not succeed.
pub fn run(command: &mut Command, remedy: &str) -> Result {
    let line = shown(command);
    println!("$ {line}");
    let started = Instant::now();
    let mut child = command.spawn().map_err(|error| format!("`{line}` could not be started ({error}). {remedy}"))?;
    wait(&mut child, &line, started, remedy)
}

/// Waits for a child that was started as `line`, with a sign of life when that takes long.
///
/// # Errors
/// A sentence with the command, how it ended, and `remedy`, if it does not succeed.
pub fn wait(child: &mut Child, line: &str, started: Instant, remedy: &str) -> Result {
    let (ended, end) = mpsc::channel::<()>();
    let heart = thread::spawn(move || {
        while end.recv_timeout(HEARTBEAT) == Err(RecvTimeoutError::Timeout) {
            eprintln!("  … still at it after {}", duration(started.elapsed()));
        }
    });
    let status = child.wait();
    drop(ended);
    // The thread only prints; if it died there is nothing to be lost by it.
    let _ = heart.join();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{line}` failed ({status}). {remedy}")),
        Err(error) => Err(format!("`{line}` could not be waited for ({error}). {remedy}")),
    }
}

/// Hands this process over to `command`, so that whoever ends the one ends the other; returns only if something went wrong.
///
/// # Errors
/// A sentence like that of [`run`].
pub fn become_child(command: &mut Command, remedy: &str) -> Result {
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        let line = shown(command);
        println!("$ {line}");
        let error = command.exec();
        Err(format!("`{line}` could not be started ({error}). {remedy}"))
    }
    #[cfg(not(unix))]
    run(command, remedy)
}

/// What `command` prints on its standard output, if it can be started and succeeds.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

/// The first of these programs that is on the `PATH`, as a full path.
pub fn find(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(format!("{name}{}", env::consts::EXE_SUFFIX))))
        .find(|candidate| candidate.is_file())
}

/// The `PATH` with these folders before all others.
pub fn path_with(folders: &[PathBuf]) -> Result<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::join_paths(folders.iter().cloned().chain(env::split_paths(&path)))
        .map_err(|error| format!("A folder of a tool cannot stand in PATH ({error}): set XDG_CACHE_HOME to another."))
}

/// A duration for people: `0.8 s`, `12.3 s` or `4 min 05 s`.
pub fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or(command.get_program());
    let words: Vec<_> = std::iter::once(program).chain(command.get_args()).map(OsStr::to_string_lossy).collect();
    words.join(" ")
}
