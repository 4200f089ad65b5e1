//! The predictions of a class as a picture: what is to be drawn for each question of a lesson, by [`crate::plot::class`].

use super::judge::{Asks, Question};
use super::mark::{Mark, Verdict};
use super::table::words;
use crate::page::lessons::facts::Facts;
use crate::page::lessons::form::Kind;
use crate::plot::{ClassChart, ClassRow, Crowd, Share};

/// The picture of a lesson's questions, of which `marked` has the marks of all hand-ins.
#[must_use]
pub fn chart(questions: &[Question], marked: &[&[Mark]], lesson: &str) -> ClassChart {
    let of_lesson = questions.iter().enumerate().filter(|(_, question)| question.lesson.key == lesson);
    let rows = of_lesson.map(|(place, question)| {
        let marks: Vec<&Mark> = marked.iter().filter_map(|marks| marks.get(place)).collect();
        row(question, &marks)
    });
    ClassChart { rows: rows.collect() }
}

fn row(question: &Question, marks: &[&Mark]) -> ClassRow {
    let count = |verdict| marks.iter().filter(|mark| mark.verdict == verdict).count();
    let others =
        [("not sure yet", count(Verdict::Unsure)), ("no answer", count(Verdict::Missing) + count(Verdict::Unjudged))];
    let others = others.map(|(name, count)| Share { name: name.to_owned(), count, right: 0 });
    let (title, crowd) = match question.asks {
        Asks::Prediction(prediction) => {
            let crowd = match &prediction.kind {
                Kind::Choice(choices) => {
                    let share = |(place, says): (usize, &'static str)| {
                        let chosen = || marks.iter().filter(move |mark| mark.choice == Some(place));
                        // as one of them read it, whose data may not be those of another
                        let name =
                            chosen().next().map_or_else(|| words(says, &Facts::default()), |mark| mark.said.clone());
                        let right = chosen().filter(|mark| mark.verdict == Verdict::Right).count();
                        Share { name, count: chosen().count(), right }
                    };
                    let shares = choices.iter().map(|choice| choice.says).enumerate().map(share);
                    Crowd::Shares(shares.chain(others).collect())
                }
                _ => offs(marks),
            };
            (words(prediction.question, &Facts::default()), crowd)
        }
        Asks::Check(_) => {
            let is_measured = marks.iter().any(|mark| mark.off.is_some());
            let crowd = if is_measured {
                offs(marks)
            } else {
                let found = count(Verdict::Right);
                let shares = [("found", found, found), ("not found", count(Verdict::Wrong), 0)];
                let shares = shares.map(|(name, count, right)| Share { name: name.to_owned(), count, right });
                Crowd::Shares(shares.into_iter().chain(others).collect())
            };
            ("Found out".to_owned(), crowd)
        }
    };
    let [unsure, missing] = [count(Verdict::Unsure), count(Verdict::Missing) + count(Verdict::Unjudged)];
    let scene = question.lesson.scenes[question.scene].title;
    ClassRow { title: format!("{scene}: {title}"), crowd, right: count(Verdict::Right), unsure, missing }
}

fn offs(marks: &[&Mark]) -> Crowd {
    Crowd::Offs(marks.iter().filter_map(|mark| mark.off).collect())
}
