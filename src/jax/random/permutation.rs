//! Random permutations as JAX draws them: a few stable sorts by random bits.

pub use thetahat_kernels::permutation::PermutationScratch;

use super::{Key, split_pair};

/// How often `jax.random.permutation` shuffles `n` elements, so that elements with equal 32-bit keys do no harm.
fn rounds(n: usize) -> u32 {
    // JAX computes this in f64 as well
    let n = n.max(1) as f64;
    let rounds = (3.0 * n.ln() / f64::from(u32::MAX).ln()).ceil();
    // a whole number from 0 to 6
    rounds as u32
}

/// See [`super::permutation_into`].
pub(super) fn shuffle(mut key: Key, elements: &mut [u32], scratch: &mut PermutationScratch) {
    for _ in 0..rounds(elements.len()) {
        let (next, sort_key) = split_pair(key);
        key = next;
        scratch.sort_by_random_bits(sort_key.words(), elements);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_are_jaxs() {
        for (n, expected) in [(0, 0), (1, 0), (2, 1), (500, 1), (1625, 1), (1626, 2), (2_642_245, 2), (2_642_246, 3)] {
            assert_eq!(rounds(n), expected, "n = {n}");
        }
    }
}
