//! Hand-ins judged, with the worker's own queue.

use std::time::Instant;

use expect_test::expect;
use thetahat::page::handin::assignment::Assignment;
use thetahat::page::handin::class::chart;
use thetahat::page::handin::judge::{Asks, Judge, Question, questions};
use thetahat::page::handin::mark::{Mark, Verdict};
use thetahat::page::handin::paper::{HandIn, Part, Said};
use thetahat::page::handin::seed::normal;
use thetahat::page::handin::table::{Entry, Totals, csv};
use thetahat::page::handin::trouble::Trouble;
use thetahat::page::lessons::LESSONS;
use thetahat::page::lessons::facts::Facts;
use thetahat::page::lessons::form::{CheckKind, Given, Kind, Lesson};
use thetahat::page::lessons::judge::knots;
use thetahat::page::lessons::work::{Attempt, Guess};
use thetahat::page::view::{LabView, program_in};
use thetahat::plot::{Crowd, Theme, class, class_height, class_summary};

use crate::lessons::runner::Runner;

/// What is said by somebody who knows everything, or by somebody who is wrong wherever that was foreseen.
fn said(question: &Question, given: &Given, facts: &Facts, is_right: bool) -> Said {
    let attempt = |said: Option<Guess>, view: LabView| {
        let approach = view.shown.iter().next().expect("a column");
        Attempt { said, run: view.settings.run(program_in(approach, view.module)), shown: view.shown }
    };
    let scene = &question.lesson.scenes[question.scene];
    let shown = (scene.shows)(given, facts).expect("a view");
    let number = |right: f64| if is_right { right } else { right + 7e5 };
    match question.asks {
        Asks::Prediction(prediction) => {
            let guess = match &prediction.kind {
                Kind::Choice(choices) => {
                    let place = choices.iter().position(|choice| (choice.holds)(facts) == Some(is_right));
                    Guess::Choice(place.expect("a choice"))
                }
                Kind::Number(ask) => Guess::Number(number((ask.right)(facts).expect("a number"))),
                Kind::Point(ask) => Guess::Point((ask.right)(facts).expect("a point").map(number)),
                Kind::Sketch(ask) => {
                    let run = knots(facts.curve(ask.line).expect("a curve"));
                    Guess::Sketch(if is_right { run } else { vec![ask.range[1]; run.len()] })
                }
            };
            Said { guess: Some(guess), attempts: Vec::new() }
        }
        Asks::Check(check) => {
            let attempts = match &check.kind {
                CheckKind::Number(ask) => {
                    let right = (ask.right)(facts).expect("a number");
                    vec![
                        attempt(Some(Guess::Number(-4.0)), shown.clone()),
                        attempt(Some(Guess::Number(number(right))), shown),
                    ]
                }
                CheckKind::Lab { solved, .. } => {
                    vec![attempt(None, if is_right { solved(given, facts).expect("a view") } else { shown })]
                }
            };
            Said { guess: None, attempts }
        }
    }
}

/// A hand-in in which all is right, or all is wrong.
fn paper(runner: &mut Runner, assignment: &Assignment, (name, number): (&str, &str), is_right: bool) -> HandIn {
    let number = normal(number).expect("a number");
    let given = assignment.given(&number);
    let mut lessons = Vec::new();
    for lesson in assignment.lessons() {
        let facts = runner.facts(lesson, &given);
        let mut scenes = vec![Said::default(); lesson.scenes.len()];
        for question in questions(assignment).iter().filter(|question| question.lesson.key == lesson.key) {
            let next = said(question, &given, &facts, is_right);
            let scene = &mut scenes[question.scene];
            scene.guess = next.guess.or(scene.guess.take());
            scene.attempts.extend(next.attempts);
        }
        lessons.push(Part { lesson: lesson.key.to_owned(), seed: given.seed, scenes });
    }
    let paper = HandIn { assignment: assignment.clone(), name: name.to_owned(), number, lessons };
    HandIn::read(&paper.written()).expect("a hand-in that can be read")
}

/// Judges all, and counts what was computed for it.
fn judged(runner: &mut Runner, assignment: &Assignment, papers: Vec<HandIn>) -> (Judge, usize) {
    let mut judge = Judge::new(assignment, papers);
    let mut requests = 0;
    while let Some((unit, request)) = judge.next_request() {
        requests += 1;
        for body in runner.answers(request) {
            judge.take(unit, body);
        }
    }
    assert!(judge.is_done());
    (judge, requests)
}

fn verdicts(marks: &[Mark]) -> Vec<Verdict> {
    marks.iter().map(|mark| mark.verdict).collect()
}

#[test]
fn who_is_right_everywhere_has_all_marks_and_who_is_wrong_none() {
    let mut runner = Runner::default();
    let all: Vec<&str> = LESSONS.iter().map(|lesson| lesson.key).collect();
    let assignment = Assignment::new("Everything", &all, 3).expect("an assignment");
    let papers = vec![
        paper(&mut runner, &assignment, ("Ann", "5312004"), true),
        paper(&mut runner, &assignment, ("Bob", "5312004"), false),
    ];
    let (judge, requests) = judged(&mut runner, &assignment, papers);
    let marked: Vec<_> = judge.marked().collect();
    assert_eq!(marked.len(), 2);
    for ((question, right), wrong) in judge.questions().iter().zip(marked[0].1).zip(marked[1].1) {
        let place = format!("{}, {}", question.lesson.key, question.lesson.scenes[question.scene].title);
        assert_eq!((right.verdict, wrong.verdict), (Verdict::Right, Verdict::Wrong), "{place}: {right:?}, {wrong:?}");
        assert!(right.off.is_none_or(|off| off.abs() <= 1.0 + 1e-9), "{place}: {right:?}");
        assert!(wrong.off.is_none_or(|off| off.abs() > 1.0), "{place}: {wrong:?}");
    }
    // both have the same data, which are simulated once
    let asked: usize = assignment
        .lessons()
        .map(|lesson| {
            let mut asked = thetahat::page::lessons::asked::Asked::new(lesson, assignment.given("5312004"));
            let mut count = 0;
            while let Some(request) = asked.next() {
                count += 1;
                for body in runner.answers(request) {
                    asked.take(body);
                }
            }
            count
        })
        .sum();
    assert!(requests < asked + 20, "{requests} requests, where one student’s lessons make {asked}");
}

#[test]
fn what_is_the_same_for_every_seed_is_computed_once() {
    let mut runner = Runner::default();
    let assignment = Assignment::new("Trees", &["modules"], 17).expect("an assignment");
    let numbers = ["1", "2", "3"];
    let papers = numbers.map(|number| paper(&mut runner, &assignment, ("Ann", number), true)).into();
    let (judge, requests) = judged(&mut runner, &assignment, papers);
    assert!(judge.marked().all(|(_, marks)| verdicts(marks).iter().all(|verdict| *verdict == Verdict::Right)));
    assert_eq!(requests, numbers.len() + 1, "each has a layer of its own, and the network is everybody’s");
}

#[test]
fn a_class_is_a_table_and_a_picture() {
    let mut runner = Runner::default();
    let assignment = Assignment::new("Week 3", &["batches", "nothing"], 17).expect("an assignment");
    let mut unsure = paper(&mut runner, &assignment, ("=Cem, \"C\"", "3"), true);
    unsure.lessons[1].scenes[0].guess = Some(Guess::Unsure);
    unsure.lessons[0].scenes[0].guess = Some(Guess::Number(31.0));
    unsure.lessons[0].scenes[1].guess = None;
    let papers = vec![
        paper(&mut runner, &assignment, ("Ann", "1"), true),
        paper(&mut runner, &assignment, ("Bob", "2"), false),
        unsure,
    ];
    let mut entries: Vec<Entry> = papers
        .iter()
        .map(|paper| Entry { source: "pasted".to_owned(), paper: Ok(paper.clone()), remark: None })
        .collect();
    entries.push(Entry { source: "dora.txt".to_owned(), paper: Err(Trouble::Damaged), remark: None });
    let (judge, _) = judged(&mut runner, &assignment, papers);
    let marked: Vec<_> = judge.marked().collect();
    let totals = marked.iter().map(|(_, marks)| Totals::of(marks.iter())).collect::<Vec<_>>();
    assert_eq!(totals[0], Totals { right: judge.questions().len(), ..Totals::default() });
    assert_eq!((totals[2].wrong, totals[2].unsure, totals[2].missing), (1, 1, 1), "{:?}", verdicts(marked[2].1));
    expect![[r#"
        ﻿name,number,seed,right,wrong,not sure,no answer,remark,Batches / Dealing out rows / prediction: said,Batches / Dealing out rows / prediction,Batches / The short one / prediction: said,Batches / The short one / prediction,Batches / No row left over / found: said,Batches / No row left over / found,Training on nothing / A program that looks right / prediction: said,Training on nothing / A program that looks right / prediction,Training on nothing / Why is it flat? / prediction: said,Training on nothing / Why is it flat? / prediction,Training on nothing / Mend it / found: said,Training on nothing / Mend it / found
        Ann,1,440421470,6,0,0,0,,32,right,"It counts as a whole step, so each of its rows counts more than others.",right,batch=20 epochs=1 seed=440421470 start=lecture print=1 show=raw,right,On average your curve is a factor of 1 away from the run’s.,right,No step is taken.,right,batch=64 epochs=500 seed=440421470 start=lecture show=module module=mylinear,right
        Bob,2,317415624,0,6,0,0,,700032,wrong,Its step is shorter in proportion to its rows.,wrong,epochs=1 seed=317415624 start=lecture print=1 show=raw,wrong,On average your curve is a factor of 6.2 away from the run’s.,wrong,It has converged.,wrong,batch=64 epochs=500 seed=317415624 start=lecture show=module module=pitfall,wrong
        "'=Cem, ""C""",3,1417322467,3,1,1,1,,31,wrong,,no answer,batch=20 epochs=1 seed=1417322467 start=lecture print=1 show=raw,right,,not sure,No step is taken.,right,batch=64 epochs=500 seed=1417322467 start=lecture show=module module=mylinear,right
        dora.txt,,,,,,,"It is damaged: letters are missing or were changed. Ask for the file instead of the link, or for the link once more.",,,,,,,,,,,,
    "#]].assert_eq(&csv(judge.questions(), &marked, &entries).replace("\r\n", "\n"));
    let marks: Vec<&[Mark]> = marked.iter().map(|(_, marks)| *marks).collect();
    let picture = chart(judge.questions(), &marks, "batches");
    assert!(matches!(&picture.rows[0].crowd, Crowd::Offs(offs) if offs.len() == 3));
    let theme = Theme::light(1.0).for_svg();
    let height = class_height(&picture, &theme);
    let svg = thetahat::plot::picture((600, height.ceil() as u32 + 24), 1.0, &[], &theme, |paper| {
        class(paper, &theme, &picture).expect("a picture");
    });
    assert!(svg.contains("<circle") && svg.contains("<rect"));
    expect![[r"
        Dealing out rows: How many steps does one epoch take? Right: 1. 3 answers; not sure yet: 0; no answer: 0. The short one: How does it count beside a full one? Right: 1. Its step is shorter in proportion to its rows: 1; It counts as a whole step, so each of its rows counts more than others: 1; It is left out, as it is not full: 0; not sure yet: 0; no answer: 1. No row left over: Found out Right: 2. found: 2; not found: 1; not sure yet: 0; no answer: 0.
        A program that looks right: Sketch how the distance goes over the epochs. Right: 1. 2 answers; not sure yet: 1; no answer: 0. Why is it flat?: What does that say? Right: 2. It has converged: 1; The learning rate is too small: 0; No step is taken: 2; not sure yet: 0; no answer: 0. Mend it: Found out Right: 2. found: 2; not found: 1; not sure yet: 0; no answer: 0."]].assert_eq(&format!("{}\n{}", class_summary(&picture), class_summary(&chart(judge.questions(), &marks, "nothing"))));
}

/// How long a class takes: run it alone, in release; `LESSON=loop,race` measures these lessons only. In a browser, where steps are compiled, most take less:
/// with `LINKS=folder` their links are written there, to be pasted into the desk.
#[test]
#[ignore = "measures"]
fn two_hundred_are_judged_in_time() {
    let mut runner = Runner::default();
    let only = std::env::var("LESSON").unwrap_or_default();
    let wanted = |lesson: &&&Lesson| only.is_empty() || only.split(',').any(|key| key == lesson.key);
    for lesson in LESSONS.iter().filter(wanted) {
        let assignment = Assignment::new("One", &[lesson.key], 17).expect("an assignment");
        let first = paper(&mut runner, &assignment, ("x", "5312004"), true);
        let papers = (0..200_u32).map(|student| {
            let number = (5_312_004 + 37 * student).to_string();
            let seed = assignment.given(&number).seed;
            let mut paper = HandIn { number, ..first.clone() };
            for part in &mut paper.lessons {
                part.seed = seed;
                for attempt in part.scenes.iter_mut().flat_map(|scene| &mut scene.attempts) {
                    attempt.run.seed = seed;
                }
            }
            paper
        });
        let papers: Vec<HandIn> = papers.collect();
        if let Some(folder) = std::env::var_os("LINKS") {
            let links: Vec<String> = papers.iter().map(|paper| format!("handin={}\n", paper.written())).collect();
            let file = std::path::Path::new(&folder).join(format!("{}.txt", lesson.key));
            std::fs::write(file, links.concat()).expect("a folder");
        }
        let start = Instant::now();
        let (judge, requests) = judged(&mut Runner::default(), &assignment, papers);
        eprintln!("{}: {} hand-ins, {requests} requests, {:?}", lesson.key, judge.marked().count(), start.elapsed());
    }
}
