//! Walking several arrays in step: strides, and an odometer over a shape that needs no memory of its own.

/// The most axes an array may have.
pub const MAX_NDIM: usize = 8;

/// Row-major strides of a shape, in elements.
pub fn strides(shape: &[usize]) -> Vec<usize> {
    let mut steps = vec![1; shape.len()];
    for i in (1..shape.len()).rev() {
        steps[i - 1] = steps[i] * shape[i];
    }
    steps
}

/// Strides with which an operand of shape `from` is read as if it had the shape `to`: 0 along axes that stretch. A scalar stretches
/// along all.
pub fn broadcast_strides(from: &[usize], to: &[usize]) -> Vec<usize> {
    if from.is_empty() {
        return vec![0; to.len()];
    }
    strides(from).iter().zip(from).map(|(&step, &size)| if size == 1 { 0 } else { step }).collect()
}

/// Calls `f` for every index of `shape` in row-major order, with the offset of that index in N arrays with these strides.
pub fn walk<const N: usize>(shape: &[usize], steps: [&[usize]; N], start: [usize; N], mut f: impl FnMut([usize; N])) {
    if shape.contains(&0) {
        return;
    }
    let mut index = [0usize; MAX_NDIM];
    let mut offsets = start;
    loop {
        f(offsets);
        let mut axis = shape.len();
        loop {
            if axis == 0 {
                return;
            }
            axis -= 1;
            index[axis] += 1;
            for (offset, step) in offsets.iter_mut().zip(steps) {
                *offset += step[axis];
            }
            if index[axis] < shape[axis] {
                break;
            }
            index[axis] = 0;
            for (offset, step) in offsets.iter_mut().zip(steps) {
                *offset -= step[axis] * shape[axis];
            }
        }
    }
}

/// The offset of every index of `shape` in an array with these strides, in row-major order.
pub fn offsets(shape: &[usize], steps: &[usize]) -> Vec<usize> {
    let mut list = Vec::with_capacity(shape.iter().product());
    walk(shape, [steps], [0], |[offset]| list.push(offset));
    list
}
