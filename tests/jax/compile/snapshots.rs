//! The lecture's step as the compiler leaves it, for several shapes.

#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use expect_test::{Expect, expect};
use thetahat::jax::compile::{Rounding, lowered};
use thetahat::jax::{Array, DType, jit, make_jaxpr};
use thetahat::lecture::programs::raw::make_step;
use thetahat::optax::{self, OptState};

fn check(rows: usize, features: usize, expected: &Expect) {
    let zeros = |shape: &[usize]| Array::zeros(shape, DType::F32);
    let (params, rate) = (zeros(&[features]), Array::scalar(0.001));
    let state = optax::sgd(&rate).init(&params);
    let step = |params: &Array, state: &OptState, x: &Array, y: &Array, rate: &Array| {
        make_step(&optax::sgd(rate), params, state, x, y)
    };
    let program = make_jaxpr(step)(&params, &state, &zeros(&[rows, features]), &zeros(&[rows]), &rate).unwrap();
    expected.assert_eq(&lowered(&program.jaxpr, Rounding::Fused).unwrap().to_string());
}

#[test]
fn a_full_batch() {
    check(
        16,
        2,
        &expect![[r#"
            { lambda ; a:f32[2] b:f32[16,2] c:f32[16] d:f32[]. let
                e:f32[16] = dot_general[
                  dimension_numbers=(([1], [0]), ([], []))
                  preferred_element_type=float32
                ] b a
                f:f32[16] = sub e c
                g:f32[] = sum_of_squares[axes=(0,)] f
                h:f32[] = mul g 0.0625:f32[]
                i:f32[16] = mul f 0.125:f32[]
                j:f32[2] = dot_general[
                  dimension_numbers=(([0], [0]), ([], []))
                  preferred_element_type=float32
                ] i b
                k:f32[] = neg d
                l:f32[2] = fma k j a
              in (l, h) }"#]],
    );
}

#[test]
fn the_last_batch() {
    check(
        4,
        2,
        &expect![[r#"
            { lambda ; a:f32[2] b:f32[4,2] c:f32[4] d:f32[]. let
                e:f32[4] = dot_general[
                  dimension_numbers=(([1], [0]), ([], []))
                  preferred_element_type=float32
                ] b a
                f:f32[4] = sub e c
                g:f32[] = sum_of_squares[axes=(0,)] f
                h:f32[] = mul g 0.25:f32[]
                i:f32[4] = mul f 0.5:f32[]
                j:f32[2] = dot_general[
                  dimension_numbers=(([0], [0]), ([], []))
                  preferred_element_type=float32
                ] i b
                k:f32[] = neg d
                l:f32[2] = fma k j a
              in (l, h) }"#]],
    );
}

#[test]
fn one_feature() {
    check(
        16,
        1,
        &expect![[r#"
            { lambda ; a:f32[1] b:f32[16,1] c:f32[16] d:f32[]. let
                e:f32[] = reshape[dimensions=None new_sizes=() sharding=None] a
                f:f32[16] = reshape[dimensions=None new_sizes=(16,) sharding=None] b
                g:f32[16] = neg c
                h:f32[16] = fma e f g
                i:f32[] = sum_of_squares[axes=(0,)] h
                j:f32[] = mul i 0.0625:f32[]
                k:f32[] = neg d
                l:f32[16] = mul h 0.125:f32[]
                m:f32[] = sum_of_products[axes=(0,)] l f
                n:f32[1] = fma k m a
              in (n, j) }"#]],
    );
}

#[test]
fn one_sample() {
    check(
        1,
        2,
        &expect![[r#"
        { lambda ; a:f32[2] b:f32[1,2] c:f32[1] d:f32[]. let
            e:f32[2] = reshape[dimensions=None new_sizes=(2,) sharding=None] b
            f:f32[] = sum_of_products[axes=(0,)] e a
            g:f32[1] = reshape[dimensions=None new_sizes=(1,) sharding=None] f
            h:f32[1] = sub g c
            i:f32[1] = mul h h
            j:f32[] = reshape[dimensions=None new_sizes=() sharding=None] i
            k:f32[] = neg d
            l:f32[1] = mul 2.0:f32[] h
            m:f32[] = reshape[dimensions=None new_sizes=() sharding=None] l
            n:f32[1,2] = mul m b
            o:f32[2] = reshape[dimensions=None new_sizes=(2,) sharding=None] n
            p:f32[2] = fma k o a
          in (p, j) }"#]],
    );
}

#[test]
fn one_feature_of_more_samples_than_a_window() {
    check(
        64,
        1,
        &expect![[r#"
        { lambda ; a:f32[1] b:f32[64,1] c:f32[64] d:f32[]. let
            e:f32[] = reshape[dimensions=None new_sizes=() sharding=None] a
            f:f32[64] = reshape[dimensions=None new_sizes=(64,) sharding=None] b
            g:f32[64] = neg c
            h:f32[64] = fma e f g
            i:f32[64] = mul h h
            j:f32[] = reduce_sum[axes=(0,) out_sharding=None] i
            k:f32[] = mul j 0.015625:f32[]
            l:f32[64] = mul h 0.03125:f32[]
            m:f32[64] = mul l f
            n:f32[] = neg d
            o:f32[] = reduce_sum[axes=(0,) out_sharding=None] m
            p:f32[1] = fma n o a
          in (p, k) }"#]],
    );
}

#[test]
fn eight_features() {
    check(
        16,
        8,
        &expect![[r#"
            { lambda ; a:f32[8] b:f32[16,8] c:f32[16] d:f32[]. let
                e:f32[16] = dot_general[
                  dimension_numbers=(([1], [0]), ([], []))
                  preferred_element_type=float32
                ] b a
                f:f32[16] = sub e c
                g:f32[] = sum_of_squares[axes=(0,)] f
                h:f32[] = mul g 0.0625:f32[]
                i:f32[16] = mul f 0.125:f32[]
                j:f32[8] = dot_general[
                  dimension_numbers=(([0], [0]), ([], []))
                  preferred_element_type=float32
                ] i b
                k:f32[] = neg d
                l:f32[8] = fma k j a
              in (l, h) }"#]],
    );
}

/// The distance of runs with one feature: it stays finite where its square does not.
#[test]
fn the_norm_of_one_number_is_its_size() {
    let norm = jit(|x: &Array| x.norm());
    let bits = |x: f32| norm(&Array::new(&[x], &[1])).item().unwrap().to_bits();
    for x in [1e25, -1e-30, -0.0, f32::INFINITY, 3.5] {
        assert_eq!(bits(x), f32::to_bits(x.abs()), "{x}");
    }
    assert!(norm(&Array::new(&[f32::NAN], &[1])).item().unwrap().is_nan());
    let of_two = norm(&Array::new(&[1e25, 0.0], &[2])).item().unwrap();
    assert_eq!(of_two, f32::INFINITY, "in JAX, too, the squares of several numbers are added");
}
