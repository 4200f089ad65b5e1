//! Views that cannot be cannot be written: columns are never empty, and settings that programs share have no program of their own.

use thetahat::lecture::settings::config::{Approach, Config, ModuleKind, Program};
use thetahat::page::view::{Settings, Shown};

#[test]
fn at_least_one_column_is_shown_in_order() {
    assert_eq!(Shown::of(&[]), None);
    let shown = Shown::of(&[Approach::Module, Approach::Raw]).expect("two columns");
    assert_eq!(shown.iter().collect::<Vec<_>>(), [Approach::Raw, Approach::Module]);
    let one = shown.with(Approach::Raw, false);
    assert_eq!(one, Shown::only(Approach::Module));
    assert_eq!(one.with(Approach::Module, false), one, "the last column stays");
    assert_eq!(one.with(Approach::Vmap, true).with(Approach::Raw, true), Shown::ALL);
}

#[test]
fn settings_run_any_program() {
    let program = Program::Module(ModuleKind::Split);
    let config = Config { program, batch_size: 7, ..Config::default() };
    let settings = Settings::new(config.clone());
    assert_eq!(settings, Settings::new(Config { program: Program::Vmap, ..config.clone() }));
    assert_eq!(settings.run(program), config);
}
