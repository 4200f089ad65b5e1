//! The recording, and the tree of parameters that it was made with.

use std::collections::BTreeMap;

use serde::Deserialize;
use thetahat::jax::Array;
use thetahat::jax::tree::{Key, NodeKind, PyTree, Visitor};

/// The parameters: Python's `{"b": (vector,), "w": matrix}`.
#[derive(Clone, Debug)]
pub struct Tree {
    pub b: (Array,),
    pub w: Array,
}

impl PyTree for Tree {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.begin(NodeKind::Dict);
        visitor.key(&Key::from("b"));
        self.b.visit(visitor);
        visitor.key(&Key::from("w"));
        self.w.visit(visitor);
        visitor.end();
    }
}

/// Six numbers, exact in f32, that depend on `i`.
pub fn tree(i: i64) -> Tree {
    let number = |j: i64| ((i * 37 + j * 11 + i * i * j * 5).rem_euclid(64) - 32) as f32 / 64.0;
    let numbers: Vec<f32> = (0..6).map(number).collect();
    Tree { b: (Array::new(&numbers[..2], &[2]),), w: Array::new(&numbers[2..], &[2, 2]) }
}

#[derive(Deserialize)]
pub struct Recording {
    pub steps: usize,
    pub schedules: BTreeMap<String, Both<Words>>,
    pub optimizers: BTreeMap<String, Optimizer>,
}

/// What was recorded op by op, and compiled.
#[derive(Deserialize)]
pub struct Both<T> {
    pub eager: T,
    pub jitted: T,
}

#[derive(Deserialize)]
pub struct Optimizer {
    #[serde(flatten)]
    pub runs: Both<Run>,
    /// States as Python prints them: of a vector, of the tree, of a traced vector, and of the vector after two steps.
    pub text: [String; 4],
}

#[derive(Deserialize)]
pub struct Run {
    pub updates: Words,
    pub state: Words,
    pub params: Words,
}

/// 32-bit words, in base64 of their little-endian bytes.
#[derive(Deserialize)]
#[serde(from = "String")]
pub struct Words(pub Vec<u32>);

impl From<String> for Words {
    fn from(text: String) -> Self {
        const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut bits = Vec::with_capacity(text.len() * 6);
        for digit in text.bytes().filter(|&digit| digit != b'=') {
            let value = DIGITS.iter().position(|&known| known == digit).expect("a digit of base64");
            bits.extend((0..6).rev().map(|i| value >> i & 1 == 1));
        }
        let byte = |bits: &[bool]| bits.iter().fold(0u8, |byte, &bit| byte << 1 | u8::from(bit));
        let bytes: Vec<u8> = bits.chunks_exact(8).map(byte).collect();
        Self(bytes.chunks_exact(4).map(|word| u32::from_le_bytes(word.try_into().expect("four bytes"))).collect())
    }
}

pub fn recording() -> Recording {
    serde_json::from_str(include_str!("../golden/optax.json")).expect("the recording is well-formed")
}
