//! `_core`: the module through which the Python part of the library reaches the engine.

pub(crate) use _core::module_def;

#[rustpython_vm::pymodule]
mod _core {
    use rustpython_vm::{
        AsObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
        builtins::{PyListRef, PyStr, PyTypeRef},
        class::PyClassImpl,
        function::OptionalArg,
    };
    use thetahat::jax::{
        Array, DType,
        core::{DotDims, Primitive},
        lax, numpy,
        trace::bind,
    };

    use crate::convert::{self, dtype_named};
    use crate::promote::{self, Operand, operand};
    use crate::tree::{self, TreeDef};
    use crate::value::{self, PyArray, sizes, wrap};
    use crate::{control, hooks, jit, operations, transform};

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
    fn hook(name: PyRef<PyStr>, value: PyObjectRef) {
        hooks::set(name.to_string(), value);
    }

    /// Adds a method or a property to the arrays' class.
    #[pyfunction]
    fn method(name: PyRef<PyStr>, value: PyObjectRef, vm: &VirtualMachine) {
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
    fn replace_method(class: PyTypeRef, name: PyRef<PyStr>, method: PyObjectRef, vm: &VirtualMachine) {
        class.set_attr(vm.ctx.intern_str(name.to_string()), method);
    }

    #[pyfunction]
    fn write(stream: u8, text: PyRef<PyStr>, vm: &VirtualMachine) -> PyResult<()> {
        if crate::output::write(stream, text.as_ref()) {
            return Ok(());
        }
        // as `sys.exit` does, so that what catches exceptions does not catch this
        Err(vm.new_exception(vm.ctx.exceptions.system_exit.to_owned(), vec![vm.ctx.new_int(1).into()]))
    }

    #[pyfunction]
    fn clock() -> Option<f64> {
        crate::clock::now()
    }

    fn array(obj: &PyObjectRef, vm: &VirtualMachine) -> PyResult<(Array, bool)> {
        match operand(obj, vm)? {
            Some(operand) => operand.array(vm),
            None => Err(vm.new_type_error(format!("{} is not an array", obj.class().name()))),
        }
    }

    /// `jnp.asarray(obj)`.
    #[pyfunction]
    fn asarray(obj: PyObjectRef, dtype: OptionalArg<PyObjectRef>, vm: &VirtualMachine) -> PyResult {
        let dtype = match dtype {
            OptionalArg::Present(name) if !vm.is_none(&name) => Some(dtype_named(name.str(vm)?.as_ref(), vm)?),
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
    fn from_flat(numbers: PyListRef, shape: PyObjectRef, dtype: PyRef<PyStr>, vm: &VirtualMachine) -> PyResult {
        let dtype = dtype_named(dtype.as_ref(), vm)?;
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
    fn convert(x: PyObjectRef, dtype: PyRef<PyStr>, weak: bool, vm: &VirtualMachine) -> PyResult {
        let dtype = dtype_named(dtype.as_ref(), vm)?;
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
    fn binary(name: PyRef<PyStr>, x: PyObjectRef, y: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let [x, y] = [&x, &y].map(|obj| operand(obj, vm));
        let (Some(x), Some(y)) = (x?, y?) else { return Err(vm.new_type_error("arrays are expected")) };
        let (result, weak) = promote::apply(name.as_ref(), x, y, vm)?;
        wrap(result, weak, vm)
    }

    #[pyfunction]
    fn compare(name: PyRef<PyStr>, x: PyObjectRef, y: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        use rustpython_vm::types::PyComparisonOp as Op;
        let op = match name.to_string().as_str() {
            "eq" => Op::Eq,
            "ne" => Op::Ne,
            "lt" => Op::Lt,
            "le" => Op::Le,
            "gt" => Op::Gt,
            _ => Op::Ge,
        };
        promote::compare(op, &x, &y, vm)?.ok_or_else(|| vm.new_type_error("arrays are expected"))
    }

    #[pyfunction]
    fn unary(name: PyRef<PyStr>, x: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let (x, weak) = array(&x, vm)?;
        let name = name.to_string();
        let result = match name.as_str() {
            "neg" => -&x,
            "exp" => x.exp(),
            "log" => x.log(),
            "sqrt" => x.sqrt(),
            "tanh" => operations::called("tanh", &[&x], |x| x[0].tanh()),
            "sin" => x.sin(),
            "cos" => x.cos(),
            _ => {
                let Some(operation) = lax::Unary::named(&name) else {
                    return Err(vm.new_runtime_error(format!("no operation `{name}`")));
                };
                let keeps = matches!(
                    name.as_str(),
                    "abs" | "sign" | "not" | "is_finite" | "stop_gradient" | "optimization_barrier"
                );
                let x = if keeps { x } else { Operand::Array(x, weak).convert(DType::F32, weak, vm)? };
                // whose derivatives round more than once
                let whole = matches!(name.as_str(), "tan" | "asin" | "acos" | "atan" | "asinh" | "acosh" | "atanh");
                if whole {
                    operations::called(&name, &[&x], |x| lax::unary(operation, &x[0]))
                } else {
                    lax::unary(operation, &x)
                }
            }
        };
        wrap(result, weak && name != "is_finite", vm)
    }

    #[pyfunction]
    fn select(which: PyObjectRef, on_true: PyObjectRef, on_false: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let (which, _) = array(&which, vm)?;
        let [x, y] = [&on_true, &on_false].map(|obj| operand(obj, vm));
        let (Some(x), Some(y)) = (x?, y?) else { return Err(vm.new_type_error("arrays are expected")) };
        let shapes = [which.shape().to_vec(), x.shape().to_vec(), y.shape().to_vec()];
        for (a, b) in [(0, 1), (0, 2), (1, 2)] {
            promote::check_broadcast("select", &shapes[a], &shapes[b], vm).map_err(|_| {
                let all: Vec<String> = shapes.iter().map(|shape| thetahat::jax::repr::tuple(shape)).collect();
                vm.new_value_error(format!("Incompatible shapes for broadcasting: shapes=[{}]", all.join(", ")))
            })?;
        }
        let (x, y, weak) = promote::promoted(x, y, false, vm)?;
        let which =
            if which.dtype() == DType::Bool { which } else { which.not_equal(Array::zeros(&[], which.dtype())) };
        wrap(numpy::select(&which, x, y), weak, vm)
    }

    fn axes_of(axes: &PyObjectRef, vm: &VirtualMachine) -> PyResult<Vec<usize>> {
        sizes(axes, vm)
    }

    /// `sum`, `max`, `min`, `prod` over axes.
    #[pyfunction]
    fn reduce(name: PyRef<PyStr>, x: PyObjectRef, axes: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let (x, weak) = array(&x, vm)?;
        let mut axes = axes_of(&axes, vm)?;
        axes.sort_unstable();
        let result = match name.to_string().as_str() {
            "sum" => x.sum_axes(&axes),
            "max" => x.max_axes(&axes),
            "min" => lax::reduce_min(&x, &axes),
            _ => axes.iter().rev().fold(x, |x, &axis| lax::reduce_prod(&x, axis)),
        };
        wrap(result, weak, vm)
    }

    /// Operations along an axis: `cumsum`, `cumprod`, `cummax`, `cummin`, `sort`, `argsort`, `argmax`, `argmin`.
    #[pyfunction]
    fn along(name: PyRef<PyStr>, x: PyObjectRef, axis: usize, vm: &VirtualMachine) -> PyResult {
        use lax::Cumulative as C;
        let (x, weak) = array(&x, vm)?;
        let name = name.to_string();
        let result = match name.as_str() {
            "cumsum" => lax::cumulative(C::Sum, &x, axis, false),
            "cumprod" => lax::cumulative(C::Prod, &x, axis, false),
            "cummax" => lax::cumulative(C::Max, &x, axis, false),
            "cummin" => lax::cumulative(C::Min, &x, axis, false),
            "cumsum_reverse" => lax::cumulative(C::Sum, &x, axis, true),
            "sort" => lax::sort(&x, axis),
            "argsort" => lax::argsort(&x, axis),
            "argmax" => lax::argmax(&x, axis),
            _ => lax::argmin(&x, axis),
        };
        wrap(result, weak && !name.starts_with("arg"), vm)
    }

    #[pyfunction]
    fn reshape(x: PyObjectRef, shape: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let (x, weak) = array(&x, vm)?;
        wrap(x.reshape(&sizes(&shape, vm)?), weak, vm)
    }

    #[pyfunction]
    fn transpose(x: PyObjectRef, permutation: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let (x, weak) = array(&x, vm)?;
        wrap(x.transpose(&sizes(&permutation, vm)?), weak, vm)
    }

    #[pyfunction]
    fn broadcast_in_dim(x: PyObjectRef, shape: PyObjectRef, dimensions: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let (x, weak) = array(&x, vm)?;
        let (shape, broadcast_dimensions) = (sizes(&shape, vm)?, sizes(&dimensions, vm)?);
        if shape == x.shape() {
            return wrap(x, weak, vm);
        }
        wrap(bind(Primitive::BroadcastInDim { shape, broadcast_dimensions }, &[&x]), weak, vm)
    }

    #[pyfunction]
    fn squeeze(x: PyObjectRef, dimensions: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let (x, weak) = array(&x, vm)?;
        wrap(bind(Primitive::Squeeze { dimensions: sizes(&dimensions, vm)? }, &[&x]), weak, vm)
    }

    #[pyfunction]
    fn slice(
        x: PyObjectRef,
        start: PyObjectRef,
        limit: PyObjectRef,
        strides: PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyResult {
        let (x, weak) = array(&x, vm)?;
        let strides = if vm.is_none(&strides) { None } else { Some(sizes(&strides, vm)?) };
        let primitive =
            Primitive::Slice { start_indices: sizes(&start, vm)?, limit_indices: sizes(&limit, vm)?, strides };
        wrap(bind(primitive, &[&x]), weak, vm)
    }

    /// `padding` lists (low, high) for each axis.
    #[pyfunction]
    fn pad(x: PyObjectRef, value: PyObjectRef, padding: PyListRef, vm: &VirtualMachine) -> PyResult {
        let (x, weak) = array(&x, vm)?;
        let Some(fill) = operand(&value, vm)? else { return Err(vm.new_type_error("a number is expected")) };
        let fill = fill.convert(x.dtype(), false, vm)?;
        let mut pairs = Vec::new();
        for pair in padding.borrow_vec().iter() {
            let numbers = value::indices(pair, vm)?;
            pairs.push((numbers[0] as isize, numbers[1] as isize, 0));
        }
        wrap(bind(Primitive::Pad { padding: pairs }, &[&x, &fill]), weak, vm)
    }

    #[pyfunction]
    fn concatenate(parts: PyListRef, axis: usize, vm: &VirtualMachine) -> PyResult {
        let mut operands = Vec::new();
        for part in parts.borrow_vec().iter() {
            let Some(operand) = operand(part, vm)? else { return Err(vm.new_type_error("arrays are expected")) };
            operands.push(operand);
        }
        let (dtype, weak) = promote::meet(&operands.iter().collect::<Vec<_>>());
        let arrays = operands.into_iter().map(|x| x.convert(dtype, weak, vm)).collect::<PyResult<Vec<_>>>()?;
        wrap(numpy::concatenate(&arrays.iter().collect::<Vec<_>>(), axis), weak, vm)
    }

    #[pyfunction]
    fn iota(dtype: PyRef<PyStr>, shape: PyObjectRef, dimension: usize, vm: &VirtualMachine) -> PyResult {
        let (dtype, shape) = (dtype_named(dtype.as_ref(), vm)?, sizes(&shape, vm)?);
        wrap(bind(Primitive::Iota { dtype, shape, dimension }, &[]), false, vm)
    }

    #[pyfunction]
    fn dot_general(
        x: PyObjectRef,
        y: PyObjectRef,
        contract: PyObjectRef,
        batch: PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyResult {
        let [x, y] = [&x, &y].map(|obj| operand(obj, vm));
        let (Some(x), Some(y)) = (x?, y?) else { return Err(vm.new_type_error("arrays are expected")) };
        let (x, y, weak) = promote::promoted(x, y, false, vm)?;
        let side = |pair: &PyObjectRef, i: usize| sizes(&*pair.get_item(&i, vm)?, vm);
        let dims = DotDims {
            lhs_contract: side(&contract, 0)?,
            rhs_contract: side(&contract, 1)?,
            lhs_batch: side(&batch, 0)?,
            rhs_batch: side(&batch, 1)?,
        };
        let sides = |x: &Array, axes: &[usize]| axes.iter().map(|&i| x.shape()[i]).collect::<Vec<_>>();
        let (left, right) = (sides(&x, &dims.lhs_contract), sides(&y, &dims.rhs_contract));
        if left != right {
            let text = thetahat::jax::repr::tuple;
            return Err(vm.new_type_error(format!(
                "dot_general requires contracting dimensions to have the same shape, got {} and {}.",
                text(&left),
                text(&right)
            )));
        }
        let dtype = x.dtype();
        let (x, y) = (x.astype(DType::F32), y.astype(DType::F32));
        wrap(bind(Primitive::DotGeneral(dims), &[&x, &y]).astype(dtype), weak, vm)
    }

    #[pyfunction]
    fn take_rows(x: PyObjectRef, rows: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let ((x, weak), (rows, _)) = (array(&x, vm)?, array(&rows, vm)?);
        wrap(x.take(&rows.astype(DType::I32)), weak, vm)
    }

    #[pyfunction]
    fn take_flat(x: PyObjectRef, positions: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let ((x, weak), (positions, _)) = (array(&x, vm)?, array(&positions, vm)?);
        wrap(lax::take_flat(&x, &positions), weak, vm)
    }

    #[pyfunction]
    fn scatter_flat(
        mode: PyRef<PyStr>,
        x: PyObjectRef,
        positions: PyObjectRef,
        updates: PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyResult {
        use lax::ScatterMode as M;
        let ((x, weak), (positions, _), (updates, _)) = (array(&x, vm)?, array(&positions, vm)?, array(&updates, vm)?);
        let mode = match mode.to_string().as_str() {
            "set" => M::Set,
            "add" => M::Add,
            "mul" => M::Mul,
            "min" => M::Min,
            _ => M::Max,
        };
        wrap(lax::scatter_flat(mode, &x, &positions, &updates), weak, vm)
    }

    #[pyfunction]
    fn linalg(name: PyRef<PyStr>, args: PyListRef, vm: &VirtualMachine) -> PyResult {
        let (args, _) = transform::arrays(args.as_object(), vm)?;
        let args: Vec<Array> = args.iter().map(|x| x.astype(DType::F32)).collect();
        let results = match name.to_string().as_str() {
            "solve" => vec![lax::solve(&args[0], &args[1])],
            "cholesky" => vec![lax::cholesky(&args[0])],
            "eigvalsh" => vec![lax::eigvalsh(&args[0])],
            _ => {
                let (values, vectors) = lax::eigh(&args[0]);
                vec![values, vectors]
            }
        };
        transform::wrapped(results, &[], vm)
    }

    /// A draw: `operands` begin with the key.
    #[pyfunction]
    fn draw(name: PyRef<PyStr>, shape: PyObjectRef, operands: PyListRef, vm: &VirtualMachine) -> PyResult {
        use lax::Draw as D;
        let what = match name.to_string().as_str() {
            "bits" => D::Bits,
            "uniform" => D::Uniform,
            "normal" => D::Normal,
            "truncated_normal" => D::TruncatedNormal,
            "randint" => D::Randint,
            "permutation" => D::Permutation,
            "split" => D::Split,
            _ => D::FoldIn,
        };
        let (operands, _) = transform::arrays(operands.as_object(), vm)?;
        wrap(lax::draw(what, &sizes(&shape, vm)?, &operands.iter().collect::<Vec<_>>()), false, vm)
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
