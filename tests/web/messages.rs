//! What the page and the worker say to each other survives the way.

use js_sys::{Array, Uint8Array, Uint32Array};
use thetahat::lecture::run::outcome::Outcome;
use thetahat::lecture::run::trainer::Trainer;
use thetahat::lecture::settings::config::{Config, ModuleKind, Program};
use thetahat::web::codec::{decode, decode_answers, encode, encode_answers};
use thetahat::worker::protocol::{
    Answer, Ask, AskId, Backend, Body, Chunk, Curves, CurvesRequest, FromWorker, JobRequest, Luck, Problem, RunRef,
    RunRequest, Stats, StepRef, ToWorker,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

fn answer(id: AskId, body: Body) -> FromWorker {
    FromWorker::Answer(Answer { id, body })
}

fn there_and_back(answer: FromWorker) -> FromWorker {
    let encoded = encode_answers(vec![answer]).expect("it can be written");
    let mut answers = decode_answers(&encoded.message).expect("it can be read");
    assert_eq!(answers.len(), 1);
    answers.remove(0)
}

#[wasm_bindgen_test]
fn requests_arrive_as_they_were_sent() {
    let config = Config { seed: -3, theta_0: Some(vec![0.1, -2.5e-8]), ..Config::default() };
    let run = RunRef { ask: 7, run: 1 };
    let runs = [(config.clone(), None), (Config::lecture(Program::Module(ModuleKind::Linear)), Some(31))];
    let runs = runs.map(|(config, inspect)| RunRequest { config, inspect, edit: None });
    for request in [
        ToWorker::Ask(Ask { id: 7, job: JobRequest::Runs(runs.into()) }),
        ToWorker::Ask(Ask {
            id: 8,
            job: JobRequest::Inspect(vec![StepRef { run, step: 31 }, StepRef { run, step: 5 }]),
        }),
        ToWorker::Ask(Ask { id: 9, job: JobRequest::Measure(config.clone()) }),
        ToWorker::Ask(Ask {
            id: 10,
            job: JobRequest::Curves(CurvesRequest { config, runs: 64, luck: Luck::Data, window: (3, 9), entries: 400 }),
        }),
        ToWorker::Stop(7),
        ToWorker::Forget(8),
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
        FromWorker::Pulse,
        answer(1, Body::Started { run: 2, problem }),
        answer(1, Body::Finished { run: 0, stats }),
        answer(1, Body::Done),
        answer(2, Body::Failed("Epochs is 0".into())),
        answer(
            3,
            Body::Curves(Curves {
                steps: vec![17, 34],
                losses: [vec![0.5, -0.0], vec![1.5, 2.0], vec![f32::INFINITY, 3.0]],
                norms: [vec![f32::MIN_POSITIVE / 2.0, 0.1], vec![0.2, 0.3], vec![0.4, f32::INFINITY]],
                finals: vec![0.1, f32::INFINITY, 0.25],
            }),
        ),
        FromWorker::Broken("A message".into()),
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
    let FromWorker::Answer(Answer { id: 9, body: Body::Chunk { run: 1, chunk } }) =
        there_and_back(answer(9, Body::Chunk { run: 1, chunk }))
    else {
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
    let answer = answer(4, Body::Inspected { run: RunRef { ask: 3, run: 0 }, inspection: inspection.into() });
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
    let none = Uint32Array::new_with_length(0);
    for bytes in [&[][..], &[0, 1, 99], &[0, 1, 2, 3], &[0, 1, 3, 1, 0xff], &[0, 2, 0]] {
        assert!(decode_answers(&Array::of2(&Uint8Array::from(bytes), &none)).is_err(), "{bytes:?}");
    }
    let ready = Uint8Array::from(&[0, 1, 0][..]);
    assert_eq!(decode_answers(&Array::of2(&ready, &none)), Ok(vec![FromWorker::Ready]));
    assert!(decode_answers(&Array::of1(&ready)).is_err());
}

#[wasm_bindgen_test]
fn a_column_that_is_cut_off_is_an_error() {
    let chunk = Chunk { losses: vec![1.0; 5], ..Chunk::default() };
    let message = encode_answers(vec![answer(3, Body::Chunk { run: 0, chunk })]).expect("it can be written").message;
    assert!(decode_answers(&message).is_ok());
    message.set(1, Uint32Array::new_with_length(4).into());
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
    let answer = answer(3, Body::Chunk { run: 0, chunk });
    let answers = vec![FromWorker::Ready, answer.clone(), answer];
    let encoded = encode_answers(answers.clone()).expect("it can be written");
    let buffer: Uint32Array = encoded.message.get(1).dyn_into().expect("a column");
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
