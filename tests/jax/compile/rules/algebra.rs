//! Algebra that rounds otherwise (`lower/algebra`).

#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use expect_test::expect;
use thetahat::jax::Array;
use thetahat::jax::core::Primitive;
use thetahat::jax::trace::bind;

use super::check;

#[test]
fn division_by_a_constant() {
    check(
        "division_by_a_constant",
        [&[3]],
        |[x]| x / 7.0,
        &expect![[r#"
        { lambda ; a:f32[3]. let b:f32[3] = div a 7.0:f32[] in (b,) }
        { lambda ; a:f32[3]. let b:f32[3] = mul a 0.1428571492433548:f32[] in (b,) }
    "#]],
    );
}

#[test]
fn division_of_quotients() {
    check(
        "division_of_quotients",
        [&[3], &[3], &[3]],
        |[x, y, z]| x / y / z,
        &expect![[r#"
        { lambda ; a:f32[3] b:f32[3] c:f32[3]. let
            d:f32[3] = div a b
            e:f32[3] = div d c
          in (e,) }
        { lambda ; a:f32[3] b:f32[3] c:f32[3]. let
            d:f32[3] = mul b c
            e:f32[3] = div a d
          in (e,) }
    "#]],
    );
}

#[test]
fn division_by_an_exponential() {
    check(
        "division_by_an_exponential",
        [&[3], &[3]],
        |[x, y]| x / y.exp(),
        &expect![[r#"
        { lambda ; a:f32[3] b:f32[3]. let c:f32[3] = exp b; d:f32[3] = div a c in (d,) }
        { lambda ; a:f32[3] b:f32[3]. let
            c:f32[3] = neg b
            d:f32[3] = exp c
            e:f32[3] = mul a d
          in (e,) }
    "#]],
    );
}

#[test]
fn division_by_a_broadcast() {
    check(
        "division_by_a_broadcast",
        [&[3], &[]],
        |[x, y]| x / y,
        &expect![[r#"
        { lambda ; a:f32[3] b:f32[]. let c:f32[3] = div a b in (c,) }
        { lambda ; a:f32[3] b:f32[]. let
            c:f32[] = div 1.0:f32[] b
            d:f32[3] = mul a c
          in (d,) }
    "#]],
    );
}

#[test]
fn product_of_constants() {
    check(
        "product_of_constants",
        [&[3]],
        |[x]| x * 2.0 * 3.0,
        &expect![[r#"
        { lambda ; a:f32[3]. let
            b:f32[3] = mul a 2.0:f32[]
            c:f32[3] = mul b 3.0:f32[]
          in (c,) }
        { lambda ; a:f32[3]. let b:f32[3] = mul a 6.0:f32[] in (b,) }
    "#]],
    );
}

#[test]
fn product_of_exponentials() {
    check(
        "product_of_exponentials",
        [&[3], &[3]],
        |[x, y]| x.exp() * y.exp(),
        &expect![[r#"
        { lambda ; a:f32[3] b:f32[3]. let
            c:f32[3] = exp a
            d:f32[3] = exp b
            e:f32[3] = mul c d
          in (e,) }
        { lambda ; a:f32[3] b:f32[3]. let c:f32[3] = add a b; d:f32[3] = exp c in (d,) }
    "#]],
    );
}

#[test]
fn difference_with_a_constant() {
    check(
        "difference_with_a_constant",
        [&[3]],
        |[x]| x - 2.0,
        &expect![[r#"
        { lambda ; a:f32[3]. let b:f32[3] = sub a 2.0:f32[] in (b,) }
        { lambda ; a:f32[3]. let b:f32[3] = add a -2.0:f32[] in (b,) }
    "#]],
    );
}

#[test]
fn sum_of_constants() {
    check(
        "sum_of_constants",
        [&[3]],
        |[x]| x + 1.0 + 2.0,
        &expect![[r#"
        { lambda ; a:f32[3]. let
            b:f32[3] = add a 1.0:f32[]
            c:f32[3] = add b 2.0:f32[]
          in (c,) }
        { lambda ; a:f32[3]. let b:f32[3] = add a 3.0:f32[] in (b,) }
    "#]],
    );
}

#[test]
fn sum_with_zero() {
    check(
        "sum_with_zero",
        [&[3]],
        |[x]| x + 0.0,
        &expect![[r#"
        { lambda ; a:f32[3]. let b:f32[3] = add a 0.0:f32[] in (b,) }
        { lambda ; a:f32[3]. let  in (a,) }
    "#]],
    );
}

#[test]
fn common_power_of_two() {
    check(
        "common_power_of_two",
        [&[3], &[3]],
        |[x, y]| x * 0.5 + y * 0.5,
        &expect![[r#"
        { lambda ; a:f32[3] b:f32[3]. let
            c:f32[3] = mul a 0.5:f32[]
            d:f32[3] = mul b 0.5:f32[]
            e:f32[3] = add c d
          in (e,) }
        { lambda ; a:f32[3] b:f32[3]. let
            c:f32[3] = add a b
            d:f32[3] = mul c 0.5:f32[]
          in (d,) }
    "#]],
    );
}

#[test]
fn logarithm() {
    check(
        "logarithm",
        [&[3]],
        |[x]| x.exp().log() + x.sqrt().log(),
        &expect![[r#"
        { lambda ; a:f32[3]. let
            b:f32[3] = exp a
            c:f32[3] = log b
            d:f32[3] = sqrt a
            e:f32[3] = log d
            f:f32[3] = add c e
          in (f,) }
        { lambda ; a:f32[3]. let
            b:f32[3] = log a
            c:f32[3] = mul b 0.5:f32[]
            d:f32[3] = add a c
          in (d,) }
    "#]],
    );
}

#[test]
fn power() {
    check(
        "power",
        [&[3]],
        |[x]| bind(Primitive::Pow, &[&x, &Array::scalar(2.0)]),
        &expect![[r#"
        { lambda ; a:f32[3]. let b:f32[3] = pow a 2.0:f32[] in (b,) }
        { lambda ; a:f32[3]. let b:f32[3] = mul a a in (b,) }
    "#]],
    );
}

#[test]
fn root_of_a_square() {
    check(
        "root_of_a_square",
        [&[3]],
        |[x]| (&x * &x).sqrt(),
        &expect![[r#"
        { lambda ; a:f32[3]. let b:f32[3] = mul a a; c:f32[3] = sqrt b in (c,) }
        { lambda ; a:f32[3]. let b:f32[3] = neg a; c:f32[3] = max a b in (c,) }
    "#]],
    );
}

#[test]
fn division_by_a_root() {
    check(
        "division_by_a_root",
        [&[], &[]],
        |[x, y]| x / y.sqrt(),
        &expect![[r#"
        { lambda ; a:f32[] b:f32[]. let c:f32[] = sqrt b; d:f32[] = div a c in (d,) }
        { lambda ; a:f32[] b:f32[]. let c:f32[] = rsqrt b; d:f32[] = mul a c in (d,) }
    "#]],
    );
    check(
        "division_by_a_root",
        [&[2], &[2]],
        |[x, y]| x / y.sqrt(),
        &expect![[r#"
            { lambda ; a:f32[2] b:f32[2]. let
                c:f32[2] = sqrt b
                d:f32[2] = div a c
              in (d,) }
            { lambda ; a:f32[2] b:f32[2]. let
                c:f32[2] = sqrt b
                d:f32[2] = div a c
              in (d,) }
        "#]],
    );
}
