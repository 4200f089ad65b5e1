//! Random numbers from explicit keys, bit for bit those of `jax.random` (Threefry, in its partitionable form).
//!
//! A [`Key`] is a value: the same key always gives the same numbers. New keys come from [`split`] and [`fold_in`], never
//! from a hidden state. The functions that end in `_into` fill memory of the caller's and allocate nothing; those that
//! take a shape give an [`Array`](super::Array).
//!
//! ```
//! use thetahat::jax::random::{prng_key, split_n};
//!
//! let key = prng_key(42);
//! let [_key, subkey] = split_n(key);
//! assert_eq!(format!("{subkey}"), "[  64467757 2916123636]");
//! ```

use std::fmt;

mod arrays;
mod key_log;
mod permutation;
mod samplers;

pub use arrays::{bits, normal, permutation, randint, truncated_normal, uniform};
pub use key_log::{KeyReuse, with_key_log, with_key_uses};
pub use permutation::PermutationScratch;
pub use samplers::{bits_into, normal_into, permutation_into, randint_into, truncated_normal_into, uniform_into};

use thetahat_kernels::threefry;

use super::repr;
use key_log::consumed;

/// A key of the generator: two 32-bit words (`jax.random.PRNGKey`'s raw form, a `uint32[2]`).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key([u32; 2]);

impl Key {
    /// The key that consists of these words (`jax.random.wrap_key_data`).
    #[must_use]
    pub const fn from_words(words: [u32; 2]) -> Self {
        Self(words)
    }

    /// The key's two words (`jax.random.key_data`).
    #[must_use]
    pub const fn words(self) -> [u32; 2] {
        self.0
    }
}

/// Prints what `print(key)` prints in Python: `[ 0 42]`.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&repr::array_str(&self.0, &[2]))
    }
}

/// Prints what `repr(key)` gives in Python: `Array([ 0, 42], dtype=uint32)`.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&repr::array_repr(&self.0, &[2]))
    }
}

/// Whole numbers that can seed a key.
pub trait Seed {
    /// The low 32 bits, all of them that JAX keeps without its 64-bit mode; a negative number in two's complement.
    fn low_word(self) -> u32;
}

macro_rules! seed {
    ($($T:ty)*) => {$(
        impl Seed for $T {
            #[allow(clippy::allow_attributes, reason = "not every type of seed needs each of these")]
            // the low 32 bits are meant
            fn low_word(self) -> u32 {
                self as u32
            }
        }
    )*};
}

seed!(i32 u32 i64 u64);

/// The key of a seed (`jax.random.PRNGKey`): `[0, low 32 bits of the seed]`, as JAX gives it without its 64-bit mode.
///
/// So −1 and 2³² − 1 make the same key, and so do 0 and 2³². JAX refuses a Python integer of 2⁶³ or more, and takes the
/// same number as a `numpy.uint64`; a `u64` here stands for the latter.
#[must_use]
pub fn prng_key(seed: impl Seed) -> Key {
    Key([0, seed.low_word()])
}

/// `n` new keys (`jax.random.split`).
#[must_use]
pub fn split(key: Key, n: usize) -> Vec<Key> {
    consumed(key, "split");
    (0..n as u64).map(|i| split_at(key, i)).collect()
}

/// `N` new keys, to be taken apart: `let [key, subkey] = split_n(key);`. The keys are those of [`split`].
#[must_use]
pub fn split_n<const N: usize>(key: Key) -> [Key; N] {
    consumed(key, "split");
    std::array::from_fn(|i| split_at(key, i as u64))
}

/// A new key from a key and a number (`jax.random.fold_in`).
#[must_use]
pub fn fold_in(key: Key, data: u32) -> Key {
    Key(threefry::block(key.0, [0, data]))
}

/// Key number `i` of a [`split`].
fn split_at(key: Key, i: u64) -> Key {
    Key(threefry::block(key.0, threefry::counter(i)))
}

/// [`split`] in two, where a sampler needs two keys of its own.
fn split_pair(key: Key) -> (Key, Key) {
    (split_at(key, 0), split_at(key, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_keep_their_low_word() {
        // What jax.random.PRNGKey gives for these seeds.
        let signed: [(i64, u32); 6] =
            [(42, 42), (-1, u32::MAX), (1 << 32, 0), ((1 << 40) + 5, 5), (i64::MAX, u32::MAX), (i64::MIN, 0)];
        for (seed, word) in signed {
            assert_eq!(prng_key(seed).words(), [0, word], "{seed}");
        }
        assert_eq!(prng_key((1_u64 << 63) + 5).words(), [0, 5]);
        assert_eq!(prng_key(7_i32), prng_key(7_u32));
    }

    #[test]
    fn keys_print_as_in_python() {
        let key = prng_key(42);
        assert_eq!(key.to_string(), "[ 0 42]");
        assert_eq!(format!("{key:?}"), "Array([ 0, 42], dtype=uint32)");
    }

    #[test]
    fn split_keys_do_not_depend_on_how_many_there_are() {
        let key = prng_key(3);
        let [first, second] = split_n(key);
        assert_eq!(split(key, 5)[..2], [first, second]);
        assert_eq!(split(key, 0), []);
        assert_eq!(Key::from_words(first.words()), first);
    }
}
