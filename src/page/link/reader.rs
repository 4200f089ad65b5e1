//! The parts of a link, one by one: each is taken, moved to the nearest bound, or left out with a sentence.

use std::str::FromStr;

use crate::jax::repr::parse;

use super::VERSION;
use crate::lecture::settings::config::{
    Approach, BATCH_SIZE, Branch, Config, EPOCHS, FEATURES, LEARNING_RATE, Optimizer, Program, SAMPLES, SIGMA, STRETCH,
    Schedule, Start,
};
use crate::page::view::{Area, Axes, LabView, PINS_LIMIT, Panel, Shown, Tone, View, nearest_valid};

/// The most sentences that are said of one link.
const NOTES_LIMIT: usize = 6;

/// Reads the parts of a link, and notes what it cannot take as it is.
#[derive(Default)]
pub(super) struct Reader {
    /// What was noted, a sentence each.
    pub(super) notes: Vec<String>,
}

impl Reader {
    /// Notes a sentence, unless it is known or there are many.
    pub(super) fn note(&mut self, sentence: String) {
        if self.notes.len() < NOTES_LIMIT && !self.notes.contains(&sentence) {
            self.notes.push(sentence);
        }
    }

    /// A part that means nothing here.
    pub(super) fn unknown(&mut self, part: &str) {
        self.note(format!("“{}” in the link is not known here and was ignored.", shortened(part)));
    }

    /// A key and its value.
    pub(super) fn part(&mut self, view: &mut View, config: &mut Config, key: &str, value: &str) {
        let lab = &mut view.lab;
        match key {
            "v" => {
                if value.parse::<u32>().is_ok_and(|version| version > VERSION) {
                    self.note("The link is from a newer version of this page; what is known here is shown.".to_owned());
                } else if value.parse() != Ok(VERSION) {
                    self.unknown(&format!("v={value}"));
                }
            }
            "show" => self.shown(lab, value),
            "module" => match self.choice::<Program>(key, value) {
                Some(Program::Module(kind)) => lab.module = kind,
                Some(_) => self.unknown(&format!("{key}={value}")),
                None => {}
            },
            "step" => lab.playhead = self.number(key, value),
            "pin" => self.pin(lab, value),
            "zoom" => lab.charts.zoom = self.pair(key, value),
            "plane" => {
                if let Some((across, up)) = self.pair::<usize>(key, value) {
                    lab.charts.plane.axes = match (across.checked_sub(1), up.checked_sub(1)) {
                        (Some(across), Some(up)) => Axes::Pair(across, up),
                        _ => Axes::Natural,
                    };
                }
            }
            "scale" => lab.charts.linear = self.flag(key, value, "linear", "log"),
            "axis" => lab.charts.by_epoch = self.flag(key, value, "epochs", "steps"),
            "contours" => lab.charts.plane.batch_contours = self.flag(key, value, "batch", "full"),
            "area" => lab.charts.plane.area = self.area(value),
            "behind" => lab.charts.plane.full_batch = self.flag(key, value, "fullbatch", "nothing"),
            "spread" => lab.charts.plane.spread = self.flag(key, value, "1", "0"),
            "embed" => match Panel::ALL.into_iter().find(|panel| panel.name() == value) {
                Some(panel) => view.page.embed = Some(panel),
                None => self.unreadable(key, value),
            },
            "present" => view.page.present = self.flag(key, value, "1", "0"),
            "code" => lab.rust = self.flag(key, value, "rust", "python"),
            "theme" => match value {
                "dark" => view.page.tone = Some(Tone::Dark),
                "light" => view.page.tone = Some(Tone::Light),
                _ => self.unknown(&format!("{key}={value}")),
            },
            // The program of the whole view is chosen by `show`.
            "program" => self.unknown(&format!("{key}={value}")),
            _ => self.setting(config, key, value),
        }
    }

    fn setting(&mut self, config: &mut Config, key: &str, value: &str) {
        match key {
            "program" => self.choose(&mut config.program, key, value),
            "lr" => self.real(&mut config.learning_rate, key, value, LEARNING_RATE),
            "batch" => self.whole(&mut config.batch_size, key, value, BATCH_SIZE),
            "epochs" => self.whole(&mut config.epochs, key, value, EPOCHS),
            "n" => self.whole(&mut config.samples, key, value, SAMPLES),
            "m" => self.whole(&mut config.features, key, value, FEATURES),
            "sigma" => self.real(&mut config.sigma, key, value, SIGMA),
            "stretch" => self.real(&mut config.stretch, key, value, STRETCH),
            "print" => self.whole(&mut config.print_every, key, value, (1, usize::MAX)),
            "seed" => config.seed = self.number(key, value).unwrap_or(config.seed),
            "opt" => self.choose::<Optimizer>(&mut config.optimizer, key, value),
            "schedule" => self.choose::<Schedule>(&mut config.schedule, key, value),
            "start" => self.choose::<Start>(&mut config.start, key, value),
            "theta0" => config.theta_0 = self.start(value),
            "branch" => config.branch = self.branch(value),
            _ => self.unknown(&format!("{key}={value}")),
        }
    }

    fn shown(&mut self, lab: &mut LabView, value: &str) {
        let mut shown: Vec<Approach> = Vec::new();
        for name in value.split(',') {
            match Approach::ALL.into_iter().find(|approach| approach.name() == name) {
                Some(approach) => shown.push(approach),
                None => self.unknown(&format!("show={name}")),
            }
        }
        lab.shown = Shown::of(&shown).unwrap_or(lab.shown);
    }

    fn pin(&mut self, lab: &mut LabView, value: &str) {
        if lab.pins.len() == PINS_LIMIT {
            return self.note(format!("Only {PINS_LIMIT} pinned runs are kept; the others were ignored."));
        }
        let mut config = Config::default();
        for part in value.split(';').filter(|part| !part.is_empty()) {
            match part.split_once(':') {
                Some((key, value)) => self.setting(&mut config, key, value),
                None => self.unknown(part),
            }
        }
        let (config, notes) = nearest_valid(config);
        for note in notes {
            self.note(format!("Of a pinned run: {note}"));
        }
        lab.pins.push(config);
    }

    fn start(&mut self, value: &str) -> Option<Vec<f32>> {
        let numbers: Option<Vec<f32>> =
            value.split(',').map(|text| parse(text).filter(|number: &f32| number.is_finite())).collect();
        if numbers.is_none() {
            self.unreadable("theta0", value);
        }
        numbers
    }

    fn branch(&mut self, value: &str) -> Option<Branch> {
        let parts: Vec<&str> = value.split(',').collect();
        let [step, learning_rate, optimizer, schedule] = parts[..] else {
            self.unreadable("branch", value);
            return None;
        };
        let mut branch = Branch {
            step: self.number("branch", step)?,
            learning_rate: Config::default().learning_rate,
            optimizer: self.choice("branch", optimizer)?,
            schedule: self.choice("branch", schedule)?,
        };
        self.real(&mut branch.learning_rate, "branch", learning_rate, LEARNING_RATE);
        Some(branch)
    }

    fn unreadable(&mut self, key: &str, value: &str) {
        self.note(format!("“{key}” cannot be “{}”, so that part of the link was ignored.", shortened(value)));
    }

    fn number<T: FromStr>(&mut self, key: &str, value: &str) -> Option<T> {
        let number = value.parse().ok();
        if number.is_none() {
            self.unreadable(key, value);
        }
        number
    }

    fn pair<T: FromStr>(&mut self, key: &str, value: &str) -> Option<(T, T)> {
        let pair = value.split_once(',').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
        if pair.is_none() {
            self.unreadable(key, value);
        }
        pair
    }

    fn area(&mut self, value: &str) -> Option<Area> {
        let ends: Option<Vec<f64>> = value.split(',').map(parse).collect();
        let area = match ends.as_deref() {
            Some(&[left, bottom, right, top]) => Some(Area { low: (left, bottom), high: (right, top) }),
            _ => None,
        };
        let seen = area.filter(Area::is_valid);
        if seen.is_none() {
            self.unreadable("area", value);
        }
        seen
    }

    fn flag(&mut self, key: &str, value: &str, on: &str, off: &str) -> bool {
        if value != on && value != off {
            self.unreadable(key, value);
        }
        value == on
    }

    fn choice<T: FromStr>(&mut self, key: &str, value: &str) -> Option<T> {
        self.number(key, value)
    }

    fn choose<T: FromStr>(&mut self, target: &mut T, key: &str, value: &str) {
        if let Some(choice) = self.choice(key, value) {
            *target = choice;
        }
    }

    fn whole(&mut self, target: &mut usize, key: &str, value: &str, (low, high): (usize, usize)) {
        let is_number = value.bytes().all(|byte| byte.is_ascii_digit()) && !value.is_empty();
        match value.parse::<usize>().ok().or(is_number.then_some(usize::MAX)) {
            None => self.unreadable(key, value),
            Some(number) => {
                *target = number.clamp(low, high);
                if *target != number {
                    self.note(format!("“{key}” is from {low} to {high}; it is {target} now."));
                }
            }
        }
    }

    fn real(&mut self, target: &mut f64, key: &str, value: &str, (low, high): (f64, f64)) {
        match parse(value).filter(|number: &f64| !number.is_nan()) {
            None => self.unreadable(key, value),
            Some(number) => {
                *target = number.clamp(low, high);
                if *target != number {
                    self.note(format!("“{key}” is from {low} to {high}; it is {target} now."));
                }
            }
        }
    }
}

/// At most 40 characters of a text, without control characters, fit to be quoted in a sentence.
fn shortened(text: &str) -> String {
    let mut shown: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
    if text.chars().count() > 40 {
        shown.push('…');
    }
    shown
}
