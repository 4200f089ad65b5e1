//! Forward and reverse mode agree with each other, and with differences of values.

use proptest::prelude::*;
use thetahat::jax::{Array, grad, hessian, jacfwd, jacrev, jit, jvp, value_and_grad, vjp, vmap};

use crate::laws::mapped::close;
use crate::laws::program::{Kind, Program, numbers, program};
use crate::laws::programs;

fn dot(x: &[Array], y: &[Array]) -> (f64, f64) {
    let (mut sum, mut size) = (0.0, 0.0);
    for (x, y) in x.iter().zip(y) {
        assert_eq!(x.shape(), y.shape());
        for (a, b) in x.to_vec().expect("numbers").iter().zip(&y.to_vec().expect("numbers")) {
            let product = f64::from(*a) * f64::from(*b);
            sum += product;
            size += product.abs();
        }
    }
    (sum, size)
}

fn function(program: &Program) -> impl Fn(&Vec<Array>) -> Vec<Array> + Clone + use<> {
    let program = program.clone();
    move |args: &Vec<Array>| program.run(args)
}

fn scalar(program: &Program) -> impl Fn(&Vec<Array>) -> Array + Clone + use<> {
    let program = program.clone();
    move |args: &Vec<Array>| program.scalar(args)
}

/// The value at `args` moved by `step` along `direction`, summed in f64.
fn value(program: &Program, args: &[Array], direction: &[Array], step: f32) -> f64 {
    let moved: Vec<Array> = args.iter().zip(direction).map(|(x, u)| x + u * step).collect();
    let outs = program.run(&moved).into_iter().enumerate();
    outs.map(|(i, out)| {
        let sum: f64 = out.to_vec().expect("numbers").iter().map(|&x| f64::from(x)).sum();
        (1.0 + i as f64 / 2.0) * sum
    })
    .sum()
}

proptest! {
    #![proptest_config(programs(1000))]

    /// ⟨v, J u⟩ = ⟨Jᵀ v, u⟩, also where a program has kinks and jumps.
    #[test]
    fn forward_and_reverse_mode_are_adjoint(program in program(Kind::Any)) {
        let (args, directions) = (program.args(0), program.args(1));
        let (value, tangents) = jvp(function(&program), &(args.clone(),), &(directions.clone(),));
        let cotangents: Vec<Array> = value.iter().zip(0..).map(|(x, i)| numbers(x.shape(), 100 + i)).collect();
        let (again, pull_back) = vjp(function(&program), &(args.clone(),));
        prop_assert!(value.iter().zip(&again).all(|(x, y)| close(x, y, 0.0)));
        let (gradients,) = pull_back(&cotangents);
        let (left, left_size) = dot(&cotangents, &tangents);
        let (right, right_size) = dot(&gradients, &directions);
        prop_assert!((left - right).abs() <= 2e-5 * (1.0 + left_size + right_size), "{left} is not {right}");
    }

    /// The gradient along a direction is the slope there, by central differences of fourth order.
    #[test]
    fn the_gradient_is_the_slope(program in program(Kind::Smooth)) {
        let (args, direction) = (program.args(0), program.args(1));
        let gradient = grad(scalar(&program))(&args);
        let (slope, size) = dot(&gradient, &direction);
        let step = 0.0078125;
        let at = |steps: f32| value(&program, &args, &direction, steps * step);
        let difference = (8.0 * (at(1.0) - at(-1.0)) - (at(2.0) - at(-2.0))) / (12.0 * f64::from(step));
        prop_assert!((slope - difference).abs() <= 2e-3 * (1.0 + size), "{slope} is not {difference}");
    }

    #[test]
    fn value_and_grad_is_value_and_grad(program in program(Kind::Any)) {
        let args = program.args(0);
        let (value, gradient) = value_and_grad(scalar(&program))(&args);
        prop_assert!(close(&value, &program.scalar(&args), 0.0));
        let alone = grad(scalar(&program))(&args);
        prop_assert!(gradient.iter().zip(&alone).all(|(x, y)| close(x, y, 0.0)));
    }

    /// Forward over reverse: the derivative of the gradient along u, then along v, is the same as along v, then along u.
    #[test]
    fn second_derivatives_are_symmetric(program in program(Kind::Smooth)) {
        let (args, u, v) = (program.args(0), program.args(1), program.args(2));
        let along = |direction: &Vec<Array>| {
            let f = scalar(&program);
            let gradient = move |args: &Vec<Array>| grad(f.clone())(args);
            jvp(gradient, &(args.clone(),), &(direction.clone(),)).1
        };
        let (left, left_size) = dot(&along(&u), &v);
        let (right, right_size) = dot(&along(&v), &u);
        prop_assert!((left - right).abs() <= 1e-4 * (1.0 + left_size + right_size), "{left} is not {right}");
    }

    /// Jacobians by columns and by rows are the same matrix, and the Hessian is the Jacobian of the gradient.
    #[test]
    fn jacobians_agree(program in program(Kind::Smooth)) {
        let args = program.args(0);
        let of_first = |out: fn(&Program, &[Array]) -> Array| {
            let (program, args) = (program.clone(), args.clone());
            move |x: &Array| out(&program, &[std::slice::from_ref(x), &args[1..]].concat())
        };
        let f = of_first(|program, args| program.run(args)[0].clone());
        let (columns, rows) = (jacfwd(f.clone())(&args[0]), jacrev(f)(&args[0]));
        prop_assert!(close(&columns, &rows, 1e-4), "{columns:?} is not {rows:?}");
        if args[0].ndim() < 3 {
            let f = of_first(Program::scalar);
            let (second, first) = (hessian(f.clone())(&args[0]), jacrev(grad(f))(&args[0]));
            prop_assert!(close(&second, &first, 1e-3), "{second:?} is not {first:?}");
        }
    }

    /// A jitted function inside another transformation is that function.
    #[test]
    fn jit_inside_changes_nothing(program in program(Kind::Any)) {
        let args = program.args(0);
        let f = scalar(&program);
        let jitted = std::rc::Rc::new(jit(f.clone()));
        let jitted = move |args: &Vec<Array>| jitted(args);
        for (x, y) in grad(f.clone())(&args).iter().zip(&grad(jitted.clone())(&args)) {
            prop_assert!(close(x, y, 0.0));
        }
        let batch: Vec<Array> = args.iter().map(|x| x.broadcast_to(&[&[2], x.shape()].concat())).collect();
        prop_assert!(close(&vmap(f, 0)(&batch), &vmap(jitted, 0)(&batch), 0.0));
    }
}
