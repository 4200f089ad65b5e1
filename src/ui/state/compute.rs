//! [`Compute`]: the way to the worker.

use leptos::prelude::*;

use crate::web::bridge::{Bridge, Report};

/// The way to the worker. Copies share it.
#[derive(Clone, Copy)]
pub struct Compute(StoredValue<Option<Bridge>, LocalStorage>);

impl Compute {
    /// No worker yet.
    pub fn new() -> Self {
        Self(StoredValue::new_local(None))
    }

    /// Starts the worker, whose reports go to `receive`.
    pub fn start(self, receive: impl Fn(Report) + 'static) {
        self.0.set_value(Some(Bridge::start(receive)));
    }

    /// Calls the bridge to the worker, once there is one.
    pub fn with<R>(self, call: impl FnOnce(&Bridge) -> R) -> Option<R> {
        self.0.with_value(|bridge| bridge.as_ref().map(call))
    }
}
