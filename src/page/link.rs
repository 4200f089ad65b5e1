//! The Lab's link: a [`View`] as the fragment of an address, and back.
//!
//! A fragment reads `lab&v=1&lr=0.01&batch=32`: the page, the version of the format, and what differs from the lecture's settings. Reading never fails:
//! what cannot be understood is left out, what is out of its range is moved to the nearest bound, and a sentence says so.

mod reader;

use std::fmt::Write;

use self::reader::Reader;
use crate::lecture::settings::config::{Approach, Config};
use crate::lecture::settings::setting::{SETTINGS, Setting};
use crate::page::view::{Area, Axes, LabView, Settings, Tone, View, nearest_valid};

/// The version of the format that is written.
pub const VERSION: u32 = 1;
/// How much of a fragment is read, in bytes. A link with four pins of 128 starting parameters each is shorter.
const LENGTH_LIMIT: usize = 16_384;

/// The fragment of a view, without the `#`.
#[must_use]
pub fn fragment(view: &View) -> String {
    let page = view.page.embed.map_or_else(|| "lab".to_owned(), |panel| format!("embed={}", panel.name()));
    let mut link = format!("{page}&v={VERSION}");
    let mut add = |key: &str, value: String| {
        // Writing to a string cannot fail.
        let _ = write!(link, "&{key}={value}");
    };
    let lab = &view.lab;
    let plain = LabView::default();
    for (key, value) in differences(&lab.settings) {
        add(key, value);
    }
    if lab.shown != plain.shown {
        add("show", lab.shown.iter().map(Approach::name).collect::<Vec<_>>().join(","));
    }
    if lab.module != plain.module {
        add("module", lab.module.name().to_owned());
    }
    if let Some(step) = lab.playhead {
        add("step", step.to_string());
    }
    for pin in &lab.pins {
        let parts = differences(pin).into_iter().map(|(key, value)| format!("{key}:{value}"));
        add("pin", parts.collect::<Vec<_>>().join(";"));
    }
    if lab.charts.linear {
        add("scale", "linear".to_owned());
    }
    if lab.charts.by_epoch {
        add("axis", "epochs".to_owned());
    }
    if let Some((from, to)) = lab.charts.zoom {
        add("zoom", format!("{from},{to}"));
    }
    if let Axes::Pair(across, up) = lab.charts.plane.axes {
        add("plane", format!("{},{}", across + 1, up + 1));
    }
    if lab.charts.plane.batch_contours {
        add("contours", "batch".to_owned());
    }
    if let Some(Area { low, high }) = lab.charts.plane.area {
        add("area", format!("{},{},{},{}", low.0, low.1, high.0, high.1));
    }
    if lab.charts.plane.full_batch {
        add("behind", "fullbatch".to_owned());
    }
    if lab.charts.plane.spread {
        add("spread", "1".to_owned());
    }
    if let Some(tone) = view.page.tone {
        add("theme", if tone == Tone::Dark { "dark" } else { "light" }.to_owned());
    }
    if view.page.present {
        add("present", "1".to_owned());
    }
    if lab.rust {
        add("code", "rust".to_owned());
    }
    link
}

/// What differs from the lecture's raw run, as keys and values.
fn differences(config: &Config) -> Vec<(&'static str, String)> {
    let plain = Config::default();
    let program = (config.program != plain.program).then(|| ("program", config.program.to_string()));
    let written = |setting: &'static Setting| {
        let text = setting.text(config);
        (text != setting.text(&plain)).then_some((setting.key, text))
    };
    program.into_iter().chain(SETTINGS.iter().filter_map(written)).collect()
}

/// The view nearest to what a fragment says, with or without its `#`, and a sentence for everything in it that was changed or left out.
#[must_use]
pub fn read(fragment: &str) -> (View, Vec<String>) {
    let mut reader = Reader::default();
    let mut view = View::default();
    let mut config = Config::default();
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
            Some((key, value)) => reader.part(&mut view, &mut config, key, value),
        }
    }
    let (config, notes) = nearest_valid(config);
    view.lab.settings = Settings::new(config);
    for note in notes {
        reader.note(note);
    }
    settle(&mut view.lab, &mut reader);
    (view, reader.notes)
}

/// Puts what depends on the number of steps and features within their bounds.
fn settle(lab: &mut LabView, reader: &mut Reader) {
    let steps = lab.settings.planned_steps();
    if lab.playhead.is_some_and(|step| step > steps) {
        lab.playhead = None;
        reader.note(format!("The run has only {steps} steps, so its end is shown."));
    }
    if lab.charts.zoom.is_some_and(|(from, to)| from >= to || to > steps) {
        lab.charts.zoom = None;
        reader.note("The link zooms in on steps that the run does not have; the whole run is shown.".to_owned());
    }
    if let Axes::Pair(across, up) = lab.charts.plane.axes
        && (across == up || across.max(up) >= lab.settings.features)
    {
        lab.charts.plane.axes = Axes::Natural;
        reader.note("The link’s plane is of parameters that the run does not have.".to_owned());
    }
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
