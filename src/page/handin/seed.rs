//! The seed of a student's data, made of the student's number: the same for everybody who computes it, and another one for nearly every other number.
//!
//! It is made by JAX's own hash, threefry-2x32, so that a class can follow it. In Python, with the assignment's `salt` and the number's letters and digits in
//! capitals, as bytes in UTF-8:
//!
//! ```python
//! key = random.PRNGKey(salt)
//! for i in range(0, len(number), 4):
//!     key = random.fold_in(key, int.from_bytes(number[i : i + 4], "little"))
//! seed = int(key[1]) & 0x7FFFFFFF
//! ```
//!
//! It is no secret, and nothing is kept secret by it: it makes data differ.

use thetahat_kernels::threefry;

/// The longest number that is taken, in bytes.
pub const NUMBER_LIMIT: usize = 40;

/// A student's number as it is compared: letters in capitals and digits, without spaces and marks; nothing where none are left, or too many.
#[must_use]
pub fn normal(number: &str) -> Option<String> {
    let kept: String = number.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    (1..=NUMBER_LIMIT).contains(&kept.len()).then_some(kept)
}

/// The seed of the data for a number as [`normal`] returns it: from 0 to 2³¹ − 1.
#[must_use]
pub fn seed(salt: u32, number: &str) -> i64 {
    i64::from(fold([0, salt], number.as_bytes())[1] & 0x7fff_ffff)
}

/// Eight hexadecimal digits that change when a byte of a text does, but for one in four thousand million.
#[must_use]
pub fn digest(bytes: &[u8]) -> u32 {
    fold([0, bytes.len() as u32], bytes)[1]
}

/// A key into which bytes were folded, four at a time, as `fold_in` does.
fn fold(key: [u32; 2], bytes: &[u8]) -> [u32; 2] {
    bytes.chunks(4).fold(key, |key, four| {
        let word = four.iter().rev().fold(0, |word, byte| word << 8 | u32::from(*byte));
        threefry::block(key, [0, word])
    })
}
