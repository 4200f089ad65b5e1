//! The figure of the parameters: contours, paths, and what stands at the playhead. The start can be dragged.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::prelude::DrawingBackend;
use web_sys::PointerEvent;

use crate::lecture::view::{Axes, Charts};
use crate::plot::{
    self, Path, PlaneChart, PlaneFrame, PlaneMoment, PlaneQuadratic, PlaneWindow, Projection, Role, Table, Theme,
    plane_start_at, plane_summary, plane_table,
};
use crate::protocol::Problem;

use super::figure::{Figure, Painter, look};
use super::legend::ghost_names;
use super::runs::Board;
use super::state::Lab;

/// Rows of a table of values.
const ROWS: usize = 24;
/// How near to the start it can be taken hold of, in CSS pixels.
const REACH: f64 = 18.0;

/// The frame of what is drawn, and the projection that it was drawn with.
struct Drawn {
    frame: PlaneFrame,
    projection: Projection,
}

fn projection(problem: &Problem, charts: &Charts) -> Projection {
    let chosen = match charts.axes {
        Axes::Natural => None,
        Axes::Pair(across, up) => Projection::coordinates(problem, across, up),
    };
    chosen.unwrap_or_else(|| Projection::natural(problem))
}

/// Builds the chart of what is on screen; nothing before the first run. Runs on other data than the first one's are drawn as well, since their
/// parameters mean the same.
fn with_chart<R>(
    board: &Board,
    projection: &Projection,
    window: Option<PlaneWindow>,
    theme: &Theme,
    read: impl FnOnce(&PlaneChart<'_>) -> R,
) -> Option<R> {
    let first = board.first()?;
    let fits = |features: usize| features == first.config.features;
    let names: Vec<String> = ghost_names(board);
    let ghosts = board.ghosts.iter().zip(&names).filter(|(ghost, _)| fits(ghost.config.features));
    let ghosts = ghosts.map(|(ghost, name)| Path {
        label: name,
        look: look(theme, crate::lecture::view::Way::of(ghost.config.program)),
        role: Role::Ghost,
        sampling: ghost.sampling(),
        start: &ghost.problem.theta_0,
        params: &ghost.steps.params,
    });
    let runs = board.runs.iter().filter(|run| fits(run.recording.config.features)).map(|run| Path {
        label: run.way.name(),
        look: look(theme, run.way),
        role: Role::Run,
        sampling: run.recording.sampling(),
        start: &run.recording.problem.theta_0,
        params: &run.recording.steps.params,
    });
    let paths: Vec<Path<'_>> = ghosts.chain(runs).collect();
    Some(read(&PlaneChart { problem: &first.problem, paths: &paths, projection, window }))
}

/// The gradient of the full-batch loss at the first run's place: the Hessian times the way from the least-squares solution.
fn gradient(board: &Board, step: usize) -> Option<Vec<f32>> {
    let first = board.first()?;
    let params = first.params(step)?;
    let problem = &first.problem;
    let way: Vec<f64> = params.iter().zip(&problem.least_squares).map(|(&p, least)| f64::from(p) - least).collect();
    let rows = problem.hessian.chunks_exact(way.len().max(1));
    Some(rows.map(|row| row.iter().zip(&way).map(|(h, w)| h * w).sum::<f64>() as f32).collect())
}

/// The loss of the batch at the playhead, cut by the plane.
fn batch(lab: Lab, projection: &Projection) -> Option<PlaneQuadratic> {
    if !lab.charts.with(|charts| charts.batch_contours) {
        return None;
    }
    lab.inspector.with_first(|found| {
        let found = found?;
        projection.quadratic(&found.batch_hessian, &found.batch_minimiser)
    })
}

fn overlay<DB: DrawingBackend>(lab: Lab, drawn: &Drawn, area: &DrawingArea<DB, Shift>, theme: &Theme) {
    let step = lab.hover.get().unwrap_or_else(|| lab.step());
    let batch = batch(lab, &drawn.projection);
    lab.board.with(|board| {
        let gradient = gradient(board, step);
        with_chart(board, &drawn.projection, None, theme, |chart| {
            let run = chart.paths.iter().position(|path| path.role == Role::Run);
            let gradients: Vec<(usize, &[f32])> =
                run.zip(gradient.as_deref()).filter(|_| step < board.end()).into_iter().collect();
            let moment = PlaneMoment { step, gradients: &gradients, batch };
            // What the back end refuses is missing for one frame; there is nobody to tell.
            let _ = plot::plane_playhead(area, chart, &drawn.frame, &moment, theme);
        });
    });
}

/// Where a run starts can be moved: by dragging, or by a double click.
#[derive(Clone)]
struct StartDrag {
    lab: Lab,
    figure: Figure<Drawn>,
    held: Rc<Cell<bool>>,
    /// Keeps the picture still while the start is held.
    window: RwSignal<Option<PlaneWindow>>,
}

impl StartDrag {
    fn is_on_start(&self, event: &PointerEvent) -> bool {
        let lab = self.lab;
        let found = self.figure.at((event.client_x(), event.client_y()), |drawn, (x, y)| {
            lab.board.with_untracked(|board| {
                with_chart(board, &drawn.projection, None, &Theme::light(1.0), |chart| {
                    plane_start_at(chart, &drawn.frame, (x, y), REACH).is_some()
                })
            })
        });
        found.flatten().unwrap_or(false)
    }

    fn press(&self, event: &PointerEvent) {
        if event.button() != 0 || !self.is_on_start(event) {
            return;
        }
        self.held.set(true);
        self.window.set(self.figure.at((0, 0), |drawn, _| drawn.frame.window()));
        if let Some(node) = self.figure.node.get_untracked() {
            // Without the capture the drag ends where the pointer leaves the figure.
            let _ = node.set_pointer_capture(event.pointer_id());
        }
        event.prevent_default();
    }

    fn follow(&self, event: &PointerEvent) {
        if self.held.get() {
            self.put((event.client_x(), event.client_y()));
        } else if let Some(node) = self.figure.node.get_untracked() {
            let cursor = if self.is_on_start(event) { "grab" } else { "default" };
            // The property's name and value are fixed and valid.
            let _ = web_sys::HtmlElement::style(&node).set_property("cursor", cursor);
        }
    }

    /// Starts from a place on the picture.
    fn put(&self, client: (i32, i32)) {
        let lab = self.lab;
        let moved = self.figure.at(client, |drawn, (x, y)| {
            let base = lab.board.with_untracked(|board| board.first().map(|run| run.problem.theta_0.clone()));
            base.filter(|_| drawn.frame.contains(x, y)).map(|base| drawn.frame.params_at(x, y, &base))
        });
        let Some(theta_0) = moved.flatten() else { return };
        let next = crate::lecture::config::Config { theta_0: Some(theta_0), ..lab.config.get_untracked() };
        if next.validate().is_ok() {
            lab.config.set(next);
        }
    }

    fn release(&self) {
        self.held.set(false);
        self.window.set(None);
    }
}

/// The plane of two parameters.
#[component]
pub fn PlaneFigure() -> impl IntoView {
    let lab: Lab = expect_context();
    let window = RwSignal::new(None::<PlaneWindow>);
    let painter = Painter::<Drawn> {
        draw: Box::new(move |lab, area, theme| {
            lab.board.with(|board| {
                let projection = lab.charts.with(|charts| Some(projection(&board.first()?.problem, charts)))?;
                let frame =
                    with_chart(board, &projection, window.get(), theme, |chart| plot::plane(area, chart, theme).ok())??;
                Some(Drawn { frame, projection })
            })
        }),
        overlay: Box::new(overlay),
    };
    let figure = Figure::new(lab, painter, move || {
        lab.playhead.track();
        lab.hover.track();
        lab.inspector.found.track();
    });
    let drag = Rc::new(StartDrag { lab, figure: figure.clone(), held: Rc::default(), window });
    let (pressed, followed, released, clicked) = (drag.clone(), drag.clone(), drag.clone(), drag);
    view! {
        <figure class="figure plane">
            <div
                class="drawing"
                role="img"
                tabindex="0"
                aria-label="Parameter plane"
                aria-describedby="plane-summary"
                title="Drag the start, or double-click where the runs should start"
                node_ref=figure.node
                on:pointerdown=move |event| pressed.press(&event)
                on:pointermove=move |event| followed.follow(&event)
                on:pointerup=move |_| released.release()
                on:dblclick=move |event| clicked.put((event.client_x(), event.client_y()))
            >
                {figure.canvases()}
            </div>
            <figcaption id="plane-summary" class="unseen">{summary(lab)}</figcaption>
            <PlaneOptions/>
        </figure>
    }
}

#[component]
fn PlaneOptions() -> impl IntoView {
    let lab: Lab = expect_context();
    let features = Memo::new(move |_| lab.config.with(|config| config.features));
    let contours = Memo::new(move |_| lab.charts.with(|charts| charts.batch_contours));
    let value = move || match lab.charts.with(|charts| charts.axes) {
        Axes::Natural => "natural".to_owned(),
        Axes::Pair(across, up) => format!("{across},{up}"),
    };
    let choose = move |text: String| {
        let pair = text.split_once(',').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
        lab.charts.update(|charts| charts.axes = pair.map_or(Axes::Natural, |(across, up)| Axes::Pair(across, up)));
    };
    let pairs = move || {
        let shown = features.get().min(8);
        (0..shown).flat_map(move |a| (a + 1..shown).map(move |b| (a, b)))
    };
    view! {
        <div class="options">
            <label>
                <input
                    type="checkbox"
                    prop:checked=move || contours.get()
                    on:change=move |event| {
                        let shown = event_target_checked(&event);
                        lab.charts.update(|charts| charts.batch_contours = shown);
                    }
                />
                <span>"Batch contours"</span>
            </label>
            {move || (features.get() > 2).then(|| view! {
                <select aria-label="Plane" prop:value=value on:change=move |event| choose(event_target_value(&event))>
                    <option value="natural" selected=move || value() == "natural">"leading eigenvectors"</option>
                    {pairs().map(|(a, b)| {
                        let key = format!("{a},{b}");
                        let own = key.clone();
                        view! { <option value=key selected=move || value() == own>{format!("θ{} and θ{}", a + 1, b + 1)}</option> }
                    }).collect_view()}
                </select>
            })}
        </div>
    }
}

/// The chart in a sentence, once the runs are complete.
fn summary(lab: Lab) -> impl Fn() -> String {
    let said = RwSignal::new("Nothing has been computed yet.".to_owned());
    Effect::new(move |_| {
        let sentence = lab.board.with(|board| {
            let first = board.first().filter(|_| board.is_complete())?;
            let projection = lab.charts.with(|charts| projection(&first.problem, charts));
            with_chart(board, &projection, None, &Theme::light(1.0), plane_summary)
        });
        if let Some(sentence) = sentence {
            said.set(sentence);
        }
    });
    move || said.get()
}

/// Draws the plane with what stands at the playhead, on anything.
pub fn draw<DB: DrawingBackend>(lab: Lab, area: &DrawingArea<DB, Shift>, theme: &Theme) {
    let drawn = lab.board.with(|board| {
        let projection = lab.charts.with(|charts| Some(projection(&board.first()?.problem, charts)))?;
        let frame = with_chart(board, &projection, None, theme, |chart| plot::plane(area, chart, theme).ok())??;
        Some(Drawn { frame, projection })
    });
    if let Some(drawn) = drawn {
        overlay(lab, &drawn, area, theme);
    }
}

/// The values as a table.
pub fn table(lab: Lab) -> Table {
    let table = lab.board.with(|board| {
        let projection = lab.charts.with(|charts| Some(projection(&board.first()?.problem, charts)))?;
        with_chart(board, &projection, None, &Theme::light(1.0), |chart| plane_table(chart, ROWS))
    });
    table.unwrap_or_default()
}
