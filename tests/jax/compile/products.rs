//! Products of matrices of many shapes, recorded from JAX (`tests/golden/products.py`): the same bits.

use serde::Deserialize;
use thetahat::jax::compile::{Rounding, compile};
use thetahat::jax::core::{DType, ShapedArray};
use thetahat::jax::trace::{eval_jaxpr, trace};
use thetahat::jax::{Array, grad, vmap};

use crate::digests::digest;

/// The kind, the numbers of batches, rows, terms and columns, and the digest of the result.
#[derive(Deserialize)]
struct Case(String, [usize; 4], String);

fn operand(odd: u32, shape: &[usize]) -> Array {
    let len = u32::try_from(shape.iter().product::<usize>()).unwrap();
    let number = |place: u32| ((place.wrapping_mul(odd) >> 8) as f32 - (1 << 23) as f32) / (1 << 24) as f32;
    Array::from_vec((1..=len).map(number).collect(), shape)
}

/// The shapes of the operands, what is computed of them, and how it is rounded.
type Program = ([Vec<usize>; 2], fn(&Array, &Array) -> Array, Rounding);

/// The program of a kind, for these numbers of batches, rows, terms and columns.
fn program(kind: &str, [b, n, k, m]: [usize; 4]) -> Program {
    use Rounding::{Fused, OpByOp};
    let weight_gradient = |x: &Array, g: &Array| {
        let weights = Array::zeros(&[x.shape()[x.ndim() - 1], g.shape()[g.ndim() - 1]], DType::F32);
        let (x, g) = (x.clone(), g.clone());
        grad(move |w: &Array| (x.matmul(w) * &g).sum())(&weights)
    };
    let mapped = |x: &Array, y: &Array| {
        let x = x.clone();
        vmap(move |v: &Array| x.matmul(v), 0)(y)
    };
    match kind {
        "plain" => ([vec![n, k], vec![k, m]], |x, y| x.matmul(y), OpByOp),
        "transposed" => ([vec![n, k], vec![m, k]], |x, y| x.matmul(&y.t()), Fused),
        "left transposed" => ([vec![k, n], vec![k, m]], |x, y| x.t().matmul(y), Fused),
        "batched" => ([vec![b, n, k], vec![b, k, m]], |x, y| x.matmul(y), OpByOp),
        "of three axes" => ([vec![b, n, k], vec![k, m]], |x, y| x.matmul(y), OpByOp),
        "vmap" => ([vec![n, k], vec![m, k]], mapped, OpByOp),
        "jit vmap" => ([vec![n, k], vec![m, k]], mapped, Fused),
        "result transposed" => ([vec![n, k], vec![m, k]], |x, y| x.matmul(&y.t()).t(), Fused),
        "gradient" => ([vec![b, n, k], vec![b, n, m]], weight_gradient, OpByOp),
        "jit gradient" => ([vec![b, n, k], vec![b, n, m]], weight_gradient, Fused),
        unknown => panic!("no kind {unknown}"),
    }
}

#[test]
fn products_equal_jaxs() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("../../golden/products.json")).unwrap();
    let mut different = Vec::new();
    for Case(kind, sizes, expected) in &cases {
        let (shapes, f, rounding) = program(kind, *sizes);
        let avals = [0, 1].map(|i| ShapedArray::new(&shapes[i], DType::F32));
        let traced = trace(&avals, |args| vec![f(&args[0], &args[1])]).unwrap();
        let operands = [operand(0x9E37_79B1, &shapes[0]), operand(0x85EB_CA77, &shapes[1])];
        let mut compiled = compile(&traced.jaxpr, &traced.consts, rounding).unwrap();
        let result = compiled.call(&operands).unwrap().remove(0);
        if rounding == Rounding::OpByOp {
            let evaluated = eval_jaxpr(&traced.jaxpr, &traced.consts, &operands).unwrap().remove(0);
            assert_eq!(evaluated.to_words().unwrap(), result.to_words().unwrap(), "{kind} {sizes:?}");
        }
        if digest(result.to_words().unwrap()) != *expected {
            different.push(format!("{kind} {sizes:?}"));
        }
    }
    assert!(different.is_empty(), "{} of {}:\n{}", different.len(), cases.len(), different.join("\n"));
}
