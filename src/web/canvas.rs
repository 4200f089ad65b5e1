//! Canvases that are as sharp as the display, in a scaled slide, too.

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement, ResizeObserver, ResizeObserverEntry};

use super::deck;

/// At most this many pixels are drawn for a CSS pixel, each way: more are not seen, and large canvases are slow.
const MOST_PIXELS: f64 = 4.0;

/// How large the slide around a frame is shown: decks scale their slides with CSS, of which a frame is told nothing. Where it may not look, as in a deck of
/// another origin, two pixels for one are enough for most projectors.
const UNKNOWN_SCALE: f64 = 2.0;

/// Pixels that are shown for a CSS pixel: those of the display, and more if a deck enlarges the page.
#[must_use]
pub fn pixel_ratio() -> f64 {
    let display = web_sys::window().map_or(1.0, |window| window.device_pixel_ratio()).max(1.0);
    let ratio = match deck_scale() {
        Some(scale) => display * scale.max(1.0),
        None => display.max(UNKNOWN_SCALE),
    };
    ratio.clamp(1.0, MOST_PIXELS)
}

/// By how much the page around this one enlarges it; 1 where there is none, nothing where that cannot be known.
fn deck_scale() -> Option<f64> {
    if deck::around().is_none() {
        return Some(1.0);
    }
    let frame = web_sys::window()?.frame_element().ok().flatten()?;
    let shown = frame.get_bounding_client_rect().width();
    let width = f64::from(frame.dyn_into::<HtmlElement>().ok()?.offset_width());
    (shown > 0.0 && width > 0.0).then(|| shown / width)
}

/// Tells, as long as the page lives, whenever the display shows another number of pixels for a CSS pixel: a window was moved to another screen, or enlarged.
pub fn on_ratio_change(tell: impl Fn() + Clone + 'static) {
    let Some(window) = web_sys::window() else { return };
    // a query holds for one ratio, so each change asks for the next
    let query = format!("(resolution: {}dppx)", window.device_pixel_ratio());
    let Some(query) = window.match_media(&query).ok().flatten() else { return };
    let asked = query.clone();
    let changed = Closure::once_into_js(move || {
        asked.set_onchange(None);
        tell();
        on_ratio_change(tell);
    });
    query.set_onchange(Some(changed.unchecked_ref()));
}

/// Tells the size at which a canvas is shown, in CSS pixels, at first and whenever it has changed, as long as the page lives. The browser tells it after it has
/// laid the page out; to ask for it would make the browser do that at once, for every picture anew.
pub fn on_resize(canvas: &HtmlCanvasElement, mut tell: impl FnMut((f64, f64)) + 'static) {
    let observed = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
        let last = entries.iter().last().and_then(|entry| entry.dyn_into::<ResizeObserverEntry>().ok());
        if let Some(entry) = last {
            let rect = entry.content_rect();
            tell((rect.width(), rect.height()));
        }
    });
    if let Ok(observer) = ResizeObserver::new(observed.as_ref().unchecked_ref()) {
        observer.observe(canvas);
        observed.forget();
    }
}

/// Gives a canvas that is shown in this size, in CSS pixels, as many pixels as the display shows of it, and clears it; `None` while it has no size.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // sizes of a screen
pub fn clear(canvas: &HtmlCanvasElement, (width, height): (f64, f64)) -> Option<()> {
    if width < 1.0 || height < 1.0 {
        return None;
    }
    let ratio = pixel_ratio();
    let (across, down) = ((width * ratio).round() as u32, (height * ratio).round() as u32);
    if canvas.width() != across {
        canvas.set_width(across);
    }
    if canvas.height() != down {
        canvas.set_height(down);
    }
    let pen = canvas.get_context("2d").ok().flatten()?.dyn_into::<CanvasRenderingContext2d>().ok()?;
    pen.clear_rect(0.0, 0.0, f64::from(across), f64::from(down));
    Some(())
}
