//! Threefry-2x32 with 20 rounds: the counter-based generator behind every key and every draw.
//!
//! Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011); JAX's `threefry2x32_p`.
//! A block is a pure function of a key and a counter. [`bits_of_group`] computes many of them side by side in SIMD lanes, on
//! x86-64 as on WebAssembly.

use wide::u32x4;

/// Draws that are computed in one call: a multiple of [`LANES`], and a divisor of 2³², so that the counters of one such
/// group share their upper word.
pub const GROUP: usize = 64;

/// Vectors of a [`Lanes`]. A round is a chain of four operations that each wait for the one before; with four vectors the
/// processor always has another one to go on with, and their eight registers still fit into SSE's sixteen.
const VECTORS: usize = 4;
const LANES: usize = 4 * VECTORS;

const PARITY: u32 = 0x1BD1_1BDA;
const ROTATIONS: [[u32; 4]; 2] = [[13, 15, 26, 6], [17, 29, 16, 24]];

/// The block of `key` at `counter`: two words that look random.
pub fn block(key: [u32; 2], counter: [u32; 2]) -> [u32; 2] {
    let schedule = schedule(key);
    let mut x0 = counter[0].wrapping_add(schedule[0]);
    let mut x1 = counter[1].wrapping_add(schedule[1]);
    for group in 0..5_u32 {
        for rotation in ROTATIONS[group as usize % 2] {
            x0 = x0.wrapping_add(x1);
            x1 = x1.rotate_left(rotation) ^ x0;
        }
        let [add_0, add_1] = injection(schedule, group);
        x0 = x0.wrapping_add(add_0);
        x1 = x1.wrapping_add(add_1);
    }
    [x0, x1]
}

/// The key's two words and their parity word.
fn schedule(key: [u32; 2]) -> [u32; 3] {
    [key[0], key[1], key[0] ^ key[1] ^ PARITY]
}

/// What is added to the two words after four rounds, for the `group`th time.
#[inline]
fn injection(schedule: [u32; 3], group: u32) -> [u32; 2] {
    [schedule[(group as usize + 1) % 3], schedule[(group as usize + 2) % 3].wrapping_add(group + 1)]
}

/// The counter of draw or split number `index`.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "the two halves of the index")]
pub fn counter(index: u64) -> [u32; 2] {
    [(index >> 32) as u32, index as u32]
}

/// The 32 random bits of each of [`GROUP`] draws, group number `group` of them: the two words of each draw's block,
/// combined.
#[inline(never)]
pub fn bits_of_group(key: [u32; 2], group: u64) -> [u32; GROUP] {
    let [high, low] = counter(group * GROUP as u64);
    let schedule = schedule(key);
    let mut bits = [0; GROUP];
    let (lanes, _) = bits.as_chunks_mut::<LANES>();
    for (bits, first) in lanes.iter_mut().zip((low..).step_by(LANES)) {
        let [x0, x1] = Lanes::at_counters(schedule, high, first).mixed(schedule);
        let (vectors, _) = bits.as_chunks_mut::<4>();
        for ((bits, x0), x1) in vectors.iter_mut().zip(x0).zip(x1) {
            *bits = (x0 ^ x1).to_array();
        }
    }
    bits
}

/// The two words of [`LANES`] blocks at once.
struct Lanes {
    x0: [u32x4; VECTORS],
    x1: [u32x4; VECTORS],
}

#[allow(clippy::inline_always, reason = "the lanes must stay in registers")]
impl Lanes {
    /// The counters from (`high`, `low`) on, with the key's words added.
    #[inline(always)]
    fn at_counters(schedule: [u32; 3], high: u32, low: u32) -> Self {
        let first = u32x4::splat(low.wrapping_add(schedule[1])) + u32x4::new([0, 1, 2, 3]);
        let mut x1 = [first; VECTORS];
        for (x1, offset) in x1.iter_mut().zip((0..).step_by(4)) {
            *x1 += u32x4::splat(offset);
        }
        Self { x0: [u32x4::splat(high.wrapping_add(schedule[0])); VECTORS], x1 }
    }

    /// The blocks of these counters.
    #[inline(always)]
    fn mixed(mut self, schedule: [u32; 3]) -> [[u32x4; VECTORS]; 2] {
        self.even_rounds(injection(schedule, 0));
        self.odd_rounds(injection(schedule, 1));
        self.even_rounds(injection(schedule, 2));
        self.odd_rounds(injection(schedule, 3));
        self.even_rounds(injection(schedule, 4));
        [self.x0, self.x1]
    }

    #[inline(always)]
    fn even_rounds(&mut self, injection: [u32; 2]) {
        self.round::<{ ROTATIONS[0][0] }>();
        self.round::<{ ROTATIONS[0][1] }>();
        self.round::<{ ROTATIONS[0][2] }>();
        self.round::<{ ROTATIONS[0][3] }>();
        self.inject(injection);
    }

    #[inline(always)]
    fn odd_rounds(&mut self, injection: [u32; 2]) {
        self.round::<{ ROTATIONS[1][0] }>();
        self.round::<{ ROTATIONS[1][1] }>();
        self.round::<{ ROTATIONS[1][2] }>();
        self.round::<{ ROTATIONS[1][3] }>();
        self.inject(injection);
    }

    /// The rotation is a parameter of the type, so that it is a constant of the instruction.
    #[inline(always)]
    fn round<const ROTATION: u32>(&mut self) {
        for (x0, x1) in self.x0.iter_mut().zip(&mut self.x1) {
            *x0 += *x1;
            *x1 = ((*x1 << ROTATION) | (*x1 >> (32 - ROTATION))) ^ *x0;
        }
    }

    #[inline(always)]
    fn inject(&mut self, [add_0, add_1]: [u32; 2]) {
        for (x0, x1) in self.x0.iter_mut().zip(&mut self.x1) {
            *x0 += u32x4::splat(add_0);
            *x1 += u32x4::splat(add_1);
        }
    }
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
