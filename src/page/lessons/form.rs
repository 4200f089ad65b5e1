//! What a lesson is made of. Everything in it is plain data and small functions, so a test can run every scene of every lesson.
//!
//! Texts are templates for [`crate::page::lessons::text`]: results stand in them as `{name}` of a fact, settings as `{=key}` of what the scene shows, and no
//! digit of either is typed.

use super::asked::Answers;
use super::facts::Facts;
use crate::lecture::settings::config::{Approach, Config};
use crate::page::runs::Recording;
use crate::page::view::{LabView, Settings, Shown};
use crate::worker::protocol::JobRequest;

/// What is given to a lesson: with another seed it is about other data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The seed of all that is drawn.
    pub seed: i64,
}

impl Default for Given {
    fn default() -> Self {
        Self { seed: Config::default().seed }
    }
}

impl Given {
    /// The lecture's settings with this seed.
    #[must_use]
    pub fn config(&self) -> Config {
        Config { seed: self.seed, ..Config::default() }
    }
}

/// The Lab with one run of the raw program.
#[must_use]
pub fn lab(config: Config) -> LabView {
    LabView { settings: Settings::new(config), shown: Shown::only(Approach::Raw), ..LabView::default() }
}

/// A lesson.
pub struct Lesson {
    /// Its word in links.
    pub key: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What it is about, in a sentence of the list of lessons.
    pub about: &'static str,
    /// What has to be computed for it, given what is known by now; it grows at its end only.
    pub asks: fn(&Given, &Answers) -> Vec<JobRequest>,
    /// The numbers that are found in what has been computed by now.
    pub facts: fn(&Given, &Answers) -> Facts,
    /// Its scenes, in their order.
    pub scenes: &'static [Scene],
}

/// What of the page a scene points at; all else is dimmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Light {
    /// The parameter plane.
    Plane,
    /// The loss.
    Loss,
    /// The distances.
    Distance,
    /// The learning rate's control.
    Rate,
    /// The batch size's control.
    Batch,
    /// The control of the epochs.
    Epochs,
    /// The controls of the optimizer and the schedule.
    Optimizer,
    /// The controls of the data.
    Data,
    /// The seed's control.
    Seed,
}

impl Light {
    /// The word of its class in the page's styles.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Plane => "lit-plane",
            Self::Loss => "lit-loss",
            Self::Distance => "lit-distance",
            Self::Rate => "lit-rate",
            Self::Batch => "lit-batch",
            Self::Epochs => "lit-epochs",
            Self::Optimizer => "lit-optimizer",
            Self::Data => "lit-data",
            Self::Seed => "lit-seed",
        }
    }
}

/// Sets the Lab; nothing as long as the facts are missing that it depends on.
pub type Shows = fn(&Given, &Facts) -> Option<LabView>;
/// Reads a number; nothing as long as it is not known.
pub type Reads = fn(&Facts) -> Option<f64>;

/// One scene: something to read, to look at, and perhaps to predict or to do.
pub struct Scene {
    /// Its heading.
    pub title: &'static str,
    /// What there is to read.
    pub says: &'static str,
    /// What the Lab is set to; of a lesson's first scene it depends on no fact.
    pub shows: Shows,
    /// What is in light.
    pub light: &'static [Light],
    /// Whether the charts are covered until the learner has committed to a prediction.
    pub covers: bool,
    /// Something to look at beside the Lab, as HTML.
    pub exhibit: Option<fn(&Given, &Facts) -> Option<String>>,
    /// What the learner is to predict.
    pub predicts: Option<Prediction>,
    /// What the learner is to find out with the Lab.
    pub check: Option<Check>,
}

/// A scene that has nothing but what there is to read.
pub const PLAIN: Scene = Scene {
    title: "",
    says: "",
    shows: |given, _| Some(lab(given.config())),
    light: &[],
    covers: false,
    exhibit: None,
    predicts: None,
    check: None,
};

/// Something to predict, and what is shown then.
pub struct Prediction {
    /// The question.
    pub question: &'static str,
    /// What can be answered.
    pub kind: Kind,
    /// What there is to read once it is revealed.
    pub reveals: &'static str,
    /// What the Lab is set to then, if that changes.
    pub shows: Option<Shows>,
    /// Something to look at then, as HTML.
    pub exhibit: Option<fn(&Given, &Facts) -> Option<String>>,
}

/// What can be answered. "Not sure yet" always can.
pub enum Kind {
    /// One of several sentences.
    Choice(&'static [Choice]),
    /// A number.
    Number(NumberAsk),
    /// A place in the plane of parameters.
    Point(PointAsk),
    /// A curve.
    Sketch(SketchAsk),
}

/// A sentence to choose.
pub struct Choice {
    /// The sentence.
    pub says: &'static str,
    /// Whether the runs say the same.
    pub holds: fn(&Facts) -> Option<bool>,
    /// What is said to who chose it although it does not hold.
    pub then: Option<Experiment>,
}

/// What is said to somebody who was wrong in a way that was foreseen: a reason, and an experiment.
pub struct Experiment {
    /// Why one may think so, and where that is true.
    pub why: &'static str,
    /// What to try.
    pub tries: &'static str,
    /// What the Lab is set to for it.
    pub shows: Option<Shows>,
}

/// A number to say.
pub struct NumberAsk {
    /// What it counts or measures.
    pub label: &'static str,
    /// The number.
    pub right: Reads,
    /// What counts as right, both ends included.
    pub band: fn(&Facts) -> Option<[f64; 2]>,
    /// How wide that is and why, for the learner.
    pub told: &'static str,
    /// Numbers that are wrong in a way that was foreseen.
    pub foreseen: &'static [Foreseen],
}

/// A wrong number that was foreseen.
pub struct Foreseen {
    /// The number; none where it is the right one by chance.
    pub number: Reads,
    /// What is said of it.
    pub then: Experiment,
}

/// A place to put.
pub struct PointAsk {
    /// What is drawn: the plane, and what is given in it.
    pub plane: fn(&Facts) -> Option<Plane>,
    /// What is drawn over it once it is revealed.
    pub revealed: fn(&Facts) -> Option<Vec<Arrow>>,
    /// The place.
    pub right: fn(&Facts) -> Option<[f64; 2]>,
    /// How far from it counts as right, in the plane's own units.
    pub radius: Reads,
    /// How far that is and why, for the learner.
    pub told: &'static str,
    /// Places that are wrong in a way that was foreseen.
    pub foreseen: &'static [ForeseenPoint],
}

/// A wrong place that was foreseen.
pub struct ForeseenPoint {
    /// The place.
    pub point: fn(&Facts) -> Option<[f64; 2]>,
    /// What is said of it.
    pub then: Experiment,
}

/// A plane of two parameters, as a small drawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plane {
    /// The middle of the drawing.
    pub middle: [f64; 2],
    /// From there to its upper and lower ends.
    pub reach: f64,
    /// The Hessian of the loss: first row, then second.
    pub hessian: [f64; 4],
    /// Where the loss is least.
    pub least: [f64; 2],
    /// Where one stands.
    pub start: [f64; 2],
    /// What is given.
    pub arrows: Vec<Arrow>,
}

/// An arrow in a plane.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arrow {
    /// Where it begins.
    pub from: [f64; 2],
    /// Where it ends.
    pub to: [f64; 2],
    /// What it is called; empty for one of many.
    pub name: String,
}

/// A curve to sketch, over the whole run.
pub struct SketchAsk {
    /// What the axis below counts.
    pub across: &'static str,
    /// Where that ends.
    pub end: fn(&Given) -> f64,
    /// What the axis at the side measures.
    pub up: &'static str,
    /// Whether its scale is logarithmic.
    pub log: bool,
    /// Its ends.
    pub range: [f64; 2],
    /// The curve, by its name among the facts.
    pub line: &'static str,
    /// How far from it on average counts as right: as a factor where the scale is logarithmic, otherwise as a part of the axis.
    pub within: f64,
    /// How far that is and why, for the learner.
    pub told: &'static str,
    /// Curves that are wrong in a way that was foreseen.
    pub foreseen: &'static [ForeseenLine],
}

/// A wrong curve that was foreseen.
pub struct ForeseenLine {
    /// Its value where this part of the way, from 0 to 1, is done.
    pub at: fn(&Facts, f64) -> Option<f64>,
    /// What is said of it.
    pub then: Experiment,
}

/// Something to find out with the Lab.
pub struct Check {
    /// What to do.
    pub says: &'static str,
    /// How it is read.
    pub kind: CheckKind,
    /// What there is to read once it is done.
    pub done: &'static str,
}

/// What a check says is missing while a fact is not known yet that it depends on.
pub const COMING: &str = "Still computing what the runs say …";

/// The fact that every lesson has: the seed that it was given.
pub const SEED: &str = "seed";

/// How it is known that something was found out.
pub enum CheckKind {
    /// The learner says a number.
    Number(NumberAsk),
    /// The Lab shows it.
    Lab {
        /// Whether it does, or else what is missing.
        holds: fn(&Seen<'_>, &Facts) -> Result<(), &'static str>,
        /// A state of the Lab that does.
        solved: Shows,
    },
}

/// Whether a run begins where the lesson had it begin: at these parameters, or where its seed says. Otherwise it could be put where it is to arrive.
///
/// # Errors
/// It begins elsewhere.
pub fn begins_at(config: &Config, theta_0: Option<&[f32]>) -> Result<(), &'static str> {
    let is_same = config.theta_0.as_deref() == theta_0 && config.start == Config::default().start;
    is_same.then_some(()).ok_or("The start was moved. Put it back: the training is to do the work.")
}

/// Whether a run has the seed that the lesson was given.
///
/// # Errors
/// It has another.
pub fn has_seed(config: &Config, facts: &Facts) -> Result<(), &'static str> {
    let is_same = facts.get(SEED).is_none_or(|seed| seed == config.seed as f64);
    is_same.then_some(()).ok_or("Another seed is another world, with another luck. Set it back.")
}

/// Whether a run has the data of the lesson: those of `wanted`, drawn with the seed that the lesson was given.
///
/// # Errors
/// It has others.
pub fn has_data(config: &Config, wanted: &Config, facts: &Facts) -> Result<(), &'static str> {
    let shape = |config: &Config| (config.samples, config.features, config.sigma, config.stretch);
    has_seed(config, facts)?;
    (shape(config) == shape(wanted)).then_some(()).ok_or("These are other data: set N, M, σ and the stretch back.")
}

/// Whether a run gets as near as it should; one that ends with no number does not.
///
/// # Errors
/// It does not, or the goal is not known yet.
pub fn gets_within(end: Option<f64>, goal: Option<f64>, otherwise: &'static str) -> Result<(), &'static str> {
    let goal = goal.ok_or(COMING)?;
    end.is_some_and(|end| end <= goal).then_some(()).ok_or(otherwise)
}

/// What a check reads: the Lab, and its first run once it is complete.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// The Lab.
    pub view: &'a LabView,
    /// Its first run.
    pub run: &'a Recording,
}
