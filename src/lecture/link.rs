//! The Lab's link: a [`View`] as the fragment of an address, and back.
//!
//! A fragment reads `lab&v=1&lr=0.01&batch=32`: the page, the version of the format, and what differs from the lecture's settings. Reading never fails:
//! what cannot be understood is left out, what is out of its range is moved to the nearest bound, and a sentence says so.

use std::fmt::Write;
use std::str::FromStr;

use crate::jax::repr::parse;
use crate::order::order_by;

use super::config::{
    BATCH_SIZE, Branch, Config, EPOCHS, FEATURES, LEARNING_RATE, Optimizer, Program, SAMPLES, SIGMA, STRETCH, Schedule,
    Start,
};
use super::view::{Area, Axes, PINS_LIMIT, Panel, Tone, View, Way, nearest_valid};

/// The version of the format that is written.
pub const VERSION: u32 = 1;
/// How much of a fragment is read, in bytes. A link with four pins of 128 starting parameters each is shorter.
const LENGTH_LIMIT: usize = 16_384;
/// The most sentences that are said of one link.
const NOTES_LIMIT: usize = 6;

/// The fragment of a view, without the `#`.
#[must_use]
pub fn fragment(view: &View) -> String {
    let page = view.embed.map_or_else(|| "lab".to_owned(), |panel| format!("embed={}", panel.name()));
    let mut link = format!("{page}&v={VERSION}");
    let mut add = |key: &str, value: String| {
        // Writing to a string cannot fail.
        let _ = write!(link, "&{key}={value}");
    };
    let plain = View::default();
    for (key, value) in differences(&view.config) {
        add(key, value);
    }
    if view.ways != plain.ways {
        add("show", view.ways.iter().map(|way| way.name()).collect::<Vec<_>>().join(","));
    }
    if view.module != plain.module {
        add("module", view.module.name().to_owned());
    }
    if let Some(step) = view.playhead {
        add("step", step.to_string());
    }
    for pin in &view.pins {
        let parts = differences(pin).into_iter().map(|(key, value)| format!("{key}:{value}"));
        add("pin", parts.collect::<Vec<_>>().join(";"));
    }
    if view.charts.linear {
        add("scale", "linear".to_owned());
    }
    if view.charts.by_epoch {
        add("axis", "epochs".to_owned());
    }
    if let Some((from, to)) = view.charts.zoom {
        add("zoom", format!("{from},{to}"));
    }
    if let Axes::Pair(across, up) = view.charts.axes {
        add("plane", format!("{},{}", across + 1, up + 1));
    }
    if view.charts.batch_contours {
        add("contours", "batch".to_owned());
    }
    if let Some(Area { low, high }) = view.charts.area {
        add("area", format!("{},{},{},{}", low.0, low.1, high.0, high.1));
    }
    if view.charts.full_batch {
        add("behind", "fullbatch".to_owned());
    }
    if view.charts.spread {
        add("spread", "1".to_owned());
    }
    if let Some(tone) = view.tone {
        add("theme", if tone == Tone::Dark { "dark" } else { "light" }.to_owned());
    }
    if view.present {
        add("present", "1".to_owned());
    }
    if view.rust {
        add("code", "rust".to_owned());
    }
    link
}

/// What differs from the lecture's raw run, as keys and values.
fn differences(config: &Config) -> Vec<(&'static str, String)> {
    let plain = Config::default();
    let mut all = Vec::new();
    let mut add = |key, differs: bool, value: String| {
        if differs {
            all.push((key, value));
        }
    };
    add("program", config.program != plain.program, config.program.to_string());
    add("lr", config.learning_rate != plain.learning_rate, config.learning_rate.to_string());
    add("batch", config.batch_size != plain.batch_size, config.batch_size.to_string());
    add("epochs", config.epochs != plain.epochs, config.epochs.to_string());
    add("seed", config.seed != plain.seed, config.seed.to_string());
    add("n", config.samples != plain.samples, config.samples.to_string());
    add("m", config.features != plain.features, config.features.to_string());
    add("sigma", config.sigma != plain.sigma, config.sigma.to_string());
    add("stretch", config.stretch != plain.stretch, config.stretch.to_string());
    add("opt", config.optimizer != plain.optimizer, config.optimizer.to_string());
    add("schedule", config.schedule != plain.schedule, config.schedule.to_string());
    add("start", config.start != plain.start, config.start.to_string());
    add("print", config.print_every != plain.print_every, config.print_every.to_string());
    if let Some(theta_0) = &config.theta_0 {
        let numbers: Vec<String> = theta_0.iter().map(f32::to_string).collect();
        add("theta0", true, numbers.join(","));
    }
    if let Some(Branch { step, learning_rate, optimizer, schedule }) = &config.branch {
        add("branch", true, format!("{step},{learning_rate},{optimizer},{schedule}"));
    }
    all
}

/// The view nearest to what a fragment says, with or without its `#`, and a sentence for everything in it that was changed or left out.
#[must_use]
pub fn read(fragment: &str) -> (View, Vec<String>) {
    let mut reader = Reader::default();
    let mut view = View::default();
    let text = fragment.strip_prefix('#').unwrap_or(fragment);
    let mut end = text.len().min(LENGTH_LIMIT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    if end < text.len() {
        reader.note("The link is too long; its end was ignored.".to_owned());
    }
    let text = decoded(&text[..end]);
    for (index, part) in text.split('&').enumerate().filter(|(_, part)| !part.is_empty()) {
        match part.split_once('=') {
            None if index == 0 && part == "lab" => {}
            None => reader.unknown(part),
            Some((key, value)) => reader.part(&mut view, key, value),
        }
    }
    view.config.program = Program::Raw;
    let (config, notes) = nearest_valid(view.config);
    view.config = config;
    for note in notes {
        reader.note(note);
    }
    settle(&mut view, &mut reader);
    (view, reader.notes)
}

/// Puts what depends on the number of steps and features within their bounds.
fn settle(view: &mut View, reader: &mut Reader) {
    let steps = view.config.planned_steps();
    if view.playhead.is_some_and(|step| step > steps) {
        view.playhead = None;
        reader.note(format!("The run has only {steps} steps, so its end is shown."));
    }
    if view.charts.zoom.is_some_and(|(from, to)| from >= to || to > steps) {
        view.charts.zoom = None;
        reader.note("The link zooms in on steps that the run does not have; the whole run is shown.".to_owned());
    }
    if let Axes::Pair(across, up) = view.charts.axes
        && (across == up || across.max(up) >= view.config.features)
    {
        view.charts.axes = Axes::Natural;
        reader.note("The link’s plane is of parameters that the run does not have.".to_owned());
    }
}

#[derive(Default)]
struct Reader {
    notes: Vec<String>,
}

impl Reader {
    fn note(&mut self, sentence: String) {
        if self.notes.len() < NOTES_LIMIT && !self.notes.contains(&sentence) {
            self.notes.push(sentence);
        }
    }

    fn unknown(&mut self, part: &str) {
        self.note(format!("“{}” in the link is not known here and was ignored.", shortened(part)));
    }

    fn part(&mut self, view: &mut View, key: &str, value: &str) {
        match key {
            "v" => {
                if value.parse::<u32>().is_ok_and(|version| version > VERSION) {
                    self.note("The link is from a newer version of this page; what is known here is shown.".to_owned());
                } else if value.parse() != Ok(VERSION) {
                    self.unknown(&format!("v={value}"));
                }
            }
            "show" => self.ways(view, value),
            "module" => match self.choice::<Program>(key, value) {
                Some(program) if program.is_module() => view.module = program,
                Some(_) => self.unknown(&format!("{key}={value}")),
                None => {}
            },
            "step" => view.playhead = self.number(key, value),
            "pin" => self.pin(view, value),
            "zoom" => view.charts.zoom = self.pair(key, value),
            "plane" => {
                if let Some((across, up)) = self.pair::<usize>(key, value) {
                    view.charts.axes = match (across.checked_sub(1), up.checked_sub(1)) {
                        (Some(across), Some(up)) => Axes::Pair(across, up),
                        _ => Axes::Natural,
                    };
                }
            }
            "scale" => view.charts.linear = self.flag(key, value, "linear", "log"),
            "axis" => view.charts.by_epoch = self.flag(key, value, "epochs", "steps"),
            "contours" => view.charts.batch_contours = self.flag(key, value, "batch", "full"),
            "area" => view.charts.area = self.area(value),
            "behind" => view.charts.full_batch = self.flag(key, value, "fullbatch", "nothing"),
            "spread" => view.charts.spread = self.flag(key, value, "1", "0"),
            "embed" => match Panel::ALL.into_iter().find(|panel| panel.name() == value) {
                Some(panel) => view.embed = Some(panel),
                None => self.unreadable(key, value),
            },
            "present" => view.present = self.flag(key, value, "1", "0"),
            "code" => view.rust = self.flag(key, value, "rust", "python"),
            "theme" => match value {
                "dark" => view.tone = Some(Tone::Dark),
                "light" => view.tone = Some(Tone::Light),
                _ => self.unknown(&format!("{key}={value}")),
            },
            // The program of the whole view is chosen by `show`.
            "program" => self.unknown(&format!("{key}={value}")),
            _ => self.setting(&mut view.config, key, value),
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

    fn ways(&mut self, view: &mut View, value: &str) {
        let mut ways: Vec<Way> = Vec::new();
        for name in value.split(',') {
            match Way::ALL.into_iter().find(|way| way.name() == name) {
                Some(way) => ways.push(way),
                None => self.unknown(&format!("show={name}")),
            }
        }
        order_by(&mut ways, |a, b| a > b);
        ways.dedup();
        if !ways.is_empty() {
            view.ways = ways;
        }
    }

    fn pin(&mut self, view: &mut View, value: &str) {
        if view.pins.len() == PINS_LIMIT {
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
        view.pins.push(config);
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

/// `%2C` and the like as the characters that they stand for, as some programs write them into links.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|_| byte == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        if let Some(decoded) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            bytes.push(decoded);
            rest = &after[2..];
        } else {
            bytes.push(byte);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
