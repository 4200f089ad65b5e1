//! Laws that every program obeys: compiling changes no bit beyond what the lowered program says.

use proptest::prelude::*;
use thetahat::jax::Array;
use thetahat::jax::compile::{Rounding, compile, lowered};
use thetahat::jax::core::{DType, ShapedArray};
use thetahat::jax::numpy::{concatenate, select};
use thetahat::jax::trace::{ClosedJaxpr, eval_jaxpr, trace};

const ARGUMENTS: [&[usize]; 7] = [&[5], &[5], &[], &[5, 3], &[3], &[40], &[0, 3]];

/// One operation: which one, and which of the values so far it reads.
type Choice = (u8, usize, usize, usize);

fn pick(values: &[Array], which: usize, fits: impl Fn(&Array) -> bool) -> Array {
    let candidates: Vec<&Array> = values.iter().filter(|x| fits(x)).collect();
    candidates[which % candidates.len()].clone()
}

/// Applies an operation to earlier values of fitting shapes; the arguments make sure that there are some.
fn apply(values: &[Array], (operation, i, j, k): Choice) -> Array {
    let x = pick(values, i, |x| x.dtype() == DType::F32);
    let like =
        |which: usize| pick(values, which, |y| y.dtype() == DType::F32 && (y.shape() == x.shape() || y.ndim() == 0));
    let (y, z) = (like(j), like(k));
    let constant = [0.5_f32, -1.0, 1.0, 0.0, 3.0, 0.1][k % 6];
    let matrix = pick(values, i, |x| x.ndim() == 2);
    match operation {
        0..=3 => x * y,
        4..=6 => x + y,
        7..=9 => x - y,
        10 => x / y,
        11 => x.maximum(&y),
        12 => -x,
        13 => x.powi(i32::try_from(j % 7).unwrap() - 3),
        14 => x * constant,
        15 => x + constant,
        16 => x / (constant + 2.0),
        17 => (x.powi(2) + constant.abs()).sqrt(),
        18 => x.tanh(),
        19 => x.sum(),
        20 => x.mean(),
        21 => x.max(),
        22 => x.reshape(&[x.size()]),
        23 => x.reshape(&[1, x.size()]),
        24 => x.reshape(&[x.size(), 1]),
        25 => matrix.t(),
        26 => matrix.matmul(&matrix.t()),
        27 => {
            let columns = matrix.shape()[1];
            let fits = values.iter().filter(|y| y.ndim() == 1 && y.size() == columns).nth(j % 3);
            matrix.matmul(&fits.cloned().unwrap_or_else(|| matrix.sum_axes(&[0])))
        }
        28 => matrix.sum_axes(&[j % 2]),
        29 => select(&x.less(&y), &x, &z),
        30 => concatenate(&[&x.reshape(&[x.size()]), &y.reshape(&[y.size()])], 0),
        31 => matrix.slice(&[0, 0], &[matrix.shape()[0].div_ceil(2), matrix.shape()[1]]),
        32 => x.broadcast_to(&[&[2], x.shape()].concat()),
        33 => x.exp(),
        34 => x.astype(DType::I32).astype(DType::F32),
        _ => x.clone() * &x + &x,
    }
}

fn program(choices: &[Choice]) -> ClosedJaxpr {
    let avals = ARGUMENTS.map(|shape| ShapedArray::new(shape, DType::F32));
    let traced = trace(&avals, |mut values| {
        for &choice in choices {
            let next = apply(&values, choice);
            if next.error().is_none() && next.ndim() <= 3 && next.size() <= 400 {
                values.push(next);
            }
        }
        let last = values.len().saturating_sub(4).max(2);
        [&values[last..], &values[..1]].concat()
    });
    traced.unwrap()
}

fn arguments() -> impl Strategy<Value = Vec<Array>> {
    let sizes: usize = ARGUMENTS.iter().map(|shape| shape.iter().product::<usize>()).sum();
    prop::collection::vec(prop_oneof![8 => -3.0_f32..3.0, 1 => Just(0.0), 1 => Just(-0.0), 1 => -1e20_f32..1e20], sizes)
        .prop_map(|mut numbers| {
            ARGUMENTS
                .map(|shape| Array::from_vec(numbers.split_off(numbers.len() - shape.iter().product::<usize>()), shape))
                .to_vec()
        })
}

/// The bits of arrays; all NaNs are the same.
fn bits(arrays: &[Array]) -> Vec<Vec<u32>> {
    let word = |x: &f32| if x.is_nan() { f32::NAN.to_bits() } else { x.to_bits() };
    arrays.iter().map(|x| x.as_f32().unwrap().iter().map(word).collect()).collect()
}

fn choices() -> impl Strategy<Value = Vec<Choice>> {
    prop::collection::vec((0_u8..38, 0_usize..1000, 0_usize..1000, 0_usize..1000), 1..24)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn op_by_op_is_evaluation(choices in choices(), arguments in arguments()) {
        let program = program(&choices);
        let evaluated = eval_jaxpr(&program.jaxpr, &program.consts, &arguments).unwrap();
        let mut compiled = compile(&program.jaxpr, &program.consts, Rounding::OpByOp).unwrap();
        prop_assert_eq!(bits(&compiled.call(&arguments).unwrap()), bits(&evaluated), "{}", program.jaxpr);
    }

    #[test]
    fn fused_is_evaluation_of_the_lowered_program(choices in choices(), arguments in arguments()) {
        let program = program(&choices);
        let lowered = lowered(&program.jaxpr, Rounding::Fused).unwrap();
        lowered.typecheck().unwrap();
        let evaluated = eval_jaxpr(&lowered, &program.consts, &arguments).unwrap();
        let mut compiled = compile(&program.jaxpr, &program.consts, Rounding::Fused).unwrap();
        prop_assert_eq!(bits(&compiled.call(&arguments).unwrap()), bits(&evaluated), "{}", lowered);
        // a second run on the same arguments: nothing is left over from the first
        compiled.run();
        let again: Vec<Array> = (0..evaluated.len()).map(|j| Array::new(compiled.output_f32(j), evaluated[j].shape())).collect();
        prop_assert_eq!(bits(&again), bits(&evaluated));
    }
}
