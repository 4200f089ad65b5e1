//! Refuses what would take more memory than there is, before it is taken: memory that is not there ends the process, or the worker of the page, with the program.

use std::cell::OnceCell;

use num_traits::ToPrimitive;
use rustpython_vm::{
    AsObject, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyByteArray, PyBytes, PyInt, PyList, PyStr, PyTuple, PyType},
    function::{FuncArgs, PyMethodFlags},
    types::{AsNumber, AsSequence, Constructor, Initializer},
};

/// How many items a list, characters a text or bits a number may have that is made at once.
const MOST: usize = 1 << 27;

thread_local! {
    /// The methods `__format__` of `float`, `int` and `str`, as the interpreter has them: the types are those of all interpreters of a thread.
    static FORMATS: OnceCell<[PyObjectRef; 3]> = const { OnceCell::new() };
}

/// How wide a formatted number or text may be.
const WIDEST: usize = 65_535;

/// Has a type of sequences refuse to be repeated too often. The slot takes a function without state, so each type has its own.
macro_rules! bound_repeat {
    ($class:expr, $kind:ty) => {
        $class.slots.as_sequence.repeat.store(Some(|sequence, n, vm| {
            check(sequence.obj, n, vm)?;
            <$kind>::as_sequence().repeat.map_or_else(|| Ok(vm.ctx.not_implemented()), |repeat| repeat(sequence, n, vm))
        }));
    };
}

/// Has lists, texts and whole numbers refuse to become too large in one step.
pub fn install(vm: &VirtualMachine) {
    install_formats(vm);
    let types = &vm.ctx.types;
    types.str_type.slots.as_number.remainder.store(Some(|text, values, vm| {
        if let Some(text) = text.downcast_ref::<PyStr>() {
            for format in text.to_string_lossy().split('%').skip(1) {
                check_widths(format.split(char::is_alphabetic).next().unwrap_or_default(), vm)?;
            }
        }
        PyStr::as_number().remainder.map_or_else(|| Ok(vm.ctx.not_implemented()), |format| format(text, values, vm))
    }));
    bound_repeat!(types.list_type, PyList);
    bound_repeat!(types.tuple_type, PyTuple);
    bound_repeat!(types.str_type, PyStr);
    bound_repeat!(types.bytes_type, PyBytes);
    bound_repeat!(types.bytearray_type, PyByteArray);
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

fn install_formats(vm: &VirtualMachine) {
    let types = &vm.ctx.types;
    let name = vm.ctx.intern_str("__format__");
    let classes = [types.float_type, types.int_type, types.str_type];
    let known = classes.map(|class| class.get_attr(name));
    let [Some(float), Some(int), Some(text)] = known else { return };
    if FORMATS.with(|formats| formats.set([float, int, text]).is_err()) {
        return;
    }
    let flags = PyMethodFlags::METHOD;
    let methods = [
        vm.ctx.new_method_def("__format__", formatted::<0>, flags, None),
        vm.ctx.new_method_def("__format__", formatted::<1>, flags, None),
        vm.ctx.new_method_def("__format__", formatted::<2>, flags, None),
    ];
    for (class, method) in classes.into_iter().zip(methods) {
        class.set_attr(name, method.build_method(class, vm).into());
    }
}

/// `__format__` of the class at this place, for texts of a width that there is room for.
fn formatted<const CLASS: usize>(x: PyObjectRef, spec: PyRef<PyStr>, vm: &VirtualMachine) -> PyResult {
    check_widths(&spec.to_string_lossy(), vm)?;
    let method = FORMATS.with(|formats| formats.get().map(|formats| formats[CLASS].clone()));
    method.map_or_else(|| Ok(vm.ctx.none()), |method| method.call((x, spec), vm))
}

/// Refuses a text of formats with a width or precision that there is no room for.
fn check_widths(text: &str, vm: &VirtualMachine) -> PyResult<()> {
    let mut before = ' ';
    for part in text.split_inclusive(|c: char| !c.is_ascii_digit()) {
        let digits = part.trim_end_matches(|c: char| !c.is_ascii_digit());
        if digits.len() > 4 && digits.parse::<usize>().map_or(true, |n| n > WIDEST) {
            let what = if before == '.' { "precision too big" } else { "Too many decimal digits in format string" };
            return Err(vm.new_value_error(what));
        }
        before = part.chars().next_back().unwrap_or(before);
    }
    Ok(())
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
