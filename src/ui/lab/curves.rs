//! The figures of loss and distance against steps.

use leptos::prelude::*;
use web_sys::{PointerEvent, WheelEvent};

use crate::page::view::Charts;
use crate::plot::{
    self, Curve, CurvesChart, Dash, Frame, Look, Marker, Role, StepAxis, StepUnit, Table, Theme, curves_summary,
    curves_table,
};
use crate::web::frames::Repaint;

use crate::page::runs::{Board, Recording};
use crate::ui::lab::legend::ghost_names;
use crate::ui::lab::state::Lab;
use crate::ui::parts::effects::effect;
use crate::ui::parts::figure::{Figure, Painter, area, look, size, theme};
use crate::ui::parts::pinch::{Pinch, Pinched, turned};

/// Rows of a table of values.
const ROWS: usize = 24;

/// Which curves a figure shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The loss of each step's batch.
    Loss,
    /// The distances to the true parameters and to the least-squares solution.
    Distance,
}

impl Which {
    /// The figure's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Loss => "Loss",
            Self::Distance => "Distance to the true parameters",
        }
    }

    fn column(self, recording: &Recording) -> &[f32] {
        match self {
            Self::Loss => &recording.steps.losses,
            Self::Distance => &recording.steps.norms,
        }
    }

    /// Builds the chart of what is on screen, and does something with it.
    pub fn with_chart<R>(
        self,
        board: &Board,
        charts: &Charts,
        theme: &Theme,
        read: impl FnOnce(&CurvesChart<'_>) -> R,
    ) -> R {
        let printed: Vec<_> = board.runs.iter().map(|run| printed(&run.recording)).collect();
        let names: Vec<String> = ghost_names(board);
        let quiet = Look { color: theme.muted, dash: Dash::Dots, marker: Marker::Circle };
        let mut curves = Vec::new();
        for (ghost, label) in board.ghosts.iter().zip(&names) {
            let (sampling, values) = (ghost.sampling(), self.column(ghost));
            curves.push(Curve { label, look: quiet, role: Role::Ghost, sampling, values, printed: &[] });
        }
        if let Some(first) = board.first().filter(|_| self == Self::Distance) {
            let (sampling, values) = (first.sampling(), &first.steps.least_squares_norms);
            curves.push(Curve { label: "to θₗₛ", look: quiet, role: Role::Aside, sampling, values, printed: &[] });
        }
        for (run, printed) in board.runs.iter().zip(&printed) {
            let printed: &[(usize, f32)] = if self == Self::Distance { printed } else { &[] };
            let (sampling, values) = (run.recording.sampling(), self.column(&run.recording));
            let (label, look) = (run.way.name(), look(theme, run.way));
            curves.push(Curve { label, look, role: Role::Run, sampling, values, printed });
        }
        read(&CurvesChart {
            title: if self == Self::Loss { "Loss" } else { "‖θ − θ̂‖" },
            unit: "",
            curves: &curves,
            axis: axis(board, charts),
            log: !charts.linear,
            range: None,
        })
    }

    /// The values as a table.
    pub fn table(self, lab: Lab) -> Table {
        lab.board.with(|board| {
            lab.charts
                .with(|charts| self.with_chart(board, charts, &Theme::light(1.0), |chart| curves_table(chart, ROWS)))
        })
    }
}

/// The axis of steps as it is chosen.
fn axis(board: &Board, charts: &Charts) -> StepAxis {
    let total = board.runs.iter().map(|run| run.recording.config.planned_steps()).max().unwrap_or(0);
    let per_epoch = board.first().map_or(1, |first| first.config.steps_per_epoch());
    let unit = if charts.by_epoch { StepUnit::Epochs } else { StepUnit::Steps };
    StepAxis { unit, window: charts.zoom, ..StepAxis::new(total, per_epoch) }
}

/// The distances that the program prints, with the steps after which it prints them.
fn printed(recording: &Recording) -> Vec<(usize, f32)> {
    let per_epoch = recording.config.steps_per_epoch();
    let epochs = recording.steps.epoch_norms.iter().enumerate();
    epochs.step_by(recording.config.print_every).map(|(epoch, &norm)| ((epoch + 1) * per_epoch, norm)).collect()
}

/// Zooms so that `factor` times as many steps are seen, around one of them.
fn zoom(lab: Lab, about: usize, factor: f64) {
    let axis = lab.board.with_untracked(|board| lab.charts.with_untracked(|charts| axis(board, charts)));
    let window = axis.zoomed(about, factor).window;
    if lab.charts.with_untracked(|charts| charts.zoom != window) {
        lab.charts.update(|charts| charts.zoom = window);
    }
}

/// How the curves are drawn, and what stands over them.
fn painter(which: Which) -> Painter<Frame> {
    Painter {
        draw: Box::new(move |lab, area, theme| {
            lab.board.with(|board| {
                lab.charts.with(|charts| {
                    which.with_chart(board, charts, theme, |chart| plot::curves(area, chart, theme).ok())
                })
            })
        }),
        overlay: Box::new(move |lab, frame, area, theme| {
            let step = lab.hover.get().unwrap_or_else(|| lab.step());
            lab.board.with(|board| {
                lab.charts.with(|charts| {
                    which.with_chart(board, charts, theme, |chart| {
                        // What the back end refuses is missing for one frame; there is nobody to tell.
                        let _ = plot::curves_playhead(area, chart, frame, step, theme);
                    });
                });
            });
        }),
    }
}

/// Curves against steps. The pointer moves the playhead while it is pressed, the wheel zooms, a double click shows all.
#[component]
pub fn CurvesFigure(which: Which) -> impl IntoView {
    let lab: Lab = expect_context();
    let figure = Figure::new(lab, painter(which), move || {
        lab.playhead.track();
        lab.hover.track();
    });
    let place = figure.clone();
    let step_at = std::rc::Rc::new(move |client: (i32, i32)| place.at(client, |frame, (x, _)| frame.step_at(x)));
    let (at_press, at_move, at_wheel) = (step_at.clone(), step_at.clone(), step_at);
    let pinch = Pinch::default();
    let (fingers, lifted, lost) = (pinch.clone(), pinch.clone(), pinch.clone());
    let press = move |event: PointerEvent| {
        fingers.press(&event);
        if event.buttons() & 1 == 1
            && let Some(step) = at_press((event.client_x(), event.client_y()))
        {
            lab.playing.set(false);
            lab.hover.set(None);
            lab.seek(step);
        }
    };
    let follow = move |event: PointerEvent| {
        if let Some(Pinched { about, factor }) = pinch.follow(&event) {
            if let Some(step) = at_move(about) {
                zoom(lab, step, factor);
            }
            return;
        }
        if pinch.is_under_way() {
            return;
        }
        let Some(step) = at_move((event.client_x(), event.client_y())) else { return };
        if event.buttons() & 1 == 1 {
            lab.playing.set(false);
            lab.seek(step);
        } else if event.pointer_type() == "mouse" {
            lab.hover.set(Some(step));
        }
    };
    let wheel = move |event: WheelEvent| {
        // the page scrolls as usual unless the wheel is meant for the figure
        if !event.ctrl_key() && !event.shift_key() && !lab.charts.with_untracked(|charts| charts.zoom.is_some()) {
            return;
        }
        event.prevent_default();
        if let Some(step) = at_wheel((event.client_x(), event.client_y())) {
            zoom(lab, step, turned(&event));
        }
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        let step = untrack(|| lab.step());
        match event.key().as_str() {
            "+" | "=" => zoom(lab, step, 0.5),
            "-" => zoom(lab, step, 2.0),
            "0" => lab.charts.update(|charts| charts.zoom = None),
            _ => return,
        }
        event.prevent_default();
    };
    let class = if which == Which::Loss { "loss" } else { "distance" };
    let id = format!("{class}-summary");
    view! {
        <figure class=format!("figure {class}")>
            <div
                class="drawing"
                role="img"
                tabindex="0"
                aria-label=which.name()
                aria-describedby=id.clone()
                title="Drag to move through time; Ctrl and the wheel, two fingers, or + and − zoom; a double click shows all"
                node_ref=figure.node
                on:pointerdown=press
                on:pointermove=follow
                on:pointerup=move |event| lifted.release(&event)
                on:pointercancel=move |event| lost.release(&event)
                on:pointerleave=move |_| lab.hover.set(None)
                on:wheel=wheel
                on:keydown=keys
                on:dblclick=move |_| lab.charts.update(|charts| charts.zoom = None)
            >
                {figure.canvases()}
            </div>
            <figcaption id=id class="unseen">{summary(lab, which)}</figcaption>
        </figure>
    }
}

/// The chart in a sentence, once the runs are complete: nobody listens to one that changes on every frame.
fn summary(lab: Lab, which: Which) -> impl Fn() -> String {
    let said = RwSignal::new(String::new());
    effect(move || {
        let complete = lab.board.with(Board::is_complete);
        if !complete {
            return;
        }
        said.set(lab.board.with(|board| {
            lab.charts.with(|charts| which.with_chart(board, charts, &Theme::light(1.0), curves_summary))
        }));
    });
    move || said.get()
}

/// The whole run's loss in the timeline, to scrub on.
#[component]
pub fn Sparkline() -> impl IntoView {
    let lab: Lab = expect_context();
    let base = NodeRef::<leptos::html::Canvas>::new();
    let size = size(base);
    let paint = Repaint::new(move || {
        let Some(area) = base.get_untracked().and_then(|canvas| area(&canvas, size.get_untracked())) else { return };
        untrack(|| {
            let theme = theme(lab);
            lab.board.with(|board| {
                let Some(run) = board.runs.first() else { return };
                let color = look(&theme, run.way).color;
                // A picture that cannot be drawn is left out; the slider below it works all the same.
                let _ = plot::sparkline(&area, &run.recording.steps.losses, color, &theme);
            });
        });
    });
    effect(move || {
        lab.board.track();
        lab.dark.track();
        lab.resized.track();
        size.track();
        if lab.board.with_untracked(Board::is_complete) { paint.soon() } else { paint.ask() }
    });
    view! { <canvas class="sparkline" aria-hidden="true" node_ref=base></canvas> }
}
