//! The figure of the data at the playhead: the batch that the step drew, predictions, residuals; and above it the strip of the epoch's batches.

use std::rc::Rc;

use leptos::prelude::*;
use web_sys::PointerEvent;

use crate::lecture::python::Stage;
use crate::page::figures::data;
use crate::plot::{self, DataChart, EpochStrip, StripFrame, Table, Theme, data_summary, data_table};

use crate::ui::lab::state::LabState;
use crate::ui::parts::effects::effect;
use crate::ui::parts::figure::{Figure, Painter};
use crate::ui::state::{Runs, Time};

/// Builds the chart of the first shown run's step, if it is known. Its batch is in it once that part of the step has come.
fn with_chart<R>(runs: Runs, time: Time, theme: &Theme, read: impl FnOnce(&DataChart<'_>) -> R) -> Option<R> {
    let has_batch = time.step() > 0 && time.stage.get() >= Stage::Batch;
    runs.steps.with(|steps| {
        let (approach, step) = steps.first()?;
        let chart = data::chart(approach, step, theme);
        Some(read(&DataChart { rows: if has_batch { chart.rows } else { 0 }, ..chart }))
    })
}

fn strip(lab: LabState, runs: Runs, theme: &Theme) -> Option<EpochStrip> {
    runs.steps.with(|steps| {
        let (approach, step) = steps.first()?;
        lab.settings.with(|settings| Some(data::strip(approach, step, settings, theme)))
    })
}

/// The batch in a table.
pub fn table(_: LabState, runs: Runs) -> Table {
    with_chart(runs, expect_context(), &Theme::light(1.0), |chart| data_table(chart, data::TABLE_ROWS))
        .unwrap_or_default()
}

/// The strip of the epoch and the data below it.
#[component]
pub fn DataFigure() -> impl IntoView {
    let runs: Runs = expect_context();
    let time: Time = expect_context();
    let painter = Painter::<()> {
        draw: Box::new(|_, _| Some(())),
        overlay: Box::new(move |(), area, theme| {
            // What the back end refuses is missing for one frame; there is nobody to tell.
            let _ = with_chart(runs, time, theme, |chart| plot::data(area, chart, theme).map(drop));
        }),
    };
    let figure = Figure::new(
        painter,
        || (),
        move || {
            runs.first_step.track();
            time.playhead.track();
            time.stage.track();
        },
    );
    view! {
        <figure class="figure data">
            <Strip/>
            <div class="drawing" role="img" aria-label="Data" aria-describedby="data-summary" node_ref=figure.node>
                {figure.canvases()}
            </div>
            <figcaption id="data-summary" class="unseen">{summary(runs, time)}</figcaption>
        </figure>
    }
}

/// The batches of the epoch; a click goes to the step that draws one.
#[component]
fn Strip() -> impl IntoView {
    let lab: LabState = expect_context();
    let runs: Runs = expect_context();
    let time: Time = expect_context();
    let painter = Painter::<StripFrame> {
        draw: Box::new(move |area, theme| plot::epoch_strip(area, &strip(lab, runs, theme)?, theme).ok()),
        overlay: Box::new(|_, _, _| ()),
    };
    // the strip stays as it is while other runs stand at the same batch
    let shown = Memo::new(move |_| strip(lab, runs, &Theme::light(1.0)));
    let figure = Figure::new(painter, move || shown.with(|_| ()), || ());
    let place = Rc::new(figure.clone());
    let go = move |event: PointerEvent| {
        if event.buttons() & 1 != 1 {
            return;
        }
        let cell = place.at((event.client_x(), event.client_y()), |frame, (x, _)| frame.cell_at(x)).flatten();
        let epoch = runs.steps.with_untracked(|steps| steps.first().map(|(_, step)| step.epoch));
        if let (Some(cell), Some(epoch)) = (cell, epoch) {
            let per_epoch = lab.settings.with_untracked(|settings| settings.steps_per_epoch());
            time.stop_at(epoch * per_epoch + cell + 1);
        }
    };
    let said = move || shown.with(|strip| strip.as_ref().map(EpochStrip::summary));
    view! {
        <div
            class="strip drawing"
            role="img"
            aria-label="Batches of the epoch"
            title="The batches of this epoch; press one to go to its step"
            aria-description=said
            node_ref=figure.node
            on:pointerdown=go.clone()
            on:pointermove=go
        >
            {figure.canvases()}
        </div>
    }
}

/// The data in a sentence; not while time runs.
fn summary(runs: Runs, time: Time) -> impl Fn() -> String {
    let said = RwSignal::new(String::new());
    effect(move || {
        if time.playing.get() {
            return;
        }
        said.set(with_chart(runs, time, &Theme::light(1.0), data_summary).unwrap_or_default());
    });
    move || said.get()
}
