//! [`Judge`]: hand-ins, judged by runs that are computed now. It says what is to be computed next ([`Judge::next_request`]) and takes what came ([`Judge::take`]), so it
//! knows neither worker nor clock.
//!
//! Hand-ins of one seed are judged together, and of each lesson no more is computed than their answers need: as soon as the facts suffice, the rest is
//! not asked for. What a lesson asks for whatever the seed is ([`Asked::is_common`]) is computed once for all.

use super::assignment::Assignment;
use super::mark::{Mark, Verdict, marked};
use super::paper::HandIn;
use crate::lecture::settings::config::Config;
use crate::page::lessons::asked::{Asked, run};
use crate::page::lessons::form::{Check, CheckKind, Lesson, Prediction};
use crate::page::runs::Recording;
use crate::worker::protocol::{Body, JobRequest};

/// What is asked in a scene.
#[derive(Clone, Copy)]
pub enum Asks {
    /// A prediction.
    Prediction(&'static Prediction),
    /// Something to find out.
    Check(&'static Check),
}

/// Something that is asked.
#[derive(Clone, Copy)]
pub struct Question {
    /// The lesson.
    pub lesson: &'static Lesson,
    /// The scene, counted from 0.
    pub scene: usize,
    /// What is asked.
    pub asks: Asks,
}

/// All that an assignment asks, in its order.
#[must_use]
pub fn questions(assignment: &Assignment) -> Vec<Question> {
    let of_lesson = |lesson: &'static Lesson| {
        lesson.scenes.iter().enumerate().flat_map(move |(scene, it)| {
            let predicts = it.predicts.as_ref().map(Asks::Prediction);
            let check = it.check.as_ref().map(Asks::Check);
            predicts.into_iter().chain(check).map(move |asks| Question { lesson, scene, asks })
        })
    };
    assignment.lessons().flat_map(of_lesson).collect()
}

/// Hand-ins of one seed.
struct Unit {
    /// Which.
    papers: Vec<usize>,
    /// The lesson that is judged, by its place in the assignment.
    lesson: usize,
    asked: Option<Asked>,
    /// Runs of the Lab that were handed in and are to be computed, the next one last.
    wanted: Vec<Config>,
    /// Those that were; nothing of one that could not be.
    runs: Vec<(Config, Option<Recording>)>,
    /// Runs that several lessons ask for.
    known: Vec<(JobRequest, Vec<Body>)>,
    /// What is under way, and what came of it.
    coming: Option<(JobRequest, Vec<Body>)>,
    /// Whether that is the same for every seed.
    is_common: bool,
    over: bool,
}

/// Judges hand-ins of one assignment.
pub struct Judge {
    lessons: Vec<&'static Lesson>,
    questions: Vec<Question>,
    papers: Vec<HandIn>,
    marks: Vec<Vec<Mark>>,
    units: Vec<Unit>,
    /// What came of requests that are the same for every seed.
    common: Vec<(JobRequest, Vec<Body>)>,
}

impl Judge {
    /// Nothing has been computed.
    #[must_use]
    pub fn new(assignment: &Assignment, papers: Vec<HandIn>) -> Self {
        let questions = questions(assignment);
        let mut seeds: Vec<(i64, Unit)> = Vec::new();
        for (place, paper) in papers.iter().enumerate() {
            let seed = assignment.given(&paper.number).seed;
            match seeds.iter_mut().find(|(known, _)| *known == seed) {
                Some((_, unit)) => unit.papers.push(place),
                None => seeds.push((seed, Unit::new(place))),
            }
        }
        let marks = vec![vec![Mark::plain(Verdict::Missing); questions.len()]; papers.len()];
        let units = seeds.into_iter().map(|(_, unit)| unit).collect();
        Self { lessons: assignment.lessons().collect(), questions, papers, marks, units, common: Vec::new() }
    }

    /// What is to be computed next, with the number of the unit that wants it: one that has nothing under way. Nothing when all of them have, or are done.
    pub fn next_request(&mut self) -> Option<(usize, JobRequest)> {
        (0..self.units.len()).find_map(|unit| {
            let is_free = !self.units[unit].over && self.units[unit].coming.is_none();
            let request = if is_free { self.go_on(unit) } else { None };
            Some((unit, request?))
        })
    }

    /// Takes an answer to what a unit wanted; returns whether it was the last one.
    pub fn take(&mut self, unit: usize, body: Body) -> bool {
        let Some(unit) = self.units.get_mut(unit) else { return false };
        let is_last = body.is_last();
        if let Some((_, bodies)) = &mut unit.coming {
            bodies.push(body);
        }
        if is_last && let Some((request, bodies)) = unit.coming.take() {
            unit.feed(&bodies);
            if unit.is_common {
                self.common.push((request, bodies));
            } else if is_shared(&request) {
                unit.known.push((request, bodies));
            }
        }
        is_last
    }

    /// How many of the units are done, and how many there are.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.units.iter().filter(|unit| unit.over).count(), self.units.len())
    }

    /// Whether everything is judged.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.units.iter().all(|unit| unit.over)
    }

    /// All that is asked.
    #[must_use]
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// The hand-ins, each with its marks in the order of the questions.
    pub fn marked(&self) -> impl Iterator<Item = (&HandIn, &[Mark])> {
        self.papers.iter().zip(self.marks.iter().map(Vec::as_slice))
    }

    fn go_on(&mut self, at: usize) -> Option<JobRequest> {
        loop {
            let lesson = self.lessons.get(self.units[at].lesson).copied();
            let Some(lesson) = lesson else {
                let unit = &mut self.units[at];
                unit.over = true;
                unit.known = Vec::new();
                return None;
            };
            if self.units[at].asked.is_none() {
                self.begin(at, lesson);
            }
            let wanted = self.units[at].wanted.last().cloned();
            let (request, is_common) = if let Some(config) = wanted {
                (run(config), false)
            } else if self.mark(at, lesson, false) {
                continue;
            } else if let Some((asked, request)) =
                self.units[at].asked.as_ref().and_then(|asked| Some((asked, asked.next()?)))
            {
                let is_common = asked.is_common();
                (request, is_common)
            } else {
                self.mark(at, lesson, true);
                continue;
            };
            let is_it = |(known, _): &&(JobRequest, Vec<Body>)| *known == request;
            let known = if is_common { &self.common } else { &self.units[at].known };
            if let Some((_, bodies)) = known.iter().find(is_it) {
                let bodies = bodies.clone();
                self.units[at].feed(&bodies);
                continue;
            }
            let is_under_way = |unit: &Unit| unit.coming.as_ref().is_some_and(|(coming, _)| *coming == request);
            if is_common && self.units.iter().any(is_under_way) {
                return None;
            }
            let unit = &mut self.units[at];
            unit.is_common = is_common;
            unit.coming = Some((request.clone(), Vec::new()));
            return Some(request);
        }
    }

    /// Begins a lesson.
    fn begin(&mut self, at: usize, lesson: &'static Lesson) {
        let unit = &mut self.units[at];
        let mut seed = None;
        for &paper in &unit.papers {
            let paper = &self.papers[paper];
            seed = Some(paper.assignment.given(&paper.number));
            for (scene, it) in lesson.scenes.iter().enumerate() {
                let is_lab = matches!(it.check, Some(Check { kind: CheckKind::Lab { .. }, .. }));
                let last = paper.said(lesson.key, scene).and_then(|said| said.attempts.last());
                if let Some(attempt) = last.filter(|attempt| is_lab && !unit.wanted.contains(&attempt.run)) {
                    unit.wanted.push(attempt.run.clone());
                }
            }
        }
        unit.runs = Vec::new();
        unit.asked = Some(Asked::new(lesson, seed.unwrap_or_default()));
    }

    /// Marks all answers of a lesson, if what is known suffices for it or nothing more will be; then the lesson is over.
    fn mark(&mut self, at: usize, lesson: &'static Lesson, is_last: bool) -> bool {
        let unit = &mut self.units[at];
        let Some(asked) = &unit.asked else { return true };
        let facts = asked.facts();
        let asks = || self.questions.iter().enumerate().filter(|(_, question)| question.lesson.key == lesson.key);
        let mut found = Vec::new();
        for &paper in &unit.papers {
            for (place, question) in asks() {
                let said = self.papers[paper].said(lesson.key, question.scene);
                let mark = match (marked(question.asks, said, &unit.runs, &facts), is_last) {
                    (Some(mark), _) => mark,
                    (None, true) => Mark::plain(Verdict::Unjudged),
                    (None, false) => return false,
                };
                found.push((paper, place, mark));
            }
        }
        for (paper, place, mark) in found {
            self.marks[paper][place] = mark;
        }
        unit.asked = None;
        unit.lesson += 1;
        true
    }
}

impl Unit {
    fn new(paper: usize) -> Self {
        Self {
            papers: vec![paper],
            lesson: 0,
            asked: None,
            wanted: Vec::new(),
            runs: Vec::new(),
            known: Vec::new(),
            coming: None,
            is_common: false,
            over: false,
        }
    }

    /// Takes all answers to a request.
    fn feed(&mut self, bodies: &[Body]) {
        if let Some(config) = self.wanted.pop() {
            let run = recorded(&config, bodies);
            self.runs.push((config, run));
        } else if let Some(asked) = &mut self.asked {
            for body in bodies {
                asked.take(body.clone());
            }
        }
    }
}

/// Whether other lessons may ask for the same: a single run, of which nothing is taken apart.
fn is_shared(request: &JobRequest) -> bool {
    matches!(request, JobRequest::Runs(runs) if matches!(runs.as_slice(), [run] if run.inspect.is_none()))
}

/// A run of the answers to a request for it; nothing if it failed.
fn recorded(config: &Config, bodies: &[Body]) -> Option<Recording> {
    let mut recording = Recording { config: config.clone(), ..Recording::default() };
    for body in bodies {
        match body {
            Body::Started { problem, .. } => recording.problem = problem.clone(),
            Body::Chunk { chunk, .. } if chunk.first_entry == 0 => recording.steps = chunk.clone(),
            Body::Chunk { chunk, .. } => recording.steps.append(chunk.clone()),
            Body::Finished { stats, .. } => recording.stats = Some(stats.clone()),
            Body::Done => return Some(recording),
            _ => {}
        }
    }
    None
}
