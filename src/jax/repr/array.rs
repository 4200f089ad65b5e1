//! An [`Array`] as text: `{}` is Python's `print(x)`, `{:?}` its `repr(x)`.

use std::fmt;

use super::super::{Array, DType};
use super::{array_repr, array_str};
use crate::base::error::Result;

/// The numbers as `print(x)` prints them; a tracer as JAX names it, and a failed array as its error.
///
/// ```
/// use thetahat::jax::Array;
///
/// let theta = Array::new(&[0.605_764_03, 0.799_044_1], &[2]);
/// assert_eq!(format!("theta = {theta}"), "theta = [0.60576403 0.7990441 ]");
/// assert_eq!(format!("{theta:?}"), "Array([0.60576403, 0.7990441 ], dtype=float32)");
/// ```
impl fmt::Display for Array {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shape = self.shape();
        write_text(self, f, || {
            Ok(match self.dtype() {
                DType::F32 => array_str(self.as_f32()?, shape),
                DType::I32 => array_str(self.as_i32()?, shape),
                DType::U32 => array_str(self.as_u32()?, shape),
                DType::Bool => array_str(&self.to_bool()?, shape),
            })
        })
    }
}

/// The numbers as `repr(x)` gives them: `Array([1., 2.], dtype=float32)`.
impl fmt::Debug for Array {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shape = self.shape();
        write_text(self, f, || {
            Ok(match self.dtype() {
                DType::F32 => array_repr(self.as_f32()?, shape),
                DType::I32 => array_repr(self.as_i32()?, shape),
                DType::U32 => array_repr(self.as_u32()?, shape),
                DType::Bool => array_repr(&self.to_bool()?, shape),
            })
        })
    }
}

/// Writes the text of a concrete array, or what stands for a tracer or an error.
fn write_text(array: &Array, f: &mut fmt::Formatter<'_>, concrete: impl FnOnce() -> Result<String>) -> fmt::Result {
    if array.is_tracer() {
        let axes: Vec<String> = array.shape().iter().map(ToString::to_string).collect();
        return write!(f, "JitTracer({}[{}])", array.dtype().name(), axes.join(","));
    }
    match concrete() {
        Ok(text) => f.write_str(&text),
        Err(error) => write!(f, "{error}"),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;

    use super::*;
    use crate::jax::jit;

    #[test]
    fn every_element_type_prints() {
        assert_eq!(Array::from_i32(&[-1, 20], &[2]).to_string(), "[-1 20]");
        assert_eq!(format!("{:?}", Array::from_u32(&[0, 42], &[2])), "Array([ 0, 42], dtype=uint32)");
        assert_eq!(Array::from_bool(&[true, false], &[2]).to_string(), "[ True False]");
        assert_eq!(format!("{:?}", Array::scalar(2.5)), "Array(2.5, dtype=float32)");
        assert_eq!(format!("{:?}", Array::zeros(&[0, 3], DType::F32)), "Array([], shape=(0, 3), dtype=float32)");
    }

    #[test]
    fn what_is_no_number_prints_what_it_is() {
        let failed = Array::new(&[1.0], &[2]);
        assert_eq!(Some(failed.to_string()), failed.error().map(ToString::to_string));
        let seen = Rc::new(RefCell::new(String::new()));
        let note = Rc::clone(&seen);
        let traced = jit(move |x: &Array| {
            *note.borrow_mut() = x.to_string();
            x.clone()
        });
        let _ = traced(&Array::new(&[1.0, 2.0], &[2, 1]));
        assert_eq!(*seen.borrow(), "JitTracer(float32[2,1])");
    }
}
