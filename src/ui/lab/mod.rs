//! The Lab: one component per panel, and the signals that they share ([`state`]).

pub mod choices;
pub mod controls;
pub mod curves;
pub mod data;
pub mod inspector;
pub mod legend;
pub mod output;
pub mod plane;
pub mod plane_gestures;
pub mod programs;
pub mod state;
pub mod tables;
