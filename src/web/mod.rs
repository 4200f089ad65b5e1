//! What only a browser has: the worker and the bridge to it, the loader of generated WebAssembly, canvases, frames.

pub mod codec;
pub mod later;
pub mod loader;
pub mod worker;

#[cfg(feature = "ui")]
pub mod bridge;
#[cfg(feature = "ui")]
pub mod canvas;
#[cfg(feature = "ui")]
pub mod deck;
#[cfg(feature = "ui")]
pub mod files;
#[cfg(feature = "ui")]
pub mod frames;
#[cfg(feature = "ui")]
pub mod packing;
#[cfg(feature = "ui")]
pub mod pool;
#[cfg(feature = "ui")]
pub mod python;
#[cfg(feature = "ui")]
pub mod scorm;
#[cfg(feature = "ui")]
pub mod sound;
#[cfg(feature = "ui")]
pub mod storage;
#[cfg(feature = "ui")]
pub mod theme;
