//! The network: trained live as a run of its own, with a small timeline of its own.

use leptos::prelude::*;

use crate::page::modules::network::Network;
use crate::page::view::Room;
use crate::plot;
use crate::plot::curves_summary;
use crate::web::frames::next_frame;

use crate::ui::parts::effects::{effect, flag, text};
use crate::ui::parts::figure::{Figure, Painter};
use crate::ui::state::Compute;
use crate::ui::state::page::put;

use super::state::ModulesState;

/// How long the whole training takes to be played, in milliseconds.
const PLAYED: f64 = 8000.0;

/// The room.
#[component]
pub fn NetworkRoom() -> impl IntoView {
    let modules: ModulesState = expect_context();
    let compute: Compute = expect_context();
    play(modules);
    let running = Memo::new(move |_| modules.network.with(|network| network.is_running));
    let verdict = Memo::new(move |_| {
        let epoch = modules.shown_epoch();
        modules.network.with(|network| network.verdict(epoch).unwrap_or_default())
    });
    let lines = Memo::new(move |_| {
        let epoch = modules.shown_epoch();
        modules.network.with(|network| network.lines(epoch))
    });
    let show_tree = move |_| {
        modules.change(|view| {
            view.room = Room::Trees;
            view.subject = crate::worker::protocol::Subject::Network;
            view.folds.clear();
        });
    };
    view! {
        <div class="room-network">
            <p class="lead">
                "Three nnx.Linear layers in a list, with relu between them, learn the same kind of data: 500 rows, σ = 0.0001, SGD at a rate of 0.001.                  An epoch is one step on all rows. The training step is the one for a single layer: split and gradient find the parameters wherever they are nested."
            </p>
            <div class="choose">
                <button class="strong" hidden=flag(move || running.get()) on:click=move |_| modules.train(compute)>
                    {text(move || if modules.network.with(|network| network.request.is_some()) { "Train again" } else { "Train" })}
                </button>
                <button hidden=flag(move || !running.get()) on:click=move |_| modules.stop(compute)>"Stop training"</button>
                <button class="quiet" on:click=show_tree>"Its tree"</button>
                <span class="network-status" role="status" aria-label="Network status">{text(move || modules.network.with(Network::status))}</span>
            </div>
            <div class="network-sides">
                <div class="network-course">
                    <LossFigure/>
                    <SmallTimeline/>
                </div>
                <div class="network-prints">
                    <h3>"What the script prints"</h3>
                    <div class="print" role="log" aria-live="off" aria-label="Output of the network" tabindex="0">
                        {move || lines.get().into_iter().map(|line| view! { <span>{line}</span> }).collect_view()}
                    </div>
                    <p role="status" aria-label="Losses at the end">{text(move || verdict.get())}</p>
                    <p class="remark">
                        "JAX hands products of this size to libraries, which add in orders of their own; here they are added in the same orders. Recorded under JAX, the first 29 losses are equal to the last bit; later ones differ in their last digits."
                    </p>
                </div>
            </div>
        </div>
    }
}

/// The loss of each epoch, growing while the network trains.
#[component]
fn LossFigure() -> impl IntoView {
    let modules: ModulesState = expect_context();
    let painter = Painter {
        draw: Box::new(move |area, theme| {
            modules.network.with(|network| network.with_chart(theme, |chart| plot::curves(area, chart, theme).ok()))
        }),
        overlay: Box::new(move |frame, area, theme| {
            let epoch = modules.shown_epoch();
            modules.network.with(|network| {
                network.with_chart(theme, |chart| {
                    // What the back end refuses is missing for one frame; there is nobody to tell.
                    let _ = plot::curves_playhead(area, chart, frame, epoch, theme);
                });
            });
        }),
    };
    let figure = Figure::new(painter, move || modules.network.track(), move || modules.epoch.track());
    let place = figure.clone();
    let seek = move |event: leptos::ev::PointerEvent| {
        if event.buttons() & 1 == 1
            && let Some(epoch) = place.at((event.client_x(), event.client_y()), |frame, (x, _)| frame.step_at(x))
        {
            modules.playing.set(false);
            put(modules.epoch, Some(epoch));
        }
    };
    let summary = Memo::new(move |_| {
        modules.network.with(|network| {
            // nobody listens to a sentence that changes on every frame
            if network.is_running {
                return "Loss of each epoch, before its update: the network is being trained.".to_owned();
            }
            network.with_chart(&plot::Theme::light(1.0), curves_summary)
        })
    });
    let again = seek.clone();
    view! {
        <figure class="figure network">
            <div
                class="drawing" role="img" tabindex="0" aria-label="Loss of the network" aria-describedby="network-summary" node_ref=figure.node
                on:pointerdown=seek on:pointermove=again
            >
                {figure.canvases()}
            </div>
            <figcaption id="network-summary" class="unseen">{move || summary.get()}</figcaption>
        </figure>
    }
}

/// Play, scrub, and where in the network's training one stands.
#[component]
fn SmallTimeline() -> impl IntoView {
    let modules: ModulesState = expect_context();
    let known = Memo::new(move |_| modules.network.with(|network| network.losses.len()));
    let toggle = move |_| {
        if !modules.playing.get_untracked() && untrack(|| modules.shown_epoch()) >= known.get_untracked() {
            put(modules.epoch, Some(0));
        }
        modules.playing.update(|playing| *playing = !*playing);
    };
    let place = move || {
        let epoch = modules.shown_epoch();
        modules.network.with(|network| network.position(epoch))
    };
    view! {
        <div class="small-timeline" role="group" aria-label="Time of the network">
            <button disabled=move || known.get() == 0 on:click=toggle>
                {text(move || if modules.playing.get() { "Pause network" } else { "Play network" })}
            </button>
            <input
                type="range" min="0" step="1" aria-label="Epoch of the network"
                max=text(move || known.get().to_string())
                aria-valuetext=text(place)
                prop:value=text(move || modules.shown_epoch().to_string())
                on:input=move |event| {
                    if let Ok(epoch) = event_target_value(&event).parse::<usize>() {
                        modules.playing.set(false);
                        put(modules.epoch, Some(epoch).filter(|epoch| *epoch < known.get_untracked()));
                    }
                }
            />
            <span class="network-place">{text(place)}</span>
        </div>
    }
}

/// Lets the network's own time run, by the display's frames.
fn play(modules: ModulesState) {
    let newest = StoredValue::new(0_u32);
    on_cleanup(move || {
        let _ = modules.playing.try_set(false);
    });
    effect(move || {
        newest.update_value(|count| *count = count.wrapping_add(1));
        if modules.playing.get() {
            let (own, first) = (newest.get_value(), untrack(|| modules.shown_epoch()));
            next_frame(move |now| frame(modules, (newest, own), (first, now), now));
        }
    });
}

fn frame(modules: ModulesState, (newest, own): (StoredValue<u32>, u32), (first, began): (usize, f64), now: f64) {
    if newest.try_get_value() != Some(own) {
        return;
    }
    let (known, total) = modules.network.with_untracked(|network| (network.losses.len(), network.total()));
    let epoch = first + ((now - began) / PLAYED * total as f64) as usize;
    if epoch >= known {
        put(modules.epoch, None);
        modules.playing.set(false);
        return;
    }
    put(modules.epoch, Some(epoch));
    next_frame(move |now| frame(modules, (newest, own), (first, began), now));
}
