//! [`Room`]: the lesson that is open, what the learner does in it, and the worker that computes what it speaks of.

use leptos::prelude::*;

use crate::page::handin::assignment::Assignment;
use crate::page::handin::student::Student;
use crate::page::handin::trouble::Trouble;
use crate::page::lessons::asked::Asked;
use crate::page::lessons::course::{Course, Stage};
use crate::page::lessons::facts::Facts;
use crate::page::lessons::form::{CheckKind, Given, Lesson, NumberAsk, Seen, Shows};
use crate::page::lessons::judge::{Judgement, judge, judge_number};
use crate::page::lessons::of;
use crate::page::lessons::work::{Attempt, Guess, Work};
use crate::page::view::{Desk, LabView, LessonsView};
use crate::web::bridge::{Bridge, Report};
use crate::worker::protocol::{Answer, AskId};

use crate::ui::lab::state::LabState;
use crate::ui::lessons::keeping::{keep, kept};
use crate::ui::lessons::state::LessonsState;
use crate::ui::parts::effects::effect;
use crate::ui::state::page::put;
use crate::ui::state::{Page, Runs, Time};

/// The entry that keeps what the learner has said.
const WORK: &str = "lessons";

/// The lesson that is open. Copies share their signals.
#[derive(Clone, Copy)]
pub struct Room {
    lessons: LessonsState,
    lab: LabState,
    time: Time,
    page: Page,
    runs: Runs,
    /// All that was said.
    pub work: RwSignal<Work>,
    /// The assignment that is worked on, if one is, or what is wrong with its link.
    pub task: RwSignal<Option<Result<Assignment, Trouble>>>,
    /// Who works on it, once that is known.
    pub student: RwSignal<Option<Student>>,
    /// Where one is.
    pub course: RwSignal<Option<Course>>,
    /// What is known.
    pub facts: RwSignal<Facts>,
    /// Why no more will be known, if so.
    pub trouble: RwSignal<Option<String>>,
    /// What the learner is about to say.
    pub draft: RwSignal<Option<Guess>>,
    /// Whether the draft is the learner's own: a sketch begins as a line that may be right by chance.
    pub drawn: RwSignal<bool>,
    /// What is missing for what is to be found out.
    pub hint: RwSignal<String>,
    /// What the Lab is to be set to as soon as it is known.
    due: RwSignal<Option<Shows>>,
    /// Whether the lesson was opened from the list, so that the focus goes along.
    pub by_hand: StoredValue<bool>,
    asked: StoredValue<Option<Asked>>,
    bridge: StoredValue<Option<Bridge>, LocalStorage>,
    request: StoredValue<Option<AskId>>,
}

impl Room {
    /// The lessons of the page, as they were left.
    pub fn new() -> Self {
        let lessons: LessonsState = expect_context();
        let room = Self {
            lessons,
            lab: expect_context(),
            time: expect_context(),
            page: expect_context(),
            runs: expect_context(),
            work: RwSignal::new(Work::default()),
            task: RwSignal::new(None),
            student: RwSignal::new(None),
            course: RwSignal::new(None),
            facts: RwSignal::new(Facts::default()),
            trouble: RwSignal::new(None),
            draft: RwSignal::new(None),
            drawn: RwSignal::new(false),
            hint: RwSignal::new(String::new()),
            due: RwSignal::new(None),
            by_hand: StoredValue::new(false),
            asked: StoredValue::new(None),
            bridge: StoredValue::new_local(None),
            request: StoredValue::new(None),
        };
        room.take_up(lessons.view.with_untracked(|view| view.task.clone()).as_deref());
        on_cleanup(move || room.close());
        effect(move || room.follow(&room.lessons.view.get()));
        effect(move || room.set_lab());
        effect(move || room.look());
        room
    }

    /// Takes up an assignment, or the lessons without one: what was said in them on this machine.
    fn take_up(self, task: Option<&str>) {
        let read = task.map(Assignment::read);
        if self.task.with_untracked(|now| *now == read) && task.is_some() {
            return;
        }
        let student = match &read {
            Some(Ok(assignment)) => kept(&Student::entry(assignment)).and_then(|text| Student::read(&text)),
            _ => None,
        };
        let work = match &student {
            Some(student) => Some(student.work.clone()),
            None if read.is_none() => {
                kept(WORK).or_else(|| self.lessons.work.get_value()).and_then(|text| Work::read(&text))
            }
            None => None,
        };
        self.close();
        self.course.set(None);
        self.work.set(work.unwrap_or_default());
        self.student.set(student);
        self.task.set(read);
    }

    /// Somebody begins to work on the assignment.
    ///
    /// # Errors
    /// There is no name or no number.
    pub fn begin(self, name: &str, number: &str) -> Result<(), Trouble> {
        let mut student = Student::new(name, number)?;
        student.work = self.work.get_untracked();
        self.student.set(Some(student));
        self.save();
        Ok(())
    }

    /// What lessons are given: the data of whoever works on the assignment, or else the lecture's.
    fn given(self) -> Given {
        let given = |task: &Assignment| self.student.with_untracked(|student| Some(student.as_ref()?.given(task)));
        self.task.with_untracked(|task| task.as_ref()?.as_ref().ok().and_then(given)).unwrap_or_default()
    }

    /// Whether lessons can be opened: with an assignment only those that it has, and not before it is known who works on it.
    fn opens(self, lesson: &str) -> bool {
        self.task.with_untracked(|task| match task {
            None => true,
            Some(Err(_)) => false,
            Some(Ok(task)) => {
                self.student.with_untracked(Option::is_some) && task.lessons.iter().any(|key| key == lesson)
            }
        })
    }

    /// Opens what the page's link shows.
    fn follow(self, view: &LessonsView) {
        if self.task.with_untracked(Option::is_some) || view.task.is_some() {
            self.take_up(view.task.as_deref());
        }
        let found =
            view.lesson.as_deref().filter(|key| view.desk.is_none() && view.handin.is_none() && self.opens(key));
        let found = found.and_then(of).map(|(_, lesson)| lesson);
        let Some(lesson) = found else {
            self.close();
            return self.course.set(None);
        };
        let is_open =
            self.course.with_untracked(|course| course.as_ref().is_some_and(|now| now.lesson.key == lesson.key));
        if !is_open {
            self.open(lesson);
        }
        let asked = self.lessons.sets_lab.try_update_value(std::mem::take).unwrap_or_default();
        let is_plain = LabView { playhead: None, ..untrack(|| self.lab.view(self.time)) } == LabView::default();
        let moves = self.course.try_update(|course| course.as_mut().is_some_and(|course| course.go(view.scene)));
        if moves == Some(true) || !is_open {
            self.clear();
        }
        self.save();
        if asked || (!is_open && is_plain) {
            self.show_scene();
        }
    }

    fn open(self, lesson: &'static Lesson) {
        let given = self.given();
        let course = self.work.with_untracked(|work| Course::new(lesson, work.of(lesson.key), &given));
        self.course.set(Some(course));
        self.facts.set(Facts::default());
        put(self.trouble, None);
        self.due.set(None);
        self.asked.set_value(Some(Asked::new(lesson, given)));
        self.bridge.set_value(Some(Bridge::start(move |report| self.receive(report))));
        self.tell();
        self.ask();
    }

    fn close(self) {
        if let Some(bridge) = self.bridge.try_update_value(Option::take).flatten() {
            bridge.close();
        }
        let _ = self.asked.try_set_value(None);
    }

    /// Asks for what is to be computed next.
    fn ask(self) {
        let next = self.asked.with_value(|asked| asked.as_ref().and_then(Asked::next));
        let Some(bridge) = self.bridge.get_value() else { return };
        let Some(request) = next else {
            bridge.close();
            return self.bridge.set_value(None);
        };
        let id = bridge.ask(request);
        self.request.set_value(id);
        if id.is_none() {
            self.fail("The worker for this lesson has stopped.");
        }
    }

    fn receive(self, report: Report) {
        let Answer { id, body } = match report {
            Report::Trouble(sentence) => return self.fail(&sentence),
            Report::Answer(answer) => answer,
        };
        if self.request.try_get_value().flatten() != Some(id) {
            return;
        }
        let is_last = self.asked.try_update_value(|asked| asked.as_mut().is_some_and(|asked| asked.take(body)));
        if is_last == Some(true) {
            if let Some(bridge) = self.bridge.get_value() {
                bridge.forget(id);
            }
            self.tell();
            self.ask();
        }
    }

    fn fail(self, sentence: &str) {
        self.asked.try_update_value(|asked| asked.as_mut().map(|asked| asked.fail(sentence)));
        let _ = self.trouble.try_set(Some(sentence.to_owned()));
    }

    /// Says what is known by now.
    fn tell(self) {
        let known = self
            .asked
            .with_value(|asked| asked.as_ref().map(|asked| (asked.facts(), asked.trouble().map(str::to_owned))));
        if let Some((facts, trouble)) = known {
            put(self.facts, facts);
            put(self.trouble, trouble);
        }
    }

    /// Keeps what was said.
    fn save(self) {
        self.course.with_untracked(|course| {
            if let Some(course) = course {
                self.work.update(|work| work.keep(course.work().clone()));
            }
        });
        let assigned = self.task.with_untracked(|task| {
            let task = task.as_ref()?.as_ref().ok()?;
            let student = self.student.get_untracked()?;
            Some((Student::entry(task), Student { work: self.work.get_untracked(), ..student }))
        });
        if let Some((entry, student)) = assigned {
            // a browser that keeps nothing has it until the page is closed
            let _ = keep(&entry, &student.written());
            return;
        }
        if self.task.with_untracked(Option::is_some) {
            return;
        }
        let text = self.work.with_untracked(Work::written);
        if !keep(WORK, &text) {
            self.lessons.work.set_value(Some(text));
        }
    }

    /// Forgets all that this page keeps in the browser.
    pub fn forget(self) {
        self.work.set(Work::default());
        self.lessons.work.set_value(None);
        self.student.set(None);
        crate::web::storage::forget_all();
    }

    /// What the tab shows.
    pub fn view(self) -> RwSignal<LessonsView> {
        self.lessons.view
    }

    /// Opens the teacher's desk, or closes it.
    pub fn sit_down(self, desk: Option<Desk>) {
        put(self.lessons.view, LessonsView { desk, ..LessonsView::default() });
    }

    /// Opens a lesson where it was left, or the list of lessons.
    pub fn open_lesson(self, lesson: Option<&'static Lesson>) {
        let scene = lesson.and_then(|lesson| {
            self.work.with_untracked(|work| {
                work.of(lesson.key).filter(|work| work.scene + 1 < lesson.scenes.len()).map(|work| work.scene)
            })
        });
        self.lessons.sets_lab.set_value(true);
        self.by_hand.set_value(true);
        let lesson = lesson.map(|lesson| lesson.key.to_owned());
        let task = self.lessons.view.with_untracked(|view| view.task.clone());
        put(self.lessons.view, LessonsView { lesson, scene: scene.unwrap_or(0), task, ..LessonsView::default() });
    }

    /// Goes to a scene.
    pub fn go(self, scene: usize) {
        let view = self.lessons.view.get_untracked();
        self.lessons.sets_lab.set_value(true);
        put(self.lessons.view, LessonsView { scene, ..view });
    }

    /// Begins the lesson again.
    pub fn restart(self) {
        self.change(Course::restart);
        self.clear();
        self.lessons.sets_lab.set_value(true);
        self.lessons.view.update(|view| view.scene = 0);
    }

    fn clear(self) {
        put(self.draft, None);
        put(self.drawn, false);
        put(self.hint, String::new());
    }

    /// Takes what the learner has drawn.
    pub fn draw(self, guess: Guess) {
        put(self.draft, Some(guess));
        put(self.drawn, true);
    }

    /// Commits to what the learner has drawn, once there is something.
    pub fn commit_drawing(self) {
        if let Some(guess) = self.draft.get_untracked().filter(|_| self.drawn.get_untracked()) {
            self.commit(guess);
        }
    }

    fn change<R>(self, change: impl FnOnce(&mut Course) -> R) -> Option<R> {
        let done = self.course.try_update(|course| course.as_mut().map(change)).flatten();
        self.save();
        done
    }

    /// Has the Lab show the scene.
    pub fn show_scene(self) {
        let shows = self.course.with_untracked(|course| {
            let course = course.as_ref()?;
            let scene = course.scene();
            let revealed = scene.predicts.as_ref().filter(|_| course.said().revealed);
            Some(revealed.and_then(|prediction| prediction.shows).unwrap_or(scene.shows))
        });
        self.due.set(shows);
    }

    /// Has the Lab show something else, such as an experiment.
    pub fn show(self, shows: Shows) {
        self.due.set(Some(shows));
    }

    fn set_lab(self) {
        let Some(shows) = self.due.get() else { return };
        let given = self.course.with_untracked(|course| course.as_ref().map(Course::given));
        let view = given.and_then(|given| self.facts.with(|facts| shows(&given, facts)));
        let Some(view) = view else { return };
        self.due.set(None);
        let rust = self.lab.rust.get_untracked();
        self.lab.show(LabView { rust, ..view }, self.time);
    }

    /// Commits to a prediction. In front of a class the answer is not shown yet.
    pub fn commit(self, guess: Guess) {
        let shows = !self.page.present.get_untracked();
        if self.change(|course| course.commit(guess, shows)) == Some(true) && shows {
            self.show_scene();
        }
    }

    /// Shows the answer.
    pub fn reveal(self) {
        if self.change(Course::reveal) == Some(true) {
            self.show_scene();
        }
    }

    /// What is to be said of the prediction; nothing as long as it is not shown or not known.
    pub fn judgement(self) -> Option<Judgement> {
        self.course.with(|course| {
            let course = course.as_ref().filter(|course| course.said().revealed)?;
            let guess = course.said().guess.as_ref()?;
            self.facts.with(|facts| judge(&course.prediction()?.kind, guess, facts))
        })
    }

    /// What is asked for, if it is a number.
    pub fn number_check(self) -> Option<&'static NumberAsk> {
        self.course.with(|course| match &course.as_ref()?.scene().check.as_ref()?.kind {
            CheckKind::Number(ask) => Some(ask),
            CheckKind::Lab { .. } => None,
        })
    }

    /// What is to be said of the last number that was found out.
    pub fn number_judgement(self) -> Option<Judgement> {
        let ask = self.number_check()?;
        self.course.with(|course| {
            let Some(Guess::Number(said)) = course.as_ref()?.said().attempts.last()?.said else { return None };
            self.facts.with(|facts| judge_number(ask, said, facts))
        })
    }

    /// Says a number that was found out.
    pub fn answer(self, number: f64) {
        let ask = untrack(|| self.number_check());
        let judged = ask.and_then(|ask| self.facts.with_untracked(|facts| judge_number(ask, number, facts)));
        let Some(judged) = judged else { return put(self.hint, "Still computing what the runs say …".to_owned()) };
        put(self.hint, String::new());
        let run = untrack(|| self.first_run());
        let attempt = Attempt { said: Some(Guess::Number(number)), run, shown: self.lab.shown.get_untracked() };
        self.change(|course| course.attempt(attempt, judged.right == Some(true)));
    }

    fn first_run(self) -> crate::lecture::settings::config::Config {
        let first = self.lab.shown.get().iter().next().unwrap_or(crate::lecture::settings::config::Approach::Raw);
        self.lab.run(first)
    }

    /// Looks whether the Lab shows what was to be found out.
    fn look(self) {
        let waits = self.course.with(|course| {
            let course = course.as_ref().filter(|course| course.stage() == Stage::Check)?;
            match &course.scene().check.as_ref()?.kind {
                CheckKind::Lab { holds, .. } => Some(*holds),
                CheckKind::Number(_) => None,
            }
        });
        let Some(holds) = waits else { return };
        let (view, wanted) = (self.lab.view(self.time), self.first_run());
        let found = self.runs.board.with(|board| {
            let run = board.first().filter(|run| board.is_complete() && run.config == wanted)?;
            Some(self.facts.with(|facts| holds(&Seen { view: &view, run }, facts)))
        });
        match found {
            Some(Ok(())) => {
                put(self.hint, String::new());
                let shown = self.lab.shown.get_untracked();
                self.change(|course| course.attempt(Attempt { said: None, run: wanted, shown }, true));
            }
            Some(Err(hint)) => put(self.hint, hint.to_owned()),
            None => {}
        }
    }
}
