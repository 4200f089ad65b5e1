//! Every program can be printed, is well-formed, and reads the same after being traced again.

use proptest::prelude::*;
use thetahat::jax::core::{Jaxpr, ShapedArray};
use thetahat::jax::trace::{eval_jaxpr, trace};
use thetahat::jax::{Array, grad, jvp, make_jaxpr, vmap};

use crate::laws::program::{Kind, program};
use crate::laws::programs;

/// Checks a program and its text, and that a trace of its replay has the same text.
fn check(jaxpr: &Jaxpr, consts: &[Array]) -> Result<(), TestCaseError> {
    jaxpr.typecheck().map_err(|error| TestCaseError::fail(error.to_string()))?;
    let text = jaxpr.to_string();
    let framed = text.starts_with("{ lambda ") && text.ends_with(") }");
    prop_assert!(framed);
    let avals: Vec<ShapedArray> = jaxpr.in_avals().cloned().collect();
    let again = trace(&avals, |args| eval_jaxpr(jaxpr, consts, &args).expect("results"));
    let again = again.map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert_eq!(text, again.to_string());
    Ok(())
}

proptest! {
    #![proptest_config(programs(1000))]

    #[test]
    fn programs_read_the_same_after_another_trace(program in program(Kind::Any)) {
        let traced = program.traced();
        check(&traced.jaxpr, &traced.consts)?;
        let args = program.args(0);
        let batch: Vec<Array> = args.iter().map(|x| x.broadcast_to(&[&[2], x.shape()].concat())).collect();
        let scalar = { let program = program.clone(); move |args: &Vec<Array>| program.scalar(args) };
        let all = { let program = program.clone(); move |args: &Vec<Array>| program.run(args) };
        let gradient = make_jaxpr(grad(scalar.clone()))(&args).expect("a program");
        check(&gradient.jaxpr, &gradient.consts)?;
        let mapped = make_jaxpr(vmap(all.clone(), (0,)))(&batch).expect("a program");
        check(&mapped.jaxpr, &mapped.consts)?;
        let forward = move |args: &Vec<Array>| jvp(all.clone(), &(args.clone(),), &(args.clone(),));
        let forward = make_jaxpr(forward)(&args).expect("a program");
        check(&forward.jaxpr, &forward.consts)?;
        let total = move |batch: &Vec<Array>| vmap(scalar.clone(), (0,))(batch).sum();
        let both = make_jaxpr(vmap(grad(total), (0,)))(&vec_of_batches(&batch)).expect("a program");
        check(&both.jaxpr, &both.consts)?;
    }
}

fn vec_of_batches(batch: &[Array]) -> Vec<Array> {
    batch.iter().map(|x| x.broadcast_to(&[&[2], x.shape()].concat())).collect()
}
