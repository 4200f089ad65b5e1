//! What does not fit while a number is typed comes back.

use proptest::prelude::*;
use thetahat::lecture::settings::config::{Branch, Config, Optimizer, Schedule};
use thetahat::lecture::settings::setting::setting;
use thetahat::page::kept::Kept;

/// What is on screen, and what is kept beside it.
struct Screen {
    config: Config,
    zoom: Option<(usize, usize)>,
    kept: Kept,
}

impl Screen {
    fn new(config: Config, zoom: Option<(usize, usize)>) -> Self {
        Self { config, zoom, kept: Kept::default() }
    }

    fn ask(&mut self, next: Config) {
        (self.config, self.zoom) = self.kept.fit(next, self.zoom);
        assert_eq!(self.config.validate(), Ok(()));
        assert!(self.zoom.is_none_or(|(_, to)| to <= self.config.planned_steps()));
    }

    /// Types a text, key by key, into the field of a setting.
    fn type_in(&mut self, key: &str, text: &str) {
        let setting = setting(key).expect("a setting");
        for end in 1..=text.len() {
            if let Ok(next) = setting.enter(&self.config, &text[..end]) {
                self.ask(next);
            }
        }
    }

    fn step(&self) -> Option<usize> {
        self.config.branch.as_ref().map(|branch| branch.step)
    }
}

fn branched(step: usize) -> Config {
    let branch = Branch { step, learning_rate: 0.01, optimizer: Optimizer::Adam, schedule: Schedule::Constant };
    Config { branch: Some(branch), ..Config::default() }
}

#[test]
fn a_branch_and_a_zoom_survive_a_shorter_run() {
    let mut screen = Screen::new(branched(3000), Some((2000, 4000)));
    screen.type_in("epochs", "300");
    assert_eq!((screen.step(), screen.zoom), (Some(3000), Some((2000, 4000))), "3 and 30 were only on the way");
    screen.type_in("epochs", "3");
    assert_eq!((screen.step(), screen.zoom), (Some(96), None));
    screen.type_in("epochs", "201");
    assert_eq!((screen.step(), screen.zoom), (Some(3000), Some((2000, 4000))));
    screen.type_in("batch", "500");
    screen.type_in("batch", "16");
    assert_eq!((screen.step(), screen.zoom), (Some(3000), Some((2000, 4000))));
}

#[test]
fn a_starting_point_survives_the_way_to_its_number_of_features() {
    let theta_0: Vec<f32> = (0..12_u8).map(f32::from).collect();
    let mut screen = Screen::new(Config { features: 12, theta_0: Some(theta_0.clone()), ..Config::default() }, None);
    screen.type_in("m", "1");
    assert_eq!(screen.config.theta_0, None);
    screen.type_in("m", "12");
    assert_eq!(screen.config.theta_0, Some(theta_0));
}

#[test]
fn another_wish_replaces_the_one_that_is_kept() {
    let mut screen = Screen::new(branched(3000), Some((2000, 4000)));
    screen.type_in("epochs", "50");
    assert_eq!(screen.step(), Some(1600));
    let moved = Config { branch: branched(40).branch, ..screen.config.clone() };
    screen.zoom = Some((10, 20));
    screen.ask(moved);
    screen.type_in("epochs", "201");
    assert_eq!((screen.step(), screen.zoom), (Some(40), Some((10, 20))));
    screen.ask(Config { branch: None, ..screen.config.clone() });
    screen.type_in("epochs", "500");
    assert_eq!(screen.config.branch, None);
}

proptest! {
    #[test]
    fn there_and_back_changes_nothing(
        step in 0..6432_usize,
        zoom in prop::option::of((0..3000_usize, 3001..6432_usize)),
        theta_0 in prop::option::of(prop::collection::vec(-1f32..1.0, 2)),
        way in prop::collection::vec((prop::sample::select(vec!["epochs", "batch", "m", "n"]), 1..200_usize), 0..6),
    ) {
        let config = Config { theta_0, ..branched(step) };
        let mut screen = Screen::new(config.clone(), zoom);
        screen.ask(config.clone());
        for (key, number) in way {
            let setting = setting(key).expect("a setting");
            if let Ok(next) = setting.enter(&screen.config, &number.to_string()) {
                screen.ask(next);
            }
        }
        let back = Config {
            samples: config.samples,
            features: config.features,
            batch_size: config.batch_size,
            epochs: config.epochs,
            ..screen.config.clone()
        };
        screen.ask(back);
        prop_assert_eq!((screen.config, screen.zoom), (config, zoom));
    }
}
