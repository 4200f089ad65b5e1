//! Prints draws of every distribution for the given seeds, as JSON: the text that `tests/golden/random_vectors.py`
//! prints with JAX itself. `cargo run --release --example random_vectors -- 42 7 > vectors.json`

use std::process::ExitCode;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;
use thetahat::jax::random::{
    Key, PermutationScratch, bits_into, fold_in, normal_into, permutation_into, prng_key, randint_into, split,
    truncated_normal_into, uniform_into,
};
use thetahat::jax::repr::tuple;
use thetahat::jax::special::erf_inv;
use thetahat::nnx::initializers::lecun_normal;
use thetahat::nnx::rngs::Rngs;

fn main() -> ExitCode {
    let mut seeds = Vec::new();
    for argument in std::env::args().skip(1) {
        match argument.parse::<i64>() {
            Ok(seed) => seeds.push(seed),
            Err(error) => {
                eprintln!("The seed {argument:?} is no whole number from -2^63 to 2^63 - 1: {error}.");
                return ExitCode::FAILURE;
            }
        }
    }
    print!("{}", text(&seeds));
    ExitCode::SUCCESS
}

/// The whole JSON document, spaced as Python's `json.dump` spaces it.
#[must_use]
pub fn text(seeds: &[i64]) -> String {
    let document = Object(vec![
        ("jax".into(), "0.10.2".into()),
        ("note".into(), "f32 values as u32 bit patterns, row-major; keys as two u32 words".into()),
        ("cases".into(), Json::Array(seeds.iter().map(|&seed| case(seed)).collect())),
        ("erf_inv".into(), erf_inv_table()),
    ]);
    Json::Object(document).to_python_text()
}

fn case(seed: i64) -> Json {
    let key = prng_key(seed);
    let drawn = |n: usize, fill: &dyn Fn(&mut [f32])| {
        let mut out = vec![0.0; n];
        fill(&mut out);
        Json::bits(&out)
    };
    let by_shape = |shapes: &[&[usize]], fill: &dyn Fn(&mut [f32])| {
        let entries = shapes.iter().map(|shape| (tuple(shape), drawn(shape.iter().product(), fill)));
        Json::Object(Object(entries.collect()))
    };
    let by_count = |counts: &[usize], words: &dyn Fn(usize) -> Vec<u32>| {
        Json::Object(Object(counts.iter().map(|&n| (n.to_string(), Json::words(words(n)))).collect()))
    };
    let mut dice = [0; 9];
    randint_into(key, 0, 100, &mut dice);
    let folded = [0, 1, 2, 77, 1 << 31].map(|d: u32| (d.to_string(), Json::keys(&[fold_in(key, d)])));
    let kernels = [(1, 1), (2, 1), (3, 1), (8, 1), (2, 128)]
        .map(|(m, o)| (tuple(&[m, o]), Json::bits(&lecun_normal(Rngs::new(seed).params(), m, o))));
    let mut rngs = Rngs::new(seed);
    let stream: Vec<Key> = (0..7).map(|i| if i < 4 { rngs.next_key() } else { rngs.params() }).collect();

    Json::Object(Object(vec![
        ("seed".into(), seed.into()),
        ("key".into(), Json::keys(&[key])),
        ("split2".into(), Json::keys(&split(key, 2))),
        ("split4".into(), Json::keys(&split(key, 4))),
        ("split7".into(), Json::keys(&split(key, 7))),
        ("fold_in".into(), Json::Object(Object(folded.into()))),
        ("bits".into(), by_count(&[1, 2, 3, 8, 13], &|n| random_bits(key, n))),
        ("uniform".into(), by_shape(&[&[1], &[7], &[4, 3]], &|out| uniform_into(key, 0.0, 1.0, out))),
        ("uniform_m3_2".into(), drawn(9, &|out| uniform_into(key, -3.0, 2.0, out))),
        ("normal".into(), by_shape(&[&[], &[1], &[2], &[5, 3], &[64, 2]], &|out| normal_into(key, out))),
        ("truncated_normal".into(), drawn(17, &|out| truncated_normal_into(key, -2.0, 2.0, out))),
        ("permutation".into(), by_count(&[1, 2, 5, 17, 500, 4096], &|n| permutation(key, n))),
        ("randint_0_100".into(), Json::Array(dice.map(Json::from).into())),
        ("rngs_stream".into(), Json::Array(stream.iter().map(|&key| Json::keys(&[key])).collect())),
        ("linear_kernel".into(), Json::Object(Object(kernels.into()))),
    ]))
}

fn random_bits(key: Key, n: usize) -> Vec<u32> {
    let mut out = vec![0; n];
    bits_into(key, &mut out);
    out
}

fn permutation(key: Key, n: usize) -> Vec<u32> {
    let mut out = Vec::new();
    permutation_into(key, n, &mut out, &mut PermutationScratch::default());
    out
}

/// The inverse error function from end to end of its range: `numpy.linspace(-1, 1, 4001)` without its ends, and extremes.
fn erf_inv_table() -> Json {
    #[allow(clippy::cast_possible_truncation, reason = "linspace computes in f64 and rounds to f32")]
    let line = (1..4000).map(|i| (f64::from(i) * (2.0 / 4000.0) - 1.0) as f32);
    let extremes = [(-1.0_f32).next_up(), 1.0_f32.next_down(), 0.0, 1e-30, -1e-7, 0.99999];
    let x: Vec<f32> = line.chain(extremes).collect();
    let y: Vec<f32> = x.iter().map(|&x| erf_inv(x)).collect();
    Json::Object(Object(vec![("x".into(), Json::bits(&x)), ("y".into(), Json::bits(&y))]))
}

/// A JSON value whose objects keep the order of their keys, as Python's do.
enum Json {
    Plain(Value),
    Array(Vec<Json>),
    Object(Object),
}

struct Object(Vec<(String, Json)>);

impl<T: Into<Value>> From<T> for Json {
    fn from(value: T) -> Self {
        Self::Plain(value.into())
    }
}

impl Json {
    fn words(words: Vec<u32>) -> Self {
        Self::Plain(words.into())
    }

    fn bits(numbers: &[f32]) -> Self {
        Self::words(numbers.iter().map(|x| x.to_bits()).collect())
    }

    fn keys(keys: &[Key]) -> Self {
        Self::words(keys.iter().flat_map(|key| key.words()).collect())
    }

    fn to_python_text(&self) -> String {
        let mut text = Vec::new();
        let mut serializer = serde_json::Serializer::with_formatter(&mut text, PythonSpacing);
        // Neither writing to a vector nor serialising strings and numbers can fail.
        if self.serialize(&mut serializer).is_err() {
            text.clear();
        }
        String::from_utf8_lossy(&text).into_owned()
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(value) => value.serialize(serializer),
            Self::Array(items) => items.serialize(serializer),
            Self::Object(Object(entries)) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

/// `json.dump`'s separators: a space after each comma and colon.
struct PythonSpacing;

impl serde_json::ser::Formatter for PythonSpacing {
    fn begin_array_value<W: ?Sized + std::io::Write>(&mut self, writer: &mut W, first: bool) -> std::io::Result<()> {
        writer.write_all(if first { b"" } else { b", " })
    }

    fn begin_object_key<W: ?Sized + std::io::Write>(&mut self, writer: &mut W, first: bool) -> std::io::Result<()> {
        writer.write_all(if first { b"" } else { b", " })
    }

    fn begin_object_value<W: ?Sized + std::io::Write>(&mut self, writer: &mut W) -> std::io::Result<()> {
        writer.write_all(b": ")
    }
}
