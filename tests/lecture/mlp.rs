//! The training of the network, against one that was recorded from Flax.

use serde::Deserialize;
use thetahat::jax::tree::tree_leaves;
use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::run::mlp::{MlpRequest, MlpRun};
use thetahat::nnx;

/// Epochs that are computed here; the interpreter takes its time.
const EPOCHS: usize = 40;
/// How many losses are equal to the last bit.
const EQUAL: usize = 29;

/// What `tests/golden/mlp.py` wrote.
#[derive(Deserialize)]
struct Recorded {
    start: Vec<Vec<u32>>,
    losses: Vec<u32>,
    printed: Vec<String>,
}

fn recorded() -> Recorded {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/mlp.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn run(epochs: usize) -> MlpRun {
    MlpRun::new(&MlpRequest { epochs, ..MlpRequest::default() }, &Shared::default()).unwrap()
}

#[test]
fn it_begins_as_recorded() {
    let recorded = recorded();
    let mut run = run(EPOCHS);
    let start = tree_leaves(&nnx::state(&run.model().unwrap()));
    let first: Vec<Vec<u32>> =
        start.iter().map(|leaf| leaf.to_words().unwrap().into_iter().take(4).collect()).collect();
    assert_eq!(first, recorded.start);
    assert_eq!(run.start_line(), recorded.printed[0]);
    let steps = run.advance(EPOCHS).unwrap();
    assert_eq!(steps.printed, recorded.printed[1..2]);
    assert!(run.is_done());
    // Products are added up in the orders of the libraries that JAX's compiler hands them to; some rarer rounding is another, and the losses part in their last bits.
    let equal = steps.losses.iter().zip(&recorded.losses).take_while(|(ours, theirs)| ours.to_bits() == **theirs);
    assert_eq!(equal.count(), EQUAL);
    for (&ours, &theirs) in steps.losses.iter().zip(&recorded.losses) {
        let theirs = f32::from_bits(theirs);
        assert!((ours - theirs).abs() < 1e-6 * theirs, "{ours} {theirs}");
    }
}

#[test]
fn it_can_be_computed_in_any_portions() {
    let (mut whole, mut parts) = (run(3), run(3));
    let all = whole.advance(usize::MAX).unwrap();
    let first = parts.advance(1).unwrap();
    let rest = parts.advance(usize::MAX).unwrap();
    assert_eq!(all.losses, [first.losses, rest.losses].concat());
    assert_eq!((first.first, rest.first, parts.taken()), (0, 1, 3));
    assert_eq!(whole.end().unwrap(), parts.end().unwrap());
}

#[test]
fn what_cannot_be_trained_is_refused() {
    for request in [
        MlpRequest { learning_rate: 0.0, ..MlpRequest::default() },
        MlpRequest { learning_rate: f64::NAN, ..MlpRequest::default() },
        MlpRequest { epochs: 0, ..MlpRequest::default() },
        MlpRequest { epochs: usize::MAX, ..MlpRequest::default() },
    ] {
        assert!(MlpRun::new(&request, &Shared::default()).is_err(), "{request:?}");
    }
}
