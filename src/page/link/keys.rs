//! [`KEYS`]: the keys of a link that are not settings, each with how it is written and how it is read. Settings have their own table,
//! [`crate::lecture::settings::setting::SETTINGS`], and pins are made of settings.

use crate::lecture::run::seeds::Luck;
use crate::lecture::settings::config::{Approach, ModuleKind};
use crate::lecture::settings::number::{count, real};
use crate::page::editor::packed;
use crate::page::view::{
    ACTS, Area, Axes, Desk, FILTER_KEYS, FOLDS_LIMIT, Panel, Part, Quantity, Rates, Room, SCENES_LIMIT, SUBJECTS,
    Shown, Tone, View, is_lesson, is_path, is_sealed,
};

/// A key of a link.
pub(super) struct Key {
    /// The word before the `=`.
    pub(super) name: &'static str,
    /// What may stand behind it, for whoever wrote something else.
    pub(super) expected: &'static str,
    /// The text for a view; none where it shows the same as the second view, the plain one.
    pub(super) write: fn(&View, &View) -> Option<String>,
    /// Puts what a text says into a view. Returns whether all of it could be read.
    pub(super) read: fn(&mut View, &str) -> bool,
}

/// The keys, in the order in which they are written.
pub(super) static KEYS: [Key; 39] = [
    Key {
        name: "show",
        expected: "some of raw, vmap and module, with commas between them",
        write: |view, plain| {
            let names = || view.lab.shown.iter().map(Approach::name).collect::<Vec<_>>().join(",");
            (view.lab.shown != plain.lab.shown).then(names)
        },
        read: |view, text| {
            let approach = |name: &str| Approach::ALL.into_iter().find(|approach| approach.name() == name.trim());
            let known: Vec<Approach> = text.split(',').filter_map(approach).collect();
            view.lab.shown = Shown::of(&known).unwrap_or(view.lab.shown);
            known.len() == text.split(',').count()
        },
    },
    Key {
        name: "module",
        expected: "one of linear, mylinear, split, pitfall",
        write: |view, plain| (view.lab.module != plain.lab.module).then(|| view.lab.module.name().to_owned()),
        read: |view, text| put(&mut view.lab.module, ModuleKind::ALL.into_iter().find(|kind| kind.name() == text)),
    },
    Key {
        name: "step",
        expected: "a number of steps",
        write: |view, _| view.lab.playhead.map(|step| step.to_string()),
        read: |view, text| put(&mut view.lab.playhead, count(text).map(Some)),
    },
    Key {
        name: "whatif",
        expected: "a run and a step of it with what happens in its place, such as raw,1000,dropped",
        write: |view, _| view.lab.what_if.map(|what_if| what_if.to_string()),
        read: |view, text| put(&mut view.lab.what_if, text.parse().ok().map(Some)),
    },
    Key {
        name: "scale",
        expected: "linear or log",
        write: |view, plain| written(view.lab.charts.linear, plain.lab.charts.linear, ["log", "linear"]),
        read: |view, text| flag(&mut view.lab.charts.linear, text, ["log", "linear"]),
    },
    Key {
        name: "axis",
        expected: "steps or epochs",
        write: |view, plain| written(view.lab.charts.by_epoch, plain.lab.charts.by_epoch, ["steps", "epochs"]),
        read: |view, text| flag(&mut view.lab.charts.by_epoch, text, ["steps", "epochs"]),
    },
    Key {
        name: "zoom",
        expected: "two steps with a comma between them",
        write: |view, _| view.lab.charts.zoom.map(|(from, to)| format!("{from},{to}")),
        read: |view, text| put(&mut view.lab.charts.zoom, pair(text).map(Some)),
    },
    Key {
        name: "plane",
        expected: "two features, counted from 1, with a comma between them",
        write: |view, _| match view.lab.charts.plane.axes {
            Axes::Natural => None,
            Axes::Pair(across, up) => Some(format!("{},{}", across + 1, up + 1)),
        },
        read: |view, text| {
            let axes = pair(text).and_then(|(across, up)| Some(Axes::Pair(across.checked_sub(1)?, up.checked_sub(1)?)));
            put(&mut view.lab.charts.plane.axes, axes)
        },
    },
    Key {
        name: "contours",
        expected: "batch or full",
        write: |view, plain| {
            let (now, plain) = (view.lab.charts.plane.batch_contours, plain.lab.charts.plane.batch_contours);
            written(now, plain, ["full", "batch"])
        },
        read: |view, text| flag(&mut view.lab.charts.plane.batch_contours, text, ["full", "batch"]),
    },
    Key {
        name: "area",
        expected: "left, bottom, right and top of a part of the plane, with commas between them",
        write: |view, _| {
            let area = view.lab.charts.plane.area?;
            Some(format!("{},{},{},{}", area.low.0, area.low.1, area.high.0, area.high.1))
        },
        read: |view, text| put(&mut view.lab.charts.plane.area, area(text).map(Some)),
    },
    Key {
        name: "behind",
        expected: "fullbatch or nothing",
        write: |view, plain| {
            let (now, plain) = (view.lab.charts.plane.full_batch, plain.lab.charts.plane.full_batch);
            written(now, plain, ["nothing", "fullbatch"])
        },
        read: |view, text| flag(&mut view.lab.charts.plane.full_batch, text, ["nothing", "fullbatch"]),
    },
    Key {
        name: "spread",
        expected: "1 or 0",
        write: |view, plain| written(view.lab.charts.plane.spread, plain.lab.charts.plane.spread, ["0", "1"]),
        read: |view, text| flag(&mut view.lab.charts.plane.spread, text, ["0", "1"]),
    },
    Key {
        name: "band",
        expected: "shuffles, data or nothing",
        write: |view, _| {
            let word = |luck| if luck == Luck::Shuffles { "shuffles" } else { "data" };
            view.lab.charts.luck.map(|luck| word(luck).to_owned())
        },
        read: |view, text| {
            let luck = match text {
                "shuffles" => Some(Some(Luck::Shuffles)),
                "data" => Some(Some(Luck::Data)),
                "nothing" => Some(None),
                _ => None,
            };
            put(&mut view.lab.charts.luck, luck)
        },
    },
    Key {
        name: "theme",
        expected: "dark or light",
        write: |view, _| view.page.tone.map(|tone| if tone == Tone::Dark { "dark" } else { "light" }.to_owned()),
        read: |view, text| {
            let tone = match text {
                "dark" => Some(Tone::Dark),
                "light" => Some(Tone::Light),
                _ => None,
            };
            put(&mut view.page.tone, tone.map(Some))
        },
    },
    Key {
        name: "present",
        expected: "1 or 0",
        write: |view, plain| written(view.page.present, plain.page.present, ["0", "1"]),
        read: |view, text| flag(&mut view.page.present, text, ["0", "1"]),
    },
    Key {
        name: "code",
        expected: "python or rust",
        write: |view, plain| written(view.lab.rust, plain.lab.rust, ["python", "rust"]),
        read: |view, text| flag(&mut view.lab.rust, text, ["python", "rust"]),
    },
    Key {
        name: "stage",
        expected: "a stage of the step, such as predict or backward.2",
        write: |view, plain| (view.step.place != plain.step.place).then(|| view.step.place.to_string()),
        read: |view, text| put(&mut view.step.place, text.parse().ok()),
    },
    Key {
        name: "of",
        expected: "one of raw, vmap, module",
        write: |view, _| view.step.approach.map(|approach| approach.name().to_owned()),
        read: |view, text| {
            let approach = Approach::ALL.into_iter().find(|approach| approach.name() == text);
            put(&mut view.step.approach, approach.map(Some))
        },
    },
    Key {
        name: "sheet",
        expected: "a program of the step: loss, vmap, gradient, ways, step, pass.1 and so on, plan or wasm",
        write: |view, plain| (view.step.sheet != plain.step.sheet).then(|| view.step.sheet.to_string()),
        read: |view, text| put(&mut view.step.sheet, text.parse().ok()),
    },
    Key {
        name: "value",
        expected: "the number of a value in the step",
        write: |view, _| view.step.open.map(|value| value.to_string()),
        read: |view, text| put(&mut view.step.open, count(text).map(Some)),
    },
    Key {
        name: "optimizer",
        expected: "folded or unfolded",
        write: |view, plain| written(view.step.unfolded, plain.step.unfolded, ["folded", "unfolded"]),
        read: |view, text| flag(&mut view.step.unfolded, text, ["folded", "unfolded"]),
    },
    Key {
        name: "room",
        expected: "one of trees, split, filters, generator, network, lbfgs",
        write: |view, plain| (view.modules.room != plain.modules.room).then(|| view.modules.room.key().to_owned()),
        read: |view, text| put(&mut view.modules.room, Room::ALL.into_iter().find(|room| room.key() == text)),
    },
    Key {
        name: "tree",
        expected: "one of model, both, network",
        write: |view, plain| {
            let now = SUBJECTS.into_iter().find(|(subject, _)| *subject == view.modules.subject);
            now.filter(|_| view.modules.subject != plain.modules.subject).map(|(_, key)| key.to_owned())
        },
        read: |view, text| {
            let known = SUBJECTS.into_iter().find(|(_, key)| *key == text);
            put(&mut view.modules.subject, known.map(|(subject, _)| subject))
        },
    },
    Key {
        name: "fold",
        expected: "paths in a tree with commas between them",
        write: |view, _| (!view.modules.folds.is_empty()).then(|| view.modules.folds.join(",")),
        read: |view, text| {
            let paths: Vec<String> = text.split(',').filter(|path| is_path(path)).map(ToOwned::to_owned).collect();
            let fits = paths.len() <= FOLDS_LIMIT && paths.len() == text.split(',').count();
            put(&mut view.modules.folds, Some(paths).filter(|_| fits))
        },
    },
    Key {
        name: "act",
        expected: "a number from 1 to 4",
        write: |view, plain| (view.modules.act != plain.modules.act).then(|| (view.modules.act + 1).to_string()),
        read: |view, text| {
            let act = count(text).and_then(|number| number.checked_sub(1)).filter(|act| *act < ACTS);
            put(&mut view.modules.act, act)
        },
    },
    Key {
        name: "model",
        expected: "lecture or run",
        write: |view, plain| written(view.modules.of_run, plain.modules.of_run, ["lecture", "run"]),
        read: |view, text| flag(&mut view.modules.of_run, text, ["lecture", "run"]),
    },
    Key {
        name: "filter",
        expected: "one of param, notparam, optstate, kernel, rest",
        write: |view, plain| {
            let key = FILTER_KEYS.get(view.modules.filter).filter(|_| view.modules.filter != plain.modules.filter);
            key.map(|key| (*key).to_owned())
        },
        read: |view, text| put(&mut view.modules.filter, FILTER_KEYS.iter().position(|key| *key == text)),
    },
    Key {
        name: "quantity",
        expected: "one of distance, loss, steps, spread",
        write: |view, plain| (view.map.quantity != plain.map.quantity).then(|| view.map.quantity.key().to_owned()),
        read: |view, text| {
            put(&mut view.map.quantity, Quantity::ALL.into_iter().find(|quantity| quantity.key() == text))
        },
    },
    Key {
        name: "target",
        expected: "a distance from 1e-9 to 1000",
        write: |view, plain| (view.map.target != plain.map.target).then(|| view.map.target.to_string()),
        read: |view, text| put(&mut view.map.target, real(text).filter(|target| (1e-9..=1e3).contains(target))),
    },
    Key {
        name: "part",
        expected: "the smallest and the largest learning rate and batch size of a part of the map, with commas between them",
        write: |view, _| {
            let Part { rates: [slow, fast], batches: [small, large] } = view.map.part?;
            Some(format!("{slow},{fast},{small},{large}"))
        },
        read: |view, text| put(&mut view.map.part, part(text).map(Some)),
    },
    Key {
        name: "map",
        expected: "linear or tanh",
        write: |view, plain| written(view.map.network, plain.map.network, ["linear", "tanh"]),
        read: |view, text| flag(&mut view.map.network, text, ["linear", "tanh"]),
    },
    Key {
        name: "rates",
        expected: "the smallest and the largest learning rate of the hidden layer and of the output, with commas between them",
        write: |view, _| {
            let Rates { hidden: [a, b], output: [c, d] } = view.map.rates?;
            Some(format!("{a},{b},{c},{d}"))
        },
        read: |view, text| put(&mut view.map.rates, rates(text).map(Some)),
    },
    Key {
        name: "lesson",
        expected: "the word of a lesson, such as divergence",
        write: |view, _| view.lessons.lesson.clone(),
        read: |view, text| put(&mut view.lessons.lesson, is_lesson(text).then(|| Some(text.to_owned()))),
    },
    Key {
        name: "scene",
        expected: "the number of a scene, counted from 1",
        write: |view, plain| (view.lessons.scene != plain.lessons.scene).then(|| (view.lessons.scene + 1).to_string()),
        read: |view, text| {
            let scene = count(text).and_then(|scene| scene.checked_sub(1)).filter(|scene| *scene < SCENES_LIMIT);
            put(&mut view.lessons.scene, scene)
        },
    },
    Key {
        name: "task",
        expected: "an assignment as this page writes it",
        write: |view, _| view.lessons.task.clone(),
        read: |view, text| put(&mut view.lessons.task, is_sealed(text).then(|| Some(text.to_owned()))),
    },
    Key {
        name: "desk",
        expected: "make or check",
        write: |view, _| view.lessons.desk.map(|desk| desk.key().to_owned()),
        read: |view, text| put(&mut view.lessons.desk, Desk::ALL.into_iter().find(|desk| desk.key() == text).map(Some)),
    },
    Key {
        name: "handin",
        expected: "a hand-in as this page writes it",
        write: |view, _| view.lessons.handin.clone(),
        read: |view, text| put(&mut view.lessons.handin, is_sealed(text).then(|| Some(text.to_owned()))),
    },
    Key {
        name: "py",
        expected: "a program as this page packs it",
        write: |view, _| view.code.packed.clone(),
        read: |view, text| put(&mut view.code.packed, packed::fits(text).then(|| Some(text.to_owned()))),
    },
    Key {
        name: "embed",
        expected: "a panel, such as plane or loss",
        // it stands where the tab would: a panel brings its tab along
        write: |_, _| None,
        read: |view, text| {
            let panel = Panel::ALL.into_iter().find(|panel| panel.name() == text);
            if let Some(panel) = panel {
                view.tab = panel.tab();
                view.page.embed = Some(panel);
            }
            panel.is_some()
        },
    },
];

fn put<T>(place: &mut T, value: Option<T>) -> bool {
    let is_read = value.is_some();
    if let Some(value) = value {
        *place = value;
    }
    is_read
}

/// The word for a switch that does not stand as in the plain view; `words` are for off and on.
fn written(now: bool, plain: bool, words: [&str; 2]) -> Option<String> {
    (now != plain).then(|| words[usize::from(now)].to_owned())
}

fn flag(place: &mut bool, text: &str, words: [&str; 2]) -> bool {
    put(place, words.iter().position(|word| *word == text).map(|place| place == 1))
}

fn pair(text: &str) -> Option<(usize, usize)> {
    let (first, second) = text.split_once(',')?;
    Some((count(first)?, count(second)?))
}

fn part(text: &str) -> Option<Part> {
    let (rates, batches) = text.match_indices(',').nth(1).map(|(comma, _)| text.split_at(comma))?;
    let (slow, fast) = rates.split_once(',')?;
    let (small, large) = pair(&batches[1..])?;
    Some(Part { rates: [real(slow)?, real(fast)?], batches: [small, large] }).filter(Part::is_valid)
}

fn rates(text: &str) -> Option<Rates> {
    let ends: Vec<f64> = text.split(',').map(real).collect::<Option<_>>()?;
    let [a, b, c, d] = ends[..] else { return None };
    Some(Rates { hidden: [a, b], output: [c, d] }).filter(Rates::is_valid)
}

fn area(text: &str) -> Option<Area> {
    let ends: Vec<f64> = text.split(',').map(real).collect::<Option<_>>()?;
    let [left, bottom, right, top] = ends[..] else { return None };
    Some(Area { low: (left, bottom), high: (right, top) }).filter(Area::is_valid)
}
