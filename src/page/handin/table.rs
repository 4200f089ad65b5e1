//! What is said of a class: [`gather`] reads hand-ins and names what is wrong with each, [`Totals`] counts marks, [`csv`] is all of it as a table in a file.

use super::assignment::Assignment;
use super::judge::{Asks, Question};
use super::mark::{Mark, Verdict};
use super::paper::{HandIn, found};
use super::trouble::Trouble;
use crate::page::lessons::facts::Facts;
use crate::page::lessons::text::word;

/// A hand-in that was read, or what is wrong with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Where it comes from: a file's name, or that it was pasted.
    pub source: String,
    /// What was read.
    pub paper: Result<HandIn, Trouble>,
    /// What has to be said of one that was read.
    pub remark: Option<Trouble>,
}

/// Reads what was pasted or dropped, each text with where it comes from.
#[must_use]
pub fn gather(sources: &[(String, String)]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (source, text) in sources {
        let papers = found(text);
        let many = papers.len() > 1;
        for (place, paper) in papers.into_iter().enumerate() {
            let source = if many { format!("{source}, {}", place + 1) } else { source.clone() };
            entries.push(Entry { source, paper, remark: None });
        }
    }
    entries
}

/// The assignments of what was read, each with how many belong to it, the first with the most.
#[must_use]
pub fn assignments(entries: &[Entry]) -> Vec<(Assignment, usize)> {
    let mut counts: Vec<(Assignment, usize)> = Vec::new();
    for paper in entries.iter().filter_map(|entry| entry.paper.as_ref().ok()) {
        match counts.iter_mut().find(|(known, _)| *known == paper.assignment) {
            Some((_, count)) => *count += 1,
            None => counts.push((paper.assignment.clone(), 1)),
        }
    }
    let most = (0..counts.len()).rev().max_by_key(|place| counts[*place].1);
    if let Some(most) = most {
        counts.swap(0, most);
    }
    counts
}

/// Names what is of another assignment, and what was handed in twice.
#[must_use]
pub fn sorted(entries: Vec<Entry>, assignment: &Assignment) -> Vec<Entry> {
    let mut done: Vec<Entry> = Vec::with_capacity(entries.len());
    for mut entry in entries {
        if let Ok(paper) = &entry.paper {
            let same =
                done.iter().filter_map(|other| other.paper.as_ref().ok()).find(|other| other.number == paper.number);
            if paper.assignment != *assignment {
                entry.paper = Err(Trouble::OtherAssignment(paper.assignment.title.clone()));
            } else if done.iter().any(|other| other.paper.as_ref() == Ok(paper)) {
                entry.paper = Err(Trouble::Again);
            } else if same.is_some() {
                let remark = Trouble::SameNumber(paper.number.clone());
                for other in &mut done {
                    if other.paper.as_ref().is_ok_and(|other| other.number == paper.number) {
                        other.remark = Some(remark.clone());
                    }
                }
                entry.remark = Some(remark);
            }
        }
        done.push(entry);
    }
    done
}

/// How many marks there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Right answers.
    pub right: usize,
    /// Wrong ones.
    pub wrong: usize,
    /// "Not sure yet."
    pub unsure: usize,
    /// No answer, or none that could be judged.
    pub missing: usize,
}

impl Totals {
    /// The totals of these marks.
    pub fn of<'a>(marks: impl IntoIterator<Item = &'a Mark>) -> Self {
        marks.into_iter().fold(Self::default(), |mut totals, mark| {
            *(match mark.verdict {
                Verdict::Right => &mut totals.right,
                Verdict::Wrong => &mut totals.wrong,
                Verdict::Unsure => &mut totals.unsure,
                Verdict::Missing | Verdict::Unjudged => &mut totals.missing,
            }) += 1;
            totals
        })
    }
}

/// The table as a file of comma-separated values (RFC 4180): a line for each hand-in, two columns for each question, and a line for each
/// that could not be read, with as many cells.
#[must_use]
pub fn csv(questions: &[Question], marked: &[(&HandIn, &[Mark])], entries: &[Entry]) -> String {
    // spreadsheets take a text without this mark for one of another century
    let mut out = "\u{feff}".to_owned();
    let mut head: Vec<String> =
        ["name", "number", "seed", "right", "wrong", "not sure", "no answer", "remark"].map(str::to_owned).into();
    for Question { lesson, scene, asks } in questions {
        let part = if matches!(asks, Asks::Prediction(_)) { "prediction" } else { "found" };
        let title = format!("{} / {} / {part}", lesson.title, lesson.scenes[*scene].title);
        head.extend([format!("{title}: said"), title]);
    }
    line(&mut out, &head);
    for (paper, marks) in marked {
        let totals = Totals::of(marks.iter());
        let remark =
            entries.iter().find(|entry| entry.paper.as_ref() == Ok(paper)).and_then(|entry| entry.remark.as_ref());
        let mut cells =
            vec![paper.name.clone(), paper.number.clone(), paper.assignment.given(&paper.number).seed.to_string()];
        cells.extend([totals.right, totals.wrong, totals.unsure, totals.missing].map(|count| count.to_string()));
        cells.push(remark.map(Trouble::sentence).unwrap_or_default());
        for mark in *marks {
            cells.extend([mark.said.clone(), mark.verdict.name().to_owned()]);
        }
        line(&mut out, &cells);
    }
    for entry in entries {
        if let Err(trouble) = &entry.paper {
            let mut cells = vec![String::new(); head.len()];
            cells[0].clone_from(&entry.source);
            cells[7] = trouble.sentence();
            line(&mut out, &cells);
        }
    }
    out
}

fn line(out: &mut String, cells: &[String]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        // what begins so is computed by spreadsheets, unless it is a number
        let is_formula = cell.starts_with(['=', '+', '-', '@', '\t']) && cell.parse::<f64>().is_err();
        let quoted = is_formula || cell.contains([',', '"', '\n', '\r']);
        if quoted {
            out.push('"');
            out.push_str(if is_formula { "'" } else { "" });
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(cell);
        }
    }
    out.push_str("\r\n");
}

/// A text of a lesson in plain words.
#[must_use]
pub fn words(text: &str, facts: &Facts) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        let Some((name, after)) = behind.split_once('}') else { break };
        out.push_str(before);
        out.push_str(word(name, facts, None).as_deref().unwrap_or("…"));
        rest = after;
    }
    out.push_str(rest);
    out.retain(|letter| !matches!(letter, '*' | '`' | '$'));
    out
}
