//! `_lax`: the operations on arrays that the Python part of the library calls, named as in `jax.lax` where that has them. Shapes and axes are those of the engine:
//! no negative numbers, and whatever is optional in Python has been decided.

pub(crate) use _lax::module_def;

#[rustpython_vm::pymodule]
mod _lax {
    use rustpython_vm::{
        AsObject, PyObjectRef, PyResult, VirtualMachine,
        builtins::{PyListRef, PyUtf8StrRef},
    };
    use thetahat::jax::{
        Array, DType,
        core::{DotDims, Primitive},
        lax, numpy,
        trace::bind,
    };

    use crate::convert::{array, dtype_named};
    use crate::promote::{self, Operand, operand};
    use crate::value::{self, sizes, wrap};
    use crate::{operations, transform};

    #[pyfunction]
    fn binary(name: PyUtf8StrRef, x: PyObjectRef, y: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let [x, y] = [&x, &y].map(|obj| operand(obj, vm));
        let (Some(x), Some(y)) = (x?, y?) else { return Err(vm.new_type_error("arrays are expected")) };
        let (result, weak) = promote::apply(name.as_str(), x, y, vm)?;
        wrap(result, weak, vm)
    }

    #[pyfunction]
    fn compare(name: PyUtf8StrRef, x: PyObjectRef, y: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        use rustpython_vm::types::PyComparisonOp as Op;
        let op = match name.as_str() {
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
    fn unary(name: PyUtf8StrRef, x: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let (x, weak) = array(&x, vm)?;
        let result = match name.as_str() {
            "neg" => -&x,
            "exp" => x.exp(),
            "log" => x.log(),
            "sqrt" => x.sqrt(),
            "tanh" => operations::called("tanh", &[&x], |x| x[0].tanh()),
            "sin" => x.sin(),
            "cos" => x.cos(),
            _ => {
                let Some(operation) = lax::Unary::named(name.as_str()) else {
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
                    operations::called(name.as_str(), &[&x], |x| lax::unary(operation, &x[0]))
                } else {
                    lax::unary(operation, &x)
                }
            }
        };
        wrap(result, weak && name.as_str() != "is_finite", vm)
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

    /// `sum`, `max`, `min`, `prod` over axes.
    #[pyfunction]
    fn reduce(name: PyUtf8StrRef, x: PyObjectRef, axes: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let (x, weak) = array(&x, vm)?;
        let mut axes = sizes(&axes, vm)?;
        axes.sort_unstable();
        let result = match name.as_str() {
            "sum" => x.sum_axes(&axes),
            "max" => x.max_axes(&axes),
            "min" => lax::reduce_min(&x, &axes),
            _ => axes.iter().rev().fold(x, |x, &axis| lax::reduce_prod(&x, axis)),
        };
        wrap(result, weak, vm)
    }

    /// Operations along an axis: `cumsum`, `cumprod`, `cummax`, `cummin`, `sort`, `argsort`, `argmax`, `argmin`.
    #[pyfunction]
    fn along(name: PyUtf8StrRef, x: PyObjectRef, axis: usize, vm: &VirtualMachine) -> PyResult {
        use lax::Cumulative as C;
        let (x, weak) = array(&x, vm)?;
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
        wrap(result, weak && !name.as_str().starts_with("arg"), vm)
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
    fn iota(dtype: PyUtf8StrRef, shape: PyObjectRef, dimension: usize, vm: &VirtualMachine) -> PyResult {
        let (dtype, shape) = (dtype_named(dtype.as_str(), vm)?, sizes(&shape, vm)?);
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
        mode: PyUtf8StrRef,
        x: PyObjectRef,
        positions: PyObjectRef,
        updates: PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyResult {
        use lax::ScatterMode as M;
        let ((x, weak), (positions, _), (updates, _)) = (array(&x, vm)?, array(&positions, vm)?, array(&updates, vm)?);
        let mode = match mode.as_str() {
            "set" => M::Set,
            "add" => M::Add,
            "mul" => M::Mul,
            "min" => M::Min,
            _ => M::Max,
        };
        wrap(lax::scatter_flat(mode, &x, &positions, &updates), weak, vm)
    }

    #[pyfunction]
    fn linalg(name: PyUtf8StrRef, args: PyListRef, vm: &VirtualMachine) -> PyResult {
        let (args, _) = transform::arrays(args.as_object(), vm)?;
        let args: Vec<Array> = args.iter().map(|x| x.astype(DType::F32)).collect();
        let results = match name.as_str() {
            "solve" => vec![lax::solve(&args[0], &args[1])],
            "cholesky" => vec![lax::cholesky(&args[0])],
            "eigvalsh" => vec![lax::eigvalsh(&args[0])],
            "qr" => {
                let (q, r) = lax::qr(&args[0]);
                vec![q, r]
            }
            _ => {
                let (values, vectors) = lax::eigh(&args[0]);
                vec![values, vectors]
            }
        };
        transform::wrapped(results, &[], vm)
    }

    /// A draw: `operands` begin with the key.
    #[pyfunction]
    fn draw(name: PyUtf8StrRef, shape: PyObjectRef, operands: PyListRef, vm: &VirtualMachine) -> PyResult {
        use lax::Draw as D;
        let what = match name.as_str() {
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
}
