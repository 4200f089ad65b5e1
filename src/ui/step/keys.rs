//! The tree of keys, and what using a key twice does.

use leptos::html::Div;
use leptos::prelude::*;

use crate::page::microscope::keys::{table, twice, warning};
use crate::worker::protocol::{JobRequest, Keys};

use crate::ui::lab::state::LabState;
use crate::ui::parts::effects::{effect, text};
use crate::ui::state::{Compute, Runs};

use super::state::StepState;

/// The keys of the run up to this step's epoch.
#[component]
pub fn KeyTree() -> impl IntoView {
    let step: StepState = expect_context();
    let (lab, runs): (LabState, Runs) = (expect_context(), expect_context());
    let compute: Compute = expect_context();
    let wanted = Memo::new(move |_| {
        let epoch = step.found.with(|found| found.as_ref().map(|found| found.step.epoch))?;
        Some((lab.run(step.column(lab)), epoch))
    });
    // a newer request for runs forgets the questions before it
    let asked = Memo::new(move |_| runs.asked.get());
    effect(move || {
        asked.track();
        let Some((config, epoch)) = wanted.get() else { return };
        let _ = compute.with(|bridge| bridge.ask(JobRequest::Keys { config, epoch }));
    });
    let (tree, again) = (NodeRef::<Div>::new(), NodeRef::<Div>::new());
    let write = move |node: NodeRef<Div>, text: fn(&Keys) -> String| {
        effect(move || {
            let Some(element) = node.get() else { return };
            element.set_inner_html(&step.keys.with(|keys| keys.as_ref().map(text).unwrap_or_default()));
        });
    };
    write(tree, table);
    write(again, |keys| twice(&keys.twice));
    let warned = move || step.keys.with(|keys| keys.as_ref().map(warning).unwrap_or_default());
    let is_reused = move || step.keys.with(|keys| keys.as_ref().is_some_and(|keys| !keys.reused.is_empty()));
    view! {
        <section class="key-tree" aria-labelledby="keys-title">
            <h2 id="keys-title">"Keys"</h2>
            <p class="text-about" class:warned=move || is_reused()>{text(warned)}</p>
            <div class="key-pair">
                <div class="table-of" role="region" aria-label="Tree of keys" tabindex="0" node_ref=tree></div>
                <div class="key-twice" role="region" aria-label="One key used twice" node_ref=again></div>
            </div>
        </section>
    }
}
