//! Canvases that are as sharp as the display.

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ResizeObserver, ResizeObserverEntry};

/// Device pixels per CSS pixel.
#[must_use]
pub fn pixel_ratio() -> f64 {
    web_sys::window().map_or(1.0, |window| window.device_pixel_ratio().max(1.0))
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
