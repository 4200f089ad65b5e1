//! Where `print` writes.

use std::{cell::RefCell, io::Write};

/// The stream of figures, each in one text; the process has none.
pub const FIGURE: u8 = 3;

/// Takes text: 1 is standard output, 2 standard error, 3 a figure. Returns whether it takes more.
pub type Sink = Box<dyn FnMut(u8, &str) -> bool>;

thread_local! {
    static SINK: RefCell<Option<Sink>> = const { RefCell::new(None) };
}

/// Sends text that programs write to `sink`; to the process's own streams if there is none.
pub fn set_sink(sink: Option<Sink>) {
    SINK.set(sink);
}

/// Writes text to a stream. Returns whether more of it is wanted.
pub fn write(stream: u8, text: &str) -> bool {
    SINK.with_borrow_mut(|sink| {
        if let Some(sink) = sink {
            return sink(stream, text);
        }
        to_process(stream, text);
        true
    })
}

fn to_process(stream: u8, text: &str) {
    if stream == FIGURE {
        return;
    }
    // a reader that has gone away wants nothing more
    let _ = if stream == 1 {
        std::io::stdout().lock().write_all(text.as_bytes())
    } else {
        std::io::stderr().lock().write_all(text.as_bytes())
    };
}
