//! [`Preset`]: situations of the lecture, and some that it only speaks of, each one choice away.

use crate::lecture::settings::config::{Approach, Config, ModuleKind, Optimizer, Program, Schedule, Start};
use crate::page::view::{Charts, LabView, PlaneView, Settings, Shown};

/// A situation to start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// The raw-functional program beside the one with a module, from the same start: what the page opens with.
    Compare,
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
    pub const ALL: [Self; 12] = [
        Self::Compare,
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
            Self::Compare => "Two programs, same θ₀",
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

    /// What to look for, in a sentence.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            Self::Compare => {
                "One training written twice: pure functions beside a module. Same θ₀, same batches, same bits."
            }
            Self::Raw => "The lecture’s first program, beside the one with vmap: the two paths coincide.",
            Self::Vmap => {
                "The loss is written for one example, and vmap extends it to the batch: look for it in the program."
            }
            Self::Scheduled => {
                "The learning rate falls by 5 % every 1,000 steps: the run lags more and more behind the pinned one."
            }
            Self::Nnx => {
                "A module owns the parameters: the same data, another start, and batches of 64 for 500 epochs."
            }
            Self::MyLinear => "The same with a hand-written module, which draws a start of its own.",
            Self::Pitfall => {
                "The generator of batches is made once, outside the loop over epochs, so the run takes no steps: every epoch \
                 prints the same distance."
            }
            Self::Same => "Raw, vmap and module from the same θ₀ on the same batches: look for a bit that differs.",
            Self::Divergence => {
                "At a rate of 1.2 runs with batches of 16 grow on this data, instead of arriving: look at the loss."
            }
            Self::NoiseBall => {
                "Noisy targets and a large rate: the path reaches the solution and then rattles around it."
            }
            Self::OverParameterised => {
                "Six rows cannot determine ten parameters: the loss vanishes, the distance to θ does not."
            }
            Self::Adam => {
                "Adam scales each coordinate’s step: at this rate it stays behind the pinned run with SGD until both arrive."
            }
        }
    }

    /// The Lab that shows it; the language of the code stays as it is.
    #[must_use]
    pub fn view(self, now: &LabView) -> LabView {
        let charts = Charts { luck: now.charts.luck, ..Charts::default() };
        let plain = LabView { rust: now.rust, charts, ..LabView::default() };
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
            Self::Compare => plain,
            Self::Raw => LabView {
                shown: Shown::of(&[Approach::Raw, Approach::Vmap]).unwrap_or(plain.shown),
                ..raw(Config::default())
            },
            Self::Vmap => LabView { shown: vmap, ..raw(Config::default()) },
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
                    charts: Charts { plane, ..plain.charts.clone() },
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
