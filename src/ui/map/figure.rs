//! The map's figure: pointing at a cell, opening its run, drawing a rectangle to zoom in.

use leptos::prelude::*;
use web_sys::PointerEvent;

use crate::page::map::figure::with_chart;
use crate::page::map::words;
use crate::plot::{HeatFrame, Pixel, heatmap, heatmap_cursor};

use crate::ui::lab::state::LabState;
use crate::ui::map::state::MapState;
use crate::ui::parts::effects::text;
use crate::ui::parts::figure::{Figure, Painter};
use crate::ui::state::Page;

/// A pointer that has moved less than this many CSS pixels since it was pressed draws no rectangle.
const STILL: f64 = 6.0;

/// A rectangle that is being drawn, in CSS pixels of the figure.
#[derive(Clone, Copy, PartialEq)]
struct Drawn {
    from: Pixel,
    to: Pixel,
}

impl Drawn {
    fn is_still(&self) -> bool {
        (self.to.0 - self.from.0).abs().max((self.to.1 - self.from.1).abs()) < STILL
    }
}

fn painter(map: MapState, drawn: RwSignal<Option<Drawn>>) -> Painter<HeatFrame> {
    Painter {
        draw: Box::new(move |area, theme| {
            map.cells
                .with(|cells| with_chart(cells, &map.view.get(), |chart| heatmap(area, chart, theme).ok().flatten()))
        }),
        overlay: Box::new(move |frame, area, theme| {
            let rectangle = drawn.get().filter(|drawn| !drawn.is_still()).map(|Drawn { from, to }| [from, to]);
            // What the back end refuses is missing for one frame; there is nobody to tell.
            let _ = heatmap_cursor(area, frame, map.pointed.get(), rectangle, theme);
        }),
    }
}

/// The map. The pointer shows what a cell is, a click opens its run, a rectangle zooms in; arrow keys do the same.
#[component]
pub fn MapFigure() -> impl IntoView {
    let map: MapState = expect_context();
    let lab: LabState = expect_context();
    let page: Page = expect_context();
    let drawn = RwSignal::new(None::<Drawn>);
    let changes = move || {
        map.cells.track();
        map.view.track();
    };
    let figure = Figure::new(painter(map, drawn), changes, move || {
        map.pointed.track();
        drawn.track();
    });
    let place = figure.clone();
    let at = std::rc::Rc::new(move |event: &PointerEvent| {
        place.at((event.client_x(), event.client_y()), |frame, pixel| (frame.cell(pixel), pixel))
    });
    let cell_at = figure.clone();
    let (at_press, at_move, at_up) = (at.clone(), at.clone(), at);
    let press = move |event: PointerEvent| {
        if event.button() != 0 {
            return;
        }
        let Some((Some(cell), pixel)) = at_press(&event) else { return };
        map.point(Some(cell));
        if event.pointer_type() == "mouse" {
            drawn.set(Some(Drawn { from: pixel, to: pixel }));
        }
    };
    let follow = move |event: PointerEvent| {
        let Some((cell, pixel)) = at_move(&event) else { return };
        if event.buttons() & 1 == 1 && drawn.get_untracked().is_some() {
            drawn.update(|drawn| *drawn = drawn.map(|drawn| Drawn { to: pixel, ..drawn }));
        } else {
            map.point(cell);
        }
    };
    let release = move |event: PointerEvent| {
        let Some(rectangle) = drawn.get_untracked() else { return };
        drawn.set(None);
        if rectangle.is_still() {
            if at_up(&event).is_some_and(|(cell, _)| cell.is_some()) {
                map.open(lab, page);
            }
            return;
        }
        let Drawn { from, to } = rectangle;
        let inner = |frame: &HeatFrame, (x, y): Pixel| frame.nearest((x, y));
        let rect = cell_at.at((0, 0), |frame, _| (inner(frame, from), inner(frame, to)));
        if let Some((Some(from), Some(to))) = rect {
            map.zoom_to(from, to);
        }
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        let plan = map.cells.with_untracked(|cells| (cells.plan.rows(), cells.plan.rates.len()));
        let by = if event.shift_key() { 8 } else { 1 };
        let go = |up: isize, right: isize| {
            let (row, column) = map.pointed.get_untracked().unwrap_or_default();
            let moved = |at: usize, by: isize, count: usize| at.saturating_add_signed(by).min(count.saturating_sub(1));
            map.point(Some((moved(row, up, plan.0), moved(column, right, plan.1))));
        };
        match event.key().as_str() {
            "ArrowUp" => go(by, 0),
            "ArrowDown" => go(-by, 0),
            "ArrowRight" => go(0, by),
            "ArrowLeft" => go(0, -by),
            "Enter" => map.open(lab, page),
            "+" | "=" => map.zoom(0.5),
            "-" => map.zoom(2.0),
            "0" => map.zoom_out(),
            _ => return,
        }
        event.prevent_default();
    };
    let summary = text(move || map.cells.with(|cells| words::summary(cells, &map.view.get())));
    view! {
        <figure class="figure map-figure">
            <div
                class="drawing"
                role="img"
                tabindex="0"
                aria-label="Map"
                aria-describedby="map-summary map-how"
                node_ref=figure.node
                on:pointerdown=press
                on:pointermove=follow
                on:pointerup=release
                on:pointercancel=move |_| drawn.set(None)
                on:pointerleave=move |_| drawn.set(None)
                on:keydown=keys
                on:dblclick=move |_| map.zoom_out()
            >
                {figure.canvases()}
            </div>
            <figcaption id="map-summary" class="unseen">{summary}</figcaption>
        </figure>
    }
}
