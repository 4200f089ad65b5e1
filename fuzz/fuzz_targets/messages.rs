//! Messages between page and workers: any bytes are read or refused, and what is read is written as bytes that are read as the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use thetahat::worker::code::{FromCode, RunCode};
use thetahat::worker::protocol::{FromWorker, ToWorker};

macro_rules! check {
    ($bytes:expr; $($message:ty),+) => {$(
        if let Ok(read) = postcard::from_bytes::<$message>($bytes) {
            let again = postcard::to_allocvec(&read).expect("what was read can be written");
            let again = postcard::from_bytes::<$message>(&again).expect("what was written can be read");
            assert_eq!(format!("{again:?}"), format!("{read:?}"));
        }
    )+};
}

fuzz_target!(|bytes: &[u8]| {
    check!(bytes; ToWorker, FromWorker, RunCode, FromCode);
});
