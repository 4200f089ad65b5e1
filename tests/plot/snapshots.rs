//! Whole pictures of small cases, as SVG. `UPDATE_EXPECT=1 cargo test --test plot snapshots` draws them anew; look at them before they are committed.

use expect_test::{ExpectFile, expect_file};
use thetahat::lecture::settings::config::{Config, ModuleKind, Program};
use thetahat::plot::{Approach, Curve, CurvesChart, DataChart, Look, Role, StepAxis, Theme, curves, data, plane};

use super::curves::{chart, curve};
use super::picture::{draw, run};
use super::plane::with_chart;

fn is(expected: &ExpectFile, svg: &str) {
    // one element a line already; a picture ends with a line's end
    expected.assert_eq(&format!("{}\n", svg.trim_end()));
}

fn small() -> Config {
    Config { samples: 40, epochs: 8, learning_rate: 0.05, ..Config::default() }
}

/// Two programs, and a pinned run behind them.
fn losses(theme: &Theme, log: bool) -> String {
    let of = |config: &Config| run(config).1.losses;
    let (raw, module) = (of(&small()), of(&Config { program: Program::Module(ModuleKind::Linear), ..small() }));
    let pinned = of(&Config { learning_rate: 0.01, ..small() });
    let look = |approach| -> Look { theme.look(approach) };
    let lines = [
        Curve { role: Role::Ghost, look: look(Approach::Raw), ..curve("pinned", Approach::Raw, &pinned) },
        Curve { look: look(Approach::Raw), ..curve("raw", Approach::Raw, &raw) },
        Curve { look: look(Approach::Module), ..curve("module", Approach::Module, &module) },
    ];
    let chart = CurvesChart { axis: StepAxis::new(raw.len(), 3), log, ..chart(&lines, raw.len()) };
    draw((480, 240), |area| curves(area, &chart, theme).map(drop).expect("a drawing")).svg
}

#[test]
fn losses_on_both_scales_and_in_both_themes() {
    is(&expect_file!["snapshots/loss.svg"], &losses(&Theme::light(1.0), true));
    is(&expect_file!["snapshots/loss-linear.svg"], &losses(&Theme::light(1.0), false));
    is(&expect_file!["snapshots/loss-dark.svg"], &losses(&Theme::dark(1.0), true));
}

#[test]
fn a_run_that_leaves_float32() {
    let (_, steps) = run(&Config { learning_rate: 5.0, epochs: 40, ..small() });
    let lines = [curve("raw", Approach::Raw, &steps.losses)];
    let chart = chart(&lines, steps.losses.len());
    let picture = draw((480, 240), |area| curves(area, &chart, &Theme::light(1.0)).map(drop).expect("a drawing"));
    is(&expect_file!["snapshots/diverged.svg"], &picture.svg);
}

#[test]
fn the_plane_with_its_contours() {
    let (problem, steps) = run(&small());
    let svg = |theme: &Theme| {
        with_chart(&problem, &steps.params, |chart| {
            draw((360, 360), |area| plane(area, chart, theme).map(drop).expect("a drawing")).svg
        })
    };
    is(&expect_file!["snapshots/plane.svg"], &svg(&Theme::light(1.0)));
    is(&expect_file!["snapshots/plane-presented.svg"], &svg(&Theme::light(1.0).presented()));
}

#[test]
fn the_data_of_a_step() {
    let inspection = super::data::inspect(&small(), 13);
    let chart: DataChart<'_> = super::data::chart(&inspection);
    let picture = draw((360, 300), |area| data(area, &chart, &Theme::light(1.0)).map(drop).expect("a drawing"));
    is(&expect_file!["snapshots/data.svg"], &picture.svg);
}
