//! [`Ranks`]: which part of all numbers is smaller than one of them.

/// Finite numbers in order.
#[derive(Debug)]
pub(super) struct Ranks {
    sorted: Vec<f32>,
}

impl Ranks {
    /// Of those that are finite.
    pub fn new(values: impl Iterator<Item = f32>) -> Self {
        let mut keys: Vec<u32> = values.filter(|value| value.is_finite()).map(key).collect();
        sort(&mut keys);
        Self { sorted: keys.into_iter().map(value).collect() }
    }

    /// The rank of a number from 0 to 1; none of one that is not finite. Equal numbers share the middle of their ranks.
    pub fn level(&self, value: f32) -> Option<f64> {
        if !value.is_finite() {
            return None;
        }
        let first = self.sorted.partition_point(|other| *other < value);
        let last = self.sorted.partition_point(|other| *other <= value).max(first + 1) - 1;
        Some((first + last) as f64 / 2.0 / (self.sorted.len().max(2) - 1) as f64)
    }

    /// The number at a rank from 0 to 1.
    pub fn at(&self, rank: f64) -> Option<f32> {
        let last = self.sorted.len().checked_sub(1)?;
        self.sorted.get((rank * last as f64).round() as usize).copied()
    }
}

/// An integer for a float, in the same order.
fn key(value: f32) -> u32 {
    let bits = value.to_bits();
    if bits >> 31 == 1 { !bits } else { bits | 1 << 31 }
}

fn value(key: u32) -> f32 {
    f32::from_bits(if key >> 31 == 1 { key & !(1 << 31) } else { !key })
}

/// Sorts by one byte after the other: the standard library's sort would add more to the page than the rest of the map's drawing.
fn sort(keys: &mut Vec<u32>) {
    let mut next = vec![0; keys.len()];
    for shift in [0, 8, 16, 24] {
        let byte = |key: u32| (key >> shift & 255) as usize;
        let mut starts = [0; 257];
        for &key in &*keys {
            starts[byte(key) + 1] += 1;
        }
        for at in 1..257 {
            starts[at] += starts[at - 1];
        }
        for &key in &*keys {
            next[starts[byte(key)]] = key;
            starts[byte(key)] += 1;
        }
        std::mem::swap(keys, &mut next);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn ranks_are_those_of_the_sorted_list(values: Vec<f32>) {
            let ranks = Ranks::new(values.iter().copied());
            let mut expected: Vec<f32> = values.iter().copied().filter(|value| value.is_finite()).collect();
            expected.sort_by(f32::total_cmp);
            let bits = |list: &[f32]| list.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
            prop_assert_eq!(bits(&ranks.sorted), bits(&expected));
            for value in values {
                prop_assert_eq!(ranks.level(value).is_some(), value.is_finite());
                prop_assert!(ranks.level(value).is_none_or(|level| (0.0..=1.0).contains(&level)));
            }
        }
    }
}
