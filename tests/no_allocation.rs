//! A compiled step allocates nothing while it runs.

use thetahat::jax::api::lower;
use thetahat::jax::{Array, DType};
use thetahat::lecture::raw::make_step;
use thetahat::optax;

#[test]
fn a_compiled_step_allocates_nothing() {
    for (rows, features) in [(16, 2), (4, 2), (1, 2), (64, 1), (500, 9), (40, 3)] {
        let zeros = |shape: &[usize]| Array::zeros(shape, DType::F32);
        let (params, rate) = (zeros(&[features]), Array::scalar(0.01));
        let state = optax::sgd(&rate).init(&params);
        let arguments = (params, state, zeros(&[rows, features]), zeros(&[rows]), rate);
        let mut step = lower(&make_step, &arguments).expect("the step compiles").executable;
        step.donate(0, 0).expect("parameters go in and come out");
        step.input_f32_mut(1).fill(0.5);
        step.input_f32_mut(2).fill(1.0);
        let (loss, allocations) =
            (step.output_f32(1)[0], allocation_counter::measure(|| (0..100).for_each(|_| step.run())));
        assert_eq!(allocations.count_total, 0, "{rows} rows of {features} features");
        assert_ne!(loss.to_bits(), step.output(1)[0], "the step ran");
    }
    assert!(
        allocation_counter::measure(|| drop(std::hint::black_box(vec![0_u8; 100]))).count_total > 0,
        "the counter counts"
    );
}
