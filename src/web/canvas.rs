//! Canvases that are as sharp as the display, and the few strokes that are drawn over charts while time is scrubbed.

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// Device pixels per CSS pixel.
#[must_use]
pub fn pixel_ratio() -> f64 {
    web_sys::window().map_or(1.0, |window| window.device_pixel_ratio().max(1.0))
}

/// Gives the canvas as many pixels as the display shows of it; gives its size in CSS pixels, or `None` while it has none.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // sizes of a screen
pub fn fit(canvas: &HtmlCanvasElement) -> Option<(f64, f64)> {
    let rect = canvas.get_bounding_client_rect();
    let (width, height) = (rect.width(), rect.height());
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
    Some((width, height))
}

/// The canvas's pen, cleared and scaled so that it draws in CSS pixels.
#[must_use]
pub fn pen(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    let context = canvas.get_context("2d").ok().flatten()?.dyn_into::<CanvasRenderingContext2d>().ok()?;
    let ratio = pixel_ratio();
    context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0).ok()?;
    context.clear_rect(0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height()));
    Some(context)
}

/// A straight line.
pub fn line(pen: &CanvasRenderingContext2d, from: (f64, f64), to: (f64, f64), color: &str, width: f64) {
    pen.set_stroke_style_str(color);
    pen.set_line_width(width);
    pen.begin_path();
    pen.move_to(from.0, from.1);
    pen.line_to(to.0, to.1);
    pen.stroke();
}

/// A filled dot with a ring around it, so that it stands out on any ground.
pub fn dot(pen: &CanvasRenderingContext2d, at: (f64, f64), radius: f64, fill: &str, ring: &str) {
    pen.begin_path();
    // The radius is positive, which is all that an arc asks for.
    let _ = pen.arc(at.0, at.1, radius, 0.0, std::f64::consts::TAU);
    pen.set_fill_style_str(fill);
    pen.fill();
    pen.set_stroke_style_str(ring);
    pen.set_line_width(2.0);
    pen.stroke();
}

/// A line that ends in an arrow's head.
pub fn arrow(pen: &CanvasRenderingContext2d, from: (f64, f64), to: (f64, f64), color: &str, width: f64) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy);
    if length < 2.0 {
        return;
    }
    line(pen, from, to, color, width);
    let (ux, uy) = (dx / length, dy / length);
    let head = (length / 2.0).min(8.0);
    pen.set_fill_style_str(color);
    pen.begin_path();
    pen.move_to(to.0, to.1);
    pen.line_to(to.0 - head * ux - head / 2.0 * uy, to.1 - head * uy + head / 2.0 * ux);
    pen.line_to(to.0 - head * ux + head / 2.0 * uy, to.1 - head * uy - head / 2.0 * ux);
    pen.fill();
}
