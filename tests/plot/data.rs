//! The data at one step, and the strip of an epoch.

use proptest::prelude::*;
use thetahat::base::words::number as words_number;
use thetahat::lecture::run::inspection::Inspection;
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::Config;
use thetahat::plot::{
    Approach, DataChart, DataFrame, DataWindow, EpochStrip, StripFrame, Theme, data, data_nearest, data_summary,
    data_table, epoch_strip,
};

use crate::picture::{Picture, draw, hex, number};

fn theme() -> Theme {
    Theme::light(1.0)
}

/// A step of a run, taken apart.
pub fn inspect(config: &Config, step: usize) -> Inspection {
    let mut trainer = Trainer::new(config).expect("a valid configuration");
    trainer.advance(usize::MAX).expect("steps");
    trainer.inspect(step).expect("a step")
}

pub fn chart(inspection: &Inspection) -> DataChart<'_> {
    let columns = &inspection.columns;
    DataChart {
        x: &columns.x,
        targets: &columns.targets,
        predictions: &columns.predictions,
        slope: columns.params.first().copied(),
        order: &columns.order,
        first: inspection.first,
        rows: inspection.rows,
        look: theme().look(Approach::Raw),
        window: None,
    }
}

fn picture(chart: &DataChart<'_>) -> Picture<DataFrame> {
    draw((560, 420), |area| data(area, chart, &theme()).expect("a drawing"))
}

/// How many samples of each kind are drawn, without the key's: to come, used, in the batch.
fn counts(picture: &Picture<DataFrame>) -> (usize, usize, usize) {
    let marks = |kind: &str, color: plotters::style::RGBColor, opacity: &str| {
        let (color, opacity) = (hex(color), format!("opacity=\"{opacity}\""));
        picture.tags(kind).filter(|tag| tag.contains(&color) && tag.contains(&opacity)).count() - 1
    };
    let theme = theme();
    (marks("rect", theme.ink, "0.3"), marks("rect", theme.raw, "0.45"), marks("circle", theme.raw, "1"))
}

#[test]
fn every_sample_is_there_once_and_the_batch_is_lit_up() {
    let config = Config { epochs: 3, ..Config::default() };
    // the third batch of the second epoch, and the short last one
    for (step, expected) in [(34, (452, 32, 16)), (63, (0, 496, 4))] {
        let inspection = inspect(&config, step);
        let picture = picture(&chart(&inspection));
        assert_eq!(counts(&picture), expected, "step {step}");
        for text in ["Data", "target y", "prediction ŷ", "ŷ = y", "to come", "used", "this batch"] {
            assert!(picture.has(text), "{text} is not in {:?}", picture.words());
        }
    }
}

#[test]
fn with_one_feature_samples_stand_over_it_with_the_fitted_line() {
    let inspection = inspect(&Config { features: 1, sigma: 0.3, epochs: 3, ..Config::default() }, 40);
    let chart = chart(&inspection);
    let picture = picture(&chart);
    assert!(picture.has("x") && picture.has("y") && !picture.has("ŷ = y"));
    let raw = hex(theme().raw);
    let lines: Vec<Vec<(f64, f64)>> =
        picture.lines().into_iter().filter(|(color, _)| *color == raw).map(|(_, points)| points).collect();
    assert_eq!(lines.len(), 1 + 16, "the fitted line and the batch's residuals");
    let slope = f64::from(chart.slope.expect("a slope"));
    for &at in &lines[0] {
        let (x, y) = picture.gave.to_values(at);
        assert!((y - slope * x).abs() < 0.02, "({x}, {y}) is not on the line of slope {slope}");
    }
    for residual in &lines[1..] {
        let (foot, top) = (picture.gave.to_values(residual[0]), picture.gave.to_values(residual[1]));
        assert_eq!(residual[0].0, residual[1].0, "residuals are vertical");
        assert!((foot.1 - slope * foot.0).abs() < 0.05, "a residual begins on the line, not at {foot:?}");
        assert!(
            inspection.columns.targets.iter().any(|&y| (f64::from(y) - top.1).abs() < 0.02),
            "and ends at a target"
        );
    }
    assert!(data_summary(&chart).contains(&format!("The fitted line is ŷ = {} x.", words_number(slope))));
}

#[test]
fn residuals_join_predictions_and_the_diagonal() {
    let inspection = inspect(&Config { epochs: 1, ..Config::default() }, 5);
    let picture = picture(&chart(&inspection));
    let raw = hex(theme().raw);
    let residuals: Vec<_> = picture.lines().into_iter().filter(|(color, _)| *color == raw).collect();
    assert_eq!(residuals.len(), 16);
    for (_, points) in residuals {
        let (foot, _) = (picture.gave.to_values(points[0]), points[1]);
        assert!((foot.0 - foot.1).abs() < 0.03, "{foot:?} is not on the diagonal");
        assert_eq!(points[0].0, points[1].0);
    }
}

#[test]
fn of_very_many_samples_every_few_are_drawn_and_it_is_said() {
    let count = 100_000;
    let values: Vec<f32> = (0..count).map(|index| index as f32 / count as f32).collect();
    let order: Vec<u32> = (0..count).collect();
    let chart = DataChart {
        x: &[],
        targets: &values,
        predictions: &values,
        slope: None,
        order: &order,
        first: 40_000,
        rows: 50_000,
        look: theme().look(Approach::Module),
        window: None,
    };
    let marks = picture(&chart).svg.lines().filter(|line| line.starts_with('<')).count();
    assert!((2000..8000).contains(&marks), "{marks} marks");
    assert!(data_summary(&chart).ends_with("of the most numerous kind, one in 34."), "{}", data_summary(&chart));
    assert!(data_table(&chart, 30).rows.len() <= 31);
    let few = inspect(&Config { epochs: 1, ..Config::default() }, 0);
    assert!(!data_summary(&self::chart(&few)).contains("one in"));
}

#[test]
fn the_summary_and_the_table_tell_the_batch() {
    let inspection = inspect(&Config { epochs: 2, ..Config::default() }, 33);
    let chart = chart(&inspection);
    let summary = data_summary(&chart);
    let loss = format!("The batch’s mean squared residual is {}.", words_number(f64::from(inspection.after.loss)));
    assert_eq!(
        summary,
        format!("Data: of 500 samples, 16 are in this step’s batch; 16 were used before in this epoch. {loss}")
    );
    let early = DataChart { rows: 0, ..chart.clone() };
    let not_yet = "Data: of 500 samples, 16 were used before in this epoch; the batch of this step is not drawn yet.";
    assert_eq!(data_summary(&early), not_yet);
    let table = data_table(&chart, 30);
    assert_eq!((table.key, table.columns.join(" ")), ("sample", "y ŷ ŷ − y".to_owned()));
    let rows: Vec<usize> = table.rows.iter().map(|row| row.at).collect();
    let mut batch: Vec<usize> = inspection.columns.order[16..32].iter().map(|&index| index as usize).collect();
    batch.sort_unstable();
    assert_eq!(rows, batch);
    for row in &table.rows {
        let [Some(target), Some(prediction), Some(residual)] = row.values[..] else { panic!("{row:?}") };
        assert_eq!(target, f64::from(inspection.columns.targets[row.at]));
        assert_eq!(residual, prediction - target);
    }
}

#[test]
fn a_sample_is_found_at_its_place() {
    let inspection = inspect(&Config { epochs: 1, ..Config::default() }, 5);
    let chart = chart(&inspection);
    let frame = picture(&chart).gave;
    let inside = |sample: &usize| inspection.columns.predictions[*sample].abs() < 1.0;
    let batch = inspection.columns.order[inspection.first..][..16].iter().map(|&index| index as usize);
    for sample in batch.filter(inside) {
        let columns = &inspection.columns;
        let at = frame.to_pixel((f64::from(columns.targets[sample]), f64::from(columns.predictions[sample])));
        assert_eq!(data_nearest(&chart, &frame, at, 5.0), Some(sample));
    }
    assert_eq!(data_nearest(&chart, &frame, (1.0, 1.0), 5.0), None);
}

#[test]
fn a_fixed_window_is_kept() {
    let inspection = inspect(&Config { epochs: 1, ..Config::default() }, 5);
    let window = DataWindow { low: (-10.0, -20.0), high: (10.0, 20.0) };
    let shown = picture(&DataChart { window: Some(window), ..chart(&inspection) }).gave.window();
    let close = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).abs() < 1e-9 && (a.1 - b.1).abs() < 1e-9;
    assert!(close(shown.low, window.low) && close(shown.high, window.high), "{shown:?}");
}

fn strip(samples: usize, batch_size: usize, current: Option<usize>) -> EpochStrip {
    EpochStrip { samples, batch_size, current, look: theme().look(Approach::Vmap) }
}

fn strip_picture(strip: &EpochStrip) -> Picture<StripFrame> {
    draw((640, 12), |area| epoch_strip(area, strip, &theme()).expect("a drawing"))
}

#[test]
fn an_epoch_has_a_cell_for_each_batch_and_a_short_last_one() {
    let strip = strip(500, 16, Some(9));
    assert_eq!((strip.cells(), strip.cell(31), strip.cell(32).len()), (32, 496..500, 0));
    let picture = strip_picture(&strip);
    // the paper, and the cells
    let cells: Vec<&str> = picture.tags("rect").skip(1).collect();
    assert_eq!(cells.len(), 32);
    let lit: Vec<usize> = (0..32).filter(|&cell| cells[cell].contains("opacity=\"1\"")).collect();
    assert_eq!(lit, [9]);
    assert!(number(cells[31], "width") * 3.0 < number(cells[30], "width"));
    assert_eq!(strip.summary(), "The epoch has 32 batches of 16 samples, the last of 4; this is batch 10.");
    assert_eq!(self::strip(500, 500, None).summary(), "The epoch has 1 batch of 500.");
    assert_eq!(self::strip(64, 16, None).summary(), "The epoch has 4 batches of 16 samples.");
}

#[test]
fn very_many_batches_are_one_bar() {
    let picture = strip_picture(&strip(100_000, 1, Some(50_000)));
    let bars: Vec<&str> = picture.tags("rect").skip(1).collect();
    assert_eq!(bars.len(), 3);
    assert!((number(bars[1], "width") - 320.0).abs() < 1.5 && number(bars[2], "width") >= 2.0);
}

proptest! {
    #[test]
    fn a_batch_is_found_again_at_its_cell(samples in 1usize..2000, batch_size in 1usize..300) {
        let strip = strip(samples, batch_size, Some(0));
        let frame = strip_picture(&strip).gave;
        let mut dealt = 0;
        for cell in 0..strip.cells() {
            let (left, right) = frame.edges(cell);
            prop_assert!(left < right && right <= 640.0 + 1e-9);
            prop_assert_eq!(frame.cell_at(f64::midpoint(left, right)), Some(cell));
            dealt += strip.cell(cell).len();
        }
        prop_assert_eq!(dealt, samples);
        prop_assert_eq!((frame.cell_at(-5.0), frame.cell_at(1e9)), (Some(0), Some(strip.cells() - 1)));
    }

    #[test]
    fn places_and_values_are_found_again(x in 0.0f64..560.0, y in 0.0f64..420.0, values in prop::collection::vec(-1e3f32..1e3, 1..30)) {
        let order: Vec<u32> = (0..values.len() as u32).collect();
        let chart = DataChart {
            x: &values, targets: &values, predictions: &values, slope: Some(1.0), order: &order, first: 0, rows: 2,
            look: theme().look(Approach::Raw), window: None,
        };
        let frame = picture(&chart).gave;
        let back = frame.to_pixel(frame.to_values((x, y)));
        prop_assert!((back.0 - x).abs() < 1e-6 && (back.1 - y).abs() < 1e-6);
        for &value in &values {
            let at = frame.to_pixel((f64::from(value), f64::from(value)));
            prop_assert!((0.0..=560.0).contains(&at.0) && (0.0..=420.0).contains(&at.1));
        }
    }

    #[test]
    fn no_data_break_the_chart(
        columns in prop::collection::vec(any::<(u32, u32, u32, u32)>(), 0..80),
        cut in (0usize..80, 0usize..80, 0usize..80),
        batch in (any::<usize>(), any::<usize>()),
        size in (1u32..700, 1u32..500),
        slope in prop::option::of(any::<f32>()),
        window in prop::option::of(((any::<f64>(), any::<f64>()), (any::<f64>(), any::<f64>()))),
    ) {
        let column = |which: fn(&(u32, u32, u32, u32)) -> u32, length: usize| -> Vec<f32> {
            columns.iter().take(length).map(|row| f32::from_bits(which(row))).collect()
        };
        let (x, targets) = (column(|row| row.0, cut.0), column(|row| row.1, 80));
        let predictions = column(|row| row.2, cut.1);
        let odd = columns.iter().take(cut.2).map(|row| row.3);
        let order: Vec<u32> = odd.zip(0..).map(|(odd, index)| if index % 5 == 0 { odd } else { index }).collect();
        let chart = DataChart {
            x: &x, targets: &targets, predictions: &predictions, slope, order: &order, first: batch.0 % 90, rows: batch.1,
            look: theme().look(Approach::Module), window: window.map(|(low, high)| DataWindow { low, high }),
        };
        let drawn = draw(size, |area| {
            let strip = EpochStrip { samples: batch.0 % 5000, batch_size: batch.1 % 50, current: Some(batch.1), look: chart.look };
            let strip_frame = epoch_strip(area, &strip, &theme()).expect("a drawing");
            prop_assert_eq!(strip_frame.cell_at(1.0).is_none(), strip.cells() == 0);
            Ok(data(area, &chart, &theme()).expect("a drawing"))
        });
        prop_assert!(!drawn.svg.contains("NaN"));
        let found = data_nearest(&chart, &drawn.gave?, (10.0, 10.0), 5.0);
        prop_assert!(found.is_none_or(|sample| sample < targets.len()));
        prop_assert!(data_table(&chart, cut.0).rows.iter().all(|row| row.at < targets.len()));
        prop_assert!(data_summary(&chart).starts_with("Data: "));
    }
}
