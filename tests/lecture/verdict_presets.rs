//! What the presets' sentences claim.

use thetahat::lecture::data::simulation::Simulation;
use thetahat::lecture::settings::config::{Approach, Config, ModuleKind, Program};
use thetahat::lecture::verdict::divergence::finding;
use thetahat::lecture::verdict::stability::Stability;
use thetahat::page::presets::Preset;
use thetahat::page::view::{LabView, program_in};

use crate::verdict_divergence::run;

fn view(preset: Preset) -> LabView {
    preset.view(&LabView::default())
}

/// The run of the first column.
fn first(preset: Preset) -> Config {
    let LabView { settings, shown, module, .. } = view(preset);
    let approach = Approach::ALL.into_iter().find(|&approach| shown.contains(approach)).expect("a column");
    settings.run(program_in(approach, module))
}

fn end(config: &Config) -> f32 {
    *run(config).0.norms.last().expect("steps")
}

#[test]
fn only_the_preset_of_divergence_diverges() {
    for preset in Preset::ALL {
        let (steps, problem) = run(&first(preset));
        assert_eq!(finding(&steps, &problem).diverges(), preset == Preset::Divergence, "{preset:?}");
    }
}

#[test]
fn the_divergent_rate_is_where_runs_grow() {
    let config = first(Preset::Divergence);
    let limits = Stability::of(&config, &Simulation::new(&config).unwrap()).unwrap().remove(0);
    assert!(limits.typical.unwrap() < config.learning_rate, "{limits:?}");
    assert_eq!((config.learning_rate, config.batch_size), (1.2, 16), "the sentence names them");
}

#[test]
fn the_decaying_rate_lags_behind_its_pin() {
    assert!(end(&first(Preset::Scheduled)) > end(&view(Preset::Scheduled).pins[0]));
}

/// At step 5,000 Adam is twenty times as far from the true parameters; in the end it is not.
#[test]
fn adam_stays_behind_its_pin_and_arrives() {
    let (config, pin) = (first(Preset::Adam), view(Preset::Adam).pins.remove(0));
    let (adam, sgd) = (run(&config).0.norms, run(&pin).0.norms);
    for step in [100, 1000, 2000, 3000, 4000, 5000] {
        assert!(adam[step - 1] > 1.1 * sgd[step - 1], "step {step}");
    }
    assert!(end(&config) < 2.0 * end(&pin));
}

#[test]
fn the_module_has_the_same_data_as_raw() {
    let config = first(Preset::Nnx);
    let raw = Simulation::new(&Config { program: Program::Raw, ..config.clone() }).unwrap();
    for module in [ModuleKind::Linear, ModuleKind::MyLinear] {
        let program = Program::Module(module);
        let module = Simulation::new(&Config { program, ..config.clone() }).unwrap();
        for (ours, theirs) in
            [(&raw.data.theta, &module.data.theta), (&raw.data.x, &module.data.x), (&raw.data.y, &module.data.y)]
        {
            assert_eq!(ours.as_f32().unwrap(), theirs.as_f32().unwrap());
        }
        assert_ne!(raw.starts.last().unwrap().as_f32().unwrap(), module.starts.last().unwrap().as_f32().unwrap());
    }
}

#[test]
fn more_parameters_than_rows_lose_the_loss_and_keep_the_distance() {
    let (steps, _) = run(&first(Preset::OverParameterised));
    assert!(*steps.losses.last().unwrap() < 1e-5 && *steps.norms.last().unwrap() > 0.5);
}
