//! The stages of a step, the graph of its program, and its texts.

use std::fmt::Write as _;

use expect_test::expect;
use thetahat::lecture::run::cache::Shared;
use thetahat::lecture::run::dissection::{Dissection, Kind};
use thetahat::lecture::run::texts::texts;
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::{Config, ModuleKind, Optimizer, Program, Schedule};
use thetahat::page::microscope::names::name;
use thetahat::page::microscope::numbers::{exact, in_a_box, in_a_row};
use thetahat::page::microscope::picture::{Scope, picture};
use thetahat::page::microscope::sheets::{SheetKind, lines, sheets};
use thetahat::page::microscope::traced::table;
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
    let titled = |title: &str| {
        let node = Node { title: title.to_owned(), operation: title.to_owned(), ..Node::default() };
        let graph = Graph { nodes: vec![node], ..Graph::default() };
        svg(&graph, &layout(&graph), Direction::Right)
    };
    let (short, long) = (titled("mul"), titled("convert_element_type"));
    assert!(!short.contains("textLength") && long.contains("textLength=\"122\""));
    assert_eq!(short.matches("mul").count(), 1, "what is in the title is not said again");
}

#[test]
fn what_left_float32_is_called_as_everywhere_on_the_page() {
    for (value, name) in [(f32::NAN, "nan"), (f32::INFINITY, "inf")] {
        let mut step = step(Program::Raw, Optimizer::Sgd);
        let shown = step.values.iter_mut().find(|shown| shown.kind == Kind::Float && shown.shape == [2]);
        let shown = shown.expect("the parameters");
        shown.words.fill(value.to_bits());
        let value = &*shown;
        assert_eq!(in_a_box(value), format!("{name}, {name}"));
        assert_eq!(in_a_row(value), format!("[{name}, {name}]"));
    }
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
    let sheets = sheets(&texts, Program::Raw);
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
    let sheets = sheets(&texts(&Config::default(), 16).expect("a step"), Program::Raw);
    let names: Vec<&str> = sheets.iter().map(|sheet| &*sheet.name).collect();
    assert_eq!(names[..5], ["Loss", "vmap", "Gradient", "Linearised, transposed", "Whole step"]);
    assert_eq!(names[names.len() - 2..], ["Planned", "WebAssembly"]);
    let plan = &sheets[sheets.len() - 2].texts[0].1;
    assert!(plan.contains("words of memory") && plan.contains("dot_general"), "{plan}");
    assert!(sheets[sheets.len() - 1].texts[0].1.contains("(export \"scan\""));
}

/// Pointing at an equation finds its value in every program: all of them where nothing was rewritten, and never one that another primitive made.
#[test]
fn equations_of_all_programs_are_found_in_the_step() {
    let mut told = String::new();
    for (program, optimizer) in [
        (Program::Raw, Optimizer::Sgd),
        (Program::Vmap, Optimizer::Adam),
        (Program::Module(ModuleKind::Linear), Optimizer::Momentum),
    ] {
        let step = step(program, optimizer);
        let config = Config { program, optimizer, ..Config::default() };
        for sheet in sheets(&texts(&config, 16).expect("programs"), program).iter().filter(|sheet| !sheet.is_plain) {
            for ((title, text), of_step) in sheet.texts.iter().zip(&sheet.of_step) {
                let heads: Vec<&str> = {
                    let mut last = None;
                    let first = |(line, equation): &(_, Option<usize>)| {
                        let is_first = equation.is_some() && *equation != last;
                        last = *equation;
                        is_first.then_some(*line)
                    };
                    lines(text).iter().filter_map(first).collect()
                };
                assert_eq!(heads.len(), of_step.len(), "{program} {}: {title}", sheet.name);
                for (head, number) in heads.iter().zip(of_step) {
                    let Some(number) = number else { continue };
                    let operation = &step.operations[*number];
                    let kind =
                        |equation: &str| equation.split_once(" = ")?.0.split_once(':').map(|made| made.1.to_owned());
                    assert_eq!(kind(head), kind(&operation.equation), "{head} is not {}", operation.equation);
                    // a pass may compute the same value in another way
                    let is_pass = matches!(sheet.kind, SheetKind::Pass(_));
                    assert!(is_pass || head.contains(&operation.primitive), "{head} is not {}", operation.primitive);
                }
                let found = of_step.iter().filter(|number| number.is_some()).count();
                let is_whole = matches!(sheet.kind, SheetKind::Loss | SheetKind::Gradient | SheetKind::Step);
                assert!(!is_whole || found == of_step.len(), "{program} {}: {found} of {}", sheet.name, of_step.len());
                if program == Program::Raw {
                    writeln!(told, "{} {title}: {found} of {}", sheet.name, of_step.len()).expect("a string");
                }
            }
        }
    }
    expect![[r"
        Loss loss: 5 of 5
        vmap for all rows: 5 of 5
        vmap vmap of one row: 5 of 5
        Gradient loss: 5 of 5
        Gradient loss and gradient: 10 of 10
        Linearised, transposed forward: 6 of 6
        Linearised, transposed backward: 4 of 4
        Whole step make_step: 13 of 13
        1. simplify before: 13 of 13
        1. simplify after: 11 of 11
        2. algebra before: 11 of 11
        2. algebra after: 9 of 10
        3. contract before: 9 of 10
        3. contract after: 6 of 8
    "]]
    .assert_eq(&told);
}

#[test]
fn a_loop_that_deals_no_batch_traces_nothing() {
    let config = Config { program: Program::Module(ModuleKind::Pitfall), ..Config::default() };
    let told = table(&[], &config);
    assert!(told.contains("train_step</code> is never called"), "{told}");
}

#[test]
fn what_has_several_results_shows_no_number_and_a_line_search_counts_apart() {
    let config = Config { optimizer: Optimizer::Lbfgs, batch_size: 500, epochs: 20, ..Config::default() };
    let mut trainer = Trainer::new(&config).expect("a valid configuration");
    trainer.advance(usize::MAX).expect("steps");
    let step = trainer.dissect(3).expect("a step");
    let loops: Vec<_> = step.operations.iter().filter(|operation| operation.primitive == "while").collect();
    assert!(!loops.is_empty());
    for operation in &loops {
        let value = &step.values[operation.output];
        assert!(value.kind == Kind::Several && value.words.is_empty() && value.aval.starts_with('('), "{value:?}");
        assert_eq!([in_a_box(value), in_a_row(value)], ["several results"; 2]);
    }
    let counts = step.operations.iter().filter(|made| name(&step, made.output) == "count after");
    let counts: Vec<_> = counts.map(|made| exact(step.values[made.output].words[0], Kind::Signed)).collect();
    assert_eq!(counts, ["4"]);
    let state: Vec<_> = step.carried.iter().map(|(before, _)| name(&step, *before)).collect();
    let expected = "θ, count, last θ, last gradient, memory of θ, memory of gradients, memory's weights, step size, loss there, \
                    gradient there, tries, fall that misses, slope that is left";
    assert_eq!(state.join(", "), expected);
    let mut trainer =
        Trainer::new(&Config { program: Program::Module(ModuleKind::Linear), ..config }).expect("a module");
    trainer.advance(usize::MAX).expect("steps");
    let module = trainer.dissect(3).expect("a step");
    let of_module: Vec<_> =
        module.carried.iter().map(|(before, _)| (name(&module, *before), module.values[*before].shape.len())).collect();
    let expected = "θ 2, count 0, memory of θ 3, memory of gradients 3, last θ 2, last gradient 2, memory's weights 1, gradient there 2, \
                    slope that is left 0, fall that misses 0, tries 0, step size 0, loss there 0, step 0";
    assert_eq!(of_module.iter().map(|(name, axes)| format!("{name} {axes}")).collect::<Vec<_>>().join(", "), expected);
    // bits of an integer are never read as a float
    let is_tiny = |word: &u32| f32::from_bits(*word).is_subnormal();
    let floats = step.values.iter().filter(|value| value.kind == Kind::Float);
    assert_eq!(floats.flat_map(|value| &value.words).filter(|word| is_tiny(word)).count(), 0);
}

#[test]
fn the_optimizers_state_is_called_what_its_rule_calls_it() {
    for program in [Program::Raw, Program::Module(ModuleKind::Linear)] {
        for (optimizer, expected) in [(Optimizer::Adam, &["count", "μ", "ν"][..]), (Optimizer::Momentum, &["m"])] {
            let step = step(program, optimizer);
            let state: Vec<usize> = (0..step.roles.x).filter(|at| *at != step.roles.params).collect();
            let called = |wanted: &str| state.iter().copied().find(|at| name(&step, *at) == wanted);
            for wanted in expected {
                let at = called(wanted).unwrap_or_else(|| panic!("{program} {optimizer:?} has no {wanted}"));
                assert_eq!(*wanted == "count", step.values[at].shape.is_empty(), "{program} {wanted}");
            }
            // what the step hands on in their places, and what Adam makes of them on its way
            let made = |wanted: &str| step.operations.iter().find(|made| name(&step, made.output) == wanted);
            for wanted in expected {
                assert!(made(&format!("{wanted} after")).is_some(), "{program} {optimizer:?} makes no new {wanted}");
            }
            assert!(made("gradient").is_some_and(|made| made.output == step.roles.gradient), "{program}");
            if optimizer == Optimizer::Adam {
                assert_eq!(made("gradient²").map(|made| made.inputs.clone()), Some(vec![step.roles.gradient]));
                for wanted in ["μ", "ν"] {
                    let new = made(&format!("{wanted} after")).map(|made| made.output);
                    let corrected = made(&format!("{wanted} corrected")).and_then(|made| made.inputs.first());
                    assert_eq!(corrected, new.as_ref(), "{program}");
                }
            }
            let squares = called("ν").map(|at| &step.values[at].words);
            assert!(squares.is_none_or(|words| words.iter().all(|word| f32::from_bits(*word) > 0.0)));
        }
    }
}
