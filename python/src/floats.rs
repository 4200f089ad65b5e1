//! `repr` of Python's floats: of two shortest decimals that are equally near, CPython takes the one that ends evenly, `RustPython` the greater one.

use rustpython_vm::{Py, PyObject, PyRef, PyResult, VirtualMachine, builtins::PyFloat, builtins::PyStr};
use thetahat::jax::repr::python_float;

/// Has floats print as `CPython` prints them.
pub fn install(vm: &VirtualMachine) {
    vm.ctx.types.float_type.slots.repr.store(Some(repr));
}

fn repr(float: &PyObject, vm: &VirtualMachine) -> PyResult<PyRef<PyStr>> {
    let number: &Py<PyFloat> =
        float.downcast_ref::<PyFloat>().ok_or_else(|| vm.new_type_error("a float is expected"))?;
    Ok(vm.ctx.new_str(python_float(number.to_f64())))
}
