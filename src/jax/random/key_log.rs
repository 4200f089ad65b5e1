//! A debug aid: which keys were used more than once.
//!
//! Using a key twice is allowed, as in JAX, and gives the same numbers twice, which is seldom what was meant. While
//! [`with_key_log`] runs a closure, every function of [`jax::random`](super) that consumes a key notes it; at all other
//! times the note costs one look at a thread-local flag.

use std::cell::{Cell, RefCell};

use super::Key;

/// A key that was consumed, and by which functions, in order: more than one where it was used again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyReuse {
    /// The key.
    pub key: Key,
    /// The functions that consumed it: `normal`, `split`, …
    pub functions: Vec<&'static str>,
}

thread_local! {
    static RECORDING: Cell<bool> = const { Cell::new(false) };
    /// Every key that was consumed, in order of first use.
    static USES: RefCell<Vec<KeyReuse>> = const { RefCell::new(Vec::new()) };
}

/// Runs `program` and reports the keys that it consumed more than once, in order of their first use.
///
/// What consumes a key is what `jax.experimental.key_reuse` says consumes it: drawing from it and splitting it, but
/// not `fold_in`. An inner call reports its own part, and the outer one does not see that part.
///
/// ```
/// use thetahat::jax::random::{normal_into, prng_key, split, with_key_log};
///
/// let (_, reused) = with_key_log(|| {
///     let key = prng_key(42);
///     let mut noise = [0.0; 3];
///     normal_into(key, &mut noise);
///     split(key, 2)
/// });
/// assert_eq!(reused.len(), 1);
/// assert_eq!(reused[0].functions, ["normal", "split"]);
/// ```
pub fn with_key_log<T>(program: impl FnOnce() -> T) -> (T, Vec<KeyReuse>) {
    let (result, mut uses) = with_key_uses(program);
    uses.retain(|use_of| use_of.functions.len() > 1);
    (result, uses)
}

/// [`with_key_log`] with every key that was consumed, those that were used once, too.
pub fn with_key_uses<T>(program: impl FnOnce() -> T) -> (T, Vec<KeyReuse>) {
    /// Puts the outer recording back, also when `program` panics.
    struct Outer(bool, Vec<KeyReuse>);
    impl Drop for Outer {
        fn drop(&mut self) {
            RECORDING.set(self.0);
            USES.replace(std::mem::take(&mut self.1));
        }
    }
    let _outer = Outer(RECORDING.replace(true), USES.take());
    let result = program();
    (result, USES.take())
}

/// Notes that `function` consumed `key`.
#[inline]
pub(super) fn consumed(key: Key, function: &'static str) {
    if RECORDING.get() {
        note(key, function);
    }
}

#[cold]
fn note(key: Key, function: &'static str) {
    USES.with_borrow_mut(|uses| match uses.iter_mut().find(|use_of| use_of.key == key) {
        Some(use_of) => use_of.functions.push(function),
        None => uses.push(KeyReuse { key, functions: vec![function] }),
    });
}

#[cfg(test)]
mod tests {
    use super::super::{fold_in, prng_key, split};
    use super::*;

    #[test]
    fn only_reused_keys_are_reported() {
        let ((), reused) = with_key_log(|| {
            let key = prng_key(0);
            let keys = split(key, 3);
            let _ = fold_in(keys[0], 1);
            let _ = fold_in(keys[0], 2);
            let _ = split(keys[0], 2);
            let _ = split(keys[1], 2);
            let _ = split(keys[1], 3);
        });
        let key = split(prng_key(0), 3)[1];
        assert_eq!(reused, [KeyReuse { key, functions: vec!["split", "split"] }]);
    }

    #[test]
    fn nothing_is_noted_outside_and_inner_logs_are_their_own() {
        let _ = split(prng_key(1), 2);
        let ((), outer) = with_key_log(|| {
            let _ = split(prng_key(1), 2);
            let ((), inner) = with_key_log(|| {
                let _ = split(prng_key(1), 2);
            });
            assert_eq!(inner, []);
            let _ = split(prng_key(1), 2);
        });
        assert_eq!(outer.len(), 1);
        let _ = split(prng_key(1), 2);
        assert_eq!(with_key_log(|| split(prng_key(1), 2)).1, []);
    }
}
