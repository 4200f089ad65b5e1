//! `x[key]` for integers and slices; what needs more is in Python.

use rustpython_vm::{
    AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyInt, PySlice, PyTuple},
};
use thetahat::jax::{Array, DType};

use crate::value::{PyArray, concrete, index};

/// `x[key]` for integers and slices with positive steps; `None` for what needs more.
pub fn basic_index(x: &Array, key: &PyObject, vm: &VirtualMachine) -> PyResult<Option<Array>> {
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

/// `x[key]` for whole numbers in one array, all of them within bounds: what a batch is; `None` for what needs more.
pub fn rows(x: &Array, key: &PyObject) -> Option<Array> {
    let rows = &key.downcast_ref::<PyArray>()?.array;
    if rows.is_tracer() || rows.ndim() != 1 || !matches!(rows.dtype(), DType::I32 | DType::U32) {
        return None;
    }
    let n = i64::try_from(*x.shape().first()?).ok()?;
    let rows = rows.astype(DType::I32);
    let inside = rows.as_i32().ok()?.iter().all(|&i| (-n..n).contains(&i64::from(i)));
    (inside && n > 0).then(|| x.take(&rows))
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
