//! The parts of a link, one by one: each is taken, moved to the nearest bound, or left out with a sentence.

use std::str::FromStr;

use crate::jax::repr::parse;

use super::VERSION;
use crate::lecture::settings::config::{Approach, Config, Program};
use crate::lecture::settings::setting::setting;
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
        if key == "program" {
            if let Some(program) = self.choice(key, value) {
                config.program = program;
            }
            return;
        }
        let Some(setting) = setting(key) else { return self.unknown(&format!("{key}={value}")) };
        let Ok(read) = setting.read(value) else {
            let (value, expected) = (shortened(value), setting.expected());
            return self.note(format!("“{key}” cannot be “{value}”: it must be {expected}. It was ignored."));
        };
        let nearest = setting.nearest(read.clone());
        setting.put(config, nearest.clone());
        if nearest != read {
            let (expected, now) = (setting.expected(), setting.text(config));
            self.note(format!("“{key}” must be {expected}; using {now}."));
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
}

/// At most 40 characters of a text, without control characters, fit to be quoted in a sentence.
fn shortened(text: &str) -> String {
    let mut shown: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
    if text.chars().count() > 40 {
        shown.push('…');
    }
    shown
}
