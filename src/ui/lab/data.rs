//! The figure of the data at the playhead: the batch that the step drew, predictions, residuals; and above it the strip of the epoch's batches.

use std::rc::Rc;

use leptos::prelude::*;
use web_sys::PointerEvent;

use crate::plot::{self, DataChart, EpochStrip, StripFrame, Table, Theme, data_summary, data_table};
use crate::worker::protocol::Inspection;

use crate::ui::lab::state::Lab;
use crate::ui::parts::effects::effect;
use crate::ui::parts::figure::{Figure, Painter, look};

/// Rows of the table of a batch.
const ROWS: usize = 64;

/// Builds the chart of the first shown run's step, if it is known.
fn with_chart<R>(lab: Lab, theme: &Theme, read: impl FnOnce(&DataChart<'_>) -> R) -> Option<R> {
    lab.inspector.found.with(|found| {
        let (way, Inspection { first, rows, columns, .. }) = found.first()?;
        let slope = if columns.x.is_empty() { None } else { columns.params.first().copied() };
        Some(read(&DataChart {
            x: &columns.x,
            targets: &columns.targets,
            predictions: &columns.predictions,
            slope,
            order: &columns.order,
            first: *first,
            rows: *rows,
            look: look(theme, *way),
            window: None,
        }))
    })
}

fn strip(lab: Lab, theme: &Theme) -> Option<EpochStrip> {
    let (way, batch) = lab.inspector.found.with(|found| found.first().map(|(way, found)| (*way, found.batch)))?;
    lab.config.with(|config| {
        let (samples, batch_size) = (config.samples, config.rows_per_batch());
        Some(EpochStrip { samples, batch_size, current: Some(batch), look: look(theme, way) })
    })
}

/// The batch in a table.
pub fn table(lab: Lab) -> Table {
    with_chart(lab, &Theme::light(1.0), |chart| data_table(chart, ROWS)).unwrap_or_default()
}

/// The strip of the epoch and the data below it.
#[component]
pub fn DataFigure() -> impl IntoView {
    let lab: Lab = expect_context();
    let painter = Painter::<()> {
        draw: Box::new(|_, _, _| Some(())),
        overlay: Box::new(|lab, (), area, theme| {
            // What the back end refuses is missing for one frame; there is nobody to tell.
            let _ = with_chart(lab, theme, |chart| plot::data(area, chart, theme).map(drop));
        }),
    };
    let figure = Figure::with(lab, painter, || (), move || lab.inspector.first.track());
    view! {
        <figure class="figure data">
            <Strip/>
            <div class="drawing" role="img" aria-label="Data" aria-describedby="data-summary" node_ref=figure.node>
                {figure.canvases()}
            </div>
            <figcaption id="data-summary" class="unseen">{summary(lab)}</figcaption>
        </figure>
    }
}

/// The batches of the epoch; a click goes to the step that draws one.
#[component]
fn Strip() -> impl IntoView {
    let lab: Lab = expect_context();
    let painter = Painter::<StripFrame> {
        draw: Box::new(|lab, area, theme| plot::epoch_strip(area, &strip(lab, theme)?, theme).ok()),
        overlay: Box::new(|_, _, _, _| ()),
    };
    // the strip stays as it is while other runs stand at the same batch
    let shown = Memo::new(move |_| strip(lab, &Theme::light(1.0)));
    let figure = Figure::with(lab, painter, move || shown.track(), || ());
    let place = Rc::new(figure.clone());
    let go = move |event: PointerEvent| {
        if event.buttons() & 1 != 1 {
            return;
        }
        let cell = place.at((event.client_x(), event.client_y()), |frame, (x, _)| frame.cell_at(x)).flatten();
        let epoch = lab.inspector.found.with_untracked(|found| found.first().map(|(_, found)| found.epoch));
        if let (Some(cell), Some(epoch)) = (cell, epoch) {
            let per_epoch = lab.config.with_untracked(crate::lecture::settings::config::Config::steps_per_epoch);
            lab.playing.set(false);
            lab.seek(epoch * per_epoch + cell + 1);
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
fn summary(lab: Lab) -> impl Fn() -> String {
    let said = RwSignal::new(String::new());
    effect(move || {
        if lab.playing.get() {
            return;
        }
        if let Some(sentence) = with_chart(lab, &Theme::light(1.0), data_summary) {
            said.set(sentence);
        }
    });
    move || said.get()
}
