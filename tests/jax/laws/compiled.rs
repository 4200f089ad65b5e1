//! Compiled programs compute what the program says.

use std::cell::Cell;
use std::rc::Rc;

use proptest::prelude::*;
use thetahat::jax::compile::{Rounding, compile, lowered};
use thetahat::jax::trace::eval_jaxpr;
use thetahat::jax::{Array, grad, jit, make_jaxpr};

use crate::laws::mapped::{bits, close};
use crate::laws::program::{Kind, Op, Program, program};
use crate::laws::programs;

/// With the compiler's rounding, to the last bit what the lowered program computes, also on a second call.
fn equals_its_lowered_program(program: &Program) -> Result<(), TestCaseError> {
    let traced = program.traced();
    let lowered = lowered(&traced.jaxpr, Rounding::Fused).expect("a lowered program");
    lowered.typecheck().expect("a well-formed program");
    let mut executable = compile(&traced.jaxpr, &traced.consts, Rounding::Fused).expect("a compiled program");
    for seed in 0..2 {
        let args = program.args(seed);
        let expected = eval_jaxpr(&lowered, &traced.consts, &args).expect("results");
        let compiled = executable.call(&args).expect("results");
        for ((x, y), plain) in expected.iter().zip(&compiled).zip(&program.run(&args)) {
            prop_assert_eq!(bits(x), bits(y));
            prop_assert_eq!(y.shape(), plain.shape());
        }
    }
    Ok(())
}

/// With the compiler's rounding, the numbers of the function but for that rounding.
fn is_near_the_function(program: &Program) -> Result<(), TestCaseError> {
    let traced = program.traced();
    let mut executable = compile(&traced.jaxpr, &traced.consts, Rounding::Fused).expect("a compiled program");
    let args = program.args(0);
    for (x, y) in program.run(&args).iter().zip(&executable.call(&args).expect("results")) {
        prop_assert!(close(x, y, 1e-5), "{x:?} is not {y:?}");
    }
    Ok(())
}

/// Programs that the laws found, and that could not be compiled once.
#[test]
fn programs_that_failed_once() {
    let programs = [
        (vec![vec![3]], vec![Op::Count(0)]),
        // a reshape to a scalar and one to a vector meet
        (vec![vec![2, 1]], vec![Op::Sum(0, 0), Op::Neg(0), Op::Dot(2, 1)]),
        // a column divided by a row that repeats a number
        (vec![vec![2, 1], vec![]], vec![Op::Repeat(1, 2), Op::Div(0, 2)]),
        // a sum of constants in an array of one element
        (
            vec![vec![]],
            vec![
                Op::Truncate(0),
                Op::Repeat(1, 1),
                Op::Neg(2),
                Op::Count(3),
                Op::Slice(4, 0, 1),
                Op::WithLiteral(2, 1),
            ],
        ),
        // two reshapes of one vector, to a row and to a column, meet
        (vec![vec![2], vec![2, 1]], vec![Op::ExpandDims(0, 0), Op::ExpandDims(0, 1), Op::Add(2, 3), Op::Cos(4)]),
    ];
    for (shapes, ops) in programs {
        let program = Program { shapes, ops, outputs: 2 };
        equals_its_lowered_program(&program).expect("equal bits");
        is_near_the_function(&program).expect("close numbers");
    }
}

proptest! {
    #![proptest_config(programs(1000))]

    /// With one rounding per primitive, to the last bit what the function itself computes.
    #[test]
    fn compiled_op_by_op_equals_the_function(program in program(Kind::Any)) {
        let args = program.args(0);
        let traced = program.traced();
        let mut executable = compile(&traced.jaxpr, &traced.consts, Rounding::OpByOp).expect("a compiled program");
        let compiled = executable.call(&args).expect("results");
        for (x, y) in program.run(&args).iter().zip(&compiled) {
            prop_assert_eq!(bits(x), bits(y));
        }
    }

    #[test]
    fn compiled_equals_the_lowered_program(program in program(Kind::Any)) {
        equals_its_lowered_program(&program)?;
    }

    /// A program without jumps, for which a last bit makes no more difference than that.
    #[test]
    fn compiled_is_near_the_function(program in program(Kind::Smooth)) {
        is_near_the_function(&program)?;
    }

    /// Gradients, too: the program of the gradient, compiled op by op, equals the gradient op by op.
    #[test]
    fn compiled_gradients_equal_gradients(program in program(Kind::Any)) {
        let args = program.args(0);
        let f = { let program = program.clone(); move |args: &Vec<Array>| program.scalar(args) };
        let traced = make_jaxpr(grad(f.clone()))(&args).expect("a program");
        traced.jaxpr.typecheck().expect("a well-formed program");
        let mut executable = compile(&traced.jaxpr, &traced.consts, Rounding::OpByOp).expect("a compiled program");
        for (x, y) in grad(f)(&args).iter().zip(&executable.call(&args).expect("results")) {
            prop_assert_eq!(bits(x), bits(y));
        }
    }

    #[test]
    fn a_second_call_does_not_trace_again(program in program(Kind::Any)) {
        let count = Rc::new(Cell::new(0));
        let f = {
            let (program, count) = (program.clone(), count.clone());
            jit(move |args: &Vec<Array>| {
                count.set(count.get() + 1);
                program.run(args)
            })
        };
        let first = f(&program.args(0));
        let traced = count.get();
        prop_assert_eq!(f.cache_size(), 1);
        f(&program.args(1));
        let again = f(&program.args(0));
        prop_assert_eq!((f.cache_size(), count.get()), (1, traced));
        for (x, y) in first.iter().zip(&again) {
            prop_assert_eq!(bits(x), bits(y));
        }
    }
}
