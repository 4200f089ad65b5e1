//! Threefry-2x32 with 20 rounds: the counter-based generator behind every key and every draw.
//!
//! Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011); JAX's `threefry2x32_p`.
//! A block is a pure function of a key and a counter, so that many blocks can be computed side by side: the loops over
//! [`LANES`] below are plain Rust that the compiler turns into SIMD on x86-64 and WebAssembly.

/// Blocks that are computed side by side: four registers of four words, which hides the latency of one.
pub(super) const LANES: usize = 16;

const PARITY: u32 = 0x1BD1_1BDA;
const ROTATIONS: [[u32; 4]; 2] = [[13, 15, 26, 6], [17, 29, 16, 24]];

/// The block of `key` at `counter`: two words that look random.
#[inline]
pub(super) fn block(key: [u32; 2], counter: [u32; 2]) -> [u32; 2] {
    let [[x0], [x1]] = blocks(key, counter.map(|word| [word]));
    [x0, x1]
}

/// [`block`] for `L` counters at once; `counters[0]` holds their first words.
#[inline(always)]
#[allow(clippy::inline_always, reason = "unrolled and vectorised only when it meets its caller's constants")]
pub(super) fn blocks<const L: usize>(key: [u32; 2], counters: [[u32; L]; 2]) -> [[u32; L]; 2] {
    let schedule = [key[0], key[1], key[0] ^ key[1] ^ PARITY];
    let [mut x0, mut x1] = counters;
    for lane in 0..L {
        x0[lane] = x0[lane].wrapping_add(schedule[0]);
        x1[lane] = x1[lane].wrapping_add(schedule[1]);
    }
    for group in 0..5_u32 {
        for rotation in ROTATIONS[group as usize % 2] {
            for lane in 0..L {
                x0[lane] = x0[lane].wrapping_add(x1[lane]);
                x1[lane] = x1[lane].rotate_left(rotation) ^ x0[lane];
            }
        }
        let first = schedule[(group as usize + 1) % 3];
        let second = schedule[(group as usize + 2) % 3].wrapping_add(group + 1);
        for lane in 0..L {
            x0[lane] = x0[lane].wrapping_add(first);
            x1[lane] = x1[lane].wrapping_add(second);
        }
    }
    [x0, x1]
}

/// The counter of draw or split number `index`.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "the two halves of the index")]
pub(super) fn counter(index: u64) -> [u32; 2] {
    [(index >> 32) as u32, index as u32]
}

/// The 32 random bits of each of the draws from `first` on: the two words of its block, combined.
#[inline]
pub(super) fn bits_from(key: [u32; 2], first: u64) -> [u32; LANES] {
    let mut counters = [[0; LANES]; 2];
    for (lane, index) in (first..).take(LANES).enumerate() {
        [counters[0][lane], counters[1][lane]] = counter(index);
    }
    let [x0, x1] = blocks(key, counters);
    let mut bits = [0; LANES];
    for lane in 0..LANES {
        bits[lane] = x0[lane] ^ x1[lane];
    }
    bits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_answers() {
        // The published test vectors of Threefry-2x32-20 (Random123's kat_vectors).
        assert_eq!(block([0, 0], [0, 0]), [0x6B20_0159, 0x99BA_4EFE]);
        assert_eq!(block([u32::MAX; 2], [u32::MAX; 2]), [0x1CB9_96FC, 0xBB00_2BE7]);
        assert_eq!(block([0x1319_8A2E, 0x0370_7344], [0x243F_6A88, 0x85A3_08D3]), [0xC492_3A9C, 0x483D_F7A0]);
    }

    proptest! {
        #[test]
        fn lanes_equal_single_blocks(key: [u32; 2], first in prop_oneof![0..1_u64 << 40, (1_u64 << 32) - 20..1 << 32]) {
            let bits = bits_from(key, first);
            for (lane, index) in (first..).take(LANES).enumerate() {
                let [x0, x1] = block(key, counter(index));
                prop_assert_eq!(bits[lane], x0 ^ x1);
            }
        }
    }
}
