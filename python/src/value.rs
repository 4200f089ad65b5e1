//! `ArrayImpl`: the engine's array as a Python object. Its operators and the like are in [`super::protocols`], `x[key]` in [`super::indexing`], what
//! Python values mean as arrays in [`super::convert`].

use std::fmt;

use rustpython_vm::{
    AsObject, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyList, PyStr, PyTuple},
    function::PosArgs,
    pyclass,
    types::{AsMapping, AsNumber, AsSequence, Comparable, GetAttr, Hashable, Iterable, Representable},
    vm::thread::with_current_vm,
};
use thetahat::jax::{Array, DType};

use crate::errors::{engine_error, jax_error};
use crate::{hooks, views};

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
    if let Some(class) = views::class(&array, vm) {
        return Ok(PyArray { array, weak }.into_ref_with_type(vm, class)?.into());
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
    pub fn known(&self, what: &str, vm: &VirtualMachine) -> PyResult<Array> {
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
            "tolist" => (
                "ConcretizationTypeError",
                format!(
                    "Abstract tracer value encountered where concrete value is expected: traced array with shape {traced}"
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

    /// The one number of an array, for the function `what` that needs it.
    pub fn single(&self, what: &str, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        if self.array.size() != 1 {
            let message = match what {
                "bool" if self.array.size() == 0 => {
                    let message = "The truth value of an empty array is ambiguous. Use `array.size > 0` to check that an array is not empty.";
                    return Err(vm.new_value_error(message));
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
        // of a tracer whose value is known JAX gives away what decides, and no float
        let array = if what == "float" && self.array.is_tracer() {
            return Err(self.unknown(what, vm));
        } else {
            self.known(what, vm)?
        };
        let words = array.to_words().map_err(|error| engine_error(&error, vm))?;
        Ok(element(words[0], array.dtype(), vm))
    }

    /// What `str`, or `repr` if `debug`, gives.
    pub fn text(&self, debug: bool) -> String {
        let Some(array) = concrete(&self.array).filter(|_| !self.array.is_tracer()) else {
            return views::text(&self.array, self.weak);
        };
        if let Some(text) = with_current_vm(|vm| self.set_otherwise(&array, debug, vm)) {
            return text;
        }
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

impl PyArray {
    /// Its text where the program has changed NumPy's options; `None` where these say nothing of it.
    fn set_otherwise(&self, array: &Array, debug: bool, vm: &VirtualMachine) -> Option<String> {
        let print = hooks::find("array_text", vm)?;
        let dtype = array.dtype();
        let words = array.to_words().ok()?;
        let values = words.iter().map(|&word| element(word, dtype, vm)).collect();
        let shape = shape_tuple(array.shape(), vm);
        let name = vm.ctx.new_str(dtype.name());
        let args = (vm.ctx.new_list(values), shape, name, vm.ctx.new_bool(debug), vm.ctx.new_bool(self.weak));
        let text = print.call(args, vm).ok()?;
        text.downcast::<PyStr>().ok().map(|text| text.to_string())
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

#[pyclass(
    with(AsNumber, AsMapping, AsSequence, Comparable, GetAttr, Hashable, Iterable, Representable),
    flags(BASETYPE)
)]
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
    fn item(&self, args: PosArgs, vm: &VirtualMachine) -> PyResult {
        let args = args.into_vec();
        if args.is_empty() {
            return self.single("item", vm);
        }
        let mut position = args.iter().map(|arg| index(arg, vm)).collect::<PyResult<Vec<_>>>()?;
        let flat = [self.array.size()];
        let shape = if position.len() == 1 { &flat[..] } else { self.array.shape() };
        if position.len() != shape.len() {
            return Err(vm.new_value_error("incorrect number of indices for array"));
        }
        let mut at = 0;
        for (axis, (i, &size)) in position.iter_mut().zip(shape).enumerate() {
            let given = *i;
            *i += if given < 0 { size as i64 } else { 0 };
            if *i < 0 || *i >= size as i64 {
                return Err(
                    vm.new_index_error(format!("index {given} is out of bounds for axis {axis} with size {size}"))
                );
            }
            at = at * size + *i as usize;
        }
        let array = self.known("item", vm)?;
        let words = array.to_words().map_err(|error| engine_error(&error, vm))?;
        Ok(element(words[at], array.dtype(), vm))
    }

    #[pymethod]
    fn tolist(&self, vm: &VirtualMachine) -> PyResult {
        if self.array.is_tracer() {
            return Err(self.unknown("tolist", vm));
        }
        let array = self.known("tolist", vm)?;
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
        if zelf.array.is_tracer() {
            if spec.as_wtf8().is_empty() {
                return Ok(zelf.as_object().str(vm)?.into());
            }
            let class = views::class_name(&zelf.array);
            return Err(vm.new_type_error(format!("unsupported format string passed to {class}.__format__")));
        }
        if zelf.array.ndim() > 0 {
            if spec.as_wtf8().is_empty() {
                return Ok(zelf.as_object().str(vm)?.into());
            }
            return Err(vm.new_type_error("unsupported format string passed to numpy.ndarray.__format__"));
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
        if self.array.is_tracer() {
            return Err(self.unknown("complex", vm));
        }
        Err(vm.new_type_error("this JAX has no complex numbers"))
    }
}
