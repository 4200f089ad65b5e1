//! Where one is in a lesson: predictions are committed to once, answers are shown when they are due, and what was said is kept.

use proptest::prelude::*;
use thetahat::lecture::settings::config::{Config, ModuleKind, Optimizer, Program, Schedule, Start};
use thetahat::page::lessons::course::{Course, Stage};
use thetahat::page::lessons::form::Given;
use thetahat::page::lessons::of;
use thetahat::page::lessons::work::{Attempt, Guess, KNOTS, LessonWork, SceneWork, Work};
use thetahat::page::view::Shown;

fn course() -> Course {
    let (_, lesson) = of("divergence").expect("a lesson");
    Course::new(lesson, None, &Given::default())
}

fn attempt(number: f64) -> Attempt {
    Attempt { said: Some(Guess::Number(number)), run: Config::default(), shown: Shown::ALL }
}

#[test]
fn one_commits_once_and_sees_the_answer_then() {
    let mut course = course();
    assert_eq!((course.place(), course.stage(), course.progress()), (0, Stage::Over, (0, 3)));
    assert_eq!(course.standing(), ("at scene 1 of 5".to_owned(), false));
    assert!(course.forward());
    assert_eq!(course.stage(), Stage::Predict);
    assert!(!course.commit(Guess::Number(f64::NAN), true));
    assert!(course.commit(Guess::Choice(1), true));
    assert_eq!((course.stage(), course.progress()), (Stage::Over, (1, 3)));
    assert!(!course.commit(Guess::Choice(2), true));
    assert_eq!(course.said().guess, Some(Guess::Choice(1)));
}

#[test]
fn in_front_of_a_class_the_answer_waits() {
    let mut course = course();
    course.go(1);
    assert!(course.commit(Guess::Unsure, false));
    assert_eq!(course.stage(), Stage::Reveal);
    assert!(course.reveal() && !course.reveal());
    assert_eq!(course.stage(), Stage::Over);
    // nobody in the class has an idea
    course.go(2);
    assert!(course.reveal());
    assert_eq!((course.said().guess.clone(), course.stage()), (None, Stage::Over));
}

#[test]
fn one_may_skip_go_back_and_begin_again() {
    let mut course = course();
    assert!(!course.back());
    (0..9).for_each(|_| {
        course.forward();
    });
    assert!(course.is_last() && course.work().finished && !course.forward());
    assert_eq!(course.progress(), (0, 3));
    // seen to the end is not done
    assert_eq!(course.standing(), ("0 of 3 answered".to_owned(), false));
    assert!(course.back() && !course.is_last());
    course.attempt(attempt(0.5), false);
    assert_eq!(course.stage(), Stage::Check);
    course.attempt(attempt(0.9), true);
    assert_eq!((course.stage(), course.said().attempts.len()), (Stage::Over, 2));
    course.restart();
    assert_eq!((course.place(), course.progress(), course.work().finished), (0, (0, 3), true));
    assert!(course.work().scenes.iter().all(|scene| *scene == SceneWork::default()));
}

#[test]
fn what_was_said_is_there_when_one_comes_back() {
    let mut course = course();
    course.go(1);
    course.commit(Guess::Choice(0), true);
    let mut work = Work::default();
    work.keep(course.work().clone());
    work.keep(course.work().clone());
    assert_eq!(work.lessons.len(), 1);
    let read = Work::read(&work.written()).expect("what was written");
    let again = Course::new(course.lesson, read.of("divergence"), &Given::default());
    assert_eq!((again.place(), again.said()), (1, course.said()));
    // with other data it is another lesson
    let other = Course::new(course.lesson, read.of("divergence"), &Given { seed: 1 });
    assert_eq!((other.place(), other.progress().0), (0, 0));
}

/// Work with runs by every choice of every list.
fn varied() -> Work {
    let optimizers = [Optimizer::Sgd, Optimizer::Momentum, Optimizer::Nesterov, Optimizer::Adam]
        .map(|optimizer| Config { optimizer, ..Config::default() });
    let searched = Config { optimizer: Optimizer::Lbfgs, batch_size: 500, ..Config::default() };
    let schedules = [Schedule::Constant, Schedule::Exponential, Schedule::Cosine, Schedule::WarmupCosine]
        .map(|schedule| Config { schedule, ..Config::default() });
    let starts = [Start::Lecture, Start::Same].map(|start| Config { start, ..Config::default() });
    let modules =
        [ModuleKind::Linear, ModuleKind::MyLinear, ModuleKind::Split, ModuleKind::Pitfall].map(Program::Module);
    let programs =
        [Program::Raw, Program::Vmap].into_iter().chain(modules).map(|program| Config { program, ..Config::default() });
    let runs = optimizers.into_iter().chain([searched]).chain(schedules).chain(starts).chain(programs);
    let attempts = runs.map(|run| Attempt { run, ..attempt(0.25) }).collect();
    let scenes = vec![SceneWork { guess: Some(Guess::Choice(1)), attempts, ..SceneWork::default() }];
    Work { lessons: vec![LessonWork { lesson: "loop".to_owned(), seed: 7, scenes, ..LessonWork::default() }] }
}

#[test]
fn what_browsers_have_kept_is_read() {
    let written = varied().written();
    assert_eq!(
        Work::read(include_str!("kept.txt").trim()),
        Some(varied()),
        "what browsers have kept, and older hand-ins, are not read any more: raise `VERSION` in src/page/lessons/work.rs and in \
         src/page/handin/sealed.rs, and put into tests/page/lessons/kept.txt: {written}"
    );
}

fn guess() -> impl Strategy<Value = Guess> {
    let finite = || -1e9..1e9_f64;
    prop_oneof![
        Just(Guess::Unsure),
        (0..9_usize).prop_map(Guess::Choice),
        finite().prop_map(Guess::Number),
        [finite(), finite()].prop_map(Guess::Point),
        prop::collection::vec(finite(), KNOTS).prop_map(Guess::Sketch),
    ]
}

proptest! {
    #[test]
    fn all_work_is_read_as_it_was_written(guesses in prop::collection::vec(prop::option::of(guess()), 0..9), seed in any::<i64>()) {
        let scenes = guesses.into_iter().map(|guess| SceneWork { guess, attempts: vec![attempt(0.25)], ..SceneWork::default() });
        let lesson = LessonWork { lesson: "loop".to_owned(), seed, scenes: scenes.collect(), ..LessonWork::default() };
        let work = Work { lessons: vec![lesson] };
        prop_assert_eq!(Work::read(&work.written()), Some(work));
    }

    #[test]
    fn damaged_work_is_refused_or_read(text in "[0-9a-f]{0,80}|\\PC{0,40}") {
        // whatever it is, nothing breaks
        let _ = Work::read(&text);
        let version = &Work::default().written()[..1];
        let _ = Work::read(&format!("{version}{text}"));
    }
}
