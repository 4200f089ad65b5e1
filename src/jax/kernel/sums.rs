//! Sums and maxima over axes, with the order of additions that JAX's compiler uses on a CPU.
//!
//! Up to 32 terms are added from left to right. More are padded with zeros to a multiple of 32 (half of the padding, rounded down, in
//! front), each window of 32 is added up, and so on until at most 32 sums remain. That is what XLA's tree reduction rewriter makes of a
//! reduction; see the documentation of [`super::super::compile::lower`].

use super::super::core::{DType, Lowered, Primitive, ShapedArray};
use super::super::fma::{ftz, mul_add};
use super::elementwise::maximum;
use super::walk::{broadcast_strides, strides, walk};
use super::{floats, floats_mut};

/// The longest run of terms that is added from left to right; more are cut into windows (XLA's `TreeReductionRewriter`).
pub const WINDOW: usize = 32;
/// Levels of windows that any array in memory needs: 32⁷ terms.
const LEVELS: usize = 7;

#[derive(Clone, Copy, Debug)]
pub enum Combine {
    Sum,
    Max,
    SumOfProducts,
    SumOfSquares,
}

/// A reduction prepared for its shapes: the kept axes are walked outside, the reduced ones inside.
#[derive(Clone, Debug)]
pub struct Reduction {
    pub combine: Combine,
    pub dtype: DType,
    pub kept: Vec<usize>,
    pub gone: Vec<usize>,
    pub kept_steps: [Vec<usize>; 2],
    pub gone_steps: [Vec<usize>; 2],
    pub out_steps: Vec<usize>,
    /// The reduced elements are neighbours.
    pub contiguous: bool,
    /// Some reduced axis is longer than a window.
    pub windowed: bool,
    /// How many rows of two reduced axes are added up side by side; see [`lanes`].
    pub lanes: usize,
}

/// How many rows are added up side by side where a sum goes over two axes: the compiler unrolls short rows, and then takes several of them at once, if their number allows it.
/// (Measured for all shapes up to 32 rows and 10 columns; where it depends on more, one after the other.)
fn lanes(gone: &[usize]) -> usize {
    let mut long = gone.iter().copied().filter(|&size| size > 1);
    match (long.next(), long.next(), long.next()) {
        (Some(rows), Some(columns), None) if rows <= WINDOW && columns <= 8 => match rows {
            2 | 4 => rows,
            20 => 4,
            28 | 30 => {
                if columns == 2 {
                    8
                } else {
                    4
                }
            }
            _ if rows % 8 != 0 => 1,
            _ => {
                if columns <= 6 {
                    8
                } else {
                    4
                }
            }
        },
        _ => 1,
    }
}

/// The shape of the products of two operands, of one rank or one of them a scalar.
fn common_shape(x: &ShapedArray, y: &ShapedArray) -> Vec<usize> {
    let shape = if x.ndim() >= y.ndim() { &x.shape } else { &y.shape };
    let sizes = shape.iter().enumerate();
    sizes.map(|(i, &size)| if size == 1 { y.shape.get(i).copied().unwrap_or(1) } else { size }).collect()
}

impl Reduction {
    /// `None` for a primitive that is no reduction.
    pub fn new(primitive: &Primitive, inputs: &[ShapedArray]) -> Option<Self> {
        let x = &inputs[0];
        let of_one = |combine, axes| Some(Self::prepared(combine, [x, x], &x.shape, axes));
        match primitive {
            Primitive::ReduceSum { axes } => of_one(Combine::Sum, axes),
            Primitive::ReduceMax { axes } => of_one(Combine::Max, axes),
            Primitive::Lowered(Lowered::SumOfSquares { axes }) => of_one(Combine::SumOfSquares, axes),
            Primitive::Lowered(Lowered::SumOfProducts { axes }) => {
                Some(Self::prepared(Combine::SumOfProducts, [x, &inputs[1]], &common_shape(x, &inputs[1]), axes))
            }
            _ => None,
        }
    }

    fn prepared(combine: Combine, inputs: [&ShapedArray; 2], shape: &[usize], axes: &[usize]) -> Self {
        let steps = inputs.map(|x| broadcast_strides(&x.shape, shape));
        let pick = |list: &[usize], gone: bool| {
            list.iter().enumerate().filter(|(i, _)| axes.contains(i) == gone).map(|(_, &x)| x).collect::<Vec<_>>()
        };
        let kept = pick(shape, false);
        let gone = pick(shape, true);
        let gone_steps = [pick(&steps[0], true), pick(&steps[1], true)];
        Self {
            combine,
            dtype: inputs[0].dtype,
            out_steps: strides(&kept),
            kept,
            contiguous: gone_steps[0] == strides(&gone),
            windowed: gone.iter().any(|&size| size > WINDOW),
            lanes: match combine {
                Combine::Sum if inputs[0].dtype == DType::F32 => lanes(&gone),
                // longer rows of products are added up in an order that has no such rule
                Combine::SumOfSquares if gone.iter().rfind(|&&size| size > 1).is_some_and(|&size| size <= 3) => {
                    lanes(&gone)
                }
                _ => 1,
            },
            gone,
            kept_steps: [pick(&steps[0], false), pick(&steps[1], false)],
            gone_steps,
        }
    }

    pub fn run<'a>(&self, input: &dyn Fn(usize) -> &'a [u32], out: &mut [u32]) {
        match (self.combine, self.dtype) {
            (Combine::Sum, DType::F32) => self.sum_floats(floats(input(0)), floats_mut(out)),
            (Combine::SumOfProducts, _) => {
                self.sum_products(floats(input(0)), floats(input(1)), floats_mut(out));
            }
            (Combine::SumOfSquares, _) => self.sum_squares(floats(input(0)), floats_mut(out)),
            (Combine::Max, DType::F32) => {
                self.fold(floats(input(0)), floats_mut(out), f32::NEG_INFINITY, maximum);
            }
            (Combine::Max, DType::I32) => {
                self.fold(bytemuck::cast_slice(input(0)), bytemuck::cast_slice_mut(out), i32::MIN, i32::max);
            }
            (Combine::Max, _) => self.fold(input(0), out, 0, u32::max),
            // two's complement: the same bits for signed and unsigned
            (Combine::Sum, _) => self.fold(input(0), out, 0, u32::wrapping_add),
        }
    }

    fn each(&self, mut f: impl FnMut(usize, usize, usize)) {
        let steps = [&self.kept_steps[0][..], &self.kept_steps[1], &self.out_steps];
        walk(&self.kept, steps, [0; 3], |[i, j, o]| f(i, j, o));
    }

    fn fold<T: Copy>(&self, x: &[T], out: &mut [T], first: T, f: impl Fn(T, T) -> T) {
        self.each(|i, _, o| {
            let mut acc = first;
            walk(&self.gone, [&self.gone_steps[0]], [i], |[i]| acc = f(acc, x[i]));
            out[o] = acc;
        });
    }

    fn sum_floats(&self, x: &[f32], out: &mut [f32]) {
        let terms: usize = self.gone.iter().product();
        if self.lanes > 1 {
            return self.each(|i, _, o| out[o] = ftz(self.in_lanes(i, |sum, i| sum + x[i])));
        }
        self.each(|i, _, o| {
            out[o] = ftz(match (self.contiguous, self.windowed) {
                (true, true) => sum_in_windows(&x[i..i + terms]),
                (true, false) => in_order(&x[i..i + terms]),
                (false, true) => {
                    let mut sum = WindowSum::new(terms);
                    walk(&self.gone, [&self.gone_steps[0]], [i], |[i]| sum.add(x[i]));
                    sum.finish()
                }
                (false, false) => {
                    let mut sum = 0.0;
                    walk(&self.gone, [&self.gone_steps[0]], [i], |[i]| sum += x[i]);
                    sum
                }
            });
        });
    }

    /// The sum of rows side by side, from the element at `start` on; `add` adds the one at an index to a sum.
    fn in_lanes(&self, start: usize, add: impl Fn(f32, usize) -> f32) -> f32 {
        let mut long = self.gone.iter().copied().filter(|&size| size > 1);
        let (rows, columns) = (long.next().unwrap_or(1), long.next().unwrap_or(1));
        let complete = rows / self.lanes * self.lanes;
        let mut sums = [0.0_f32; 8];
        let mut lanes = self.lanes;
        let mut seen = 0;
        walk(&self.gone, [&self.gone_steps[0]], [start], |[i]| {
            let row = seen / columns;
            seen += 1;
            if row < complete {
                let sum = &mut sums[row % self.lanes];
                *sum = add(*sum, i);
            } else {
                lanes = folded(&mut sums, lanes);
                sums[0] = add(sums[0], i);
            }
        });
        folded(&mut sums, lanes);
        sums[0]
    }

    /// Each product is fused to the sum so far, which starts from zero, so the first one is rounded.
    fn sum_products(&self, x: &[f32], y: &[f32], out: &mut [f32]) {
        self.each(|i, j, o| {
            let mut sum = 0.0;
            let steps = [&self.gone_steps[0][..], &self.gone_steps[1]];
            walk(&self.gone, steps, [i, j], |[i, j]| sum = mul_add(x[i], y[j], sum));
            out[o] = ftz(sum);
        });
    }

    /// As the sum of products, but a square added to zero is that square: the compiler knows that it is not -0.0 and leaves the addition
    /// out. The first two terms are then two products of which the first is fused to the second. One term alone is a rounded square.
    fn sum_squares(&self, x: &[f32], out: &mut [f32]) {
        let terms: usize = self.gone.iter().product();
        if self.lanes > 1 {
            return self.each(|i, _, o| out[o] = ftz(self.in_lanes(i, |sum, i| mul_add(x[i], x[i], sum))));
        }
        self.each(|i, _, o| {
            let mut sum = Squares::default();
            if self.contiguous {
                x[i..i + terms].iter().for_each(|&x| sum.add(x));
            } else {
                walk(&self.gone, [&self.gone_steps[0]], [i], |[i]| sum.add(x[i]));
            }
            out[o] = ftz(sum.finish());
        });
    }
}

/// Adds the upper half of the sums to the lower one until one is left; gives 1.
fn folded(sums: &mut [f32; 8], mut lanes: usize) -> usize {
    while lanes > 1 {
        lanes /= 2;
        for i in 0..lanes {
            sums[i] += sums[i + lanes];
        }
    }
    1
}

/// A sum of squares, term by term.
#[derive(Default)]
struct Squares {
    terms: usize,
    first: f32,
    sum: f32,
}

impl Squares {
    #[inline]
    fn add(&mut self, x: f32) {
        match self.terms {
            0 => self.first = x,
            1 => self.sum = mul_add(self.first, self.first, x * x),
            _ => self.sum = mul_add(x, x, self.sum),
        }
        self.terms += 1;
    }

    fn finish(self) -> f32 {
        if self.terms == 1 { self.first * self.first } else { self.sum }
    }
}

/// The sum from left to right, beginning with zero.
fn in_order(x: &[f32]) -> f32 {
    x.iter().fold(0.0, |sum, x| sum + x)
}

/// The sum of more than [`WINDOW`] terms that are neighbours: what [`WindowSum`] gives for them.
fn sum_in_windows(x: &[f32]) -> f32 {
    let in_front = (WINDOW - x.len() % WINDOW) % WINDOW / 2;
    let mut sums = WindowSum::new(x.len().div_ceil(WINDOW));
    let (first, rest) = x.split_at(x.len().min(WINDOW - in_front));
    sums.add(in_order(first));
    let (fours, rest) = rest.as_chunks::<{ 4 * WINDOW }>();
    for windows in fours {
        // four windows side by side: their sums do not wait for each other
        let mut four = [0.0_f32; 4];
        for i in 0..WINDOW {
            for (window, sum) in four.iter_mut().enumerate() {
                *sum += windows[window * WINDOW + i];
            }
        }
        for sum in four {
            sums.add(sum);
        }
    }
    rest.chunks(WINDOW).for_each(|window| sums.add(in_order(window)));
    sums.finish()
}

/// Adds up a known number of terms in windows of [`WINDOW`], as they come.
pub struct WindowSum {
    acc: [f32; LEVELS],
    /// Terms seen in the open window of each level, padding included.
    filled: [usize; LEVELS],
    levels: usize,
}

impl WindowSum {
    /// For exactly `terms` terms.
    pub fn new(terms: usize) -> Self {
        let mut sum = Self { acc: [0.0; LEVELS], filled: [0; LEVELS], levels: 0 };
        let mut count = terms;
        while count > WINDOW && sum.levels + 1 < LEVELS {
            sum.filled[sum.levels] = (WINDOW - count % WINDOW) % WINDOW / 2;
            sum.levels += 1;
            count = count.div_ceil(WINDOW);
        }
        sum
    }

    /// The next term.
    #[inline]
    pub fn add(&mut self, term: f32) {
        let mut carry = term;
        for level in 0..=self.levels {
            self.acc[level] += carry;
            self.filled[level] += 1;
            if level == self.levels || self.filled[level] < WINDOW {
                return;
            }
            carry = std::mem::take(&mut self.acc[level]);
            self.filled[level] = 0;
        }
    }

    /// The sum of all terms.
    pub fn finish(mut self) -> f32 {
        for level in 0..self.levels {
            if self.filled[level] > 0 {
                let carry = self.acc[level];
                let above = level + 1;
                self.acc[above] += carry;
                self.filled[above] += 1;
                if above < self.levels && self.filled[above] == WINDOW {
                    self.flush(above);
                }
            }
        }
        self.acc[self.levels]
    }

    /// Passes a full window on to the level above it, and so on.
    fn flush(&mut self, mut level: usize) {
        while level < self.levels && self.filled[level] == WINDOW {
            let carry = std::mem::take(&mut self.acc[level]);
            self.filled[level] = 0;
            level += 1;
            self.acc[level] += carry;
            self.filled[level] += 1;
        }
    }
}
