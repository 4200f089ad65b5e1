//! `thetahat-python FILE.py [ARGUMENT …]`: runs a Python program on this project's engine, printing and exiting as Python would.

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((file, rest)) = arguments.split_first() else {
        eprintln!("usage: thetahat-python FILE.py [ARGUMENT ...]");
        return ExitCode::from(2);
    };
    let source = match std::fs::read(file) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) => {
            eprintln!("thetahat-python: can't open file '{file}': {error}");
            return ExitCode::from(2);
        }
    };
    // Python's own limit on recursion comes first in a stack of this size
    let arguments = (source, file.clone(), rest.to_vec());
    let thread = std::thread::Builder::new().stack_size(512 << 20);
    let status = thread
        .spawn(move || thetahat_python::run(&arguments.0, &arguments.1, &arguments.2).status)
        .ok()
        .and_then(|thread| thread.join().ok())
        .unwrap_or(1);
    ExitCode::from(u8::try_from(status).unwrap_or(1))
}
