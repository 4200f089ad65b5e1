//! When a screen reader is told what has changed.

use thetahat::page::speech::{PAUSE, REST, Speech};

fn told(speech: &mut Speech, now: f64, position: &str, status: &str) -> Option<String> {
    speech.say(now, vec![position.to_owned(), status.to_owned()])
}

#[test]
fn nothing_is_said_of_what_stands_there_at_first() {
    let mut speech = Speech::default();
    speech.change(0.0);
    assert_eq!(speech.wait(0.0), REST);
    assert_eq!(told(&mut speech, REST, "step 1", "done"), None);
}

#[test]
fn a_drag_is_one_sentence_and_sentences_have_a_pause_between_them() {
    let mut speech = Speech::default();
    told(&mut speech, 0.0, "step 1", "6,432 steps in 0.8 ms");
    for place in 0..200 {
        let now = 1000.0 + f64::from(place) * 20.0;
        speech.change(now);
        assert!(speech.wait(now) > 0.0, "silent at place {place}");
    }
    let end = 1000.0 + 199.0 * 20.0;
    assert!(speech.wait(end + REST) <= 0.0);
    let said = told(&mut speech, end + REST, "step 1", "6,432 steps in 0.9 ms");
    assert_eq!(said.as_deref(), Some("6,432 steps in 0.9 ms"), "only what is new");
    speech.change(end + REST + 10.0);
    assert_eq!(speech.wait(end + REST + 10.0), PAUSE - 10.0);
    assert_eq!(told(&mut speech, end + 9000.0, "step 1", "6,432 steps in 0.9 ms"), None);
}
