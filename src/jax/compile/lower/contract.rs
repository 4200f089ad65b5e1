//! [`contract`]: products and sums that meet in one loop become fused multiply-adds.
//!
//! XLA allows LLVM to contract `a·b + c` into one operation that rounds once. LLVM does it when it selects instructions
//! (`DAGCombiner::visitFADDForFMACombine`): the product must be in the same loop (see [`super::fusion`]), and nothing else in that loop may read it.
//! If both terms are such products, the one that stands first is contracted, and the other is rounded; which one stands first is told by
//! [`Ranks`].

use crate::base::error::Result;
use crate::base::order::order_by;

use super::super::super::core::{Atom, DType, Eqn, Jaxpr, Lowered, Primitive, Var};
use super::super::super::kernel::sums::WINDOW;
use super::super::rewrite::{Names, Rewriter, rebuild, renamed};
use super::super::rule::Log;
use super::super::simplify::reshape;
use super::fusion::Fusions;

/// The program with fused multiply-adds.
///
/// # Errors
/// The program is ill-formed.
pub fn contract(jaxpr: &Jaxpr, log: &mut Log) -> Result<Jaxpr> {
    let fusions = Fusions::new(jaxpr);
    let after = rebuild(jaxpr, &mut |r, names, at| {
        let eqn = &jaxpr.eqns[at];
        let is_stored = fusions.is_stored(eqn.output);
        if is_stored { Loop::new(jaxpr, &fusions, at).emit(r, names, log).map(Some) } else { Ok(None) }
    })?;
    log.end("contract", jaxpr, &after);
    Ok(after.jaxpr)
}

/// One loop of the compiled program: the equations that are computed together to store one value.
struct Loop<'a> {
    jaxpr: &'a Jaxpr,
    /// The equations, in order; the last one gives the stored value.
    equations: Vec<usize>,
    /// For each variable that the loop computes, the equation, and how often the loop reads it.
    computed: Vec<(Var, usize, usize)>,
}

impl<'a> Loop<'a> {
    fn new(jaxpr: &'a Jaxpr, fusions: &Fusions<'_>, root: usize) -> Self {
        let mut computed = vec![(jaxpr.eqns[root].output, root, 1)];
        let mut equations = vec![root];
        let mut next = 0;
        while let Some(&at) = equations.get(next) {
            next += 1;
            for &atom in &jaxpr.eqns[at].inputs {
                let Atom::Var(var) = atom else { continue };
                let Some(definition) = fusions.definition(var).filter(|_| fusions.is_fused(var, at)) else { continue };
                if let Some((_, _, reads)) = computed.iter_mut().find(|(known, ..)| *known == var) {
                    *reads += 1;
                } else {
                    equations.push(definition);
                    computed.push((var, definition, 1));
                }
            }
        }
        order_by(&mut equations, |a, b| a > b);
        Self { jaxpr, equations, computed }
    }

    /// The variable and the equation that computes it in this loop, if one does.
    fn computed_at(&self, atom: Atom) -> Option<(Var, usize)> {
        match atom {
            Atom::Var(var) => self.computed(var).map(|(at, _)| (var, at)),
            Atom::Lit(_) => None,
        }
    }

    /// The equation that computes a variable in this loop, and how often the loop reads it.
    fn computed(&self, var: Var) -> Option<(usize, usize)> {
        self.computed.iter().find(|(known, ..)| *known == var).map(|&(_, at, reads)| (at, reads))
    }

    /// Writes the loop's equations and gives what stands for its value; names what it computes on the way where no other loop has.
    fn emit(&self, r: &mut Rewriter, stored: &mut Names, log: &mut Log) -> Result<Atom> {
        let mut names = stored.clone();
        for (var, ..) in &self.computed {
            names[var.index()] = None;
        }
        let mut last = Atom::f32(0.0);
        let ranks = Ranks::new(self);
        for &at in &self.equations {
            let eqn = &self.jaxpr.eqns[at];
            last = if let Some(atom) = self.contracted(r, &names, &ranks, eqn)? {
                let is_sum = matches!(eqn.primitive, Primitive::ReduceSum { .. });
                log.fire(if is_sum { "sum_of_products" } else { "fused_multiply_add" }, at);
                r.stretched(atom, &self.jaxpr.avals[eqn.output.index()].shape)?
            } else {
                let inputs: Vec<Atom> = eqn.inputs.iter().map(|&atom| renamed(&names, atom)).collect();
                r.emit(eqn.primitive.clone(), &inputs)?
            };
            names[eqn.output.index()] = Some(last);
        }
        for (var, ..) in &self.computed {
            let name = &mut stored[var.index()];
            *name = name.or(names[var.index()]);
        }
        Ok(last)
    }

    fn contracted(&self, r: &mut Rewriter, names: &Names, ranks: &Ranks, eqn: &Eqn) -> Result<Option<Atom>> {
        match eqn.primitive {
            Primitive::Add => self.sum(r, names, ranks, eqn, false),
            Primitive::Sub => self.sum(r, names, ranks, eqn, true),
            Primitive::ReduceSum { ref axes } => self.reduction(r, names, eqn, axes),
            _ => Ok(None),
        }
    }

    /// `x·y + c` and `c − x·y`, for products that nothing else in the loop reads.
    fn sum(&self, r: &mut Rewriter, names: &Names, ranks: &Ranks, eqn: &Eqn, minus: bool) -> Result<Option<Atom>> {
        let [left, right] = [eqn.inputs[0], eqn.inputs[1]];
        let swapped = !minus && ranks.of(right) < ranks.of(left);
        let first = if swapped { [right, left] } else { [left, right] };
        let shape = &self.jaxpr.avals[eqn.output.index()].shape;
        if let Some([x, y]) = self.product(r, names, first[0], shape)? {
            let addend = renamed(names, first[1]);
            let addend = if minus { negated(r, addend)? } else { addend };
            return r.emit(Primitive::Lowered(Lowered::Fma), &[x, y, addend]).map(Some);
        }
        if let Some([x, y]) = self.product(r, names, first[1], shape)? {
            let x = if minus { negated(r, x)? } else { x };
            return r.emit(Primitive::Lowered(Lowered::Fma), &[x, y, renamed(names, first[0])]).map(Some);
        }
        Ok(None)
    }

    /// A sum of at most 32 products is a chain of fused multiply-adds.
    fn reduction(&self, r: &mut Rewriter, names: &Names, eqn: &Eqn, axes: &[usize]) -> Result<Option<Atom>> {
        let shape = self.jaxpr.aval(eqn.inputs[0]).shape;
        if axes.iter().any(|&axis| shape[axis] > WINDOW) {
            return Ok(None);
        }
        let Some([x, y]) = self.product(r, names, eqn.inputs[0], &shape)? else { return Ok(None) };
        let axes = axes.to_vec();
        if x == y && r.shape(x) == shape {
            return r.emit(Primitive::Lowered(Lowered::SumOfSquares { axes }), &[x]).map(Some);
        }
        let [x, y] = if r.shape(x) == shape { [x, y] } else { [y, x] };
        if r.shape(x) == shape {
            r.emit(Primitive::Lowered(Lowered::SumOfProducts { axes }), &[x, y]).map(Some)
        } else {
            Ok(None)
        }
    }

    /// The factors of a float product that is computed in this loop for one reader of shape `reader`, seen through movements and a sign.
    fn product(&self, r: &mut Rewriter, names: &Names, atom: Atom, reader: &[usize]) -> Result<Option<[Atom; 2]>> {
        let Atom::Var(var) = atom else { return Ok(None) };
        let Some((at, 1)) = self.computed(var) else { return Ok(None) };
        let eqn = &self.jaxpr.eqns[at];
        let to = &self.jaxpr.avals[var.index()].shape;
        // what is stretched is computed once for several turns, outside of the innermost loop or before them all, so no sum finds it in its own block
        if to != reader {
            return Ok(None);
        }
        match &eqn.primitive {
            Primitive::Mul if self.jaxpr.aval(atom).dtype == DType::F32 => {
                Ok(Some([renamed(names, eqn.inputs[0]), renamed(names, eqn.inputs[1])]))
            }
            Primitive::Neg => match self.product(r, names, eqn.inputs[0], to)? {
                Some([x, y]) => Ok(Some([negated(r, x)?, y])),
                None => Ok(None),
            },
            Primitive::Reshape { .. } | Primitive::BroadcastInDim { .. } | Primitive::Transpose { .. } => {
                let from = self.jaxpr.aval(eqn.inputs[0]).shape;
                let seen = seen_from(&eqn.primitive, &from, to);
                if seen != *to {
                    return Ok(None);
                }
                let Some([x, y]) = self.product(r, names, eqn.inputs[0], &from)? else { return Ok(None) };
                Ok(Some([moved(r, &eqn.primitive, x, &from, to)?, moved(r, &eqn.primitive, y, &from, to)?]))
            }
            _ => Ok(None),
        }
    }
}

/// The shape of a movement's operand, its axes placed where the result has them.
fn seen_from(movement: &Primitive, from: &[usize], to: &[usize]) -> Vec<usize> {
    match movement {
        Primitive::BroadcastInDim { broadcast_dimensions, .. } => {
            let mut seen = vec![1; to.len()];
            broadcast_dimensions.iter().zip(from).for_each(|(&axis, &size)| seen[axis] = size);
            seen
        }
        _ => to.to_vec(),
    }
}

/// A factor of a product of shape `from`, moved as the product was, to shape `to`. A scalar factor stays one.
fn moved(r: &mut Rewriter, movement: &Primitive, x: Atom, from: &[usize], to: &[usize]) -> Result<Atom> {
    if r.shape(x).is_empty() {
        return Ok(x);
    }
    let x = if r.shape(x) == from {
        x
    } else {
        let broadcast_dimensions = (0..from.len()).collect();
        r.emit(Primitive::BroadcastInDim { shape: from.to_vec(), broadcast_dimensions }, &[x])?
    };
    match movement {
        Primitive::Reshape { .. } => reshape(r, x, to),
        _ => r.emit(movement.clone(), &[x]),
    }
}

fn negated(r: &mut Rewriter, atom: Atom) -> Result<Atom> {
    match r.constant_f32(atom) {
        Some(x) if r.shape(atom).is_empty() => Ok(Atom::f32(-x)),
        _ => r.emit(Primitive::Neg, &[atom]),
    }
}

/// In which order the values of a loop stand in the compiled code.
///
/// LLVM's `Reassociate` pass puts the operand of lower rank first in a sum; a value read from memory has the rank of its
/// place in the code, a computed one is one above its highest operand. So mostly the product whose operands are read first is contracted. XLA
/// writes the code of a loop from its elementwise operations in post-order, left operand first; operands behind a reshape or another movement are
/// written only when the operation that reads them is. In a loop over several elements, what is the same for all of them is computed before
/// the loop.
struct Ranks {
    /// For each variable, its rank as soon as that is known.
    known: Vec<Option<usize>>,
    /// Values read so far before the loop, and in it.
    reads: [usize; 2],
    /// Whether the loop runs over several elements.
    several: bool,
}

/// The rank of the first block of code, and how much higher that of the next one is.
const BLOCK: usize = 1 << 16;

impl Ranks {
    fn new(of: &Loop<'_>) -> Self {
        let mut ranks = Self { known: vec![None; of.jaxpr.avals.len()], reads: [BLOCK, 2 * BLOCK], several: false };
        if let Some(&root) = of.equations.last() {
            ranks.several = of.jaxpr.aval(Atom::Var(of.jaxpr.eqns[root].output)).size() > 1;
            ranks.write(of, root);
        }
        ranks
    }

    fn of(&self, atom: Atom) -> usize {
        match atom {
            Atom::Var(var) => self.known[var.index()].unwrap_or(0),
            Atom::Lit(_) => 0,
        }
    }

    /// Writes the code for an equation and all that it needs.
    fn write(&mut self, of: &Loop<'_>, root: usize) {
        let mut stack = vec![root];
        let mut order = Vec::new();
        while let Some(at) = stack.pop() {
            order.push(at);
            let operands = of.jaxpr.eqns[at].inputs.iter().filter_map(|&atom| of.computed_at(atom));
            let ready = operands.filter(|&(var, before)| {
                let pair = [at, before].map(|at| &of.jaxpr.eqns[at]);
                let [shape, other] = pair.map(|eqn| &of.jaxpr.avals[eqn.output.index()].shape);
                shape == other
                    && pair.into_iter().all(|eqn| eqn.primitive.is_in_loops())
                    && self.known[var.index()].is_none()
            });
            stack.extend(ready.map(|(_, before)| before));
        }
        for &at in order.iter().rev() {
            let eqn = &of.jaxpr.eqns[at];
            for &atom in &eqn.inputs {
                let Atom::Var(var) = atom else { continue };
                if self.known[var.index()].is_some() {
                    continue;
                }
                match of.computed_at(atom) {
                    Some((_, before)) => self.write(of, before),
                    None => self.read(var, of.jaxpr.aval(atom).size()),
                }
            }
            let operands = eqn.inputs.iter().map(|&atom| self.of(atom)).max().unwrap_or(0);
            self.known[eqn.output.index()] = Some(operands + usize::from(eqn.primitive.is_in_loops()));
        }
    }

    fn read(&mut self, var: Var, size: usize) {
        let reads = &mut self.reads[usize::from(self.several && size > 1)];
        *reads += 1;
        self.known[var.index()] = Some(*reads);
    }
}
