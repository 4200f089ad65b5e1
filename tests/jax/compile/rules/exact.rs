//! Rewrites that change no bit (`simplify`).

#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use expect_test::expect;
use thetahat::jax::Array;
use thetahat::jax::core::{DType, Primitive};
use thetahat::jax::trace::bind;

use super::check;

#[test]
fn constant_folding() {
    check(
        "constant_folding",
        [&[3]],
        |[x]| x * (Array::scalar(2.0) * 3.0),
        &expect![[r#"
        { lambda ; a:f32[3]. let
            b:f32[] = mul 2.0:f32[] 3.0:f32[]
            c:f32[3] = mul a b
          in (c,) }
        { lambda ; a:f32[3]. let b:f32[3] = mul a 6.0:f32[] in (b,) }
    "#]],
    );
}

#[test]
fn elementwise_through_broadcasts() {
    check(
        "elementwise_through_broadcasts",
        [&[3]],
        |[x]| x + Array::scalar(2.0).broadcast_to(&[3]),
        &expect![[r#"
        { lambda ; a:f32[3]. let
            b:f32[3] = broadcast_in_dim 2.0:f32[]
            c:f32[3] = add a b
          in (c,) }
        { lambda ; a:f32[3]. let b:f32[3] = add a 2.0:f32[] in (b,) }
    "#]],
    );
}

#[test]
fn sum_of_cotangents() {
    check(
        "sum_of_cotangents",
        [&[3], &[3]],
        |[x, y]| bind(Primitive::AddAny, &[&x, &y]),
        &expect![[r#"
        { lambda ; a:f32[3] b:f32[3]. let c:f32[3] = add_any a b in (c,) }
        { lambda ; a:f32[3] b:f32[3]. let c:f32[3] = add a b in (c,) }
    "#]],
    );
}

#[test]
fn integer_power() {
    check(
        "integer_power",
        [&[3]],
        |[x]| x.powi(3),
        &expect![[r#"
        { lambda ; a:f32[3]. let b:f32[3] = integer_pow[y=3] a in (b,) }
        { lambda ; a:f32[3]. let b:f32[3] = mul a a; c:f32[3] = mul a b in (c,) }
    "#]],
    );
}

#[test]
fn neutral_element() {
    check(
        "neutral_element",
        [&[3]],
        |[x]| x * 1.0,
        &expect![[r#"
        { lambda ; a:f32[3]. let b:f32[3] = mul a 1.0:f32[] in (b,) }
        { lambda ; a:f32[3]. let  in (a,) }
    "#]],
    );
}

#[test]
fn minus_one() {
    check(
        "minus_one",
        [&[3]],
        |[x]| x * -1.0,
        &expect![[r#"
        { lambda ; a:f32[3]. let b:f32[3] = mul a -1.0:f32[] in (b,) }
        { lambda ; a:f32[3]. let b:f32[3] = neg a in (b,) }
    "#]],
    );
}

#[test]
fn negation_of_a_negation() {
    check(
        "negation_of_a_negation",
        [&[3]],
        |[x]| -(-x),
        &expect![[r#"
        { lambda ; a:f32[3]. let b:f32[3] = neg a; c:f32[3] = neg b in (c,) }
        { lambda ; a:f32[3]. let  in (a,) }
    "#]],
    );
}

#[test]
fn sum_with_a_negation() {
    check(
        "sum_with_a_negation",
        [&[3], &[3]],
        |[x, y]| x + (-y),
        &expect![[r#"
        { lambda ; a:f32[3] b:f32[3]. let c:f32[3] = neg b; d:f32[3] = add a c in (d,) }
        { lambda ; a:f32[3] b:f32[3]. let c:f32[3] = sub a b in (c,) }
    "#]],
    );
}

#[test]
fn difference_with_a_negation() {
    check(
        "difference_with_a_negation",
        [&[3], &[3]],
        |[x, y]| x - (-y),
        &expect![[r#"
        { lambda ; a:f32[3] b:f32[3]. let c:f32[3] = neg b; d:f32[3] = sub a c in (d,) }
        { lambda ; a:f32[3] b:f32[3]. let c:f32[3] = add a b in (c,) }
    "#]],
    );
}

#[test]
fn known_choice() {
    check(
        "known_choice",
        [&[3], &[3]],
        |[x, y]| bind(Primitive::SelectN, &[&x.greater(0.0), &y, &y]),
        &expect![[r#"
        { lambda ; a:f32[3] b:f32[3]. let
            c:bool[3] = gt a 0.0:f32[]
            d:f32[3] = select_n c b b
          in (d,) }
        { lambda ; a:f32[3] b:f32[3]. let  in (b,) }
    "#]],
    );
}

#[test]
fn idle_movement() {
    check(
        "idle_movement",
        [&[3]],
        |[x]| {
            x.astype(DType::F32)
                + bind(Primitive::Slice { start_indices: vec![0], limit_indices: vec![3], strides: None }, &[&x])
        },
        &expect![[r#"
            { lambda ; a:f32[3]. let
                b:f32[3] = slice[limit_indices=(3,) start_indices=(0,) strides=None] a
                c:f32[3] = add a b
              in (c,) }
            { lambda ; a:f32[3]. let b:f32[3] = add a a in (b,) }
        "#]],
    );
}

#[test]
fn shape_change() {
    check(
        "shape_change",
        [&[3]],
        |[x]| x.reshape(&[3, 1]).reshape(&[1, 3]),
        &expect![[r#"
        { lambda ; a:f32[3]. let
            b:f32[3,1] = reshape[dimensions=None new_sizes=(3, 1) sharding=None] a
            c:f32[1,3] = reshape[dimensions=None new_sizes=(1, 3) sharding=None] b
          in (c,) }
        { lambda ; a:f32[3]. let
            b:f32[1,3] = reshape[dimensions=None new_sizes=(1, 3) sharding=None] a
          in (b,) }
    "#]],
    );
}

#[test]
fn broadcast_of_a_scalar() {
    check(
        "broadcast_of_a_scalar",
        [&[]],
        |[x]| {
            bind(
                Primitive::BroadcastInDim { shape: vec![2, 3], broadcast_dimensions: vec![1] },
                &[&x.broadcast_to(&[3])],
            )
        },
        &expect![[r#"
            { lambda ; a:f32[]. let
                b:f32[3] = broadcast_in_dim a
                c:f32[2,3] = broadcast_in_dim[broadcast_dimensions=(1,)] b
              in (c,) }
            { lambda ; a:f32[]. let b:f32[2,3] = broadcast_in_dim a in (b,) }
        "#]],
    );
}

#[test]
fn transpose_of_ones() {
    check(
        "transpose_of_ones",
        [&[1, 3]],
        |[x]| bind(Primitive::Transpose { permutation: vec![1, 0] }, &[&x]),
        &expect![[r#"
            { lambda ; a:f32[1,3]. let
                b:f32[3,1] = transpose[permutation=(1, 0)] a
              in (b,) }
            { lambda ; a:f32[1,3]. let
                b:f32[3,1] = reshape[dimensions=None new_sizes=(3, 1) sharding=None] a
              in (b,) }
        "#]],
    );
}
