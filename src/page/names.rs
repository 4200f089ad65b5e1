//! What runs are called, and what they were computed with, in words: in the list of pins by what is special about them, in charts by what is different about
//! them, under exported pictures in full.

use crate::base::words::thousands;
use crate::lecture::settings::config::{Branch, Config, Start};
use crate::lecture::settings::setting::{SETTINGS, Setting};
use crate::lecture::settings::value::Value;
use crate::page::runs::Board;
use crate::page::view::PINS_LIMIT;

/// The value of a setting in a few words: `rate 0.01`, `adam`, `branch at 3,000`; nothing where a run has none.
fn words(setting: &Setting, config: &Config) -> Option<String> {
    let value = match setting.value(config)? {
        Value::Branch(Branch { step, .. }) => thousands(step),
        Value::Point(_) => "moved".to_owned(),
        Value::Number(_) | Value::Choice(_) => setting.text(config),
    };
    Some(if setting.word.is_empty() { value } else { format!("{} {value}", setting.word) })
}

/// How often a program prints changes nothing that is shown of its run.
fn settings() -> impl Iterator<Item = &'static Setting> {
    SETTINGS.iter().filter(|setting| setting.key != "print")
}

/// A pinned run in a few words.
#[must_use]
pub fn pin_name(pin: &Config) -> String {
    let plain = Config::default();
    let told = |setting: &&Setting| match setting.key {
        "lr" | "batch" => true,
        "start" => false,
        _ => setting.value(pin) != setting.value(&plain),
    };
    let parts = settings().filter(told).filter_map(|setting| words(setting, pin));
    std::iter::once(pin.program.to_string()).chain(parts).collect::<Vec<_>>().join(", ")
}

/// A pinned run as it stands in the list of pins: its number, by which charts name it, and where a module starts if not as in the lecture.
#[must_use]
pub fn listed_name(place: usize, pin: &Config) -> String {
    let start = if pin.program.is_module() && pin.start == Start::Same { ", the same θ₀" } else { "" };
    format!("#{} {}{start}", place + 1, pin_name(pin))
}

/// Says which pins gave way to newer ones; nothing where none did.
#[must_use]
pub fn given_way(gone: &[Config]) -> Option<String> {
    let names: Vec<String> = gone.iter().map(pin_name).collect();
    let gone = (!names.is_empty()).then(|| names.join("; "))?;
    Some(format!("At most {PINS_LIMIT} runs stay pinned, so the oldest gave way: {gone}."))
}

/// The names of the pinned runs in charts, in their order: the number that a run has in the list of pins, and what is different about it beside the settings on
/// screen. There is little room at the end of a line, so one difference is enough where it tells the runs apart.
#[must_use]
pub fn ghost_names(board: &Board) -> Vec<String> {
    let Some(first) = board.first() else { return vec![String::new(); board.ghosts.len()] };
    let mut names: Vec<String> = Vec::new();
    for ghost in &board.ghosts {
        let parts = differences(&ghost.config, &first.config);
        let short = (1..=parts.len()).map(|count| parts[..count].join(", ")).find(|name| !names.contains(name));
        names.push(short.unwrap_or_else(|| if parts.is_empty() { "pinned".to_owned() } else { parts.join(", ") }));
    }
    let numbers = board.ghosts.iter().map(|ghost| board.number_of(&ghost.config));
    numbers.zip(names).map(|(number, name)| format!("#{number} {name}")).collect()
}

/// What is different about a run beside the settings on screen; a bare number is a learning rate.
fn differences(pin: &Config, shown: &Config) -> Vec<String> {
    let program = (pin.program != shown.program).then(|| pin.program.to_string());
    let short = |setting: &Setting| if setting.key == "lr" { Some(setting.text(pin)) } else { words(setting, pin) };
    let others = settings().filter(|setting| setting.value(pin) != setting.value(shown));
    let others = others.map(|setting| short(setting).unwrap_or_else(|| format!("no {}", setting.name.to_lowercase())));
    program.into_iter().chain(others).collect()
}

/// All that a run was computed with, in words, for a picture that is taken along. Settings that a run does not use are left out.
#[must_use]
pub fn settings_in_words(config: &Config) -> Vec<String> {
    let is_drawn = config.start == Start::Lecture && !config.program.is_module();
    let in_full = |setting: &Setting| match setting.value(config)? {
        Value::Point(numbers) => {
            let shown: Vec<String> = numbers.iter().take(4).map(f32::to_string).collect();
            Some(format!("θ₀ ({}{})", shown.join(", "), if numbers.len() > 4 { ", …" } else { "" }))
        }
        Value::Branch(Branch { step, learning_rate, optimizer, schedule }) => {
            Some(format!("after step {} rate {learning_rate}, {optimizer}, {schedule}", thousands(step)))
        }
        Value::Number(_) if setting.key == "stretch" && (config.stretch <= 1.0 || config.features < 2) => None,
        Value::Choice(_) if setting.key == "start" && is_drawn => None,
        Value::Number(_) | Value::Choice(_) => words(setting, config),
    };
    settings().filter_map(in_full).collect()
}
