//! [`Room`]: the lesson that is open, what the learner does in it, and the worker that computes what it speaks of. Whose work it is: `assigned`; what is to be
//! found out: `found`.

mod assigned;
mod found;

use leptos::prelude::*;

use crate::page::handin::assignment::Assignment;
use crate::page::handin::student::Student;
use crate::page::handin::trouble::Trouble;
use crate::page::lessons::asked::Asked;
use crate::page::lessons::course::Course;
use crate::page::lessons::facts::Facts;
use crate::page::lessons::form::{Lesson, Shows};
use crate::page::lessons::judge::{Judgement, judge};
use crate::page::lessons::of;
use crate::page::lessons::work::{Guess, Work};
use crate::page::link::shortened;
use crate::page::view::{Desk, LabView, LessonsView};
use crate::web::bridge::{Bridge, Report};
use crate::worker::protocol::{Answer, AskId};

use crate::ui::lab::state::LabState;
use crate::ui::lessons::state::LessonsState;
use crate::ui::parts::effects::effect;
use crate::ui::state::page::put;
use crate::ui::state::{Page, Runs, Time};

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
    /// A number that was said before it was known what the runs say.
    waiting: StoredValue<Option<f64>>,
    /// Whether the browser has all that was said so far.
    keeps: StoredValue<bool>,
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
            waiting: StoredValue::new(None),
            keeps: StoredValue::new(true),
            asked: StoredValue::new(None),
            bridge: StoredValue::new_local(None),
            request: StoredValue::new(None),
        };
        room.take_up(lessons.view.with_untracked(|view| view.task.clone()).as_deref());
        on_cleanup(move || room.close());
        effect(move || room.follow(&room.lessons.view.get()));
        effect(move || room.set_lab());
        effect(move || room.look());
        effect(move || room.answer_again());
        room
    }

    /// Opens what the page's link shows.
    fn follow(self, view: &LessonsView) {
        if self.task.with_untracked(Option::is_some) || view.task.is_some() {
            self.take_up(view.task.as_deref());
        }
        let found =
            view.lesson.as_deref().filter(|key| view.desk.is_none() && view.handin.is_none() && self.opens(key));
        if let Some(key) = found.filter(|key| of(key).is_none()) {
            self.note(format!("There is no lesson “{}”; these are all.", shortened(key)));
        }
        let found = found.and_then(of).map(|(_, lesson)| lesson);
        if let Some(lesson) = found.filter(|lesson| view.scene >= lesson.scenes.len()) {
            let scenes = lesson.scenes.len();
            self.note(format!("“{}” has {scenes} scenes, and none has the number {}.", lesson.title, view.scene + 1));
        }
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

    /// Says something of the link, once.
    fn note(self, sentence: String) {
        if self.page.notices.with_untracked(|notices| !notices.contains(&sentence)) {
            self.page.notices.update(|notices| notices.push(sentence));
        }
    }

    fn open(self, lesson: &'static Lesson) {
        let given = self.given();
        let work = self.newest();
        let course = Course::new(lesson, work.of(lesson.key), &given);
        put(self.work, work);
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
        self.waiting.set_value(None);
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
}
