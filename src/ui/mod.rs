//! The page's elements: [`app`] puts together the frame (`header`, `timeline`) and a folder for each tab; `state` has the signals that they share, `parts`
//! what several panels are made of. What decides what is shown lies in [`crate::page`].

#![allow(clippy::large_types_passed_by_value)] // states are handles of signals; only in debug builds do these carry where they were made

mod app;
mod aside;
mod banner;
mod code;
mod header;
mod history;
mod keys;
mod lab;
mod lessons;
mod map;
mod modules;
mod parts;
mod playing;
mod state;
mod step;
mod timeline;

pub use app::mount;
