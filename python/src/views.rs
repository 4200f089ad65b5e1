//! What tracers look like: JAX has a class of its own for those of each transformation, which shows what stands behind it.

use std::cell::RefCell;

use rustpython_vm::{PyRef, VirtualMachine, builtins::PyType};
use thetahat::jax::Array;

use crate::hooks;
use crate::value::{concrete, type_text};

/// A transformation that traces a function, and what its tracers stand for.
pub enum View {
    /// `jit` and what else writes programs for all arguments.
    Jit,
    /// `grad` and `vjp` of these arguments.
    Grad(Vec<Shown>),
    /// `jvp` of these arguments along these tangents.
    Jvp(Vec<Shown>, Vec<Shown>),
    /// `vmap` over so many examples of these arguments, each with the axis along which they lie.
    Vmap(usize, Vec<(Shown, Option<usize>)>),
}

/// An array or a tracer of an outer transformation, and whether its type is weak.
pub type Shown = (Array, bool);

thread_local! {
    /// The open traces, outermost first: the number of the trace, and its view.
    static VIEWS: RefCell<Vec<(u64, View)>> = const { RefCell::new(Vec::new()) };
}

/// Runs `f`, in which the tracers of this trace look like that.
pub fn shown_as<T>(trace: Option<u64>, view: View, f: impl FnOnce() -> T) -> T {
    struct Leave;
    impl Drop for Leave {
        fn drop(&mut self) {
            VIEWS.with_borrow_mut(Vec::pop);
        }
    }
    let Some(trace) = trace else { return f() };
    VIEWS.with_borrow_mut(|views| views.push((trace, view)));
    let _leave = Leave;
    f()
}

/// Whether what is traced innermost is a program for all arguments, not a transformation of one.
pub fn is_program() -> bool {
    VIEWS.with_borrow(|views| views.last().is_none_or(|(_, view)| matches!(view, View::Jit)))
}

/// The name of the class of a tracer, or of an array.
pub fn class_name(array: &Array) -> &'static str {
    let Some((trace, _)) = array.tracer_id() else { return "ArrayImpl" };
    VIEWS.with_borrow(|views| match views.iter().find(|(id, _)| *id == trace) {
        Some((_, View::Grad(_))) => "LinearizeTracer",
        Some((_, View::Jvp(..))) => "JVPTracer",
        Some((_, View::Vmap(..))) => "BatchTracer",
        _ => "DynamicJaxprTracer",
    })
}

/// The class of a tracer; `None` for an array.
pub fn class(array: &Array, vm: &VirtualMachine) -> Option<PyRef<PyType>> {
    array.tracer_id()?;
    hooks::get(class_name(array), vm).ok()?.downcast().ok()
}

/// What `str` and `repr` of a tracer give.
pub fn text(array: &Array, weak: bool) -> String {
    VIEWS.with_borrow(|views| shown(views, array, weak))
}

fn shown(views: &[(u64, View)], array: &Array, weak: bool) -> String {
    let Some((trace, number)) = array.tracer_id() else { return array.to_string() };
    at(views, trace, Some(number), array, weak)
}

/// A value of the type of `array` in this trace: its argument of this number, if there is one.
fn at(views: &[(u64, View)], trace: u64, number: Option<usize>, array: &Array, weak: bool) -> String {
    let aval = type_text(array);
    let view = views.iter().find(|(id, _)| *id == trace).map(|(_, view)| view);
    match view {
        Some(View::Grad(args)) => {
            format!("GradTracer(primal={}, typeof(tangent)={})", primal(views, args, number, array, weak), short(&aval))
        }
        Some(View::Jvp(args, tangents)) if number.is_some_and(|number| number < args.len()) => {
            let tangent = tangents.get(number.unwrap_or(0)).map(|(x, weak)| shown(views, x, *weak));
            let primal = primal(views, args, number, array, weak);
            format!("JVPTracer(primal={primal}, tangent={})", tangent.unwrap_or_default())
        }
        Some(View::Vmap(size, args)) => {
            let axis = match number.and_then(|number| args.get(number)) {
                Some(((x, weak), None)) => return shown(views, x, *weak),
                Some((_, Some(axis))) => *axis,
                None => 0,
            };
            let mut shape = array.shape().to_vec();
            shape.insert(axis.min(shape.len()), *size);
            let axes: Vec<String> = shape.iter().map(ToString::to_string).collect();
            format!("VmapTracer(aval={aval}, batched={}[{}])", array.dtype().name(), axes.join(","))
        }
        _ => format!("JitTracer({}{aval})", if weak { "~" } else { "" }),
    }
}

/// What a tracer of a derivative stands for: an argument as it is, otherwise a value like the arguments.
fn primal(views: &[(u64, View)], args: &[Shown], number: Option<usize>, array: &Array, weak: bool) -> String {
    if let Some((x, weak)) = number.and_then(|number| args.get(number)) {
        return shown(views, x, *weak);
    }
    match args.iter().find_map(|(x, _)| x.tracer_id()) {
        Some((outer, _)) => at(views, outer, None, array, weak),
        None => concrete(array).map(|x| x.to_string()).unwrap_or_default(),
    }
}

fn short(aval: &str) -> String {
    aval.replace("float32", "f32").replace("uint32", "u32").replace("int32", "i32")
}
