//! How operands meet: Python numbers, arrays and what stands for an array, by JAX's lattice of element types.

use rustpython_vm::{
    AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyFloat, PyInt},
    types::PyComparisonOp,
};
use thetahat::jax::{Array, DType, core::Primitive, lax, trace::bind};

use crate::value::{PyArray, wrap};
use crate::{operations, views};

/// A value in an expression.
#[derive(Clone, Debug)]
pub enum Operand {
    /// A Python `bool`.
    Bool(bool),
    /// A Python `int`.
    Int(i64),
    /// A Python `float`.
    Float(f64),
    /// An array, and whether its type is weak.
    Array(Array, bool),
}

/// What an object means as an array; `None` if it is none.
pub fn operand(obj: &PyObject, vm: &VirtualMachine) -> PyResult<Option<Operand>> {
    if let Some(x) = obj.downcast_ref::<PyArray>() {
        return Ok(Some(Operand::Array(x.array.clone(), x.weak)));
    }
    if let Some(x) = obj.downcast_ref_if_exact::<PyFloat>(vm) {
        return Ok(Some(Operand::Float(x.to_f64())));
    }
    if obj.class().is(vm.ctx.types.bool_type) {
        return Ok(Some(Operand::Bool(obj.to_owned().try_to_bool(vm)?)));
    }
    if let Some(x) = obj.downcast_ref_if_exact::<PyInt>(vm) {
        return int(x, vm).map(Some);
    }
    if let Some(method) = vm.get_attribute_opt(obj.to_owned(), "__jax_array__")? {
        let value = method.call((), vm)?;
        return operand(&value, vm);
    }
    if let Some(x) = obj.downcast_ref::<PyFloat>() {
        return Ok(Some(Operand::Float(x.to_f64())));
    }
    if let Some(x) = obj.downcast_ref::<PyInt>() {
        return int(x, vm).map(Some);
    }
    Ok(None)
}

fn int(x: &PyInt, vm: &VirtualMachine) -> PyResult<Operand> {
    use num_traits::ToPrimitive;
    x.as_bigint().to_i64().map(Operand::Int).ok_or_else(|| overflow(&x.as_bigint().to_string(), vm))
}

fn overflow(number: &str, vm: &VirtualMachine) -> rustpython_vm::builtins::PyBaseExceptionRef {
    vm.new_overflow_error(format!("Python int {number} too large to convert to int32"))
}

impl Operand {
    /// Its element type and whether that is weak.
    pub fn dtype(&self) -> (DType, bool) {
        match self {
            Self::Bool(_) => (DType::Bool, false),
            Self::Int(_) => (DType::I32, true),
            Self::Float(_) => (DType::F32, true),
            Self::Array(array, weak) => (array.dtype(), *weak),
        }
    }

    /// Its shape.
    pub fn shape(&self) -> &[usize] {
        if let Self::Array(array, _) = self { array.shape() } else { &[] }
    }

    /// As an array of its own type.
    pub fn array(self, vm: &VirtualMachine) -> PyResult<(Array, bool)> {
        let (dtype, weak) = self.dtype();
        Ok((self.convert(dtype, weak, vm)?, weak))
    }

    /// As an array of another type; a traced array of a weak type that becomes strong is converted by an equation, as in JAX.
    pub fn convert(self, dtype: DType, weak: bool, vm: &VirtualMachine) -> PyResult<Array> {
        let number = match self {
            Self::Array(array, was_weak) => {
                if array.dtype() == dtype && was_weak && !weak && array.is_tracer() {
                    return Ok(bind(Primitive::ConvertElementType { new_dtype: dtype }, &[&array]));
                }
                if array.dtype() != dtype && !array.is_tracer() && array.error().is_none() {
                    let words = crate::convert::convert_words(&array, dtype, vm)?;
                    return Ok(crate::convert::from_words(&words, array.shape(), dtype));
                }
                return Ok(array.astype(dtype));
            }
            Self::Bool(x) => Self::Int(i64::from(x)),
            number => number,
        };
        Ok(match (dtype, number) {
            (DType::F32, Self::Float(x)) if weak => Array::python_number(x),
            (DType::F32, Self::Float(x)) => Array::scalar(x as f32),
            (DType::F32, Self::Int(x)) => Array::scalar(x as f32),
            (DType::Bool, Self::Int(x)) => Array::from_bool(&[x != 0], &[]),
            (DType::Bool, Self::Float(x)) => Array::from_bool(&[x != 0.0], &[]),
            (DType::I32, Self::Int(x)) => {
                Array::from_i32(&[i32::try_from(x).map_err(|_| overflow(&x.to_string(), vm))?], &[])
            }
            (DType::U32, Self::Int(x)) => {
                let word = u32::try_from(x & 0xffff_ffff).unwrap_or(0);
                Array::from_u32(&[word], &[])
            }
            (DType::I32, Self::Float(x)) => Array::from_i32(&[x as i32], &[]),
            (DType::U32, Self::Float(x)) => Array::from_u32(&[x as u32], &[]),
            (_, Self::Bool(_) | Self::Array(..)) => Array::zeros(&[], dtype),
        })
    }
}

/// The type in which operands meet: `bool` < weak integers < `uint32` < `int32` < weak floats < `float32`.
pub fn meet(operands: &[&Operand]) -> (DType, bool) {
    let rank = |&(dtype, weak): &(DType, bool)| match (dtype, weak) {
        (DType::Bool, _) => 0,
        (DType::I32, true) => 1,
        (DType::U32, _) => 2,
        (DType::I32, false) => 3,
        (DType::F32, true) => 4,
        (DType::F32, false) => 5,
    };
    operands.iter().map(|operand| operand.dtype()).max_by_key(rank).unwrap_or((DType::F32, false))
}

/// Both operands as arrays of the type in which they meet; `inexact` makes integers floats.
pub fn promoted(x: Operand, y: Operand, inexact: bool, vm: &VirtualMachine) -> PyResult<(Array, Array, bool)> {
    let (dtype, weak) = meet(&[&x, &y]);
    let dtype = if inexact { DType::F32 } else { dtype };
    Ok((x.convert(dtype, weak, vm)?, y.convert(dtype, weak, vm)?, weak))
}

fn tuple(shape: &[usize]) -> String {
    thetahat::jax::repr::tuple(shape)
}

/// Refuses shapes that do not stretch to one, with JAX's words.
pub fn check_broadcast(name: &str, x: &[usize], y: &[usize], vm: &VirtualMachine) -> PyResult<()> {
    let fits = x.iter().rev().zip(y.iter().rev()).all(|(&a, &b)| a == b || a == 1 || b == 1);
    if fits {
        return Ok(());
    }
    if x.len() == y.len() {
        let message = format!("{name} got incompatible shapes for broadcasting: {}, {}.", tuple(x), tuple(y));
        return Err(vm.new_type_error(message));
    }
    Err(vm.new_value_error(format!("Incompatible shapes for broadcasting: shapes=[{}, {}]", tuple(x), tuple(y))))
}

/// A binary operator; `NotImplemented` if an operand is no array.
pub fn arithmetic(name: &str, a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> PyResult {
    let (Some(x), Some(y)) = (operand(a, vm)?, operand(b, vm)?) else {
        return unsupported(name, a, b, vm);
    };
    let (result, weak) = apply(name, x, y, vm)?;
    wrap(result, weak, vm)
}

/// What an operator does with what is no array: of Python's own types none knows arrays, others may.
fn unsupported(name: &str, a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> PyResult {
    let symbol = match name {
        "add" => "+",
        "sub" => "-",
        "mul" => "*",
        "div" => "/",
        "matmul" => "@",
        "and" => "&",
        "or" => "|",
        "xor" => "^",
        _ => return Ok(vm.ctx.not_implemented()),
    };
    let types = &vm.ctx.types;
    let own = [types.str_type, types.list_type, types.tuple_type, types.dict_type, types.set_type, types.none_type];
    if !own.iter().any(|class| a.class().is(*class) || b.class().is(*class)) {
        return Ok(vm.ctx.not_implemented());
    }
    if name == "mul" && (a.class().is(types.str_type) || b.class().is(types.str_type)) {
        // a text is repeated as often as a whole number says
        let (text, times) = if a.class().is(types.str_type) { (a, b) } else { (b, a) };
        let times = times.to_owned().try_index(vm)?;
        return vm._mul(text, times.as_object());
    }
    // JAX itself refuses containers; anything else Python does, which shows modules
    let containers = &own[1..5];
    let rejected = containers.iter().any(|class| a.class().is(*class) || b.class().is(*class));
    let class = |x: &PyObject| match x.downcast_ref::<PyArray>() {
        Some(x) if x.array.is_tracer() || rejected => views::class_name(&x.array).to_owned(),
        Some(_) => "jaxlib._jax.ArrayImpl".to_owned(),
        None => x.class().name().to_string(),
    };
    Err(vm.new_type_error(format!("unsupported operand type(s) for {symbol}: '{}' and '{}'", class(a), class(b))))
}

/// A binary operation by JAX's name.
pub fn apply(name: &str, x: Operand, y: Operand, vm: &VirtualMachine) -> PyResult<(Array, bool)> {
    if name == "matmul" {
        return matmul(x, y, vm);
    }
    check_broadcast(name, x.shape(), y.shape(), vm)?;
    let inexact = matches!(name, "div" | "atan2" | "pow");
    let (mut x, mut y, weak) = promoted(x, y, inexact, vm)?;
    if x.dtype() == DType::Bool {
        let logical = match name {
            "add" => Some("or"),
            "mul" => Some("and"),
            _ => None,
        };
        if let Some(name) = logical {
            return apply(name, Operand::Array(x, false), Operand::Array(y, false), vm);
        }
        if name == "sub" {
            return Err(
                vm.new_type_error("sub does not accept dtype bool at position 0. Accepted dtypes at position 0 are subtypes of integer, floating, complexfloating.")
            );
        }
    }
    Ok((
        match name {
            "add" => x + y,
            "sub" => x - y,
            // stretched operands have cotangents that are sums of products, which JAX compiles with the operation
            "mul" | "div" | "pow" if x.shape() != y.shape() => operations::called(name, &[&x, &y], |x| match name {
                "mul" => &x[0] * &x[1],
                "div" => &x[0] / &x[1],
                _ => x[0].pow(&x[1]),
            }),
            "mul" => x * y,
            "div" | "int_div" => x / y,
            "pow" => x.pow(y),
            "max" => x.maximum(y),
            "min" => x.minimum(y),
            _ => {
                let Some(operation) = lax::Binary::named(name) else {
                    return Err(vm.new_runtime_error(format!("no operation `{name}`")));
                };
                if x.ndim() != y.ndim() && x.ndim() > 0 && y.ndim() > 0 {
                    let rank = x.ndim().max(y.ndim());
                    let wide = |x: &Array| x.reshape(&[&vec![1; rank - x.ndim()], x.shape()].concat());
                    (x, y) = (wide(&x), wide(&y));
                }
                lax::binary(operation, &x, &y)
            }
        },
        weak,
    ))
}

fn matmul(x: Operand, y: Operand, vm: &VirtualMachine) -> PyResult<(Array, bool)> {
    let (a, b) = (x.shape().to_vec(), y.shape().to_vec());
    for (i, shape) in [&a, &b].into_iter().enumerate() {
        if shape.is_empty() {
            let message = format!("matmul input operand {i} must have ndim at least 1, but it has ndim 0");
            return Err(vm.new_value_error(message));
        }
    }
    let contracted = if b.len() == 1 { 0 } else { b.len() - 2 };
    if a[a.len() - 1] != b[contracted] {
        let message = format!(
            "dot_general requires contracting dimensions to have the same shape, got ({},) and ({},).",
            a[a.len() - 1],
            b[contracted]
        );
        return Err(vm.new_type_error(message));
    }
    let (x, y, weak) = promoted(x, y, false, vm)?;
    let dtype = x.dtype();
    if dtype == DType::F32 {
        return Ok((x.matmul(&y), weak));
    }
    // exact below 2²⁴, which is checked where the numbers are known
    Ok((x.astype(DType::F32).matmul(&y.astype(DType::F32)).astype(dtype), weak))
}

/// JAX compares no array with a list, a tuple, a set or a dictionary.
fn refuse_collections(op: PyComparisonOp, a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
    let sign = match op {
        PyComparisonOp::Eq => "==",
        PyComparisonOp::Ne => "!=",
        _ => return Ok(()),
    };
    let types = &vm.ctx.types;
    let refused = [types.list_type, types.tuple_type, types.set_type, types.dict_type];
    if !refused.iter().any(|class| b.fast_isinstance(class)) {
        return Ok(());
    }
    let (a, b) = (a.class().name().to_string(), b.class().name().to_string());
    Err(vm.new_type_error(format!("unsupported operand type(s) for {sign}: '{a}' and '{b}'")))
}

/// A comparison, elementwise; `None` if an operand is no array.
pub fn compare(op: PyComparisonOp, a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
    let (Some(x), Some(y)) = (operand(a, vm)?, operand(b, vm)?) else {
        refuse_collections(op, a, b, vm)?;
        return Ok(None);
    };
    let name = match op {
        PyComparisonOp::Eq => "eq",
        PyComparisonOp::Ne => "ne",
        PyComparisonOp::Lt => "lt",
        PyComparisonOp::Le => "le",
        PyComparisonOp::Gt => "gt",
        PyComparisonOp::Ge => "ge",
    };
    check_broadcast(name, x.shape(), y.shape(), vm)?;
    let (x, y, _) = promoted(x, y, false, vm)?;
    let result = match op {
        PyComparisonOp::Eq => x.equal(y),
        PyComparisonOp::Ne => x.not_equal(y),
        PyComparisonOp::Lt => x.less(y),
        PyComparisonOp::Le => x.less_equal(y),
        PyComparisonOp::Gt => x.greater(y),
        PyComparisonOp::Ge => x.greater_equal(y),
    };
    wrap(result, false, vm).map(Some)
}
