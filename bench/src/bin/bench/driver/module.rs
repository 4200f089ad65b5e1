//! What modules cost: the module program, split outside of the loop, in multiples of the raw functional one; and what it costs to split and merge on
//! every call.

use anyhow::{Result, ensure};
use thetahat::lecture::settings::config::{ModuleKind, Program};
use thetahat_bench::timing::median;
use thetahat_bench::{Contestant, Report, Request, Scope};

use super::places::{Place, Places};
use super::table::number;
use super::{REPETITIONS, WORKLOADS};

/// How often the programs take turns, so that a disturbance hits all.
const TURNS: usize = 5;

/// Three sentences: compiled loops, whole runs with another rate, and loops that call the step batch by batch.
pub fn report(places: &Places) -> Result<String> {
    let [steps, again] = [Scope::Steps, Scope::Again]
        .map(|scope| ask(places, scope, &[Program::Raw, Program::Module(ModuleKind::Split)]));
    let calls = ask(
        places,
        Scope::Calls,
        &[Program::Raw, Program::Module(ModuleKind::Linear), Program::Module(ModuleKind::Split)],
    )?;
    let pair = |programs: &[Measured]| {
        let [raw, split] = [&programs[0], &programs[1]].map(|program| program.milliseconds);
        format!(
            "{} ms in modules that are split once, {} ms in functional style, {:.2} × it",
            number(split),
            number(raw),
            split / raw
        )
    };
    let (steps, again) = (steps?, again?);
    ensure!(
        [(&steps[0], &calls[0]), (&steps[1], &calls[2])].iter().all(|(loops, calls)| loops.digest == calls.digest)
            && calls[1].digest == calls[2].digest,
        "the loops computed different numbers"
    );
    #[allow(clippy::cast_precision_loss, reason = "some thousand steps")]
    let per_call = |program: &Measured| {
        let [samples, _, batch_size, epochs] = WORKLOADS[0].shape;
        1000.0 * program.milliseconds / (epochs * samples.div_ceil(batch_size)) as f64
    };
    let [raw, linear, split] = [0, 1, 2].map(|i| per_call(&calls[i]));
    Ok(format!(
        "Modules, steps only: {}. Another rate: {}. Called batch by batch, a step takes {} µs in functional style, {} µs with `nnx.jit`, which splits and \
         merges on every call, and {} µs if they were split once before: splitting and merging costs {} µs a call.\n",
        pair(&steps),
        pair(&again),
        number(raw),
        number(linear),
        number(split),
        number(linear - split),
    ))
}

/// What was measured of a program.
struct Measured {
    milliseconds: f64,
    digest: u32,
}

/// Medians over all turns.
fn ask(places: &Places, scope: Scope, programs: &[Program]) -> Result<Vec<Measured>> {
    let [samples, features, batch_size, epochs] = WORKLOADS[0].shape;
    let (contestant, repetitions) = (Contestant::MachineCode, REPETITIONS);
    let request = |program| Request { program, samples, features, batch_size, epochs, contestant, scope, repetitions };
    let requests: Vec<Request> =
        programs.iter().cycle().take(TURNS * programs.len()).map(|&program| request(program)).collect();
    let reports = places.ask(Place::Browser, &requests)?;
    let of = |i: usize| -> Vec<&Report> { reports.iter().skip(i).step_by(programs.len()).collect() };
    Ok((0..programs.len())
        .map(|i| Measured {
            milliseconds: median(&of(i).iter().flat_map(|report| report.milliseconds.clone()).collect::<Vec<_>>()),
            digest: of(i)[0].digest,
        })
        .collect())
}
