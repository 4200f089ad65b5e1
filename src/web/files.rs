//! Files that are saved from the page, and text that goes to the clipboard.

use js_sys::Array;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement, HtmlImageElement, Url,
};

/// Offers a text as a file. Gives whether that was possible.
#[must_use]
pub fn save(name: &str, kind: &str, text: &str) -> bool {
    let Some(url) = object(text, kind) else { return false };
    offer(name, &url).is_some()
}

/// Offers an SVG picture of this size as a PNG file of twice as many pixels each way. Returns whether that can be tried; `noisy` is called if the browser puts
/// noise into what is read from a canvas, as some do against fingerprinting, so that the file has it, too.
#[must_use]
pub fn png(name: &str, svg: &str, (width, height): (u32, u32), noisy: impl Fn() + 'static) -> bool {
    let (Some(url), Ok(image)) = (object(svg, "image/svg+xml"), HtmlImageElement::new()) else { return false };
    let (name, loaded) = (name.to_owned(), image.clone());
    let draw = Closure::once_into_js(move || {
        let drawn = drawn(&loaded, width * 2, height * 2);
        if let Some(data) = drawn.and_then(|canvas| canvas.to_data_url_with_type("image/png").ok()) {
            // A browser that saves nothing now has said so itself.
            let _ = offer(&name, &data);
        }
        if has_noise() {
            noisy();
        }
    });
    image.set_onload(Some(draw.unchecked_ref()));
    image.set_src(&url);
    true
}

#[wasm_bindgen]
extern "C" {
    /// A canvas's context, as far as its pixels are read.
    type Pixels;
    #[wasm_bindgen(method, catch, js_name = getImageData)]
    fn read(this: &Pixels, x: i32, y: i32, width: i32, height: i32) -> Result<JsValue, JsValue>;
}

/// Whether pixels of one colour are read from a canvas as others.
fn has_noise() -> bool {
    read_flat().is_some_and(|bytes| bytes.chunks_exact(4).any(|pixel| pixel != FLAT))
}

/// A colour that has to come back as it is, and as CSS writes it.
const FLAT: [u8; 4] = [90, 120, 150, 255];
const FLAT_NAME: &str = "rgb(90,120,150)";

fn read_flat() -> Option<Vec<u8>> {
    const SIDE: u16 = 32;
    let canvas = canvas(u32::from(SIDE), u32::from(SIDE))?;
    let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    pen.set_fill_style_str(FLAT_NAME);
    pen.fill_rect(0.0, 0.0, f64::from(SIDE), f64::from(SIDE));
    let side = i32::from(SIDE);
    let read = pen.unchecked_ref::<Pixels>().read(0, 0, side, side).ok()?;
    let data = js_sys::Reflect::get(&read, &JsValue::from_str("data")).ok()?;
    Some(js_sys::Uint8Array::new(&data).to_vec())
}

fn canvas(width: u32, height: u32) -> Option<HtmlCanvasElement> {
    let canvas: HtmlCanvasElement = web_sys::window()?.document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    Some(canvas)
}

fn drawn(image: &HtmlImageElement, width: u32, height: u32) -> Option<HtmlCanvasElement> {
    let canvas = canvas(width, height)?;
    let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let size = (f64::from(width), f64::from(height));
    pen.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, size.0, size.1).ok()?;
    Some(canvas)
}

/// An address of a text, for as long as the page is open.
pub fn object(text: &str, kind: &str) -> Option<String> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&JsValue::from_str(text)), &options).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

fn offer(name: &str, url: &str) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let anchor: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    anchor.set_href(url);
    anchor.set_download(name);
    anchor.click();
    Some(())
}

/// Puts a text on the clipboard, and says whether that went well.
pub fn copy(text: &str, done: impl Fn(bool) + 'static) {
    let clipboard = web_sys::window().map(|window| window.navigator().clipboard());
    // Pages that are not served securely have no clipboard.
    let Some(clipboard) = clipboard.filter(|clipboard| !clipboard.is_undefined()) else { return done(false) };
    let done = std::rc::Rc::new(done);
    let failed = done.clone();
    let copied = Closure::once(move |_: JsValue| done(true));
    let refused = Closure::once(move |_: JsValue| failed(false));
    let _ = clipboard.write_text(text).then2(&copied, &refused);
    copied.forget();
    refused.forget();
}
