//! Dot products of degenerate shape (`lower/dots`).

#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use expect_test::expect;
use thetahat::jax::core::{DotDims, Primitive};
use thetahat::jax::trace::bind;

use super::check;

#[test]
fn transposes_of_dots() {
    check(
        "transposes_of_dots",
        [&[2, 3], &[3, 4]],
        |[x, y]| x.matmul(&y).t(),
        &expect![[r#"
            { lambda ; a:f32[2,3] b:f32[3,4]. let
                c:f32[2,4] = dot_general[
                  dimension_numbers=(([1], [0]), ([], []))
                  preferred_element_type=float32
                ] a b
                d:f32[4,2] = transpose[permutation=(1, 0)] c
              in (d,) }
            { lambda ; a:f32[2,3] b:f32[3,4]. let
                c:f32[4,2] = dot_general[
                  dimension_numbers=(([0], [1]), ([], []))
                  preferred_element_type=float32
                ] b a
              in (c,) }
        "#]],
    );
    check(
        "transposes_of_dots",
        [&[5, 3, 2], &[5, 3, 4]],
        |[x, y]| {
            let dims = DotDims { lhs_contract: vec![0, 1], rhs_contract: vec![0, 1], ..DotDims::default() };
            bind(Primitive::DotGeneral(dims), &[&x, &y]).t()
        },
        &expect![[r#"
            { lambda ; a:f32[5,3,2] b:f32[5,3,4]. let
                c:f32[2,4] = dot_general[
                  dimension_numbers=(([0, 1], [0, 1]), ([], []))
                  preferred_element_type=float32
                ] a b
                d:f32[4,2] = transpose[permutation=(1, 0)] c
              in (d,) }
            { lambda ; a:f32[5,3,2] b:f32[5,3,4]. let
                c:f32[2,5,3] = transpose[permutation=(2, 0, 1)] a
                d:f32[2,15] = reshape[dimensions=None new_sizes=(2, 15) sharding=None] c
                e:f32[15,4] = reshape[dimensions=None new_sizes=(15, 4) sharding=None] b
                f:f32[4,2] = dot_general[
                  dimension_numbers=(([0], [1]), ([], []))
                  preferred_element_type=float32
                ] e d
              in (f,) }
        "#]],
    );
}

#[test]
fn dots_of_transposes() {
    check(
        "dots_of_transposes",
        [&[3, 2], &[3, 4]],
        |[x, y]| bind(Primitive::Transpose { permutation: vec![1, 0] }, &[&x]).matmul(&y),
        &expect![[r#"
            { lambda ; a:f32[3,2] b:f32[3,4]. let
                c:f32[2,3] = transpose[permutation=(1, 0)] a
                d:f32[2,4] = dot_general[
                  dimension_numbers=(([1], [0]), ([], []))
                  preferred_element_type=float32
                ] c b
              in (d,) }
            { lambda ; a:f32[3,2] b:f32[3,4]. let
                c:f32[2,4] = dot_general[
                  dimension_numbers=(([0], [0]), ([], []))
                  preferred_element_type=float32
                ] a b
              in (c,) }
        "#]],
    );
}

#[test]
fn dots_of_one_term() {
    check(
        "dots_of_one_term",
        [&[3, 1], &[1, 4]],
        |[x, y]| x.matmul(&y),
        &expect![[r#"
        { lambda ; a:f32[3,1] b:f32[1,4]. let
            c:f32[3,4] = dot_general[
              dimension_numbers=(([1], [0]), ([], []))
              preferred_element_type=float32
            ] a b
          in (c,) }
        { lambda ; a:f32[3,1] b:f32[1,4]. let
            c:f32[3] = reshape[dimensions=None new_sizes=(3,) sharding=None] a
            d:f32[3,4] = broadcast_in_dim[broadcast_dimensions=(0,)] c
            e:f32[4] = reshape[dimensions=None new_sizes=(4,) sharding=None] b
            f:f32[3,4] = broadcast_in_dim[broadcast_dimensions=(1,)] e
            g:f32[3,4] = mul d f
          in (g,) }
    "#]],
    );
}

#[test]
fn dots_of_vectors() {
    check(
        "dots_of_vectors",
        [&[3], &[3]],
        |[x, y]| x.matmul(&y),
        &expect![[r#"
        { lambda ; a:f32[3] b:f32[3]. let
            c:f32[] = dot_general[
              dimension_numbers=(([0], [0]), ([], []))
              preferred_element_type=float32
            ] a b
          in (c,) }
        { lambda ; a:f32[3] b:f32[3]. let
            c:f32[3] = mul a b
            d:f32[] = reduce_sum[axes=(0,) out_sharding=None] c
          in (d,) }
    "#]],
    );
}

#[test]
fn dots_without_axes_of_one() {
    check(
        "dots_without_axes_of_one",
        [&[1, 3], &[3, 4]],
        |[x, y]| x.matmul(&y),
        &expect![[r#"
        { lambda ; a:f32[1,3] b:f32[3,4]. let
            c:f32[1,4] = dot_general[
              dimension_numbers=(([1], [0]), ([], []))
              preferred_element_type=float32
            ] a b
          in (c,) }
        { lambda ; a:f32[1,3] b:f32[3,4]. let
            c:f32[3] = reshape[dimensions=None new_sizes=(3,) sharding=None] a
            d:f32[4] = dot_general[
              dimension_numbers=(([0], [0]), ([], []))
              preferred_element_type=float32
            ] c b
            e:f32[1,4] = reshape[dimensions=None new_sizes=(1, 4) sharding=None] d
          in (e,) }
    "#]],
    );
}

#[test]
fn reductions_of_one_element() {
    check(
        "reductions_of_one_element",
        [&[1, 3]],
        |[x]| x.sum_axes(&[0]),
        &expect![[r#"
        { lambda ; a:f32[1,3]. let
            b:f32[3] = reduce_sum[axes=(0,) out_sharding=None] a
          in (b,) }
        { lambda ; a:f32[1,3]. let
            b:f32[3] = reshape[dimensions=None new_sizes=(3,) sharding=None] a
          in (b,) }
    "#]],
    );
}
