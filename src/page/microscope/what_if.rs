//! A step made otherwise, in words: what happens in place of it, and how far the two courses are apart.

use crate::base::words::{number, thousands};
use crate::lecture::run::steps::rows_of;
use crate::lecture::settings::config::Config;
use crate::page::runs::{Board, Recording};
use crate::page::view::WhatIf;
use crate::worker::protocol::{Change, Edit};

/// A change in a few words, with the step.
#[must_use]
pub fn short(WhatIf { approach, edit }: WhatIf) -> String {
    let what = match edit.change {
        Change::Another(_) => "another batch",
        Change::Dropped => "batch dropped",
        Change::Twice => "batch taken twice",
        Change::Without(_) => "a sample left out",
        Change::Swapped { .. } => "a sample replaced",
    };
    format!("What if: step {} of {}, {what}", thousands(edit.step + 1), approach.name())
}

/// What happens in place of a step. `sample` is the sample at the change's place, if it is known, and `rows` how many the batch has.
fn happens(Edit { step, change }: Edit, rows: usize, samples: usize, sample: Option<u32>) -> String {
    let step = thousands(step + 1);
    let named =
        |place: usize| sample.map_or_else(|| format!("what is at place {}", place + 1), |row| format!("sample {row}"));
    match change {
        Change::Another(seed) => {
            format!("Step {step} takes another batch: the first {rows} of permutation(key({seed}), {samples}).")
        }
        Change::Dropped => format!("Step {step} is dropped: neither θ nor the optimizer’s state changes there."),
        Change::Twice => format!("Step {step} takes its batch twice: make_step is called with it two times in a row."),
        Change::Without(place) => format!("Step {step} leaves {} out of its batch.", named(place)),
        Change::Swapped { place, seed } => format!(
            "In step {step}, {} gives way to the first of permutation(key({seed}), {samples}) that is not in the batch.",
            named(place)
        ),
    }
}

/// What is changed and what comes of it. `config` is the run of the changed column; `sample` as above.
#[must_use]
pub fn sentence(board: &Board, what_if: Option<WhatIf>, config: &Config, sample: Option<u32>) -> String {
    let Some(WhatIf { approach, edit }) = what_if else {
        return "Nothing is changed: this is the run as it is.".to_owned();
    };
    if !edit.fits(config) {
        let step = thousands(edit.step + 1);
        return format!("With these settings there is no step {step} with such a batch, so nothing is changed.");
    }
    let rows = rows_of(config, edit.step..edit.step + 1).len();
    let happens = happens(edit, rows, config.samples, sample);
    let known = board.of(approach).zip(board.edited.as_ref());
    let complete = known.filter(|(old, (known, new))| {
        *known == edit && old.config == *config && new.config == *config && old.stats.is_some() && new.stats.is_some()
    });
    match complete {
        Some((old, (_, new))) => format!("{happens} {}", compared(old, new, edit)),
        None => format!("{happens} The rest of the run is being computed."),
    }
}

/// The distance ‖θ′ − θ‖ of two courses at each entry of their recordings.
#[must_use]
pub fn apart(old: &Recording, new: &Recording) -> Vec<f32> {
    let features = old.config.features.max(1);
    let pairs = old.steps.params.chunks_exact(features).zip(new.steps.params.chunks_exact(features));
    let square = |(a, b): (&f32, &f32)| (f64::from(*a) - f64::from(*b)).powi(2);
    pairs.map(|(a, b)| a.iter().zip(b).map(square).sum::<f64>().sqrt() as f32).collect()
}

/// How far two courses are apart after the changed step and at the end.
fn compared(old: &Recording, new: &Recording, edit: Edit) -> String {
    let apart = apart(old, new);
    let sampling = new.sampling();
    let steps = thousands(new.config.steps());
    let (Some(&end), Some(&old_norm), Some(&new_norm)) = (apart.last(), old.steps.norms.last(), new.steps.norms.last())
    else {
        return String::new();
    };
    match (old_norm.is_finite(), new_norm.is_finite()) {
        (true, false) => return "The changed course leaves float32; the other one does not.".to_owned(),
        (false, true) => return "Only the course as it was leaves float32.".to_owned(),
        (false, false) => return "Both courses leave float32.".to_owned(),
        (true, true) => {}
    }
    let word = |x: f32| number(f64::from(x));
    // the first entry that is recorded after the changed step
    let entry = (edit.step + 1).div_ceil(sampling.stride.max(1)) - 1;
    let first = apart.get(entry).copied().unwrap_or(end);
    let (new_norm, old_norm) = (word(new_norm), word(old_norm));
    let ends = if new_norm == old_norm {
        format!("‖θ−θ̂‖ ends at {new_norm} in both")
    } else {
        format!("‖θ−θ̂‖ ends at {new_norm} instead of {old_norm}")
    };
    let after = thousands(sampling.step(entry));
    // bits, since the distance of numbers that are not the same may be too small for a float
    let is_same = |entry: usize| {
        let features = new.config.features;
        let of = |run: &Recording| run.steps.params.get(entry * features..(entry + 1) * features).map(<[f32]>::to_vec);
        of(old) == of(new)
    };
    let last = (entry..apart.len()).rev().find(|&entry| !is_same(entry));
    match last {
        None => "θ does not change by a single bit: the two courses are the same.".to_owned(),
        Some(last) if last + 1 < apart.len() => format!(
            "After step {after} the two courses are {} apart; from step {} on θ is the same again, to the last bit.",
            word(first),
            thousands(sampling.step(last + 1))
        ),
        Some(_) if entry + 1 == apart.len() => format!("At the end the two courses are {} apart: {ends}.", word(end)),
        Some(_) => format!(
            "After step {after} the two courses are {} apart, after all {steps} steps {}: {ends}.",
            word(first),
            word(end)
        ),
    }
}
