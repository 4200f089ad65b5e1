//! What the page and the worker say to each other survives the way.

use js_sys::{Array, Float32Array, Uint8Array};
use thetahat::lecture::run::outcome::Outcome;
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::{Config, ModuleKind, Program};
use thetahat::web::codec::{decode, decode_answers, encode, encode_answers};
use thetahat::worker::protocol::{Backend, Chunk, FromWorker, Problem, Stats, ToWorker};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

fn there_and_back(answer: FromWorker) -> FromWorker {
    let encoded = encode_answers(vec![answer]).expect("it can be written");
    let mut answers = decode_answers(&encoded.message).expect("it can be read");
    assert_eq!(answers.len(), 1);
    answers.remove(0)
}

#[wasm_bindgen_test]
fn requests_arrive_as_they_were_sent() {
    let config = Config { seed: -3, theta_0: Some(vec![0.1, -2.5e-8]), ..Config::default() };
    for request in [
        ToWorker::Run {
            id: 7,
            configs: vec![config.clone(), Config::lecture(Program::Module(ModuleKind::Linear))],
            inspect: vec![31],
        },
        ToWorker::Inspect { id: 7, steps: vec![(0, 31), (1, 5)] },
        ToWorker::Measure { id: 8, config },
        ToWorker::Cancel,
    ] {
        let message = encode(&request).expect("it can be written");
        assert_eq!(decode::<ToWorker>(&message), Ok(request));
    }
}

#[wasm_bindgen_test]
fn answers_arrive_as_they_were_sent() {
    let problem = Problem { theta: vec![1.5, -0.0], eigenvalues: vec![2.5], ..Problem::default() };
    let stats = Stats { steps: 6432, milliseconds: 9.75, compilations: 2, backend: Backend::WebAssembly };
    for answer in [
        FromWorker::Ready,
        FromWorker::Started { id: 1, run: 2, problem },
        FromWorker::Done { id: 1, run: 0, stats },
        FromWorker::Failed { id: 2, message: "Epochs is 0".into() },
    ] {
        assert_eq!(there_and_back(answer.clone()), answer);
    }
}

/// A run that diverges once stopped the page, because its infinite distances went through a text that had no word for them.
#[wasm_bindgen_test]
fn numbers_outside_float32_arrive_bit_for_bit() {
    let odd = vec![f32::INFINITY, f32::NEG_INFINITY, f32::NAN, -0.0, f32::MIN_POSITIVE / 2.0, 0.1];
    let chunk = Chunk {
        first_entry: 32,
        stride: 1,
        losses: odd.clone(),
        norms: odd.clone(),
        least_squares_norms: odd.clone(),
        params: odd.clone(),
        epoch_norms: odd.clone(),
        lines: vec!["||theta - theta_hat|| = inf".into()],
        outcome: Outcome { steps: 6, ..Outcome::default() },
    };
    let FromWorker::Chunk { id: 9, run: 1, chunk } = there_and_back(FromWorker::Chunk { id: 9, run: 1, chunk }) else {
        panic!("another answer arrived");
    };
    let bits = |column: &[f32]| column.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    for column in [chunk.losses, chunk.norms, chunk.least_squares_norms, chunk.params, chunk.epoch_norms] {
        assert_eq!(bits(&column), bits(&odd));
    }
    assert_eq!((chunk.first_entry, chunk.lines.len()), (32, 1));
}

#[wasm_bindgen_test]
fn a_step_taken_apart_arrives_bit_for_bit() {
    let mut trainer =
        Trainer::new(&Config { epochs: 2, learning_rate: 10.0, ..Config::default() }).expect("a valid run");
    trainer.advance(usize::MAX).expect("steps");
    let inspection = trainer.inspect(40).expect("a step that was taken");
    let answer = FromWorker::Inspected { id: 4, run: 0, inspection };
    // as text, because the run has diverged and a NaN is not equal to itself
    assert_eq!(format!("{:?}", there_and_back(answer.clone())), format!("{answer:?}"));
}

#[wasm_bindgen_test]
fn what_is_no_message_is_an_error_and_no_panic() {
    for value in [JsValue::NULL, JsValue::from_f64(3.0), JsValue::from_str("{}"), Array::of1(&"{".into()).into()] {
        assert!(decode_answers(&value).is_err());
    }
    // nothing, a kind of answer that there is not, one that ends too early, a text that is none, fewer answers than announced, and one (an answer
    // that would be whole) without its buffer
    let none = Float32Array::new_with_length(0);
    for bytes in [&[][..], &[0, 1, 99], &[0, 1, 3, 1], &[0, 1, 6, 2, 1, 0xff], &[0, 2, 0]] {
        assert!(decode_answers(&Array::of2(&Uint8Array::from(bytes), &none)).is_err(), "{bytes:?}");
    }
    let ready = Uint8Array::from(&[0, 1, 0][..]);
    assert_eq!(decode_answers(&Array::of2(&ready, &none)), Ok(vec![FromWorker::Ready]));
    assert!(decode_answers(&Array::of1(&ready)).is_err());
}

#[wasm_bindgen_test]
fn a_column_that_is_cut_off_is_an_error() {
    let chunk = Chunk { losses: vec![1.0; 5], ..Chunk::default() };
    let message = encode_answers(vec![FromWorker::Chunk { id: 3, run: 0, chunk }]).expect("it can be written").message;
    assert!(decode_answers(&message).is_ok());
    message.set(1, Float32Array::new_with_length(4).into());
    assert!(decode_answers(&message).is_err());
}

/// A worker that sends back what it gets, and hands over the buffers in it.
const ECHO: &str = "
    const source = 'onmessage = ({ data }) => postMessage(data, data.slice(1).map(column => column.buffer))';
    const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
    return new Promise((done, fail) => {
        worker.onmessage = ({ data }) => done(data);
        worker.onerror = event => fail(event.message);
        worker.postMessage(message, transfer);
    });";

#[wasm_bindgen_test]
async fn a_chunk_goes_through_a_real_worker_and_back() {
    let chunk =
        Chunk { losses: vec![1.0, f32::INFINITY], params: vec![0.5; 4], lines: vec!["θ".into()], ..Chunk::default() };
    let answer = FromWorker::Chunk { id: 3, run: 0, chunk };
    let answers = vec![FromWorker::Ready, answer.clone(), answer];
    let encoded = encode_answers(answers.clone()).expect("it can be written");
    let buffer: Float32Array = encoded.message.get(1).dyn_into().expect("a column");
    let echo = js_sys::Function::new_with_args("message, transfer", ECHO);
    let promise: js_sys::Promise = echo
        .call2(&JsValue::NULL, &encoded.message, &encoded.transfer)
        .expect("a worker")
        .dyn_into()
        .expect("a promise");
    assert_eq!(buffer.length(), 0, "the column was handed over, not copied");
    let back = wasm_bindgen_futures::JsFuture::from(promise).await.expect("an answer");
    assert_eq!(decode_answers(&back), Ok(answers));
}
