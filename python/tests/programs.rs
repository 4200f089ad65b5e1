//! Programs recorded under real JAX (`tests/golden/programs` of the workspace): each prints the same, letter for letter, and ends the same way.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// Programs that do not print the same yet, and why. One that does by now must leave the list.
const NOT_YET: &[(&str, &str)] = &[("062_double_precision", "64-bit arrays")];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden/programs")
}

/// Class and first line of the last exception in what Python wrote to standard error.
fn last_exception(text: &str) -> Option<String> {
    let start = text.rfind("Traceback (most recent call last)")?;
    text[start..].lines().skip(1).find(|line| !line.starts_with(' ') && !line.is_empty()).map(ToOwned::to_owned)
}

/// What is different from the recording, if anything is.
fn difference(program: &Path) -> Option<String> {
    let run = match Command::new(env!("CARGO_BIN_EXE_thetahat-python")).arg(program).output() {
        Ok(run) => run,
        Err(error) => return Some(error.to_string()),
    };
    let expected = fs::read_to_string(program.with_extension("out")).unwrap_or_default();
    let printed = String::from_utf8_lossy(&run.stdout);
    let raised = last_exception(&String::from_utf8_lossy(&run.stderr));
    if printed != expected {
        let lines = expected.lines().zip(printed.lines()).find(|(a, b)| a != b);
        return Some(format!("{lines:?}, {raised:?}"));
    }
    let wanted = fs::read_to_string(program.with_extension("err")).ok();
    let wanted = wanted.and_then(|text| text.lines().next().map(ToOwned::to_owned));
    match wanted {
        None if run.status.success() => None,
        None => Some(format!("exit {:?}: {raised:?}", run.status.code())),
        Some(wanted) if raised.as_deref() == Some(&wanted) && run.status.code() == Some(1) => None,
        Some(wanted) => Some(format!("{wanted:?} expected, but {raised:?}")),
    }
}

#[test]
fn programs_print_what_jax_prints() {
    let mut programs: Vec<PathBuf> = fs::read_dir(folder())
        .expect("the recordings are part of the repository")
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "py"))
        .collect();
    programs.sort();
    assert!(programs.len() > 50, "recordings are missing");
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some(program) = programs.get(next.fetch_add(1, Ordering::Relaxed)) {
            let name = program.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
            let excused = NOT_YET.iter().any(|(known, _)| *known == name);
            let problem = match (difference(program), excused) {
                (Some(difference), false) => format!("{name}: {difference}"),
                (None, true) => format!("{name} prints the same by now: take it off the list"),
                _ => continue,
            };
            wrong.lock().expect("no thread panics").push(problem);
        }
    };
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(work);
        }
    });
    let wrong = wrong.into_inner().expect("no thread panics");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_whole_lecture_prints_what_jax_prints() {
    let golden = folder().join("..");
    let run = Command::new(env!("CARGO_BIN_EXE_thetahat-python")).arg(golden.join("session.py")).output();
    let run = run.expect("the program runs");
    let expected = fs::read_to_string(golden.join("lecture_output.txt")).expect("the recording is there");
    assert_eq!(String::from_utf8_lossy(&run.stdout), expected, "{}", String::from_utf8_lossy(&run.stderr));
}
