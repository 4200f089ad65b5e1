//! Operations that JAX jits: outside of compiled programs each is a program of its own, so that its derivatives are rounded as a whole.

use std::cell::RefCell;

use thetahat::jax::{
    Array,
    control::{Call, Program, parts},
    core::ShapedArray,
    extension::Extension,
    trace::trace,
};

use crate::transform::{closed, is_transforming};

thread_local! {
    /// The programs of [`called`] operations, by name and types of operands.
    static OPERATIONS: RefCell<Vec<(String, Vec<ShapedArray>, Program)>> = const { RefCell::new(Vec::new()) };
}

/// An operation that JAX jits, on these operands: where operations are transformed one by one, its derivatives are compiled as a whole.
pub fn called(name: &str, operands: &[&Array], f: impl Fn(&[Array]) -> Array) -> Array {
    let concrete = || operands.iter().map(|&x| x.clone()).collect::<Vec<_>>();
    let avals: Option<Vec<ShapedArray>> = operands.iter().map(|x| x.aval().ok().cloned()).collect();
    let Some(avals) = avals.filter(|_| is_transforming()) else { return f(&concrete()) };
    let known = OPERATIONS.with_borrow(|known| {
        known.iter().find(|(of, types, _)| of == name && *types == avals).map(|(.., program)| program.clone())
    });
    let program = if let Some(program) = known {
        program
    } else {
        let Ok(traced) = trace(&avals, |x| vec![f(&x)]) else { return f(&concrete()) };
        let program = Program::new(closed(&traced, 1));
        OPERATIONS.with_borrow_mut(|known| known.push((name.to_owned(), avals, program.clone())));
        program
    };
    let call = Call::new(name.into(), true, program);
    let results = call.results.clone();
    parts(&results, &Extension::apply(call, operands)).swap_remove(0)
}
