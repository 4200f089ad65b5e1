//! The loop around the steps is the lecture's: `key, subkey = split(key)`, then a permutation of the samples.

use thetahat::jax::random::{Key, PermutationScratch, permutation_into, split_n};
use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::run::epochs::Epochs;
use thetahat::lecture::run::steps::rows_of;
use thetahat::lecture::settings::config::Config;

#[test]
fn every_epoch_splits_the_key_and_shuffles() {
    let (mut key, samples) = (Key::from_words([3, 42]), 50);
    let mut epochs = Epochs::new(key, samples, &Shared::default());
    let again = epochs.clone();
    for _ in 0..5 {
        let subkey;
        [key, subkey] = split_n(key);
        let epoch = epochs.draw();
        let (mut order, mut scratch) = (Vec::new(), PermutationScratch::default());
        permutation_into(subkey, samples, &mut order, &mut scratch);
        assert_eq!((epoch.subkey, &*epoch.order, epochs.key()), (subkey, order.as_slice(), key));
    }
    assert_eq!(epochs.next(), again.into_iter().nth(5));
}

#[test]
fn an_epochs_steps_deal_out_all_samples_once() {
    for (samples, batch_size) in [(500, 16), (500, 500), (7, 100), (9, 3), (5, 1)] {
        let config = Config { samples, batch_size, epochs: 3, ..Config::default() };
        let per_epoch = config.steps_per_epoch();
        let mut end = 0;
        for step in per_epoch..2 * per_epoch {
            let rows = rows_of(&config, step..step + 1);
            assert_eq!(rows.start, end);
            assert!(rows.len() == batch_size.min(samples) || step + 1 == 2 * per_epoch);
            end = rows.end;
        }
        assert_eq!(end, samples);
        assert_eq!(rows_of(&config, 0..per_epoch), 0..samples);
    }
}
