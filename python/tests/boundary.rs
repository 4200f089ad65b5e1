//! The boundary between Python and the engine: whatever values a program hands over, it ends as a Python program ends.
//!
//! `cargo xtask fuzz python` looks for more of them, in one process and led by what has been reached.

#[path = "boundary/program.rs"]
mod program;

use std::{
    fs,
    path::PathBuf,
    process::{Command, Output, Stdio},
    sync::OnceLock,
};

use proptest::{collection, prelude::*};

/// Kilobytes of address space that a program may take, its stack of half a gigabyte among them.
const ROOM: u32 = 4_000_000;

/// Seconds that a program may compute.
const PATIENCE: u32 = 20;

fn run(name: &str, text: &str) -> Output {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}.py", std::process::id()));
    fs::write(&file, text).expect("the folder of the tests can be written to");
    // beyond these bounds the process is ended, which is a fault like any other
    let limited = format!("ulimit -v {ROOM}; ulimit -t {PATIENCE}; exec \"$0\" \"$1\"");
    let mut command = Command::new("sh");
    command.args(["-c", &limited, env!("CARGO_BIN_EXE_thetahat-python")]).arg(&file).stdin(Stdio::null());
    command.output().expect("a shell is there")
}

fn functions() -> &'static [String] {
    static FUNCTIONS: OnceLock<Vec<String>> = OnceLock::new();
    FUNCTIONS.get_or_init(|| {
        let listing = run("listing", program::LISTING);
        assert!(listing.status.success(), "{}", String::from_utf8_lossy(&listing.stderr));
        String::from_utf8_lossy(&listing.stdout).lines().map(ToOwned::to_owned).collect()
    })
}

/// What is wrong with how a program ended, if anything is.
fn fault(ended: &Output) -> Option<String> {
    let printed = String::from_utf8_lossy(&ended.stdout);
    if let Some(line) = printed.lines().find(|line| line.starts_with("FAULT")) {
        return Some(line.to_owned());
    }
    let last = printed.lines().rfind(|line| line.starts_with("CALL")).unwrap_or_default();
    let words = String::from_utf8_lossy(&ended.stderr);
    (!ended.status.success()).then(|| format!("{last}\n{}: {words}", ended.status))
}

/// 24 programs of some forty calls each, or as many as `PROPTEST_CASES` says.
fn configuration() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(24);
    ProptestConfig { cases, max_shrink_iters: 40, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(configuration())]

    #[test]
    fn every_call_gives_a_value_or_an_exception_with_a_sentence(bytes in collection::vec(any::<u8>(), 600)) {
        let functions: Vec<&str> = functions().iter().map(String::as_str).collect();
        let fault = fault(&run("calls", &program::program(&bytes, &functions)));
        prop_assert!(fault.is_none(), "{}", fault.unwrap_or_default());
    }
}

#[test]
fn every_public_function_is_called() {
    let all = functions();
    assert!(all.len() > 500, "{}", all.len());
    for module in ["jnp.", "jax.random.", "lax.", "jax.nn.", "optax.", "nnx."] {
        assert!(all.iter().any(|name| name.starts_with(module)), "{module}");
    }
}

#[test]
fn what_there_is_no_room_for_is_refused_with_a_sentence() {
    let ended = run("too_large", include_str!("boundary/too_large.py"));
    assert_eq!(String::from_utf8_lossy(&ended.stdout), include_str!("boundary/too_large.txt"));
}

/// What `CPython` and JAX print for them.
#[test]
fn text_that_utf_8_cannot_hold_ends_nothing() {
    let ended = run("surrogates", include_str!("boundary/surrogates.py"));
    assert_eq!(String::from_utf8_lossy(&ended.stdout), include_str!("boundary/surrogates.txt"));
}
