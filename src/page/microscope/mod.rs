//! One step under the microscope: its [`mod@moments`], the [`picture`] of its program, the [`rules`] of derivatives, [`numbers`] as texts, the [`mod@sheets`] of its programs, and what stands beside the graph as [`html`].

pub mod html;
pub mod moments;
pub mod numbers;
pub mod picture;
pub mod rules;
pub mod sheets;

pub use moments::{Moment, PARTS, Place, Row, StepPart, moments};
