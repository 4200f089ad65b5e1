//! What Python's operators and functions do with arrays: the protocols of [`PyArray`].

use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyRef, PyResult, VirtualMachine, atomic_func,
    builtins::{PyInt, PyStr},
    function::PyComparisonValue,
    protocol::{PyMappingMethods, PyNumberMethods, PySequenceMethods},
    types::{AsMapping, AsNumber, AsSequence, Comparable, GetAttr, Hashable, Iterable, PyComparisonOp, Representable},
};
use thetahat::jax::{Array, DType};

use crate::hooks;
use crate::indexing::{basic_index, rows};
use crate::promote::{arithmetic, compare};
use crate::value::{PyArray, wrap};
use crate::views::class_name;

impl GetAttr for PyArray {
    fn getattro(zelf: &Py<Self>, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult {
        zelf.as_object().generic_getattr_opt(name, None, vm)?.ok_or_else(|| {
            let message = if zelf.array.is_tracer() {
                format!("{} has no attribute {name}", class_name(&zelf.array))
            } else {
                format!("'jaxlib._jax.ArrayImpl' object has no attribute '{name}'")
            };
            vm.new_attribute_error(message)
        })
    }
}

impl Representable for PyArray {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        Ok(zelf.text(true))
    }
}

impl Hashable for PyArray {
    fn hash(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<rustpython_vm::common::hash::PyHash> {
        let class = if zelf.array.is_tracer() { class_name(&zelf.array) } else { "jaxlib._jax.ArrayImpl" };
        Err(vm.new_type_error(format!("unhashable type: '{class}'")))
    }
}

impl Comparable for PyArray {
    fn cmp(zelf: &Py<Self>, other: &PyObject, op: PyComparisonOp, vm: &VirtualMachine) -> PyResult<PyComparisonValue> {
        // the slot can only say yes or no, so arrays go by `slot_richcompare` below
        let _ = (zelf, other, op, vm);
        Ok(PyComparisonValue::NotImplemented)
    }

    fn slot_richcompare(
        zelf: &PyObject,
        other: &PyObject,
        op: PyComparisonOp,
        vm: &VirtualMachine,
    ) -> PyResult<rustpython_vm::function::Either<PyObjectRef, PyComparisonValue>> {
        use rustpython_vm::function::Either;
        match compare(op, zelf, other, vm)? {
            Some(result) => Ok(Either::A(result)),
            None => Ok(Either::B(PyComparisonValue::NotImplemented)),
        }
    }
}

impl Iterable for PyArray {
    fn iter(zelf: PyRef<Self>, vm: &VirtualMachine) -> PyResult {
        if zelf.array.ndim() == 0 {
            return Err(vm.new_type_error("iteration over a 0-d array"));
        }
        let rows = (0..zelf.array.shape()[0]).map(|i| wrap(zelf.array.at(i), zelf.weak, vm));
        let rows = rows.collect::<PyResult<Vec<_>>>()?;
        let list: PyObjectRef = vm.ctx.new_list(rows).into();
        Ok(list.get_iter(vm)?.into())
    }
}

impl AsSequence for PyArray {
    fn as_sequence() -> &'static PySequenceMethods {
        static METHODS: PySequenceMethods = PySequenceMethods {
            contains: atomic_func!(|array, other, vm| {
                let found = hooks::get("contains", vm)?.call((array.obj.to_owned(), other.to_owned()), vm)?;
                found.try_to_bool(vm)
            }),
            ..PySequenceMethods::NOT_IMPLEMENTED
        };
        &METHODS
    }
}

macro_rules! hooked {
    ($name:literal) => {
        Some(|a, b, vm| hooks::get($name, vm)?.call((a.to_owned(), b.to_owned()), vm))
    };
}

fn object(number: rustpython_vm::protocol::PyNumber<'_>) -> PyObjectRef {
    let object: &PyObject = &number;
    object.to_owned()
}

fn of(number: rustpython_vm::protocol::PyNumber<'_>, vm: &VirtualMachine) -> PyResult<PyRef<PyArray>> {
    let object: &PyObject = &number;
    object.to_owned().downcast::<PyArray>().map_err(|_| vm.new_type_error("an array is expected"))
}

impl AsNumber for PyArray {
    fn as_number() -> &'static PyNumberMethods {
        static METHODS: PyNumberMethods = PyNumberMethods {
            add: Some(|a, b, vm| arithmetic("add", a, b, vm)),
            subtract: Some(|a, b, vm| arithmetic("sub", a, b, vm)),
            multiply: Some(|a, b, vm| arithmetic("mul", a, b, vm)),
            true_divide: Some(|a, b, vm| arithmetic("div", a, b, vm)),
            matrix_multiply: Some(|a, b, vm| arithmetic("matmul", a, b, vm)),
            and: Some(|a, b, vm| arithmetic("and", a, b, vm)),
            or: Some(|a, b, vm| arithmetic("or", a, b, vm)),
            xor: Some(|a, b, vm| arithmetic("xor", a, b, vm)),
            lshift: Some(|a, b, vm| arithmetic("shift_left", a, b, vm)),
            rshift: Some(|a, b, vm| arithmetic("shift_right_arithmetic", a, b, vm)),
            power: Some(|a, b, _modulus, vm| power(a, b, vm)),
            floor_divide: hooked!("floor_divide"),
            remainder: hooked!("remainder"),
            divmod: hooked!("divmod"),
            negative: Some(|x, vm| {
                let x = of(x, vm)?;
                if x.array.dtype() == DType::Bool {
                    return Err(vm.new_type_error(
                        "neg does not accept dtype bool. Accepted dtypes are subtypes of integer, floating, complexfloating.",
                    ));
                }
                wrap(-&x.array, x.weak, vm)
            }),
            positive: Some(|x, vm| Ok(of(x, vm)?.into())),
            absolute: Some(|x, vm| hooks::get("abs", vm)?.call((object(x),), vm)),
            invert: Some(|x, vm| hooks::get("invert", vm)?.call((object(x),), vm)),
            boolean: Some(|x, vm| of(x, vm)?.single("bool", vm)?.try_to_bool(vm)),
            int: Some(|x, vm| {
                let number = of(x, vm)?.single("int", vm)?;
                Ok(number.try_int(vm)?.into())
            }),
            float: Some(|x, vm| {
                let number = of(x, vm)?.single("float", vm)?;
                Ok(number.try_float(vm)?.into())
            }),
            index: Some(|x, vm| {
                let x = of(x, vm)?;
                if x.array.dtype() == DType::F32 || x.array.ndim() > 0 {
                    return Err(vm.new_type_error("Only integer scalar arrays can be converted to a scalar index."));
                }
                Ok(x.single("index", vm)?.try_index(vm)?.into())
            }),
            ..PyNumberMethods::NOT_IMPLEMENTED
        };
        &METHODS
    }
}

/// `a ** b`: by repeated multiplication if b is a Python integer.
fn power(a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> PyResult {
    if let (Some(x), Some(y)) = (a.downcast_ref::<PyArray>(), b.downcast_ref::<PyInt>())
        && let Ok(y) = y.try_to_primitive::<i32>(vm)
        && x.array.dtype() != DType::Bool
        && !b.class().is(vm.ctx.types.bool_type)
        && (y >= 0 || x.array.dtype() == DType::F32)
    {
        if y == 0 {
            let one = if x.array.dtype() == DType::F32 { Array::scalar(1.0) } else { Array::from_i32(&[1], &[]) };
            return wrap(one.astype(x.array.dtype()).broadcast_to(x.array.shape()), x.weak, vm);
        }
        return wrap(if y == 1 { x.array.clone() } else { x.array.powi(y) }, x.weak, vm);
    }
    hooks::get("power", vm)?.call((a.to_owned(), b.to_owned()), vm)
}

impl AsMapping for PyArray {
    fn as_mapping() -> &'static PyMappingMethods {
        static METHODS: PyMappingMethods = PyMappingMethods {
            length: atomic_func!(|mapping, vm| {
                let shape = PyArray::mapping_downcast(mapping).array.shape();
                shape.first().copied().ok_or_else(|| vm.new_type_error("len() of unsized object"))
            }),
            subscript: atomic_func!(|mapping, key, vm| {
                let x = PyArray::mapping_downcast(mapping);
                if let Some(result) = rows(&x.array, key) {
                    return wrap(result, x.weak, vm);
                }
                match basic_index(&x.array, key, vm)? {
                    Some(result) => wrap(result, x.weak, vm),
                    None => hooks::get("getitem", vm)?.call((mapping.obj.to_owned(), key.to_owned()), vm),
                }
            }),
            ass_subscript: atomic_func!(|_mapping, _key, value, vm| {
                if value.is_none() {
                    return Err(vm.new_attribute_error("__delitem__"));
                }
                Err(vm.new_type_error(
                    "JAX arrays are immutable and do not support in-place item assignment. Instead of x[idx] = y, use x = x.at[idx].set(y) or another .at[] method: https://docs.jax.dev/en/latest/_autosummary/jax.numpy.ndarray.at.html",
                ))
            }),
        };
        &METHODS
    }
}
