//! Texts as links carry them, compressed by the browser itself, and streams of bytes.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

use crate::page::editor::packed::{LONGEST, LONGEST_TEXT, bytes, letters};

#[wasm_bindgen]
extern "C" {
    /// Bytes on their way.
    #[wasm_bindgen(js_name = ReadableStream)]
    pub type Stream;
    #[wasm_bindgen(method, js_name = getReader)]
    fn reader(this: &Stream) -> Reader;
    #[wasm_bindgen(method, catch, js_name = pipeThrough)]
    fn through(this: &Stream, transform: &JsValue) -> Result<Stream, JsValue>;

    #[wasm_bindgen(js_name = ReadableStreamDefaultReader)]
    type Reader;
    #[wasm_bindgen(method, catch)]
    async fn read(this: &Reader) -> Result<JsValue, JsValue>;

    /// A blob, as far as it is read.
    type Source;
    #[wasm_bindgen(method)]
    fn stream(this: &Source) -> Stream;

    #[wasm_bindgen(js_name = CompressionStream)]
    type Compression;
    #[wasm_bindgen(constructor, catch, js_class = "CompressionStream")]
    fn new(format: &str) -> Result<Compression, JsValue>;

    #[wasm_bindgen(js_name = DecompressionStream)]
    type Decompression;
    #[wasm_bindgen(constructor, catch, js_class = "DecompressionStream")]
    fn new(format: &str) -> Result<Decompression, JsValue>;
}

const FORMAT: &str = "deflate-raw";

/// Hands each part of a stream to `take` until that wants no more. Returns whether all of it came.
pub async fn drain(stream: &Stream, mut take: impl FnMut(&Uint8Array) -> bool) -> bool {
    let reader = stream.reader();
    loop {
        let Ok(part) = reader.read().await else { return false };
        let get = |name: &str| Reflect::get(&part, &name.into()).unwrap_or_default();
        if get("done").is_truthy() {
            return true;
        }
        let Ok(bytes) = get("value").dyn_into::<Uint8Array>() else { return false };
        if !take(&bytes) {
            return false;
        }
    }
}

/// What comes out of a transformation of bytes; nothing where that is more than `most`, or no such bytes.
async fn transformed(bytes: &[u8], transform: &Object, most: usize) -> Option<Vec<u8>> {
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes))).ok()?;
    let stream = blob.unchecked_ref::<Source>().stream().through(transform).ok()?;
    let mut all = Vec::new();
    let is_whole = drain(&stream, |part| {
        let fits = all.len() + part.length() as usize <= most;
        if fits {
            all.extend(part.to_vec());
        }
        fits
    });
    is_whole.await.then_some(all)
}

/// A text as a link carries it; nothing where it is too long, or the browser cannot compress.
pub async fn pack(text: &str) -> Option<String> {
    let compression = Compression::new(FORMAT).ok()?;
    let packed = transformed(text.as_bytes(), compression.unchecked_ref(), LONGEST).await?;
    Some(letters(&packed)).filter(|letters| letters.len() <= LONGEST)
}

/// The text that a link carries; nothing where it carries none.
pub async fn unpack(packed: &str) -> Option<String> {
    let decompression = Decompression::new(FORMAT).ok()?;
    let text = transformed(&bytes(packed)?, decompression.unchecked_ref(), LONGEST_TEXT).await?;
    String::from_utf8(text).ok()
}
