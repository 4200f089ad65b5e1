//! The tab Code's worker: what is sent of what a program prints, and what the page's end decides.

use thetahat::worker::code::{Ending, FromCode, MOST_PRINTED, RunCode, Spool, Stream};
use thetahat::worker::interpreter::{Action, Interpreter, Phase};

fn actions(interpreter: &mut Interpreter) -> Vec<Action> {
    std::iter::from_fn(|| interpreter.next_action()).collect()
}

fn post(text: &str) -> Action {
    Action::Post(RunCode { text: text.to_owned() })
}

/// An interpreter whose worker listens.
fn idle() -> Interpreter {
    let mut interpreter = Interpreter::default();
    interpreter.prepare();
    interpreter.fetched(true);
    interpreter.hear(&FromCode::Ready);
    assert_eq!(actions(&mut interpreter), [Action::Fetch, Action::Start]);
    interpreter
}

#[test]
fn the_first_run_fetches_and_starts() {
    let mut interpreter = Interpreter::default();
    interpreter.run("a".to_owned());
    assert_eq!((interpreter.phase(), interpreter.is_busy()), (Phase::Fetching, true));
    assert_eq!(actions(&mut interpreter), [Action::Fetch]);
    // the newest text counts
    interpreter.run("b".to_owned());
    interpreter.fetched(true);
    assert_eq!(actions(&mut interpreter), [Action::Start]);
    interpreter.hear(&FromCode::Ready);
    assert_eq!(actions(&mut interpreter), [post("b")]);
    assert_eq!(interpreter.phase(), Phase::Running);
    // each run has a worker of its own, which is started ahead
    interpreter.hear(&FromCode::Ended(Ending::default()));
    assert_eq!((interpreter.phase(), interpreter.is_busy()), (Phase::Starting, false));
    interpreter.run("c".to_owned());
    assert_eq!(actions(&mut interpreter), [Action::Start]);
    interpreter.hear(&FromCode::Ready);
    assert_eq!(actions(&mut interpreter), [post("c")]);
}

#[test]
fn a_running_program_is_ended_by_ending_its_worker() {
    let mut interpreter = idle();
    interpreter.run("while True: pass".to_owned());
    interpreter.stop();
    assert_eq!((interpreter.phase(), interpreter.is_busy()), (Phase::Starting, false));
    assert_eq!(actions(&mut interpreter), [post("while True: pass"), Action::Start]);
    interpreter.hear(&FromCode::Ready);
    assert_eq!((interpreter.phase(), actions(&mut interpreter)), (Phase::Idle, vec![]));
    // another text takes the place of the one that runs
    interpreter.run("a".to_owned());
    interpreter.run("b".to_owned());
    interpreter.hear(&FromCode::Ready);
    assert_eq!(actions(&mut interpreter), [post("a"), Action::Start, post("b")]);
    // what has not begun is not begun
    let mut interpreter = Interpreter::default();
    interpreter.run("a".to_owned());
    interpreter.stop();
    interpreter.fetched(true);
    interpreter.hear(&FromCode::Ready);
    assert_eq!(actions(&mut interpreter), [Action::Fetch, Action::Start]);
}

#[test]
fn a_worker_that_dies_is_replaced_and_its_program_is_not_run_again() {
    let mut interpreter = idle();
    interpreter.run("[0] * 10**9".to_owned());
    interpreter.died();
    interpreter.hear(&FromCode::Ready);
    assert_eq!(actions(&mut interpreter), [post("[0] * 10**9"), Action::Start]);
    assert_eq!((interpreter.phase(), interpreter.is_busy()), (Phase::Idle, false));
    // one that never listens is given up, and tried again when it is wanted
    interpreter.died();
    interpreter.died();
    assert_eq!(interpreter.phase(), Phase::Missing);
    assert_eq!(actions(&mut interpreter), [Action::Start]);
    interpreter.run("a".to_owned());
    assert_eq!(actions(&mut interpreter), [Action::Start]);
}

#[test]
fn a_program_that_cannot_be_fetched_can_be_asked_for_again() {
    let mut interpreter = Interpreter::default();
    interpreter.run("a".to_owned());
    interpreter.fetched(false);
    assert_eq!(interpreter.phase(), Phase::Missing);
    interpreter.prepare();
    interpreter.fetched(true);
    interpreter.hear(&FromCode::Ready);
    assert_eq!(actions(&mut interpreter), [Action::Fetch, Action::Fetch, Action::Start, post("a")]);
}

#[test]
fn what_is_printed_is_sent_in_portions() {
    let mut spool = Spool::new(0.0);
    assert!(spool.print(Stream::Out, "a") && spool.print(Stream::Out, "b") && spool.print(Stream::Err, "c"));
    assert_eq!(spool.due(10.0), None);
    assert_eq!(spool.due(60.0), Some(vec![(Stream::Out, "ab".to_owned()), (Stream::Err, "c".to_owned())]));
    assert_eq!(spool.due(200.0), None, "nothing is left");
    spool.print(Stream::Out, &"x".repeat(10_000));
    assert_eq!(spool.due(200.0).map(|pieces| pieces[0].1.len()), Some(10_000), "much does not wait");
    spool.print(Stream::Out, "end");
    assert_eq!(spool.rest(), [(Stream::Out, "end".to_owned())]);
    // the first lines do not wait: the program may never print again
    let mut spool = Spool::new(0.0);
    spool.print(Stream::Out, "a");
    assert_eq!(spool.due(0.0), None, "the line is not whole");
    spool.print(Stream::Out, "\n");
    assert_eq!(spool.due(0.0), Some(vec![(Stream::Out, "a\n".to_owned())]));
    let prompt = (0..1_000).take_while(|_| {
        spool.print(Stream::Out, "b\n");
        spool.due(1.0).is_some()
    });
    assert!((20..200).contains(&prompt.count()), "many lines go together");
}

#[test]
fn a_program_that_prints_without_bound_is_ended() {
    let mut spool = Spool::new(0.0);
    let line = "é".repeat(49) + "xy\n";
    let (mut sent, mut lines) = (0, 0);
    while spool.print(Stream::Out, &line) {
        lines += 1;
        sent += spool.due(0.0).map_or(0, |pieces| pieces[0].1.len());
        assert!(lines < MOST_PRINTED);
    }
    assert!(spool.is_full() && !spool.print(Stream::Out, &line));
    // what is said of its end is sent nevertheless
    spool.print(Stream::Err, "Traceback");
    let rest = spool.rest();
    let out: usize = rest.iter().filter(|(stream, _)| *stream == Stream::Out).map(|(_, text)| text.len()).sum();
    assert!(sent + out <= MOST_PRINTED && sent + out > MOST_PRINTED - line.len());
    assert_eq!(rest.last(), Some(&(Stream::Err, "Traceback".to_owned())));
}
