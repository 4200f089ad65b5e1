//! [`SETTINGS`]: the one table of settings. Sliders, fields, links, pins, validation and the command line read it, so a new setting is a field of [`Config`] and
//! one entry here. How values are read, checked and put back is in [`super::value`].

use super::choices::{Named, Optimizer, Schedule, Start};
use super::config::Config;
use super::number::Number;
use super::stops::Stops;

/// A setting: what everything that offers it, or reads it, knows about it.
#[derive(Debug)]
pub struct Setting {
    /// Its name in links; a short option of the command line, too.
    pub key: &'static str,
    /// The option of the command line, and the name of its control in the page's document.
    pub option: &'static str,
    /// The name that its control and its errors carry.
    pub name: &'static str,
    /// What stands before the value where there is little room; empty where the value says it.
    pub word: &'static str,
    /// What the number counts or measures; empty where the name says it.
    pub unit: &'static str,
    /// What it does, in a sentence.
    pub about: &'static str,
    /// The group of controls that it belongs to; `None` for one that has no control there.
    pub group: Option<Group>,
    /// What its values are.
    pub kind: Kind,
}

/// The groups of the controls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// How steps are taken; these change where a run branches.
    Optimizer,
    /// How long the run is and where it starts.
    Run,
    /// The data that are simulated.
    Data,
}

/// What the values of a setting are.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A number.
    Number(Numeric),
    /// One of a list.
    Choice(Choice),
    /// [`Config::theta_0`]: M numbers, or none.
    Point,
    /// [`Config::branch`], or none.
    Branch,
}

/// A setting that is a number.
#[derive(Clone, Copy, Debug)]
pub struct Numeric {
    /// The values that it may have.
    pub range: Range,
    /// Where its slider stops.
    pub stops: Stops,
    /// Reads it.
    pub get: fn(&Config) -> Number,
    /// Writes it.
    pub set: fn(&mut Config, Number),
}

/// A setting that is one of a list.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// The list.
    pub named: &'static [Named],
    /// Reads its place in the list.
    pub get: fn(&Config) -> usize,
    /// Writes it, by a place in the list.
    pub set: fn(&mut Config, usize),
}

/// The values that a number may have, both ends included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Range {
    /// Integers.
    Integer(i64, i64),
    /// Real numbers.
    Real(f64, f64),
}

/// Epochs at which the slider stops; the lecture's are among them.
const EPOCHS: &[f64] = &[1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 150.0, 201.0, 300.0, 500.0, 1000.0, 2000.0];
const SAMPLES: &[f64] = &[2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1e3, 2e3, 5e3, 1e4, 2e4];
const FEATURES: &[f64] = &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 16.0, 32.0, 64.0, 100.0, 128.0];
const SIGMAS: &[f64] = &[0.0, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 100.0];

/// Every setting, in the order in which links name them and controls stand in their groups.
pub static SETTINGS: [Setting; 14] = [
    Setting {
        key: "lr",
        option: "lr",
        name: "Learning rate",
        word: "rate",
        unit: "",
        about: "How far each step goes along the negative gradient.",
        group: Some(Group::Optimizer),
        kind: Kind::Number(Numeric {
            range: Range::Real(1e-5, 10.0),
            stops: Stops::Decades(100),
            get: |config| Number::Real(config.learning_rate),
            set: |config, rate| config.learning_rate = rate.real(),
        }),
    },
    Setting {
        key: "batch",
        option: "batch-size",
        name: "Batch size",
        word: "batch",
        unit: "rows",
        about: "How many rows each step averages its gradient over. The last batch of an epoch may be smaller.",
        group: Some(Group::Optimizer),
        kind: Kind::Number(Numeric {
            range: Range::Integer(1, 100_000),
            stops: Stops::PowersToSamples,
            get: |config| Number::count(config.batch_size),
            set: |config, rows| config.batch_size = rows.as_count(),
        }),
    },
    Setting {
        key: "epochs",
        option: "epochs",
        name: "Epochs",
        word: "epochs",
        unit: "passes",
        about: "How many times the loop passes over the data, in a new order each time.",
        group: Some(Group::Run),
        kind: Kind::Number(Numeric {
            range: Range::Integer(1, 10_000),
            stops: Stops::List(EPOCHS),
            get: |config| Number::count(config.epochs),
            set: |config, passes| config.epochs = passes.as_count(),
        }),
    },
    Setting {
        key: "seed",
        option: "seed",
        name: "Seed",
        word: "seed",
        unit: "",
        about: "Decides every random number: the data, the start, the order of the batches.",
        group: Some(Group::Run),
        kind: Kind::Number(Numeric {
            range: Range::Integer(i64::MIN, i64::MAX),
            stops: Stops::None,
            get: |config| Number::Integer(config.seed),
            set: |config, seed| config.seed = seed.integer(),
        }),
    },
    Setting {
        key: "n",
        option: "samples",
        name: "Samples N",
        word: "N",
        unit: "rows",
        about: "How many rows of data are simulated.",
        group: Some(Group::Data),
        kind: Kind::Number(Numeric {
            range: Range::Integer(1, 100_000),
            stops: Stops::List(SAMPLES),
            get: |config| Number::count(config.samples),
            set: |config, rows| config.samples = rows.as_count(),
        }),
    },
    Setting {
        key: "m",
        option: "features",
        name: "Features M",
        word: "M",
        unit: "columns",
        about: "How many parameters there are to find.",
        group: Some(Group::Data),
        kind: Kind::Number(Numeric {
            range: Range::Integer(1, 128),
            stops: Stops::List(FEATURES),
            get: |config| Number::count(config.features),
            set: |config, columns| config.features = columns.as_count(),
        }),
    },
    Setting {
        key: "sigma",
        option: "sigma",
        name: "Noise σ",
        word: "σ",
        unit: "",
        about: "Standard deviation of the noise that is added to Y.",
        group: Some(Group::Data),
        kind: Kind::Number(Numeric {
            range: Range::Real(0.0, 100.0),
            stops: Stops::List(SIGMAS),
            get: |config| Number::Real(config.sigma),
            set: |config, sigma| config.sigma = sigma.real(),
        }),
    },
    Setting {
        key: "stretch",
        option: "stretch",
        name: "Stretch feature 2",
        word: "stretch",
        unit: "×",
        about: "What feature 2 is multiplied by: the valley becomes narrow, and no single rate suits both directions.",
        group: Some(Group::Data),
        kind: Kind::Number(Numeric {
            range: Range::Real(1.0, 10.0),
            stops: Stops::Even(10),
            get: |config| Number::Real(config.stretch),
            set: |config, factor| config.stretch = factor.real(),
        }),
    },
    Setting {
        key: "opt",
        option: "optimizer",
        name: "Optimizer",
        word: "",
        unit: "",
        about: "What turns gradients into updates, as in Optax.",
        group: Some(Group::Optimizer),
        kind: Kind::Choice(Choice {
            named: Optimizer::NAMED,
            get: |config| config.optimizer as usize,
            set: |config, place| config.optimizer = Optimizer::ALL[place],
        }),
    },
    Setting {
        key: "schedule",
        option: "schedule",
        name: "Schedule",
        word: "",
        unit: "",
        about: "How the learning rate changes from step to step.",
        group: Some(Group::Optimizer),
        kind: Kind::Choice(Choice {
            named: Schedule::NAMED,
            get: |config| config.schedule as usize,
            set: |config, place| config.schedule = Schedule::ALL[place],
        }),
    },
    Setting {
        key: "start",
        option: "start",
        name: "Start",
        word: "start",
        unit: "",
        about: "In the lecture the module program draws its own start and shuffles; with the same θ₀ all programs share them.",
        group: Some(Group::Run),
        kind: Kind::Choice(Choice {
            named: Start::NAMED,
            get: |config| config.start as usize,
            set: |config, place| config.start = Start::ALL[place],
        }),
    },
    Setting {
        key: "print",
        option: "print-every",
        name: "Print every",
        word: "print every",
        unit: "epochs",
        about: "How many epochs pass between two lines of what the program prints.",
        group: None,
        kind: Kind::Number(Numeric {
            range: Range::Integer(1, i64::MAX),
            stops: Stops::None,
            get: |config| Number::count(config.print_every),
            set: |config, epochs| config.print_every = epochs.as_count(),
        }),
    },
    Setting {
        key: "theta0",
        option: "theta-0",
        name: "Starting point",
        word: "θ₀",
        unit: "",
        about: "The parameters to start from, in place of those that the program draws.",
        group: Some(Group::Run),
        kind: Kind::Point,
    },
    Setting {
        key: "branch",
        option: "branch",
        name: "Branch",
        word: "branch at",
        unit: "",
        about: "A step from which another learning rate, optimizer and schedule hold.",
        group: None,
        kind: Kind::Branch,
    },
];

/// The setting with this key, if there is one.
pub fn setting(key: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.key == key)
}

impl Group {
    /// All of them, in the order in which they stand.
    pub const ALL: [Self; 3] = [Self::Optimizer, Self::Run, Self::Data];

    /// What stands over the group.
    pub fn name(self) -> &'static str {
        match self {
            Self::Optimizer => "Optimizer",
            Self::Run => "Run",
            Self::Data => "Data",
        }
    }

    /// Its settings.
    pub fn settings(self) -> impl Iterator<Item = &'static Setting> {
        SETTINGS.iter().filter(move |setting| setting.group == Some(self))
    }
}

impl Numeric {
    /// The last place of the slider, counted from 0; `None` without a slider.
    pub fn last(&self, config: &Config) -> Option<usize> {
        self.stops.last(self.range, config)
    }

    /// The value at a place of the slider.
    pub fn at(&self, config: &Config, place: usize) -> Number {
        self.stops.at(self.range, config, place)
    }

    /// The place of the slider that is nearest to a value.
    pub fn place(&self, config: &Config, value: Number) -> usize {
        self.stops.nearest(self.range, config, value)
    }

    /// The value this many places of the slider up or down; without a slider, the next integer.
    pub fn nudged(&self, config: &Config, by: i64) -> Number {
        let now = (self.get)(config);
        if self.last(config).is_some() {
            let place = self.place(config, now) as i64 + by;
            return self.at(config, place.max(0) as usize);
        }
        self.range.nearest(Number::Integer(now.integer().saturating_add(by)))
    }
}
