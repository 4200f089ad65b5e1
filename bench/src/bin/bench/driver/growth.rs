//! How the time grows with the number of samples and of steps: the exponent of a power law.

use anyhow::Result;
use thetahat::lecture::settings::config::Program;
use thetahat_bench::timing::median;
use thetahat_bench::{Contestant, Request, Scope};

use super::places::{Place, Places};
use super::table::number;

/// Once through each; the last is the most that a configuration may have.
const SAMPLES: [usize; 4] = [100, 1000, 10_000, 100_000];
/// From 320 to 64,000 steps on 500 samples.
const EPOCHS: [usize; 4] = [10, 50, 400, 2000];

/// Measures runs of several sizes and tells the exponents.
pub fn report(places: &Places) -> Result<String> {
    let run = |samples, epochs, scope| Request {
        program: Program::Raw,
        samples,
        features: 2,
        batch_size: 16,
        epochs,
        contestant: Contestant::MachineCode,
        scope,
        repetitions: 5,
    };
    let samples: Vec<Request> = SAMPLES.map(|samples| run(samples, 1, Scope::Whole)).into();
    let epochs: Vec<Request> = EPOCHS.map(|epochs| run(500, epochs, Scope::Steps)).into();
    let in_samples = points(places, &samples, |request| request.samples)?;
    let in_steps = points(places, &epochs, |request| request.epochs * request.samples.div_ceil(request.batch_size))?;
    Ok(format!(
        "Growth with the samples (one epoch, whole run): {}.\n\nGrowth with the steps (500 samples): {}.\n",
        line(&in_samples, "samples"),
        line(&in_steps, "steps")
    ))
}

fn points(places: &Places, requests: &[Request], size: impl Fn(&Request) -> usize) -> Result<Vec<(f64, f64)>> {
    let reports = places.ask(Place::Browser, requests)?;
    #[allow(clippy::cast_precision_loss, reason = "sizes are far below 2⁵³")]
    let points =
        requests.iter().zip(reports).map(|(request, report)| (size(request) as f64, median(&report.milliseconds)));
    Ok(points.collect())
}

fn line(points: &[(f64, f64)], what: &str) -> String {
    let times: Vec<String> = points.iter().map(|(size, time)| format!("{} ms for {size}", number(*time))).collect();
    format!("{} {what}; exponent {:.2}", times.join(", "), exponent(points))
}

/// The slope of a straight line through the logarithms, by least squares.
fn exponent(points: &[(f64, f64)]) -> f64 {
    let logs: Vec<(f64, f64)> = points.iter().map(|(size, time)| (size.ln(), time.ln())).collect();
    #[allow(clippy::cast_precision_loss, reason = "a handful")]
    let count = logs.len() as f64;
    let (mean_x, mean_y) =
        (logs.iter().map(|p| p.0).sum::<f64>() / count, logs.iter().map(|p| p.1).sum::<f64>() / count);
    let (mut xy, mut xx) = (0.0, 0.0);
    for (x, y) in logs {
        xy += (x - mean_x) * (y - mean_y);
        xx += (x - mean_x).powi(2);
    }
    xy / xx
}

#[cfg(test)]
mod tests {
    use super::exponent;

    #[test]
    fn exponents_of_power_laws() {
        let law = |power: f64| [1.0, 10.0, 200.0].map(|x: f64| (x, 3.0 * x.powf(power)));
        assert!((exponent(&law(1.0)) - 1.0).abs() < 1e-12);
        assert!((exponent(&law(2.5)) - 2.5).abs() < 1e-12);
    }
}
