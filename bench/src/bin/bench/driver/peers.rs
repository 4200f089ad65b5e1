//! Other libraries on the same problems: whom there is to ask, how, and that they compute the same.

mod sheet;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::json;
use thetahat_bench::problem::{NAMES, Part, Problem};
use thetahat_bench::timing::median;
use thetahat_bench::{Contestant, Request, Scope};
use thetahat_e2e::{Browser, Options, with_page_in};

use super::places::{Place, Places, answer};
use super::table::Row;
use super::{REPETITIONS, WORKLOADS};
use sheet::{Sheet, Time};

/// Repetitions of trainings that take longer than two seconds.
const SLOW_REPETITIONS: usize = 5;
/// How far losses and parameters may be from ours, in multiples of the largest.
const TOLERANCE: f32 = 1e-4;
/// Says how JAX is measured.
const SCRIPT: &str = "train.py";

/// Where a library runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Home {
    /// In a worker of headless Chromium.
    Browser,
    /// In Python.
    Python,
}

/// A library, and how it is used.
struct Peer {
    title: &'static str,
    /// What its script calls it.
    name: &'static str,
    home: Home,
}

/// They are given the permutations.
const WITH_ORDERS: [Peer; 5] = [
    Peer { title: "JAX, one `lax.scan`", name: "scan", home: Home::Python },
    Peer { title: "JAX, jitted step called from Python", name: "step", home: Home::Python },
    Peer { title: "jax-js, wasm, `jit`", name: "jax-js", home: Home::Browser },
    Peer { title: "TensorFlow.js, cpu", name: "tfjs-cpu", home: Home::Browser },
    Peer { title: "TensorFlow.js, wasm", name: "tfjs-wasm", home: Home::Browser },
];

/// They draw them.
const WITH_KEY: [Peer; 2] = [
    Peer { title: "JAX, one `lax.scan`, `random.permutation` inside", name: "scan-shuffled", home: Home::Python },
    Peer { title: "JAX, the lecture's own loop", name: "lecture", home: Home::Python },
];

/// The libraries that are here.
pub struct Peers {
    folder: PathBuf,
    page: Option<PathBuf>,
    python: Option<PathBuf>,
    /// The program that runs Python on thetahat's engine.
    own_python: Option<PathBuf>,
    /// Sentences on those that are not.
    missing: String,
}

/// What a library reports of a training.
#[derive(Deserialize)]
struct Trained {
    milliseconds: Vec<f64>,
    losses: Vec<f32>,
    params: Vec<f32>,
}

/// What must come out of a problem.
struct Expected {
    losses: Vec<f32>,
    params: Vec<f32>,
}

impl Peers {
    /// Reads the variables of `cargo xtask bench --peers`; none without that option.
    pub fn find() -> Option<Self> {
        let variable = |name: &str| std::env::var_os(name).map(PathBuf::from);
        Some(Self {
            folder: variable("THETAHAT_PEERS")?,
            page: variable("THETAHAT_PEERS_PAGE"),
            python: variable("THETAHAT_PEERS_PYTHON"),
            own_python: variable("THETAHAT_PYTHON_PROGRAM"),
            missing: std::env::var("THETAHAT_PEERS_MISSING").unwrap_or_default(),
        })
    }

    /// The table in Markdown: the problems whose steps stand in `rows`, trained by all.
    pub fn report(&self, places: &Places, rows: &[Row]) -> Result<String> {
        let steps = |problem: &str| {
            let name = if problem == "mlp" { problem.to_owned() } else { format!("{problem}, steps only") };
            rows.iter().find(|row| row.name == name)?.machine_code
        };
        let problems: Vec<&str> = NAMES.into_iter().filter(|problem| steps(problem).is_some()).collect();
        if problems.is_empty() {
            return Ok("Other libraries train lin2, lin64 and mlp, of which none was asked for.\n".to_owned());
        }
        let expected = problems.iter().map(|problem| self.write(places, problem)).collect::<Result<Vec<_>>>()?;
        let mut sheet = Sheet::new(&problems, &self.missing);
        let ours: Vec<Option<f64>> = problems.iter().map(|problem| steps(problem)).collect();
        let whole = problems.iter().map(|problem| whole_run(places, rows, problem)).collect::<Result<Vec<_>>>()?;
        for (title, ours, peers) in
            [("thetahat, steps only", ours, &WITH_ORDERS[..]), ("thetahat, whole run", whole, &WITH_KEY)]
        {
            sheet.ours(title, &ours);
            for peer in peers.iter().filter(|peer| self.has(peer.home)) {
                let times = problems.iter().zip(&expected).zip(&ours).map(|((problem, expected), ours)| {
                    ours.and_then(|_| match self.measure(peer, problem, expected) {
                        Ok(time) => Some(time),
                        Err(error) => {
                            let reason = format!("{error:#}");
                            let reason = reason.trim_end_matches('.');
                            sheet.remark(&format!("{} on {problem} is left out: {reason}.", peer.title));
                            None
                        }
                    })
                });
                let times: Vec<Option<Time>> = times.collect();
                sheet.theirs(peer.title, &times, &ours);
            }
        }
        Ok(sheet.finish())
    }

    /// thetahat's Python and `CPython` with JAX.
    pub fn pythons(&self) -> Option<[&Path; 2]> {
        Some([self.own_python.as_deref()?, self.python.as_deref()?])
    }

    fn has(&self, home: Home) -> bool {
        match home {
            Home::Browser => self.page.is_some(),
            Home::Python => self.python.is_some(),
        }
    }

    /// Where the problems are: within reach of the page.
    fn problems(&self) -> PathBuf {
        self.folder.join("page").join("problems")
    }

    /// Writes a problem for all, and tells what must come out.
    fn write(&self, places: &Places, problem: &str) -> Result<Expected> {
        let folder = self.problems();
        let status = places.native().args(["--problem", problem]).arg(&folder).status();
        ensure!(status.context("the problems cannot be written")?.success(), "the problem {problem} was not written");
        let file = |ending: &str| {
            let path = folder.join(format!("{problem}.{ending}"));
            fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))
        };
        let Problem { losses, params, .. } = serde_json::from_slice(&file("json")?)?;
        let bytes = file("bin")?;
        let words: Vec<u32> = bytes.as_chunks().0.iter().map(|word| u32::from_le_bytes(*word)).collect();
        let numbers = |part: &Part| part.numbers(&words).with_context(|| format!("{problem}.bin is too short"));
        Ok(Expected { losses: numbers(&losses)?, params: numbers(&params)? })
    }

    /// The median of a library's times, if it computed what it should.
    fn measure(&self, peer: &Peer, problem: &str, expected: &Expected) -> Result<Time> {
        eprintln!("  {}: {problem}", peer.title);
        let report = match (peer.home, &self.page, &self.python) {
            (Home::Browser, Some(page), _) => in_page(page, peer.name, problem)?,
            (Home::Python, _, Some(python)) => self.in_python(python, peer.name, problem)?,
            _ => anyhow::bail!("it is not there"),
        };
        let trained: Trained = serde_json::from_slice(&report).context("its report cannot be read")?;
        expected.check(&trained)?;
        let is_slow = trained.milliseconds.len() < REPETITIONS;
        Ok(Time { milliseconds: median(&trained.milliseconds), is_slow })
    }

    fn in_python(&self, python: &Path, peer: &str, problem: &str) -> Result<Vec<u8>> {
        let script = thetahat_e2e::repository().join("bench").join("peers").join(SCRIPT);
        let mut command = Command::new(python);
        command.arg(script).arg(self.problems()).args([problem, peer]);
        command.args([REPETITIONS, SLOW_REPETITIONS].map(|count| count.to_string())).env("JAX_PLATFORMS", "cpu");
        let output = command.output().context("Python does not start")?;
        let errors = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "{}", errors.lines().last().unwrap_or("it does not say what went wrong"));
        Ok(output.stdout)
    }
}

/// In a page of its own, so that nothing is left over from another library.
fn in_page(folder: &Path, peer: &str, problem: &str) -> Result<Vec<u8>> {
    let request = json!({ "peer": peer, "problem": problem, "repetitions": REPETITIONS, "slow": SLOW_REPETITIONS });
    let mut report = None;
    with_page_in(folder, Options::new(Browser::Chromium), async |page| {
        report = Some(answer(page, &request.to_string()).await?);
        Ok(())
    })?;
    Ok(report.context("it reports nothing")?.into_bytes())
}

/// Our own time for a run that draws its permutations, which is measured here if no row has it.
fn whole_run(places: &Places, rows: &[Row], problem: &str) -> Result<Option<f64>> {
    let row = rows.iter().find(|row| row.name == format!("{problem}, whole run"));
    let steps = WORKLOADS.iter().find(|workload| workload.name == format!("{problem}, steps only"));
    match (row, steps) {
        (Some(row), _) => Ok(row.machine_code),
        (None, Some(workload)) => {
            let request = Request { scope: Scope::Whole, ..workload.request(Contestant::MachineCode) };
            let reports = places.ask(Place::Browser, &[request])?;
            Ok(reports.first().map(|report| median(&report.milliseconds)))
        }
        (None, None) => Ok(None),
    }
}

impl Expected {
    fn check(&self, trained: &Trained) -> Result<()> {
        for (what, ours, theirs) in
            [("losses", &self.losses, &trained.losses), ("parameters", &self.params, &trained.params)]
        {
            ensure!(ours.len() == theirs.len(), "it gives {} {what} instead of {}", theirs.len(), ours.len());
            let largest = ours.iter().fold(0.0, |largest: f32, x| largest.max(x.abs()));
            let is_close = |(ours, theirs): (&f32, &f32)| (ours - theirs).abs() <= TOLERANCE * largest;
            ensure!(ours.iter().zip(theirs).all(is_close), "it computes other {what}");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_numbers_are_noticed() {
        let expected = Expected { losses: vec![2.0, 0.0], params: vec![-100.0, 0.001] };
        let check = |losses: &[f32], params: &[f32]| {
            let trained = Trained { milliseconds: vec![], losses: losses.to_vec(), params: params.to_vec() };
            expected.check(&trained).map_err(|error| error.to_string())
        };
        assert_eq!(check(&[2.000_1, 0.000_1], &[-100.0, 0.002]), Ok(()));
        assert_eq!(check(&[2.001, 0.0], &[-100.0, 0.001]), Err("it computes other losses".to_owned()));
        assert_eq!(check(&[2.0, f32::NAN], &[-100.0, 0.001]), Err("it computes other losses".to_owned()));
        assert_eq!(check(&[2.0, 0.0], &[100.0, 0.001]), Err("it computes other parameters".to_owned()));
        assert_eq!(check(&[2.0], &[-100.0, 0.001]), Err("it gives 1 losses instead of 2".to_owned()));
    }
}
