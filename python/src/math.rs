//! `_math`: the functions of floats behind Python's `math`.

pub(crate) use _math::module_def;

#[rustpython_vm::pymodule]
mod _math {
    use rustpython_vm::{PyRef, PyResult, VirtualMachine, builtins::PyStr};

    /// A function of one float by name.
    #[pyfunction]
    fn one(name: PyRef<PyStr>, x: f64, vm: &VirtualMachine) -> PyResult<f64> {
        Ok(match name.to_string().as_str() {
            "acos" => x.acos(),
            "acosh" => x.acosh(),
            "asin" => x.asin(),
            "asinh" => x.asinh(),
            "atan" => x.atan(),
            "atanh" => x.atanh(),
            "cbrt" => x.cbrt(),
            "cos" => x.cos(),
            "cosh" => x.cosh(),
            "erf" => libm::erf(x),
            "erfc" => libm::erfc(x),
            // in a browser there is no C library
            "exp" if cfg!(target_arch = "wasm32") => crate::exact::exp(x),
            "exp" => x.exp(),
            "exp2" => x.exp2(),
            "expm1" => x.exp_m1(),
            "gamma" => libm::tgamma(x),
            "lgamma" => libm::lgamma(x),
            "log" => x.ln(),
            "log10" => x.log10(),
            "log1p" => x.ln_1p(),
            "log2" => x.log2(),
            "sin" => x.sin(),
            "sinh" => x.sinh(),
            "sqrt" => x.sqrt(),
            "tan" => x.tan(),
            "tanh" => x.tanh(),
            "trunc" => x.trunc(),
            "next_up" => x.next_up(),
            "next_down" => x.next_down(),
            other => return Err(vm.new_value_error(format!("no function {other}"))),
        })
    }

    /// A function of two floats by name.
    #[pyfunction]
    fn two(name: PyRef<PyStr>, x: f64, y: f64, vm: &VirtualMachine) -> PyResult<f64> {
        Ok(match name.to_string().as_str() {
            "atan2" => x.atan2(y),
            "copysign" => x.copysign(y),
            "fmod" => x % y,
            "hypot" => x.hypot(y),
            "pow" => x.powf(y),
            "remainder" => libm::remainder(x, y),
            other => return Err(vm.new_value_error(format!("no function {other}"))),
        })
    }

    /// The f32 nearest to a float, as a float.
    #[pyfunction]
    fn single(x: f64) -> f64 {
        f64::from(x as f32)
    }

    /// The shortest digits of an f32 and of a float: mantissa digits and exponent.
    #[pyfunction]
    fn shortest(x: f64, is_single: bool) -> String {
        if is_single { format!("{:e}", x as f32) } else { format!("{x:e}") }
    }
}
