//! What runs are called: pins can be told apart, those that give way are named, and settings stand below exported pictures.

use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::{Approach, Branch, Config, ModuleKind, Optimizer, Program, Schedule, Start};
use thetahat::page::export::{csv, picture_words};
use thetahat::page::names::{ghost_names, given_way, listed_name, pin_name, settings_in_words};
use thetahat::page::runs::{Board, Target};
use thetahat::page::status::branch_words;
use thetahat::page::view::{PINS_LIMIT, add_pins};

fn three(learning_rate: f64) -> Vec<Config> {
    let programs = [Program::Raw, Program::Vmap, Program::Module(ModuleKind::Linear)];
    programs.map(|program| Config { program, learning_rate, epochs: 1, ..Config::default() }).into()
}

#[test]
fn the_oldest_pins_give_way_and_are_named() {
    let mut pins = Vec::new();
    assert_eq!(add_pins(&mut pins, three(0.001)), []);
    assert_eq!(add_pins(&mut pins, three(0.001)), [], "what is pinned is not pinned again");
    let gone = add_pins(&mut pins, three(0.002));
    assert_eq!((gone.clone(), pins.len()), (three(0.001)[..2].to_vec(), PINS_LIMIT));
    assert_eq!(given_way(&[]), None);
    let said = given_way(&gone).expect("a sentence");
    let expected = "At most 4 runs stay pinned, so the oldest gave way: raw, rate 0.001, batch 16, epochs 1; vmap, rate 0.001, batch 16, epochs 1.";
    assert_eq!(said, expected);
}

/// A board that shows runs with a number of ghosts, each computed.
fn board(shown: &[(Approach, Config)], pins: &[Config]) -> Board {
    let shown = shown.iter().map(|(approach, config)| (Target::Shown(*approach), config.clone()));
    let wanted: Vec<_> = shown.chain(pins.iter().map(|pin| (Target::Pinned, pin.clone()))).collect();
    let mut board = Board::default();
    board.ask(1, wanted.clone(), pins);
    for (run, (_, config)) in wanted.iter().enumerate() {
        let mut trainer = Trainer::new(config).expect("a valid configuration");
        board.start(run, trainer.problem().clone());
        board.take(run, trainer.advance(usize::MAX).expect("steps"));
    }
    board
}

#[test]
fn pins_can_be_told_apart_in_charts_and_in_the_list() {
    let plain = Config { epochs: 1, ..Config::default() };
    let with = |change: fn(&mut Config)| {
        let mut config = plain.clone();
        change(&mut config);
        config
    };
    let linear = Program::Module(ModuleKind::Linear);
    let branch = Branch { step: 20, learning_rate: 0.5, optimizer: Optimizer::Adam, schedule: Schedule::Cosine };
    let pins = [
        with(|config| config.program = Program::Module(ModuleKind::Linear)),
        Config { program: linear, learning_rate: 0.002, ..plain.clone() },
        with(|config| (config.optimizer, config.theta_0) = (Optimizer::Adam, Some(vec![1.0, -0.5]))),
        Config { branch: Some(branch), ..plain.clone() },
    ];
    let names = ghost_names(&board(&[(Approach::Raw, plain.clone())], &pins));
    assert_eq!(names, ["#1 linear", "#2 linear, 0.002", "#3 adam", "#4 branch at 20"]);
    let listed = pins.each_ref().map(pin_name);
    assert_eq!(listed[1], "linear, rate 0.002, batch 16, epochs 1");
    assert_eq!(listed_name(1, &pins[1]), "#2 linear, rate 0.002, batch 16, epochs 1");
    let same = Config { start: Start::Same, ..pins[1].clone() };
    assert_eq!(listed_name(1, &same), "#2 linear, rate 0.002, batch 16, epochs 1, the same θ₀");
    assert_eq!(listed[2], "raw, rate 0.001, batch 16, epochs 1, adam, θ₀ moved");
    // one that is just what is on screen, and one without what the screen has
    let moved = with(|config| config.theta_0 = Some(vec![1.0, -0.5]));
    let names = ghost_names(&board(&[(Approach::Raw, moved.clone())], &[moved.clone(), plain.clone()]));
    assert_eq!(names, ["#1 pinned", "#2 no starting point"]);
}

#[test]
fn settings_stand_below_exported_pictures() {
    let config = Config::default();
    let expected = "rate 0.001, batch 16, epochs 201, seed 42, N 500, M 2, σ 0.001, sgd, constant";
    assert_eq!(settings_in_words(&config).join(", "), expected);
    let branch = Branch { step: 3000, learning_rate: 0.01, optimizer: Optimizer::Adam, schedule: Schedule::Constant };
    let all =
        Config { stretch: 3.0, theta_0: Some(vec![0.5, -1.0]), branch: Some(branch), start: Start::Same, ..config };
    let words = settings_in_words(&all).join(", ");
    assert!(words.contains("stretch 3, sgd"), "{words}");
    assert!(words.ends_with("start same, θ₀ (0.5, -1), after step 3,000 rate 0.01, adam, constant"), "{words}");
    let short = Config { epochs: 1, ..Config::default() };
    let runs = [(Approach::Raw, short.clone()), (Approach::Vmap, Config { program: Program::Vmap, ..short })];
    let board = board(&runs, &[]);
    assert_eq!(picture_words(&board, 7)[0], "raw and vmap");
    assert!(picture_words(&board, 7).contains(&"marked: step 7 of 32".to_owned()));
    assert!(!picture_words(&board, 32).concat().contains("marked"));
    assert!(picture_words(&Board::default(), 0).is_empty());
}

#[test]
fn the_numbers_of_all_programs_are_in_one_table_and_clean() {
    let short = Config { epochs: 3, learning_rate: 10.0, ..Config::default() };
    let runs = [(Approach::Raw, short.clone()), (Approach::Vmap, Config { program: Program::Vmap, ..short })];
    let board = board(&runs, &[]);
    let text = csv(&board);
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows[0].join(","), "program,step,loss,distance,distance_to_least_squares,theta_1,theta_2");
    assert_eq!((rows.len(), rows[1][0], rows[97][0], rows[97][1]), (193, "raw", "vmap", "1"));
    let steps = &board.runs[0].recording.steps;
    for (row, loss) in rows[1..=96].iter().zip(&steps.losses) {
        assert_eq!(row.len(), 7);
        let number: f32 = row[2].parse().expect("a number");
        assert!(number.to_bits() == loss.to_bits() || number.is_nan() && loss.is_nan(), "{} for {loss}", row[2]);
        for cell in &row[2..] {
            let word = ["nan", "inf", "-inf"].contains(cell);
            assert!(word || cell.bytes().all(|c| c.is_ascii_digit() || b".e+-".contains(&c)), "{cell}");
        }
    }
    assert!(text.contains("nan") && text.contains("inf"), "a run that leaves float32");
}

#[test]
fn what_a_branch_does_to_a_schedules_count_is_said() {
    use Optimizer::{Adam, Sgd};
    use Schedule::{Constant, Cosine, Exponential};

    let words = |before: (Optimizer, Schedule), after: (Optimizer, Schedule)| {
        let branch = Branch { step: 3000, learning_rate: 0.01, optimizer: after.0, schedule: after.1 };
        let config = Config { optimizer: before.0, schedule: before.1, branch: Some(branch), ..Config::default() };
        branch_words(&config).expect("a sentence")
    };
    assert!(words((Sgd, Cosine), (Sgd, Exponential)).ends_with("the schedule goes on counting after step 3,000."));
    assert!(words((Sgd, Constant), (Sgd, Constant)).contains("keeps its state"));
    assert!(words((Sgd, Constant), (Sgd, Exponential)).ends_with("its schedule counts from 0 there."));
    assert!(words((Sgd, Cosine), (Adam, Cosine)).ends_with("so the run ends before the schedule does."));
    assert!(
        words((Sgd, Cosine), (Adam, Constant)).contains("starts anew after step 3,000: what it had gathered is gone")
    );
    assert_eq!(branch_words(&Config::default()), None);
    // as while somebody types fewer epochs
    let branch = Branch { step: 1600, learning_rate: 0.01, optimizer: Sgd, schedule: Constant };
    let words = branch_words(&Config { epochs: 50, branch: Some(branch), ..Config::default() }).expect("a sentence");
    assert!(words.contains("changes nothing"), "{words}");
}
