//! The rules of derivatives as formulas: what an operation computes, and how it pulls a cotangent back. Each is written in `MathML`, with its place in JAX.

/// The rule of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What it computes, as the inside of a `math` element.
    pub value: &'static str,
    /// What it makes of the cotangent of its result, z̄, as the inside of a `math` element.
    pub pull: &'static str,
    /// The same, read aloud.
    pub words: &'static str,
    /// Where JAX has it, in `jax/_src/lax/lax.py`.
    pub source: &'static str,
}

macro_rules! bar {
    ($x:literal) => {
        concat!("<mover accent=\"true\"><mi>", $x, "</mi><mo stretchy=\"false\">¯</mo></mover>")
    };
}

macro_rules! row {
    ($($part:expr),* $(,)?) => { concat!($($part),*) };
}

/// The rule of a primitive that stands in the lecture's losses.
#[must_use]
pub fn rule(primitive: &str) -> Option<Rule> {
    Some(match primitive {
        "dot_general" => Rule {
            value: row!("<mi>z</mi><mo>=</mo><mi>X</mi><mi>θ</mi>"),
            pull: row!(bar!("θ"), "<mo>=</mo><msup><mi>X</mi><mi>T</mi></msup>", bar!("z")),
            words: "z is X times theta; the cotangent of theta is X transposed times the cotangent of z",
            source: "ad.defbilinear(dot_general_p, _dot_general_transpose_lhs, …)",
        },
        "sub" => Rule {
            value: row!("<mi>z</mi><mo>=</mo><mi>x</mi><mo>−</mo><mi>y</mi>"),
            pull: row!(
                bar!("x"),
                "<mo>=</mo>",
                bar!("z"),
                "<mo>,</mo><mspace width=\"1em\"/>",
                bar!("y"),
                "<mo>=</mo><mo>−</mo>",
                bar!("z"),
            ),
            words: "z is x minus y; x has the cotangent of z, and y its negative",
            source: "_sub_jvp, _sub_transpose",
        },
        "add" => Rule {
            value: row!("<mi>z</mi><mo>=</mo><mi>x</mi><mo>+</mo><mi>y</mi>"),
            pull: row!(bar!("x"), "<mo>=</mo>", bar!("y"), "<mo>=</mo>", bar!("z")),
            words: "z is x plus y; both have the cotangent of z",
            source: "_add_jvp, _add_transpose",
        },
        "mul" => Rule {
            value: row!("<mi>z</mi><mo>=</mo><mi>x</mi><mo>·</mo><mi>y</mi>"),
            pull: row!(
                bar!("x"),
                "<mo>=</mo>",
                bar!("z"),
                "<mo>·</mo><mi>y</mi><mo>,</mo><mspace width=\"1em\"/>",
                bar!("y"),
                "<mo>=</mo><mi>x</mi><mo>·</mo>",
                bar!("z"),
            ),
            words: "z is x times y; each has the cotangent of z times the other",
            source: "ad.defbilinear(mul_p, _mul_transpose_left, _mul_transpose_right)",
        },
        "integer_pow" => Rule {
            value: row!("<mi>z</mi><mo>=</mo><msup><mi>x</mi><mi>n</mi></msup>"),
            pull: row!(
                bar!("x"),
                "<mo>=</mo>",
                bar!("z"),
                "<mo>·</mo><mi>n</mi><msup><mi>x</mi><mrow><mi>n</mi><mo>−</mo><mn>1</mn></mrow></msup>",
            ),
            words: "z is x to the power n; the cotangent of x is that of z times n times x to the power n minus 1",
            source: "ad.defjvp(integer_pow_p, _integer_pow_jvp)",
        },
        "reduce_sum" => Rule {
            value: row!("<mi>z</mi><mo>=</mo><munder><mo>∑</mo><mi>i</mi></munder><msub><mi>x</mi><mi>i</mi></msub>"),
            pull: row!("<msub>", bar!("x"), "<mi>i</mi></msub><mo>=</mo>", bar!("z")),
            words: "z is the sum of all x; each of them has the cotangent of z",
            source: "ad.deflinear2(reduce_sum_p, _reduce_sum_transpose_rule)",
        },
        "div" => Rule {
            value: row!("<mi>z</mi><mo>=</mo><mfrac><mi>x</mi><mi>n</mi></mfrac>"),
            pull: row!(bar!("x"), "<mo>=</mo><mfrac>", bar!("z"), "<mi>n</mi></mfrac>"),
            words: "z is x over n; the cotangent of x is that of z over n",
            source: "ad.primitive_transposes[div_p] = _div_transpose_rule",
        },
        "broadcast_in_dim" => Rule {
            value: row!("<msub><mi>z</mi><mi>i</mi></msub><mo>=</mo><mi>x</mi>"),
            pull: row!(
                bar!("x"),
                "<mo>=</mo><munder><mo>∑</mo><mi>i</mi></munder><msub>",
                bar!("z"),
                "<mi>i</mi></msub>"
            ),
            words: "z repeats x; the cotangent of x is the sum of those of all z",
            source: "_broadcast_in_dim_jvp_rule, _broadcast_in_dim_transpose_rule",
        },
        "reshape" | "squeeze" | "transpose" => Rule {
            value: row!("<mi>z</mi><mo>=</mo><mi>x</mi>"),
            pull: row!(bar!("x"), "<mo>=</mo>", bar!("z")),
            words: "z has the elements of x in another shape; cotangents go the same way back",
            source: "_reshape_transpose_rule, _squeeze_transpose_rule, transpose's deflinear2",
        },
        _ => return None,
    })
}
