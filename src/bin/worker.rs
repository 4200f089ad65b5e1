//! The worker's entry point.

fn main() {}
