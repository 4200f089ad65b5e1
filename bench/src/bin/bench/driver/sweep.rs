//! Several trainings of the lecture side by side, as generated WebAssembly, in multiples of one.

use anyhow::{Result, ensure};
use thetahat::lecture::settings::config::Program;
use thetahat_bench::timing::median;
use thetahat_bench::{Contestant, Report, Request, Scope};

use super::places::{Place, Places};
use super::table::number;
use super::{REPETITIONS, WORKLOADS};

const TRAININGS: [usize; 3] = [4, 8, 64];

/// Two sentences: the steps alone, and whole runs.
pub fn report(places: &Places) -> Result<String> {
    let steps = line(places, Scope::Steps, |trainings| Scope::SweepSteps { trainings })?;
    let whole = line(places, Scope::Again, |trainings| Scope::Sweep { trainings })?;
    Ok(format!("Trainings side by side, steps only: {steps}.\n\nWhole runs with other rates: {whole}.\n"))
}

fn line(places: &Places, alone: Scope, sweep: impl Fn(usize) -> Scope) -> Result<String> {
    let [samples, features, batch_size, epochs] = WORKLOADS[0].shape;
    let (contestant, repetitions) = (Contestant::MachineCode, REPETITIONS);
    let request = |scope| Request {
        program: Program::Raw,
        samples,
        features,
        batch_size,
        epochs,
        contestant,
        scope,
        repetitions,
    };
    let scopes = [alone].into_iter().chain(TRAININGS.map(sweep));
    let reports = places.ask(Place::Browser, &scopes.map(request).collect::<Vec<_>>())?;
    let digests: Vec<u32> = reports.iter().map(|report| report.digest).collect();
    ensure!(digests.iter().all(|digest| *digest == digests[0]), "a sweep computed different numbers: {digests:?}");
    let times: Vec<f64> = reports.iter().map(|Report { milliseconds, .. }| median(milliseconds)).collect();
    let parts = TRAININGS.iter().zip(&times[1..]).map(|(n, time)| format!("{n} take {:.2} × one", time / times[0]));
    Ok(format!("one takes {} ms, {}", number(times[0]), parts.collect::<Vec<_>>().join(", ")))
}
