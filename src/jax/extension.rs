//! [`Extension`]: a primitive whose kernel and rules are given as a value, for what only some users of the engine need.
//!
//! What the page does not use of them costs it nothing. Rules are functions of arrays: they are traced, and what they write takes the
//! equation's place, so a rule is written like any other program.

use std::fmt::Debug;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use crate::base::error::{Error, Result};

use super::array::Array;
use super::control::Control;
use super::core::{Atom, Jaxpr, Primitive, ShapedArray};
use super::trace::{ClosedJaxpr, bind, trace};

/// A primitive with one result: what it is called, what it computes and how it is differentiated and mapped.
pub trait Operation: Debug {
    /// The name that JAX prints.
    fn name(&self) -> &'static str;

    /// Its parameters as JAX prints them, in alphabetical order. Two operations are the same if names and parameters are.
    fn parameters(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// The same for a reader: programs among them are laid out as such.
    fn printed(&self) -> Vec<(&'static str, Printed<'_>)> {
        self.parameters().into_iter().map(|(name, text)| (name, Printed::Text(text))).collect()
    }

    /// Makes ready what it needs to run; called once for each equation that is compiled or computed.
    ///
    /// # Errors
    /// It cannot run.
    fn prepare(&self) -> Result<()> {
        Ok(())
    }

    /// What it is, if transformations have rules of their own for it, which then count instead of the ones below.
    fn control(&self) -> Option<Control<'_>> {
        None
    }

    /// A program that computes it, and which of that program's results it is; the compiler writes the program in its place.
    fn written_out(&self) -> Option<(&Jaxpr, usize)> {
        None
    }

    /// How the compiler puts it into loops with its neighbours.
    fn fused(&self) -> Fused {
        Fused::Apart
    }

    /// The type of the result.
    ///
    /// # Errors
    /// The operation does not take such operands.
    fn aval(&self, inputs: &[ShapedArray]) -> Result<ShapedArray>;

    /// Computes the result into `out`, all zeros before, from the operands' words.
    fn run(&self, avals: &[ShapedArray], inputs: &[&[u32]], out: &mut [u32]);

    /// The tangent of the result `out` for those of the operands, `None` where they are zero; `None` if it is zero.
    ///
    /// # Errors
    /// The operation has no derivative.
    fn jvp(&self, x: &[Array], dx: &[Option<Array>], out: &Array) -> Result<Option<Array>> {
        let _ = (x, dx, out);
        Err(Error::shape("grad", format!("`{}` has no derivative", self.name()), "Use another function."))
    }

    /// The cotangents of the operands that are linear, those for which `x` has no array, for the cotangent of the result.
    ///
    /// # Errors
    /// The operation is not linear in these.
    fn transpose(&self, avals: &[ShapedArray], x: &[Option<Array>], ct: &Array) -> Result<Vec<Option<Array>>> {
        let _ = (avals, x, ct);
        Err(Error::shape("vjp", format!("`{}` is not linear", self.name()), "Use another function."))
    }

    /// The results of `size` examples, stacked along the first axis; so are those operands that `mapped` names. Without a rule, one after the other.
    ///
    /// # Errors
    /// The operation cannot be mapped.
    fn batch(&self, this: &Extension, x: &[Array], mapped: &[bool], size: usize) -> Result<Array> {
        let _ = self;
        let example = |i: usize| {
            let operands: Vec<Array> =
                x.iter().zip(mapped).map(|(x, &mapped)| if mapped { x.at(i) } else { x.clone() }).collect();
            bind(Primitive::Extension(this.clone()), &operands.iter().collect::<Vec<_>>())
        };
        let results: Vec<Array> = (0..size).map(example).collect();
        Ok(super::numpy::stack(&results.iter().collect::<Vec<_>>()))
    }
}

/// How the compiler treats an operation where it puts several into one loop (see [`super::compile::lower`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fused {
    /// It stands alone.
    Apart,
    /// Elementwise, and computed again in every loop that needs it.
    Cheap,
    /// Elementwise, and stored rather than computed twice.
    Expensive,
}

/// A parameter of an operation as it is printed.
#[derive(Clone, Debug)]
pub enum Printed<'a> {
    /// A text.
    Text(String),
    /// A program.
    Program(&'a Jaxpr),
    /// A tuple of programs.
    Programs(Vec<&'a Jaxpr>),
}

/// An [`Operation`] as part of a program.
#[derive(Clone, Debug)]
pub struct Extension {
    /// Its name.
    pub name: &'static str,
    /// How the compiler puts it into loops.
    pub fused: Fused,
    /// Its kernel and rules.
    pub operation: Rc<dyn Operation>,
}

impl Extension {
    /// An operation as part of a program.
    #[must_use]
    pub fn new(operation: impl Operation + 'static) -> Self {
        Self { name: operation.name(), fused: operation.fused(), operation: Rc::new(operation) }
    }

    /// Applies an operation to arrays: writes an equation, or computes it.
    #[must_use]
    pub fn apply(operation: impl Operation + 'static, inputs: &[&Array]) -> Array {
        bind(Primitive::Extension(Self::new(operation)), inputs)
    }

    /// What its rule of differentiation writes with `emit`; see [`Operation::jvp`].
    pub(super) fn jvp(
        &self,
        avals: &[ShapedArray],
        x: &[Atom],
        dx: &[Option<Atom>],
        out: Atom,
        emit: Emit<'_>,
    ) -> Result<Option<Atom>> {
        let result = self.operation.aval(avals)?;
        let tangents = avals.iter().zip(dx).filter(|(_, dx)| dx.is_some()).map(|(aval, _)| aval);
        let types: Vec<ShapedArray> = avals.iter().chain([&result]).chain(tangents).cloned().collect();
        let atoms: Vec<Atom> = x.iter().copied().chain([out]).chain(dx.iter().flatten().copied()).collect();
        let mut failed = None;
        let program = trace(&types, |inputs| {
            let mut tangents = inputs[avals.len() + 1..].iter().cloned();
            let dx: Vec<Option<Array>> = dx.iter().map(|dx| dx.and_then(|_| tangents.next())).collect();
            self.operation.jvp(&inputs[..avals.len()], &dx, &inputs[avals.len()]).map_or_else(
                |error| {
                    failed = Some(error);
                    Vec::new()
                },
                |tangent| tangent.into_iter().collect(),
            )
        })?;
        failed.map_or(Ok(()), Err)?;
        #[cfg(feature = "full")]
        let program = self.without_itself(program);
        Ok(inlined(&program, &atoms, emit)?.pop())
    }

    /// A rule without what computes the operation's own result once more, which rules that give value and tangent begin with.
    #[cfg(feature = "full")]
    fn without_itself(&self, mut program: ClosedJaxpr) -> ClosedJaxpr {
        let jaxpr = &mut program.jaxpr;
        let read: Vec<Atom> = jaxpr.eqns.iter().flat_map(|eqn| &eqn.inputs).chain(&jaxpr.outs).copied().collect();
        let again = |primitive: &Primitive| matches!(primitive, Primitive::Extension(other) if other.name == self.name);
        jaxpr.eqns.retain(|eqn| read.contains(&Atom::Var(eqn.output)) || !again(&eqn.primitive));
        program
    }

    /// What its transpose writes with `emit`, for the operands that are not `linear`.
    pub(super) fn transpose(
        &self,
        avals: &[ShapedArray],
        x: &[Atom],
        linear: &[bool],
        ct: Atom,
        emit: Emit<'_>,
    ) -> Result<Vec<Option<Atom>>> {
        let known = |i: &usize| !linear[*i];
        let indices: Vec<usize> = (0..x.len()).filter(known).collect();
        let mut types: Vec<ShapedArray> = indices.iter().map(|&i| avals[i].clone()).collect();
        types.push(self.operation.aval(avals)?);
        let atoms: Vec<Atom> = indices.iter().map(|&i| x[i]).chain([ct]).collect();
        let mut failed = None;
        let mut present = Vec::new();
        let program = trace(&types, |inputs| {
            let mut values = inputs.iter().cloned();
            let operands: Vec<Option<Array>> =
                linear.iter().map(|&linear| if linear { None } else { values.next() }).collect();
            match self.operation.transpose(avals, &operands, &inputs[indices.len()]) {
                Ok(cotangents) => {
                    present = cotangents.iter().map(Option::is_some).collect();
                    cotangents.into_iter().flatten().collect()
                }
                Err(error) => {
                    failed = Some(error);
                    Vec::new()
                }
            }
        })?;
        failed.map_or(Ok(()), Err)?;
        let mut written = inlined(&program, &atoms, emit)?.into_iter();
        Ok(present.into_iter().map(|present| if present { written.next() } else { None }).collect())
    }

    /// What its rule for several examples writes with `emit`: mapped operands and the result have their examples along the first axis.
    pub(super) fn batch(
        &self,
        avals: &[ShapedArray],
        x: &[Atom],
        mapped: &[bool],
        size: usize,
        emit: Emit<'_>,
    ) -> Result<Atom> {
        let program = trace(avals, |inputs| vec![self.operation.batch(self, &inputs, mapped, size).into()])?;
        inlined(&program, x, emit)?
            .pop()
            .ok_or_else(|| Error::tree("vmap", "the rule of an operation gave nothing", "Return an array."))
    }
}

impl PartialEq for Extension {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.operation, &other.operation)
            || (self.name == other.name && self.operation.parameters() == other.operation.parameters())
    }
}

impl Eq for Extension {}

impl Hash for Extension {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
        self.operation.parameters().hash(state);
    }
}

/// Writes an equation into a program and gives its result.
pub(super) type Emit<'e> = &'e mut dyn FnMut(Primitive, &[Atom]) -> Result<Atom>;

/// Writes a traced rule on these arguments; gives its results.
fn inlined(program: &ClosedJaxpr, args: &[Atom], emit: Emit<'_>) -> Result<Vec<Atom>> {
    if !program.consts.is_empty() {
        return Err(Error::tree("trace", "a rule closes over an array", "Make it of scalars and `iota`."));
    }
    inline(&program.jaxpr, args, emit)
}

/// Writes a program without constants on these arguments; gives its results.
pub(super) fn inline(jaxpr: &Jaxpr, args: &[Atom], emit: Emit<'_>) -> Result<Vec<Atom>> {
    let mut values: Vec<Option<Atom>> = vec![None; jaxpr.avals.len()];
    for (var, &atom) in jaxpr.invars.iter().zip(args) {
        values[var.0 as usize] = Some(atom);
    }
    let read = |values: &[Option<Atom>], atom: Atom| match atom {
        Atom::Lit(_) => atom,
        Atom::Var(var) => values[var.0 as usize].unwrap_or(atom),
    };
    for eqn in &jaxpr.eqns {
        let inputs: Vec<Atom> = eqn.inputs.iter().map(|&atom| read(&values, atom)).collect();
        values[eqn.output.0 as usize] = Some(emit(eqn.primitive.clone(), &inputs)?);
    }
    Ok(jaxpr.outs.iter().map(|&atom| read(&values, atom)).collect())
}
