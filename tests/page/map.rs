//! The map: which runs it is made of, in which order, and what is said of them.

use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::run::map::Outcomes;
use thetahat::lecture::run::tanh::{End, STEPS, Trainings};
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::{Branch, Config, ModuleKind, Program};
use thetahat::lecture::verdict::stability::Stability;
use thetahat::page::map::cells::Cells;
use thetahat::page::map::course;
use thetahat::page::map::figure::{csv, table, with_chart};
use thetahat::page::map::plan::{Plan, Wanted};
use thetahat::page::map::{network, words, zoom};
use thetahat::page::view::{FINE, MapView, Part, Quantity, Rates};
use thetahat::plot::{Heat, Shades, Theme, heatmap};
use thetahat::worker::protocol::{CurvesRequest, JobRequest, Luck};

fn lab() -> Config {
    Config { epochs: 2, learning_rate: 0.0123, batch_size: 17, ..Config::default() }
}

fn a_part() -> MapView {
    MapView { part: Some(Part { rates: [0.005, 5.0], batches: [12, 20] }), ..MapView::default() }
}

/// Has everything computed that a plan asks for, in its order.
fn computed(plan: Plan) -> Cells {
    let shared = Shared::default();
    let mut cells = Cells::new(plan);
    for wanted in cells.missing() {
        if let JobRequest::MapRow(row) = cells.plan.request(&wanted) {
            cells.take(&wanted, &row.outcomes(&shared).expect("a row"));
        }
    }
    cells
}

#[test]
fn the_labs_own_cell_has_the_labs_own_numbers() {
    let cells = computed(Plan::new(&lab(), &a_part()));
    assert!(cells.is_complete());
    let own = cells.plan.own.expect("the Lab's run is in this part");
    assert_eq!(cells.plan.run(own), Some(lab()));
    let cell = cells.at(own).expect("a cell");
    let run = Trainer::new(&lab()).expect("a run").advance(usize::MAX).expect("steps");
    let bits = |value: Option<&f32>| value.map(|value| value.to_bits());
    assert_eq!(Some(cell.distance.to_bits()), bits(run.norms.last()));
    assert_eq!(Some(cell.loss.to_bits()), bits(run.losses.last()));
    assert!(cells.diverging() > 0 && cells.diverging() < cells.known());
    let text = csv(&cells);
    assert_eq!(text.lines().count(), 1 + cells.known());
    assert!(text.lines().any(|line| line.starts_with(&format!("0.0123,17,{},{},", cell.loss, cell.distance))));
    let table = table(&cells, Quantity::Distance);
    assert!(table.columns.contains(&"rate 0.0123".to_owned()) && table.rows.iter().any(|row| row.at == 17));
    let summary = words::summary(&cells, &a_part());
    assert!(summary.contains("The Lab’s run, rate 0.0123 and batch size 17"), "{summary}");
    assert!(words::status(&cells, false).starts_with("576 runs in "));
}

#[test]
fn a_run_that_leaves_float32_is_looked_at_where_it_does() {
    let shared = Shared::default();
    let course_of = |config: &Config| {
        let mut end = config.steps();
        for _ in 0..4 {
            let window = (0, end);
            let request = CurvesRequest {
                config: config.clone(),
                runs: 1,
                luck: Luck::Shuffles,
                window,
                entries: course::ENTRIES,
            };
            let mut run = request.course(0, &shared).expect("a run");
            run.advance(usize::MAX).expect("steps");
            while !run.is_done() {
                run.advance(usize::MAX).expect("steps");
            }
            let curves = request.curves(&[run.finish().expect("an end")]);
            match course::closer(&curves) {
                Some(closer) => end = closer,
                None => return curves,
            }
        }
        panic!("it is looked at again and again")
    };
    let base = Config { epochs: 40, ..Config::default() };
    for (learning_rate, batch_size) in [(3.3, 1), (10.0, 500), (10.0, 1), (1.2, 16), (0.9, 2)] {
        let config = Config { learning_rate, batch_size, ..base.clone() };
        let outcome =
            Trainer::with(&config, &shared).and_then(|mut run| run.advance(usize::MAX)).expect("steps").outcome;
        let step = outcome.overflow.distance.expect("it leaves float32");
        let curves = course_of(&config);
        let is_finite = |norm: &&f32| norm.is_finite();
        let seen = curves.norms[1].iter().take_while(is_finite).count();
        assert!(seen + 1 >= step.min(24), "rate {learning_rate}: {seen} points of the way to step {step}");
        let remark = course::remark(&curves).expect("a remark");
        let said: usize = remark
            .split("step ")
            .nth(1)
            .and_then(|rest| rest.split(';').next())
            .and_then(|step| step.replace(',', "").parse().ok())
            .expect("a step");
        assert!(
            if remark.contains(" at step ") { said == step } else { said >= step && said < step + step / 10 },
            "{remark} It is {step}."
        );
    }
    let arriving = course_of(&base);
    assert_eq!((course::closer(&arriving), course::remark(&arriving)), (None, None));
}

#[test]
fn every_cell_is_computed_once_and_the_first_turn_covers_the_map() {
    let plan = Plan::new(&Config::default(), &MapView::default());
    assert_eq!((plan.rates.len(), plan.batches.len()), (64, 64));
    assert!(plan.rates.is_sorted_by(|a, b| a < b) && plan.batches.is_sorted_by(|a, b| a < b));
    assert_eq!((plan.rates[0], plan.rates[63], plan.batches[63]), (1e-4, 10.0, 500));
    let mut seen = vec![0; plan.cells()];
    for wanted in plan.wanted() {
        if let Wanted::Cells(piece) = wanted {
            piece.columns.iter().for_each(|column| seen[piece.row * 64 + column] += 1);
        }
    }
    assert!(seen.iter().all(|&times| times == 1));
    let mut cells = Cells::new(plan.clone());
    let first = plan.wanted().into_iter().take_while(|wanted| matches!(wanted, Wanted::Cells(_)));
    for wanted in first {
        let Wanted::Cells(piece) = &wanted else { continue };
        let some = vec![1.0; piece.columns.len()];
        let outcomes = Outcomes { losses: some.clone(), norms: some, ..Outcomes::default() };
        cells.take(&wanted, &outcomes);
    }
    assert_eq!(cells.known(), 64);
    assert!((0..64).all(|row| (0..64).all(|column| cells.near((row, column)).is_some())));
}

#[test]
fn what_cannot_be_mapped_is_left_out_and_said() {
    let long = Config { epochs: 6_000, ..Config::default() };
    let plan = Plan::new(&long, &MapView::default());
    assert_eq!(plan.batches[0], 2, "single rows would take three million steps");
    assert!(words::remark(&Cells::new(plan)).contains("1 batch size left out: runs would take too many steps"));
    let nothing = Config { program: Program::Module(ModuleKind::Pitfall), ..Config::default() };
    let cells = Cells::new(Plan::new(&nothing, &MapView::default()));
    assert!(words::status(&cells, false).contains("takes no steps"));
    let branch = Branch { step: 5, learning_rate: 0.1, ..branch() };
    let branched = Config { branch: Some(branch), ..Config::default() };
    assert!(words::remark(&Cells::new(Plan::new(&branched, &MapView::default()))).contains("branch"));
    let tiny = Config { samples: 1, features: 1, ..Config::default() };
    assert_eq!(Plan::new(&tiny, &a_part()).batches, [1]);
}

fn branch() -> Branch {
    Branch { step: 0, learning_rate: 0.1, optimizer: Config::default().optimizer, schedule: Config::default().schedule }
}

#[test]
fn a_map_is_drawn_in_every_state() {
    use plotters::backend::SVGBackend;
    use plotters::drawing::IntoDrawingArea;
    let draw = |cells: &Cells, view: &MapView, size: (u32, u32)| {
        let mut text = String::new();
        let frame = {
            let area = SVGBackend::with_string(&mut text, size).into_drawing_area();
            with_chart(cells, view, |chart| heatmap(&area, chart, &Theme::light(1.0).for_svg()).expect("a drawing"))
        };
        (text, frame)
    };
    let empty = Cells::new(Plan::new(&lab(), &a_part()));
    assert!(draw(&empty, &a_part(), (800, 700)).1.is_some());
    assert!(draw(&Cells::default(), &a_part(), (800, 700)).1.is_none());
    let cells = computed(Plan::new(&lab(), &a_part()));
    for quantity in Quantity::ALL {
        let view = MapView { quantity, ..a_part() };
        let (text, frame) = draw(&cells, &view, (800, 700));
        let frame = frame.expect("cells");
        assert!(text.contains("learning rate") && text.contains("batch size"));
        assert_eq!(frame.cell((0.0, 0.0)), None);
        assert_eq!(frame.nearest((-5.0, 1e4)), Some((0, 0)));
        assert_eq!(frame.nearest((1e4, -5.0)), Some((cells.plan.batches.len() - 1, 63)));
        assert!(draw(&cells, &view, (20, 20)).0.contains("svg"));
    }
}

#[test]
fn the_rule_says_what_the_colours_of_each_quantity_are() {
    for quantity in Quantity::ALL {
        let view = MapView { quantity, ..a_part() };
        let said = words::rule(&view);
        assert_eq!(said.contains("its shade says how many do"), quantity == Quantity::Spread, "{said}");
        assert!(said.contains("equal numbers one shade") && !said.contains("each shade has"), "{said}");
        with_chart(&Cells::new(Plan::new(&lab(), &view)), &view, |chart| {
            let parts = Shades::Parts(16);
            assert_eq!(chart.shades, [Shades::Ranks, if quantity == Quantity::Spread { parts } else { Shades::Ranks }]);
        });
    }
    assert!(words::rule(&border()).contains("equal numbers one shade"));
}

#[test]
fn a_part_can_be_zoomed_and_stays_within_the_map() {
    let config = Config::default();
    let mut part = Part::whole(&config);
    for _ in 0..40 {
        part = part.zoomed((0.97, 1), 0.5, &config).expect("a part");
        assert!(part.is_valid() && part.rates[0] <= 0.97 && part.rates[1] >= 0.97, "{part:?}");
    }
    for _ in 0..40 {
        let Some(next) = part.zoomed((0.97, 1), 2.0, &config) else { return };
        part = next;
    }
    panic!("zooming out ends at the whole map, not at {part:?}");
}

#[test]
fn values_that_are_not_known_have_no_rank() {
    let cell = thetahat::page::map::cells::Cell { distance: 0.5, ..Default::default() };
    assert!(cell.heat(Quantity::Steps).value.is_nan() && !cell.heat(Quantity::Steps).beyond);
    assert_eq!(cell.heat(Quantity::Distance), Heat { beyond: false, value: 0.5 });
    let wild = thetahat::page::map::cells::Cell { diverges: 0.25, ..cell };
    assert_eq!(wild.heat(Quantity::Spread), Heat { beyond: true, value: 0.25 });
}

/// A few cells across the border, with several shuffles.
fn shuffled() -> Cells {
    let part = Part { rates: [0.005, 5.0], batches: [16, 17] };
    computed(Plan::new(&lab(), &MapView { part: Some(part), quantity: Quantity::Spread, ..MapView::default() }))
}

#[test]
fn runs_and_cells_are_not_taken_for_each_other() {
    let cells = shuffled();
    let view = MapView { quantity: Quantity::Spread, ..a_part() };
    let said = words::summary(&cells, &view);
    assert!(said.contains("128 of 128 cells computed, each with 16 runs"), "{said}");
    assert!(said.contains(&format!("in {} cells at least one of them diverges.", cells.diverging())), "{said}");
    assert!(words::status(&cells, false).starts_with("2,048 runs in "));
}

#[test]
fn a_line_says_what_a_cell_and_what_a_line_is() {
    let cells = computed(Plan::new(&lab(), &MapView { target: 0.5, ..a_part() }));
    let own = cells.plan.own.expect("the Lab's run is in this part");
    let said = words::line(&cells, own);
    assert!(said.starts_with("rate 0.0123, batch size 17 – the Lab’s run · final ‖θ − θ̂‖: "), "{said}");
    assert!(said.contains(" · steps to ‖θ − θ̂‖ < 0.5: ") && said.ends_with(" · holds"), "{said}");
    let network = coarse(&border());
    let said = words::line(&network, (0, 0));
    assert!(said.starts_with("hidden 100, output 4 · final loss: "), "{said}");
    assert!(words::key(&cells).is_empty(), "no limits are known yet");
    let mut cells = cells;
    cells.take_limits(
        cells
            .plan
            .batches
            .iter()
            .map(|&rows| Stability {
                rows,
                full_batch: Some(1.0),
                mean_square: Some(0.9),
                typical: Some(1.1),
                ..Stability::default()
            })
            .collect(),
    );
    let growth = words::theory(&cells).pop().expect("a line").1;
    assert!(growth.contains("<mi>k</mi><mo>→</mo><mi>∞</mi>"), "a limit says of what: {growth}");
    let key = words::key(&cells);
    assert_eq!(key.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["full batch", "mean square", "typical growth"]);
    assert!(key.iter().all(|(_, meaning)| !meaning.contains([':', ';'])), "{key:?}");
}

#[test]
fn what_cannot_be_done_in_a_frame_is_not_offered_there() {
    for [pointer, finger] in [words::how_to(false, true), words::how_to(true, false)] {
        assert!(!pointer.contains("Lab") && !finger.contains("open"), "{pointer} {finger}");
    }
    assert!(words::how_to(false, false)[0].contains("click to open its run in the Lab"));
}

#[test]
fn zooming_that_leads_nowhere_says_why() {
    let same = |view: MapView| {
        let cells = Cells::new(Plan::new(&Config::default(), &view));
        (cells, view)
    };
    let deep = Rates { hidden: [27.065_310_7, 27.066_634_5], output: [13.754_879_4, 13.764_209_3] };
    let (mut cells, mut view) = same(MapView { network: true, rates: Some(deep), ..MapView::default() });
    let mut zooms = 0;
    while let Ok(next) = zoom::around(&cells, &view, Some((64, 64)), 0.5) {
        assert_ne!(next, view);
        (cells, view) = same(next);
        zooms += 1;
    }
    assert!(zooms < 4, "{zooms}");
    for said in [zoom::around(&cells, &view, Some((64, 64)), 0.5), zoom::between(&cells, &view, (60, 60), (64, 64))] {
        assert!(said.is_err_and(|said| said.contains("float32")));
    }
    // a rectangle that is too small goes as deep as it can
    let (cells, view) = same(MapView { network: true, rates: Some(deep), ..MapView::default() });
    assert!(zoom::between(&cells, &view, (30, 30), (90, 90)).is_ok_and(|next| next != view));
    let (cells, view) = same(MapView { network: true, ..MapView::default() });
    assert_eq!(zoom::around(&cells, &view, Some((64, 64)), 2.0), Err("This is the whole map."));
    let narrow = Part { rates: [0.1, 0.1001], batches: [16, 16] };
    let (cells, view) = same(MapView { part: Some(narrow), ..MapView::default() });
    for said in [zoom::around(&cells, &view, Some((0, 20)), 0.5), zoom::between(&cells, &view, (0, 20), (0, 24))] {
        assert!(said.is_err_and(|said| said.contains("Zooming ends here")));
    }
    // with nothing pointed at, around the middle
    assert!(zoom::around(&cells, &view, None, 0.5).is_err_and(|said| said.contains("Zooming ends here")));
    let (cells, view) = same(MapView { part: Some(Part { rates: [0.1, 1.0], batches: [16, 64] }), ..view });
    assert!(zoom::around(&cells, &view, None, 0.5).is_ok_and(|next| next != view));
    // what is no rectangle zooms in around its place
    let (cells, view) = same(MapView::default());
    let next = zoom::between(&cells, &view, (20, 20), (30, 20)).expect("a part");
    assert!(next.part.is_some_and(|part| part.rates[0] < part.rates[1]), "{next:?}");
}

/// A part of the network's map across its border.
fn border() -> MapView {
    MapView { network: true, rates: Some(Rates { hidden: [100.0, 2000.0], output: [4.0, 16.0] }), ..MapView::default() }
}

/// Has the first turn of the network's map computed.
fn coarse(view: &MapView) -> Cells {
    let mut cells = Cells::new(Plan::new(&Config { seed: 42, ..lab() }, view));
    let mut trainings = Trainings::new().expect("a compiled step");
    for wanted in cells.missing().into_iter().take(8) {
        let JobRequest::TanhRow(row) = cells.plan.request(&wanted) else { panic!("{wanted:?}") };
        let mut outcomes = Outcomes::default();
        row.rates.iter().for_each(|pair| outcomes.append(trainings.outcomes(row.seed, &[*pair]).expect("an end")));
        cells.take(&wanted, &outcomes);
    }
    cells
}

#[test]
fn the_networks_map_is_asked_for_coarse_to_fine_and_has_the_numbers_of_single_trainings() {
    let cells = coarse(&border());
    let plan = &cells.plan;
    assert_eq!((plan.rates.len(), plan.rows(), plan.cells()), (FINE, FINE, FINE * FINE));
    assert_eq!((plan.own, plan.run((0, 0)), plan.pair((0, 0))), (None, None, Some([100.0, 4.0])));
    let mut seen = vec![0; plan.cells()];
    for wanted in plan.wanted() {
        let Wanted::Cells(piece) = wanted else { panic!("no limits are known of it") };
        piece.columns.iter().for_each(|column| seen[piece.row * FINE + column] += 1);
    }
    assert!(seen.iter().all(|&times| times == 1));
    assert!(cells.known() == 64 && !cells.is_complete());
    assert!((0..FINE).all(|row| (0..FINE).all(|column| cells.near((row, column)).is_some())));
    assert!(cells.diverging() > 8 && cells.diverging() < 56, "{} diverge", cells.diverging());
    for place in [(0, 0), (64, 48), (112, 112)] {
        let pair = plan.pair(place).expect("a pair");
        let losses = Trainings::side_by_side(1).and_then(|mut it| it.losses(42, &[pair], STEPS)).expect("losses");
        let (end, cell) = (End::of(losses), cells.at(place).expect("a cell"));
        assert_eq!([cell.loss, cell.typical].map(f32::to_bits), [end.loss, end.typical].map(f32::to_bits));
        assert_eq!(cell.diverges > 0.0, end.diverges);
        let facts = words::facts(&cells, place, cell);
        assert_eq!(facts[0].1.parse::<f32>().ok(), Some(pair[0] as f32), "{facts:?}");
    }
    let text = csv(&cells);
    assert!(text.starts_with("hidden_learning_rate,") && text.lines().count() == 65, "{text}");
    assert!(words::summary(&cells, &border()).contains("64 of 16,384 trainings computed"));
    assert_eq!(words::place(&cells, (0, 0)), "hidden 100, output 4");
    assert_eq!(words::remark(&cells), "");
    let table = table(&cells, Quantity::Distance);
    assert_eq!((table.rows.len(), table.columns.len()), (9, 10));
    // the Lab's settings do not matter, but for the seed
    assert_eq!(Plan::new(&Config { seed: 42, epochs: 9, ..Config::default() }, &border()), *plan);
    assert_ne!(Plan::new(&Config { seed: 43, ..lab() }, &border()), *plan);
}

#[test]
fn the_networks_map_is_drawn_with_its_axes_named() {
    use plotters::backend::SVGBackend;
    use plotters::drawing::IntoDrawingArea;
    let deep = Rates { hidden: [812.345, 812.365], output: [8.123_45, 8.123_65] };
    assert!(deep.is_valid() && deep.is_deepest());
    let deep = MapView { rates: Some(deep), ..border() };
    for (view, label) in [(MapView { rates: None, ..border() }, "10³"), (border(), "100"), (deep, "812.35")] {
        let cells = coarse(&view);
        for quantity in [Quantity::Distance, Quantity::Loss] {
            let mut text = String::new();
            let frame = {
                let area = SVGBackend::with_string(&mut text, (800, 700)).into_drawing_area();
                let view = MapView { quantity, ..view };
                with_chart(&cells, &view, |chart| {
                    heatmap(&area, chart, &Theme::light(1.0).for_svg()).expect("a drawing")
                })
            };
            assert!(frame.is_some_and(|frame| frame.nearest((1e4, -5.0)) == Some((FINE - 1, FINE - 1))));
            assert!(network::AXES.iter().all(|name| text.contains(name)));
            assert!(text.contains(label), "no {label} in {text}");
        }
        assert_eq!(words::remark(&cells).is_empty(), view.rates != deep.rates);
    }
}

#[test]
fn zooming_ends_where_float32_cannot_tell_neighbours_apart() {
    let about = [812.345_678, 8.765_432];
    let mut part = Rates::WHOLE;
    let mut depth = 0;
    while let Some(next) = part.zoomed(about, 0.5).filter(|next| *next != part) {
        assert!(next.is_valid(), "{next:?}");
        assert!(next.hidden[0] < about[0] && about[0] < next.hidden[1], "{next:?}");
        (part, depth) = (next, depth + 1);
    }
    assert!((17..20).contains(&depth) && part.is_deepest(), "{depth}: {part:?}");
    let view = MapView { network: true, rates: Some(part), ..MapView::default() };
    let plan = Plan::new(&Config::default(), &view);
    for rates in [&plan.rates, &plan.outputs] {
        assert!(rates.windows(2).all(|pair| (pair[0] as f32) < (pair[1] as f32)), "{part:?}");
    }
    assert_eq!(Rates::between(about, [about[0] * (1.0 + 1e-9), 9.0]), None);
    assert_eq!(Rates::between([20.0, 9.0], [10.0, 3.0]), Some(Rates { hidden: [10.0, 20.0], output: [3.0, 9.0] }));
    for _ in 0..40 {
        let Some(next) = part.zoomed(about, 2.0) else { return };
        part = next;
    }
    panic!("zooming out ends at the whole map, not at {part:?}");
}
