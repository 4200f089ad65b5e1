//! Where `print` writes.

use std::{cell::RefCell, io::Write};

/// Takes text: 1 is standard output, 2 standard error.
pub type Sink = Box<dyn FnMut(u8, &str)>;

thread_local! {
    static SINK: RefCell<Option<Sink>> = const { RefCell::new(None) };
}

/// Sends text that programs write to `sink`; to the process's own streams if there is none.
pub fn set_sink(sink: Option<Sink>) {
    SINK.set(sink);
}

/// Writes text to a stream.
pub fn write(stream: u8, text: &str) {
    SINK.with_borrow_mut(|sink| match sink {
        Some(sink) => sink(stream, text),
        None => to_process(stream, text),
    });
}

fn to_process(stream: u8, text: &str) {
    // a reader that has gone away wants nothing more
    let _ = if stream == 1 {
        std::io::stdout().lock().write_all(text.as_bytes())
    } else {
        std::io::stderr().lock().write_all(text.as_bytes())
    };
}
