//! The table of settings: fields, sliders, links and the command line read it, and mean the same by it.

use thetahat::lecture::settings::config::{Branch, Config, Optimizer, Program, Schedule, Start};
use thetahat::lecture::settings::number::Number;
use thetahat::lecture::settings::setting::{Group, Kind, Numeric, SETTINGS, Setting, setting};
use thetahat::lecture::settings::value::Value;
use thetahat::page::link;

#[path = "../../examples/cli/mod.rs"]
#[allow(dead_code)] // its `main` is the examples'
mod cli;

/// Settings of which none is the lecture's.
fn unusual() -> Config {
    Config {
        seed: -7,
        samples: 1000,
        features: 3,
        sigma: 0.25,
        stretch: 2.5,
        learning_rate: 0.02,
        batch_size: 8,
        epochs: 5,
        optimizer: Optimizer::Nesterov,
        schedule: Schedule::WarmupCosine,
        start: Start::Same,
        theta_0: Some(vec![0.1, -2.0, 1e-20]),
        branch: Some(Branch { step: 9, learning_rate: 0.5, optimizer: Optimizer::Adam, schedule: Schedule::Cosine }),
        print_every: 2,
        ..Config::default()
    }
}

fn numbers() -> impl Iterator<Item = (&'static Setting, Numeric)> {
    SETTINGS.iter().filter_map(|setting| match setting.kind {
        Kind::Number(numeric) => Some((setting, numeric)),
        _ => None,
    })
}

fn given(program: Program, arguments: &[String]) -> Result<Config, String> {
    let arguments = std::iter::once(program.to_string()).chain(arguments.iter().cloned());
    let matches = cli::command(program).try_get_matches_from(arguments).map_err(|error| error.to_string())?;
    cli::config(program, &matches).map_err(|error| error.to_string())
}

#[test]
fn every_setting_is_in_the_table() {
    let text = serde_json::to_string(&Config::default()).expect("a configuration is JSON");
    let fields = text.matches("\":").count();
    assert_eq!(SETTINGS.len() + 1, fields, "every field but the program has an entry: {text}");
    for (index, one) in SETTINGS.iter().enumerate() {
        let others = &SETTINGS[index + 1..];
        assert!(
            others.iter().all(|other| other.key != one.key && other.option != one.option && other.name != one.name)
        );
        assert!(others.iter().all(|other| other.key != one.option && other.option != one.key), "{}", one.key);
        assert!(one.about.ends_with('.') && one.about.len() > 20, "{}", one.key);
        assert!(std::ptr::eq(setting(one.key).expect("it is found by its key"), one));
        let (plain, other) = (one.text(&Config::default()), one.text(&unusual()));
        assert_ne!(plain, other, "`unusual()` has the lecture’s value of {}: give it another one", one.key);
    }
    let grouped: usize = Group::ALL.into_iter().map(|group| group.settings().count()).sum();
    assert_eq!(grouped, SETTINGS.iter().filter(|setting| setting.group.is_some()).count());
}

#[test]
fn optimizers_by_rate_are_those_that_do_not_search() {
    let by_rate: Vec<Optimizer> = Optimizer::ALL.iter().copied().filter(|optimizer| !optimizer.searches()).collect();
    assert_eq!(Optimizer::BY_RATE, by_rate, "many tests go through `BY_RATE`");
}

#[test]
fn an_option_and_a_key_of_a_link_mean_the_same() {
    let config = unusual();
    for setting in &SETTINGS {
        // a starting point needs as many features as it has numbers
        let features = if matches!(setting.kind, Kind::Point) { "m=3&" } else { "" };
        let text = setting.text(&config);
        // the page opens with another start than the programs of the command line
        let start = if setting.key == "start" { "" } else { "start=lecture&" };
        let (view, notes) = link::read(&format!("lab&{start}{features}{}={text}", setting.key));
        assert_eq!(notes, Vec::<String>::new(), "{}", setting.key);
        let mut wanted = Config::default();
        setting.put(&mut wanted, setting.read(&text).expect("it reads what it writes"));
        assert_eq!(setting.value(&view.lab.settings), setting.value(&wanted), "{}", setting.key);
        assert_eq!(setting.value(&view.lab.settings), setting.value(&config), "{}", setting.key);
        for name in [setting.option, setting.key] {
            let mut arguments = vec![format!("--{name}"), text.clone()];
            if matches!(setting.kind, Kind::Point) {
                arguments.extend(["--features".to_owned(), "3".to_owned()]);
            }
            assert_eq!(given(Program::Raw, &arguments), Ok(view.lab.settings.run(Program::Raw)), "--{name}");
        }
    }
    let all: Vec<String> =
        SETTINGS.iter().flat_map(|setting| [format!("--{}", setting.option), setting.text(&config)]).collect();
    assert_eq!(given(Program::Raw, &all), Ok(config));
    for &program in Program::ALL {
        assert_eq!(given(program, &[]), Ok(Config::lecture(program)));
    }
}

#[test]
fn the_help_says_what_the_page_says() {
    let help = cli::command(Program::Raw).term_width(0).render_long_help().to_string();
    for setting in &SETTINGS {
        let sentence = format!("{} It is {}.", setting.about, setting.expected());
        assert!(help.contains(&sentence), "{sentence}\n{help}");
        assert!(help.contains(&format!("--{} <", setting.option)), "{}", setting.option);
        assert!(setting.key == setting.option || help.contains(&format!("--{}", setting.key)), "{}", setting.key);
    }
}

#[test]
fn what_is_out_of_range_is_refused_with_the_same_sentence_everywhere() {
    for (setting, numeric) in numbers() {
        let (low, high) = numeric.range.ends();
        let beyond = [low - 1.0, high * 2.0 + 1.0].map(|number| Number::Real(number).to_string());
        for text in beyond.iter().map(String::as_str).chain(["fast", "", "nan", "1..2"]) {
            let refused = setting.enter(&Config::default(), text).expect_err(text).to_string();
            let words = setting.expected();
            assert!(refused.starts_with(setting.name) && refused.contains(&words), "{refused}");
            let option = given(Program::Raw, &[format!("--{}", setting.option), text.to_owned()]);
            assert_eq!(option, Err(refused), "--{} {text}", setting.option);
        }
        let inside = [low, high].map(|number| numeric.range.number(number));
        for number in inside {
            assert_eq!(setting.check(&Value::Number(number)), Ok(()), "{}", setting.key);
            assert_eq!(setting.nearest(Value::Number(number)), Value::Number(number), "{}", setting.key);
        }
    }
}

#[test]
fn sentences_name_the_setting_the_text_and_what_may_be_typed() {
    let refused = |key: &str, text: &str| {
        let setting = setting(key).expect("a setting");
        setting.enter(&Config::default(), text).expect_err("no value").to_string()
    };
    let table = [
        ("lr", "abc", "Learning rate is “abc”, but it must be a number from 0.00001 to 10, such as 0.001"),
        ("lr", "50", "Learning rate is 50, but it must be a number from 0.00001 to 10"),
        ("batch", " ", "Batch size is empty, but it must be an integer from 1 to 100,000, such as 16"),
        ("batch", "0", "Batch size is 0, but it must be an integer from 1 to 100,000"),
        ("batch", "1.5", "Batch size is “1.5”, but it must be an integer from 1 to 100,000, such as 16"),
        ("seed", "x", "Seed is “x”, but it must be an integer from −2⁶³ to 2⁶³ − 1, such as 42"),
        ("opt", "adam2", "Optimizer is “adam2”, but it must be one of sgd, momentum, nesterov, adam, lbfgs"),
        (
            "theta0",
            "1;2",
            "Starting point is “1;2”, but it must be M finite numbers with commas between them, such as 0.5,-1",
        ),
    ];
    for (key, text, sentence) in table {
        assert_eq!(refused(key, text), sentence);
    }
}

#[test]
fn text_is_read_back_and_forgiven() {
    let config = unusual();
    for setting in &SETTINGS {
        assert_eq!(setting.enter(&config, &setting.text(&config)).as_ref(), Ok(&config), "{}", setting.name);
    }
    let entered = |key: &str, text: &str| setting(key).expect("a setting").enter(&Config::default(), text);
    assert_eq!(entered("lr", "0,01"), entered("lr", "0.01"));
    assert_eq!(entered("seed", "−7"), entered("seed", "-7"));
    assert_eq!(entered("n", "10 000"), entered("n", "10000"));
    assert_eq!(entered("n", "1,234"), entered("n", "1234"));
    assert_eq!(entered("sigma", "1,234"), entered("sigma", "1.234"));
    assert_eq!(entered("batch", "1e1"), entered("batch", "10."));
}

#[test]
fn every_place_of_a_slider_is_the_place_of_its_value() {
    for samples in [1, 2, 3, 500, 512, 100_000] {
        let config = Config { samples, ..Config::default() };
        for (setting, numeric) in numbers() {
            for place in 0..=numeric.last(&config).unwrap_or(0) {
                let value = numeric.at(&config, place);
                assert_eq!(setting.check(&Value::Number(value)), Ok(()), "{} at {place}", setting.name);
                if numeric.last(&config).is_some() {
                    assert_eq!(numeric.place(&config, value), place, "{}", setting.name);
                }
            }
        }
    }
    let rate = match setting("lr").map(|setting| setting.kind) {
        Some(Kind::Number(rate)) => rate,
        other => panic!("{other:?}"),
    };
    let config = Config::default();
    assert_eq!((rate.last(&config), rate.at(&config, 200)), (Some(600), Number::Real(0.001)));
    assert_eq!((rate.nudged(&config, 1), rate.nudged(&config, -1)), (Number::Real(0.00102), Number::Real(0.000977)));
}

#[test]
fn a_starting_point_stays_while_the_number_of_features_is_typed() {
    let config = unusual();
    let features = setting("m").expect("a setting");
    let typed = features.enter(&config, "1").expect("in range");
    assert_eq!((typed.features, &typed.theta_0), (1, &config.theta_0));
    assert_eq!(features.enter(&typed, "3"), Ok(config));
}
