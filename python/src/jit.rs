//! `jax.jit`: traced once for each structure, types and static arguments, and run by the engine afterwards.

use std::{
    cell::{OnceCell, RefCell},
    fmt,
    rc::Rc,
};

use rustpython_vm::{
    AsObject, Py, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine,
    builtins::PyBoundMethod,
    function::FuncArgs,
    pyclass,
    types::{Callable, GetDescriptor, Representable},
};
use thetahat::jax::{
    Array,
    compile::{Executable, Rounding, compile},
    control::{Call, Program, parts},
    core::ShapedArray,
    extension::Extension,
    trace::is_tracing,
};

use crate::errors::engine_error;
use crate::promote::operand;
use crate::transform::{
    Traced, abstract_trace, abstractly, closed, effect, is_transforming, is_written_out, leaf, types,
};
use crate::tree::{Node, flatten};
use crate::value::{PyArray, wrap};

/// A jitted function.
#[pyclass(module = "jaxlib._jax", name = "PjitFunction")]
#[derive(PyPayload)]
pub struct PyJit {
    function: PyObjectRef,
    static_argnums: Vec<i64>,
    static_argnames: Vec<String>,
    /// Whether it is written into programs that are being traced, instead of being called by them.
    inline: bool,
    /// Whether it belongs to one trace alone, so that what closes over tracers may be kept, too.
    kept: bool,
    /// Shared by all that jit the same function alike.
    entries: Rc<RefCell<Vec<Rc<Entry>>>>,
}

/// The function traced for arguments of certain structures and types.
struct Entry {
    /// Per positional argument its structure, `None` for a static one.
    args: Vec<Option<Node>>,
    kwargs: Vec<(String, Option<Node>)>,
    statics: Vec<PyObjectRef>,
    types: Vec<ShapedArray>,
    weak: Vec<bool>,
    traced: Traced,
    output: Node,
    /// What runs it outside of other programs.
    executable: RefCell<Option<Executable>>,
    /// What other programs call.
    program: OnceCell<Program>,
}

/// Arguments, taken apart.
struct Given {
    args: Vec<Option<Node>>,
    kwargs: Vec<(String, Option<Node>)>,
    statics: Vec<PyObjectRef>,
    leaves: Vec<PyObjectRef>,
}

impl fmt::Debug for PyJit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PyJit").finish_non_exhaustive()
    }
}

impl PyJit {
    /// A function to be jitted, whose arguments with these numbers or names are static.
    pub fn new(
        function: PyObjectRef,
        static_argnums: Vec<i64>,
        static_argnames: Vec<String>,
        inline: bool,
        kept: bool,
    ) -> Self {
        Self { function, static_argnums, static_argnames, inline, kept, entries: Rc::default() }
    }

    fn is_static(&self, i: usize, count: usize) -> bool {
        self.static_argnums.iter().any(|&n| n == i as i64 || n + count as i64 == i as i64)
    }

    fn take_apart(&self, args: &FuncArgs, vm: &VirtualMachine) -> PyResult<Given> {
        let mut given = Given { args: Vec::new(), kwargs: Vec::new(), statics: Vec::new(), leaves: Vec::new() };
        let count = args.args.len();
        let part = |obj: &PyObjectRef, fixed: bool, given: &mut Given| -> PyResult<Option<Node>> {
            if fixed {
                hashable(obj, vm)?;
                given.statics.push(obj.clone());
                return Ok(None);
            }
            flatten(obj, &mut given.leaves, None, vm).map(Some)
        };
        for (i, arg) in args.args.iter().enumerate() {
            let node = part(arg, self.is_static(i, count), &mut given)?;
            given.args.push(node);
        }
        for (name, arg) in &args.kwargs {
            let node = part(arg, self.static_argnames.contains(name), &mut given)?;
            given.kwargs.push((name.clone(), node));
        }
        Ok(given)
    }

    fn run(&self, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        let inside = is_tracing();
        if inside && (is_written_out() || (self.inline && !is_transforming())) {
            return abstractly(|| self.function.call(args, vm));
        }
        let (entry, arrays) = self.entry(&args, vm)?;
        let outputs =
            if inside { entry.call(&self.name(vm), self.inline, &arrays, vm)? } else { entry.run(&arrays, vm)? };
        entry.output.build(&mut outputs.into_iter(), vm)
    }

    /// What the function writes for such arguments, traced if it was not before, and the arguments' arrays.
    fn entry(&self, args: &FuncArgs, vm: &VirtualMachine) -> PyResult<(Rc<Entry>, Vec<Array>)> {
        let given = self.take_apart(args, vm)?;
        let mut arrays = Vec::with_capacity(given.leaves.len());
        let mut weak = Vec::with_capacity(given.leaves.len());
        for item in &given.leaves {
            let (array, is_weak) = leaf(item, vm).map_err(|error| self.explain(item, error, vm))?;
            arrays.push(array);
            weak.push(is_weak);
        }
        let mut found = None;
        for entry in self.entries.borrow().iter() {
            if entry.fits_types(&arrays, &weak) && entry.fits(&given, vm)? {
                found = Some(entry.clone());
                break;
            }
        }
        let entry = if let Some(entry) = found {
            entry
        } else {
            let entry = Rc::new(self.trace(&given, &arrays, weak, vm)?);
            // one that closes over tracers is for this trace alone
            if self.kept || entry.traced.program.consts.iter().all(|constant| !constant.is_tracer()) {
                self.entries.borrow_mut().push(entry.clone());
            }
            entry
        };
        Ok((entry, arrays))
    }

    fn name(&self, vm: &VirtualMachine) -> String {
        self.function.get_attr("__name__", vm).and_then(|name| Ok(name.str(vm)?.to_string())).unwrap_or_default()
    }

    fn trace(&self, given: &Given, arrays: &[Array], weak: Vec<bool>, vm: &VirtualMachine) -> PyResult<Entry> {
        let output = RefCell::new(Node::None);
        let flat = |list: PyObjectRef| -> PyResult {
            let leaves: Vec<PyObjectRef> = vm.extract_elements_with(&list, Ok)?;
            let mut leaves = leaves.into_iter();
            let mut statics = given.statics.iter().cloned();
            let mut value = |node: &Option<Node>| match node {
                Some(node) => node.build(&mut leaves, vm),
                None => Ok(statics.next().unwrap_or_else(|| vm.ctx.none())),
            };
            let args = given.args.iter().map(&mut value).collect::<PyResult<Vec<_>>>()?;
            let mut call = FuncArgs::from(args);
            for (name, node) in &given.kwargs {
                call.kwargs.insert(name.clone(), value(node)?);
            }
            let result = self.function.call(call, vm)?;
            let mut leaves = Vec::new();
            *output.borrow_mut() = flatten(&result, &mut leaves, None, vm)?;
            for leaf in &leaves {
                self.check_result(leaf, vm)?;
            }
            Ok(vm.ctx.new_list(leaves).into())
        };
        let traced = abstract_trace(&flat, arrays, &weak, vm)?;
        Ok(Entry {
            args: given.args.clone(),
            kwargs: given.kwargs.clone(),
            statics: given.statics.clone(),
            types: types(arrays, vm)?,
            weak,
            traced,
            output: output.into_inner(),
            executable: RefCell::default(),
            program: OnceCell::new(),
        })
    }

    /// Refuses a result that is no array.
    fn check_result(&self, leaf: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
        if operand(leaf, vm)?.is_some() {
            return Ok(());
        }
        let place = || -> PyResult<String> {
            let code = self.function.get_attr("__code__", vm)?;
            let (file, line) =
                (code.get_attr("co_filename", vm)?.str(vm)?, code.get_attr("co_firstlineno", vm)?.str(vm)?);
            Ok(format!(" at {file}:{line}"))
        };
        let (name, class) = (self.name(vm), leaf.class().name().to_string());
        Err(vm.new_type_error(format!(
            "function {name}{} traced for jit returned a value of type <class '{class}'>, which is not a valid JAX type",
            place().unwrap_or_default()
        )))
    }

    fn explain(
        &self,
        item: &PyObject,
        error: rustpython_vm::builtins::PyBaseExceptionRef,
        vm: &VirtualMachine,
    ) -> rustpython_vm::builtins::PyBaseExceptionRef {
        if !error.fast_isinstance(vm.ctx.exceptions.type_error) {
            return error;
        }
        let name = self.name(vm);
        let class = item.class().name().to_string();
        vm.new_type_error(format!(
            "Error interpreting argument to <function {name}> as an abstract array. The problematic value is of type <class '{class}'> and was passed to the function.\nThis typically means that a jit-wrapped function was called with a non-array argument, and this argument was not marked as static using the static_argnums or static_argnames parameters of jax.jit."
        ))
    }
}

fn hashable(obj: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
    obj.hash(vm).map(|_| ()).map_err(|error| {
        let text = obj.str(vm).map(|text| text.to_string()).unwrap_or_default();
        let module = if obj.downcast_ref::<PyArray>().is_some() { "jaxlib._jax." } else { "" };
        let class = format!("{module}{}", obj.class().name());
        let reason = error.as_object().str(vm).map(|text| text.to_string()).unwrap_or_default();
        vm.new_value_error(format!(
            "Non-hashable static arguments are not supported. An error occurred while trying to hash an object of type <class '{class}'>, {text}. The error was:\nTypeError: {reason}\n"
        ))
    })
}

impl Entry {
    fn fits_types(&self, args: &[Array], weak: &[bool]) -> bool {
        self.weak == weak && args.iter().zip(&self.types).all(|(x, aval)| x.aval().is_ok_and(|given| given == aval))
    }

    /// Runs it, compiled at the first time.
    fn run(&self, args: &[Array], vm: &VirtualMachine) -> PyResult<Vec<PyObjectRef>> {
        let raised = |error| engine_error(&error, vm);
        let compiled = self.executable.borrow().is_some();
        if !compiled {
            let program = &self.traced.program;
            let executable = compile(&program.jaxpr, &program.consts, Rounding::Fused).map_err(raised)?;
            self.executable.replace(Some(executable));
        }
        let result = self.executable.borrow_mut().as_mut().map_or_else(|| Ok(Vec::new()), |known| known.call(args));
        let mut outs = result.map_err(raised)?;
        self.traced.perform(&mut outs, self.traced.outputs(), None, vm)?;
        outs.into_iter().zip(&self.traced.weak).map(|(array, &weak)| wrap(array, weak, vm)).collect()
    }

    /// Has the program that is being traced call it.
    fn call(&self, name: &str, inline: bool, args: &[Array], vm: &VirtualMachine) -> PyResult<Vec<PyObjectRef>> {
        let program = &self.traced.program;
        let called = self.program.get_or_init(|| Program::new(closed(program, program.jaxpr.outs.len())));
        let call = Call::new(name.into(), inline, called.clone());
        let results = call.results.clone();
        let operands: Vec<&Array> = program.consts.iter().chain(args).collect();
        let mut outs = parts(&results, &Extension::apply(call, &operands));
        let mut values = outs.split_off(self.traced.outputs()).into_iter();
        for (callback, count) in &self.traced.effects {
            effect(callback, values.by_ref().take(*count).collect(), vm)?;
        }
        outs.into_iter().zip(&self.traced.weak).map(|(array, &weak)| wrap(array, weak, vm)).collect()
    }

    fn fits(&self, given: &Given, vm: &VirtualMachine) -> PyResult<bool> {
        let same = |a: &Option<Node>, b: &Option<Node>| match (a, b) {
            (None, None) => Ok(true),
            (Some(a), Some(b)) => a.same(b, vm),
            _ => Ok(false),
        };
        if self.args.len() != given.args.len() || self.kwargs.len() != given.kwargs.len() {
            return Ok(false);
        }
        for (a, b) in self.args.iter().zip(&given.args) {
            if !same(a, b)? {
                return Ok(false);
            }
        }
        for ((name, a), (other, b)) in self.kwargs.iter().zip(&given.kwargs) {
            if name != other || !same(a, b)? {
                return Ok(false);
            }
        }
        for (a, b) in self.statics.iter().zip(&given.statics) {
            let alike = a.is(b) || (a.class().is(b.class()) && vm.bool_eq(a, b)?);
            if !alike {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

#[pyclass(with(Callable, GetDescriptor, Representable), flags(HAS_DICT))]
impl PyJit {
    #[pymethod]
    fn _cache_size(&self) -> usize {
        self.entries.borrow().len()
    }

    /// The same function with the same traces, as a value of its own.
    #[pymethod]
    fn _again(&self, vm: &VirtualMachine) -> PyObjectRef {
        let Self { function, static_argnums, static_argnames, inline, kept, entries } = self;
        let same = Self {
            function: function.clone(),
            static_argnums: static_argnums.clone(),
            static_argnames: static_argnames.clone(),
            inline: *inline,
            kept: *kept,
            entries: entries.clone(),
        };
        same.into_ref(&vm.ctx).into()
    }

    /// The text of the program that it writes for such arguments.
    #[pymethod]
    fn _jaxpr(&self, args: FuncArgs, vm: &VirtualMachine) -> PyResult<String> {
        let (entry, _) = self.entry(&args, vm)?;
        let mut program = entry.traced.program.clone();
        program.jaxpr.outs.truncate(entry.traced.outputs());
        Ok(program.to_string())
    }

    #[pygetset]
    fn __wrapped__(&self) -> PyObjectRef {
        self.function.clone()
    }

    #[pymethod]
    fn clear_cache(&self) {
        self.entries.borrow_mut().clear();
    }
}

impl Callable for PyJit {
    type Args = FuncArgs;

    fn call(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        zelf.run(args, vm)
    }
}

impl GetDescriptor for PyJit {
    fn descr_get(
        zelf: PyObjectRef,
        obj: Option<PyObjectRef>,
        _class: Option<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult {
        match obj {
            Some(obj) if !vm.is_none(&obj) => Ok(PyBoundMethod::new(obj, zelf).into_ref(&vm.ctx).into()),
            _ => Ok(zelf),
        }
    }
}

impl Representable for PyJit {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        Ok(format!("<PjitFunction of {}>", zelf.function.repr(vm)?))
    }
}
