//! [`Keys`]: the keys of a run up to one of its epochs: which key was made of which, its numbers, and who uses it.
//!
//! The draws are made once more while the engine's log of keys is on ([`with_key_uses`]), so what is said of a key is what was done with it.

use serde::{Deserialize, Serialize};

use crate::base::error::Result;
use crate::jax::random::{Key, KeyReuse, fold_in, normal, prng_key, split, split_n, with_key_log, with_key_uses};
use crate::nnx::{Linear, Rngs};

use crate::lecture::data::simulation::Simulation;
use crate::lecture::settings::config::{Config, ModuleKind, Program, Start};

/// Epochs that are listed from the first one on; of later ones the last two are.
const FIRST: usize = 3;
/// Numbers that are drawn to show what using a key twice does.
const DRAWN: usize = 3;

/// The keys of a run up to one of its epochs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Keys {
    /// The epoch, from 0.
    pub epoch: usize,
    /// The keys, each behind the one that it was made of.
    pub nodes: Vec<KeyNode>,
    /// How many epochs are left out before the last two.
    pub left_out: usize,
    /// Keys that this run uses more than once, with the functions that do.
    pub reused: Vec<([u32; 2], Vec<String>)>,
    /// What would happen if this epoch's subkey were used twice.
    pub twice: Twice,
    /// The same of the key that is made of the seed.
    pub of_seed: Twice,
}

/// A key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeyNode {
    /// Its two words.
    pub words: [u32; 2],
    /// The key that it was made of; none for that of a seed, and for one that was made of a key that is left out.
    pub parent: Option<usize>,
    /// How it was made.
    pub made: Made,
    /// What it is called in the program.
    pub name: String,
    /// What is made with it; empty for a key that only other keys are made of.
    pub purpose: String,
    /// The functions that consume it in this run, up to this epoch.
    pub functions: Vec<String>,
    /// The epoch that it shuffles or that splits it.
    pub epoch: Option<usize>,
}

/// How a key is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Made {
    /// Of a seed.
    Seed(i64),
    /// As one of the keys that another was split into.
    Split {
        /// Which, from 0.
        at: usize,
        /// Of how many.
        of: usize,
    },
    /// Of another key and a number.
    Folded(u32),
}

/// Numbers drawn twice with one key, and once with each of the keys that it can be split into.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Twice {
    /// The key.
    pub words: [u32; 2],
    /// What both draws return.
    pub same: [Vec<f32>; 2],
    /// The functions that the engine warns of.
    pub warning: Vec<String>,
    /// What draws with its two parts return.
    pub apart: [Vec<f32>; 2],
}

/// The keys of a run up to an epoch.
///
/// # Errors
/// The configuration is not valid.
pub fn keys(config: &Config, epoch: usize) -> Result<Keys> {
    let mut tree = Tree::default();
    let streams = config.program.is_module() && config.start == Start::Lecture;
    let root = tree.root(config.seed, if streams { "rngs" } else { "key" });
    let first = if streams {
        tree.streams(root, config);
        tree.root(config.seed, "key")
    } else {
        tree.splits(root, config)
    };
    let left_out = tree.epochs(first, epoch);
    let (uses, subkey) = used(config, epoch)?;
    for node in &mut tree.0 {
        let functions = uses.iter().find(|used| used.key.words() == node.words).map(|used| named(&used.functions));
        node.functions = functions.unwrap_or_default();
    }
    let reused = uses.iter().filter(|used| used.functions.len() > 1);
    let reused = reused.map(|used| (used.key.words(), named(&used.functions))).collect();
    Ok(Keys { epoch, nodes: tree.0, left_out, reused, twice: twice(subkey)?, of_seed: twice(prng_key(config.seed))? })
}

fn named(functions: &[&'static str]) -> Vec<String> {
    functions.iter().map(|&function| function.to_owned()).collect()
}

/// Every key that the run consumes up to the end of an epoch's shuffle, and the subkey of that epoch.
fn used(config: &Config, epoch: usize) -> Result<(Vec<KeyReuse>, Key)> {
    let (drawn, mut uses) = with_key_uses(|| {
        if config.program.is_module() && config.start == Start::Same {
            // the module draws a kernel all the same, which is then moved
            let _ = Linear::without_bias(config.features, 1, &mut Rngs::new(config.seed));
        }
        Simulation::new(config).map(|simulation| simulation.key)
    });
    let mut key = drawn?;
    let mut subkey = key;
    let data = uses.len();
    for number in 0..=epoch {
        let [next, shuffle] = split_n(key);
        for (key, function) in [(key, "split"), (shuffle, "permutation")] {
            match uses[..data].iter_mut().find(|used| used.key == key) {
                Some(used) => used.functions.push(function),
                None if is_listed(number, epoch) => uses.push(KeyReuse { key, functions: vec![function] }),
                None => {}
            }
        }
        (key, subkey) = (next, shuffle);
    }
    Ok((uses, subkey))
}

/// Whether an epoch is listed.
fn is_listed(number: usize, last: usize) -> bool {
    number < FIRST || number + 1 >= last
}

fn twice(key: Key) -> Result<Twice> {
    let (same, log) = with_key_log(|| [normal(key, &[DRAWN]), normal(key, &[DRAWN])]);
    let [one, other] = split_n(key);
    let numbers = |[a, b]: [crate::jax::Array; 2]| Ok::<_, crate::Error>([a.to_vec()?, b.to_vec()?]);
    Ok(Twice {
        words: key.words(),
        same: numbers(same)?,
        warning: log.first().map(|used| named(&used.functions)).unwrap_or_default(),
        apart: numbers([normal(one, &[DRAWN]), normal(other, &[DRAWN])])?,
    })
}

#[derive(Default)]
struct Tree(Vec<KeyNode>);

impl Tree {
    fn push(&mut self, key: Key, parent: Option<usize>, made: Made, (name, purpose): (&str, &str)) -> usize {
        let (name, purpose) = (name.to_owned(), purpose.to_owned());
        let words = key.words();
        self.0.push(KeyNode { words, parent, made, name, purpose, functions: Vec::new(), epoch: None });
        self.0.len() - 1
    }

    fn key(&self, node: usize) -> Key {
        Key::from_words(self.0[node].words)
    }

    fn root(&mut self, seed: i64, name: &str) -> usize {
        self.push(prng_key(seed), None, Made::Seed(seed), (name, ""))
    }

    fn split(&mut self, node: usize, named: &[(&str, &str)]) -> usize {
        let first = self.0.len();
        let of = named.len();
        for (at, (key, names)) in split(self.key(node), of).into_iter().zip(named).enumerate() {
            self.push(key, Some(node), Made::Split { at, of }, *names);
        }
        first
    }

    /// The keys of the functional programs; returns the one that the first epoch splits.
    fn splits(&mut self, root: usize, config: &Config) -> usize {
        let data = [("key", ""), ("subkeys[0]", "θ"), ("subkeys[1]", "X"), ("subkeys[2]", "noise")];
        let key = self.split(root, &data);
        if config.program.is_module() {
            let rngs = self.root(config.seed, "rngs");
            let kernel = fold_in(self.key(rngs), 0);
            self.push(kernel, Some(rngs), Made::Folded(0), ("rngs.params()", "a kernel, which is moved to θ₀"));
        }
        self.split(key, &[("key", ""), ("subkey", "θ₀")])
    }

    /// The keys that streams of `nnx.Rngs` return.
    fn streams(&mut self, root: usize, config: &Config) {
        let own = matches!(config.program, Program::Module(ModuleKind::MyLinear | ModuleKind::Pitfall));
        let mut named =
            vec![("rngs.params()", "kernel of nnx.Linear"), ("rngs()", "θ"), ("rngs()", "X"), ("rngs()", "noise")];
        if own {
            named.push(("rngs()", "kernel of MyLinear"));
        }
        for (number, names) in (0..).zip(named) {
            self.push(fold_in(self.key(root), number), Some(root), Made::Folded(number), names);
        }
    }

    /// The keys of the epochs up to this one; returns how many are left out.
    fn epochs(&mut self, first: usize, epoch: usize) -> usize {
        let (mut node, mut key) = (first, self.key(first));
        for number in 0..=epoch {
            if !is_listed(number, epoch) {
                [key, _] = split_n(key);
                continue;
            }
            if self.0[node].words != key.words() {
                // made of one that is left out
                node = self.push(key, None, Made::Split { at: 0, of: 2 }, ("key", ""));
            }
            self.0[node].epoch = Some(number);
            let carried = self.split(node, &[("key", "carried on"), ("subkey", "the order")]);
            self.0[carried + 1].epoch = Some(number);
            (node, key) = (carried, self.key(carried));
        }
        (0..=epoch).filter(|&number| !is_listed(number, epoch)).count()
    }
}
