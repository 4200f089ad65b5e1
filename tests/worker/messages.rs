//! Messages that were damaged on their way, or come from another version of the page: read or refused, never a panic.

use proptest::prelude::*;
use thetahat::lecture::settings::config::Config;
use thetahat::worker::code::{FromCode, RunCode};
use thetahat::worker::protocol::{Ask, FromWorker, JobRequest, RunRequest, StepRef, ToWorker};

fn asks() -> Vec<Ask> {
    let config = Config::default();
    let run = RunRequest { config: config.clone(), inspect: Some(7), edit: None };
    [
        JobRequest::Runs(vec![run.clone(), run]),
        JobRequest::Inspect(vec![StepRef { step: 40, ..StepRef::default() }]),
        JobRequest::Programs { config: config.clone(), rows: 16 },
        JobRequest::Keys { config, epoch: 3 },
        JobRequest::Traced,
    ]
    .into_iter()
    .zip(1..)
    .map(|(job, id)| Ask { id, job })
    .collect()
}

proptest! {
    #[test]
    fn a_damaged_request_is_read_as_another_one_or_refused(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        end in any::<prop::sample::Index>(),
    ) {
        let asks = asks();
        let whole = postcard::to_allocvec(&ToWorker::Ask(which.get(&asks).clone())).expect("it can be written");
        let mut bytes = whole.clone();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        for bytes in [&bytes[..], &whole[..end.index(whole.len())]] {
            if let Ok(read) = postcard::from_bytes::<ToWorker>(bytes) {
                let again = postcard::to_allocvec(&read).expect("what was read can be written");
                prop_assert_eq!(format!("{:?}", postcard::from_bytes::<ToWorker>(&again)), format!("{:?}", Ok::<_, postcard::Error>(read)));
            }
        }
    }

    #[test]
    fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = postcard::from_bytes::<ToWorker>(&bytes);
        let _ = postcard::from_bytes::<FromWorker>(&bytes);
        let _ = postcard::from_bytes::<RunCode>(&bytes);
        let _ = postcard::from_bytes::<FromCode>(&bytes);
    }
}
