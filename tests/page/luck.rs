//! Bands behind the curves: which are asked for while a slider moves, and what is said of them.

use thetahat::lecture::run::seeds::{Curves, Luck};
use thetahat::lecture::settings::config::{Branch, Config, Optimizer, Program, Schedule};
use thetahat::page::luck::{Bands, Next, Wanted};

fn wanted(rate: f64, pins: &[Config]) -> Wanted {
    Wanted::new(&Config { learning_rate: rate, ..Config::default() }, pins, Luck::Shuffles, None)
}

fn ended(finals: Vec<f32>) -> Curves {
    Curves { steps: vec![1], finals, ..Curves::default() }
}

fn rate(next: Option<Next>) -> Option<(bool, f64)> {
    match next? {
        Next::Ask(request) => Some((false, request.config.learning_rate)),
        Next::Replace(request) => Some((true, request.config.learning_rate)),
    }
}

#[test]
fn while_a_slider_moves_a_band_is_finished_and_the_newest_is_next() {
    let mut bands = Bands::default();
    bands.want(wanted(0.1, &[]));
    assert_eq!(rate(bands.next(0.0)), Some((false, 0.1)));
    for (now, rate) in [(16.0, 0.2), (33.0, 0.3)] {
        bands.want(wanted(rate, &[]));
        assert_eq!(bands.next(now), None);
    }
    assert!(bands.shown().is_none());
    bands.take(ended(vec![1.0; 64]));
    assert!(bands.shown().is_some() && !bands.is_settled(), "a band of a moment ago is better than none");
    assert_eq!(rate(bands.next(40.0)), Some((false, 0.3)));
    bands.take(ended(vec![2.0; 64]));
    assert!(bands.is_settled());
    assert_eq!((bands.next(50.0), bands.wait(50.0)), (None, None));
}

#[test]
fn one_that_takes_long_is_given_up_for_what_is_wanted() {
    let mut bands = Bands::default();
    bands.want(wanted(0.1, &[]));
    assert_eq!(rate(bands.next(0.0)), Some((false, 0.1)));
    assert_eq!(bands.wait(1_000.0), None, "it is still wanted");
    assert_eq!(bands.next(1_000.0), None);
    bands.want(wanted(0.2, &[]));
    assert_eq!(rate(bands.next(1_001.0)), Some((true, 0.2)));
    bands.want(wanted(0.3, &[]));
    assert_eq!(bands.next(1_010.0), None);
    let wait = bands.wait(1_010.0).expect("a while");
    assert_eq!(rate(bands.next(1_010.0 + wait)), Some((true, 0.3)));
    bands.fail("It cannot be.");
    assert_eq!((bands.next(2_000.0), bands.sentences()), (None, vec!["It cannot be.".to_owned()]));
}

#[test]
fn pins_are_asked_for_once_and_held_against_the_run() {
    let pins = [Config { learning_rate: 0.5, ..Config::default() }, Config { seed: 7, ..Config::default() }];
    let mut bands = Bands::default();
    bands.want(wanted(0.1, &pins));
    assert_eq!(rate(bands.next(0.0)), Some((false, 0.1)));
    bands.take(ended((1..65).map(|i| i as f32).collect()));
    assert_eq!(rate(bands.next(1.0)), Some((false, 0.5)));
    bands.take(ended((1..65).map(|i| i as f32 * 3.0).collect()));
    assert_eq!(
        bands.sentences(),
        [
            "Band: the middle 90 % of 64 runs of raw on the same data from the same θ₀, each with shuffles of its own; the line in it is their median. \
             They end at ‖θ − θ̂‖ from 4 to 61, median 32.5.",
            "#1 raw, rate 0.5, batch 16: ends farther from θ in 64 of 64 pairs with the same shuffles. The middle 90 % of pairs (58) have × 3 to × 3 \
             the distance of the run shown, so the difference is larger than luck: no difference (× 1) lies outside.",
            "#2 raw, rate 0.001, batch 16, seed 7: other data, or a branch, so its runs cannot be paired with these.",
        ]
    );
    bands.want(wanted(0.2, &pins));
    assert_eq!(rate(bands.next(2.0)), Some((false, 0.2)));
    bands.take(ended((1..65).map(|i| i as f32 * if i % 2 == 0 { 2.0 } else { 4.0 }).collect()));
    assert!(bands.is_settled(), "the pin is known already");
    assert!(bands.sentences()[1].contains("so it may be luck"), "{:?}", bands.sentences());
}

#[test]
fn what_has_no_band_is_said() {
    let branch = Branch { step: 3, learning_rate: 0.1, optimizer: Optimizer::Sgd, schedule: Schedule::Constant };
    for config in [Config { branch: Some(branch), ..Config::default() }, Config { epochs: 0, ..Config::default() }] {
        let mut bands = Bands::default();
        bands.want(Wanted::new(&config, &[], Luck::Data, None));
        assert_eq!((bands.next(0.0), bands.is_settled()), (None, true));
        assert_eq!(bands.sentences(), ["A run that branches, or takes no steps, has no band."]);
    }
}

#[test]
fn other_data_are_other_seeds() {
    let config = Config { program: Program::Vmap, ..Config::default() };
    let mut bands = Bands::default();
    bands.want(Wanted::new(&config, &[], Luck::Data, Some((5, 10))));
    bands.next(0.0).expect("a question");
    bands.take(ended(vec![f32::NAN; 64]));
    let said = bands.sentences();
    assert!(said[0].contains("with seeds 42 to 105, each with data, θ₀ and shuffles of its own"), "{said:?}");
    bands.want(Wanted::new(&config, &[], Luck::Shuffles, None));
    assert!(bands.shown().is_none(), "a band of another kind is not shown");
}

/// What is said of a pin whose runs end like this, beside a run that ends like that.
fn said_of(run: Vec<f32>, pin: Vec<f32>, batch_size: usize) -> String {
    let first = Config { batch_size, ..Config::default() };
    let pins = [Config { learning_rate: 0.5, ..first.clone() }];
    let mut bands = Bands::default();
    bands.want(Wanted::new(&first, &pins, Luck::Shuffles, None));
    for finals in [run, pin] {
        bands.next(0.0).expect("a question");
        bands.take(ended(finals));
    }
    bands.sentences()[1].clone()
}

#[test]
fn what_left_float32_is_not_equal() {
    let said = said_of(vec![f32::INFINITY; 64], vec![f32::NAN; 64], 16);
    assert!(said.ends_with("leaves float32 in all 64 pairs of runs with the same shuffles, and so does the run shown: there is nothing to compare."), "{said}");
    let mut some = vec![2.0; 64];
    some[..3].fill(f32::NAN);
    let said = said_of(
        vec![1.0; 64].into_iter().enumerate().map(|(i, x)| if i < 3 { f32::NAN } else { x }).collect(),
        some,
        16,
    );
    assert!(said.contains("in 61 of 61 pairs") && said.ends_with("In 3 pairs both leave float32."), "{said}");
}

#[test]
fn a_distance_of_zero_has_a_ratio_without_end() {
    let said = said_of(vec![0.0; 64], vec![1e-3; 64], 16);
    assert!(said.contains("have × ∞ to × ∞ the distance of the run shown (0 or ∞ where one of the two ends at θ itself or leaves float32)"), "{said}");
}

#[test]
fn a_ratio_near_one_is_told_from_one() {
    let said = said_of(vec![5.859e-5; 64], vec![5.859e-5 * 1.000_000_5; 64], 500);
    assert!(!said.contains("× 1 to"), "{said}");
    assert!(
        said.ends_with(
            "With full batches, shuffles change only the order of sums: what differs between pairs is rounding."
        ),
        "{said}"
    );
}
