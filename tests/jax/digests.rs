//! Millions of function values and draws, compared with real JAX by the digests in `golden/digests.json`: on this machine, and, as a part of
//! `tests/web`, in Chromium and in Firefox.

use std::collections::BTreeMap;

use serde::Deserialize;
use thetahat::jax::random::{
    Key, PermutationScratch, bits_into, fold_in, normal_into, permutation_into, prng_key, randint_into, split,
    truncated_normal_into, uniform_into,
};
use thetahat::jax::{libm32, special};

/// Inputs per function, and the blocks that have a digest each.
const COUNT: u32 = 1 << 20;
const BLOCKS: u32 = 16;

#[derive(Deserialize)]
struct Recorded {
    functions: BTreeMap<String, Vec<String>>,
    /// Seed, how many draws, and the digest of each distribution.
    draws: Vec<(i64, usize, BTreeMap<String, String>)>,
}

fn recorded() -> Recorded {
    serde_json::from_str(include_str!("../golden/digests.json")).unwrap()
}

/// The sum over all words of a mixture of the word and its place, as `golden/digests.py` takes it.
pub fn digest(words: impl IntoIterator<Item = u32>) -> String {
    let mixed = words.into_iter().zip(1_u64..).map(|(word, place)| {
        let z = u64::from(word).wrapping_add(place.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    });
    format!("{:016x}", mixed.fold(0_u64, u64::wrapping_add))
}

/// The bits of a number; all NaNs count as one.
fn bits(x: f32) -> u32 {
    if x.is_nan() { 0x7FC0_0000 } else { x.to_bits() }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn functions_equal_jaxs_on_scattered_inputs() {
    let x = |i: u32| f32::from_bits(i.wrapping_mul(0x9E37_79B1));
    let y = |i: u32| f32::from_bits(i.wrapping_mul(0x85EB_CA77));
    let near_one = |i: u32| f32::from_bits((x(i).to_bits() & 0x01FF_FFFF) + 0x3E00_0000);
    let moderate = |i: u32| f32::from((y(i).to_bits().cast_signed() >> 24) as i16) * 0.37;
    for (name, expected) in recorded().functions {
        let value = |i: u32| match name.as_str() {
            "exp" => special::exp(x(i)),
            "log" => special::log(x(i)),
            "log1p" => special::log1p(x(i)),
            "tanh" => special::tanh(x(i)),
            "sqrt" => special::sqrt(x(i)),
            "erf" => special::erf(x(i)),
            "erf_inv" => special::erf_inv(x(i)),
            "sin" => libm32::sin(x(i)),
            "cos" => libm32::cos(x(i)),
            "pow" => libm32::pow(x(i), y(i)),
            "pow_near_one" => libm32::pow(near_one(i), moderate(i)),
            unknown => panic!("no function {unknown}"),
        };
        let size = COUNT / BLOCKS;
        let ours: Vec<String> =
            (0..BLOCKS).map(|block| digest((block * size..(block + 1) * size).map(|i| bits(value(i))))).collect();
        assert_eq!(ours, expected, "{name}");
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn draws_equal_jaxs() {
    for (seed, n, expected) in recorded().draws {
        let key = fold_in(prng_key(seed), 3);
        for (name, expected) in expected {
            assert_eq!(digest(draw(key, n, &name)), expected, "{name} of seed {seed}, {n} draws");
        }
    }
}

fn draw(key: Key, n: usize, name: &str) -> Vec<u32> {
    let floats = |fill: &dyn Fn(&mut [f32])| {
        let mut out = vec![0.0; n];
        fill(&mut out);
        out.into_iter().map(bits).collect()
    };
    let integers = |low, high| {
        let mut out = vec![0; n];
        randint_into(key, low, high, &mut out);
        out.into_iter().map(i32::cast_unsigned).collect()
    };
    let mut words = vec![0; n];
    match name {
        "bits" => bits_into(key, &mut words),
        "uniform(-3, 1e9)" => words = floats(&|out| uniform_into(key, -3.0, 1e9, out)),
        "uniform(5, 5)" => words = floats(&|out| uniform_into(key, 5.0, 5.0, out)),
        "normal" => words = floats(&|out| normal_into(key, out)),
        "truncated_normal(-2, 2)" => words = floats(&|out| truncated_normal_into(key, -2.0, 2.0, out)),
        "truncated_normal(0.3, 4.5)" => words = floats(&|out| truncated_normal_into(key, 0.3, 4.5, out)),
        "truncated_normal(-inf, 0)" => words = floats(&|out| truncated_normal_into(key, f32::NEG_INFINITY, 0.0, out)),
        "randint(-5, 7)" => words = integers(-5, 7),
        "randint(i32)" => words = integers(i32::MIN, i32::MAX),
        "randint(3, 3)" => words = integers(3, 3),
        "permutation" => permutation_into(key, n, &mut words, &mut PermutationScratch::default()),
        "split" => words = split(key, n).into_iter().flat_map(Key::words).collect(),
        unknown => panic!("no distribution {unknown}"),
    }
    words
}
