//! Refuses what would take more memory than there is, before it is taken: memory that is not there ends the process, or the worker of the page, with the program.

use num_traits::ToPrimitive;
use rustpython_vm::{
    AsObject, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyByteArray, PyBytes, PyInt, PyList, PyStr, PyTuple, PyType},
    function::FuncArgs,
    types::{AsNumber, AsSequence, Constructor, Initializer},
};

/// How many items a list, characters a text or bits a number may have that is made at once.
const MOST: usize = 1 << 27;

/// Has lists, texts and whole numbers refuse to become too large in one step.
pub fn install(vm: &VirtualMachine) {
    let types = &vm.ctx.types;
    types.list_type.slots.as_sequence.repeat.store(Some(|list, n, vm| {
        check(list.obj, n, vm)?;
        PyList::as_sequence().repeat.map_or_else(|| Ok(vm.ctx.not_implemented()), |repeat| repeat(list, n, vm))
    }));
    types.tuple_type.slots.as_sequence.repeat.store(Some(|tuple, n, vm| {
        check(tuple.obj, n, vm)?;
        PyTuple::as_sequence().repeat.map_or_else(|| Ok(vm.ctx.not_implemented()), |repeat| repeat(tuple, n, vm))
    }));
    types.str_type.slots.as_sequence.repeat.store(Some(|text, n, vm| {
        check(text.obj, n, vm)?;
        PyStr::as_sequence().repeat.map_or_else(|| Ok(vm.ctx.not_implemented()), |repeat| repeat(text, n, vm))
    }));
    types.bytes_type.slots.as_sequence.repeat.store(Some(|bytes, n, vm| {
        check(bytes.obj, n, vm)?;
        PyBytes::as_sequence().repeat.map_or_else(|| Ok(vm.ctx.not_implemented()), |repeat| repeat(bytes, n, vm))
    }));
    types.bytearray_type.slots.as_sequence.repeat.store(Some(|bytes, n, vm| {
        check(bytes.obj, n, vm)?;
        PyByteArray::as_sequence().repeat.map_or_else(|| Ok(vm.ctx.not_implemented()), |repeat| repeat(bytes, n, vm))
    }));
    types.list_type.slots.vectorcall.store(Some(|class, args, nargs, names, vm| {
        check_items(args.first(), vm)?;
        let class = class.to_owned().downcast::<PyType>().map_err(|_| vm.new_type_error("a class is expected"))?;
        let list = PyList::default().into_ref_with_type(vm, class)?;
        PyList::slot_init(list.clone().into(), FuncArgs::from_vectorcall_owned(args, nargs, names), vm)?;
        Ok(list.into())
    }));
    types.tuple_type.slots.new.store(Some(|class, args, vm| {
        check_items(args.args.first(), vm)?;
        PyTuple::slot_new(class, args, vm)
    }));
    types.int_type.slots.as_number.power.store(Some(|a, b, modulus, vm| {
        if vm.is_none(modulus) {
            check_power(a, b, vm)?;
        }
        PyInt::as_number().power.map_or_else(|| Ok(vm.ctx.not_implemented()), |power| power(a, b, modulus, vm))
    }));
    types.int_type.slots.as_number.lshift.store(Some(|a, b, vm| {
        if let (Some(a), Some(b)) = (whole(a), whole(b)) {
            let grown = b.as_bigint().to_usize().map(|n| n.saturating_add(bits(a)));
            let is_zero = bits(a) == 0;
            let negative = b.as_bigint().sign() == num_bigint::Sign::Minus;
            if !is_zero && !negative && grown.is_none_or(|n| n > MOST) {
                return Err(too_large(vm));
            }
        }
        PyInt::as_number().lshift.map_or_else(|| Ok(vm.ctx.not_implemented()), |shift| shift(a, b, vm))
    }));
}

fn too_large(vm: &VirtualMachine) -> PyBaseExceptionRef {
    vm.new_memory_error(format!("there is no room for more than {MOST} items, characters or bits made at once"))
}

/// Refuses a sequence that is repeated too often.
fn check(sequence: &PyObject, n: isize, vm: &VirtualMachine) -> PyResult<()> {
    let times = usize::try_from(n).unwrap_or(0);
    if times <= 1 || sequence.length(vm)?.saturating_mul(times) <= MOST { Ok(()) } else { Err(too_large(vm)) }
}

/// Refuses to list the numbers of a range that is too long.
fn check_items(items: Option<&PyObjectRef>, vm: &VirtualMachine) -> PyResult<()> {
    match items {
        // a range too long for a length has one that cannot be told
        Some(range) if range.class().is(vm.ctx.types.range_type) => match range.length(vm) {
            Ok(n) if n <= MOST => Ok(()),
            _ => Err(too_large(vm)),
        },
        _ => Ok(()),
    }
}

fn whole(x: &PyObject) -> Option<&PyInt> {
    x.downcast_ref::<PyInt>().map(|x| &**x)
}

fn bits(x: &PyInt) -> usize {
    usize::try_from(x.as_bigint().bits()).unwrap_or(usize::MAX)
}

/// Refuses a power with too many digits.
fn check_power(a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
    let (Some(a), Some(b)) = (whole(a), whole(b)) else { return Ok(()) };
    // of 0, 1 and -1 every power is small
    let grows = bits(a) > 1 && b.as_bigint().sign() == num_bigint::Sign::Plus;
    let size = b.as_bigint().to_usize().map(|n| n.saturating_mul(bits(a)));
    if grows && size.is_none_or(|size| size > MOST) { Err(too_large(vm)) } else { Ok(()) }
}
