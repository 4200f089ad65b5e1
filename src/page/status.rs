//! Sentences about the runs on screen: what they cost, where the playhead stands, and what is remarkable about them.

use crate::base::words::{count, thousands};
use crate::lecture::run::phase::keeps_state;
use crate::lecture::run::recording::thinning_sentence;
use crate::lecture::settings::config::{Approach, Branch, Config, Schedule};
use crate::lecture::verdict::course;
use crate::lecture::verdict::divergence::finding;
use crate::lecture::verdict::stability::{Stability, explain};
use crate::page::duration::elapsed;
use crate::page::runs::{Board, Recording, Run};
use crate::worker::protocol::Backend;

/// What the runs cost, or how far they have come.
#[must_use]
pub fn status(board: &Board) -> String {
    let Some(first) = board.first() else {
        return if board.is_cut_short() { "stopped" } else { "Starting …" }.to_owned();
    };
    if board.is_cut_short() {
        return format!("stopped after {} of {} steps", thousands(first.len()), thousands(first.config.steps()));
    }
    if !board.is_complete() {
        return format!("{} of {} steps …", thousands(first.len()), thousands(first.config.steps()));
    }
    let Some(stats) = &first.stats else { return String::new() };
    let took = elapsed(stats.milliseconds);
    let mut said = format!("{} in {took}", count(stats.steps, "step"));
    if stats.backend == Backend::Interpreter {
        said.push_str(", interpreted: this browser does not allow compiling code at run time");
    }
    let part = |approach: Approach| {
        let stats = board.of(approach).and_then(|recording| recording.stats.as_ref());
        stats.map(|stats| elapsed(stats.milliseconds)).unwrap_or_default()
    };
    let others: Vec<String> =
        board.runs.iter().skip(1).map(|run| format!("{} {}", run.approach.name(), part(run.approach))).collect();
    if !others.is_empty() {
        said = format!("{said} ({})", others.join(", "));
    }
    said
}

/// Trouble with the worker, where the policy of the page's host has refused something under this rule.
#[must_use]
pub fn forbidden(trouble: &str, rule: &str) -> String {
    format!(
        "{trouble} The policy of the host that serves this page (Content-Security-Policy, {rule}) forbids what it needs: \
         worker-src 'self' blob: and script-src 'self' 'wasm-unsafe-eval'."
    )
}

/// Where the playhead stands after this many steps.
#[must_use]
pub fn position(board: &Board, step: usize) -> String {
    let Some(first) = board.first() else { return String::new() };
    let per_epoch = first.config.steps_per_epoch();
    let total = thousands(board.end());
    if board.end() == 0 {
        return "the run takes no steps".to_owned();
    }
    let Some(last) = step.checked_sub(1) else { return format!("before the first step of {total}") };
    let (epoch, batch) = (last / per_epoch, last % per_epoch);
    let (batch, batches) = (thousands(batch + 1), thousands(per_epoch));
    format!("epoch {} · batch {batch} of {batches} · step {} of {total}", thousands(epoch), thousands(step))
}

/// What is remarkable about the runs: one that diverges or whose numbers leave float32, and recordings that are thinned.
#[must_use]
pub fn remark(board: &Board, found: &[Stability]) -> String {
    let diverging = board.runs.iter().find_map(|run| {
        let Recording { problem, steps, config, .. } = &run.recording;
        let finding = finding(steps, problem);
        let why = explain(&limits_of(found, config), &finding);
        match (finding.sentence(), why) {
            (Some(what), Some(why)) => Some(format!("{what} {why}")),
            (what, why) => what.or(why),
        }
    });
    let thinned = board.runs.iter().find_map(|run| thinning_sentence(&run.recording.config));
    let sentences: Vec<String> = diverging.into_iter().chain(thinned).collect();
    sentences.join(" ")
}

/// The settings that the limits of learning rates depend on, the others as the lecture has them: while those change, nothing has to be found anew.
#[must_use]
pub fn limits_question(config: &Config) -> Config {
    let plain = Config::default();
    let learning_rate = plain.learning_rate;
    let branch = config.branch.clone().map(|branch| Branch { learning_rate, ..branch });
    Config {
        learning_rate,
        sigma: plain.sigma,
        theta_0: None,
        print_every: plain.print_every,
        branch,
        ..config.clone()
    }
}

/// The limits with the rates of these settings.
#[must_use]
pub fn limits_of(found: &[Stability], config: &Config) -> Vec<Stability> {
    let branched = config.branch.as_ref().map_or(config.learning_rate, |branch| branch.learning_rate);
    let rate = |phase: &Stability| if phase.from == 0 { config.learning_rate } else { branched };
    found.iter().map(|phase| Stability { rate: rate(phase), ..phase.clone() }).collect()
}

/// What becomes of the optimizer's state and of a schedule's count where a run branches; nothing where it does not.
#[must_use]
pub fn branch_words(config: &Config) -> Option<String> {
    let step = config.branch.as_ref()?.step;
    if step >= config.planned_steps() {
        return Some(
            "The run ends where it branches, so the branch changes nothing; a longer run reaches it.".to_owned(),
        );
    }
    let step = thousands(step);
    let after = config.branched()?;
    let ends = matches!(after.schedule, Schedule::Cosine | Schedule::WarmupCosine);
    Some(match (keeps_state(config, &after), after.schedule.counts()) {
        (true, true) => format!("The optimizer keeps its state, and the schedule goes on counting after step {step}."),
        (true, false) => "The optimizer keeps its state; a constant rate counts no steps.".to_owned(),
        (false, true) if ends => format!(
            "The optimizer starts anew after step {step}, and its schedule counts from 0 there, so the run ends before the schedule does."
        ),
        (false, true) => {
            format!("The optimizer starts anew after step {step}, and its schedule counts from 0 there.")
        }
        (false, false) => format!("The optimizer starts anew after step {step}: what it had gathered is gone."),
    })
}

/// What a figure shows, in a sentence on the course of the first run, and all that is to be said: where the other runs take another course, the run is named, and
/// each has its sentence.
#[must_use]
pub fn caption(board: &Board, read: fn(&course::Shown<'_>) -> String) -> Option<(String, String)> {
    let said = |run: &Run| {
        let Recording { config, problem, steps, .. } = &run.recording;
        (run.approach.name(), read(&course::Shown { config, problem, steps }))
    };
    let all: Vec<(&str, String)> = board.runs.iter().map(said).collect();
    let (name, first) = all.first()?;
    if all.iter().all(|(_, sentence)| sentence == first) {
        return Some((first.clone(), first.clone()));
    }
    let lines: Vec<String> = all.iter().map(|(name, sentence)| format!("{name}: {sentence}")).collect();
    Some((format!("{name}: {first}"), lines.join("\n")))
}
