//! The stages of a step, the graph of its program, and its texts.

use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::run::dissection::Dissection;
use thetahat::lecture::run::texts::texts;
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::{Config, ModuleKind, Optimizer, Program, Schedule};
use thetahat::page::microscope::picture::{Scope, picture};
use thetahat::page::microscope::sheets::{lines, sheets};
use thetahat::page::microscope::wat::wat;
use thetahat::page::microscope::{PARTS, Place, StepPart, html, moments};
use thetahat::plot::graph::{Direction, Graph, Known, Node, layout, svg, words};

fn step(program: Program, optimizer: Optimizer) -> Dissection {
    let config = Config { program, optimizer, epochs: 2, ..Config::default() };
    let mut trainer = Trainer::with(&config, &Shared::default()).expect("a valid configuration");
    trainer.advance(usize::MAX).expect("steps");
    trainer.dissect(40).expect("a step")
}

#[test]
fn the_stages_come_in_order_and_have_places_in_links() {
    let stages = moments(&step(Program::Raw, Optimizer::Sgd));
    let places: Vec<String> = stages.iter().map(|moment| moment.place.to_string()).collect();
    let backward = ["backward", "backward.2", "backward.3", "backward.4", "backward.5"];
    let expected: Vec<&str> = ["key", "shuffle", "batch", "predict", "residuals", "mean"]
        .into_iter()
        .chain(backward)
        .chain(["optimizer", "apply"])
        .collect();
    assert_eq!(places, expected);
    assert!(stages.is_sorted_by(|a, b| a.place < b.place));
    for moment in &stages {
        assert_eq!(moment.place.to_string().parse(), Ok(moment.place));
    }
    for wrong in ["", "lunch", "backward.0", "backward.x", "key."] {
        assert_eq!(wrong.parse::<Place>(), Err(()), "{wrong}");
    }
    assert_eq!(PARTS.map(|(part, ..)| part).first(), Some(&StepPart::default()));
}

#[test]
fn what_is_not_computed_yet_is_never_a_number() {
    for program in
        [Program::Raw, Program::Vmap, Program::Module(ModuleKind::Linear), Program::Module(ModuleKind::MyLinear)]
    {
        let step = step(program, Optimizer::Adam);
        let stages = moments(&step);
        let mut known_before = 0;
        for at in 0..stages.len() {
            let picture = picture(&step, &stages, at, Scope::Step, None);
            assert!(picture.values.len() <= 14, "{program}: {} boxes", picture.values.len());
            let known = |known: &Known| matches!(known, Known::Is(_));
            let count = picture
                .graph
                .nodes
                .iter()
                .map(|node| usize::from(known(&node.value)) + usize::from(known(&node.cotangent)));
            let count: usize = count.sum();
            assert!(count >= known_before, "{program}: numbers vanish at {}", stages[at].place);
            known_before = count;
        }
        let last = picture(&step, &stages, stages.len() - 1, Scope::Step, None);
        assert!(last.graph.nodes.iter().all(|node| node.value != Known::NotYet && node.cotangent != Known::NotYet));
        let first = picture(&step, &stages, 0, Scope::Step, None);
        assert!(words(&first.graph).iter().any(|line| line.contains("its value is not computed yet")));
    }
}

#[test]
fn boxes_keep_their_places_and_do_not_overlap() {
    for (program, optimizer) in [(Program::Raw, Optimizer::Sgd), (Program::Module(ModuleKind::Linear), Optimizer::Adam)]
    {
        let step = step(program, optimizer);
        let stages = moments(&step);
        for scope in [Scope::Step, Scope::Optimizer] {
            let mut before = None;
            for at in 0..stages.len() {
                let picture = picture(&step, &stages, at, scope, None);
                let placed = layout(&picture.graph);
                for edge in &picture.graph.edges {
                    assert!(placed.layers[edge.from] < placed.layers[edge.to], "time runs on");
                }
                for a in 0..picture.values.len() {
                    for b in 0..a {
                        let apart = (placed.across[a] - placed.across[b]).abs() > 0.999;
                        assert!(placed.layers[a] != placed.layers[b] || apart, "{scope:?}: boxes {a} and {b} overlap");
                    }
                }
                assert!(placed.across.iter().all(|&at| at > 0.0 && at < placed.breadth));
                // what runs beside long edges stays near what it belongs to
                assert!(placed.breadth < 10.0, "{scope:?}: {}", placed.breadth);
                let drawn = svg(&picture.graph, &placed, Direction::Right);
                assert_eq!(drawn.matches("data-node").count(), picture.values.len());
                assert!(before.is_none_or(|before| before == placed), "a box has moved");
                before = Some(placed);
            }
        }
    }
}

#[test]
fn what_stands_in_a_box_stays_in_it() {
    let drawn = |aval: &str| {
        let node = Node { operation: "integer_pow".to_owned(), aval: aval.to_owned(), ..Node::default() };
        let graph = Graph { nodes: vec![node], ..Graph::default() };
        svg(&graph, &layout(&graph), Direction::Right)
    };
    assert!(!drawn("f32[4]").contains("textLength"));
    assert!(drawn("f32[500]").contains("textLength=\"122\""));
}

#[test]
fn arrow_keys_lead_along_edges() {
    let step = step(Program::Raw, Optimizer::Sgd);
    let stages = moments(&step);
    let picture = picture(&step, &stages, 0, Scope::Step, None);
    let placed = layout(&picture.graph);
    let walk = |from, key| picture.walk(&placed.layers, &placed.across, from, key);
    let title = |at: usize| &*picture.graph.nodes[at].title;
    let mut at = 0;
    let mut way = vec![title(at)];
    while let Some(next) = walk(at, "ArrowRight") {
        at = next;
        way.push(title(at));
    }
    assert_eq!(way, ["X", "predictions", "residuals", "squares", "sum", "loss"]);
    assert_eq!(walk(at, "ArrowLeft").map(title), Some("sum"));
    let beside = [walk(0, "ArrowUp"), walk(0, "ArrowDown")].into_iter().flatten().next();
    assert_eq!(beside.map(title), Some("θ"));
    assert_eq!(walk(at, "Home"), Some(0));
}

#[test]
fn a_box_tells_its_rule_and_its_measured_derivative() {
    let step = step(Program::Raw, Optimizer::Sgd);
    let stages = moments(&step);
    let back = stages.iter().find(|moment| moment.title == "Back through integer_pow to residuals").expect("a stage");
    let told = html::pulled(&step, back);
    for part in ["<math", "_integer_pow_jvp", "Measured, too", "∂loss/∂residuals"] {
        assert!(told.contains(part), "{part} in {told}");
    }
    let told = html::value(&step, step.roles.loss, false);
    assert!(told.contains("not computed yet") && !told.contains("Measured"));
    assert!(html::value(&step, step.roles.x, true).contains("Nothing asks for the derivative"));
}

#[test]
fn the_programs_are_printed_with_the_rules_that_fired() {
    let texts = texts(&Config::default(), 16).expect("programs");
    assert_eq!(texts.vectorised[0], texts.vectorised[1]);
    let sheets = sheets(&texts);
    let names: Vec<&str> = sheets.iter().map(|sheet| &*sheet.name).collect();
    assert_eq!(names[..5], ["Loss", "vmap", "Gradient", "Linearised, transposed", "Whole step"]);
    assert!(
        names.iter().nth_back(2).is_some_and(|name| name.ends_with("simplify") || name.ends_with("contract")),
        "{names:?}"
    );
    for sheet in &sheets {
        let count =
            lines(&sheet.texts[0].1).iter().filter_map(|(_, equation)| *equation).max().map_or(0, |last| last + 1);
        assert!(sheet.fired.iter().flat_map(|(_, at)| at).all(|&at| at < count), "{}", sheet.name);
    }
    let contract = sheets.iter().find(|sheet| sheet.name.ends_with("contract")).expect("the pass");
    assert!(contract.fired.iter().any(|(rule, _)| rule == "fused_multiply_add"));
}

/// The modules that are generated for the steps of all programs.
#[test]
fn generated_code_is_printed_as_wasmprinter_prints_it() {
    let mut seen = 0;
    for &program in Program::ALL {
        for &optimizer in Optimizer::ALL {
            for (schedule, rows) in [(Schedule::Constant, 16), (Schedule::WarmupCosine, 3), (Schedule::Constant, 1)] {
                let config = Config { program, optimizer, schedule, ..Config::default() };
                let module = texts(&config, rows).expect("a step").module;
                if module.is_empty() {
                    continue;
                }
                seen += 1;
                let expected = wasmprinter::print_bytes(&module).expect("a module");
                assert_eq!(wat(&module).expect("known instructions"), expected, "{program} {optimizer:?} {schedule:?}");
            }
        }
    }
    assert!(seen > 20, "{seen}");
    // what is cut off or something else is no text
    let module = texts(&Config::default(), 4).expect("a step").module;
    for end in 0..module.len() {
        assert!(wat(&module[..end]).is_none_or(|text| text.ends_with(")\n")));
    }
}

#[test]
fn every_stage_of_the_programs_has_a_sheet() {
    let sheets = sheets(&texts(&Config::default(), 16).expect("a step"));
    let names: Vec<&str> = sheets.iter().map(|sheet| &*sheet.name).collect();
    assert_eq!(names[..5], ["Loss", "vmap", "Gradient", "Linearised, transposed", "Whole step"]);
    assert_eq!(names[names.len() - 2..], ["Planned", "WebAssembly"]);
    let plan = &sheets[sheets.len() - 2].texts[0].1;
    assert!(plan.contains("words of memory") && plan.contains("dot_general"), "{plan}");
    assert!(sheets[sheets.len() - 1].texts[0].1.contains("(export \"scan\""));
}
