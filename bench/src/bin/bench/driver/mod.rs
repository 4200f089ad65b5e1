//! Which workloads there are, and the order of events.

mod drag;
mod growth;
mod machine;
mod map;
mod module;
mod peers;
mod places;
mod sweep;
mod table;
mod typed;

use anyhow::{Result, bail, ensure};
use thetahat::lecture::settings::config::Program;
use thetahat_bench::timing::median;
use thetahat_bench::{Contestant, Report, Request, Scope};

use peers::Peers;
use places::{Place, Places};
use table::Row;

const REPETITIONS: usize = 21;

/// A training with a name.
struct Workload {
    name: &'static str,
    /// Samples, features, samples per step, epochs.
    shape: [usize; 4],
    scope: Scope,
}

const WORKLOADS: [Workload; 8] = [
    Workload { name: "lin2, steps only", shape: [500, 2, 16, 201], scope: Scope::Steps },
    Workload { name: "lin2, whole run", shape: [500, 2, 16, 201], scope: Scope::Whole },
    Workload { name: "lin2, another rate", shape: [500, 2, 16, 201], scope: Scope::Again },
    Workload { name: "band of 64 runs", shape: [500, 2, 16, 201], scope: Scope::Band },
    Workload { name: "tanh map, first picture", shape: [500, 2, 16, 201], scope: Scope::Tanh },
    Workload { name: "lin64, steps only", shape: [10_000, 64, 256, 20], scope: Scope::Steps },
    Workload { name: "mlp", shape: [500, 2, 500, 200], scope: Scope::Mlp },
    Workload { name: "compile", shape: [500, 2, 16, 201], scope: Scope::Compile },
];

const GROWTH: &str = "growth";
const SWEEP: &str = "sweep";
const MODULE: &str = "module";
const MAP: &str = "map";
const DRAG: &str = "drag";

/// Measures what the arguments name: workloads, by the beginning of their names.
pub fn main() -> Result<()> {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let chosen = |name: &str| wanted.is_empty() || wanted.iter().any(|word| name.starts_with(word.as_str()));
    for word in &wanted {
        if !WORKLOADS
            .iter()
            .map(|workload| workload.name)
            .chain([GROWTH, SWEEP, MODULE, MAP, DRAG])
            .any(|name| name.starts_with(word.as_str()))
        {
            let names = WORKLOADS.map(|workload| format!("`{}`", workload.name)).join(", ");
            bail!(
                "There is no workload `{word}`; there are {names}, `{SWEEP}`, `{GROWTH}`, `{MODULE}`, `{MAP}` and `{DRAG}`."
            );
        }
    }
    let places = Places::find()?;
    let mut rows = Vec::new();
    for workload in WORKLOADS.iter().filter(|workload| chosen(workload.name)) {
        eprintln!("{}:", workload.name);
        rows.push(measure(workload, &places)?);
    }
    if !rows.is_empty() {
        println!("{}", table::markdown(&rows));
    }
    if let Some(peers) = Peers::find() {
        eprintln!("peers:");
        println!("{}", peers.report(&places, &rows)?);
        if let Some((pythons, site)) = peers.pythons().zip(places.site()) {
            eprintln!("the same Python text:");
            println!("{}", typed::report(pythons, site)?);
        }
    }
    if chosen(GROWTH) {
        eprintln!("{GROWTH}:");
        println!("{}", growth::report(&places)?);
    }
    if chosen(SWEEP) {
        eprintln!("{SWEEP}:");
        println!("{}", sweep::report(&places)?);
    }
    if chosen(MODULE) {
        eprintln!("{MODULE}:");
        println!("{}", module::report(&places)?);
    }
    if chosen(MAP) && places.has_browser() {
        eprintln!("{MAP}:");
        println!("{}", map::report(&places)?);
    }
    if chosen(DRAG)
        && let Some(site) = places.site()
    {
        eprintln!("{DRAG}:");
        println!("{}\n", drag::report(site)?);
    }
    println!("Medians of {REPETITIONS} repetitions each, on {}.", machine::description(&places)?);
    Ok(())
}

impl Workload {
    fn request(&self, contestant: Contestant) -> Request {
        let [samples, features, batch_size, epochs] = self.shape;
        let (program, scope, repetitions) = (Program::Raw, self.scope, REPETITIONS);
        Request { program, samples, features, batch_size, epochs, contestant, scope, repetitions }
    }
}

/// Measures a workload with all who can do it.
fn measure(workload: &Workload, places: &Places) -> Result<Row> {
    let is_engines = matches!(workload.scope, Scope::Again | Scope::Band | Scope::Tanh | Scope::Compile);
    // a network takes the interpreter a minute
    let mut contestants = if workload.scope == Scope::Mlp { vec![] } else { vec![Contestant::Interpreter] };
    contestants.push(Contestant::MachineCode);
    if !is_engines {
        contestants.push(Contestant::Hand);
    }
    let requests: Vec<Request> = contestants.iter().map(|&contestant| workload.request(contestant)).collect();
    let mut reports = places.ask(Place::Browser, &requests)?;
    if !is_engines {
        reports.extend(places.ask(Place::Native, &[workload.request(Contestant::Hand)])?);
    }
    let digest = reports.first().map(|report| report.digest);
    ensure!(
        reports.iter().all(|report| Some(report.digest) == digest),
        "{}: the contestants computed different numbers: {:?}",
        workload.name,
        reports.iter().map(|report| report.digest).collect::<Vec<_>>()
    );
    let medians: Vec<f64> = reports.iter().map(|Report { milliseconds, .. }| median(milliseconds)).collect();
    let mut times = medians.into_iter();
    let is_interpreted = contestants.first() == Some(&Contestant::Interpreter);
    Ok(Row {
        name: workload.name,
        interpreter: if is_interpreted { times.next() } else { None },
        machine_code: times.next(),
        hand: times.next(),
        native: times.next(),
    })
}
