//! The boundary between Python and the engine: calls of every public function, with arguments that fit now and then, end in values or exceptions.
//!
//! The programs are those of the property test (`python/tests/boundary.rs`), of the fuzzer's bytes.

#![no_main]

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;

#[path = "../../python/tests/boundary/program.rs"]
mod program;

/// Runs a program, given its text; gives what it prints.
fn printed(text: String) -> String {
    // Python's own limit on recursion comes first in a stack of this size
    let thread = std::thread::Builder::new().stack_size(256 << 20).spawn(move || {
        let printed = Rc::new(RefCell::new(String::new()));
        let sink = printed.clone();
        thetahat_python::output::set_sink(Some(Box::new(move |_, text| {
            sink.borrow_mut().push_str(text);
            true
        })));
        let ended = thetahat_python::run(&text, "calls.py", &[]);
        thetahat_python::output::set_sink(None);
        assert_eq!(ended.status, 0, "{}", printed.borrow());
        printed.take()
    });
    thread.expect("a thread").join().expect("no panic")
}

fuzz_target!(|bytes: &[u8]| {
    static FUNCTIONS: OnceLock<String> = OnceLock::new();
    let functions: Vec<&str> = FUNCTIONS.get_or_init(|| printed(program::LISTING.to_owned())).lines().collect();
    let printed = printed(program::program(bytes, &functions));
    let fault = printed.lines().find(|line| line.starts_with("FAULT"));
    assert_eq!(fault, None);
});
