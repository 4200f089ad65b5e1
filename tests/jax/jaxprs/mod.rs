//! Programs print as JAX prints them, byte for byte: those of the lecture (`golden/jaxprs.txt`), and every primitive by itself, mapped
//! and differentiated (`golden/jaxprs_more.txt`). The scripts beside the recordings made them with JAX; the tables here build
//! the same programs with this crate, under the same names.

mod cases;
mod compare;
mod composed;
mod lecture;
mod primitives;

use compare::Comparison;

#[test]
fn the_lecture_prints_as_in_jax() {
    let mut comparison = Comparison::with("jaxprs.txt");
    lecture::all(&mut comparison);
    comparison.finish(|_| false, 0);
}

#[test]
fn every_primitive_prints_as_in_jax() {
    let mut comparison = Comparison::with("jaxprs_more.txt");
    primitives::all(&mut comparison);
    composed::all(&mut comparison);
    // The transpose of `concatenate` is one `split` in JAX; primitives here have one result, so it is one `slice` per part.
    let split = |name: &str| name.contains("concatenate") && (name.contains("grad(") || name.contains("vjp("));
    comparison.finish(split, 25);
}
