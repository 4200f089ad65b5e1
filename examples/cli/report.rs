//! The file that `--json` writes: what `tests/golden/lecture.py` writes, with its spaces.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Formatter;
use serde_json::{Map, Value};
use thetahat::lecture::run::recording::Chunk;
use thetahat::lecture::settings::config::Config;
use thetahat::lecture::settings::number::Number;
use thetahat::lecture::settings::setting::{Kind, SETTINGS};

/// The version of JAX whose numbers these are.
const JAX: &str = "0.10.2";

#[derive(Serialize)]
struct Report {
    args: Map<String, Value>,
    jax: &'static str,
    lines: Vec<String>,
    theta: Vec<u32>,
    losses_bits: Vec<u32>,
    norms_bits: Vec<u32>,
    params_bits: Vec<u32>,
}

/// Writes the settings and everything that was recorded, floats as the numbers of their bits.
pub fn write(file: &mut impl Write, config: &Config, theta: &[f32], all: Chunk) -> io::Result<()> {
    let report = Report {
        args: arguments(config),
        jax: JAX,
        theta: bits(theta),
        norms_bits: bits(&all.epoch_norms),
        losses_bits: bits(&all.losses),
        params_bits: bits(&all.params),
        lines: all.lines,
    };
    report.serialize(&mut serde_json::Serializer::with_formatter(file, PythonSpacing))?;
    Ok(())
}

/// The program and every setting, under the names of the command line with underscores, as Python's `argparse` has them.
fn arguments(config: &Config) -> Map<String, Value> {
    let value = |setting: &thetahat::lecture::settings::setting::Setting| match &setting.kind {
        Kind::Number(numeric) => match (numeric.get)(config) {
            Number::Integer(number) => number.into(),
            Number::Real(number) => number.into(),
        },
        _ => match setting.text(config) {
            none if none.is_empty() => Value::Null,
            text => text.into(),
        },
    };
    let settings = SETTINGS.iter().map(|setting| (setting.option.replace('-', "_"), value(setting)));
    std::iter::once(("variant".to_owned(), config.program.name().into())).chain(settings).collect()
}

fn bits(values: &[f32]) -> Vec<u32> {
    values.iter().map(|x| x.to_bits()).collect()
}

/// A space after every comma and colon, as Python's `json.dump` writes.
struct PythonSpacing;

impl Formatter for PythonSpacing {
    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }
}
