//! The Lab's link: whatever is shown can be linked to, and whatever is in a link gives something that can be shown.

use proptest::prelude::*;
use thetahat::lecture::run::seeds::Luck;
use thetahat::lecture::settings::config::{Approach, Branch, Config, ModuleKind, Optimizer, Program, Schedule, Start};
use thetahat::page::link::{fragment, read, words};
use thetahat::page::microscope::{PARTS, Place};
use thetahat::page::presets::Preset;
use thetahat::page::tab::Tab;
use thetahat::page::view::{
    ACTS, Area, Axes, Charts, CodeView, Desk, FILTER_KEYS, LabView, LessonsView, MapView, ModulesView, PageView, Panel,
    Part, PlaneView, Quantity, Rates, Room, SUBJECTS, Settings, Shown, StepView, TARGETS, Tone, View, WhatIf, current,
    nearest_valid, program_in, with_current,
};
use thetahat::worker::protocol::{Change, Edit};

fn choice<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    prop::sample::select(all)
}

fn branch() -> impl Strategy<Value = Option<Branch>> {
    let parts = (0..3000_usize, 1e-5..10.0, choice(Optimizer::BY_RATE), choice(Schedule::ALL));
    prop::option::of(parts.prop_map(|(step, learning_rate, optimizer, schedule)| Branch {
        step,
        learning_rate,
        optimizer,
        schedule,
    }))
}

fn config(programs: &'static [Program]) -> impl Strategy<Value = Config> {
    let sizes = (1..3000_usize, 1..6_usize, 1..200_usize, 1..300_usize, 1..500_usize);
    let numbers = (any::<i64>(), 0.0..100.0, 1.0..10.0, 1e-5..10.0);
    let choices = (choice(programs), choice(Optimizer::BY_RATE), choice(Schedule::ALL), choice(Start::ALL));
    let start = prop::option::of(prop::collection::vec(-1e30f32..1e30, 6));
    (sizes, numbers, choices, start, branch()).prop_map(|(sizes, numbers, choices, start, branch)| {
        let (samples, features, batch_size, epochs, print_every) = sizes;
        let (seed, sigma, stretch, learning_rate) = numbers;
        let (program, optimizer, schedule, start_of_modules) = choices;
        let theta_0 = start.map(|start| start[..features].to_vec());
        let config = Config {
            program,
            seed,
            samples,
            features,
            sigma,
            stretch,
            learning_rate,
            batch_size,
            epochs,
            optimizer,
            schedule,
            start: start_of_modules,
            theta_0,
            branch,
            print_every,
        };
        nearest_valid(config).0
    })
}

fn area() -> impl Strategy<Value = Area> {
    (-100.0..100.0, -100.0..100.0, 0.01..100.0, 0.01..100.0)
        .prop_map(|(left, bottom, wide, high)| Area { low: (left, bottom), high: (left + wide, bottom + high) })
}

fn map() -> impl Strategy<Value = MapView> {
    let part = (1e-4..9.0_f64, 1.01..10.0_f64, 1..400_usize, 0..100_usize).prop_map(|(slow, factor, small, more)| {
        Part { rates: [slow, (slow * factor).min(10.0)], batches: [small, small + more] }
    });
    let rates = (0.1..1e3_f64, 0.1..1e2_f64, 1.001..10.0_f64).prop_map(|(hidden, output, factor)| Rates {
        hidden: [hidden, hidden * factor],
        output: [output, output * factor],
    });
    let parts = (prop::option::of(part), prop::option::of(rates));
    (choice(&Quantity::ALL), parts, choice(&TARGETS), any::<bool>())
        .prop_map(|(quantity, (part, rates), target, network)| MapView { network, rates, quantity, part, target })
}

fn step() -> impl Strategy<Value = StepView> {
    let approach = prop::option::of(choice(&Approach::ALL));
    let sheet = choice(&["loss", "vmap", "gradient", "ways", "step", "pass.1", "pass.7", "plan", "wasm"])
        .prop_map(|word| word.parse().expect("a program"));
    (choice(&PARTS), 0..9_usize, approach, sheet, prop::option::of(0..99_usize), any::<bool>()).prop_map(
        |((part, ..), at, approach, sheet, open, unfolded)| StepView {
            place: Place { part, at },
            approach,
            sheet,
            open,
            unfolded,
        },
    )
}

/// A change of a step that the run of a column may have.
fn what_if() -> impl Strategy<Value = WhatIf> {
    let change = (0..5_usize, 0..400_usize, any::<u32>()).prop_map(|(kind, place, seed)| match kind {
        0 => Change::Another(seed),
        1 => Change::Dropped,
        2 => Change::Twice,
        3 => Change::Without(place),
        _ => Change::Swapped { place, seed },
    });
    (choice(&Approach::ALL), 0..5000_usize, change)
        .prop_map(|(approach, step, change)| WhatIf { approach, edit: Edit { step, change } })
}

fn modules() -> impl Strategy<Value = ModulesView> {
    let folds = prop::collection::vec(string("[a-z0-9_.-]{0,20}[a-z0-9_-]"), 0..4);
    let places = (0..ACTS, any::<bool>(), 0..FILTER_KEYS.len());
    (choice(&Room::ALL), choice(&SUBJECTS), folds, places).prop_map(|(room, (subject, _), folds, places)| {
        let (act, of_run, filter) = places;
        ModulesView { room, subject, folds, act, of_run, filter }
    })
}

fn lessons() -> impl Strategy<Value = LessonsView> {
    let sealed = || prop::option::of(string("[AH]1\\.[0-9]{1,3}\\.[A-Za-z0-9_-]{1,60}"));
    let desks = prop::option::of(choice(&Desk::ALL));
    (prop::option::of(string("[a-z]{1,24}")), 0..99_usize, sealed(), desks, sealed())
        .prop_map(|(lesson, scene, task, desk, handin)| LessonsView { lesson, scene, task, desk, handin })
}

fn code() -> impl Strategy<Value = CodeView> {
    prop::option::of(string("[A-Za-z0-9_-]{1,60}")).prop_map(|packed| CodeView { packed })
}

fn view() -> impl Strategy<Value = View> {
    let ways = prop::sample::subsequence(Approach::ALL.to_vec(), 1..=3);
    let places = (any::<Option<u16>>(), any::<Option<(u16, u16)>>(), any::<Option<(u8, u8)>>());
    let tones = choice(&[None, Some(Tone::Light), Some(Tone::Dark)]);
    let flags = (any::<[bool; 7]>(), tones, prop::option::of(choice(&Panel::ALL)), prop::option::of(area()));
    let pins = prop::collection::vec(config(Program::ALL), 0..4);
    let luck = choice(&[None, Some(Luck::Shuffles), Some(Luck::Data)]);
    let tabs = (choice(Tab::ALL), map(), step(), luck, prop::option::of(what_if()), (modules(), lessons(), code()));
    (config(&[Program::Raw]), ways, choice(&ModuleKind::ALL), places, pins, flags, tabs).prop_map(
        |(
            config,
            ways,
            module,
            (playhead, zoom, pair),
            pins,
            ([linear, by_epoch, batch_contours, full_batch, spread, present, rust], tone, embed, area),
            (tab, map, step, luck, what_if, (modules, lessons, code)),
        )| {
            let (steps, features) = (config.planned_steps(), config.features);
            let zoom = zoom.map(|(a, b)| (usize::from(a.min(b)), usize::from(a.max(b))));
            let pair = pair.map(|(a, b)| (usize::from(a) % features, usize::from(b) % features));
            let charts = Charts {
                linear,
                by_epoch,
                zoom: zoom.filter(|(from, to)| from < to && *to <= steps),
                plane: PlaneView {
                    axes: pair.filter(|(a, b)| a != b).map_or(Axes::Natural, |(a, b)| Axes::Pair(a, b)),
                    area,
                    batch_contours,
                    full_batch,
                    spread,
                },
                luck,
            };
            let shown = Shown::of(&ways).expect("at least one");
            let fits = |what_if: &WhatIf| {
                let run = Settings::new(config.clone()).run(program_in(what_if.approach, module));
                shown.contains(what_if.approach) && what_if.edit.fits(&run)
            };
            let what_if = what_if.filter(fits);
            View {
                tab: embed.map_or(tab, Panel::tab),
                page: PageView { tone, present, embed },
                lab: LabView {
                    settings: Settings::new(config),
                    shown,
                    module,
                    playhead: playhead.map(|step| usize::from(step) % (steps + 1)),
                    pins,
                    what_if,
                    charts,
                    rust,
                },
                map,
                code,
                step,
                modules,
                lessons,
            }
        },
    )
}

fn string(pattern: &str) -> impl Strategy<Value = String> + use<> {
    prop::string::string_regex(pattern).expect("a regular expression")
}

/// What may stand in a link of ours, and what somebody may make of it.
fn hostile() -> impl Strategy<Value = String> {
    let known: Vec<&str> = words().collect();
    let key = format!("({}|[a-z]{{1,6}})", known.join("|"));
    let value = "(-?[0-9]{1,25}|[0-9.e,-]{1,12}|nan|inf|raw,vmap|sgd|adam|%[0-9a-fA-F]{0,2}|(lr|n|epochs|theta0):[0-9,.]{1,9};|\\PC{0,12})";
    let part = format!("{key}={value}");
    prop::collection::vec(prop_oneof![8 => string(&part), 1 => string("\\PC{0,20}")], 0..12)
        .prop_map(|parts| parts.join("&"))
}

fn is_valid(view: &View) -> bool {
    let lab = &view.lab;
    let steps = lab.settings.planned_steps();
    lab.settings.validate().is_ok()
        && lab.pins.len() <= 4
        && lab.pins.iter().all(|pin| pin.validate().is_ok())
        && lab.playhead.is_none_or(|step| step <= steps)
        && lab.charts.plane.area.is_none_or(|area| area.is_valid())
        && view.map.part.is_none_or(|part| part.is_valid())
        && view.map.rates.is_none_or(|rates| rates.is_valid())
        && lab.charts.zoom.is_none_or(|(from, to)| from < to && to <= steps)
}

proptest! {
    #[test]
    fn what_is_linked_to_is_shown_again(view in view()) {
        let link = fragment(&view);
        prop_assert!(link.bytes().all(|byte| byte.is_ascii_graphic()), "{}", link);
        prop_assert_eq!(read(&link), (view, vec![]), "{}", link);
    }

    #[test]
    fn any_link_gives_a_view(link in hostile()) {
        let (view, notes) = read(&link);
        prop_assert!(is_valid(&view), "{view:?}");
        prop_assert!(notes.len() <= 6 && notes.iter().all(|note| note.len() < 400 && note.ends_with('.')), "{notes:?}");
        prop_assert_eq!(read(&fragment(&view)), (view, vec![]));
    }

    #[test]
    fn any_text_gives_a_view(link in any::<String>()) {
        prop_assert!(is_valid(&read(&link).0));
    }

    #[test]
    fn settings_of_a_branch_are_put_back(config in config(&[Program::Raw])) {
        prop_assert_eq!(with_current(&config, &current(&config)), config);
    }
}

#[test]
fn a_link_is_readable() {
    let plain = View::default();
    assert_eq!(fragment(&plain), "lab&v=2");
    let lab = LabView {
        settings: Settings::new(Config { learning_rate: 0.01, batch_size: 32, ..Config::default() }),
        shown: Shown::of(&[Approach::Module, Approach::Raw]).expect("two"),
        playhead: Some(100),
        pins: vec![Config::default(), Config { optimizer: Optimizer::Adam, ..Config::default() }],
        ..LabView::default()
    };
    let view = View { lab, ..plain };
    assert_eq!(
        fragment(&view),
        "lab&v=2&lr=0.01&batch=32&start=lecture&step=100&pin=start:lecture&pin=opt:adam;start:lecture"
    );
}

#[test]
fn what_is_wrong_is_said_and_the_rest_is_kept() {
    let table = [
        ("lr=99&batch=32", "“lr” must be a number from 0.00001 to 10; using 10."),
        ("batch=32&lr=fast", "“lr” cannot be “fast”: it must be a number from 0.00001 to 10."),
        ("batch=32&colour=red", "Ignored “colour=red” in the link: unknown setting."),
        ("v=3&batch=32", "The link is from a newer version of this page; showing what is known here."),
        ("chart&batch=32", "“chart” is no tab of this page; showing the Lab."),
        ("lab&batch=16&batch=32", "“batch” is in the link more than once; using the last."),
        (
            "batch=32&show=raw,numpy",
            "“show” cannot be “raw,numpy”: it must be some of raw, vmap and module, with commas between them.",
        ),
        ("batch=32&plane=1,1", "The link shows parameters that this run does not have."),
        (
            "batch=32&pin=m:3;theta0:1",
            "In a pinned run: The starting point is for another number of features; using the one that the program draws.",
        ),
        ("batch=32&step=99999", "The run has only 3,216 steps; showing its end."),
        ("batch=32&epochs=99999999999999999999999", "“epochs” must be an integer from 1 to 10,000; using 10000."),
        (
            "batch=32&theta0=1,2,3",
            "The starting point is for another number of features; using the one that the program draws.",
        ),
    ];
    for (link, note) in table {
        let (view, notes) = read(link);
        assert_eq!(notes, [note], "{link}");
        assert_eq!(view.lab.settings.batch_size, 32, "{link}");
    }
    assert_eq!(read("lab&lr=0.01&theta0=1%2C2").0.lab.settings.theta_0.clone(), Some(vec![1.0, 2.0]));
    assert_eq!(read(&format!("lr=0.01&x={}", "9".repeat(1 << 20))).0.lab.settings.learning_rate, 0.01);
}

#[test]
fn presets_can_be_run_linked_to_and_recognised() {
    for preset in Preset::ALL {
        let view = View { lab: preset.view(&LabView::default()), ..View::default() };
        assert!(is_valid(&view), "{preset:?}");
        assert_eq!(read(&fragment(&view)), (view.clone(), vec![]), "{preset:?}");
        assert_eq!(Preset::of(&view.lab), Some(preset));
    }
    let settings = Settings::new(Config { seed: 1, ..Config::default() });
    assert_eq!(Preset::of(&LabView { settings, ..LabView::default() }), None);
}

#[test]
fn what_other_programs_do_to_a_link_is_undone() {
    let link = "lab&v=1&lr=0.01&batch=32&show=raw,vmap,module&pin=opt:adam&theta0=0.5,-1";
    let (view, notes) = read(link);
    assert_eq!(
        (view.lab.settings.batch_size, view.lab.settings.theta_0.as_deref(), notes.len()),
        (32, Some(&[0.5, -1.0][..]), 0)
    );
    let percent = |characters: &[char]| {
        let encoded = |c: char| if characters.contains(&c) { format!("%{:02X}", u32::from(c)) } else { c.to_string() };
        link.chars().map(encoded).collect::<String>()
    };
    let mut ways = vec![
        format!("#{link}"),
        format!("%23{link}"),
        link.replace('&', "&amp;"),
        link.replace('&', "&amp;amp;"),
        link.replace("0.01", "0.\u{ad}01"),
        link.replace("&batch", "\u{200b}&batch"),
        link.replace("&batch", "\r\n  &batch"),
        link.replace("vmap,", "vm\nap,"),
        link.replace("&show", "%0A&show"),
        link.replace("0.01", "0,01"),
        link.replace("32", "32.0"),
        link.replace("-1", "−1"),
        percent(&['&']),
        percent(&['=', ',', ':', '&']),
    ];
    ways.extend(
        [".", ",", ")", ").", "”", "\"", "'", ">", "]", "”.", "…".trim_end_matches('…'), " ", "\n"]
            .map(|end| format!("{link}{end}")),
    );
    for way in ways {
        assert_eq!(read(&way), (view.clone(), vec![]), "{way}");
    }
}
