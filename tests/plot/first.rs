//! The pictures that the page shows before its engine has started: the lecture's run, drawn by the same functions, as a style that is part of the page itself.
//! `UPDATE_EXPECT=1 cargo test --test plot first` draws them anew.

use expect_test::expect_file;
use thetahat::lecture::run::recording::{Chunk, Problem};
use thetahat::lecture::settings::config::Config;
use thetahat::plot::{
    Approach, Curve, CurvesChart, Path, PlaneChart, Projection, Role, Sampling, StepAxis, Theme, curves, plane,
};

use super::picture::{draw, run};

/// The most that the pictures may weigh together, in bytes: they are to be there at once.
const WEIGHT: usize = 70_000;

/// Sizes of the drawings in a window of 1280 × 800, in CSS pixels.
const PLANE: (u32, u32) = (439, 504);
const CURVES: (u32, u32) = (439, 260);

/// The raw program alone: the module program's line lies on it, and its dots would weigh more than the page.
fn programs() -> [(Approach, &'static str, (Problem, Chunk)); 1] {
    [(Approach::Raw, Approach::Raw.name(), run(&Config::default()))]
}

/// On the page's ground, which lies behind the picture.
fn without_ground(svg: &str) -> String {
    let lines: Vec<&str> = svg.lines().filter(|line| !line.contains("#FCFCFA")).collect();
    format!("{}\n", lines.join("\n").trim_end())
}

fn curves_of(title: &str, column: fn(&Chunk) -> &Vec<f32>) -> String {
    let theme = Theme::light(1.0).for_svg();
    let runs = programs();
    let lines = runs.each_ref().map(|(approach, label, (_, steps))| Curve {
        label,
        look: theme.look(*approach),
        role: Role::Run,
        sampling: Sampling::every_step(column(steps).len()),
        values: column(steps),
        printed: &[],
        exact: &[],
    });
    let axis = StepAxis::new(lines[0].values.len(), Config::default().steps_per_epoch());
    let chart = CurvesChart {
        title,
        unit: "",
        curves: &lines,
        middle: None,
        axis,
        log: true,
        range: None,
        bare: false,
        branch: None,
        waits: true,
    };
    without_ground(&draw(CURVES, |area| curves(area, &chart, &theme).map(drop).expect("a drawing")).svg)
}

fn the_plane() -> String {
    let theme = Theme::light(1.0).for_svg();
    let runs = programs();
    let problem = &runs[0].2.0;
    let paths = runs.each_ref().map(|(approach, label, (problem, steps))| Path {
        label,
        look: theme.look(*approach),
        role: Role::Run,
        sampling: Sampling::every_step(steps.losses.len()),
        start: &problem.theta_0,
        params: &steps.params,
        exact: &[],
    });
    let chart = PlaneChart { problem, paths: &paths, projection: &Projection::natural(problem), window: None };
    without_ground(&draw(PLANE, |area| plane(area, &chart, &theme).map(drop).expect("a drawing")).svg)
}

/// A picture as an address that stands between quotes in a style.
fn address(svg: &str) -> String {
    let one_line: String = svg.lines().collect();
    let plain = one_line.replace('%', "%25").replace('#', "%23").replace('"', "'");
    format!("data:image/svg+xml,{plain}")
}

#[test]
fn the_page_begins_with_pictures_of_the_lectures_run() {
    let pictures = [
        ("plane", the_plane()),
        ("loss", curves_of("Loss", |steps| &steps.losses)),
        ("distance", curves_of("‖θ − θ̂‖", |steps| &steps.norms)),
    ];
    let mut style = "/* Drawn by tests/plot/first.rs: the lecture's run, until the live one is there. */\n".to_owned();
    for (figure, svg) in pictures {
        let rule =
            format!("[data-first] .{figure} .drawing::before {{ background-image: url(\"{}\"); }}\n", address(&svg));
        style.push_str(&rule);
    }
    assert!(style.len() < WEIGHT, "{} bytes", style.len());
    expect_file!["../../style/first.css"].assert_eq(&style);
}
