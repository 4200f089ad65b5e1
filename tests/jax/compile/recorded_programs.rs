//! Random programs recorded from JAX (`tests/golden/programs.py`): compiled with fused rounding, they give JAX's bits.

use serde::Deserialize;
use thetahat::jax::Array;
use thetahat::jax::compile::{Rounding, compile, lowered};
use thetahat::jax::core::{DType, ShapedArray};
use thetahat::jax::trace::{ClosedJaxpr, trace};

#[derive(Deserialize)]
struct Record {
    programs: Vec<Program>,
}

#[derive(Deserialize)]
struct Program {
    shapes: Vec<Vec<usize>>,
    equations: Vec<Equation>,
    outs: Vec<usize>,
    arguments: Vec<Vec<u32>>,
    results: Vec<Vec<u32>>,
}

#[derive(Deserialize)]
struct Equation {
    op: String,
    of: Vec<Operand>,
    dims: Option<Vec<usize>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Operand {
    Value(usize),
    Constant { constant: f32 },
}

fn apply(equation: &Equation, x: &[Array]) -> Array {
    match equation.op.as_str() {
        "add" => &x[0] + &x[1],
        "sub" => &x[0] - &x[1],
        "mul" => &x[0] * &x[1],
        "div" => &x[0] / &x[1],
        "max" => x[0].maximum(&x[1]),
        "min" => x[0].minimum(&x[1]),
        "neg" => -&x[0],
        "square" => x[0].powi(2),
        "cube" => x[0].powi(3),
        "sqrt" => (x[0].powi(2) + 1.0).sqrt(),
        "sum" => x[0].sum(),
        "mean" => x[0].mean(),
        "dot" => x[0].matmul(&x[1]),
        "reshape" => x[0].reshape(equation.dims.as_deref().unwrap()),
        other => panic!("unknown operation {other}"),
    }
}

impl Program {
    fn trace(&self) -> ClosedJaxpr {
        let avals: Vec<ShapedArray> = self.shapes.iter().map(|shape| ShapedArray::new(shape, DType::F32)).collect();
        let program = trace(&avals, |mut values| {
            for equation in &self.equations {
                let operands: Vec<Array> = equation
                    .of
                    .iter()
                    .map(|operand| match operand {
                        Operand::Value(i) => values[*i].clone(),
                        Operand::Constant { constant } => Array::scalar(*constant),
                    })
                    .collect();
                values.push(apply(equation, &operands));
            }
            self.outs.iter().map(|&i| values[i].clone()).collect()
        });
        program.unwrap()
    }
}

#[test]
fn random_programs_have_the_bits_of_jit() {
    let path = std::env::var_os("THETAHAT_PROGRAMS").map_or_else(
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/programs.json"),
        std::path::PathBuf::from,
    );
    let record: Record = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let (mut equal, mut all) = (0, 0);
    for (number, program) in record.programs.iter().enumerate() {
        let traced = program.trace();
        let mut executable = compile(&traced.jaxpr, &traced.consts, Rounding::Fused).unwrap();
        for (i, words) in program.arguments.iter().enumerate() {
            executable.input_mut(i).copy_from_slice(words);
        }
        executable.run();
        let ours: Vec<&[u32]> = (0..program.outs.len()).map(|j| executable.output(j)).collect();
        all += 1;
        if ours == program.results {
            equal += 1;
        } else if std::env::var_os("THETAHAT_VERBOSE").is_some() {
            println!("program {number} {:?}", program.shapes);
            let wrong: Vec<usize> = (0..ours.len()).filter(|&j| ours[j] != program.results[j]).collect();
            println!("{}\nwrong outputs {wrong:?}\n{}", traced.jaxpr, lowered(&traced.jaxpr, Rounding::Fused).unwrap());
        }
    }
    println!("{equal} of {all} programs equal");
    assert_eq!(equal, all);
}
