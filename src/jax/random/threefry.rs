//! Threefry-2x32 with 20 rounds: the counter-based generator behind every key and every draw.
//!
//! Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011); JAX's `threefry2x32_p`.
//! A block is a pure function of a key and a counter. [`bits_of_group`] computes many in a plain loop of which the compiler
//! makes SIMD, on x86-64 as on WebAssembly.

/// Draws that are computed together: enough to fill the registers several times over, and a divisor of 2³², so that the
/// counters of one such group share their upper word.
pub(super) const GROUP: usize = 64;

const PARITY: u32 = 0x1BD1_1BDA;
const ROTATIONS: [[u32; 4]; 2] = [[13, 15, 26, 6], [17, 29, 16, 24]];

/// The block of `key` at `counter`: two words that look random.
#[inline(always)]
#[allow(clippy::inline_always, reason = "the loop below is vectorised only if it contains no call")]
pub(super) fn block(key: [u32; 2], counter: [u32; 2]) -> [u32; 2] {
    let schedule = [key[0], key[1], key[0] ^ key[1] ^ PARITY];
    let mut x0 = counter[0].wrapping_add(schedule[0]);
    let mut x1 = counter[1].wrapping_add(schedule[1]);
    for group in 0..5_u32 {
        for rotation in ROTATIONS[group as usize % 2] {
            x0 = x0.wrapping_add(x1);
            x1 = x1.rotate_left(rotation) ^ x0;
        }
        x0 = x0.wrapping_add(schedule[(group as usize + 1) % 3]);
        x1 = x1.wrapping_add(schedule[(group as usize + 2) % 3]).wrapping_add(group + 1);
    }
    [x0, x1]
}

/// The counter of draw or split number `index`.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "the two halves of the index")]
pub(super) fn counter(index: u64) -> [u32; 2] {
    [(index >> 32) as u32, index as u32]
}

/// The 32 random bits of each of [`GROUP`] draws, group number `group` of them: the two words of each draw's block,
/// combined.
#[inline(never)]
pub(super) fn bits_of_group(key: [u32; 2], group: u64) -> [u32; GROUP] {
    let [high, low] = counter(group * GROUP as u64);
    let mut bits = [0; GROUP];
    for (bits, offset) in bits.iter_mut().zip(0_u32..) {
        let [x0, x1] = block(key, [high, low + offset]);
        *bits = x0 ^ x1;
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
        fn groups_equal_single_blocks(key: [u32; 2], group in prop_oneof![0..1_u64 << 40, (1_u64 << 26) - 2..(1 << 26) + 2]) {
            for (bits, index) in bits_of_group(key, group).into_iter().zip(group * GROUP as u64..) {
                let [x0, x1] = block(key, counter(index));
                prop_assert_eq!(bits, x0 ^ x1);
            }
        }
    }
}
