//! What `RustPython` names of `malachite-base`: a rounding mode, the trait of conversions that round, and the question whether a float is −0.

/// How a conversion rounds.
pub mod rounding_modes {
    /// How a conversion rounds.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum RoundingMode {
        /// To the nearest; to even on a tie.
        Nearest,
    }
}

/// Numbers.
pub mod num {
    /// Conversions.
    pub mod conversion {
        /// Their traits.
        pub mod traits {
            /// A conversion that may round.
            pub trait RoundingInto<T> {
                /// The nearest value by `mode`, and how it compares to the exact one.
                fn rounding_into(self, mode: crate::rounding_modes::RoundingMode) -> (T, core::cmp::Ordering);
            }
        }
    }

    /// Basic numbers.
    pub mod basic {
        /// Floats.
        pub mod floats {
            /// What is asked of a primitive float.
            pub trait PrimitiveFloat {
                /// Whether it is −0.
                fn is_negative_zero(&self) -> bool;
            }

            impl PrimitiveFloat for f64 {
                fn is_negative_zero(&self) -> bool {
                    *self == 0.0 && self.is_sign_negative()
                }
            }
        }
    }
}
