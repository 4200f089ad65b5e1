//! `ArrayImpl`: the engine's array as a Python object, and what Python values mean as arrays.

use std::fmt;

use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, atomic_func,
    builtins::{PyBaseExceptionRef, PyInt, PyList, PySlice, PyStr, PyTuple},
    function::PyComparisonValue,
    protocol::{PyMappingMethods, PyNumberMethods},
    pyclass,
    types::{AsMapping, AsNumber, Comparable, Hashable, Iterable, PyComparisonOp, Representable},
};
use thetahat::jax::{Array, DType, numpy};

use crate::errors::{engine_error, jax_error};
use crate::hooks;
use crate::promote::{arithmetic, compare, operand};

/// `jax.Array`: an array or a tracer, and whether its type is weak, as that of a Python number is.
#[pyclass(module = "jaxlib._jax", name = "ArrayImpl")]
#[derive(PyPayload)]
pub struct PyArray {
    /// The numbers, or the tracer.
    pub array: Array,
    /// Whether the element type gives way to that of an array it meets.
    pub weak: bool,
}

impl fmt::Debug for PyArray {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.array.fmt(f)
    }
}

/// An array as a Python object; an error that it carries is raised.
pub fn wrap(array: Array, weak: bool, vm: &VirtualMachine) -> PyResult {
    if let Some(error) = array.error() {
        return Err(engine_error(error, vm));
    }
    Ok(PyArray { array, weak }.into_ref(&vm.ctx).into())
}

/// The numbers of an array: its own, or those a tracer stands for where that is known.
pub fn concrete(array: &Array) -> Option<Array> {
    if !array.is_tracer() {
        return Some(array.clone());
    }
    if crate::transform::is_abstract() { None } else { thetahat::jax::trace::known_value(array) }
}

/// `float32[3]`, as error messages name types.
pub fn type_text(array: &Array) -> String {
    let axes: Vec<String> = array.shape().iter().map(ToString::to_string).collect();
    format!("{}[{}]", array.dtype().name(), axes.join(","))
}

/// One element as a Python number.
pub fn element(word: u32, dtype: DType, vm: &VirtualMachine) -> PyObjectRef {
    match dtype {
        DType::F32 => vm.ctx.new_float(f64::from(f32::from_bits(word))).into(),
        DType::I32 => vm.ctx.new_int(word.cast_signed()).into(),
        DType::U32 => vm.ctx.new_int(word).into(),
        DType::Bool => vm.ctx.new_bool(word != 0).into(),
    }
}

/// A shape as a tuple.
pub fn shape_tuple(shape: &[usize], vm: &VirtualMachine) -> PyObjectRef {
    vm.ctx.new_tuple(shape.iter().map(|&n| vm.ctx.new_int(n).into()).collect()).into()
}

/// A tuple or list of numbers, or one number.
pub fn indices(obj: &PyObject, vm: &VirtualMachine) -> PyResult<Vec<i64>> {
    if let Some(tuple) = obj.downcast_ref::<PyTuple>() {
        return tuple.as_slice().iter().map(|x| index(x, vm)).collect();
    }
    if let Some(list) = obj.downcast_ref::<PyList>() {
        let items = list.borrow_vec().to_vec();
        return items.iter().map(|x| index(x, vm)).collect();
    }
    Ok(vec![index(obj, vm)?])
}

/// [`indices`] that are sizes.
pub fn sizes(obj: &PyObject, vm: &VirtualMachine) -> PyResult<Vec<usize>> {
    let numbers = indices(obj, vm)?;
    let size = |&n: &i64| {
        let text = || {
            let all: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            let comma = if all.len() == 1 { "," } else { "" };
            format!("Shapes must be 1D sequences of concrete values of integer type, got ({}{comma}).", all.join(", "))
        };
        usize::try_from(n).map_err(|_| vm.new_type_error(text()))
    };
    numbers.iter().map(size).collect()
}

/// An integer.
pub fn index(obj: &PyObject, vm: &VirtualMachine) -> PyResult<i64> {
    obj.to_owned().try_index(vm)?.try_to_primitive(vm)
}

impl PyArray {
    /// The numbers, or the error that JAX raises where a number is needed; `what` is the function that needs it.
    fn known(&self, what: &str, vm: &VirtualMachine) -> PyResult<Array> {
        concrete(&self.array).ok_or_else(|| self.unknown(what, vm))
    }

    fn unknown(&self, what: &str, vm: &VirtualMachine) -> PyBaseExceptionRef {
        let traced = type_text(&self.array);
        let (class, message) = match what {
            "bool" => (
                "TracerBoolConversionError",
                format!("Attempted boolean conversion of traced array with shape {traced}."),
            ),
            "index" => (
                "TracerIntegerConversionError",
                format!("The __index__() method was called on traced array with shape {traced}"),
            ),
            "array" => (
                "TracerArrayConversionError",
                format!(
                    "The numpy.ndarray conversion method __array__() was called on traced array with shape {traced}"
                ),
            ),
            _ => (
                "ConcretizationTypeError",
                format!(
                    "Abstract tracer value encountered where concrete value is expected: traced array with shape {traced}\nThe problem arose with the `{what}` function. If trying to convert the data type of a value, try using `x.astype({what})` or `jnp.array(x, {what})` instead."
                ),
            ),
        };
        jax_error(class, message, vm)
    }

    fn single(&self, what: &str, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        if self.array.size() != 1 {
            let message = match what {
                "bool" if self.array.size() == 0 => {
                    return Ok(vm.ctx.new_bool(false).into());
                }
                "bool" => {
                    let message =
                        "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()";
                    return Err(vm.new_value_error(message));
                }
                "item" => "can only convert an array of size 1 to a Python scalar",
                _ => "Only scalar arrays can be converted to Python scalars; got arr.ndim=",
            };
            if what == "item" {
                return Err(vm.new_value_error(message));
            }
            return Err(vm.new_type_error(format!("{message}{}", self.array.ndim())));
        }
        if what != "bool" && what != "item" && self.array.ndim() > 0 {
            let ndim = self.array.ndim();
            let message = format!("Only scalar arrays can be converted to Python scalars; got arr.ndim={ndim}");
            return Err(vm.new_type_error(message));
        }
        let array = self.known(what, vm)?;
        let words = array.to_words().map_err(|error| engine_error(&error, vm))?;
        Ok(element(words[0], array.dtype(), vm))
    }

    fn text(&self, debug: bool) -> String {
        let Some(array) = concrete(&self.array).filter(|_| !self.array.is_tracer()) else {
            return format!("JitTracer({}{})", if self.weak { "~" } else { "" }, type_text(&self.array));
        };
        if !debug {
            return array.to_string();
        }
        let text = format!("{array:?}");
        match text.strip_suffix(')') {
            Some(start) if self.weak => format!("{start}, weak_type=True)"),
            _ => text,
        }
    }
}

/// Nested lists of what `leaf` makes of positions in row-major order.
fn nested(shape: &[usize], at: &mut usize, leaf: &dyn Fn(usize) -> PyObjectRef, vm: &VirtualMachine) -> PyObjectRef {
    match shape.split_first() {
        None => {
            *at += 1;
            leaf(*at - 1)
        }
        Some((&size, rest)) => {
            let items = (0..size).map(|_| nested(rest, at, leaf, vm)).collect();
            vm.ctx.new_list(items).into()
        }
    }
}

#[pyclass(with(AsNumber, AsMapping, Comparable, Hashable, Iterable, Representable))]
impl PyArray {
    #[pygetset]
    fn shape(&self, vm: &VirtualMachine) -> PyObjectRef {
        shape_tuple(self.array.shape(), vm)
    }

    #[pygetset]
    fn ndim(&self) -> usize {
        self.array.ndim()
    }

    #[pygetset]
    fn size(&self) -> usize {
        self.array.size()
    }

    #[pygetset]
    fn weak_type(&self) -> bool {
        self.weak
    }

    #[pygetset]
    fn dtype(&self, vm: &VirtualMachine) -> PyResult {
        hooks::get(self.array.dtype().name(), vm)
    }

    #[pygetset(name = "T")]
    fn transposed(&self, vm: &VirtualMachine) -> PyResult {
        if self.array.ndim() < 2 {
            return wrap(self.array.clone(), self.weak, vm);
        }
        wrap(self.array.t(), self.weak, vm)
    }

    #[pymethod]
    fn item(&self, vm: &VirtualMachine) -> PyResult {
        self.single("item", vm)
    }

    #[pymethod]
    fn tolist(&self, vm: &VirtualMachine) -> PyResult {
        let array = self.known("array", vm)?;
        let words = array.to_words().map_err(|error| engine_error(&error, vm))?;
        let leaf = |at: usize| element(words[at], array.dtype(), vm);
        Ok(nested(array.shape(), &mut 0, &leaf, vm))
    }

    #[pymethod]
    fn block_until_ready(zelf: PyRef<Self>) -> PyRef<Self> {
        zelf
    }

    #[pymethod]
    fn __array__(&self, vm: &VirtualMachine) -> PyResult<()> {
        // no tracer becomes an array of numpy's, whether or not its numbers are known
        if self.array.is_tracer() { Err(self.unknown("array", vm)) } else { Ok(()) }
    }

    #[pymethod]
    fn __format__(zelf: PyRef<Self>, spec: PyRef<PyStr>, vm: &VirtualMachine) -> PyResult {
        if zelf.array.is_tracer() && concrete(&zelf.array).is_none() && spec.as_wtf8().is_empty() {
            return Ok(zelf.as_object().str(vm)?.into());
        }
        if zelf.array.ndim() > 0 {
            if spec.as_wtf8().is_empty() {
                return Ok(zelf.as_object().str(vm)?.into());
            }
            return Err(vm.new_type_error("unsupported format string passed to ArrayImpl.__format__"));
        }
        // as JAX does, in double precision
        let number = zelf.single("float", vm)?;
        vm.call_method(&number, "__format__", (spec,))
    }

    #[pymethod]
    fn __str__(&self) -> String {
        self.text(false)
    }

    #[pymethod]
    fn __round__(
        zelf: PyRef<Self>,
        digits: rustpython_vm::function::OptionalArg<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult {
        let digits = digits.unwrap_or_none(vm);
        hooks::get("round", vm)?.call((PyObjectRef::from(zelf), digits), vm)
    }

    #[pymethod]
    fn __complex__(&self, vm: &VirtualMachine) -> PyResult {
        let _ = self;
        Err(vm.new_type_error("this JAX has no complex numbers"))
    }
}

impl Representable for PyArray {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        Ok(zelf.text(true))
    }
}

impl Hashable for PyArray {
    fn hash(_zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<rustpython_vm::common::hash::PyHash> {
        Err(vm.new_type_error("unhashable type: 'jaxlib._jax.ArrayImpl'"))
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
                match basic_index(&x.array, key, vm)? {
                    Some(result) => wrap(result, x.weak, vm),
                    None => hooks::get("getitem", vm)?.call((mapping.obj.to_owned(), key.to_owned()), vm),
                }
            }),
            ass_subscript: atomic_func!(|_mapping, _key, _value, vm| {
                Err(vm.new_type_error(
                    "JAX arrays are immutable and do not support in-place item assignment. Instead of x[idx] = y, use x = x.at[idx].set(y) or another .at[] method: https://docs.jax.dev/en/latest/_autosummary/jax.numpy.ndarray.at.html",
                ))
            }),
        };
        &METHODS
    }
}

/// `x[key]` for integers and slices with positive steps; `None` for what needs more.
fn basic_index(x: &Array, key: &PyObject, vm: &VirtualMachine) -> PyResult<Option<Array>> {
    let one = [key.to_owned()];
    let keys = key.downcast_ref::<PyTuple>().map_or(&one[..], |tuple| tuple.as_slice());
    if keys.len() > x.ndim() {
        return Ok(None);
    }
    let shape = x.shape();
    let (mut start, mut limit, mut step) = (vec![0; shape.len()], shape.to_vec(), vec![1; shape.len()]);
    let mut dropped = Vec::new();
    for (axis, key) in keys.iter().enumerate() {
        let size = shape[axis];
        if let Some(slice) = key.downcast_ref::<PySlice>() {
            check_static(slice, axis, vm)?;
            let Some((from, to, by)) = slice_bounds(slice, size, vm)? else { return Ok(None) };
            (start[axis], limit[axis], step[axis]) = (from, to, by);
        } else if let Some(number) = key.downcast_ref::<PyInt>().filter(|_| !key.class().is(vm.ctx.types.bool_type)) {
            if size == 0 {
                return Ok(None);
            }
            let i: i64 = number.try_to_primitive(vm)?;
            let wrapped = if i < 0 { i + size as i64 } else { i };
            // as in JAX, what lies outside is the nearest element
            let i = wrapped.clamp(0, size as i64 - 1) as usize;
            (start[axis], limit[axis]) = (i, i + 1);
            dropped.push(axis);
        } else {
            return Ok(None);
        }
    }
    let whole = start.iter().all(|&from| from == 0) && limit == shape && step.iter().all(|&by| by == 1);
    let mut result = x.clone();
    if !whole {
        use thetahat::jax::{core::Primitive, trace::bind};
        let strides = step.iter().any(|&by| by != 1).then_some(step);
        result = bind(Primitive::Slice { start_indices: start, limit_indices: limit, strides }, &[x]);
    }
    if !dropped.is_empty() {
        use thetahat::jax::{core::Primitive, trace::bind};
        result = bind(Primitive::Squeeze { dimensions: dropped }, &[&result]);
    }
    Ok(Some(result))
}

/// Refuses a slice with a bound that is not known.
fn check_static(slice: &PySlice, axis: usize, vm: &VirtualMachine) -> PyResult<()> {
    let none = vm.ctx.none();
    let bounds = [slice.start.as_ref().unwrap_or(&none), &slice.stop, slice.step.as_ref().unwrap_or(&none)];
    let unknown = |bound: &&PyObjectRef| {
        bound.downcast_ref::<PyArray>().is_some_and(|x| x.array.is_tracer() && concrete(&x.array).is_none())
    };
    if !bounds.iter().any(unknown) {
        return Ok(());
    }
    let texts = bounds.iter().map(|bound| Ok(bound.repr(vm)?.to_string())).collect::<PyResult<Vec<_>>>()?;
    Err(vm.new_index_error(format!(
        "Slice entries must be static integers. Got slice({}) at position {axis}",
        texts.join(", ")
    )))
}

/// Start, limit and step of a slice along an axis of this size; `None` for a step that is not positive.
fn slice_bounds(slice: &PySlice, size: usize, vm: &VirtualMachine) -> PyResult<Option<(usize, usize, usize)>> {
    let bound = |obj: &PyObject, default: usize| -> PyResult<usize> {
        if vm.is_none(obj) {
            return Ok(default);
        }
        let i = index(obj, vm)?;
        Ok((if i < 0 { i + size as i64 } else { i }).clamp(0, size as i64) as usize)
    };
    let step = match &slice.step {
        Some(step) if !vm.is_none(step) => index(step, vm)?,
        _ => 1,
    };
    let Some(step) = usize::try_from(step).ok().filter(|&step| step > 0) else { return Ok(None) };
    let start = slice.start.as_ref().map_or(Ok(0), |start| bound(start, 0))?;
    let stop = bound(&slice.stop, size)?;
    Ok(Some((start, stop.max(start), step)))
}

/// The array of nested lists, tuples, numbers and arrays (`jnp.array`), and whether its type is weak.
pub fn from_python(obj: &PyObject, vm: &VirtualMachine) -> PyResult<(Array, bool)> {
    if let Some(operand) = operand(obj, vm)? {
        return operand.array(vm);
    }
    let items: Vec<PyObjectRef> = if let Some(tuple) = obj.downcast_ref::<PyTuple>() {
        tuple.as_slice().to_vec()
    } else if let Some(list) = obj.downcast_ref::<PyList>() {
        list.borrow_vec().to_vec()
    } else if obj.class().is(vm.ctx.types.range_type) {
        vm.extract_elements_with(obj, Ok)?
    } else {
        let class = obj.class().name().to_string();
        return Err(vm.new_type_error(format!(
            "Value '{}' with dtype object is not a valid JAX array type. Only arrays of numeric types are supported by JAX. ({class})",
            obj.str(vm)?
        )));
    };
    let mut parts = Vec::new();
    for item in &items {
        parts.push(from_python(item, vm)?);
    }
    if parts.is_empty() {
        return Ok((Array::zeros(&[0], DType::F32), false));
    }
    let dtype = parts.iter().map(|(part, _)| part.dtype()).fold(DType::Bool, DType::max);
    let shape = parts[0].0.shape().to_vec();
    if parts.iter().any(|(part, _)| part.shape() != shape) {
        let lengths = "setting an array element with a sequence. The requested array has an inhomogeneous shape after 1 dimensions.";
        return Err(
            vm.new_value_error(format!("{lengths} The detected shape was ({},) + inhomogeneous part.", parts.len()))
        );
    }
    if parts.iter().all(|(part, _)| !part.is_tracer()) {
        let mut words = Vec::new();
        for (part, _) in &parts {
            // converted without a trace, so that constants stay constants
            words.extend(convert_words(part, dtype, vm)?);
        }
        let full = [&[parts.len()], &shape[..]].concat();
        return Ok((from_words(&words, &full, dtype), false));
    }
    let parts: Vec<Array> = parts.iter().map(|(part, _)| part.astype(dtype)).collect();
    Ok((numpy::stack(&parts.iter().collect::<Vec<_>>()), false))
}

/// The words of a concrete array in another element type.
pub fn convert_words(array: &Array, dtype: DType, vm: &VirtualMachine) -> PyResult<Vec<u32>> {
    let words = array.to_words().map_err(|error| engine_error(&error, vm))?;
    let from = array.dtype();
    let convert = |word: u32| match (from, dtype) {
        (from, to) if from == to => word,
        (DType::F32, DType::Bool) => u32::from(f32::from_bits(word) != 0.0),
        (DType::F32, DType::I32) => (f32::from_bits(word) as i32).cast_unsigned(),
        (DType::F32, _) => f32::from_bits(word) as u32,
        (DType::I32, DType::F32) => (word.cast_signed() as f32).to_bits(),
        (_, DType::F32) => (word as f32).to_bits(),
        (_, DType::Bool) => u32::from(word != 0),
        _ => word,
    };
    Ok(words.into_iter().map(convert).collect())
}

/// A concrete array of these words.
pub fn from_words(words: &[u32], shape: &[usize], dtype: DType) -> Array {
    match dtype {
        DType::F32 => Array::from_vec(words.iter().map(|&word| f32::from_bits(word)).collect(), shape),
        DType::I32 => Array::from_i32(&words.iter().map(|word| word.cast_signed()).collect::<Vec<_>>(), shape),
        DType::U32 => Array::from_u32(words, shape),
        DType::Bool => Array::from_bool(&words.iter().map(|&word| word != 0).collect::<Vec<_>>(), shape),
    }
}

/// The element type of this name.
pub fn dtype_named(name: &str, vm: &VirtualMachine) -> PyResult<DType> {
    match name {
        "bool" => Ok(DType::Bool),
        "int32" => Ok(DType::I32),
        "uint32" => Ok(DType::U32),
        "float32" => Ok(DType::F32),
        _ => {
            Err(vm.new_type_error(format!("this JAX has no arrays of {name}; it has float32, int32, uint32 and bool")))
        }
    }
}
