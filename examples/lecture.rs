//! The whole lecture in one go, one key carried through: prints everything that it prints.

use std::io::{self, Write};

use thetahat::lecture::programs::session;

fn main() -> io::Result<()> {
    match session::run() {
        Ok(text) => io::stdout().lock().write_all(text.as_bytes()),
        Err(error) => Err(io::Error::other(error.to_string())),
    }
}
