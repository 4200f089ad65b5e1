//! `vmap(f)` is a loop of `f`, whichever axes are mapped, and so is `vmap` of `grad`.

use proptest::prelude::*;
use thetahat::jax::batching::vmap_jaxpr;
use thetahat::jax::compile::{Rounding, lowered};
use thetahat::jax::core::{Jaxpr, Primitive as P};
use thetahat::jax::numpy::concatenate;
use thetahat::jax::trace::{ClosedJaxpr, bind, eval_jaxpr};
use thetahat::jax::{Array, grad, vmap};

use crate::laws::program::{Kind, Program, program};
use crate::laws::programs;

const SIZE: usize = 3;

/// Which axis of each argument is mapped, at least one; and where results are stacked.
fn axes(program: &Program, picks: &[u8]) -> Vec<Option<usize>> {
    let pick = |(shape, &pick): (&Vec<usize>, &u8)| match usize::from(pick) % (shape.len() + 2) {
        0 => None,
        axis => Some(axis - 1),
    };
    let mut axes: Vec<Option<usize>> = program.shapes.iter().zip(picks).map(pick).collect();
    if axes.iter().all(Option::is_none) {
        axes[0] = Some(0);
    }
    axes
}

fn stacked(examples: &[Array], axis: usize) -> Array {
    let expanded: Vec<Array> = examples.iter().map(|x| x.expand_dims(axis)).collect();
    concatenate(&expanded.iter().collect::<Vec<_>>(), axis)
}

/// Example `i` of examples stacked along `axis`.
fn example(x: &Array, i: usize, axis: usize) -> Array {
    let (mut start, mut limit) = (vec![0; x.ndim()], x.shape().to_vec());
    (start[axis], limit[axis]) = (i, i + 1);
    bind(P::Squeeze { dimensions: vec![axis] }, &[&x.slice(&start, &limit)])
}

/// What a program gives for each of some examples, and what the mapped program gives.
fn both(closed: &ClosedJaxpr, program: &Program, picks: &[u8], out: u8) -> (Vec<Vec<Array>>, Vec<Vec<Array>>) {
    let in_axes = axes(program, picks);
    let example_of = |i: usize| -> Vec<Array> {
        let own = program.args(i as u64 + 1).into_iter().zip(program.args(0));
        own.zip(&in_axes).map(|((own, shared), axis)| axis.map_or(shared, |_| own)).collect()
    };
    let examples: Vec<Vec<Array>> = (0..SIZE).map(example_of).collect();
    let run = |jaxpr: &Jaxpr, args: &[Array]| eval_jaxpr(jaxpr, &closed.consts, args).expect("results");
    let looped: Vec<Vec<Array>> = examples.iter().map(|args| run(&closed.jaxpr, args)).collect();
    let batch_of = |(j, axis): (usize, &Option<usize>)| match axis {
        Some(axis) => stacked(&examples.iter().map(|args| args[j].clone()).collect::<Vec<_>>(), *axis),
        None => examples[0][j].clone(),
    };
    let batch: Vec<Array> = in_axes.iter().enumerate().map(batch_of).collect();
    let places: Vec<usize> = looped[0].iter().map(|x| usize::from(out) % (x.ndim() + 1)).collect();
    let out_axes: Vec<Option<usize>> = places.iter().copied().map(Some).collect();
    let mapped = vmap_jaxpr(&closed.jaxpr, &in_axes, &out_axes, SIZE).expect("a mapped program");
    mapped.typecheck().expect("a well-formed program");
    let outs = run(&mapped, &batch);
    let unstacked = |i| outs.iter().zip(&places).map(|(x, &axis)| example(x, i, axis)).collect();
    (looped, (0..SIZE).map(unstacked).collect())
}

pub fn close(x: &Array, y: &Array, tolerance: f32) -> bool {
    let (a, b) = (x.to_vec().expect("numbers"), y.to_vec().expect("numbers"));
    x.shape() == y.shape() && a.iter().zip(&b).all(|(a, b)| (a - b).abs() <= tolerance * (1.0 + a.abs()))
}

pub fn bits(x: &Array) -> (Vec<usize>, Vec<u32>) {
    (x.shape().to_vec(), x.to_vec().expect("numbers").iter().map(|x| x.to_bits()).collect())
}

proptest! {
    #![proptest_config(programs(1000))]

    /// Elementwise operations, sums and movements treat each example like that example alone: to the last bit.
    #[test]
    fn vmap_is_a_loop_to_the_last_bit(program in program(Kind::WithoutProducts), picks: [u8; 3], out: u8) {
        let (looped, mapped) = both(&program.traced(), &program, &picks, out);
        for (x, y) in looped.iter().flatten().zip(mapped.iter().flatten()) {
            prop_assert_eq!(bits(x), bits(y));
        }
    }

    /// So do the fused operations that the compiler puts in.
    #[test]
    fn vmap_of_a_lowered_program_is_a_loop(program in program(Kind::WithoutProducts), picks: [u8; 3], out: u8) {
        let traced = program.traced();
        let jaxpr = lowered(&traced.jaxpr, Rounding::Fused).expect("a lowered program");
        let lowered = ClosedJaxpr { jaxpr, consts: traced.consts };
        let (looped, mapped) = both(&lowered, &program, &picks, out);
        for (x, y) in looped.iter().flatten().zip(mapped.iter().flatten()) {
            prop_assert_eq!(bits(x), bits(y));
        }
    }

    /// A dot product rounds in an order that depends on all its shapes, as in JAX, so the mapped one may differ in the last bits.
    #[test]
    fn vmap_is_a_loop(program in program(Kind::Smooth), picks: [u8; 3], out: u8) {
        let (looped, mapped) = both(&program.traced(), &program, &picks, out);
        for (x, y) in looped.iter().flatten().zip(mapped.iter().flatten()) {
            prop_assert!(close(x, y, 2e-5), "{x:?} is not {y:?}");
        }
    }

    #[test]
    fn vmap_of_vmap_is_two_loops(program in program(Kind::WithoutProducts)) {
        let args: Vec<Vec<Vec<Array>>> =
            (0..2).map(|i| (0..SIZE).map(|j| program.args(i * 3 + j as u64)).collect()).collect();
        let looped: Vec<Array> = args.iter().flatten().flat_map(|args| program.run(args)).collect();
        let inner: Vec<Vec<Array>> = args.iter().map(|rows| transposed(rows)).collect();
        let batch = transposed(&inner);
        let twice = vmap(vmap(move |args: &Vec<Array>| program.run(args), (0,)), (1,));
        let swapped: Vec<Array> = batch.iter().map(swap).collect();
        let outs = twice(&swapped);
        // the outer map takes axis 1, so its results come out with that axis in front
        let mut found = Vec::new();
        for i in 0..2 {
            for j in 0..SIZE {
                found.extend(outs.iter().map(|x| example(&example(x, i, 0), j, 0)));
            }
        }
        for (x, y) in looped.iter().zip(&found) {
            prop_assert_eq!(bits(x), bits(y));
        }
    }

    #[test]
    fn vmap_of_grad_is_a_loop_of_grad(program in program(Kind::Smooth)) {
        let examples: Vec<Vec<Array>> = (0..SIZE).map(|i| program.args(i as u64)).collect();
        let gradient = move |args: &Vec<Array>| {
            let program = program.clone();
            grad(move |args: &Vec<Array>| program.scalar(args))(args)
        };
        let mapped = vmap(gradient.clone(), (0,))(&transposed(&examples));
        for (i, args) in examples.iter().enumerate() {
            for (x, y) in gradient(args).iter().zip(&mapped) {
                prop_assert!(close(x, &example(y, i, 0), 1e-4), "{x:?} is not example {i} of {y:?}");
            }
        }
    }
}

/// From a list of arguments for each example to the stacked examples of each argument.
fn transposed(examples: &[Vec<Array>]) -> Vec<Array> {
    (0..examples[0].len())
        .map(|j| stacked(&examples.iter().map(|args| args[j].clone()).collect::<Vec<_>>(), 0))
        .collect()
}

/// The first two axes in the other order.
fn swap(x: &Array) -> Array {
    let order: Vec<usize> = [1, 0].into_iter().chain(2..x.ndim()).collect();
    x.transpose(&order)
}
