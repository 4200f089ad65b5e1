//! One step under the microscope: its [`mod@moments`], the [`picture`] of its program, the [`rules`] of derivatives, [`numbers`] as texts, the [`mod@sheets`] of its programs, what stands beside the graph as [`html`], a step made otherwise in words ([`mod@what_if`]), the tree of [`mod@keys`], and what was compiled ([`traced`]).

pub mod html;
pub mod keys;
pub mod moments;
pub mod numbers;
pub mod picture;
pub mod rules;
pub mod sheets;
pub mod traced;
pub mod what_if;

pub use moments::{Moment, PARTS, Place, Row, StepPart, moments};
