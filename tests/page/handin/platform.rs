//! Learning platforms: what is kept fits and comes back, whatever is damaged; what is told is true; a platform that refuses something breaks nothing.

use std::cell::RefCell;
use std::rc::Rc;

use expect_test::expect;
use proptest::prelude::*;
use thetahat::lecture::settings::config::Config;
use thetahat::page::handin::mark::Verdict;
use thetahat::page::handin::platform::score::{Standing, verdicts};
use thetahat::page::handin::platform::session::{Api, Opened, Report, Session, span};
use thetahat::page::handin::platform::suspended::{Kept, KeptLesson, LIMIT, LeftOut};
use thetahat::page::handin::sealed::seal;
use thetahat::page::lessons::LESSONS;
use thetahat::page::lessons::facts::Facts;
use thetahat::page::lessons::form::{CheckKind, Given, Kind, Lesson, Scene};
use thetahat::page::lessons::work::{ATTEMPTS_LIMIT, Attempt, Guess, LessonWork, SceneWork};
use thetahat::page::view::Shown;

use crate::lessons::runner::Runner;

fn guess(kind: &'static Kind) -> BoxedStrategy<Guess> {
    let number = -1e6..1e6_f64;
    let own = match kind {
        Kind::Choice(choices) => (0..choices.len()).prop_map(Guess::Choice).boxed(),
        Kind::Number(_) => number.prop_map(Guess::Number).boxed(),
        Kind::Point(_) => [number.clone(), number].prop_map(Guess::Point).boxed(),
        Kind::Sketch(_) => proptest::collection::vec(number, 9).prop_map(Guess::Sketch).boxed(),
    };
    prop_oneof![1 => Just(Guess::Unsure), 3 => own].boxed()
}

fn run() -> impl Strategy<Value = Config> {
    (any::<i64>(), 1e-4..1.0_f64, 1..500_usize, proptest::option::of([-9.0..9.0_f32, -9.0..9.0_f32])).prop_map(
        |(seed, learning_rate, batch_size, theta_0)| Config {
            seed,
            learning_rate,
            batch_size,
            theta_0: theta_0.map(|theta| theta.to_vec()),
            ..Config::default()
        },
    )
}

fn attempts(scene: &'static Scene, most: usize) -> BoxedStrategy<Vec<Attempt>> {
    let Some(check) = &scene.check else { return Just(Vec::new()).boxed() };
    let said = match check.kind {
        CheckKind::Number(_) => (-1e6..1e6_f64).prop_map(|number| Some(Guess::Number(number))).boxed(),
        CheckKind::Lab { .. } => Just(None).boxed(),
    };
    let attempt = (said, run()).prop_map(|(said, run)| Attempt { said, run, shown: Shown::ALL });
    proptest::collection::vec(attempt, 0..=most).boxed()
}

fn scene(scene: &'static Scene, most: usize) -> BoxedStrategy<(SceneWork, Verdict)> {
    let guess = scene.predicts.as_ref().map(|prediction| proptest::option::of(guess(&prediction.kind)));
    let guess = guess.map_or(Just(None).boxed(), Strategy::boxed);
    let verdict = if scene.predicts.is_some() {
        proptest::sample::select(vec![Verdict::Missing, Verdict::Right, Verdict::Wrong, Verdict::Unsure]).boxed()
    } else {
        Just(Verdict::Missing).boxed()
    };
    let made = (guess, any::<bool>(), attempts(scene, most), any::<bool>(), verdict);
    let made = made.prop_map(|(guess, revealed, attempts, passed, verdict)| {
        (SceneWork { guess, revealed, attempts, passed }, verdict)
    });
    made.boxed()
}

fn lesson(lesson: &'static Lesson, most: usize) -> impl Strategy<Value = KeptLesson> {
    let scenes: Vec<_> = lesson.scenes.iter().map(|it| scene(it, most)).collect();
    (scenes, 0..lesson.scenes.len(), any::<bool>(), any::<i64>()).prop_map(|(scenes, place, finished, seed)| {
        let (scenes, mut verdicts): (Vec<_>, Vec<_>) = scenes.into_iter().unzip();
        while verdicts.last() == Some(&Verdict::Missing) {
            verdicts.pop();
        }
        let work = LessonWork { lesson: lesson.key.to_owned(), seed, scene: place, finished, scenes };
        KeptLesson { work, verdicts }
    })
}

/// Work in some of the lessons, with up to this many attempts at each thing to find out.
fn kept(lessons: std::ops::RangeInclusive<usize>, most: usize) -> impl Strategy<Value = Kept> {
    let all = proptest::sample::subsequence((0..LESSONS.len()).collect::<Vec<_>>(), lessons).prop_shuffle();
    let typed = proptest::option::of(("[A-Za-zÄé]{1,80}", "[0-9]{1,20}"));
    let all = all
        .prop_flat_map(move |chosen| chosen.into_iter().map(|place| lesson(LESSONS[place], most)).collect::<Vec<_>>());
    (all, typed).prop_map(|(lessons, typed)| Kept { lessons, typed })
}

/// The same without attempts.
fn without_attempts(mut kept: Kept) -> Kept {
    kept.lessons.iter_mut().flat_map(|known| &mut known.work.scenes).for_each(|scene| scene.attempts.clear());
    kept
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn what_fits_comes_back(kept in kept(0..=3, 2)) {
        let (text, left_out) = kept.written();
        prop_assert!(text.len() <= LIMIT && text.is_ascii());
        prop_assert_eq!(left_out, LeftOut::Nothing);
        prop_assert_eq!(Kept::read(&text), (kept.clone(), 0));
        prop_assert_eq!(Kept::read(&kept.whole()), (kept, 0));
    }

    #[test]
    fn what_does_not_fit_is_left_out_least_first(kept in kept(LESSONS.len()..=LESSONS.len(), ATTEMPTS_LIMIT)) {
        let (text, left_out) = kept.written();
        prop_assert!(text.len() <= LIMIT);
        let (read, lost) = Kept::read(&text);
        prop_assert_eq!(lost, 0);
        // all predictions in all lessons, and what was found of them, whatever was attempted
        prop_assert_eq!(without_attempts(read.clone()), without_attempts(kept.clone()));
        prop_assert_eq!(left_out == LeftOut::Nothing, read == kept);
        for (read, kept) in read.lessons.iter().zip(&kept.lessons) {
            for (read, kept) in read.work.scenes.iter().zip(&kept.work.scenes) {
                prop_assert!(kept.attempts.ends_with(&read.attempts));
            }
        }
    }

    #[test]
    fn what_is_damaged_costs_its_own_lesson_only(kept in kept(1..=3, 2), place: prop::sample::Index, letter in "[ -~]") {
        let (text, _) = kept.written();
        let place = place.index(text.len());
        let damaged = format!("{}{letter}{}", &text[..place], &text[place + 1..]);
        let (read, _) = Kept::read(&damaged);
        let whole = read.lessons.iter().filter(|read| kept.lessons.contains(read)).count();
        prop_assert_eq!(whole, read.lessons.len(), "nothing is read that was not written");
        prop_assert!(read.lessons.len() + 2 >= kept.lessons.len());
        // a platform that keeps fewer characters than it should
        let (read, lost) = Kept::read(&text[..place]);
        prop_assert_eq!(&read.lessons[..], &kept.lessons[..read.lessons.len()]);
        prop_assert!(lost <= 1);
    }

    #[test]
    fn nothing_is_too_strange_to_be_read(text in ".{0,300}", bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        for text in [text, seal('L', &bytes), seal('N', &bytes)] {
            let (read, lost) = Kept::read(&text);
            prop_assert!(read.lessons.is_empty() && lost <= text.len());
        }
    }

    #[test]
    fn of_two_places_the_fuller_lesson_counts(first in kept(0..=3, 1), second in kept(0..=3, 1)) {
        let both = first.clone().merged(second.clone());
        for known in &both.lessons {
            prop_assert!(first.lessons.contains(known) || second.lessons.contains(known));
        }
        for known in first.lessons.iter().chain(&second.lessons) {
            prop_assert!(both.of(&known.work.lesson).is_some());
        }
        prop_assert_eq!(first.clone().merged(first.clone()), first);
    }
}

#[test]
fn answers_that_no_scene_has_are_not_read() {
    let work = LessonWork {
        lesson: "divergence".to_owned(),
        scene: 99,
        scenes: vec![SceneWork { guess: Some(Guess::Number(f64::NAN)), ..SceneWork::default() }; 30],
        ..LessonWork::default()
    };
    let strange = Kept { lessons: vec![KeptLesson { work, ..KeptLesson::default() }], typed: None };
    let (read, lost) = Kept::read(&strange.whole());
    let work = &read.lessons[0].work;
    assert_eq!((lost, work.scene, work.scenes.len()), (0, 4, 5));
    assert!(work.scenes.iter().all(|scene| *scene == SceneWork::default()));
    let magic = LessonWork { lesson: "magic".to_owned(), ..LessonWork::default() };
    let magic = Kept { lessons: vec![KeptLesson { work: magic, ..KeptLesson::default() }], typed: None };
    assert_eq!(Kept::read(&magic.whole()), (Kept::default(), 1));
}

#[test]
fn what_was_left_out_is_said() {
    let cuts =
        [LeftOut::Nothing, LeftOut::EarlierAttempts, LeftOut::Attempts, LeftOut::Lessons(1), LeftOut::Lessons(3)];
    expect![[r"

        The platform keeps 4096 characters, so it does not keep earlier attempts at what is to be found out; this browser does.
        The platform keeps 4096 characters, so it does not keep the numbers and runs that you found out (that they were right is kept); this browser does.
        The platform keeps 4096 characters, so it does not keep the answers in the lesson that you began first; this browser does.
        The platform keeps 4096 characters, so it does not keep the answers in the 3 lessons that you began first; this browser does."]]
    .assert_eq(&cuts.map(LeftOut::sentence).join("\n"));
}

#[test]
fn the_score_is_what_the_runs_say() {
    let (_, batches) = thetahat::page::lessons::of("batches").expect("a lesson");
    let given = Given::default();
    let facts = Runner::default().facts(batches, &given);
    let mut scenes = vec![SceneWork::default(); batches.scenes.len()];
    let work = |scenes: &[SceneWork]| LessonWork {
        lesson: "batches".to_owned(),
        seed: given.seed,
        scenes: scenes.to_vec(),
        ..LessonWork::default()
    };
    let stands = |kept: &Kept, given: &Given| Standing::of(std::iter::once(batches), kept, given);
    let mut kept = Kept::default();
    let mut seen = Vec::new();
    let mut look = |scenes: &[SceneWork]| {
        kept.take(&thetahat::page::lessons::work::Work { lessons: vec![work(scenes)] });
        kept.judge("batches", |known| verdicts(batches, &known.work, &facts, &known.verdicts));
        let standing = stands(&kept, &given);
        seen.push(format!("{:?} {} {}", kept.lessons[0].verdicts, standing.status(""), standing.sentence()));
    };
    look(&scenes);
    let first = batches.scenes.iter().position(|scene| scene.predicts.is_some()).expect("a prediction");
    scenes[first].guess = Some(Guess::Number(32.0));
    // in front of a class it is not shown yet, and not judged either
    look(&scenes);
    scenes[first].revealed = true;
    look(&scenes);
    scenes[first].guess = Some(Guess::Number(31.0));
    look(&scenes);
    scenes[first].guess = Some(Guess::Unsure);
    look(&scenes);
    for (said, scene) in scenes.iter_mut().zip(batches.scenes) {
        said.guess = scene.predicts.as_ref().map(|_| Guess::Unsure);
        (said.revealed, said.passed) = (scene.predicts.is_some(), scene.check.is_some());
    }
    look(&scenes);
    expect![[r"
        [Missing, Missing, Missing, Missing] incomplete 0 of 3 questions answered, 0 of them right: 0 of 100 points.
        [Missing, Missing, Missing, Missing] incomplete 1 of 3 questions answered, 0 of them right: 0 of 100 points.
        [Right, Missing, Missing, Missing] incomplete 1 of 3 questions answered, 1 of them right: 33 of 100 points.
        [Wrong, Missing, Missing, Missing] incomplete 1 of 3 questions answered, 0 of them right: 0 of 100 points.
        [Unsure, Missing, Missing, Missing] incomplete 1 of 3 questions answered, 0 of them right: 0 of 100 points.
        [Unsure, Unsure, Missing, Missing] completed 3 of 3 questions answered, 1 of them right: 33 of 100 points."]]
    .assert_eq(&seen.join("\n"));
    // with other data nothing was said
    assert_eq!(stands(&kept, &Given { seed: 3 }).answered, 0);
    // what was judged stays while the facts are not there
    scenes[first].guess = Some(Guess::Number(32.0));
    let later = |facts: &Facts| verdicts(batches, &work(&scenes), facts, &[Verdict::Right; 9])[first];
    assert_eq!([later(&Facts::default()), later(&facts)], [Verdict::Right, Verdict::Right]);
    // and is forgotten when the lesson begins again
    assert_eq!(verdicts(batches, &work(&[SceneWork::default()]), &facts, &[Verdict::Right]), [Verdict::Missing]);
}

#[test]
fn what_was_reached_is_not_taken_back() {
    let half = Standing { questions: 8, answered: 4, right: 3 };
    let all = Standing { answered: 8, ..half };
    let before = ["", "not attempted", "incomplete", "failed", "completed", "passed"];
    assert_eq!(
        before.map(|before| half.status(before)),
        ["incomplete", "incomplete", "incomplete", "incomplete", "completed", "passed"]
    );
    assert_eq!(
        before.map(|before| all.status(before)),
        ["completed", "completed", "completed", "completed", "completed", "passed"]
    );
    assert_eq!([half.score(), all.score(), Standing::default().score()], [38, 38, 0]);
    assert_eq!(Standing { questions: 3, answered: 3, right: 3 }.score(), 100);
    assert_eq!(Standing::default().status(""), "incomplete");
}

#[test]
fn names_and_numbers_of_platforms_are_taken_as_they_come() {
    let student = |name: &str, id: &str| {
        let opened = Opened { name: name.to_owned(), id: id.to_owned(), ..Opened::default() };
        opened.student().map(|student| (student.name, student.number))
    };
    let of = |name: &str, number: &str| Some((name.to_owned(), number.to_owned()));
    assert_eq!(student("Doe, Jane", "531-2004"), of("Doe, Jane", "5312004"));
    assert_eq!(student(" ", "jane@x.org"), of("JANEXORG", "JANEXORG"));
    assert_eq!(student(&"é".repeat(99), "7").map(|(name, _)| name.chars().count()), Some(80));
    assert_eq!(student("A\u{7}nn", "7"), of("Ann", "7"));
    assert_eq!([student("Ann", ""), student("Ann", &"9".repeat(99))], [None, None]);
    let entry = |id: &str, task: &str| Opened { id: id.to_owned(), ..Opened::default() }.entry(task);
    assert_ne!(entry("1", "a"), entry("2", "a"));
    assert_ne!(entry("1", "a"), entry("1", "b"));
}

/// A platform that notes what it is asked and refuses what contains a word.
#[derive(Clone, Default)]
struct Fake {
    calls: Rc<RefCell<Vec<String>>>,
    refused: Rc<RefCell<&'static str>>,
    error: Rc<RefCell<&'static str>>,
}

impl Api for Fake {
    fn call(&self, function: &str, arguments: &[&str]) -> Result<String, String> {
        let call = format!("{function}({})", arguments.join("="));
        if function.starts_with("LMSGetE") {
            return Ok("No luck".to_owned());
        }
        if function == "LMSGetLastError" {
            return Ok((*self.error.borrow()).to_owned());
        }
        self.calls.borrow_mut().push(call.clone());
        let refused = *self.refused.borrow();
        let is_refused = !refused.is_empty() && call.contains(refused);
        *self.error.borrow_mut() = if is_refused { "101" } else { "0" };
        match (is_refused, function) {
            (true, "LMSCommit") => Err("the network is gone".to_owned()),
            (true, "LMSGetValue") => Ok(String::new()),
            (true, _) => Ok("false".to_owned()),
            (false, "LMSGetValue") => Ok(format!("({})", arguments[0])),
            (false, _) => Ok("true".to_owned()),
        }
    }
}

fn report(score: usize, suspended: &str) -> Report {
    Report { score, status: "incomplete", suspended: suspended.to_owned(), location: "batches".to_owned() }
}

#[test]
fn only_what_changes_is_told() {
    let fake = Fake::default();
    let (mut session, opened) = Session::begin(Box::new(fake.clone())).expect("a visit");
    assert_eq!((opened.name.as_str(), opened.suspended.as_str()), ("(cmi.core.student_name)", "(cmi.suspend_data)"));
    session.tell(&report(10, "one")).expect("taken");
    session.tell(&report(10, "one")).expect("taken");
    session.tell(&report(20, "one")).expect("taken");
    session.end(3_723_450.0).expect("over");
    session.end(3_723_450.0).expect("over already");
    session.tell(&report(30, "two")).expect("nothing to tell");
    expect![[r"
        LMSInitialize()
        LMSGetValue(cmi.suspend_data)
        LMSGetValue(cmi.core.student_name)
        LMSGetValue(cmi.core.student_id)
        LMSGetValue(cmi.core.lesson_status)
        LMSGetValue(cmi.core.lesson_location)
        LMSSetValue(cmi.suspend_data=one)
        LMSSetValue(cmi.core.score.min=0)
        LMSSetValue(cmi.core.score.max=100)
        LMSSetValue(cmi.core.score.raw=10)
        LMSSetValue(cmi.core.lesson_status=incomplete)
        LMSSetValue(cmi.core.lesson_location=batches)
        LMSSetValue(cmi.core.exit=suspend)
        LMSCommit()
        LMSSetValue(cmi.core.score.raw=20)
        LMSCommit()
        LMSSetValue(cmi.core.session_time=0001:02:03.45)
        LMSCommit()
        LMSFinish()"]]
    .assert_eq(&fake.calls.borrow().join("\n"));
}

#[test]
fn what_is_refused_is_said_and_told_again() {
    let fake = Fake::default();
    let (mut session, _) = Session::begin(Box::new(fake.clone())).expect("a visit");
    let mut said = Vec::new();
    for refused in ["suspend_data", "LMSCommit", ""] {
        *fake.refused.borrow_mut() = refused;
        fake.calls.borrow_mut().clear();
        let told = session.tell(&report(10, "one")).err().map(|refusal| refusal.sentence());
        said.push(format!("{}: {}", fake.calls.borrow().join(" "), told.as_deref().unwrap_or("accepted")));
    }
    *fake.refused.borrow_mut() = "LMSFinish";
    said.push(session.end(0.0).expect_err("a refusal").sentence());
    for refused in ["LMSInitialize", "suspend_data"] {
        *fake.refused.borrow_mut() = refused;
        said.push(Session::begin(Box::new(fake.clone())).err().expect("a refusal").sentence());
    }
    expect![[r"
        LMSSetValue(cmi.suspend_data=one) LMSSetValue(cmi.core.score.min=0) LMSSetValue(cmi.core.score.max=100) LMSSetValue(cmi.core.score.raw=10) LMSSetValue(cmi.core.lesson_status=incomplete) LMSSetValue(cmi.core.lesson_location=batches) LMSSetValue(cmi.core.exit=suspend) LMSCommit(): The learning platform did not accept cmi.suspend_data (error 101: No luck).
        LMSSetValue(cmi.suspend_data=one) LMSCommit(): The learning platform did not accept the request to store what it was told (the network is gone).
        LMSCommit(): accepted
        The learning platform did not accept the end of this visit (error 101: No luck).
        The learning platform did not accept the beginning of this visit (error 101: No luck).
        The learning platform did not accept a question for cmi.suspend_data (error 101: No luck)."]].assert_eq(&said.join("\n"));
}

#[test]
fn spans_of_time_are_those_of_the_standard() {
    assert_eq!(span(0.0), "0000:00:00.00");
    assert_eq!(span(61_239.0), "0000:01:01.23");
    assert_eq!(span(1e18), "9999:00:00.00");
    assert_eq!([span(-5.0), span(f64::NAN)], ["0000:00:00.00", "0000:00:00.00"]);
}
