//! A linear layer trained by L-BFGS through the split step, as in the course's script.

use leptos::prelude::*;

use crate::page::highlight::Language;
use crate::page::modules::lbfgs::{CODE, EpochRow, Lbfgs};

use crate::ui::lab::programs::code;
use crate::ui::parts::effects::{flag, text};
use crate::ui::state::Compute;

use super::state::ModulesState;

/// The room.
#[component]
pub fn LbfgsRoom() -> impl IntoView {
    let modules: ModulesState = expect_context();
    let compute: Compute = expect_context();
    let lbfgs = modules.lbfgs;
    let rows = Memo::new(move |_| lbfgs.with(Lbfgs::rows));
    let lines = Memo::new(move |_| lbfgs.with(|lbfgs| lbfgs.steps.printed.clone()));
    let row = |EpochRow { epoch, loss, rate, evaluations, norm }: EpochRow| {
        view! { <tr><td>{epoch}</td><td>{loss}</td><td>{rate}</td><td>{evaluations}</td><td>{norm}</td></tr> }
    };
    let head = |name: &'static str| view! { <th scope="col">{name}</th> };
    view! {
        <div class="room-two">
            <div class="side">
                <p class="lead">
                    "L-BFGS bends the gradient by what earlier steps have shown of the curvature, and a line search decides how far to go. \
                     So an update needs more than the gradient: the loss, and a function of the parameters that the search can call."
                </p>
                <div class="code lines" role="group" aria-label="The split step" tabindex="0">
                    {CODE.lines().map(|line| view! { <div class="line">{code(line, Language::Python)}</div> }).collect_view()}
                </div>
                <p class="remark">
                    <code>"value_fn"</code>" takes a State, because that is what the optimizer moves: merge makes a model of it again. \
                     500 rows, σ = 0.001, batches of 1,024, so each epoch is one step on all rows."
                </p>
                <p class="remark" role="status" aria-label="What the last epochs show">
                    {text(move || lbfgs.with(|lbfgs| lbfgs.remark().unwrap_or_default()))}
                </p>
            </div>
            <div class="side">
                <div class="choose">
                    <button class="strong" disabled=flag(move || lbfgs.with(|lbfgs| lbfgs.is_running)) on:click=move |_| modules.run_lbfgs(compute)>
                        {text(move || if lbfgs.with(|lbfgs| lbfgs.stats.is_some()) { "Run again" } else { "Run 20 epochs" })}
                    </button>
                    <span class="network-status" role="status" aria-label="L-BFGS status">{text(move || lbfgs.with(Lbfgs::status))}</span>
                </div>
                <h3>"What it prints"</h3>
                <div class="print" role="log" aria-live="off" aria-label="Output of L-BFGS" tabindex="0">
                    {move || lines.get().into_iter().map(|line| view! { <span>{line}</span> }).collect_view()}
                </div>
                <div class="scroll-table" role="group" aria-label="Epochs of L-BFGS" tabindex="0">
                    <table>
                        <thead><tr>{["epoch", "loss before it", "step length", "evaluations", "‖θ − θ̂‖ after it"].map(head)}</tr></thead>
                        <tbody>{move || rows.get().into_iter().map(row).collect_view()}</tbody>
                    </table>
                </div>
            </div>
        </div>
    }
}
