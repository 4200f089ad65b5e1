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
            "1,000",
            "2,000",
            "3,000",
            "4,000",
            "5,000",
            "6,000",
            "step (201 epochs of 32 steps)",
            "loss",
            "other"
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
        "Loss: loss goes from 2.000 at step 1 to 0.5000 at step 2."
    );
    assert_eq!(
        with_chart(&[2.0, f32::INFINITY], 2, true, curves_summary),
        "Loss: loss goes from 2.000 at step 1 to 2.000 at step 1 and leaves float32 at step 2."
    );
    let (problem, steps) = run(&Config::default());
    let chart = PlaneChart { problem: &problem, params: &steps.params, features: 2, color: Theme::light(1.0).raw };
    assert_eq!(
        plane_summary(&chart),
        "The path starts at (-0.2109, -1.3628) and leads to (0.6058, 0.7990); the true parameters are (0.6058, 0.7990)."
    );
}

#[test]
fn the_plane_shows_both_parameters_to_one_scale() {
    let (problem, steps) = run(&Config::default());
    let (svg, frame) = draw_plane(&problem, &steps.params, 2);
    for text in ["Parameter plane", "θ₁", "θ₂", "θ₀", "θ, θₗₛ"] {
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

#[test]
fn ranges_of_every_width_have_labels() {
    let labels = |values: &[f32], log: bool| {
        let (svg, _) = draw_curves(values, 2, (640, 300), log);
        let steps = texts(&svg).iter().position(|text| text == "0" && log).unwrap_or(texts(&svg).len());
        texts(&svg)[1..steps].to_vec()
    };
    assert_eq!(labels(&[53.7, 35.9], true), ["30", "40", "50", "60"]);
    assert_eq!(labels(&[6.0, 0.5], true), ["0.5", "1", "2", "5"]);
    assert_eq!(labels(&[1e30, 1e-9], true), ["10⁻⁶", "1", "10⁶", "10¹²", "10¹⁸", "10²⁴", "10³⁰"]);
    assert_eq!(labels(&[3e38, 1.0], false)[..4], ["0", "10³⁸", "2×10³⁸", "3×10³⁸"]);
}

#[test]
fn a_curve_that_leaves_float32_says_when() {
    let (svg, _) = draw_curves(&[1.0, 1e20, f32::INFINITY, 1.0], 100, (640, 300), true);
    assert!(texts(&svg).contains(&"loss leaves float32 at step 3".to_owned()));
    assert!(!texts(&svg).iter().any(|text| text == "10³⁰"), "the scale follows finite values only");
    assert_eq!(with_chart(&[f32::NAN], 1, true, curves_summary), "Loss: loss leaves float32 at step 1.");
}

#[test]
fn contours_are_the_losses_own_and_one_runs_through_the_start() {
    let (problem, steps) = run(&Config::default());
    let (svg, frame) = draw_plane(&problem, &steps.params, 2);
    let loss = |(u, v): (f64, f64)| {
        let (u, v) = (u - problem.least_squares[0], v - problem.least_squares[1]);
        let h = &problem.hessian;
        0.5 * (h[0] * u * u + (h[1] + h[2]) * u * v + h[3] * v * v) + problem.least_loss
    };
    let points = |line: &str| -> Vec<(f64, f64)> {
        let number = |text: &str| text.parse::<f64>().expect("a number");
        line.split_whitespace().filter_map(|pair| pair.split_once(',')).map(|(x, y)| (number(x), number(y))).collect()
    };
    let lines: Vec<Vec<(f64, f64)>> =
        svg.split("points=\"").skip(1).filter_map(|part| part.split('"').next()).map(points).collect();
    let start = loss(frame.project(&problem.theta_0));
    let mut innermost = f64::INFINITY;
    let mut through_start = false;
    for contour in lines.iter().filter(|line| line.len() >= 24 && line.first() == line.last()) {
        let around = contour.iter().map(|&(x, y)| loss(frame.to_theta(x, y)));
        let (low, high) = around.fold((f64::INFINITY, 0.0f64), |(l, h), v| (l.min(v), h.max(v)));
        // half a pixel of rounding, at the radius of the innermost
        assert!(high / low < 1.2, "one contour has losses from {low} to {high}");
        innermost = innermost.min(low);
    }
    for line in lines.iter().filter(|line| line.len() >= 8) {
        let mut losses = line.iter().map(|&(x, y)| loss(frame.to_theta(x, y)) / start);
        through_start |= losses.all(|ratio| (ratio - 1.0).abs() < 0.02);
    }
    assert!(innermost < start / 100.0, "the innermost contour is at {innermost}");
    assert!(through_start, "no contour at the start's loss, {start}");
}

proptest! {
    #[test]
    fn decimating_any_values_keeps_order_ends_and_finite_extremes(bits in prop::collection::vec(any::<u32>(), 1..2000), columns in 1usize..300) {
        let values: Vec<f32> = bits.into_iter().map(f32::from_bits).collect();
        let kept = decimate(&values, columns);
        prop_assert!(kept.windows(2).all(|pair| pair[0].0 < pair[1].0));
        prop_assert!(kept.iter().all(|&(index, value)| values[index].to_bits() == value.to_bits()));
        prop_assert_eq!((kept[0].0, kept[kept.len() - 1].0), (0, values.len() - 1));
        let extremes = |list: &mut dyn Iterator<Item = f32>| {
            list.filter(|v| v.is_finite()).fold((f32::MAX, f32::MIN), |(l, h), v| (l.min(v), h.max(v)))
        };
        prop_assert_eq!(extremes(&mut values.iter().copied()), extremes(&mut kept.iter().map(|k| k.1)));
        prop_assert_eq!(values.iter().any(|v| !v.is_finite()), kept.iter().any(|k| !k.1.is_finite()));
    }

    #[test]
    fn labels_of_curves_stay_in_the_picture_and_apart(ends in prop::collection::vec(1e-6f32..1e3, 1..6), width in 280u32..1600, height in 160u32..900, log: bool) {
        let theme = Theme::light(1.0);
        let series: Vec<[f32; 2]> = ends.iter().map(|&end| [1.0, end]).collect();
        let curve = |values| Curve { label: "run", color: theme.raw, dash: Dash::Solid, faint: false, values };
        let lines: Vec<Curve<'_>> = series.iter().map(|values| curve(values.as_slice())).collect();
        let chart = CurvesChart { title: "Loss", unit: "", curves: &lines, total_steps: 2, steps_per_epoch: 1, markers: &[], log };
        let mut svg = String::new();
        let frame = {
            let area = SVGBackend::with_string(&mut svg, (width, height)).into_drawing_area();
            curves(&area, &chart, &theme).expect("a drawing")
        };
        let height_of = |part: &str| part.split("y=\"").nth(1)?.split('"').next()?.parse::<f64>().ok();
        let mut heights: Vec<f64> = svg.split("<text").filter(|part| part.contains("run")).filter_map(height_of).collect();
        heights.sort_by(f64::total_cmp);
        prop_assert_eq!(heights.len(), ends.len());
        prop_assert!(heights.windows(2).all(|pair| pair[1] - pair[0] >= 13.0), "{:?}", heights);
        prop_assert!(heights[heights.len() - 1] <= frame.bottom);
    }

    #[test]
    fn labels_of_values_never_overlap(low in -12.0f64..30.0, decades in 0.0f64..40.0, height in 160u32..900, log: bool) {
        let values = [10f64.powf(low) as f32, 10f64.powf((low + decades).min(38.0)) as f32];
        let (svg, frame) = draw_curves(&values, 2, (280, height), log);
        let attribute = |part: &str, name: &str| part.split(name).nth(1)?.split('"').next()?.parse::<f64>().ok();
        let labels = svg.split("<text").skip(1).filter(|part| part.contains("text-anchor=\"end\""));
        let mut heights: Vec<f64> = labels.filter_map(|part| attribute(part, " y=\"")).filter(|y| *y < frame.bottom + 8.0).collect();
        heights.sort_by(f64::total_cmp);
        prop_assert!(!heights.is_empty(), "no label between {:?}", values);
        prop_assert!(heights.windows(2).all(|pair| pair[1] - pair[0] >= 14.0), "{:?} for {:?}", heights, values);
    }

    #[test]
    fn places_in_the_plane_are_found_again(x in 0.0f64..560.0, y in 0.0f64..560.0, features in 1usize..4) {
        let (problem, steps) = run(&Config { features, epochs: 1, ..Config::default() });
        let (_, frame) = draw_plane(&problem, &steps.params, features);
        let (u, v) = frame.to_theta(x, y);
        let back = frame.to_pixel((u, v));
        prop_assert!((back.0 - x).abs() < 1e-6 && (back.1 - y).abs() < 1e-6);
        if features == 2 {
            prop_assert_eq!(frame.project(&[0.5, -0.25]), (0.5, -0.25));
        }
    }

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
    fn no_path_breaks_the_plane(bits in prop::collection::vec(any::<u32>(), 0..60), features in 1usize..6, samples in 1usize..5) {
        let (problem, _) = run(&Config { epochs: 1, features, samples, ..Config::default() });
        let params: Vec<f32> = bits.into_iter().map(f32::from_bits).collect();
        draw_plane(&problem, &params, features);
        // nothing has been computed yet, or another number of parameters
        draw_plane(&Problem::default(), &params, features);
        draw_plane(&problem, &params, features + 1);
    }
}
