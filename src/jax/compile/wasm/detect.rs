//! [`detect_fma`]: whether `f32x4.relaxed_madd` rounds once on this machine.

use std::rc::Rc;

use super::super::super::fma::mul_add;
use super::super::native::NativeCode;
use super::code::{Address, Code, LANES};
use super::{Fma, Generated, Segment, module};

/// Factors and addends whose fused and unfused results differ: squares less what they round to, and thirds that cancel.
const CASES: [[f32; 3]; 4] = [
    [1.000_000_1, 1.000_000_1, -1.000_000_2],
    [0.333_333_34, 3.0, -1.0],
    [16_777_215.0, 16_777_215.0, -281_474_960_000_000.0],
    [-0.1, 10.0, 1.0],
];

/// How modules should compute fused multiply-adds where `load` loads them: by the instruction if it is there and rounds once.
///
/// The standard leaves it open whether the instruction rounds once or twice; a machine without such an instruction of its own does the latter.
pub fn detect_fma(load: impl FnOnce(&Generated) -> Option<Rc<dyn NativeCode>>) -> Fma {
    let Some(code) = load(&probe()) else { return Fma::Exact };
    let mut arena = [[0_u128; 1]; LANES];
    let words: &mut [u32] = bytemuck::cast_slice_mut(&mut arena);
    for (lane, case) in CASES.iter().enumerate() {
        for (operand, x) in case.iter().enumerate() {
            words[operand * LANES + lane] = x.to_bits();
        }
    }
    code.call(0, words);
    let fused = CASES.iter().zip(&words[3 * LANES..]).all(|(&[a, b, c], &word)| word == mul_add(a, b, c).to_bits());
    if fused { Fma::Relaxed } else { Fma::Exact }
}

/// A module whose function computes `a · b + c` of the first three blocks of the arena into the fourth.
fn probe() -> Generated {
    let mut code = Code::new(Fma::Relaxed);
    let [a, b, c] = [0, 1, 2].map(|block| code.load(Address::arena(block * LANES)));
    let result = code.fma(a, b, c, LANES);
    code.store(Address::arena(3 * LANES), result, LANES);
    let module = module::assemble(std::iter::once(code.finish()), module::RUN, Fma::Relaxed);
    Generated { module, functions: 1, segments: vec![Segment::Function(0)], words: 4 * LANES, scan: None }
}

#[cfg(test)]
mod tests {
    use crate::base::error::{Error, Result};

    use super::*;

    /// A machine whose instruction rounds as often as it is told.
    struct Machine(fn(f32, f32, f32) -> f32);

    impl NativeCode for Machine {
        fn call(&self, _: usize, arena: &mut [u32]) {
            for lane in 0..LANES {
                let [a, b, c] = [0, 1, 2].map(|operand| f32::from_bits(arena[operand * LANES + lane]));
                arena[3 * LANES + lane] = (self.0)(a, b, c).to_bits();
            }
        }

        fn scan(&self, _: &mut [u32], _: &[&[u32]], _: &[u32], _: &mut [u32]) -> Result<()> {
            Err(Error::unsupported("scan", "the probe has no loop over rows", "Only call it."))
        }
    }

    #[test]
    fn a_machine_is_taken_for_what_it_is() {
        assert_eq!(detect_fma(|_| Some(Rc::new(Machine(mul_add)))), Fma::Relaxed);
        assert_eq!(detect_fma(|_| Some(Rc::new(Machine(|a, b, c| a * b + c)))), Fma::Exact);
        assert_eq!(detect_fma(|_| None), Fma::Exact);
    }

    #[test]
    fn every_case_tells() {
        for [a, b, c] in CASES {
            assert_ne!(mul_add(a, b, c), a * b + c);
        }
    }
}
