//! Messages as JavaScript values: an array of one list of bytes and, after it, the long columns of numbers in a buffer that is handed over, not copied.
//!
//! The bytes are `postcard`'s: both ends are the same program, so a message needs no names, and its code is a fraction of what a text needs.

use js_sys::{Array, Float32Array, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};

use crate::base::error::{Error, Result};
use crate::lecture::run::inspection::InspectionColumns;
use crate::worker::protocol::{Chunk, FromWorker};

/// The columns that travel in the buffer, in their order: all floats of a run.
fn columns(answer: &mut FromWorker) -> Vec<&mut Vec<f32>> {
    match answer {
        FromWorker::Chunk { chunk, .. } => {
            let Chunk { losses, norms, least_squares_norms, epoch_norms, params, .. } = chunk;
            vec![losses, norms, least_squares_norms, epoch_norms, params]
        }
        FromWorker::Inspected { inspection, .. } => {
            let InspectionColumns { scalars, order, x, targets, predictions, params, gradient, params_after } =
                &mut inspection.columns;
            vec![scalars, order, x, targets, predictions, params, gradient, params_after]
        }
        _ => Vec::new(),
    }
}

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

/// Encodes answers of the worker, all in one message; the columns of chunks and inspections become one buffer, one after the other.
///
/// # Errors
/// As [`encode`].
pub fn encode_answers(mut answers: Vec<FromWorker>) -> Result<Encoded> {
    let (mut lengths, mut floats) = (Vec::<usize>::new(), Vec::<f32>::new());
    for column in answers.iter_mut().flat_map(columns) {
        lengths.push(column.len());
        floats.append(column);
    }
    let message = encode(&(lengths, answers))?;
    let buffer = Float32Array::from(floats.as_slice());
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

/// Decodes answers of the worker.
///
/// # Errors
/// They are not such.
pub fn decode_answers(value: &JsValue) -> Result<Vec<FromWorker>> {
    let (lengths, mut answers): (Vec<usize>, Vec<FromWorker>) = decode(value)?;
    let buffer: Float32Array = parts(value)?.get(1).dyn_into().map_err(|_| malformed("the columns are missing"))?;
    let floats = buffer.to_vec();
    let (mut rest, mut lengths) = (floats.as_slice(), lengths.into_iter());
    for column in answers.iter_mut().flat_map(columns) {
        let taken = lengths.next().and_then(|length| rest.split_at_checked(length));
        let (own, others) = taken.ok_or_else(|| malformed("a column is missing"))?;
        (*column, rest) = (own.to_vec(), others);
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
