//! Laws of the plane: places found again, quadratics cut rightly, and no values that break it.

use proptest::prelude::*;
use thetahat::lecture::run::recording::Problem;
use thetahat::lecture::settings::config::Config;
use thetahat::plot::{
    Approach, Path, PlaneChart, PlaneGradient, PlaneMoment, PlaneQuadratic, PlaneWindow, Projection, Role, plane,
    plane_nearest, plane_playhead, plane_starts, plane_summary, plane_table,
};

use crate::picture::{draw, run};
use crate::plane::{distance, path, picture, theme, with_chart};

/// A positive definite matrix of this size, row-major, and a vector.
fn quadratics(features: usize) -> impl Strategy<Value = (Vec<f64>, Vec<f64>, Vec<f64>)> {
    let entries = |count: usize| prop::collection::vec(-2.0f64..2.0, count);
    (entries(features * features), entries(features), entries(features)).prop_map(move |(root, minimiser, origin)| {
        let entry = |i: usize, j: usize| {
            let product: f64 = (0..features).map(|k| root[i * features + k] * root[j * features + k]).sum();
            product + if i == j { 0.1 } else { 0.0 }
        };
        let hessian = (0..features * features).map(|at| entry(at / features, at % features)).collect();
        (hessian, minimiser, origin)
    })
}

proptest! {
    #[test]
    fn places_in_the_plane_are_found_again(x in 0.0f64..560.0, y in 0.0f64..560.0, features in 1usize..5) {
        let (problem, _) = run(&Config { features, epochs: 1, ..Config::default() });
        let frame = with_chart(&problem, &[], |chart| picture(chart, (560, 560)).gave);
        let there = frame.to_theta(x, y);
        let back = frame.to_pixel(there);
        prop_assert!(distance(back, (x, y)) < 1e-6);
        // a start that is dragged there is seen there, as far as f32 goes
        let params = frame.params_at(x, y, &problem.theta_0);
        prop_assert_eq!(params.len(), features);
        let seen = frame.to_pixel(frame.project(&params));
        prop_assert!((seen.0 - x).abs() < 1e-3, "{} is seen at {}", x, seen.0);
        if features > 1 {
            prop_assert!((seen.1 - y).abs() < 1e-3, "{} is seen at {}", y, seen.1);
        }
        if features == 2 {
            prop_assert_eq!(frame.project(&[0.5, -0.25]), (0.5, -0.25));
            prop_assert_eq!(params, [there.0 as f32, there.1 as f32]);
        }
    }

    /// Dragging within the plane leaves what is not shown as it was.
    #[test]
    fn lifting_keeps_what_is_not_shown(u in -3.0f64..3.0, v in -3.0f64..3.0, base in prop::collection::vec(-2.0f32..2.0, 5)) {
        let (problem, _) = run(&Config { features: 5, epochs: 1, ..Config::default() });
        let projection = Projection::coordinates(&problem, 3, 1).expect("two coordinates");
        let lifted = projection.lift((u, v), &base);
        prop_assert_eq!((lifted[0], lifted[2], lifted[4]), (base[0], base[2], base[4]));
        prop_assert!((f64::from(lifted[3]) - u).abs() < 1e-6 && (f64::from(lifted[1]) - v).abs() < 1e-6);
    }

    /// The law of the cut: in the plane, the quadratic is the loss itself.
    #[test]
    fn a_quadratic_cut_by_a_plane_is_the_loss_there(
        (hessian, minimiser, origin) in quadratics(4),
        across in prop::collection::vec(-1.0f64..1.0, 4),
        up in prop::collection::vec(-1.0f64..1.0, 4),
        at in (-3.0f64..3.0, -3.0f64..3.0),
    ) {
        let names = ["a".to_owned(), "b".to_owned()];
        let Some(projection) = Projection::directions(&origin, &across, &up, names) else { return Ok(()) };
        let quadratic = projection.quadratic(&hessian, &minimiser).expect("a quadratic");
        let base: Vec<f32> = origin.iter().map(|&entry| entry as f32).collect();
        let params = projection.lift(at, &base);
        let off: Vec<f64> = params.iter().zip(&minimiser).map(|(&p, m)| f64::from(p) - m).collect();
        let loss: f64 = (0..16).map(|k| 0.5 * off[k / 4] * hessian[k] * off[k % 4]).sum();
        let seen = projection.of(&params);
        prop_assert!(distance(seen, at) < 1e-5, "{:?} is seen at {:?}", at, seen);
        prop_assert!((quadratic.excess(seen) - loss).abs() < 1e-4 * (1.0 + loss), "{} is not {}", quadratic.excess(seen), loss);
    }

    #[test]
    fn directions_are_orthonormal_or_refused(across in prop::collection::vec(any::<f64>(), 3), up in prop::collection::vec(any::<f64>(), 3)) {
        let names = ["a".to_owned(), "b".to_owned()];
        if let Some(projection) = Projection::directions(&[0.0; 3], &across, &up, names) {
            let basis: Vec<(f64, f64)> = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]].iter().map(|e| projection.of_f64(e)).collect();
            let sum = |f: &dyn Fn(&(f64, f64)) -> f64| basis.iter().map(f).sum::<f64>();
            prop_assert!((sum(&|e| e.0 * e.0) - 1.0).abs() < 1e-6 && (sum(&|e| e.1 * e.1) - 1.0).abs() < 1e-6);
            prop_assert!(sum(&|e| e.0 * e.1).abs() < 1e-6);
        }
    }

    #[test]
    fn no_path_breaks_the_plane(
        bits in prop::collection::vec(any::<u32>(), 0..60),
        features in 1usize..6,
        samples in 1usize..5,
        size in (1u32..700, 1u32..700),
        step in 0usize..40,
        window in prop::option::of(((any::<f64>(), any::<f64>()), (any::<f64>(), any::<f64>()))),
    ) {
        let (problem, _) = run(&Config { epochs: 1, features, samples, ..Config::default() });
        let params: Vec<f32> = bits.into_iter().map(f32::from_bits).collect();
        // as it is; nothing computed yet; and a projection of another number of parameters
        let wider = run(&Config { epochs: 1, features: features + 1, samples, ..Config::default() }).0;
        for (problem, shape) in [(&problem, &problem), (&Problem::default(), &Problem::default()), (&problem, &wider)] {
            let projection = Projection::natural(shape);
            let paths = [
                path("raw", Approach::Raw, &problem.theta_0, &params),
                path("module", Approach::Module, &params, &params),
                Path { role: Role::Ghost, ..path("vmap", Approach::Vmap, &problem.theta, &params) },
            ];
            let window = window.map(|(low, high)| PlaneWindow { low, high, contour: Some(low.0) });
            let chart = PlaneChart { problem, paths: &paths, projection: &projection, window };
            let of = |rows| PlaneGradient { at: &problem.theta_0, gradient: &params, rows };
            let moment = PlaneMoment {
                step,
                gradients: &[of((1, 2)), of((0, 0))],
                batch: Some(PlaneQuadratic { hessian: [1e30, -2.0, 0.5, f64::from(step as u32)], minimiser: (1e300, 0.0), least: 0.0 }),
                spread: true,
            };
            let drawn = draw(size, |area| {
                let frame = plane(area, &chart, &theme()).expect("a drawing");
                plane_playhead(area, &chart, &frame, &moment, &theme()).expect("a drawing");
                frame
            });
            prop_assert!(!drawn.svg.contains("NaN"));
            let found = plane_nearest(&chart, &drawn.gave, (10.0, 10.0), 5.0);
            prop_assert!(found.is_none_or(|(index, step)| index < 2 && step <= params.len()));
            let starts = plane_starts(&chart, &drawn.gave);
            prop_assert!(starts.len() <= 2 && starts.iter().all(|&(x, y)| drawn.gave.contains(x, y)));
            prop_assert!(plane_table(&chart, step).rows.iter().all(|row| row.values.len() == 6));
            prop_assert!(!plane_summary(&chart).is_empty());
        }
    }
}
