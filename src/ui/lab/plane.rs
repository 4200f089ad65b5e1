//! The figure of the parameters: contours, paths, and what stands at the playhead. The start can be dragged.

use leptos::prelude::*;

use crate::base::words::thousands;
use crate::lecture::python::Stage;
use crate::page::asked::Asked;
use crate::page::figures::TABLE_ROWS;
use crate::page::figures::plane::{Cut, batch_loss, full_gradient, with_chart};
use crate::page::view::{Axes, Charts, FULL_BATCH_LIMIT};
use crate::plot::{
    self, Paper, Pixel, PlaneFrame, PlaneGradient, PlaneMoment, PlaneWindow, Table, Theme, plane_starts, plane_summary,
    plane_table,
};

use crate::worker::protocol::Inspection;

use crate::ui::lab::plane_gestures::{Hand, show_all};
use crate::ui::lab::state::LabState;
use crate::ui::parts::caption::Caption;
use crate::ui::parts::effects::{effect, flag};
use crate::ui::parts::figure::{Figure, Painter};
use crate::ui::state::{Runs, Time};

/// The frame of what is drawn, and the projection that it was drawn with.
pub struct Drawn {
    /// Where places lie on the picture.
    pub frame: PlaneFrame,
    cut: Cut,
    /// Where the runs start, on the picture.
    pub starts: Vec<Pixel>,
}

/// The states that the plane shows, and that a hand in it changes.
#[derive(Clone, Copy)]
pub struct PlaneStates {
    /// How it is drawn.
    pub lab: LabState,
    /// What is in it.
    pub runs: Runs,
    /// Where the runs stand.
    pub time: Time,
}

fn overlay(states: PlaneStates, drawn: &Drawn, area: &dyn Paper, theme: &Theme) {
    let PlaneStates { lab, runs, time } = states;
    let hover = time.hover.get();
    let step = hover.unwrap_or_else(|| time.taken());
    let wants_batch = lab.charts.with(|charts| charts.plane.batch_contours);
    let batch = runs.steps.with(|steps| {
        let (_, step) = steps.first().filter(|_| wants_batch)?;
        batch_loss(&drawn.cut.projection, step)
    });
    runs.board.with(|board| {
        runs.steps.with(|steps| {
            // those of the step at the playhead, once its part has come
            let first = board.runs.first().filter(|_| hover.is_none() && time.stage.get() >= Stage::Gradient);
            let found = first.and_then(|run| steps.of_run(run)).filter(|found| found.step + 1 == time.step());
            let full =
                first.zip(found).map(|(run, found)| full_gradient(&run.recording.problem, &found.columns.params));
            let gradients = found.zip(full.as_deref()).map(|(found, full)| gradients(found, full)).unwrap_or_default();
            with_chart((board, steps), &drawn.cut, theme, |chart| {
                let moment = PlaneMoment { step, gradients: &gradients, batch, spread: drawn.cut.spread };
                // What the back end refuses is missing for one frame; there is nobody to tell.
                let _ = plot::plane_playhead(area, chart, &drawn.frame, &moment, theme);
            });
        });
    });
}

/// The gradients of a step's batch and of all samples, one where these are the same.
fn gradients<'a>(step: &'a Inspection, full: &'a [f32]) -> Vec<PlaneGradient<'a>> {
    let (at, samples) = (step.columns.params.as_slice(), step.columns.targets.len());
    let of = |gradient, rows| PlaneGradient { at, gradient, rows: (rows, samples) };
    let all = of(full, samples);
    if step.rows >= samples { vec![all] } else { vec![of(&step.columns.gradient, step.rows), all] }
}

/// The plane of two parameters.
#[component]
pub fn PlaneFigure() -> impl IntoView {
    let lab: LabState = expect_context();
    let runs: Runs = expect_context();
    let time: Time = expect_context();
    let still = RwSignal::new(None::<PlaneWindow>);
    let starts = RwSignal::new(Vec::<Pixel>::new());
    let states = PlaneStates { lab, runs, time };
    let painter = Painter::<Drawn> {
        draw: Box::new(move |area, theme| {
            let drawn = drawn(lab, runs, area, theme, still.get())?;
            if starts.with_untracked(|known| *known != drawn.starts) {
                starts.set(drawn.starts.clone());
            }
            Some(drawn)
        }),
        overlay: Box::new(move |drawn, area, theme| overlay(states, drawn, area, theme)),
    };
    let changes = move || {
        runs.board.track();
        lab.charts.track();
    };
    let figure = Figure::new(painter, changes, move || {
        time.playhead.track();
        time.stage.track();
        time.hover.track();
        runs.steps.track();
    });
    let hand = Hand::new(states, figure.clone(), still);
    let [pressed, followed, released, lost, clicked, turned, keyed] = std::array::from_fn(|_| hand.clone());
    let zoomed = Memo::new(move |_| lab.charts.with(|charts| charts.plane.area.is_some()));
    // where a finger takes hold of a start instead of scrolling the page
    let handles = move || {
        let handle = |(x, y): Pixel| view! { <span class="handle" style:left=format!("{x}px") style:top=format!("{y}px")></span> };
        starts.get().into_iter().map(handle).collect_view()
    };
    view! {
        <figure class="figure plane">
            <Caption read=|shown| shown.plane()/>
            <div
                class="drawing"
                class:zoomed=zoomed
                role="img"
                tabindex="0"
                aria-label="Parameter plane"
                aria-describedby="plane-summary"
                title="Drag the start, or double-click where the runs should start; Ctrl and the wheel, two fingers, or + and − zoom, 0 shows all"
                node_ref=figure.node
                on:pointerdown=move |event| pressed.press(&event)
                on:pointermove=move |event| followed.follow(&event)
                on:pointerup=move |event| released.release(&event)
                on:pointercancel=move |event| lost.release(&event)
                on:dblclick=move |event| clicked.put((event.client_x(), event.client_y()))
                on:wheel=move |event| turned.turn(&event)
                on:keydown=move |event| keyed.key(&event)
            >
                {figure.canvases()}
                {handles}
            </div>
            {move || zoomed.get().then(|| view! {
                <button class="whole" title="Show all that the runs take place in (0)" on:click=move |_| show_all(lab)>"Show all"</button>
            })}
            <figcaption id="plane-summary" class="unseen">{summary(lab, runs)}</figcaption>
            <PlaneOptions/>
        </figure>
    }
}

/// A switch for something that the plane can show.
#[component]
fn Shown(label: &'static str, #[prop(into)] about: String, part: fn(&mut Charts) -> &mut bool) -> impl IntoView {
    let lab: LabState = expect_context();
    let on = Memo::new(move |_| *part(&mut lab.charts.get()));
    view! {
        <label title=about>
            <input
                type="checkbox"
                prop:checked=on
                on:change=move |event| {
                    let shown = event_target_checked(&event);
                    lab.charts.update(|charts| *part(charts) = shown);
                }
            />
            <span>{label}</span>
        </label>
    }
}

#[component]
fn PlaneOptions() -> impl IntoView {
    let lab: LabState = expect_context();
    let features = Memo::new(move |_| lab.settings.with(|config| config.features));
    let value = move || match lab.charts.with(|charts| charts.plane.axes) {
        Axes::Natural => "natural".to_owned(),
        Axes::Pair(across, up) => format!("{across},{up}"),
    };
    let choose = move |text: String| {
        let pair = text.split_once(',').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
        lab.charts.update(|charts| {
            charts.plane.axes = pair.map_or(Axes::Natural, |(across, up)| Axes::Pair(across, up));
            charts.plane.area = None;
        });
    };
    let pairs = move || {
        let shown = features.get().min(8);
        (0..shown).flat_map(move |a| (a + 1..shown).map(move |b| (a, b)))
    };
    view! {
        <div class="options">
            <Shown
                label="Batch contours"
                about="The loss of the batch that this step draws"
                part=|charts| &mut charts.plane.batch_contours
            />
            <Shown
                label="Full-batch path"
                about=format!(
                    "The same training with all samples in every batch, a faint line: the signal without the noise. For runs of up to {} steps.",
                    thousands(FULL_BATCH_LIMIT),
                )
                part=|charts| &mut charts.plane.full_batch
            />
            <Shown
                label="Spread"
                about="The last 200 iterates as dots, and the ellipse of one standard deviation around their mean"
                part=|charts| &mut charts.plane.spread
            />
            {move || (features.get() > 2).then(|| view! {
                <select aria-label="Plane" prop:value=value on:change=move |event| choose(event_target_value(&event))>
                    <option value="natural" selected=flag(move || value() == "natural")>"leading eigenvectors"</option>
                    {pairs().map(|(a, b)| {
                        let key = format!("{a},{b}");
                        let own = key.clone();
                        view! { <option value=key selected=flag(move || value() == own)>{format!("θ{} and θ{}", a + 1, b + 1)}</option> }
                    }).collect_view()}
                </select>
            })}
        </div>
    }
}

/// The chart in a sentence, once the runs are complete.
fn summary(lab: LabState, runs: Runs) -> impl Fn() -> String {
    let said = RwSignal::new("Nothing has been computed yet.".to_owned());
    effect(move || {
        let sentence = runs.board.with(|board| {
            let first = board.first().filter(|_| board.is_complete())?;
            let cut = lab.charts.with(|charts| Cut::new(&first.problem, charts, None));
            with_chart((board, &Asked::default()), &cut, &Theme::light(1.0), plane_summary)
        });
        if let Some(sentence) = sentence {
            said.set(sentence);
        }
    });
    move || said.get()
}

/// Draws the plane without what moves with the playhead.
fn drawn(lab: LabState, runs: Runs, area: &dyn Paper, theme: &Theme, still: Option<PlaneWindow>) -> Option<Drawn> {
    runs.board.with(|board| {
        let first = board.first()?;
        let cut = lab.charts.with(|charts| Cut::new(&first.problem, charts, still));
        let (frame, starts) = with_chart((board, &Asked::default()), &cut, theme, |chart| {
            let frame = plot::plane(area, chart, theme).ok()?;
            let starts = plane_starts(chart, &frame);
            Some((frame, starts))
        })??;
        Some(Drawn { frame, cut, starts })
    })
}

/// Draws the plane with what stands at the playhead, on anything.
pub fn draw(states: PlaneStates, area: &dyn Paper, theme: &Theme) {
    if let Some(drawn) = drawn(states.lab, states.runs, area, theme, None) {
        overlay(states, &drawn, area, theme);
    }
}

/// The values as a table.
pub fn table(lab: LabState, runs: Runs) -> Table {
    let table = runs.board.with(|board| {
        let cut = lab.charts.with(|charts| Some(Cut::new(&board.first()?.problem, charts, None)))?;
        with_chart((board, &Asked::default()), &cut, &Theme::light(1.0), |chart| plane_table(chart, TABLE_ROWS))
    });
    table.unwrap_or_default()
}
