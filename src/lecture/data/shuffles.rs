//! [`Shuffles`]: the orders in which epochs go through the samples, drawn once and shared by runs that differ in other settings.
//!
//! An epoch's order depends on its subkey and on N alone, so that another learning rate, batch size or program needs no new one.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::jax::random::{Key, PermutationScratch, permutation_into};

/// How many bytes of orders [`Shuffles::default`] keeps: forty times those of the lecture's run.
pub const MEMORY: usize = 16 << 20;

/// Words of a key are as good as random, so that this hash, which takes a multiplication for each, spreads them well.
type Orders = FxHashMap<(Key, usize), Rc<[u32]>>;

/// A bounded memory of permutations.
///
/// It has two generations. What is asked for belongs to the younger one; once that holds half of the memory, it becomes the
/// older one, and the older one is forgotten. So whatever was asked for lately is kept, and nothing has to be searched.
#[derive(Debug)]
pub struct Shuffles {
    young: Orders,
    old: Orders,
    /// What the younger generation holds.
    young_bytes: usize,
    /// What either generation may hold.
    half: usize,
    buffer: Vec<u32>,
    scratch: PermutationScratch,
}

impl Default for Shuffles {
    fn default() -> Self {
        Self::with_memory(MEMORY)
    }
}

impl Shuffles {
    /// A memory of at most this many bytes, which may be 0.
    #[must_use]
    pub fn with_memory(bytes: usize) -> Self {
        Self {
            young: Orders::default(),
            old: Orders::default(),
            young_bytes: 0,
            half: bytes / 2,
            buffer: Vec::new(),
            scratch: PermutationScratch::default(),
        }
    }

    /// Keeps up to this many bytes from now on, if that is more than before.
    pub fn remember(&mut self, bytes: usize) {
        self.half = self.half.max(bytes / 2);
    }

    /// The numbers from 0 to `samples` − 1 in the order that `subkey` decides (`jax.random.permutation(subkey, samples)`).
    pub fn order(&mut self, subkey: Key, samples: usize) -> Rc<[u32]> {
        let key = (subkey, samples);
        if let Some(order) = self.young.get(&key) {
            return order.clone();
        }
        let order = self.old.remove(&key).unwrap_or_else(|| {
            permutation_into(subkey, samples, &mut self.buffer, &mut self.scratch);
            self.buffer.as_slice().into()
        });
        self.keep(key, order.clone());
        order
    }

    fn keep(&mut self, key: (Key, usize), order: Rc<[u32]>) {
        let bytes = size_of_val(&*order);
        if bytes > self.half {
            return;
        }
        if self.young_bytes + bytes > self.half {
            self.old = std::mem::take(&mut self.young);
            self.young_bytes = 0;
        }
        self.young.insert(key, order);
        self.young_bytes += bytes;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn held(shuffles: &Shuffles) -> usize {
        shuffles.young.values().chain(shuffles.old.values()).map(|order| size_of_val(&**order)).sum()
    }

    #[test]
    fn an_order_is_drawn_once() {
        let mut shuffles = Shuffles::default();
        let orders: Vec<_> = (0..201).map(|epoch| shuffles.order(Key::from_words([epoch, 42]), 500)).collect();
        for (order, epoch) in orders.iter().zip(0..) {
            assert!(Rc::ptr_eq(order, &shuffles.order(Key::from_words([epoch, 42]), 500)));
        }
        assert_eq!(held(&shuffles), 201 * 500 * 4);
    }

    proptest! {
        #[test]
        fn orders_are_jaxs_and_memory_is_bounded(
            memory in 0_usize..3000,
            asked in prop::collection::vec((0_u32..6, 0_usize..300), 0..60),
        ) {
            let mut shuffles = Shuffles::with_memory(memory);
            let (mut expected, mut scratch) = (Vec::new(), PermutationScratch::default());
            for (word, samples) in asked {
                let key = Key::from_words([word, 7]);
                permutation_into(key, samples, &mut expected, &mut scratch);
                prop_assert_eq!(&*shuffles.order(key, samples), expected.as_slice());
                prop_assert!(held(&shuffles) <= memory);
            }
        }
    }
}
