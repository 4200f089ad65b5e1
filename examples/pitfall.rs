//! The lecture's `pitfall` program: prints what its Python program prints. `--help` lists the options.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main(thetahat::lecture::settings::config::Program::Module(ModuleKind::Pitfall))
}
