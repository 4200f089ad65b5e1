//! Loops and functions with rules of their own, as operations of the engine: what a Python program says with functions is traced, and the programs are part of
//! the operation.

use std::{cell::RefCell, fmt, rc::Rc};

use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine, vm::thread::with_current_vm};
use thetahat::{
    Error,
    base::error::Result,
    jax::{
        Array, DType,
        compile::{Executable, Rounding, compile},
        core::{Jaxpr, ShapedArray},
        extension::{Extension, Operation},
        trace::{ClosedJaxpr, is_tracing},
    },
};

use crate::errors::{carried, engine_error};
use crate::transform::{Traced, arrays, traced, wrapped};

/// A program whose constants are arguments, and that is ready to run.
struct Program {
    executable: RefCell<Executable>,
    text: String,
    outputs: Vec<ShapedArray>,
}

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Program {
    fn new(program: &ClosedJaxpr, outputs: usize) -> Result<Self> {
        let mut jaxpr: Jaxpr = program.jaxpr.clone();
        let constants = std::mem::take(&mut jaxpr.constvars);
        jaxpr.invars.splice(0..0, constants);
        jaxpr.outs.truncate(outputs);
        let types = jaxpr.outs.iter().map(|&out| jaxpr.aval(out)).collect();
        let text = ClosedJaxpr { jaxpr: jaxpr.clone(), consts: Vec::new() }.to_string();
        let executable = RefCell::new(compile(&jaxpr, &[], Rounding::Fused)?);
        Ok(Self { executable, text, outputs: types })
    }

    fn run(&self, inputs: &[&[u32]]) -> Vec<Vec<u32>> {
        let mut executable = self.executable.borrow_mut();
        for (i, words) in inputs.iter().enumerate() {
            executable.input_mut(i).copy_from_slice(words);
        }
        executable.run();
        (0..self.outputs.len()).map(|j| executable.output(j).to_vec()).collect()
    }
}

/// `lax.while_loop` on flat lists.
pub fn while_loop(cond: &PyObject, body: &PyObject, carry: &PyObject, vm: &VirtualMachine) -> PyResult {
    let (carry, weak) = arrays(carry, vm)?;
    let types: Vec<ShapedArray> =
        carry.iter().map(|x| x.aval().cloned().map_err(|error| engine_error(&error, vm))).collect::<PyResult<_>>()?;
    let trace =
        |f: &PyObject| -> PyResult<Traced> { traced(&|list| f.call((list,), vm), &carry, &weak, Some(&types), vm) };
    let (condition, step) = (trace(cond)?, trace(body)?);
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
    let failed = |error: Error| engine_error(&error, vm);
    let operation = While {
        condition: Program::new(&condition.program, 1).map_err(failed)?,
        body: Program::new(&step.program, step.outputs()).map_err(failed)?,
        condition_constants: condition.program.consts.len(),
        body_constants: step.program.consts.len(),
        carry: types.clone(),
    };
    let operands: Vec<&Array> = condition.program.consts.iter().chain(&step.program.consts).chain(&carry).collect();
    let packed = Extension::apply(operation, &operands);
    let mut start = 0;
    let parts = types.iter().map(|aval| {
        let part = Extension::apply(Unpack { start, aval: aval.clone() }, &[&packed]);
        start += aval.size();
        part
    });
    let parts = parts.collect();
    wrapped(parts, &weak, vm)
}

#[derive(Debug)]
struct While {
    condition: Program,
    body: Program,
    condition_constants: usize,
    body_constants: usize,
    carry: Vec<ShapedArray>,
}

impl Operation for While {
    fn name(&self) -> &'static str {
        "while"
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        vec![
            ("body_jaxpr", self.body.text.clone()),
            ("body_nconsts", self.body_constants.to_string()),
            ("cond_jaxpr", self.condition.text.clone()),
            ("cond_nconsts", self.condition_constants.to_string()),
        ]
    }

    fn aval(&self, _inputs: &[ShapedArray]) -> Result<ShapedArray> {
        Ok(ShapedArray::new(&[self.carry.iter().map(ShapedArray::size).sum()], DType::U32))
    }

    fn run(&self, _avals: &[ShapedArray], inputs: &[&[u32]], out: &mut [u32]) {
        let (constants, carry) = inputs.split_at(self.condition_constants + self.body_constants);
        let (of_condition, of_body) = constants.split_at(self.condition_constants);
        let mut carry: Vec<Vec<u32>> = carry.iter().map(|words| words.to_vec()).collect();
        loop {
            let with = |constants: &[&[u32]]| -> Vec<Vec<u32>> {
                constants.iter().map(|words| words.to_vec()).chain(carry.iter().cloned()).collect()
            };
            let arguments = with(of_condition);
            let arguments: Vec<&[u32]> = arguments.iter().map(Vec::as_slice).collect();
            if self.condition.run(&arguments)[0][0] == 0 {
                break;
            }
            let arguments = with(of_body);
            let arguments: Vec<&[u32]> = arguments.iter().map(Vec::as_slice).collect();
            carry = self.body.run(&arguments);
        }
        let words: Vec<u32> = carry.concat();
        out.copy_from_slice(&words);
    }

    fn jvp(&self, _x: &[Array], _dx: &[Option<Array>], _out: &Array) -> Result<Option<Array>> {
        let message = "Reverse-mode differentiation does not work for lax.while_loop or lax.fori_loop with dynamic start/stop values. Try using lax.scan, or using fori_loop with static start/stop.";
        Err(carried(with_current_vm(|vm| vm.new_value_error(message))))
    }
}

/// One array out of the words of several.
#[derive(Debug)]
struct Unpack {
    start: usize,
    aval: ShapedArray,
}

impl Operation for Unpack {
    fn name(&self) -> &'static str {
        "unpack"
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        vec![("start", self.start.to_string()), ("type", self.aval.to_string())]
    }

    fn aval(&self, _inputs: &[ShapedArray]) -> Result<ShapedArray> {
        Ok(self.aval.clone())
    }

    fn run(&self, _avals: &[ShapedArray], inputs: &[&[u32]], out: &mut [u32]) {
        out.copy_from_slice(&inputs[0][self.start..][..self.aval.size()]);
    }

    fn jvp(&self, _x: &[Array], _dx: &[Option<Array>], _out: &Array) -> Result<Option<Array>> {
        Ok(None)
    }
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
    let traced = traced(&|list| f.call((list,), vm), &operands, &weak, Some(&types), vm)?;
    let program = Program::new(&traced.program, traced.outputs()).map_err(|error| engine_error(&error, vm))?;
    let program = Rc::new(program);
    let constants = &traced.program.consts;
    let operands: Vec<&Array> = constants.iter().chain(&operands).collect();
    let results = (0..traced.outputs()).map(|which| {
        let operation =
            Custom { program: program.clone(), constants: constants.len(), which, rule: rule.to_owned(), forward };
        Extension::apply(operation, &operands)
    });
    let results = results.collect();
    wrapped(results, &traced.weak, vm)
}

struct Custom {
    program: Rc<Program>,
    constants: usize,
    which: usize,
    rule: PyObjectRef,
    forward: bool,
}

impl fmt::Debug for Custom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Custom").field("program", &self.program).finish_non_exhaustive()
    }
}

/// Calls Python with lists of arrays and gives the list of arrays that comes back.
fn call_lists(f: &PyObject, lists: &[&[Array]]) -> Result<Vec<Array>> {
    with_current_vm(|vm| {
        let call = || -> PyResult<Vec<Array>> {
            let args = lists.iter().map(|list| wrapped(list.to_vec(), &[], vm)).collect::<PyResult<Vec<_>>>()?;
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
        vec![("call_jaxpr", self.program.text.clone()), ("output", self.which.to_string()), ("rule", rule)]
    }

    fn aval(&self, _inputs: &[ShapedArray]) -> Result<ShapedArray> {
        Ok(self.program.outputs[self.which].clone())
    }

    fn run(&self, _avals: &[ShapedArray], inputs: &[&[u32]], out: &mut [u32]) {
        out.copy_from_slice(&self.program.run(inputs)[self.which]);
    }

    fn jvp(&self, x: &[Array], dx: &[Option<Array>], out: &Array) -> Result<Option<Array>> {
        let x = &x[self.constants..];
        let zero = |x: &Array| Array::scalar(0.0).broadcast_to(x.shape());
        let tangents: Vec<Array> =
            x.iter().zip(&dx[self.constants..]).map(|(x, dx)| dx.clone().unwrap_or_else(|| zero(x))).collect();
        if self.forward {
            return Ok(call_lists(&self.rule, &[x, &tangents])?.into_iter().nth(self.which));
        }
        let residuals = {
            let forward = pair(&self.rule, 0)?;
            call_lists(&forward, &[x])?
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
        let found = call_lists(&self.backward, &[&residuals, std::slice::from_ref(ct)])?;
        let mut found = found.into_iter();
        let all = x.iter().enumerate().map(|(i, x)| {
            let cotangent = if i < self.residuals { None } else { found.next() };
            cotangent.filter(|_| x.is_none())
        });
        Ok(all.collect())
    }
}
