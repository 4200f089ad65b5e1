//! Links as views: each part is taken, moved to the nearest bound, or left out with a sentence.

use super::keys::KEYS;
use super::tidy::{parts, tidied};
use super::{VERSION, version_1};
use crate::base::words::thousands;
use crate::lecture::settings::config::Config;
use crate::lecture::settings::number::count;
use crate::lecture::settings::setting::setting;
use crate::page::tab::Tab;
use crate::page::view::{Axes, LabView, PINS_LIMIT, Settings, View, WhatIf, nearest_valid, program_in};

/// How much of a fragment is read, in bytes. A link with four pins of 128 starting parameters each is shorter.
const LENGTH_LIMIT: usize = 16_384;
/// The most sentences that are said of one link.
const NOTES_LIMIT: usize = 6;

/// The view nearest to what a fragment says, with or without its `#`, and a sentence for everything in it that was changed or left out.
#[must_use]
pub fn read(fragment: &str) -> (View, Vec<String>) {
    let mut notes = Notes::default();
    let mut end = fragment.len().min(LENGTH_LIMIT);
    while !fragment.is_char_boundary(end) {
        end -= 1;
    }
    if end < fragment.len() {
        notes.add("The link is too long; its end was ignored.".to_owned());
    }
    let text = tidied(&fragment[..end]);
    let mut view = plain(&text, &mut notes);
    let plain = Config::clone(&view.lab.settings);
    let mut config = plain.clone();
    let mut keys = Vec::new();
    for (index, part) in parts(&text).enumerate().filter(|(_, part)| !part.is_empty()) {
        let Some((key, value)) = part.split_once('=') else {
            match Tab::of(part).filter(|_| index == 0) {
                Some(tab) => view.tab = tab,
                None if index == 0 => notes.unknown_tab(part),
                None => notes.unknown(part),
            }
            continue;
        };
        let (key, value) = (key.trim(), value.trim());
        if key == "v" {
            continue;
        }
        if key == "pin" {
            pin(&mut view.lab, &plain, value, &mut notes);
            continue;
        }
        if keys.contains(&key) {
            notes.add(format!("“{}” is in the link more than once; using the last.", shortened(key)));
        }
        keys.push(key);
        match KEYS.iter().find(|known| known.name == key) {
            Some(known) if (known.read)(&mut view, value) => {}
            Some(known) => notes.unreadable(key, value, known.expected),
            None => put_setting(&mut config, key, value, &mut notes),
        }
    }
    let (config, changes) = nearest_valid(config);
    view.lab.settings = Settings::new(config);
    for change in changes {
        notes.add(change);
    }
    settle(&mut view.lab, &mut notes);
    (view, notes.0)
}

/// What the link shows where it says nothing, by its version. A link without one is read as one of this version.
fn plain(text: &str, notes: &mut Notes) -> View {
    let Some(version) = parts(text).filter_map(|part| part.strip_prefix("v=")).last() else { return View::default() };
    match count(version) {
        Some(1) => return version_1::view(),
        Some(VERSION) => {}
        Some(newer) if newer > VERSION => {
            notes.add("The link is from a newer version of this page; showing what is known here.".to_owned());
        }
        _ => notes.unknown(&format!("v={version}")),
    }
    View::default()
}

/// Puts a setting into a configuration. The program is chosen by `show`, or in a pin.
fn put_setting(config: &mut Config, key: &str, value: &str, notes: &mut Notes) {
    let Some(setting) = setting(key) else { return notes.unknown(&format!("{key}={value}")) };
    let Ok(read) = setting.read(value) else { return notes.unreadable(key, value, &setting.expected()) };
    let nearest = setting.nearest(read.clone());
    setting.put(config, nearest.clone());
    if nearest != read {
        notes.add(format!("“{key}” must be {}; using {}.", setting.expected(), setting.text(config)));
    }
}

fn pin(lab: &mut LabView, plain: &Config, text: &str, notes: &mut Notes) {
    if lab.pins.len() == PINS_LIMIT {
        return notes.add(format!("Only {PINS_LIMIT} pinned runs are kept; the others were ignored."));
    }
    let mut config = plain.clone();
    for part in text.split(';').filter(|part| !part.is_empty()) {
        match part.split_once(':') {
            Some(("program", name)) => match name.parse() {
                Ok(program) => config.program = program,
                Err(_) => notes.unknown(part),
            },
            Some((key, value)) => put_setting(&mut config, key, value, notes),
            None => notes.unknown(part),
        }
    }
    let (config, changes) = nearest_valid(config);
    for change in changes {
        notes.add(format!("In a pinned run: {change}"));
    }
    lab.pins.push(config);
}

/// Puts what depends on the number of steps and features within their bounds.
fn settle(lab: &mut LabView, notes: &mut Notes) {
    let steps = lab.settings.planned_steps();
    if lab.playhead.is_some_and(|step| step > steps) {
        lab.playhead = None;
        notes.add(format!("The run has only {} steps; showing its end.", thousands(steps)));
    }
    let fits = |what_if: WhatIf| {
        let config = lab.settings.run(program_in(what_if.approach, lab.module));
        lab.shown.contains(what_if.approach) && what_if.edit.fits(&config)
    };
    if lab.what_if.is_some_and(|what_if| !fits(what_if)) {
        lab.what_if = None;
        notes.add("The link changes a step that none of the runs has, or not with such a batch.".to_owned());
    }
    if lab.charts.zoom.is_some_and(|(from, to)| from >= to || to > steps) {
        lab.charts.zoom = None;
        notes.add("The link zooms in on steps that this run does not have; showing the whole run.".to_owned());
    }
    if let Axes::Pair(across, up) = lab.charts.plane.axes
        && (across == up || across.max(up) >= lab.settings.features)
    {
        lab.charts.plane.axes = Axes::Natural;
        notes.add("The link shows parameters that this run does not have.".to_owned());
    }
}

/// What was noted, a sentence each.
#[derive(Default)]
struct Notes(Vec<String>);

impl Notes {
    /// Notes a sentence, unless it is known or there are many.
    fn add(&mut self, sentence: String) {
        if self.0.len() < NOTES_LIMIT && !self.0.contains(&sentence) {
            self.0.push(sentence);
        }
    }

    fn unknown(&mut self, part: &str) {
        self.add(format!("Ignored “{}” in the link: unknown setting.", shortened(part)));
    }

    fn unknown_tab(&mut self, word: &str) {
        self.add(format!("“{}” is no tab of this page; showing the {}.", shortened(word), Tab::default().name()));
    }

    fn unreadable(&mut self, key: &str, value: &str, expected: &str) {
        self.add(format!("“{key}” cannot be “{}”: it must be {expected}.", shortened(value)));
    }
}

/// At most 40 characters of a text, without control characters, fit to be quoted in a sentence.
#[must_use]
pub fn shortened(text: &str) -> String {
    let mut shown: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
    if text.chars().count() > 40 {
        shown.push('…');
    }
    shown
}
