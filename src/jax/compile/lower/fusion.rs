//! [`Fusions`]: which values the compiler keeps in memory, and which it computes again inside every loop that needs them.
//!
//! XLA puts operations into one loop ("fusion") with their consumers, and computes a cheap value anew in every loop that
//! needs it rather than storing it. Where a product is contracted with a sum depends on this: they must be in one loop. These
//! are the rules of XLA's `InstructionFusion` and `CpuInstructionFusion` (openxla/xla, `xla/service/instruction_fusion.cc` and `xla/service/cpu/
//! cpu_instruction_fusion.cc`), as far as they can show in a result; checked against the fusions in the optimized programs that
//! `jax.jit(f).lower(...).compile().as_text()` prints.

use crate::base::order::order_by;

use super::super::super::core::{Atom, Jaxpr, Primitive, Var};
use super::super::super::extension::Fused;
use super::super::super::kernel::sums::WINDOW;

/// For each equation, what is known of its ways to users.
type Paths = Vec<Vec<(usize, bool)>>;

/// Which values of a program are stored, and which are computed inside the loops that use them.
pub struct Fusions<'a> {
    jaxpr: &'a Jaxpr,
    /// For each variable, the equation that defines it.
    definitions: Vec<Option<usize>>,
    /// For each variable, the equations that read it.
    users: Vec<Vec<usize>>,
    is_output: Vec<bool>,
    /// For each equation, the variables that its result depends on.
    reaches: Vec<Vec<bool>>,
    /// For each variable, whether loops may not compute it again.
    only_stored: Vec<bool>,
    /// For each variable, whether a loop that contains it reads its elements more than once, because of a broadcast further on.
    reused: Vec<bool>,
    /// For each variable, whether it is stored, by a loop of its own.
    stored: Vec<bool>,
}

fn variables(atoms: &[Atom]) -> impl Iterator<Item = Var> {
    atoms.iter().filter_map(|atom| match atom {
        Atom::Var(var) => Some(*var),
        Atom::Lit(_) => None,
    })
}

impl<'a> Fusions<'a> {
    /// Decides for every value of a program.
    pub fn new(jaxpr: &'a Jaxpr) -> Self {
        let count = jaxpr.avals.len();
        let mut fusions = Self {
            jaxpr,
            definitions: vec![None; count],
            users: vec![Vec::new(); count],
            is_output: vec![false; count],
            reaches: Vec::new(),
            only_stored: vec![false; count],
            reused: vec![false; count],
            stored: vec![true; count],
        };
        for (at, eqn) in jaxpr.eqns.iter().enumerate() {
            fusions.definitions[eqn.output.index()] = Some(at);
            let mut reaches = vec![false; count];
            reaches[eqn.output.index()] = true;
            for var in variables(&eqn.inputs) {
                reaches[var.index()] = true;
                if let Some(before) = fusions.definitions[var.index()] {
                    reaches.iter_mut().zip(&fusions.reaches[before]).for_each(|(a, b)| *a |= b);
                }
                if !fusions.users[var.index()].contains(&at) {
                    fusions.users[var.index()].push(at);
                }
            }
            fusions.reaches.push(reaches);
        }
        for var in variables(&jaxpr.outs) {
            fusions.is_output[var.index()] = true;
        }
        fusions.decide();
        fusions
    }

    fn decide(&mut self) {
        let mut paths = vec![Vec::new(); self.jaxpr.eqns.len()];
        for at in (0..self.jaxpr.eqns.len()).rev() {
            let var = self.jaxpr.eqns[at].output;
            self.only_stored[var.index()] = self.is_only_stored(at, &mut paths);
        }
        for at in (0..self.jaxpr.eqns.len()).rev() {
            let var = self.jaxpr.eqns[at].output;
            let users = &self.users[var.index()];
            let reused = users.iter().any(|&user| {
                enlarges(self.jaxpr, user)
                    || (self.is_fused(var, user) && self.reused[self.jaxpr.eqns[user].output.index()])
            });
            self.reused[var.index()] = reused;
            let users = &self.users[var.index()];
            self.stored[var.index()] =
                self.is_output[var.index()] || users.iter().any(|&user| !self.is_fused(var, user));
        }
    }

    /// The equation that defines a variable; `None` for arguments.
    pub fn definition(&self, var: Var) -> Option<usize> {
        self.definitions[var.index()]
    }

    /// Whether the value is stored: it is an argument, or the result of a loop of its own or of a library routine.
    pub fn is_stored(&self, var: Var) -> bool {
        self.stored[var.index()]
    }

    /// Whether the loop that contains equation `user` computes `var` itself instead of reading it.
    pub fn is_fused(&self, var: Var, user: usize) -> bool {
        let Some(at) = self.definitions[var.index()] else { return false };
        if self.only_stored[var.index()] || !self.can_fuse(at, user) {
            return false;
        }
        !(self.jaxpr.eqns[at].primitive.facts().is_expensive && self.reused[var.index()])
    }

    /// The rules that look at a producer and one of its consumers only.
    fn can_fuse(&self, at: usize, user: usize) -> bool {
        let (producer, consumer) = (&self.jaxpr.eqns[at], &self.jaxpr.eqns[user]);
        if !self.is_loop(at) || !self.is_loop(user) || self.is_windowed(user) {
            return false;
        }
        let users = self.users[producer.output.index()].len() + usize::from(self.is_output[producer.output.index()]);
        let expensive = producer.primitive.facts().is_expensive;
        let reuses = enlarges(self.jaxpr, user) || matches!(consumer.primitive, Primitive::Gather { .. });
        !(expensive && (users > 1 || reuses))
    }

    /// Whether an equation is computed by a loop that the compiler writes, and not by a routine of its own.
    fn is_loop(&self, at: usize) -> bool {
        match &self.jaxpr.eqns[at].primitive {
            Primitive::DotGeneral(_) | Primitive::ScatterAdd { .. } => false,
            Primitive::Extension(extension) => extension.fused != Fused::Apart,
            _ => true,
        }
    }

    /// Whether an equation is a sum that is cut into windows, which reads its terms from memory.
    fn is_windowed(&self, at: usize) -> bool {
        let eqn = &self.jaxpr.eqns[at];
        match &eqn.primitive {
            Primitive::ReduceSum { axes } | Primitive::ReduceMax { axes } => {
                let shape = self.jaxpr.aval(eqn.inputs[0]).shape;
                axes.iter().any(|&axis| shape[axis] > WINDOW)
            }
            _ => false,
        }
    }

    /// Whether a value must not be computed again in its consumers: doing so would read more memory, and some consumer needs it stored anyway
    /// (`ComputeGloballyUnfusible`).
    fn is_only_stored(&self, at: usize, paths: &mut Paths) -> bool {
        let eqn = &self.jaxpr.eqns[at];
        let size = self.jaxpr.aval(Atom::Var(eqn.output)).size();
        let mut unique: Vec<Var> = variables(&eqn.inputs).collect();
        order_by(&mut unique, |a, b| a > b);
        unique.dedup();
        let read: usize = unique.iter().map(|&var| self.jaxpr.avals[var.index()].size()).sum();
        if self.is_effectively_unary(at) || read <= size {
            return false;
        }
        self.is_output[eqn.output.index()]
            || self.users[eqn.output.index()].iter().any(|&user| !self.can_fuse_on_all_paths(at, user, paths))
    }

    fn can_fuse_on_all_paths(&self, at: usize, user: usize, paths: &mut Paths) -> bool {
        if at == user {
            return true;
        }
        if let Some(&(_, known)) = paths[at].iter().find(|(known, _)| *known == user) {
            return known;
        }
        let producer = self.jaxpr.eqns[at].output;
        let fits = variables(&self.jaxpr.eqns[user].inputs).all(|operand| {
            let Some(before) = self.definitions[operand.index()] else { return true };
            !self.reaches[before][producer.index()]
                || (!self.only_stored[operand.index()]
                    && self.can_fuse(before, user)
                    && self.can_fuse_on_all_paths(at, before, paths))
        });
        paths[at].push((user, fits));
        fits
    }

    /// Whether at most one operand has as many axes longer than 1 as the result.
    fn is_effectively_unary(&self, at: usize) -> bool {
        let eqn = &self.jaxpr.eqns[at];
        let true_rank = |atom: Atom| self.jaxpr.aval(atom).shape.iter().filter(|&&size| size > 1).count();
        let rank = true_rank(Atom::Var(eqn.output));
        let is_large = |atom: &&Atom| match **atom {
            Atom::Lit(_) => false,
            Atom::Var(var) => {
                let by = self.definitions[var.index()].map(|at| &self.jaxpr.eqns[at].primitive);
                let small = matches!(by, Some(Primitive::BroadcastInDim { .. } | Primitive::Iota { .. }));
                !small && true_rank(**atom) >= rank
            }
        };
        eqn.inputs.iter().filter(is_large).count() <= 1
    }
}

/// Whether an equation reads elements of its operand more than once.
fn enlarges(jaxpr: &Jaxpr, at: usize) -> bool {
    let eqn = &jaxpr.eqns[at];
    let size = jaxpr.aval(Atom::Var(eqn.output)).size();
    let stretches = eqn.primitive.is_in_loops() || matches!(eqn.primitive, Primitive::BroadcastInDim { .. });
    stretches && variables(&eqn.inputs).any(|var| jaxpr.avals[var.index()].size() < size)
}
