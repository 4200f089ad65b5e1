//! Primitives that move words without computing: broadcasts, reshapes, transposes, slices, pads, concatenations, gathers; and
//! `scatter-add`, which adds where rows meet.

use super::super::core::{DType, Primitive, ShapedArray};
use super::super::fma::ftz;
use super::walk::{strides, walk};
use super::{floats, floats_mut};

/// A movement prepared for its shapes.
#[derive(Clone, Debug)]
pub enum Movement {
    /// The words stay in order.
    Copy,
    /// Each operand is copied, by its strides, to a place in the result that starts at an offset. Where `fill` names an operand, the result
    /// is filled with that number first.
    Place { pieces: Vec<Piece>, fill: Option<usize> },
    /// Rows of the first operand by the row numbers in the second.
    Gather { batch: usize, rows: usize, picks: usize, width: usize, outside: u32 },
    /// Rows of the second operand added to zeros at the row numbers in the first.
    ScatterAdd { batch: usize, rows: usize, picks: usize, width: usize, floating: bool },
    /// Counting along an axis.
    Iota { inner: usize, size: usize, dtype: DType },
}

/// One operand's way into the result.
#[derive(Clone, Debug)]
pub struct Piece {
    pub operand: usize,
    pub shape: Vec<usize>,
    pub from: Vec<usize>,
    pub from_start: usize,
    pub to: Vec<usize>,
    pub to_start: usize,
}

impl Movement {
    /// `None` for a primitive that moves nothing.
    pub fn new(primitive: &Primitive, inputs: &[ShapedArray], output: &ShapedArray) -> Option<Self> {
        use Primitive as P;
        let dense = strides(&output.shape);
        let single = |from: Vec<usize>, from_start: usize| Self::Place {
            pieces: vec![Piece {
                operand: 0,
                shape: output.shape.clone(),
                from,
                from_start,
                to: dense.clone(),
                to_start: 0,
            }],
            fill: None,
        };
        Some(match primitive {
            P::Reshape { .. } | P::Squeeze { .. } => Self::Copy,
            P::BroadcastInDim { broadcast_dimensions, .. } => {
                let mut from = vec![0; output.ndim()];
                for ((&dim, &step), &size) in
                    broadcast_dimensions.iter().zip(&strides(&inputs[0].shape)).zip(&inputs[0].shape)
                {
                    from[dim] = if size == 1 { 0 } else { step };
                }
                single(from, 0)
            }
            P::Transpose { permutation } => {
                let steps = strides(&inputs[0].shape);
                single(permutation.iter().map(|&axis| steps[axis]).collect(), 0)
            }
            P::Slice { start_indices, strides: by, .. } => {
                let steps = strides(&inputs[0].shape);
                let start = steps.iter().zip(start_indices).map(|(step, i)| step * i).sum();
                let by = by.clone().unwrap_or_else(|| vec![1; steps.len()]);
                single(steps.iter().zip(&by).map(|(step, by)| step * by).collect(), start)
            }
            P::Pad { padding } => Self::pad(padding, &inputs[0], output, &dense),
            P::Concatenate { dimension } => Self::concatenate(inputs, &dense, *dimension),
            P::Gather { batch_dims } => Self::Gather {
                batch: inputs[1].shape[..*batch_dims].iter().product(),
                rows: inputs[0].shape[*batch_dims],
                picks: inputs[1].shape[*batch_dims],
                width: inputs[0].shape[batch_dims + 1..].iter().product(),
                outside: if output.dtype == DType::F32 { f32::NAN.to_bits() } else { 0 },
            },
            P::ScatterAdd { rows, batch_dims } => Self::ScatterAdd {
                batch: inputs[0].shape[..*batch_dims].iter().product(),
                rows: *rows,
                picks: inputs[0].shape[*batch_dims],
                width: inputs[1].shape[batch_dims + 1..].iter().product(),
                floating: output.dtype == DType::F32,
            },
            P::Iota { dtype, shape, dimension } => {
                Self::Iota { inner: shape[dimension + 1..].iter().product(), size: shape[*dimension], dtype: *dtype }
            }
            _ => return None,
        })
    }

    /// Along each axis, the elements that come to lie inside the result: where negative padding takes some away, not all do.
    fn pad(padding: &[(isize, isize, usize)], x: &ShapedArray, output: &ShapedArray, dense: &[usize]) -> Self {
        let steps = strides(&x.shape);
        let mut piece = Piece {
            operand: 0,
            shape: x.shape.clone(),
            from: steps.clone(),
            from_start: 0,
            to: dense.to_vec(),
            to_start: 0,
        };
        for (axis, &(low, _, interior)) in padding.iter().enumerate() {
            let by = interior + 1;
            let place = |i: usize| (i * by).checked_add_signed(low);
            let first = low.min(0).unsigned_abs().div_ceil(by);
            let inside = |i: &usize| place(*i).is_some_and(|place| place < output.shape[axis]);
            piece.shape[axis] = (first..x.shape[axis]).filter(inside).count();
            piece.from_start += steps[axis] * first;
            piece.to[axis] = dense[axis] * by;
            piece.to_start += dense[axis] * place(first).unwrap_or(0);
        }
        Self::Place { pieces: vec![piece], fill: Some(1) }
    }

    fn concatenate(inputs: &[ShapedArray], dense: &[usize], dimension: usize) -> Self {
        let mut at = 0;
        let pieces = inputs
            .iter()
            .enumerate()
            .map(|(operand, x)| {
                let to_start = dense[dimension] * at;
                at += x.shape[dimension];
                let from = strides(&x.shape);
                Piece { operand, shape: x.shape.clone(), from, from_start: 0, to: dense.to_vec(), to_start }
            })
            .collect();
        Self::Place { pieces, fill: None }
    }

    pub fn run<'a>(&self, input: &dyn Fn(usize) -> &'a [u32], out: &mut [u32]) {
        match self {
            Self::Copy => out.copy_from_slice(input(0)),
            Self::Place { pieces, fill } => {
                if let Some(operand) = *fill {
                    out.fill(input(operand)[0]);
                }
                for piece in pieces {
                    let x = input(piece.operand);
                    let start = [piece.from_start, piece.to_start];
                    walk(&piece.shape, [&piece.from, &piece.to], start, |[i, o]| out[o] = x[i]);
                }
            }
            Self::Gather { batch, rows, picks, width, outside } => {
                let (x, numbers) = (input(0), input(1));
                for pick in 0..batch * picks {
                    let to = &mut out[pick * width..(pick + 1) * width];
                    match row(numbers[pick], *rows) {
                        Some(row) => to.copy_from_slice(&x[(pick / picks * rows + row) * width..][..*width]),
                        None => to.fill(*outside),
                    }
                }
            }
            Self::ScatterAdd { batch, rows, picks, width, floating } => {
                let (numbers, updates) = (input(0), input(1));
                out.fill(0);
                for pick in 0..batch * picks {
                    let Some(row) = row(numbers[pick], *rows) else { continue };
                    let to = &mut out[(pick / picks * rows + row) * width..][..*width];
                    add_to(to, &updates[pick * width..][..*width], *floating);
                }
            }
            Self::Iota { inner, size, dtype } => {
                for (i, o) in out.iter_mut().enumerate() {
                    *o = counted(i / inner % size, *dtype);
                }
            }
        }
    }
}

/// The row that a row number means: negative ones count from the end, as in `NumPy`.
fn row(number: u32, rows: usize) -> Option<usize> {
    let number = i64::from(number.cast_signed());
    let count = i64::try_from(rows).ok()?;
    let row = usize::try_from(if number < 0 { number + count } else { number }).ok()?;
    (row < rows).then_some(row)
}

fn add_to(to: &mut [u32], update: &[u32], floating: bool) {
    if floating {
        floats_mut(to).iter_mut().zip(floats(update)).for_each(|(o, &x)| *o = ftz(*o + x));
    } else {
        to.iter_mut().zip(update).for_each(|(o, &x)| *o = o.wrapping_add(x));
    }
}

// a count beyond 2³² or 2²⁴ rounds as in JAX
fn counted(i: usize, dtype: DType) -> u32 {
    match dtype {
        DType::F32 => (i as f32).to_bits(),
        DType::Bool => u32::from(i != 0),
        DType::I32 | DType::U32 => i as u32,
    }
}
