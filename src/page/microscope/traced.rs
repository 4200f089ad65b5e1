//! What `jit` did, in words and as HTML: which programs were traced and compiled, for which shapes, and what a change of the settings costs.

use std::fmt::Write as _;

use crate::base::words::{count, rounded, thousands};
use crate::lecture::run::cache::Traced;
use crate::lecture::settings::config::Config;
use crate::lecture::settings::setting::SETTINGS;

/// How many traces there have been.
#[must_use]
pub fn total(traced: &[Traced]) -> usize {
    traced.iter().map(|traced| traced.times).sum()
}

/// The steps of a run's program under its optimizer and schedule, a row for each size of batch, those of the run first.
#[must_use]
pub fn table(traced: &[Traced], config: &Config) -> String {
    if config.steps() == 0 {
        let (function, _) = config.program.step_function();
        return format!(
            "<p>Nothing: the loop deals no batch, so <code>{function}</code> is never called and never traced.</p>"
        );
    }
    let mut out = "<table><thead><tr><th scope=\"col\">Batch</th><th scope=\"col\">Traced and compiled</th><th scope=\"col\">took</th>\
                   <th scope=\"col\">Found compiled</th></tr></thead><tbody>"
        .to_owned();
    let settings = config.branched().unwrap_or_else(|| config.clone());
    let full = config.rows_per_batch();
    let rest = config.samples % full.max(1);
    let is_of = |traced: &&Traced| {
        let same = |config: &Config| traced.optimizer == config.optimizer && traced.schedule == config.schedule;
        traced.program == config.program && traced.features == config.features && (same(config) || same(&settings))
    };
    let place = |rows: usize| {
        if rows == full {
            0
        } else if rows == rest {
            1
        } else {
            2
        }
    };
    for rank in 0..3 {
        for entry in traced.iter().filter(is_of).filter(|entry| place(entry.rows) == rank) {
            let note = match rank {
                0 => ", the full batch",
                1 => ", the last of an epoch",
                _ => "",
            };
            let took = entry.milliseconds.map(|time| format!("{} ms", rounded(time, 2))).unwrap_or_default();
            let times = if entry.times == 1 { "once".to_owned() } else { format!("{} times", thousands(entry.times)) };
            let found = match entry.found {
                0 => "not since".to_owned(),
                found => count(found, "time"),
            };
            let class = if rank < 2 { "here" } else { "" };
            let _ = write!(
                out,
                "<tr class=\"{class}\"><th scope=\"row\"><code>f32[{},{}]</code>{note}</th><td>{times}</td><td>{took}</td><td>{found}</td></tr>",
                entry.rows, entry.features
            );
        }
    }
    out.push_str("</tbody></table>");
    out
}

/// What the last change of the settings cost: the settings and the number of traces before it and after it.
#[must_use]
pub fn sentence((before, traces): (&Config, usize), (after, now): (&Config, usize)) -> String {
    let changed = SETTINGS.iter().filter(|setting| setting.value(before) != setting.value(after));
    let mut keys = Vec::new();
    let mut changes: Vec<String> = Vec::new();
    for setting in changed {
        keys.push(setting.key);
        changes.push(format!("{} {} → {}", setting.name, setting.text(before), setting.text(after)));
    }
    if before.program != after.program {
        changes.push(format!("program {} → {}", before.program, after.program));
    }
    if changes.is_empty() {
        return "Change a setting, and see whether something has to be traced.".to_owned();
    }
    let what = match now.saturating_sub(traces) {
        0 if keys == ["lr"] => "nothing was traced: the rate is an input of the compiled step".to_owned(),
        0 => "nothing was traced: the compiled steps that it needs were there already".to_owned(),
        1 => "one more step was traced and compiled".to_owned(),
        more => {
            format!(
                "{} more steps were traced and compiled, one for each shape and program on screen; of this program they stand below",
                thousands(more)
            )
        }
    };
    format!("{}: {what}.", changes.join(", "))
}
