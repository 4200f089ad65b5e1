//! The figures: a canvas for each chart, drawn anew when the run changes, and over it a canvas for what moves with the playhead.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::html::Canvas;
use leptos::prelude::*;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::style::RGBColor;
use plotters_canvas::CanvasBackend;
use web_sys::{HtmlCanvasElement, PointerEvent};

use crate::plot::{
    self, Approach, Curve, CurvesChart, Dash, Frame, Look, Marker, Path, PlaneChart, PlaneFrame, Projection, Role,
    StepAxis, Theme, curves_summary, plane_summary,
};
use crate::web::canvas::{arrow, dot, fit, line, pen, pixel_ratio};
use crate::web::frames::Repaint;

use super::state::{Lab, Shown};

type Area = DrawingArea<CanvasBackend, Shift>;

/// Which curves a figure shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The loss of each step's batch.
    Loss,
    /// The distances to the true parameters and to the least-squares solution.
    Distance,
}

impl Which {
    fn name(self) -> &'static str {
        match self {
            Self::Loss => "Loss",
            Self::Distance => "Distance to the true parameters",
        }
    }

    fn with_chart<R>(self, shown: &Shown, theme: &Theme, f: impl FnOnce(&CurvesChart<'_>) -> R) -> R {
        let look = theme.look(Approach::Raw);
        let printed = printed(shown);
        let raw = |label, values| Curve { label, look, role: Role::Run, values, printed: &[] };
        let aside = Look { color: theme.muted, dash: Dash::Dots, marker: Marker::Circle };
        let curves = match self {
            Self::Loss => vec![raw("loss", &shown.steps.losses[..])],
            Self::Distance => vec![
                Curve {
                    look: aside, role: Role::Aside, ..raw("‖θ̂−θₗₛ‖", &shown.steps.least_squares_norms[..])
                },
                Curve { printed: &printed, ..raw("‖θ−θ̂‖", &shown.steps.norms[..]) },
            ],
        };
        f(&CurvesChart {
            title: self.name(),
            unit: "",
            curves: &curves,
            axis: StepAxis::new(shown.config.steps(), shown.config.steps_per_epoch()),
            log: true,
            range: None,
        })
    }
}

/// The distances that the program prints, with the steps after which it prints them.
fn printed(shown: &Shown) -> Vec<(usize, f32)> {
    let per_epoch = shown.config.steps_per_epoch();
    let epochs = shown.steps.epoch_norms.iter().enumerate();
    epochs.step_by(shown.config.print_every).map(|(epoch, &norm)| ((epoch + 1) * per_epoch, norm)).collect()
}

fn theme(lab: Lab) -> Theme {
    if lab.dark.get() { Theme::dark(pixel_ratio()) } else { Theme::light(pixel_ratio()) }
}

fn css(color: RGBColor) -> String {
    format!("rgb({} {} {})", color.0, color.1, color.2)
}

/// The canvas as something that plotters draws on, sized for the display.
fn area(canvas: &HtmlCanvasElement) -> Option<Area> {
    fit(canvas)?;
    Some(CanvasBackend::with_canvas_object(canvas.clone())?.into_drawing_area())
}

/// A figure of two canvases. `draw` draws the chart and gives its frame; `overlay` draws what stands at a step.
fn figure<F: 'static>(
    name: &'static str,
    class: &'static str,
    draw: impl Fn(Lab, &Area, &Theme) -> Option<F> + 'static,
    overlay: impl Fn(Lab, &F, &HtmlCanvasElement, &Theme) + 'static,
    summary: impl Fn(&Shown) -> String + Send + 'static,
    seek: impl Fn(Lab, &F, f64) + 'static,
) -> impl IntoView {
    let lab: Lab = expect_context();
    let (base, over) = (NodeRef::<Canvas>::new(), NodeRef::<Canvas>::new());
    let frame: Rc<RefCell<Option<F>>> = Rc::default();

    let drawn = frame.clone();
    let paint_over = Repaint::new(move || {
        let (Some(canvas), Some(frame)) = (over.get_untracked(), &*drawn.borrow()) else { return };
        untrack(|| overlay(lab, frame, &canvas, &theme(lab)));
    });
    let (drawn, above) = (frame.clone(), paint_over.clone());
    let paint = Repaint::new(move || {
        let Some(area) = base.get_untracked().and_then(|canvas| area(&canvas)) else { return };
        *drawn.borrow_mut() = untrack(|| draw(lab, &area, &theme(lab)));
        above.ask();
    });
    Effect::new(move |_| {
        lab.shown.track();
        lab.dark.track();
        lab.resized.track();
        base.track();
        paint.ask();
    });
    Effect::new(move |_| {
        lab.playhead.track();
        paint_over.ask();
    });
    let follow = move |event: PointerEvent| {
        let (Some(canvas), Some(frame)) = (over.get_untracked(), &*frame.borrow()) else { return };
        if event.buttons() & 1 == 1 {
            let left = canvas.get_bounding_client_rect().left();
            seek(lab, frame, f64::from(event.client_x()) - left);
        }
    };
    let follow = Rc::new(follow);
    let pressed = follow.clone();
    let id = format!("{class}-summary");
    view! {
        <figure class=format!("figure {class}")>
            <div
                class="drawing"
                role="img"
                aria-label=name
                aria-describedby=id.clone()
                on:pointerdown=move |event| pressed(event)
                on:pointermove=move |event| follow(event)
            >
                <canvas node_ref=base></canvas>
                <canvas node_ref=over class="over"></canvas>
            </div>
            <figcaption id=id class="unseen">{move || lab.shown.with(&summary)}</figcaption>
        </figure>
    }
}

/// Curves against steps.
#[component]
pub fn CurvesFigure(which: Which) -> impl IntoView {
    let class = if which == Which::Loss { "loss" } else { "distance" };
    figure::<Frame>(
        which.name(),
        class,
        move |lab, area, theme| {
            lab.shown.with(|shown| which.with_chart(shown, theme, |chart| plot::curves(area, chart, theme).ok()))
        },
        move |lab, frame, canvas, theme| curves_overlay(lab, which, frame, canvas, theme),
        move |shown| which.with_chart(shown, &Theme::light(1.0), curves_summary),
        |lab, frame, x| {
            lab.playing.set(false);
            lab.seek(frame.step_at(x));
        },
    )
}

/// The playhead's line, and the value there at the top right.
fn curves_overlay(lab: Lab, which: Which, frame: &Frame, canvas: &HtmlCanvasElement, theme: &Theme) {
    let Some((width, _)) = fit(canvas) else { return };
    let Some(pen) = pen(canvas) else { return };
    let step = lab.step();
    let x = frame.x_of_step(step);
    line(&pen, (x, frame.top), (x, frame.bottom), &css(theme.muted), 1.0);
    let value = lab.shown.with(|shown| {
        let values = if which == Which::Loss { &shown.steps.losses } else { &shown.steps.norms };
        step.checked_sub(1).and_then(|last| values.get(last).copied())
    });
    if let Some(value) = value {
        pen.set_font("13px ui-monospace, monospace");
        pen.set_text_align("right");
        pen.set_fill_style_str(&css(theme.raw));
        // Text that does not fit is clipped by the canvas; there is nothing to report.
        let _ = pen.fill_text(&reading(value), width - 8.0, frame.top - 8.0);
    }
}

/// A number in a fixed width, so that it does not jiggle.
fn reading(value: f32) -> String {
    if value.is_finite() { format!("{value:.4e}") } else { "outside float32".to_owned() }
}

/// The plane of two parameters.
#[component]
pub fn PlaneFigure() -> impl IntoView {
    fn with_chart<R>(shown: &Shown, theme: &Theme, f: impl FnOnce(&PlaneChart<'_>) -> R) -> R {
        let path = Path {
            label: "raw",
            look: theme.look(Approach::Raw),
            role: Role::Run,
            start: &shown.problem.theta_0,
            params: &shown.steps.params,
        };
        let projection = Projection::natural(&shown.problem);
        f(&PlaneChart { problem: &shown.problem, paths: &[path], projection: &projection, window: None })
    }
    figure::<PlaneFrame>(
        "Parameter plane",
        "plane",
        |lab, area, theme| {
            lab.shown.with(|shown| {
                if shown.problem.theta.is_empty() {
                    return None;
                }
                with_chart(shown, theme, |chart| plot::plane(area, chart, theme).ok())
            })
        },
        plane_overlay,
        |shown| {
            if shown.problem.theta.is_empty() {
                return "Nothing has been computed yet.".to_owned();
            }
            with_chart(shown, &Theme::light(1.0), plane_summary)
        },
        |_, _, _| {},
    )
}

/// The parameters at the playhead, and the step that led there as an arrow.
fn plane_overlay(lab: Lab, frame: &PlaneFrame, canvas: &HtmlCanvasElement, theme: &Theme) {
    if fit(canvas).is_none() {
        return;
    }
    let Some(pen) = pen(canvas) else { return };
    let step = lab.step();
    lab.shown.with(|shown| {
        let at = |step: usize| match step.checked_sub(1) {
            None => Some(shown.problem.theta_0.as_slice()),
            Some(last) => shown.steps.params.chunks_exact(shown.config.features.max(1)).nth(last),
        };
        let pixel = |params: &[f32]| frame.to_pixel(frame.project(params));
        let Some(now) = at(step).map(pixel) else { return };
        if let Some(before) = step.checked_sub(1).and_then(at).map(pixel) {
            arrow(&pen, before, now, &css(theme.raw), 2.0);
        }
        dot(&pen, now, 4.5, &css(theme.paper), &css(theme.raw));
    });
}

/// The whole run's loss in the timeline, to scrub on.
#[component]
pub fn Sparkline() -> impl IntoView {
    let lab: Lab = expect_context();
    let base = NodeRef::<Canvas>::new();
    let paint = Repaint::new(move || {
        let Some(area) = base.get_untracked().and_then(|canvas| area(&canvas)) else { return };
        untrack(|| {
            let theme = theme(lab);
            // A picture that cannot be drawn is left out; the slider below it works all the same.
            let _ = lab.shown.with(|shown| plot::sparkline(&area, &shown.steps.losses, theme.raw, &theme));
        });
    });
    Effect::new(move |_| {
        lab.shown.track();
        lab.dark.track();
        lab.resized.track();
        base.track();
        paint.ask();
    });
    view! { <canvas class="sparkline" aria-hidden="true" node_ref=base></canvas> }
}
