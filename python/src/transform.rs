//! The transformations: Python functions traced by the engine, its programs rewritten, and results put back into Python values.
//!
//! The Python part of the library gives what it calls from here a function of flat lists: it takes leaves, which are arrays, and gives a list of
//! arrays. So trees, argument numbers and auxiliary outputs are handled in one place, in Python, and programs here.

use std::{
    cell::{Cell, RefCell},
    thread::LocalKey,
};

use rustpython_vm::{
    PyObject, PyObjectRef, PyResult, VirtualMachine,
    builtins::{PyBaseExceptionRef, PyList},
};
use thetahat::{
    Error,
    jax::{
        Array, DType,
        ad::{Seed, jvp_jaxpr, vjp_jaxpr, vjp_programs},
        batching::vmap_jaxpr,
        core::{Jaxpr, ShapedArray},
        trace::{ClosedJaxpr, eval_jaxpr, is_tracing, trace, trace_known},
    },
};

use crate::errors::engine_error;
use crate::promote::operand;
use crate::value::{PyArray, wrap};
use crate::views::{Shown, View, is_program, shown_as};

thread_local! {
    /// How many functions are being traced for all arguments, so that no tracer's value may be asked for.
    static ABSTRACT: Cell<usize> = const { Cell::new(0) };
    /// How many programs are being traced to be compiled or shown, so that what is written into them is theirs.
    static STAGING: Cell<usize> = const { Cell::new(0) };
    /// How many rules for tangents are being written out.
    static RULES: Cell<usize> = const { Cell::new(0) };
    /// What is to happen with values of the program that is being traced, per open trace.
    static EFFECTS: RefCell<Vec<Vec<Effect>>> = const { RefCell::new(Vec::new()) };
}

/// A Python function to be called with values.
#[derive(Clone)]
struct Effect {
    callback: PyObjectRef,
    values: Vec<Array>,
}

/// Whether some function is being traced for all arguments.
pub fn is_abstract() -> bool {
    ABSTRACT.get() > 0
}

/// Runs `f` while tracers' values may not be asked for.
pub fn abstractly<T>(f: impl FnOnce() -> T) -> T {
    counted(&ABSTRACT, f)
}

/// Runs `f`, a rule for tangents: what it writes is turned around equation by equation, so what JAX jits is written out in it.
pub fn written_out<T>(f: impl FnOnce() -> T) -> T {
    counted(&RULES, || staged(f))
}

/// Whether a rule for tangents is being written out.
pub fn is_written_out() -> bool {
    RULES.get() > 0
}

/// Runs `f`, which writes a program that is to be compiled or shown.
pub fn staged<T>(f: impl FnOnce() -> T) -> T {
    counted(&STAGING, f)
}

/// Whether operations are being transformed one by one, outside of any program that is compiled: then what JAX jits is a program of its own.
pub fn is_transforming() -> bool {
    is_tracing() && STAGING.get() == 0
}

/// Whether operations are written into a program that is to be compiled or shown, as they are.
pub fn is_staged() -> bool {
    is_tracing() && STAGING.get() > 0 && !is_written_out() && is_program()
}

fn counted<T>(counter: &'static LocalKey<Cell<usize>>, f: impl FnOnce() -> T) -> T {
    struct Leave(&'static LocalKey<Cell<usize>>);
    impl Drop for Leave {
        fn drop(&mut self) {
            self.0.set(self.0.get() - 1);
        }
    }
    counter.set(counter.get() + 1);
    let _leave = Leave(counter);
    f()
}

/// A program whose constants are arguments, the first ones.
pub fn closed(program: &ClosedJaxpr, outputs: usize) -> Jaxpr {
    let mut jaxpr = program.jaxpr.clone();
    let constants = std::mem::take(&mut jaxpr.constvars);
    jaxpr.invars.splice(0..0, constants);
    jaxpr.outs.truncate(outputs);
    jaxpr
}

/// Array and weakness of each leaf in a Python list.
pub fn arrays(list: &PyObject, vm: &VirtualMachine) -> PyResult<(Vec<Array>, Vec<bool>)> {
    let items: Vec<PyObjectRef> = match list.downcast_ref::<PyList>() {
        Some(list) => list.borrow_vec().to_vec(),
        None => vm.extract_elements_with(list, Ok)?,
    };
    let mut all = (Vec::with_capacity(items.len()), Vec::with_capacity(items.len()));
    for item in &items {
        let (array, weak) = leaf(item, vm)?;
        all.0.push(array);
        all.1.push(weak);
    }
    Ok(all)
}

/// A leaf as an array.
pub fn leaf(item: &PyObject, vm: &VirtualMachine) -> PyResult<(Array, bool)> {
    if let Some(x) = item.downcast_ref::<PyArray>() {
        return Ok((x.array.clone(), x.weak));
    }
    if let Some(operand) = operand(item, vm)? {
        operand.array(vm)
    } else {
        let class = item.class().name().to_string();
        Err(vm
            .new_type_error(format!("Argument '{}' of type <class '{class}'> is not a valid JAX type.", item.str(vm)?)))
    }
}

/// Arrays as a Python list.
pub fn wrapped(arrays: Vec<Array>, weak: &[bool], vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let items = arrays.into_iter().enumerate().map(|(i, array)| wrap(array, weak.get(i).copied().unwrap_or(false), vm));
    Ok(vm.ctx.new_list(items.collect::<PyResult<Vec<_>>>()?).into())
}

/// Arguments as [`View`]s keep them.
fn seen(args: &[Array], weak: &[bool]) -> Vec<Shown> {
    args.iter().cloned().zip(weak.iter().copied()).collect()
}

/// What tracing a function gave.
pub struct Traced {
    /// The program; its outputs are those of the function, and behind them the values that effects are to have.
    pub program: ClosedJaxpr,
    /// Whether each output is weak.
    pub weak: Vec<bool>,
    /// What is to happen with the values behind the outputs: functions, and how many of the values each takes.
    pub effects: Vec<(PyObjectRef, usize)>,
}

/// A function of a list of leaves that gives a list of leaves.
pub type Flat<'f> = &'f dyn Fn(PyObjectRef) -> PyResult;

/// Traces a function of a flat list.
pub fn traced(
    f: Flat<'_>,
    args: &[Array],
    weak: &[bool],
    types: Option<&[ShapedArray]>,
    view: View,
    vm: &VirtualMachine,
) -> PyResult<Traced> {
    let mut outcome: PyResult<Vec<bool>> = Ok(Vec::new());
    let mut effects = Vec::new();
    let run = |tracers: Vec<Array>| {
        EFFECTS.with_borrow_mut(|frames| frames.push(Vec::new()));
        let trace = tracers.first().and_then(Array::tracer_id).map(|(trace, _)| trace);
        let result = shown_as(trace, view, || wrapped(tracers, weak, vm).and_then(f).and_then(|out| arrays(&out, vm)));
        let frame = EFFECTS.with_borrow_mut(Vec::pop).unwrap_or_default();
        match result {
            Ok((mut outputs, weak)) => {
                outcome = Ok(weak);
                for effect in frame {
                    effects.push((effect.callback, effect.values.len()));
                    outputs.extend(effect.values);
                }
                outputs
            }
            Err(error) => {
                outcome = Err(error);
                Vec::new()
            }
        }
    };
    let program = match types {
        Some(types) => abstractly(|| trace(types, run)),
        None => trace_known(args, run),
    };
    let weak = outcome?;
    Ok(Traced { program: program.map_err(|error| engine_error(&error, vm))?, weak, effects })
}

impl Traced {
    /// How many outputs are the function's own.
    pub fn outputs(&self) -> usize {
        self.weak.len()
    }

    /// Lets the effects happen with the values that stand behind the outputs; takes them away.
    pub fn perform(
        &self,
        outputs: &mut Vec<Array>,
        at: usize,
        mapped: Option<usize>,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        let mut values = outputs.drain(at..).collect::<Vec<_>>().into_iter();
        for (callback, count) in &self.effects {
            let values: Vec<Array> = values.by_ref().take(*count).collect();
            match mapped {
                None => effect(callback, values, vm)?,
                Some(size) => {
                    for i in 0..size {
                        effect(callback, values.iter().map(|x| x.at(i)).collect(), vm)?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// Calls `callback` with these values: now if they are known, otherwise whenever the program that is being traced runs.
pub fn effect(callback: &PyObject, values: Vec<Array>, vm: &VirtualMachine) -> PyResult<()> {
    let known: Option<Vec<Array>> = values.iter().map(crate::value::concrete).collect();
    if let Some(values) = known {
        let list = wrapped(values, &[], vm)?;
        callback.call((list,), vm)?;
        return Ok(());
    }
    let callback = callback.to_owned();
    EFFECTS.with_borrow_mut(|frames| {
        if let Some(frame) = frames.last_mut() {
            frame.push(Effect { callback, values });
        }
    });
    Ok(())
}

fn raised(error: &Error, vm: &VirtualMachine) -> PyBaseExceptionRef {
    engine_error(error, vm)
}

/// `f(leaves) -> [value, aux…]` and the gradient of the value for each leaf: two lists.
pub fn value_and_grad(f: &PyObject, leaves: &PyObject, vm: &VirtualMachine) -> PyResult {
    let flat = |list: PyObjectRef| f.call((list,), vm);
    let (args, weak) = arrays(leaves, vm)?;
    let traced = traced(&flat, &args, &weak, None, View::Grad(seen(&args, &weak)), vm)?;
    let flags = vec![true; args.len()];
    let jaxpr = &traced.program.jaxpr;
    let count = jaxpr.outs.len();
    let program = vjp_jaxpr(jaxpr, &flags, Seed::One).map_err(|error| raised(&error, vm))?;
    let mut outs = eval_jaxpr(&program, &traced.program.consts, &args).map_err(|error| raised(&error, vm))?;
    let gradients = outs.split_off(count);
    traced.perform(&mut outs, traced.outputs(), None, vm)?;
    let values = wrapped(outs, &traced.weak, vm)?;
    Ok(vm.ctx.new_tuple(vec![values, wrapped(gradients, &weak, vm)?]).into())
}

/// Traces a function for all arguments of these types, to be compiled or shown.
pub fn abstract_trace(f: Flat<'_>, args: &[Array], weak: &[bool], vm: &VirtualMachine) -> PyResult<Traced> {
    let types = types(args, vm)?;
    staged(|| traced(f, args, weak, Some(&types), View::Jit, vm))
}

/// The type of each array.
pub fn types(args: &[Array], vm: &VirtualMachine) -> PyResult<Vec<ShapedArray>> {
    args.iter().map(|x| x.aval().cloned().map_err(|error| raised(&error, vm))).collect()
}

/// The outputs of `f(leaves)` and their tangents along `tangents`.
pub fn jvp(f: &PyObject, leaves: &PyObject, tangents: &PyObject, vm: &VirtualMachine) -> PyResult {
    let flat = |list: PyObjectRef| f.call((list,), vm);
    let (args, weak) = arrays(leaves, vm)?;
    let (directions, weak_directions) = arrays(tangents, vm)?;
    let view = View::Jvp(seen(&args, &weak), seen(&directions, &weak_directions));
    let traced = traced(&flat, &args, &weak, None, view, vm)?;
    let floating: Vec<bool> = args.iter().map(|x| x.dtype() == DType::F32).collect();
    let jaxpr = &traced.program.jaxpr;
    let program = jvp_jaxpr(jaxpr, &floating).map_err(|error| raised(&error, vm))?;
    let directions = directions.into_iter().zip(&floating).filter(|(_, floating)| **floating).map(|(x, _)| x);
    let inputs: Vec<Array> = args.iter().cloned().chain(directions).collect();
    let mut outs = eval_jaxpr(&program, &traced.program.consts, &inputs).map_err(|error| raised(&error, vm))?;
    let mut found = outs.split_off(jaxpr.outs.len()).into_iter();
    let tangents: Vec<Array> = outs
        .iter()
        .map(|out| match out.dtype() {
            DType::F32 => found.next().unwrap_or_else(|| Array::zeros(out.shape(), DType::F32)),
            dtype => Array::zeros(out.shape(), dtype),
        })
        .take(traced.outputs())
        .collect();
    traced.perform(&mut outs, traced.outputs(), None, vm)?;
    let values = wrapped(outs, &traced.weak, vm)?;
    Ok(vm.ctx.new_tuple(vec![values, wrapped(tangents, &traced.weak, vm)?]).into())
}

/// The outputs of `f(leaves)`, and a function from cotangents of the outputs to those of the leaves.
pub fn vjp(f: &PyObject, leaves: &PyObject, vm: &VirtualMachine) -> PyResult {
    let flat = |list: PyObjectRef| f.call((list,), vm);
    let (args, weak) = arrays(leaves, vm)?;
    let traced = traced(&flat, &args, &weak, None, View::Grad(seen(&args, &weak)), vm)?;
    let floating: Vec<bool> = args.iter().map(|x| x.dtype() == DType::F32).collect();
    let jaxpr = &traced.program.jaxpr;
    let (forward, backward) = vjp_programs(jaxpr, &floating).map_err(|error| raised(&error, vm))?;
    let mut outs = eval_jaxpr(&forward, &traced.program.consts, &args).map_err(|error| raised(&error, vm))?;
    let residuals = outs.split_off(jaxpr.outs.len());
    let all = outs.clone();
    traced.perform(&mut outs, traced.outputs(), None, vm)?;
    let values = wrapped(outs, &traced.weak, vm)?;
    let own = traced.outputs();
    let pull_back = move |cotangents: PyObjectRef, vm: &VirtualMachine| -> PyResult {
        let (given, given_weak) = arrays(&cotangents, vm)?;
        let mut seeds = Vec::new();
        for (i, out) in all.iter().enumerate() {
            if out.dtype() == DType::F32 {
                let zero = || Array::zeros(out.shape(), DType::F32);
                seeds.push(given.get(i).filter(|_| i < own).map_or_else(zero, |x| x.astype(DType::F32)));
            }
        }
        let inputs = [residuals.clone(), seeds].concat();
        let mut found = eval_jaxpr(&backward, &[], &inputs).map_err(|error| raised(&error, vm))?.into_iter();
        let gradients = args
            .iter()
            .map(|x| match x.dtype() {
                DType::F32 => found.next().unwrap_or_else(|| Array::zeros(x.shape(), DType::F32)),
                dtype => Array::zeros(x.shape(), dtype),
            })
            .collect();
        let all_weak = given_weak.iter().all(|&weak| weak);
        let weak: Vec<bool> = weak.iter().map(|&weak| weak && all_weak).collect();
        wrapped(gradients, &weak, vm)
    };
    let pull_back: PyObjectRef = vm.new_function("vjp_fun", pull_back).into();
    Ok(vm.ctx.new_tuple(vec![values, pull_back]).into())
}

/// `f(leaves)` for all examples at once: `axes` says for each leaf along which axis they lie, or `None`; `out_axes(n)` gives an axis for each of n outputs.
pub fn vmap(
    f: &PyObject,
    leaves: &PyObject,
    axes: &PyObject,
    out_axes: &PyObject,
    size: usize,
    vm: &VirtualMachine,
) -> PyResult {
    let flat = |list: PyObjectRef| f.call((list,), vm);
    let (args, weak) = arrays(leaves, vm)?;
    let axes = optional_axes(axes, vm)?;
    let mut inner = types(&args, vm)?;
    for (aval, axis) in inner.iter_mut().zip(&axes) {
        if let Some(axis) = *axis {
            aval.shape.remove(axis);
        }
    }
    let view = View::Vmap(size, seen(&args, &weak).into_iter().zip(axes.iter().copied()).collect());
    let traced = traced(&flat, &args, &weak, Some(&inner), view, vm)?;
    let jaxpr = &traced.program.jaxpr;
    let ranks: Vec<usize> = jaxpr.outs[..traced.outputs()].iter().map(|&out| jaxpr.aval(out).ndim()).collect();
    let ranks: PyObjectRef = vm.ctx.new_list(ranks.iter().map(|&n| vm.ctx.new_int(n).into()).collect()).into();
    let places = out_axes.call((ranks,), vm)?;
    let mut outs = optional_axes(&places, vm)?;
    outs.resize(jaxpr.outs.len(), Some(0));
    let program = vmap_jaxpr(jaxpr, &axes, &outs, size).map_err(|error| raised(&error, vm))?;
    let mut outs = eval_jaxpr(&program, &traced.program.consts, &args).map_err(|error| raised(&error, vm))?;
    traced.perform(&mut outs, traced.outputs(), Some(size), vm)?;
    wrapped(outs, &traced.weak, vm)
}

fn optional_axes(list: &PyObject, vm: &VirtualMachine) -> PyResult<Vec<Option<usize>>> {
    let items: Vec<PyObjectRef> = vm.extract_elements_with(list, Ok)?;
    let axis = |item: &PyObjectRef| {
        if vm.is_none(item) { Ok(None) } else { Ok(Some(crate::value::index(item, vm)? as usize)) }
    };
    items.iter().map(axis).collect()
}

/// The text of the program that `f(leaves)` writes.
pub fn make_jaxpr(f: &PyObject, leaves: &PyObject, vm: &VirtualMachine) -> PyResult<String> {
    let flat = |list: PyObjectRef| f.call((list,), vm);
    let (args, weak) = arrays(leaves, vm)?;
    let traced = abstract_trace(&flat, &args, &weak, vm)?;
    let mut program = traced.program;
    program.jaxpr.outs.truncate(traced.weak.len());
    Ok(program.to_string())
}

/// The types of the outputs of `f(leaves)`: a list of pairs of shape and name of the element type.
pub fn eval_shape(f: &PyObject, leaves: &PyObject, vm: &VirtualMachine) -> PyResult {
    let flat = |list: PyObjectRef| f.call((list,), vm);
    let (args, weak) = arrays(leaves, vm)?;
    let traced = abstract_trace(&flat, &args, &weak, vm)?;
    let jaxpr = &traced.program.jaxpr;
    let pairs = jaxpr.outs[..traced.weak.len()].iter().map(|&out| {
        let aval = jaxpr.aval(out);
        let name = vm.ctx.new_str(aval.dtype.name()).into();
        vm.ctx.new_tuple(vec![crate::value::shape_tuple(&aval.shape, vm), name]).into()
    });
    Ok(vm.ctx.new_list(pairs.collect()).into())
}
