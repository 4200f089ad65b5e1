//! Loops and functions with rules of their own, as operations of the engine: what a Python program says with functions is traced, and the programs are part of
//! the operation.

use std::fmt;

use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine, vm::thread::with_current_vm};
use thetahat::{
    base::error::Result,
    jax::{
        Array,
        control::{self, Cond, Layout, While, parts},
        core::{Jaxpr, ShapedArray},
        extension::{Extension, Operation, Printed},
        trace::is_tracing,
    },
};

use crate::errors::{carried, engine_error};
use crate::transform::{Traced, arrays, closed, leaf, staged, traced, types, wrapped, written_out};
use crate::views::View;

/// A function of a flat list, traced for arguments of these types into a program of its own.
fn inner(f: &PyObject, args: &[Array], weak: &[bool], types: &[ShapedArray], vm: &VirtualMachine) -> PyResult<Traced> {
    staged(|| traced(&|list| f.call((list,), vm), args, weak, Some(types), View::Jit, vm))
}

/// `lax.while_loop` on flat lists.
pub fn while_loop(cond: &PyObject, body: &PyObject, carry: &PyObject, vm: &VirtualMachine) -> PyResult {
    let (carry, weak) = arrays(carry, vm)?;
    let types = types(&carry, vm)?;
    let condition = inner(cond, &carry, &weak, &types, vm)?;
    let step = inner(body, &carry, &weak, &types, vm)?;
    let found: Vec<ShapedArray> =
        step.program.jaxpr.outs[..step.outputs()].iter().map(|&out| step.program.jaxpr.aval(out)).collect();
    if found != types {
        let text = |types: &[ShapedArray]| types.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        return Err(vm.new_type_error(format!(
            "while_loop body function carry input and carry output must have equal types, but they differ: the input carry is {}, the output carry {}",
            text(&types),
            text(&found)
        )));
    }
    let operands: Vec<&Array> = condition.program.consts.iter().chain(&step.program.consts).chain(&carry).collect();
    let operation = While {
        constants: [condition.program.consts.len(), step.program.consts.len()],
        condition: control::Program::new(closed(&condition.program, 1)),
        body: control::Program::new(closed(&step.program, step.outputs())),
        carry: types.into(),
    };
    let results = operation.carry.clone();
    wrapped(parts(&results, &Extension::apply(operation, &operands)), &weak, vm)
}

/// `lax.switch` on flat lists: the branch with the number `index`, an int32 scalar, of `branches`, which take and return the same types.
pub fn cond(index: &PyObject, branches: &PyObject, operands: &PyObject, vm: &VirtualMachine) -> PyResult {
    let (index, _) = leaf(index, vm)?;
    let (operands, weak) = arrays(operands, vm)?;
    let types = types(&operands, vm)?;
    let branches: Vec<PyObjectRef> = vm.extract_elements_with(branches, Ok)?;
    let branches = branches.iter().map(|f| inner(f, &operands, &weak, &types, vm)).collect::<PyResult<Vec<_>>>()?;
    let all: Vec<&Array> = branches.iter().flat_map(|branch| &branch.program.consts).collect();
    let mut before = 0;
    let mut programs = Vec::with_capacity(branches.len());
    for branch in &branches {
        // every branch takes the constants of all
        let mut jaxpr = branch.program.jaxpr.clone();
        let own = std::mem::take(&mut jaxpr.constvars);
        let mut constants = Vec::with_capacity(all.len());
        for (i, constant) in all.iter().enumerate() {
            if let Some(&var) = i.checked_sub(before).and_then(|i| own.get(i)) {
                constants.push(var);
            } else {
                let aval = constant.aval().map_err(|error| engine_error(&error, vm))?.clone();
                constants.push(jaxpr.fresh(aval));
            }
        }
        before += own.len();
        jaxpr.invars.splice(0..0, constants);
        jaxpr.outs.truncate(branch.outputs());
        programs.push(control::Program::new(jaxpr));
    }
    let Some(first) = branches.first() else { return wrapped(Vec::new(), &[], vm) };
    let jaxpr = &first.program.jaxpr;
    let results: Layout = jaxpr.outs[..first.outputs()].iter().map(|&out| jaxpr.aval(out)).collect();
    let inputs: Vec<&Array> = std::iter::once(&index).chain(all).chain(&operands).collect();
    let operation = Cond { branches: programs, results: results.clone() };
    let weak: Vec<bool> = (0..first.outputs()).map(|i| branches.iter().all(|branch| branch.weak[i])).collect();
    wrapped(parts(&results, &Extension::apply(operation, &inputs)), &weak, vm)
}

/// `f(args) -> [result…]` with a rule of its own. With `forward`, `rule(args, tangents) -> [tangent…]`; without, `rule` is a pair of
/// `fwd(args) -> [residual…]` and `bwd(residuals, cotangent) -> [cotangent…]`. One result.
pub fn custom_call(f: &PyObject, rule: &PyObject, forward: bool, args: &PyObject, vm: &VirtualMachine) -> PyResult {
    if !is_tracing() {
        return f.call((args.to_owned(),), vm);
    }
    let (operands, weak) = arrays(args, vm)?;
    let types: Vec<ShapedArray> = operands
        .iter()
        .map(|x| x.aval().cloned().map_err(|error| engine_error(&error, vm)))
        .collect::<PyResult<_>>()?;
    let traced = traced(&|list| f.call((list,), vm), &operands, &weak, Some(&types), View::Jit, vm)?;
    let program = control::Program::new(closed(&traced.program, traced.outputs()));
    let constants = &traced.program.consts;
    let operands: Vec<&Array> = constants.iter().chain(&operands).collect();
    let rules = if forward { vec![rule.to_owned()] } else { vm.extract_elements_with(rule, Ok)? };
    let names =
        std::iter::once(f.to_owned()).chain(rules).map(|f| Ok(f.get_attr("__name__", vm)?.str(vm)?.to_string()));
    let names = names.collect::<PyResult<Vec<String>>>()?;
    let results = (0..traced.outputs()).map(|which| {
        let (rule, names) = (rule.to_owned(), names.clone());
        let (program, weak) = (program.clone(), weak.clone());
        let operation = Custom { program, constants: constants.len(), which, rule, forward, names, weak };
        Extension::apply(operation, &operands)
    });
    let results = results.collect();
    wrapped(results, &traced.weak, vm)
}

struct Custom {
    program: control::Program,
    constants: usize,
    which: usize,
    rule: PyObjectRef,
    forward: bool,
    /// The names of the function and of its rules.
    names: Vec<String>,
    /// Whether the type of each argument is weak.
    weak: Vec<bool>,
}

impl fmt::Debug for Custom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Custom").field("program", &self.program).finish_non_exhaustive()
    }
}

/// Calls Python with lists of arrays, of which those that `weak` marks have weak types, and gives the list of arrays that comes back.
fn call_lists(f: &PyObject, lists: &[&[Array]], weak: &[bool]) -> Result<Vec<Array>> {
    with_current_vm(|vm| {
        let call = || -> PyResult<Vec<Array>> {
            let args = lists.iter().map(|list| wrapped(list.to_vec(), weak, vm)).collect::<PyResult<Vec<_>>>()?;
            let result = f.call(rustpython_vm::function::FuncArgs::from(args), vm)?;
            Ok(arrays(&result, vm)?.0)
        };
        call().map_err(carried)
    })
}

fn pair(rule: &PyObject, i: usize) -> Result<PyObjectRef> {
    with_current_vm(|vm| rule.get_item(&i, vm).map_err(carried))
}

impl Operation for Custom {
    fn name(&self) -> &'static str {
        if self.forward { "custom_jvp_call" } else { "custom_vjp_call" }
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        let rule = format!("{:p}", &raw const *self.rule.as_object());
        vec![("call_jaxpr", self.program.text().to_owned()), ("output", self.which.to_string()), ("rule", rule)]
    }

    fn printed(&self) -> Vec<(&'static str, Printed<'_>)> {
        let name = |at: usize| Printed::Text(self.names.get(at).cloned().unwrap_or_default());
        let program = ("call_jaxpr", Printed::Program(self.program.jaxpr()));
        let mut all = vec![("name", name(0))];
        if self.forward {
            all.extend([program, ("jvp", name(1))]);
        } else {
            all.extend([("bwd", name(2)), program, ("fwd", name(1))]);
        }
        all.push(("symbolic_zeros", Printed::Text("False".to_owned())));
        all
    }

    fn aval(&self, _inputs: &[ShapedArray]) -> Result<ShapedArray> {
        let jaxpr = self.program.jaxpr();
        Ok(jaxpr.aval(jaxpr.outs[self.which]))
    }

    fn run(&self, _avals: &[ShapedArray], inputs: &[&[u32]], out: &mut [u32]) {
        let Some(mut program) = self.program.executable() else { return };
        for (i, words) in inputs.iter().enumerate() {
            program.input_mut(i).copy_from_slice(words);
        }
        program.run();
        out.copy_from_slice(program.output(self.which));
    }

    fn prepare(&self) -> Result<()> {
        self.program.prepare()
    }

    fn written_out(&self) -> Option<(&Jaxpr, usize)> {
        Some((self.program.jaxpr(), self.which))
    }

    fn jvp(&self, x: &[Array], dx: &[Option<Array>], out: &Array) -> Result<Option<Array>> {
        let x = &x[self.constants..];
        let zero = |x: &Array| Array::scalar(0.0).broadcast_to(x.shape());
        let tangents: Vec<Array> =
            x.iter().zip(&dx[self.constants..]).map(|(x, dx)| dx.clone().unwrap_or_else(|| zero(x))).collect();
        if self.forward {
            return Ok(written_out(|| call_lists(&self.rule, &[x, &tangents], &self.weak))?
                .into_iter()
                .nth(self.which));
        }
        let residuals = {
            let forward = pair(&self.rule, 0)?;
            call_lists(&forward, &[x], &self.weak)?
        };
        let aval = out.aval()?.clone();
        let operation = PulledBack { backward: pair(&self.rule, 1)?, residuals: residuals.len(), aval };
        let operands: Vec<&Array> = residuals.iter().chain(&tangents).collect();
        Ok(Some(Extension::apply(operation, &operands)))
    }
}

/// The tangent of a function that only says how cotangents are pulled back.
struct PulledBack {
    backward: PyObjectRef,
    residuals: usize,
    aval: ShapedArray,
}

impl fmt::Debug for PulledBack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PulledBack").field("aval", &self.aval).finish_non_exhaustive()
    }
}

impl Operation for PulledBack {
    fn name(&self) -> &'static str {
        "custom_lin"
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        vec![("bwd", format!("{:p}", &raw const *self.backward.as_object()))]
    }

    fn aval(&self, _inputs: &[ShapedArray]) -> Result<ShapedArray> {
        Ok(self.aval.clone())
    }

    fn run(&self, _avals: &[ShapedArray], _inputs: &[&[u32]], out: &mut [u32]) {
        // forward mode has no rule here; the caller finds no number
        out.fill(f32::NAN.to_bits());
    }

    fn transpose(&self, _avals: &[ShapedArray], x: &[Option<Array>], ct: &Array) -> Result<Vec<Option<Array>>> {
        let residuals: Vec<Array> = x[..self.residuals].iter().flatten().cloned().collect();
        let found = call_lists(&self.backward, &[&residuals, std::slice::from_ref(ct)], &[])?;
        let mut found = found.into_iter();
        let all = x.iter().enumerate().map(|(i, x)| {
            let cotangent = if i < self.residuals { None } else { found.next() };
            cotangent.filter(|_| x.is_none())
        });
        Ok(all.collect())
    }
}
