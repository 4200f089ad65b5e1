//! The text of a scene: what there is to read, to predict, and to find out, and the way on.

use leptos::html;
use leptos::prelude::*;

use crate::page::lessons::course::{Course, Stage};
use crate::page::lessons::form::{CheckKind, Experiment, Kind};
use crate::page::lessons::judge::Judgement;
use crate::page::lessons::text;
use crate::page::lessons::work::Guess;
use crate::page::lessons::{LESSONS, of};
use crate::page::view::LabView;

use crate::ui::lessons::answer::{Choices, NumberField};
use crate::ui::lessons::pen::Drawing;
use crate::ui::lessons::room::Room;
use crate::ui::parts::effects::{effect, flag, text as words};
use crate::ui::state::Page;

/// A text of the scene as HTML, beside the Lab that it speaks of.
fn prose(room: Room, read: impl Fn(&Course) -> Option<(&'static str, Option<LabView>)>) -> String {
    room.course.with(|course| {
        let Some((said, view)) = course.as_ref().and_then(read) else { return String::new() };
        room.facts.with(|facts| text::html(said, facts, view.as_ref()))
    })
}

/// The Lab of the scene.
fn here(room: Room, course: &Course) -> Option<LabView> {
    room.facts.with(|facts| (course.scene().shows)(&course.given(), facts))
}

/// The Lab of the scene once the answer is shown.
fn after(room: Room, course: &Course) -> Option<LabView> {
    let shows = course.prediction().and_then(|prediction| prediction.shows).unwrap_or(course.scene().shows);
    room.facts.with(|facts| shows(&course.given(), facts))
}

/// The text of a scene.
#[component]
pub fn SceneText() -> impl IntoView {
    let room: Room = expect_context();
    let heading = NodeRef::<html::H3>::new();
    let place = Memo::new(move |_| {
        room.course.with(|course| course.as_ref().map(|course| (course.lesson.key, course.place())))
    });
    let before = StoredValue::new(place.get_untracked());
    effect(move || {
        let now = place.get();
        if before.get_value() == now {
            return;
        }
        before.set_value(now);
        if let Some(heading) = heading.get_untracked() {
            // A heading that cannot be focused leaves the focus where it is.
            let _ = heading.focus();
        }
    });
    heading.on_load(move |heading| {
        if room.by_hand.try_update_value(std::mem::take) == Some(true) {
            // once it is in the page; one that cannot be focused leaves the focus where it is
            request_animation_frame(move || drop(heading.focus()));
        }
    });
    let number = move || {
        room.course.with(|course| course.as_ref().map(|course| room.number_of(course.lesson.key)).unwrap_or_default())
    };
    let of_course =
        move |read: fn(&Course) -> String| room.course.with(|course| course.as_ref().map(read).unwrap_or_default());
    let exhibit = move || {
        room.course.with(|course| {
            let course = course.as_ref()?;
            let revealed =
                course.prediction().filter(|_| course.said().revealed).and_then(|prediction| prediction.exhibit);
            let draw = revealed.or(course.scene().exhibit)?;
            room.facts.with(|facts| draw(&course.given(), facts))
        })
    };
    view! {
        <article class="lesson-text" aria-label="Lesson">
            <p class="lesson-line">
                <button class="link" on:click=move |_| room.open_lesson(None)>"All lessons"</button>
                <span>{words(number)}</span>
            </p>
            <h2>{words(move || of_course(|course| course.lesson.title.to_owned()))}</h2>
            <p class="scene-count" role="status" aria-label="Scene">
                {words(move || of_course(|course| format!("{} of {}", course.place() + 1, course.lesson.scenes.len())))}
            </p>
            <h3 node_ref=heading tabindex="-1">{words(move || of_course(|course| course.scene().title.to_owned()))}</h3>
            <div class="prose" inner_html=words(move || prose(room, |course| Some((course.scene().says, here(room, course)))))></div>
            <div class="exhibit" inner_html=words(move || exhibit().unwrap_or_default())></div>
            <Predict/>
            <Revealed/>
            <CheckPart/>
            <p class="error" role="alert">{move || room.trouble.get()}</p>
            <Way/>
        </article>
    }
}

/// What is to be predicted.
#[component]
fn Predict() -> impl IntoView {
    let room: Room = expect_context();
    let page: Page = expect_context();
    let stage = Memo::new(move |_| room.course.with(|course| course.as_ref().map(Course::stage)));
    let is_there = Memo::new(move |_| {
        room.course.with(|course| course.as_ref().is_some_and(|course| course.prediction().is_some()))
    });
    let is_open = move || stage.get() == Some(Stage::Predict);
    let kind = Memo::new(move |_| {
        room.course.with(|course| {
            course.as_ref().and_then(Course::prediction).map_or(0, |prediction| match prediction.kind {
                Kind::Choice(_) => 1,
                Kind::Number(_) => 2,
                Kind::Point(_) => 3,
                Kind::Sketch(_) => 4,
            })
        })
    });
    let can_reveal = move || stage.get() == Some(Stage::Reveal) || (is_open() && page.present.get());
    let question = words(move || prose(room, |course| Some((course.prediction()?.question, here(room, course)))));
    let told = words(move || {
        prose(room, |course| {
            let told = match &course.prediction()?.kind {
                Kind::Choice(_) => "",
                Kind::Number(ask) => ask.told,
                Kind::Point(ask) => ask.told,
                Kind::Sketch(ask) => ask.told,
            };
            Some((told, here(room, course))).filter(|_| course.said().revealed)
        })
    });
    let label = move || {
        room.course.with(|course| {
            match course.as_ref().and_then(Course::prediction).map(|prediction| &prediction.kind) {
                Some(Kind::Number(ask)) => ask.label,
                _ => "",
            }
        })
    };
    view! {
        <section class="predict" aria-label="Prediction" hidden=flag(move || !is_there.get())>
            <div class="prose question" inner_html=question></div>
            <div hidden=flag(move || kind.get() != 1)><Choices/></div>
            <div hidden=flag(move || kind.get() != 2 || !is_open())>
                <NumberField label=words(label) button="Commit" say=Callback::new(move |number| room.commit(Guess::Number(number)))/>
            </div>
            <div hidden=flag(move || kind.get() < 3)><Drawing/></div>
            <div class="commit" hidden=flag(move || !is_open())>
                <button
                    hidden=flag(move || kind.get() < 3)
                    disabled=flag(move || !room.drawn.get())
                    on:click=move |_| room.commit_drawing()
                >"Commit"</button>
                <button class="quiet" on:click=move |_| room.commit(Guess::Unsure)>"Not sure yet"</button>
            </div>
            <p class="commit" hidden=flag(move || !can_reveal())>
                <button on:click=move |_| room.reveal()>"Show the answer"</button> " or press A"
            </p>
            <div class="prose told" inner_html=told></div>
        </section>
    }
}

/// What is said of an answer: right or not, how far away, and why.
fn verdict(judged: Option<&Judgement>, guess: Option<&Guess>) -> String {
    let Some(guess) = guess else { return String::new() };
    let Some(judged) = judged else { return "Computing what the runs say …".to_owned() };
    let opening = match (judged.right, guess) {
        (Some(true), Guess::Choice(_)) => "The run says the same.",
        (Some(false), Guess::Choice(_)) => "The run says something else.",
        (Some(true), _) => "Within what counts as right.",
        (Some(false), _) => "Outside of what counts as right.",
        (None, _) => "Not sure yet: here is what the run says.",
    };
    format!("{opening} {}", judged.distance)
}

/// What the experiment of an answer says, with the Lab that it sets.
fn experiment(room: Room, then: Option<&'static Experiment>, part: fn(&'static Experiment) -> &'static str) -> String {
    let Some(then) = then else { return String::new() };
    prose(room, |course| {
        let view = match then.shows {
            Some(shows) => room.facts.with(|facts| shows(&course.given(), facts)),
            None => after(room, course),
        };
        Some((part(then), view))
    })
}

/// The answer, once it is shown.
#[component]
fn Revealed() -> impl IntoView {
    let room: Room = expect_context();
    let node = NodeRef::<html::Section>::new();
    let revealed = Memo::new(move |_| {
        room.course.with(|course| {
            course.as_ref().filter(|course| course.prediction().is_some() && course.said().revealed).map(Course::place)
        })
    });
    let before = StoredValue::new(revealed.get_untracked());
    let place = Memo::new(move |_| room.course.with(|course| course.as_ref().map(Course::place)));
    let shown_at = StoredValue::new(place.get_untracked());
    effect(move || {
        let (now, at) = (revealed.get(), place.get());
        let came = now.is_some() && before.get_value() != now && shown_at.get_value() == at;
        before.set_value(now);
        shown_at.set_value(at);
        if let Some(section) = node.get_untracked().filter(|_| came) {
            // after what the press of a button does by itself
            request_animation_frame(move || {
                // A section that cannot be focused leaves the focus where it is.
                let _ = section.focus();
            });
        }
    });
    let said = words(move || {
        let judged = room.judgement();
        let guess = room.course.with(|course| course.as_ref().and_then(|course| course.said().guess.clone()));
        verdict(judged.as_ref(), guess.as_ref())
    });
    let then = move || room.judgement().filter(|judged| judged.right == Some(false)).and_then(|judged| judged.then);
    view! {
        <section class="revealed" aria-label="What the run says" tabindex="-1" node_ref=node hidden=flag(move || revealed.get().is_none())>
            <p class="judged">{said}</p>
            <Then then=Signal::derive_local(then)/>
            <div class="prose" inner_html=words(move || prose(room, |course| Some((course.prediction()?.reveals, after(room, course)))))></div>
        </section>
    }
}

/// The reason why an answer was wrong, and its experiment.
#[component]
fn Then(then: Signal<Option<&'static Experiment>, LocalStorage>) -> impl IntoView {
    let room: Room = expect_context();
    let shows = move || then.get().and_then(|then| then.shows);
    view! {
        <div class="then" hidden=flag(move || then.get().is_none())>
            <div class="prose" inner_html=words(move || experiment(room, then.get(), |then| then.why))></div>
            <div class="prose try" inner_html=words(move || experiment(room, then.get(), |then| then.tries))></div>
            <button hidden=flag(move || shows().is_none()) on:click=move |_| {
                if let Some(shows) = untrack(shows) {
                    room.show(shows);
                }
            }>"Set the Lab for this"</button>
        </div>
    }
}

/// What is to be found out.
#[component]
fn CheckPart() -> impl IntoView {
    let room: Room = expect_context();
    let is_there = Memo::new(move |_| {
        room.course.with(|course| {
            course.as_ref().is_some_and(|course| {
                course.scene().check.is_some() && (course.prediction().is_none() || course.said().revealed)
            })
        })
    });
    let passed =
        Memo::new(move |_| room.course.with(|course| course.as_ref().is_some_and(|course| course.said().passed)));
    let label = move || room.number_check().map_or("", |ask| ask.label);
    let is_number = move || room.number_check().is_some();
    let said = move || {
        if passed.get() && !is_number() {
            return "Found.".to_owned();
        }
        let hint = room.hint.get();
        if !hint.is_empty() {
            return hint;
        }
        let judged = room.number_judgement();
        let guess = judged.as_ref().map(|_| Guess::Number(0.0));
        verdict(judged.as_ref(), guess.as_ref())
    };
    let then =
        move || room.number_judgement().filter(|judged| judged.right == Some(false)).and_then(|judged| judged.then);
    let solved = move || {
        room.course.with(|course| match &course.as_ref()?.scene().check.as_ref()?.kind {
            CheckKind::Lab { solved, .. } => Some(*solved),
            CheckKind::Number(_) => None,
        })
    };
    let done = words(move || {
        prose(room, |course| {
            Some((course.scene().check.as_ref()?.done, here(room, course))).filter(|_| course.said().passed)
        })
    });
    let told = words(move || {
        prose(room, |course| {
            let told = room.number_check()?.told;
            Some((told, here(room, course))).filter(|_| !course.said().attempts.is_empty())
        })
    });
    view! {
        <section class="check-part" aria-label="Find out" hidden=flag(move || !is_there.get()) class:passed=flag(move || passed.get())>
            <div class="prose" inner_html=words(move || prose(room, |course| Some((course.scene().check.as_ref()?.says, here(room, course)))))></div>
            <div hidden=flag(move || !is_number())>
                <NumberField label=words(label) button="Answer" say=Callback::new(move |number| room.answer(number))/>
            </div>
            <p class="judged" role="status" aria-label="Found out">{words(said)}</p>
            <Then then=Signal::derive_local(then)/>
            <button class="quiet" hidden=flag(move || passed.get() || solved().is_none()) on:click=move |_| {
                if let Some(solved) = untrack(solved) {
                    room.show(solved);
                }
            }>"Show me one"</button>
            <div class="prose" inner_html=done></div>
            <div class="prose told" inner_html=told></div>
        </section>
    }
}

/// Back, on, and from the beginning.
#[component]
fn Way() -> impl IntoView {
    let room: Room = expect_context();
    let place = Memo::new(move |_| room.course.with(|course| course.as_ref().map_or(0, Course::place)));
    let is_last = Memo::new(move |_| room.course.with(|course| course.as_ref().is_some_and(Course::is_last)));
    let waits = Memo::new(move |_| {
        room.course.with(|course| course.as_ref().is_some_and(|course| course.stage() != Stage::Over))
    });
    let next_lesson = move || {
        let number = room
            .course
            .with(|course| course.as_ref().and_then(|course| of(course.lesson.key)).map(|(number, _)| number));
        // of an assignment only its own
        number.and_then(|number| LESSONS.iter().skip(number).find(|lesson| room.opens(lesson.key))).copied()
    };
    let on = move |_| {
        if is_last.get_untracked() {
            room.open_lesson(untrack(next_lesson));
        } else {
            room.go(place.get_untracked() + 1);
        }
    };
    let name = move || match (is_last.get(), waits.get()) {
        (true, _) => {
            next_lesson().map_or_else(|| "All lessons".to_owned(), |lesson| format!("Next lesson: {}", lesson.title))
        }
        (false, true) => "Skip".to_owned(),
        (false, false) => "Next".to_owned(),
    };
    view! {
        <nav class="way-on" aria-label="Scenes">
            <button disabled=flag(move || place.get() == 0) on:click=move |_| room.go(place.get_untracked().saturating_sub(1))>"Back"</button>
            <button class:main=flag(move || !waits.get()) on:click=on>{words(name)}</button>
            <span class="spring"></span>
            <button class="quiet" title="Set the Lab as this scene shows it" on:click=move |_| room.show_scene()>"Reset the Lab"</button>
            <button class="quiet" title="Forget what was said in this lesson and begin again" on:click=move |_| room.restart()>"Begin again"</button>
        </nav>
    }
}
