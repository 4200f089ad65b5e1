//! [`Preset`]: situations of the lecture, and some that it only speaks of, each one choice away.

use crate::lecture::settings::config::{Approach, Config, ModuleKind, Optimizer, Program, Schedule, Start};
use crate::page::view::{Charts, LabView, PlaneView, Settings, Shown};

/// A situation to start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// The lecture's raw-functional run, beside the same with `vmap`.
    Raw,
    /// The lecture's run with `vmap` alone.
    Vmap,
    /// The `vmap` program with a learning rate that decays.
    Scheduled,
    /// The lecture's run with `nnx.Linear`.
    Nnx,
    /// The lecture's run with a module of one's own.
    MyLinear,
    /// A loop over a generator that is used up.
    Pitfall,
    /// All three ways from the same start on the same batches.
    Same,
    /// A rate beyond the stable ones.
    Divergence,
    /// A large rate and much noise: the iterates end in a ball around the solution.
    NoiseBall,
    /// More parameters than rows.
    OverParameterised,
    /// Adam at the rate of the lecture's SGD.
    Adam,
}

impl Preset {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 11] = [
        Self::Raw,
        Self::Vmap,
        Self::Scheduled,
        Self::Nnx,
        Self::MyLinear,
        Self::Pitfall,
        Self::Same,
        Self::Divergence,
        Self::NoiseBall,
        Self::OverParameterised,
        Self::Adam,
    ];

    /// What it is called in the list.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Raw => "Lecture: raw JAX",
            Self::Vmap => "Lecture: vmap",
            Self::Scheduled => "Lecture: decaying rate",
            Self::Nnx => "Lecture: nnx.Linear",
            Self::MyLinear => "Lecture: MyLinear",
            Self::Pitfall => "Pitfall: used-up generator",
            Self::Same => "Three ways, same θ₀",
            Self::Divergence => "Divergence",
            Self::NoiseBall => "Noise ball",
            Self::OverParameterised => "Over-parameterised, M > N",
            Self::Adam => "Adam at the same rate",
        }
    }

    /// What there is to see, in a sentence.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            Self::Raw => "The lecture’s first program, beside the one with vmap: the two paths lie on each other.",
            Self::Vmap => "The loss is written for one example, and vmap makes it one for the batch.",
            Self::Scheduled => {
                "The learning rate falls by 5 % every 1,000 steps, so the run ends a little earlier on its way."
            }
            Self::Nnx => "A module owns the parameters: batches of 64, 500 epochs, its own draw of data and start.",
            Self::MyLinear => "The same with a module written by hand.",
            Self::Pitfall => "The generator of batches is made once, outside the loop over epochs: no step is taken.",
            Self::Same => "Raw, vmap and module from the same θ₀ on the same batches.",
            Self::Divergence => "Beyond 2/λmax every step overshoots by more than it corrects.",
            Self::NoiseBall => {
                "Noisy targets and a large rate: the path arrives, and then rattles around the solution."
            }
            Self::OverParameterised => {
                "Six rows cannot determine ten parameters: the loss vanishes, the distance does not."
            }
            Self::Adam => "Adam scales each coordinate’s step, and at this rate takes much longer.",
        }
    }

    /// The Lab that shows it; the language of the code stays as it is.
    #[must_use]
    pub fn view(self, now: &LabView) -> LabView {
        let plain = LabView { rust: now.rust, ..LabView::default() };
        let raw = |config: Config| LabView {
            settings: Settings::new(config),
            shown: Shown::only(Approach::Raw),
            ..plain.clone()
        };
        let modules = |module: ModuleKind| LabView {
            settings: Settings::new(Config::lecture(Program::Module(module))),
            shown: Shown::only(Approach::Module),
            module,
            ..plain.clone()
        };
        let vmap = Shown::only(Approach::Vmap);
        match self {
            Self::Raw => plain,
            Self::Vmap => LabView { shown: vmap, ..plain },
            Self::Scheduled => LabView {
                shown: vmap,
                pins: vec![Config { program: Program::Vmap, ..Config::default() }],
                ..raw(Config { schedule: Schedule::Exponential, ..Config::default() })
            },
            Self::Nnx => modules(ModuleKind::Linear),
            Self::MyLinear => modules(ModuleKind::MyLinear),
            Self::Pitfall => modules(ModuleKind::Pitfall),
            Self::Same => LabView { shown: Shown::ALL, ..raw(Config { start: Start::Same, ..Config::default() }) },
            Self::Divergence => raw(Config { learning_rate: 1.2, epochs: 20, ..Config::default() }),
            Self::NoiseBall => {
                let plane = PlaneView { spread: true, full_batch: true, ..PlaneView::default() };
                LabView {
                    charts: Charts { plane, ..Charts::default() },
                    ..raw(Config { learning_rate: 0.2, sigma: 1.0, batch_size: 4, epochs: 20, ..Config::default() })
                }
            }
            Self::OverParameterised => {
                raw(Config { samples: 6, features: 10, learning_rate: 0.05, batch_size: 2, ..Config::default() })
            }
            Self::Adam => LabView {
                pins: vec![Config::default()],
                ..raw(Config { optimizer: Optimizer::Adam, ..Config::default() })
            },
        }
    }

    /// The one whose settings these are, if there is one.
    #[must_use]
    pub fn of(view: &LabView) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| {
            let LabView { settings, shown, module, .. } = preset.view(view);
            settings == view.settings && shown == view.shown && module == view.module
        })
    }
}
