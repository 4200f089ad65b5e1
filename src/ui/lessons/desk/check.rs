//! Checking hand-ins: what was pasted and dropped, what is wrong with it, the table of marks, and the class's predictions.

use leptos::ev::DragEvent;
use leptos::html::{Input, Textarea};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::FileList;

use crate::page::handin::assignment::Assignment;
use crate::page::handin::class::chart;
use crate::page::handin::judge::Judge;
use crate::page::handin::mark::{Mark, Verdict};
use crate::page::handin::paper::{HandIn, KEY};
use crate::page::handin::table::{Entry, Totals, assignments, csv, gather, sorted};
use crate::page::handin::trouble::Trouble;
use crate::page::lessons::{LESSONS, of};
use crate::plot::ClassChart;
use crate::web::files;

use crate::ui::lessons::desk::clerk::{Clerk, Told};
use crate::ui::lessons::desk::picture::Picture;
use crate::ui::lessons::room::Room;
use crate::ui::parts::effects::{effect, flag, text};

/// A hand-in and its marks.
type Marked = (HandIn, Vec<Mark>);

/// What lies on the desk. Copies share their signals.
#[derive(Clone, Copy)]
struct Heap {
    /// What was pasted and dropped, with where it comes from.
    sources: RwSignal<Vec<(String, String)>>,
    /// The assignment that is judged.
    assignment: RwSignal<Option<Assignment>>,
    entries: RwSignal<Vec<Entry>>,
    marked: RwSignal<Vec<Marked>>,
    said: RwSignal<String>,
    clerk: StoredValue<Option<Clerk>, LocalStorage>,
}

impl Heap {
    fn add(self, source: &str, content: String) {
        self.sources.update(|sources| sources.push((source.to_owned(), content)));
    }

    /// Reads everything anew and has it judged.
    fn look(self) {
        let read = self.sources.with(|sources| gather(sources));
        let wanted = self.assignment.get();
        let known = assignments(&read);
        let assignment = known.iter().map(|(known, _)| known).find(|known| wanted.as_ref() == Some(*known));
        let Some(assignment) = assignment.or_else(|| known.first().map(|(first, _)| first)).cloned() else {
            self.entries.set(read);
            self.marked.set(Vec::new());
            return self.clerk.set_value(None);
        };
        let entries = sorted(read, &assignment);
        let papers: Vec<HandIn> = entries.iter().filter_map(|entry| entry.paper.clone().ok()).collect();
        self.entries.set(entries);
        if wanted.as_ref() != Some(&assignment) {
            // this is looked at once more then
            return self.assignment.set(Some(assignment));
        }
        self.said.set("Running the lessons again …".to_owned());
        let count = papers.len();
        let judge = Judge::new(&assignment, papers);
        self.clerk.set_value(Some(Clerk::new(judge, move |told| {
            let sentence = match told {
                Told::Progress(done, all) => format!("Running the lessons again: {done} of {all} …"),
                Told::Trouble(sentence) => sentence,
                Told::Done(milliseconds) => {
                    // the clerk is in its place only when this has returned
                    request_animation_frame(move || self.tell());
                    let hand_ins = if count == 1 { "One hand-in".to_owned() } else { format!("{count} hand-ins") };
                    format!("{hand_ins} judged by runs computed now, in {:.1} s.", milliseconds / 1000.0)
                }
            };
            let _ = self.said.try_set(sentence);
        })));
    }

    /// Shows what was judged.
    fn tell(self) {
        let marked = self.clerk.try_with_value(|clerk| {
            let read = |judge: &Judge| judge.marked().map(|(paper, marks)| (paper.clone(), marks.to_vec())).collect();
            clerk.as_ref().map(|clerk| clerk.read(read))
        });
        if let Some(Some(marked)) = marked {
            let _ = self.marked.try_set(marked);
        }
    }

    /// Reads files as texts.
    fn files(self, files: Option<FileList>) {
        let Some(files) = files else { return };
        let files: Vec<_> = (0..files.length()).filter_map(|place| files.get(place)).collect();
        spawn_local(async move {
            let mut read = Vec::new();
            for file in files {
                let content = JsFuture::from(file.text()).await.ok().and_then(|content| content.as_string());
                read.push((file.name(), content.unwrap_or_default()));
            }
            let _ = self.sources.try_update(|sources| sources.extend(read));
        });
    }

    fn save(self) {
        let Some(assignment) = self.assignment.get_untracked() else { return };
        let table = self.marked.with_untracked(|marked| {
            let marked: Vec<(&HandIn, &[Mark])> =
                marked.iter().map(|(paper, marks)| (paper, marks.as_slice())).collect();
            let questions = crate::page::handin::judge::questions(&assignment);
            self.entries.with_untracked(|entries| csv(&questions, &marked, entries))
        });
        if !files::save(&format!("handins-{}.csv", assignment.mark()), "text/csv", &table) {
            self.said.set("This browser does not allow the page to save a file.".to_owned());
        }
    }
}

/// Checking hand-ins.
#[component]
pub fn Check() -> impl IntoView {
    let room: Room = expect_context();
    let heap = Heap {
        sources: RwSignal::new(Vec::new()),
        assignment: RwSignal::new(None),
        entries: RwSignal::new(Vec::new()),
        marked: RwSignal::new(Vec::new()),
        said: RwSignal::new(String::new()),
        clerk: StoredValue::new_local(None),
    };
    // what came with the page's link
    if let Some(handin) = room.view().with_untracked(|view| view.handin.clone()) {
        heap.add("the link", format!("{KEY}={handin}"));
    }
    effect(move || heap.look());
    let (pasted, chosen) = (NodeRef::<Textarea>::new(), NodeRef::<Input>::new());
    let read = move |_| {
        let Some(area) = pasted.get_untracked() else { return };
        let content = area.value();
        if content.trim().is_empty() {
            return heap.said.set("There is nothing to read yet: paste a link above.".to_owned());
        }
        heap.add("pasted", content);
        area.set_value("");
    };
    let choose = move |_| {
        if let Some(input) = chosen.get_untracked() {
            heap.files(input.files());
            // so that the same file can be chosen again
            input.set_value("");
        }
    };
    let drop_files = move |event: DragEvent| {
        event.prevent_default();
        heap.files(event.data_transfer().and_then(|data| data.files()));
    };
    let is_empty = move || heap.sources.with(Vec::is_empty);
    view! {
        <h2>"Check hand-ins"</h2>
        <p class="lead">"Paste links, or drop files: any number of them. The page runs each student’s lessons again and judges by these runs."</p>
        <div class="drop" on:dragover=move |event: DragEvent| event.prevent_default() on:drop=drop_files>
            <label>"Links, or a whole mail with links in it" <textarea rows="4" spellcheck="false" node_ref=pasted></textarea></label>
            <button class="main" on:click=read>"Read"</button>
            <label class="files">"Files" <input type="file" multiple node_ref=chosen on:change=choose/></label>
            <button class="quiet" hidden=flag(is_empty) on:click=move |_| {
                heap.sources.set(Vec::new());
                heap.assignment.set(None);
                heap.said.set(String::new());
            }>"Clear the desk"</button>
        </div>
        <p role="status" aria-label="Judged">{text(move || heap.said.get())}</p>
        <Assigned heap/>
        <Bad heap/>
        <Marks heap/>
        <Class heap/>
        <details class="told">
            <summary>"What this page cannot find out"</summary>
            <p>
                "Nothing here is signed, and there is no server: the page sees only what was handed in. It cannot tell whether somebody else answered, or whether predictions were \
                 copied and handed in under another number; sentences to choose from mostly have the same right answer for everybody. It cannot tell when an answer was given, \
                 whether a student has worked through the lesson once before under another number, began again, or has looked the answer up. Whoever reads this page’s \
                 source can write a hand-in that looks right. What it does see: letters that were lost or changed, data that do not belong to the number, answers \
                 that no scene has, the same number twice, another assignment, and whether each answer holds in runs on that student’s own data."
            </p>
        </details>
    }
}

/// Which assignment is judged.
#[component]
fn Assigned(heap: Heap) -> impl IntoView {
    let known = Memo::new(move |_| heap.sources.with(|sources| assignments(&gather(sources))));
    let option = move |(known, count): (Assignment, usize)| {
        let mark = known.mark();
        let name = format!("{} ({mark}), {count} handed in", known.title);
        view! { <option value=mark>{name}</option> }
    };
    let choose = move |event| {
        let mark = event_target_value(&event);
        let chosen = known
            .with_untracked(|known| known.iter().map(|(known, _)| known).find(|known| known.mark() == mark).cloned());
        heap.assignment.set(chosen);
    };
    let title = move || {
        heap.assignment
            .with(|task| task.as_ref().map(|task| format!("{} ({})", task.title, task.mark())).unwrap_or_default())
    };
    view! {
        <h3 hidden=flag(move || heap.assignment.with(Option::is_none))>{text(title)}</h3>
        <label class="line" hidden=flag(move || known.with(|known| known.len() < 2))>
            "Assignment "
            <select on:change=choose prop:value=text(move || heap.assignment.with(|task| task.as_ref().map(Assignment::mark).unwrap_or_default()))>
                <For each=move || known.get() key=|(known, count)| (known.mark(), *count) children=option/>
            </select>
        </label>
    }
}

/// What cannot be judged, and why.
#[component]
fn Bad(heap: Heap) -> impl IntoView {
    let bad = move || {
        heap.entries.with(|entries| {
            let said = |entry: &Entry| {
                let name = entry.paper.as_ref().ok().map(|paper| paper.name.clone());
                let trouble = entry.paper.as_ref().err().or(entry.remark.as_ref()).map(Trouble::sentence)?;
                Some((name.unwrap_or_else(|| entry.source.clone()), trouble))
            };
            entries.iter().filter_map(said).enumerate().collect::<Vec<_>>()
        })
    };
    let line = |(_, (name, trouble)): (usize, (String, String))| view! { <li><b>{name}</b> " " {trouble}</li> };
    view! {
        <ul class="bad" aria-label="To be looked at">
            <For each=bad key=|(place, said)| (*place, said.clone()) children=line/>
        </ul>
    }
}

/// The table of marks.
#[component]
fn Marks(heap: Heap) -> impl IntoView {
    let lessons = Memo::new(move |_| {
        heap.assignment.with(|task| task.as_ref().map(|task| task.lessons.clone()).unwrap_or_default())
    });
    let head = move |key: String| view! { <th scope="col">{of(&key).map_or("", |(_, lesson)| lesson.title)}</th> };
    let rows = move || {
        let task = heap.assignment.get();
        let questions = task.as_ref().map(crate::page::handin::judge::questions).unwrap_or_default();
        heap.marked.with(|marked| {
            let row = |(place, (paper, marks)): (usize, &Marked)| {
                let mut cells = vec![paper.name.clone(), paper.number.clone()];
                let totals = Totals::of(marks);
                cells.push(format!("{} of {}", totals.right, marks.len()));
                for key in &paper.assignment.lessons {
                    let own: Vec<&Mark> = questions
                        .iter()
                        .zip(marks)
                        .filter(|(question, _)| question.lesson.key == key.as_str())
                        .map(|(_, mark)| mark)
                        .collect();
                    cells.push(own.iter().map(|mark| sign(mark.verdict)).collect::<Vec<_>>().join(" "));
                }
                (place, cells)
            };
            marked.iter().enumerate().map(row).collect::<Vec<_>>()
        })
    };
    let row = |(_, cells): (usize, Vec<String>)| {
        let mut cells = cells.into_iter();
        let name = cells.next().unwrap_or_default();
        view! { <tr><th scope="row">{name}</th>{cells.map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr> }
    };
    let is_empty = move || heap.marked.with(Vec::is_empty);
    view! {
        <div class="marked" hidden=flag(is_empty) tabindex="0" role="region" aria-label="Marks">
            <table>
                <thead><tr>
                    <th scope="col">"Name"</th><th scope="col">"Number"</th><th scope="col">"Right"</th>
                    <For each=move || lessons.get() key=Clone::clone children=head/>
                </tr></thead>
                <tbody><For each=rows key=|(place, cells)| (*place, cells.clone()) children=row/></tbody>
            </table>
        </div>
        <p hidden=flag(is_empty)>
            <button on:click=move |_| heap.save()>"Save as CSV"</button>
            <span class="told">" ✓ right, ✗ wrong, ? not sure yet, – no answer, ! could not be judged; one for each question. The file has the answers, too."</span>
        </p>
    }
}

fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Right => "✓",
        Verdict::Wrong => "✗",
        Verdict::Unsure => "?",
        Verdict::Missing => "–",
        Verdict::Unjudged => "!",
    }
}

/// The class's predictions, a lesson at a time.
#[component]
fn Class(heap: Heap) -> impl IntoView {
    let chosen = RwSignal::new(String::new());
    let lessons = Memo::new(move |_| {
        heap.assignment.with(|task| task.as_ref().map(|task| task.lessons.clone()).unwrap_or_default())
    });
    let open = Memo::new(move |_| {
        let (chosen, lessons) = (chosen.get(), lessons.get());
        lessons.iter().find(|key| **key == chosen).or(lessons.first()).cloned().unwrap_or_default()
    });
    let picture = Memo::new(move |_| {
        let Some(task) = heap.assignment.get() else { return ClassChart::default() };
        heap.marked.with(|marked| {
            let marks: Vec<&[Mark]> = marked.iter().map(|(_, marks)| marks.as_slice()).collect();
            chart(&crate::page::handin::judge::questions(&task), &marks, &open.get())
        })
    });
    let option = |key: String| {
        let title = LESSONS.iter().find(|lesson| lesson.key == key).map_or("", |lesson| lesson.title);
        view! { <option value=key>{title}</option> }
    };
    view! {
        <div hidden=flag(move || heap.marked.with(Vec::is_empty))>
            <h3>"The class’s answers"</h3>
            <label class="line">"Lesson " <select on:change=move |event| chosen.set(event_target_value(&event))>
                <For each=move || lessons.get() key=Clone::clone children=option/>
            </select></label>
            <p class="told">"Each answer is held against the run on its own student’s data. Outlined bars and filled dots are right."</p>
            <Picture chart=picture/>
        </div>
    }
}
