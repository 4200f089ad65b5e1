//! The lecture's `mylinear` program: prints what its Python program prints. `--help` lists the options.

mod cli;

use thetahat::lecture::settings::config::{ModuleKind, Program};

fn main() -> std::process::ExitCode {
    cli::main(Program::Module(ModuleKind::MyLinear))
}
