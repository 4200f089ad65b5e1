//! [`Plan`]: which runs a map is made of, and in which order they are computed: every eighth row and column first (of the finer map of the network
//! every sixteenth), and then those between.

use crate::lecture::run::map::{Map, RowRequest};
use crate::lecture::run::tanh::spaced;
use crate::lecture::settings::config::Config;
use crate::page::view::{FINE, MapView, Part, Quantity, Rates, rounded};
use crate::worker::protocol::{JobRequest, TanhRequest};

/// Rows and columns of a map.
pub const SIZE: usize = 64;
/// With how many shuffles each run is computed where their spread is shown.
pub const SHUFFLES: u32 = 16;
/// The distances between the rows and columns of each turn, which halve.
pub const STRIDES: [usize; 5] = [16, 8, 4, 2, 1];
/// For about how many batch sizes the limits of learning rates are computed.
const LIMITS: f64 = 15.0;

/// Which runs a map is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The Lab's settings, without a branch; learning rate and batch size are the Lab's own.
    pub config: Config,
    /// The learning rates, ascending.
    pub rates: Vec<f64>,
    /// The batch sizes, ascending; none for the network.
    pub batches: Vec<usize>,
    /// For the network, whose hidden layer has the learning rates of the columns, those of its output, ascending; else none.
    pub outputs: Vec<f64>,
    /// Row and column of the Lab's own run, if it is in the part that is shown.
    pub own: Option<(usize, usize)>,
    /// The distance that counts as reached.
    pub target: f32,
    /// With how many shuffles each run is computed.
    pub shuffles: u32,
    /// How many batch sizes are left out, because their runs would take too many steps.
    pub too_long: usize,
    /// Whether the Lab's run changes its course in the middle, which the map leaves out.
    pub branched: bool,
}

/// Some cells of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The row.
    pub row: usize,
    /// The columns.
    pub columns: Vec<usize>,
}

/// What is asked of a worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// How the runs of these cells end.
    Cells(Piece),
    /// The limits of learning rates for the batch size of a row.
    Limits(usize),
}

impl Plan {
    /// The map of the Lab's settings.
    #[must_use]
    pub fn new(lab: &Config, view: &MapView) -> Self {
        if view.network {
            return Self::network(lab.seed, view);
        }
        let config = Config { branch: None, ..lab.clone() };
        let part = view.part.unwrap_or_else(|| Part::whole(&config));
        let largest = part.batches[1].min(config.samples);
        let batches = [part.batches[0].min(largest), largest];
        let Map { learning_rates: mut rates, batch_sizes: mut batches, .. } =
            Map::between(&config, part.rates, batches, SIZE);
        round_off(&mut rates);
        let (rate, batch) = (config.learning_rate, config.rows_per_batch());
        let column = replace(&mut rates, rate, |rate| *rate);
        let row = replace(&mut batches, batch, |batch| *batch as f64);
        let all = batches.len();
        batches.retain(|&batch_size| Config { batch_size, ..config.clone() }.validate().is_ok());
        let too_long = all - batches.len();
        if config.steps() == 0 {
            batches.clear();
        }
        let row = row.and_then(|row| row.checked_sub(too_long)).filter(|_| !batches.is_empty());
        Self {
            rates,
            batches,
            own: row.zip(column),
            target: view.target as f32,
            shuffles: if view.quantity == Quantity::Spread { SHUFFLES } else { 1 },
            too_long,
            branched: lab.branch.is_some(),
            outputs: Vec::new(),
            config,
        }
    }

    /// The map of the network of hyperbolic tangents.
    fn network(seed: i64, view: &MapView) -> Self {
        let part = view.rates.unwrap_or(Rates::WHOLE);
        Self {
            config: Config { seed, ..Config::default() },
            rates: spaced(part.hidden, FINE),
            outputs: spaced(part.output, FINE),
            shuffles: 1,
            ..Self::default()
        }
    }

    /// Whether it is the map of the network.
    #[must_use]
    pub fn is_network(&self) -> bool {
        !self.outputs.is_empty()
    }

    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        if self.is_network() { self.outputs.len() } else { self.batches.len() }
    }

    /// How many cells there are.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.rates.len() * self.rows()
    }

    /// The cell in the middle.
    #[must_use]
    pub fn middle(&self) -> (usize, usize) {
        (self.rows() / 2, self.rates.len() / 2)
    }

    /// The learning rates of a cell of the network's map: the hidden layer's and the output's.
    #[must_use]
    pub fn pair(&self, (row, column): (usize, usize)) -> Option<[f64; 2]> {
        Some([*self.rates.get(column)?, *self.outputs.get(row)?])
    }

    /// The settings of a cell's run.
    #[must_use]
    pub fn run(&self, (row, column): (usize, usize)) -> Option<Config> {
        let (&batch_size, &learning_rate) = (self.batches.get(row)?, self.rates.get(column)?);
        Some(Config { learning_rate, batch_size, ..self.config.clone() })
    }

    /// The part of the map from one cell to another; none where that is too little to be seen.
    #[must_use]
    pub fn between(&self, a: (usize, usize), b: (usize, usize)) -> Option<Part> {
        let rate = |column: usize| self.rates.get(column).copied().map(rounded);
        let batch = |row: usize| self.batches.get(row).copied();
        let part = Part {
            rates: [rate(a.1.min(b.1))?, rate(a.1.max(b.1))?],
            batches: [batch(a.0.min(b.0))?, batch(a.0.max(b.0))?],
        };
        Some(part).filter(Part::is_valid)
    }

    /// All that is to be computed, coarse to fine, each cell once; the limits after the first turn.
    #[must_use]
    pub fn wanted(&self) -> Vec<Wanted> {
        let mut wanted = Vec::new();
        let strides = &STRIDES[usize::from(!self.is_network())..];
        for (turn, &stride) in strides.iter().enumerate() {
            for row in (0..self.rows()).step_by(stride) {
                let is_begun = turn > 0 && row.is_multiple_of(2 * stride);
                let columns = (0..self.rates.len()).step_by(stride);
                let columns: Vec<usize> =
                    columns.filter(|column| !is_begun || !column.is_multiple_of(2 * stride)).collect();
                if !columns.is_empty() {
                    wanted.push(Wanted::Cells(Piece { row, columns }));
                }
            }
            if turn == 0 {
                wanted.extend(self.limit_rows().into_iter().map(Wanted::Limits));
            }
        }
        wanted
    }

    /// The rows for which limits of learning rates are computed: the ends, and between them about as far from one another on the axis.
    fn limit_rows(&self) -> Vec<usize> {
        let last = self.batches.len().saturating_sub(1);
        let ends = self.batches.first().zip(self.batches.last());
        let factor = ends.map_or(1.0, |(&small, &large)| (large as f64 / small as f64).powf(1.0 / LIMITS));
        let mut rows: Vec<usize> = Vec::new();
        for (row, &batch) in self.batches.iter().enumerate() {
            let before = rows.last().and_then(|&row| self.batches.get(row));
            if row == last || before.is_none_or(|&before| batch as f64 >= before as f64 * factor) {
                rows.push(row);
            }
        }
        rows
    }

    /// The question to a worker.
    #[must_use]
    pub fn request(&self, wanted: &Wanted) -> JobRequest {
        let row =
            |row: usize| Config { batch_size: self.batches.get(row).copied().unwrap_or(1), ..self.config.clone() };
        match wanted {
            Wanted::Cells(piece) if self.is_network() => JobRequest::TanhRow(TanhRequest {
                seed: self.config.seed,
                rates: piece.columns.iter().filter_map(|&column| self.pair((piece.row, column))).collect(),
            }),
            Wanted::Cells(piece) => JobRequest::MapRow(RowRequest {
                config: row(piece.row),
                learning_rates: piece.columns.iter().filter_map(|&column| self.rates.get(column).copied()).collect(),
                target: self.target,
                shuffles: self.shuffles,
            }),
            Wanted::Limits(of) => JobRequest::Limits(row(*of)),
        }
    }
}

/// Rounds rates to what one can read and type, as long as they stay apart: a cell that is opened in the Lab is the run of the rate that its field shows.
fn round_off(rates: &mut [f64]) {
    let round: Vec<f64> = rates.iter().map(|rate| format!("{rate:.3e}").parse().unwrap_or(*rate)).collect();
    if round.windows(2).all(|pair| pair[0] < pair[1]) {
        rates.copy_from_slice(&round);
    }
}

/// Puts a value in the place of the nearest one, as far as it lies among them. Returns its place.
fn replace<T: PartialOrd + Copy>(list: &mut [T], value: T, size: fn(&T) -> f64) -> Option<usize> {
    let (first, last) = (list.first()?, list.last()?);
    if value < *first || value > *last {
        return None;
    }
    let far = |other: &T| (size(other) / size(&value)).ln().abs();
    let place =
        (0..list.len()).reduce(|best, other| if far(&list[other]) < far(&list[best]) { other } else { best })?;
    list[place] = value;
    Some(place)
}
