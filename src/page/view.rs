//! [`View`]: everything that decides what the Lab shows. Its link is made and read by [`crate::page::link`].

use crate::lecture::settings::config::{Config, Program};

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

/// A part of the plane that is zoomed in on, in its coordinates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Left and bottom.
    pub low: (f64, f64),
    /// Right and top, greater than those.
    pub high: (f64, f64),
}

impl Area {
    /// Whether there is something to see: finite, and neither so small that no float lies in it nor so large that none can be told apart.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let spans = [self.high.0 - self.low.0, self.high.1 - self.low.1];
        let farthest =
            [self.low.0, self.low.1, self.high.0, self.high.1].iter().fold(0.0_f64, |far, end| far.max(end.abs()));
        spans.iter().all(|span| span.is_finite() && *span >= AREA_SPANS.0.max(farthest * 1e-6) && *span <= AREA_SPANS.1)
    }

    /// The part that is seen after zooming so that `factor` times as much is shown, with the place `about` kept where it is. Stays as it is where there would
    /// be nothing to see.
    #[must_use]
    pub fn zoomed(self, about: (f64, f64), factor: f64) -> Self {
        let grown = |end: f64, about: f64| about + (end - about) * factor;
        self.or_kept(Self {
            low: (grown(self.low.0, about.0), grown(self.low.1, about.1)),
            high: (grown(self.high.0, about.0), grown(self.high.1, about.1)),
        })
    }

    /// The part beside it, moved by so much.
    #[must_use]
    pub fn moved(self, (right, up): (f64, f64)) -> Self {
        self.or_kept(Self { low: (self.low.0 + right, self.low.1 + up), high: (self.high.0 + right, self.high.1 + up) })
    }

    fn or_kept(self, next: Self) -> Self {
        if next.is_valid() { next } else { self }
    }
}

/// The smallest and the largest span of an [`Area`].
const AREA_SPANS: (f64, f64) = (1e-6, 1e9);

/// A panel that can stand alone in a slide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// The parameter plane.
    Plane,
    /// The loss.
    Loss,
    /// The distances.
    Distance,
    /// The data and the batch.
    Data,
    /// The programs side by side.
    Programs,
    /// What the program prints.
    Output,
}

impl Panel {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Plane, Self::Loss, Self::Distance, Self::Data, Self::Programs, Self::Output];

    /// The name in links.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Plane => "plane",
            Self::Loss => "loss",
            Self::Distance => "distance",
            Self::Data => "data",
            Self::Programs => "programs",
            Self::Output => "output",
        }
    }
}

/// How the plane of parameters is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlaneView {
    /// What the plane shows.
    pub axes: Axes,
    /// The part of the plane that is zoomed in on.
    pub area: Option<Area>,
    /// Whether the plane shows the contours of the current batch's loss.
    pub batch_contours: bool,
    /// Whether the path of gradient descent on the full batch lies behind the others in the plane.
    pub full_batch: bool,
    /// Whether the last iterates are dots with the ellipse of their spread.
    pub spread: bool,
}

/// How the charts are drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Charts {
    /// Whether the scale of values is linear instead of logarithmic.
    pub linear: bool,
    /// Whether steps are counted in epochs.
    pub by_epoch: bool,
    /// The steps that are zoomed in on, first before last.
    pub zoom: Option<(usize, usize)>,
    /// How the plane is drawn.
    pub plane: PlaneView,
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
    /// The only panel that is shown, in a frame of somebody else's page.
    pub embed: Option<Panel>,
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
            embed: None,
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

/// The longest run beside which the full batch is computed, too, in steps.
pub const FULL_BATCH_LIMIT: usize = 20_000;

/// The same training with all samples in every batch and as many steps, for the line behind its path; none where it takes no step, where it has all samples in a
/// batch already, or where it would take long.
#[must_use]
pub fn full_batch(config: &Config) -> Option<Config> {
    let (steps, whole) = (config.steps(), config.rows_per_batch() >= config.samples);
    let full = Config { batch_size: config.samples, epochs: steps, ..config.clone() };
    (steps > 0 && steps <= FULL_BATCH_LIMIT && !whole && full.validate().is_ok()).then_some(full)
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
    use crate::lecture::settings::config::{NUMBERS_LIMIT, STEPS_LIMIT};
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
