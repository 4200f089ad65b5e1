//! The plane of parameters.

use thetahat::lecture::run::recording::{Chunk, Problem};
use thetahat::lecture::settings::config::Config;
use thetahat::plot::{
    Approach, Path, PlaneChart, PlaneFrame, PlaneGradient, PlaneMoment, PlaneQuadratic, PlaneWindow, Projection, Role,
    Sampling, Theme, plane, plane_nearest, plane_playhead, plane_starts, plane_summary, plane_table,
};

use crate::picture::{Picture, draw, hex, number, run};

pub fn theme() -> Theme {
    Theme::light(1.0)
}

pub fn path<'a>(label: &'a str, approach: Approach, start: &'a [f32], params: &'a [f32]) -> Path<'a> {
    let sampling = Sampling::every_step(params.len() / start.len().max(1));
    Path { label, look: theme().look(approach), role: Role::Run, sampling, start, params, exact: &[] }
}

pub fn picture(chart: &PlaneChart<'_>, size: (u32, u32)) -> Picture<PlaneFrame> {
    draw(size, |area| plane(area, chart, &theme()).expect("a drawing"))
}

/// The plane that suits a run.
pub fn with_chart<R>(problem: &Problem, params: &[f32], f: impl FnOnce(&PlaneChart<'_>) -> R) -> R {
    let projection = Projection::natural(problem);
    let paths = [path("raw", Approach::Raw, &problem.theta_0, params)];
    f(&PlaneChart { problem, paths: &paths, projection: &projection, window: None })
}

fn drawn(problem: &Problem, steps: &Chunk) -> Picture<PlaneFrame> {
    with_chart(problem, &steps.params, |chart| picture(chart, (560, 560)))
}

pub fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

#[test]
fn the_plane_shows_both_parameters_to_one_scale() {
    let (problem, steps) = run(&Config::default());
    let picture = drawn(&problem, &steps);
    for text in ["Parameter plane", "θ₁", "θ₂", "θ₀", "θ, θₗₛ"] {
        assert!(picture.has(text), "{text}");
    }
    let frame = &picture.gave;
    let origin = frame.to_pixel((0.0, 0.0));
    let (right, up) = (frame.to_pixel((1.0, 0.0)), frame.to_pixel((0.0, 1.0)));
    assert!(((right.0 - origin.0) - (origin.1 - up.1)).abs() < 1e-9);
    for params in [&problem.theta, &problem.theta_0] {
        let (x, y) = frame.to_pixel(frame.project(params));
        assert!(frame.contains(x, y), "{params:?} is off the picture");
    }
}

#[test]
fn planes_of_one_and_of_many_parameters_name_their_axes() {
    for (features, samples, names) in [
        (1, 500, ["θ₁", "loss"]),
        (5, 500, ["along 1st eigenvector", "along 2nd eigenvector"]),
        (32, 16, ["along 1st eigenvector", "along 2nd eigenvector"]),
    ] {
        let config = Config { features, samples, epochs: 20, ..Config::default() };
        let (problem, steps) = run(&config);
        let words = drawn(&problem, &steps).words();
        for name in names {
            assert!(words.iter().any(|word| word.starts_with(name)), "{features} features: no {name} in {words:?}");
        }
    }
}

#[test]
fn any_two_coordinates_can_be_chosen() {
    let (problem, steps) = run(&Config { features: 12, epochs: 20, ..Config::default() });
    let projection = Projection::coordinates(&problem, 10, 2).expect("two coordinates");
    assert_eq!(projection.names(), ["θ₁₁", "θ₃"]);
    assert_eq!(projection.of(&problem.theta), (f64::from(problem.theta[10]), f64::from(problem.theta[2])));
    let paths = [path("raw", Approach::Raw, &problem.theta_0, &steps.params)];
    let chart = PlaneChart { problem: &problem, paths: &paths, projection: &projection, window: None };
    let picture = picture(&chart, (560, 560));
    assert!(picture.has("θ₁₁") && picture.has("θ₃"));
    assert!(plane_summary(&chart).ends_with("Shown are θ₁₁ and θ₃."), "{}", plane_summary(&chart));
    for (i, j) in [(0, 0), (0, 12), (12, 0)] {
        assert_eq!(Projection::coordinates(&problem, i, j), None);
    }
}

#[test]
fn eigenvectors_are_the_hessians_own() {
    let (problem, _) = run(&Config { features: 4, epochs: 1, ..Config::default() });
    let projection = Projection::eigenvectors(&problem).expect("eigenvectors");
    let quadratic = projection.quadratic(&problem.hessian, &problem.least_squares).expect("a quadratic");
    let [first, across, up, second] = quadratic.hessian;
    assert!((first - problem.eigenvalues[0]).abs() < 1e-9 && (second - problem.eigenvalues[1]).abs() < 1e-9);
    assert!(across.abs() < 1e-9 && up.abs() < 1e-9);
    assert!(distance(quadratic.minimiser, (0.0, 0.0)) < 1e-9 && quadratic.least < 1e-12);
}

#[test]
fn a_run_that_diverges_keeps_the_view_and_is_pointed_at() {
    let config = Config { learning_rate: 10.0, epochs: 20, ..Config::default() };
    let (problem, steps) = run(&config);
    with_chart(&problem, &steps.params, |chart| {
        let frame = picture(chart, (560, 560)).gave;
        let [goal, start] = [&problem.theta, &problem.theta_0].map(|params| frame.to_pixel(frame.project(params)));
        assert!(distance(goal, start) > 30.0, "start and goal are {} pixels apart", distance(goal, start));
        let moment = PlaneMoment { step: 6, ..PlaneMoment::default() };
        let over = draw((560, 560), |area| plane_playhead(area, chart, &frame, &moment, &theme()).expect("a drawing"));
        assert_eq!(over.count("polygon", theme().raw), 1, "an arrow at the edge");
        assert_eq!(over.tags("circle").count(), 0, "no point");
    });
}

#[test]
fn the_last_iterates_of_a_run_are_dots_with_the_ellipse_of_their_spread() {
    let config = Config { learning_rate: 0.2, sigma: 1.0, batch_size: 4, epochs: 20, ..Config::default() };
    let (problem, steps) = run(&config);
    with_chart(&problem, &steps.params, |chart| {
        let frame = picture(chart, (560, 560)).gave;
        let over = |step: usize, spread: bool| {
            let moment = PlaneMoment { step, spread, ..PlaneMoment::default() };
            draw((560, 560), |area| plane_playhead(area, chart, &frame, &moment, &theme()).expect("a drawing"))
        };
        let (without, with) = (over(2500, false), over(2500, true));
        let dots = with.count("circle", theme().raw) - without.count("circle", theme().raw);
        assert!((150..=200).contains(&dots), "200 iterates, few of them outside of the picture: {dots}");
        assert!(with.svg.contains("raw, last 200: 1 σ = "), "{}", with.svg);
        assert!(over(50, true).svg.contains("raw, last 50: 1 σ = "));
        assert!(!over(3, true).svg.contains("1 σ"), "three steps have no spread");
    });
}

#[test]
fn the_star_stays_in_sight_when_a_run_has_arrived() {
    let (problem, steps) = run(&Config::default());
    with_chart(&problem, &steps.params, |chart| {
        let frame = picture(chart, (560, 560)).gave;
        let over = |step: usize| {
            let moment = PlaneMoment { step, ..PlaneMoment::default() };
            draw((560, 560), |area| plane_playhead(area, chart, &frame, &moment, &theme()).expect("a drawing"))
        };
        let end = over(6432);
        let star = end.svg.rfind("<polygon").expect("a star");
        assert!(
            end.svg[star..].contains(&hex(theme().ink)) && end.svg[star..].find("<circle").is_none(),
            "the star is last"
        );
        let ring = end.tags("circle").find(|tag| tag.contains(&hex(theme().raw))).expect("a ring");
        assert!(ring.contains("fill=\"none\"") && number(ring, "r") > 10.0, "{ring}");
        let begin = over(0);
        assert_eq!(begin.count("polygon", theme().ink), 0, "far from the star it is not drawn again");
        assert_eq!(begin.count("circle", theme().raw), 1);
    });
}

#[test]
fn approaches_with_one_start_share_its_name_and_others_have_their_own() {
    let (problem, steps) = run(&Config::default());
    let projection = Projection::natural(&problem);
    let own = [1.0f32, -1.0];
    let paths = [
        path("raw", Approach::Raw, &problem.theta_0, &steps.params),
        path("vmap", Approach::Vmap, &problem.theta_0, &steps.params),
        path("module", Approach::Module, &own, &[]),
        Path { role: Role::Ghost, ..path("A", Approach::Raw, &[-0.5, 0.0], &[]) },
    ];
    let chart = PlaneChart { problem: &problem, paths: &paths, projection: &projection, window: None };
    let picture = picture(&chart, (560, 560));
    for name in ["θ₀ raw, vmap", "θ₀ module", "θ₀ A"] {
        assert!(picture.has(name), "{name} is not in {:?}", picture.words());
    }
    let frame = &picture.gave;
    // the two that start together are one, and ghosts stay where they are
    let expected = [&problem.theta_0[..], &own].map(|start| frame.to_pixel(frame.project(start)));
    assert_eq!(plane_starts(&chart, frame), expected);
}

#[test]
fn a_point_of_the_path_is_found_at_its_place() {
    let (problem, steps) = run(&Config::default());
    with_chart(&problem, &steps.params, |chart| {
        let frame = picture(chart, (560, 560)).gave;
        for step in [1usize, 40, 200] {
            let at = frame.to_pixel(frame.project(&steps.params[2 * (step - 1)..2 * step]));
            let (index, found) = plane_nearest(chart, &frame, at, 4.0).expect("a step");
            let there = frame.to_pixel(frame.project(&steps.params[2 * (found - 1)..2 * found]));
            assert_eq!((index, there), (0, at), "step {step} is found as {found}");
        }
        assert_eq!(plane_nearest(chart, &frame, (2.0, 2.0), 4.0), None);
    });
}

#[test]
fn the_gradients_arrow_points_downhill() {
    let (problem, steps) = run(&Config::default());
    with_chart(&problem, &steps.params, |chart| {
        let frame = picture(chart, (560, 560)).gave;
        let from = frame.to_pixel(frame.project(&problem.theta_0));
        let tip = |gradient: &[f32]| {
            let gradients = [PlaneGradient { at: &problem.theta_0, gradient, rows: (500, 500) }];
            let moment = PlaneMoment { step: 0, gradients: &gradients, ..PlaneMoment::default() };
            let over =
                draw((560, 560), |area| plane_playhead(area, chart, &frame, &moment, &theme()).expect("a drawing"));
            let ink = over.tags("polygon").find(|tag| tag.contains(&hex(theme().ink)))?.to_owned();
            let points = ink.split("points=\"").nth(1)?.split(' ').next()?.to_owned();
            let (x, y) = points.split_once(',')?;
            Some((x.parse::<f64>().ok()? - from.0, y.parse::<f64>().ok()? - from.1))
        };
        let (dx, dy) = tip(&[0.0, -3.0]).expect("an arrow");
        assert!(dx.abs() < 1.5 && dy < -20.0, "up, not ({dx}, {dy})");
        let (dx, dy) = tip(&[-3.0, 0.0]).expect("an arrow");
        assert!(dx > 20.0 && dy.abs() < 1.5, "right, not ({dx}, {dy})");
        for gradient in [[0.0, 0.0], [f32::NAN, 1.0], [f32::INFINITY, 0.0]] {
            assert_eq!(tip(&gradient), None);
        }
    });
}

#[test]
fn a_batchs_own_loss_has_contours_in_its_hue() {
    let (problem, steps) = run(&Config::default());
    with_chart(&problem, &steps.params, |chart| {
        let frame = picture(chart, (560, 560)).gave;
        let with = |batch: Option<PlaneQuadratic>| {
            let moment = PlaneMoment { step: 10, batch, ..PlaneMoment::default() };
            draw((560, 560), |area| plane_playhead(area, chart, &frame, &moment, &theme()).expect("a drawing"))
        };
        let strokes = |picture: &Picture<()>| picture.count("polyline", theme().batch);
        assert_eq!(strokes(&with(None)), 0);
        let bowl = chart.projection.quadratic(&[2.0, 0.5, 0.5, 1.0], &[0.5, 0.5]);
        let picture = with(bowl);
        assert!(strokes(&picture) > 50 && picture.has("this batch’s loss"));
        // one sample: a valley without end
        let valley = chart.projection.quadratic(&[1.0, 1.0, 1.0, 1.0], &[0.5, 0.5]);
        assert!(strokes(&with(valley)) > 20);
        let flat = chart.projection.quadratic(&[0.0; 4], &[0.0; 2]);
        assert_eq!(strokes(&with(flat)), 0);
    });
}

#[test]
fn a_fixed_window_keeps_the_picture_still_while_the_start_is_dragged() {
    let (problem, steps) = run(&Config::default());
    let window = drawn(&problem, &steps).gave.window();
    let contours = |start: [f32; 2], window: Option<PlaneWindow>| {
        let projection = Projection::natural(&problem);
        let paths = [path("raw", Approach::Raw, &start, &[])];
        let chart = PlaneChart { problem: &problem, paths: &paths, projection: &projection, window };
        let picture = picture(&chart, (560, 560));
        let muted = hex(theme().muted);
        let lines: Vec<_> = picture.lines().into_iter().filter(|(color, _)| *color == muted).collect();
        (picture.gave.to_pixel((0.0, 0.0)), lines)
    };
    let still = contours([0.0, 0.0], Some(window));
    assert!(still.1.len() >= 8);
    assert_eq!(still, contours([-0.2, -1.3], Some(window)));
    assert_ne!(contours([0.0, 0.0], None), contours([-0.2, -1.3], None));
    let broken = PlaneWindow { low: (1.0, f64::NAN), ..window };
    assert_eq!(contours([0.0, 0.0], Some(broken)), contours([0.0, 0.0], None), "what is no window is not taken");
}

#[test]
fn summaries_and_tables_tell_the_course() {
    let (problem, steps) = run(&Config::default());
    with_chart(&problem, &steps.params, |chart| {
        assert_eq!(
            plane_summary(chart),
            "The path starts at (-0.2109, -1.3628) and leads to (0.6058, 0.7990); the true parameters are (0.6058, 0.7990)."
        );
        let table = plane_table(chart, 24);
        assert_eq!(table.columns, ["raw θ₁", "raw θ₂"]);
        assert_eq!(table.rows[0].values, [f64::from(problem.theta_0[0]), f64::from(problem.theta_0[1])].map(Some));
        assert_eq!(table.rows[table.rows.len() - 1].at, 6432);
        assert!(table.rows.len() <= 25);
    });
    with_chart(&problem, &[0.0, f32::NAN], |chart| {
        assert!(plane_summary(chart).contains("leaves float32 at step 1"));
    });
}

#[test]
fn contours_are_the_losses_own_and_one_runs_through_the_start() {
    let (problem, steps) = run(&Config::default());
    let picture = drawn(&problem, &steps);
    let frame = &picture.gave;
    let loss = |(u, v): (f64, f64)| {
        let (u, v) = (u - problem.least_squares[0], v - problem.least_squares[1]);
        let h = &problem.hessian;
        0.5 * (h[0] * u * u + (h[1] + h[2]) * u * v + h[3] * v * v) + problem.least_loss
    };
    let lines: Vec<Vec<(f64, f64)>> = picture.lines().into_iter().map(|(_, points)| points).collect();
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

/// The gradient of the batch and that of all samples stand at one place and are told apart in words.
#[test]
fn both_gradients_are_drawn_and_named() {
    let (problem, steps) = run(&Config::default());
    with_chart(&problem, &steps.params, |chart| {
        let frame = picture(chart, (560, 560)).gave;
        let over = |rows: usize, spread: bool| {
            let of = |gradient, rows| PlaneGradient { at: &problem.theta_0, gradient, rows: (rows, 500) };
            let gradients = [of(&[-3.3f32, -2.3] as &[f32], rows), of(&[-3.0, -3.0], 500)];
            let moment = PlaneMoment { step: 1, gradients: &gradients, spread, ..PlaneMoment::default() };
            draw((560, 560), |area| plane_playhead(area, chart, &frame, &moment, &theme()).expect("a drawing"))
        };
        let drawn = over(16, false);
        assert_eq!(drawn.count("polygon", theme().batch), 2, "the head of the arrow, and that of its key");
        assert_eq!(drawn.count("polygon", theme().ink), 2);
        for text in ["batch", "all data", "−∇ of the batch, 16 rows", "−∇ of all 500"] {
            assert!(drawn.has(text), "{text} in {:?}", drawn.words());
        }
        assert!(over(1, true).has("−∇ of the batch, 1 row"));
        assert!(over(500, false).words().iter().all(|word| !word.contains("the batch")), "one gradient has one name");
    });
}

/// In a recording with gaps, a step that was computed again is where it is.
#[test]
fn a_step_that_was_computed_again_stands_in_its_place() {
    let (problem, steps) = run(&Config { epochs: 2, learning_rate: 0.01, ..Config::default() });
    let every: Vec<f32> = steps.params.chunks_exact(2).skip(2).step_by(3).flatten().copied().collect();
    let sampling = Sampling { stride: 3, total: steps.losses.len() };
    let at = |step: usize| &steps.params[2 * (step - 1)..2 * step];
    let projection = Projection::natural(&problem);
    let shown = |exact: &[(usize, &[f32])]| {
        let paths = [Path { sampling, exact, ..path("raw", Approach::Raw, &problem.theta_0, &every) }];
        let chart = PlaneChart { problem: &problem, paths: &paths, projection: &projection, window: None };
        let frame = picture(&chart, (560, 560)).gave;
        let moment = PlaneMoment { step: 11, ..PlaneMoment::default() };
        let over = draw((560, 560), |area| plane_playhead(area, &chart, &frame, &moment, &theme()).expect("a drawing"));
        let dot = over.tags("circle").find(|tag| tag.contains(&hex(theme().raw))).expect("a point").to_owned();
        let place = (number(&dot, "cx"), number(&dot, "cy"));
        (place, over.count("polygon", theme().raw), [9, 11].map(|step| frame.to_pixel(frame.project(at(step)))))
    };
    let (place, arrows, [recorded, _]) = shown(&[]);
    assert!(distance(place, recorded) < 1.0 && arrows == 0);
    let (place, arrows, [_, exact]) = shown(&[(10, at(10)), (11, at(11))]);
    assert!(distance(place, exact) < 1.0 && arrows == 1, "{place:?} {exact:?} {arrows}");
}

/// A run that starts in the goal still ends in the ball of its noise: that is what there is to see.
#[test]
fn a_run_that_starts_at_the_goal_shows_its_ball() {
    let config = Config { learning_rate: 0.2, batch_size: 4, epochs: 20, sigma: 1.0, ..Config::default() };
    let (problem, _) = run(&config);
    let (problem, steps) = run(&Config { theta_0: Some(problem.theta.clone()), ..config });
    with_chart(&problem, &steps.params, |chart| {
        let picture = picture(chart, (560, 560));
        let rows: Vec<&[f32]> = steps.params.chunks_exact(2).collect();
        let shown = |row: &&&[f32]| {
            let (x, y) = picture.gave.to_pixel(picture.gave.project(row));
            picture.gave.contains(x, y)
        };
        let part = rows.iter().filter(shown).count() as f64 / rows.len() as f64;
        assert!(part > 0.9, "only {part} of the run is shown");
    });
}

/// Nothing is drawn beside the part of the plane that is shown.
#[test]
fn a_zoomed_plane_has_no_star_outside_of_it() {
    let (problem, steps) = run(&Config { epochs: 5, ..Config::default() });
    let projection = Projection::natural(&problem);
    let paths = [path("raw", Approach::Raw, &problem.theta_0, &steps.params)];
    let window = Some(PlaneWindow { low: (-0.5, -1.5), high: (0.1, -1.0), contour: None });
    let chart = PlaneChart { problem: &problem, paths: &paths, projection: &projection, window };
    let stars = |chart: &PlaneChart<'_>| picture(chart, (560, 560)).count("polygon", theme().ink);
    assert_eq!((stars(&chart), stars(&PlaneChart { window: None, ..chart.clone() })), (0, 1));
}
