//! What the presets' sentences claim.

use thetahat::lecture::data::simulation::Simulation;
use thetahat::lecture::settings::config::{Config, Program};
use thetahat::lecture::verdict::divergence::finding;
use thetahat::lecture::verdict::stability::Stability;
use thetahat::page::presets::Preset;
use thetahat::page::view::View;

use crate::verdict_divergence::run;

fn view(preset: Preset) -> View {
    preset.view(&View::default())
}

fn end(config: &Config) -> f32 {
    *run(config).0.norms.last().expect("steps")
}

#[test]
fn only_the_preset_of_divergence_diverges() {
    for preset in Preset::ALL {
        let View { config, module, ways, .. } = view(preset);
        let program = if ways[0].name() == "module" { module } else { config.program };
        let (steps, problem) = run(&Config { program, ..config });
        assert_eq!(finding(&steps, &problem).diverges(), preset == Preset::Divergence, "{preset:?}");
    }
}

#[test]
fn the_divergent_rate_is_where_runs_grow() {
    let config = view(Preset::Divergence).config;
    let limits = Stability::of(&config, &Simulation::new(&config).unwrap()).unwrap().remove(0);
    assert!(limits.typical.unwrap() < config.learning_rate, "{limits:?}");
    assert_eq!((config.learning_rate, config.batch_size), (1.2, 16), "the sentence names them");
}

#[test]
fn the_decaying_rate_lags_behind_its_pin() {
    let shown = view(Preset::Scheduled);
    assert!(end(&Config { program: Program::Vmap, ..shown.config }) > end(&shown.pins[0]));
}

/// At step 5,000 Adam is twenty times as far from the true parameters; in the end it is not.
#[test]
fn adam_stays_behind_its_pin_and_arrives() {
    let shown = view(Preset::Adam);
    let (adam, sgd) = (run(&shown.config).0.norms, run(&shown.pins[0]).0.norms);
    for step in [100, 1000, 2000, 3000, 4000, 5000] {
        assert!(adam[step - 1] > 1.1 * sgd[step - 1], "step {step}");
    }
    assert!(end(&shown.config) < 2.0 * end(&shown.pins[0]));
}

#[test]
fn the_module_has_the_same_data_as_raw() {
    let config = view(Preset::Nnx).config;
    let raw = Simulation::new(&Config { program: Program::Raw, ..config.clone() }).unwrap();
    for program in [Program::Linear, Program::MyLinear] {
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
    let (steps, _) = run(&view(Preset::OverParameterised).config);
    assert!(*steps.losses.last().unwrap() < 1e-5 && *steps.norms.last().unwrap() > 0.5);
}
