//! One step under the microscope: its [`mod@moments`], the [`names`] of its values, the [`picture`] of its program, the [`rules`] of derivatives, [`numbers`] as texts, the [`mod@sheets`] of its programs, with the equations that are [`mod@alike`] in them, what stands beside the graph as [`html`], a step made otherwise in words ([`mod@what_if`]), the tree of [`mod@keys`], what was compiled ([`traced`]), and its WebAssembly as text ([`mod@wat`]).

pub mod alike;
pub mod html;
pub mod keys;
pub mod moments;
pub mod names;
pub mod numbers;
pub mod picture;
pub mod rules;
pub mod sheets;
pub mod traced;
pub mod wat;
pub mod what_if;

pub use moments::{Moment, PARTS, Place, Row, StepPart, moments};
