//! `_core`: the module through which the Python part of the library reaches arrays, trees, transformations and the interpreter. Operations on arrays are in `_lax`.

pub(crate) use _core::module_def;

#[rustpython_vm::pymodule]
mod _core {
    use crate::convert::{self, array, dtype_named};
    use crate::promote::{self, Operand, operand};
    use crate::tree::{self, TreeDef};
    use crate::value::{self, PyArray, sizes, wrap};
    use crate::{control, hooks, jit, transform};
    use rustpython_vm::{
        AsObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
        builtins::{PyListRef, PyStr, PyTypeRef, PyUtf8StrRef},
        class::PyClassImpl,
        function::OptionalArg,
    };

    #[pyattr(name = "ArrayImpl")]
    fn array_class(_vm: &VirtualMachine) -> PyTypeRef {
        PyArray::make_static_type()
    }

    #[pyattr(name = "PyTreeDef")]
    fn treedef_class(_vm: &VirtualMachine) -> PyTypeRef {
        TreeDef::make_static_type()
    }

    #[pyattr(name = "PjitFunction")]
    fn jit_class(_vm: &VirtualMachine) -> PyTypeRef {
        jit::PyJit::make_static_type()
    }

    /// Gives an object to the native part by name.
    #[pyfunction]
    fn hook(name: PyUtf8StrRef, value: PyObjectRef) {
        hooks::set(name.to_string(), value);
    }

    /// Adds a method or a property to the arrays' class.
    #[pyfunction]
    fn method(name: PyUtf8StrRef, value: PyObjectRef, vm: &VirtualMachine) {
        PyArray::class(&vm.ctx).set_attr(vm.ctx.intern_str(name.to_string()), value);
    }

    /// What an exception says, in the words of `CPython`.
    #[pyfunction]
    fn words(text: PyRef<PyStr>) -> String {
        let text = text.to_string();
        crate::words::translated(&text).unwrap_or(text)
    }

    /// Puts a method in the place of one of Python's own types'.
    #[pyfunction]
    fn replace_method(class: PyTypeRef, name: PyUtf8StrRef, method: PyObjectRef, vm: &VirtualMachine) {
        class.set_attr(vm.ctx.intern_str(name.to_string()), method);
    }

    #[pyfunction]
    fn write(stream: u8, text: PyUtf8StrRef, vm: &VirtualMachine) -> PyResult<()> {
        if crate::output::write(stream, text.as_str()) {
            return Ok(());
        }
        // as `sys.exit` does, so that what catches exceptions does not catch this
        Err(vm.new_exception(vm.ctx.exceptions.system_exit.to_owned(), vec![vm.ctx.new_int(1).into()]))
    }

    #[pyfunction]
    fn clock() -> Option<f64> {
        crate::clock::now()
    }

    /// `jnp.asarray(obj)`.
    #[pyfunction]
    fn asarray(obj: PyObjectRef, dtype: OptionalArg<PyObjectRef>, vm: &VirtualMachine) -> PyResult {
        let dtype = match dtype {
            OptionalArg::Present(name) if !vm.is_none(&name) => {
                Some(dtype_named(&name.str(vm)?.to_string_lossy(), vm)?)
            }
            _ => None,
        };
        if let Some(dtype) = dtype
            && let Some(operand) = operand(&obj, vm)?
        {
            return wrap(operand.convert(dtype, false, vm)?, false, vm);
        }
        let (array, weak) = convert::from_python(&obj, vm)?;
        match dtype {
            Some(dtype) => wrap(Operand::Array(array, weak).convert(dtype, false, vm)?, false, vm),
            None => wrap(array, weak, vm),
        }
    }

    /// An array of these numbers (a flat list) in this shape.
    #[pyfunction]
    fn from_flat(numbers: PyListRef, shape: PyObjectRef, dtype: PyUtf8StrRef, vm: &VirtualMachine) -> PyResult {
        let dtype = dtype_named(dtype.as_str(), vm)?;
        let mut words = Vec::new();
        for number in numbers.borrow_vec().iter() {
            let Some(operand) = operand(number, vm)? else { return Err(vm.new_type_error("numbers are expected")) };
            words.extend(operand.convert(dtype, false, vm)?.to_words().unwrap_or_default());
        }
        wrap(convert::from_words(&words, &sizes(&shape, vm)?, dtype), false, vm)
    }

    /// Whether an object is an array or a number that can stand for one.
    #[pyfunction]
    fn is_array(obj: PyObjectRef, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(operand(&obj, vm)?.is_some())
    }

    #[pyfunction]
    fn is_tracer(obj: PyObjectRef) -> bool {
        obj.downcast_ref::<PyArray>().is_some_and(|x| x.array.is_tracer())
    }

    #[pyfunction]
    fn is_tracing() -> bool {
        thetahat::jax::trace::is_tracing()
    }

    #[pyfunction]
    fn is_staged() -> bool {
        transform::is_staged()
    }

    #[pyfunction]
    fn is_abstract() -> bool {
        transform::is_abstract()
    }

    /// The array of numbers that a tracer stands for, where that is known; `None` otherwise.
    #[pyfunction]
    fn known(obj: PyRef<PyArray>, vm: &VirtualMachine) -> PyResult {
        match value::concrete(&obj.array) {
            Some(array) => wrap(array, obj.weak, vm),
            None => Ok(vm.ctx.none()),
        }
    }

    /// Element type and weakness in which arguments meet.
    #[pyfunction]
    fn result_type(args: PyListRef, vm: &VirtualMachine) -> PyResult<(String, bool)> {
        let mut operands = Vec::new();
        for arg in args.borrow_vec().iter() {
            match operand(arg, vm)? {
                Some(operand) => operands.push(operand),
                None => return Err(vm.new_type_error(format!("{} is not an array", arg.class().name()))),
            }
        }
        let (dtype, weak) = promote::meet(&operands.iter().collect::<Vec<_>>());
        Ok((dtype.name().to_owned(), weak))
    }

    #[pyfunction]
    fn convert(x: PyObjectRef, dtype: PyUtf8StrRef, weak: bool, vm: &VirtualMachine) -> PyResult {
        let dtype = dtype_named(dtype.as_str(), vm)?;
        match operand(&x, vm)? {
            Some(operand) => wrap(operand.convert(dtype, weak, vm)?, weak, vm),
            None => Err(vm.new_type_error("an array is expected")),
        }
    }

    /// The same numbers, weakly typed or not.
    #[pyfunction]
    fn weaken(x: PyRef<PyArray>, weak: bool, vm: &VirtualMachine) -> PyResult {
        wrap(x.array.clone(), weak, vm)
    }

    #[pyfunction]
    fn tree_flatten(tree: PyObjectRef, is_leaf: OptionalArg<PyObjectRef>, vm: &VirtualMachine) -> PyResult {
        let is_leaf = is_leaf.into_option().filter(|f| !vm.is_none(f));
        let mut leaves = Vec::new();
        let node = tree::flatten(&tree, &mut leaves, is_leaf.as_deref(), vm)?;
        let treedef: PyObjectRef = TreeDef(node).into_ref(&vm.ctx).into();
        Ok(vm.ctx.new_tuple(vec![vm.ctx.new_list(leaves).into(), treedef]).into())
    }

    #[pyfunction]
    fn tree_register(class: PyTypeRef, flatten: PyObjectRef, unflatten: PyObjectRef) {
        tree::register(class, flatten, unflatten);
    }

    #[pyfunction]
    fn value_and_grad(f: PyObjectRef, leaves: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        transform::value_and_grad(&f, &leaves, vm)
    }

    #[pyfunction]
    fn jvp(f: PyObjectRef, leaves: PyObjectRef, tangents: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        transform::jvp(&f, &leaves, &tangents, vm)
    }

    #[pyfunction]
    fn vjp(f: PyObjectRef, leaves: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        transform::vjp(&f, &leaves, vm)
    }

    #[pyfunction]
    fn vmap(
        f: PyObjectRef,
        leaves: PyObjectRef,
        axes: PyObjectRef,
        out_axes: PyObjectRef,
        size: usize,
        vm: &VirtualMachine,
    ) -> PyResult {
        transform::vmap(&f, &leaves, &axes, &out_axes, size, vm)
    }

    #[pyfunction]
    fn make_jaxpr(f: PyObjectRef, leaves: PyObjectRef, vm: &VirtualMachine) -> PyResult<String> {
        transform::make_jaxpr(&f, &leaves, vm)
    }

    #[pyfunction]
    fn eval_shape(f: PyObjectRef, leaves: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        transform::eval_shape(&f, &leaves, vm)
    }

    #[pyfunction]
    fn jit(
        f: PyObjectRef,
        static_argnums: PyObjectRef,
        static_argnames: PyListRef,
        inline: bool,
        kept: OptionalArg<bool>,
        vm: &VirtualMachine,
    ) -> PyResult {
        let names = static_argnames
            .borrow_vec()
            .iter()
            .map(|name| Ok(name.str(vm)?.to_string()))
            .collect::<PyResult<Vec<_>>>()?;
        let numbers = value::indices(&static_argnums, vm)?;
        Ok(jit::PyJit::new(f, numbers, names, inline, kept.unwrap_or(false)).into_ref(&vm.ctx).into())
    }

    #[pyfunction]
    fn effect(callback: PyObjectRef, values: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        let (values, _) = transform::arrays(&values, vm)?;
        transform::effect(&callback, values, vm)
    }

    /// A loop with a condition that is not known while tracing; see [`control`].
    #[pyfunction]
    fn while_loop(cond: PyObjectRef, body: PyObjectRef, carry: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        control::while_loop(&cond, &body, &carry, vm)
    }

    /// A loop with a known number of turns as one equation; see [`crate::scan`].
    #[pyfunction]
    fn scan(
        body: PyObjectRef,
        init: PyObjectRef,
        xs: PyObjectRef,
        course: PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyResult {
        crate::scan::from_python([body, init, xs, course], vm)
    }

    /// A decision that is not known while tracing; see [`control`].
    #[pyfunction]
    fn cond(index: PyObjectRef, branches: PyObjectRef, operands: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        control::cond(&index, &branches, &operands, vm)
    }

    /// A function with derivative rules of its own; see [`control`].
    #[pyfunction]
    fn custom_call(
        f: PyObjectRef,
        rule: PyObjectRef,
        forward: bool,
        args: PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyResult {
        control::custom_call(&f, &rule, forward, &args, vm)
    }

    #[pyfunction]
    fn to_flat(x: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let (x, _) = array(&x, vm)?;
        let words = x.to_words().map_err(|error| crate::errors::engine_error(&error, vm))?;
        let items = words.into_iter().map(|word| value::element(word, x.dtype(), vm)).collect();
        Ok(vm.ctx.new_list(items).into())
    }
}
