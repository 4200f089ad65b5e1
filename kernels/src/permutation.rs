//! Random permutations: a stable sort by random 32-bit keys, made for keys that are spread evenly.
//!
//! Two passes of a radix sort order the entries by their leading 16 or 22 bits; the few neighbours that agree in those are put
//! right by insertion. A radix sort takes no decisions that a processor could guess wrongly, and among 500 even keys some two pairs
//! agree in 16 bits.

use crate::threefry;

/// Memory that a sort reuses from call to call, so that a later call of no
/// greater length allocates nothing.
#[derive(Clone, Debug, Default)]
pub struct PermutationScratch {
    /// Sort key in the high half, element in the low half.
    entries: Vec<u64>,
    /// The entries by the lower of the two digits.
    half_sorted: Vec<u64>,
}

/// Up to this many elements, digits of 8 bits are quicker than digits of 11, whose tables take longer to go through.
const SHORT: usize = 8192;

impl PermutationScratch {
    /// Sorts `elements` by the random bits that belong to their places under `key`; equal bits keep their order.
    pub fn sort_by_random_bits(&mut self, key: [u32; 2], elements: &mut [u32]) {
        self.entries.clear();
        self.half_sorted.clear();
        self.half_sorted.resize(elements.len(), 0);
        for (chunk, group) in elements.chunks(threefry::GROUP).zip(0..) {
            let bits = threefry::bits_of_group(key, group);
            self.entries.extend(chunk.iter().zip(bits).map(|(&e, bits)| u64::from(bits) << 32 | u64::from(e)));
        }
        if elements.len() <= SHORT {
            self.sort_by_two_digits::<8, { 1 << 8 }>();
        } else {
            self.sort_by_two_digits::<11, { 1 << 11 }>();
        }
        insertion_sort(&mut self.entries);
        for (element, entry) in elements.iter_mut().zip(&self.entries) {
            #[allow(clippy::cast_possible_truncation, reason = "the low half is the element")]
            let low = *entry as u32;
            *element = low;
        }
    }

    /// A stable radix sort by the two leading digits, of `BITS` bits and so `VALUES` values each.
    fn sort_by_two_digits<const BITS: u32, const VALUES: usize>(&mut self) {
        #[allow(clippy::cast_possible_truncation, reason = "one digit is left")]
        let (upper, lower) = (
            |entry: u64| (entry >> (64 - BITS)) as usize % VALUES,
            |entry: u64| (entry >> (64 - 2 * BITS)) as usize % VALUES,
        );
        let (mut upper_places, mut lower_places) = ([0; VALUES], [0; VALUES]);
        for &entry in &self.entries {
            upper_places[upper(entry)] += 1;
            lower_places[lower(entry)] += 1;
        }
        counts_to_places(&mut lower_places);
        distribute(&self.entries, &mut self.half_sorted, &mut lower_places, lower);
        counts_to_places(&mut upper_places);
        distribute(&self.half_sorted, &mut self.entries, &mut upper_places, upper);
    }
}

/// How many entries have each digit becomes where the first of them goes.
fn counts_to_places<const VALUES: usize>(counts: &mut [u32; VALUES]) {
    let mut start = 0;
    for count in counts {
        start += std::mem::replace(count, start);
    }
}

/// Copies each entry to the place of its digit, and moves that place on.
#[inline]
fn distribute<const VALUES: usize>(
    from: &[u64],
    to: &mut [u64],
    places: &mut [u32; VALUES],
    digit: impl Fn(u64) -> usize,
) {
    for &entry in from {
        let place = &mut places[digit(entry)];
        to[*place as usize] = entry;
        *place += 1;
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
        fn sort_equals_the_standard_librarys_stable_sort(key: [u32; 2], n in prop_oneof![0_usize..600, 8100_usize..8300, 0_usize..30_000]) {
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
