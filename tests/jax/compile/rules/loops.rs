//! Rules that look at more than one equation: reshapes that sink, and what is contracted within a loop. And the whole way of a program.

#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use std::fmt::Write;

use expect_test::{Expect, expect};
use thetahat::jax::compile::lower;
use thetahat::jax::compile::{Rounding, lowered};
use thetahat::jax::core::{Jaxpr, ShapedArray};
use thetahat::jax::trace::trace;
use thetahat::jax::{Array, DType};

fn program<const N: usize>(shapes: [&[usize]; N], f: impl FnOnce([Array; N]) -> Array) -> Jaxpr {
    let avals = shapes.map(|shape| ShapedArray::new(shape, DType::F32));
    trace(&avals, |args| vec![f(args.try_into().unwrap())]).unwrap().jaxpr
}

/// Compares all passes that do something: their names, which rule rewrote which equation, and the program that they leave.
fn check(program: &Jaxpr, expected: &Expect) {
    let mut text = String::new();
    let passes = lower::passes(program).unwrap();
    for pass in &passes {
        let fired: Vec<String> =
            pass.fired.iter().map(|fired| format!("{} at {}", fired.rule, fired.equation)).collect();
        writeln!(text, "{}: {}\n{}", pass.name, fired.join(", "), pass.after).unwrap();
    }
    expected.assert_eq(&text);
    assert_eq!(passes.last().map(|pass| &pass.after), Some(&lowered(program, Rounding::Fused).unwrap()));
    assert!(passes.windows(2).all(|pair| pair[0].after == pair[1].before));
}

#[test]
fn fused_multiply_add() {
    check(
        &program([&[3], &[3], &[3]], |[x, y, z]| x * y + z),
        &expect![[r#"
        contract: fused_multiply_add at 1
        { lambda ; a:f32[3] b:f32[3] c:f32[3]. let d:f32[3] = fma a b c in (d,) }
    "#]],
    );
}

#[test]
fn sum_of_products() {
    check(
        &program([&[3], &[3]], |[x, y]| (x * y).sum()),
        &expect![[r#"
        contract: sum_of_products at 1
        { lambda ; a:f32[3] b:f32[3]. let
            c:f32[] = sum_of_products[axes=(0,)] a b
          in (c,) }
    "#]],
    );
}

#[test]
fn sum_of_squares() {
    check(
        &program([&[3]], |[x]| (&x * &x).sum()),
        &expect![[r#"
        contract: sum_of_products at 1
        { lambda ; a:f32[3]. let b:f32[] = sum_of_squares[axes=(0,)] a in (b,) }
    "#]],
    );
}

#[test]
fn reshape_behind_elementwise() {
    check(
        &program([&[4], &[4]], |[x, y]| x.reshape(&[2, 2]) + y.reshape(&[2, 2])),
        &expect![[r#"
        sink_reshapes: reshape_behind_elementwise at 2
        { lambda ; a:f32[4] b:f32[4]. let
            c:f32[4] = add a b
            d:f32[2,2] = reshape[dimensions=None new_sizes=(2, 2) sharding=None] c
          in (d,) }
    "#]],
    );
}

#[test]
fn several_passes() {
    check(
        &program([&[3], &[3]], |[x, y]| -((x / 8.0).powi(2) * y).mean()),
        &expect![[r#"
        simplify: integer_power at 1
        { lambda ; a:f32[3] b:f32[3]. let
            c:f32[3] = div a 8.0:f32[]
            d:f32[3] = mul c c
            e:f32[3] = mul d b
            f:f32[] = reduce_sum[axes=(0,) out_sharding=None] e
            g:f32[] = div f 3.0:f32[]
            h:f32[] = neg g
          in (h,) }
        algebra: division_by_a_constant at 0, division_by_a_constant at 4
        { lambda ; a:f32[3] b:f32[3]. let
            c:f32[3] = mul a 0.125:f32[]
            d:f32[3] = mul c c
            e:f32[3] = mul d b
            f:f32[] = reduce_sum[axes=(0,) out_sharding=None] e
            g:f32[] = mul f 0.3333333432674408:f32[]
            h:f32[] = neg g
          in (h,) }
        contract: sum_of_products at 3
        { lambda ; a:f32[3] b:f32[3]. let
            c:f32[3] = mul a 0.125:f32[]
            d:f32[3] = mul c c
            e:f32[] = sum_of_products[axes=(0,)] d b
            f:f32[] = mul e 0.3333333432674408:f32[]
            g:f32[] = neg f
          in (g,) }
    "#]],
    );
}
