//! [`Rngs`]: named streams of keys, each a key and a counter.

use crate::jax::random::{Key, Seed, fold_in, prng_key};

/// One stream: number `count` of its keys is `fold_in(key, count)` (`nnx.RngStream`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RngStream {
    /// The stream's name.
    pub tag: String,
    /// The key that all keys of the stream come from.
    pub key: Key,
    /// How many keys the stream has given.
    pub count: u32,
}

impl RngStream {
    fn new(tag: &str, seed: impl Seed) -> Self {
        Self { tag: tag.to_owned(), key: prng_key(seed), count: 0 }
    }

    /// The stream's next key; the count wraps around after 2³² of them.
    pub fn next_key(&mut self) -> Key {
        let key = fold_in(self.key, self.count);
        self.count = self.count.wrapping_add(1);
        key
    }
}

/// A source of fresh keys for modules (`nnx.Rngs`): a default stream, and streams with a name and a seed of their own.
///
/// Names are not hashed: a name that no stream has means the default stream, which it shares with all such names.
/// Flax can also make an `Rngs` with no default stream, which then refuses such names; this one always has it.
///
/// ```
/// use thetahat::jax::random::{fold_in, prng_key};
/// use thetahat::nnx::rngs::Rngs;
///
/// let mut rngs = Rngs::new(0).with_stream("params", 3);
/// assert_eq!(rngs.params(), fold_in(prng_key(3), 0));
/// assert_eq!(rngs.next_key(), fold_in(prng_key(0), 0));
/// assert_eq!(rngs.stream("dropout"), fold_in(prng_key(0), 1));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rngs {
    default: RngStream,
    named: Vec<RngStream>,
}

impl Rngs {
    /// Streams with a default stream of this seed: `nnx.Rngs(seed)`.
    #[must_use]
    pub fn new(seed: impl Seed) -> Self {
        Self { default: RngStream::new("default", seed), named: Vec::new() }
    }

    /// The same with one more stream, or with another seed for the stream of that name: `nnx.Rngs(0, params=3)`.
    #[must_use]
    pub fn with_stream(mut self, name: &str, seed: impl Seed) -> Self {
        let stream = RngStream::new(name, seed);
        if name == self.default.tag {
            self.default = stream;
        } else if let Some(known) = self.named.iter_mut().find(|known| known.tag == name) {
            *known = stream;
        } else {
            self.named.push(stream);
        }
        self
    }

    /// The next key of the default stream: `rngs()`.
    pub fn next_key(&mut self) -> Key {
        self.default.next_key()
    }

    /// The next key of the stream of this name, or of the default stream if there is none: `rngs["name"]()`.
    pub fn stream(&mut self, name: &str) -> Key {
        self.named.iter_mut().find(|known| known.tag == name).unwrap_or(&mut self.default).next_key()
    }

    /// The next key for parameters: `rngs.params()`.
    pub fn params(&mut self) -> Key {
        self.stream("params")
    }

    /// All streams, the default one first.
    pub fn streams(&self) -> impl Iterator<Item = &RngStream> {
        std::iter::once(&self.default).chain(&self.named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_those_of_flax() {
        // nnx.Rngs(0, params=3): r.params(), r.default(), r(), r.dropout()
        let mut rngs = Rngs::new(0).with_stream("params", 3);
        let keys = [rngs.params(), rngs.stream("default"), rngs.next_key(), rngs.stream("dropout")];
        assert_eq!(
            keys.map(Key::words),
            [
                [3_716_834_203, 3_481_239_269],
                [1_797_259_609, 2_579_123_966],
                [928_981_903, 3_453_687_069],
                [4_146_024_105, 2_718_843_009],
            ]
        );
        assert_eq!(rngs.streams().map(|s| s.count).collect::<Vec<_>>(), [3, 1]);
    }

    #[test]
    fn a_stream_can_be_given_another_seed() {
        let rngs = Rngs::new(0).with_stream("params", 3).with_stream("params", 4).with_stream("default", 5);
        assert_eq!(rngs, Rngs::new(5).with_stream("params", 4));
    }
}
