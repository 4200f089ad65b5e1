//! Every primitive by itself: the tables of `golden/jaxprs_more.py`, down to "Programs of several equations".

use thetahat::jax::core::{Comparison as Compare, DotDims, Primitive as P};
use thetahat::jax::numpy::eye;
use thetahat::jax::trace::bind;
use thetahat::jax::{Array, DType};

use crate::jaxprs::cases::{array, case, grad, rc, vmap};
use crate::jaxprs::compare::Comparison;

pub fn all(c: &mut Comparison) {
    elementwise(c);
    choices(c);
    products(c);
    reductions(c);
    movements(c);
    counting(c);
}

fn apply(primitive: P) -> impl Fn(&[Array]) -> Array + Clone + 'static {
    move |x| bind(primitive.clone(), &x.iter().collect::<Vec<_>>())
}

fn elementwise(c: &mut Comparison) {
    let unary = [
        ("neg", P::Neg),
        ("square", P::IntegerPow { y: 2 }),
        ("cube", P::IntegerPow { y: 3 }),
        ("reciprocal", P::IntegerPow { y: -1 }),
        ("exp", P::Exp),
        ("log", P::Log),
        ("sqrt", P::Sqrt),
        ("tanh", P::Tanh),
        ("sin", P::Sin),
        ("cos", P::Cos),
    ];
    for (name, primitive) in unary {
        case(c, name, apply(primitive.clone()), "f3", "0 1", &[0]);
        case(c, &format!("{name} of a number"), apply(primitive), "f", "0", &[0]);
    }
    let binary = [
        ("add", P::Add),
        ("sub", P::Sub),
        ("mul", P::Mul),
        ("div", P::Div),
        ("max", P::Max),
        ("min", P::Min),
        ("pow", P::Pow),
    ];
    for (name, primitive) in binary {
        let f = apply(primitive.clone());
        case(c, name, f.clone(), "f3 f3", "00 0- -0 10 01 11", &[0, 1]);
        case(c, &format!("{name} of numbers"), f.clone(), "f f", "00 0-", &[0, 1]);
        case(c, &format!("{name} of a number and a vector"), f.clone(), "f f3", "00 0- -0 -1 01", &[0, 1]);
        case(c, &format!("{name} of a vector and a number"), f.clone(), "f3 f", "00 0- -0 1- 10", &[0, 1]);
        case(c, &format!("{name} of a row and a matrix"), f, "f13 f23", "00 -0 21", &[0, 1]);
        let (left, right) = (primitive.clone(), primitive);
        let two = || Array::scalar(2.0);
        let of_literal = move |x: &[Array]| bind(left.clone(), &[&two(), &x[0]]);
        case(c, &format!("{name} of a literal"), of_literal, "f3", "0 1", &[0]);
        let with_literal = move |x: &[Array]| bind(right.clone(), &[&x[0], &two()]);
        case(c, &format!("{name} with a literal"), with_literal, "f3", "0 1", &[0]);
    }
    let comparisons = [
        ("eq", Compare::Eq),
        ("ne", Compare::Ne),
        ("lt", Compare::Lt),
        ("le", Compare::Le),
        ("gt", Compare::Gt),
        ("ge", Compare::Ge),
    ];
    for (name, comparison) in comparisons {
        let f = rc(move |x| vec![bind(P::Compare(comparison), &[&x[0], &x[1]])]);
        let mapped = vmap(&f, &[Some(0), None], Some(0));
        c.show(name, move |x| f(x), &[array("f3"), array("f3")]);
        c.show(&format!("vmap({name})"), move |x| mapped(x), &[array("f53"), array("f3")]);
    }
}

fn choices(c: &mut Comparison) {
    let f = apply(P::SelectN);
    case(c, "select_n", f.clone(), "b3 f3 f3", "000 -00 0-- 00- 0-0 -01 111 --0 10-", &[1, 2]);
    case(c, "select_n of five", f.clone(), "b5 f5 f5", "-01 001 101", &[]);
    case(c, "select_n by a number", f.clone(), "b f3 f3", "000 -00 -01 0-- 001 011 --0", &[1, 2]);
    case(c, "select_n by a number of five", f.clone(), "b f5 f5", "-01 -10", &[]);
    case(c, "select_n of numbers", f, "b f f", "000 0-- -0- -00", &[1, 2]);
}

fn products(c: &mut Comparison) {
    let axes = "00 0- -0 10 01 11 -1 1-";
    let rows: [(&str, &str, [&[usize]; 4], &str); 11] = [
        ("matrix times vector", "f23 f3", [&[1], &[0], &[], &[]], "20 21 2-"),
        ("vector times matrix", "f2 f23", [&[0], &[0], &[], &[]], "02 -2"),
        ("vector times vector", "f3 f3", [&[0], &[0], &[], &[]], ""),
        ("matrix times matrix", "f23 f34", [&[1], &[0], &[], &[]], "22 2- -2"),
        ("matrix times transposed", "f23 f43", [&[1], &[1], &[], &[]], ""),
        ("transposed times matrix", "f32 f34", [&[0], &[0], &[], &[]], ""),
        ("outer product", "f2 f3", [&[], &[], &[], &[]], ""),
        ("batched product", "f234 f243", [&[2], &[1], &[0], &[0]], "33 3- -2"),
        ("batched vectors", "f23 f23", [&[1], &[1], &[0], &[0]], ""),
        ("double contraction", "f23 f234", [&[0, 1], &[0, 1], &[], &[]], ""),
        ("double contraction crossed", "f23 f324", [&[0, 1], &[1, 0], &[], &[]], ""),
    ];
    for (name, specs, [lhs_contract, rhs_contract, lhs_batch, rhs_batch], more) in rows {
        let dims = DotDims {
            lhs_contract: lhs_contract.to_vec(),
            rhs_contract: rhs_contract.to_vec(),
            lhs_batch: lhs_batch.to_vec(),
            rhs_batch: rhs_batch.to_vec(),
        };
        case(c, name, apply(P::DotGeneral(dims)), specs, &format!("{axes} {more}"), &[0, 1]);
    }
}

fn reductions(c: &mut Comparison) {
    for (text, axes) in [("(0,)", vec![0]), ("(1,)", vec![1]), ("(0, 1)", vec![0, 1])] {
        let sum = apply(P::ReduceSum { axes: axes.clone() });
        case(c, &format!("reduce_sum over {text}"), sum, "f23", "0 1 2", &[0]);
        case(c, &format!("reduce_max over {text}"), apply(P::ReduceMax { axes }), "f23", "0 1 2", &[0]);
    }
    case(c, "reduce_sum of three", apply(P::ReduceSum { axes: vec![0, 2] }), "f234", "0 1 2 3", &[0]);
}

fn stretch(shape: &[usize], dims: &[usize]) -> P {
    P::BroadcastInDim { shape: shape.to_vec(), broadcast_dimensions: dims.to_vec() }
}

fn block(start: &[usize], limit: &[usize], strides: Option<&[usize]>) -> P {
    P::Slice { start_indices: start.to_vec(), limit_indices: limit.to_vec(), strides: strides.map(<[usize]>::to_vec) }
}

fn movements(c: &mut Comparison) {
    let rows = [
        ("broadcast a vector", stretch(&[2, 3], &[1]), "f3", "0 1"),
        ("broadcast a number", stretch(&[2, 3], &[]), "f", "0"),
        ("broadcast a row", stretch(&[2, 3], &[0, 1]), "f13", "0 1 2"),
        ("expand_dims", stretch(&[3, 1], &[0]), "f3", "0 1"),
        ("reshape to a vector", P::Reshape { new_sizes: vec![6] }, "f23", "0 1 2"),
        ("reshape to a matrix", P::Reshape { new_sizes: vec![3, 2] }, "f6", "0 1"),
        ("transpose", P::Transpose { permutation: vec![1, 0] }, "f23", "0 1 2"),
        ("transpose three", P::Transpose { permutation: vec![2, 0, 1] }, "f234", "0 1 2 3"),
        ("squeeze", P::Squeeze { dimensions: vec![1] }, "f213", "0 1 2 3"),
        ("slice", block(&[0, 1], &[2, 3], None), "f23", "0 1 2"),
        ("slice with strides", block(&[1, 0], &[4, 5], Some(&[2, 3])), "f46", "0 1 2"),
    ];
    for (name, primitive, spec, mapped) in rows {
        case(c, name, apply(primitive), spec, mapped, &[0]);
    }
    let zero = |x: &[Array]| bind(P::Pad { padding: vec![(1, 2, 0), (0, 1, 2)] }, &[&x[0], &Array::scalar(0.0)]);
    case(c, "pad", zero, "f23", "0 1 2", &[0]);
    let pad = apply(P::Pad { padding: vec![(1, 2, 1)] });
    case(c, "pad with a value", pad, "f3 f", "0- 1- -0 00 10", &[0]);
    case(c, "concatenate", apply(P::Concatenate { dimension: 0 }), "f23 f43", "00 0- -0 12", &[0, 1]);
    let three = apply(P::Concatenate { dimension: 1 });
    case(c, "concatenate three", three, "f21 f23 f22", "000 -01", &[0, 1, 2]);
    let to = |new_dtype| apply(P::ConvertElementType { new_dtype });
    case(c, "convert to int", to(DType::I32), "f3", "0 1", &[]);
    case(c, "convert from int", to(DType::F32), "i3", "0 1", &[]);
    case(c, "convert from bool", to(DType::F32), "b3", "0 1", &[]);
}

fn counting(c: &mut Comparison) {
    let iota = |dtype, shape: &[usize], dimension| bind(P::Iota { dtype, shape: shape.to_vec(), dimension }, &[]);
    c.show("iota", move |_| vec![iota(DType::I32, &[5], 0)], &[]);
    c.show("iota of a matrix", move |_| vec![iota(DType::F32, &[2, 3], 1)], &[]);
    c.show("eye", |_| vec![eye(3)], &[]);
    let add = vmap(&rc(move |x| vec![&x[0] + iota(DType::F32, &[3], 0)]), &[Some(0)], Some(0));
    c.show("vmap(add iota)", move |x| add(x), &[array("f53")]);
    let alone = vmap(&rc(move |_| vec![iota(DType::F32, &[3], 0)]), &[Some(0)], Some(0));
    c.show("vmap(iota)", move |x| alone(x), &[array("f53")]);
    let through = rc(|x| vec![(&x[0] * x[0].astype(DType::I32).astype(DType::F32)).sum()]);
    let through = grad(&through, 1, 0);
    c.show("grad(through integers)", move |x| through(x), &[array("f3")]);
}
