//! The exported Python: it runs under the real packages and prints what the page prints, line by line.
//!
//! The packages are installed from `PyPI` into an environment of the test's own, once. Where there is no Python, or no way to install
//! them, that test says that it was skipped, and why.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use expect_test::expect_file;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use thetahat::lecture::python::{self, Live, Stage, VERSIONS};
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::{Branch, Config, ModuleKind, Optimizer, Program, Schedule, Start};

fn choice<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    (0..all.len()).prop_map(move |i| all[i])
}

fn configs() -> impl Strategy<Value = Config> {
    let choices = (choice(Program::ALL), choice(Optimizer::BY_RATE), choice(Schedule::ALL), choice(Start::ALL));
    let numbers = (any::<i64>(), 1..100_usize, 1..7_usize, 0.0..100.0, 1e-5..10.0, 1..200_usize, 1..50_usize);
    let changes = (
        1.0..10.0,
        any::<bool>(),
        proptest::option::of((0..20_usize, 1e-5..10.0, choice(Optimizer::BY_RATE), choice(Schedule::ALL))),
    );
    (choices, numbers, changes, any::<u32>()).prop_map(|(choices, numbers, changes, bits)| {
        let (program, optimizer, schedule, start) = choices;
        let (seed, samples, features, sigma, learning_rate, batch_size, epochs) = numbers;
        let (stretch, moved, branch) = changes;
        let x = f32::from_bits(bits);
        let theta_0 = moved.then(|| vec![if x.is_finite() { x } else { 0.1 }; features]);
        let mut config = Config {
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
            start,
            theta_0,
            branch: None,
            print_every: 3,
        };
        let last = config.planned_steps();
        config.branch = branch.map(|(step, learning_rate, optimizer, schedule)| Branch {
            step: step.min(last),
            learning_rate,
            optimizer,
            schedule,
        });
        config
    })
}

proptest! {
    #[test]
    fn any_program_can_be_read(config in configs()) {
        prop_assert_eq!(config.validate(), Ok(()));
        let listing = python::listing(&config);
        let script = listing.clone().exported().script();
        for (open, close) in [('(', ')'), ('[', ']'), ('{', '}')] {
            prop_assert_eq!(script.matches(open).count(), script.matches(close).count());
        }
        for line in script.lines() {
            prop_assert!(line.len() <= 88, "{}", line);
            prop_assert_eq!(line.trim_end(), line);
        }
        prop_assert!(!script.contains("\n\n\n\n"), "{}", script);
        let stages: Vec<Stage> = listing.panel().iter().filter_map(|line| line.stage).collect();
        for stage in [Stage::Predict, Stage::Loss, Stage::Gradient, Stage::Update, Stage::Print] {
            prop_assert!(stages.contains(&stage), "{:?}", stage);
        }
        prop_assert!(listing.panel().iter().any(|line| line.live == Some(Live::Params)));

        let notebook: serde_json::Value = serde_json::from_str(&python::notebook(&config, &[]).expect("JSON")).expect("JSON");
        prop_assert_eq!((&notebook["nbformat"], &notebook["nbformat_minor"]), (&4.into(), &5.into()));
        let mut ids = Vec::new();
        let mut code = String::new();
        for cell in notebook["cells"].as_array().expect("cells") {
            ids.push(cell["id"].as_str().expect("an id").to_owned());
            if cell["cell_type"] == "code" {
                let lines = cell["source"].as_array().expect("lines");
                code.extend(lines.iter().map(|line| line.as_str().expect("a line")));
                code.push('\n');
            }
        }
        let number = ids.len();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), number, "ids are unique");
        let plain = |text: &str| -> Vec<String> {
            let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")).map(str::to_owned);
            lines.collect()
        };
        let script: Vec<String> = plain(&script);
        prop_assert_eq!(plain(&code), &script[3..], "the notebook has the script's code");
    }
}

/// A notebook has what its run printed, each line under the cell that prints it.
#[test]
fn notebooks_carry_their_outputs() {
    for &program in Program::ALL {
        let config = Config { epochs: 3, print_every: 2, ..Config::lecture(program) };
        let lines = Trainer::new(&config).expect("a valid configuration").advance(usize::MAX).expect("steps").lines;
        let notebook: serde_json::Value =
            serde_json::from_str(&python::notebook(&config, &lines).expect("JSON")).expect("JSON");
        let (mut printed, mut cells) = (String::new(), 0);
        for cell in notebook["cells"].as_array().expect("cells").iter().filter(|cell| cell["cell_type"] == "code") {
            cells += 1;
            let source: String =
                cell["source"].as_array().expect("lines").iter().filter_map(|line| line.as_str()).collect();
            let outputs = cell["outputs"].as_array().expect("outputs");
            assert_eq!(
                !outputs.is_empty(),
                source.contains("print(f\"") && !source.contains("differences"),
                "{source}"
            );
            for output in outputs {
                assert_eq!((&output["output_type"], &output["name"]), (&"stream".into(), &"stdout".into()));
                printed.extend(output["text"].as_array().expect("text").iter().filter_map(|line| line.as_str()));
            }
            assert!(cell["execution_count"].is_number());
        }
        assert_eq!(printed, format!("{}\n", lines.join("\n")));
        assert!(cells >= 6, "{cells} cells of code");
    }
}

/// One script of each program, to be read by people.
#[test]
fn programs_read_well() {
    for &program in Program::ALL {
        let script = python::listing(&Config::lecture(program)).exported().script();
        expect_file![format!("../golden/python/{program}.py")].assert_eq(&script);
    }
    let branched = Config {
        branch: Some(Branch {
            step: 3000,
            learning_rate: 0.01,
            optimizer: Optimizer::Adam,
            schedule: Schedule::Cosine,
        }),
        theta_0: Some(vec![1.0, -0.1]),
        stretch: 3.0,
        ..Config::default()
    };
    expect_file!["../golden/python/branched.py"].assert_eq(&python::listing(&branched).exported().script());
}

/// Configurations that together have every setting, each a few epochs long.
fn samples() -> Vec<Config> {
    let short = |program| Config { epochs: 3, print_every: 2, ..Config::lecture(program) };
    let mut all: Vec<Config> = Program::ALL.iter().map(|&program| short(program)).collect();
    let mut add = |program, change: fn(&mut Config)| {
        let mut config = short(program);
        change(&mut config);
        all.push(config);
    };
    add(Program::Raw, |c| (c.optimizer, c.schedule, c.seed) = (Optimizer::Momentum, Schedule::Exponential, -7));
    add(Program::Vmap, |c| (c.optimizer, c.schedule) = (Optimizer::Nesterov, Schedule::Cosine));
    add(Program::Module(ModuleKind::Linear), |c| (c.optimizer, c.schedule) = (Optimizer::Adam, Schedule::WarmupCosine));
    add(Program::Raw, |c| (c.features, c.batch_size, c.samples) = (3, 600, 50));
    add(Program::Raw, |c| (c.stretch, c.theta_0) = (3.7, Some(vec![0.1, -2.5e-8])));
    add(Program::Module(ModuleKind::Linear), |c| {
        (c.start, c.schedule, c.epochs) = (Start::Same, Schedule::WarmupCosine, 1);
    });
    add(Program::Module(ModuleKind::MyLinear), |c| (c.start, c.stretch) = (Start::Same, 2.0));
    add(Program::Module(ModuleKind::MyLinear), |c| c.theta_0 = Some(vec![1.5, -0.3]));
    add(Program::Module(ModuleKind::Split), |c| {
        (c.start, c.theta_0, c.features, c.sigma) = (Start::Same, Some(vec![0.7]), 1, 0.5);
    });
    add(Program::Raw, |c| c.branch = branch(40, Optimizer::Sgd, Schedule::Constant));
    add(Program::Vmap, |c| c.branch = branch(33, Optimizer::Adam, Schedule::Exponential));
    add(Program::Module(ModuleKind::Linear), |c| c.branch = branch(9, Optimizer::Momentum, Schedule::Constant));
    add(Program::Module(ModuleKind::MyLinear), |c| c.branch = branch(0, Optimizer::Sgd, Schedule::Constant));
    add(Program::Module(ModuleKind::Split), |c| c.branch = branch(10, Optimizer::Adam, Schedule::Cosine));
    add(Program::Module(ModuleKind::Split), |c| c.branch = branch(11, Optimizer::Sgd, Schedule::Constant));
    add(Program::Raw, |c| (c.optimizer, c.batch_size, c.epochs) = (Optimizer::Lbfgs, 512, 20));
    add(Program::Vmap, |c| (c.optimizer, c.batch_size, c.sigma) = (Optimizer::Lbfgs, 500, 0.5));
    add(Program::Module(ModuleKind::Linear), |c| (c.optimizer, c.batch_size) = (Optimizer::Lbfgs, 512));
    add(Program::Module(ModuleKind::MyLinear), |c| (c.optimizer, c.batch_size) = (Optimizer::Lbfgs, 512));
    add(Program::Module(ModuleKind::Split), |c| (c.optimizer, c.batch_size) = (Optimizer::Lbfgs, 512));
    add(Program::Raw, |c| c.features = 40);
    add(Program::Module(ModuleKind::Linear), |c| (c.features, c.samples) = (128, 300));
    add(Program::Raw, |c| (c.learning_rate, c.epochs, c.seed) = (3.0, 4, 1_000_003));
    all
}

#[allow(clippy::unnecessary_wraps)] // it stands where a field wants an option
fn branch(step: usize, optimizer: Optimizer, schedule: Schedule) -> Option<Branch> {
    Some(Branch { step, learning_rate: 0.02, optimizer, schedule })
}

/// How many configurations are drawn.
const DRAWN: usize = 16;

/// Configurations nobody has chosen, the same ones in every run: seeds of 64 bits, odd sizes, rates that diverge, any combination of settings.
fn drawn(number: usize) -> Vec<Config> {
    let mut runner = TestRunner::deterministic();
    let mut draw = || configs().new_tree(&mut runner).expect("a configuration").current();
    (0..number).map(|_| draw()).collect()
}

/// Runs the scripts that it is given, and prints what they print, each after a line with its name.
const DRIVER: &str = "
import contextlib, io, json, runpy, sys
for path in sys.argv[1:]:
    text = io.StringIO()
    with contextlib.redirect_stdout(text):
        runpy.run_path(path)
    print(json.dumps(text.getvalue()), flush=True)
";

#[test]
#[ignore = "it needs Python and PyPI: `cargo xtask test python`"]
fn exported_programs_print_what_the_page_prints() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("exported");
    let python = match environment(&folder) {
        Ok(python) => python,
        Err(why) => return println!("SKIPPED: the exported Python was not run, because {why}"),
    };
    let mut samples = samples();
    samples.extend(drawn(DRAWN));
    if let Some(difference) = root_differs(&python, &folder) {
        let all = samples.len();
        samples.retain(|config| config.optimizer != Optimizer::Lbfgs);
        println!("LEFT OUT: {} programs with L-BFGS, because here {difference}", all - samples.len());
    }
    let mut paths = Vec::new();
    for (i, config) in samples.iter().enumerate() {
        let path = folder.join(format!("{i}_{}.py", config.program));
        fs::write(&path, python::listing(config).exported().script()).expect("a file");
        paths.push(path);
    }
    let driver = folder.join("driver.py");
    fs::write(&driver, DRIVER).expect("a file");
    let output = Command::new(&python).arg(&driver).args(&paths).env("JAX_PLATFORMS", "cpu").output().expect("Python");
    let printed = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    let mut texts = printed.lines().map(|line| serde_json::from_str::<String>(line).expect("a text"));
    for (config, path) in samples.iter().zip(&paths) {
        let text = texts.next().unwrap_or_else(|| panic!("{} does not run:\n{errors}", path.display()));
        let mut trainer = Trainer::new(config).expect("a valid configuration");
        let ours = trainer.advance(usize::MAX).expect("steps").lines;
        // one line of ours holds line breaks where NumPy wraps a long vector
        assert_eq!(
            text.trim_end_matches('\n'),
            ours.join("\n"),
            "{} prints something else: {config:?}",
            path.display()
        );
    }
    a_program_names_what_differs(&python, &folder);
    println!("{} exported programs print what the page prints", samples.len());
}

/// Under other packages or flags, the script says so in one line, and names what differs.
fn a_program_names_what_differs(python: &Path, folder: &Path) {
    let script = python::listing(&Config { epochs: 1, ..Config::default() }).exported().script();
    let said = |script: &str, flag: Option<(&str, &str)>| said(python, folder, script, flag);
    assert_eq!(said(&script, None), "");
    let flag = said(&script, Some(("JAX_ENABLE_X64", "1")));
    assert_eq!(flag, "Digits may differ from the page’s: jax_enable_x64 is True, not False\n");
    let other = script.replace("\"optax\": \"0.2.8\"", "\"optax\": \"0.2.7\"");
    assert_eq!(said(&other, None), "Digits may differ from the page’s: optax is '0.2.8', not '0.2.7'\n");
}

/// What a script says on its standard error.
fn said(python: &Path, folder: &Path, script: &str, flag: Option<(&str, &str)>) -> String {
    let path = folder.join("differs.py");
    fs::write(&path, script).expect("a file");
    let mut command = Command::new(python);
    let output = command.arg(&path).env("JAX_PLATFORMS", "cpu").envs(flag).output().expect("Python");
    assert!(output.status.success());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What a program with L-BFGS says where the processor approximates reciprocal roots in another way than Intel's, from which JAX's last bits follow.
fn root_differs(python: &Path, folder: &Path) -> Option<String> {
    let config = Config { epochs: 1, batch_size: 500, optimizer: Optimizer::Lbfgs, ..Config::default() };
    let said = said(python, folder, &python::listing(&config).exported().script(), None);
    let difference = said.strip_prefix("Digits may differ from the page\u{2019}s: ")?;
    assert!(difference.starts_with("1 / sqrt(1.5) is "), "nothing else differs: {difference}");
    Some(difference.trim_end().to_owned())
}

/// An environment with the packages, made if it is not there: the path of its Python.
fn environment(folder: &Path) -> Result<PathBuf, String> {
    let venv = folder.join("venv");
    let python = venv.join("bin").join("python");
    let complete = venv.join("complete");
    if fs::read_to_string(&complete).is_ok_and(|text| text == VERSIONS) {
        return Ok(python);
    }
    fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    let run = |command: &mut Command, what: &str| match command.output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            let text = String::from_utf8_lossy(&output.stderr);
            Err(format!("{what} failed: {}", text.lines().last().unwrap_or("it does not say why")))
        }
        Err(error) => Err(format!("{what} failed: {error}")),
    };
    run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&venv), "`python3 -m venv`")?;
    let mut pip = Command::new(&python);
    run(
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(VERSIONS.split(' ')),
        "`pip install`",
    )?;
    fs::write(complete, VERSIONS).map_err(|error| error.to_string())?;
    Ok(python)
}
