//! [`map_ensemble`]: a lowered program for several runs of it at once, the members of an ensemble, each rounded as it is alone.
//!
//! The rounding rules of [`super::lower`] look at shapes, so a program that is mapped first and lowered then rounds in other places than
//! the program itself. Here it is the other way round: what is mapped is the lowered program, in which every rounding and every order
//! of additions is said. Members lie along the *last* axis of what differs between them. So the words of four members are neighbours, and
//! generated WebAssembly computes them in the four lanes of a register: one instruction for four trainings.

use crate::base::error::{Error, Result};

use super::super::core::{Atom, Class, Jaxpr, Literal, Lowered, Primitive, Var, check_count};
use super::rewrite::rewrite;

/// A value of the mapped program, with an axis of members behind its own or the same for all members.
#[derive(Clone, Copy, Debug)]
struct Value {
    atom: Atom,
    mapped: bool,
}

/// The program that runs `jaxpr` for an ensemble of this many `members` at once. `inputs` says which arguments differ between them and have one more axis, the
/// last one, for them; the others, and constants, are shared. `outputs` says which results are to have that axis.
///
/// # Errors
/// `inputs` or `outputs` have another length than the program's arguments or results, a result differs between members that is said to be
/// shared, the program is ill-formed, or an array would have too many axes.
pub fn map_ensemble(jaxpr: &Jaxpr, inputs: &[bool], outputs: &[bool], members: usize) -> Result<Jaxpr> {
    check_count("map_ensemble", "inputs", inputs.len(), jaxpr.invars.len(), "arguments")?;
    check_count("map_ensemble", "outputs", outputs.len(), jaxpr.outs.len(), "outputs")?;
    let mut m = Mapper { new: Jaxpr::default(), members };
    let mut names: Vec<Option<Value>> = vec![None; jaxpr.avals.len()];
    for &var in &jaxpr.constvars {
        let new = m.argument(jaxpr, var, false);
        m.new.constvars.push(new);
        names[var.index()] = Some(Value { atom: Atom::Var(new), mapped: false });
    }
    for (&var, &mapped) in jaxpr.invars.iter().zip(inputs) {
        let new = m.argument(jaxpr, var, mapped);
        m.new.invars.push(new);
        names[var.index()] = Some(Value { atom: Atom::Var(new), mapped });
    }
    let read = |names: &[Option<Value>], atom: Atom| match atom {
        Atom::Lit(_) => Ok(Value { atom, mapped: false }),
        Atom::Var(var) => names[var.index()].ok_or_else(|| Jaxpr::unbound("map_ensemble", var)),
    };
    for eqn in &jaxpr.eqns {
        let operands = eqn.inputs.iter().map(|&atom| read(&names, atom)).collect::<Result<Vec<_>>>()?;
        let mapped = operands.iter().any(|x| x.mapped);
        let atom = if mapped {
            m.rule(&eqn.primitive, &operands)?
        } else {
            let inputs: Vec<Atom> = operands.iter().map(|x| x.atom).collect();
            m.new.emit(eqn.primitive.clone(), &inputs)?
        };
        names[eqn.output.index()] = Some(Value { atom, mapped });
    }
    for (i, (&atom, &wanted)) in jaxpr.outs.iter().zip(outputs).enumerate() {
        let out = read(&names, atom)?;
        if out.mapped && !wanted {
            let problem = format!("output {i} differs between members, and `outputs` says that it does not");
            return Err(Error::axis("map_ensemble", problem, "Ask for it with an axis of members."));
        }
        let out = if wanted { m.widen(out)? } else { out.atom };
        m.new.outs.push(out);
    }
    // without the equations that are written twice
    Ok(rewrite(&m.new, &mut |_, _, _| Ok(None))?.jaxpr)
}

/// The mapped program under construction.
struct Mapper {
    new: Jaxpr,
    members: usize,
}

impl Mapper {
    fn argument(&mut self, jaxpr: &Jaxpr, var: Var, mapped: bool) -> Var {
        let mut aval = jaxpr.aval(Atom::Var(var));
        if mapped {
            aval.shape.push(self.members);
        }
        self.new.fresh(aval)
    }

    fn shape(&self, atom: Atom) -> Vec<usize> {
        self.new.aval(atom).shape
    }

    /// The shape that a value has for one member.
    fn shape_of_one(&self, x: Value) -> Vec<usize> {
        let mut shape = self.shape(x.atom);
        if x.mapped {
            shape.pop();
        }
        shape
    }

    fn with_members(&self, shape: &[usize]) -> Vec<usize> {
        [shape, &[self.members]].concat()
    }

    /// The value with an axis of members, repeated along it if it is the same for all.
    fn widen(&mut self, x: Value) -> Result<Atom> {
        let shape = self.shape_of_one(x);
        self.stretch(x, &shape)
    }

    /// The value with an axis of members and in this shape, which it has already or, as a scalar, is repeated to.
    fn stretch(&mut self, x: Value, shape: &[usize]) -> Result<Atom> {
        let own = self.shape_of_one(x).len();
        let full = self.with_members(shape);
        if x.mapped && own == shape.len() {
            return Ok(x.atom);
        }
        let mut broadcast_dimensions: Vec<usize> = (0..own).collect();
        if x.mapped {
            broadcast_dimensions.push(shape.len());
        }
        self.new.emit(Primitive::BroadcastInDim { shape: full, broadcast_dimensions }, &[x.atom])
    }

    /// Elementwise operands in step: an axis of size 1 in the place of the members for those that are shared, and in the place of all others for
    /// one number of each member. Shared scalars stay as they are.
    fn align(&mut self, x: &[Value]) -> Result<Vec<Atom>> {
        let rank = x.iter().map(|&x| self.shape_of_one(x).len()).max().unwrap_or(0);
        let aligned = x.iter().map(|&x| {
            let shape = self.shape_of_one(x);
            let new_sizes = match (x.mapped, shape.len()) {
                (true, 0) => self.with_members(&vec![1; rank]),
                (false, 1..) => [&shape[..], &[1]].concat(),
                _ => return Ok(x.atom),
            };
            if new_sizes == self.shape(x.atom) {
                return Ok(x.atom);
            }
            self.new.emit(Primitive::Reshape { new_sizes }, &[x.atom])
        });
        aligned.collect()
    }

    /// Writes a primitive of which some operand is mapped; its result is mapped.
    fn rule(&mut self, primitive: &Primitive, x: &[Value]) -> Result<Atom> {
        use Primitive as P;
        match primitive {
            P::DotGeneral(dims) => {
                let dots = P::Lowered(Lowered::DotOfMembers { dims: dims.clone(), mapped: [x[0].mapped, x[1].mapped] });
                self.new.emit(dots, &[x[0].atom, x[1].atom])
            }
            P::SelectN => self.select(x),
            P::Pad { padding } => self.pad(padding, x[0], x[1]),
            P::Concatenate { .. } => {
                let parts = x.iter().map(|&x| self.widen(x)).collect::<Result<Vec<_>>>()?;
                self.new.emit(primitive.clone(), &parts)
            }
            P::Gather { batch_dims } if x[1].mapped => self.in_front(P::Gather { batch_dims: batch_dims + 1 }, x),
            P::ScatterAdd { rows, batch_dims } if x[0].mapped => {
                self.in_front(P::ScatterAdd { rows: *rows, batch_dims: batch_dims + 1 }, x)
            }
            P::ScatterAdd { .. } | P::Gather { .. } => self.new.emit(primitive.clone(), &[x[0].atom, x[1].atom]),
            P::Squeeze { .. } => self.new.emit(primitive.clone(), &[x[0].atom]),
            P::BroadcastInDim { .. } | P::Reshape { .. } | P::Transpose { .. } | P::Slice { .. } => {
                let moved = self.movement(primitive);
                self.new.emit(moved, &[x[0].atom])
            }
            _ => match primitive.class() {
                // the axes of one member come first, so those of a reduction keep their numbers
                Class::Elementwise | Class::Reduction => {
                    let operands = self.align(x)?;
                    self.new.emit(primitive.clone(), &operands)
                }
                Class::Movement | Class::Contraction | Class::Indexing | Class::Source | Class::Extension => {
                    Err(primitive.unsupported("map_ensemble", "rule for members"))
                }
            },
        }
    }

    /// A movement of one operand that leaves the members where they are.
    fn movement(&self, primitive: &Primitive) -> Primitive {
        use Primitive as P;
        let with = |list: &[usize], last: usize| [list, &[last]].concat();
        match primitive {
            P::BroadcastInDim { shape, broadcast_dimensions } => P::BroadcastInDim {
                shape: self.with_members(shape),
                broadcast_dimensions: with(broadcast_dimensions, shape.len()),
            },
            P::Reshape { new_sizes } => P::Reshape { new_sizes: self.with_members(new_sizes) },
            P::Transpose { permutation } => P::Transpose { permutation: with(permutation, permutation.len()) },
            P::Slice { start_indices, limit_indices, strides } => P::Slice {
                start_indices: with(start_indices, 0),
                limit_indices: with(limit_indices, self.members),
                strides: strides.as_ref().map(|strides| with(strides, 1)),
            },
            other => other.clone(),
        }
    }

    /// Cases in one shape, and the choice in theirs unless it is one for all.
    fn select(&mut self, x: &[Value]) -> Result<Atom> {
        let [which, on_false, on_true] = [x[0], x[1], x[2]];
        let shape = self.shape_of_one(on_false);
        let one_for_all = !which.mapped && self.shape(which.atom).is_empty();
        let which = if one_for_all { which.atom } else { self.stretch(which, &shape)? };
        let cases = [self.stretch(on_false, &shape)?, self.stretch(on_true, &shape)?];
        self.new.emit(Primitive::SelectN, &[which, cases[0], cases[1]])
    }

    /// Padding that differs between members is put in by a `select_n`.
    fn pad(&mut self, padding: &[(isize, isize, usize)], x: Value, value: Value) -> Result<Atom> {
        let pad = Primitive::Pad { padding: [padding, &[(0, 0, 0)]].concat() };
        let operand = self.widen(x)?;
        if !value.mapped {
            return self.new.emit(pad, &[operand, value.atom]);
        }
        let aval = self.new.aval(operand);
        let zero = Literal::from_bits(0, aval.dtype);
        let padded = self.new.emit(pad.clone(), &[operand, Atom::Lit(zero)])?;
        let all = Primitive::BroadcastInDim { shape: aval.shape, broadcast_dimensions: vec![] };
        let inside = self.new.emit(all, &[Atom::Lit(Literal::Bool(true))])?;
        let inside = self.new.emit(pad, &[inside, Atom::Lit(Literal::Bool(false))])?;
        let mut shape = self.shape(padded);
        shape.pop();
        let around = self.stretch(value, &shape)?;
        self.new.emit(Primitive::SelectN, &[inside, around, padded])
    }

    /// A primitive whose leading axes run in step: with the members in front, and then behind again.
    fn in_front(&mut self, primitive: Primitive, x: &[Value]) -> Result<Atom> {
        let mut operands = Vec::with_capacity(x.len());
        for &x in x {
            let wide = self.widen(x)?;
            let last = self.shape(wide).len() - 1;
            let permutation = [last].into_iter().chain(0..last).collect();
            operands.push(self.new.emit(Primitive::Transpose { permutation }, &[wide])?);
        }
        let result = self.new.emit(primitive, &operands)?;
        let permutation = (1..self.shape(result).len()).chain([0]).collect();
        self.new.emit(Primitive::Transpose { permutation }, &[result])
    }
}
