//! What every figure is made of: a canvas for the chart, drawn anew when the runs change, and over it a canvas for what moves with the playhead.
//!
//! Each is drawn at most once per frame of the display, however many signals have changed; when all runs are complete, at once.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::html::{Canvas, Div};
use leptos::prelude::*;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters_canvas::CanvasBackend;
use web_sys::HtmlCanvasElement;

use crate::plot::Theme;
use crate::web::canvas::{clear, on_resize, pixel_ratio};
use crate::web::frames::Repaint;

use crate::page::runs::Board;
use crate::ui::parts::effects::effect;
use crate::ui::state::{Page, Runs};

/// What charts are drawn on.
pub type Area = DrawingArea<CanvasBackend, Shift>;

/// A window of fewer CSS pixels has no room for a lecture hall's type; `style/tokens.css` says the same.
const NARROW: f64 = 700.0;

/// Whether text is as large as in a lecture hall. A panel in slides is, however narrow: they are shown enlarged.
fn is_large(page: Page) -> bool {
    let is_narrow = || window().inner_width().ok().and_then(|width| width.as_f64()).is_some_and(|width| width < NARROW);
    page.present.get() && (page.embed.get().is_some() || !is_narrow())
}

/// The theme of the page, for this display.
pub fn theme(page: Page) -> Theme {
    let ratio = pixel_ratio();
    let theme = if page.dark.get() { Theme::dark(ratio) } else { Theme::light(ratio) };
    if is_large(page) { theme.presented() } else { theme }
}

/// The size at which a canvas is shown, in CSS pixels; 0 as long as it is not.
pub fn size(node: NodeRef<Canvas>) -> RwSignal<(f64, f64)> {
    let size = RwSignal::new((0.0, 0.0));
    node.on_load(move |canvas| {
        on_resize(&canvas, move |now| {
            // a figure that is gone has no size
            let _ = size.try_set(now);
        });
    });
    size
}

/// The canvas that is shown in this size, as something that plotters draws on, empty.
pub fn area(canvas: &HtmlCanvasElement, size: (f64, f64)) -> Option<Area> {
    clear(canvas, size)?;
    Some(CanvasBackend::with_canvas_object(canvas.clone())?.into_drawing_area())
}

/// The same for the canvas of a figure; none once the figure is gone, since a frame that it asked for may come later.
pub fn shown_area(node: NodeRef<Canvas>, size: RwSignal<(f64, f64)>) -> Option<Area> {
    let canvas = node.try_get_untracked().flatten()?;
    area(&canvas, size.try_get_untracked()?)
}

type Draw<F> = Box<dyn Fn(&Area, &Theme) -> Option<F>>;
type Overlay<F> = Box<dyn Fn(&F, &Area, &Theme)>;

/// What a figure does with its canvases.
pub struct Painter<F> {
    /// Draws the chart and returns its frame.
    pub draw: Draw<F>,
    /// Draws what stands at the playhead over the chart of a frame.
    pub overlay: Overlay<F>,
}

/// A figure's canvases and the frame of what is drawn on them.
pub struct Figure<F> {
    /// The element that the pointer meets.
    pub node: NodeRef<Div>,
    base: NodeRef<Canvas>,
    over: NodeRef<Canvas>,
    frame: Rc<RefCell<Option<F>>>,
}

impl<F> Clone for Figure<F> {
    fn clone(&self) -> Self {
        Self { node: self.node, base: self.base, over: self.over, frame: self.frame.clone() }
    }
}

impl<F: 'static> Figure<F> {
    /// Draws whenever something changes: `changes` reads the signals that the chart depends on, `moves` those that only what lies over it depends on. Both are
    /// drawn anew when the theme or the size change.
    pub fn new(painter: Painter<F>, changes: impl Fn() + 'static, moves: impl Fn() + 'static) -> Self {
        let page: Page = expect_context();
        let runs: Runs = expect_context();
        let figure = Self { node: NodeRef::new(), base: NodeRef::new(), over: NodeRef::new(), frame: Rc::default() };
        let Painter { draw, overlay } = painter;
        let size = size(figure.base);
        let (over, below, drawn) = (figure.over, figure.base, figure.frame.clone());
        let paint_over = Repaint::new(move || {
            if page.pictured.get_untracked() {
                return;
            }
            let Some(area) = shown_area(over, size) else { return };
            // the chart below was drawn for another screen, or before the deck scaled its slides
            let is_old = below
                .try_get_untracked()
                .flatten()
                .zip(over.try_get_untracked().flatten())
                .is_some_and(|(below, over)| below.width() != over.width());
            if is_old && drawn.borrow().is_some() {
                page.resized.update(|count| *count += 1);
            }
            if let Some(frame) = &*drawn.borrow() {
                untrack(|| overlay(frame, &area, &theme(page)));
            }
        });
        let (base, drawn, above) = (figure.base, figure.frame.clone(), paint_over.clone());
        let paint = Repaint::new(move || {
            if page.pictured.get_untracked() {
                return;
            }
            let Some(area) = shown_area(base, size) else { return };
            let frame = untrack(|| draw(&area, &theme(page)));
            *drawn.borrow_mut() = frame;
            above.now();
        });
        effect(move || {
            changes();
            page.dark.track();
            page.present.track();
            page.resized.track();
            page.pictured.track();
            size.track();
            if runs.board.with_untracked(Board::is_complete) { paint.soon() } else { paint.ask() }
        });
        effect(move || {
            moves();
            paint_over.soon();
        });
        figure
    }

    /// Reads the frame, if something is drawn, with where a pointer is on the picture, in CSS pixels.
    pub fn at<R>(&self, client: (i32, i32), read: impl FnOnce(&F, (f64, f64)) -> R) -> Option<R> {
        let rect = self.node.get_untracked()?.get_bounding_client_rect();
        let place = (f64::from(client.0) - rect.left(), f64::from(client.1) - rect.top());
        self.frame.borrow().as_ref().map(|frame| read(frame, place))
    }

    /// The figure's canvases, one over the other.
    pub fn canvases(&self) -> impl IntoView + use<F> {
        view! {
            <canvas node_ref=self.base></canvas>
            <canvas node_ref=self.over class="over"></canvas>
        }
    }
}
