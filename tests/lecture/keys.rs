//! The tree of keys has the keys that the run uses, and says what is done with them.

use thetahat::jax::random::{Key, fold_in, prng_key, split};
use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::run::keys::{Keys, Made, keys};
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::{Config, ModuleKind, Program, Start};

fn of(config: &Config, epoch: usize) -> Keys {
    keys(config, epoch).expect("a valid configuration")
}

fn functions(keys: &Keys, purpose: &str) -> Vec<String> {
    keys.nodes.iter().find(|node| node.purpose == purpose).expect(purpose).functions.clone()
}

#[test]
fn each_key_is_made_as_it_says() {
    for &program in Program::ALL {
        for start in [Start::Lecture, Start::Same] {
            for epoch in [0, 1, 2, 4, 30] {
                let tree = of(&Config { program, start, ..Config::default() }, epoch);
                for node in &tree.nodes {
                    let parent = node.parent.map(|at| Key::from_words(tree.nodes[at].words));
                    let made = match (node.made, parent) {
                        (Made::Seed(seed), _) => prng_key(seed),
                        (Made::Split { at, of }, Some(parent)) => split(parent, of)[at],
                        (Made::Folded(number), Some(parent)) => fold_in(parent, number),
                        // made of one that is left out
                        (_, None) => Key::from_words(node.words),
                    };
                    assert_eq!(made.words(), node.words, "{program} {start:?} {node:?}");
                }
                let listed = tree.nodes.iter().filter(|node| node.purpose == "the order").count();
                assert_eq!(listed + tree.left_out, epoch + 1);
            }
        }
    }
}

#[test]
fn the_keys_of_the_epoch_are_those_of_the_step() {
    for program in [Program::Raw, Program::Module(ModuleKind::Linear)] {
        let config = Config { program, epochs: 8, ..Config::default() };
        let mut trainer = Trainer::with(&config, &Shared::default()).expect("a configuration");
        trainer.advance(usize::MAX).expect("steps");
        let step = trainer.dissect(7 * 32 + 3).expect("a step");
        let tree = of(&config, 7);
        assert_eq!(tree.left_out, 3);
        let of_epoch: Vec<_> = tree.nodes.iter().filter(|node| node.epoch == Some(7)).map(|node| node.words).collect();
        assert_eq!(of_epoch, [step.keys[0], step.keys[2]]);
        assert_eq!(tree.twice.words, step.keys[2]);
    }
}

#[test]
fn functional_programs_use_every_key_once() {
    let tree = of(&Config::default(), 5);
    assert_eq!(tree.reused, []);
    assert_eq!(functions(&tree, "X"), ["normal"]);
    assert_eq!(functions(&tree, "θ₀"), ["normal"]);
    assert_eq!(functions(&tree, "the order"), ["permutation"]);
    assert_eq!(tree.nodes[0].functions, ["split"]);
}

#[test]
fn the_lectures_module_program_uses_keys_twice() {
    // `nnx.Rngs(42)` and `PRNGKey(42)` have the same key, and in JAX `fold_in(key, i)` is `split(key)[i]`
    let config = Config { program: Program::Module(ModuleKind::Linear), ..Config::default() };
    let tree = of(&config, 1);
    let of_theta = tree.nodes.iter().find(|node| node.purpose == "θ").expect("θ");
    assert_eq!(of_theta.functions, ["normal", "permutation"], "θ and the order of the first epoch");
    assert!(tree.reused.iter().any(|(words, _)| *words == of_theta.words));
}

#[test]
fn a_key_used_twice_draws_the_same_numbers_twice() {
    let twice = of(&Config::default(), 2).twice;
    assert_eq!(twice.same[0], twice.same[1]);
    assert_eq!(twice.warning, ["normal", "normal"]);
    assert_ne!(twice.apart[0], twice.apart[1]);
    assert_ne!(twice.apart[0], twice.same[0]);
}

/// `random.normal(random.PRNGKey(42))`, and the same of the two keys that `random.split` makes of that key, as JAX 0.10.2 prints them.
#[test]
fn what_the_seeds_key_draws_is_what_jax_draws() {
    let of_seed = of(&Config::default(), 2).of_seed;
    assert_eq!(of_seed.words, [0, 42]);
    assert_eq!((of_seed.same[0][0], of_seed.same[1][0]), (-0.028304616, -0.028304616));
    assert_eq!((of_seed.apart[0][0], of_seed.apart[1][0]), (0.07592554, 0.60576403));
}
