//! What is said of a map: how far it is, what its colours mean, and what a cell's run did.

use super::cells::{Cell, Cells};
use super::plan::{Plan, SHUFFLES};
use crate::base::words::{count, number, rounded, thousands};
use crate::lecture::settings::choices::Named;
use crate::lecture::settings::config::{Config, Optimizer, Schedule};
use crate::lecture::verdict::divergence::GROWTH;
use crate::lecture::verdict::stability::Stability;
use crate::page::duration::elapsed;
use crate::page::view::{MapView, Quantity};

/// A learning rate with up to four digits.
#[must_use]
pub fn rate(rate: f64) -> String {
    rounded(rate, 4)
}

/// How far the map is, or what it cost.
#[must_use]
pub fn status(cells: &Cells, is_cancelled: bool) -> String {
    let all = cells.plan.cells();
    if let Some(trouble) = &cells.trouble {
        return trouble.clone();
    }
    if all == 0 {
        return "This program takes no steps, so there is nothing to map.".to_owned();
    }
    let took = elapsed(cells.took);
    if cells.is_complete() {
        let shuffles = cells.plan.shuffles as usize;
        let runs = count(all * shuffles, "run");
        return format!("{runs} in {took}");
    }
    let state = if is_cancelled { "stopped" } else { "…" };
    format!("{} of {} cells {state}", thousands(cells.known()), thousands(all))
}

/// What stands in the Lab's list for a choice of this name.
fn label(choices: &'static [Named], name: &str) -> &'static str {
    choices.iter().find(|choice| choice.name == name).map_or("", |choice| choice.label)
}

/// The settings that the map takes from the Lab.
#[must_use]
pub fn settings(config: &Config) -> String {
    taken(config).join(", ")
}

fn taken(config: &Config) -> Vec<String> {
    let mut words = vec![config.program.to_string(), label(Optimizer::NAMED, &config.optimizer.to_string()).to_owned()];
    if config.schedule != Schedule::Constant {
        words.push(label(Schedule::NAMED, &config.schedule.to_string()).to_owned());
    }
    words.extend([
        count(config.epochs, "epoch"),
        format!("N = {}", thousands(config.samples)),
        format!("M = {}", config.features),
        format!("σ = {}", number(config.sigma)),
        format!("seed {}", config.seed),
    ]);
    words
}

/// What stands below a picture that is taken along: what was computed, and for the network whose finding it is.
#[must_use]
pub fn picture_words(cells: &Cells) -> Vec<String> {
    if cells.plan.is_network() {
        return super::network::picture_words(cells);
    }
    let mut words = taken(&cells.plan.config);
    if cells.plan.shuffles > 1 {
        words.push(count(cells.plan.shuffles as usize, "shuffle"));
    }
    words
}

/// What it means that colours go by rank.
pub(super) const RANKS: &str = "equal lengths of the bar have equally many cells, and equal numbers one shade.";

/// What counts as converged, and what the colours say.
#[must_use]
pub fn rule(view: &MapView) -> String {
    if view.network {
        return super::network::rule();
    }
    let colours = if super::figure::counts_shuffles(view) {
        format!(
            "A cell lies beyond the border if one of its {SHUFFLES} runs diverges, and its shade says how many do. Before the border colours go by rank: {RANKS}"
        )
    } else {
        format!("Colours go by rank: on either side of the border, {RANKS}")
    };
    format!(
        "A run counts as diverging if its parameters leave float32, or if the full batch’s loss above its least value is over the last epoch typically, as a \
         geometric mean, more than {} times the largest of: what it was over the first epoch, what it was at θ₀, and the least loss itself. Every other run holds, \
         however slowly it arrives; a short run ends before growth shows. {colours}",
        number(GROWTH)
    )
}

/// What is not as in the Lab.
#[must_use]
pub fn remark(cells: &Cells) -> String {
    let plan = &cells.plan;
    if plan.is_network() {
        return super::network::remark(cells).to_owned();
    }
    let mut said = Vec::new();
    if plan.too_long > 0 {
        let why = if plan.config.optimizer == Optimizer::Lbfgs {
            "L-BFGS takes full batches only"
        } else {
            "runs would take too many steps"
        };
        said.push(format!("{} left out: {why}.", count(plan.too_long, "batch size")));
    }
    if plan.branched {
        said.push("The map leaves out the branch of the Lab’s run, and so does the run that a cell opens.".to_owned());
    }
    said.join(" ")
}

/// The picture in words.
#[must_use]
pub fn summary(cells: &Cells, view: &MapView) -> String {
    let plan = &cells.plan;
    if plan.is_network() {
        return super::network::summary(cells);
    }
    let (Some(slow), Some(fast)) = (plan.rates.first(), plan.rates.last()) else { return String::new() };
    let (Some(small), Some(large)) = (plan.batches.first(), plan.batches.last()) else { return String::new() };
    let (known, all, diverging) = (thousands(cells.known()), thousands(plan.cells()), thousands(cells.diverging()));
    let computed = if plan.shuffles > 1 {
        format!(
            "{known} of {all} cells computed, each with {} runs on shuffles of their own; in {diverging} cells at least one of them diverges",
            plan.shuffles
        )
    } else {
        format!("{known} of {all} runs computed, {diverging} diverge")
    };
    let mut sentences = vec![format!(
        "Learning rates from {} to {} across, batch sizes from {small} to {large} up: {computed}.",
        rate(*slow),
        rate(*fast),
    )];
    if let Some(((row, column), heat)) = cells.best(view.quantity) {
        sentences.push(format!(
            "Smallest {}: {} at rate {}, batch size {}.",
            view.quantity.name(),
            number(f64::from(heat.value)),
            rate(plan.rates[column]),
            plan.batches[row]
        ));
    }
    if let Some(cell) = plan.own.and_then(|own| cells.at(own)) {
        sentences.push(format!(
            "{}, rate {} and batch size {}: ‖θ − θ̂‖ = {}.",
            own(plan),
            rate(plan.config.learning_rate),
            plan.config.rows_per_batch(),
            number(f64::from(cell.distance))
        ));
    }
    sentences.join(" ")
}

/// What the cell of the Lab's settings is called.
fn own(plan: &Plan) -> &'static str {
    if plan.branched { "The Lab’s run without its branch" } else { "The Lab’s run" }
}

/// The name of a cell: its learning rate and its batch size.
#[must_use]
pub fn place(cells: &Cells, (row, column): (usize, usize)) -> String {
    if cells.plan.is_network() {
        return super::network::place(cells, (row, column));
    }
    let (Some(&at), Some(&batch)) = (cells.plan.rates.get(column), cells.plan.batches.get(row)) else {
        return String::new();
    };
    let own = if cells.plan.own == Some((row, column)) { format!(" – {}", own(&cells.plan)) } else { String::new() };
    format!("rate {}, batch size {}{}", rate(at), thousands(batch), own.replace("The", "the"))
}

/// The name of what is known of whether a run diverges.
pub(super) const VERDICT: &str = "verdict";

/// A cell and what its run did, in a line.
#[must_use]
pub fn line(cells: &Cells, at: (usize, usize)) -> String {
    let facts = cells.at(at).map(|cell| facts(cells, at, cell)).unwrap_or_default();
    // the rates of the network stand in the cell's name already
    let facts = facts.into_iter().skip(if cells.plan.is_network() { 2 } else { 0 });
    let said = facts.map(|(name, value)| if name == VERDICT { value } else { format!("{name}: {value}") });
    [place(cells, at)].into_iter().chain(said).collect::<Vec<_>>().join(" · ")
}

/// What can be done with the map, by a pointer and keys, and by a finger. In a frame no run is opened.
#[must_use]
pub fn how_to(is_network: bool, is_alone: bool) -> [&'static str; 2] {
    if is_network || is_alone {
        [
            "Point at a cell for its numbers; drag to zoom in. Keys: arrows, +, −, 0.",
            "Tap a cell for its numbers; + zooms in around it.",
        ]
    } else {
        [
            "Point at a cell for its numbers; click to open its run in the Lab; drag to zoom in. Keys: arrows, Enter, +, −, 0.",
            "Tap a cell for its numbers, and to open its run; + zooms in around it.",
        ]
    }
}

/// What the run of a cell at this place did, as names and numbers.
#[must_use]
pub fn facts(cells: &Cells, place: (usize, usize), cell: &Cell) -> Vec<(String, String)> {
    let plan = &cells.plan;
    if plan.is_network() {
        return super::network::facts(cells, place, cell);
    }
    let mut facts = vec![
        ("final ‖θ − θ̂‖".to_owned(), number(f64::from(cell.distance))),
        ("final loss".to_owned(), number(f64::from(cell.loss))),
        (
            format!("steps to ‖θ − θ̂‖ < {}", plan.target),
            if cell.reached > 0.0 { thousands(cell.reached as usize) } else { "not reached".to_owned() },
        ),
    ];
    if plan.shuffles > 1 {
        let diverging = (cell.diverges * plan.shuffles as f32).round() as usize;
        let spread =
            if cell.spread > 0.0 { format!("× {}", rounded(f64::from(cell.spread), 3)) } else { "–".to_owned() };
        facts.push(("spread over shuffles".to_owned(), spread));
        facts.push(("diverges".to_owned(), format!("{diverging} of {} shuffles", plan.shuffles)));
    } else {
        facts.push((VERDICT.to_owned(), if cell.diverges > 0.0 { "diverges" } else { "holds" }.to_owned()));
    }
    facts
}

const RATE_OVER: &str = "<mi>η</mi><mo>=</mo>";
const LAMBDA: &str = "<msub><mi>λ</mi><mi>max</mi></msub>";

/// A formula from the inside of its `math` element.
fn math(inside: &str) -> String {
    format!("<math><mrow>{inside}</mrow></math>")
}

/// The step as a matrix, for the optimizer that runs.
fn step_matrix(optimizer: Optimizer) -> &'static str {
    if optimizer == Optimizer::Sgd {
        "<mi>A</mi><mo>=</mo><mi>I</mi><mo>−</mo><mi>η</mi><msub><mi>H</mi><mi>B</mi></msub>"
    } else {
        "<mi>A</mi><mtext> the step of B rows</mtext>"
    }
}

/// What the lines are, for the optimizer that runs: name, formula in `MathML`, and meaning of each.
#[must_use]
pub fn theory(cells: &Cells) -> Vec<(&'static str, String, &'static str)> {
    let config = &cells.plan.config;
    let Some(full) = cells.limits.iter().find_map(|limits| limits.full_batch) else { return Vec::new() };
    let momentum = "<mn>2</mn><mo stretchy=\"false\">(</mo><mn>1</mn><mo>+</mo><mi>β</mi><mo stretchy=\"false\">)</mo>";
    let nesterov = "<mo stretchy=\"false\">(</mo><mn>1</mn><mo>+</mo><mn>2</mn><mi>β</mi><mo stretchy=\"false\">)</mo>";
    let (over, under) = match config.optimizer {
        Optimizer::Momentum => (momentum, String::from(LAMBDA)),
        Optimizer::Nesterov => (momentum, format!("{nesterov}{LAMBDA}")),
        Optimizer::Sgd | Optimizer::Adam | Optimizer::Lbfgs => ("<mn>2</mn>", String::from(LAMBDA)),
    };
    let fraction = format!("{RATE_OVER}<mfrac><mrow>{over}</mrow><mrow>{under}</mrow></mfrac>");
    let step = step_matrix(config.optimizer);
    let is_drawn = |limit: fn(&Stability) -> Option<f64>| cells.limits.iter().filter_map(limit).nth(1).is_some();
    let mut lines = vec![
        (
            "full batch",
            math(&format!("{fraction}<mo>=</mo><mn>{}</mn>", rounded(full, 3))),
            "Steps on all rows shrink every direction below it",
        ),
        (
            "mean square",
            math(&format!(
                "<mi>ρ</mi><mo stretchy=\"false\">(</mo><mi>S</mi><mo>↦</mo><mi>E</mi><mo stretchy=\"false\">[</mo><mi>A</mi><mi>S</mi>\
                 <mi>A</mi><mo lspace=\"0\" rspace=\"0\">ᵀ</mo><mo stretchy=\"false\">]</mo><mo stretchy=\"false\">)</mo><mo>=</mo><mn>1</mn><mo>,</mo>\
                 <mspace width=\"0.6em\"></mspace>{step}"
            )),
            if config.optimizer == Optimizer::Sgd {
                "Above it the mean square error over shuffles grows without bound; for normal features about 2/λmax · B/(B+M+1)"
            } else {
                "Above it the mean square error over shuffles grows without bound"
            },
        ),
        (
            "typical growth",
            math(&format!(
                "<munder><mo>lim</mo><mrow><mi>k</mi><mo>→</mo><mi>∞</mi></mrow></munder><mspace width=\"0.25em\"></mspace><mfrac><mn>1</mn><mi>k</mi></mfrac>\
                 <mspace width=\"0.2em\"></mspace><mi>ln</mi><mspace width=\"0.1em\"></mspace><mo stretchy=\"false\">‖</mo>\
                 <msub><mi>A</mi><mi>k</mi></msub><mo>⋯</mo><msub><mi>A</mi><mn>1</mn></msub><mo stretchy=\"false\">‖</mo><mo>=</mo><mn>0</mn>\
                 <mo>,</mo><mspace width=\"0.6em\"></mspace>{step}"
            )),
            "Above it a single run typically grows: this is where the colours of long runs change",
        ),
    ];
    lines.retain(|(name, ..)| match *name {
        "mean square" => is_drawn(|limits| limits.mean_square),
        "typical growth" => is_drawn(|limits| limits.typical),
        _ => true,
    });
    lines
}

/// The lines in short: the name of each, and what it means.
#[must_use]
pub fn key(cells: &Cells) -> Vec<(&'static str, &'static str)> {
    let short = |meaning: &'static str| meaning.split([';', ':']).next().unwrap_or(meaning);
    theory(cells).into_iter().map(|(name, _, meaning)| (name, short(meaning))).collect()
}

/// Why there are no lines, where there are none.
#[must_use]
pub fn no_theory(cells: &Cells) -> Option<String> {
    let first = cells.limits.first()?;
    (first.full_batch.is_none()).then(|| first.about())
}

/// Whether steps to a target are shown.
#[must_use]
pub fn has_target(view: &MapView) -> bool {
    view.quantity == Quantity::Steps && !view.network
}
