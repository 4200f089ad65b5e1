//! Random permutations: a stable sort by random 32-bit keys, made for keys that are spread evenly.

use super::{Key, split_pair, threefry};

/// Memory that [`permutation_into`](super::permutation_into) reuses from call to call, so that a later call of no
/// greater length allocates nothing.
#[derive(Clone, Debug, Default)]
pub struct PermutationScratch {
    /// Sort key in the high half, element in the low half.
    unsorted: Vec<u64>,
    sorted: Vec<u64>,
    /// Where the next element of each bucket goes.
    places: Vec<u32>,
}

/// How often `jax.random.permutation` shuffles `n` elements, so that elements with equal 32-bit keys do no harm.
fn rounds(n: usize) -> u32 {
    #[allow(clippy::cast_precision_loss, reason = "JAX computes this in f64 as well")]
    let n = n.max(1) as f64;
    let rounds = (3.0 * n.ln() / f64::from(u32::MAX).ln()).ceil();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number from 0 to 6")]
    let rounds = rounds as u32;
    rounds
}

/// See [`super::permutation_into`].
pub(super) fn shuffle(mut key: Key, elements: &mut [u32], scratch: &mut PermutationScratch) {
    for _ in 0..rounds(elements.len()) {
        let (next, sort_key) = split_pair(key);
        key = next;
        scratch.sort_by_random_bits(sort_key.words(), elements);
    }
}

impl PermutationScratch {
    /// Sorts `elements` by the random bits that belong to their places; equal bits keep their order.
    ///
    /// Even keys make this linear: distribute by as many leading bits as there are elements to tell apart, then put
    /// right the few neighbours that share a bucket by insertion.
    fn sort_by_random_bits(&mut self, key: [u32; 2], elements: &mut [u32]) {
        let bucket_bits = (elements.len().max(2).ilog2() + 1).min(16);
        #[allow(clippy::cast_possible_truncation, reason = "at most 16 bits are left")]
        let bucket_of = |entry: u64| (entry >> (64 - bucket_bits)) as usize;
        self.places.clear();
        self.places.resize(1 << bucket_bits, 0);
        self.unsorted.clear();
        self.sorted.clear();
        self.sorted.resize(elements.len(), 0);

        for (chunk, group) in elements.chunks(threefry::GROUP).zip(0..) {
            let bits = threefry::bits_of_group(key, group);
            self.unsorted.extend(chunk.iter().zip(bits).map(|(&e, bits)| u64::from(bits) << 32 | u64::from(e)));
        }
        for &entry in &self.unsorted {
            self.places[bucket_of(entry)] += 1;
        }
        let mut start = 0;
        for place in &mut self.places {
            start += std::mem::replace(place, start);
        }
        for &entry in &self.unsorted {
            let place = &mut self.places[bucket_of(entry)];
            self.sorted[*place as usize] = entry;
            *place += 1;
        }
        insertion_sort(&mut self.sorted);
        for (element, entry) in elements.iter_mut().zip(&self.sorted) {
            #[allow(clippy::cast_possible_truncation, reason = "the low half is the element")]
            let low = *entry as u32;
            *element = low;
        }
    }
}

/// A stable insertion sort by the high half of each entry, quick where every entry is near its place.
fn insertion_sort(entries: &mut [u64]) {
    for i in 1..entries.len() {
        let entry = entries[i];
        let mut hole = i;
        while hole > 0 && entries[hole - 1] >> 32 > entry >> 32 {
            entries[hole] = entries[hole - 1];
            hole -= 1;
        }
        entries[hole] = entry;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rounds_are_jaxs() {
        for (n, expected) in [(0, 0), (1, 0), (2, 1), (500, 1), (1625, 1), (1626, 2), (2_642_245, 2), (2_642_246, 3)] {
            assert_eq!(rounds(n), expected, "n = {n}");
        }
    }

    proptest! {
        #[test]
        fn insertion_sort_is_stable(keys in prop::collection::vec(0_u64..8, 0..60)) {
            let mut entries: Vec<u64> = keys.iter().zip(0..).map(|(key, place)| key << 32 | place).collect();
            let mut expected = entries.clone();
            insertion_sort(&mut entries);
            expected.sort_by_key(|entry| entry >> 32);
            prop_assert_eq!(entries, expected);
        }

        #[test]
        fn sort_equals_the_standard_librarys_stable_sort(key: [u32; 2], n in 0_usize..5000) {
            let mut elements: Vec<u32> = (0..).take(n).map(|i: u32| i.rotate_left(7)).collect();
            let bits = |i: usize| {
                let [x0, x1] = threefry::block(key, threefry::counter(i as u64));
                x0 ^ x1
            };
            let mut expected: Vec<(u32, u32)> = elements.iter().enumerate().map(|(i, &e)| (bits(i), e)).collect();
            expected.sort_by_key(|&(bits, _)| bits);
            PermutationScratch::default().sort_by_random_bits(key, &mut elements);
            prop_assert_eq!(elements, expected.into_iter().map(|(_, e)| e).collect::<Vec<_>>());
        }
    }
}
