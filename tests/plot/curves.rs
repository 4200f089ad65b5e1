//! Curves against steps.

use plotters::style::RGBColor;
use thetahat::lecture::settings::config::Config;
use thetahat::plot::{
    Approach, Curve, CurvesChart, CurvesMiddle, Frame, Role, Sampling, StepAxis, StepUnit, Theme, curves,
    curves_decimation, curves_middle_table, curves_playhead, curves_readings, curves_summary, curves_table,
};

use crate::picture::{Picture, draw, hex, number, run};

pub fn theme() -> Theme {
    Theme::light(1.0)
}

pub fn curve<'a>(label: &'a str, approach: Approach, values: &'a [f32]) -> Curve<'a> {
    Curve {
        label,
        look: theme().look(approach),
        role: Role::Run,
        sampling: Sampling::every_step(values.len()),
        values,
        printed: &[],
        exact: &[],
    }
}

pub fn chart<'a>(curves: &'a [Curve<'a>], total: usize) -> CurvesChart<'a> {
    CurvesChart {
        middle: None,
        title: "Loss",
        unit: "",
        curves,
        axis: StepAxis::new(total, 32),
        log: true,
        range: None,
        bare: false,
        branch: None,
        waits: true,
    }
}

pub fn picture(chart: &CurvesChart<'_>, size: (u32, u32)) -> Picture<Frame> {
    draw(size, |area| curves(area, chart, &theme()).expect("a drawing"))
}

pub fn one(values: &[f32], total: usize, size: (u32, u32), log: bool) -> Picture<Frame> {
    picture(&CurvesChart { log, ..chart(&[curve("loss", Approach::Raw, values)], total) }, size)
}

/// The labels of the scale of values, from the bottom.
fn scale_labels<T>(picture: &Picture<T>, frame: &Frame) -> Vec<String> {
    let left = picture.texts().into_iter().filter(|text| text.anchor == "end" && text.x < frame.left);
    left.map(|text| text.words).collect()
}

#[test]
fn the_lectures_loss_has_its_axes_and_its_label() {
    let (_, steps) = run(&Config::default());
    let picture = one(&steps.losses, 6432, (640, 300), true);
    assert_eq!(
        picture.words(),
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
            "loss"
        ]
    );
    let decimation = curves_decimation(&picture.gave, &theme());
    assert!(decimation.is_needed() && decimation.steps == 6432 && decimation.ratio() > 10.0);
    // a band of one stair for each column
    let longest = picture.shapes().iter().map(Vec::len).max();
    assert_eq!(longest, Some(4 * decimation.columns));
}

#[test]
fn approaches_have_lines_markers_and_labels_of_their_own() {
    let (up, down, flat) = ([1.0, 2.0, 4.0], [1.0, 0.5, 0.25], [1.0, 1.0, 1.0]);
    let lines = [
        curve("raw", Approach::Raw, &up),
        curve("vmap", Approach::Vmap, &down),
        curve("module", Approach::Module, &flat),
        Curve { label: "before", role: Role::Ghost, ..curve("", Approach::Raw, &down) },
    ];
    let picture = picture(&chart(&lines, 3), (640, 300));
    let theme = theme();
    let strokes = |color: RGBColor| picture.lines().iter().filter(|(stroke, _)| *stroke == hex(color)).count();
    assert_eq!(strokes(theme.raw), 1, "one unbroken line");
    assert!(strokes(theme.vmap) > 5 && strokes(theme.module) > 2 * strokes(theme.vmap), "dashes, and more dots");
    // the ghost is in ink, at 30 %, behind the runs
    assert_eq!(strokes(theme.ink), 1);
    let ghost = picture.tags("polyline").next().expect("a line");
    assert!(ghost.contains(&hex(theme.ink)) && ghost.contains("opacity=\"0.3\""), "{ghost}");
    // circle, square, diamond at the labels
    assert_eq!((picture.count("circle", theme.raw), picture.count("polygon", theme.vmap)), (1, 1));
    assert_eq!(picture.count("polygon", theme.module), 1);
    for label in ["raw", "vmap", "module", "before"] {
        assert!(picture.has(label), "{label}");
    }
}

#[test]
fn printed_values_are_marked_where_they_are_shown() {
    let values: Vec<f32> = (1..=100).map(|step| 1.0 / step as f32).collect();
    let printed = [(1, 1.0), (50, 0.02), (100, 0.01), (100, f32::NAN)];
    let lines = [Curve { printed: &printed, ..curve("raw", Approach::Raw, &values) }];
    let whole = chart(&lines, 100);
    // two circles to a hollow marker, one at the label
    assert_eq!(picture(&whole, (640, 300)).tags("circle").count(), 2 * 3 + 1);
    let zoomed = CurvesChart { axis: StepAxis { window: Some((40, 60)), ..whole.axis }, ..whole };
    assert_eq!(picture(&zoomed, (640, 300)).tags("circle").count(), 2 + 1);
}

#[test]
fn an_empty_chart_says_so() {
    let empty = [curve("raw", Approach::Raw, &[])];
    assert!(picture(&chart(&empty, 100), (280, 160)).has("no steps yet"));
    assert_eq!(curves_summary(&chart(&empty, 100)), "Loss: no steps yet.");
    assert!(curves_table(&chart(&empty, 100), 20).rows.is_empty());
    assert!(picture(&chart(&[], 0), (280, 160)).has("no steps yet"));
}

#[test]
fn summaries_say_what_the_runs_did() {
    let said = |values: &[f32]| curves_summary(&chart(&[curve("loss", Approach::Raw, values)], 2));
    assert_eq!(said(&[2.0, 0.5]), "Loss: loss goes from 2.000 at step 1 to 0.5000 at step 2.");
    assert_eq!(
        said(&[2.0, f32::INFINITY]),
        "Loss: loss goes from 2.000 at step 1 to 2.000 at step 1 and leaves float32 at step 2."
    );
    assert_eq!(said(&[f32::NAN]), "Loss: loss leaves float32 at step 1.");
    let (a, b) = ([2.0; 2000], [3.0; 2000]);
    let lines = [
        curve("raw", Approach::Raw, &a),
        curve("vmap", Approach::Vmap, &b),
        Curve { role: Role::Ghost, ..curve("run A", Approach::Raw, &b) },
    ];
    let whole = chart(&lines, 2000);
    let zoomed = CurvesChart { axis: StepAxis { window: Some((1500, 1600)), ..whole.axis }, ..whole };
    assert_eq!(
        curves_summary(&zoomed),
        "Loss: raw goes from 2.000 at step 1 to 2.000 at step 2,000; \
         vmap goes from 3.000 at step 1 to 3.000 at step 2,000. \
         Shown are steps 1,500 to 1,600 of 2,000. Pinned: run A."
    );
}

#[test]
fn a_curve_that_leaves_float32_says_when() {
    let picture = one(&[1.0, 1e20, f32::INFINITY, 1.0], 100, (640, 300), true);
    assert!(picture.has("loss leaves float32 at step 3"));
    assert!(!picture.has("10³⁰"), "the scale follows finite values only");
    // to the left of the mark where there is no room to its right
    let mut values = vec![1.0f32; 96];
    values.push(f32::NAN);
    let picture = one(&values, 100, (640, 300), true);
    let label = picture.texts().into_iter().find(|text| text.words == "loss leaves float32 at step 97");
    let label = label.expect("the label");
    assert!(label.anchor == "end" && label.x < picture.gave.x_of_step(96));
}

#[test]
fn ranges_of_every_width_have_labels() {
    let labels = |values: &[f32], log: bool| {
        let picture = one(values, 2, (640, 300), log);
        scale_labels(&picture, &picture.gave)
    };
    assert_eq!(labels(&[53.7, 35.9], true), ["30", "40", "50", "60"]);
    assert_eq!(labels(&[6.0, 0.5], true), ["0.5", "1", "2", "5"]);
    assert_eq!(labels(&[1e30, 1e-9], true), ["10⁻⁶", "1", "10⁶", "10¹²", "10¹⁸", "10²⁴", "10³⁰"]);
    assert_eq!(labels(&[3e38, 1.0], false)[..4], ["0", "10³⁸", "2×10³⁸", "3×10³⁸"]);
}

#[test]
fn a_loss_of_zero_falls_to_the_bottom_of_a_logarithmic_scale() {
    let picture = one(&[1.0, 1e-8, 0.0], 3, (640, 300), true);
    let (_, points) = &picture.lines()[0];
    assert_eq!(points[points.len() - 1].1, picture.gave.bottom.round());
}

#[test]
fn a_title_of_the_axis_that_would_be_cut_says_the_unit_alone() {
    let has = |width, title: &str| one(&[1.0, 0.5, 0.25], 6432, (width, 300), true).has(title);
    assert!(has(640, "step (201 epochs of 32 steps)"));
    assert!(has(220, "step"));
}

#[test]
fn the_axis_counts_steps_or_epochs_and_says_which_part_is_shown() {
    let axis = StepAxis::new(6432, 32);
    assert_eq!(axis.title(), "step (201 epochs of 32 steps)");
    assert_eq!(StepAxis { window: Some((1000, 1200)), ..axis }.title(), "step, 1,000 to 1,200 of 6,432");
    let epochs = StepAxis { unit: StepUnit::Epochs, ..axis };
    assert_eq!(epochs.title(), "epoch (of 32 steps)");
    assert_eq!(StepAxis { window: Some((64, 100)), ..epochs }.title(), "epoch, 2 to 3.13 of 201");
    let values = vec![1.0f32; 6432];
    let lines = [curve("raw", Approach::Raw, &values)];
    let words = |axis: StepAxis| picture(&CurvesChart { axis, ..chart(&lines, 0) }, (640, 300)).words();
    assert!(words(epochs).contains(&"150".to_owned()));
    assert!(words(StepAxis { window: Some((64, 96)), ..epochs }).contains(&"2.6".to_owned()), "parts of an epoch");
    assert!(words(StepAxis { window: Some((1000, 1004)), ..axis }).contains(&"1,003".to_owned()));
}

#[test]
fn a_window_is_kept_within_the_run() {
    let axis = |window| StepAxis { window, ..StepAxis::new(100, 10) };
    assert_eq!(axis(None).range(), (0, 100));
    assert_eq!(axis(Some((20, 40))).range(), (20, 40));
    assert_eq!(axis(Some((40, 20))).range(), (20, 40));
    assert_eq!(axis(Some((90, 400))).range(), (90, 100));
    assert_eq!(axis(Some((400, 500))).range(), (99, 100));
    assert_eq!(axis(Some((7, 7))).range(), (7, 8));
    assert_eq!(StepAxis::new(0, 0).range(), (0, 1));
    assert_eq!(axis(None).zoomed(50, 0.5).range(), (25, 75));
    assert_eq!(axis(None).zoomed(0, 0.5).range(), (0, 50));
    assert_eq!(axis(Some((25, 75))).zoomed(50, 4.0).window, None);
    assert_eq!(axis(Some((25, 75))).moved(40).range(), (50, 100));
    assert_eq!(axis(Some((25, 75))).moved(i64::MIN).range(), (0, 50));
}

#[test]
fn a_zoomed_chart_draws_only_its_part_up_to_the_edges() {
    let values: Vec<f32> = (1..=1000).map(|step| step as f32).collect();
    let lines = [curve("raw", Approach::Raw, &values)];
    let whole = CurvesChart { log: false, ..chart(&lines, 1000) };
    let zoomed = CurvesChart { axis: StepAxis { window: Some((400, 500)), ..whole.axis }, ..whole };
    let picture = picture(&zoomed, (640, 300));
    let (frame, (_, points)) = (picture.gave, &picture.lines()[0]);
    let (first, last) = (points[0], points[points.len() - 1]);
    assert_eq!((first.0, last.0), (frame.left.round(), frame.right.round()));
    let value = |point: (f64, f64)| frame.value_at(point.1);
    assert!((value(first) - 400.0).abs() < 3.0 && (value(last) - 500.0).abs() < 3.0);
    assert!(frame.values().1 < 600.0, "the scale is the window's own");
    assert!(!frame.shows(399) && frame.shows(400) && frame.shows(500) && !frame.shows(501));
}

#[test]
fn a_fixed_range_keeps_the_picture_still_and_lines_within() {
    let values = [1e-3f32, 1e3, 1e-3];
    let lines = [curve("raw", Approach::Raw, &values)];
    let fixed = CurvesChart { range: Some((0.1, 10.0)), ..chart(&lines, 3) };
    let shown = picture(&fixed, (640, 300));
    assert_eq!(shown.gave.values(), (0.1, 10.0));
    let heights = shown.lines().into_iter().flat_map(|(_, points)| points).map(|point| point.1);
    let frame = shown.gave;
    assert!(heights.clone().count() > 0);
    assert!(heights.clone().all(|y| y >= frame.top.floor() && y <= frame.bottom.ceil()));
    // what is no range is not taken
    for range in [(0.0, 1.0), (2.0, 1.0), (f64::NAN, 1.0), (1.0, f64::INFINITY)] {
        let free = CurvesChart { range: Some(range), ..fixed.clone() };
        assert!(picture(&free, (640, 300)).gave.values().1 > 1e3, "{range:?}");
    }
}

#[test]
fn pinned_runs_that_diverge_do_not_flatten_the_others() {
    let (run, wild) = ([1.0, 0.1], [1.0, 1e30]);
    let lines = [curve("raw", Approach::Raw, &run), Curve { role: Role::Ghost, ..curve("A", Approach::Raw, &wild) }];
    let (low, high) = picture(&chart(&lines, 2), (640, 300)).gave.values();
    assert!(high < 1e4 && low < 0.1, "{low} to {high}");
}

#[test]
fn the_playhead_has_a_dot_on_each_run_and_the_values_there() {
    let values = [vec![0.5f32; 10], vec![0.25; 5]];
    let lines = [curve("raw", Approach::Raw, &values[0]), curve("vmap", Approach::Vmap, &values[1])];
    let chart = chart(&lines, 10);
    let theme = theme();
    let frame = picture(&chart, (640, 300)).gave;
    let over =
        |step: usize| draw((640, 300), |area| curves_playhead(area, &chart, &frame, step, &theme).expect("a drawing"));
    let at = over(5);
    assert_eq!(at.words(), ["0.25000", "0.50000"]);
    let line = at.tags("rect").next().expect("the playhead's line");
    assert_eq!(number(line, "x"), frame.x_of_step(5).round());
    let dot = at.tags("circle").find(|tag| tag.contains(&hex(theme.raw))).expect("a dot");
    let y = frame.y_of_value(0.5).expect("a place");
    assert_eq!((number(dot, "cx"), number(dot, "cy")), (frame.x_of_step(5).round(), y.round()));
    // the second run has ended
    assert_eq!(over(8).words(), ["–", "0.50000"]);
    assert_eq!(over(8).count("polygon", theme.vmap), 1, "at its value only");
    assert!(over(0).words().is_empty());
}

#[test]
fn values_are_read_as_python_names_them_and_in_one_width() {
    let values = [1.25f32, 1e-20, -3.0, f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 0.0, 123_456.0, 1.234_567e-10];
    let lines = [curve("raw", Approach::Raw, &values)];
    let chart = chart(&lines, 9);
    let read: Vec<String> = (1..=10).map(|step| curves_readings(&chart, step)[0].text(5)).collect();
    let trimmed: Vec<&str> = read.iter().map(|text| text.trim()).collect();
    assert_eq!(
        trimmed,
        ["1.2500", "1.0000e−20", "−3.0000", "nan", "inf", "−inf", "0.0000", "1.2346e5", "1.2346e−10", "–"]
    );
    assert!(read.iter().all(|text| text.chars().count() == 10), "{read:?}");
}

#[test]
fn the_table_has_both_ends_and_every_curve() {
    let values: Vec<f32> = (1..=6432).map(|step| step as f32).collect();
    let lines = [curve("raw", Approach::Raw, &values), curve("vmap", Approach::Vmap, &values[..3])];
    let table = curves_table(&chart(&lines, 6432), 30);
    assert_eq!((table.key, &table.columns[..]), ("step", &["raw".to_owned(), "vmap".to_owned()][..]));
    assert!((20..=31).contains(&table.rows.len()), "{} rows", table.rows.len());
    assert_eq!((table.rows[0].at, &table.rows[0].values[..]), (1, &[Some(1.0), Some(1.0)][..]));
    let last = &table.rows[table.rows.len() - 1];
    assert_eq!((last.at, &last.values[..]), (6432, &[Some(6432.0), None][..]));
    let axis = StepAxis { window: Some((100, 104)), ..StepAxis::new(6432, 32) };
    let steps: Vec<usize> =
        curves_table(&CurvesChart { axis, ..chart(&lines, 0) }, 30).rows.iter().map(|row| row.at).collect();
    assert_eq!(steps, [100, 101, 102, 103, 104]);
}

#[test]
fn a_recording_with_gaps_is_drawn_and_read_at_its_steps() {
    // after steps 3, 6, 9 and 10
    let (values, all) = ([4.0f32, 3.0, 2.0, 1.0], vec![5.0f32; 10]);
    let sampling = Sampling { stride: 3, total: 10 };
    let lines = [Curve { sampling, ..curve("raw", Approach::Raw, &values) }, curve("vmap", Approach::Vmap, &all)];
    let chart = CurvesChart { log: false, ..chart(&lines, 10) };
    let read = |step: usize| curves_readings(&chart, step)[0].value;
    let expected =
        [None, None, None, Some(4.0), Some(4.0), Some(4.0), Some(3.0), Some(3.0), Some(3.0), Some(2.0), Some(1.0)];
    assert_eq!((0..=10).map(read).collect::<Vec<_>>(), expected);
    assert_eq!(read(11), None);
    assert_eq!((0..=10).map(|step| sampling.nearest(step)).collect::<Vec<_>>(), [0, 0, 3, 3, 3, 6, 6, 6, 9, 9, 10]);
    // steps that were computed again are read as they are
    let known = [Curve { exact: &[(4, 3.75), (5, f32::INFINITY)], ..lines[0].clone() }];
    let exact = CurvesChart { curves: &known, ..chart.clone() };
    let read = |step: usize| curves_readings(&exact, step)[0].value;
    assert_eq!([3, 4, 5, 6].map(read), [4.0, 3.75, f32::INFINITY, 3.0].map(Some));
    let picture = picture(&chart, (640, 300));
    let xs: Vec<f64> = picture.lines()[0].1.iter().map(|point| point.0).collect();
    assert_eq!(xs, [3, 6, 9, 10].map(|step| picture.gave.x_of_step(step).round()));
    assert!(curves_summary(&chart).starts_with("Loss: raw goes from 4.000 at step 3 to 1.000 at step 10;"));
    let broken = [4.0, f32::NAN, f32::NAN, f32::NAN];
    let lines = [Curve { sampling, ..curve("raw", Approach::Raw, &broken) }];
    assert!(curves_summary(&CurvesChart { curves: &lines, ..chart }).ends_with("leaves float32 at step 6."));
}

#[test]
fn a_run_that_takes_no_steps_waits_for_none() {
    let lines = [curve("loss", Approach::Module, &[])];
    let waiting = chart(&lines, 10);
    let never = CurvesChart { waits: false, ..waiting.clone() };
    assert!(picture(&waiting, (640, 300)).words().contains(&"no steps yet".to_owned()));
    assert!(picture(&never, (640, 300)).words().contains(&"the run takes no steps".to_owned()));
    assert_eq!(curves_summary(&never), "Loss: the run takes no steps.");
}

#[test]
fn a_band_of_many_runs_is_drawn_said_and_tabled() {
    let values = [[1.0, 0.5, 0.25], [2.0, 1.0, 0.5], [4.0, f32::INFINITY, f32::INFINITY]];
    let steps = [10, 20, 30];
    let color = Theme::light(1.0).look(Approach::Raw).color;
    let middle = CurvesMiddle { name: "64 runs", steps: &steps, values: [&values[0], &values[1], &values[2]], color };
    let run: Vec<f32> = (0..30).map(|step| 2.0 / (step + 1) as f32).collect();
    let lines = [curve("raw", Approach::Raw, &run)];
    let plain = chart(&lines, 30);
    let with = CurvesChart { middle: Some(middle), ..plain.clone() };
    let said = curves_summary(&with);
    assert!(
        said.ends_with(
            "64 runs: at step 30 the middle 90 % lie between 0.2500 and beyond float32, their median is 0.5000."
        ),
        "{said}"
    );
    let table = curves_middle_table(&with, 2).expect("a table");
    assert_eq!(table.rows.iter().map(|row| row.at).collect::<Vec<_>>(), [10, 30]);
    assert_eq!(table.rows[1].values, [Some(0.25), Some(0.5), Some(f64::INFINITY)]);
    assert_eq!(curves_middle_table(&plain, 2), None);
    for log in [true, false] {
        for size in [(320, 200), (640, 300)] {
            let shown = picture(&CurvesChart { log, ..with.clone() }, size).svg;
            assert_ne!(shown, picture(&CurvesChart { log, ..plain.clone() }, size).svg);
        }
    }
}
