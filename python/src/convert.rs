//! What Python values mean as arrays, and arrays in other element types.

use rustpython_vm::{
    AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyList, PyStr, PyTuple},
};
use thetahat::jax::{Array, DType, numpy};

use crate::errors::engine_error;
use crate::promote::{Operand, operand};

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
        // NumPy's name of the element type
        let dtype = match obj.downcast_ref::<PyStr>() {
            Some(text) => format!("<U{}", text.to_string().chars().count()),
            None if obj.class().is(vm.ctx.types.complex_type) => {
                let words = "this JAX has no complex numbers; it has float32, int32, uint32 and bool";
                return Err(vm.new_type_error(words));
            }
            None => "object".to_owned(),
        };
        return Err(vm.new_type_error(format!(
            "Value '{}' with dtype {dtype} is not a valid JAX array type. Only arrays of numeric types are supported by JAX.",
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
    let strong = |(part, weak)| Operand::Array(part, weak).convert(dtype, false, vm);
    let parts = parts.into_iter().map(strong).collect::<PyResult<Vec<Array>>>()?;
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

/// The array that an object is or stands for, and whether its type is weak.
pub fn array(obj: &PyObjectRef, vm: &VirtualMachine) -> PyResult<(Array, bool)> {
    match operand(obj, vm)? {
        Some(operand) => operand.array(vm),
        None => Err(vm.new_type_error(format!("{} is not an array", obj.class().name()))),
    }
}
