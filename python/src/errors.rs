//! Errors of the engine as the exceptions that JAX raises.

use rustpython_vm::{
    VirtualMachine,
    builtins::{PyBaseExceptionRef, PyTypeRef},
};
use thetahat::{Error, base::error::ErrorKind};

use std::cell::RefCell;

use crate::hooks;

/// What stands in an error of the engine for an exception that a Python function raised while the engine called it.
const CARRIED: &str = "a Python function raised an exception";

thread_local! {
    static EXCEPTION: RefCell<Option<PyBaseExceptionRef>> = const { RefCell::new(None) };
}

/// An exception as an error of the engine; [`engine_error`] gives it back.
pub fn carried(exception: PyBaseExceptionRef) -> Error {
    EXCEPTION.with_borrow_mut(|slot| *slot = Some(exception));
    Error::tree("python", CARRIED, "See there.")
}

/// The exception for an error of the engine.
pub fn engine_error(error: &Error, vm: &VirtualMachine) -> PyBaseExceptionRef {
    let text = error.to_string();
    if text.contains(CARRIED)
        && let Some(exception) = EXCEPTION.with_borrow_mut(Option::take)
    {
        return exception;
    }
    if text.contains("reverse-mode differentiation does not work") {
        return vm.new_value_error(
            "Reverse-mode differentiation does not work for lax.while_loop or lax.fori_loop with dynamic start/stop values. Try using lax.scan, or using fori_loop with static start/stop.",
        );
    }
    match error.kind() {
        ErrorKind::Concretization => jax_error("ConcretizationTypeError", text, vm),
        ErrorKind::LeakedTracer => {
            let found = text.split_once("of type ").and_then(|(_, rest)| rest.split_once(" is used"));
            let aval = found.map_or("", |(aval, _)| aval);
            let aval = aval.replace("f32", "float32").replace("i32", "int32").replace("u32", "uint32");
            let message = "Encountered an unexpected tracer. A function transformed by JAX had a side effect, allowing for a reference to an intermediate value with type";
            let end = "wrapped in a DynamicJaxprTracer to escape the scope of the transformation.";
            jax_error("UnexpectedTracerError", format!("{message} {aval} {end}"), vm)
        }
        ErrorKind::Memory => {
            let bytes = text.split_once(" takes ").and_then(|(_, rest)| rest.split_once(" bytes"));
            let bytes = bytes.map_or("", |(bytes, _)| bytes);
            jax_error("JaxRuntimeError", format!("RESOURCE_EXHAUSTED: Out of memory allocating {bytes} bytes."), vm)
        }
        ErrorKind::Value => vm.new_value_error(text),
        _ => vm.new_type_error(text),
    }
}

/// An exception of a class in `jax.errors`.
pub fn jax_error(class: &str, message: String, vm: &VirtualMachine) -> PyBaseExceptionRef {
    let class = hooks::get(class, vm).ok().and_then(|class| class.downcast::<rustpython_vm::builtins::PyType>().ok());
    let class: PyTypeRef = class.unwrap_or_else(|| vm.ctx.exceptions.type_error.to_owned());
    vm.new_exception_msg(class, message.into())
}
