//! Several trainings side by side, as multiples of one.

use anyhow::{Result, ensure};
use thetahat_bench::timing::median;
use thetahat_bench::{Contestant, Report, Request, Scope};

use super::places::{Place, Places};
use super::table::number;
use super::{REPETITIONS, WORKLOADS};

const TRAININGS: [usize; 3] = [4, 8, 64];

/// A sentence for the interpreter and one for machine code.
pub fn report(places: &Places) -> Result<String> {
    let mut text = String::new();
    for (contestant, name) in [(Contestant::MachineCode, "machine code"), (Contestant::Interpreter, "interpreted")] {
        let steps = line(places, contestant, Scope::Steps, |trainings| Scope::SweepSteps { trainings })?;
        let whole = line(places, contestant, Scope::Again, |trainings| Scope::Sweep { trainings })?;
        text += &format!(
            "Trainings side by side, {name}, steps only: {steps}.\n\nWhole runs with other rates: {whole}.\n\n"
        );
    }
    Ok(text)
}

fn line(places: &Places, contestant: Contestant, alone: Scope, sweep: impl Fn(usize) -> Scope) -> Result<String> {
    let [samples, features, batch_size, epochs] = WORKLOADS[0].shape;
    let request =
        |scope| Request { samples, features, batch_size, epochs, contestant, scope, repetitions: REPETITIONS };
    let scopes = [alone].into_iter().chain(TRAININGS.map(sweep));
    let reports = places.ask(Place::Browser, &scopes.map(request).collect::<Vec<_>>())?;
    let digests: Vec<u32> = reports.iter().map(|report| report.digest).collect();
    ensure!(digests.iter().all(|digest| *digest == digests[0]), "a sweep computed different numbers: {digests:?}");
    let times: Vec<f64> = reports.iter().map(|Report { milliseconds, .. }| median(milliseconds)).collect();
    let parts = TRAININGS.iter().zip(&times[1..]).map(|(n, time)| format!("{n} take {:.2} × one", time / times[0]));
    Ok(format!("one takes {} ms, {}", number(times[0]), parts.collect::<Vec<_>>().join(", ")))
}
