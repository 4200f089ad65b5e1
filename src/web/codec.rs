//! Messages as JavaScript values: an array of one list of bytes and, after it, the long columns of numbers in a buffer that is handed over, not copied.
//!
//! The bytes are `postcard`'s: both ends are the same program, so a message needs no names, and its code is a fraction of what a text needs.

use js_sys::{Array, Uint8Array, Uint32Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};

use crate::base::error::{Error, Result};
use crate::lecture::run::columns::Columns;
use crate::worker::protocol::FromWorker;

/// A message and the list of buffers to hand over with it.
#[derive(Debug)]
pub struct Encoded {
    /// What to post.
    pub message: Array,
    /// What to transfer.
    pub transfer: Array,
}

/// Encodes any message without buffers.
///
/// # Errors
/// The message cannot be written, which no message of the protocol does.
pub fn encode<T: Serialize>(message: &T) -> Result<Array> {
    let bytes = postcard::to_allocvec(message).map_err(|error| malformed(&error.to_string()))?;
    Ok(Array::of1(&Uint8Array::from(bytes.as_slice())))
}

/// Encodes what the worker has to say, all in one message; the columns of payloads become one buffer, one after the other.
///
/// # Errors
/// As [`encode`].
pub fn encode_answers(mut answers: Vec<FromWorker>) -> Result<Encoded> {
    let (mut counts, mut words) = (Vec::<usize>::new(), Vec::<u32>::new());
    for column in answers.iter_mut().flat_map(Columns::columns) {
        counts.push(column.count());
        column.pack(&mut words);
    }
    let message = encode(&(counts, answers))?;
    let buffer = Uint32Array::from(words.as_slice());
    message.push(&buffer);
    Ok(Encoded { message, transfer: Array::of1(&buffer.buffer()) })
}

/// Decodes any message without buffers.
///
/// # Errors
/// It is not a message of this type.
pub fn decode<T: DeserializeOwned>(value: &JsValue) -> Result<T> {
    let bytes: Uint8Array =
        parts(value)?.get(0).dyn_into().map_err(|_| malformed("it does not begin with a list of bytes"))?;
    postcard::from_bytes(&bytes.to_vec()).map_err(|error| malformed(&error.to_string()))
}

/// Decodes what the worker has to say.
///
/// # Errors
/// The value was not made by [`encode_answers`], or a column of it is missing.
pub fn decode_answers(value: &JsValue) -> Result<Vec<FromWorker>> {
    let (counts, mut answers): (Vec<usize>, Vec<FromWorker>) = decode(value)?;
    let buffer: Uint32Array = parts(value)?.get(1).dyn_into().map_err(|_| malformed("its columns are missing"))?;
    let words = buffer.to_vec();
    let (mut rest, mut counts) = (words.as_slice(), counts.into_iter());
    for column in answers.iter_mut().flat_map(Columns::columns) {
        let taken = counts.next().and_then(|count| rest.split_at_checked(count));
        let (own, others) = taken.ok_or_else(|| malformed("a column is missing"))?;
        column.unpack(own);
        rest = others;
    }
    Ok(answers)
}

fn parts(value: &JsValue) -> Result<&Array> {
    value.dyn_ref().ok_or_else(|| malformed("it is no list"))
}

fn malformed(why: &str) -> Error {
    Error::malformed(
        "A message between the page and its worker",
        why,
        "Reload the page, so that both are of one version.",
    )
}
