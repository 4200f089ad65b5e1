//! Modules taken apart: trees, printed texts, acts, filters, the generator's loop, and the training of the network.

use thetahat::lecture::python::{Part, listing};
use thetahat::lecture::run::anatomy::{Anatomy, FILTERS, Subject, drawn};
use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::run::lbfgs::LbfgsRun;
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::{Config, ModuleKind, Optimizer, Program};
use thetahat::page::modules::generator::{REPAIR, code, epochs, verdict};
use thetahat::page::modules::lbfgs::Lbfgs;
use thetahat::page::modules::network::Network;
use thetahat::page::modules::printed::{Text, lines as printed_lines};
use thetahat::page::modules::tree::{Column, Line, Walk, html, lines, toggled, walk};
use thetahat::page::modules::{acts, filters, status, subject};
use thetahat::page::runs::Recording;
use thetahat::page::view::{ACTS, FILTER_KEYS, ModulesView, Room, is_path};
use thetahat::worker::protocol::{Body, LbfgsRequest, MlpEnd, MlpRequest, MlpSteps, Stats};

fn anatomy(kind: ModuleKind, optimizer: Optimizer, subject: Subject) -> Anatomy {
    let config = Config { optimizer, epochs: 2, ..Config::lecture(Program::Module(kind)) };
    let mut trainer = Trainer::with(&config, &Shared::default()).expect("a valid configuration");
    trainer.advance(usize::MAX).expect("steps");
    trainer.anatomy(9, subject).expect("modules")
}

fn network() -> Anatomy {
    drawn(Subject::Network, &Config::default()).expect("modules")
}

fn words(line: &Line) -> Vec<String> {
    let cell = |cell: &Option<thetahat::page::modules::tree::Cell>| {
        cell.as_ref()
            .map(|cell| format!("{} {} {}", cell.key, cell.what, cell.numbers).trim().to_owned())
            .unwrap_or_default()
    };
    line.cells.iter().map(cell).collect()
}

#[test]
fn trees_are_aligned_leaf_to_leaf() {
    let linear = anatomy(ModuleKind::Linear, Optimizer::Sgd, Subject::Model);
    let rows = lines(&linear, &[]);
    let kernel = rows.iter().find(|line| line.path == "kernel").expect("the kernel");
    let [object, graphdef, state, grads, after] = &words(kernel)[..] else { panic!("{kernel:?}") };
    assert_eq!(
        [&**object, graphdef],
        ["kernel  Param f32[2,1]".replace("  ", " "), "kernel VariableDef Param".to_owned()]
    );
    for numbers in [state, grads, after] {
        assert!(numbers.starts_with("kernel  [") && numbers.contains(", "), "{numbers}");
    }
    assert_ne!(state, after);
    assert!(!rows.iter().any(|line| line.path == "in_features"), "ten fixed values are folded");
    let rows = lines(&linear, &toggled(&[], "-"));
    let fixed = rows.iter().find(|line| line.path == "in_features").expect("a fixed value");
    assert_eq!(words(fixed), ["in_features 2", "in_features Static(2)", "", "", ""]);
    assert!(rows.iter().all(|line| line.path.is_empty() || is_path(&line.path)), "paths can stand in links");
    let paths: Vec<&str> = rows.iter().map(|line| &*line.path).collect();
    let mut once = paths.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), paths.len(), "paths tell rows apart");
}

#[test]
fn parts_fold_and_unfold() {
    let network = network();
    let folded: Vec<String> = lines(&network, &[]).into_iter().map(|line| line.path).collect();
    assert_eq!(folded.iter().filter(|path| path.ends_with("kernel")).count(), 3);
    assert!(!folded.iter().any(|path| path.ends_with("in_features")), "many fixed values are folded by themselves");
    let open = toggled(&[], "layers.1.-");
    let unfolded = lines(&network, &open);
    assert!(unfolded.iter().any(|line| line.path == "layers.1.in_features"));
    assert_eq!(lines(&network, &toggled(&open, "layers.1.-")).len(), folded.len());
    let closed = lines(&network, &toggled(&[], "layers"));
    assert_eq!(closed.iter().map(|line| &*line.path).collect::<Vec<_>>(), ["", "layers"]);
    assert_eq!(closed[1].open, Some(false));
}

#[test]
fn keys_walk_the_trees() {
    let rows = lines(&network(), &[]);
    let at = |path: &str| rows.iter().position(|line| line.path == path).expect(path);
    assert_eq!(walk(&rows, 0, "ArrowDown"), Some(Walk::To(1)));
    assert_eq!(walk(&rows, 0, "ArrowUp"), Some(Walk::Stay));
    assert_eq!(walk(&rows, at("layers.0"), "ArrowLeft"), Some(Walk::Toggle));
    assert_eq!(walk(&rows, at("layers.0.kernel"), "ArrowLeft"), Some(Walk::To(at("layers.0"))));
    assert_eq!(walk(&rows, at("layers.0.-"), "ArrowRight"), Some(Walk::Toggle));
    assert_eq!(walk(&rows, at("layers"), "ArrowRight"), Some(Walk::To(at("layers.0"))));
    assert_eq!(walk(&rows, 3, "End"), Some(Walk::To(rows.len() - 1)));
    assert_eq!(walk(&rows, rows.len() - 1, "ArrowDown"), Some(Walk::Stay));
    assert_eq!(walk(&rows, 3, "x"), None);
    assert_eq!(walk(&rows, 999, "End"), None);
}

#[test]
fn rows_say_where_they_are_and_which_leaf_they_are() {
    let both = anatomy(ModuleKind::MyLinear, Optimizer::Adam, Subject::Both);
    let rows = lines(&both, &[]);
    let text = html(&rows, &Column::ALL, true, None);
    assert_eq!(text.matches("role=\"row\"").count(), rows.len() + 1);
    assert_eq!(text.matches("data-leaf").count(), both.leaves.len());
    assert_eq!(text.matches("tabindex=\"0\"").count(), 1);
    let filtered = html(&rows, &[Column::Object, Column::State], true, Some(&both.filters[0].leaves));
    assert_eq!(
        (filtered.matches("leaf passes").count(), filtered.matches("leaf stays").count()),
        (1, both.leaves.len() - 1)
    );
}

#[test]
fn printed_lines_know_their_leaf() {
    for (anatomy, leaves) in [
        (anatomy(ModuleKind::Linear, Optimizer::Sgd, Subject::Model), 1),
        (anatomy(ModuleKind::MyLinear, Optimizer::Sgd, Subject::Both), 2),
        (network(), 6),
    ] {
        let texts = &anatomy.texts;
        for (what, text) in
            [(Text::Modules, &texts.modules), (Text::GraphDef, &texts.graphdef), (Text::State, &texts.state)]
        {
            let lines = printed_lines(&anatomy, what, text);
            assert_eq!(lines.iter().map(|(line, _)| *line).collect::<Vec<_>>().join("\n"), **text);
            for leaf in 0..leaves {
                let own: Vec<&str> = lines.iter().filter(|(_, at)| *at == Some(leaf)).map(|(line, _)| *line).collect();
                let opens = own.first().unwrap_or_else(|| panic!("{what:?}: no line of leaf {leaf} in\n{text}"));
                let begins = if what == Text::GraphDef { "VariableDef(" } else { "( # " };
                assert!(opens.contains(begins), "{what:?}: leaf {leaf} begins with {opens}");
                assert!(own.len() >= 2, "{own:?}");
            }
        }
    }
    let both = anatomy(ModuleKind::Linear, Optimizer::Sgd, Subject::Both);
    let gradient = printed_lines(&both, Text::Gradient, &both.texts.gradient);
    assert!(gradient.iter().any(|(line, leaf)| line.contains("kernel") && *leaf == Some(0)));
}

#[test]
fn the_acts_print_what_the_lecture_prints() {
    let lecture = drawn(Subject::Lecture, &Config::default()).expect("modules");
    let recorded = include_str!("../golden/lecture_output.txt");
    let printed: Vec<String> =
        [1, 3].into_iter().flat_map(|at| acts::act(&lecture, at).printed).map(|(_, text, _)| text).collect();
    assert!(recorded.ends_with(&format!("{}\n", printed.join("\n"))));
    assert_eq!(acts::act(&lecture, ACTS), acts::act(&lecture, ACTS - 1));
    let [before, after] = acts::numbers(&lecture);
    assert_eq!(before, "[[-0.2166012, -1.9878021]]");
    assert!(
        acts::act(&lecture, 2).printed[0]
            .1
            .contains(after.trim_matches(['[', ']']).split(", ").next().expect("a number"))
    );
    assert_eq!(acts::structure(&lecture)[0], "kernel: Param ▢");
    let run = anatomy(ModuleKind::Linear, Optimizer::Sgd, Subject::Model);
    assert!(
        acts::structure(&run).last().is_some_and(|line| line == "and 8 more fixed values"),
        "{:?}",
        acts::structure(&run)
    );
}

#[test]
fn filters_tell_what_they_let_through() {
    assert_eq!(FILTERS.len(), FILTER_KEYS.len());
    let adam = anatomy(ModuleKind::Linear, Optimizer::Adam, Subject::Both);
    let tallies: Vec<String> = (0..FILTERS.len()).map(|at| filters::tally(&adam, at)).collect();
    // the kernel; the count of updates, and count, mu and nu of Adam
    assert_eq!(
        tallies,
        [
            "1 of 5 variables passes.",
            "4 of 5 variables pass.",
            "4 of 5 variables pass.",
            "3 of 5 variables pass.",
            "5 of 5 variables pass."
        ]
    );
}

#[test]
fn rooms_ask_for_what_they_show() {
    let view = |room, of_run| ModulesView { room, of_run, ..ModulesView::default() };
    assert_eq!(subject(&view(Room::Trees, false)), Some(Subject::Model));
    assert_eq!(subject(&view(Room::Split, false)), Some(Subject::Lecture));
    assert_eq!(subject(&view(Room::Split, true)), Some(Subject::Model));
    assert_eq!(subject(&view(Room::Filters, false)), Some(Subject::Both));
    assert_eq!(subject(&view(Room::Generator, false)), None);
    let run = anatomy(ModuleKind::MyLinear, Optimizer::Sgd, Subject::Both);
    assert_eq!(status(&run), "MyLinear in step 10 of the run: epoch 1, batch 2 of 8");
}

fn recording(kind: ModuleKind) -> Recording {
    let config = Config::lecture(Program::Module(kind));
    let mut trainer = Trainer::with(&config, &Shared::default()).expect("a valid configuration");
    let steps = trainer.advance(usize::MAX).expect("steps");
    Recording { config, steps, ..Recording::default() }
}

#[test]
fn one_line_makes_the_pitfall_the_program_that_learns() {
    let config = Config::lecture(Program::Module(ModuleKind::MyLinear));
    let repaired: Vec<String> = code(&config, true).into_iter().map(|line| line.text).collect();
    let learns = listing(&config);
    let learns = learns.cells.iter().filter(|cell| cell.part == Part::Loop).flat_map(|cell| &cell.lines);
    let learns: Vec<&str> = learns.map(|line| &*line.text).collect();
    let from = repaired.iter().position(|line| line.starts_with("for epoch")).expect("the loop");
    assert_eq!(repaired[from..], learns[..]);
    let pitfall: Vec<String> =
        code(&config, false).into_iter().filter(|line| !line.is_repair).map(|line| line.text).collect();
    let written = listing(&Config { program: Program::Module(ModuleKind::Pitfall), ..config });
    let written = written.cells.iter().filter(|cell| cell.part == Part::Loop).flat_map(|cell| &cell.lines);
    assert_eq!(pitfall, written.map(|line| line.text.clone()).collect::<Vec<_>>());
    assert_eq!(repaired.iter().filter(|line| **line == REPAIR).count(), 1);
}

#[test]
fn epochs_without_batches_teach_nothing() {
    let pitfall = recording(ModuleKind::Pitfall);
    let rows = epochs(&pitfall);
    assert!(
        rows.iter()
            .filter(|row| row.epoch != "⋮")
            .all(|row| row.batches == "0" && row.distance == "0.6275200247764587")
    );
    assert_eq!(rows.last().map(|row| &*row.epoch), Some("499"));
    assert_eq!(
        verdict(&pitfall),
        "500 epochs, no step: the distance is 0.6275200247764587 from the first epoch to the last."
    );
    let repaired = recording(ModuleKind::MyLinear);
    assert_eq!(epochs(&repaired)[0].batches, "8");
    assert!(verdict(&repaired).starts_with("500 epochs, 4,000 steps: the distance goes from 0.6"));
    assert_eq!(verdict(&Recording::default()), "");
}

#[test]
fn the_network_grows_and_ends() {
    let mut network = Network::default();
    assert_eq!(network.status(), "not trained yet");
    network.start(MlpRequest { epochs: 201, ..MlpRequest::default() });
    assert!(network.take(Body::MlpStarted { parameters: 17_025, printed: "Number of parameters: 17025".to_owned() }));
    let printed = |epoch: usize| format!("Epoch {epoch}, loss 0.5");
    let steps = |first: usize, count: usize, printed| MlpSteps { first, losses: vec![0.5; count], printed };
    network.take(Body::Mlp(steps(0, 150, vec![printed(0), printed(100)])));
    assert_eq!(network.status(), "150 of 201 epochs …");
    assert_eq!(network.position(3), "epoch 2, 3 of 201 · loss 0.5");
    assert_eq!((network.lines(0).len(), network.lines(1).len(), network.lines(101).len()), (1, 2, 3));
    network.take(Body::Mlp(steps(150, 51, vec![printed(200)])));
    let end = MlpEnd { loss: 0.25, test_loss: 0.5, printed: "loss".to_owned() };
    network.take(Body::MlpEnded { end, stats: Stats { milliseconds: 1500.0, ..Stats::default() } });
    network.stop();
    assert!(network.status().starts_with("201 epochs in 1"), "{}", network.status());
    assert_eq!(network.lines(201).last().map(|line| &**line), Some("loss"));
    assert!(
        network
            .verdict(201)
            .is_some_and(|verdict| verdict.ends_with("have seen: 0.5, larger.") || verdict.contains("0.5, larger"))
    );
    assert_eq!(network.verdict(200), None, "the end is told where it is");
    assert!(!network.take(Body::Done));
    // a worker that was replaced begins again
    network.take(Body::MlpStarted { parameters: 17_025, printed: String::new() });
    assert!(network.losses.is_empty());
}

#[test]
fn the_end_of_l_bfgs_is_explained() {
    let mut run = LbfgsRun::new(&LbfgsRequest::default(), &Shared::default()).expect("a run");
    let mut shown = Lbfgs::default();
    shown.take(Body::Lbfgs(run.advance(20).expect("epochs")));
    assert_eq!(shown.remark(), None, "it has not ended");
    shown.take(Body::LbfgsEnded(Stats::default()));
    let said = shown.remark().expect("the end is at the floor");
    assert!(said.starts_with("From epoch 3 on the loss is at its floor"), "{said}");
    assert!(said.contains("after 20 evaluations") && said.contains("down to 2.8e-7 times"), "{said}");
}

#[test]
fn l_bfgs_goes_on_epoch_by_epoch() {
    let mut run =
        LbfgsRun::new(&LbfgsRequest { epochs: 3, ..LbfgsRequest::default() }, &Shared::default()).expect("a run");
    let mut shown = Lbfgs::default();
    assert_eq!((shown.status(), shown.remark()), ("not run yet".to_owned(), None));
    shown.start();
    for _ in 0..3 {
        assert!(shown.take(Body::Lbfgs(run.advance(1).expect("an epoch"))));
    }
    assert_eq!(shown.status(), "3 epochs …");
    shown.take(Body::LbfgsEnded(Stats { milliseconds: 12.0, ..Stats::default() }));
    shown.stop();
    assert!(
        shown.status().starts_with("3 epochs in 12") && shown.status().ends_with("by the line search"),
        "{}",
        shown.status()
    );
    let rows = shown.rows();
    assert_eq!(rows.iter().map(|row| &*row.epoch).collect::<Vec<_>>(), ["0", "1", "2"]);
    let printed = &shown.steps.printed;
    assert_eq!(printed[0], format!("Epoch 0,||theta - theta_hat|| = {}", rows[0].norm));
    assert_eq!(printed.last(), Some(&format!("||theta - theta_hat|| = {}", rows[2].norm)));
    assert_eq!(shown.remark(), None, "the loss still falls");
    assert!(!shown.take(Body::Done));
}
