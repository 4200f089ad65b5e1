//! [`Call`]: a jitted function inside another function.

use std::borrow::Cow;
use std::rc::Rc;

use crate::base::error::Result;

use super::super::core::{Atom, Eqn, Jaxpr, Literal, Primitive, ShapedArray};
use super::super::extension::{Operation, Printed};
use super::{Control, Layout, Program, layout};

/// `jit`: a program that is compiled, and rounded, by itself where what is around it is computed operation by operation; where that is compiled, it is
/// a part of it ([`without_calls`]).
#[derive(Clone, Debug)]
pub struct Call {
    /// The function's name.
    pub name: Rc<str>,
    /// Whether it is written into programs that it is a part of: among these are the linear ones that reverse mode runs backward.
    pub inline: bool,
    /// What it computes.
    pub program: Program,
    /// The types of its results.
    pub results: Layout,
    /// The loop that the program is the turns of, if it is one.
    pub turns: Option<Turns>,
}

/// A loop with a known number of turns (`lax.scan`), as its equation is printed; it is computed, differentiated and mapped as the program that its turns make up.
#[derive(Clone, Debug)]
pub struct Turns {
    /// One turn: constants, what goes from turn to turn and a slice of each input give what goes on and what is collected.
    pub body: Program,
    /// How many turns there are.
    pub length: usize,
    /// How many constants a turn takes, and how many values go from turn to turn.
    pub counts: [usize; 2],
    /// Whether the last slice comes first.
    pub reverse: bool,
    /// How many turns a program was asked to take at once.
    pub unroll: usize,
}

impl Turns {
    fn numbers(&self) -> [(&'static str, String); 5] {
        let [carry, constants] = [self.counts[1], self.counts[0]].map(|count| count.to_string());
        let reverse = if self.reverse { "True" } else { "False" };
        [
            ("length", self.length.to_string()),
            ("num_carry", carry),
            ("num_consts", constants),
            ("reverse", reverse.to_owned()),
            ("unroll", self.unroll.to_string()),
        ]
    }
}

impl Call {
    /// A call of a program.
    #[must_use]
    pub fn new(name: Rc<str>, inline: bool, program: Program) -> Self {
        let jaxpr = program.jaxpr();
        let results = jaxpr.outs.iter().map(|&out| jaxpr.aval(out)).collect();
        Self { name, inline, program, results, turns: None }
    }
}

impl Operation for Call {
    fn name(&self) -> &'static str {
        if self.turns.is_some() { "scan" } else { "jit" }
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        let numbers = self.turns.iter().flat_map(Turns::numbers);
        [("name", self.name.to_string()), ("jaxpr", self.program.text().to_owned())]
            .into_iter()
            .chain(numbers)
            .collect()
    }

    fn printed(&self) -> Vec<(&'static str, Printed<'_>)> {
        if let Some(turns) = &self.turns {
            let numbers = turns.numbers().map(|(name, text)| (name, Printed::Text(text)));
            return std::iter::once(("jaxpr", Printed::Program(turns.body.jaxpr()))).chain(numbers).collect();
        }
        vec![("name", Printed::Text(self.name.to_string())), ("jaxpr", Printed::Program(self.program.jaxpr()))]
    }

    fn aval(&self, _: &[ShapedArray]) -> Result<ShapedArray> {
        Ok(layout(&self.results))
    }

    fn prepare(&self) -> Result<()> {
        self.program.prepare()
    }

    fn run(&self, _: &[ShapedArray], inputs: &[&[u32]], out: &mut [u32]) {
        let Some(mut program) = self.program.executable() else { return };
        for (i, words) in inputs.iter().enumerate() {
            program.input_mut(i).copy_from_slice(words);
        }
        program.run();
        let mut at = 0;
        for (i, aval) in self.results.iter().enumerate() {
            out[at..at + aval.size()].copy_from_slice(program.output(i));
            at += aval.size();
        }
    }

    fn control(&self) -> Option<Control<'_>> {
        Some(Control::Call(self))
    }
}

/// The tangents of a [`Call`] while it is differentiated in reverse mode: its operands are what the way forward has kept, and the tangents of what the function
/// takes; its results the tangents of the floats that it returns. It is never computed, but transposed.
#[derive(Clone, Debug)]
pub struct CallTangents {
    /// The function's name.
    pub name: Rc<str>,
    /// Whether the way back is computed operation by operation.
    pub inline: bool,
    /// From what was kept and a cotangent of every result to a cotangent for every tangent.
    pub backward: Program,
    /// How many arrays were kept.
    pub kept: usize,
    /// The types of the tangents that it returns.
    pub results: Layout,
}

impl Operation for CallTangents {
    fn name(&self) -> &'static str {
        "jit_tangents"
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        vec![("backward", self.backward.text().to_owned())]
    }

    fn aval(&self, _: &[ShapedArray]) -> Result<ShapedArray> {
        Ok(layout(&self.results))
    }

    fn run(&self, _: &[ShapedArray], _: &[&[u32]], out: &mut [u32]) {
        out.fill(f32::NAN.to_bits());
    }

    fn control(&self) -> Option<Control<'_>> {
        Some(Control::CallTangents(self))
    }
}

fn called(eqn: &Eqn) -> Option<Control<'_>> {
    match &eqn.primitive {
        Primitive::Extension(extension) => extension.operation.control(),
        _ => None,
    }
}

fn written_out(eqn: &Eqn) -> Option<(&Jaxpr, usize)> {
    match &eqn.primitive {
        Primitive::Extension(extension) => extension.operation.written_out(),
        _ => None,
    }
}

/// The literal as those are that the compiler knows.
fn plain(atom: Atom) -> Atom {
    match atom {
        Atom::Lit(literal @ Literal::Python(_)) => Atom::Lit(Literal::from_bits(literal.bits(), literal.dtype())),
        _ => atom,
    }
}

/// Whether the program says something as only what is printed does.
fn is_spoken(jaxpr: &Jaxpr) -> bool {
    let python = |atom: &Atom| matches!(atom, Atom::Lit(Literal::Python(_)));
    jaxpr.outs.iter().any(python) || jaxpr.eqns.iter().any(|eqn| eqn.inputs.iter().any(python))
}

/// The program with the programs that it calls written into it, which is what is compiled.
///
/// # Errors
/// The program is ill-formed.
pub fn without_calls(jaxpr: &Jaxpr) -> Result<Cow<'_, Jaxpr>> {
    if !is_spoken(jaxpr)
        && !jaxpr.eqns.iter().any(|eqn| matches!(called(eqn), Some(Control::Call(_))) || written_out(eqn).is_some())
    {
        return Ok(Cow::Borrowed(jaxpr));
    }
    let mut new = Jaxpr::default();
    new.constvars = jaxpr.constvars.iter().map(|&var| new.fresh(jaxpr.aval(Atom::Var(var)))).collect();
    new.invars = jaxpr.invars.iter().map(|&var| new.fresh(jaxpr.aval(Atom::Var(var)))).collect();
    let args: Vec<Atom> = new.constvars.iter().chain(&new.invars).map(|&var| Atom::Var(var)).collect();
    new.outs = write(&mut new, jaxpr, &args)?;
    Ok(Cow::Owned(new))
}

/// Writes a program, and what it calls, on these constants and arguments; gives its results.
fn write(new: &mut Jaxpr, jaxpr: &Jaxpr, args: &[Atom]) -> Result<Vec<Atom>> {
    let mut values: Vec<Option<Atom>> = vec![None; jaxpr.avals.len()];
    let mut bundles: Vec<Option<Vec<Atom>>> = vec![None; jaxpr.avals.len()];
    for (var, &atom) in jaxpr.constvars.iter().chain(&jaxpr.invars).zip(args) {
        values[var.index()] = Some(atom);
    }
    let read = |values: &[Option<Atom>], atom: Atom| match atom {
        Atom::Lit(_) => Ok(plain(atom)),
        Atom::Var(var) => values[var.index()].ok_or_else(|| Jaxpr::unbound("jit", var)),
    };
    for eqn in &jaxpr.eqns {
        if let (Some(Control::Part(part)), Some(Atom::Var(bundle))) = (called(eqn), eqn.inputs.first())
            && let Some(results) = &bundles[bundle.index()]
        {
            values[eqn.output.index()] = Some(results[part.index]);
            continue;
        }
        let inputs = eqn.inputs.iter().map(|&atom| read(&values, atom)).collect::<Result<Vec<_>>>()?;
        if let Some(Control::Call(call)) = called(eqn) {
            bundles[eqn.output.index()] = Some(write(new, call.program.jaxpr(), &inputs)?);
        } else if let Some((program, which)) = written_out(eqn) {
            values[eqn.output.index()] = Some(write(new, program, &inputs)?.swap_remove(which));
        } else {
            values[eqn.output.index()] = Some(new.emit(eqn.primitive.clone(), &inputs)?);
        }
    }
    jaxpr.outs.iter().map(|&atom| read(&values, atom)).collect()
}
