//! The command line that all of the lecture's programs share; it means what `tests/golden/lecture.py` means by the same names and defaults.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use clap::Parser;
use serde::Serialize;
use serde_json::ser::Formatter;
use thetahat::Error;
use thetahat::lecture::run::recording::Chunk;
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::{Config, Program};

/// The version of JAX whose numbers these are.
const JAX: &str = "0.10.2";

/// Runs one of the lecture's programs and prints what it prints.
#[derive(Parser, Serialize)]
struct Args {
    #[arg(skip)]
    variant: &'static str,
    /// Seed of the random keys
    #[arg(long, default_value_t = 42, allow_negative_numbers = true)]
    seed: i64,
    /// Samples N
    #[arg(long, default_value_t = 500)]
    samples: usize,
    /// Features M
    #[arg(long, default_value_t = 2)]
    features: usize,
    /// Standard deviation of the noise
    #[arg(long, default_value_t = 0.001, allow_negative_numbers = true)]
    sigma: f64,
    /// Learning rate
    #[arg(long, default_value_t = 0.001, allow_negative_numbers = true)]
    lr: f64,
    /// Rows per batch; 16, with modules 64
    #[arg(long)]
    batch_size: Option<usize>,
    /// Passes over the data; 201, with modules 500
    #[arg(long)]
    epochs: Option<usize>,
    /// What turns gradients into updates
    #[arg(long, default_value = "sgd", value_name = "sgd|momentum|nesterov|adam")]
    optimizer: String,
    /// How the learning rate changes
    #[arg(long, default_value = "constant", value_name = "constant|exponential|cosine|warmup_cosine")]
    schedule: String,
    /// Print the distance every so many epochs
    #[arg(long, default_value_t = 100)]
    print_every: usize,
    /// Also write everything that was computed to this file, floats as the numbers of their bits
    #[arg(long)]
    #[serde(skip)]
    json: Option<PathBuf>,
}

#[derive(Serialize)]
struct Report<'a> {
    args: &'a Args,
    jax: &'static str,
    lines: Vec<String>,
    theta: Vec<u32>,
    losses_bits: Vec<u32>,
    norms_bits: Vec<u32>,
    params_bits: Vec<u32>,
}

/// Reads the command line, runs the program, and reports an error in one sentence.
pub fn main(program: Program) -> std::process::ExitCode {
    let args = Args { variant: program.name(), ..Args::parse() };
    match run(program, &args) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            std::process::ExitCode::FAILURE
        }
    }
}

fn run(program: Program, args: &Args) -> Result<(), Box<dyn std::error::Error>> {
    let config = args.config(program)?;
    let mut trainer = Trainer::new(&config)?;
    let mut all = Chunk::default();
    // at least one call: a program that takes no step prints all the same
    loop {
        let chunk = trainer.advance(10_000)?;
        chunk.lines.iter().for_each(|line| println!("{line}"));
        all.append(chunk);
        if trainer.is_done() {
            break;
        }
    }
    let Some(path) = &args.json else { return Ok(()) };
    let report = Report {
        args,
        jax: JAX,
        theta: bits(&trainer.problem().theta),
        norms_bits: bits(&all.epoch_norms),
        losses_bits: bits(&all.losses),
        params_bits: bits(&all.params),
        lines: all.lines,
    };
    let mut file = BufWriter::new(File::create(path)?);
    report.serialize(&mut serde_json::Serializer::with_formatter(&mut file, PythonSpacing))?;
    Ok(file.flush()?)
}

impl Args {
    fn config(&self, program: Program) -> Result<Config, Error> {
        let lecture = Config::lecture(program);
        let config = Config {
            seed: self.seed,
            samples: self.samples,
            features: self.features,
            sigma: self.sigma,
            learning_rate: self.lr,
            batch_size: self.batch_size.unwrap_or(lecture.batch_size),
            epochs: self.epochs.unwrap_or(lecture.epochs),
            optimizer: self.optimizer.parse()?,
            schedule: self.schedule.parse()?,
            print_every: self.print_every,
            ..lecture
        };
        config.validate()?;
        Ok(config)
    }
}

fn bits(values: &[f32]) -> Vec<u32> {
    values.iter().map(|x| x.to_bits()).collect()
}

/// A space after every comma and colon, as Python's `json.dump` writes.
struct PythonSpacing;

impl Formatter for PythonSpacing {
    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> std::io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> std::io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> std::io::Result<()> {
        writer.write_all(b": ")
    }
}
