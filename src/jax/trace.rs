//! The trace stack: [`bind`] is the one place where an operation is either computed or written down.
//!
//! While a function is being traced, its arguments are tracers, and every operation becomes an equation of the innermost trace, operations
//! on constants included (JAX calls this omnistaging). With no trace open, operations are computed at once. Follows `jax._src.interpreters.partial_eval`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::base::error::{Error, Result};

use super::array::{Array, Repr};
use super::core::{Atom, Jaxpr, Literal, Primitive, ShapedArray, Var, check_count};
use super::eval::eval_primitive;

/// A program and the arrays that it closed over (`jax.core.ClosedJaxpr`).
#[derive(Clone, Debug)]
pub struct ClosedJaxpr {
    /// The program.
    pub jaxpr: Jaxpr,
    /// A value for each of its `constvars`.
    pub consts: Vec<Array>,
}

/// What a constant is recognised by, so that an array that is used twice becomes one constant.
#[derive(PartialEq, Eq)]
enum ConstKey {
    Tracer(u64, Var),
    /// The address of the numbers; they stay alive as long as the trace, which holds the array.
    Concrete(usize),
}

struct Trace {
    id: u64,
    jaxpr: Jaxpr,
    consts: Vec<Array>,
    /// The variables of the constants so far, which are few.
    constants: Vec<(ConstKey, Var)>,
    /// The values that are known, by variable; `None` if the program is to hold for all arguments.
    known: Option<Known>,
}

/// What the variables of a trace stand for, as far as somebody asked.
#[derive(Default)]
struct Known {
    values: Vec<Option<Array>>,
    /// The number of equations that were computed.
    computed: usize,
}

thread_local! {
    static STACK: RefCell<Vec<Trace>> = const { RefCell::new(Vec::new()) };
    static NEXT_ID: Cell<u64> = const { Cell::new(0) };
}

/// Whether a function is being traced on this thread.
#[must_use]
pub fn is_tracing() -> bool {
    STACK.with_borrow(|stack| !stack.is_empty())
}

/// Applies a primitive: writes an equation into the innermost trace, or computes it if there is none. A failure is carried by the
/// result; an operand that carries an error passes it on.
#[must_use]
pub fn bind(primitive: Primitive, inputs: &[&Array]) -> Array {
    if let Some(failed) = inputs.iter().find(|x| x.error().is_some()) {
        return (*failed).clone();
    }
    STACK.with_borrow_mut(|stack| stage(stack, primitive, inputs)).into()
}

fn stage(stack: &mut [Trace], primitive: Primitive, inputs: &[&Array]) -> Result<Array> {
    let open: Vec<u64> = stack.iter().map(|trace| trace.id).collect();
    let Some(trace) = stack.last_mut() else {
        inputs.iter().try_for_each(|x| check_alive(x, &open, primitive.name()))?;
        return eval_primitive(&primitive, inputs);
    };
    let atoms = inputs.iter().map(|x| lift(trace, x, &open, primitive.name())).collect::<Result<Vec<_>>>()?;
    let aval = trace.jaxpr.result_aval(&primitive, &atoms)?;
    match trace.jaxpr.emit(primitive, &atoms)? {
        Atom::Var(var) => Ok(Array::tracer(trace.id, var, aval)),
        Atom::Lit(literal) => Ok(Array::from_literal(literal)),
    }
}

fn check_alive(array: &Array, open: &[u64], function: &str) -> Result<()> {
    match &array.0 {
        Repr::Tracer(tracer) if !open.contains(&tracer.trace) => Err(Error::leaked_tracer(
            function,
            format!(
                "a traced array of type {} is used after the function that it belongs to has been traced",
                tracer.aval
            ),
            "Return the value from the traced function instead of storing it elsewhere.",
        )),
        Repr::Failed(error) => Err(error.clone()),
        _ => Ok(()),
    }
}

/// The atom that stands for `array` in a trace: its variable, a literal for a concrete scalar, or a constant.
fn lift(trace: &mut Trace, array: &Array, open: &[u64], function: &str) -> Result<Atom> {
    check_alive(array, open, function)?;
    let key = match &array.0 {
        Repr::Tracer(tracer) if tracer.trace == trace.id => return Ok(Atom::Var(tracer.var)),
        Repr::Tracer(tracer) => ConstKey::Tracer(tracer.trace, tracer.var),
        #[cfg(feature = "full")]
        Repr::Concrete(concrete) if concrete.python.is_some() => {
            return Ok(Atom::Lit(Literal::Python(concrete.python.unwrap_or_default())));
        }
        Repr::Concrete(concrete) if concrete.aval.ndim() == 0 => {
            return Ok(Atom::Lit(Literal::from_bits(concrete.words[0], concrete.aval.dtype)));
        }
        Repr::Concrete(concrete) => ConstKey::Concrete(Rc::as_ptr(concrete) as usize),
        Repr::Failed(error) => return Err(error.clone()),
    };
    if let Some((_, var)) = trace.constants.iter().find(|(known, _)| *known == key) {
        return Ok(Atom::Var(*var));
    }
    let var = trace.jaxpr.fresh(array.aval()?.clone());
    trace.jaxpr.constvars.push(var);
    trace.consts.push(array.clone());
    trace.constants.push((key, var));
    Ok(Atom::Var(var))
}

/// Closes the innermost trace when it goes out of scope, also if the traced function panics.
struct Open {
    closed: bool,
}

impl Open {
    /// Opens a trace; gives tracers of these types, too.
    fn new(avals: &[ShapedArray], known: Option<Known>) -> (Self, Vec<Array>) {
        let id = NEXT_ID.replace(NEXT_ID.get() + 1);
        let mut jaxpr = Jaxpr::default();
        jaxpr.invars = avals.iter().map(|aval| jaxpr.fresh(aval.clone())).collect();
        let tracers = jaxpr.invars.iter().zip(avals).map(|(&var, aval)| Array::tracer(id, var, aval.clone())).collect();
        let new = Trace { id, jaxpr, consts: Vec::new(), constants: Vec::new(), known };
        STACK.with_borrow_mut(|stack| stack.push(new));
        (Self { closed: false }, tracers)
    }

    /// Closes it; gives the program that ends with these outputs.
    fn close(mut self, outputs: &[Array]) -> Result<ClosedJaxpr> {
        let ids: Vec<u64> = STACK.with_borrow(|stack| stack.iter().map(|trace| trace.id).collect());
        self.closed = true;
        let Some(mut trace) = STACK.with_borrow_mut(Vec::pop) else {
            return Err(Error::tree("trace", "the trace stack is empty", "Trace on one thread."));
        };
        let outs = outputs.iter().map(|x| lift(&mut trace, x, &ids, "trace")).collect::<Result<Vec<_>>>()?;
        trace.jaxpr.outs = outs;
        Ok(ClosedJaxpr { jaxpr: trace.jaxpr, consts: trace.consts })
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if !self.closed {
            STACK.with_borrow_mut(Vec::pop);
        }
    }
}

/// Runs `f` on tracers of the given types and gives the program that it wrote (`jax.make_jaxpr`, on flat lists).
///
/// # Errors
/// An output of `f` carries an error, or is a tracer of a trace that is closed.
pub fn trace(avals: &[ShapedArray], f: impl FnOnce(Vec<Array>) -> Vec<Array>) -> Result<ClosedJaxpr> {
    let (open, tracers) = Open::new(avals, None);
    let outputs = f(tracers);
    open.close(&outputs)
}

/// [`trace`] for these arguments alone: inside `f`, [`known_value`] tells what a tracer stands for, so that `f` can decide by it, as functions can under
/// JAX's `grad` outside of `jit`.
///
/// # Errors
/// As [`trace`]; or an argument carries an error.
pub fn trace_known(args: &[Array], f: impl FnOnce(Vec<Array>) -> Vec<Array>) -> Result<ClosedJaxpr> {
    let avals = args.iter().map(|x| x.aval().cloned()).collect::<Result<Vec<_>>>()?;
    let values = args.iter().map(known_value).collect();
    let (open, tracers) = Open::new(&avals, Some(Known { values, computed: 0 }));
    let outputs = f(tracers);
    open.close(&outputs)
}

/// The numbers of an array: its own, or, of a tracer whose trace knows its arguments, those that the program so far gives. `None` where they
/// are not known.
#[must_use]
pub fn known_value(array: &Array) -> Option<Array> {
    let tracer = match &array.0 {
        Repr::Concrete(_) => return Some(array.clone()),
        Repr::Failed(_) => return None,
        Repr::Tracer(tracer) => tracer,
    };
    let (eqns, mut values, consts) = STACK.with_borrow_mut(|stack| {
        let trace = stack.iter_mut().find(|trace| trace.id == tracer.trace)?;
        let known = trace.known.as_mut()?;
        let eqns = trace.jaxpr.eqns[known.computed..].to_vec();
        known.computed = trace.jaxpr.eqns.len();
        let mut values = std::mem::take(&mut known.values);
        values.resize(trace.jaxpr.avals.len(), None);
        let consts: Vec<(Var, Array)> =
            trace.jaxpr.constvars.iter().copied().zip(trace.consts.iter().cloned()).collect();
        Some((eqns, values, consts))
    })?;
    // nothing is borrowed here: a constant may belong to an outer trace, and a primitive may trace functions itself
    for (var, value) in consts {
        let slot = &mut values[var.0 as usize];
        if slot.is_none() {
            *slot = known_value(&value);
        }
    }
    for eqn in eqns {
        let operand = |atom: &Atom| match *atom {
            Atom::Lit(literal) => Some(Array::from_literal(literal)),
            Atom::Var(var) => values[var.0 as usize].clone(),
        };
        let operands: Option<Vec<Array>> = eqn.inputs.iter().map(operand).collect();
        let result = operands.and_then(|x| eval_primitive(&eqn.primitive, &x.iter().collect::<Vec<_>>()).ok());
        values[eqn.output.0 as usize] = result;
    }
    let value = values[tracer.var.0 as usize].clone();
    STACK.with_borrow_mut(|stack| {
        let known = stack.iter_mut().find(|trace| trace.id == tracer.trace).and_then(|trace| trace.known.as_mut());
        if let Some(known) = known {
            known.values = values;
        }
    });
    value
}

/// Replays a program through [`bind`]: computes it, or writes it into the surrounding trace (`jax.core.eval_jaxpr`).
///
/// # Errors
/// The number of arguments is not the program's; or the first error that an output carries.
pub fn eval_jaxpr(jaxpr: &Jaxpr, consts: &[Array], args: &[Array]) -> Result<Vec<Array>> {
    check_count("eval_jaxpr", "args", args.len(), jaxpr.invars.len(), "arguments")?;
    check_count("eval_jaxpr", "consts", consts.len(), jaxpr.constvars.len(), "constants")?;
    let mut values: Vec<Option<Array>> = vec![None; jaxpr.avals.len()];
    for (var, value) in jaxpr.constvars.iter().zip(consts).chain(jaxpr.invars.iter().zip(args)) {
        values[var.index()] = Some(value.clone());
    }
    let read = |values: &[Option<Array>], atom: Atom| match atom {
        Atom::Lit(literal) => Ok(Array::from_literal(literal)),
        Atom::Var(var) => values[var.index()].clone().ok_or_else(|| Jaxpr::unbound("eval_jaxpr", var)),
    };
    for eqn in &jaxpr.eqns {
        let inputs = eqn.inputs.iter().map(|&atom| read(&values, atom)).collect::<Result<Vec<_>>>()?;
        let result = bind(eqn.primitive.clone(), &inputs.iter().collect::<Vec<_>>());
        values[eqn.output.index()] = Some(result);
    }
    let outputs = jaxpr.outs.iter().map(|&atom| read(&values, atom)).collect::<Result<Vec<_>>>()?;
    outputs.iter().try_for_each(|x| x.aval().map(|_| ()))?;
    Ok(outputs)
}
