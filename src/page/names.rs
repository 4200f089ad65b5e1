//! What pinned runs are called: in the list of pins by what is special about them, in charts by what is different about them.

use crate::base::words::thousands;
use crate::lecture::settings::config::Config;
use crate::page::runs::Board;

/// A pinned run in a few words.
#[must_use]
pub fn pin_name(pin: &Config) -> String {
    let mut parts =
        vec![pin.program.to_string(), format!("rate {}", pin.learning_rate), format!("batch {}", pin.batch_size)];
    let plain = Config::default();
    if pin.optimizer != plain.optimizer {
        parts.push(pin.optimizer.to_string());
    }
    if pin.schedule != plain.schedule {
        parts.push(pin.schedule.to_string());
    }
    if pin.seed != plain.seed {
        parts.push(format!("seed {}", pin.seed));
    }
    if let Some(branch) = &pin.branch {
        parts.push(format!("branch at {}", thousands(branch.step)));
    }
    parts.join(", ")
}

/// The names of the pinned runs in charts, in their order; no two are the same.
#[must_use]
pub fn ghost_names(board: &Board) -> Vec<String> {
    let Some(first) = board.first() else { return vec![String::new(); board.ghosts.len()] };
    let mut names: Vec<String> = Vec::new();
    for ghost in &board.ghosts {
        // there is little room at the end of a line, so one difference is enough where it tells the runs apart
        let parts = differences(&ghost.config, &first.config);
        let short = (1..=parts.len()).map(|count| parts[..count].join(", ")).find(|name| !names.contains(name));
        let full = if parts.is_empty() { "pinned".to_owned() } else { parts.join(", ") };
        names.push(short.unwrap_or_else(|| numbered(&full, &names)));
    }
    names
}

fn numbered(name: &str, taken: &[String]) -> String {
    let mut count = 1;
    let mut next = name.to_owned();
    while taken.contains(&next) {
        count += 1;
        next = format!("{name} {count}");
    }
    next
}

/// What is different about a run beside the settings on screen, in the order in which a reader looks for it.
fn differences(pin: &Config, shown: &Config) -> Vec<String> {
    let mut parts = Vec::new();
    if pin.program != shown.program {
        parts.push(pin.program.to_string());
    }
    if pin.optimizer != shown.optimizer {
        parts.push(pin.optimizer.to_string());
    }
    if pin.schedule != shown.schedule {
        parts.push(pin.schedule.to_string());
    }
    if pin.batch_size != shown.batch_size {
        parts.push(format!("B = {}", pin.batch_size));
    }
    if pin.learning_rate != shown.learning_rate {
        parts.push(pin.learning_rate.to_string());
    }
    if pin.seed != shown.seed {
        parts.push(format!("seed {}", pin.seed));
    }
    if pin.epochs != shown.epochs {
        parts.push(format!("{} epochs", thousands(pin.epochs)));
    }
    if pin.sigma != shown.sigma {
        parts.push(format!("σ = {}", pin.sigma));
    }
    if (pin.samples, pin.features) != (shown.samples, shown.features) {
        parts.push(format!("{} × {}", thousands(pin.samples), pin.features));
    }
    if pin.theta_0 != shown.theta_0 || pin.start != shown.start {
        parts.push("θ₀".to_owned());
    }
    if let Some(branch) = pin.branch.as_ref().filter(|_| pin.branch != shown.branch) {
        parts.push(format!("branch at {}", thousands(branch.step)));
    }
    parts
}
