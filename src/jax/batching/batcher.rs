//! [`Batcher`]: the mapped program under construction, with the moves that batching rules are made of.

use crate::base::error::{Error, Result};

use super::super::control::Layout;
use super::super::core::{Atom, Jaxpr, Primitive};
use super::super::shapes::check_axis;

/// A value of the mapped program: `axis` is its mapped axis, or `None` if all examples share it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Mapped {
    pub atom: Atom,
    pub axis: Option<usize>,
}

impl Mapped {
    pub fn at(atom: Atom, axis: usize) -> Self {
        Self { atom, axis: Some(axis) }
    }
}

/// The mapped program under construction.
pub(super) struct Batcher {
    pub jaxpr: Jaxpr,
    /// How many examples there are.
    pub size: usize,
    /// The bundles of results so far.
    pub bundles: Vec<(Atom, Bundle)>,
}

/// Several results of one equation.
pub(super) enum Bundle {
    /// Results of these types, of which these are mapped, along their first axis.
    Written(Layout, Vec<bool>),
    /// Values of the program, all mapped along their first axis.
    Values(Vec<Atom>),
}

impl Batcher {
    pub fn new(size: usize) -> Self {
        Self { jaxpr: Jaxpr::default(), size, bundles: Vec::new() }
    }

    pub fn shape(&self, atom: Atom) -> Vec<usize> {
        self.jaxpr.aval(atom).shape
    }

    pub fn ndim(&self, atom: Atom) -> usize {
        self.jaxpr.aval(atom).ndim()
    }

    pub fn emit(&mut self, primitive: Primitive, inputs: &[Atom]) -> Result<Atom> {
        self.jaxpr.emit(primitive, inputs)
    }

    /// Moves an axis to another place (`moveaxis`); nothing is written if it is there already.
    pub fn move_axis(&mut self, x: Atom, from: usize, to: usize) -> Result<Atom> {
        if from == to {
            return Ok(x);
        }
        let mut permutation: Vec<usize> = (0..self.ndim(x)).filter(|&axis| axis != from).collect();
        permutation.insert(to, from);
        self.emit(Primitive::Transpose { permutation }, &[x])
    }

    /// Repeats `x` along a new axis (`batching.broadcast`).
    pub fn broadcast(&mut self, x: Atom, size: usize, axis: usize) -> Result<Atom> {
        let mut shape = self.shape(x);
        shape.insert(axis, size);
        let broadcast_dimensions = (0..shape.len()).filter(|&i| i != axis).collect();
        self.emit(Primitive::BroadcastInDim { shape, broadcast_dimensions }, &[x])
    }

    /// `x` with its mapped axis in front; where it has none, a new axis of this size (`bdim_at_front`).
    pub fn at_front(&mut self, x: Mapped, size: usize) -> Result<Atom> {
        match x.axis {
            Some(axis) => self.move_axis(x.atom, axis, 0),
            None => self.broadcast(x.atom, size, 0),
        }
    }

    /// `x` with axes of size 1 behind its own, up to this many axes (`expand_dims`).
    pub fn expand_to_rank(&mut self, x: Atom, rank: usize) -> Result<Atom> {
        let own = self.ndim(x);
        let mut shape = self.shape(x);
        shape.resize(rank, 1);
        self.emit(Primitive::BroadcastInDim { shape, broadcast_dimensions: (0..own).collect() }, &[x])
    }

    /// Output number `i` with its mapped axis where `axis` wants it (`matchaxis`).
    pub fn place_output(&mut self, i: usize, out: Mapped, axis: Option<usize>) -> Result<Atom> {
        let aval = self.jaxpr.aval(out.atom);
        match (out.axis, axis) {
            (from, to) if from == to => Ok(out.atom),
            (Some(from), Some(to)) => {
                check_axis("vmap", to, &aval.shape)?;
                self.move_axis(out.atom, from, to)
            }
            (None, Some(to)) => {
                check_axis("vmap", to, &[&aval.shape[..], &[self.size]].concat())?;
                self.broadcast(out.atom, self.size, to)
            }
            (from, _) => Err(Error::axis(
                "vmap",
                format!(
                    "`out_axes` is None for output {i}, but that output, of type {aval}, differs between the {} examples: it is mapped along axis {}",
                    self.size,
                    from.unwrap_or(0)
                ),
                "Give the axis along which its examples are to be stacked, such as 0, or reduce it over the examples after `vmap`.",
            )),
        }
    }
}
