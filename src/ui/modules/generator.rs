//! The used-up generator: the loop that has nothing to go over, and the line that repairs it, which can be applied and undone.

use leptos::prelude::*;

use crate::lecture::settings::config::{Approach, ModuleKind};
use crate::page::highlight::Language;
use crate::page::modules::generator::{CodeLine, EpochRow, code as loop_lines, epochs, verdict};
use crate::page::presets::Preset;

use crate::ui::lab::programs::code;
use crate::ui::lab::state::LabState;
use crate::ui::parts::effects::{flag, text};
use crate::ui::state::{Runs, Time};

/// The room.
#[component]
pub fn Generator() -> impl IntoView {
    let (lab, runs, time): (LabState, Runs, Time) = (expect_context(), expect_context(), expect_context());
    let kind = Memo::new(move |_| lab.module.get());
    let is_here = Memo::new(move |_| matches!(kind.get(), ModuleKind::Pitfall | ModuleKind::MyLinear));
    let is_repaired = Memo::new(move |_| kind.get() == ModuleKind::MyLinear);
    let open = move |_| lab.show(Preset::Pitfall.view(&lab.view(time)), time);
    let lines = Memo::new(move |_| loop_lines(&lab.run(Approach::Module), is_repaired.get()));
    let line = move |CodeLine { text, is_repair, is_empty_loop }: CodeLine| {
        let class = match (is_repair, is_empty_loop) {
            (true, _) => "line repair",
            (_, true) => "line loop",
            _ => "line",
        };
        view! {
            <div class=class hidden=flag(move || is_repair && !is_repaired.get())>
                {code(&text, Language::Python)}
            </div>
        }
    };
    let read = move |read: fn(&crate::page::runs::Recording) -> String| {
        runs.board.with(|board| {
            let run = board
                .of(Approach::Module)
                .filter(|run| run.stats.is_some() && run.config.program == lab.program(Approach::Module));
            run.map(read).unwrap_or_default()
        })
    };
    let rows = Memo::new(move |_| {
        runs.board
            .with(|board| board.of(Approach::Module).filter(|run| run.stats.is_some()).map(epochs).unwrap_or_default())
    });
    let row = |EpochRow { epoch, batches, distance }: EpochRow| {
        view! { <tr><td>{epoch}</td><td>{batches}</td><td>{distance}</td></tr> }
    };
    let printed = Memo::new(move |_| {
        runs.board.with(|board| board.of(Approach::Module).map(|run| run.steps.lines.clone()).unwrap_or_default())
    });
    view! {
        <div class="room-two">
            <div class="side">
                <p class="lead">
                    "A generator deals out its batches once. Where it is made once for all epochs, and something has gone over it before, "
                    <code>"train_loader"</code>
                    " has nothing left: the loop inside each epoch ends before it begins. No step is taken, no error is raised, and the same distance is printed again and again."
                </p>
                <div class="code lines" role="group" aria-label="The program’s loop" tabindex="0">
                    <For each=move || lines.get().into_iter().enumerate() key=Clone::clone let:entry>{line(entry.1)}</For>
                </div>
                <div class="choose">
                    <button hidden=flag(move || is_here.get()) on:click=open>"Open the lecture’s used-up generator"</button>
                    <button class="strong" hidden=flag(move || kind.get() != ModuleKind::Pitfall) on:click=move |_| lab.module.set(ModuleKind::MyLinear)>
                        "Repair it: a new generator in every epoch"
                    </button>
                    <button hidden=flag(move || !is_repaired.get()) on:click=move |_| lab.module.set(ModuleKind::Pitfall)>"Undo the repair"</button>
                </div>
                <p class="remark">
                    "The repaired program deals out the batches that the Lab’s MyLinear program does, so it is that run, bit for bit."
                </p>
            </div>
            <p class="remark" hidden=flag(move || is_here.get())>
                "The Lab runs another program now. Open the used-up generator, and its run stands here."
            </p>
            <div class="side" hidden=flag(move || !is_here.get())>
                <h3>{text(move || if is_repaired.get() { "What the repaired run does" } else { "What the run does" })}</h3>
                <p role="status" aria-label="What was learned">{text(move || read(verdict))}</p>
                <table>
                    <thead><tr><th scope="col">"epoch"</th><th scope="col">"batches in it"</th><th scope="col">"‖θ − θ̂‖ after it"</th></tr></thead>
                    <tbody>{move || rows.get().into_iter().map(row).collect_view()}</tbody>
                </table>
                <h3>"What it prints"</h3>
                <div class="print" role="log" aria-live="off" aria-label="Output of the module program" tabindex="0">
                    {move || printed.get().into_iter().map(|line| view! { <span>{line}</span> }).collect_view()}
                </div>
            </div>
        </div>
    }
}
