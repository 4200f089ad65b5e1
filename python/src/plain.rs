//! Where `RustPython`'s own types differ from `CPython`'s in what they print: floats of which two shortest decimals are equally near, and the words of common errors.

use rustpython_vm::{
    AsObject, Py, PyObject, PyRef, PyResult, VirtualMachine,
    builtins::{PyBaseObject, PyFloat, PyInt, PyList, PyStr},
    types::{AsMapping, AsNumber, AsSequence, Constructor},
};
use thetahat::jax::repr::python_float;

use crate::value::PyArray;

/// Has the types print as those of `CPython` do.
pub fn install(vm: &VirtualMachine) {
    let types = &vm.ctx.types;
    types.float_type.slots.repr.store(Some(repr));
    let (int, float) = (&types.int_type.slots.as_number, &types.float_type.slots.as_number);
    int.remainder.store(Some(|a, b, vm| {
        whole(a, b, "integer modulo by zero", vm)?;
        operation(PyInt::as_number().remainder, a, b, vm)
    }));
    int.floor_divide.store(Some(|a, b, vm| {
        whole(a, b, "integer division or modulo by zero", vm)?;
        operation(PyInt::as_number().floor_divide, a, b, vm)
    }));
    int.divmod.store(Some(|a, b, vm| {
        whole(a, b, "integer division or modulo by zero", vm)?;
        operation(PyInt::as_number().divmod, a, b, vm)
    }));
    float.true_divide.store(Some(|a, b, vm| {
        real(a, b, "float division by zero", vm)?;
        operation(PyFloat::as_number().true_divide, a, b, vm)
    }));
    float.remainder.store(Some(|a, b, vm| {
        real(a, b, "float modulo", vm)?;
        operation(PyFloat::as_number().remainder, a, b, vm)
    }));
    float.floor_divide.store(Some(|a, b, vm| {
        real(a, b, "float floor division by zero", vm)?;
        operation(PyFloat::as_number().floor_divide, a, b, vm)
    }));
    float.divmod.store(Some(|a, b, vm| {
        real(a, b, "float divmod()", vm)?;
        operation(PyFloat::as_number().divmod, a, b, vm)
    }));
    types.object_type.slots.new.store(Some(|class, args, vm| {
        let abstract_methods = class.get_attr(vm.ctx.intern_str("__abstractmethods__"));
        let mut names: Vec<String> = match &abstract_methods {
            Some(methods) => vm.extract_elements_with(methods, |name| Ok(name.str(vm)?.to_string()))?,
            None => Vec::new(),
        };
        if names.is_empty() {
            return PyBaseObject::slot_new(class, args, vm);
        }
        names.sort_unstable();
        let plural = if names.len() == 1 { "" } else { "s" };
        let message = format!(
            "Can't instantiate abstract class {} with abstract method{plural} {}",
            class.name(),
            names.join(", ")
        );
        Err(vm.new_type_error(message))
    }));
    types.str_type.slots.as_number.add.store(Some(joined));
    types.list_type.slots.as_sequence.concat.store(Some(|list, other, vm| {
        if other.downcast_ref::<PyArray>().is_some() {
            return Err(vm.new_type_error("unsupported operand type(s) for +: 'list' and 'ArrayImpl'"));
        }
        if other.downcast_ref::<PyList>().is_none() {
            let class = other.class().name().to_string();
            return Err(vm.new_type_error(format!("can only concatenate list (not \"{class}\") to list")));
        }
        PyList::as_sequence().concat.map_or_else(|| Ok(vm.ctx.not_implemented()), |concat| concat(list, other, vm))
    }));
    types.str_type.slots.as_mapping.subscript.store(Some(|text, key, vm| {
        let found = match PyStr::as_mapping().subscript {
            Some(subscript) => subscript(text, key, vm),
            None => Ok(vm.ctx.not_implemented()),
        };
        found.map_err(|error| {
            let is_index = error.fast_isinstance(vm.ctx.exceptions.index_error);
            if is_index { vm.new_index_error("string index out of range") } else { error }
        })
    }));
}

fn repr(float: &PyObject, vm: &VirtualMachine) -> PyResult<PyRef<PyStr>> {
    let number: &Py<PyFloat> =
        float.downcast_ref::<PyFloat>().ok_or_else(|| vm.new_type_error("a float is expected"))?;
    Ok(vm.ctx.new_str(python_float(number.to_f64())))
}

type Binary = fn(&PyObject, &PyObject, &VirtualMachine) -> PyResult;

fn operation(function: Option<Binary>, a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> PyResult {
    function.map_or_else(|| Ok(vm.ctx.not_implemented()), |function| function(a, b, vm))
}

fn is_zero(x: &PyObject) -> Option<bool> {
    use num_traits::Zero;
    let whole = x.downcast_ref::<PyInt>().map(|x| x.as_bigint().is_zero());
    whole.or_else(|| x.downcast_ref::<PyFloat>().map(|x| x.to_f64() == 0.0))
}

/// Refuses a whole number divided by the whole number 0.
fn whole(a: &PyObject, b: &PyObject, message: &'static str, vm: &VirtualMachine) -> PyResult<()> {
    let both = a.downcast_ref::<PyInt>().is_some() && b.downcast_ref::<PyInt>().is_some();
    if both && is_zero(b) == Some(true) { Err(vm.new_zero_division_error(message)) } else { Ok(()) }
}

/// Refuses a number divided by 0, where one of the two is a float.
fn real(a: &PyObject, b: &PyObject, message: &'static str, vm: &VirtualMachine) -> PyResult<()> {
    if is_zero(a).is_some() && is_zero(b) == Some(true) { Err(vm.new_zero_division_error(message)) } else { Ok(()) }
}

/// `a + b` for a string a.
fn joined(a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> PyResult {
    let result = operation(PyStr::as_number().add, a, b, vm)?;
    let is_array = b.downcast_ref::<PyArray>().is_some();
    let is_number = is_array || b.downcast_ref::<PyInt>().is_some() || b.downcast_ref::<PyFloat>().is_some();
    let alone = is_number || vm.get_attribute_opt(b.to_owned(), "__radd__")?.is_none();
    if result.is(&vm.ctx.not_implemented) && a.downcast_ref::<PyStr>().is_some() && alone {
        let class = if is_array { "jaxlib._jax.ArrayImpl".to_owned() } else { b.class().name().to_string() };
        return Err(vm.new_type_error(format!("can only concatenate str (not \"{class}\") to str")));
    }
    Ok(result)
}
