//! Charts on the SVG back end: what is on them, and that no run can break them.

use plotters::prelude::{IntoDrawingArea, SVGBackend};
use proptest::prelude::*;
use thetahat::lecture::config::Config;
use thetahat::lecture::recording::{Chunk, Problem};
use thetahat::lecture::trainer::Trainer;
use thetahat::plot::{
    Curve, CurvesChart, Dash, Frame, PlaneChart, PlaneFrame, Theme, curves, curves_summary, decimate, plane,
    plane_summary, sparkline,
};

fn run(config: &Config) -> (Problem, Chunk) {
    let mut trainer = Trainer::new(config).expect("a valid configuration");
    let steps = trainer.advance(usize::MAX).expect("steps");
    (trainer.problem().clone(), steps)
}

fn with_chart<R>(values: &[f32], total_steps: usize, log: bool, f: impl FnOnce(&CurvesChart<'_>) -> R) -> R {
    let color = Theme::light(1.0).raw;
    let curve = Curve { label: "loss", color, dash: Dash::Solid, faint: false, values };
    let dashed = Curve { label: "other", dash: Dash::Long, faint: true, ..curve.clone() };
    f(&CurvesChart {
        title: "Loss",
        unit: "",
        curves: &[dashed, curve],
        total_steps,
        steps_per_epoch: 32,
        markers: &[(1, 1.0)],
        log,
    })
}

fn draw_curves(values: &[f32], total_steps: usize, size: (u32, u32), log: bool) -> (String, Frame) {
    let mut svg = String::new();
    let frame = {
        let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        with_chart(values, total_steps, log, |chart| curves(&area, chart, &Theme::light(1.0))).expect("a drawing")
    };
    (svg, frame)
}

fn draw_plane(problem: &Problem, params: &[f32], features: usize) -> (String, PlaneFrame) {
    let mut svg = String::new();
    let chart = PlaneChart { problem, params, features, color: Theme::light(1.0).raw };
    let frame = {
        let area = SVGBackend::with_string(&mut svg, (560, 560)).into_drawing_area();
        plane(&area, &chart, &Theme::light(1.0)).expect("a drawing")
    };
    (svg, frame)
}

/// The texts of an SVG, in their order.
fn texts(svg: &str) -> Vec<String> {
    let open = svg.split("<text").skip(1);
    open.filter_map(|part| part.split_once('>')?.1.split_once("</text>").map(|(text, _)| text.trim().to_owned()))
        .collect()
}

#[test]
fn the_lectures_loss_has_its_axes_and_its_label() {
    let (_, steps) = run(&Config::default());
    let (svg, _) = draw_curves(&steps.losses, 6432, (640, 300), true);
    assert_eq!(
        texts(&svg),
        [
            "Loss",
            "10⁻⁶",
            "10⁻⁴",
            "10⁻²",
            "1",
            "0",
            "2,000",
            "4,000",
            "6,000",
            "step (201 epochs of 32)",
            "other",
            "loss"
        ]
    );
    // 6,432 steps, but no more points than two for each of the frame's columns
    let longest =
        svg.split("points=\"").skip(1).map(|part| part.split('"').next().unwrap_or_default().split(' ').count());
    assert!(longest.max().is_some_and(|points| points <= 2 * 640));
}

#[test]
fn an_empty_chart_says_so() {
    let (svg, _) = draw_curves(&[], 100, (280, 160), true);
    assert!(texts(&svg).contains(&"no steps yet".to_owned()));
    assert_eq!(with_chart(&[], 100, true, curves_summary), "Loss: no steps yet.");
}

#[test]
fn summaries_say_what_the_run_did() {
    assert_eq!(
        with_chart(&[2.0, 0.5], 2, true, curves_summary),
        "Loss: from 2.000e0 after the first step to 5.000e-1 after step 2."
    );
    assert_eq!(
        with_chart(&[2.0, f32::INFINITY], 2, true, curves_summary),
        "Loss: it starts at 2.000e0 and leaves float32 at step 2."
    );
    let (problem, steps) = run(&Config::default());
    let chart = PlaneChart { problem: &problem, params: &steps.params, features: 2, color: Theme::light(1.0).raw };
    assert_eq!(
        plane_summary(&chart),
        "The path leads from (-0.2109, -1.3628) to (0.6058, 0.7990); the true parameters are (0.6058, 0.7990)."
    );
}

#[test]
fn the_plane_shows_both_parameters_to_one_scale() {
    let (problem, steps) = run(&Config::default());
    let (svg, frame) = draw_plane(&problem, &steps.params, 2);
    for text in ["Parameter plane", "θ₁", "θ₂", "θ₀", "θ"] {
        assert!(texts(&svg).contains(&text.to_owned()), "{text}");
    }
    let origin = frame.to_pixel((0.0, 0.0));
    let (right, up) = (frame.to_pixel((1.0, 0.0)), frame.to_pixel((0.0, 1.0)));
    assert!(((right.0 - origin.0) - (origin.1 - up.1)).abs() < 1e-9);
    for params in [&problem.theta, &problem.theta_0] {
        let (x, y) = frame.to_pixel(frame.project(params));
        assert!((0.0..560.0).contains(&x) && (0.0..560.0).contains(&y), "{params:?} is off the picture");
    }
}

#[test]
fn planes_of_one_and_of_many_parameters_are_drawn() {
    for (features, samples, names) in [
        (1, 500, ["θ₁", "loss"]),
        (5, 500, ["leading direction 1", "leading direction 2"]),
        (32, 16, ["leading direction 1", "leading direction 2"]),
    ] {
        let config = Config { features, samples, epochs: 20, ..Config::default() };
        let (problem, steps) = run(&config);
        let (svg, _) = draw_plane(&problem, &steps.params, features);
        for name in names {
            assert!(texts(&svg).contains(&name.to_owned()), "{features} features: no {name}");
        }
    }
}

#[test]
fn a_run_that_diverges_keeps_the_view() {
    let config = Config { learning_rate: 10.0, epochs: 20, ..Config::default() };
    let (problem, steps) = run(&config);
    let (_, frame) = draw_plane(&problem, &steps.params, 2);
    let distance = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).hypot(a.1 - b.1);
    let apart =
        distance(frame.to_pixel(frame.project(&problem.theta)), frame.to_pixel(frame.project(&problem.theta_0)));
    assert!(apart > 30.0, "start and goal are {apart} pixels apart");
    draw_curves(&steps.losses, config.steps(), (640, 300), true);
}

proptest! {
    #[test]
    fn decimating_keeps_the_extremes_and_the_order(values in prop::collection::vec(-1e3f32..1e3, 1..3000), columns in 1usize..400) {
        let kept = decimate(&values, columns);
        prop_assert!(kept.windows(2).all(|pair| pair[0].0 < pair[1].0));
        prop_assert!(kept.iter().all(|&(index, value)| values[index].to_bits() == value.to_bits()));
        prop_assert!(kept.len() <= (2 * columns + 2).max(values.len().min(2 * columns)));
        let extremes = |list: &mut dyn Iterator<Item = f32>| list.fold((f32::MAX, f32::MIN), |(l, h), v| (l.min(v), h.max(v)));
        prop_assert_eq!(extremes(&mut values.iter().copied()), extremes(&mut kept.iter().map(|k| k.1)));
        prop_assert_eq!((kept[0].0, kept[kept.len() - 1].0), (0, values.len() - 1));
    }

    #[test]
    fn no_values_break_a_chart(bits in prop::collection::vec(any::<u32>(), 0..300), width in 60u32..900, height in 60u32..500, log: bool) {
        let values: Vec<f32> = bits.into_iter().map(f32::from_bits).collect();
        draw_curves(&values, values.len(), (width, height), log);
        let mut svg = String::new();
        let theme = Theme::dark(2.0);
        let area = SVGBackend::with_string(&mut svg, (width, 44)).into_drawing_area();
        sparkline(&area, &values, theme.raw, &theme).expect("a drawing");
    }

    #[test]
    fn a_step_is_found_again_at_its_place(total in 1usize..300) {
        let (_, frame) = draw_curves(&[1.0], total, (640, 300), true);
        for step in 0..=total {
            prop_assert_eq!(frame.step_at(frame.x_of_step(step)), step);
        }
    }

    #[test]
    fn no_path_breaks_the_plane(bits in prop::collection::vec(any::<u32>(), 0..60)) {
        let (problem, _) = run(&Config { epochs: 1, ..Config::default() });
        let params: Vec<f32> = bits.into_iter().map(f32::from_bits).collect();
        draw_plane(&problem, &params, 2);
    }
}
