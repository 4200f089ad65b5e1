//! [`View`]: everything that decides what the Lab shows. Its link is made and read by [`super::link`].

use super::config::{Config, Program};

/// The most pinned runs that are kept.
pub const PINS_LIMIT: usize = 4;

/// The ways of writing the program that the Lab compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Way {
    /// Functions of arrays.
    Raw,
    /// The same, with the loss of one example mapped over the batch.
    Vmap,
    /// Modules that own their parameters.
    Module,
}

impl Way {
    /// All of them, in the order in which they stand side by side.
    pub const ALL: [Self; 3] = [Self::Raw, Self::Vmap, Self::Module];

    /// The name in links and in the page.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Raw => "raw",
            Self::Vmap => "vmap",
            Self::Module => "module",
        }
    }

    /// The way in which a program is written.
    #[must_use]
    pub fn of(program: Program) -> Self {
        match program {
            Program::Raw => Self::Raw,
            Program::Vmap => Self::Vmap,
            _ => Self::Module,
        }
    }
}

/// Which two numbers of the parameters the plane shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Axes {
    /// What suits their number: both of two, the leading eigenvectors of more.
    #[default]
    Natural,
    /// Two of the parameters, counted from 0.
    Pair(usize, usize),
}

/// A theme that was chosen, whatever the system prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Ink on paper.
    Light,
    /// Light on dark.
    Dark,
}

/// How the charts are drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Charts {
    /// Whether the scale of values is linear instead of logarithmic.
    pub linear: bool,
    /// Whether steps are counted in epochs.
    pub by_epoch: bool,
    /// The steps that are zoomed in on, first before last.
    pub zoom: Option<(usize, usize)>,
    /// What the plane shows.
    pub axes: Axes,
    /// Whether the plane shows the contours of the current batch's loss.
    pub batch_contours: bool,
}

/// What the Lab shows.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The settings that all shown programs have in common. Its own program is always [`Program::Raw`].
    pub config: Config,
    /// The ways that are shown, at least one, in ascending order.
    pub ways: Vec<Way>,
    /// The program that stands for [`Way::Module`].
    pub module: Program,
    /// How many steps have been taken where the playhead stands; at the end if there is none.
    pub playhead: Option<usize>,
    /// Earlier runs that stay as ghosts, at most [`PINS_LIMIT`].
    pub pins: Vec<Config>,
    /// How the charts are drawn.
    pub charts: Charts,
    /// The theme, if one was chosen.
    pub tone: Option<Tone>,
    /// Whether everything is large enough for a lecture hall.
    pub present: bool,
    /// Whether the code panel shows the Rust that runs in place of the Python that is taught.
    pub rust: bool,
}

impl Default for View {
    fn default() -> Self {
        Self {
            config: Config::default(),
            ways: vec![Way::Raw, Way::Vmap],
            module: Program::Linear,
            playhead: None,
            pins: Vec::new(),
            charts: Charts::default(),
            tone: None,
            present: false,
            rust: false,
        }
    }
}

/// The configuration of one of the ways: the common settings with its program.
#[must_use]
pub fn config_of(config: &Config, way: Way, module: Program) -> Config {
    let program = match way {
        Way::Raw => Program::Raw,
        Way::Vmap => Program::Vmap,
        Way::Module => module,
    };
    Config { program, ..config.clone() }
}

/// The settings that hold at the end of a run: those of the branch, if there is one.
#[must_use]
pub fn current(config: &Config) -> Config {
    config.branched().unwrap_or_else(|| config.clone())
}

/// Puts settings that were changed in [`current`] back: learning rate, optimizer and schedule into the branch, if there is one, the others into the
/// configuration itself.
#[must_use]
pub fn with_current(config: &Config, changed: &Config) -> Config {
    let Some(branch) = &config.branch else { return changed.clone() };
    let mut branch = branch.clone();
    branch.learning_rate = changed.learning_rate;
    branch.optimizer = changed.optimizer;
    branch.schedule = changed.schedule;
    let (learning_rate, optimizer, schedule) = (config.learning_rate, config.optimizer, config.schedule);
    let mut next = Config { learning_rate, optimizer, schedule, ..changed.clone() };
    branch.step = branch.step.min(next.planned_steps());
    next.branch = Some(branch);
    next
}

/// The configuration with whatever would make it invalid moved to the nearest possible value, and a sentence for each such change.
#[must_use]
pub fn nearest_valid(config: Config) -> (Config, Vec<String>) {
    use super::config::{NUMBERS_LIMIT, STEPS_LIMIT};
    let mut next = config;
    let mut notes = Vec::new();
    if next.samples.saturating_mul(next.features) > NUMBERS_LIMIT {
        next.samples = (NUMBERS_LIMIT / next.features.max(1)).max(1);
        notes.push(format!("So many samples do not fit; N is {} now.", next.samples));
    }
    if next.planned_steps() > STEPS_LIMIT {
        next.epochs = (STEPS_LIMIT / next.steps_per_epoch().max(1)).max(1);
        notes.push(format!("So many steps are not recorded; there are {} epochs now.", next.epochs));
    }
    if next.theta_0.as_ref().is_some_and(|start| start.len() != next.features) {
        next.theta_0 = None;
        notes.push("The starting point was for another number of features, so the program draws its own.".to_owned());
    }
    let steps = next.planned_steps();
    if let Some(branch) = next.branch.as_mut().filter(|branch| branch.step > steps) {
        branch.step = steps;
        notes.push(format!("The run has fewer steps than the branch; it is at step {steps} now."));
    }
    if next.validate().is_ok() {
        return (next, notes);
    }
    notes.push("These settings are not possible; the lecture’s are shown.".to_owned());
    (Config::default(), notes)
}
