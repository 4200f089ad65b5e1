//! Programs written as WebAssembly compute what the interpreter computes, to the last bit: here with a WebAssembly interpreter in the place of a browser,
//! with both ways of computing a fused multiply-add.

use std::rc::Rc;

use proptest::prelude::*;
use thetahat::jax::Array;
use thetahat::jax::api::lower;
use thetahat::jax::compile::wasm::{Fma, Generated};
use thetahat::jax::compile::{Backend, Executable, Loader, NativeCode, Rounding, backend, compile, install_loader};
use thetahat::jax::core::{DType, ShapedArray};
use thetahat::jax::trace::{ClosedJaxpr, trace};
use thetahat::lecture::programs::step_program::step_program;
use thetahat::lecture::settings::config::{self, Config, Optimizer, Schedule};

use crate::laws::program::{Kind, program};
use crate::laws::programs;
use crate::laws::wasmi::Wasmi;

/// The program as generated WebAssembly, and in the interpreter.
fn both(program: &ClosedJaxpr, fma: Fma, rounding: Rounding) -> [Executable; 2] {
    let make = || compile(&program.jaxpr, &program.consts, rounding).expect("a compiled program");
    install_loader(Some(Rc::new(Wasmi(fma))));
    let machine = make();
    install_loader(None);
    [machine, make()]
}

/// The shape and the bits of an array; all NaNs are the same.
fn bits(x: &Array) -> (Vec<usize>, Vec<u32>) {
    let word = |x: &f32| if x.is_nan() { f32::NAN.to_bits() } else { x.to_bits() };
    (x.shape().to_vec(), x.to_vec().expect("numbers").iter().map(word).collect())
}

fn agree(program: &ClosedJaxpr, args: &[Vec<Array>]) -> Result<Backend, TestCaseError> {
    let mut backend = Backend::Interpreter;
    for (fma, rounding) in
        [(Fma::Relaxed, Rounding::Fused), (Fma::Exact, Rounding::Fused), (Fma::Relaxed, Rounding::OpByOp)]
    {
        let [mut machine, mut interpreter] = both(program, fma, rounding);
        backend = machine.backend();
        for args in args {
            let (ours, expected) = (machine.call(args).expect("results"), interpreter.call(args).expect("results"));
            for (x, y) in ours.iter().zip(&expected) {
                prop_assert_eq!(bits(x), bits(y), "{:?} {:?} {}", fma, rounding, program.jaxpr);
            }
        }
    }
    Ok(backend)
}

/// Numbers between -2 and 2, some of them tiny, zero or repeated.
pub fn numbers(shape: &[usize], seed: u32) -> Array {
    let len: usize = shape.iter().product();
    let number = |i: u32| {
        let word = (i + 1).wrapping_mul(0x9E37_79B1).wrapping_add(seed.wrapping_mul(0x85EB_CA77));
        let x = (word >> 8) as f32 / (1 << 22) as f32 - 2.0;
        match word % 61 {
            0 => 0.0,
            1 => -0.0,
            2 => x * 1e-38,
            3 => x * 1e-20,
            _ => x,
        }
    };
    Array::from_vec((0..len as u32).map(number).collect(), shape)
}

fn check(shapes: &[&[usize]], f: impl Fn(&[Array]) -> Vec<Array>) {
    let avals: Vec<ShapedArray> = shapes.iter().map(|shape| ShapedArray::new(shape, DType::F32)).collect();
    let program = trace(&avals, |args| f(&args)).expect("a program");
    let args: Vec<Vec<Array>> =
        (0..2).map(|seed| shapes.iter().zip(0..).map(|(shape, i)| numbers(shape, seed * 10 + i)).collect()).collect();
    let backend = agree(&program, &args).unwrap_or_else(|error| panic!("{shapes:?}: {error}"));
    assert_eq!(backend, Backend::WebAssembly, "{shapes:?}");
}

/// Every order of sums and every remainder of the tiles.
#[test]
fn dot_products_of_all_shapes() {
    for rows in [1, 2, 3, 4, 7, 8, 9, 16, 33, 70] {
        for columns in [1, 2, 3, 7, 8, 9, 15, 17, 40] {
            let x: &[usize] = &[rows, columns];
            check(&[x, &[columns], &[rows]], |args| vec![args[0].matmul(&args[1]), args[2].matmul(&args[0])]);
        }
    }
    // the last four: a library's chains in twos and fours, with and without terms left over, and its one chain of rounded products
    let shapes = [[5, 3, 2], [4, 9, 8], [9, 40, 13], [70, 2, 12], [2, 128, 35], [33, 5, 1], [1, 5, 33]];
    for [rows, terms, columns] in shapes.into_iter().chain([[150, 64, 32], [90, 35, 6], [60, 37, 30], [42, 5, 6]]) {
        check(&[&[rows, terms], &[terms, columns]], |args| vec![args[0].matmul(&args[1])]);
        check(&[&[rows, terms], &[columns, terms]], |args| vec![args[0].matmul(&args[1].t())]);
        check(&[&[terms, rows], &[terms, columns]], |args| vec![args[0].t().matmul(&args[1])]);
    }
}

#[test]
fn sums_of_all_lengths() {
    for n in [1, 2, 31, 32, 33, 64, 65, 100, 127, 128, 500, 1023, 1024, 1025, 2500, 33000] {
        check(&[&[n], &[n]], |args| {
            let d = &args[0] - &args[1];
            vec![d.sum(), d.powi(2).mean(), args[0].matmul(&args[1]), args[0].norm()]
        });
    }
    for [rows, columns] in
        [[3, 5], [20, 40], [33, 7], [500, 18], [1024, 3], [1025, 2], [1500, 5], [40_000, 1], [100, 1]]
    {
        check(&[&[rows, columns]], |args| vec![args[0].sum_axes(&[0]), args[0].sum_axes(&[1])]);
    }
}

#[test]
fn elementwise_of_all_lengths() {
    for n in [1, 3, 4, 5, 16, 97, 100, 250, 1001] {
        check(&[&[n], &[n], &[]], |args| {
            let (x, y, s) = (&args[0], &args[1], &args[2]);
            let z = x * y + s;
            vec![&z / (y + 3.0), (-&z).maximum(x), z.powi(-3), (z.powi(2) * s).sqrt(), z.minimum(s), x.exp() - z]
        });
    }
    for [rows, columns] in [[2, 3], [16, 2], [40, 9], [7, 100], [30, 64]] {
        check(&[&[rows, columns], &[columns], &[rows, 1]], |args| {
            let z = &args[0] * &args[1] + &args[2];
            vec![z.maximum(0.0), &args[2] * &args[1], args[0].t(), args[1].broadcast_to(&[rows, columns])]
        });
    }
}

#[test]
fn what_stretches_along_an_axis_in_the_middle() {
    for [sheets, rows, columns] in [[20, 4, 4], [30, 5, 3], [9, 40, 2], [100, 1, 4], [2, 33, 9]] {
        check(&[&[sheets, 1, columns], &[1, rows, columns], &[sheets, rows, 1]], |args| {
            let all = [sheets, rows, columns];
            let wide = args[0].broadcast_to(&all);
            vec![&args[0] * &args[1] + &args[2], wide.transpose(&[1, 0, 2]), args[2].broadcast_to(&all), wide]
        });
    }
}

/// Hyperbolic tangents where they are their argument, where they are ±1, and at the ends of both, in straight-line code and in loops.
#[test]
fn hyperbolic_tangents() {
    let special = |bits: u32| {
        let near = |sign: u32| [bits - 1, bits, bits + 1].map(|bits| f32::from_bits(bits | sign << 31));
        [near(0), near(1)].concat()
    };
    let ends: Vec<f32> =
        [4e-4_f32, 20.0, f32::from_bits(0x40FF_F644), 1.0].into_iter().flat_map(|x| special(x.to_bits())).collect();
    let outside = [0.0, -0.0, f32::MIN_POSITIVE, f32::MAX, f32::INFINITY, f32::NEG_INFINITY, f32::NAN];
    let inside = (0..1000).map(|i| (i as f32 - 500.0) / 48.0);
    let all: Vec<f32> = ends.into_iter().chain(outside).chain(inside).collect();
    for n in [1, 2, 3, 4, 31, all.len()] {
        let program = trace(&[ShapedArray::new(&[n], DType::F32)], |args| vec![args[0].tanh()]).expect("a program");
        let args: Vec<Vec<Array>> =
            all.chunks_exact(n).map(|some| vec![Array::from_vec(some.to_vec(), &[n])]).collect();
        let backend = agree(&program, &args).unwrap_or_else(|error| panic!("{n}: {error}"));
        assert_eq!(backend, Backend::WebAssembly);
    }
}

/// Every step that the page can be set to.
#[test]
fn training_steps() {
    for &program in config::Program::ALL {
        for &optimizer in Optimizer::BY_RATE {
            for &schedule in Schedule::ALL {
                for (rows, features) in [(16, 2), (4, 2), (1, 1), (64, 3), (250, 2), (20, 18), (48, 64)] {
                    let config = Config { program, optimizer, schedule, features, ..Config::default() };
                    training_step(rows, &config);
                }
            }
        }
    }
}

fn training_step(rows: usize, config: &Config) {
    let step = step_program(config.program).trace(rows, config).expect("a step");
    let lower = || compile(&step.jaxpr, &step.consts, Rounding::Fused).expect("a compiled step");
    let mut interpreter = lower();
    for fma in [Fma::Relaxed, Fma::Exact] {
        install_loader(Some(Rc::new(Wasmi(fma))));
        let mut machine = lower();
        install_loader(None);
        assert_eq!(machine.backend(), Backend::WebAssembly, "{config:?}");
        for seed in 0..2 {
            for step in [&mut machine, &mut interpreter] {
                for i in 0..step.in_avals().len() {
                    let aval = step.in_avals()[i].clone();
                    if aval.dtype == DType::F32 {
                        let x = numbers(&aval.shape, seed + i as u32);
                        step.input_f32_mut(i).copy_from_slice(x.as_f32().expect("numbers"));
                    } else {
                        step.input_mut(i).fill(seed * 7);
                    }
                }
                step.run();
            }
            for j in 0..machine.out_avals().len() {
                let [ours, expected] = [machine.output(j), interpreter.output(j)].map(|words| {
                    let shape = [words.len()];
                    bits(&Array::from_vec(bytemuck::cast_slice(words).to_vec(), &shape)).1
                });
                assert_eq!(ours, expected, "output {j} of {rows} rows, {fma:?}, {config:?}");
            }
        }
    }
}

struct Refusal;

impl Loader for Refusal {
    fn fma(&self) -> Fma {
        Fma::Exact
    }

    fn load(&self, _: &Generated) -> Option<Rc<dyn NativeCode>> {
        None
    }
}

/// Where code is refused, the interpreter computes, and says so.
#[test]
fn a_refusal_is_no_failure() {
    let double = || lower(&|x: &Array| x + x, &(Array::scalar(0.0),)).expect("a program");
    install_loader(Some(Rc::new(Refusal)));
    assert_eq!(backend(), Backend::WebAssembly, "nothing was refused so far");
    let mut refused = double();
    assert_eq!((refused.backend(), backend()), (Backend::Interpreter, Backend::Interpreter));
    assert_eq!(refused.call(&[Array::scalar(3.0)]).expect("a result")[0].item(), Ok(6.0));
    install_loader(Some(Rc::new(Wasmi(Fma::Exact))));
    assert_eq!((double().backend(), backend()), (Backend::WebAssembly, Backend::WebAssembly));
    install_loader(None);
    assert_eq!((double().backend(), backend()), (Backend::Interpreter, Backend::Interpreter));
}

proptest! {
    #![proptest_config(programs(600))]

    #[test]
    fn machine_code_equals_the_interpreter(program in program(Kind::Any)) {
        let traced = program.traced();
        agree(&traced, &[program.args(0), program.args(1)])?;
    }
}
