//! The sentence under each figure, for runs that arrive, rattle, diverge, have not started, or take no steps.
#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use expect_test::{Expect, expect};
use thetahat::lecture::run::recording::{Chunk, Problem};
use thetahat::lecture::settings::config::{Config, ModuleKind, Optimizer, Program, Schedule};
use thetahat::lecture::verdict::course::Shown;

use crate::verdict_divergence::run;

fn sentences(config: &Config, (steps, problem): &(Chunk, Problem)) -> String {
    let shown = Shown { config, problem, steps };
    format!("{}\n{}\n{}\n", shown.loss(), shown.distance(), shown.plane())
}

#[track_caller]
fn says(config: &Config, expected: Expect) {
    expected.assert_eq(&sentences(config, &run(config)));
}

/// Rattling as high as σ² is not the floor, and has not taken thousands of steps.
#[test]
fn a_run_that_rattles_high_is_not_at_the_floor() {
    let lecture = Config::default;
    says(
        &Config { learning_rate: 0.8, ..lecture() },
        expect![[r#"
            Falls until about step 63, then rattles about 3.8e-7 above its least value 9.941e-7.
            Rattles about 6.3e-4 from θₗₛ after about step 63; θₗₛ to θ: 5.86e-5.
            Rattles around θₗₛ after about step 63, about 6.3e-4 away.
        "#]],
    );
    says(
        &Config { learning_rate: 0.9, ..lecture() },
        expect![[r#"
            Falls until about step 96, then rattles about 9.7e-7 above its least value 9.941e-7.
            Rattles about 9.9e-4 from θₗₛ after about step 96; θₗₛ to θ: 5.86e-5.
            Rattles around θₗₛ after about step 96, about 9.9e-4 away.
        "#]],
    );
    says(
        &Config { learning_rate: 0.9, seed: 7, ..lecture() },
        expect![[r#"
            Thrown far and back: lately 1.6e-8 to 0.0028 above its least value.
            Thrown far and back: lately 1.2e-4 to 0.052 away from θₗₛ.
            Thrown far and back: lately 1.2e-4 to 0.052 away from θₗₛ.
        "#]],
    );
}

/// Runs of which captions once said what they do not do: swings taken for noise, chance for a trend, one throw for a long way.
#[test]
fn captions_say_what_runs_do() {
    let lab = |learning_rate, batch_size| Config { learning_rate, batch_size, ..Config::default() };
    let momentum =
        |learning_rate, batch_size| Config { optimizer: Optimizer::Momentum, ..lab(learning_rate, batch_size) };
    let cases = [
        lab(0.3, 499),
        lab(0.5, 300),
        Config { epochs: 100, ..momentum(0.01, 500) },
        Config { epochs: 100, ..momentum(1.8, 500) },
        Config { optimizer: Optimizer::Adam, ..lab(0.1, 500) },
        Config { epochs: 60, ..momentum(0.5, 500) },
        Config { epochs: 30, ..lab(0.5, 4) },
        momentum(0.4, 16),
        momentum(0.5, 16),
        Config { stretch: 10.0, ..lab(0.01, 16) },
        lab(0.973, 500),
    ];
    let said: String = cases.iter().map(|config| sentences(config, &run(config))).collect();
    expect![[r#"
        Falls until about step 21, then rattles at the noise floor σ² ≈ 1e-6.
        Rattles about 3.1e-4 from θₗₛ after about step 21; θₗₛ to θ: 5.86e-5.
        Rattles around θₗₛ after about step 21, about 3.1e-4 away.
        Falls until about step 3, then rattles at the noise floor σ² ≈ 1e-6.
        Rattles about 5e-5 from θₗₛ after about step 6; θₗₛ to θ: 5.86e-5.
        Rattles around θₗₛ after about step 6, about 5e-5 away.
        Still falling: 7.122e-5 above its least value 9.941e-7.
        Still nearing θₗₛ, 0.008451 away; θₗₛ to θ: 5.86e-5.
        On its way from θ₀ to θₗₛ: at the end 0.008451 of 2.311 is left.
        Still falling: 0.002558 above its least value 9.941e-7.
        Still nearing θₗₛ, 0.04989 away; θₗₛ to θ: 5.86e-5.
        On its way from θ₀ to θₗₛ: at the end 0.04989 of 2.311 is left.
        Falls until about step 190, then stays at the noise floor σ² ≈ 1e-6.
        Still nearing θₗₛ, 4.118e-5 away; θₗₛ to θ: 5.86e-5.
        On its way from θ₀ to θₗₛ: at the end 4.118e-5 of 2.311 is left.
        Still falling: 0.0113 above its least value 9.941e-7.
        Still nearing θₗₛ, 0.1049 away; θₗₛ to θ: 5.86e-5.
        On its way from θ₀ to θₗₛ: at the end 0.1049 of 2.311 is left.
        Falls until about step 26, then rattles about 5.7e-7 above its least value 9.941e-7.
        Rattles about 7.8e-4 from θₗₛ after about step 26; θₗₛ to θ: 5.86e-5.
        Rattles around θₗₛ after about step 26, about 7.8e-4 away.
        Falls until about step 460, then rattles about 9.5e-7 above its least value 9.941e-7.
        Rattles about 9.9e-4 from θₗₛ after about step 460; θₗₛ to θ: 5.86e-5.
        Rattles around θₗₛ after about step 460, about 9.9e-4 away.
        Falls until about step 430, then rattles about 2.3e-6 above its least value 9.941e-7.
        Rattles about 0.0015 from θₗₛ after about step 430; θₗₛ to θ: 5.86e-5.
        Rattles around θₗₛ after about step 430, about 0.0015 away.
        Falls until about step 360, then rattles about 4.7e-7 above its least value 9.941e-7.
        Rattles about 9e-5 from θₗₛ after about step 460; θₗₛ to θ: 5.86e-6.
        Rattles around θₗₛ after about step 460, about 9e-5 away.
        Grows slowly: 5.732 above its least value 9.941e-7.
        Slowly leaves θₗₛ, 2.361 away; θₗₛ to θ: 5.86e-5.
        Slowly goes away from θₗₛ: it is 2.361 away.
    "#]]
    .assert_eq(&said);
}

/// Medians that fall by chance are no course, and what is typically near but is thrown out thousands of times as far is not said to rattle.
#[test]
fn what_rattles_is_not_said_to_arrive_still_nor_what_is_thrown_to_rattle() {
    let noisy = |learning_rate, batch_size| Config { learning_rate, batch_size, sigma: 1.0, ..Config::default() };
    says(
        &noisy(0.2, 1),
        expect![[r#"
        Falls until about step 400, then rattles about 0.67 above its least value 0.9941.
        Rattles about 0.81 from θₗₛ after about step 400; θₗₛ to θ: 0.05859.
        Rattles around θₗₛ after about step 400, about 0.81 away.
    "#]],
    );
    says(
        &noisy(0.001, 4),
        expect![[r#"
        Falls until about step 430, then rattles at the noise floor σ² ≈ 1.
        Rattles about 0.0043 from θₗₛ after about step 2,800; θₗₛ to θ: 0.05859.
        Rattles around θₗₛ after about step 2,800, about 0.0043 away.
    "#]],
    );
    says(
        &Config { sigma: 0.001, ..noisy(0.001, 4) },
        expect![[r#"
        Falls until about step 4,000, then rattles at the noise floor σ² ≈ 1e-6.
        Rattles about 4.1e-6 from θₗₛ after about step 6,700; θₗₛ to θ: 5.86e-5.
        Rattles around θₗₛ after about step 6,700, about 4.1e-6 away.
    "#]],
    );
    // a rate that decays lets it rattle less and less: not as little from the first moment on
    says(
        &Config { schedule: Schedule::Cosine, ..noisy(0.1, 16) },
        expect![[r#"
            Falls until about step 30, then rattles at the noise floor σ² ≈ 1.
            Rattles about 0.008 from θₗₛ after about step 4,700; θₗₛ to θ: 0.05859.
            Rattles around θₗₛ after about step 4,700, about 0.008 away.
        "#]],
    );
    says(
        &Config { schedule: Schedule::Cosine, learning_rate: 0.01, ..Config::default() },
        expect![[r#"
            Falls until about step 390, then rattles at the noise floor σ² ≈ 1e-6.
            Rattles about 2e-6 from θₗₛ after about step 3,800; θₗₛ to θ: 5.86e-5.
            Rattles around θₗₛ after about step 3,800, about 2e-6 away.
        "#]],
    );
    says(
        &noisy(1.0, 16),
        expect![[r#"
            Thrown far and back: lately 0.03 to 3.5e4 above its least value.
            Thrown far and back: lately 0.18 to 190 away from θₗₛ.
            Thrown far and back: lately 0.18 to 190 away from θₗₛ.
        "#]],
    );
}

#[test]
fn each_figure_says_what_it_shows() {
    let lecture = Config::default;
    says(
        &lecture(),
        expect![[r#"
            Falls until about step 3,900, then rattles at the noise floor σ² ≈ 1e-6.
            Still nearing θₗₛ, 7.344e-6 away; θₗₛ to θ: 5.86e-5.
            On its way from θ₀ to θₗₛ: at the end 7.344e-6 of 2.311 is left.
        "#]],
    );
    says(
        &Config { epochs: 20, ..lecture() },
        expect![[r#"
            Still falling: 0.4003 above its least value 9.941e-7.
            Still nearing θₗₛ, 0.6299 away; θₗₛ to θ: 5.86e-5.
            On its way from θ₀ to θₗₛ: at the end 0.6299 of 2.311 is left.
        "#]],
    );
    says(
        &Config { learning_rate: 0.1, ..lecture() },
        expect![[r#"
            Falls until about step 63, then rattles at the noise floor σ² ≈ 1e-6.
            Rattles about 7.8e-5 from θₗₛ after about step 63; θₗₛ to θ: 5.86e-5.
            Rattles around θₗₛ after about step 63, about 7.8e-5 away.
        "#]],
    );
    says(
        &Config { learning_rate: 0.1, batch_size: 500, ..lecture() },
        expect![[r#"
            Falls until about step 47, then stays at the noise floor σ² ≈ 1e-6.
            Stays 1.965e-7 from θₗₛ after about step 77; θₗₛ to θ: 5.86e-5.
            Stays around θₗₛ after about step 77, about 2e-7 away.
        "#]],
    );
    says(
        &Config { learning_rate: 0.2, sigma: 1.0, batch_size: 4, epochs: 20, ..lecture() },
        expect![[r#"
            Falls until about step 17, then rattles at the noise floor σ² ≈ 1.
            Rattles about 0.34 from θₗₛ after about step 17; θₗₛ to θ: 0.05859.
            Rattles around θₗₛ after about step 17, about 0.34 away.
        "#]],
    );
    says(
        &Config { theta_0: Some(vec![0.60576403, 0.7990441]), ..lecture() },
        expect![[r#"
            Rattles from the start on at the noise floor σ² ≈ 1e-6.
            Rattles about 3.2e-6 from θₗₛ after about step 1,400; θₗₛ to θ: 5.86e-5.
            Rattles around θₗₛ after about step 1,400, about 3.2e-6 away.
        "#]],
    );
    says(
        &Config { sigma: 100.0, learning_rate: 0.01, ..lecture() },
        expect![[r#"
            Rattles from the start on at the noise floor σ² ≈ 1e4.
            Rattles about 1.3 from θₗₛ after about step 30; θₗₛ to θ: 5.859.
            Rattles around θₗₛ after about step 30, about 1.3 away.
        "#]],
    );
    says(
        &Config { samples: 6, features: 10, learning_rate: 0.05, batch_size: 2, ..lecture() },
        expect![[r#"
            Falls until about step 370, then stays at its least value 0.
            Stays 2.299 from θₗₛ after about step 39: the data leave 4 directions open, where a run keeps its start.
            Ends 2.299 from θₗₛ: where the data determine nothing, it keeps its start.
        "#]],
    );
    says(
        &Config { learning_rate: 1.2, epochs: 20, ..lecture() },
        expect![[r#"
            The loss grows and leaves the range of float32 at step 182.
            The distance grows and leaves the range of float32 at step 188.
            The run diverges: its steps lead away from θₗₛ.
        "#]],
    );
    says(
        &Config { learning_rate: 10.0, ..lecture() },
        expect![[r#"
            The loss grows and leaves the range of float32 at step 16.
            The distance grows and leaves the range of float32 at step 15.
            The run diverges: its steps lead away from θₗₛ.
        "#]],
    );
    says(
        &Config { epochs: 1, batch_size: 500, ..lecture() },
        expect![[r#"
            Still falling: 5.392 above its least value 9.941e-7.
            Still nearing θₗₛ, 2.306 away; θₗₛ to θ: 5.86e-5.
            On its way from θ₀ to θₗₛ: at the end 2.306 of 2.311 is left.
        "#]],
    );
    says(
        &Config::lecture(Program::Module(ModuleKind::Pitfall)),
        expect![[r#"
        The run takes no steps: there is only the start.
        The run takes no steps: there is only the start.
        The run takes no steps: there is only the start.
    "#]],
    );
}

#[test]
fn a_run_that_has_not_started_has_only_a_start() {
    let config = Config::default();
    let (_, problem) = run(&Config { epochs: 1, ..config.clone() });
    let expected = expect![[r#"
        Not started yet: there is only the start.
        Not started yet: there is only the start.
        Not started yet: there is only the start.
    "#]];
    expected.assert_eq(&sentences(&config, &(Chunk::default(), problem)));
}

#[test]
fn a_few_far_throws_are_said() {
    // thrown far several times, and back at the solution at the end
    let config = Config { batch_size: 1, epochs: 31, learning_rate: 0.47, ..Config::default() };
    says(
        &config,
        expect![[r#"
            Thrown far and back: lately 6.2e-6 to 1.8e14 above its least value.
            Thrown far and back: lately 0.0025 to 1.4e7 away from θₗₛ.
            Thrown far and back: lately 0.0025 to 1.4e7 away from θₗₛ.
        "#]],
    );
    let config = Config { batch_size: 1, epochs: 100, learning_rate: 0.4, ..Config::default() };
    says(
        &config,
        expect![[r#"
            Thrown far and back: lately 3e-7 to 590 above its least value.
            Thrown far and back: lately 5.5e-4 to 24 away from θₗₛ.
            Thrown far and back: lately 5.5e-4 to 24 away from θₗₛ.
        "#]],
    );
    // never comes back
    let config = Config { batch_size: 5, learning_rate: 0.9295097898806488, ..Config::default() };
    says(
        &config,
        expect![[r#"
            Thrown far and back: lately 6.8e-9 to 3.3e4 above its least value.
            Thrown far and back: lately 8.4e-5 to 180 away from θₗₛ.
            Thrown far and back: lately 8.4e-5 to 180 away from θₗₛ.
        "#]],
    );
    let config = Config { batch_size: 17, learning_rate: 0.0015505157798326244, ..Config::default() };
    says(
        &config,
        expect![[r#"
            Falls until about step 2,500, then rattles at the noise floor σ² ≈ 1e-6.
            Rattles about 3.3e-6 from θₗₛ after about step 4,200; θₗₛ to θ: 5.86e-5.
            Rattles around θₗₛ after about step 4,200, about 3.3e-6 away.
        "#]],
    );
    // without noise the data are fitted exactly, but for what rounding leaves
    let config = Config { sigma: 0.0, learning_rate: 0.1, ..Config::default() };
    says(
        &config,
        expect![[r#"
            Falls until about step 96, then stays at its least value 0.
            Stays 2.719e-9 from θₗₛ after about step 360; θₗₛ to θ: 2.719e-9.
            Stays around θₗₛ after about step 360, about 2.7e-9 away.
        "#]],
    );
    let config = Config { samples: 5, features: 10, epochs: 2_000, ..Config::default() };
    says(
        &config,
        expect![[r#"
            Still falling: 0.034 above its least value 0.
            Still nearing θₗₛ, 2.71 away: the data leave 5 directions open, where a run keeps its start.
            Comes nearer to θₗₛ, from 5.645 to 2.71: where the data determine nothing, it keeps its start.
        "#]],
    );
}

/// On the full batch the loss falls at every step until rounding stops it, so nothing rattles; and who passes the floor on the way out has not arrived.
#[test]
fn a_full_batch_stays_where_it_arrives_for_good() {
    let full = || Config { batch_size: 500, ..Config::default() };
    says(
        &Config { learning_rate: 0.04, stretch: 5.0, ..full() },
        expect![[r#"
            Still falling: 2.143e-7 above its least value 9.941e-7.
            Still nearing θₗₛ, 9.374e-5 away; θₗₛ to θ: 1.172e-5.
            On its way from θ₀ to θₗₛ: at the end 9.374e-5 of 2.311 is left.
        "#]],
    );
    says(
        &Config { learning_rate: 0.5, epochs: 3, ..full() },
        expect![[r#"
            Still falling: 4.705e-7 above its least value 9.941e-7.
            Still nearing θₗₛ, 7.218e-4 away; θₗₛ to θ: 5.86e-5.
            On its way from θ₀ to θₗₛ: at the end 7.218e-4 of 2.311 is left.
        "#]],
    );
    says(
        &Config { learning_rate: 0.4, epochs: 8, ..full() },
        expect![[r#"
            Falls until about step 7, then stays at the noise floor σ² ≈ 1e-6.
            Still nearing θₗₛ, 2.78e-5 away; θₗₛ to θ: 5.86e-5.
            On its way from θ₀ to θₗₛ: at the end 2.78e-5 of 2.311 is left.
        "#]],
    );
    let few = Config { samples: 100, batch_size: 100, learning_rate: 0.5, sigma: 1.0, epochs: 60, ..Config::default() };
    says(
        &few,
        expect![[r#"
            Falls until about step 3, then stays at the noise floor σ² ≈ 1.
            Swings about 2.6e-8 from θₗₛ after about step 13; θₗₛ to θ: 0.1346.
            Swings around θₗₛ after about step 13, about 2.6e-8 away.
        "#]],
    );
    says(
        &Config { optimizer: Optimizer::Momentum, learning_rate: 0.05, sigma: 1.0, ..full() },
        expect![[r#"
            Falls until about step 59, then stays at the noise floor σ² ≈ 1.
            Still nearing θₗₛ, 5.017e-5 away; θₗₛ to θ: 0.05859.
            On its way from θ₀ to θₗₛ: at the end 5.017e-5 of 2.256 is left.
        "#]],
    );
    says(
        &Config { optimizer: Optimizer::Adam, learning_rate: 1.0, sigma: 1.0, ..full() },
        expect![[r#"
            Falls until about step 53, then stays at the noise floor σ² ≈ 1.
            Still nearing θₗₛ, 5.313e-5 away; θₗₛ to θ: 0.05859.
            On its way from θ₀ to θₗₛ: at the end 5.313e-5 of 2.256 is left.
        "#]],
    );
}
