//! The command line that all of the lecture's programs share. Its options are the page's settings, read from the same table: each under its long name, and under
//! its key in links. Where `tests/golden/lecture.py` has an option, it has the same name and default.

mod report;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, value_parser};
use thetahat::lecture::run::recording::Chunk;
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::{Config, Program};
use thetahat::lecture::settings::setting::{Kind, Range, SETTINGS, Setting};

/// What goes wrong, fit to be printed.
type Failure = Box<dyn std::error::Error>;

/// Reads the command line, runs the program, and reports an error in one sentence.
pub fn main(program: Program) -> ExitCode {
    match run(program) {
        Ok(()) => ExitCode::SUCCESS,
        // whoever reads the lines has seen enough, as `head` has
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}.");
            ExitCode::FAILURE
        }
    }
}

fn run(program: Program) -> Result<(), Failure> {
    let matches = command(program).get_matches();
    let config = config(program, &matches)?;
    let path = matches.get_one::<PathBuf>("json");
    // before the run: a file that cannot be written is said at once
    let file =
        path.map(|path| File::create(path).map_err(|error| format!("{}: {error}", path.display()))).transpose()?;
    let mut trainer = Trainer::new(&config)?;
    let mut all = Chunk::default();
    let mut out = io::stdout().lock();
    // at least one call: a program that takes no step prints all the same
    loop {
        let chunk = trainer.advance(10_000)?;
        for line in &chunk.lines {
            writeln!(out, "{line}")?;
        }
        all.append(chunk);
        if trainer.is_done() {
            break;
        }
    }
    out.flush()?;
    let Some(file) = file else { return Ok(()) };
    let mut file = BufWriter::new(file);
    report::write(&mut file, &config, &trainer.problem().theta, all)?;
    Ok(file.flush()?)
}

fn is_closed_pipe(error: &Failure) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// The options of a program: one for each setting, and the file to write.
pub fn command(program: Program) -> Command {
    let lecture = Config::lecture(program);
    let json = Arg::new("json")
        .long("json")
        .value_name("FILE")
        .value_parser(value_parser!(PathBuf))
        .help("Also write everything that was computed to this file, floats as the numbers of their bits");
    Command::new(program.name())
        .about(format!("Runs the lecture's `{program}` program and prints what it prints"))
        .args(SETTINGS.iter().map(|setting| option(setting, &lecture)))
        .arg(json)
}

fn option(setting: &'static Setting, lecture: &Config) -> Arg {
    let value = match &setting.kind {
        Kind::Number(numeric) if matches!(numeric.range, Range::Integer(..)) => "INTEGER",
        Kind::Number(_) => "NUMBER",
        Kind::Choice(_) => "NAME",
        Kind::Point => "NUMBERS",
        Kind::Branch => "STEP,RATE,OPTIMIZER,SCHEDULE",
    };
    let default = match setting.text(lecture) {
        none if none.is_empty() => none,
        text => format!(" [default: {text}]"),
    };
    let option = Arg::new(setting.option)
        .long(setting.option)
        .value_name(value)
        .allow_hyphen_values(true)
        .help(format!("{} It is {}.{default}", setting.about, setting.expected()));
    if setting.key == setting.option { option } else { option.visible_alias(setting.key) }
}

/// The settings of a command line.
///
/// # Errors
/// The first that cannot be read or is out of its range, in the sentence that the page shows beside its control.
pub fn config(program: Program, matches: &ArgMatches) -> thetahat::Result<Config> {
    let mut config = Config::lecture(program);
    for setting in &SETTINGS {
        if let Some(text) = matches.get_one::<String>(setting.option) {
            let value = setting.read(text)?;
            setting.check(&value)?;
            setting.put(&mut config, value);
        }
    }
    config.validate()?;
    Ok(config)
}
