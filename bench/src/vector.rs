//! Four numbers side by side with a fused multiply-add, as fast as the target can: relaxed SIMD in a browser that has it, the processor's own
//! instruction natively, exact emulation elsewhere.

#![allow(clippy::inline_always, reason = "vectors must stay in registers")]

#[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
mod target {
    use core::arch::wasm32::{f32x4_relaxed_madd, v128};

    /// Four numbers.
    pub type Vector = v128;

    #[inline(always)]
    pub fn vector(x: [f32; 4]) -> Vector {
        bytemuck::cast(x)
    }

    #[inline(always)]
    pub fn array(x: Vector) -> [f32; 4] {
        bytemuck::cast(x)
    }

    #[inline(always)]
    pub fn fma(a: Vector, b: Vector, c: Vector) -> Vector {
        f32x4_relaxed_madd(a, b, c)
    }

    #[inline(always)]
    pub fn fma_scalar(a: f32, b: f32, c: f32) -> f32 {
        array(fma(vector([a; 4]), vector([b; 4]), vector([c; 4])))[0]
    }
}

#[cfg(target_feature = "fma")]
mod target {
    pub use thetahat::jax::fma::mul_add as fma_scalar;

    /// Four numbers.
    pub type Vector = wide::f32x4;

    #[inline(always)]
    pub fn vector(x: [f32; 4]) -> Vector {
        Vector::new(x)
    }

    #[inline(always)]
    pub fn array(x: Vector) -> [f32; 4] {
        x.to_array()
    }

    #[inline(always)]
    pub fn fma(a: Vector, b: Vector, c: Vector) -> Vector {
        a.mul_add(b, c)
    }
}

#[cfg(not(any(target_feature = "fma", all(target_arch = "wasm32", target_feature = "relaxed-simd"))))]
mod target {
    use thetahat::jax::fma::mul_add_lanes;

    pub use thetahat::jax::fma::mul_add as fma_scalar;

    /// Four numbers.
    pub type Vector = [f32; 4];

    #[inline(always)]
    pub fn vector(x: [f32; 4]) -> Vector {
        x
    }

    #[inline(always)]
    pub fn array(x: Vector) -> [f32; 4] {
        x
    }

    #[inline(always)]
    pub fn fma(a: Vector, b: Vector, c: Vector) -> Vector {
        mul_add_lanes(a, b, c)
    }
}

pub use target::Vector;

/// These four numbers.
#[inline(always)]
pub fn vector(x: [f32; 4]) -> Vector {
    target::vector(x)
}

/// The four numbers of a vector.
#[inline(always)]
pub fn array(x: Vector) -> [f32; 4] {
    target::array(x)
}

/// `a · b + c`, rounded once.
#[inline(always)]
pub fn fma(a: Vector, b: Vector, c: Vector) -> Vector {
    target::fma(a, b, c)
}

/// [`fma`] of single numbers.
#[inline(always)]
pub fn fma_scalar(a: f32, b: f32, c: f32) -> f32 {
    target::fma_scalar(a, b, c)
}
