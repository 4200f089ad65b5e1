//! The programs side by side: their code with the lines of the present step lit up and its values at their ends, under each the state as that
//! program sees it, and what they have in common and what they cost.

use leptos::prelude::*;

use crate::base::words::thousands;
use crate::lecture::programs::binding::Binding;
use crate::lecture::python::{Line, Live, listing};
use crate::lecture::settings::config::Approach;
use crate::page::code::{lit, rust_source, shown_lines, title, value};
use crate::page::duration::microseconds;
use crate::page::editor::examples::script;
use crate::page::highlight::{Kind, Language, pieces, rust_code};
use crate::worker::protocol::Inspection;

use crate::ui::code::state::CodeState;
use crate::ui::lab::state::LabState;
use crate::ui::parts::effects::{flag, text};
use crate::ui::state::{Compute, Page, Runs, Time};

/// The shown programs in columns.
#[component]
pub fn Programs() -> impl IntoView {
    let lab: LabState = expect_context();
    let columns = move || lab.shown.get().iter();
    view! {
        <section class="programs" aria-labelledby="programs-title">
            <div class="programs-head">
                <h2 id="programs-title">"The whole programs"</h2>
                <span class="spring"></span>
                <button
                    class="switch"
                    aria-label=text(move || if lab.rust.get() { "Language: Rust" } else { "Language: Python" })
                    title="The Python that is taught, or the Rust that really runs here"
                    on:click=move |_| lab.rust.update(|rust| *rust = !*rust)
                >
                    {text(move || if lab.rust.get() { "Rust" } else { "Python" })}
                </button>
            </div>
            <div class=text(move || format!("columns of-{}", lab.shown.get().iter().count()))>
                <For each=columns key=|approach| *approach let:approach>
                    <Column approach/>
                </For>
            </div>
            <Measured/>
        </section>
    }
}

#[component]
fn Column(approach: Approach) -> impl IntoView {
    let lab: LabState = expect_context();
    let (coding, page): (CodeState, Page) = (expect_context(), expect_context());
    let program = move || lab.program(approach);
    view! {
        <article class=format!("column {}", approach.name()) aria-label=format!("Program {}", approach.name())>
            <div class="column-head">
                <h3>{approach.name()} <small>{text(move || title(program()))}</small></h3>
                <button
                    class="quiet"
                    aria-label=format!("Edit {}", approach.name())
                    title="Edit this program and run it, in the tab Code"
                    on:click=move |_| coding.bring(script(&untrack(|| lab.run(approach))), page)
                >
                    "Edit"
                </button>
            </div>
            <Show when=move || lab.rust.get() fallback=move || view! { <Python approach/> }>
                <Rust approach/>
            </Show>
            <States approach/>
        </article>
    }
}

/// A line in colours; it knows how far in it begins, for what of it goes on below. Where there is no room it had better be broken behind a bracket than in a word.
pub fn code(text: &str, language: Language) -> impl IntoView + use<> {
    let class = |kind| match kind {
        Kind::Plain => "",
        Kind::Keyword => "k",
        Kind::Number => "n",
        Kind::Text => "s",
        Kind::Comment => "c",
    };
    let indent = text.len() - text.trim_start_matches(' ').len();
    let pieces = pieces(text, language).into_iter().flat_map(|(kind, text)| {
        text.split_inclusive('(').map(move |part| (class(kind), part.to_owned(), part.ends_with('(')))
    });
    let pieces = pieces.map(|(class, text, breaks)| {
        view! { <span class=class>{text}</span>{breaks.then(|| view! { <wbr/> })} }
    });
    let pieces = pieces.collect_view();
    view! { <code style:--in=indent.to_string()>{pieces}</code> }
}

/// The program as it is taught.
#[component]
fn Python(approach: Approach) -> impl IntoView {
    let lab: LabState = expect_context();
    let runs: Runs = expect_context();
    let time: Time = expect_context();
    let lines = Memo::new(move |_| shown_lines(&listing(&lab.run(approach))));
    let now = Memo::new(move |_| lit(time.stage.get(), time.step(), lab.run(approach).steps()));
    // a setting changes texts, and a row is made anew only where it means something else: what a list of rows keeps of each is never given back
    let numbered = move || {
        let plain = |line: Line| Line { text: String::new(), ..line };
        lines.get().into_iter().map(plain).enumerate()
    };
    let row = move |(at, line): (usize, Line)| {
        let live = line.live;
        let said =
            Memo::new(move |_| lines.with(|lines| lines.get(at).map(|line| line.text.clone()).unwrap_or_default()));
        view! {
            <div
                class="line"
                class:lit=flag(move || line.is_lit(now.get()))
                class:same=flag(move || live.is_some() && lab.pointed.get() == live)
                on:pointerenter=move |_| lab.pointed.set(live)
                on:pointerleave=move |_| lab.pointed.set(None)
            >
                {move || code(&said.get(), Language::Python)}
                {live.map(|live| view! {
                    <span class="live">{text(move || runs.with_step(approach, |found| value(found, live, now.get())))}</span>
                })}
            </div>
        }
    };
    view! {
        <div class="code" tabindex="0" role="group" aria-label=format!("Python of {}", approach.name())>
            <For each=numbered key=Clone::clone children=row/>
        </div>
    }
}

/// The source that is compiled into this page.
#[component]
fn Rust(approach: Approach) -> impl IntoView {
    let lab: LabState = expect_context();
    let source = Memo::new(move |_| rust_source(lab.program(approach)));
    let rows = move || {
        rust_code(source.get())
            .into_iter()
            .map(|line| {
                view! {
                    <div class="line">{code(line, Language::Rust)}</div>
                }
            })
            .collect_view()
    };
    view! {
        <div class="code rust" tabindex="0" role="group" aria-label=format!("Rust of {}", approach.name())>{rows}</div>
    }
}

/// The program's variables before the step at the playhead.
#[component]
fn States(approach: Approach) -> impl IntoView {
    let lab: LabState = expect_context();
    let runs: Runs = expect_context();
    // what is known of an earlier program says nothing of one that takes no steps
    let runs_at_all = Memo::new(move |_| lab.run(approach).steps() > 0);
    let bindings = Memo::new(move |_| {
        let read = |found: Option<&Inspection>| found.filter(|_| runs_at_all.get()).map(|found| found.state.clone());
        runs.with_step(approach, read).unwrap_or_default()
    });
    let step =
        move || runs.with_step(approach, |found| found.filter(|_| runs_at_all.get()).map(|found| found.step + 1));
    view! {
        <div class="states">
            <p>{text(move || step().map_or_else(|| "The run takes no steps.".to_owned(), |step| format!("Before step {}:", thousands(step))))}</p>
            <dl>
                {move || bindings.get().into_iter().map(|binding| binding_view(lab, approach, binding)).collect_view()}
            </dl>
        </div>
    }
}

/// A variable and its value; a long one can be folded. The one that holds the parameters is marked with them.
fn binding_view(lab: LabState, approach: Approach, Binding { name, value }: Binding) -> impl IntoView {
    let live = matches!(&*name, "params" | "model" | "state").then_some(Live::Params);
    let label = format!("{name} of {}", approach.name());
    let long = value.lines().count() > 1;
    let class = if long { "binding long" } else { "binding" };
    let text = view! { <pre tabindex="0" role="group" aria-label=label>{value}</pre> };
    // a structure that never changes is folded: it is the state that one watches
    let folded = name.contains("graphdef");
    let value = if long {
        view! { <details open=!folded><summary>{name.clone()}</summary>{text}</details> }.into_any()
    } else {
        text.into_any()
    };
    view! {
        <div
            class=class
            class:same=flag(move || live.is_some() && lab.pointed.get() == live)
            on:pointerenter=move |_| lab.pointed.set(live)
            on:pointerleave=move |_| lab.pointed.set(None)
        >
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
}

/// What the ways of calling a step cost on this machine.
#[component]
fn Measured() -> impl IntoView {
    let lab: LabState = expect_context();
    let runs: Runs = expect_context();
    let compute: Compute = expect_context();
    let costs = move || runs.costs.get();
    let part = move |name: &'static str, took: f64| {
        view! {
            <span>{name} " " <b>{microseconds(took)}</b></span>
        }
    };
    view! {
        <div class="costs" role="group" aria-label="Costs">
            <span>"On this machine:"</span>
            {move || costs().map(|costs| view! {
                {part("compiling make_step", costs.compile)}
                {part("the compiled step alone", costs.program)}
                {part("a functional call", costs.functional)}
                {part("an nnx.jit call, which splits and merges", costs.module)}
                {part("split once, outside the loop", costs.split_once)}
            })}
            <button on:click=move |_| lab.measure(compute)>"Measure"</button>
        </div>
    }
}
