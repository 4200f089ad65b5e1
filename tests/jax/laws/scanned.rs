//! A scan computes what its runs compute one after the other, as generated WebAssembly and in the interpreter, and what cannot be is refused.

use std::rc::Rc;

use proptest::prelude::*;
use thetahat::jax::Array;
use thetahat::jax::compile::scan::{Scan, Wiring};
use thetahat::jax::compile::wasm::Fma;
use thetahat::jax::compile::{Backend, Executable, Rounding, compile, install_loader, lowered};
use thetahat::jax::core::Jaxpr;
use thetahat::jax::trace::ClosedJaxpr;
use thetahat::lecture::run::recording::Chunk;
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::{self, Config, Optimizer, Schedule, Start};

use crate::laws::program::{Kind, program};
use crate::laws::programs;
use crate::laws::wasmi::Wasmi;

/// A wiring of a program, whatever its arguments are: each output goes to the first free argument of its type, every other vector or matrix of as many rows
/// as the first one is a batch, and all outputs are recorded.
fn wiring(jaxpr: &Jaxpr) -> Wiring {
    let ins: Vec<_> = jaxpr.in_avals().cloned().collect();
    let mut wiring = Wiring { records: (0..jaxpr.outs.len()).collect(), ..Wiring::default() };
    for (output, &atom) in jaxpr.outs.iter().enumerate() {
        let free = (0..ins.len()).find(|i| ins[*i] == jaxpr.aval(atom) && wiring.carries.iter().all(|(j, _)| j != i));
        wiring.carries.extend(free.map(|input| (input, output)));
    }
    let is_free =
        |i: &usize| wiring.carries.iter().all(|(j, _)| j != i) && ins[*i].shape.first().is_some_and(|&n| n > 0);
    let rows = (0..ins.len()).find(is_free).map(|i| ins[i].shape[0]);
    wiring.batches = (0..ins.len()).filter(is_free).filter(|&i| Some(ins[i].shape[0]) == rows).take(4).collect();
    wiring
}

/// Words that are the same for all NaNs.
fn words(bits: &[u32]) -> Vec<u32> {
    bits.iter().map(|&word| if f32::from_bits(word).is_nan() { f32::NAN.to_bits() } else { word }).collect()
}

/// The records of some runs and the arguments after them, run by run in an interpreted program.
fn by_hand(body: &mut Executable, wiring: &Wiring, tables: &[Vec<u32>], rows: &[u32], per_run: usize) -> Vec<u32> {
    let mut records = Vec::new();
    for rows in rows.chunks(per_run) {
        for (&i, table) in wiring.batches.iter().zip(tables) {
            let width = body.input_mut(i).len() / per_run;
            let batch: Vec<u32> =
                rows.iter().flat_map(|&row| &table[row as usize * width..][..width]).copied().collect();
            body.input_mut(i).copy_from_slice(&batch);
        }
        body.run();
        wiring.records.iter().for_each(|&j| records.extend(body.output(j)));
        let next: Vec<Vec<u32>> = wiring.carries.iter().map(|&(_, output)| body.output(output).to_vec()).collect();
        for (&(input, _), words) in wiring.carries.iter().zip(next) {
            body.input_mut(input).copy_from_slice(&words);
        }
    }
    records
}

/// Compares the scan of a program with its runs.
fn agrees(program: &ClosedJaxpr, args: &[Array], picks: &[u32]) -> Result<(), TestCaseError> {
    let wiring = wiring(&program.jaxpr);
    let (jaxpr, consts) = (lowered(&program.jaxpr, Rounding::Fused).expect("a program"), &program.consts);
    for fma in [None, Some(Fma::Relaxed), Some(Fma::Exact)] {
        install_loader(fma.map(|fma| Rc::new(Wasmi(fma)) as Rc<_>));
        let mut scan = Scan::new(&jaxpr, consts, &wiring).expect("a scan");
        install_loader(None);
        let mut body = compile(&program.jaxpr, consts, Rounding::Fused).expect("a compiled program");
        let bits: Vec<Vec<u32>> = args.iter().map(|x| x.to_words().expect("words")).collect();
        for (i, words) in bits.iter().enumerate() {
            scan.input_mut(i).copy_from_slice(words);
            body.input_mut(i).copy_from_slice(words);
        }
        let shape = scan.shape().clone();
        let table = |(&i, &width): (&usize, &usize)| {
            let mut table = bits[i].clone();
            table.extend(bits[i].iter().rev());
            table.truncate(table.len() / width.max(1) * width);
            table
        };
        let tables: Vec<Vec<u32>> = wiring.batches.iter().zip(&shape.widths).map(table).collect();
        let slices: Vec<&[u32]> = tables.iter().map(Vec::as_slice).collect();
        let rows: Vec<u32> = (0..3 * shape.rows).map(|i| picks[i % picks.len()] % (2 * shape.rows as u32)).collect();
        let mut records = vec![0; 3 * shape.record];
        scan.run(&slices, &rows, &mut records).expect("it runs");
        let expected = by_hand(&mut body, &wiring, &tables, &rows, shape.rows);
        prop_assert_eq!(words(&records), words(&expected), "{:?} {:?} {}", fma, wiring, jaxpr);
        for &(input, _) in &wiring.carries {
            prop_assert_eq!(words(scan.input_mut(input)), words(body.input_mut(input)), "{:?} {}", fma, jaxpr);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(programs(400))]

    #[test]
    fn a_scan_equals_its_runs(program in program(Kind::Any), picks in prop::collection::vec(0_u32..1000, 1..40)) {
        agrees(&program.traced(), &program.args(0), &picks)?;
    }
}

fn trained(config: &Config, fma: Option<Fma>) -> Chunk {
    install_loader(fma.map(|fma| Rc::new(Wasmi(fma)) as Rc<_>));
    let mut trainer = Trainer::new(config).expect("a valid configuration");
    // in uneven slices
    let mut run = trainer.advance(5).expect("steps");
    run.append(trainer.advance(38).expect("steps"));
    run.append(trainer.advance(usize::MAX).expect("steps"));
    install_loader(None);
    run
}

/// Every training that the page can be set to, with a last batch that is shorter.
#[test]
fn trainings_have_the_interpreters_bits() {
    for &program in config::Program::ALL {
        for &optimizer in Optimizer::BY_RATE {
            for &schedule in Schedule::ALL {
                for (samples, batch_size, features) in [(90, 16, 2), (40, 8, 1), (33, 10, 3), (9, 1, 4), (30, 12, 11)] {
                    let config = Config {
                        program,
                        optimizer,
                        schedule,
                        samples,
                        batch_size,
                        features,
                        epochs: 3,
                        start: Start::Same,
                        ..Config::default()
                    };
                    let expected = trained(&config, None);
                    for fma in [Fma::Relaxed, Fma::Exact] {
                        assert_eq!(trained(&config, Some(fma)), expected, "{fma:?} {config:?}");
                    }
                }
            }
        }
    }
}

/// x[2, 2] and y[2] are batches, s[] is carried.
fn small() -> (ClosedJaxpr, Wiring) {
    let body = |s: &Array, x: &Array, y: &Array| s + (x.sum_axes(&[1]) * y).sum();
    let avals = [Array::scalar(0.0), Array::new(&[0.0; 4], &[2, 2]), Array::new(&[0.0; 2], &[2])];
    let program = thetahat::jax::make_jaxpr(body)(&avals[0], &avals[1], &avals[2]).expect("a program");
    (program, Wiring { carries: vec![(0, 0)], batches: vec![1, 2], records: vec![0] })
}

#[test]
fn what_does_not_fit_is_refused_and_nothing_runs() {
    for fma in [None, Some(Fma::Exact)] {
        let (program, wiring) = small();
        install_loader(fma.map(|fma| Rc::new(Wasmi(fma)) as Rc<_>));
        let new = |wiring: &Wiring| Scan::new(&program.jaxpr, &program.consts, wiring);
        let mut scan = new(&wiring).expect("a scan");
        let unfit = [
            Wiring { carries: vec![(1, 0)], ..wiring.clone() },
            Wiring { carries: vec![(0, 1)], ..wiring.clone() },
            Wiring { batches: vec![1, 0], ..wiring.clone() },
            Wiring { batches: vec![3], ..wiring.clone() },
            Wiring { records: vec![1], ..wiring.clone() },
        ];
        for wiring in &unfit {
            assert!(new(wiring).is_err(), "{wiring:?}");
        }
        install_loader(None);
        assert_eq!(scan.backend(), if fma.is_some() { Backend::WebAssembly } else { Backend::Interpreter });
        assert_eq!(scan.is_one_call(), fma.is_some());
        let bits = |numbers: &[f32]| numbers.iter().map(|x| x.to_bits()).collect::<Vec<u32>>();
        let (x, y) = (bits(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), bits(&[1.0, 10.0, 100.0]));
        let mut records = [0; 2];
        for (tables, rows, room) in [
            (vec![x.as_slice()], vec![0, 1], 1),
            (vec![&x, &y], vec![0, 1, 2], 1),
            (vec![&x, &y], vec![0, 1], 2),
            (vec![&x, &y], vec![0, 3], 1),
            (vec![&x, &y[..2]], vec![0, 2], 1),
            (vec![&x[..4], &y], vec![0, 2], 1),
        ] {
            assert!(scan.run(&tables, &rows, &mut records[..room]).is_err(), "{rows:?}");
            assert_eq!((scan.input_mut(0)[0], records), (0, [0; 2]), "{rows:?}");
        }
        scan.run(&[&x, &y], &[], &mut []).expect("no run at all");
        scan.run(&[&x, &y], &[2, 1, 0, 0], &mut records).expect("two runs");
        assert_eq!(records.map(f32::from_bits), [1170.0, 1176.0]);
    }
}
