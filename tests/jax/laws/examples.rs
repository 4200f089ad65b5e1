//! A program compiled for several examples computes for each of them, to the last bit, what the program computes for that example alone: kernel by
//! kernel and as generated WebAssembly.

use std::rc::Rc;

use proptest::prelude::*;
use thetahat::jax::Array;
use thetahat::jax::compile::wasm::Fma;
use thetahat::jax::compile::{Backend, Executable, Rounding, compile, compile_mapped, install_loader};
use thetahat::jax::core::{DType, ShapedArray};
use thetahat::jax::trace::{ClosedJaxpr, trace};
use thetahat::lecture::programs::step_program::step_program;
use thetahat::lecture::settings::config::{self, Config, Optimizer, Schedule};

use crate::laws::machine::numbers;
use crate::laws::program::{Kind, program};
use crate::laws::programs;
use crate::laws::wasmi::Wasmi;

/// Arguments of each example; those that are not `mapped` are the same for all.
struct Examples {
    mapped: Vec<bool>,
    args: Vec<Vec<Vec<u32>>>,
}

/// The words of some floats, those of other types made small counts.
fn words(aval: &ShapedArray, seed: u32) -> Vec<u32> {
    match aval.dtype {
        DType::F32 => numbers(&aval.shape, seed).to_words().expect("numbers"),
        _ => vec![seed % 97; aval.size()],
    }
}

impl Examples {
    fn new(avals: &[ShapedArray], mapped: &[bool], count: usize, seed: u32) -> Self {
        let word = |i: usize, example: usize| {
            let example = if mapped[i] { example } else { 0 };
            words(&avals[i], seed + 31 * i as u32 + 7 * example as u32)
        };
        let args = (0..count).map(|example| (0..avals.len()).map(|i| word(i, example)).collect()).collect();
        Self { mapped: mapped.to_vec(), args }
    }

    /// Argument `i` of all examples.
    fn stacked(&self, i: usize) -> Vec<u32> {
        if !self.mapped[i] {
            return self.args[0][i].clone();
        }
        (0..self.args[0][i].len()).flat_map(|word| self.args.iter().map(move |args| args[i][word])).collect()
    }
}

/// The bits of an output; all NaNs are the same.
fn output(executable: &Executable, j: usize) -> Vec<u32> {
    let is_float = executable.out_avals()[j].dtype == DType::F32;
    let word = |&x: &u32| if is_float && f32::from_bits(x).is_nan() { f32::NAN.to_bits() } else { x };
    executable.output(j).iter().map(word).collect()
}

/// Runs all examples at once and one by one.
fn agree(single: &mut Executable, mapped: &mut Executable, examples: &Examples) -> Result<(), TestCaseError> {
    for i in 0..examples.mapped.len() {
        mapped.input_mut(i).copy_from_slice(&examples.stacked(i));
    }
    mapped.run();
    for (example, args) in examples.args.iter().enumerate() {
        for (i, words) in args.iter().enumerate() {
            single.input_mut(i).copy_from_slice(words);
        }
        single.run();
        for j in 0..single.out_avals().len() {
            let (all, own) = (output(mapped, j), output(single, j));
            let count = examples.args.len();
            let found: Vec<u32> =
                if all.len() == own.len() { all } else { all.into_iter().skip(example).step_by(count).collect() };
            prop_assert_eq!(found, own, "output {} of example {} of {}", j, example, count);
        }
    }
    Ok(())
}

/// Compiles a program for one example and for several, for the interpreter and for both kinds of machine, and runs it on all of them.
fn check(
    program: &ClosedJaxpr,
    rounding: Rounding,
    [inputs, outputs]: [&[bool]; 2],
    examples: &[Examples],
) -> Result<Backend, TestCaseError> {
    let mut single = compile(&program.jaxpr, &program.consts, rounding).expect("a program");
    let mut backend = Backend::Interpreter;
    for machine in [None, Some(Fma::Relaxed), Some(Fma::Exact)] {
        install_loader(machine.map(|fma| Rc::new(Wasmi(fma)) as _));
        let mapped = compile_mapped(program, rounding, [inputs, outputs], examples[0].args.len());
        install_loader(None);
        let mut mapped = mapped.expect("a mapped program");
        backend = mapped.backend();
        for examples in examples {
            agree(&mut single, &mut mapped, examples)?;
        }
    }
    Ok(backend)
}

fn check_function(shapes: &[&[usize]], inputs: &[bool], f: impl Fn(&[Array]) -> Vec<Array>) {
    let avals: Vec<ShapedArray> = shapes.iter().map(|shape| ShapedArray::new(shape, DType::F32)).collect();
    let program = trace(&avals, |args| f(&args)).expect("a program");
    let outputs = vec![true; program.jaxpr.outs.len()];
    for count in [1, 3, 4, 8] {
        let examples = [Examples::new(&avals, inputs, count, 5)];
        let checked = check(&program, Rounding::OpByOp, [inputs, &outputs], &examples);
        checked.unwrap_or_else(|error| panic!("{shapes:?}, {inputs:?}: {error}"));
    }
}

/// Every order of sums, with the left, the right and both operands mapped.
#[test]
fn dot_products_of_all_shapes() {
    for inputs in [[true, false, false], [false, true, false], [false, true, true], [true, true, true]] {
        for rows in [1, 2, 3, 8, 9, 16, 40] {
            for columns in [1, 2, 3, 8, 9, 17, 40] {
                let x: &[usize] = &[rows, columns];
                check_function(&[x, &[columns], &[rows]], &inputs, |args| {
                    vec![args[0].matmul(&args[1]), args[2].matmul(&args[0]), args[1].matmul(&args[1])]
                });
            }
        }
    }
    for [rows, terms, columns] in [[5, 3, 2], [4, 9, 8], [9, 40, 13], [3, 5, 1], [1, 5, 33]] {
        for inputs in [[true, false], [false, true], [true, true]] {
            check_function(&[&[rows, terms], &[terms, columns]], &inputs, |args| vec![args[0].matmul(&args[1])]);
            check_function(&[&[rows, terms], &[columns, terms]], &inputs, |args| vec![args[0].matmul(&args[1].t())]);
            check_function(&[&[terms, rows], &[terms, columns]], &inputs, |args| vec![args[0].t().matmul(&args[1])]);
        }
    }
}

/// Which inputs and outputs of a step differ between trainings: all that is not counted, but for the batch.
fn of_trainings(program: &ClosedJaxpr) -> [Vec<bool>; 2] {
    let avals: Vec<ShapedArray> = program.jaxpr.in_avals().cloned().collect();
    let batch = avals.len() - 3..avals.len() - 1;
    let inputs = avals.iter().enumerate().map(|(i, aval)| aval.dtype == DType::F32 && !batch.contains(&i)).collect();
    let outputs = program.jaxpr.outs.iter().map(|&atom| program.jaxpr.aval(atom).dtype == DType::F32).collect();
    [inputs, outputs]
}

/// Every step that the page can be set to.
#[test]
fn training_steps() {
    for &program in config::Program::ALL {
        for &optimizer in Optimizer::BY_RATE {
            for &schedule in Schedule::ALL {
                for (rows, features) in [(16, 2), (4, 2), (1, 1), (64, 1), (64, 3), (250, 2), (20, 18), (33, 64)] {
                    let config = Config { program, optimizer, schedule, features, ..Config::default() };
                    let step = step_program(program).trace(rows, &config).expect("a step");
                    let [inputs, outputs] = of_trainings(&step);
                    let avals: Vec<ShapedArray> = step.jaxpr.in_avals().cloned().collect();
                    let examples = [0, 50].map(|seed| Examples::new(&avals, &inputs, 4, seed));
                    let backend = check(&step, Rounding::Fused, [&inputs, &outputs], &examples);
                    let backend = backend.unwrap_or_else(|error| panic!("{rows} rows, {config:?}: {error}"));
                    assert_eq!(backend, Backend::WebAssembly, "{rows} rows, {config:?}");
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(programs(600))]

    #[test]
    fn examples_are_rounded_like_one(program in program(Kind::Any), picks: [bool; 3], count in 1..10usize) {
        let traced = program.traced();
        let avals: Vec<ShapedArray> = traced.jaxpr.in_avals().cloned().collect();
        let inputs: Vec<bool> = avals.iter().zip(picks).map(|(_, pick)| pick).collect();
        let outputs = vec![true; traced.jaxpr.outs.len()];
        let examples = [0, 100].map(|seed| Examples::new(&avals, &inputs, count, seed));
        for rounding in [Rounding::Fused, Rounding::OpByOp] {
            check(&traced, rounding, [&inputs, &outputs], &examples)?;
        }
    }
}
