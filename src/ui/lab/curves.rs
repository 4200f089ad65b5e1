//! The figures of loss and distance against steps.

use leptos::prelude::*;
use web_sys::{PointerEvent, WheelEvent};

use crate::page::asked::Asked;
use crate::page::figures::TABLE_ROWS;
use crate::page::figures::curves::{Which, axis, with_rates};
use crate::page::luck::Bands;
use crate::page::runs::Board;
use crate::plot::{self, CurvesChart, Frame, Paper, Table, Theme, curves_middle_table, curves_summary, curves_table};
use crate::web::frames::Repaint;

use crate::ui::lab::state::LabState;
use crate::ui::parts::caption::Caption;
use crate::ui::parts::effects::effect;
use crate::ui::parts::figure::{Figure, Painter, shown_area, size, theme};
use crate::ui::parts::pinch::{Pinch, Pinched, turned};
use crate::ui::state::{Page, Runs, Time};

/// The values as a table.
pub fn table(which: Which, lab: LabState, runs: Runs) -> Table {
    with_chart((which, false), lab, runs, &Theme::light(1.0), |chart| curves_table(chart, TABLE_ROWS))
}

/// The values of the band as a table; none where there is no band.
pub fn middle_table(which: Which, lab: LabState, runs: Runs) -> Option<Table> {
    with_chart((which, false), lab, runs, &Theme::light(1.0), |chart| curves_middle_table(chart, TABLE_ROWS))
}

/// Builds the chart of what is on screen.
fn with_chart<R>(
    (which, bare): (Which, bool),
    lab: LabState,
    runs: Runs,
    theme: &Theme,
    read: impl FnOnce(&CurvesChart<'_>) -> R,
) -> R {
    let nothing = Asked::default();
    runs.board.with(|board| {
        runs.bands.with(|bands| {
            let many = bands.shown();
            lab.charts.with(|charts| which.with_chart((board, &nothing, many), charts, theme, bare, read))
        })
    })
}

/// The same with the steps at the playhead.
fn with_step<R>(
    (which, bare): (Which, bool),
    lab: LabState,
    runs: Runs,
    theme: &Theme,
    read: impl FnOnce(&CurvesChart<'_>) -> R,
) -> R {
    runs.board.with(|board| {
        runs.steps.with(|steps| {
            runs.bands.with(|bands| {
                let many = bands.shown();
                lab.charts.with(|charts| which.with_chart((board, steps, many), charts, theme, bare, read))
            })
        })
    })
}

/// Draws the chart with what stands at the playhead, on anything.
pub fn draw(which: Which, states: (LabState, Runs, Time), area: &dyn Paper, theme: &Theme) {
    let (lab, runs, time) = states;
    with_step((which, false), lab, runs, theme, |chart| {
        if let Ok(frame) = plot::curves(area, chart, theme) {
            // What the back end refuses is missing; there is nobody to tell.
            let _ = plot::curves_playhead(area, chart, &frame, time.step(), theme);
        }
    });
}

/// Zooms so that `factor` times as many steps are seen, around one of them.
fn zoom(lab: LabState, runs: Runs, about: usize, factor: f64) {
    let axis = runs.board.with_untracked(|board| lab.charts.with_untracked(|charts| axis(board, charts)));
    let window = axis.zoomed(about, factor).window;
    if lab.charts.with_untracked(|charts| charts.zoom != window) {
        lab.charts.update(|charts| charts.zoom = window);
    }
}

/// The recorded step nearest to one that the pointer is at: only the step at the playhead is computed again where the recording leaves it out.
fn recorded_near(runs: Runs, step: usize) -> usize {
    runs.board.with_untracked(|board| board.first().map_or(step, |first| first.sampling().nearest(step)))
}

/// How the curves are drawn, and what stands over them.
fn painter(shown: (Which, bool), lab: LabState, runs: Runs, time: Time) -> Painter<Frame> {
    let which_is_loss = shown.0 == Which::Loss;
    Painter {
        draw: Box::new(move |area, theme| {
            with_chart(shown, lab, runs, theme, |chart| plot::curves(area, chart, theme).ok())
        }),
        overlay: Box::new(move |frame, area, theme| {
            let step = time.hover.get().unwrap_or_else(|| if which_is_loss { time.loss_known() } else { time.taken() });
            with_step(shown, lab, runs, theme, |chart| {
                // What the back end refuses is missing for one frame; there is nobody to tell.
                let _ = plot::curves_playhead(area, chart, frame, step, theme);
            });
        }),
    }
}

/// Curves against steps. The pointer moves the playhead while it is pressed, the wheel zooms, a double click shows all.
#[component]
pub fn CurvesFigure(which: Which, #[prop(optional)] bare: bool) -> impl IntoView {
    let lab: LabState = expect_context();
    let runs: Runs = expect_context();
    let time: Time = expect_context();
    let changes = move || {
        runs.board.track();
        runs.bands.track();
        lab.charts.track();
    };
    let figure = Figure::new(painter((which, bare), lab, runs, time), changes, move || {
        time.playhead.track();
        time.stage.track();
        time.hover.track();
        runs.steps.track();
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
            time.hover.set(None);
            time.stop_at(step);
        }
    };
    let follow = move |event: PointerEvent| {
        if let Some(Pinched { about, factor }) = pinch.follow(&event) {
            if let Some(step) = at_move(about) {
                zoom(lab, runs, step, factor);
            }
            return;
        }
        if pinch.is_under_way() {
            return;
        }
        let Some(step) = at_move((event.client_x(), event.client_y())) else { return };
        if event.buttons() & 1 == 1 {
            time.stop_at(step);
        } else if event.pointer_type() == "mouse" {
            time.hover.set(Some(recorded_near(runs, step)));
        }
    };
    let wheel = move |event: WheelEvent| {
        // the page scrolls as usual unless the wheel is meant for the figure
        if !event.ctrl_key() && !event.shift_key() && !lab.charts.with_untracked(|charts| charts.zoom.is_some()) {
            return;
        }
        event.prevent_default();
        if let Some(step) = at_wheel((event.client_x(), event.client_y())) {
            zoom(lab, runs, step, turned(&event));
        }
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        let step = untrack(|| time.step());
        match event.key().as_str() {
            "+" | "=" => zoom(lab, runs, step, 0.5),
            "-" => zoom(lab, runs, step, 2.0),
            "0" => lab.charts.update(|charts| charts.zoom = None),
            _ => return,
        }
        event.prevent_default();
    };
    let class = which.key();
    let id = format!("{class}-summary");
    view! {
        <figure class=format!("figure {class}")>
            <Caption read=if which == Which::Loss { |shown| shown.loss() } else { |shown| shown.distance() }/>
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
                on:pointerleave=move |_| time.hover.set(None)
                on:wheel=wheel
                on:keydown=keys
                on:dblclick=move |_| lab.charts.update(|charts| charts.zoom = None)
            >
                {figure.canvases()}
            </div>
            <figcaption id=id class="unseen">{summary(lab, runs, which)}</figcaption>
        </figure>
    }
}

/// The chart in a sentence, once the runs are complete: nobody listens to one that changes on every frame.
fn summary(lab: LabState, runs: Runs, which: Which) -> impl Fn() -> String {
    let said = RwSignal::new(String::new());
    effect(move || {
        let complete = runs.board.with(Board::is_complete) && runs.bands.with(Bands::is_settled);
        if !complete {
            return;
        }
        said.set(with_chart((which, false), lab, runs, &Theme::light(1.0), curves_summary));
    });
    move || said.get()
}

/// The learning rate of each step, thin, below the curves.
#[component]
pub fn RateFigure() -> impl IntoView {
    let lab: LabState = expect_context();
    let runs: Runs = expect_context();
    let time: Time = expect_context();
    let painter = Painter::<()> {
        draw: Box::new(|_, _| Some(())),
        overlay: Box::new(move |(), area, theme| {
            let step = time.hover.get().unwrap_or_else(|| time.step());
            runs.board.with(|board| {
                runs.steps.with(|steps| {
                    lab.charts.with(|charts| {
                        // What the back end refuses is missing for one frame; there is nobody to tell.
                        with_rates((board, steps), charts, theme, step, |strip| {
                            plot::rate_strip(area, strip, theme).map(drop)
                        })
                    })
                })
            });
        }),
    };
    let figure = Figure::new(
        painter,
        || (),
        move || {
            runs.board.track();
            runs.steps.track();
            lab.charts.track();
            time.playhead.track();
            time.hover.track();
        },
    );
    view! {
        <figure class="figure rates">
            <div class="drawing" role="img" aria-label="Learning rate of each step" node_ref=figure.node>
                {figure.canvases()}
            </div>
        </figure>
    }
}

/// The whole run's loss in the timeline, to scrub on.
#[component]
pub fn Sparkline() -> impl IntoView {
    let runs: Runs = expect_context();
    let page: Page = expect_context();
    let base = NodeRef::<leptos::html::Canvas>::new();
    let size = size(base);
    let paint = Repaint::new(move || {
        let Some(area) = shown_area(base, size) else { return };
        untrack(|| {
            let theme = theme(page);
            runs.board.with(|board| {
                let Some(run) = board.runs.first() else { return };
                let color = theme.look(run.approach).color;
                // A picture that cannot be drawn is left out; the slider below it works all the same.
                let _ = plot::sparkline(&area, &run.recording.steps.losses, color, &theme);
            });
        });
    });
    effect(move || {
        runs.board.track();
        page.dark.track();
        page.resized.track();
        size.track();
        if runs.board.with_untracked(Board::is_complete) { paint.soon() } else { paint.ask() }
    });
    view! { <canvas class="sparkline" aria-hidden="true" node_ref=base></canvas> }
}
