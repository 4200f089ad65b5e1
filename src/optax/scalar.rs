//! [`Scalar`]: a hyperparameter, which is a number or an array of the program.

use std::ops::{Div, Mul, Neg, Sub};

use crate::jax::Array;

/// A hyperparameter: what Optax calls a scalar of type `ArrayLike`.
///
/// As in Python, numbers meet each other in f64 before the program sees them, and become f32 constants where they meet an array.
/// An array takes part in the program, and may be one of its inputs.
///
/// ```
/// use thetahat::optax::Scalar;
///
/// let rest = Scalar::from(1.0) - Scalar::from(0.999);
/// assert_eq!(rest.array().item()?, 0.001); // in f32 the difference would be 0.0010000467
/// # Ok::<(), thetahat::Error>(())
/// ```
#[derive(Clone, Debug)]
pub enum Scalar {
    /// A number, known before the program is.
    Number(f64),
    /// An f32 scalar, concrete or traced.
    Array(Array),
}

impl Scalar {
    /// It as an f32 scalar.
    #[must_use]
    pub fn array(&self) -> Array {
        match self {
            // numbers of a program are f32
            Self::Number(x) => Array::scalar(*x as f32),
            Self::Array(x) => x.clone(),
        }
    }
}

impl From<f64> for Scalar {
    fn from(x: f64) -> Self {
        Self::Number(x)
    }
}

impl From<Array> for Scalar {
    fn from(x: Array) -> Self {
        Self::Array(x)
    }
}

impl From<&Array> for Scalar {
    fn from(x: &Array) -> Self {
        Self::Array(x.clone())
    }
}

macro_rules! operator {
    ($Trait:ident, $method:ident) => {
        impl $Trait for Scalar {
            type Output = Self;

            fn $method(self, rhs: Self) -> Self {
                match (&self, &rhs) {
                    (Self::Number(x), Self::Number(y)) => Self::Number(x.$method(y)),
                    _ => Self::Array(self.array().$method(rhs.array())),
                }
            }
        }
    };
}
operator!(Sub, sub);
operator!(Mul, mul);
operator!(Div, div);

impl Neg for Scalar {
    type Output = Self;

    /// `-1 * x`, as Optax writes it. The opposite of a number that is known is known, too, and is no equation of a program.
    fn neg(self) -> Self {
        match self {
            Self::Number(x) => Self::Number(-x),
            Self::Array(x) => Self::Array(match x.item() {
                Ok(number) if x.ndim() == 0 => Array::scalar(-number),
                _ => -1.0 * x,
            }),
        }
    }
}
